//! Error pages.

use serde::Serialize;

use super::Page;
use super::shell::Shell;

/// A page that says what went wrong and what to do.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorPage {
    /// The frame; with the person where that is known, so that the bar stays.
    pub shell: Shell,
    /// What went wrong.
    pub error: Fault,
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "error.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What went wrong, as far as the reader may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// 400: the request could not be read.
    BadRequest,
    /// 404: missing or not the reader's; the same page for both.
    NotFound,
    /// 403: the reader sees the thing, but may not do that.
    Forbidden,
    /// 403: a form that was sent from elsewhere.
    CrossSite,
    /// 403: signed in, but without entry to this portal.
    NoEntry,
    /// 405.
    MethodNotAllowed,
    /// 409: somebody changed it in between; text that was typed is given back.
    Conflict {
        /// Where to look at the present state.
        href: String,
        /// What the reader had typed; may be empty.
        text: String,
    },
    /// 410: a link that has ended.
    Gone,
    /// 413: more than the limit.
    TooLarge {
        /// `50 MB`.
        limit: String,
    },
    /// 421: a host name that this server does not serve.
    Misdirected,
    /// 429.
    TooMany {
        /// When to try again.
        seconds: u64,
    },
    /// 500.
    Internal {
        /// To quote to the operator.
        id: String,
    },
    /// 503.
    Unavailable,
}

impl Fault {
    /// Its HTTP status.
    #[must_use]
    pub fn code(&self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Forbidden | Self::CrossSite | Self::NoEntry => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict { .. } => 409,
            Self::Gone => 410,
            Self::TooLarge { .. } => 413,
            Self::Misdirected => 421,
            Self::TooMany { .. } => 429,
            Self::Internal { .. } => 500,
            Self::Unavailable => 503,
        }
    }
}
