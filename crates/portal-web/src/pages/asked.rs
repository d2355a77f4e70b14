//! The fields of the support form, as the portal's settings have them.

use std::collections::BTreeMap;

use portal_core::property::PropertyKey;
use portal_core::settings::{Entry, FieldKind, FieldName, FormField, ShownWhen, SupportForm};
use portal_core::text::Localized;

use crate::forms::Fields;
use crate::view::Choice;
use crate::view::new_ticket::{AskedField, AskedKind, AskedWhen};
use crate::visit::Visit;

/// What was typed into the fields of properties.
pub(super) fn typed(form: &SupportForm, fields: &Fields) -> BTreeMap<PropertyKey, Vec<String>> {
    let mut typed = BTreeMap::new();
    for field in &form.fields {
        if let FieldName::Property(key) = field.name() {
            let name = field.name().to_string();
            let texts: Vec<String> = fields.all(&name).map(|it| it.replace("\r\n", "\n")).collect();
            if !texts.is_empty() {
                typed.insert(key, texts);
            }
        }
    }
    typed
}

/// The fields with what was typed, so that nothing is lost.
pub(super) fn fields(
    visit: &Visit<'_>,
    form: &SupportForm,
    typed: &BTreeMap<PropertyKey, Vec<String>>,
) -> Vec<AskedField> {
    form.fields.iter().map(|it| field(visit, form, it, typed)).collect()
}

fn words(visit: &Visit<'_>, text: Option<&Localized>) -> Option<String> {
    text.map(|it| it.get(&visit.language()).to_owned())
}

fn field(
    visit: &Visit<'_>,
    form: &SupportForm,
    field: &FormField,
    typed: &BTreeMap<PropertyKey, Vec<String>>,
) -> AskedField {
    let (kind, key, entry) = match &field.kind {
        FieldKind::Subject => (AskedKind::Subject, None, None),
        FieldKind::Category => (AskedKind::Category, None, None),
        FieldKind::Priority => (AskedKind::Priority, None, None),
        FieldKind::Description => (AskedKind::Description, None, None),
        FieldKind::Files => (AskedKind::Files, None, None),
        FieldKind::Property { key, entry } => (entered(entry), Some(key), Some(entry)),
    };
    let texts = key.and_then(|it| typed.get(it)).map(Vec::as_slice).unwrap_or_default();
    let first = texts.first().map(String::as_str).unwrap_or_default();
    let choices = entry.map(Entry::options).unwrap_or_default().iter().map(|it| {
        let label = words(visit, it.label.as_ref()).unwrap_or_else(|| it.value.to_string());
        Choice {
            value: it.value.to_string(),
            label,
            selected: texts.iter().any(|text| text == it.value.as_str()),
        }
    });
    AskedField {
        label: words(visit, field.label.as_ref()),
        help: words(visit, field.help.as_ref()),
        required: field.is_required(),
        value: first.to_owned(),
        choices: choices.collect(),
        ticked: !first.is_empty(),
        when: field.when.as_ref().map(|it| when(visit, form, it)),
        ..AskedField::new(kind, field.name().to_string())
    }
}

const fn entered(entry: &Entry) -> AskedKind {
    match entry {
        Entry::Text => AskedKind::Text,
        Entry::Paragraph => AskedKind::Paragraph,
        Entry::Number => AskedKind::Number,
        Entry::Date => AskedKind::Date,
        Entry::DropDown(_) => AskedKind::DropDown,
        Entry::MultiSelect(_) => AskedKind::MultiSelect,
        Entry::Checkbox => AskedKind::Checkbox,
    }
}

/// The condition for the script, and in words for those without.
fn when(visit: &Visit<'_>, form: &SupportForm, when: &ShownWhen) -> AskedWhen {
    let of = form.field(&when.field);
    let answer = |it: &String| match &when.field {
        FieldName::Priority => visit.texts().text("priority", &[("priority", it.as_str().into())]),
        FieldName::Property(key) => {
            let option = form.option(key, it).and_then(|it| it.label.as_ref());
            words(visit, option).unwrap_or_else(|| it.clone())
        }
        _ => it.clone(),
    };
    let is_box = of.is_some_and(|it| {
        matches!(
            it.kind,
            FieldKind::Property {
                entry: Entry::Checkbox,
                ..
            }
        )
    });
    AskedWhen {
        field: when.field.to_string(),
        any_of: serde_json::json!(when.any_of).to_string(),
        label: of.and_then(|it| words(visit, it.label.as_ref())),
        answers: if is_box {
            Vec::new()
        } else {
            when.any_of.iter().map(answer).collect()
        },
    }
}
