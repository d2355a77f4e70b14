use std::iter;

use poem::http::StatusCode;
use portal_core::access::{Audience, Standing};
use portal_core::desk::{DeskThread, DeskTicket, Queue, Then};
use portal_core::id::TicketNumber;
use portal_core::property::PropertyValue;
use portal_core::satisfaction::TicketRating;
use portal_core::staff::Permission;
use portal_core::ticket::{
    AssociationLabel, Author, AuthorKind, EventKind, File, Message, Note, Pipeline, Source, Stage, Ticket, TimelineItem,
};
use portal_core::time::Timestamp;

use super::files;
use super::list::{self, due, priority, status};
use super::place::Place;
use crate::cookies::Cookie;
use crate::errors::Stop;
use crate::forms::Fields;
use crate::fresh;
use crate::office::criteria::kind_name;
use crate::office::visit::OfficeVisit;
use crate::view::desk::{
    CannedChoice, DeskComposer, DeskItem, DeskLink, DeskPresent, DeskProperty, DeskText, DeskTicketPage, OtherTicket,
    PendingText,
};
use crate::view::file::{FileLink, StagedFile};
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::person::{Person, Role};
use crate::view::{Choice, SafeHtml};
use crate::visit::Answer;

/// Of a long conversation so many items are shown at first.
const NEWEST: u32 = 40;

/// What a refused form keeps.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub(super) text: String,
    pub(super) is_note: bool,
    pub(super) staged: Vec<StagedFile>,
    /// A property, by the name of its field, and what was typed.
    pub(super) property: Option<(String, String)>,
    pub(super) problems: Vec<Problem>,
}

pub(super) fn number(visit: &OfficeVisit<'_>) -> Result<TicketNumber, Stop> {
    visit.places.number.parse().map_err(|_| Stop::NOT_FOUND)
}

pub(super) async fn show(visit: &OfficeVisit<'_>) -> Answer {
    filled(visit, StatusCode::OK, Kept::default()).await
}

