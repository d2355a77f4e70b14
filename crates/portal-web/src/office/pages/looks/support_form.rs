//! The builder of the support form.

use std::collections::BTreeSet;

use poem::http::StatusCode;
use portal_core::input::{ProblemKind, Problems};
use portal_core::property::PropertyType;
use portal_core::settings::{
    Entry, FieldKind, FieldName, FormField, FormOption, LooksSheet, Section, SettingsValue, ShownWhen, SupportForm,
};
use portal_core::text::{Line, Localized};
use portal_core::ticket::Priority;

use super::display::property_label;
use super::words::{Languages, Typed};
use super::{Draft, list};
use crate::forms::Fields;
use crate::office::visit::OfficeVisit;
use crate::view::Choice;
use crate::view::office_looks::{FieldLine, FormPage, Frame, WhenGroup};
use crate::visit::Answer;

pub(super) struct FormDraft {
    title: Typed,
    button: Typed,
    fields: Vec<FieldDraft>,
    /// What the form that is shown has its options' labels in, in this order.
    languages: Vec<portal_core::text::Locale>,
}

/// A field, as it was typed.
#[derive(Clone, Default)]
struct FieldDraft {
    name: String,
    label: Typed,
    help: Typed,
    required: bool,
    /// How a property is entered; empty for the other fields.
    entry: String,
    /// What there is to choose, a line each: `value | label | label`.
    options: String,
    /// The answers on which it depends, as `field=answer`.
    when: BTreeSet<String>,
}

/// The names of the ways to enter a property that fit its type; the first one is the usual.
pub(super) const fn entries(kind: PropertyType) -> &'static [&'static str] {
    match kind {
        PropertyType::Text => &["text", "paragraph"],
        PropertyType::Number => &["number"],
        PropertyType::Date => &["date"],
        PropertyType::Bool => &["checkbox"],
        PropertyType::Choice => &["drop_down"],
        PropertyType::Choices => &["multi_select"],
    }
}

pub(super) const fn entry_name(entry: &Entry) -> &'static str {
    match entry {
        Entry::Text => "text",
        Entry::Paragraph => "paragraph",
        Entry::Number => "number",
        Entry::Date => "date",
        Entry::DropDown(_) => "drop_down",
        Entry::MultiSelect(_) => "multi_select",
        Entry::Checkbox => "checkbox",
    }
}

impl FieldDraft {
    fn of(it: &FormField, languages: &Languages) -> Self {
        let (entry, options) = match &it.kind {
            FieldKind::Property { entry, .. } => (entry_name(entry), entry.options()),
            _ => ("", [].as_slice()),
        };
        let option = |it: &FormOption| {
            let mut line = it.value.to_string();
            if let Some(label) = &it.label {
                let in_language = |wanted| label.iter().find(|(it, _)| *it == wanted).map_or("", |(_, text)| text);
                for language in languages.iter() {
                    line.push_str(" | ");
                    line.push_str(in_language(language));
                }
            }
            line.trim_end_matches([' ', '|']).to_owned()
        };
        let when = it.when.iter().flat_map(|when| {
            let field = when.field.to_string();
            when.any_of.iter().map(move |answer| format!("{field}={answer}"))
        });
        Self {
            name: it.name().to_string(),
            label: Typed::of(it.label.as_ref()),
            help: Typed::of(it.help.as_ref()),
            required: it.is_required(),
            entry: entry.to_owned(),
            options: options.iter().map(option).collect::<Vec<_>>().join("\n"),
            when: when.collect(),
        }
    }

    fn always(&self) -> bool {
        matches!(self.name.as_str(), "subject" | "description")
    }

    fn options(&self, languages: &[portal_core::text::Locale]) -> Result<Vec<FormOption>, Problems> {
        let lines = self.options.lines().map(str::trim).filter(|it| !it.is_empty());
        lines
            .map(|line| {
                let mut parts = line.split('|').map(str::trim);
                let value = parts.next().unwrap_or_default().parse::<Line>();
                let value = value.map_err(|err| Problems::of_item("options", &self.name, err))?;
                let mut label: Option<Localized> = None;
                for (language, text) in languages.iter().zip(parts).filter(|(_, text)| !text.is_empty()) {
                    label = Some(match label {
                        None => Localized::new(language.clone(), text),
                        Some(it) => it.with(language.clone(), text),
                    });
                }
                Ok(FormOption { value, label })
            })
            .collect()
    }

    fn kind(&self, languages: &[portal_core::text::Locale]) -> Result<FieldKind, Problems> {
        let wrong = || Problems::of_item("fields", &self.name, ProblemKind::NotOffered);
        Ok(match self.name.parse::<FieldName>().map_err(|_| wrong())? {
            FieldName::Subject => FieldKind::Subject,
            FieldName::Category => FieldKind::Category,
            FieldName::Priority => FieldKind::Priority,
            FieldName::Description => FieldKind::Description,
            FieldName::Files => FieldKind::Files,
            FieldName::Property(key) => FieldKind::Property {
                key,
                entry: match self.entry.as_str() {
                    "text" => Entry::Text,
                    "paragraph" => Entry::Paragraph,
                    "number" => Entry::Number,
                    "date" => Entry::Date,
                    "checkbox" => Entry::Checkbox,
                    "drop_down" => Entry::DropDown(self.options(languages)?),
                    "multi_select" => Entry::MultiSelect(self.options(languages)?),
                    _ => return Err(wrong()),
                },
            },
        })
    }

