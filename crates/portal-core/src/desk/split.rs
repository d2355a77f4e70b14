use std::collections::{BTreeMap, BTreeSet};

use super::writing::{Begun, DeskError};
use crate::access::Standing;
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::{ContactId, FileId, MessageId, TicketId, TicketNumber};
use crate::input::{Checker, ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, FilesError, IdempotencyKey, PasswordsError, StoreError, StoreErrorKind};
use crate::property::PropertyValues;
use crate::staff::{StaffActor, StaffError};
use crate::text::Subject;
use crate::ticket::writing::{announce, fingerprint};
use crate::ticket::{
    AssociationLabel, Event, EventKind, File, FileHome, FileKey, LastMessage, Message, Stage, Ticket, TimelineItem,
    Version, snippet,
};

/// So many of the newest messages can be chosen from.
const MOST: u32 = 1000;

/// Messages of a ticket become a ticket of their own, too. The first keeps them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The ticket.
    pub number: TicketNumber,
    /// The places of the messages.
    pub messages: BTreeSet<u32>,
    /// What the new one is about.
    pub subject: String,
    /// Whose request it is: somebody on the ticket, or nobody's. Nobody else is on the new one.
    pub requester: Option<ContactId>,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

/// Why there is no new ticket.
#[derive(Debug, thiserror::Error)]
pub enum SplitError {
    /// As with every change of a ticket.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A file could not be copied.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// There is no randomness.
    #[error(transparent)]
    Secrets(#[from] PasswordsError),
}

impl Portal {
    /// Copies chosen public messages, with their files, into a new ticket in the same inbox. Whoever reads the new ticket
    /// reads the first one as well: it has the same companies and audience, and one of its people.
    ///
    /// # Errors
    /// See [`SplitError`].
    pub async fn split_ticket(&self, actor: &StaffActor, command: Split) -> Result<TicketNumber, SplitError> {
        let mut checker = Checker::default();
        let subject = checker.take("subject", command.subject.parse::<Subject>());
        if command.messages.is_empty() {
            checker.note("messages", ProblemKind::Lacks("message"));
        }
        let problems = checker.done();
        let messages = self.chosen(actor, &command).await?;
        problems.map_err(DeskError::from)?;
        let subject =
            subject.ok_or_else(|| DeskError::from(Problems::one("subject", ProblemKind::Lacks("subject"))))?;
        let messages = self.with_files_of_their_own(messages).await?;
        let done = attempt!(
            self,
            &Actor::Anonymous,
            "split_ticket",
            self.split_ticket_once(actor, &command, &subject, &messages)
        );
        Ok(done?)
    }

    /// The chosen messages, as far as there are such.
    async fn chosen(&self, actor: &StaffActor, command: &Split) -> Result<Vec<Message>, DeskError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        staff.writes().map_err(StaffError::from)?;
        let found = tx.desk().desk_ticket(&scope, command.number).await?;
        found.ok_or(DeskError::NotFound)?;
        let thread = tx.desk().desk_thread(&scope, command.number, MOST).await?;
        let messages: Vec<Message> = thread
            .items
            .into_iter()
            .filter_map(|it| match it {
                TimelineItem::Message(it) if command.messages.contains(&it.seq) => Some(it),
                TimelineItem::Message(_) | TimelineItem::Event(_) => None,
            })
            .collect();
        if messages.len() != command.messages.len() {
            return Err(Problems::one("messages", ProblemKind::NotOffered).into());
        }
        Ok(messages)
    }

    /// A file belongs to one message: a copy gets content of its own.
    async fn with_files_of_their_own(&self, mut messages: Vec<Message>) -> Result<Vec<Message>, SplitError> {
        let now = self.clock.now();
        for file in messages.iter_mut().flat_map(|it| &mut it.files) {
            let mut bytes = [0; 16];
            let random = self.secrets.random()?;
            bytes.iter_mut().zip(random).for_each(|(to, from)| *to = from);
            let key = FileKey::from_bytes(bytes);
            let mut content = self.files.open(&file.key).await?;
            self.files.put(&key, &mut *content, file.size).await?;
            file.key = key;
            file.id = FileId::from_uuid(self.ids.next(now));
        }
        Ok(messages)
    }

