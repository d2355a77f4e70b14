use std::collections::{BTreeMap, BTreeSet};

use super::lists::Guest;
use super::policy::{Policy, PolicyChange};
use crate::access::{Principal, Scope};
use crate::actor::Actor;
use crate::id::{ContactId, PortalId, TicketNumber};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::staff::{InboxAccess, Permission, Staff, StaffActor, StaffError};
use crate::ticket::Ticket;

/// How many contacts are read at once.
const PAGE: u32 = 1_000;
/// How many contacts are looked at before the rest is estimated.
const MOST_GUESTS: u64 = 100_000;
/// How many lists of tickets are read before the rest is estimated.
const MOST_LISTS: usize = 2_000;
/// How many tickets of one contact or company are compared.
const MOST_TICKETS: u32 = 500;
/// How many people are named.
const EXAMPLES: usize = 5;
/// How many tickets of one of them are.
const SUBJECTS: usize = 3;

/// What a change would do, by the same rule that lets people in and shows them tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyPreview {
    /// Who would see more.
    pub gain: SightChange,
    /// Who would see less.
    pub lose: SightChange,
    /// Whether there was too much to look at everything: then the numbers mean “at least”.
    pub estimate: bool,
}

/// One direction of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SightChange {
    /// How many people it concerns, by tickets.
    pub people: u64,
    /// How many tickets.
    pub tickets: u64,
    /// How many people would be let in to a portal, or not any more, whether there are tickets for them or not.
    pub doors: u64,
    /// Some of the people, with some of the tickets.
    pub examples: Vec<Affected>,
}

/// Somebody whom a change concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affected {
    /// Who.
    pub contact: ContactId,
    /// Their name.
    pub name: String,
    /// In which portal.
    pub portal: PortalId,
    /// How many tickets.
    pub tickets: u64,
    /// Some of them; the subject only if the one who asks works with them.
    pub some: Vec<(TicketNumber, Option<String>)>,
}

impl PolicyPreview {
    /// Whether nobody would notice.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let nothing = |it: &SightChange| it.people == 0 && it.doors == 0;
        nothing(&self.gain) && nothing(&self.lose) && !self.estimate
    }
}

impl Portal {
    /// Says who would gain and who would lose sight of which tickets if the policy were changed. Changes nothing.
    ///
    /// # Errors
    /// If the staff user may change neither settings nor people, or the store fails.
    pub async fn preview_policy(&self, actor: &StaffActor, change: &PolicyChange) -> Result<PolicyPreview, StaffError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "preview_policy",
            self.preview_policy_once(actor, change)
        )
    }

    pub(super) async fn preview_policy_once(
        &self,
        actor: &StaffActor,
        change: &PolicyChange,
    ) -> Result<PolicyPreview, StaffError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.staff_for_people(&mut *tx, actor).await?;
        Ok(preview(&mut *tx, &staff, change).await?)
    }
}

/// What a change would do, in the unit of work of the one who is about to make it.
pub(crate) async fn preview(
    tx: &mut dyn Tx,
    staff: &Staff,
    change: &PolicyChange,
) -> Result<PolicyPreview, StoreError> {
    let task = staff.task();
    let before = Policy::load(tx, &task).await?;
    let after = before.changed(change);
    let mut comparison = Comparison {
        before,
        after,
        change,
        staff,
        lists: BTreeMap::new(),
        gain: Tally::default(),
        lose: Tally::default(),
        estimate: false,
    };
    if let Some(only) = change.only() {
        for id in only {
            if let Some(guest) = tx.crm().guest(&task, id).await? {
                comparison.add(tx, &guest).await?;
            }
        }
        return Ok(comparison.done());
    }
    let (mut last, mut seen) = (None, 0);
    loop {
        let page = tx.crm().guests(&task, last, PAGE).await?;
        for guest in &page {
            comparison.add(tx, guest).await?;
        }
        seen += page.len() as u64;
        last = page.last().map(|it| it.contact.id);
        if page.len() < PAGE as usize {
            break;
        }
        if seen >= MOST_GUESTS {
            comparison.estimate = true;
            break;
        }
    }
    Ok(comparison.done())
}

/// One direction, while it is counted.
#[derive(Default)]
struct Tally {
    people: BTreeSet<ContactId>,
    tickets: BTreeSet<TicketNumber>,
    doors: BTreeSet<ContactId>,
    examples: Vec<Affected>,
}

struct Comparison<'a> {
    before: Policy,
    after: Policy,
    change: &'a PolicyChange,
    staff: &'a Staff,
    /// The tickets of contacts and companies that were asked for, so that those of a company are read once.
    lists: BTreeMap<Principal, Vec<Ticket>>,
    gain: Tally,
    lose: Tally,
    estimate: bool,
}

