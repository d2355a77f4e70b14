use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use portal_core::access::Standing;
use portal_core::actor::Task;
use portal_core::id::InboxId;
use portal_core::measures::{MeasureQuery, MeasuredTicket};
use portal_core::ports::{Access, KeptTerms, Store, ToldDue, Tx, WatchedTicket};
use portal_core::service::{Goals, Mark, Opening, ServiceFacts, ServiceTerms, WorkingHours};
use portal_core::staff::InboxAccess;
use portal_core::ticket::{Event, Message, Priority, Stage, Ticket, TimelineItem};
use portal_core::time::{Date, Weekday};

use super::desk::scope;
use super::small;
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::conformance::fixture::Fixture;
use crate::conformance::random::{for_all, law_cases};
use crate::world::{Place, World, at, worlds};

fn goals(minutes: u64) -> Goals {
    Goals {
        first_reply: Some(Duration::from_mins(minutes)),
        next_reply: None,
        close: Some(Duration::from_mins(minutes * 3)),
    }
}

fn terms() -> Result<ServiceTerms, Broken> {
    let openings = vec![Opening { from: 480, until: 720 }, Opening { from: 780, until: 1440 }];
    let week = BTreeMap::from([(Weekday::Monday, openings), (Weekday::Sunday, Vec::new())]);
    let days_off = Date::new(2026, 12, 25).into_iter().collect();
    let hours = WorkingHours::new("Europe/Berlin", week, days_off)?;
    let goals = BTreeMap::from([(Priority::Urgent, goals(30)), (Priority::Low, Goals::default())]);
    Ok(ServiceTerms::new(Some(hours), goals, true)?)
}

pub(super) async fn terms_come_back_and_follow_on_each_other(store: &dyn Store) -> Result<(), Broken> {
    let place = small::committed(store, &small::world()).await?;
    let mut tx = store.begin(Access::Write).await?;
    let inbox = place.inbox_id(0);
    let mut kept = KeptTerms {
        inbox,
        version: 1,
        terms: terms()?,
    };
    ensure!(
        tx.service().service_terms(&[inbox]).await?.is_empty(),
        "there are terms that nobody said"
    );
    ensure!(tx.service().service_terms(&[]).await?.is_empty(), "no inbox has terms");
    let put = tx.service().put_service_terms(&Task::Maintenance, &kept).await?;
    ensure!(put, "the first terms were refused");
    same!(
        tx.service().service_terms(&[inbox]).await?,
        vec![kept.clone()],
        "the terms"
    );
    for wrong in [1, 3] {
        kept.version = wrong;
        let put = tx.service().put_service_terms(&Task::Maintenance, &kept).await?;
        ensure!(!put, "version {wrong} followed on version 1");
    }
    kept.version = 2;
    kept.terms = ServiceTerms::default();
    let put = tx.service().put_service_terms(&Task::Maintenance, &kept).await?;
    ensure!(put, "version 2 was refused");
    same!(tx.service().service_terms(&[inbox]).await?, vec![kept], "the new terms");
    small::usable(&mut *tx, &place).await
}

/// A ticket of a world with its thread.
fn thread(place: &Place, world: &World, index: usize) -> Result<(Vec<Message>, Vec<Event>), Broken> {
    let (mut messages, mut events) = (Vec::new(), Vec::new());
    for item in place.timeline(world, index)? {
        match item {
            TimelineItem::Message(it) => messages.push(it),
            TimelineItem::Event(it) => events.push(it),
        }
    }
    Ok((messages, events))
}

pub(super) fn how_tickets_were_served_follows_from_their_threads(fixture: &dyn Fixture) -> Result<(), Broken> {
    for_all(law_cases(fixture.law_cases()).div_ceil(2), &worlds(), |world| {
        fixture.block_on(Box::pin(async move {
            let mut tx = fixture.store().begin(Access::Write).await?;
            let place = world.install(&mut *tx).await?;
            let mut tickets = Vec::new();
            for index in 0..world.tickets.len() {
                let (messages, events) = thread(&place, &world, index)?;
                tickets.push((place.ticket(&world, index)?, ServiceFacts::of(&messages, &events)));
            }
            let ids: Vec<InboxId> = (0..world.inboxes.len()).map(|it| place.inbox_id(it)).collect();
            for chosen in 0..1u32 << ids.len() {
                let own = ids.iter().enumerate().filter(|(bit, _)| chosen >> bit & 1 == 1);
                let own: BTreeSet<InboxId> = own.map(|(_, it)| *it).collect();
                check(&mut *tx, &place, &own, &tickets)
                    .await
                    .map_err(|it| it.at(format!("with the inboxes {own:?}")))?;
            }
            Ok(())
        }))
    })
}

