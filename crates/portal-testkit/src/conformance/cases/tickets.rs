use std::collections::BTreeSet;
use std::time::Duration;

use portal_core::access::{Audience, Tab};
use portal_core::actor::Task;
use portal_core::crm::Agent;
use portal_core::id::{AgentId, FileId, MessageId, TicketId, Uuid};
use portal_core::ports::{Access, Store, Tx};
use portal_core::property::PropertyValue;
use portal_core::text::query_tokens;
use portal_core::ticket::{
    Author, AuthorKind, BodyFormat, File, FileHome, ListFilter, Message, Priority, Search, Sort, Source, Ticket,
    TimelineItem, TimelineWindow, Version,
};

use super::small::{conflict, issue, usable, viewer, world};
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::conformance::lists::List;
use crate::fakes::PlainBodies;
use crate::world::{NOTE_WORD, Place, World, at};

/// A small world in a unit of work, and a further ticket that is not inserted yet.
async fn with_another(tx: &mut dyn Tx) -> Result<(World, Place, Ticket), Broken> {
    let mut world = world();
    let mut place = world.install(tx).await?;
    world.tickets.push(issue(0, 0));
    place.numbers.push(tx.tickets().next_number().await?);
    let another = place.ticket(&world, 2)?;
    Ok((world, place, another))
}

pub(super) async fn insert_conflicts_if_the_number_is_taken(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (_, place, another) = with_another(&mut *tx).await?;
    let taken = Ticket {
        number: place.number(0)?,
        ..another.clone()
    };
    conflict(tx.tickets().insert(&taken).await, "a taken number")?;
    usable(&mut *tx, &place).await?;
    Ok(tx.tickets().insert(&another).await?)
}

pub(super) async fn insert_conflicts_if_the_id_is_taken(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (_, place, another) = with_another(&mut *tx).await?;
    let taken = Ticket {
        id: place.ticket_id(0),
        ..another.clone()
    };
    conflict(tx.tickets().insert(&taken).await, "a taken id")?;
    usable(&mut *tx, &place).await?;
    Ok(tx.tickets().insert(&another).await?)
}

pub(super) async fn insert_conflicts_if_the_external_id_is_taken(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (world, place, another) = with_another(&mut *tx).await?;
    let external_id = place.ticket(&world, 1)?.external_id;
    let taken = Ticket {
        external_id,
        ..another.clone()
    };
    conflict(tx.tickets().insert(&taken).await, "a taken external id")?;
    usable(&mut *tx, &place).await?;
    Ok(tx.tickets().insert(&another).await?)
}

pub(super) async fn insert_brings_back_every_field(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (_, place, another) = with_another(&mut *tx).await?;
    let agent = Agent {
        id: AgentId::from_uuid(Uuid::from_u128(u128::from(place.base))),
        name: "Pat of Support".parse()?,
        email: None,
    };
    tx.directory().put_agent(&Task::Import, &agent).await?;
    let full = Ticket {
        version: Version(7),
        subject: "Drucker „Süd“ 🖨 druckt nicht".parse()?,
        priority: Priority::Urgent,
        category: Some("Störung".parse()?),
        owner: Some(agent.id),
        source: Source::Email,
        audience: Audience::Private,
        closed_at: Some(at(-1)),
        external_id: Some(format!("ü-{:x}", place.base)),
        merged_into: Some(place.number(0)?),
        snoozed_until: Some(at(900)),
        properties: [("imported_column".parse()?, PropertyValue::Text("ä\n\"'%_\\".to_owned()))].into(),
        ..another
    };
    tx.tickets().insert(&full).await?;
    let loaded = tx.tickets().load(&Task::Import, full.number).await?;
    same!(loaded, Some(full.clone()), "load");
    let viewer = viewer(&mut *tx, &place, 0).await?;
    same!(
        tx.tickets().find(viewer.scope(), full.number).await?,
        Some(full),
        "find"
    );
    same!(
        tx.directory().agent_name(agent.id).await?,
        Some(agent.name.to_string()),
        "agent_name"
    );
    Ok(())
}

pub(super) async fn numbers_ascend(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut last = tx.tickets().next_number().await?;
    for _ in 0..5 {
        let next = tx.tickets().next_number().await?;
        ensure!(next > last, "after {last:?} came {next:?}");
        last = next;
    }
    tx.commit().await?;
    let mut tx = store.begin(Access::Write).await?;
    let next = tx.tickets().next_number().await?;
    ensure!(next > last, "after a commit, {last:?} was followed by {next:?}");
    Ok(())
}

