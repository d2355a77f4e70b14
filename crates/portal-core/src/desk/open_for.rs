use std::collections::BTreeMap;

use super::writing::{Begun, DeskError, Sitting};
use crate::access::{Audience, Standing};
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::crm::{Contact, ContactQuery, ContactRow, ContactStanding};
use crate::id::{ContactId, FileId, InboxId, MessageId, TicketId, TicketNumber};
use crate::input::{Checker, ProblemKind, Problems, typed_body};
use crate::mail::TicketNews;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, IdempotencyKey, StoreError, StoreErrorKind};
use crate::property::PropertyValues;
use crate::staff::StaffActor;
use crate::text::Subject;
use crate::ticket::writing::{announce, check_files, fingerprint};
use crate::ticket::{
    AssociationLabel, Body, BodyFormat, FileHome, LastMessage, Message, Priority, Source, Stage, Ticket, Version,
    snippet,
};

/// A ticket that the staff open for a customer, as typed: who called, who wrote elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFor {
    /// For whom: they become the requester, and are told.
    pub contact: ContactId,
    /// Where.
    pub inbox: InboxId,
    /// What it is about: one line of at most 200 characters.
    pub subject: String,
    /// The first message, which the customer reads; in light Markdown, at most 64 KiB.
    pub text: String,
    /// Files that the agent uploaded with [`stage_desk_file`](Portal::stage_desk_file), in this order.
    pub files: Vec<FileId>,
    /// By which way the customer came.
    pub source: Source,
    /// How urgent it is.
    pub priority: Priority,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

