//! The consent notice, and its versions.

use poem::http::StatusCode;
use portal_core::input::Problems;
use portal_core::settings::{LooksSheet, Section, SettingsOwner, SettingsValue};

use super::Draft;
use super::words::{Languages, Typed, name};
use crate::forms::Fields;
use crate::office::visit::OfficeVisit;
use crate::view::office_looks::{ConsentPage, Frame, NoticeVersion, Said};
use crate::visit::Answer;

pub(super) struct ConsentDraft {
    text: Typed,
    ask_again: bool,
}

/// So many versions are shown; all of them are in the history.
const SHOWN: u32 = 20;

impl Draft for ConsentDraft {
    const SECTION: Section = Section::Consent;

    fn of(sheet: &LooksSheet) -> Self {
        Self {
            text: Typed::of(sheet.looks.consent.text.as_ref()),
            ask_again: false,
        }
    }

    fn read(fields: &Fields, _: &LooksSheet) -> Self {
        Self {
            text: Typed::read(fields, "text"),
            ask_again: fields.given("ask_again").is_some(),
        }
    }

    fn value(&self, sheet: &LooksSheet) -> Result<SettingsValue, Problems> {
        let text = self.text.text(&sheet.site);
        Ok(SettingsValue::Consent(
            sheet.looks.consent.reworded(text, self.ask_again),
        ))
    }

    async fn page(self, visit: &OfficeVisit<'_>, sheet: &LooksSheet, status: StatusCode, frame: Frame) -> Answer {
        let owner = SettingsOwner::Portal(sheet.site.id);
        let section = Some(Section::Consent);
        let history = visit.web.portal.settings_history(visit.actor()?, owner, section, SHOWN);
        let mut versions: Vec<NoticeVersion> = Vec::new();
        for it in history.await? {
            let SettingsValue::Consent(notice) = &it.value else {
                continue;
            };
            // Of several changes that left the text as it was, the first one made the version.
            let known = versions.iter_mut().find(|line| line.number == notice.version);
            let at = visit.times().moment(it.at.micros());
            match (known, &notice.text) {
                (Some(line), Some(_)) => line.at = at,
                (None, Some(text)) => versions.push(NoticeVersion {
                    number: notice.version,
                    at,
                    texts: text
                        .iter()
                        .map(|(language, text)| Said {
                            code: language.to_string(),
                            language: name(language),
                            text: text.to_owned(),
                        })
                        .collect(),
                }),
                (_, None) => {}
            }
        }
        let languages = Languages::of(&sheet.site, &[&self.text]);
        let notice = &sheet.looks.consent;
        let page = ConsentPage {
            text: self.text.wording("text", "text", &languages),
            ask_again: self.ask_again,
            asked: notice.text.is_some(),
            number: notice.version,
            counts_from: notice.counts_from,
            versions,
            frame,
        };
        visit.page(status, &page)
    }
}
