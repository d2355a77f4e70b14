use std::collections::BTreeSet;
use std::time::Duration;

use portal_core::access::Standing;
use portal_core::actor::Task;
use portal_core::crm::Agent;
use portal_core::desk::{
    DeskFilter, DeskQuery, DeskSearch, DeskSort, DeskView, OwnedBy, PendingAnswer, StaffScope, Then, enter_desk,
};
use portal_core::id::{AgentId, FileId, InboxId, MessageId, NoteId, Uuid};
use portal_core::ports::{Access, Store, StoreErrorKind, Tx};
use portal_core::staff::{InboxAccess, Permission, StaffActor, StaffStanding, StaffUser};
use portal_core::text::query_tokens;
use portal_core::ticket::{Body, BodyFormat, Edge, FileHome, Priority, SafeHtml, Stage, Ticket, TimelineItem, Version};
use proptest::collection::vec;

use super::small;
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::conformance::fixture::Fixture;
use crate::conformance::random::{for_all, law_cases};
use crate::world::{Item, Place, World, at, worlds};

/// Whose a ticket is and whether it is put aside, for each of a world's tickets.
type Lot = (u8, bool);

const AGENTS: usize = 2;

fn agent_id(place: &Place, index: usize) -> AgentId {
    AgentId::from_uuid(Uuid::from_u128(
        (u128::from(place.base) << 64) | (0xa6 << 32) | index as u128,
    ))
}

pub(super) fn scope(place: &Place, inboxes: InboxAccess) -> Result<StaffScope, Broken> {
    let id = agent_id(place, 0);
    let user = StaffUser {
        id,
        name: "Mara".parse()?,
        email: "mara@kestrel.example".parse()?,
        permissions: BTreeSet::from([Permission::HelpDesk]),
        inboxes,
        standing: StaffStanding::Active,
        language: None,
        time_zone: None,
        created_at: at(0),
    };
    let (_, scope) = enter_desk(&StaffActor::signed_in(id, false), Some(user))
        .map_err(|it| Broken::new(format!("the desk is closed: {it}")))?;
    Ok(scope)
}

/// Gives the tickets to agents and puts some aside; the tickets as they are then.
async fn deal(tx: &mut dyn Tx, world: &World, place: &Place, lots: &[Lot]) -> Result<Vec<Ticket>, Broken> {
    for index in 0..AGENTS {
        let agent = Agent {
            id: agent_id(place, index),
            name: format!("Agent {index}").parse()?,
            email: None,
        };
        let task = Task::Import;
        tx.directory().put_agent(&task, &agent).await?;
    }
    let mut tickets = Vec::new();
    for index in 0..world.tickets.len() {
        let ticket = place.ticket(world, index)?;
        let (whose, aside) = lots.get(index).copied().unwrap_or_default();
        let changed = Ticket {
            owner: (whose > 0).then(|| agent_id(place, usize::from(whose) - 1)),
            snoozed_until: aside.then(|| at(9000)),
            version: Version(ticket.version.0 + 1),
            ..ticket.clone()
        };
        let done = tx.tickets().update(&changed, ticket.version).await?;
        ensure!(done, "ticket {index} could not be given to anybody");
        tickets.push(changed);
    }
    Ok(tickets)
}

/// What a view shows, said anew and naively.
fn shows(view: DeskView, ticket: &Ticket, me: AgentId) -> bool {
    let gone = matches!(ticket.standing, Standing::Spam | Standing::Deleted);
    let closed = !gone && (ticket.stage == Stage::Closed || ticket.standing == Standing::Merged);
    let aside = !gone && !closed && ticket.snoozed_until.is_some();
    let open = !gone && !closed && !aside;
    match view {
        DeskView::Mine => open && ticket.owner == Some(me),
        DeskView::Unassigned => open && ticket.owner.is_none(),
        DeskView::Open => open,
        DeskView::Waiting => open && ticket.stage == Stage::WaitingOnContact,
        DeskView::Snoozed => aside,
        DeskView::Closed => closed,
        DeskView::Spam => ticket.standing == Standing::Spam,
        DeskView::Deleted => ticket.standing == Standing::Deleted,
    }
}

