//! How tickets look: words, columns, properties, owner, statuses, order.

use std::collections::BTreeMap;

use poem::http::StatusCode;
use portal_core::id::StatusId;
use portal_core::input::{ProblemKind, Problems};
use portal_core::property::PropertyDefinition;
use portal_core::settings::{Column, LooksSheet, OwnerDisplay, Section, SettingsValue, StatusWords, TicketDisplay};
use portal_core::ticket::Sort;

use super::words::{Languages, Typed};
use super::{Draft, list};
use crate::forms::Fields;
use crate::office::visit::OfficeVisit;
use crate::view::Choice;
use crate::view::office_looks::{DisplayPage, Frame, PipelineWords, StatusLine};
use crate::visit::Answer;

pub(super) struct DisplayDraft {
    label: Typed,
    new_label: Typed,
    columns: Vec<String>,
    /// Whether only the chosen properties are shown.
    chosen: bool,
    properties: Vec<String>,
    owner: String,
    team: String,
    sort: String,
    statuses: BTreeMap<StatusId, (Typed, Typed)>,
}

/// The name of an order in forms.
pub(super) const fn sort_name(sort: Sort) -> &'static str {
    match sort {
        Sort::Attention => "attention",
        Sort::LastActivity => "activity",
        Sort::Created => "created",
    }
}

const SORTS: [Sort; 3] = [Sort::Attention, Sort::LastActivity, Sort::Created];

/// The name of what is told of owners, in forms.
pub(super) const fn owner_name(owner: &OwnerDisplay) -> &'static str {
    match owner {
        OwnerDisplay::Name => "name",
        OwnerDisplay::Alias => "alias",
        OwnerDisplay::Team(_) => "team",
        OwnerDisplay::Nothing => "nothing",
    }
}

/// What a column is called.
pub(super) fn column_label(visit: &OfficeVisit<'_>, defined: &[PropertyDefinition], column: &str) -> String {
    match column.strip_prefix("property-") {
        Some(key) => property_label(visit, defined, key),
        None => visit.texts().text("looks-column", &[("column", column.into())]),
    }
}

/// What a property is called; its key if it is not there any more.
pub(super) fn property_label(visit: &OfficeVisit<'_>, defined: &[PropertyDefinition], key: &str) -> String {
    let found = defined.iter().find(|it| it.key.as_str() == key);
    found.map_or_else(|| key.to_owned(), |it| it.label.get(&visit.language()).to_owned())
}

impl Draft for DisplayDraft {
    const SECTION: Section = Section::Display;

    fn of(sheet: &LooksSheet) -> Self {
        let now = &sheet.looks.display;
        Self {
            label: Typed::of(now.label.as_ref()),
            new_label: Typed::of(now.new_label.as_ref()),
            columns: now.columns.iter().map(ToString::to_string).collect(),
            chosen: now.properties.is_some(),
            properties: now.properties.iter().flatten().map(ToString::to_string).collect(),
            owner: owner_name(&now.owner).to_owned(),
            team: match &now.owner {
                OwnerDisplay::Team(name) => name.to_string(),
                _ => String::new(),
            },
            sort: sort_name(now.sort).to_owned(),
            statuses: now
                .statuses
                .iter()
                .map(|(id, it)| (*id, (Typed::of(it.label.as_ref()), Typed::of(it.explanation.as_ref()))))
                .collect(),
        }
    }

    fn read(fields: &Fields, sheet: &LooksSheet) -> Self {
        let all = |name: &'static str| fields.all(name).map(str::to_owned).collect::<Vec<_>>();
        let mut statuses = BTreeMap::new();
        for status in sheet.pipelines.iter().flat_map(portal_core::ticket::Pipeline::statuses) {
            let id = status.id;
            let label = Typed::read(fields, &format!("label-{id}"));
            let explanation = Typed::read(fields, &format!("explanation-{id}"));
            statuses.insert(id, (label, explanation));
        }
        let mut draft = Self {
            label: Typed::read(fields, "label"),
            new_label: Typed::read(fields, "new_label"),
            columns: all("columns"),
            chosen: fields.get("which") == "chosen",
            properties: all("properties"),
            owner: fields.get("owner").to_owned(),
            team: fields.get("team").to_owned(),
            sort: fields.get("sort").to_owned(),
            statuses,
        };
        let button = fields.get("edit");
        list::edit(&mut draft.columns, "columns", button);
        list::edit(&mut draft.properties, "properties", button);
        if list::adds("columns", button) {
            draft.columns.extend(fields.given("add_columns").map(str::to_owned));
        }
        if list::adds("properties", button) {
            draft.chosen = true;
            draft
                .properties
                .extend(fields.given("add_properties").map(str::to_owned));
        }
        draft
    }

