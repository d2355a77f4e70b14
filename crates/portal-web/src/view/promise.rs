//! What customers are told about replies.

use portal_core::service::Promise;

use super::span::span;
use crate::i18n::Translator;
use crate::office::pages::service::hours_said;

/// The sentence that says when to expect a reply; `is_first` where there is none yet.
#[must_use]
pub fn promise(texts: &Translator, it: &Promise, is_first: bool) -> Option<String> {
    let time = if is_first { it.first_reply } else { it.next_reply };
    let time = ("time", span(texts, time?).into());
    Some(match &it.hours {
        None => texts.text("promise-reply", &[time]),
        Some(hours) => {
            let hours = format!("{} ({})", hours_said(texts, hours), hours.zone().replace('_', " "));
            texts.text("promise-hours", &[time, ("hours", hours.into())])
        }
    })
}
