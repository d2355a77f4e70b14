use std::collections::{BTreeMap, BTreeSet};

use super::kind::InboxKind;
use super::record::{Conversation, ConversationState, Said};
use crate::access::{Audience, Standing};
use crate::actor::{Actor, Task};
use crate::id::{ContactId, ConversationId, InboxId, MessageId, TicketId, TicketNumber};
use crate::portal::{Portal, UseCaseError, attempt};
use crate::ports::{Access, StoreError, StoreErrorKind, Tx};
use crate::property::PropertyValues;
use crate::text::{EmailAddress, Subject};
use crate::ticket::writing::{announce, store_changed};
use crate::ticket::{
    AssociationLabel, Author, AuthorKind, Body, BodyFormat, Event, EventKind, LastMessage, Message, Priority, Source,
    Stage, Step, Ticket, Version, next_stage, snippet,
};
use crate::time::Timestamp;

/// Who sent something, as a channel knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The contact, if the channel has proven that it is them. An address that only says so proves nothing.
    pub contact: Option<ContactId>,
    /// What they call themselves.
    pub name: String,
    /// Their address, if they have one.
    pub address: Option<EmailAddress>,
}

/// Something that came in by a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receive {
    /// Where.
    pub inbox: InboxId,
    /// By which way.
    pub channel: Source,
    /// The conversation that it goes on; a new one if `None`.
    pub conversation: Option<ConversationId>,
    /// From whom.
    pub from: Sender,
    /// What it is about; cut to fit.
    pub subject: String,
    /// What was said.
    pub text: String,
    /// In which format.
    pub format: BodyFormat,
}

/// What became of something that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// The conversation it is part of.
    pub conversation: ConversationId,
    /// The ticket it is part of, if any.
    pub ticket: Option<TicketNumber>,
}

/// Why nothing was taken in.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// There is no such inbox, or no such conversation in it.
    #[error("there is no such inbox or conversation")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl UseCaseError for ReceiveError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(err) => Some(err),
            Self::NotFound => None,
        }
    }

    fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound)
    }
}

impl Portal {
    /// Takes in what came by a channel. In a help desk a new conversation makes a ticket by itself; in an inbox it waits for
    /// somebody of the staff. What goes on a conversation with a ticket goes on the ticket.
    ///
    /// # Errors
    /// If there is no such inbox or conversation, or the store fails.
    pub async fn receive(&self, task: &Task, command: Receive) -> Result<Received, ReceiveError> {
        let body = self.bodies.render(&command.text, command.format).await;
        attempt!(
            self,
            &Actor::Anonymous,
            "receive",
            self.receive_once(task, &command, &body)
        )
    }

