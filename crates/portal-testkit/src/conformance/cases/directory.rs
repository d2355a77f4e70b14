use std::collections::BTreeSet;

use portal_core::access::{Condition, Criteria, Operator};
use portal_core::actor::Task;
use portal_core::crm::{AccessGroup, Company, Contact, ContactStanding, GroupKind};
use portal_core::id::{CompanyId, ContactId, PortalId, Uuid};
use portal_core::membership::Profile;
use portal_core::ports::{Access, Store};
use portal_core::property::{Decimal, PropertyDefinition, PropertyKey, PropertyOwner, PropertyType, PropertyValue};
use portal_core::settings::{CustomerPortal, Inbox};
use portal_core::text::{Locale, Localized};
use portal_core::time::Date;

use super::small::{committed, conflict, entrant, usable, viewer, world};
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::conformance::laws::{Effort, check};
use crate::world::{self, Place, Sight};

const TASK: &Task = &Task::Import;

fn uuid(place: &Place) -> Uuid {
    Uuid::from_u128(u128::from(place.base))
}

pub(super) async fn entrants_reflect_the_newest_committed_policy(store: &dyn Store) -> Result<(), Broken> {
    let mut world = world();
    let place = committed(store, &world).await?;
    // What was read before must not be what is answered later.
    entrant(&mut *store.begin(Access::Read).await?, &place, 0).await?;
    for step in 0..6 {
        let mut tx = store.begin(Access::Write).await?;
        if let (Some(portal), Some(person)) = (world.portals.first_mut(), world.contacts.first_mut()) {
            match step {
                0 => portal.sight = Sight::Own,
                1 => portal.access = world::Access::Groups(BTreeSet::from([1])),
                2 => person.groups = BTreeSet::from([0, 1]),
                3 => person.primary = None,
                4 => person.active = false,
                _ => portal.published = false,
            }
        }
        tx.directory().put_portal(TASK, &place.portal(&world, 0)?).await?;
        tx.directory().put_contact(TASK, &place.contact(&world, 0)?).await?;
        tx.commit().await?;
        for access in [Access::Read, Access::Snapshot, Access::Write] {
            let mut tx = store.begin(access).await?;
            let found = entrant(&mut *tx, &place, 0).await?;
            same!(
                found,
                place.entrant(&world, 0, 0)?,
                "the entrant by {access:?} after step {step}"
            );
        }
    }
    let mut tx = store.begin(Access::Read).await?;
    let nobody = ContactId::from_uuid(uuid(&place));
    same!(
        tx.directory().entrant(place.portal_id(0), nobody).await?,
        None,
        "an unknown contact"
    );
    let nowhere = PortalId::from_uuid(uuid(&place));
    same!(
        tx.directory().entrant(nowhere, place.contact_id(0)).await?,
        None,
        "an unknown portal"
    );
    Ok(())
}

pub(super) async fn portals_at_one_address_conflict(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let portal = place.portal(&world, 0)?;
    let second = CustomerPortal {
        id: PortalId::from_uuid(uuid(&place)),
        ..portal.clone()
    };
    conflict(
        tx.directory().put_portal(TASK, &second).await,
        "a second portal at one address",
    )?;
    usable(&mut *tx, &place).await?;
    tx.directory().put_portal(TASK, &portal).await?;
    let moved = CustomerPortal {
        slug: "another".parse()?,
        ..second
    };
    tx.directory().put_portal(TASK, &moved).await?;
    let taken = CustomerPortal {
        slug: portal.slug.clone(),
        ..moved.clone()
    };
    conflict(
        tx.directory().put_portal(TASK, &taken).await,
        "a move to a taken address",
    )?;
    let found = tx.directory().portal_at(&portal.host, &portal.slug).await?;
    same!(found, Some(portal), "the portal at the address");
    same!(tx.directory().portal(moved.id).await?, Some(moved), "the other portal");
    Ok(())
}

pub(super) async fn a_moving_inbox_takes_its_tickets_along(store: &dyn Store) -> Result<(), Broken> {
    let mut world = world();
    world.portals.extend(world.portals.clone());
    let place = committed(store, &world).await?;
    for (portal, moving_to) in [
        (Some(0), Some(1)),
        (Some(1), None),
        (None, None),
        (None, Some(0)),
        (Some(0), None),
    ] {
        world.inboxes = vec![world::Inbox { portal, moving_to }];
        let mut tx = store.begin(Access::Write).await?;
        tx.directory().put_inbox(TASK, &place.inbox(&world, 0)?).await?;
        tx.commit().await?;
        let mut tx = store.begin(Access::Snapshot).await?;
        let step = |it: Broken| it.at(format!("inbox in {portal:?}, moving to {moving_to:?}"));
        check(&mut *tx, &world, &place, Effort::Every).await.map_err(step)?;
        let loaded = tx.tickets().load(TASK, place.number(0)?).await?;
        let found = loaded.and_then(|it| it.portal);
        same!(found, portal.map(|it| place.portal_id(it)), "the portal of a ticket");
    }
    Ok(())
}

