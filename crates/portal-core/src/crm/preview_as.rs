use super::policy::{Policy, PolicyChange, look};
use super::preview_policy::works_with;
use crate::access::{AccessRule, Refusal, Scope, Tab, TicketPermission};
use crate::actor::Actor;
use crate::id::{AccessGroupId, CompanyId, ContactId, PortalId, TicketNumber};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::staff::{Staff, StaffActor, StaffError, staff_use_case_error};
use crate::ticket::{Edge, ListFilter, ListQuery, Sort, Stage, StageCounts};

/// Up to where tickets are counted.
const CAP: u32 = 1_000;
/// How many tickets of a list are shown.
const EXAMPLES: u32 = 5;

/// Whose eyes to look through, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewAs {
    /// The portal.
    pub portal: PortalId,
    /// The contact.
    pub contact: ContactId,
    /// As if these changes were made.
    pub changes: Vec<PolicyChange>,
    /// As if the portal were published.
    pub as_published: bool,
}

/// What a contact sees in a portal, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenAs {
    /// The portal.
    pub portal: PortalId,
    /// Its name.
    pub portal_name: String,
    /// Why the contact is not let in, if not.
    pub refused: Option<Refusal>,
    /// What decides, in the order in which it is asked.
    pub because: Vec<Because>,
    /// The lists they have; none if they are not let in.
    pub lists: Vec<SeenList>,
}

/// One of the lists that a contact has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenList {
    /// Which.
    pub tab: Tab,
    /// How many tickets there are in each stage.
    pub counts: StageCounts,
    /// The newest ones; the subject only if the one who asks works with them.
    pub some: Vec<(TicketNumber, Option<String>)>,
}

/// One thing that decides what a contact sees. Pages have a sentence for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// The portal is not published.
    NotPublished,
    /// The contact was removed.
    Removed,
    /// They are a member of a group that the portal lets in.
    InGroup {
        /// Which.
        group: AccessGroupId,
        /// Its name.
        name: String,
        /// Whether they are in it because they match its criteria.
        matches: bool,
    },
    /// They are in no group that the portal lets in.
    InNoGroup,
    /// They have registered, and the portal lets in everybody who has.
    Registered,
    /// They have not registered.
    NotRegistered,
    /// The portal shows own tickets only.
    OwnOnly,
    /// The portal shows the tickets of the company to everybody, and this is theirs.
    Company(CompanyId, String),
    /// The portal shows the tickets of the company to those who match, they do, and this is theirs.
    MatchesForCompany(CompanyId, String),
    /// The portal shows the tickets of the company to those who match, and they do not.
    NoMatchForCompany,
    /// They would see the tickets of their company, and have none.
    NoCompany,
}

/// Why there is nothing to look at.
#[derive(Debug, thiserror::Error)]
pub enum PreviewAsError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such portal or contact.
    #[error("there is no such portal or contact")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(PreviewAsError, NotFound);

impl Portal {
    /// What a contact sees in a portal, as it is or as it would be. No session is made, nothing is marked as read.
    ///
    /// # Errors
    /// See [`PreviewAsError`].
    pub async fn preview_as(&self, actor: &StaffActor, wanted: &PreviewAs) -> Result<SeenAs, PreviewAsError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "preview_as",
            self.preview_as_once(actor, wanted)
        )
    }

    async fn preview_as_once(&self, actor: &StaffActor, wanted: &PreviewAs) -> Result<SeenAs, PreviewAsError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.staff_for_people(&mut *tx, actor).await?;
        seen_as(&mut *tx, &staff, wanted).await?.ok_or(PreviewAsError::NotFound)
    }
}