pub(super) fn staff_see_exactly_the_tickets_of_their_inboxes(fixture: &dyn Fixture) -> Result<(), Broken> {
    let values = (worlds(), vec((0u8..3, proptest::bool::weighted(0.2)), 12));
    for_all(law_cases(fixture.law_cases()).div_ceil(2), &values, |(world, lots)| {
        fixture.block_on(Box::pin(async move {
            let mut tx = fixture.store().begin(Access::Write).await?;
            let place = world.install(&mut *tx).await?;
            let tickets = deal(&mut *tx, &world, &place, &lots).await?;
            let ids: Vec<InboxId> = (0..world.inboxes.len()).map(|it| place.inbox_id(it)).collect();
            for chosen in 0..1u32 << ids.len() {
                let own = ids.iter().enumerate().filter(|(bit, _)| chosen >> bit & 1 == 1);
                let own: BTreeSet<InboxId> = own.map(|(_, it)| *it).collect();
                let scope = scope(&place, InboxAccess::Only(own.clone()))?;
                check(&mut *tx, &world, &place, &scope, &own, &tickets)
                    .await
                    .map_err(|it| it.at(format!("with the inboxes {own:?}")))?;
            }
            // Of all inboxes there may be more in the store than this world has.
            let all = scope(&place, InboxAccess::All)?;
            for inbox in ids {
                list(
                    &mut *tx,
                    &place,
                    &all,
                    &tickets,
                    (DeskView::Open, Some(inbox), DeskSort::Newest, 2, &DeskFilter::default()),
                )
                .await?;
            }
            Ok(())
        }))
    })
}