pub(super) async fn update_changes_nothing_if_the_version_is_another(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (world, place, another) = with_another(&mut *tx).await?;
    let before = place.ticket(&world, 0)?;
    let mut after = before.clone();
    after.subject = "changed".parse()?;
    after.version = Version(3);
    after.contacts.clear();
    after.companies.clear();
    for expected in [0, 2, 3] {
        let updated = tx.tickets().update(&after, Version(expected)).await?;
        ensure!(!updated, "an update of version 1 that expected {expected} was accepted");
        let loaded = tx.tickets().load(&Task::Import, before.number).await?;
        same!(loaded, Some(before.clone()), "the ticket after a refused update");
        for contact in [0, 1] {
            let viewer = viewer(&mut *tx, &place, contact).await?;
            let found = tx.tickets().find(viewer.scope(), before.number).await?;
            ensure!(
                found.is_some(),
                "a refused update hid the ticket from contact {contact}"
            );
        }
    }
    let absent = tx.tickets().update(&another, Version(1)).await?;
    ensure!(!absent, "an update of a ticket that is not there was accepted");
    Ok(())
}

pub(super) async fn update_replaces_everything_that_hangs_on_the_ticket(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let ticket = Ticket {
        version: Version(2),
        subject: "zebra".parse()?,
        contacts: place.ticket(&world, 1)?.contacts,
        companies: BTreeSet::new(),
        properties: std::collections::BTreeMap::new(),
        external_id: Some(format!("moved-{:x}", place.base)),
        ..place.ticket(&world, 0)?
    };
    ensure!(
        tx.tickets().update(&ticket, Version(1)).await?,
        "the update was refused"
    );
    let loaded = tx.tickets().load(&Task::Import, ticket.number).await?;
    same!(loaded, Some(ticket.clone()), "the ticket after the update");
    for (contact, sees) in [(0, false), (1, false), (2, true)] {
        let viewer = viewer(&mut *tx, &place, contact).await?;
        let found = tx.tickets().find(viewer.scope(), ticket.number).await?;
        ensure!(
            found.is_some() == sees,
            "contact {contact} finds it: {}",
            found.is_some()
        );
        for (word, has) in [("zebra", true), ("ant", false), ("bee", true), ("moved", true)] {
            let hits = search(&mut *tx, &place, contact, word).await?;
            let hit = hits.contains(&0);
            ensure!(hit == (sees && has), "contact {contact} searches {word}: {hit}");
        }
    }
    Ok(())
}

/// The places of the tickets that a contact finds.
async fn search(tx: &mut dyn Tx, place: &Place, contact: usize, text: &str) -> Result<Vec<usize>, Broken> {
    let viewer = viewer(tx, place, contact).await?;
    let search = Search {
        tokens: query_tokens(text),
        filter: ListFilter::All,
        below: None,
        limit: 50,
    };
    let hits = tx.tickets().search(viewer.scope(), &search).await?;
    let places = hits
        .iter()
        .map(|hit| place.numbers.iter().position(|it| *it == hit.row.number));
    places
        .map(|it| it.ok_or_else(|| Broken::new("a hit of another world")))
        .collect()
}

/// Gives ticket 0 another subject and one message more.
async fn say(tx: &mut dyn Tx, world: &World, place: &Place, subject: &str, text: &str) -> Result<(), Broken> {
    let before = place.ticket(world, 0)?;
    let number = before.number;
    let ticket = Ticket {
        version: Version(2),
        subject: subject.parse()?,
        public_seq: 2,
        ..before
    };
    ensure!(
        tx.tickets().update(&ticket, Version(1)).await?,
        "the update was refused"
    );
    let message = message(place, number, text);
    Ok(tx.tickets().add_message(&message).await?)
}

pub(super) fn message(place: &Place, ticket: portal_core::id::TicketNumber, text: &str) -> Message {
    Message {
        id: MessageId::from_uuid(Uuid::from_u128(u128::from(place.base))),
        ticket,
        seq: 2,
        author: Author {
            kind: AuthorKind::Contact(place.contact_id(0)),
            name: "Ann".to_owned(),
        },
        at: at(5),
        source: Source::Portal,
        body: PlainBodies::body(text, BodyFormat::Text),
        files: Vec::new(),
    }
}

pub(super) async fn search_folds_case_accents_and_sharp_s(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    say(
        &mut *tx,
        &world,
        &place,
        "Straße gesperrt",
        "Das Café in ŁÓDŹ — naïve Ænderung",
    )
    .await?;
    for text in [
        "strasse", "STRASSE", "straße", "Cafe", "café", "lodz", "Łódź", "NAIVE", "aend",
    ] {
        same!(search(&mut *tx, &place, 0, text).await?, vec![0], "search for {text}");
    }
    Ok(())
}

