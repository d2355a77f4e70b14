//! What contacts are told of by mail: handed to the outbox when it happens, judged by the rule once more when it leaves.

use std::time::Duration;

use crate::access::{Action, Decision, Principal, decide, enter};
use crate::actor::{ContactActor, Mode, Task};
use crate::id::{ContactId, IntentId, PortalId, TicketNumber};
use crate::mail::{Content, Intent, Letter, Mail, MailThread, PrepareError, Prepared, TicketNews};
use crate::portal::Portal;
use crate::ports::{StoreError, Tx};
use crate::ticket::{Author, AuthorKind, EventKind, Message, Stage, Ticket};
use crate::time::Timestamp;

/// What contacts are told of an event by mail, if anything.
pub(crate) const fn news_of(kind: &EventKind) -> Option<TicketNews> {
    match kind {
        EventKind::StatusChanged {
            stage: Stage::WaitingOnContact,
            ..
        } => Some(TicketNews::Waiting),
        EventKind::Closed { .. } => Some(TicketNews::Closed),
        EventKind::ClosedByTimer { .. } => Some(TicketNews::Expired),
        EventKind::Reopened { .. } => Some(TicketNews::Reopened),
        EventKind::StatusChanged { .. }
        | EventKind::OwnerChanged { .. }
        | EventKind::MadePrivate
        | EventKind::MadeShared
        | EventKind::FollowUpOf { .. }
        | EventKind::PeopleChanged
        | EventKind::MergedInto { .. }
        | EventKind::SplitFrom { .. }
        | EventKind::NotDelivered { .. } => None,
    }
}

/// The contacts that read a ticket in their own right, but for whoever did it.
fn told(ticket: &Ticket, by: AuthorKind) -> Vec<ContactId> {
    let readers = ticket.facts().readers().into_iter();
    let contacts = readers.filter_map(|it| match it {
        Principal::Contact(contact) => Some(contact),
        Principal::Company(_) => None,
    });
    contacts.filter(|it| by != AuthorKind::Contact(*it)).collect()
}

impl Portal {
    /// Hands one mail about news of a ticket for each contact on it to the outbox. Whether it leaves is judged when it does.
    pub(crate) async fn tell_contacts(
        &self,
        tx: &mut dyn Tx,
        ticket: &Ticket,
        what: TicketNews,
        by: AuthorKind,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(portal) = ticket.portal else { return Ok(()) };
        for contact in told(ticket, by) {
            let mail = Mail::TicketNews {
                portal,
                contact,
                ticket: ticket.number,
                seq: ticket.public_seq,
                what,
            };
            let id = IntentId::from_uuid(self.ids.next(now));
            tx.outbox().push(&Intent::now(id, mail, now)).await?;
        }
        Ok(())
    }

    /// The same for a public message; an answer leaves by the channel of the conversation that it answers, if that carries
    /// answers.
    pub(crate) async fn tell_of_message(
        &self,
        tx: &mut dyn Tx,
        ticket: &Ticket,
        message: &Message,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let by_channel = self.answer_by_channel(tx, ticket, message, now).await?;
        // Nobody is told the same text twice; but files are on the portal, and only a mail leads there.
        let knows = by_channel.and_then(|it| it.contact);
        let knows = knows.filter(|_| message.files.is_empty());
        let Some(portal) = ticket.portal else { return Ok(()) };
        for contact in told(ticket, message.author.kind) {
            if knows == Some(contact) {
                continue;
            }
            let mail = Mail::TicketAnswered {
                portal,
                contact,
                ticket: ticket.number,
                seq: message.seq,
            };
            let id = IntentId::from_uuid(self.ids.next(now));
            tx.outbox().push(&Intent::now(id, mail, now)).await?;
        }
        Ok(())
    }

    /// Tells the requester of a new ticket that it was received, and the staff that it is there.
    pub(crate) async fn tell_of_new(
        &self,
        tx: &mut dyn Tx,
        ticket: &Ticket,
        by: &Author,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if let (Some(portal), AuthorKind::Contact(contact)) = (ticket.portal, by.kind) {
            let mail = Mail::TicketNews {
                portal,
                contact,
                ticket: ticket.number,
                seq: ticket.public_seq,
                what: TicketNews::Received,
            };
            let id = IntentId::from_uuid(self.ids.next(now));
            tx.outbox().push(&Intent::now(id, mail, now)).await?;
        }
        self.tell_of_unassigned(tx, ticket, by, now).await
    }

