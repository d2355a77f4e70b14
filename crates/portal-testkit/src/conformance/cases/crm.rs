use std::collections::BTreeSet;

use portal_core::access::{Criteria, Operator, Principal};
use portal_core::actor::Task;
use portal_core::crm::{AccessGroup, CompanyQuery, Contact, ContactQuery, ContactStanding, GroupKind};
use portal_core::id::{AccessGroupId, ContactId, TicketNumber, Uuid};
use portal_core::ports::{Access, Store};
use portal_core::property::{PropertyDefinition, PropertyKey, PropertyOwner, PropertyType};
use portal_core::text::{Locale, Localized};

use super::concurrency::{ATTEMPTS, Attempt, MANY, all, or_again};
use super::small::{committed, world};
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::oracle;
use crate::world::{Condition, Place, Region};

const TASK: &Task = &Task::Maintenance;

pub(super) async fn contacts_come_by_name_each_once_and_as_asked(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    if let Some(it) = world.groups.first_mut() {
        *it = Some(Condition::North);
    }
    for (index, it) in world.contacts.iter_mut().enumerate() {
        it.active = index != 1;
        it.region = (index < 2).then_some(Region::North);
    }
    let place = world.install(&mut *tx).await?;
    // Two of the same name, and one whom only a company tells apart.
    for index in 0..3 {
        let name = if index == 2 { "Zoë" } else { "Anna" };
        let contact = Contact {
            name: format!("{name} {:x}", place.base).parse()?,
            ..place.contact(&world, index)?
        };
        tx.directory().put_contact(TASK, &contact).await?;
    }
    let here = format!("{:X}", place.base);
    let all = ContactQuery {
        text: Some(here.clone()),
        limit: 1,
        ..ContactQuery::default()
    };
    let mut query = all.clone();
    let mut found = Vec::new();
    loop {
        let page = tx.crm().contacts_page(TASK, &query).await?;
        let Some(last) = page.last() else { break };
        query.after = Some((last.name.clone(), last.id));
        found.extend(page);
        ensure!(found.len() < 9, "pages without end");
    }
    let ids: Vec<ContactId> = found.iter().map(|it| it.id).collect();
    let mut expected = vec![place.contact_id(0), place.contact_id(1)];
    expected.sort();
    expected.push(place.contact_id(2));
    same!(ids, expected, "all of them, in order");
    let third = found.pop().ok_or_else(|| Broken::new("nobody"))?;
    let company = (place.company_id(1), "Company 1".to_owned());
    same!(third.company, Some(company), "the primary company");
    ensure!(third.registered, "registered");
    let ask = |query: ContactQuery| ContactQuery { limit: 50, ..query };
    let active = ContactQuery {
        standing: Some(ContactStanding::Active),
        ..all.clone()
    };
    let of_company = ContactQuery {
        company: Some(place.company_id(0)),
        ..all.clone()
    };
    let of_group = ContactQuery {
        group: Some(place.group_id(0)),
        ..all.clone()
    };
    let nothing = ContactQuery {
        text: Some("100%".to_owned()),
        ..all.clone()
    };
    for (query, count, what) in [
        (active, 2, "active"),
        (of_company, 2, "of a company"),
        (of_group, 2, "of a group"),
        (nothing, 0, "of no text"),
    ] {
        let rows = tx.crm().contacts_page(TASK, &ask(query)).await?;
        ensure!(rows.len() == count, "{what}: {rows:?}");
    }
    let sizes = tx.crm().group_sizes(TASK).await?;
    let size = sizes
        .iter()
        .find(|(id, _)| *id == place.group_id(0))
        .map(|(_, size)| *size);
    ensure!(size >= Some(1), "active members: {size:?}");
    Ok(())
}