pub(super) async fn search_finds_parts_of_codes_and_only_whole_words_before_the_last(
    store: &dyn Store,
) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let text = "It says ERR-404 at 50% of \"C:\\temp\", NEAR or AND or NOT; o'clock*";
    say(&mut *tx, &world, &place, "printer trouble", text).await?;
    let found = [
        "err-404",
        "404",
        "err 40",
        "printer tro",
        "50",
        "temp",
        "near",
        "and not",
        "oclock",
    ];
    for (text, hit) in found
        .into_iter()
        .zip([true, true, true, true, true, true, true, true, false])
    {
        let wanted = if hit { vec![0] } else { Vec::new() };
        same!(search(&mut *tx, &place, 0, text).await?, wanted, "search for {text}");
    }
    for text in ["print trouble", "er 404", "rinter", "trouble printer 405"] {
        same!(
            search(&mut *tx, &place, 0, text).await?,
            Vec::<usize>::new(),
            "search for {text}"
        );
    }
    Ok(())
}

pub(super) async fn search_never_finds_notes(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    for ticket in &mut world.tickets {
        ticket.notes.push(vec![NOTE_WORD]);
    }
    let place = world.install(&mut *tx).await?;
    for contact in 0..3 {
        let hits = search(&mut *tx, &place, contact, NOTE_WORD).await?;
        same!(hits, Vec::<usize>::new(), "search for a word of a note");
        let viewer = viewer(&mut *tx, &place, contact).await?;
        for ticket in 0..2 {
            let id = place.note_file_id(ticket, 0);
            let file = tx.tickets().file(viewer.scope(), id).await?;
            ensure!(file.is_none(), "contact {contact} gets the file of a note");
            let number = place.number(ticket)?;
            let window = TimelineWindow::All;
            let timeline = tx.tickets().timeline(viewer.scope(), number, window).await?;
            ensure!(timeline.items.len() <= 1, "contact {contact} sees a note: {timeline:?}");
        }
    }
    Ok(())
}

pub(super) async fn pages_of_equal_times_give_each_ticket_once(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    world.tickets = vec![issue(0, 0); 7];
    let place = world.install(&mut *tx).await?;
    let viewer = viewer(&mut *tx, &place, 1).await?;
    for sort in [Sort::Attention, Sort::LastActivity, Sort::Created] {
        for size in 1..=3 {
            let list = List {
                tab: Tab::Company,
                filter: ListFilter::All,
                sort,
                requester: None,
                size,
            };
            let numbers = list.drain(&mut *tx, viewer.scope(), 7).await?;
            let wanted: Vec<i64> = place.numbers.iter().rev().map(|it| it.get()).collect();
            same!(numbers, wanted, "{sort:?} in pages of {size}");
        }
    }
    Ok(())
}

pub(super) async fn staged_files_belong_to_the_message_that_sends_them(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let number = place.number(0)?;
    let staged = place.staged_file(0);
    let second = File {
        id: FileId::from_uuid(Uuid::from_u128(u128::from(place.base) + 1)),
        ..staged.clone()
    };
    let second = place.file(second.id, FileHome::Staged(place.contact_id(0)));
    tx.tickets().add_staged_file(&second).await?;
    let colleague = viewer(&mut *tx, &place, 1).await?;
    let found = tx.tickets().file(colleague.scope(), staged.id).await?;
    ensure!(found.is_none(), "a colleague gets a file that was not sent yet");
    let mut message = message(&place, number, "with files");
    let home = FileHome::Message(number, message.id);
    // In the order they were attached, which is not that of their ids.
    message.files = vec![File { home, ..second }, File { home, ..staged.clone() }];
    if message.files.is_sorted_by_key(|it| it.id) {
        message.files.reverse();
    }
    tx.tickets().add_message(&message).await?;
    let found = tx.tickets().file(colleague.scope(), staged.id).await?;
    same!(
        found,
        Some(File { home, ..staged.clone() }),
        "the file, for a colleague"
    );
    let stranger = viewer(&mut *tx, &place, 2).await?;
    let found = tx.tickets().file(stranger.scope(), staged.id).await?;
    ensure!(found.is_none(), "somebody of another company gets the file");
    let own = viewer(&mut *tx, &place, 0).await?;
    let left = tx.tickets().staged_files(own.scope(), &[staged.id], at(0)).await?;
    same!(left, Vec::new(), "what is still staged");
    let window = TimelineWindow::After(1);
    let timeline = tx.tickets().timeline(colleague.scope(), number, window).await?;
    same!(
        timeline.items,
        vec![TimelineItem::Message(message)],
        "the message with its files"
    );
    let swept = tx.tickets().sweep_staged(&Task::Maintenance, at(100_000), 1000).await?;
    ensure!(
        swept.iter().all(|it| it.id != staged.id),
        "a file that was sent was swept"
    );
    Ok(())
}

