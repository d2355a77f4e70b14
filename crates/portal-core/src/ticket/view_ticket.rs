use std::collections::BTreeSet;

use super::event::EventKind;
use super::message::{AuthorKind, Source, Timeline, TimelineItem, TimelineWindow};
use super::pipeline::Stage;
use super::record::{AssociationLabel, Priority, Ticket, Version};
use crate::access::{Action, Audience, Decision, Principal, Scope, Viewer, decide};
use crate::actor::Actor;
use crate::id::{CompanyId, ContactId, PortalId, StatusId, TicketId, TicketNumber};
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, Colleague, StoreError, Tx};
use crate::property::{PropertyDefinition, PropertyValue};
use crate::satisfaction::TicketRating;
use crate::service::{Promise, promise_of};
use crate::text::{Line, Localized, Subject};
use crate::time::Timestamp;

/// Which ticket, and how much of its timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ViewTicket {
    /// The portal.
    pub portal: PortalId,
    /// The ticket.
    pub number: TicketNumber,
    /// How much of its timeline.
    pub window: TimelineWindow,
}

/// Somebody on a ticket whom the viewer may know by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub contact: ContactId,
    /// The name that is shown.
    pub name: String,
    /// As what they are on the ticket.
    pub label: AssociationLabel,
    /// Whether it is the viewer.
    pub is_viewer: bool,
}

/// Everything a customer is shown of a ticket, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketView {
    /// The number.
    pub number: TicketNumber,
    /// The key for programs.
    pub id: TicketId,
    /// The version.
    pub version: Version,
    /// The subject.
    pub subject: Subject,
    /// The status.
    pub status: StatusId,
    /// The stage of the status.
    pub stage: Stage,
    /// What is shown instead of the stage's own word.
    pub status_label: Option<Localized>,
    /// A sentence that explains the status.
    pub explanation: Option<Localized>,
    /// How urgent it is.
    pub priority: Priority,
    /// What kind of request it is.
    pub category: Option<Line>,
    /// By which way it came.
    pub source: Source,
    /// Whether its companies read it.
    pub audience: Audience,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was closed, if it is.
    pub closed_at: Option<Timestamp>,
    /// When something happened last.
    pub last_activity: Timestamp,
    /// The name of the agent who takes care of it.
    pub owner: Option<String>,
    /// The properties that customers are shown.
    pub properties: Vec<(PropertyDefinition, PropertyValue)>,
    /// Messages and events, oldest first.
    pub timeline: Timeline,
    /// The highest place in the timeline that is taken.
    pub public_seq: u32,
    /// The people on it whom the viewer may know by name: the viewer, colleagues, and whoever has written here.
    pub people: Vec<Person>,
    /// How many further people are on it.
    pub other_people: u32,
    /// The viewer's company, if it is on the ticket and reads it.
    pub shared_with: Option<(CompanyId, String)>,
    /// How many further companies read it.
    pub other_companies: u32,
    /// The principal by which the viewer sees it: “because …”.
    pub because: Principal,
    /// For each action whether the viewer may do it now.
    pub decisions: Vec<(Action, Decision)>,
    /// The ticket it was merged into, if the viewer sees that one too.
    pub merged_into: Option<TicketNumber>,
    /// When to expect a reply, while the ticket is open and customers are told.
    pub promise: Option<Promise>,
    /// What the viewer said of how it was solved, if they did.
    pub rating: Option<TicketRating>,
}

impl TicketView {
    /// Whether the viewer may do this now.
    #[must_use]
    pub fn allows(&self, action: Action) -> bool {
        self.decisions.contains(&(action, Decision::Allow))
    }
}

/// Why there is no ticket to show.
#[derive(Debug, thiserror::Error)]
pub enum ViewTicketError {
    /// The contact could not enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// It does not exist, or is not in the contact's scope; nobody can tell which.
    #[error("there is no such ticket")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(ViewTicketError, NotFound);

impl Portal {
    /// A ticket as its reader sees it.
    ///
    /// # Errors
    /// If nobody is signed in, the portal does not let the contact in, the ticket is absent or outside the contact's
    /// scope, or the store fails.
    pub async fn view_ticket(&self, actor: &Actor, query: ViewTicket) -> Result<TicketView, ViewTicketError> {
        attempt!(self, actor, "view_ticket", self.view_ticket_once(actor, query))
    }