    fn value(&self, sheet: &LooksSheet) -> Result<SettingsValue, Problems> {
        let wrong = |field: &'static str| Problems::one(field, ProblemKind::NotOffered);
        let site = &sheet.site;
        let columns = self.columns.iter().map(|it| it.parse::<Column>());
        let properties = self.properties.iter().map(|it| it.parse());
        let statuses = self.statuses.iter().filter_map(|(id, (label, explanation))| {
            let words = StatusWords {
                label: label.text(site),
                explanation: explanation.text(site),
            };
            (words != StatusWords::default()).then_some((*id, words))
        });
        Ok(SettingsValue::Display(TicketDisplay {
            label: self.label.text(site),
            new_label: self.new_label.text(site),
            columns: columns.collect::<Result<_, _>>().map_err(|_| wrong("columns"))?,
            properties: if self.chosen {
                let keys: Result<Vec<_>, _> = properties.collect();
                Some(keys.map_err(|_| wrong("properties"))?)
            } else {
                None
            },
            owner: match self.owner.as_str() {
                "name" => OwnerDisplay::Name,
                "alias" => OwnerDisplay::Alias,
                "nothing" => OwnerDisplay::Nothing,
                "team" => OwnerDisplay::Team(
                    self.team
                        .parse()
                        .map_err(|err: portal_core::text::LineError| Problems::one("team", err))?,
                ),
                _ => return Err(wrong("owner")),
            },
            statuses: statuses.collect(),
            sort: SORTS
                .into_iter()
                .find(|it| sort_name(*it) == self.sort)
                .ok_or_else(|| wrong("sort"))?,
        }))
    }

    async fn page(self, visit: &OfficeVisit<'_>, sheet: &LooksSheet, status: StatusCode, frame: Frame) -> Answer {
        let mut written = vec![&self.label, &self.new_label];
        written.extend(self.statuses.values().flat_map(|(label, text)| [label, text]));
        let languages = Languages::of(&sheet.site, &written);
        let defined = &sheet.properties;
        let entry = |value: &String, label: String| Choice {
            value: value.clone(),
            label,
            selected: true,
        };
        let shown = || defined.iter().filter(|it| it.shown_to_customers);
        let built_in = Column::BUILT_IN.iter().map(ToString::to_string);
        let more = built_in
            .chain(shown().map(|it| format!("property-{}", it.key)))
            .filter(|it| !self.columns.contains(it))
            .map(|it| Choice::new(&it, column_label(visit, defined, &it), ""));
        let more_properties = shown()
            .map(|it| it.key.to_string())
            .filter(|it| !self.properties.contains(it))
            .map(|it| Choice::new(&it, property_label(visit, defined, &it), ""));
        let choice = |key: &'static str, name: &'static str, arg: &'static str, now: &str| {
            Choice::new(name, visit.texts().text(key, &[(arg, name.into())]), now)
        };
        let none = (Typed::default(), Typed::default());
        let pipelines = sheet.pipelines.iter().map(|pipeline| PipelineWords {
            name: pipeline.name().to_string(),
            statuses: pipeline
                .statuses()
                .iter()
                .map(|it| {
                    let (label, explanation) = self.statuses.get(&it.id).unwrap_or(&none);
                    StatusLine {
                        name: it.name.to_string(),
                        stage: crate::pages::show::stage(it.stage),
                        open: *label != Typed::default() && label.text(&sheet.site).is_some()
                            || explanation.text(&sheet.site).is_some(),
                        label: label.wording(
                            format!("status_label.{}", it.id),
                            &format!("label-{}", it.id),
                            &languages,
                        ),
                        explanation: explanation.wording(
                            format!("status_explanation.{}", it.id),
                            &format!("explanation-{}", it.id),
                            &languages,
                        ),
                    }
                })
                .collect(),
        });
        let page = DisplayPage {
            label: self.label.wording("label.text", "label", &languages),
            new_label: self.new_label.wording("new_label.text", "new_label", &languages),
            columns: self
                .columns
                .iter()
                .map(|it| entry(it, column_label(visit, defined, it)))
                .collect(),
            may_add_columns: self.columns.len() < TicketDisplay::MAX_COLUMNS,
            more_columns: more.collect(),
            chosen: self.chosen,
            properties: self
                .properties
                .iter()
                .map(|it| entry(it, property_label(visit, defined, it)))
                .collect(),
            more_properties: more_properties.collect(),
            owners: ["name", "alias", "team", "nothing"]
                .into_iter()
                .map(|it| choice("looks-owner", it, "owner", &self.owner))
                .collect(),
            team: self.team,
            sorts: SORTS
                .into_iter()
                .map(|it| choice("looks-sort", sort_name(it), "sort", &self.sort))
                .collect(),
            pipelines: pipelines.collect(),
            tickets_href: format!("{}/tickets", super::base(visit)?),
            frame,
        };
        visit.page(status, &page)
    }
}
