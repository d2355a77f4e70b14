use super::filter::DeskFilter;
use super::list_desk::ListDeskError;
use super::scope::StaffScope;
use super::view_desk_ticket::works_at_desk;
use crate::access::Principal;
use crate::actor::{Actor, Task};
use crate::id::{AgentId, InboxId};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::staff::StaffActor;
use crate::text::Line;

/// So many tickets of somebody are looked at before their name is said.
const LOOKED_AT: u32 = 20;

/// What lists of the desk can be narrowed to, and what can be chosen for several tickets of them at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskChoices {
    /// Who works at the desk, by name. Whether somebody works with the inbox of a ticket is judged for each ticket.
    pub agents: Vec<(AgentId, String)>,
    /// The inboxes of whoever asks, by name.
    pub inboxes: Vec<(InboxId, String)>,
    /// The kinds of requests that customers choose from, in the portals of the inboxes.
    pub categories: Vec<Line>,
    /// The name of the contact that is filtered by, if they are on a ticket that whoever asks works with.
    pub contact: Option<String>,
    /// The name of the company that is filtered by, likewise.
    pub company: Option<String>,
}

impl Portal {
    /// What lists of the desk can be narrowed to, and the names of what they are narrowed to.
    ///
    /// # Errors
    /// If they may not work at the desk, or the store fails.
    pub async fn desk_choices(&self, actor: &StaffActor, filter: &DeskFilter) -> Result<DeskChoices, ListDeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "desk_choices",
            self.desk_choices_once(actor, filter)
        )
    }

    async fn desk_choices_once(&self, actor: &StaffActor, filter: &DeskFilter) -> Result<DeskChoices, ListDeskError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        let task = staff.task();
        let agents = tx.staffing().staff_users(&task).await?;
        let agents = agents
            .into_iter()
            .filter(works_at_desk)
            .map(|it| (it.id, it.name.to_string()));
        let mut agents: Vec<_> = agents.collect();
        agents.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        let inboxes = tx.directory().all_inboxes(&task).await?;
        let portals = tx.directory().all_portals(&task).await?;
        let own = portals.into_iter().filter(|it| {
            inboxes
                .iter()
                .any(|inbox| inbox.portal == Some(it.id) && scope.has(inbox.id))
        });
        let mut categories: Vec<Line> = own.flat_map(|it| it.categories).collect();
        categories.sort();
        categories.dedup();
        let mut inboxes: Vec<(InboxId, String)> = inboxes
            .into_iter()
            .filter(|it| scope.has(it.id))
            .map(|it| (it.id, it.name.to_string()))
            .collect();
        inboxes.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        let mut contact = None;
        if let Some(id) = filter.contact
            && works_with(&mut *tx, &task, &scope, Principal::Contact(id)).await?
        {
            contact = tx.directory().contact(&task, id).await?.map(|it| it.name.to_string());
        }
        let mut company = None;
        if let Some(id) = filter.company
            && works_with(&mut *tx, &task, &scope, Principal::Company(id)).await?
        {
            company = tx.directory().company(&task, id).await?.map(|it| it.name.to_string());
        }
        Ok(DeskChoices {
            agents,
            inboxes,
            categories,
            contact,
            company,
        })
    }
}

/// Whether somebody is on a ticket of the scope, as far as their newest tickets tell.
async fn works_with(tx: &mut dyn Tx, task: &Task, scope: &StaffScope, who: Principal) -> Result<bool, StoreError> {
    let tickets = tx.crm().tickets_of(task, who, None, LOOKED_AT).await?;
    Ok(tickets.iter().any(|it| scope.permits(it)))
}
