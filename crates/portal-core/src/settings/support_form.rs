mod answers;
mod condition;

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::wording;
use crate::input::{Checker, ProblemKind, Problems};
use crate::property::{PropertyKey, PropertyType};
use crate::text::{Line, LineError, Localized};

pub use answers::{Answers, Read};
pub use condition::ShownWhen;

/// What a field of the form is called, in addresses, files and conditions: `subject`, `property-serial_number`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldName {
    /// The subject.
    Subject,
    /// The kind of request.
    Category,
    /// How urgent it is.
    Priority,
    /// The description.
    Description,
    /// Files.
    Files,
    /// A property of tickets.
    Property(PropertyKey),
}

impl FieldName {
    /// Those that are no properties, in the order in which forms have them.
    pub const BUILT_IN: [Self; 5] = [
        Self::Subject,
        Self::Category,
        Self::Priority,
        Self::Description,
        Self::Files,
    ];

    /// The property, if it is one.
    #[must_use]
    pub const fn property(&self) -> Option<&PropertyKey> {
        match self {
            Self::Property(key) => Some(key),
            _ => None,
        }
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Subject => "subject",
            Self::Category => "category",
            Self::Priority => "priority",
            Self::Description => "description",
            Self::Files => "files",
            Self::Property(key) => return write!(f, "property-{key}"),
        })
    }
}

/// A text that names no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not the name of a field")]
pub struct FieldNameError;

impl FromStr for FieldName {
    type Err = FieldNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(key) = text.strip_prefix("property-") {
            return key.parse().map(Self::Property).map_err(|_| FieldNameError);
        }
        Self::BUILT_IN
            .into_iter()
            .find(|it| it.to_string() == text)
            .ok_or(FieldNameError)
    }
}

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormOption {
    /// What is kept.
    pub value: Line,
    /// What is shown instead, per language.
    pub label: Option<Localized>,
}

/// How a property is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// One line.
    Text,
    /// Several lines.
    Paragraph,
    /// A number.
    Number,
    /// A day.
    Date,
    /// One of these.
    DropDown(Vec<FormOption>),
    /// Any of these.
    MultiSelect(Vec<FormOption>),
    /// Yes or no.
    Checkbox,
}

impl Entry {
    /// What kind of property is entered like this.
    #[must_use]
    pub const fn property_type(&self) -> PropertyType {
        match self {
            Self::Text | Self::Paragraph => PropertyType::Text,
            Self::Number => PropertyType::Number,
            Self::Date => PropertyType::Date,
            Self::DropDown(_) => PropertyType::Choice,
            Self::MultiSelect(_) => PropertyType::Choices,
            Self::Checkbox => PropertyType::Bool,
        }
    }

    /// What there is to choose; nothing if it is not a choice.
    #[must_use]
    pub fn options(&self) -> &[FormOption] {
        match self {
            Self::DropDown(options) | Self::MultiSelect(options) => options,
            Self::Text | Self::Paragraph | Self::Number | Self::Date | Self::Checkbox => &[],
        }
    }
}

/// What a field asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// The subject; every form has it.
    Subject,
    /// The kind of request, if the portal has kinds to choose from.
    Category,
    /// How urgent it is.
    Priority,
    /// The description; every form has it.
    Description,
    /// Files.
    Files,
    /// A property of tickets.
    Property {
        /// Which.
        key: PropertyKey,
        /// How it is entered.
        entry: Entry,
    },
}

/// One field of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormField {
    /// What it asks for.
    pub kind: FieldKind,
    /// Its label; without it the usual words, which properties do not have.
    pub label: Option<Localized>,
    /// A hint below it.
    pub help: Option<Localized>,
    /// Whether it must be filled in. Subject and description always must.
    pub required: bool,
    /// Only asked if an earlier answer says so.
    pub when: Option<ShownWhen>,
}

impl FormField {
    /// A built-in field as it is in the form that every portal begins with.
    #[must_use]
    pub const fn plain(kind: FieldKind) -> Self {
        let required = matches!(kind, FieldKind::Subject | FieldKind::Description);
        Self {
            kind,
            label: None,
            help: None,
            required,
            when: None,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> FieldName {
        match &self.kind {
            FieldKind::Subject => FieldName::Subject,
            FieldKind::Category => FieldName::Category,
            FieldKind::Priority => FieldName::Priority,
            FieldKind::Description => FieldName::Description,
            FieldKind::Files => FieldName::Files,
            FieldKind::Property { key, .. } => FieldName::Property(key.clone()),
        }
    }

    /// Whether it must be filled in where it is asked.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        self.required || matches!(self.kind, FieldKind::Subject | FieldKind::Description)
    }
}

/// The form by which customers open tickets. The requester is always the contact who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportForm {
    /// The heading; without it the usual words.
    pub title: Option<Localized>,
    /// The words on the button; without them the usual ones.
    pub button: Option<Localized>,
    /// The fields, in order.
    pub fields: Vec<FormField>,
}