    /// As [`view_ticket`](Self::view_ticket), by the key for programs.
    ///
    /// # Errors
    /// As [`view_ticket`](Self::view_ticket).
    pub async fn ticket_number(
        &self,
        actor: &Actor,
        portal: PortalId,
        id: TicketId,
    ) -> Result<TicketNumber, ViewTicketError> {
        attempt!(self, actor, "ticket_number", self.ticket_number_once(actor, portal, id))
    }

    async fn ticket_number_once(
        &self,
        actor: &Actor,
        portal: PortalId,
        id: TicketId,
    ) -> Result<TicketNumber, ViewTicketError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (_, viewer) = self.let_in(&mut *tx, actor, portal).await?;
        let ticket = tx.tickets().find_by_id(viewer.scope(), id).await?;
        ticket.map(|it| it.number).ok_or(ViewTicketError::NotFound)
    }

    async fn view_ticket_once(&self, actor: &Actor, query: ViewTicket) -> Result<TicketView, ViewTicketError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (entrant, viewer) = self.let_in(&mut *tx, actor, query.portal).await?;
        let scope = viewer.scope();
        let ticket = tx
            .tickets()
            .find(scope, query.number)
            .await?
            .ok_or(ViewTicketError::NotFound)?;
        let because = scope.explain(&ticket.facts()).ok_or(ViewTicketError::NotFound)?;
        let mut timeline = tx.tickets().timeline(scope, query.number, query.window).await?;
        hide_unseen_tickets(&mut *tx, scope, &mut timeline).await?;
        let on_it = tx.directory().people_on(scope, query.number).await?;
        let companies = tx.directory().companies_on(scope, query.number).await?;
        let pipeline = tx.directory().pipeline(ticket.pipeline).await?;
        let status = pipeline.as_ref().and_then(|it| it.status(ticket.status));
        let owner = match ticket.owner {
            Some(agent) => tx.directory().agent_name(agent).await?,
            None => None,
        };
        let properties = shown(&mut *tx, &ticket).await?;
        let merged_into = match ticket.merged_into {
            Some(target) => tx.tickets().find(scope, target).await?.map(|it| it.number),
            None => None,
        };
        let (people, other_people) = known_people(&ticket, &viewer, entrant.primary_company, on_it, &timeline);
        let readers = ticket.facts().readers();
        let reads = |id: &CompanyId| readers.contains(&Principal::Company(*id));
        let (own, others): (Vec<_>, Vec<_>) = companies
            .into_iter()
            .filter(|(id, _)| reads(id))
            .partition(|(id, _)| Some(*id) == entrant.primary_company);
        let state = ticket.state();
        let looks = self.looks_at(&mut *tx, query.portal).await?;
        let promise = match ticket.stage {
            Stage::Received | Stage::InProgress | Stage::WaitingOnContact => {
                promise_of(&mut *tx, ticket.inbox, ticket.priority).await?
            }
            Stage::Closed => None,
        };
        let rating = match ticket.stage {
            Stage::Received | Stage::InProgress | Stage::WaitingOnContact => None,
            Stage::Closed => tx.satisfaction().own_rating(scope, query.number).await?,
        };
        let mut view = TicketView {
            promise,
            rating,
            number: ticket.number,
            id: ticket.id,
            version: ticket.version,
            subject: ticket.subject,
            status: ticket.status,
            stage: ticket.stage,
            status_label: status.and_then(|it| it.customer_label.clone()),
            explanation: status.and_then(|it| it.explanation.clone()),
            priority: ticket.priority,
            category: ticket.category,
            source: ticket.source,
            audience: ticket.audience,
            created_at: ticket.created_at,
            closed_at: ticket.closed_at,
            last_activity: ticket.last_activity,
            owner,
            properties,
            timeline,
            public_seq: ticket.public_seq,
            people,
            other_people,
            shared_with: own.into_iter().next(),
            other_companies: others.len() as u32,
            because,
            decisions: Action::ALL
                .into_iter()
                .map(|it| (it, decide(&viewer, it, &state, now)))
                .collect(),
            merged_into,
        };
        looks.dress_view(&mut view);
        Ok(view)
    }
}

