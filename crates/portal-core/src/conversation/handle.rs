//! What the staff do with a conversation.

use std::collections::BTreeSet;

use super::record::{Conversation, ConversationState, Said};
use crate::access::Standing;
use crate::actor::Actor;
use crate::audit::{AuditActor, AuditEntry, AuditEvent};
use crate::desk::{DeskError, Seer, StaffScope};
use crate::id::{AuditId, ConversationId, MessageId, TicketNumber};
use crate::input::{ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, Tx};
use crate::staff::{Staff, StaffActor, StaffError};
use crate::ticket::Ticket;
use crate::ticket::writing::store_changed;

/// What is done with a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handle {
    /// It becomes a ticket.
    MakeTicket,
    /// It becomes part of a ticket that is there.
    Attach(TicketNumber),
    /// It is no part of its ticket any more: what was said in it is taken out of the ticket.
    Detach,
    /// It is open, closed, or spam.
    SetState(ConversationState),
}

/// A conversation is handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandleConversation {
    /// Which one.
    pub id: ConversationId,
    /// The ticket that whoever does it saw it with.
    pub was: Option<TicketNumber>,
    /// What is done.
    pub what: Handle,
}

/// Who gains or loses sight of what was said in a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConversationPreview {
    /// Who would see it and does not, by name.
    pub gain: Vec<Seer>,
    /// Who sees it and would not, by name.
    pub lose: Vec<Seer>,
    /// There may be more of them than were asked about.
    pub is_cut: bool,
}

/// More messages than this are not carried into or out of a ticket at once.
const MOST: u32 = 500;

/// The conversation, if it is in an inbox of theirs.
pub(super) async fn found(tx: &mut dyn Tx, scope: &StaffScope, id: ConversationId) -> Result<Conversation, DeskError> {
    let found = tx.conversations().conversation(scope, id).await?;
    found.ok_or(DeskError::NotFound)
}

/// A ticket of the scope that a conversation can be part of.
async fn target(tx: &mut dyn Tx, scope: &StaffScope, number: TicketNumber) -> Result<Ticket, DeskError> {
    let ticket = tx.desk().desk_ticket(scope, number).await?;
    let ticket = ticket.ok_or_else(|| Problems::one("ticket", ProblemKind::NotOffered))?;
    match ticket.standing {
        Standing::Live | Standing::Unverified => Ok(ticket),
        Standing::Spam | Standing::Deleted | Standing::Merged => {
            Err(Problems::one("ticket", ProblemKind::NotOffered).into())
        }
    }
}

impl Portal {
    /// Asks the rule who would gain and who would lose sight of what was said, without doing anything.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn preview_conversation(
        &self,
        actor: &StaffActor,
        id: ConversationId,
        what: Handle,
    ) -> Result<ConversationPreview, DeskError> {
        attempt!(self, &Actor::Anonymous, "preview_conversation", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
            let conversation = found(&mut *tx, &scope, id).await?;
            let (ticket, gains) = match (what, conversation.ticket) {
                (Handle::Attach(number), None) => (Some(target(&mut *tx, &scope, number).await?), true),
                (Handle::Detach, Some(number)) => (tx.desk().desk_ticket(&scope, number).await?, false),
                (Handle::MakeTicket, None) => {
                    // It has no number yet, and whoever would see it is asked about, not by it.
                    let number = TicketNumber::new(i64::MAX).ok_or(DeskError::NotPossible)?;
                    let now = self.clock.now();
                    let ticket = self.ticket_to_be(&mut *tx, &conversation, number, now).await?;
                    (Some(ticket), true)
                }
                _ => (None, true),
            };
            let mut preview = ConversationPreview::default();
            if let Some(ticket) = ticket {
                let sight = self.sight_of(&mut *tx, &staff.task(), &ticket).await?;
                preview.is_cut = sight.is_cut;
                if gains {
                    preview.gain = sight.seers;
                } else {
                    preview.lose = sight.seers;
                }
            }
            Ok::<_, DeskError>(preview)
        })
    }

    /// Makes a ticket of a conversation, makes it part of one, takes it out of one, or says where it stands.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn handle_conversation(
        &self,
        actor: &StaffActor,
        command: HandleConversation,
    ) -> Result<Option<TicketNumber>, DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "handle_conversation",
            self.handle_conversation_once(actor, command)
        )
    }

    async fn handle_conversation_once(
        &self,
        actor: &StaffActor,
        command: HandleConversation,
    ) -> Result<Option<TicketNumber>, DeskError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        staff.writes().map_err(StaffError::from)?;
        tx.conversations().lock_conversation(command.id).await?;
        let mut conversation = found(&mut *tx, &scope, command.id).await?;
        if conversation.ticket != command.was {
            return Err(DeskError::Stale);
        }
        let before = conversation.clone();
        match command.what {
            Handle::SetState(state) => conversation.state = state,
            Handle::MakeTicket if conversation.ticket.is_none() => {
                let said = tx.conversations().said(&scope, command.id, MOST).await?;
                let ticket = self.ticket_of(&mut *tx, &conversation, &said, now).await?;
                conversation.ticket = Some(ticket.number);
                conversation.state = ConversationState::Open;
            }
            Handle::Attach(number) if conversation.ticket.is_none() => {
                tx.tickets().lock(number).await?;
                let mut ticket = target(&mut *tx, &scope, number).await?;
                let said = tx.conversations().said(&scope, command.id, MOST).await?;
                self.go_on(&mut *tx, &mut ticket, &conversation, &said, false, now)
                    .await?;
                conversation.ticket = Some(number);
                conversation.state = ConversationState::Open;
            }
            Handle::Detach => {
                let number = conversation.ticket.ok_or(DeskError::Stale)?;
                tx.tickets().lock(number).await?;
                let ticket = tx.desk().desk_ticket(&scope, number).await?;
                let mut ticket = ticket.ok_or(DeskError::NotFound)?;
                let said = tx.conversations().said(&scope, command.id, MOST).await?;
                let ids: BTreeSet<MessageId> = said.iter().map(|it: &Said| it.id).collect();
                let newest = tx.conversations().take_out(&staff.task(), number, &ids).await?;
                ticket.last_message = newest;
                store_changed(&mut *tx, &mut ticket).await?;
                conversation.ticket = None;
            }
            Handle::MakeTicket | Handle::Attach(_) => return Err(DeskError::Stale),
        }
        if conversation == before {
            return Ok(conversation.ticket);
        }
        tx.conversations().put_conversation(&conversation).await?;
        let entry = self.conversation_noted(&staff, &before, &conversation);
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(conversation.ticket)
    }

    /// What was done, without what was said.
    fn conversation_noted(&self, staff: &Staff, before: &Conversation, after: &Conversation) -> AuditEntry {
        let event = match (before.ticket, after.ticket) {
            (None, Some(_)) => AuditEvent::ConversationAttached,
            (Some(_), None) => AuditEvent::ConversationDetached,
            _ => AuditEvent::ConversationStateChanged,
        };
        let now = self.clock.now();
        let id = AuditId::from_uuid(self.ids.next(now));
        let by = AuditActor::Staff(staff.id());
        let mut entry = AuditEntry::new(id, now, by, event, after.id.to_string());
        if let Some(number) = after.ticket.or(before.ticket) {
            entry = entry.with("ticket", format!("#{number}").as_str());
        }
        entry.with("state", after.state.name())
    }
}
