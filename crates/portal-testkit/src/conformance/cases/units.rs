use portal_core::access::Tab;
use portal_core::actor::Task;
use portal_core::ports::{Access, IdempotencyKey, Remembered, Store};
use portal_core::text::Subject;
use portal_core::ticket::{ListFilter, Sort, Ticket, Version};

use super::small::{committed, conflict, issue, viewer, world};
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::conformance::laws::{Effort, check};
use crate::conformance::lists::List;
use crate::world::at;

pub(super) async fn a_write_sees_its_own_effects(store: &dyn Store) -> Result<(), Broken> {
    let mut world = world();
    let mut place = committed(store, &world).await?;
    let mut tx = store.begin(Access::Write).await?;
    place.numbers.push(tx.tickets().next_number().await?);
    world.tickets.push(issue(1, 0));
    tx.tickets().insert(&place.ticket(&world, 2)?).await?;
    for item in place.timeline(&world, 2)? {
        if let portal_core::ticket::TimelineItem::Message(it) = item {
            tx.tickets().add_message(&it).await?;
        }
    }
    check(&mut *tx, &world, &place, Effort::Every).await
}

pub(super) async fn a_committed_write_is_seen_by_everybody(store: &dyn Store) -> Result<(), Broken> {
    let world = world();
    let place = committed(store, &world).await?;
    for access in [Access::Read, Access::Snapshot, Access::Write] {
        let mut tx = store.begin(access).await?;
        check(&mut *tx, &world, &place, Effort::Every)
            .await
            .map_err(|it| it.at(format!("{access:?}")))?;
    }
    Ok(())
}

pub(super) async fn dropping_rolls_back_everything(store: &dyn Store) -> Result<(), Broken> {
    let world = world();
    let place = committed(store, &world).await?;
    let mut tx = store.begin(Access::Write).await?;
    let other = world.install(&mut *tx).await?;
    let (contact, number) = (place.contact_id(0), place.number(0)?);
    let changed = Ticket {
        subject: "changed".parse()?,
        version: Version(2),
        ..place.ticket(&world, 0)?
    };
    ensure!(
        tx.tickets().update(&changed, Version(1)).await?,
        "the update was refused"
    );
    tx.tickets().raise_read_mark(contact, number, 1).await?;
    let key: IdempotencyKey = "rolled-back".parse()?;
    let what = Remembered {
        command: [0; 32],
        result: String::new(),
        at: at(0),
    };
    tx.journal()
        .remember(contact.uuid(), "test", &key, &what, at(0))
        .await?;
    drop(tx);
    let mut tx = store.begin(Access::Write).await?;
    check(&mut *tx, &world, &place, Effort::Every).await?;
    same!(
        tx.journal().recall(contact.uuid(), "test", &key, at(0)).await?,
        None,
        "the idempotency key"
    );
    same!(tx.directory().portal(other.portal_id(0)).await?, None, "the portal");
    same!(
        tx.tickets().load(&Task::Import, other.number(0)?).await?,
        None,
        "the ticket"
    );
    same!(tx.accounts().account(other.contact_id(0)).await?, None, "the account");
    Ok(())
}

pub(super) async fn a_snapshot_sees_one_state(store: &dyn Store) -> Result<(), Broken> {
    let before = world();
    let place = committed(store, &before).await?;
    let mut old = store.begin(Access::Snapshot).await?;
    check(&mut *old, &before, &place, Effort::Some(0)).await?;
    let mut after = before.clone();
    if let (Some(ticket), Some(person), Some(portal)) = (
        after.tickets.first_mut(),
        after.contacts.get_mut(1),
        after.portals.first_mut(),
    ) {
        ticket.private = true;
        ticket.version = 2;
        person.primary = Some(1);
        portal.hides.insert(1);
    }
    let mut tx = store.begin(Access::Write).await?;
    let changed = tx.tickets().update(&place.ticket(&after, 0)?, Version(1)).await?;
    ensure!(changed, "the update was refused");
    tx.directory()
        .put_contact(&Task::Import, &place.contact(&after, 1)?)
        .await?;
    tx.directory()
        .put_portal(&Task::Import, &place.portal(&after, 0)?)
        .await?;
    tx.commit().await?;
    check(&mut *old, &before, &place, Effort::Every)
        .await
        .map_err(|it| it.at("a snapshot from before the change"))?;
    let mut new = store.begin(Access::Snapshot).await?;
    check(&mut *new, &after, &place, Effort::Every)
        .await
        .map_err(|it| it.at("a snapshot from after the change"))
}

pub(super) async fn a_refused_write_leaves_the_unit_of_work_usable(store: &dyn Store) -> Result<(), Broken> {
    let mut world = world();
    let mut place = committed(store, &world).await?;
    let mut tx = store.begin(Access::Write).await?;
    conflict(tx.tickets().insert(&place.ticket(&world, 0)?).await, "a ticket again")?;
    let subject: Subject = "changed".parse()?;
    let stale = Ticket {
        subject,
        ..place.ticket(&world, 0)?
    };
    ensure!(
        !tx.tickets().update(&stale, Version(9)).await?,
        "a stale update was accepted"
    );
    place.numbers.push(tx.tickets().next_number().await?);
    let mut later = issue(1, 0);
    later.thread.clear();
    world.tickets.push(later);
    tx.tickets().insert(&place.ticket(&world, 2)?).await?;
    conflict(
        tx.tickets().insert(&place.ticket(&world, 2)?).await,
        "another ticket again",
    )?;
    tx.commit().await?;
    let mut tx = store.begin(Access::Snapshot).await?;
    check(&mut *tx, &world, &place, Effort::Every).await?;
    let viewer = viewer(&mut *tx, &place, 0).await?;
    let (tab, filter, sort) = (Tab::Company, ListFilter::Open, Sort::Attention);
    let list = List {
        tab,
        filter,
        sort,
        requester: None,
        size: 1,
    };
    same!(
        list.drain(&mut *tx, viewer.scope(), 2).await?.len(),
        2,
        "tickets after the commit"
    );
    Ok(())
}

pub(super) async fn the_store_answers(store: &dyn Store) -> Result<(), Broken> {
    Ok(store.ping().await?)
}