pub(super) async fn companies_come_by_name_with_their_people(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    if let Some(it) = world.contacts.first_mut() {
        it.active = false;
        it.further.insert(2);
    }
    let place = world.install(&mut *tx).await?;
    for index in 0..3 {
        let mut company = place.company(index)?;
        company.name = format!("Firm {index} {:x}", place.base).parse()?;
        tx.directory().put_company(TASK, &company).await?;
    }
    let query = CompanyQuery {
        text: Some(format!("{:X}", place.base)),
        after: None,
        limit: 2,
    };
    let first = tx.crm().companies_page(TASK, &query).await?;
    let after = first.last().map(|it| (it.name.clone(), it.id));
    let rest = tx.crm().companies_page(TASK, &CompanyQuery { after, ..query }).await?;
    let people: Vec<u64> = first.iter().chain(&rest).map(|it| it.people).collect();
    same!(people, vec![1, 1, 0], "people who are active");
    Ok(())
}

pub(super) async fn guests_and_their_tickets_are_all_there(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    if let Some(it) = world.contacts.get_mut(1) {
        it.registered = false;
    }
    if let Some(it) = world.tickets.get_mut(1) {
        it.private = true;
        it.standing = portal_core::access::Standing::Spam;
        it.participants.insert(0);
    }
    let place = world.install(&mut *tx).await?;
    let (mut after, mut found) = (None, Vec::new());
    loop {
        let page = tx.crm().guests(TASK, after, 2).await?;
        ensure!(
            page.iter().all(|it| after.is_none_or(|last| it.contact.id > last)),
            "behind the last one"
        );
        after = page.last().map(|it| it.contact.id);
        found.extend(
            page.iter()
                .filter(|it| (0..3).any(|at| place.contact_id(at) == it.contact.id))
                .cloned(),
        );
        if page.len() < 2 {
            break;
        }
    }
    for index in 0..3 {
        let id = place.contact_id(index);
        let of_it: Vec<_> = found.iter().filter(|it| it.contact.id == id).collect();
        ensure!(of_it.len() == 1, "contact {index} {} times", of_it.len());
        let guest = tx.crm().guest(TASK, id).await?;
        same!(guest.as_ref(), of_it.first().copied(), "the guest alone");
        let guest = guest.ok_or_else(|| Broken::new("the guest"))?;
        ensure!(guest.registered == (index != 1), "registered is {}", guest.registered);
        same!(
            place.own(Some(guest.contact)),
            Some(place.contact(&world, index)?),
            "the contact"
        );
    }
    let on = |principal: Principal| -> Vec<TicketNumber> {
        let mut numbers: Vec<TicketNumber> = (0..world.tickets.len())
            .filter(|it| {
                world.tickets.get(*it).is_some_and(|issue| match principal {
                    Principal::Contact(id) => issue.people().iter().any(|it| place.contact_id(*it) == id),
                    Principal::Company(id) => issue.companies.iter().any(|it| place.company_id(*it) == id),
                })
            })
            .filter_map(|it| place.number(it).ok())
            .collect();
        numbers.sort();
        numbers.reverse();
        numbers
    };
    for principal in principals(&place) {
        let first = tx.crm().tickets_of(TASK, principal, None, 1).await?;
        let below = first.last().map(|it| it.number);
        let rest = match below {
            Some(_) => tx.crm().tickets_of(TASK, principal, below, 9).await?,
            None => Vec::new(),
        };
        let numbers: Vec<TicketNumber> = first.iter().chain(&rest).map(|it| it.number).collect();
        same!(numbers, on(principal), "tickets of somebody");
        for ticket in first {
            same!(
                tx.tickets().load(TASK, ticket.number).await?,
                Some(ticket),
                "the ticket"
            );
        }
    }
    Ok(())
}

fn principals(place: &Place) -> Vec<Principal> {
    let people = (0..3).map(|it| Principal::Contact(place.contact_id(it)));
    people
        .chain((0..3).map(|it| Principal::Company(place.company_id(it))))
        .collect()
}

pub(super) async fn a_removed_group_has_no_members(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    if let Some(it) = world.contacts.first_mut() {
        it.groups = BTreeSet::from([0, 1]);
    }
    let place = world.install(&mut *tx).await?;
    ensure!(oracle::is_member(&world, 0, 0), "a member");
    tx.crm().lock_contact(TASK, place.contact_id(0)).await?;
    tx.crm().lock_company(TASK, place.company_id(0)).await?;
    tx.crm().lock_group(TASK, place.group_id(0)).await?;
    tx.crm().remove_group(TASK, place.group_id(0)).await?;
    let contact = place.own(tx.directory().contact(TASK, place.contact_id(0)).await?);
    let groups = contact.map(|it| it.groups);
    same!(groups, Some(BTreeSet::from([place.group_id(1)])), "the other group");
    let all = tx.directory().all_groups(TASK).await?;
    ensure!(
        !all.iter().any(|it| it.id == place.group_id(0)),
        "the group is still there"
    );
    Ok(())
}

