use std::iter;

use super::pending::PendingAnswer;
use super::thread::DeskThread;
use crate::access::Principal;
use crate::actor::{Actor, Task};
use crate::id::{AgentId, CompanyId, ContactId, InboxId, TicketNumber};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, StoreErrorKind, Tx};
use crate::property::{PropertyDefinition, PropertyOwner, PropertyValue};
use crate::satisfaction::TicketRating;
use crate::service::TicketClock;
use crate::staff::{Permission, StaffActor, StaffError, StaffStanding, StaffUser, staff_use_case_error};
use crate::text::{EmailAddress, Line};
use crate::ticket::{AssociationLabel, Pipeline, Ticket};

/// More people or companies than this are not named on the page of a ticket.
const MOST_NAMED: usize = 30;
/// So many tickets that were merged into it are shown with it.
const MOST_PARTS: u32 = 20;
/// More ratings than this are not shown.
pub(super) const MOST_RATINGS: u32 = 30;
/// So many other tickets are shown.
const OTHERS: u32 = 6;

/// Somebody on a ticket, as staff know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskPerson {
    /// Who.
    pub contact: ContactId,
    /// The name.
    pub name: String,
    /// As what they are on the ticket.
    pub label: AssociationLabel,
    /// The address, their own or the one they sign in with.
    pub email: Option<EmailAddress>,
    /// Their primary company.
    pub company: Option<String>,
    /// The language they chose.
    pub language: Option<crate::text::Locale>,
}

/// Everything the desk shows of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskTicket {
    /// The ticket.
    pub ticket: Ticket,
    /// Messages, events, notes.
    pub thread: DeskThread,
    /// The pipeline of its status, with all statuses it can have.
    pub pipeline: Pipeline,
    /// The name of its inbox.
    pub inbox: String,
    /// The name of its portal, if it is in one, and the categories that customers choose of there.
    pub portal: Option<String>,
    /// What kinds of requests there are.
    pub categories: Vec<Line>,
    /// The tickets that were merged into it, as far as whoever looks works with them, each with what was said there.
    pub parts: Vec<(Ticket, DeskThread)>,
    /// The subject of the ticket it was merged into, if whoever looks works with that one.
    pub whole: Option<(TicketNumber, String)>,
    /// Answers that were sent and can still be taken back, with the names of who sent them.
    pub pending: Vec<(PendingAnswer, String)>,
    /// Who is on it, the requester first.
    pub people: Vec<DeskPerson>,
    /// The companies on it, by name, and whether they read it.
    pub companies: Vec<(CompanyId, String, bool)>,
    /// Who takes care of it.
    pub owner: Option<(AgentId, String)>,
    /// Who could: those at the desk who work with its inbox, by name.
    pub agents: Vec<(AgentId, String)>,
    /// The inboxes of whoever looks, by name.
    pub inboxes: Vec<(InboxId, String)>,
    /// The properties of tickets that are in use, and those out of use that it has, each with its value.
    pub properties: Vec<(PropertyDefinition, Option<PropertyValue>)>,
    /// Other tickets of the company or of whoever asked, as far as whoever looks works with them.
    pub others: Vec<Ticket>,
    /// What was promised, and how it stands.
    pub clock: TicketClock,
    /// What customers think of how it was solved, the newest first.
    pub ratings: Vec<TicketRating>,
}

/// Why there is no ticket to show.
#[derive(Debug, thiserror::Error)]
pub enum ViewDeskTicketError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// It does not exist, or is in no inbox of theirs; nobody can tell which.
    #[error("there is no such ticket")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(ViewDeskTicketError, NotFound);