    async fn split_ticket_once(
        &self,
        actor: &StaffActor,
        command: &Split,
        subject: &Subject,
        messages: &[Message],
    ) -> Result<TicketNumber, DeskError> {
        let places: Vec<String> = command.messages.iter().map(ToString::to_string).collect();
        let requester = command.requester.map(|it| it.to_string()).unwrap_or_default();
        let hash = fingerprint(&[
            &command.number.to_string(),
            subject.as_str(),
            &places.join(" "),
            &requester,
        ]);
        let mut sitting = match self.sit(actor, "split_ticket", command.key.as_ref(), hash).await? {
            Begun::New(sitting) => sitting,
            Begun::Done(number) => {
                let number = number.parse().map_err(|_| StoreError::bare(StoreErrorKind::Corrupt))?;
                return Ok(number);
            }
        };
        let origin = sitting.take(command.number).await?;
        match origin.standing {
            Standing::Live | Standing::Unverified | Standing::Merged => {}
            Standing::Spam | Standing::Deleted => return Err(DeskError::NotPossible),
        }
        if command.requester.is_some_and(|it| !origin.contacts.contains_key(&it)) {
            return Err(Problems::one("requester", ProblemKind::NotOffered).into());
        }
        let corrupt = || StoreError::bare(StoreErrorKind::Corrupt);
        let pipeline = sitting.tx.directory().pipeline(origin.pipeline).await?;
        let pipeline = pipeline.ok_or_else(corrupt)?;
        let status = pipeline.entry(Stage::Received).ok_or_else(corrupt)?;
        let (now, by) = (sitting.now, sitting.me().await?);
        let newest = messages.last().ok_or_else(corrupt)?;
        let mut ticket = Ticket {
            number: sitting.tx.tickets().next_number().await?,
            id: TicketId::from_uuid(self.ids.next(now)),
            version: Version(1),
            status: status.id,
            stage: Stage::Received,
            subject: subject.clone(),
            owner: Some(sitting.staff.id()),
            standing: match origin.standing {
                Standing::Unverified => Standing::Unverified,
                Standing::Live | Standing::Spam | Standing::Deleted | Standing::Merged => Standing::Live,
            },
            contacts: command
                .requester
                .map(|it| (it, AssociationLabel::Requester))
                .into_iter()
                .collect::<BTreeMap<_, _>>(),
            properties: PropertyValues::new(),
            created_at: now,
            closed_at: None,
            last_activity: now,
            public_seq: 0,
            last_message: Some(LastMessage {
                author: newest.author.kind,
                name: newest.author.name.clone(),
                snippet: snippet(&newest.body.plain),
            }),
            files: messages.iter().map(|it| it.files.len() as u32).sum(),
            external_id: None,
            merged_into: None,
            snoozed_until: None,
            ..origin.clone()
        };
        let event = Event {
            ticket: ticket.number,
            seq: ticket.next_seq(),
            at: now,
            by,
            kind: EventKind::SplitFrom { ticket: origin.number },
        };
        let copies: Vec<Message> = messages
            .iter()
            .map(|it| {
                let (number, id) = (ticket.number, MessageId::from_uuid(self.ids.next(now)));
                let home = |file: &File| File {
                    home: FileHome::Message(number, id),
                    ..file.clone()
                };
                Message {
                    id,
                    ticket: number,
                    seq: ticket.next_seq(),
                    files: it.files.iter().map(home).collect(),
                    ..it.clone()
                }
            })
            .collect();
        sitting.tx.tickets().insert(&ticket).await?;
        sitting.tx.tickets().add_event(&event).await?;
        for copy in &copies {
            sitting.tx.tickets().add_message(copy).await?;
        }
        announce(&mut *sitting.tx, &ticket).await?;
        let change = [("into", format!("#{}", ticket.number)), ("messages", places.join(" "))];
        self.desk_noted(&mut sitting, AuditEvent::TicketSplit, &origin, &change)
            .await?;
        sitting.done(ticket.number.to_string()).await?;
        Ok(ticket.number)
    }
}
