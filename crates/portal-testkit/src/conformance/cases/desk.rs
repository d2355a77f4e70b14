use std::collections::BTreeSet;

use portal_core::access::Standing;
use portal_core::crm::Agent;
use portal_core::desk::{DeskQuery, DeskSort, DeskView, StaffScope, enter_desk};
use portal_core::id::{AgentId, InboxId, Uuid};
use portal_core::ports::{Access, Store, Tx};
use portal_core::staff::{InboxAccess, Permission, StaffActor, StaffStanding, StaffUser};
use portal_core::ticket::{Edge, Stage, Ticket, TimelineItem, Version};
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

fn scope(place: &Place, inboxes: InboxAccess) -> Result<StaffScope, Broken> {
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
        let task = portal_core::actor::Task::Import;
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
                    (DeskView::Open, Some(inbox), DeskSort::Newest, 2),
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
            let task = portal_core::actor::Task::Delivery;
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
                list(tx, place, scope, &seen, (view, inbox, sort, size)).await?;
            }
        }
    }
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

/// Walks a list page by page in both directions, and compares with what must come.
async fn list(
    tx: &mut dyn Tx,
    place: &Place,
    scope: &StaffScope,
    seen: &[Ticket],
    (view, inbox, sort, limit): (DeskView, Option<InboxId>, DeskSort, u32),
) -> Result<(), Broken> {
    let me = agent_id(place, 0);
    let mut wanted: Vec<&Ticket> = seen
        .iter()
        .filter(|it| shows(view, it, me) && inbox.is_none_or(|inbox| it.inbox == inbox))
        .collect();
    wanted.sort_by_key(|it| (it.last_activity, it.number));
    if sort == DeskSort::Newest {
        wanted.reverse();
    }
    let wanted: Vec<i64> = wanted.iter().map(|it| it.number.get()).collect();
    let about = format!("{view:?} in {inbox:?} by {sort:?}, {limit} at a time");
    let query = |edge| DeskQuery {
        view,
        agent: me,
        inbox,
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
        list(&mut *tx, &place, &nothing, &[], (view, None, DeskSort::Newest, 5)).await?;
        list(
            &mut *tx,
            &place,
            &nothing,
            &[],
            (view, Some(place.inbox_id(0)), DeskSort::Newest, 5),
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
    let task = portal_core::actor::Task::Maintenance;
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