impl Comparison<'_> {
    async fn add(&mut self, tx: &mut dyn Tx, guest: &Guest) -> Result<(), StoreError> {
        let edited = self.change.guest(guest);
        let portals: Vec<PortalId> = self.before.portals.keys().copied().collect();
        for portal in portals {
            let before = self.before.scope(portal, guest);
            let after = self.after.scope(portal, &edited);
            match (&before, &after) {
                (None, Some(_)) => {
                    self.gain.doors.insert(guest.contact.id);
                }
                (Some(_), None) => {
                    self.lose.doors.insert(guest.contact.id);
                }
                _ => {}
            }
            let moved = self.change.moves_tickets() && (before.is_some() || after.is_some());
            if before != after || moved {
                self.compare(tx, guest, portal, before.as_ref(), after.as_ref()).await?;
            }
        }
        Ok(())
    }

    /// Compares ticket by ticket.
    async fn compare(
        &mut self,
        tx: &mut dyn Tx,
        guest: &Guest,
        portal: PortalId,
        before: Option<&Scope>,
        after: Option<&Scope>,
    ) -> Result<(), StoreError> {
        let mut principals: BTreeSet<Principal> = [before, after]
            .into_iter()
            .flatten()
            .flat_map(|it| it.principals().iter().copied())
            .collect();
        if let PolicyChange::MergeCompanies { from, into } = self.change
            && principals.contains(&Principal::Company(*into))
        {
            principals.insert(Principal::Company(*from));
        }
        if let PolicyChange::MergeContacts { from, into } = self.change
            && principals.contains(&Principal::Contact(into.id))
        {
            principals.insert(Principal::Contact(*from));
        }
        let (mut gained, mut lost) = (BTreeMap::new(), BTreeMap::new());
        for principal in principals {
            if !self.read(tx, principal).await? {
                continue;
            }
            for ticket in self.lists.get(&principal).into_iter().flatten() {
                let facts = self.change.facts(self.after.facts(ticket));
                let was = before.is_some_and(|it| it.permits(&self.before.facts(ticket)));
                let will = after.is_some_and(|it| it.permits(&facts));
                match (was, will) {
                    (false, true) => gained.insert(ticket.number, self.subject(ticket)),
                    (true, false) => lost.insert(ticket.number, self.subject(ticket)),
                    _ => None,
                };
            }
        }
        for (tally, tickets) in [(&mut self.gain, gained), (&mut self.lose, lost)] {
            if tickets.is_empty() {
                continue;
            }
            tally.people.insert(guest.contact.id);
            tally.tickets.extend(tickets.keys());
            if tally.examples.len() < EXAMPLES {
                tally.examples.push(Affected {
                    contact: guest.contact.id,
                    name: guest.contact.name.to_string(),
                    portal,
                    tickets: tickets.len() as u64,
                    some: tickets.into_iter().rev().take(SUBJECTS).collect(),
                });
            }
        }
        Ok(())
    }

    /// Reads the tickets of a contact or a company once; `false` if that is too much.
    async fn read(&mut self, tx: &mut dyn Tx, principal: Principal) -> Result<bool, StoreError> {
        if self.lists.contains_key(&principal) {
            return Ok(true);
        }
        if self.lists.len() >= MOST_LISTS {
            self.estimate = true;
            return Ok(false);
        }
        let tickets = tx
            .crm()
            .tickets_of(&self.staff.task(), principal, None, MOST_TICKETS)
            .await?;
        self.estimate |= tickets.len() >= MOST_TICKETS as usize;
        self.lists.insert(principal, tickets);
        Ok(true)
    }

    fn subject(&self, ticket: &Ticket) -> Option<String> {
        works_with(self.staff, ticket).then(|| ticket.subject.to_string())
    }

    fn done(self) -> PolicyPreview {
        let side = |it: Tally| SightChange {
            people: it.people.len() as u64,
            tickets: it.tickets.len() as u64,
            doors: it.doors.len() as u64,
            examples: it.examples,
        };
        PolicyPreview {
            gain: side(self.gain),
            lose: side(self.lose),
            estimate: self.estimate,
        }
    }
}

/// Whether the staff user may read this ticket.
pub(super) fn works_with(staff: &Staff, ticket: &Ticket) -> bool {
    let here = match staff.inboxes() {
        InboxAccess::All => true,
        InboxAccess::Only(inboxes) => inboxes.contains(&ticket.inbox),
    };
    here && staff.user().may(Permission::HelpDesk)
}
