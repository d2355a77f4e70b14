use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, FieldKind, FieldName, FormField, SupportForm};
use crate::input::{Checker, ProblemKind, Problems};
use crate::property::{Decimal, PropertyKey, PropertyValue, PropertyValues};
use crate::text::{Line, LineError};
use crate::ticket::Priority;

/// What somebody answered, as typed. Subject and description are checked where the ticket is opened.
#[derive(Clone, Copy, Debug)]
pub struct Answers<'a> {
    /// The kind of request; empty if none was chosen.
    pub category: &'a str,
    /// How urgent it is.
    pub priority: Priority,
    /// How many files are attached.
    pub files: usize,
    /// The properties: of a multi-select all that was chosen, of the others one text.
    pub properties: &'a BTreeMap<PropertyKey, Vec<String>>,
}

/// The answers that count, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The fields that were asked.
    pub asked: BTreeSet<FieldName>,
    /// The values of the properties among them.
    pub properties: PropertyValues,
}

/// The longest paragraph in bytes of UTF-8.
const MAX_PARAGRAPH: usize = 10_000;

impl SupportForm {
    /// Which fields are asked, given these answers.
    #[must_use]
    pub fn asked(&self, answers: &Answers<'_>) -> BTreeSet<FieldName> {
        let mut asked = BTreeSet::new();
        for field in &self.fields {
            let shown = field.when.as_ref().is_none_or(|when| {
                let of = self.fields.iter().find(|it| it.name() == when.field);
                asked.contains(&when.field) && of.is_some_and(|of| when.holds(&given(of, answers)))
            });
            if shown {
                asked.insert(field.name());
            }
        }
        asked
    }

    /// Understands the answers. What is not asked is ignored, whatever was answered there; what the form does not have at
    /// all is a problem.
    ///
    /// # Errors
    /// Names every field that must be mended: `category`, `files`, and properties as items of `fields`.
    pub fn read(&self, answers: &Answers<'_>) -> Result<Read, Problems> {
        let mut checker = Checker::default();
        let asked = self.asked(answers);
        let mut properties = PropertyValues::new();
        let has = |name: &FieldName| self.fields.iter().any(|it| it.name() == *name);
        if !answers.category.is_empty() && !has(&FieldName::Category) {
            checker.note("category", ProblemKind::NotOffered);
        }
        if answers.files > 0 && !has(&FieldName::Files) {
            checker.note("files", ProblemKind::NotOffered);
        }
        for field in self.fields.iter().filter(|it| asked.contains(&it.name())) {
            match &field.kind {
                FieldKind::Category if field.required && answers.category.is_empty() => {
                    checker.note("category", LineError::Empty);
                }
                FieldKind::Files if field.required && answers.files == 0 => checker.note("files", LineError::Empty),
                FieldKind::Property { key, entry } => {
                    let texts = answers.properties.get(key).map(Vec::as_slice).unwrap_or_default();
                    match value(entry, texts) {
                        Ok(Some(PropertyValue::Bool(false)) | None) if field.required => {
                            checker.note_item("fields", key, LineError::Empty);
                        }
                        Ok(Some(value)) => drop(properties.insert(key.clone(), value)),
                        Ok(None) => {}
                        Err(wrong) => checker.note_item("fields", key, wrong),
                    }
                }
                _ => {}
            }
        }
        for key in answers.properties.keys() {
            if !has(&FieldName::Property(key.clone())) {
                checker.note_item("fields", key, ProblemKind::NotOffered);
            }
        }
        checker.done()?;
        Ok(Read { asked, properties })
    }
}

/// The answers of a field as conditions see them.
fn given(field: &FormField, answers: &Answers<'_>) -> Vec<String> {
    match &field.kind {
        FieldKind::Category => vec![answers.category.to_owned()],
        FieldKind::Priority => vec![answers.priority.name().to_owned()],
        FieldKind::Property { key, entry } => {
            let texts = answers.properties.get(key).map(Vec::as_slice).unwrap_or_default();
            match entry {
                Entry::Checkbox => vec![is_yes(texts).to_string()],
                _ => texts.iter().map(|it| it.trim().to_owned()).collect(),
            }
        }
        FieldKind::Subject | FieldKind::Description | FieldKind::Files => Vec::new(),
    }
}

/// A ticked box of a form sends `on` or what it was told to; programs send `true`.
fn is_yes(texts: &[String]) -> bool {
    texts.iter().any(|it| matches!(it.trim(), "true" | "on" | "yes" | "1"))
}

/// The value of a property; `None` if nothing was answered.
fn value(entry: &Entry, texts: &[String]) -> Result<Option<PropertyValue>, ProblemKind> {
    let first = texts.iter().map(|it| it.trim()).find(|it| !it.is_empty());
    let offered = |text: &str| entry.options().iter().any(|it| it.value.as_str() == text);
    match entry {
        Entry::Checkbox => Ok(Some(PropertyValue::Bool(is_yes(texts)))),
        Entry::MultiSelect(_) => {
            let chosen: BTreeSet<String> = texts
                .iter()
                .map(|it| it.trim())
                .filter(|it| !it.is_empty())
                .map(str::to_owned)
                .collect();
            if !chosen.iter().all(|it| offered(it)) {
                return Err(ProblemKind::NotOffered);
            }
            Ok((!chosen.is_empty()).then_some(PropertyValue::Choices(chosen)))
        }
        Entry::Text | Entry::Paragraph | Entry::Number | Entry::Date | Entry::DropDown(_) => {
            first.map(|it| single(entry, it, &offered)).transpose()
        }
    }
}

fn single(entry: &Entry, text: &str, offered: &dyn Fn(&str) -> bool) -> Result<PropertyValue, ProblemKind> {
    match entry {
        Entry::Number => Decimal::typed(text)
            .map(PropertyValue::Number)
            .ok_or(ProblemKind::Number),
        Entry::Date => text.parse().map(PropertyValue::Date).map_err(|_| ProblemKind::Date),
        Entry::Paragraph => {
            let given = text.len();
            if given > MAX_PARAGRAPH {
                Err(ProblemKind::TooManyBytes {
                    max: MAX_PARAGRAPH,
                    given,
                })
            } else if text.chars().any(|it| it.is_control() && it != '\n' && it != '\t') {
                Err(LineError::Control.into())
            } else {
                Ok(PropertyValue::Text(text.to_owned()))
            }
        }
        Entry::DropDown(_) if offered(text) => Ok(PropertyValue::Choice(text.to_owned())),
        Entry::DropDown(_) | Entry::MultiSelect(_) | Entry::Checkbox => Err(ProblemKind::NotOffered),
        Entry::Text => Ok(PropertyValue::Text(text.parse::<Line>()?.as_str().to_owned())),
    }
}