pub(super) async fn filled(visit: &OfficeVisit<'_>, code: StatusCode, kept: Kept) -> Answer {
    let fields = &Fields::of_query(&visit.ask.query);
    let (place, number) = (Place::here(visit), number(visit)?);
    let limit = if fields.get("all") == "1" { 1000 } else { NEWEST };
    let view = visit.web.portal.view_desk_ticket(visit.actor()?, number, limit).await?;
    let list = list::load(visit, &place, fields).await?;
    let queue = list::lines(visit, &place, &list, Some(number.get()));
    let here = queue.iter().position(|it| it.current);
    let beside = |it: Option<usize>| it.and_then(|it| queue.get(it)).map(|it| it.href.clone());
    let (next, previous) = match here {
        Some(here) => (beside(here.checked_add(1)), beside(here.checked_sub(1))),
        None => (beside(Some(0)), None),
    };
    let me = visit.staff.as_ref().map(|it| it.user.id);
    let canned = visit.web.portal.canned_for(visit.actor()?, number).await?;
    let canned = canned
        .into_iter()
        .map(|it| CannedChoice {
            id: it.id.to_string(),
            name: it.name,
        })
        .collect();
    let ticket = &view.ticket;
    let texts = visit.texts();
    let page = DeskTicketPage {
        shell: visit.shell(OfficeArea::Desk),
        rail: place.rail(&list),
        next,
        previous,
        number: number.get(),
        version: ticket.version.0,
        seq: ticket.public_seq,
        notes: u32::try_from(view.thread.notes.len() + view.ratings.len())
            .unwrap_or(u32::MAX)
            .saturating_add(view.thread.hidden_notes),
        present: present(visit, number),
        subject: ticket.subject.as_str().to_owned(),
        status: status(
            ticket.stage,
            view.pipeline.status(ticket.status).map_or("", |it| it.name.as_str()),
        ),
        status_id: ticket.status.to_string(),
        toggle: toggle(&view),
        standing: standing(ticket.standing),
        private: ticket.audience == Audience::Private,
        clock: [view.clock.reply, view.clock.close]
            .iter()
            .flatten()
            .map(|it| due(visit, it))
            .collect(),
        items: items(visit, &view),
        hidden: view.thread.hidden + view.thread.hidden_notes,
        all: {
            let query = place.query();
            let sign = if query.is_empty() { '?' } else { '&' };
            format!("/desk/tickets/{number}{query}{sign}all=1")
        },
        pending: pending(visit, &view),
        whole: view.whole.as_ref().map(|(number, subject)| OtherTicket {
            href: place.ticket(*number),
            subject: format!("#{number} {subject}"),
            status: status(view.ticket.stage, ""),
            time: visit.times().recent(view.ticket.last_activity.micros()),
        }),
        parts: view
            .parts
            .iter()
            .map(|(it, _)| OtherTicket {
                href: place.ticket(it.number),
                subject: format!("#{} {}", it.number, it.subject.as_str()),
                status: status(it.stage, ""),
                time: visit.times().recent(it.last_activity.micros()),
            })
            .collect(),
        composer: composer(visit, &view, (kept.text, kept.is_note, kept.staged), canned),
        owners: owners(visit, &view),
        owner: view
            .owner
            .as_ref()
            .map(|(_, name)| Person::new(name.as_str(), Role::Support)),
        owner_id: ticket.owner.map(|it| it.to_string()).unwrap_or_default(),
        me: me
            .filter(|it| ticket.owner != Some(*it) && view.agents.iter().any(|agent| agent.0 == *it))
            .map(|it| it.to_string()),
        statuses: view
            .pipeline
            .statuses()
            .iter()
            .map(|it| Choice::new(it.id.to_string(), it.name.as_str(), &ticket.status.to_string()))
            .collect(),
        priority: priority(ticket.priority),
        category: ticket.category.as_ref().map(ToString::to_string).unwrap_or_default(),
        categories: view.categories.iter().map(ToString::to_string).collect(),
        inbox: view.inbox.clone(),
        portal: view.portal.clone(),
        opened: visit.times().moment(ticket.created_at.micros()),
        details: view
            .properties
            .iter()
            .map(|(it, value)| {
                let field = format!("property-{}", it.key);
                let typed = kept.property.as_ref().filter(|(name, _)| *name == field);
                DeskProperty {
                    key: it.key.to_string(),
                    label: it.label.get(&visit.language()).to_owned(),
                    kind: kind_name(it.kind),
                    options: it.options.clone(),
                    was: value.as_ref().map(ToString::to_string).unwrap_or_default(),
                    typed: typed.map(|it| it.1.clone()),
                    shown: value.as_ref().map(|it| value_text(texts, it)),
                    fixed: it.archived,
                }
            })
            .collect(),
        people: people(visit, &view),
        companies: companies(visit, &view),
        others: view
            .others
            .iter()
            .map(|it| OtherTicket {
                href: place.ticket(it.number),
                subject: it.subject.as_str().to_owned(),
                status: status(it.stage, ""),
                time: visit.times().recent(it.last_activity.micros()),
            })
            .collect(),
        snoozed: ticket.snoozed_until.map(|it| visit.times().moment(it.micros())),
        can_snooze: matches!(Queue::of(ticket), Queue::Open | Queue::Waiting | Queue::Snoozed),
        inboxes: view
            .inboxes
            .iter()
            .filter(|it| it.0 != ticket.inbox)
            .map(|(id, name)| Choice::new(id.to_string(), name.as_str(), ""))
            .collect(),
        keys: std::array::from_fn(|_| fresh::key()),
        problems: kept.problems,
        queue,
    };
    visit.page(code, &page)
}

/// Who else is there, as far as this server was told.
fn present(visit: &OfficeVisit<'_>, number: TicketNumber) -> Vec<DeskPresent> {
    let Some(me) = visit.staff.as_ref().map(|it| it.user.id) else {
        return Vec::new();
    };
    let others = visit.web.desk.presences.others(number, me, visit.web.portal.now());
    let others = others.into_iter().map(|it| DeskPresent {
        name: it.name,
        writes: it.writes,
    });
    others.collect()
}

/// The status that closes a ticket, or opens it again.
fn toggle(view: &DeskTicket) -> Option<String> {
    let entry = |pipeline: &Pipeline, stage| pipeline.entry(stage).map(|it| it.id.to_string());
    match Queue::of(&view.ticket) {
        Queue::Open | Queue::Waiting | Queue::Snoozed => entry(&view.pipeline, Stage::Closed),
        Queue::Closed if view.ticket.standing != Standing::Merged => entry(&view.pipeline, Stage::InProgress),
        Queue::Closed | Queue::Spam | Queue::Deleted => None,
    }
}

