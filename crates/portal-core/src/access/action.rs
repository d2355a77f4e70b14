use std::time::Duration;

use super::entry::Viewer;
use super::principal::{Audience, Principal, Standing, TicketFacts};
use crate::id::ContactId;
use crate::ticket::Stage;
use crate::time::Timestamp;

/// What a customer can want to do with a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Read it: thread, files, people.
    Read,
    /// Note that it was read. Changes only the reader's own mark.
    MarkRead,
    /// Append a message, with or without files.
    Reply,
    /// Close it.
    Close,
    /// Open it again after it was closed.
    Reopen,
    /// Take it out of the company's sight.
    MarkPrivate,
    /// Say whether the solution is good.
    Rate,
}

impl Action {
    /// All actions, for tables and tests.
    pub const ALL: [Self; 7] = [
        Self::Read,
        Self::MarkRead,
        Self::Reply,
        Self::Close,
        Self::Reopen,
        Self::MarkPrivate,
        Self::Rate,
    ];
}

/// What of a ticket the decision about an action looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketState {
    /// What the visibility rule looks at.
    pub facts: TicketFacts,
    /// The stage of its status.
    pub stage: Stage,
    /// Who requested it.
    pub requester: Option<ContactId>,
    /// When it was closed, if it is.
    pub closed_at: Option<Timestamp>,
}

/// The answer to “may I?”.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Yes.
    Allow,
    /// No, and why.
    Deny(Denial),
}

/// Why not. [`Denial::NotVisible`] must look to the asker exactly like a ticket that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Denial {
    /// The ticket is not in the viewer's scope.
    #[error("there is no such ticket")]
    NotVisible,
    /// The viewer came with a means that only allows reading.
    #[error("this access is for reading only")]
    ReadOnly,
    /// The viewer sees the ticket only through the company, and the portal does not let colleagues act.
    #[error("only the people on this ticket can do this")]
    OnlyThroughCompany,
    /// The portal does not let customers do this.
    #[error("this portal does not offer this")]
    NotOffered,
    /// The ticket was merged into another one.
    #[error("this ticket was merged into another one")]
    Merged,
    /// It is closed already.
    #[error("this ticket is already closed")]
    AlreadyClosed,
    /// It is not closed.
    #[error("this ticket is not closed")]
    NotClosed,
    /// It was closed too long ago.
    #[error("this ticket was closed too long ago to be reopened")]
    ReopenWindowOver,
    /// Only the person who requested the ticket can do this.
    #[error("only the person who opened this ticket can do this")]
    NotRequester,
    /// It is private already.
    #[error("this ticket is already private")]
    AlreadyPrivate,
}

/// Decides whether the viewer may do this now. Never allows anything on a ticket that the scope does not permit.
///
/// A reply is always appended where the viewer may write to the ticket at all; what it does to a closed one (reopen it,
/// or begin a follow-up ticket) is decided by [`Action::Reopen`].
#[must_use]
pub fn decide(viewer: &Viewer, action: Action, ticket: &TicketState, now: Timestamp) -> Decision {
    match refuse(viewer, action, ticket, now) {
        None => Decision::Allow,
        Some(denial) => Decision::Deny(denial),
    }
}

fn refuse(viewer: &Viewer, action: Action, ticket: &TicketState, now: Timestamp) -> Option<Denial> {
    let Some(by) = viewer.scope().explain(&ticket.facts) else {
        return Some(Denial::NotVisible);
    };
    match action {
        Action::Read | Action::MarkRead => None,
        Action::Reply => may_act(viewer, by),
        Action::Close => may_act(viewer, by)
            .or_else(|| unmerged(ticket))
            .or_else(|| (!viewer.may().close).then_some(Denial::NotOffered))
            .or_else(|| (ticket.stage == Stage::Closed).then_some(Denial::AlreadyClosed)),
        Action::Reopen => may_act(viewer, by)
            .or_else(|| unmerged(ticket))
            .or_else(|| (ticket.stage != Stage::Closed).then_some(Denial::NotClosed))
            .or_else(|| outside_window(viewer, ticket, now)),
        Action::MarkPrivate => may_act(viewer, by)
            .or_else(|| unmerged(ticket))
            .or_else(|| (!viewer.may().mark_private).then_some(Denial::NotOffered))
            .or_else(|| (ticket.requester != Some(viewer.contact())).then_some(Denial::NotRequester))
            .or_else(|| (ticket.facts.audience == Audience::Private).then_some(Denial::AlreadyPrivate)),
        // Only who is on the ticket was helped with it: whoever only reads along is not asked, even where they may act.
        Action::Rate => may_act(viewer, by)
            .or_else(|| matches!(by, Principal::Company(_)).then_some(Denial::OnlyThroughCompany))
            .or_else(|| unmerged(ticket))
            .or_else(|| (!viewer.may().rate).then_some(Denial::NotOffered))
            .or_else(|| (ticket.stage != Stage::Closed).then_some(Denial::NotClosed)),
    }
}

fn may_act(viewer: &Viewer, by: Principal) -> Option<Denial> {
    if !viewer.may_write() {
        return Some(Denial::ReadOnly);
    }
    match by {
        Principal::Contact(_) => None,
        Principal::Company(_) => (!viewer.may().act_on_colleagues_tickets).then_some(Denial::OnlyThroughCompany),
    }
}

fn unmerged(ticket: &TicketState) -> Option<Denial> {
    (ticket.facts.standing == Standing::Merged).then_some(Denial::Merged)
}

fn outside_window(viewer: &Viewer, ticket: &TicketState, now: Timestamp) -> Option<Denial> {
    let Some(days) = viewer.may().reopen_days else {
        return Some(Denial::NotOffered);
    };
    let window = Duration::from_secs(u64::from(days) * 24 * 60 * 60);
    let closed_at = ticket.closed_at.unwrap_or(now);
    (now.since(closed_at) > window).then_some(Denial::ReopenWindowOver)
}