async fn check(
    tx: &mut dyn Tx,
    world: &World,
    place: &Place,
    scope: &StaffScope,
    own: &BTreeSet<InboxId>,
    tickets: &[Ticket],
) -> Result<(), Broken> {
    let me = agent_id(place, 0);
    let seen: Vec<Ticket> = tickets.iter().filter(|it| own.contains(&it.inbox)).cloned().collect();
    for (index, ticket) in tickets.iter().enumerate() {
        let sees = own.contains(&ticket.inbox);
        same!(
            scope.permits(ticket),
            sees,
            "the meaning of the scope for {}",
            ticket.number
        );
        let found = tx.desk().desk_ticket(scope, ticket.number).await?;
        same!(found.as_ref(), sees.then_some(ticket), "the ticket {}", ticket.number);
        let thread = tx.desk().desk_thread(scope, ticket.number, 100).await?;
        let issue = crate::world::get(&world.tickets, index)?;
        let items = if sees {
            place.timeline(world, index)?
        } else {
            Vec::new()
        };
        let places = |it: &[TimelineItem]| it.iter().map(TimelineItem::seq).collect::<Vec<_>>();
        same!(
            places(&thread.items),
            places(&items),
            "what was said on {}",
            ticket.number
        );
        same!(
            thread.notes.len(),
            if sees { issue.notes.len() } else { 0 },
            "the notes on {}",
            ticket.number
        );
        for item in place.timeline(world, index)? {
            let task = Task::Delivery;
            let found = tx.desk().public_message(&task, ticket.number, item.seq()).await?;
            let wanted = match &item {
                TimelineItem::Message(it) => Some(&it.body),
                TimelineItem::Event(_) => None,
            };
            same!(
                found.as_ref().map(|it| &it.body),
                wanted,
                "what was said at {} of {}",
                item.seq(),
                ticket.number
            );
        }
        for (item, it) in issue.thread.iter().enumerate() {
            let has_file = matches!(it, Item::Message { file: true, .. });
            let found = tx.desk().desk_file(scope, place.file_id(index, item)).await?;
            same!(found.is_some(), sees && has_file, "file {item} of {}", ticket.number);
        }
        for note in 0..issue.notes.len() {
            let found = tx.desk().desk_file(scope, place.note_file_id(index, note)).await?;
            ensure!(found.is_none() || sees, "the file of a note of {}", ticket.number);
        }
        let newest = tx.desk().desk_thread(scope, ticket.number, 1).await?;
        same!(
            places(&newest.items),
            places(items.get(items.len().saturating_sub(1)..).unwrap_or_default()),
            "the newest of {}",
            ticket.number
        );
        same!(
            newest.hidden as usize,
            items.len().saturating_sub(1),
            "how much of {} is hidden",
            ticket.number
        );
    }
    let mut size = 0;
    for view in DeskView::ALL {
        for inbox in [None]
            .into_iter()
            .chain((0..world.inboxes.len()).map(|it| Some(place.inbox_id(it))))
        {
            for sort in [DeskSort::Newest, DeskSort::Oldest] {
                size = size % 3 + 1;
                list(
                    tx,
                    place,
                    scope,
                    &seen,
                    (view, inbox, sort, size, &DeskFilter::default()),
                )
                .await?;
            }
        }
    }
    for filter in filters(place, tickets) {
        for view in [DeskView::Open, DeskView::Mine, DeskView::Unassigned, DeskView::Closed] {
            size = size % 3 + 1;
            list(tx, place, scope, &seen, (view, None, DeskSort::Newest, size, &filter)).await?;
        }
    }
    let lists: Vec<DeskQuery> = filters(place, tickets)
        .into_iter()
        .zip([
            DeskView::Open,
            DeskView::Mine,
            DeskView::Unassigned,
            DeskView::Waiting,
            DeskView::Open,
            DeskView::Open,
        ])
        .map(|(filter, view)| DeskQuery {
            view,
            agent: me,
            inbox: None,
            filter,
            sort: DeskSort::Newest,
            edge: Edge::Start,
            limit: 1,
        })
        .collect();
    let wanted: Vec<u32> = lists
        .iter()
        .map(|it| {
            let some = seen
                .iter()
                .filter(|ticket| shows(it.view, ticket, me) && passes(&it.filter, ticket));
            (some.count() as u32).min(2)
        })
        .collect();
    same!(
        tx.desk().desk_sizes(scope, &lists, 2).await?,
        wanted,
        "the sizes of lists"
    );
    let cap = 2;
    let counts = tx.desk().desk_counts(scope, me, cap).await?;
    let count = |view, inbox: Option<InboxId>| {
        let some = seen
            .iter()
            .filter(|it| shows(view, it, me) && inbox.is_none_or(|inbox| it.inbox == inbox));
        (some.count() as u32).min(cap)
    };
    same!(counts.mine, count(DeskView::Mine, None), "how many are mine");
    same!(
        counts.unassigned,
        count(DeskView::Unassigned, None),
        "how many are nobody's"
    );
    same!(counts.open, count(DeskView::Open, None), "how many are open");
    same!(counts.waiting, count(DeskView::Waiting, None), "how many wait");
    same!(
        counts.inboxes.iter().map(|it| it.inbox).collect::<BTreeSet<_>>(),
        own.clone(),
        "the inboxes"
    );
    for it in &counts.inboxes {
        same!(
            it.open,
            count(DeskView::Open, Some(it.inbox)),
            "how many are open in {}",
            it.name
        );
    }
    Ok(())
}

/// What lists are narrowed to in turn.
fn filters(place: &Place, tickets: &[Ticket]) -> Vec<DeskFilter> {
    let none = DeskFilter::default();
    let mut filters = vec![
        DeskFilter {
            owner: Some(OwnedBy::Nobody),
            ..none.clone()
        },
        DeskFilter {
            owner: Some(OwnedBy::Agent(agent_id(place, 1))),
            ..none.clone()
        },
        DeskFilter {
            priority: Some(Priority::Normal),
            category: "Question".parse().ok(),
            ..none.clone()
        },
        DeskFilter {
            stage: Some(Stage::WaitingOnContact),
            ..none.clone()
        },
    ];
    if let Some(contact) = tickets.iter().find_map(|it| it.contacts.keys().next()) {
        filters.push(DeskFilter {
            contact: Some(*contact),
            ..none.clone()
        });
    }
    if let Some(company) = tickets.iter().find_map(|it| it.companies.iter().next()) {
        filters.push(DeskFilter {
            company: Some(*company),
            owner: Some(OwnedBy::Nobody),
            ..none
        });
    }
    filters
}