impl Default for SupportForm {
    fn default() -> Self {
        let kinds = [
            FieldKind::Subject,
            FieldKind::Category,
            FieldKind::Priority,
            FieldKind::Description,
            FieldKind::Files,
        ];
        Self {
            title: None,
            button: None,
            fields: kinds.into_iter().map(FormField::plain).collect(),
        }
    }
}

impl SupportForm {
    /// The most fields.
    pub const MAX_FIELDS: usize = 30;
    /// The most options of a choice.
    pub const MAX_OPTIONS: usize = 100;
    /// The longest title, label and words of a button in characters.
    pub const MAX_LABEL: usize = 100;
    /// The longest hint in characters.
    pub const MAX_HELP: usize = 300;

    /// The field with this name.
    #[must_use]
    pub fn field(&self, name: &FieldName) -> Option<&FormField> {
        self.fields.iter().find(|it| it.name() == *name)
    }

    /// What a kept choice is called for readers; the value itself if the form does not know it (any more).
    #[must_use]
    pub fn option(&self, key: &PropertyKey, value: &str) -> Option<&FormOption> {
        let field = self.field(&FieldName::Property(key.clone()))?;
        let FieldKind::Property { entry, .. } = &field.kind else {
            return None;
        };
        entry.options().iter().find(|it| it.value.as_str() == value)
    }

    /// Whether it makes sense.
    ///
    /// # Errors
    /// Names every field that must be mended.
    pub fn check(&self) -> Result<(), Problems> {
        let mut checker = Checker::default();
        for (field, text) in [("title", &self.title), ("button", &self.button)] {
            if let Some(text) = text {
                wording::line(&mut checker, field, "text", text, Self::MAX_LABEL);
            }
        }
        if self.fields.len() > Self::MAX_FIELDS {
            checker.note("fields", ProblemKind::TooMany { max: Self::MAX_FIELDS });
        }
        for (needed, name) in [(FieldName::Subject, "subject"), (FieldName::Description, "description")] {
            if self.field(&needed).is_none() {
                checker.note("fields", ProblemKind::Lacks(name));
            }
        }
        let mut seen = BTreeSet::new();
        for (place, field) in self.fields.iter().enumerate() {
            let name = field.name();
            if !seen.insert(name.clone()) {
                checker.note_item("fields", &name, ProblemKind::Twice);
            }
            check_field(&mut checker, &name, field);
            if let Some(when) = &field.when {
                let before = self.fields.get(..place).unwrap_or_default();
                let always = matches!(name, FieldName::Subject | FieldName::Description);
                if always || !when.fits(before) {
                    checker.note_item("when", &name, ProblemKind::Condition);
                }
            }
        }
        checker.done()
    }
}

fn check_field(checker: &mut Checker, name: &FieldName, field: &FormField) {
    match &field.label {
        Some(label) => wording::line(checker, "label", name, label, SupportForm::MAX_LABEL),
        None if name.property().is_some() => checker.note_item("label", name, LineError::Empty),
        None => {}
    }
    if let Some(help) = &field.help {
        wording::line(checker, "help", name, help, SupportForm::MAX_HELP);
    }
    let FieldKind::Property { entry, .. } = &field.kind else {
        return;
    };
    if let Entry::DropDown(options) | Entry::MultiSelect(options) = entry {
        if options.is_empty() {
            checker.note_item("options", name, LineError::Empty);
        }
        if options.len() > SupportForm::MAX_OPTIONS {
            let max = SupportForm::MAX_OPTIONS;
            checker.note_item("options", name, ProblemKind::TooMany { max });
        }
        let values: BTreeSet<&str> = options.iter().map(|it| it.value.as_str()).collect();
        if values.len() != options.len() {
            checker.note_item("options", name, ProblemKind::Twice);
        }
        for option in options {
            if let Some(label) = &option.label {
                wording::line(checker, "options", name, label, SupportForm::MAX_LABEL);
            }
        }
    }
}
