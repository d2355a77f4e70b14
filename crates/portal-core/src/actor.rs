//! Who asks: the identity that a use-case is called with.
//!
//! An [`Actor`] is identity only and freely made by the embedder, who vouches for authentication. It grants nothing:
//! each use-case loads the [`Entrant`](crate::access::Entrant) behind it in its own unit of work and asks the rule.

use crate::id::{AgentId, ContactId, PortalId};

/// Who calls a customer's use-case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Actor {
    /// Nobody is signed in.
    Anonymous,
    /// A contact, authenticated by a session or a bearer token.
    Contact(ContactActor),
}

/// A contact who was authenticated, and what the means of authentication allows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ContactActor {
    /// Who it is.
    pub contact: ContactId,
    /// The only portal this may be used in; a session has no such limit, a bearer token always has.
    pub only: Option<PortalId>,
    /// Whether anything may be changed.
    pub mode: Mode,
}

/// Whether an authenticated contact may change anything.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Mode {
    /// Reading only: a bearer token made for reading.
    Read,
    /// Everything the contact may do.
    Write,
}

impl Actor {
    /// A contact with a session: every portal the contact may enter, reading and writing.
    #[must_use]
    pub const fn signed_in(contact: ContactId) -> Self {
        Self::Contact(ContactActor {
            contact,
            only: None,
            mode: Mode::Write,
        })
    }

    /// The contact, if somebody is signed in.
    #[must_use]
    pub const fn contact(&self) -> Option<ContactActor> {
        match self {
            Self::Anonymous => None,
            Self::Contact(it) => Some(*it),
        }
    }
}

/// A job of the system itself, such as an import: it reads and writes through methods of its own that take a `&Task`.
///
/// No use-case of a customer names this type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Task {
    /// `portal import`.
    Import,
    /// `portal demo`.
    Demo,
    /// An administrator at the command line of the server.
    CommandLine,
    /// Sweeping, re-keying, checking.
    Maintenance,
    /// Delivering mails.
    Delivery,
    /// Somebody of the staff who was let through: see [`Staff::task`](crate::staff::Staff::task).
    Staff(AgentId),
}
