use std::collections::{BTreeMap, BTreeSet};

use super::body::{Body, BodyFormat, snippet};
use super::event::{Event, EventKind};
use super::file::File;
use super::message::{Author, Message, Source};
use super::pipeline::Stage;
use super::record::{AssociationLabel, LastMessage, Priority, Ticket, Version};
use super::writing::{Before, Once, announce, author, check_files, fingerprint, take_files};
use crate::access::{Audience, Denial, Entrant, Standing, Viewer};
use crate::actor::Actor;
use crate::id::{FileId, MessageId, PortalId, TicketId, TicketNumber};
use crate::input::{Checker, ProblemKind, Problems, typed_body};
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, IdempotencyKey, StoreError, StoreErrorKind, Tx};
use crate::property::{PropertyKey, PropertyValues};
use crate::settings::{Answers, FieldName};
use crate::text::{Line, Subject};
use crate::time::Timestamp;

/// A new ticket, as typed. The requester is always the contact who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenTicket {
    /// The portal.
    pub portal: PortalId,
    /// What it is about: one line of at most 200 characters.
    pub subject: String,
    /// The description, in light Markdown, at most 64 KiB.
    pub description: String,
    /// The kind of request, one of the portal's.
    pub category: Option<String>,
    /// How urgent it is.
    pub priority: Priority,
    /// Whether to keep it from the company's sight.
    pub private: bool,
    /// What was answered to the further fields of the portal's form, as typed: of a choice of several all that was chosen,
    /// of a checkbox `true`, of the others one text.
    pub fields: BTreeMap<PropertyKey, Vec<String>>,
    /// Files that were staged before.
    pub files: Vec<FileId>,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

/// A ticket that was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenedTicket {
    /// The number.
    pub number: TicketNumber,
    /// The key for programs.
    pub id: TicketId,
}

/// Why no ticket was opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenTicketError {
    /// The contact could not enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The contact may not do this.
    #[error(transparent)]
    Denied(#[from] Denial),
    /// The idempotency key was used for another command.
    #[error("this idempotency key was used for something else")]
    KeyReused,
    /// The portal has no inbox where new tickets could go.
    #[error("this portal cannot take tickets at the moment")]
    NoInbox,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(OpenTicketError);

/// A command whose fields are valid.
struct Checked<'a> {
    command: &'a OpenTicket,
    subject: Subject,
    body: Body,
    fingerprint: [u8; 32],
}

impl Portal {
    /// Opens a ticket with its first message.
    ///
    /// The ticket is associated with the contact and with the contact's primary company of this moment.
    ///
    /// # Errors
    /// If nobody is signed in or may enter, fields must be mended, or the store fails; see [`OpenTicketError`].
    pub async fn open_ticket(&self, actor: &Actor, command: OpenTicket) -> Result<OpenedTicket, OpenTicketError> {
        let mut checker = Checker::default();
        let subject = checker.take("subject", command.subject.parse::<Subject>());
        typed_body(&mut checker, "description", &command.description);
        check_files(&mut checker, &command.files, self.limits);
        let checked = checker.done();
        let (Some(subject), Ok(())) = (subject, &checked) else {
            // Whoever may not enter learns nothing about the form.
            self.may_enter(actor, command.portal).await?;
            return Err(checked
                .err()
                .unwrap_or_else(|| Problems::one("subject", ProblemKind::NotOffered))
                .into());
        };
        let body = self.bodies.render(&command.description, BodyFormat::Markdown).await;
        let fingerprint = command.fingerprint();
        let checked = Checked {
            command: &command,
            subject,
            body,
            fingerprint,
        };
        attempt!(self, actor, "open_ticket", self.open_ticket_once(actor, &checked))
    }

    /// Whether the contact may enter; for refusing before anything else is said.
    pub(crate) async fn may_enter(&self, actor: &Actor, portal: PortalId) -> Result<(), EntryError> {
        let mut tx = self.store.begin(Access::Read).await?;
        self.let_in(&mut *tx, actor, portal).await.map(drop)
    }

    async fn open_ticket_once(&self, actor: &Actor, checked: &Checked<'_>) -> Result<OpenedTicket, OpenTicketError> {
        let command = checked.command;
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let (entrant, viewer) = self.let_in(&mut *tx, actor, command.portal).await?;
        let once = Once {
            who: viewer.contact().uuid(),
            use_case: "open_ticket",
            key: command.key.as_ref(),
            command: checked.fingerprint,
            now,
        };
        match once.recall(&mut *tx).await? {
            Before::New => {}
            Before::Done(result) => return opened(&result),
            Before::KeyReused => return Err(OpenTicketError::KeyReused),
        }
        if !viewer.may_write() {
            return Err(Denial::ReadOnly.into());
        }
        let looks = self.looks_at(&mut *tx, command.portal).await?;
        let read = looks.form.read(&command.answers())?;
        let asks = |it: FieldName| read.asked.contains(&it);
        let category = if asks(FieldName::Category) {
            self.offered(&mut *tx, command).await?
        } else {
            None
        };
        if command.private && !viewer.may().mark_private {
            return Err(Problems::one("private", ProblemKind::NotOffered).into());
        }
        let files = if asks(FieldName::Files) {
            command.files.as_slice()
        } else {
            &[]
        };
        let files = take_files(&mut *tx, &viewer, files, self.limits, now).await??;
        let by = author(&mut *tx, viewer.contact()).await?;
        let draft = NewTicket {
            subject: checked.subject.clone(),
            category,
            priority: if asks(FieldName::Priority) {
                command.priority
            } else {
                Priority::Normal
            },
            properties: read.properties,
            audience: if command.private {
                Audience::Private
            } else {
                Audience::Shared
            },
            body: checked.body.clone(),
            files,
            follows: None,
        };
        let ticket = self
            .add_ticket(&mut *tx, &entrant, &viewer, by, draft, now)
            .await?
            .ok_or(OpenTicketError::NoInbox)?;
        once.remember(&mut *tx, format!("{} {}", ticket.number, ticket.id))
            .await?;
        tx.commit().await?;
        Ok(OpenedTicket {
            number: ticket.number,
            id: ticket.id,
        })
    }

