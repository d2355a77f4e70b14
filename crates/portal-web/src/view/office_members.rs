//! Members of a portal, for staff.

use serde::Serialize;

use super::Page;
use super::shell::Shell;
use super::when::When;

/// `GET /admin/portals/{portal}/members`.
#[derive(Clone, Debug, Serialize)]
pub struct MembersPage {
    /// The frame.
    pub shell: Shell,
    /// `/admin/portals/{portal}/members`.
    pub base: String,
    /// What was searched for.
    pub search: String,
    /// The status that is shown alone; empty for all.
    pub status: String,
    /// The statuses with how many there are.
    pub tabs: Vec<StatusTab>,
    /// A page of members.
    pub members: Vec<MemberRow>,
    /// The address of the next page; empty if there is none.
    pub next: String,
    /// Registrations that wait for a decision.
    pub waiting: Vec<RegistrationRow>,
    /// Whether there are invitations that can be taken back.
    pub cancellable: bool,
    /// How many were not invited.
    pub not_invited: u64,
    /// How many have no membership e-mail.
    pub no_address: u64,
    /// How many have an invitation and no account.
    pub out: u64,
    /// The plan to send invitations again, on its own page.
    pub again: Option<AgainRow>,
    /// Whether the portal is open.
    pub published: bool,
    /// What could not be done; empty if nothing was refused.
    pub refused: String,
    /// The plan to invite everybody, on its own page.
    pub plan: Option<PlanRow>,
}

/// A status with its count.
#[derive(Clone, Debug, Serialize)]
pub struct StatusTab {
    /// Its name; empty for all.
    pub status: &'static str,
    /// How many.
    pub count: u64,
    /// Where it leads.
    pub href: String,
    /// Whether it is shown.
    pub current: bool,
}

/// A member.
#[derive(Clone, Debug, Serialize)]
pub struct MemberRow {
    /// Sent by the forms.
    pub id: String,
    /// The name.
    pub name: String,
    /// The membership e-mail; empty if there is none.
    pub email: String,
    /// The status.
    pub status: &'static str,
    /// Why the mail failed; empty if it did not.
    pub failure: String,
    /// When the invitation was sent.
    pub sent: Option<When>,
    /// Until when it can be accepted.
    pub expires: Option<When>,
    /// Whether there is an account.
    pub registered: bool,
    /// Whether an invitation can be taken back.
    pub revocable: bool,
}

/// A registration that waits.
#[derive(Clone, Debug, Serialize)]
pub struct RegistrationRow {
    /// Sent by the forms.
    pub id: String,
    /// The name that was given.
    pub name: String,
    /// The proven address.
    pub email: String,
    /// When it was asked for.
    pub asked: When,
    /// Whether a company has the domain of the address.
    pub proposed: bool,
}

/// What inviting everybody would do.
#[derive(Clone, Debug, Serialize)]
pub struct PlanRow {
    /// How many would get a mail.
    pub recipients: u64,
    /// How many cannot.
    pub without_address: u64,
    /// Some of them.
    pub examples: Vec<String>,
    /// Whether there are so many that the number must be looked at.
    pub many: bool,
}

/// What sending invitations again would do.
#[derive(Clone, Debug, Serialize)]
pub struct AgainRow {
    /// Which of them there are.
    pub kinds: Vec<AgainKind>,
    /// Some of the people.
    pub examples: Vec<String>,
}

/// Invitations of one status.
#[derive(Clone, Debug, Serialize)]
pub struct AgainKind {
    /// The status.
    pub status: &'static str,
    /// How many.
    pub count: u64,
    /// Whether they are chosen at first.
    pub chosen: bool,
}

impl Page for MembersPage {
    const TEMPLATE: &'static str = "office/members.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}
