//! Service levels: what inboxes promise.

use serde::Serialize;

use super::form::Problem;
use super::shell::Shell;
use super::when::When;
use super::{Choice, Page};

/// `GET /admin/service`.
#[derive(Clone, Debug, Serialize)]
pub struct ServicePage {
    /// The frame.
    pub shell: Shell,
    /// The inboxes.
    pub inboxes: Vec<InboxService>,
}

impl Page for ServicePage {
    const TEMPLATE: &'static str = "office/service.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// An inbox and what it promises, in words.
#[derive(Clone, Debug, Serialize)]
pub struct InboxService {
    /// Its name.
    pub name: String,
    /// Where it is changed.
    pub href: String,
    /// When time counts: days and hours, nothing around the clock.
    pub hours: Option<String>,
    /// What is promised: the priority, and what in words.
    pub promises: Vec<(&'static str, Vec<Promised>)>,
    /// Whether customers are told.
    pub told: bool,
}

/// One thing that is promised.
#[derive(Clone, Debug, Serialize)]
pub struct Promised {
    /// `first_reply`, `next_reply` or `close`.
    pub kind: &'static str,
    /// Within which time, in words.
    pub time: String,
}

/// `GET /admin/service/{inbox}`. Also the answer to a refused form (422), and to one that somebody was faster than (409).
#[derive(Clone, Debug, Serialize)]
pub struct ServiceForm {
    /// The frame.
    pub shell: Shell,
    /// The inbox.
    pub inbox: String,
    /// Its id.
    pub id: String,
    /// The version that is changed.
    pub seen: u32,
    /// Whether time counts in hours only.
    pub by_hours: bool,
    /// The time zones to choose from.
    pub zones: Vec<Choice>,
    /// The hours of each day, as typed.
    pub week: Vec<(&'static str, String)>,
    /// Days off, one a line, as typed.
    pub days_off: String,
    /// The goals by priority, as typed: what, and in hours.
    pub goals: Vec<(&'static str, Vec<(&'static str, String)>)>,
    /// Whether customers are told.
    pub told: bool,
    /// What somebody else made of it meanwhile.
    pub theirs: Option<InboxService>,
    /// Problems of the form.
    pub problems: Vec<Problem>,
}

impl Page for ServiceForm {
    const TEMPLATE: &'static str = "office/service_form.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Something that was promised and has not happened yet, on a ticket of the desk.
#[derive(Clone, Debug, Serialize)]
pub struct DueMark {
    /// `first_reply`, `next_reply` or `close`.
    pub kind: &'static str,
    /// `ahead`, `soon` or `late`.
    pub mark: &'static str,
    /// Until when; nothing if that is far away.
    pub when: Option<When>,
    /// How long until then, or since then, in hours and minutes or days: `0:48`; nothing if that is far away.
    pub left: Option<String>,
}