/// What a filter lets pass, said anew and naively.
fn passes(filter: &DeskFilter, ticket: &Ticket) -> bool {
    let owner = match filter.owner {
        Some(OwnedBy::Nobody) => ticket.owner.is_none(),
        Some(OwnedBy::Agent(agent)) => ticket.owner.is_some_and(|it| it == agent),
        None => true,
    };
    let has = |wanted: bool, is: bool| !wanted || is;
    owner
        && has(filter.priority.is_some(), filter.priority == Some(ticket.priority))
        && has(filter.stage.is_some(), filter.stage == Some(ticket.stage))
        && has(filter.category.is_some(), filter.category == ticket.category)
        && filter.contact.iter().all(|it| ticket.contacts.contains_key(it))
        && filter.company.iter().all(|it| ticket.companies.contains(it))
}

/// Walks a list page by page in both directions, and compares with what must come.
async fn list(
    tx: &mut dyn Tx,
    place: &Place,
    scope: &StaffScope,
    seen: &[Ticket],
    (view, inbox, sort, limit, filter): (DeskView, Option<InboxId>, DeskSort, u32, &DeskFilter),
) -> Result<(), Broken> {
    let me = agent_id(place, 0);
    let mut wanted: Vec<&Ticket> = seen
        .iter()
        .filter(|it| shows(view, it, me) && inbox.is_none_or(|inbox| it.inbox == inbox) && passes(filter, it))
        .collect();
    wanted.sort_by_key(|it| (it.last_activity, it.number));
    if sort == DeskSort::Newest {
        wanted.reverse();
    }
    let wanted: Vec<i64> = wanted.iter().map(|it| it.number.get()).collect();
    let about = format!("{view:?} in {inbox:?} by {sort:?}, {limit} at a time, {filter:?}");
    let query = |edge| DeskQuery {
        view,
        agent: me,
        inbox,
        filter: filter.clone(),
        sort,
        edge,
        limit,
    };
    let mut rows = Vec::new();
    let mut edge = Edge::Start;
    for _ in 0..=wanted.len() {
        let page = tx.desk().desk_page(scope, &query(edge)).await?;
        ensure!(page.len() <= limit as usize, "{about}: a page has {} rows", page.len());
        let Some(last) = page.last() else { break };
        edge = Edge::After(last.cursor());
        rows.extend(page);
    }
    let numbers: Vec<i64> = rows.iter().map(|it| it.number.get()).collect();
    same!(numbers, wanted, "{about}: pages from the beginning");
    for row in &rows {
        let ticket = seen.iter().find(|it| it.number == row.number);
        same!(
            Some(&row.subject),
            ticket.map(|it| &it.subject),
            "{about}: the subject of {}",
            row.number
        );
        same!(
            row.owner.as_ref().map(|it| it.0),
            ticket.and_then(|it| it.owner),
            "{about}: whose {} is",
            row.number
        );
        same!(
            row.requester.as_ref().map(|it| it.0),
            ticket.and_then(Ticket::requester),
            "{about}: who asked {}",
            row.number
        );
    }
    let Some(last) = rows.last() else { return Ok(()) };
    let mut back: Vec<i64> = Vec::new();
    let mut edge = Edge::Before(last.cursor());
    for _ in 0..=wanted.len() {
        let page = tx.desk().desk_page(scope, &query(edge)).await?;
        let Some(first) = page.first() else { break };
        edge = Edge::Before(first.cursor());
        back.splice(0..0, page.iter().map(|it| it.number.get()));
    }
    let before_last = wanted.split_last().map_or(&[][..], |(_, rest)| rest);
    same!(back, before_last, "{about}: pages back from the last row");
    Ok(())
}

