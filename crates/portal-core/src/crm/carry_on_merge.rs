use std::collections::BTreeSet;

use super::lists::ContactQuery;
use super::merge::{Merge, MergeError, MergeState, Moved, UNIT};
use super::party::Party;
use super::people::Contact;
use crate::access::Principal;
use crate::actor::{Actor, Task};
use crate::id::{CompanyId, ContactId, MergeId, TicketNumber};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::staff::{Permission, StaffActor, StaffError};
use crate::ticket::AssociationLabel;
use crate::ticket::writing::store_changed;

/// So many units follow each other before whoever waits is told how far it is.
const UNITS: u32 = 20;

impl Portal {
    /// Lets more tickets and people follow in a merge that is under way, or go back in one that is being undone; how far it
    /// is then. Doing it when all is done is fine.
    ///
    /// # Errors
    /// See [`MergeError`].
    pub async fn carry_on_merge(&self, actor: &StaffActor, id: MergeId) -> Result<MergeState, MergeError> {
        let mut state = MergeState::Moving;
        for _ in 0..UNITS {
            state = attempt!(
                self,
                &Actor::Anonymous,
                "carry_on_merge",
                self.carry_on_merge_once(actor, id)
            )?;
            if matches!(state, MergeState::Done | MergeState::Undone) {
                break;
            }
        }
        Ok(state)
    }

    async fn carry_on_merge_once(&self, actor: &StaffActor, id: MergeId) -> Result<MergeState, MergeError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        let mut merge = tx.crm().merge(&task, id).await?.ok_or(MergeError::NotFound)?;
        match merge.state {
            MergeState::Done | MergeState::Undone => return Ok(merge.state),
            MergeState::Moving => {
                if follow(&mut *tx, &task, &merge).await? {
                    merge.state = MergeState::Done;
                }
            }
            MergeState::Undoing => {
                if go_back(&mut *tx, &task, &merge).await? {
                    merge.state = MergeState::Undone;
                }
            }
        }
        tx.crm().put_merge(&task, &merge).await?;
        tx.commit().await?;
        Ok(merge.state)
    }
}

/// Lets some more follow; whether that was all.
async fn follow(tx: &mut dyn Tx, task: &Task, merge: &Merge) -> Result<bool, StoreError> {
    match (merge.from, merge.into) {
        (Party::Contact(from), Party::Contact(into)) => {
            let (numbers, all) = some_tickets(tx, task, Principal::Contact(from)).await?;
            let mut moved = Vec::new();
            for number in numbers {
                moved.extend(contact_leaves(tx, task, number, from, into).await?);
            }
            tx.crm().keep_moved(task, merge.id, &moved).await?;
            Ok(all)
        }
        (Party::Company(from), Party::Company(into)) => {
            let query = ContactQuery {
                company: Some(from),
                limit: UNIT,
                ..ContactQuery::default()
            };
            let people: BTreeSet<ContactId> = tx
                .crm()
                .contacts_page(task, &query)
                .await?
                .into_iter()
                .map(|it| it.id)
                .collect();
            let mut moved = Vec::new();
            for contact in &people {
                moved.extend(person_follows(tx, task, *contact, from, into).await?);
            }
            tx.crm().keep_moved(task, merge.id, &moved).await?;
            if !people.is_empty() {
                return Ok(false);
            }
            let (numbers, all) = some_tickets(tx, task, Principal::Company(from)).await?;
            let mut moved = Vec::new();
            for number in numbers {
                moved.extend(company_leaves(tx, task, number, from, into).await?);
            }
            tx.crm().keep_moved(task, merge.id, &moved).await?;
            Ok(all)
        }
        _ => Ok(true),
    }
}

/// The numbers of some tickets, ascending, as they must be locked; and whether those are all.
async fn some_tickets(
    tx: &mut dyn Tx,
    task: &Task,
    principal: Principal,
) -> Result<(BTreeSet<TicketNumber>, bool), StoreError> {
    let page = tx.crm().tickets_of(task, principal, None, UNIT).await?;
    let all = page.len() < UNIT as usize;
    Ok((page.into_iter().map(|it| it.number).collect(), all))
}

async fn contact_leaves(
    tx: &mut dyn Tx,
    task: &Task,
    number: TicketNumber,
    from: ContactId,
    into: ContactId,
) -> Result<Option<Moved>, StoreError> {
    tx.tickets().lock(number).await?;
    let Some(mut ticket) = tx.tickets().load(task, number).await? else {
        return Ok(None);
    };
    let Some(label) = ticket.contacts.remove(&from) else {
        return Ok(None);
    };
    let before = ticket.contacts.get(&into).copied();
    let requester = label == AssociationLabel::Requester || before == Some(AssociationLabel::Requester);
    let now = if requester {
        AssociationLabel::Requester
    } else {
        AssociationLabel::Participant
    };
    ticket.contacts.insert(into, now);
    store_changed(tx, &mut ticket).await?;
    tx.satisfaction().hand_rating(task, number, from, into).await?;
    Ok(Some(Moved::Ticket { number, label, before }))
}

async fn company_leaves(
    tx: &mut dyn Tx,
    task: &Task,
    number: TicketNumber,
    from: CompanyId,
    into: CompanyId,
) -> Result<Option<Moved>, StoreError> {
    tx.tickets().lock(number).await?;
    let Some(mut ticket) = tx.tickets().load(task, number).await? else {
        return Ok(None);
    };
    if !ticket.companies.remove(&from) {
        return Ok(None);
    }
    let before = !ticket.companies.insert(into);
    store_changed(tx, &mut ticket).await?;
    Ok(Some(Moved::CompanyTicket { number, before }))
}

