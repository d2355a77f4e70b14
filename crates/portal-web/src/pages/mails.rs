//! Which mails a contact gets: their choices, and a ticket they want to hear nothing more of.

use poem::http::StatusCode;
use portal_core::notify::{ContactChoices, MuteByLinkError};

use crate::errors::Stop;
use crate::forms::Fields;
use crate::view::mute::{MutePage, Muting};
use crate::view::shell::{Area, Flash};
use crate::visit::{Answer, Visit};

/// Of what the contact wants mails.
pub(super) async fn choose(visit: &Visit<'_>, fields: &Fields) -> Answer {
    let choices = ContactChoices {
        answers: fields.get("answers") == "1",
        changes: fields.get("changes") == "1",
        openings: fields.get("openings") == "1",
    };
    let portal = &visit.web.portal;
    portal
        .set_contact_choices(&visit.actor(), visit.site.id, choices)
        .await?;
    Ok(visit.done(Flash::MailsChosen, &format!("{}/account", visit.base())))
}

/// Whether mails about a ticket come, with the button that changes it.
pub(super) async fn ask(visit: &Visit<'_>) -> Answer {
    let number = visit.number()?;
    let portal = &visit.web.portal;
    let muted = portal.is_ticket_muted(&visit.actor(), visit.site.id, number).await?;
    let page = MutePage {
        shell: visit.shell(Area::Tickets),
        number: number.get(),
        state: if muted { Muting::Muted } else { Muting::Told },
        action: format!("{}/mails", visit.ticket_href(number)),
        back: Some(visit.ticket_href(number)),
    };
    visit.page(StatusCode::OK, &page)
}

pub(super) async fn submit(visit: &Visit<'_>, fields: &Fields) -> Answer {
    let number = visit.number()?;
    let muted = fields.get("mails") == "mute";
    let portal = &visit.web.portal;
    portal.mute_ticket(&visit.actor(), visit.site.id, number, muted).await?;
    let flash = if muted { Flash::Muted } else { Flash::Unmuted };
    Ok(visit.done(flash, &visit.ticket_href(number)))
}

fn token(visit: &Visit<'_>) -> String {
    Fields::of_query(&visit.ask.query).get("token").to_owned()
}

/// The page behind the link of a mail. Looking at it changes nothing: mail programs do that by themselves.
pub(super) fn link(visit: &Visit<'_>) -> Answer {
    let token = token(visit);
    let number = visit.web.portal.muted_by_link(&token).ok_or(Stop::NOT_FOUND)?;
    let token: String = form_urlencoded::byte_serialize(token.as_bytes()).collect();
    let page = MutePage {
        shell: visit.shell(Area::None),
        number: number.get(),
        state: Muting::Told,
        action: format!("{}/mute?token={token}", visit.base()),
        back: None,
    };
    visit.page(StatusCode::OK, &page)
}

/// The button of that page, or the mail program itself (RFC 8058): from anywhere, without signing in.
pub(super) async fn by_link(visit: &Visit<'_>) -> Answer {
    match visit.web.portal.mute_by_link(&token(visit)).await {
        Ok(number) => {
            let page = MutePage {
                shell: visit.shell(Area::None),
                number: number.get(),
                state: Muting::Done,
                action: String::new(),
                back: None,
            };
            visit.page(StatusCode::OK, &page)
        }
        Err(MuteByLinkError::NotFound) => Err(Stop::NOT_FOUND),
        Err(err @ MuteByLinkError::Store(_)) => Err(err.into()),
    }
}
