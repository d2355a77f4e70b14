use anyhow::{Context, Result};
use portal_adapters::sea::SeaStore;
use portal_core::access::{Principal, Scope, Tab, enter};
use portal_core::actor::{ContactActor, Mode};
use portal_core::id::{ContactId, TicketNumber};
use portal_core::ports::{Access, Store};
use portal_core::text::query_tokens;
use portal_core::ticket::{Cursor, Edge, ListFilter, ListQuery, Search, Sort, TimelineWindow};
use portal_core::time::Timestamp;

use crate::bare::Bare;
use crate::data::{Database, portal_id, viewers};
use crate::measure::{Samples, moment};

/// One page and one more row, as the product asks for.
const LIMIT: u32 = 26;

pub(crate) async fn compare(databases: &[Database], rounds: usize) -> Result<()> {
    println!(
        "| data | viewer | page | port p50 ms | port p99 | bare p50 | port/bare | to first | by activity, open | frame | search word | ticket + thread |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    let mut medians: Vec<(String, u64, f64)> = Vec::new();
    for database in databases {
        let store = database.open().await?;
        let mut bare = Bare::open(database).await?;
        let mut small_first = f64::NAN;
        for (name, viewer) in viewers() {
            let scope = scope(&store, viewer).await?;
            let company = scope.principal_of(Tab::Company).context("the viewer has no company")?;
            let deep = deep(&store, &scope).await?;
            let mut first = f64::NAN;
            for (page, from) in [("first", start()), ("deep", deep)] {
                let (port, driver) = in_turns(
                    &store,
                    &mut bare,
                    &scope,
                    viewer,
                    company,
                    &from,
                    page == "first",
                    rounds,
                )
                .await?;
                if page == "first" {
                    first = port.median();
                    medians.push((format!("{} {name}", kind(database)), database.size, first));
                    if name == "small company" {
                        small_first = first;
                    }
                }
                let others = others(&store, &scope, rounds / 4).await?;
                println!(
                    "| {} | {name} | {page} | {:.3} | {:.3} | {:.3} | {:.2} | {:.2} | {} |",
                    database.name(),
                    port.median(),
                    port.quantile(0.99),
                    driver.median(),
                    port.median() / driver.median(),
                    port.median() / first,
                    others.join(" | "),
                );
            }
            if name == "huge company" {
                println!(
                    "| {} | huge / small, first page | | {:.2} | | | | | | | | |",
                    database.name(),
                    first / small_first
                );
            }
        }
    }
    println!();
    for (what, size, median) in &medians {
        if let Some((_, other, base)) = medians.iter().find(|(it, other, _)| it == what && other * 10 == *size) {
            println!("- {what}: {size} / {other} tickets, first page: {:.2}", median / base);
        }
    }
    Ok(())
}

fn kind(database: &Database) -> String {
    database.name().split(' ').next().unwrap_or_default().to_owned()
}

async fn scope(store: &SeaStore, viewer: ContactId) -> Result<Scope> {
    let mut tx = store.begin(Access::Read).await?;
    let entrant = tx
        .directory()
        .entrant(portal_id(), viewer)
        .await?
        .context("the viewer is missing")?;
    let entered = enter(
        ContactActor {
            contact: viewer,
            only: None,
            mode: Mode::Write,
        },
        &entrant,
    )?;
    Ok(entered.scope().clone())
}

/// Before every ticket.
fn start() -> Cursor {
    Cursor {
        rank: 3,
        last_activity: Timestamp::from_micros(i64::MAX),
        number: first_number(),
    }
}

fn first_number() -> TicketNumber {
    TicketNumber::new(i64::MAX).unwrap_or_else(|| unreachable!())
}

fn query(edge: Edge, sort: Sort, filter: ListFilter) -> ListQuery {
    ListQuery {
        tab: Tab::Company,
        filter,
        requester: None,
        sort,
        edge,
        limit: LIMIT,
    }
}

/// A place far down the list: in the middle of the closed tickets.
async fn deep(store: &SeaStore, scope: &Scope) -> Result<Cursor> {
    let middle = Cursor {
        rank: 0,
        last_activity: crate::data::now().minus(std::time::Duration::from_mins(1)),
        number: first_number(),
    };
    let mut tx = store.begin(Access::Read).await?;
    let rows = tx
        .tickets()
        .page(scope, &query(Edge::After(middle), Sort::Attention, ListFilter::All))
        .await?;
    let last = rows.last().map(portal_core::ticket::TicketRow::cursor);
    Ok(last.unwrap_or(middle))
}

/// The page through the port and on the bare driver, one after the other, so that both meet the same machine.
#[expect(clippy::too_many_arguments, reason = "a private step of one report")]
async fn in_turns(
    store: &SeaStore,
    bare: &mut Bare,
    scope: &Scope,
    viewer: ContactId,
    company: Principal,
    from: &Cursor,
    is_first: bool,
    rounds: usize,
) -> Result<(Samples, Samples)> {
    let (mut port, mut driver) = (Samples::default(), Samples::default());
    let edge = if is_first { Edge::Start } else { Edge::After(*from) };
    for round in 0..rounds + rounds / 10 {
        let begun = moment();
        let mut tx = store.begin(Access::Read).await?;
        let rows = tx
            .tickets()
            .page(scope, &query(edge, Sort::Attention, ListFilter::All))
            .await?;
        drop(tx);
        let by_port = begun.elapsed();
        anyhow::ensure!(!rows.is_empty(), "the page is empty");
        let begun = moment();
        let bytes = bare.page(portal_id(), viewer, company, from, i64::from(LIMIT)).await?;
        let by_driver = begun.elapsed();
        anyhow::ensure!(bytes > 0, "the bare page is empty");
        if round >= rounds / 10 {
            port.add(by_port);
            driver.add(by_driver);
        }
    }
    Ok((port, driver))
}

/// Medians of what else stands on pages, in milliseconds.
async fn others(store: &SeaStore, scope: &Scope, rounds: usize) -> Result<Vec<String>> {
    let mut samples = [
        Samples::default(),
        Samples::default(),
        Samples::default(),
        Samples::default(),
    ];
    let search = Search {
        tokens: query_tokens("scanner 17"),
        filter: ListFilter::All,
        below: None,
        limit: LIMIT,
    };
    for _ in 0..rounds.max(1) {
        let mut tx = store.begin(Access::Snapshot).await?;
        let [open, counts, found, thread] = &mut samples;
        let begun = moment();
        let rows = tx
            .tickets()
            .page(scope, &query(Edge::Start, Sort::LastActivity, ListFilter::Open))
            .await?;
        open.add(begun.elapsed());
        let begun = moment();
        tx.tickets().frame(scope, 100, 100).await?;
        counts.add(begun.elapsed());
        let begun = moment();
        tx.tickets().search(scope, &search).await?;
        found.add(begun.elapsed());
        if let Some(row) = rows.first() {
            let begun = moment();
            tx.tickets().find(scope, row.number).await?;
            tx.tickets().timeline(scope, row.number, TimelineWindow::All).await?;
            thread.add(begun.elapsed());
        }
    }
    Ok(samples.iter().map(|it| format!("{:.3}", it.median())).collect())
}