    /// Mail about a ticket goes to whoever is on it and reads it now, and wants it; the way to its page only to whoever is
    /// let in there. `what` is `None` for a public message.
    pub(crate) async fn prepare_for_contact(
        &self,
        tx: &mut dyn Tx,
        portal: PortalId,
        contact: ContactId,
        number: TicketNumber,
        seq: u32,
        what: Option<TicketNews>,
    ) -> Result<Prepared, PrepareError> {
        let task = Task::Delivery;
        let Some(ticket) = tx.tickets().load(&task, number).await? else {
            return Ok(Prepared::Drop("the ticket is gone"));
        };
        let facts = ticket.facts();
        if ticket.portal != Some(portal) || !facts.readers().contains(&Principal::Contact(contact)) {
            return Ok(Prepared::Drop("the contact does not read the ticket any more"));
        }
        let site = tx.directory().portal(portal).await?;
        let entrant = tx.directory().entrant(portal, contact).await?;
        let profile = tx.directory().profile(contact).await?;
        let Some(((site, entrant), profile)) = site.zip(entrant).zip(profile) else {
            return Ok(Prepared::Drop("what it was about is gone"));
        };
        if !entrant.active {
            return Ok(Prepared::Drop("the contact is not active"));
        }
        if entrant.denied.covers(&facts) {
            return Ok(Prepared::Drop("the portal does not show the ticket"));
        }
        if let Some(why) = unwanted(tx, contact, &ticket, what).await? {
            return Ok(Prepared::Drop(why));
        }
        let known = tx.directory().contact(&task, contact).await?;
        let Some(to) = profile.email.clone().or(known.and_then(|it| it.email)) else {
            return Ok(Prepared::Drop("there is no address"));
        };
        let message = match what {
            None | Some(TicketNews::Opened) => {
                let Some(message) = tx.desk().public_message(&task, number, seq).await? else {
                    return Ok(Prepared::Drop("the answer is gone"));
                };
                Some(message)
            }
            Some(_) => None,
        };
        let as_them = ContactActor {
            contact,
            only: None,
            mode: Mode::Write,
        };
        let head = self.letterhead(&site)?;
        let viewer = enter(as_them, &entrant).ok().filter(|it| it.scope().permits(&facts));
        let is_let_in = viewer.is_some();
        // Who is asked by mail whether they are satisfied is whoever may say so: the link opens nothing to anybody else.
        let now = self.clock.now();
        let asked = viewer.filter(|it| {
            what == Some(TicketNews::Closed) && decide(it, Action::Rate, &ticket.state(), now) == Decision::Allow
        });
        let rate = asked.and_then(|_| self.rating_link(&head.home, contact, number, now));
        let language = profile.language.clone().filter(|it| site.offered.contains(it));
        let link = is_let_in.then(|| head.home.to(&number.to_string()));
        let thread = MailThread {
            root: ticket.id,
            slug: site.slug.to_string(),
            by_person: matches!(what, None | Some(TicketNews::Opened)),
            mute: self.mute_link(&head.home, contact, number),
            choices: is_let_in.then(|| head.home.to("account")),
        };
        let (number, subject) = (number.to_string(), ticket.subject.as_str().to_owned());
        let (author, text) = message.map_or_else(Default::default, |it| (it.author.name, it.body.plain));
        let content = match what {
            None => Content::TicketAnswered {
                number,
                subject,
                author,
                text,
                link,
                thread,
            },
            Some(what) => Content::TicketNews {
                what,
                number,
                subject,
                author,
                text,
                until: closes_at(tx, &ticket, what).await?,
                rate,
                link,
                thread,
            },
        };
        Ok(Prepared::Send(Box::new(Letter {
            to,
            to_name: Some(profile.name.to_string()),
            language: language.unwrap_or_else(|| site.language.clone()),
            content,
            head,
            test: false,
        })))
    }
}

/// Why a contact does not want this mail, or it says what is not true any more.
async fn unwanted(
    tx: &mut dyn Tx,
    contact: ContactId,
    ticket: &Ticket,
    what: Option<TicketNews>,
) -> Result<Option<&'static str>, StoreError> {
    let choices = tx.notices().contact_choices(contact).await?;
    let wanted = match what {
        None => choices.answers,
        Some(TicketNews::Received | TicketNews::Opened) => choices.openings,
        Some(
            TicketNews::Waiting
            | TicketNews::Reminder
            | TicketNews::Closed
            | TicketNews::Expired
            | TicketNews::Reopened,
        ) => choices.changes,
    };
    if !wanted {
        return Ok(Some("the contact does not want such mails"));
    }
    if tx.notices().is_muted(contact, ticket.number).await? {
        return Ok(Some("the contact has muted the ticket"));
    }
    let is_so = match what {
        None | Some(TicketNews::Received | TicketNews::Opened) => true,
        Some(TicketNews::Waiting | TicketNews::Reminder) => ticket.stage == Stage::WaitingOnContact,
        Some(TicketNews::Closed | TicketNews::Expired) => ticket.stage == Stage::Closed,
        Some(TicketNews::Reopened) => ticket.stage.is_open(),
    };
    Ok((!is_so).then_some("it is not so any more"))
}

/// When a ticket is closed if the customer goes on saying nothing.
async fn closes_at(tx: &mut dyn Tx, ticket: &Ticket, what: TicketNews) -> Result<Option<Timestamp>, StoreError> {
    if what != TicketNews::Reminder {
        return Ok(None);
    }
    let pipeline = tx.directory().pipeline(ticket.pipeline).await?;
    let closing = pipeline.and_then(|it| it.automation().closing);
    let warning = tx.timers().warning(&Task::Delivery, ticket.number).await?;
    Ok(closing.zip(warning).map(|(closing, warning)| {
        let days = |it: u16| Duration::from_hours(u64::from(it) * 24);
        let patience = ticket.last_activity.plus(days(closing.days));
        patience.max(warning.given_at.plus(days(closing.notice)))
    }))
}