pub(super) async fn sweep_takes_only_old_staged_files_and_at_most_the_limit(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    // Whatever others left in this store is swept first, so that the limit counts ours alone.
    tx.tickets()
        .sweep_staged(&Task::Maintenance, at(1_000_000), 100_000)
        .await?;
    let mut world = world();
    for ticket in &mut world.tickets {
        ticket.thread = vec![crate::world::Item::Message {
            words: vec!["ant"],
            file: true,
            by: None,
        }];
        ticket.notes.push(vec!["ant"]);
    }
    let place = world.install(&mut *tx).await?;
    let task = &Task::Maintenance;
    let early = tx.tickets().sweep_staged(task, at(1000), 10).await?;
    same!(early, Vec::new(), "swept before their time");
    let later = at(1000).plus(Duration::from_micros(1));
    let two = tx.tickets().sweep_staged(task, later, 2).await?;
    same!(two.len(), 2, "swept with a limit of 2");
    let rest = tx.tickets().sweep_staged(task, later, 10).await?;
    same!(rest.len(), 1, "swept after that");
    let mut ids: Vec<FileId> = two.iter().chain(&rest).map(|it| it.id).collect();
    ids.sort_unstable();
    let mut wanted: Vec<FileId> = (0..3).map(|it| place.staged_file_id(it)).collect();
    wanted.sort_unstable();
    same!(ids, wanted, "swept in all");
    let owner = viewer(&mut *tx, &place, 0).await?;
    let gone = tx.tickets().file(owner.scope(), place.staged_file_id(0)).await?;
    ensure!(gone.is_none(), "a swept file was found");
    let sent = tx.tickets().file(owner.scope(), place.file_id(0, 0)).await?;
    ensure!(sent.is_some(), "a file of a message was swept");
    Ok(())
}

pub(super) async fn read_marks_are_only_raised(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    if let Some(ticket) = world.tickets.first_mut() {
        ticket.thread.extend(vec![crate::world::Item::Event; 2]);
    }
    let place = world.install(&mut *tx).await?;
    let (number, contact) = (place.number(0)?, place.contact_id(0));
    let list = List {
        tab: Tab::Mine,
        filter: ListFilter::All,
        sort: Sort::Created,
        requester: None,
        size: 3,
    };
    for (seq, unread) in [(0, true), (2, true), (3, false), (1, false)] {
        tx.tickets().raise_read_mark(contact, number, seq).await?;
        let viewer = viewer(&mut *tx, &place, 0).await?;
        let page = tx.tickets().page(viewer.scope(), &list.first()).await?;
        let found: Vec<bool> = page.iter().map(|it| it.unread).collect();
        same!(found, vec![unread], "unread of 3 after the mark {seq}");
    }
    let id: TicketId = place.ticket_id(0);
    let colleague = viewer(&mut *tx, &place, 1).await?;
    let list = List {
        tab: Tab::Company,
        ..list
    };
    let page = tx.tickets().page(colleague.scope(), &list.first()).await?;
    let unread: Vec<bool> = page.iter().filter(|it| it.id == id).map(|it| it.unread).collect();
    same!(unread, vec![true], "unread for a colleague");
    Ok(())
}

pub(super) async fn details_are_of_what_is_visible_only(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let mut numbers = Vec::new();
    for index in 0..world.tickets.len() {
        numbers.push(place.number(index)?);
    }
    for contact in 0..world.contacts.len() {
        let viewer = viewer(&mut *tx, &place, contact).await?;
        let mut wanted = Vec::new();
        for number in &numbers {
            if let Some(ticket) = tx.tickets().find(viewer.scope(), *number).await? {
                wanted.push((ticket.number, ticket.owner.is_some(), ticket.properties));
            }
        }
        let found = tx.tickets().row_details(viewer.scope(), &numbers).await?;
        let mut found: Vec<_> = found
            .into_iter()
            .map(|it| (it.number, it.owner.is_some(), it.properties))
            .collect();
        found.sort_by_key(|it| it.0);
        wanted.sort_by_key(|it| it.0);
        same!(found, wanted, "details for contact {contact}");
        same!(
            tx.tickets().row_details(viewer.scope(), &[]).await?,
            Vec::new(),
            "details of nothing"
        );
    }
    Ok(())
}