pub(super) async fn tickets_on_the_move_are_nowhere(store: &dyn Store) -> Result<(), Broken> {
    let mut world = world();
    world.portals.extend(world.portals.clone());
    world.inboxes = vec![world::Inbox {
        portal: Some(0),
        moving_to: None,
    }];
    for ticket in &mut world.tickets {
        ticket.inbox = 0;
    }
    let place = committed(store, &world).await?;
    for to in [1, 0] {
        world.inboxes = vec![world::Inbox {
            portal: Some(1 - to),
            moving_to: Some(to),
        }];
        let mut tx = store.begin(Access::Write).await?;
        tx.directory().put_inbox(TASK, &place.inbox(&world, 0)?).await?;
        tx.commit().await?;
        let (mut after, mut steps) = (None, 0);
        loop {
            let mut tx = store.begin(Access::Write).await?;
            tx.directory().lock_inbox(TASK, place.inbox_id(0)).await?;
            let moved = tx.directory().move_tickets(TASK, place.inbox_id(0), after, 1).await?;
            tx.commit().await?;
            let mut tx = store.begin(Access::Snapshot).await?;
            let step = |it: Broken| it.at(format!("after {steps} tickets on the way to portal {to}"));
            check(&mut *tx, &world, &place, Effort::Every).await.map_err(step)?;
            drop(tx);
            let Some(number) = moved else { break };
            ensure!(after.is_none_or(|after| after < number), "numbers ascend");
            // Whatever is done to it meanwhile brings it into no portal, and every second server begins anew.
            let mut tx = store.begin(Access::Write).await?;
            if let Some(ticket) = tx.tickets().load(TASK, number).await? {
                let done = tx.tickets().update(&ticket, ticket.version).await?;
                ensure!(done, "the ticket is written");
            }
            tx.commit().await?;
            let mut tx = store.begin(Access::Snapshot).await?;
            check(&mut *tx, &world, &place, Effort::Every).await.map_err(step)?;
            (after, steps) = (Some(number), steps + 1);
        }
        same!(steps, world.tickets.len(), "all tickets were walked over");
        world.inboxes = vec![world::Inbox {
            portal: Some(to),
            moving_to: None,
        }];
        let mut tx = store.begin(Access::Write).await?;
        tx.directory().put_inbox(TASK, &place.inbox(&world, 0)?).await?;
        tx.commit().await?;
        let mut tx = store.begin(Access::Snapshot).await?;
        check(&mut *tx, &world, &place, Effort::Every).await?;
        drop(tx);
    }
    // One that gives up half-way is where it was.
    world.inboxes = vec![world::Inbox {
        portal: Some(0),
        moving_to: Some(1),
    }];
    let mut tx = store.begin(Access::Write).await?;
    tx.directory().put_inbox(TASK, &place.inbox(&world, 0)?).await?;
    tx.directory().move_tickets(TASK, place.inbox_id(0), None, 2).await?;
    world.inboxes = vec![world::Inbox {
        portal: Some(0),
        moving_to: None,
    }];
    tx.directory().put_inbox(TASK, &place.inbox(&world, 0)?).await?;
    tx.commit().await?;
    let mut tx = store.begin(Access::Snapshot).await?;
    check(&mut *tx, &world, &place, Effort::Every).await?;
    Ok(())
}