/// What a contact sees in a portal; `None` if either does not exist.
pub(crate) async fn seen_as(tx: &mut dyn Tx, staff: &Staff, wanted: &PreviewAs) -> Result<Option<SeenAs>, StoreError> {
    let task = staff.task();
    let mut policy = Policy::load(tx, &task).await?;
    let Some(mut guest) = tx.crm().guest(&task, wanted.contact).await? else {
        return Ok(None);
    };
    for change in &wanted.changes {
        policy = policy.changed(change);
        guest = change.guest(&guest);
    }
    let Some(portal) = policy.portals.get_mut(&wanted.portal) else {
        return Ok(None);
    };
    portal.published |= wanted.as_published;
    let portal = portal.clone();
    let entrant = policy.entrant(&portal, &guest);
    let company = match guest.contact.primary_company {
        Some(id) => tx.directory().company(&task, id).await?,
        None => None,
    };
    let mut because = Vec::new();
    if !entrant.published {
        because.push(Because::NotPublished);
    }
    if !entrant.active {
        because.push(Because::Removed);
    }
    match &entrant.access {
        AccessRule::EveryRegisteredContact if entrant.registered => because.push(Because::Registered),
        AccessRule::EveryRegisteredContact => because.push(Because::NotRegistered),
        AccessRule::Groups(named) => {
            let inside: Vec<Because> = named
                .iter()
                .filter_map(|id| policy.groups.get(id))
                .filter(|it| entrant.is_member(it.id))
                .map(|it| Because::InGroup {
                    group: it.id,
                    name: it.name.to_string(),
                    matches: it.criteria().is_some(),
                })
                .collect();
            if inside.is_empty() {
                because.push(Because::InNoGroup);
            }
            because.extend(inside);
        }
    }
    let company = company.map(|it| (it.id, it.name.to_string()));
    because.push(match (&entrant.permission, company) {
        (TicketPermission::Own, _) => Because::OwnOnly,
        (TicketPermission::CompanyFor(criteria), _) if !criteria.matches(&entrant.properties) => {
            Because::NoMatchForCompany
        }
        (_, None) => Because::NoCompany,
        (TicketPermission::Company, Some((id, name))) => Because::Company(id, name),
        (TicketPermission::CompanyFor(_), Some((id, name))) => Because::MatchesForCompany(id, name),
    });
    let mut seen = SeenAs {
        portal: portal.id,
        portal_name: portal.name.to_string(),
        refused: None,
        because,
        lists: Vec::new(),
    };
    let scope = match look(&entrant) {
        Ok(scope) => scope,
        Err(refusal) => {
            seen.refused = Some(refusal);
            return Ok(Some(seen));
        }
    };
    if wanted.changes.iter().any(PolicyChange::moves_tickets) {
        seen.lists = imagined(tx, staff, &policy, &scope).await?;
        return Ok(Some(seen));
    }
    let frame = tx.tickets().frame(&scope, CAP, 1).await?;
    for tab in [Tab::Mine, Tab::Company] {
        if scope.principal_of(tab).is_none() {
            continue;
        }
        let counts = frame.counts(tab);
        let query = ListQuery {
            tab,
            filter: ListFilter::All,
            requester: None,
            sort: Sort::LastActivity,
            edge: Edge::Start,
            limit: EXAMPLES,
        };
        let mut some = Vec::new();
        for row in tx.tickets().page(&scope, &query).await? {
            let ticket = tx.tickets().load(&task, row.number).await?;
            let readable = ticket.is_some_and(|it| works_with(staff, &it));
            some.push((row.number, readable.then(|| row.subject.to_string())));
        }
        seen.lists.push(SeenList { tab, counts, some });
    }
    Ok(Some(seen))
}

/// The lists as they would be if tickets lay elsewhere than the store has them: the rule is asked ticket by ticket.
async fn imagined(tx: &mut dyn Tx, staff: &Staff, policy: &Policy, scope: &Scope) -> Result<Vec<SeenList>, StoreError> {
    let mut lists = Vec::new();
    for tab in [Tab::Mine, Tab::Company] {
        let Some(principal) = scope.principal_of(tab) else {
            continue;
        };
        let mut counts = StageCounts::none(CAP);
        let mut some = Vec::new();
        let tickets = tx.crm().tickets_of(&staff.task(), principal, None, CAP).await?;
        for ticket in tickets.iter().filter(|it| scope.permits(&policy.facts(it))) {
            let count = match ticket.stage {
                Stage::Received => &mut counts.received,
                Stage::InProgress => &mut counts.in_progress,
                Stage::WaitingOnContact => &mut counts.waiting,
                Stage::Closed => &mut counts.closed,
            };
            *count += 1;
            some.push((
                ticket.number,
                works_with(staff, ticket).then(|| ticket.subject.to_string()),
            ));
        }
        some.sort_by_key(|it| std::cmp::Reverse(it.0));
        some.truncate(EXAMPLES as usize);
        lists.push(SeenList { tab, counts, some });
    }
    Ok(lists)
}