impl Portal {
    /// Active contacts whose name, address or company has a text in it, for whoever opens a ticket for one of them.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn find_contacts(&self, actor: &StaffActor, text: &str) -> Result<Vec<ContactRow>, DeskError> {
        attempt!(self, &Actor::Anonymous, "find_contacts", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let (staff, _) = self.at_desk(&mut *tx, actor).await?;
            let query = ContactQuery {
                text: Some(text.trim().to_owned()).filter(|it| !it.is_empty()),
                standing: Some(ContactStanding::Active),
                limit: 20,
                ..ContactQuery::default()
            };
            Ok::<_, DeskError>(tx.crm().contacts_page(&staff.task(), &query).await?)
        })
    }

    /// The inboxes that somebody of the staff works with, by name, for whoever opens a ticket.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn own_inboxes(&self, actor: &StaffActor) -> Result<Vec<(InboxId, String)>, DeskError> {
        attempt!(self, &Actor::Anonymous, "own_inboxes", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
            let all = tx.directory().all_inboxes(&staff.task()).await?;
            let own = all.into_iter().filter(|it| scope.has(it.id));
            Ok::<_, DeskError>(own.map(|it| (it.id, it.name.to_string())).collect())
        })
    }

    /// Opens a ticket for a customer. Whoever does so takes it, and the customer is told by mail.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn open_for(&self, actor: &StaffActor, command: OpenFor) -> Result<TicketNumber, DeskError> {
        let mut checker = Checker::default();
        let subject = checker.take("subject", command.subject.parse::<Subject>());
        typed_body(&mut checker, "text", &command.text);
        check_files(&mut checker, &command.files, self.limits);
        let checked = checker.done();
        let (Some(subject), Ok(())) = (subject, &checked) else {
            // Whoever does not work here learns nothing about the form.
            self.own_inboxes(actor).await?;
            return Err(checked
                .err()
                .unwrap_or_else(|| Problems::one("subject", ProblemKind::NotOffered))
                .into());
        };
        let body = self.bodies.render(&command.text, BodyFormat::Markdown).await;
        attempt!(
            self,
            &Actor::Anonymous,
            "open_for",
            self.open_for_once(actor, &command, &subject, &body)
        )
    }

    async fn open_for_once(
        &self,
        actor: &StaffActor,
        command: &OpenFor,
        subject: &Subject,
        body: &Body,
    ) -> Result<TicketNumber, DeskError> {
        let hash = fingerprint(&[
            &command.contact.to_string(),
            &command.inbox.to_string(),
            subject.as_str(),
            &command.text,
            &command.files.len().to_string(),
        ]);
        let mut sitting = match self.sit(actor, "open_for", command.key.as_ref(), hash).await? {
            Begun::New(sitting) => sitting,
            Begun::Done(number) => {
                let number = number.parse();
                return number.map_err(|_| StoreError::bare(StoreErrorKind::Corrupt).into());
            }
        };
        let task = sitting.staff.task();
        let contact = sitting.tx.directory().contact(&task, command.contact).await?;
        let contact = contact
            .filter(|it| it.standing == ContactStanding::Active)
            .ok_or_else(|| Problems::one("contact", ProblemKind::NotOffered))?;
        if !sitting.scope.has(command.inbox) {
            return Err(Problems::one("inbox", ProblemKind::NotOffered).into());
        }
        let (ticket, message) = self.new_for(&mut sitting, command, &contact, subject, body).await?;
        sitting.tx.tickets().insert(&ticket).await?;
        sitting.tx.tickets().add_message(&message).await?;
        announce(&mut *sitting.tx, &ticket).await?;
        let now = sitting.now;
        self.tell_contacts(&mut *sitting.tx, &ticket, TicketNews::Opened, message.author.kind, now)
            .await?;
        self.desk_noted(&mut sitting, AuditEvent::TicketOpenedFor, &ticket, &[])
            .await?;
        sitting.done(ticket.number.to_string()).await?;
        Ok(ticket.number)
    }

    async fn new_for(
        &self,
        sitting: &mut Sitting<'_>,
        command: &OpenFor,
        contact: &Contact,
        subject: &Subject,
        body: &Body,
    ) -> Result<(Ticket, Message), DeskError> {
        let corrupt = || StoreError::bare(StoreErrorKind::Corrupt);
        let inbox = sitting.tx.directory().inbox(command.inbox).await?;
        let inbox = inbox
            .filter(|it| it.moving_to.is_none())
            .ok_or_else(|| Problems::one("inbox", ProblemKind::NotOffered))?;
        let pipeline = sitting.tx.directory().pipeline(inbox.pipeline).await?;
        let pipeline = pipeline.ok_or_else(corrupt)?;
        let status = pipeline.entry(Stage::InProgress).ok_or_else(corrupt)?;
        let (now, by) = (sitting.now, sitting.me().await?);
        let number = sitting.tx.tickets().next_number().await?;
        let mut ticket = Ticket {
            number,
            id: TicketId::from_uuid(self.ids.next(now)),
            version: Version(1),
            portal: inbox.portal,
            inbox: inbox.id,
            pipeline: pipeline.id(),
            status: status.id,
            stage: status.stage,
            subject: subject.clone(),
            priority: command.priority,
            category: None,
            owner: Some(sitting.staff.id()),
            source: command.source,
            standing: Standing::Live,
            audience: Audience::Shared,
            contacts: BTreeMap::from([(contact.id, AssociationLabel::Requester)]),
            companies: contact.primary_company.into_iter().collect(),
            properties: PropertyValues::new(),
            created_at: now,
            closed_at: None,
            last_activity: now,
            public_seq: 0,
            last_message: Some(LastMessage {
                author: by.kind,
                name: by.name.clone(),
                snippet: snippet(&body.plain),
            }),
            files: 0,
            external_id: None,
            merged_into: None,
            snoozed_until: None,
        };
        let id = MessageId::from_uuid(self.ids.next(now));
        let files = sitting.take_files(&command.files, self.limits).await?;
        ticket.files = files.len() as u32;
        let message = Message {
            id,
            ticket: number,
            seq: ticket.next_seq(),
            author: by,
            at: now,
            source: command.source,
            body: body.clone(),
            files: files
                .into_iter()
                .map(|it| it.at_home(FileHome::Message(number, id)))
                .collect(),
        };
        Ok((ticket, message))
    }
}