const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Live => "live",
        Standing::Unverified => "unverified",
        Standing::Spam => "spam",
        Standing::Deleted => "deleted",
        Standing::Merged => "merged",
    }
}

pub(in crate::office::pages) const fn source(source: Source) -> &'static str {
    match source {
        Source::Portal => "portal",
        Source::Email => "email",
        Source::Form => "form",
        Source::Chat => "chat",
        Source::Messenger => "messenger",
        Source::Other => "other",
    }
}

fn composer(
    visit: &OfficeVisit<'_>,
    view: &DeskTicket,
    (text, is_note, staged): (String, bool, Vec<StagedFile>),
    canned: Vec<CannedChoice>,
) -> DeskComposer {
    let asked = view.people.iter().find(|it| it.label == AssociationLabel::Requester);
    let to = asked
        .or(view.people.first())
        .map(|it| it.name.clone())
        .unwrap_or_default();
    let can_answer = match view.ticket.standing {
        Standing::Live | Standing::Unverified | Standing::Merged => true,
        Standing::Spam | Standing::Deleted => false,
    };
    let tickets = iter::once((&view.ticket, &view.thread)).chain(view.parts.iter().map(|it| (&it.0, &it.1)));
    let seen: Vec<String> = tickets
        .clone()
        .map(|(it, _)| format!("{}:{}", it.number, it.public_seq))
        .collect();
    DeskComposer {
        text,
        is_note: is_note || !can_answer,
        limits: files::limits(visit),
        staged,
        idem: fresh::key(),
        seen: seen.join(" "),
        on: if view.parts.is_empty() {
            Vec::new()
        } else {
            answered_one(visit, tickets)
        },
        then: Cookie::Then
            .read(&visit.ask.headers, visit.secure())
            .and_then(Then::named)
            .unwrap_or(if view.pipeline.automation().answer_waits {
                Then::Wait
            } else {
                Then::Work
            })
            .name(),
        others: u32::try_from(view.people.len().saturating_sub(1)).unwrap_or(u32::MAX),
        to,
        can_answer,
        waits: view.pipeline.automation().answer_waits,
        canned,
    }
}

/// The tickets of a conversation, each with who reads an answer there; the one where a customer wrote last is chosen.
fn answered_one<'a>(
    visit: &OfficeVisit<'_>,
    tickets: impl Iterator<Item = (&'a Ticket, &'a DeskThread)> + Clone,
) -> Vec<Choice> {
    let asked_at = |thread: &DeskThread| {
        let messages = thread.items.iter().filter_map(|it| match it {
            TimelineItem::Message(it) if matches!(it.author.kind, AuthorKind::Contact(_)) => Some(it.at),
            TimelineItem::Message(_) | TimelineItem::Event(_) => None,
        });
        messages.max()
    };
    let current = tickets.clone().max_by_key(|(_, thread)| asked_at(thread));
    let current = current.map(|(it, _)| it.number.to_string()).unwrap_or_default();
    tickets
        .map(|(it, _)| {
            let (number, people) = (it.number.to_string(), it.contacts.len() as u64);
            let args = [
                ("number", number.as_str().into()),
                ("subject", it.subject.as_str().into()),
                ("n", people.into()),
            ];
            Choice::new(number.clone(), visit.texts().text("desk-answer-on", &args), &current)
        })
        .collect()
}

fn pending(visit: &OfficeVisit<'_>, view: &DeskTicket) -> Vec<PendingText> {
    let me = visit.staff.as_ref().map(|it| it.user.id);
    view.pending
        .iter()
        .map(|(it, name)| PendingText {
            id: it.id.to_string(),
            on: it.ticket.get(),
            author: Person::new(name.as_str(), Role::Support),
            own: me == Some(it.agent),
            body: SafeHtml::sanitised(it.body.html.as_str()),
            files: it.files.iter().map(|it| it.name.as_str().to_owned()).collect(),
            seconds: u32::try_from(it.due_at.since(visit.ask.now).as_secs()).unwrap_or_default(),
        })
        .collect()
}

