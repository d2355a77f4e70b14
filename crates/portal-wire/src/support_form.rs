use std::collections::BTreeSet;

use portal_core::settings;
use serde::{Deserialize, Serialize};

use crate::display::{read, written};
use crate::localized::Localized;
use crate::{Invalid, parse};

/// The form by which customers open tickets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum SupportForm {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// The heading.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<Localized>,
        /// The words on the button.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        button: Option<Localized>,
        /// The fields, in order.
        fields: Vec<FormField>,
    },
}

/// One field of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormField {
    /// What it is called: `subject`, `property-serial_number`.
    pub name: String,
    /// How a property is entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<Entry>,
    /// Its label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Localized>,
    /// A hint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Localized>,
    /// Whether it must be filled in.
    #[serde(default)]
    pub required: bool,
    /// When it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<ShownWhen>,
}

/// How a property is entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormOption {
    /// What is kept.
    pub value: String,
    /// What is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Localized>,
}

/// When a field is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownWhen {
    /// The earlier field.
    pub field: String,
    /// Its answers.
    pub any_of: BTreeSet<String>,
}

fn options(them: &[settings::FormOption]) -> Vec<FormOption> {
    them.iter()
        .map(|it| FormOption {
            value: it.value.to_string(),
            label: written(it.label.as_ref()),
        })
        .collect()
}

fn options_read(them: Vec<FormOption>) -> Result<Vec<settings::FormOption>, Invalid> {
    them.into_iter()
        .map(|it| {
            Ok(settings::FormOption {
                value: parse(&it.value, "option")?,
                label: read(it.label)?,
            })
        })
        .collect()
}

impl From<&settings::SupportForm> for SupportForm {
    fn from(it: &settings::SupportForm) -> Self {
        Self::V1 {
            title: written(it.title.as_ref()),
            button: written(it.button.as_ref()),
            fields: it.fields.iter().map(FormField::from).collect(),
        }
    }
}

impl From<&settings::FormField> for FormField {
    fn from(it: &settings::FormField) -> Self {
        let entry = match &it.kind {
            settings::FieldKind::Property { entry, .. } => Some(match entry {
                settings::Entry::Text => Entry::Text,
                settings::Entry::Paragraph => Entry::Paragraph,
                settings::Entry::Number => Entry::Number,
                settings::Entry::Date => Entry::Date,
                settings::Entry::DropDown(them) => Entry::DropDown(options(them)),
                settings::Entry::MultiSelect(them) => Entry::MultiSelect(options(them)),
                settings::Entry::Checkbox => Entry::Checkbox,
            }),
            _ => None,
        };
        Self {
            name: it.name().to_string(),
            entry,
            label: written(it.label.as_ref()),
            help: written(it.help.as_ref()),
            required: it.required,
            when: it.when.as_ref().map(|it| ShownWhen {
                field: it.field.to_string(),
                any_of: it.any_of.clone(),
            }),
        }
    }
}

impl TryFrom<FormField> for settings::FormField {
    type Error = Invalid;

    fn try_from(it: FormField) -> Result<Self, Invalid> {
        let kind = match (parse(&it.name, "field")?, it.entry) {
            (settings::FieldName::Subject, None) => settings::FieldKind::Subject,
            (settings::FieldName::Category, None) => settings::FieldKind::Category,
            (settings::FieldName::Priority, None) => settings::FieldKind::Priority,
            (settings::FieldName::Description, None) => settings::FieldKind::Description,
            (settings::FieldName::Files, None) => settings::FieldKind::Files,
            (settings::FieldName::Property(key), Some(entry)) => settings::FieldKind::Property {
                key,
                entry: match entry {
                    Entry::Text => settings::Entry::Text,
                    Entry::Paragraph => settings::Entry::Paragraph,
                    Entry::Number => settings::Entry::Number,
                    Entry::Date => settings::Entry::Date,
                    Entry::DropDown(them) => settings::Entry::DropDown(options_read(them)?),
                    Entry::MultiSelect(them) => settings::Entry::MultiSelect(options_read(them)?),
                    Entry::Checkbox => settings::Entry::Checkbox,
                },
            },
            _ => return Err(Invalid("field")),
        };
        Ok(Self {
            kind,
            label: read(it.label)?,
            help: read(it.help)?,
            required: it.required,
            when: it
                .when
                .map(|it| {
                    Ok::<_, Invalid>(settings::ShownWhen {
                        field: parse(&it.field, "condition")?,
                        any_of: it.any_of,
                    })
                })
                .transpose()?,
        })
    }
}

impl TryFrom<SupportForm> for settings::SupportForm {
    type Error = Invalid;

    fn try_from(SupportForm::V1 { title, button, fields }: SupportForm) -> Result<Self, Invalid> {
        let made = Self {
            title: read(title)?,
            button: read(button)?,
            fields: fields.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?,
        };
        made.check().map_err(|_| Invalid("support form"))?;
        Ok(made)
    }
}
