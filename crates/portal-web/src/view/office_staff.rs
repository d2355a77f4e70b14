//! Staff users, one's own account, the audit log.

use serde::Serialize;

use super::account::{Days, FreshToken, ProfileForm, Session};
use super::form::Problem;
use super::shell::Shell;
use super::when::When;
use super::{Choice, Page, Pager};

/// `/admin/staff`.
#[derive(Clone, Debug, Serialize)]
pub struct StaffListPage {
    /// The frame.
    pub shell: Shell,
    /// Everybody, by name.
    pub staff: Vec<StaffRow>,
}

impl Page for StaffListPage {
    const TEMPLATE: &'static str = "office/staff.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Whether somebody of the staff can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffState {
    /// Yes.
    Active,
    /// They have not chosen a password yet.
    Invited,
    /// No, by an administrator's decision.
    Disabled,
}

/// Somebody of the staff.
#[derive(Clone, Debug, Serialize)]
pub struct StaffRow {
    /// Their page.
    pub href: String,
    /// Their name.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// Whether they can sign in.
    pub state: StaffState,
    /// Until when their invitation is good, if it is on its way.
    pub invited_until: Option<When>,
    /// Names of what they may do.
    pub permissions: Vec<&'static str>,
    /// The inboxes they work with; `None` for all.
    pub inboxes: Option<Vec<String>>,
    /// Whether an authenticator app is connected.
    pub enrolled: bool,
    /// When they were seen last.
    pub last_seen: Option<When>,
    /// Whether it is the reader.
    pub you: bool,
}

/// `/admin/staff/invite`, `/admin/staff/{id}`.
#[derive(Clone, Debug, Serialize)]
pub struct StaffFormPage {
    /// The frame.
    pub shell: Shell,
    /// Who it is; `None` for somebody new.
    pub row: Option<StaffRow>,
    /// As typed or stored.
    pub name: String,
    /// As typed or stored.
    pub email: String,
    /// What they may do.
    pub permissions: Vec<PermissionChoice>,
    /// Whether they work with all inboxes.
    pub all_inboxes: bool,
    /// The inboxes.
    pub inboxes: Vec<Choice>,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

impl Page for StaffFormPage {
    const TEMPLATE: &'static str = "office/staff_form.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// A permission to tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PermissionChoice {
    /// Its name.
    pub name: &'static str,
    /// Ticked.
    pub selected: bool,
}

/// `/desk/account`.
#[derive(Clone, Debug, Serialize)]
pub struct OfficeAccountPage {
    /// The frame.
    pub shell: Shell,
    /// The address they sign in with.
    pub email: String,
    /// Name, language, zone.
    pub profile: ProfileForm,
    /// Fewest characters of a password.
    pub password_min: u64,
    /// Since when the authenticator app is connected.
    pub authenticator: Option<When>,
    /// How many recovery codes are left.
    pub codes_left: u32,
    /// Living sessions, this one first.
    pub sessions: Vec<Session>,
    /// Tokens of programs.
    pub tokens: ProgramTokens,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

impl Page for OfficeAccountPage {
    const TEMPLATE: &'static str = "office/account.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Tokens by which programs act as a staff user.
#[derive(Clone, Debug, Serialize)]
pub struct ProgramTokens {
    /// Those that exist.
    pub list: Vec<ProgramTokenRow>,
    /// The one just made, with its secret: shown this once.
    pub fresh: Option<FreshToken>,
    /// Whether one may be made.
    pub may_make: bool,
    /// Name typed into the form.
    pub name: String,
    /// What a token can be made for.
    pub scopes: Vec<PermissionChoice>,
    /// Whether *read and write* is chosen.
    pub write: bool,
    /// Whether it is to do what people are asked for a proof for.
    pub dangerous: bool,
    /// Days offered.
    pub days: Vec<Days>,
    /// The most days of a dangerous one.
    pub dangerous_days: u32,
}

/// A token of a program.
#[derive(Clone, Debug, Serialize)]
pub struct ProgramTokenRow {
    /// Sent to remove it.
    pub id: String,
    /// Given by its owner.
    pub name: String,
    /// May write.
    pub write: bool,
    /// May do what people are asked for a proof for.
    pub dangerous: bool,
    /// What it was made for.
    pub scopes: Vec<&'static str>,
    /// When it ends.
    pub expires: When,
    /// No longer valid.
    pub expired: bool,
    /// Last used; `None` = never.
    pub used: Option<When>,
}

/// `/admin/audit`.
#[derive(Clone, Debug, Serialize)]
pub struct AuditLogPage {
    /// The frame.
    pub shell: Shell,
    /// Who can be chosen: staff users; the page adds the system and the command line.
    pub people: Vec<Choice>,
    /// Who is chosen, as in the address.
    pub person: String,
    /// What can be chosen: keys of the texts of events.
    pub events: Vec<EventChoice>,
    /// Portals.
    pub portals: Vec<Choice>,
    /// First day, as `YYYY-MM-DD`.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Whether anything is chosen.
    pub filtered: bool,
    /// The entries.
    pub entries: Vec<AuditRow>,
    /// To older ones.
    pub pager: Pager,
    /// The most entries of a file.
    pub most: u32,
    /// How far everything is sealed.
    pub seals: SealsView,
    /// Problems of the filter.
    pub problems: Vec<Problem>,
}

impl Page for AuditLogPage {
    const TEMPLATE: &'static str = "office/audit.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// An event to choose.
#[derive(Clone, Debug, Serialize)]
pub struct EventChoice {
    /// Its name, as in the address.
    pub value: &'static str,
    /// The key of its text.
    pub key: String,
    /// Chosen.
    pub selected: bool,
}

/// An entry.
#[derive(Clone, Debug, Serialize)]
pub struct AuditRow {
    /// When.
    pub at: When,
    /// `staff`, `contact`, `system`, `command_line`.
    pub kind: &'static str,
    /// The name of who it was; empty where nobody knows it any more.
    pub who: String,
    /// The key of the event's text.
    pub event: String,
    /// The event's name.
    pub name: &'static str,
    /// To what.
    pub object: String,
    /// In which portal.
    pub portal: Option<String>,
    /// More about it.
    pub detail: Vec<(String, String)>,
}

/// The seals of the audit.
#[derive(Clone, Debug, Serialize)]
pub struct SealsView {
    /// The number of the newest seal.
    pub number: Option<i64>,
    /// When it was made.
    pub at: Option<When>,
    /// The beginning of its link.
    pub link: Option<String>,
    /// When the oldest entry was made that waits for a seal.
    pub waiting: Option<When>,
    /// What looking through everything came to, once that was asked for.
    pub verdict: Option<SealVerdictView>,
}

/// What looking through the audit came to.
#[derive(Clone, Debug, Serialize)]
pub struct SealVerdictView {
    /// Whether nothing was tampered with.
    pub fine: bool,
    /// How many seals.
    pub seals: u64,
    /// How many entries.
    pub entries: u64,
    /// How many of those were emptied when somebody was erased.
    pub forgotten: u64,
    /// What was tampered with: the number of the seal, and how.
    pub faults: Vec<(i64, &'static str)>,
}