fn owners(visit: &OfficeVisit<'_>, view: &DeskTicket) -> Vec<Choice> {
    let current = view.ticket.owner.map(|it| it.to_string()).unwrap_or_default();
    let mut owners = vec![Choice::new("", visit.texts().text("desk-nobody", &[]), &current)];
    owners.extend(
        view.agents
            .iter()
            .map(|(id, name)| Choice::new(id.to_string(), name.as_str(), &current)),
    );
    // Somebody who does not work with this inbox any more is still shown.
    if let Some((id, name)) = view
        .owner
        .as_ref()
        .filter(|it| view.agents.iter().all(|agent| agent.0 != it.0))
    {
        owners.push(Choice::new(id.to_string(), name.as_str(), &current));
    }
    owners
}

fn may_look(visit: &OfficeVisit<'_>) -> bool {
    let may = |it| visit.staff.as_ref().is_some_and(|staff| staff.user.may(it));
    may(Permission::Crm) || may(Permission::PortalSettings)
}

fn people(visit: &OfficeVisit<'_>, view: &DeskTicket) -> Vec<DeskLink> {
    view.people
        .iter()
        .map(|it| DeskLink {
            name: it.name.clone(),
            href: may_look(visit).then(|| format!("/admin/contacts/{}", it.contact)),
            detail: it.email.as_ref().map(ToString::to_string).unwrap_or_default(),
            reads: it.label == AssociationLabel::Requester,
            tickets: format!("/desk?contact={}", it.contact),
        })
        .collect()
}

fn companies(visit: &OfficeVisit<'_>, view: &DeskTicket) -> Vec<DeskLink> {
    view.companies
        .iter()
        .map(|(id, name, reads)| DeskLink {
            name: name.clone(),
            href: may_look(visit).then(|| format!("/admin/companies/{id}")),
            detail: String::new(),
            reads: *reads,
            tickets: format!("/desk?company={id}"),
        })
        .collect()
}

/// Messages and events by their places, each note before what came after it; of a conversation of several tickets, all of
/// them by their times.
fn items(visit: &OfficeVisit<'_>, view: &DeskTicket) -> Vec<DeskItem> {
    let mut timed = thread(visit, view, &view.thread, None);
    for (part, part_thread) in &view.parts {
        timed.extend(thread(visit, view, part_thread, Some(part.number)));
    }
    timed.extend(view.ratings.iter().rev().map(|it| (it.at, rating(visit, it))));
    // Each thread is in order already, and what was said at the same time stays in it.
    timed.sort_by_key(|it| it.0);
    timed.into_iter().map(|it| it.1).collect()
}

fn thread(
    visit: &OfficeVisit<'_>,
    view: &DeskTicket,
    thread: &DeskThread,
    on: Option<TicketNumber>,
) -> Vec<(Timestamp, DeskItem)> {
    let mut notes = thread.notes.iter().peekable();
    let mut items: Vec<(Timestamp, DeskItem)> = Vec::new();
    // A thread never goes back in time, even if the clock of a server did.
    let mut latest = None;
    let mut push = |at: Timestamp, item: DeskItem| {
        let at = latest.map_or(at, |it: Timestamp| it.max(at));
        latest = Some(at);
        items.push((at, item));
    };
    for item in &thread.items {
        let at = match item {
            TimelineItem::Message(it) => it.at,
            TimelineItem::Event(it) => it.at,
        };
        while let Some(it) = notes.next_if(|it| it.at < at) {
            push(it.at, DeskItem::Note(placed(note(visit, it), on)));
        }
        let item = match item {
            TimelineItem::Message(it) => DeskItem::Message(placed(message(visit, it), on)),
            TimelineItem::Event(it) => event(visit, view, &it.by, &it.kind, it.at),
        };
        push(at, item);
    }
    for it in notes {
        push(it.at, DeskItem::Note(placed(note(visit, it), on)));
    }
    items
}

fn rating(visit: &OfficeVisit<'_>, it: &TicketRating) -> DeskItem {
    let who = author(
        visit,
        &Author {
            kind: AuthorKind::Contact(it.contact),
            name: it.name.clone(),
        },
    );
    DeskItem::Rating {
        rating: it.rating.name(),
        who: who.name,
        comment: it.comment.as_ref().map(ToString::to_string).unwrap_or_default(),
        when: visit.times().recent(it.at.micros()),
    }
}

