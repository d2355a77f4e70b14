use super::let_through::party_name;
use super::merge::{Merge, MergeError, MergeState, PartyFields, has_left};
use super::party::Party;
use super::people::{Contact, ContactStanding};
use crate::actor::{Actor, Task};
use crate::audit::AuditEvent;
use crate::id::{ContactId, MergeId};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreErrorKind, Tx};
use crate::staff::{Permission, StaffActor, StaffError};

impl Portal {
    /// Makes two of what a merge made one: for 30 days. What was changed since stays changed; tickets go back if the
    /// survivor is still on them. Whoever became a part can sign in again, and must do so anew.
    ///
    /// # Errors
    /// See [`MergeError`].
    pub async fn undo_merge(&self, actor: &StaffActor, id: MergeId) -> Result<MergeState, MergeError> {
        attempt!(self, &Actor::Anonymous, "undo_merge", self.undo_merge_once(actor, id))?;
        self.carry_on_merge(actor, id).await
    }

    async fn undo_merge_once(&self, actor: &StaffActor, id: MergeId) -> Result<(), MergeError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        let mut merge = tx.crm().merge(&task, id).await?.ok_or(MergeError::NotFound)?;
        match merge.state {
            MergeState::Done => {}
            MergeState::Undoing | MergeState::Undone => return Ok(()),
            // Half of it could not be told from what came to the survivor otherwise.
            MergeState::Moving => return Err(MergeError::TooLate),
        }
        let erased = match merge.from {
            Party::Contact(id) => tx.crm().erased_at(&task, id).await?.is_some(),
            Party::Company(_) => false,
        };
        if erased || merge.undo_until() <= now || has_left(&mut *tx, &task, merge.into).await? {
            return Err(MergeError::TooLate);
        }
        match (merge.from, merge.into) {
            (Party::Contact(from), Party::Contact(into)) => contacts(&mut *tx, &task, &merge, (from, into)).await?,
            (_, Party::Company(into)) => {
                let found = tx.directory().company(&task, into).await?;
                let mut company = found.ok_or(MergeError::NotFound)?;
                let (before, after) = (&merge.before, &merge.after);
                if company.name.to_string() == after.name
                    && let Ok(name) = before.name.parse()
                {
                    company.name = name;
                }
                back(&mut company.domain, &before.domain, &after.domain);
                properties(&mut company.properties, before, after);
                tx.directory().put_company(&task, &company).await?;
            }
            _ => return Err(MergeError::NotTwo),
        }
        tx.crm().return_notes(&task, merge.id, merge.from).await?;
        merge.state = MergeState::Undoing;
        tx.crm().put_merge(&task, &merge).await?;
        let from = party_name(&mut *tx, &task, merge.from).await?.unwrap_or_default();
        let into = party_name(&mut *tx, &task, merge.into).await?.unwrap_or_default();
        let names = [("from".to_owned(), from), ("into".to_owned(), into.clone())];
        for party in [merge.into, merge.from] {
            self.party_noted(&mut *tx, &staff, (AuditEvent::MergeUndone, party), &into, None, &names)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn contacts(
    tx: &mut dyn Tx,
    task: &Task,
    merge: &Merge,
    (from, into): (ContactId, ContactId),
) -> Result<(), MergeError> {
    for id in std::collections::BTreeSet::from([from, into]) {
        tx.crm().lock_contact(task, id).await?;
    }
    let aside = tx.directory().contact(task, from).await?.ok_or(MergeError::NotFound)?;
    let mut contact = tx.directory().contact(task, into).await?.ok_or(MergeError::NotFound)?;
    let (before, after) = (&merge.before, &merge.after);
    if contact.name.to_string() == after.name
        && let Ok(name) = before.name.parse()
    {
        contact.name = name;
    }
    back(&mut contact.email, &before.email, &after.email);
    back(
        &mut contact.membership_email,
        &before.membership_email,
        &after.membership_email,
    );
    back(
        &mut contact.primary_company,
        &before.primary_company,
        &after.primary_company,
    );
    back(&mut contact.language, &before.language, &after.language);
    back(&mut contact.time_zone, &before.time_zone, &after.time_zone);
    let gained = |it: &_| after.companies.contains(it) && !before.companies.contains(it);
    contact
        .companies
        .retain(|it| !gained(it) || contact.primary_company == Some(*it));
    contact
        .groups
        .retain(|it| !after.groups.contains(it) || before.groups.contains(it));
    properties(&mut contact.properties, before, after);
    let mut labels = tx.crm().company_labels(task, into).await?;
    labels.retain(|company, label| {
        let made = after.labels.get(company) == Some(label) && !before.labels.contains_key(company);
        !made && contact.companies.contains(company)
    });
    // First the address is free again.
    tx.directory().put_contact(task, &contact).await?;
    tx.crm().put_company_labels(task, into, &labels).await?;
    let again = Contact {
        standing: if merge.was_active {
            ContactStanding::Active
        } else {
            ContactStanding::Inactive
        },
        ..aside
    };
    match tx.directory().put_contact(task, &again).await {
        Err(err) if err.kind() == StoreErrorKind::Conflict => Err(MergeError::AddressTaken),
        result => Ok(result?),
    }
}

/// Takes back what the merge made of a field; what was changed since stays.
fn back<T: PartialEq + Clone>(now: &mut T, before: &T, after: &T) {
    if now == after {
        now.clone_from(before);
    }
}

fn properties(now: &mut crate::property::PropertyValues, before: &PartyFields, after: &PartyFields) {
    let keys: Vec<_> = before
        .properties
        .keys()
        .chain(after.properties.keys())
        .cloned()
        .collect();
    for key in keys {
        let (old, made) = (before.properties.get(&key), after.properties.get(&key));
        if old != made && now.get(&key) == made {
            match old {
                Some(old) => now.insert(key, old.clone()),
                None => now.remove(&key),
            };
        }
    }
}
