//! The core's words as the pages' words.

use portal_core::id::ContactId;
use portal_core::text::Localized;
use portal_core::ticket::{self, AuthorKind, File};

use crate::view::file::FileLink;
use crate::view::person::{Person, Role};
use crate::view::status::{Priority, Stage, Status};
use crate::view::tickets;
use crate::view::when::Times;
use crate::visit::Visit;

pub(crate) const fn stage(stage: ticket::Stage) -> Stage {
    match stage {
        ticket::Stage::Received => Stage::Received,
        ticket::Stage::InProgress => Stage::InProgress,
        ticket::Stage::WaitingOnContact => Stage::Waiting,
        ticket::Stage::Closed => Stage::Closed,
    }
}

pub(super) const fn stage_asked(stage: Stage) -> ticket::Stage {
    match stage {
        Stage::Received => ticket::Stage::Received,
        Stage::InProgress => ticket::Stage::InProgress,
        Stage::Waiting => ticket::Stage::WaitingOnContact,
        Stage::Closed => ticket::Stage::Closed,
    }
}

pub(super) const fn priority(priority: ticket::Priority) -> Priority {
    match priority {
        ticket::Priority::Low => Priority::Low,
        ticket::Priority::Normal => Priority::Normal,
        ticket::Priority::High => Priority::High,
        ticket::Priority::Urgent => Priority::Urgent,
    }
}

pub(super) const fn priority_asked(priority: Priority) -> ticket::Priority {
    match priority {
        Priority::Low => ticket::Priority::Low,
        Priority::Normal => ticket::Priority::Normal,
        Priority::High => ticket::Priority::High,
        Priority::Urgent => ticket::Priority::Urgent,
    }
}

/// The pill of a ticket.
pub(super) fn status(visit: &Visit<'_>, now: ticket::Stage, label: Option<&Localized>) -> Status {
    Status {
        stage: stage(now),
        label: label
            .map(|it| it.get(&visit.language()).to_owned())
            .filter(|it| !it.is_empty()),
    }
}

/// Another contact, or the reader.
pub(super) fn contact(visit: &Visit<'_>, id: ContactId, name: &str, other: Role) -> Person {
    if name == portal_core::crm::Contact::ERASED {
        return Person::new(visit.texts().text("person-removed", &[]), Role::Other);
    }
    Person::new(name, if visit.reader() == Some(id) { Role::You } else { other })
}

/// Who wrote or did something; nobody if the system did.
pub(super) fn author(visit: &Visit<'_>, kind: AuthorKind, name: &str) -> Option<Person> {
    match kind {
        // What somebody wrote stays when they are erased; their name does not.
        AuthorKind::Contact(_) if name.is_empty() => {
            Some(Person::new(visit.texts().text("person-removed", &[]), Role::Other))
        }
        AuthorKind::Contact(id) => Some(contact(visit, id, name, Role::Other)),
        AuthorKind::Agent(_) => Some(Person::new(name, Role::Support)),
        AuthorKind::System => None,
    }
}

/// A file of a message.
pub(super) fn file(visit: &Visit<'_>, file: &File) -> FileLink {
    let href = format!("{}/files/{}", visit.base(), file.id);
    FileLink::new(
        href,
        file.name.as_str(),
        super::file::media_type(&file.name),
        file.size,
        visit.locale,
    )
}

/// A line of a list; its time is chosen by the order.
pub(super) fn row(
    visit: &Visit<'_>,
    times: &Times<'_>,
    row: &ticket::TicketRow,
    sort: tickets::Sort,
) -> tickets::TicketRow {
    tickets::TicketRow {
        number: row.number.get(),
        href: visit.ticket_href(row.number),
        subject: row.subject.as_str().to_owned(),
        unread: row.unread,
        files: row.files,
        private: row.audience == portal_core::access::Audience::Private,
        status: status(visit, row.stage, row.status_label.as_ref()),
        requester: row
            .requester
            .as_ref()
            .map(|(id, name)| contact(visit, *id, name, Role::Other)),
        last: row.last_message.as_ref().map(|it| tickets::LastMessage {
            author: author(visit, it.author, &it.name).unwrap_or_else(|| Person::new("", Role::Support)),
            text: it.snippet.clone(),
        }),
        time: match sort {
            tickets::Sort::Created => times.day(row.created_at.micros()),
            tickets::Sort::Attention | tickets::Sort::Activity => times.recent(row.last_activity.micros()),
        },
        more: Vec::new(),
    }
}