    async fn offered(&self, tx: &mut dyn Tx, command: &OpenTicket) -> Result<Option<Line>, OpenTicketError> {
        let Some(wanted) = command.category.as_deref().filter(|it| !it.is_empty()) else {
            return Ok(None);
        };
        let site = tx
            .directory()
            .portal(command.portal)
            .await?
            .ok_or(OpenTicketError::NoInbox)?;
        let found = site.categories.into_iter().find(|it| it.as_str() == wanted);
        found
            .map(Some)
            .ok_or_else(|| Problems::one("category", ProblemKind::NotOffered).into())
    }
}

/// What a new ticket begins with.
pub(super) struct NewTicket {
    pub(super) subject: Subject,
    pub(super) category: Option<Line>,
    pub(super) priority: Priority,
    pub(super) properties: PropertyValues,
    pub(super) audience: Audience,
    pub(super) body: Body,
    pub(super) files: Vec<File>,
    pub(super) follows: Option<TicketNumber>,
}

impl Portal {
    /// Adds a ticket of the viewer with its first message; `None` if the portal has no inbox of its own to put it.
    pub(super) async fn add_ticket(
        &self,
        tx: &mut dyn Tx,
        entrant: &Entrant,
        viewer: &Viewer,
        by: Author,
        draft: NewTicket,
        now: Timestamp,
    ) -> Result<Option<Ticket>, StoreError> {
        let Some(site) = tx.directory().portal(viewer.portal()).await? else {
            return Ok(None);
        };
        let Some(inbox) = tx.directory().inbox(site.default_inbox).await? else {
            return Ok(None);
        };
        if inbox.portal != Some(site.id) || inbox.moving_to.is_some() {
            return Ok(None);
        }
        let corrupt = || StoreError::bare(StoreErrorKind::Corrupt);
        let pipeline = tx.directory().pipeline(inbox.pipeline).await?.ok_or_else(corrupt)?;
        let status = pipeline.entry(Stage::Received).ok_or_else(corrupt)?;
        let number = tx.tickets().next_number().await?;
        let mut ticket = Ticket {
            number,
            id: TicketId::from_uuid(self.ids.next(now)),
            version: Version(1),
            portal: Some(site.id),
            inbox: inbox.id,
            pipeline: pipeline.id(),
            status: status.id,
            stage: Stage::Received,
            subject: draft.subject,
            priority: draft.priority,
            category: draft.category,
            owner: None,
            source: Source::Portal,
            standing: Standing::Live,
            audience: draft.audience,
            contacts: BTreeMap::from([(viewer.contact(), AssociationLabel::Requester)]),
            companies: entrant.primary_company.into_iter().collect::<BTreeSet<_>>(),
            properties: draft.properties,
            created_at: now,
            closed_at: None,
            last_activity: now,
            public_seq: 0,
            last_message: Some(LastMessage {
                author: by.kind,
                name: by.name.clone(),
                snippet: snippet(&draft.body.plain),
            }),
            files: draft.files.len() as u32,
            external_id: None,
            merged_into: None,
            snoozed_until: None,
        };
        let follows = draft.follows.map(|it| Event {
            ticket: number,
            seq: ticket.next_seq(),
            at: now,
            by: by.clone(),
            kind: EventKind::FollowUpOf { ticket: it },
        });
        let message = Message {
            id: MessageId::from_uuid(self.ids.next(now)),
            ticket: number,
            seq: ticket.next_seq(),
            author: by,
            at: now,
            source: Source::Portal,
            body: draft.body,
            files: draft.files,
        };
        tx.tickets().insert(&ticket).await?;
        if let Some(event) = follows {
            tx.tickets().add_event(&event).await?;
        }
        tx.tickets().add_message(&message).await?;
        tx.tickets()
            .raise_read_mark(viewer.contact(), number, ticket.public_seq)
            .await?;
        announce(tx, &ticket).await?;
        self.tell_of_new(tx, &ticket, &message.author, now).await?;
        Ok(Some(ticket))
    }
}

impl OpenTicket {
    fn answers(&self) -> Answers<'_> {
        Answers {
            category: self.category.as_deref().unwrap_or_default(),
            priority: self.priority,
            files: self.files.len(),
            properties: &self.fields,
        }
    }

    fn fingerprint(&self) -> [u8; 32] {
        // A form that is sent again uploads its files again, under new ids: how many there are is what stays the same.
        let files = self.files.len().to_string();
        let portal = self.portal.to_string();
        let priority = format!("{:?}", self.priority);
        let category = self.category.as_deref().unwrap_or_default();
        let private = if self.private { "private" } else { "shared" };
        let mut parts = vec![
            portal.as_str(),
            self.subject.trim(),
            &self.description,
            category,
            &priority,
            private,
            &files,
        ];
        for (key, texts) in &self.fields {
            parts.push(key.as_str());
            parts.extend(texts.iter().map(String::as_str));
            // So that the texts of one field are never taken for those of the next.
            parts.push("");
        }
        fingerprint(&parts)
    }
}

fn opened(result: &str) -> Result<OpenedTicket, OpenTicketError> {
    let parsed = result.split_once(' ').and_then(|(number, id)| {
        Some(OpenedTicket {
            number: number.parse().ok()?,
            id: id.parse().ok()?,
        })
    });
    parsed.ok_or_else(|| StoreError::bare(StoreErrorKind::Corrupt).into())
}