pub(super) async fn a_staff_scope_without_inboxes_has_nothing(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = small::world();
    let place = world.install(&mut *tx).await?;
    let nothing = scope(&place, InboxAccess::Only(BTreeSet::new()))?;
    for view in DeskView::ALL {
        list(
            &mut *tx,
            &place,
            &nothing,
            &[],
            (view, None, DeskSort::Newest, 5, &DeskFilter::default()),
        )
        .await?;
        list(
            &mut *tx,
            &place,
            &nothing,
            &[],
            (
                view,
                Some(place.inbox_id(0)),
                DeskSort::Newest,
                5,
                &DeskFilter::default(),
            ),
        )
        .await?;
    }
    let found = tx.desk().desk_ticket(&nothing, place.number(0)?).await?;
    same!(found, None, "a ticket");
    let counts = tx.desk().desk_counts(&nothing, agent_id(&place, 0), 5).await?;
    same!(
        counts.open + counts.mine + counts.unassigned + counts.waiting,
        0,
        "the counts"
    );
    same!(counts.inboxes.len(), 0, "the inboxes");
    Ok(())
}

pub(super) async fn what_was_put_aside_comes_up_when_it_is_due(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = small::world();
    let place = world.install(&mut *tx).await?;
    // Long before anything that other cases put aside.
    let until = |seconds: i64| at(-1_000_000_000 + seconds);
    for (index, seconds) in [(0, 20), (1, 10)] {
        let ticket = place.ticket(&world, index)?;
        let aside = Ticket {
            snoozed_until: Some(until(seconds)),
            ..ticket.clone()
        };
        ensure!(
            tx.tickets().update(&aside, ticket.version).await?,
            "ticket {index} was refused"
        );
    }
    let task = Task::Maintenance;
    let (first, second) = (place.number(1)?, place.number(0)?);
    same!(
        tx.desk().due_snoozes(&task, until(9), 9).await?,
        Vec::new(),
        "too early"
    );
    same!(
        tx.desk().due_snoozes(&task, until(10), 9).await?,
        vec![first],
        "the first one"
    );
    same!(
        tx.desk().due_snoozes(&task, until(30), 9).await?,
        vec![first, second],
        "both"
    );
    same!(
        tx.desk().due_snoozes(&task, until(30), 1).await?,
        vec![first],
        "at most the limit"
    );
    Ok(())
}

async fn found(tx: &mut dyn Tx, scope: &StaffScope, place: &Place, text: &str) -> Result<Vec<(i64, bool)>, Broken> {
    let search = DeskSearch {
        tokens: query_tokens(text),
        agent: agent_id(place, 0),
        view: None,
        inbox: None,
        filter: DeskFilter::default(),
        below: None,
        limit: 20,
    };
    let hits = tx.desk().desk_search(scope, &search).await?;
    // In a store that is shared with other worlds there may be other hits.
    let own = hits.iter().filter(|it| place.numbers.contains(&it.row.number));
    Ok(own.map(|it| (it.row.number.get(), it.in_note)).collect())
}

pub(super) async fn staff_find_messages_notes_and_names_newest_first(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = small::world();
    if let Some(ticket) = world.tickets.first_mut() {
        ticket.notes.push(vec!["whisper"]);
    }
    let place = world.install(&mut *tx).await?;
    let (first, second) = (place.number(0)?.get(), place.number(1)?.get());
    let scope = scope(&place, InboxAccess::Only(BTreeSet::from([place.inbox_id(0)])))?;
    let name = |contact| Place::name(contact).to_lowercase();
    for (text, wanted) in [
        ("bee", vec![(second, false), (first, false)]),
        ("ant bee", vec![(second, false), (first, false)]),
        ("WHISP", vec![(first, true)]),
        ("whisp ant", vec![]),
        ("whisper ant", vec![(first, true)]),
        ("company", vec![(second, false), (first, false)]),
        (&format!("{} whisper", name(0)), vec![(first, true)]),
        (&format!("bee {}", name(2)), vec![(second, false)]),
        (&format!("whisper {}", name(2)), vec![]),
        (&second.to_string(), vec![(second, false)]),
        ("", vec![]),
    ] {
        same!(found(&mut *tx, &scope, &place, text).await?, wanted, "hits of `{text}`");
    }
    let nothing = self::scope(&place, InboxAccess::Only(BTreeSet::new()))?;
    let other = self::scope(&place, InboxAccess::Only(BTreeSet::from([place.inbox_id(9)])))?;
    for scope in [nothing, other] {
        for text in ["bee", "whisper", "company", &name(0), &first.to_string()] {
            same!(
                found(&mut *tx, &scope, &place, text).await?,
                vec![],
                "hits of `{text}` of others"
            );
        }
    }
    Ok(())
}