    /// What it depends on: answers of one field only.
    fn when(&self) -> Result<Option<ShownWhen>, Problems> {
        let wrong = || Problems::of_item("when", &self.name, ProblemKind::Condition);
        let mut made: Option<ShownWhen> = None;
        for pair in &self.when {
            let (field, answer) = pair.split_once('=').ok_or_else(wrong)?;
            let field: FieldName = field.parse().map_err(|_| wrong())?;
            let when = made.get_or_insert_with(|| ShownWhen {
                field: field.clone(),
                any_of: BTreeSet::new(),
            });
            if when.field != field {
                return Err(wrong());
            }
            when.any_of.insert(answer.to_owned());
        }
        Ok(made)
    }

    fn field(&self, draft: &FormDraft, sheet: &LooksSheet) -> Result<FormField, Problems> {
        Ok(FormField {
            kind: self.kind(&draft.languages)?,
            label: self.label.text(&sheet.site),
            help: self.help.text(&sheet.site),
            required: self.required || self.always(),
            when: self.when()?,
        })
    }
}

/// A field that is put in, with what is usual for it.
fn added(name: &str, sheet: &LooksSheet) -> Option<FieldDraft> {
    let mut draft = FieldDraft {
        name: name.to_owned(),
        ..FieldDraft::default()
    };
    if let FieldName::Property(key) = name.parse().ok()? {
        let defined = sheet.properties.iter().find(|it| it.key == key)?;
        draft.entry = (*entries(defined.kind).first()?).to_owned();
        draft.label = Typed::of(Some(&defined.label));
    }
    Some(draft)
}

impl FormDraft {
    fn written(&self) -> Vec<&Typed> {
        let of_fields = self.fields.iter().flat_map(|it| [&it.label, &it.help]);
        [&self.title, &self.button].into_iter().chain(of_fields).collect()
    }
}

impl Draft for FormDraft {
    const SECTION: Section = Section::Form;

    fn of(sheet: &LooksSheet) -> Self {
        let now = &sheet.looks.form;
        let mut draft = Self {
            title: Typed::of(now.title.as_ref()),
            button: Typed::of(now.button.as_ref()),
            fields: Vec::new(),
            languages: Vec::new(),
        };
        let labels: Vec<Typed> = now
            .fields
            .iter()
            .flat_map(|it| {
                let options = match &it.kind {
                    FieldKind::Property { entry, .. } => entry.options(),
                    _ => &[],
                };
                let of_options = options.iter().map(|it| it.label.as_ref());
                of_options.chain([it.label.as_ref(), it.help.as_ref()])
            })
            .map(Typed::of)
            .collect();
        let mut written = draft.written();
        written.extend(&labels);
        let languages = Languages::of(&sheet.site, &written);
        draft.fields = now.fields.iter().map(|it| FieldDraft::of(it, &languages)).collect();
        draft.languages = languages.iter().cloned().collect();
        draft
    }

    fn read(fields: &Fields, sheet: &LooksSheet) -> Self {
        let mut draft = Self {
            title: Typed::read(fields, "title"),
            button: Typed::read(fields, "button"),
            fields: Vec::new(),
            languages: fields.all("language").filter_map(|it| it.parse().ok()).collect(),
        };
        for place in 0..=SupportForm::MAX_FIELDS {
            let of = |what: &str| format!("{what}-{place}");
            let Some(name) = fields.given(&of("n")) else { break };
            draft.fields.push(FieldDraft {
                name: name.to_owned(),
                label: Typed::read(fields, &of("label")),
                help: Typed::read(fields, &of("help")),
                required: fields.given(&of("required")).is_some(),
                entry: fields.get(&of("entry")).to_owned(),
                options: fields.text(&of("options")),
                when: fields.all(&of("when")).map(str::to_owned).collect(),
            });
        }
        let button = fields.get("edit");
        list::edit(&mut draft.fields, "fields", button);
        if list::adds("fields", button) {
            draft.fields.extend(added(fields.get("add_fields"), sheet));
        }
        draft
    }

    fn value(&self, sheet: &LooksSheet) -> Result<SettingsValue, Problems> {
        let fields: Result<Vec<FormField>, Problems> = self.fields.iter().map(|it| it.field(self, sheet)).collect();
        Ok(SettingsValue::Form(SupportForm {
            title: self.title.text(&sheet.site),
            button: self.button.text(&sheet.site),
            fields: fields?,
        }))
    }

