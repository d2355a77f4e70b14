//! Mails that were captured instead of sent, for whoever develops or looks at the demo. They hold links that let people in:
//! nobody but this machine gets to see them, and where mails really leave, there is no such page.

use poem::Response;
use poem::http::{StatusCode, header};
use portal_core::mail::{CapturedError, CapturedMail};

use crate::errors::Stop;
use crate::forms::Fields;
use crate::middleware::headers::{self, FRAMED_MAIL};
use crate::routes::Places;
use crate::view::dev_mail::{DevMailPage, DevMailPart, DevMailRow, DevMailsPage};
use crate::view::when::{Times, When};
use crate::visit::Answer;
use crate::web::{Ask, Web};

/// Who may look: it is the same as if there were no such page.
fn admitted(web: &Web, ask: &Ask) -> Result<(), Stop> {
    if ask.is_local && web.portal.captures_mails() {
        Ok(())
    } else {
        Err(Stop::NOT_FOUND)
    }
}

pub(super) async fn list(web: &Web, ask: &Ask) -> Answer {
    admitted(web, ask)?;
    let to = Fields::of_query(&ask.query).get("to").to_owned();
    let mails = web.portal.captured_mails(&to).await?;
    let page = DevMailsPage {
        shell: web.bare_shell(&ask.headers),
        mails: mails.into_iter().map(|it| row(web, ask, it)).collect(),
        to,
    };
    Ok(web.html(StatusCode::OK, &page)?)
}

pub(super) async fn show(web: &Web, ask: &Ask, places: &Places) -> Answer {
    admitted(web, ask)?;
    let letter = web.portal.captured_mail(&places.id).await?;
    let query = Fields::of_query(&ask.query);
    let part = DevMailPart::named(query.get("part"));
    let page = DevMailPage {
        shell: web.bare_shell(&ask.headers),
        links: links(&letter.text),
        mail: row(web, ask, letter.mail),
        headers: letter.headers,
        text: letter.text,
        part,
        is_dark: query.get("look") == "dark",
    };
    let mut response = web.html(StatusCode::OK, &page)?;
    if part == DevMailPart::Html {
        headers::let_frame(&mut response, &web.config);
    }
    Ok(response)
}

/// The HTML part as it is, to stand in a frame: nothing in it runs, loads, or leads anywhere.
pub(super) async fn html(web: &Web, ask: &Ask, places: &Places) -> Answer {
    admitted(web, ask)?;
    let letter = web.portal.captured_mail(&places.id).await?;
    Ok(Response::builder()
        .header(header::CONTENT_SECURITY_POLICY, FRAMED_MAIL)
        .content_type("text/html; charset=utf-8")
        .body(letter.html))
}

fn row(web: &Web, ask: &Ask, it: CapturedMail) -> DevMailRow {
    DevMailRow {
        at: when(web, ask, &it),
        href: format!("/dev/mail/{}", it.id),
        from: it.from,
        to: it.to,
        subject: it.subject,
    }
}

fn when(web: &Web, ask: &Ask, it: &CapturedMail) -> When {
    let locale = web.bare_shell(&ask.headers).locale;
    let texts = web.renderer.locales().get(locale);
    Times::new(texts, "UTC", ask.now.micros()).moment(it.at.micros())
}

/// The addresses in a text, each once: the frame lets nobody follow one.
fn links(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|it: char| it.is_whitespace() || matches!(it, '<' | '>' | '"')) {
        let is_link = word.starts_with("http://") || word.starts_with("https://");
        if is_link && !found.iter().any(|it| it == word) {
            found.push(word.to_owned());
        }
    }
    found
}

impl From<CapturedError> for Stop {
    fn from(error: CapturedError) -> Self {
        match error {
            CapturedError::NotFound => Self::NOT_FOUND,
            error @ CapturedError::Unreadable(_) => Self::broken(&error),
        }
    }
}