pub(super) async fn staff_find_people_by_the_names_they_have_now(store: &dyn Store) -> Result<(), Broken> {
    let task = portal_core::actor::Task::Import;
    let mut tx = store.begin(Access::Write).await?;
    let world = small::world();
    let place = world.install(&mut *tx).await?;
    let (first, second) = (place.number(0)?.get(), place.number(1)?.get());
    let scope = scope(&place, InboxAccess::Only(BTreeSet::from([place.inbox_id(0)])))?;
    let mut contact = place.contact(&world, 0)?;
    contact.name = "Ödön Weißbrodt".parse()?;
    contact.email = Some("odon@brodt.example".parse()?);
    tx.directory().put_contact(&task, &contact).await?;
    for text in ["odon weissbrodt", "weissb", "odon@brodt.example", "bee brodt"] {
        same!(
            found(&mut *tx, &scope, &place, text).await?,
            vec![(first, false)],
            "hits of `{text}`"
        );
    }
    same!(
        found(&mut *tx, &scope, &place, "weiss odon").await?,
        vec![],
        "a beginning that is not the last word"
    );
    tx.directory()
        .update_profile(contact.id, &"Odile".parse()?, None, None)
        .await?;
    same!(
        found(&mut *tx, &scope, &place, "weissbrodt").await?,
        vec![],
        "hits of a former name"
    );
    same!(
        found(&mut *tx, &scope, &place, "odile brodt").await?,
        vec![(first, false)],
        "hits of the name"
    );
    let mut company = place.company(1)?;
    company.name = "Quintessenz & Söhne".parse()?;
    tx.directory().put_company(&task, &company).await?;
    same!(
        found(&mut *tx, &scope, &place, "quint").await?,
        vec![(second, false)],
        "hits of a company"
    );
    // Whoever is taken off a ticket is not found with it any more.
    let ticket = place.ticket(&world, 1)?;
    let changed = Ticket {
        companies: BTreeSet::new(),
        version: Version(ticket.version.0 + 1),
        ..ticket.clone()
    };
    ensure!(
        tx.tickets().update(&changed, ticket.version).await?,
        "the ticket could not be changed"
    );
    same!(
        found(&mut *tx, &scope, &place, "quint").await?,
        vec![],
        "hits of a company that is gone"
    );
    Ok(())
}

pub(super) async fn searches_of_the_desk_are_narrowed_and_paged(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = small::world();
    world.tickets = vec![small::issue(0, 0); 5];
    let place = world.install(&mut *tx).await?;
    deal(
        &mut *tx,
        &world,
        &place,
        &[(1, false), (2, false), (0, false), (1, true)],
    )
    .await?;
    let scope = scope(&place, InboxAccess::Only(BTreeSet::from([place.inbox_id(0)])))?;
    let numbers: Vec<i64> = place.numbers.iter().map(|it| it.get()).collect();
    let all = DeskSearch {
        tokens: vec!["bee".to_owned()],
        agent: agent_id(&place, 0),
        view: None,
        inbox: None,
        filter: DeskFilter::default(),
        below: None,
        limit: 2,
    };
    let mut paged = Vec::new();
    let mut below = None;
    for _ in 0..4 {
        let search = DeskSearch { below, ..all.clone() };
        let hits = tx.desk().desk_search(&scope, &search).await?;
        let Some(last) = hits.last() else { break };
        below = Some(last.row.number);
        paged.extend(hits.iter().map(|it| it.row.number.get()));
    }
    let newest: Vec<i64> = numbers.iter().rev().copied().collect();
    same!(paged, newest, "all pages of a search");
    for (view, inbox, filter, wanted) in [
        (Some(DeskView::Mine), None, None, vec![0]),
        (Some(DeskView::Snoozed), None, None, vec![3]),
        (Some(DeskView::Unassigned), None, None, vec![4, 2]),
        (Some(DeskView::Closed), None, None, vec![]),
        (
            None,
            Some(place.inbox_id(0)),
            Some(OwnedBy::Agent(agent_id(&place, 1))),
            vec![1],
        ),
        (None, Some(place.inbox_id(1)), None, vec![]),
    ] {
        let search = DeskSearch {
            view,
            inbox,
            filter: DeskFilter {
                owner: filter,
                ..DeskFilter::default()
            },
            limit: 9,
            ..all.clone()
        };
        let hits = tx.desk().desk_search(&scope, &search).await?;
        let hits: Vec<usize> = hits
            .iter()
            .filter_map(|it| place.numbers.iter().position(|number| *number == it.row.number))
            .collect();
        same!(hits, wanted, "hits in {view:?} of {inbox:?} by {filter:?}");
    }
    Ok(())
}