async fn check(
    tx: &mut dyn Tx,
    place: &Place,
    own: &BTreeSet<InboxId>,
    tickets: &[(Ticket, ServiceFacts)],
) -> Result<(), Broken> {
    let scope = scope(place, InboxAccess::Only(own.clone()))?;
    let numbers: Vec<_> = tickets.iter().map(|it| it.0.number).collect();
    let mut found = tx.service().service_facts(&scope, &numbers).await?;
    found.sort_by_key(|it| it.0);
    let seen: Vec<_> = tickets.iter().filter(|it| own.contains(&it.0.inbox)).collect();
    let wanted: Vec<_> = seen.iter().map(|(ticket, facts)| (ticket.number, *facts)).collect();
    same!(found, wanted, "how they were served");

    let counting = |it: &&&(Ticket, ServiceFacts)| matches!(it.0.standing, Standing::Live | Standing::Unverified);
    let counting: Vec<_> = seen.iter().filter(counting).collect();
    let mut instants: Vec<_> = counting.iter().map(|it| it.0.created_at).collect();
    instants.extend(counting.iter().filter_map(|it| it.0.closed_at));
    instants.sort_unstable();
    // From the middle of what happened, and from all of it.
    let middle = instants.get(instants.len() / 2).copied().unwrap_or(at(0));
    for (from, until) in [
        (at(-1_000_000), at(1_000_000_000)),
        (middle, at(1_000_000_000)),
        (at(-1_000_000), middle),
    ] {
        for inbox in [None, own.first().copied(), Some(place.inbox_id(0))] {
            let query = MeasureQuery { from, until, inbox };
            let mut found = tx.service().measured(&scope, &query, 1000).await?;
            found.sort_by_key(|it| it.number);
            let within = |it| (from..until).contains(&it);
            let wanted = counting
                .iter()
                .filter(|it| inbox.is_none_or(|inbox| it.0.inbox == inbox))
                .filter(|it| within(it.0.created_at) || it.0.closed_at.is_some_and(within));
            let wanted: Vec<MeasuredTicket> = wanted
                .map(|(ticket, facts)| MeasuredTicket {
                    number: ticket.number,
                    inbox: ticket.inbox,
                    priority: ticket.priority,
                    source: ticket.source,
                    created_at: ticket.created_at,
                    closed_at: ticket.closed_at,
                    first_reply_at: facts.first_reply_at,
                    waited: facts.waited,
                })
                .collect();
            let cut = tx.service().measured(&scope, &query, 1).await?;
            same!(cut.len(), wanted.len().min(1), "how many of at most one are measured");
            same!(
                found,
                wanted,
                "what is measured from {from:?} until {until:?} of {inbox:?}"
            );
        }
    }
    let open = counting.iter().filter(|it| it.0.stage != Stage::Closed);
    let mut open: Vec<_> = open.map(|it| it.0.created_at).collect();
    open.sort_unstable();
    same!(tx.service().backlog(&scope, None, 1000).await?, open, "the backlog");
    let oldest = tx.service().backlog(&scope, None, 1).await?;
    same!(oldest.first(), open.first(), "the oldest of the backlog");
    for (ticket, _) in tickets.iter().filter(|it| !own.contains(&it.0.inbox)) {
        let found = tx.service().backlog(&scope, Some(ticket.inbox), 1000).await?;
        ensure!(found.is_empty(), "the backlog of an inbox outside the scope");
    }
    Ok(())
}

pub(super) async fn what_is_the_staffs_turn_is_watched_with_what_they_were_told(
    store: &dyn Store,
) -> Result<(), Broken> {
    let task = &Task::Maintenance;
    let world = World {
        tickets: (0..5).map(|_| small::issue(0, 0)).collect(),
        ..small::world()
    };
    let mut tx = store.begin(Access::Write).await?;
    let place = world.install(&mut *tx).await?;
    let mut turn = Vec::new();
    for (index, (stage, standing)) in [
        (Stage::Received, Standing::Live),
        (Stage::WaitingOnContact, Standing::Live),
        (Stage::InProgress, Standing::Unverified),
        (Stage::InProgress, Standing::Spam),
        (Stage::InProgress, Standing::Live),
    ]
    .into_iter()
    .enumerate()
    {
        let ticket = place.ticket(&world, index)?;
        let changed = Ticket {
            stage,
            standing,
            closed_at: None,
            priority: Priority::Urgent,
            version: portal_core::ticket::Version(ticket.version.0 + 1),
            ..ticket.clone()
        };
        ensure!(tx.tickets().update(&changed, ticket.version).await?, "not updated");
        if stage != Stage::WaitingOnContact && standing != Standing::Spam {
            let (messages, events) = thread(&place, &world, index)?;
            turn.push(WatchedTicket {
                number: ticket.number,
                priority: Priority::Urgent,
                stage,
                created_at: ticket.created_at,
                facts: ServiceFacts::of(&messages, &events),
                told: Vec::new(),
            });
        }
    }
    let inbox = place.inbox_id(0);
    let found = tx.service().watched(task, inbox, None, 10).await?;
    same!(found, turn, "what is watched");
    let [first, second, third] = turn.as_mut_slice() else {
        return Err(Broken::new("there are not three tickets"));
    };
    // The last of each kind counts.
    for (ticket, closing, since, mark) in [
        (&mut *first, true, 50, Mark::Soon),
        (&mut *second, false, 60, Mark::Late),
    ] {
        for since in [since - 1, since] {
            let told = ToldDue {
                ticket: ticket.number,
                closing,
                since: at(since),
                mark,
            };
            tx.service().put_told_due(task, &told).await?;
            ticket.told = vec![told];
        }
    }
    let reply = ToldDue {
        ticket: first.number,
        closing: false,
        since: at(40),
        mark: Mark::Soon,
    };
    tx.service().put_told_due(task, &reply).await?;
    first.told.insert(0, reply);
    same!(
        tx.service().told_due(task, first.number).await?,
        first.told.clone(),
        "of what they were told"
    );
    same!(
        tx.service().told_due(task, third.number).await?,
        vec![],
        "of what they were told about another ticket"
    );
    let wanted = [first.clone(), second.clone(), third.clone()];
    let found = tx.service().watched(task, inbox, None, 2).await?;
    same!(found.as_slice(), wanted.get(..2).unwrap_or_default(), "the first two");
    let found = tx.service().watched(task, inbox, Some(second.number), 10).await?;
    same!(
        found.as_slice(),
        wanted.get(2..).unwrap_or_default(),
        "what comes behind them"
    );
    Ok(())
}