/// The number of another ticket is told only to those who see that one too: where this one comes from is left out, and
/// of merging there is left that it was closed.
async fn hide_unseen_tickets(tx: &mut dyn Tx, scope: &Scope, timeline: &mut Timeline) -> Result<(), StoreError> {
    let named: BTreeSet<TicketNumber> = timeline.items.iter().filter_map(other_ticket).collect();
    let mut unseen = BTreeSet::new();
    for number in named {
        if tx.tickets().find(scope, number).await?.is_none() {
            unseen.insert(number);
        }
    }
    if unseen.is_empty() {
        return Ok(());
    }
    for item in &mut timeline.items {
        if let TimelineItem::Event(event) = item
            && let EventKind::MergedInto { ticket } = &event.kind
            && unseen.contains(ticket)
        {
            event.kind = EventKind::Closed { reason: None };
        }
    }
    timeline
        .items
        .retain(|it| other_ticket(it).is_none_or(|other| !unseen.contains(&other)));
    Ok(())
}

/// The ticket that an event names.
const fn other_ticket(item: &TimelineItem) -> Option<TicketNumber> {
    let TimelineItem::Event(event) = item else { return None };
    match event.kind {
        EventKind::FollowUpOf { ticket } | EventKind::MergedInto { ticket } | EventKind::SplitFrom { ticket } => {
            Some(ticket)
        }
        EventKind::StatusChanged { .. }
        | EventKind::OwnerChanged { .. }
        | EventKind::Closed { .. }
        | EventKind::Reopened { .. }
        | EventKind::MadePrivate
        | EventKind::MadeShared
        | EventKind::ClosedByTimer { .. }
        | EventKind::PeopleChanged
        | EventKind::NotDelivered { .. } => None,
    }
}

async fn shown(tx: &mut dyn Tx, ticket: &Ticket) -> Result<Vec<(PropertyDefinition, PropertyValue)>, StoreError> {
    if ticket.properties.is_empty() {
        return Ok(Vec::new());
    }
    let definitions = tx.directory().shown_properties().await?;
    Ok(definitions
        .into_iter()
        .filter_map(|it| ticket.properties.get(&it.key).cloned().map(|value| (it, value)))
        .collect())
}

/// A viewer knows themself, the people of their own primary company, and everybody who wrote here. Others are counted.
fn known_people(
    ticket: &Ticket,
    viewer: &Viewer,
    own: Option<CompanyId>,
    on_it: Vec<Colleague>,
    timeline: &Timeline,
) -> (Vec<Person>, u32) {
    let has_acted = |contact: ContactId| {
        timeline.items.iter().any(|item| {
            let by = match item {
                TimelineItem::Message(it) => &it.author,
                TimelineItem::Event(it) if matches!(it.kind, EventKind::OwnerChanged { .. }) => return false,
                TimelineItem::Event(it) => &it.by,
            };
            by.kind == AuthorKind::Contact(contact)
        })
    };
    let total = on_it.len();
    let people: Vec<Person> = on_it
        .into_iter()
        .filter(|it| {
            it.contact == viewer.contact() || (own.is_some() && it.primary_company == own) || has_acted(it.contact)
        })
        .map(|it| Person {
            label: ticket
                .contacts
                .get(&it.contact)
                .copied()
                .unwrap_or(AssociationLabel::Participant),
            is_viewer: it.contact == viewer.contact(),
            contact: it.contact,
            name: it.name,
        })
        .collect();
    let others = total.saturating_sub(people.len()) as u32;
    (people, others)
}
