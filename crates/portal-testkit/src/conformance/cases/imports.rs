use portal_core::actor::Task;
use portal_core::crm::Agent;
use portal_core::id::{AgentId, ContactId, Uuid};
use portal_core::ports::{Access, ImportedTicket, Receipt, ReceiptKind, Store, Tx};
use portal_core::ticket::{Event, Message, Note, Ticket, TimelineItem};

use super::small::{conflict, issue, usable, world};
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::conformance::laws::{Effort, check};
use crate::world::{Item, NOTE_WORD, Place, World, get};

const TASK: &Task = &Task::Import;

/// A ticket of the world with all that hangs on it.
fn imported(world: &World, place: &Place, index: usize) -> Result<ImportedTicket, Broken> {
    let (mut messages, mut events): (Vec<Message>, Vec<Event>) = (Vec::new(), Vec::new());
    for item in place.timeline(world, index)? {
        match item {
            TimelineItem::Message(it) => messages.push(it),
            TimelineItem::Event(it) => events.push(it),
        }
    }
    let notes = get(&world.tickets, index)?.notes.iter().enumerate();
    let notes: Result<Vec<Note>, Broken> = notes.map(|(note, words)| place.note(index, note, words)).collect();
    Ok(ImportedTicket {
        ticket: place.ticket(world, index)?,
        messages,
        events,
        notes: notes?,
    })
}

/// The small world, and four tickets more that are not in the store yet.
async fn with_more(tx: &mut dyn Tx) -> Result<(World, Place, Vec<ImportedTicket>), Broken> {
    let mut world = world();
    let mut place = world.install(tx).await?;
    for (requester, company) in [(0, 0), (1, 1), (2, 2), (2, 0)] {
        let mut more = issue(requester, company);
        more.thread.push(Item::Event);
        more.thread.push(Item::Message {
            words: vec!["cattle", "ant"],
            file: true,
            by: None,
        });
        more.notes.push(vec![NOTE_WORD]);
        more.private = company == 2;
        world.tickets.push(more);
    }
    place.numbers.extend(tx.imports().reserve_numbers(TASK, 4).await?);
    let batch: Result<Vec<ImportedTicket>, Broken> = (2..6).map(|it| imported(&world, &place, it)).collect();
    Ok((world, place, batch?))
}

pub(super) async fn imported_tickets_are_like_inserted_ones(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (world, place, batch) = with_more(&mut *tx).await?;
    tx.imports().insert_tickets(TASK, &batch).await?;
    tx.imports().insert_tickets(TASK, &[]).await?;
    check(&mut *tx, &world, &place, Effort::Every).await?;
    tx.commit().await?;
    let mut tx = store.begin(Access::Snapshot).await?;
    check(&mut *tx, &world, &place, Effort::Every).await
}

pub(super) async fn a_batch_with_a_taken_number_or_key_conflicts(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (world, place, batch) = with_more(&mut *tx).await?;
    let there = place.ticket(&world, 1)?;
    let Some(last) = batch.last() else { return Ok(()) };
    for taken in [
        Ticket {
            number: there.number,
            ..last.ticket.clone()
        },
        Ticket {
            id: there.id,
            ..last.ticket.clone()
        },
        Ticket {
            external_id: there.external_id.clone(),
            ..last.ticket.clone()
        },
    ] {
        let mut broken = batch.clone();
        if let Some(it) = broken.last_mut() {
            *it = ImportedTicket {
                ticket: taken,
                messages: Vec::new(),
                events: Vec::new(),
                notes: Vec::new(),
            };
        }
        conflict(
            tx.imports().insert_tickets(TASK, &broken).await,
            "a batch with a taken key",
        )?;
        usable(&mut *tx, &place).await?;
    }
    tx.imports().insert_tickets(TASK, &batch).await?;
    check(&mut *tx, &world, &place, Effort::Every).await
}

