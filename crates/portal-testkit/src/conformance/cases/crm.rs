use std::collections::BTreeSet;

use portal_core::access::Principal;
use portal_core::actor::Task;
use portal_core::crm::{CompanyQuery, Contact, ContactQuery, ContactStanding};
use portal_core::id::{ContactId, TicketNumber};
use portal_core::ports::{Access, Store};

use super::small::world;
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
