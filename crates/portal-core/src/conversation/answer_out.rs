//! How an answer leaves by the channel of a conversation: handed to the outbox with the answer, judged once more when it
//! leaves.

use super::record::{Conversation, ConversationState};
use crate::access::{Principal, Standing};
use crate::actor::Task;
use crate::crm::ContactStanding;
use crate::id::{ConversationId, IntentId, TicketNumber};
use crate::mail::{Intent, Mail, PrepareError, Prepared};
use crate::portal::Portal;
use crate::ports::{OutgoingAnswer, StoreError, Tx};
use crate::ticket::writing::store_changed;
use crate::ticket::{Author, AuthorKind, Event, EventKind, Message, Ticket};
use crate::time::Timestamp;

/// Whether the other side of a conversation is told what is answered on a ticket. A contact is if they read the ticket
/// themself. Somebody whom nobody has proven reads nothing; but while nobody else is on the ticket, it is about nothing but
/// what they said.
fn is_told(ticket: &Ticket, conversation: &Conversation) -> bool {
    let goes_on = conversation.ticket == Some(ticket.number) && conversation.state != ConversationState::Spam;
    goes_on
        && match conversation.contact {
            Some(contact) => ticket.facts().readers().contains(&Principal::Contact(contact)),
            None => {
                let is_alive = matches!(ticket.standing, Standing::Live | Standing::Unverified);
                is_alive && ticket.contacts.is_empty() && ticket.companies.is_empty()
            }
        }
}

impl Portal {
    /// Hands an answer of the staff to the outbox for the conversation that it answers, if its channel carries answers: the
    /// one in which a customer spoke last. That conversation, if so.
    pub(crate) async fn answer_by_channel(
        &self,
        tx: &mut dyn Tx,
        ticket: &Ticket,
        message: &Message,
        now: Timestamp,
    ) -> Result<Option<Conversation>, StoreError> {
        if !matches!(message.author.kind, AuthorKind::Agent(_)) {
            return Ok(None);
        }
        let spoken = tx.conversations().last_spoken(&Task::Delivery, ticket.number).await?;
        let found = spoken.filter(|it| self.channels.carries(it.channel) && is_told(ticket, it));
        let Some(conversation) = found else {
            return Ok(None);
        };
        let mail = Mail::ByChannel {
            conversation: conversation.id,
            ticket: ticket.number,
            seq: message.seq,
        };
        let id = IntentId::from_uuid(self.ids.next(now));
        tx.outbox().push(&Intent::now(id, mail, now)).await?;
        Ok(Some(conversation))
    }

    /// What to hand to the channel, if the other side may still be told. Otherwise the contact is told by mail, if the rule
    /// allows that.
    pub(crate) async fn prepare_by_channel(
        &self,
        tx: &mut dyn Tx,
        intent: IntentId,
        id: ConversationId,
        number: TicketNumber,
        seq: u32,
        now: Timestamp,
    ) -> Result<Prepared, PrepareError> {
        let task = Task::Delivery;
        let Some(ticket) = tx.tickets().load(&task, number).await? else {
            return Ok(Prepared::Drop("the ticket is gone"));
        };
        let Some(conversation) = tx.conversations().any_conversation(&task, id).await? else {
            return Ok(Prepared::Drop("the conversation is gone"));
        };
        let Some(message) = tx.desk().public_message(&task, number, seq).await? else {
            return Ok(Prepared::Drop("the answer is gone"));
        };
        let refused = if is_told(&ticket, &conversation) {
            self.is_shut_out(tx, &ticket, &conversation).await?
        } else {
            Some("the other side of the conversation is not told of this ticket any more")
        };
        if let Some(why) = refused {
            self.instead_by_mail(tx, &ticket, &conversation, seq, now).await?;
            return Ok(Prepared::Drop(why));
        }
        Ok(Prepared::Carry(Box::new(OutgoingAnswer {
            delivery: intent,
            channel: conversation.channel,
            conversation: conversation.id,
            inbox: conversation.inbox,
            ticket: number,
            subject: conversation.subject.to_string(),
            to_name: conversation.name,
            to_address: conversation.address,
            contact: conversation.contact,
            message: message.id,
            author: message.author.name,
            at: message.at,
            text: message.body.plain,
            html: message.body.html.as_str().to_owned(),
        })))
    }

    /// Why a contact is not told of a ticket that they are on: the same as of mails.
    async fn is_shut_out(
        &self,
        tx: &mut dyn Tx,
        ticket: &Ticket,
        conversation: &Conversation,
    ) -> Result<Option<&'static str>, StoreError> {
        let Some(contact) = conversation.contact else {
            return Ok(None);
        };
        let known = tx.directory().contact(&Task::Delivery, contact).await?;
        if known.is_none_or(|it| it.standing != ContactStanding::Active) {
            return Ok(Some("the contact is not active"));
        }
        let Some(portal) = ticket.portal else { return Ok(None) };
        let Some(entrant) = tx.directory().entrant(portal, contact).await? else {
            return Ok(Some("what it was about is gone"));
        };
        let is_denied = entrant.denied.covers(&ticket.facts());
        Ok(is_denied.then_some("the portal does not show the ticket"))
    }

    /// An answer was given up: everybody who sees the ticket sees that, and the contact is told by mail.
    pub(crate) async fn not_delivered(
        &self,
        tx: &mut dyn Tx,
        id: ConversationId,
        number: TicketNumber,
        seq: u32,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let task = Task::Delivery;
        tx.tickets().lock(number).await?;
        let Some(mut ticket) = tx.tickets().load(&task, number).await? else {
            return Ok(());
        };
        let Some(conversation) = tx.conversations().any_conversation(&task, id).await? else {
            return Ok(());
        };
        let event = Event {
            ticket: number,
            seq: ticket.next_seq(),
            at: now.max(ticket.last_activity),
            by: Author {
                kind: AuthorKind::System,
                name: String::new(),
            },
            kind: EventKind::NotDelivered {
                channel: conversation.channel,
            },
        };
        store_changed(tx, &mut ticket).await?;
        tx.tickets().add_event(&event).await?;
        self.instead_by_mail(tx, &ticket, &conversation, seq, now).await
    }

    /// Tells the contact of a conversation by mail what could not leave by its channel.
    async fn instead_by_mail(
        &self,
        tx: &mut dyn Tx,
        ticket: &Ticket,
        conversation: &Conversation,
        seq: u32,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (Some(portal), Some(contact)) = (ticket.portal, conversation.contact) else {
            return Ok(());
        };
        let mail = Mail::TicketAnswered {
            portal,
            contact,
            ticket: ticket.number,
            seq,
        };
        let id = IntentId::from_uuid(self.ids.next(now));
        // If the same news waits already, it is not told twice.
        tx.outbox().push(&Intent::now(id, mail, now)).await.map(|_| ())
    }
}
