//! Canned replies: their page, and what the composer offers.

use poem::Response;
use poem::http::StatusCode;
use portal_core::desk::{CannedPlaceholder, DeskError, SaveCanned};
use portal_core::id::CannedReplyId;

use super::list;
use super::place::Place;
use super::ticket::number;
use crate::errors::Stop;
use crate::forms::Fields;
use crate::i18n::Locale;
use crate::office::problems::worded;
use crate::office::visit::OfficeVisit;
use crate::view::Choice;
use crate::view::desk::{CannedForm, CannedLine, CannedPage};
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::visit::Answer;

const HERE: &str = "/desk/canned";

/// What the form holds.
#[derive(Debug, Default)]
struct Typed {
    id: String,
    name: String,
    text: String,
    shared: bool,
    inbox: String,
    language: String,
}

pub(super) async fn show(visit: &OfficeVisit<'_>) -> Answer {
    page(visit, StatusCode::OK, None, Vec::new()).await
}

/// What was typed; nothing is what is stored under the address.
async fn page(visit: &OfficeVisit<'_>, code: StatusCode, typed: Option<Typed>, problems: Vec<Problem>) -> Answer {
    let place = Place::of(&Fields::default());
    let (replies, inboxes) = visit.web.portal.canned_replies(visit.actor()?).await?;
    let list = list::load(visit, &place, &Fields::default()).await?;
    let typed = match typed {
        Some(typed) => typed,
        None if visit.places.id.is_empty() => Typed::default(),
        None => {
            let found = replies.iter().find(|it| it.0.id.to_string() == visit.places.id && it.1);
            let (reply, _) = found.ok_or(Stop::NOT_FOUND)?;
            Typed {
                id: reply.id.to_string(),
                name: reply.name.to_string(),
                text: reply.text.clone(),
                shared: reply.shared,
                inbox: reply.inbox.map(|it| it.to_string()).unwrap_or_default(),
                language: reply.language.as_ref().map(ToString::to_string).unwrap_or_default(),
            }
        }
    };
    let texts = visit.texts();
    let mut inbox_choices = vec![Choice::new("", texts.text("desk-search-inboxes", &[]), &typed.inbox)];
    inbox_choices.extend(
        inboxes
            .iter()
            .map(|(id, name)| Choice::new(id.to_string(), name.as_str(), &typed.inbox)),
    );
    let mut languages = vec![Choice::new("", texts.text("desk-canned-any", &[]), &typed.language)];
    languages.extend(
        Locale::COMPLETE
            .iter()
            .map(|it| Choice::new(it.as_str(), it.own_name(), &typed.language)),
    );
    let lines = replies.iter().map(|(it, may_change)| CannedLine {
        id: it.id.to_string(),
        name: it.name.to_string(),
        text: it.text.clone(),
        shared: it.shared,
        inbox: it
            .inbox
            .and_then(|id| inboxes.iter().find(|inbox| inbox.0 == id).map(|it| it.1.clone())),
        language: it.language.as_ref().map(ToString::to_string),
        may_change: *may_change,
    });
    let page = CannedPage {
        shell: visit.shell(OfficeArea::Desk),
        rail: place.rail(&list).somewhere_else(),
        lines: lines.collect(),
        form: CannedForm {
            id: typed.id,
            name: typed.name,
            text: typed.text,
            shared: typed.shared,
            inboxes: inbox_choices,
            languages,
            placeholders: CannedPlaceholder::ALL.iter().map(|it| it.name()).collect(),
        },
        problems,
    };
    visit.page(code, &page)
}

pub(super) async fn save(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    fn perhaps<T: std::str::FromStr>(fields: &Fields, name: &str) -> Result<Option<T>, Stop> {
        let read = |it: &str| it.parse().map_err(|_| Stop::BAD_REQUEST);
        fields.given(name).map(read).transpose()
    }
    let command = SaveCanned {
        id: perhaps(fields, "id")?,
        name: fields.get("name").to_owned(),
        text: fields.text("text"),
        shared: fields.get("shared") == "true",
        inbox: perhaps(fields, "inbox")?,
        language: perhaps(fields, "language")?,
    };
    match visit.web.portal.save_canned(visit.actor()?, command).await {
        Ok(_) => Ok(visit.done("office-flash-desk-saved", HERE)),
        Err(DeskError::Invalid(problems)) => {
            let typed = Typed {
                id: fields.get("id").to_owned(),
                name: fields.get("name").to_owned(),
                text: fields.text("text"),
                shared: fields.get("shared") == "true",
                inbox: fields.get("inbox").to_owned(),
                language: fields.get("language").to_owned(),
            };
            let problems = worded(visit, &problems);
            page(visit, StatusCode::UNPROCESSABLE_ENTITY, Some(typed), problems).await
        }
        Err(err) => Err(err.into()),
    }
}

pub(super) async fn remove(visit: &OfficeVisit<'_>) -> Answer {
    let id: CannedReplyId = visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)?;
    visit.web.portal.remove_canned(visit.actor()?, id).await?;
    Ok(visit.done("office-flash-desk-removed", HERE))
}

/// What the composer offers, filled in, for scripts.
pub(super) async fn offered(visit: &OfficeVisit<'_>) -> Answer {
    let replies = visit.web.portal.canned_for(visit.actor()?, number(visit)?).await?;
    let items: Vec<_> = replies
        .iter()
        .map(|it| serde_json::json!({ "label": it.name, "text": it.text }))
        .collect();
    let body = serde_json::json!({ "items": items }).to_string();
    Ok(Response::builder().content_type("application/json").body(body))
}