async fn person_follows(
    tx: &mut dyn Tx,
    task: &Task,
    contact: ContactId,
    from: CompanyId,
    into: CompanyId,
) -> Result<Option<Moved>, StoreError> {
    tx.crm().lock_contact(task, contact).await?;
    let Some(mut person) = tx.directory().contact(task, contact).await? else {
        return Ok(None);
    };
    if !person.companies.remove(&from) {
        return Ok(None);
    }
    let before = !person.companies.insert(into);
    let primary = person.primary_company == Some(from);
    if primary {
        person.primary_company = Some(into);
    }
    tx.directory().put_contact(task, &person).await?;
    let mut labels = tx.crm().company_labels(task, contact).await?;
    let label = labels.remove(&from);
    if let Some(label) = &label {
        labels.entry(into).or_insert_with(|| label.clone());
        tx.crm().put_company_labels(task, contact, &labels).await?;
    }
    Ok(Some(Moved::Person {
        contact,
        primary,
        before,
        label,
    }))
}

/// Lets some more go back; whether that was all.
async fn go_back(tx: &mut dyn Tx, task: &Task, merge: &Merge) -> Result<bool, StoreError> {
    let moved = tx.crm().moved(task, merge.id, UNIT).await?;
    let all = moved.len() < UNIT as usize;
    for it in &moved {
        match (it, merge.from, merge.into) {
            (Moved::Ticket { number, label, before }, Party::Contact(from), Party::Contact(into)) => {
                contact_returns(tx, task, *number, (from, *label), (into, *before)).await?;
            }
            (Moved::CompanyTicket { number, before }, Party::Company(from), Party::Company(into)) => {
                company_returns(tx, task, *number, from, (into, *before)).await?;
            }
            (Moved::Person { .. }, Party::Company(from), Party::Company(into)) => {
                person_returns(tx, task, it, from, into).await?;
            }
            _ => {}
        }
    }
    tx.crm().forget_moved(task, merge.id, &moved).await?;
    Ok(all)
}

/// Only if the survivor is still on the ticket: who was taken off it since must not come back by this.
async fn contact_returns(
    tx: &mut dyn Tx,
    task: &Task,
    number: TicketNumber,
    (from, label): (ContactId, AssociationLabel),
    (into, before): (ContactId, Option<AssociationLabel>),
) -> Result<(), StoreError> {
    tx.tickets().lock(number).await?;
    let Some(mut ticket) = tx.tickets().load(task, number).await? else {
        return Ok(());
    };
    let Some(now) = ticket.contacts.get(&into).copied() else {
        return Ok(());
    };
    match before {
        Some(before) => ticket.contacts.insert(into, before),
        None => ticket.contacts.remove(&into),
    };
    let others = ticket.requester().is_some();
    let label = if label == AssociationLabel::Requester && (others || now == AssociationLabel::Participant) {
        AssociationLabel::Participant
    } else {
        label
    };
    ticket.contacts.insert(from, label);
    store_changed(tx, &mut ticket).await?;
    tx.satisfaction().return_rating(task, number, from, into).await
}

async fn company_returns(
    tx: &mut dyn Tx,
    task: &Task,
    number: TicketNumber,
    from: CompanyId,
    (into, before): (CompanyId, bool),
) -> Result<(), StoreError> {
    tx.tickets().lock(number).await?;
    let Some(mut ticket) = tx.tickets().load(task, number).await? else {
        return Ok(());
    };
    if !ticket.companies.contains(&into) {
        return Ok(());
    }
    if !before {
        ticket.companies.remove(&into);
    }
    ticket.companies.insert(from);
    store_changed(tx, &mut ticket).await
}

async fn person_returns(
    tx: &mut dyn Tx,
    task: &Task,
    moved: &Moved,
    from: CompanyId,
    into: CompanyId,
) -> Result<(), StoreError> {
    let Moved::Person {
        contact,
        primary,
        before,
        label,
    } = moved
    else {
        return Ok(());
    };
    tx.crm().lock_contact(task, *contact).await?;
    let Some(mut person) = tx.directory().contact(task, *contact).await? else {
        return Ok(());
    };
    // Who left the survivor since, or was erased, does not come back to what it was made of.
    if !person.companies.contains(&into) {
        return Ok(());
    }
    let is_primary = person.primary_company == Some(into);
    back_to(&mut person, from, (into, *before));
    if *primary && is_primary {
        person.primary_company = Some(from);
    }
    tx.directory().put_contact(task, &person).await?;
    if let Some(label) = label {
        let mut labels = tx.crm().company_labels(task, *contact).await?;
        labels.insert(from, label.clone());
        if !before {
            labels.remove(&into);
        }
        tx.crm().put_company_labels(task, *contact, &labels).await?;
    }
    Ok(())
}

fn back_to(person: &mut Contact, from: CompanyId, (into, before): (CompanyId, bool)) {
    person.companies.insert(from);
    if !before {
        person.companies.remove(&into);
        // A primary company is one of their companies.
        if person.primary_company == Some(into) {
            person.primary_company = None;
        }
    }
}