pub(super) async fn membership_addresses_are_unique_over_active_contacts(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let first = place.contact(&world, 0)?;
    let twin = Contact {
        membership_email: first.membership_email.clone(),
        ..place.contact(&world, 1)?
    };
    conflict(
        tx.directory().put_contact(TASK, &twin).await,
        "a taken membership address",
    )?;
    usable(&mut *tx, &place).await?;
    let found = place.own(tx.directory().contact(TASK, twin.id).await?);
    same!(
        found,
        Some(place.contact(&world, 1)?),
        "the contact after the refused write"
    );
    // The address of an inactive contact is free, and so is an unverified one.
    let inactive = Contact {
        standing: ContactStanding::Inactive,
        ..twin.clone()
    };
    tx.directory().put_contact(TASK, &inactive).await?;
    let shared = Contact {
        email: first.email.clone(),
        ..place.contact(&world, 2)?
    };
    tx.directory().put_contact(TASK, &shared).await?;
    let Some(email) = first.membership_email.clone() else {
        return Ok(());
    };
    let found = tx.directory().contact_by_membership_email(TASK, &email).await?;
    same!(found, Some(first.clone()), "the active contact with the address");
    conflict(tx.directory().put_contact(TASK, &twin).await, "activating a second one")?;
    usable(&mut *tx, &place).await?;
    let gone = Contact {
        standing: ContactStanding::Inactive,
        ..first
    };
    tx.directory().put_contact(TASK, &gone).await?;
    tx.directory().put_contact(TASK, &twin).await?;
    let found = tx.directory().contact_by_membership_email(TASK, &email).await?;
    same!(found, Some(twin), "the active contact with the address, later");
    Ok(())
}

pub(super) async fn external_ids_of_contacts_are_unique(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let external_id = place.contact(&world, 0)?.external_id;
    let twin = Contact {
        external_id,
        standing: ContactStanding::Inactive,
        ..place.contact(&world, 1)?
    };
    conflict(tx.directory().put_contact(TASK, &twin).await, "a taken external id")?;
    usable(&mut *tx, &place).await?;
    for index in [0, 1] {
        let without = Contact {
            external_id: None,
            ..place.contact(&world, index)?
        };
        tx.directory().put_contact(TASK, &without).await?;
    }
    Ok(())
}

pub(super) async fn external_ids_of_companies_are_unique(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let first = place.company(0)?;
    let twin = Company {
        id: CompanyId::from_uuid(uuid(&place)),
        ..first.clone()
    };
    conflict(tx.directory().put_company(TASK, &twin).await, "a taken external id")?;
    usable(&mut *tx, &place).await?;
    same!(
        tx.directory().company(TASK, first.id).await?,
        Some(first.clone()),
        "the first company"
    );
    same!(
        tx.directory().company(TASK, twin.id).await?,
        None,
        "the refused company"
    );
    let renamed = Company {
        name: "Müller & Söhne".parse()?,
        ..first
    };
    tx.directory().put_company(TASK, &renamed).await?;
    same!(
        tx.directory().company(TASK, renamed.id).await?,
        Some(renamed),
        "the renamed company"
    );
    Ok(())
}

pub(super) async fn portals_of_a_host_are_the_published_ones_by_slug(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    world.portals.extend(world.portals.clone());
    let place = world.install(&mut *tx).await?;
    let host = place.portal(&world, 0)?.host;
    let slugs = |of: Vec<CustomerPortal>| -> Vec<String> { of.into_iter().map(|it| it.slug.to_string()).collect() };
    same!(
        slugs(tx.directory().portals_on(&host).await?),
        vec!["p0", "p1"],
        "portals_on"
    );
    if let Some(portal) = world.portals.first_mut() {
        portal.published = false;
    }
    tx.directory().put_portal(TASK, &place.portal(&world, 0)?).await?;
    same!(
        slugs(tx.directory().portals_on(&host).await?),
        vec!["p1"],
        "portals_on, one closed"
    );
    let all = tx.directory().all_portals(TASK).await?;
    let ours = all.into_iter().filter(|it| it.host == host).collect();
    same!(slugs(ours), vec!["p0", "p1"], "all_portals");
    let other = "elsewhere.example.com".parse()?;
    let slug = place.portal(&world, 0)?.slug;
    same!(
        tx.directory().portal_at(&other, &slug).await?,
        None,
        "a portal of another host"
    );
    Ok(())
}

pub(super) async fn settings_come_back_as_they_were_put(store: &dyn Store) -> Result<(), Broken> {
    let mut world = world();
    world.portals.extend(world.portals.clone());
    if let Some(portal) = world.portals.first_mut() {
        portal.sight = Sight::CompanyIf(world::Condition::LevelBelow3OrPlaced);
        portal.access = world::Access::Groups(BTreeSet::from([0, 1]));
        portal.hides = BTreeSet::from([1]);
    }
    let place = committed(store, &world).await?;
    let mut tx = store.begin(Access::Snapshot).await?;
    for index in 0..2 {
        let portal = place.portal(&world, index)?;
        same!(
            tx.directory().portal(portal.id).await?,
            Some(portal.clone()),
            "a portal"
        );
        let found = tx.directory().portal_at(&portal.host, &portal.slug).await?;
        same!(found, Some(portal), "a portal at its address");
        let pipeline = place.pipeline(index)?;
        let found = tx.directory().pipeline(pipeline.id()).await?;
        same!(found, Some(pipeline.clone()), "a pipeline");
        let all = tx.directory().all_pipelines(TASK).await?;
        ensure!(all.contains(&pipeline), "all_pipelines misses one");
        let group = place.group(&world, index)?;
        ensure!(
            tx.directory().all_groups(TASK).await?.contains(&group),
            "all_groups misses one"
        );
    }
    let inbox: Inbox = place.inbox(&world, 0)?;
    same!(tx.directory().inbox(inbox.id).await?, Some(inbox.clone()), "an inbox");
    ensure!(
        tx.directory().all_inboxes(TASK).await?.contains(&inbox),
        "all_inboxes misses one"
    );
    for index in 0..3 {
        let contact = place.contact(&world, index)?;
        same!(
            place.own(tx.directory().contact(TASK, contact.id).await?),
            Some(contact),
            "a contact"
        );
    }
    Ok(())
}