    async fn page(self, visit: &OfficeVisit<'_>, sheet: &LooksSheet, status: StatusCode, frame: Frame) -> Answer {
        let mut languages = Languages::of(&sheet.site, &self.written());
        languages.also(&self.languages);
        let labelled = |name: &str| match name.strip_prefix("property-") {
            Some(key) => property_label(visit, &sheet.properties, key),
            None => visit.texts().text("looks-field", &[("field", name.into())]),
        };
        let lines = self.fields.iter().enumerate().map(|(place, it)| {
            let before = self.fields.get(..place).unwrap_or_default();
            let property = it.name.strip_prefix("property-");
            let kind = property
                .and_then(|key| sheet.properties.iter().find(|it| it.key.as_str() == key))
                .map(|it| it.kind);
            let ways = kind.map_or(&[] as &[&str], entries);
            let when = if it.always() {
                Vec::new()
            } else {
                conditions(visit, sheet, before, it, &labelled)
            };
            FieldLine {
                place,
                name: it.name.clone(),
                called: labelled(&it.name),
                label: it
                    .label
                    .wording(format!("label.{}", it.name), &format!("label-{place}"), &languages),
                help: it
                    .help
                    .wording(format!("help.{}", it.name), &format!("help-{place}"), &languages),
                worded: property.is_some()
                    || it.label.text(&sheet.site).is_some()
                    || it.help.text(&sheet.site).is_some(),
                is_property: property.is_some(),
                gone: property.is_some() && kind.is_none(),
                always: it.always(),
                required: it.required || it.always(),
                entry: it.entry.clone(),
                entries: ways
                    .iter()
                    .map(|way| {
                        let label = visit.texts().text("looks-entry", &[("entry", (*way).into())]);
                        Choice::new(*way, label, &it.entry)
                    })
                    .collect(),
                has_options: matches!(it.entry.as_str(), "drop_down" | "multi_select"),
                options: it.options.clone(),
                conditional: !it.when.is_empty(),
                when,
            }
        });
        let used = |name: &str| self.fields.iter().any(|it| it.name == name);
        let built_in = FieldName::BUILT_IN.iter().map(ToString::to_string);
        let properties = sheet.properties.iter().filter(|it| it.customer_writable);
        let more = built_in
            .chain(properties.map(|it| format!("property-{}", it.key)))
            .filter(|it| !used(it))
            .map(|it| Choice::new(&it, labelled(&it), ""));
        let page = FormPage {
            heading: self.title.wording("title.text", "title", &languages),
            button: self.button.wording("button.text", "button", &languages),
            fields: lines.collect(),
            more: more.collect(),
            may_add: self.fields.len() < SupportForm::MAX_FIELDS,
            languages: languages.tongues(),
            properties_href: "/admin/properties",
            frame,
        };
        visit.page(status, &page)
    }
}

/// The answers on which a field can depend: those of the choices that stand before it. Those on which it depends already are
/// shown even if they are none any more, so that they can be taken away.
fn conditions(
    visit: &OfficeVisit<'_>,
    sheet: &LooksSheet,
    before: &[FieldDraft],
    it: &FieldDraft,
    labelled: &dyn Fn(&str) -> String,
) -> Vec<WhenGroup> {
    let word = |key: &str, arg: &'static str, value: &str| visit.texts().text(key, &[(arg, value.into())]);
    let mut groups = Vec::new();
    let mut offered = BTreeSet::new();
    for field in before {
        let answers: Vec<(String, String)> = match (field.name.as_str(), field.entry.as_str()) {
            ("priority", _) => {
                let names = Priority::ALL.into_iter().map(Priority::name);
                names
                    .map(|it| (it.to_owned(), word("priority", "priority", it)))
                    .collect()
            }
            ("category", _) => {
                let kinds = sheet.site.categories.iter().map(ToString::to_string);
                kinds.map(|it| (it.clone(), it)).collect()
            }
            (_, "checkbox") => ["true", "false"]
                .map(|it| (it.to_owned(), word("looks-yes-no", "answer", it)))
                .into(),
            (_, "drop_down" | "multi_select") => field
                .options
                .lines()
                .filter_map(|line| {
                    let mut parts = line.split('|').map(str::trim);
                    let value = parts.next().filter(|it| !it.is_empty())?;
                    let label = parts.find(|it| !it.is_empty()).unwrap_or(value);
                    Some((value.to_owned(), label.to_owned()))
                })
                .collect(),
            _ => continue,
        };
        let choices = answers.into_iter().map(|(answer, label)| {
            let value = format!("{}={answer}", field.name);
            let selected = it.when.contains(&value);
            offered.insert(value.clone());
            Choice { value, label, selected }
        });
        let answers: Vec<Choice> = choices.collect();
        if !answers.is_empty() {
            groups.push(WhenGroup {
                called: labelled(&field.name),
                answers,
            });
        }
    }
    let stale = it.when.iter().filter(|value| !offered.contains(*value));
    let stale: Vec<Choice> = stale.map(|value| Choice::new(value, value, value)).collect();
    if !stale.is_empty() {
        groups.push(WhenGroup {
            called: visit.texts().text("looks-when-stale", &[]),
            answers: stale,
        });
    }
    groups
}
