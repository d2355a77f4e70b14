//! Typed identifiers: one type per thing, so that a contact can never be passed where a company is meant.
//!
//! Every identifier but [`TicketNumber`] wraps a UUID (version 7 when made by the default adapter, RFC 9562 §5.7).
//! Identifiers are names, not secrets: knowing one never grants access to what it names.

use std::fmt;
use std::str::FromStr;

pub use uuid::Uuid;

/// A text that was meant to be an identifier and is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a valid {kind} id")]
pub struct ParseIdError {
    kind: &'static str,
    given: String,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident, $kind:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID that was made for this kind of thing.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID inside.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self).map_err(|_| ParseIdError {
                    kind: $kind,
                    given: text.chars().take(64).collect(),
                })
            }
        }
    )*};
}

ids! {
    /// A customer portal.
    PortalId, "portal";
    /// An inbox or help desk: where tickets arrive.
    InboxId, "inbox";
    /// An ordered set of statuses that tickets move through.
    PipelineId, "pipeline";
    /// One status of a pipeline.
    StatusId, "status";
    /// A person on the customers' side.
    ContactId, "contact";
    /// An organisation that contacts belong to.
    CompanyId, "company";
    /// A set of contacts that may enter a portal.
    AccessGroupId, "access group";
    /// A person on the staff's side.
    AgentId, "agent";
    /// The public, stable key of a ticket for programs; people use its [`TicketNumber`].
    TicketId, "ticket";
    /// A public message of a ticket.
    MessageId, "message";
    /// A staff-only note on a ticket.
    NoteId, "note";
    /// An attached file.
    FileId, "file";
    /// A signed-in session of a contact.
    SessionId, "session";
    /// A bearer token for the REST API.
    TokenId, "token";
    /// An invitation of a contact to a portal.
    InvitationId, "invitation";
    /// A mailed link or code: for signing in, or for choosing a new password.
    ChallengeId, "challenge";
    /// Somebody who asked for an account.
    RegistrationId, "registration";
    /// A change of a sign-in address that waits for its confirmation.
    AddressChangeId, "change of address";
    /// A mail that is to leave.
    IntentId, "mail";
    /// A signed-in session of somebody of the staff.
    StaffSessionId, "staff session";
    /// An entry of the audit.
    AuditId, "audit entry";
    /// A connected domain.
    DomainId, "domain";
    /// Something that somebody of the staff is told on their pages.
    NoticeId, "notice";
    /// What somebody said by one channel before, or without, a ticket.
    ConversationId, "conversation";
    /// A saved view of the desk.
    SavedViewId, "saved view";
    /// A canned reply.
    CannedReplyId, "canned reply";
    /// Two contacts or companies that became one.
    MergeId, "merge";
    /// A table of contacts or companies that is taken in.
    TableId, "table";
    /// Somebody of the staff who looks through a contact's eyes.
    ViewAsId, "view";
}

/// The number of a ticket: unique in an installation, handed out in ascending order, never reused.
///
/// Gaps are allowed, and the order of numbers is not the order of commits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketNumber(i64);

impl TicketNumber {
    /// The number, if it is positive.
    #[must_use]
    pub const fn new(number: i64) -> Option<Self> {
        if number > 0 { Some(Self(number)) } else { None }
    }

    /// The number as an integer, at least 1.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

impl FromStr for TicketNumber {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        let plain = !digits.starts_with(['+', '0']);
        digits
            .parse()
            .ok()
            .filter(|_| plain)
            .and_then(Self::new)
            .ok_or_else(|| ParseIdError {
                kind: "ticket",
                given: text.chars().take(64).collect(),
            })
    }
}