pub(super) async fn parts_are_found_by_the_ticket_they_are_part_of(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = small::world();
    world.tickets.push(small::issue(0, 0));
    let place = world.install(&mut *tx).await?;
    let into = place.number(2)?;
    for index in [1, 0] {
        let ticket = place.ticket(&world, index)?;
        let part = Ticket {
            standing: Standing::Merged,
            merged_into: Some(into),
            ..ticket.clone()
        };
        ensure!(
            tx.tickets().update(&part, ticket.version).await?,
            "ticket {index} was refused"
        );
    }
    let task = Task::Maintenance;
    let (first, second) = (place.number(0)?, place.number(1)?);
    let numbers = vec![first, second];
    same!(
        tx.desk().merged_numbers(&task, into).await?,
        numbers,
        "the numbers of the parts"
    );
    same!(
        tx.desk().merged_numbers(&task, first).await?,
        Vec::new(),
        "parts of a part"
    );
    let found = async |tx: &mut dyn Tx, scope: &StaffScope, limit| -> Result<Vec<_>, Broken> {
        let parts = tx.desk().merged_sources(scope, into, limit).await?;
        Ok(parts.into_iter().map(|it| it.number).collect::<Vec<_>>())
    };
    let all = scope(&place, InboxAccess::All)?;
    same!(found(&mut *tx, &all, 9).await?, numbers, "all parts");
    same!(found(&mut *tx, &all, 1).await?, vec![first], "at most the limit");
    let none = scope(&place, InboxAccess::Only(BTreeSet::new()))?;
    same!(
        found(&mut *tx, &none, 9).await?,
        Vec::new(),
        "parts outside of the scope"
    );
    Ok(())
}

pub(super) async fn an_answer_waits_for_staff_alone_and_is_taken_once(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = small::world();
    let place = world.install(&mut *tx).await?;
    let number = place.number(0)?;
    // Long before anything that other cases keep.
    let due = |seconds: i64| at(-2_000_000_000 + seconds);
    let pending = |n: u128, seconds| PendingAnswer {
        id: MessageId::from_uuid(Uuid::from_u128((u128::from(place.base) << 64) | (0x9e << 32) | n)),
        ticket: number,
        agent: agent_id(&place, 0),
        then: Then::Wait,
        body: Body {
            source: "*soon*".to_owned(),
            format: BodyFormat::Markdown,
            html: SafeHtml::vouched("<p><em>soon</em></p>".to_owned()),
            plain: "soon".to_owned(),
            sanitiser: 3,
        },
        files: Vec::new(),
        at: due(0),
        due_at: due(seconds),
    };
    let (late, early) = (pending(1, 20), pending(2, 10));
    for it in [&late, &early] {
        tx.desk().add_pending(it).await?;
    }
    let twice = tx.desk().add_pending(&early).await;
    ensure!(
        twice.as_ref().is_err_and(|it| it.kind() == StoreErrorKind::Conflict),
        "an id that is taken was taken again: {twice:?}"
    );
    let all = scope(&place, InboxAccess::All)?;
    same!(
        tx.desk().pending_answers(&all, number).await?,
        vec![early.clone(), late.clone()],
        "what waits on the ticket"
    );
    let none = scope(&place, InboxAccess::Only(BTreeSet::new()))?;
    same!(
        tx.desk().pending_answers(&none, number).await?,
        Vec::new(),
        "what waits outside of the scope"
    );
    let task = Task::Delivery;
    same!(tx.desk().due_pending(&task, due(9), 9).await?, Vec::new(), "too early");
    same!(
        tx.desk().due_pending(&task, due(10), 9).await?,
        vec![(early.id, number)],
        "the first one"
    );
    same!(
        tx.desk().due_pending(&task, due(30), 9).await?,
        vec![(early.id, number), (late.id, number)],
        "both"
    );
    same!(
        tx.desk().due_pending(&task, due(30), 1).await?,
        vec![(early.id, number)],
        "at most the limit"
    );
    let id = early.id;
    same!(tx.desk().take_pending(&task, id).await?, Some(early), "what was taken");
    same!(tx.desk().take_pending(&task, id).await?, None, "what was taken before");
    Ok(())
}