impl Portal {
    /// A ticket as the desk sees it, with its newest `limit` items.
    ///
    /// # Errors
    /// See [`ViewDeskTicketError`].
    pub async fn view_desk_ticket(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
        limit: u32,
    ) -> Result<DeskTicket, ViewDeskTicketError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "view_desk_ticket",
            self.view_desk_ticket_once(actor, number, limit)
        )
    }

    async fn view_desk_ticket_once(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
        limit: u32,
    ) -> Result<DeskTicket, ViewDeskTicketError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        let task = staff.task();
        let found = tx.desk().desk_ticket(&scope, number).await?;
        let ticket = found.ok_or(ViewDeskTicketError::NotFound)?;
        let thread = tx.desk().desk_thread(&scope, number, limit.clamp(1, 1000)).await?;
        let corrupt = || StoreError::bare(StoreErrorKind::Corrupt);
        let pipeline = tx.directory().pipeline(ticket.pipeline).await?.ok_or_else(corrupt)?;
        let all_inboxes = tx.directory().all_inboxes(&task).await?;
        let inbox = all_inboxes.iter().find(|it| it.id == ticket.inbox);
        let inbox = inbox.map(|it| it.name.to_string()).unwrap_or_default();
        let inboxes = all_inboxes.into_iter().filter(|it| scope.has(it.id));
        let inboxes = inboxes.map(|it| (it.id, it.name.to_string())).collect();
        let portal = match ticket.portal {
            Some(id) => tx.directory().portal(id).await?,
            None => None,
        };
        let owner = match ticket.owner {
            Some(id) => tx.directory().agent_name(id).await?.map(|name| (id, name)),
            None => None,
        };
        let agents = tx.staffing().staff_users(&task).await?;
        let agents = agents.into_iter().filter(|it| may_own(it, ticket.inbox));
        let mut agents: Vec<_> = agents.map(|it| (it.id, it.name.to_string())).collect();
        agents.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        let people = people(&mut *tx, &task, &ticket).await?;
        let companies = companies(&mut *tx, &task, &ticket).await?;
        let mut others = others(&mut *tx, &task, &ticket).await?;
        others.retain(|it| it.number != number && scope.permits(it));
        let definitions = tx.directory().properties(&task, PropertyOwner::Ticket).await?;
        let properties = definitions
            .into_iter()
            .map(|it| {
                let value = ticket.properties.get(&it.key).cloned();
                (it, value)
            })
            .filter(|(it, value)| value.is_some() || !it.archived)
            .collect();
        let mut parts = Vec::new();
        for part in tx.desk().merged_sources(&scope, number, MOST_PARTS).await? {
            let thread = tx.desk().desk_thread(&scope, part.number, limit).await?;
            parts.push((part, thread));
        }
        let whole = match ticket.merged_into {
            Some(into) => tx.desk().desk_ticket(&scope, into).await?,
            None => None,
        };
        let mut pending = Vec::new();
        for it in iter::once(number).chain(parts.iter().map(|it| it.0.number)) {
            for answer in tx.desk().pending_answers(&scope, it).await? {
                let name = tx.directory().agent_name(answer.agent).await?;
                pending.push((answer, name.unwrap_or_default()));
            }
        }
        let clock = self.ticket_clock(&mut *tx, &scope, &ticket).await?;
        let ratings = tx.satisfaction().ratings(&scope, number, MOST_RATINGS).await?;
        Ok(DeskTicket {
            clock,
            ratings,
            parts,
            whole: whole.map(|it| (it.number, it.subject.as_str().to_owned())),
            pending,
            thread,
            pipeline,
            inbox,
            portal: portal.as_ref().map(|it| it.name.to_string()),
            categories: portal.map(|it| it.categories).unwrap_or_default(),
            people,
            companies,
            owner,
            agents,
            inboxes,
            properties,
            others,
            ticket,
        })
    }
}

/// Whether a ticket of this inbox can be given to somebody.
pub(crate) fn may_own(user: &StaffUser, inbox: InboxId) -> bool {
    let works = match &user.inboxes {
        crate::staff::InboxAccess::All => true,
        crate::staff::InboxAccess::Only(inboxes) => inboxes.contains(&inbox),
    };
    works_at_desk(user) && works
}

/// Whether somebody works at the desk at all.
pub(super) fn works_at_desk(user: &StaffUser) -> bool {
    user.standing == StaffStanding::Active && user.may(Permission::HelpDesk)
}

async fn people(tx: &mut dyn Tx, task: &Task, ticket: &Ticket) -> Result<Vec<DeskPerson>, StoreError> {
    let mut people = Vec::new();
    for (id, label) in ticket.contacts.iter().take(MOST_NAMED) {
        let Some(contact) = tx.directory().contact(task, *id).await? else {
            continue;
        };
        let company = match contact.primary_company {
            Some(company) => tx.directory().company(task, company).await?,
            None => None,
        };
        people.push(DeskPerson {
            contact: *id,
            name: contact.name.to_string(),
            label: *label,
            email: contact.email.or(contact.membership_email),
            company: company.map(|it| it.name.to_string()),
            language: contact.language,
        });
    }
    people.sort_by(|a, b| (a.label, &a.name, a.contact).cmp(&(b.label, &b.name, b.contact)));
    Ok(people)
}

async fn companies(
    tx: &mut dyn Tx,
    task: &Task,
    ticket: &Ticket,
) -> Result<Vec<(CompanyId, String, bool)>, StoreError> {
    let readers = ticket.facts().readers();
    let mut companies = Vec::new();
    for id in ticket.companies.iter().take(MOST_NAMED) {
        if let Some(company) = tx.directory().company(task, *id).await? {
            companies.push((
                *id,
                company.name.to_string(),
                readers.contains(&Principal::Company(*id)),
            ));
        }
    }
    companies.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    Ok(companies)
}

async fn others(tx: &mut dyn Tx, task: &Task, ticket: &Ticket) -> Result<Vec<Ticket>, StoreError> {
    let company = ticket.companies.first().copied().map(Principal::Company);
    let Some(principal) = company.or(ticket.requester().map(Principal::Contact)) else {
        return Ok(Vec::new());
    };
    tx.crm().tickets_of(task, principal, None, OTHERS).await
}