pub(super) async fn properties_come_by_key_and_only_shown_ones_to_customers(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let define = |key: &str, owner, shown_to_customers| -> Result<PropertyDefinition, Broken> {
        Ok(PropertyDefinition {
            owner,
            key: format!("{key}_{:x}", place.base).parse()?,
            label: Localized::new(Locale::english(), key).with(Locale::german(), "Ä"),
            kind: PropertyType::Choices,
            customer_writable: true,
            shown_to_customers,
            options: vec!["two, or more".to_owned(), "one".to_owned()],
            archived: key == "c",
        })
    };
    let given = [
        define("b", PropertyOwner::Ticket, true)?,
        define("a", PropertyOwner::Ticket, true)?,
        define("c", PropertyOwner::Ticket, false)?,
        define("a", PropertyOwner::Contact, true)?,
    ];
    for property in &given {
        tx.directory().put_property(TASK, property).await?;
    }
    let [b, a, c, of_contacts] = given;
    let suffix = format!("_{:x}", place.base);
    let ours = |of: Vec<PropertyDefinition>| -> Vec<PropertyDefinition> {
        of.into_iter().filter(|it| it.key.as_str().ends_with(&suffix)).collect()
    };
    let shown = ours(tx.directory().shown_properties().await?);
    same!(shown, vec![a.clone(), b.clone()], "shown_properties");
    let all = ours(tx.directory().properties(TASK, PropertyOwner::Ticket).await?);
    same!(all, vec![a.clone(), b.clone(), c], "properties of tickets");
    let of_owner = ours(tx.directory().properties(TASK, PropertyOwner::Contact).await?);
    same!(of_owner, vec![of_contacts], "properties of contacts");
    let hidden = PropertyDefinition {
        shown_to_customers: false,
        ..a
    };
    tx.directory().put_property(TASK, &hidden).await?;
    let archived = PropertyDefinition { archived: true, ..b };
    tx.directory().put_property(TASK, &archived).await?;
    let shown: Vec<PropertyKey> = ours(tx.directory().shown_properties().await?)
        .into_iter()
        .map(|it| it.key)
        .collect();
    ensure!(!shown.contains(&hidden.key), "a property that is not shown any more");
    ensure!(!shown.contains(&archived.key), "an archived property");
    Ok(())
}

pub(super) async fn profiles_change_what_contacts_may_change(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let id = place.contact_id(0);
    let before = place.contact(&world, 0)?;
    let profile = Profile {
        contact: id,
        name: before.name.clone(),
        email: before.membership_email.clone(),
        language: None,
        time_zone: None,
        company: Some("Company 0".to_owned()),
    };
    same!(tx.directory().profile(id).await?, Some(profile.clone()), "the profile");
    let (name, zone) = ("Ännchen".parse()?, "Europe/Vienna");
    tx.directory()
        .update_profile(id, &name, Some(&Locale::german()), Some(zone))
        .await?;
    let changed = Profile {
        name: name.clone(),
        language: Some(Locale::german()),
        time_zone: Some(zone.to_owned()),
        ..profile
    };
    same!(tx.directory().profile(id).await?, Some(changed), "the changed profile");
    let contact = Contact {
        name,
        language: Some(Locale::german()),
        time_zone: Some(zone.to_owned()),
        ..before
    };
    same!(
        place.own(tx.directory().contact(TASK, id).await?),
        Some(contact),
        "the changed contact"
    );
    let other = place.own(tx.directory().contact(TASK, place.contact_id(1)).await?);
    same!(other, Some(place.contact(&world, 1)?), "another contact");
    viewer(&mut *tx, &place, 0).await?;
    Ok(())
}

