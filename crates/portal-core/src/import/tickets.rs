use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::MAX_IMPORTED_FILE;
use super::cut::cut_body;
use super::draft::{AuthorDraft, FileDraft, MessageDraft, MessageKind, TicketDraft};
use super::error::{ImportError, Remark, Tally};
use super::fingerprint;
use super::importer::{Attachments, Importer};
use super::people::external_id;
use super::pipelines::WantedStatus;
use crate::access::{Audience, Standing};
use crate::id::{ContactId, FileId, MessageId, NoteId, PipelineId, StatusId, TicketId, TicketNumber};
use crate::ports::{Access, FilesError, ImportedTicket, Receipt, ReceiptKind, StoreError, StoreErrorKind, Tx};
use crate::property::PropertyOwner;
use crate::ticket::{
    AssociationLabel, Author, AuthorKind, Body, BodyFormat, File, FileHome, FileKey, LastMessage, Message, Note, Stage,
    Ticket, Version, snippet,
};
use crate::time::Timestamp;

/// The key under which a description that became the first message is remembered.
const DESCRIPTION: &str = "description";

/// A ticket that has to be written, with everything done that may take long.
struct Prepared<'a> {
    draft: &'a TicketDraft,
    stored: Option<TicketNumber>,
    receipt: Receipt,
    contacts: BTreeMap<ContactId, AssociationLabel>,
    status: (PipelineId, StatusId, Stage),
    /// When the newest public message of the draft was written, whether it is new or not.
    newest_message: Option<Timestamp>,
    parts: Vec<Part>,
}

/// A message or note that is not there yet.
struct Part {
    kind: MessageKind,
    author: Author,
    at: Timestamp,
    body: Body,
    files: Vec<File>,
}

impl Importer {
    /// Takes over one batch of tickets; give them in the order of their create dates, which becomes the order of their
    /// numbers.
    ///
    /// # Errors
    /// If the store or the file store fails; then nothing of the batch was written.
    pub async fn import_tickets(
        &mut self,
        drafts: &[TicketDraft],
        attachments: &dyn Attachments,
        remarks: &mut Vec<Remark>,
    ) -> Result<Tally, ImportError> {
        let (mut tally, mut prepared) = (Tally::default(), Vec::new());
        let (receipts, parts) = self.stored(drafts).await?;
        for draft in drafts {
            let fingerprint = self.fingerprint(draft);
            let before = receipts.get(&draft.key);
            if before.is_some_and(|it| it.fingerprint == fingerprint) {
                tally.unchanged += 1;
                continue;
            }
            let stored = before.and_then(|it| it.number);
            let there = stored.and_then(|it| parts.get(&it));
            let ready = self
                .prepare(draft, stored, fingerprint, there, attachments, remarks)
                .await?;
            *(if stored.is_some() {
                &mut tally.changed
            } else {
                &mut tally.added
            }) += 1;
            for part in &ready.parts {
                *(if part.kind == MessageKind::Message {
                    &mut tally.messages
                } else {
                    &mut tally.notes
                }) += 1;
                tally.files += part.files.len() as u64;
            }
            prepared.push(ready);
        }
        if prepared.is_empty() {
            return Ok(tally);
        }
        // If this fails, the content of files that was copied stays without rows: that harms nobody, while removing it
        // after a commit that only seemed to fail would.
        let mut attempt = 0;
        loop {
            match self.write(&prepared).await {
                Ok(()) => return Ok(tally),
                Err(error) => self.pause(error, &mut attempt).await?,
            }
        }
    }

    /// What earlier runs left of these tickets: receipts by key, and the parts of those that may have changed.
    async fn stored(
        &self,
        drafts: &[TicketDraft],
    ) -> Result<(HashMap<String, Receipt>, HashMap<TicketNumber, HashSet<String>>), ImportError> {
        let keys: Vec<String> = drafts.iter().map(|it| it.key.clone()).collect();
        let mut tx = self.ports.store.begin(Access::Snapshot).await?;
        let receipts = tx.imports().receipts(&self.task, ReceiptKind::Ticket, &keys).await?;
        let receipts: HashMap<String, Receipt> = receipts.into_iter().map(|it| (it.key.clone(), it)).collect();
        let changed = drafts.iter().filter_map(|draft| {
            let receipt = receipts.get(&draft.key)?;
            receipt
                .number
                .filter(|_| receipt.fingerprint != self.fingerprint(draft))
        });
        let changed: Vec<TicketNumber> = changed.collect();
        let mut parts: HashMap<TicketNumber, HashSet<String>> = HashMap::new();
        if !changed.is_empty() {
            for (number, key) in tx.imports().parts(&self.task, &changed).await? {
                parts.entry(number).or_default().insert(key);
            }
        }
        Ok((receipts, parts))
    }