    async fn receive_once(&self, task: &Task, command: &Receive, body: &Body) -> Result<Received, ReceiveError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let inbox = tx.directory().inbox(command.inbox).await?;
        let inbox = inbox.ok_or(ReceiveError::NotFound)?;
        let begun = match command.conversation {
            None => None,
            Some(id) => {
                tx.conversations().lock_conversation(id).await?;
                let found = tx.conversations().any_conversation(task, id).await?;
                let found = found.filter(|it| it.inbox == inbox.id);
                Some(found.ok_or(ReceiveError::NotFound)?)
            }
        };
        let is_new = begun.is_none();
        let subject = subject(&command.subject, &body.plain)?;
        let mut conversation = begun.unwrap_or_else(|| Conversation {
            id: ConversationId::from_uuid(self.ids.next(now)),
            inbox: inbox.id,
            channel: command.channel,
            subject,
            contact: command.from.contact,
            name: command.from.name.clone(),
            address: command.from.address.clone(),
            ticket: None,
            state: ConversationState::Open,
            created_at: now,
            last_activity: now,
        });
        let said = Said {
            id: MessageId::from_uuid(self.ids.next(now)),
            conversation: conversation.id,
            author: author(&conversation),
            at: now,
            body: body.clone(),
        };
        conversation.last_activity = now;
        // What somebody judged to be spam stays that.
        if conversation.state == ConversationState::Closed {
            conversation.state = ConversationState::Open;
        }
        if is_new && tx.conversations().inbox_kind(inbox.id).await? == InboxKind::HelpDesk {
            let ticket = self
                .ticket_of(&mut *tx, &conversation, std::slice::from_ref(&said), now)
                .await?;
            conversation.ticket = Some(ticket.number);
        } else if let Some(number) = conversation.ticket {
            tx.tickets().lock(number).await?;
            if let Some(mut ticket) = tx.tickets().load(task, number).await? {
                self.go_on(
                    &mut *tx,
                    &mut ticket,
                    &conversation,
                    std::slice::from_ref(&said),
                    true,
                    now,
                )
                .await?;
            }
        }
        tx.conversations().put_conversation(&conversation).await?;
        tx.conversations().add_said(&said).await?;
        tx.commit().await?;
        Ok(Received {
            conversation: conversation.id,
            ticket: conversation.ticket,
        })
    }

    /// The ticket that a conversation would be. Its companies are the contact's primary one, as with every ticket they open; where
    /// nobody has proven who it is, nobody of the customers sees it.
    pub(super) async fn ticket_to_be(
        &self,
        tx: &mut dyn Tx,
        conversation: &Conversation,
        number: TicketNumber,
        now: Timestamp,
    ) -> Result<Ticket, StoreError> {
        let corrupt = || StoreError::bare(StoreErrorKind::Corrupt);
        let inbox = tx.directory().inbox(conversation.inbox).await?.ok_or_else(corrupt)?;
        let pipeline = tx.directory().pipeline(inbox.pipeline).await?.ok_or_else(corrupt)?;
        let status = pipeline.entry(Stage::Received).ok_or_else(corrupt)?;
        let contact = match conversation.contact {
            Some(id) => tx.directory().contact(&Task::Maintenance, id).await?,
            None => None,
        };
        Ok(Ticket {
            number,
            id: TicketId::from_uuid(self.ids.next(now)),
            version: Version(1),
            portal: inbox.portal,
            inbox: inbox.id,
            pipeline: pipeline.id(),
            status: status.id,
            stage: status.stage,
            subject: conversation.subject.clone(),
            priority: Priority::Normal,
            category: None,
            owner: None,
            source: conversation.channel,
            standing: if contact.is_some() {
                Standing::Live
            } else {
                Standing::Unverified
            },
            audience: Audience::Shared,
            contacts: contact
                .iter()
                .map(|it| (it.id, AssociationLabel::Requester))
                .collect::<BTreeMap<_, _>>(),
            companies: contact
                .iter()
                .filter_map(|it| it.primary_company)
                .collect::<BTreeSet<_>>(),
            properties: PropertyValues::new(),
            created_at: conversation.created_at,
            closed_at: None,
            last_activity: now,
            public_seq: 0,
            last_message: None,
            files: 0,
            external_id: None,
            merged_into: None,
            snoozed_until: None,
        })
    }

    /// Adds a ticket with what was said in a conversation.
    pub(super) async fn ticket_of(
        &self,
        tx: &mut dyn Tx,
        conversation: &Conversation,
        said: &[Said],
        now: Timestamp,
    ) -> Result<Ticket, StoreError> {
        let number = tx.tickets().next_number().await?;
        let mut ticket = self.ticket_to_be(tx, conversation, number, now).await?;
        let messages = messages(&mut ticket, conversation, said, now);
        tx.tickets().insert(&ticket).await?;
        for message in &messages {
            tx.tickets().add_message(message).await?;
        }
        announce(tx, &ticket).await?;
        self.tell_of_new(tx, &ticket, &author(conversation), now).await?;
        Ok(ticket)
    }

    /// Adds what was said in a conversation to a ticket that is locked. If it was said just now, the ticket moves as if a
    /// customer had replied.
    pub(super) async fn go_on(
        &self,
        tx: &mut dyn Tx,
        ticket: &mut Ticket,
        conversation: &Conversation,
        said: &[Said],
        is_news: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let at = now.max(ticket.last_activity);
        let mut event = None;
        if is_news {
            let wanted = next_stage(ticket.stage, ticket.standing, Step::CustomerReplied);
            let wanted = wanted.unwrap_or(ticket.stage);
            if wanted != ticket.stage {
                let from = ticket.stage;
                let status = self.move_to(tx, ticket, wanted, at).await?;
                event = EventKind::of_move(from, status, wanted);
            }
        }
        let event = event.map(|kind| Event {
            ticket: ticket.number,
            seq: ticket.next_seq(),
            at,
            by: author(conversation),
            kind,
        });
        let messages = messages(ticket, conversation, said, at);
        store_changed(tx, ticket).await?;
        if let Some(event) = &event {
            tx.tickets().add_event(event).await?;
        }
        for message in &messages {
            tx.tickets().add_message(message).await?;
        }
        if let (true, Some(message)) = (is_news, messages.last()) {
            self.tell_of_message(tx, ticket, message, now).await?;
            if let Some(owner) = ticket.owner {
                let news = crate::notify::AgentNews::Replied;
                self.tell_agent(tx, owner, news, ticket, &message.author, now).await?;
            }
        }
        Ok(())
    }
}

/// The other side of a conversation, as an author.
pub(super) fn author(it: &Conversation) -> Author {
    Author {
        kind: it.contact.map_or(AuthorKind::System, AuthorKind::Contact),
        name: it.name.clone(),
    }
}

/// What was said, at the end of the ticket's public sequence.
fn messages(ticket: &mut Ticket, conversation: &Conversation, said: &[Said], now: Timestamp) -> Vec<Message> {
    let mut messages = Vec::new();
    for it in said {
        messages.push(Message {
            id: it.id,
            ticket: ticket.number,
            seq: ticket.next_seq(),
            author: it.author.clone(),
            at: it.at,
            source: conversation.channel,
            body: it.body.clone(),
            files: Vec::new(),
        });
        ticket.last_message = Some(LastMessage {
            author: it.author.kind,
            name: it.author.name.clone(),
            snippet: snippet(&it.body.plain),
        });
    }
    ticket.last_activity = ticket.last_activity.max(now);
    messages
}

/// A subject that fits; the beginning of the text if there is none.
fn subject(given: &str, text: &str) -> Result<Subject, StoreError> {
    let first = text.lines().find(|it| !it.trim().is_empty()).unwrap_or_default();
    Subject::fitted(given)
        .or_else(|| Subject::fitted(&first.chars().take(80).collect::<String>()))
        .or_else(|| Subject::fitted("—"))
        .ok_or_else(|| StoreError::bare(StoreErrorKind::Corrupt))
}