/// Says of a text on which ticket of the conversation it is.
fn placed(text: DeskText, on: Option<TicketNumber>) -> DeskText {
    let Some(number) = on else { return text };
    DeskText {
        id: format!("t{number}-{}", text.id),
        on: Some(number.get()),
        ..text
    }
}

fn author(visit: &OfficeVisit<'_>, author: &Author) -> Person {
    if author.name.is_empty() && matches!(author.kind, AuthorKind::Contact(_)) {
        return Person::new(visit.texts().text("person-removed", &[]), Role::Other);
    }
    let role = match author.kind {
        AuthorKind::Agent(_) => Role::Support,
        AuthorKind::Contact(_) | AuthorKind::System => Role::Other,
    };
    Person::new(author.name.as_str(), role)
}

pub(super) fn message(visit: &OfficeVisit<'_>, it: &Message) -> DeskText {
    DeskText {
        id: format!("m{}", it.seq),
        on: None,
        author: author(visit, &it.author),
        is_staff: matches!(it.author.kind, AuthorKind::Agent(_)),
        source: source(it.source),
        when: visit.times().recent(it.at.micros()),
        body: SafeHtml::sanitised(it.body.html.as_str()),
        files: files(visit, &it.files),
    }
}

fn note(visit: &OfficeVisit<'_>, it: &Note) -> DeskText {
    DeskText {
        id: format!("n{}", it.id),
        on: None,
        author: author(visit, &it.author),
        is_staff: true,
        source: "note",
        when: visit.times().recent(it.at.micros()),
        body: SafeHtml::sanitised(it.body.html.as_str()),
        files: files(visit, &it.files),
    }
}

fn files(visit: &OfficeVisit<'_>, files: &[File]) -> Vec<FileLink> {
    let link = |it: &File| {
        let media = crate::pages::file::media_type(&it.name);
        FileLink::new(
            format!("/desk/files/{}", it.id),
            it.name.as_str(),
            media,
            it.size,
            visit.locale,
        )
    };
    files.iter().map(link).collect()
}

fn event(visit: &OfficeVisit<'_>, view: &DeskTicket, by: &Author, kind: &EventKind, at: Timestamp) -> DeskItem {
    let (what, icon, about) = match kind {
        EventKind::StatusChanged { status, .. } => {
            let name = view.pipeline.status(*status).map(|it| it.name.to_string());
            ("status", "forward", name.unwrap_or_default())
        }
        EventKind::OwnerChanged { owner } => ("assigned", "person", owner.clone()),
        EventKind::Closed { reason } => ("closed", "stage-closed", reason.clone().unwrap_or_default()),
        EventKind::ClosedByTimer { days } => ("expired", "clock", days.to_string()),
        EventKind::Reopened { reason } => ("reopened", "reopen", reason.clone().unwrap_or_default()),
        EventKind::MadePrivate => ("private", "lock", String::new()),
        EventKind::MadeShared => ("shared", "people", String::new()),
        EventKind::FollowUpOf { ticket } => ("follow_up", "link", ticket.to_string()),
        EventKind::PeopleChanged => ("people", "people", String::new()),
        EventKind::MergedInto { ticket } => ("merged", "merge", ticket.to_string()),
        EventKind::SplitFrom { ticket } => ("split", "link", ticket.to_string()),
        EventKind::NotDelivered { channel } => ("not_delivered", "alert", source(*channel).to_owned()),
    };
    DeskItem::Event {
        what,
        icon,
        who: Some(by.name.clone()).filter(|it| !it.is_empty()),
        about,
        when: visit.times().recent(at.micros()),
    }
}

fn value_text(texts: &crate::i18n::Translator, value: &PropertyValue) -> String {
    match value {
        PropertyValue::Text(it) | PropertyValue::Choice(it) => it.clone(),
        PropertyValue::Number(it) => it.to_string(),
        PropertyValue::Date(it) => it.to_string(),
        PropertyValue::Bool(it) => texts.text(if *it { "detail-yes" } else { "detail-no" }, &[]),
        PropertyValue::Choices(them) => them.iter().cloned().collect::<Vec<_>>().join(", "),
    }
}
