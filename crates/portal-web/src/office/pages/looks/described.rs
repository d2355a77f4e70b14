//! Settings as lines that can be compared, for the history and for what somebody else changed meanwhile.

use portal_core::settings::{ConsentNotice, SettingsValue};
use portal_core::text::Localized;
use portal_core::ticket::Pipeline;

use super::display::{owner_name, sort_name};
use super::words::name;
use crate::i18n::Arg;
use crate::office::visit::OfficeVisit;

/// Lines of what one of these sections says; none for the others.
pub(in crate::office::pages) fn lines(
    visit: &OfficeVisit<'_>,
    pipelines: &[Pipeline],
    value: &SettingsValue,
) -> Vec<String> {
    let text = |key: &str, args: &[(&str, Arg)]| visit.texts().text(key, args);
    let with = |key: &str, value: String| format!("{}: {value}", text(key, &[]));
    match value {
        SettingsValue::Display(it) => {
            let mut lines = Vec::new();
            lines.extend(it.label.iter().map(|it| with("looks-label", said(it))));
            lines.extend(it.new_label.iter().map(|it| with("looks-new-label", said(it))));
            let columns = it.columns.iter().map(|it| {
                let column = it.to_string();
                match column.strip_prefix("property-") {
                    Some(key) => key.to_owned(),
                    None => text("looks-column", &[("column", column.as_str().into())]),
                }
            });
            lines.push(with("looks-columns", columns.collect::<Vec<_>>().join(", ")));
            if let Some(keys) = &it.properties {
                let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
                lines.push(with("looks-properties", keys.join(", ")));
            }
            let owner = text("looks-owner", &[("owner", owner_name(&it.owner).into())]);
            lines.push(with("looks-owner-title", owner));
            let sort = text("looks-sort", &[("sort", sort_name(it.sort).into())]);
            lines.push(with("looks-sort-title", sort));
            for status in pipelines.iter().flat_map(Pipeline::statuses) {
                let Some(words) = it.statuses.get(&status.id) else {
                    continue;
                };
                let words = words.label.iter().chain(&words.explanation).map(said);
                lines.push(format!("{}: {}", status.name, words.collect::<Vec<_>>().join(" – ")));
            }
            lines
        }
        SettingsValue::Form(it) => {
            let mut lines = Vec::new();
            lines.extend(it.title.iter().map(|it| with("looks-form-title", said(it))));
            lines.extend(it.button.iter().map(|it| with("looks-form-button", said(it))));
            for field in &it.fields {
                let own = field.name().to_string();
                let called = match own.strip_prefix("property-") {
                    Some(key) => key.to_owned(),
                    None => text("looks-field", &[("field", own.as_str().into())]),
                };
                let mut line = called;
                line.extend(field.label.iter().map(|it| format!(": {}", said(it))));
                line.extend(field.help.iter().map(|it| format!(" ({})", said(it))));
                if field.is_required() {
                    line = format!("{line} · {}", text("looks-required", &[]));
                }
                if let Some(when) = &field.when {
                    let answers: Vec<&str> = when.any_of.iter().map(String::as_str).collect();
                    line = format!("{line} · {} = {}", when.field, answers.join(", "));
                }
                lines.push(line);
            }
            lines
        }
        SettingsValue::Consent(ConsentNotice {
            text: words,
            version,
            counts_from,
        }) => {
            let numbers = [
                ("n", u64::from(*version).into()),
                ("from", u64::from(*counts_from).into()),
            ];
            let mut lines = vec![match words {
                Some(_) => text("looks-consent-number", &numbers),
                None => text("looks-consent-off", &[]),
            }];
            let all = words.iter().flat_map(Localized::iter);
            lines.extend(all.map(|(language, text)| format!("{}: {text}", name(language))));
            lines
        }
        SettingsValue::Branding(it) => {
            let mut lines = Vec::new();
            lines.extend(it.accent.map(|it| with("looks-accent", it.to_string())));
            let pictures = [
                ("logo", &it.logo),
                ("logo-dark", &it.logo_dark),
                ("favicon", &it.favicon),
            ];
            for (name, picture) in pictures {
                let title = text("looks-picture", &[("picture", name.into())]);
                lines.extend(
                    picture
                        .iter()
                        .map(|it| format!("{title}: {} × {} ({})", it.width, it.height, it.digest)),
                );
            }
            if it.show_name {
                lines.push(text("looks-show-name", &[]));
            }
            lines
        }
        SettingsValue::Links(it) => {
            let lists = [("header", &it.header), ("footer", &it.footer)];
            lists
                .into_iter()
                .flat_map(|(name, links)| {
                    let title = text("looks-links", &[("list", name.into())]);
                    let line = move |it: &portal_core::settings::PortalLink| {
                        format!("{title}: {} → {}", said(&it.label), it.target)
                    };
                    links.iter().map(line).collect::<Vec<_>>()
                })
                .collect()
        }
        SettingsValue::MailTexts(it) => it
            .iter()
            .map(|(mail, language, words)| {
                let mail = text("looks-mail", &[("mail", mail.name().into())]);
                format!("{mail} ({}): {} – {}", name(language), words.subject, words.body)
            })
            .collect(),
        SettingsValue::General(_)
        | SettingsValue::Address(_)
        | SettingsValue::Tickets(_)
        | SettingsValue::Access(_)
        | SettingsValue::Customers(_)
        | SettingsValue::PrivateContent(_) => Vec::new(),
    }
}

/// A text in all its languages.
fn said(text: &Localized) -> String {
    text.iter().map(|(_, text)| text).collect::<Vec<_>>().join(" / ")
}