pub(super) async fn what_an_agent_uploads_is_theirs_until_it_is_sent(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = small::world();
    let place = world.install(&mut *tx).await?;
    let number = place.number(0)?;
    let (own, other) = (agent_id(&place, 0), agent_id(&place, 1));
    let uuid = |n: u128| Uuid::from_u128((u128::from(place.base) << 64) | (0x9f << 32) | n);
    let file = |n: u128| place.file(FileId::from_uuid(uuid(n)), FileHome::Drafted(own));
    let (first, second) = (file(1), file(2));
    let ids = [second.id, first.id];
    for it in [&first, &second] {
        tx.tickets().add_staged_file(it).await?;
    }
    let both = vec![second.clone(), first.clone()];
    same!(tx.desk().drafted_files(own, &ids, first.at).await?, both, "uploaded");
    let nobodys = tx.desk().drafted_files(other, &ids, first.at).await?;
    same!(nobodys, Vec::new(), "uploaded by somebody else");
    let later = first.at.plus(Duration::from_micros(1));
    same!(tx.desk().drafted_files(own, &ids, later).await?, Vec::new(), "too old");
    let everything = scope(&place, InboxAccess::All)?;
    same!(tx.desk().desk_file(&everything, first.id).await?, None, "not sent yet");

    // An answer takes them along, and brings them back.
    let mut note = place.note(0, 0, &[])?;
    let mut answer = PendingAnswer {
        id: MessageId::from_uuid(uuid(3)),
        ticket: number,
        agent: own,
        then: Then::Work,
        body: note.body.clone(),
        files: vec![second.clone(), first.clone()],
        at: at(0),
        due_at: at(-2_000_000_000),
    };
    tx.desk().add_pending(&answer).await?;
    let home = FileHome::Held(own, answer.id);
    answer.files = vec![second.clone().at_home(home), first.clone().at_home(home)];
    same!(
        tx.desk().pending_answers(&everything, number).await?,
        vec![answer.clone()],
        "held, in the order they were attached"
    );
    same!(tx.desk().drafted_files(own, &ids, first.at).await?, Vec::new(), "held");
    let swept = tx.tickets().sweep_staged(&Task::Maintenance, later, 1000).await?;
    ensure!(!swept.iter().any(|it| ids.contains(&it.id)), "what is held was swept");
    let taken = tx.desk().take_pending(&Task::Delivery, answer.id).await?;
    same!(taken.map(|it| it.files), Some(both.clone()), "taken out");
    same!(
        tx.desk().drafted_files(own, &ids, first.at).await?,
        both,
        "brought back"
    );

    // A note takes one of them; the other is swept.
    note.id = NoteId::from_uuid(uuid(4));
    note.files = vec![first.clone().at_home(FileHome::Note(note.ticket, note.id))];
    tx.tickets().add_note(&Task::Maintenance, &note).await?;
    let found = tx.desk().desk_file(&everything, first.id).await?;
    same!(found.as_ref(), note.files.first(), "sent");
    let swept = tx.tickets().sweep_staged(&Task::Maintenance, later, 1000).await?;
    ensure!(swept.contains(&second), "what was never sent stays: {swept:?}");
    ensure!(!swept.iter().any(|it| it.id == first.id), "what was sent was swept");
    Ok(())
}