pub(super) async fn receipts_come_back_by_kind_and_key(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let receipt = |kind, key: &str, parts: &[&str]| -> Result<Receipt, Broken> {
        Ok(Receipt {
            kind,
            key: format!("{:x}-{key}", place.base),
            object: Uuid::from_u128(u128::from(place.base)),
            number: if kind == ReceiptKind::Ticket {
                Some(place.number(0)?)
            } else {
                None
            },
            fingerprint: [3; 16],
            parts: parts.iter().map(|it| (*it).to_owned()).collect(),
        })
    };
    let ticket = receipt(ReceiptKind::Ticket, "a", &["m1", "m2"])?;
    let upper = receipt(ReceiptKind::Ticket, "B", &[])?;
    let contact = receipt(ReceiptKind::Contact, "a", &[])?;
    tx.imports()
        .put_receipts(TASK, &[ticket.clone(), upper.clone(), contact.clone()])
        .await?;
    let again = Receipt {
        fingerprint: [4; 16],
        parts: vec!["m3".to_owned()],
        ..ticket.clone()
    };
    tx.imports().put_receipts(TASK, std::slice::from_ref(&again)).await?;
    let plain = |it: &Receipt| Receipt {
        parts: Vec::new(),
        ..it.clone()
    };
    let keys = [ticket.key.clone(), "nothing".to_owned()];
    let found = tx.imports().receipts(TASK, ReceiptKind::Ticket, &keys).await?;
    same!(found, vec![plain(&again)], "receipts of tickets");
    let found = tx.imports().receipts(TASK, ReceiptKind::Contact, &keys).await?;
    same!(found, vec![contact], "receipts of contacts");
    let found = tx.imports().receipts(TASK, ReceiptKind::Company, &keys).await?;
    same!(found, Vec::new(), "receipts of companies");
    let mut parts = tx.imports().parts(TASK, &[place.number(0)?, place.number(1)?]).await?;
    parts.sort();
    let wanted: Vec<_> = ["m1", "m2", "m3"].into_iter().map(|it| (again.number, it)).collect();
    let found: Vec<_> = parts.iter().map(|(number, it)| (Some(*number), it.as_str())).collect();
    same!(found, wanted, "parts");
    // Upper case comes first: the order is that of bytes.
    let from = format!("{:x}-", place.base);
    let found = tx
        .imports()
        .all_receipts(TASK, ReceiptKind::Ticket, Some(&from), 2)
        .await?;
    same!(found, vec![plain(&upper), plain(&again)], "all_receipts");
    let after = Some(upper.key.as_str());
    let found = tx.imports().all_receipts(TASK, ReceiptKind::Ticket, after, 1).await?;
    same!(found, vec![plain(&again)], "all_receipts after the first");
    Ok(())
}

pub(super) async fn people_come_by_id_and_numbers_ascend(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    // Just before the first contact of this place.
    let before = ContactId::from_uuid(Uuid::from_u128(place.contact_id(0).uuid().as_u128().wrapping_sub(1)));
    let mut found = Vec::new();
    let mut after = Some(before);
    for _ in 0..3 {
        let page = tx.imports().people(TASK, after, 1).await?;
        after = page.first().map(|it| it.contact);
        found.extend(page);
    }
    let ids: Vec<ContactId> = found.iter().map(|it| it.contact).collect();
    same!(
        ids,
        (0..3).map(|it| place.contact_id(it)).collect::<Vec<_>>(),
        "people, one by one"
    );
    let names: Vec<&str> = found.iter().map(|it| it.name.as_str()).collect();
    same!(names, vec!["Ann", "Ben", "Cem"], "their names");
    let agent = Agent {
        id: AgentId::from_uuid(Uuid::from_u128(u128::from(place.base))),
        name: "Pat".parse()?,
        email: Some("pat@support.example".parse()?),
    };
    tx.directory().put_agent(TASK, &agent).await?;
    ensure!(
        tx.imports().all_agents(TASK).await?.contains(&agent),
        "all_agents misses one"
    );
    let numbers = tx.imports().reserve_numbers(TASK, 5).await?;
    same!(numbers.len(), 5, "reserved numbers");
    ensure!(numbers.is_sorted_by(|a, b| a < b), "numbers do not ascend: {numbers:?}");
    let next = tx.tickets().next_number().await?;
    ensure!(
        numbers.last().is_none_or(|it| *it < next),
        "{next:?} was reserved before"
    );
    Ok(())
}
