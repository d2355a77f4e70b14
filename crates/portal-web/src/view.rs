//! What the pages show: plain structs, filled by the handlers, read by the templates.
//!
//! A view carries facts (who, what, which stage), not sentences: the templates put them into the reader's language.
//! Text written by people is a plain `String` and is escaped by the templates; only [`SafeHtml`] passes as markup.

pub mod account;
pub mod confirm;
pub mod crm;
pub mod csat;
pub mod desk;
pub mod dev_mail;
pub mod error;
pub mod file;
pub mod form;
pub mod inboxes;
pub mod measures;
pub mod mute;
pub mod new_ticket;
pub mod office;
pub mod office_flow;
pub mod office_looks;
pub mod office_members;
pub mod office_portals;
pub mod office_staff;
pub mod office_way_in;
pub mod outbox;
pub mod party;
pub mod person;
pub mod portals;
pub mod promise;
pub mod search;
pub mod service;
pub mod shell;
pub mod sign_in;
pub mod span;
pub mod status;
pub mod ticket;
pub mod tickets;
pub mod way_in;
pub mod when;

pub use account::AccountPage;
pub use confirm::ConfirmPage;
pub use error::ErrorPage;
pub use new_ticket::NewTicketPage;
pub use portals::PortalsPage;
pub use search::SearchPage;
pub use shell::Shell;
pub use sign_in::SignInPage;
pub use ticket::TicketPage;
pub use tickets::TicketsPage;
pub use way_in::WayInPage;

use serde::Serialize;

/// A page: a template and the frame around it.
pub trait Page: Serialize {
    /// File name of the template, for example `ticket.html`.
    const TEMPLATE: &'static str;

    /// The frame: portal, person, language, appearance.
    fn shell(&self) -> &Shell;
}

/// Markup that was sanitised when it was written. The templates print it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// Vouches that `html` came out of the sanitiser.
    #[must_use]
    pub fn sanitised(html: impl Into<String>) -> Self {
        Self(html.into())
    }
}

/// One entry of a `<select>` or of a group of radio buttons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Value sent by the form.
    pub value: String,
    /// Text shown; from people or settings, not translated.
    pub label: String,
    /// Whether it is chosen now.
    pub selected: bool,
}

impl Choice {
    /// A choice that is selected when `value` equals `current`.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>, current: &str) -> Self {
        let value = value.into();
        let selected = value == current;
        Self {
            value,
            label: label.into(),
            selected,
        }
    }
}

/// A number that is only counted up to a cap: `7`, `99+`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The counted number, at most the cap.
    pub n: u32,
    /// What is shown.
    pub text: String,
}

impl Count {
    /// Cap of the chips on pages.
    pub const PAGE_CAP: u32 = 99;

    /// Shows `n`, or `99+` when it is larger than [`Count::PAGE_CAP`].
    #[must_use]
    pub fn capped(n: u32) -> Self {
        if n > Self::PAGE_CAP {
            Self {
                n: Self::PAGE_CAP,
                text: format!("{}+", Self::PAGE_CAP),
            }
        } else {
            Self { n, text: n.to_string() }
        }
    }
}

/// Older and newer page of a list, as links.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pager {
    /// Towards the start of the list; `None` on the first page.
    pub newer: Option<String>,
    /// Towards the end; `None` on the last page.
    pub older: Option<String>,
}