    /// Only associations that can be resolved count, so that a contact or company that comes with a later run changes the
    /// ticket.
    fn fingerprint(&self, draft: &TicketDraft) -> [u8; 16] {
        let contacts: Vec<&str> = draft
            .contacts
            .iter()
            .map(String::as_str)
            .filter(|it| self.contacts.contains_key(*it))
            .collect();
        let companies: Vec<&str> = draft
            .companies
            .iter()
            .map(String::as_str)
            .filter(|it| self.companies.contains_key(*it))
            .collect();
        fingerprint::of_ticket(draft, &contacts, &companies)
    }

    async fn prepare<'a>(
        &self,
        draft: &'a TicketDraft,
        stored: Option<TicketNumber>,
        fingerprint: [u8; 16],
        there: Option<&HashSet<String>>,
        attachments: &dyn Attachments,
        remarks: &mut Vec<Remark>,
    ) -> Result<Prepared<'a>, ImportError> {
        let mut contacts = BTreeMap::new();
        for known in draft.contacts.iter().filter_map(|it| self.contacts.get(it)) {
            let label = if contacts.is_empty() {
                AssociationLabel::Requester
            } else {
                AssociationLabel::Participant
            };
            contacts.entry(known.id).or_insert(label);
        }
        let wanted = WantedStatus::of(draft);
        let missing = || StoreError::new(StoreErrorKind::Corrupt, "a status was not prepared");
        let status = *self.statuses.get(&wanted).ok_or_else(missing)?;
        let mut ready = Prepared {
            draft,
            stored,
            receipt: Receipt {
                kind: ReceiptKind::Ticket,
                key: draft.key.clone(),
                object: uuid::Uuid::nil(),
                number: stored,
                fingerprint,
                parts: Vec::new(),
            },
            contacts,
            status,
            newest_message: draft
                .messages
                .iter()
                .filter(|it| it.kind == MessageKind::Message)
                .map(|it| it.at)
                .max(),
            parts: Vec::new(),
        };
        let described = draft
            .description
            .as_deref()
            .filter(|it| !repeats_first_message(it, &draft.messages));
        let first = described.map(|body| self.description_as_message(draft, body, &ready.contacts));
        if let Some((message, _)) = &first {
            ready.newest_message = ready.newest_message.max(Some(message.at));
        }
        let messages = first
            .iter()
            .map(|(message, author)| (message, Some(author)))
            .chain(draft.messages.iter().map(|it| (it, None)));
        for (message, author) in messages {
            if there.is_some_and(|it| it.contains(&message.key)) {
                continue;
            }
            let author = author
                .cloned()
                .unwrap_or_else(|| self.author(&message.author, |it| ready.contacts.contains_key(&it)));
            let source = cut_body(&message.body, message.format);
            let body = self.ports.bodies.render(&source, message.format).await;
            ready.parts.push(Part {
                kind: message.kind,
                author,
                at: message.at,
                body,
                files: Vec::new(),
            });
            ready.receipt.parts.push(message.key.clone());
            for file in &message.files {
                if let Some(file) = self.take_file(file, message, attachments, remarks).await?
                    && let Some(part) = ready.parts.last_mut()
                {
                    part.files.push(file);
                }
            }
        }
        Ok(ready)
    }

    /// The description as the message with which the requester opened the ticket.
    fn description_as_message(
        &self,
        draft: &TicketDraft,
        body: &str,
        contacts: &BTreeMap<ContactId, AssociationLabel>,
    ) -> (MessageDraft, Author) {
        let requester = contacts
            .iter()
            .find(|(_, label)| **label == AssociationLabel::Requester)
            .map(|(id, _)| *id);
        let author = requester.map_or_else(
            || Author {
                kind: AuthorKind::System,
                name: String::new(),
            },
            |id| Author {
                kind: AuthorKind::Contact(id),
                name: self.names.get(&id).cloned().unwrap_or_default(),
            },
        );
        let message = MessageDraft {
            row: draft.row,
            key: DESCRIPTION.to_owned(),
            kind: MessageKind::Message,
            author: AuthorDraft::default(),
            at: draft.created_at,
            format: BodyFormat::Text,
            body: body.to_owned(),
            files: Vec::new(),
        };
        (message, author)
    }

    /// Copies the content of a file. One that cannot be had is remarked, and the message goes without it.
    async fn take_file(
        &self,
        draft: &FileDraft,
        message: &MessageDraft,
        attachments: &dyn Attachments,
        remarks: &mut Vec<Remark>,
    ) -> Result<Option<File>, ImportError> {
        let mut remark = |why: &str| {
            let what = format!("the file `{}` {why}; the message comes without it", draft.path);
            remarks.push(Remark {
                kind: ReceiptKind::Ticket,
                part: Some(message.kind),
                row: message.row,
                what,
            });
        };
        let Ok(mut content) = attachments.open(&draft.path).await else {
            remark("cannot be opened");
            return Ok(None);
        };
        let random = self.ports.secrets.random()?;
        let mut key = [0; 16];
        key.iter_mut().zip(random).for_each(|(to, from)| *to = from);
        let key = FileKey::from_bytes(key);
        match self.ports.files.put(&key, content.as_mut(), MAX_IMPORTED_FILE).await {
            Ok(stored) => Ok(Some(File {
                id: FileId::from_uuid(self.ports.ids.next(self.now())),
                key,
                name: draft.name.clone(),
                size: stored.size,
                // Replaced when the ticket has its number.
                home: FileHome::Staged(ContactId::from_uuid(uuid::Uuid::nil())),
                at: message.at,
            })),
            Err(FilesError::TooLarge(limit)) => {
                remark(&format!("is larger than {limit} bytes"));
                Ok(None)
            }
            Err(FilesError::Interrupted(_) | FilesError::Missing) => {
                remark("cannot be read");
                Ok(None)
            }
            Err(error @ FilesError::Unavailable(_)) => Err(ImportError::Files(error)),
        }
    }

    async fn write(&self, prepared: &[Prepared<'_>]) -> Result<(), ImportError> {
        let now = self.now();
        let new = prepared.iter().filter(|it| it.stored.is_none()).count();
        let mut receipts = Vec::with_capacity(prepared.len());
        let mut inserted = Vec::with_capacity(new);
        let mut tx = self.ports.store.begin(Access::Write).await?;
        // Those that are there first: their rows are locked in ascending order of their numbers.
        let mut known: Vec<(TicketNumber, &Prepared<'_>)> =
            prepared.iter().filter_map(|it| Some((it.stored?, it))).collect();
        known.sort_by_key(|(number, _)| *number);
        for (number, ready) in known {
            let id = self.update(tx.as_mut(), number, ready, now).await?;
            receipts.push(Receipt {
                object: id.uuid(),
                number: Some(number),
                ..ready.receipt.clone()
            });
        }
        if new > 0 {
            let count = u32::try_from(new).unwrap_or(u32::MAX);
            let numbers = tx.imports().reserve_numbers(&self.task, count).await?;
            for (ready, number) in prepared.iter().filter(|it| it.stored.is_none()).zip(numbers) {
                let bundle = self.bundle(ready, number, now);
                receipts.push(Receipt {
                    object: bundle.ticket.id.uuid(),
                    number: Some(number),
                    ..ready.receipt.clone()
                });
                inserted.push(bundle);
            }
            tx.imports().insert_tickets(&self.task, &inserted).await?;
        }
        tx.imports().put_receipts(&self.task, &receipts).await?;
        tx.commit().await?;
        Ok(())
    }

    fn bundle(&self, ready: &Prepared<'_>, number: TicketNumber, now: Timestamp) -> ImportedTicket {
        let draft = ready.draft;
        let (pipeline, status, stage) = ready.status;
        let mut ticket = Ticket {
            number,
            id: TicketId::from_uuid(self.ports.ids.next(now)),
            version: Version(1),
            portal: self.inbox.portal,
            inbox: self.inbox.id,
            pipeline,
            status,
            stage,
            subject: draft.subject.clone(),
            priority: draft.priority,
            category: draft.category.clone(),
            owner: draft.owner.as_ref().and_then(|it| self.owner(it)),
            source: draft.source,
            standing: Standing::Live,
            audience: Audience::Shared,
            contacts: ready.contacts.clone(),
            companies: self.companies_of(draft),
            properties: draft.properties.clone(),
            created_at: draft.created_at,
            closed_at: None,
            last_activity: draft.created_at,
            public_seq: 0,
            last_message: None,
            files: 0,
            external_id: Some(external_id(&draft.key)),
            merged_into: None,
            snoozed_until: None,
        };
        settle(&mut ticket, ready);
        let (messages, notes) = self.unfold(&mut ticket, ready, None, now);
        ImportedTicket {
            ticket,
            messages,
            events: Vec::new(),
            notes,
        }
    }

    /// Brings a ticket that is there to what the file says, and adds what is missing. What was done here stays: messages,
    /// privacy, merging, deletion, and properties of other origin.
    async fn update(
        &self,
        tx: &mut dyn Tx,
        number: TicketNumber,
        ready: &Prepared<'_>,
        now: Timestamp,
    ) -> Result<TicketId, ImportError> {
        tx.tickets().lock(number).await?;
        let gone = || {
            StoreError::new(
                StoreErrorKind::Corrupt,
                "an imported ticket is gone, its receipt is not",
            )
        };
        let mut ticket = tx.tickets().load(&self.task, number).await?.ok_or_else(gone)?;
        let draft = ready.draft;
        let before = ticket.version;
        // Nothing tells exactly when its newest message was written, but it was not after this.
        let newest_before = ticket.last_message.is_some().then_some(ticket.last_activity);
        ticket.version = Version(before.0 + 1);
        ticket.subject = draft.subject.clone();
        ticket.priority = draft.priority;
        ticket.category.clone_from(&draft.category);
        ticket.owner = draft.owner.as_ref().and_then(|it| self.owner(it));
        ticket.source = draft.source;
        ticket.contacts.clone_from(&ready.contacts);
        ticket.companies = self.companies_of(draft);
        ticket.properties = self.merged(PropertyOwner::Ticket, Some(&ticket.properties), &draft.properties);
        if ticket.standing != Standing::Merged {
            (ticket.pipeline, ticket.status, ticket.stage) = ready.status;
            settle(&mut ticket, ready);
        }
        let (messages, notes) = self.unfold(&mut ticket, ready, newest_before, now);
        if !tx.tickets().update(&ticket, before).await? {
            return Err(StoreError::bare(StoreErrorKind::Retry).into());
        }
        for message in &messages {
            tx.tickets().add_message(message).await?;
        }
        for note in &notes {
            tx.tickets().add_note(&self.task, note).await?;
        }
        Ok(ticket.id)
    }

    fn companies_of(&self, draft: &TicketDraft) -> BTreeSet<crate::id::CompanyId> {
        draft
            .companies
            .iter()
            .filter_map(|it| self.companies.get(it))
            .map(|it| it.id)
            .collect()
    }

    /// Makes messages and notes of the parts, and counts them into the ticket.
    fn unfold(
        &self,
        ticket: &mut Ticket,
        ready: &Prepared<'_>,
        newest_before: Option<Timestamp>,
        now: Timestamp,
    ) -> (Vec<Message>, Vec<Note>) {
        let (mut messages, mut notes) = (Vec::new(), Vec::new());
        for part in &ready.parts {
            let id = self.ports.ids.next(now);
            let at_home = |home: FileHome| {
                part.files
                    .iter()
                    .cloned()
                    .map(move |file| File { home, ..file })
                    .collect::<Vec<File>>()
            };
            match part.kind {
                MessageKind::Note => {
                    let id = NoteId::from_uuid(id);
                    let files = at_home(FileHome::Note(ticket.number, id));
                    notes.push(Note {
                        id,
                        ticket: ticket.number,
                        author: part.author.clone(),
                        at: part.at,
                        body: part.body.clone(),
                        files,
                    });
                }
                MessageKind::Message => {
                    let id = MessageId::from_uuid(id);
                    let files = at_home(FileHome::Message(ticket.number, id));
                    ticket.files += u32::try_from(files.len()).unwrap_or(u32::MAX);
                    let (author, body) = (part.author.clone(), part.body.clone());
                    if newest_before.is_none_or(|it| it <= part.at) {
                        let newest = LastMessage {
                            author: author.kind,
                            name: author.name.clone(),
                            snippet: snippet(&body.plain),
                        };
                        ticket.last_message = Some(newest);
                    }
                    let seq = ticket.next_seq();
                    messages.push(Message {
                        id,
                        ticket: ticket.number,
                        seq,
                        author,
                        at: part.at,
                        source: ready.draft.source,
                        body,
                        files,
                    });
                }
            }
        }
        (messages, notes)
    }
}

/// The instants that follow from the status, the dates and the messages.
fn settle(ticket: &mut Ticket, ready: &Prepared<'_>) {
    let draft = ready.draft;
    let newest = [Some(draft.created_at), draft.closed_at, ready.newest_message]
        .into_iter()
        .flatten()
        .max();
    ticket.last_activity = ticket.last_activity.max(newest.unwrap_or(draft.created_at));
    ticket.created_at = draft.created_at;
    ticket.closed_at = (ticket.stage == Stage::Closed).then(|| draft.closed_at.unwrap_or(ticket.last_activity));
}

/// Whether the first public message already says what the description says: exports have the first mail in both places.
fn repeats_first_message(description: &str, messages: &[MessageDraft]) -> bool {
    let Some(first) = messages.iter().find(|it| it.kind == MessageKind::Message) else {
        return false;
    };
    let bare = |text: &str, format: BodyFormat| {
        let mut inside_tag = false;
        let shown = text.chars().filter(|it| match it {
            '<' if format == BodyFormat::Html => {
                inside_tag = true;
                false
            }
            '>' if inside_tag => {
                inside_tag = false;
                false
            }
            _ => !inside_tag && it.is_alphanumeric(),
        });
        shown.take(2_000).collect::<String>()
    };
    let (asked, said) = (bare(description, BodyFormat::Text), bare(&first.body, first.format));
    !said.is_empty() && (said.starts_with(&asked) || asked.starts_with(&said))
}
