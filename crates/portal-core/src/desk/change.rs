use super::scope::StaffScope;
use super::writing::DeskError;
use crate::access::{Audience, Standing};
use crate::audit::AuditEvent;
use crate::id::InboxId;
use crate::ports::Tx;
use crate::ticket::{EventKind, Ticket};

/// A change of a ticket that gives or takes sight: made only after whoever makes it was shown what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketChange {
    /// Whether its companies read it.
    Audience(Audience),
    /// Where it is.
    Inbox(InboxId),
    /// Spam, deleted, or a ticket like any other again.
    Standing(Standing),
}

impl TicketChange {
    /// Makes the change to a ticket of the scope, in memory; what customers are told of it, if anything.
    pub(super) async fn make(
        self,
        tx: &mut dyn Tx,
        scope: &StaffScope,
        ticket: &mut Ticket,
    ) -> Result<Option<EventKind>, DeskError> {
        match self {
            Self::Audience(audience) => {
                ticket.audience = audience;
                Ok(Some(match audience {
                    Audience::Private => EventKind::MadePrivate,
                    Audience::Shared => EventKind::MadeShared,
                }))
            }
            Self::Inbox(inbox) => {
                // Both ends must be theirs: where it is was judged when it was found. An inbox of others is like none.
                let to = tx.directory().inbox(inbox).await?.filter(|it| scope.has(it.id));
                let to = to.ok_or(DeskError::NotFound)?;
                ticket.inbox = to.id;
                ticket.portal = to.portal;
                Ok(None)
            }
            Self::Standing(standing) => {
                let settled = ticket.standing == Standing::Merged || standing == Standing::Merged;
                if settled || standing == Standing::Unverified {
                    return Err(DeskError::NotPossible);
                }
                ticket.standing = standing;
                Ok(None)
            }
        }
    }

    /// Whether the ticket is so already.
    pub(super) fn is_made(self, ticket: &Ticket) -> bool {
        match self {
            Self::Audience(it) => ticket.audience == it,
            Self::Inbox(it) => ticket.inbox == it,
            Self::Standing(it) => ticket.standing == it,
        }
    }

    /// What the audit calls it.
    pub(super) const fn event(self) -> AuditEvent {
        match self {
            Self::Audience(_) => AuditEvent::TicketAudienceChanged,
            Self::Inbox(_) => AuditEvent::TicketMoved,
            Self::Standing(_) => AuditEvent::TicketStandingChanged,
        }
    }

    /// For fingerprints and the audit.
    pub(super) fn text(self) -> String {
        format!("{self:?}")
    }
}