pub(super) async fn what_criteria_use_and_what_customers_write_exclude_each_other(
    store: &dyn Store,
) -> Result<(), Broken> {
    let place = committed(store, &world()).await?;
    for round in 0..MANY {
        let key: PropertyKey = format!("k{:x}_{round}", place.base).parse()?;
        let group = AccessGroupId::from_uuid(Uuid::from_u128(
            (u128::from(place.base) << 64) + 0xc0de_0000 + round as u128,
        ));
        let mut tx = store.begin(Access::Write).await?;
        tx.directory().put_property(TASK, &property(&key, false)).await?;
        tx.commit().await?;
        let running: Vec<Attempt<'_, bool>> = vec![
            Box::pin(until_done(|| ask_for(store, &key, group))),
            Box::pin(until_done(|| let_customers_write(store, &key, group))),
        ];
        let done = all(running).await?.into_iter().filter(|it| *it).count();
        same!(
            done,
            1,
            "of a group that asks for a property and customers who write it"
        );
    }
    Ok(())
}

fn property(key: &PropertyKey, customer_writable: bool) -> PropertyDefinition {
    PropertyDefinition {
        key: key.clone(),
        owner: PropertyOwner::Contact,
        kind: PropertyType::Text,
        label: Localized::new(Locale::english(), "Tier"),
        customer_writable,
        shown_to_customers: false,
        options: Vec::new(),
        archived: false,
    }
}

/// Tries again for as long as the store says that it did not come to it.
async fn until_done<'a, F>(mut attempt: impl FnMut() -> F) -> Result<bool, Broken>
where
    F: Future<Output = Result<Option<bool>, Broken>> + 'a,
{
    for _ in 0..ATTEMPTS {
        if let Some(done) = attempt().await? {
            return Ok(done);
        }
    }
    Err(Broken::new(format!("after {ATTEMPTS} attempts nothing was decided")))
}

/// A group that asks for the property, unless customers write it; whether it was made.
async fn ask_for(store: &dyn Store, key: &PropertyKey, id: AccessGroupId) -> Result<Option<bool>, Broken> {
    let Some(mut tx) = or_again(store.begin(Access::Write).await)? else {
        return Ok(None);
    };
    if or_again(tx.crm().hold_criteria(TASK).await)?.is_none() {
        return Ok(None);
    }
    let defined = tx.directory().properties(TASK, PropertyOwner::Contact).await?;
    if defined.iter().any(|it| it.key == *key && it.customer_writable) {
        return Ok(Some(false));
    }
    let known = portal_core::access::Condition {
        property: key.clone(),
        operator: Operator::IsKnown,
    };
    let group = AccessGroup {
        id,
        name: format!("Who has {key}").parse()?,
        kind: GroupKind::Dynamic(Criteria::new(vec![vec![known]])?),
    };
    if or_again(tx.directory().put_group(TASK, &group).await)?.is_none() {
        return Ok(None);
    }
    Ok(or_again(tx.commit().await)?.map(|()| true))
}

/// Customers write the property, unless the group asks for it; whether they do.
async fn let_customers_write(store: &dyn Store, key: &PropertyKey, id: AccessGroupId) -> Result<Option<bool>, Broken> {
    let Some(mut tx) = or_again(store.begin(Access::Write).await)? else {
        return Ok(None);
    };
    if or_again(tx.crm().hold_criteria(TASK).await)?.is_none() {
        return Ok(None);
    }
    if tx.directory().all_groups(TASK).await?.iter().any(|it| it.id == id) {
        return Ok(Some(false));
    }
    let outcome = tx.directory().put_property(TASK, &property(key, true)).await;
    if or_again(outcome)?.is_none() {
        return Ok(None);
    }
    Ok(or_again(tx.commit().await)?.map(|()| true))
}
