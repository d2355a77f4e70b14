//! The links at the head and the foot of every page.

use poem::http::StatusCode;
use portal_core::input::{ProblemKind, Problems};
use portal_core::settings::{LinkTarget, LooksSheet, PortalLink, PortalLinks, Section, SettingsValue};
use portal_core::text::{LineError, Localized};

use super::words::{Languages, Typed};
use super::{Draft, list};
use crate::forms::Fields;
use crate::office::visit::OfficeVisit;
use crate::view::office_looks::{Frame, LinkLine, LinkList, LinksPage};
use crate::visit::Answer;

pub(super) struct LinksDraft {
    header: Vec<(Typed, String)>,
    footer: Vec<(Typed, String)>,
}

fn stored(links: &[PortalLink]) -> Vec<(Typed, String)> {
    let typed = |it: &PortalLink| (Typed::of(Some(&it.label)), it.target.to_string());
    links.iter().map(typed).collect()
}

/// More than these are not read.
const MOST: usize = 20;

fn typed(fields: &Fields, name: &str) -> Vec<(Typed, String)> {
    let mut links = Vec::new();
    for place in 0..MOST {
        let to = format!("{name}-to-{place}");
        if !fields.pairs().any(|(it, _)| it == to) {
            break;
        }
        let label = Typed::read(fields, &format!("{name}-{place}"));
        links.push((label, fields.get(&to).trim().to_owned()));
    }
    let button = fields.get("edit");
    list::edit(&mut links, name, button);
    if list::adds(name, button) {
        links.push((Typed::default(), String::new()));
    }
    links
}

fn values(links: &[(Typed, String)], name: &'static str, sheet: &LooksSheet) -> Result<Vec<PortalLink>, Problems> {
    let link = |(place, (label, to)): (usize, &(Typed, String))| {
        let label: Option<Localized> = label.text(&sheet.site);
        let wrong = |kind: ProblemKind| Problems::of_item(name, place.to_string(), kind);
        Ok(PortalLink {
            label: label.ok_or_else(|| wrong(LineError::Empty.into()))?,
            target: to.parse::<LinkTarget>().map_err(|_| wrong(ProblemKind::Link))?,
        })
    };
    // A line in which nothing was typed is no link.
    let filled = links.iter().enumerate();
    filled
        .filter(|(_, (label, to))| label.text(&sheet.site).is_some() || !to.is_empty())
        .map(link)
        .collect()
}

impl Draft for LinksDraft {
    const SECTION: Section = Section::Links;

    fn of(sheet: &LooksSheet) -> Self {
        Self {
            header: stored(&sheet.looks.links.header),
            footer: stored(&sheet.looks.links.footer),
        }
    }

    fn read(fields: &Fields, _: &LooksSheet) -> Self {
        Self {
            header: typed(fields, "header"),
            footer: typed(fields, "footer"),
        }
    }

    fn value(&self, sheet: &LooksSheet) -> Result<SettingsValue, Problems> {
        Ok(SettingsValue::Links(PortalLinks {
            header: values(&self.header, "header", sheet)?,
            footer: values(&self.footer, "footer", sheet)?,
        }))
    }

    async fn page(self, visit: &OfficeVisit<'_>, sheet: &LooksSheet, status: StatusCode, frame: Frame) -> Answer {
        let written: Vec<&Typed> = self.header.iter().chain(&self.footer).map(|(label, _)| label).collect();
        let languages = Languages::of(&sheet.site, &written);
        let list = |name: &'static str, links: &[(Typed, String)], max: usize| LinkList {
            name,
            may_add: links.len() < max,
            links: links
                .iter()
                .enumerate()
                .map(|(place, (label, to))| LinkLine {
                    place,
                    label: label.wording(format!("{name}.{place}"), &format!("{name}-{place}"), &languages),
                    to: to.clone(),
                })
                .collect(),
        };
        let page = LinksPage {
            lists: vec![
                list("header", &self.header, PortalLinks::MAX_HEADER),
                list("footer", &self.footer, PortalLinks::MAX_FOOTER),
            ],
            frame,
        };
        visit.page(status, &page)
    }
}