/// A group whose criteria have every operator, on people who have and who lack what it asks for.
pub(super) async fn dynamic_groups_list_exactly_who_matches(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let values = [
        None,
        Some(PropertyValue::Text("Großkunde ÄRA".to_owned())),
        Some(PropertyValue::Number(Decimal::from_millionths(-2_500_000))),
        Some(PropertyValue::Date(
            Date::new(2026, 2, 28).ok_or_else(|| Broken::new("a day"))?,
        )),
        Some(PropertyValue::Bool(false)),
        Some(PropertyValue::Choice("gold".to_owned())),
        Some(PropertyValue::Choices(BTreeSet::from(["a".to_owned(), "b".to_owned()]))),
    ];
    let key: PropertyKey = format!("asked_{:x}", place.base).parse()?;
    let mut operators = vec![Operator::IsKnown, Operator::IsUnknown, Operator::AnyOf(Vec::new())];
    for it in values.iter().flatten() {
        operators.push(Operator::Is(it.clone()));
        operators.push(Operator::IsNot(it.clone()));
        operators.push(Operator::LessThan(it.clone()));
        operators.push(Operator::GreaterThan(it.clone()));
    }
    operators.push(Operator::AnyOf(values.iter().flatten().take(4).cloned().collect()));
    operators.push(Operator::LessThan(PropertyValue::Number(Decimal::from_millionths(0))));
    let later = Date::new(2026, 10, 1).ok_or_else(|| Broken::new("a day"))?;
    operators.push(Operator::LessThan(PropertyValue::Date(later)));
    for part in ["ära", "GROSS", "ol", "a", "%", "_"] {
        operators.push(Operator::Contains(part.to_owned()));
    }
    for value in values {
        let mut contact = place.contact(&world, 0)?;
        if let Some(value) = value.clone() {
            contact.properties.insert(key.clone(), value);
        }
        tx.directory().put_contact(TASK, &contact).await?;
        for operator in &operators {
            let condition = Condition {
                property: key.clone(),
                operator: operator.clone(),
            };
            let criteria = Criteria::new(vec![vec![condition]]).map_err(|it| Broken::new(it.to_string()))?;
            let expected = criteria.matches(&contact.properties);
            let group = AccessGroup {
                kind: GroupKind::Dynamic(criteria),
                ..place.group(&world, 0)?
            };
            let asked = format!("{operator:?} of {value:?}");
            tx.directory().put_group(TASK, &group).await?;
            let found = tx.directory().contact(TASK, contact.id).await?;
            let listed = found.is_some_and(|it| it.groups.contains(&group.id));
            ensure!(listed == expected, "listed is {listed} when the group changed: {asked}");
            tx.directory().put_contact(TASK, &contact).await?;
            let found = tx.directory().contact(TASK, contact.id).await?;
            let listed = found.is_some_and(|it| it.groups.contains(&group.id));
            ensure!(
                listed == expected,
                "listed is {listed} when the contact changed: {asked}"
            );
        }
    }
    Ok(())
}

/// What is said of a dynamic group when a contact is put does not count, and a group that becomes static keeps its members.
pub(super) async fn members_of_dynamic_groups_are_nobodys_to_choose(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    if let Some(it) = world.groups.first_mut() {
        *it = Some(world::Condition::North);
    }
    if let Some(it) = world.contacts.first_mut() {
        it.region = Some(world::Region::North);
    }
    let place = world.install(&mut *tx).await?;
    let group = place.group_id(0);
    let (inside, outside) = (place.contact(&world, 0)?, place.contact(&world, 1)?);
    let without = Contact {
        groups: BTreeSet::new(),
        ..inside.clone()
    };
    let with = Contact {
        groups: BTreeSet::from([group]),
        ..outside.clone()
    };
    tx.directory().put_contact(TASK, &without).await?;
    tx.directory().put_contact(TASK, &with).await?;
    let found = place.own(tx.directory().contact(TASK, inside.id).await?);
    same!(found, Some(inside.clone()), "a member that was to be left out");
    let found = place.own(tx.directory().contact(TASK, outside.id).await?);
    same!(found, Some(outside.clone()), "somebody who was to be let in");
    let group = AccessGroup {
        kind: GroupKind::Static,
        ..place.group(&world, 0)?
    };
    tx.directory().put_group(TASK, &group).await?;
    let found = place.own(tx.directory().contact(TASK, inside.id).await?);
    same!(found, Some(inside), "a member of a group that became static");
    tx.directory().put_contact(TASK, &with).await?;
    let found = place.own(tx.directory().contact(TASK, outside.id).await?);
    same!(found, Some(with), "somebody who was put into a static group");
    Ok(())
}
