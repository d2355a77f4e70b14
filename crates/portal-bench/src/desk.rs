//! The desk's pages next to the customer's, each as whole use-cases and in turns, so that both meet the same machine.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use portal_adapters::bodies::SanitisedBodies;
use portal_adapters::files::LocalFiles;
use portal_adapters::pacer::TokioPacer;
use portal_adapters::passwords::Argon2idPasswords;
use portal_adapters::system::{OsSecrets, SystemClock, UuidV7Ids};
use portal_adapters::zones::IanaZones;
use portal_core::Portal;
use portal_core::access::Tab;
use portal_core::actor::Actor;
use portal_core::desk::{DeskFilter, DeskSort, DeskView, ListDesk, SearchDesk};
use portal_core::id::{ContactId, InboxId, TicketNumber, Uuid};
use portal_core::staff::StaffActor;
use portal_core::text::SearchText;
use portal_core::ticket::{
    Cursor, Edge, ListFilter, ListTickets, Priority, SearchTickets, Sort, Stage, TimelineWindow, ViewTicket,
};
use portal_core::time::Timestamp;

use crate::data::{Database, INBOXES, NOW, agent, portal_id, viewers};
use crate::measure::{Samples, moment};

/// A page of either list.
const ROWS: u32 = 25;
/// A desk's list costs at most so many times the customer's.
const TARGET: f64 = 1.5;
const QUARTER: f64 = 0.25;

/// One thing that the desk shows.
#[derive(Clone)]
enum Page {
    List(ListDesk),
    Search(&'static str),
    Ticket(TicketNumber),
}

pub(crate) async fn compare(database: &Database, rounds: usize) -> Result<()> {
    let bench = Bench::open(database).await?;
    println!("\n## {}\n", database.name());
    println!("| desk | p25 ms | p50 | p99 | the customer's p25 ms | p50 | desk / customer |");
    println!("|---|---|---|---|---|---|---|");
    let mut worst: f64 = 0.0;
    for (name, page) in pages(database.size)? {
        let (desk, customer) = bench.in_turns(&page, rounds).await?;
        // The faster quarter is what the work itself costs: the rest waited for others.
        let ratio = desk.quantile(QUARTER) / customer.quantile(QUARTER);
        if name.starts_with("list") {
            worst = worst.max(ratio);
        }
        println!(
            "| {name} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {ratio:.2} |",
            desk.quantile(QUARTER),
            desk.median(),
            desk.quantile(0.99),
            customer.quantile(QUARTER),
            customer.median()
        );
    }
    let verdict = if worst <= TARGET { "met" } else { "missed" };
    println!("\nlists: at most {worst:.2} times the customer's list; the target of {TARGET} is {verdict}");
    Ok(())
}

/// What is measured, by name.
fn pages(size: u64) -> Result<Vec<(String, Page)>> {
    let none = DeskFilter::default;
    let list = |view, inbox, filter, edge| {
        Page::List(ListDesk {
            view,
            inbox,
            filter,
            sort: DeskSort::Newest,
            edge,
            limit: ROWS,
        })
    };
    let mut pages = Vec::new();
    let second = INBOXES
        .get(1)
        .copied()
        .map(|it| InboxId::from_uuid(Uuid::from_u128(it)));
    for (name, view, inbox) in [
        ("all open", DeskView::Open, None),
        ("mine", DeskView::Mine, None),
        ("unassigned", DeskView::Unassigned, None),
        ("open of one inbox of four", DeskView::Open, second),
        ("closed", DeskView::Closed, None),
    ] {
        for (place, edge) in [("first", Edge::Start), ("deep", Edge::After(middle(size)?))] {
            pages.push((format!("list: {name}, {place} page"), list(view, inbox, none(), edge)));
        }
    }
    let stage = DeskFilter {
        stage: Some(Stage::WaitingOnContact),
        ..none()
    };
    let priority = DeskFilter {
        priority: Some(Priority::Urgent),
        ..none()
    };
    for (name, filter) in [("a stage", stage), ("a priority that nothing has", priority)] {
        pages.push((
            format!("narrowed: all open, to {name}"),
            list(DeskView::Open, None, filter, Edge::Start),
        ));
    }
    for (name, text) in [
        ("a rare word", "rarely"),
        ("a common word", "scanner"),
        ("two words", "scanner 17"),
    ] {
        pages.push((format!("search: {name}"), Page::Search(text)));
    }
    let ticket = TicketNumber::new(i64::try_from(size / 2)? / 10 * 10 + 1).context("no tickets")?;
    pages.push(("ticket page".to_owned(), Page::Ticket(ticket)));
    Ok(pages)
}

/// The middle of all lists: half of the tickets were touched after it.
fn middle(size: u64) -> Result<Cursor> {
    Ok(Cursor {
        rank: 0,
        last_activity: Timestamp::from_micros(NOW - i64::try_from(size)? * 500_000),
        number: TicketNumber::new(i64::MAX).context("no number")?,
    })
}

struct Bench {
    portal: Portal,
    desk: StaffActor,
    /// Somebody of the company with the most tickets.
    customer: Actor,
}

impl Bench {
    async fn open(database: &Database) -> Result<Self> {
        let files = std::env::temp_dir().join(format!("portal-bench-files-{}", std::process::id()));
        let portal = portal(database, &files).await?;
        let viewers: [(_, ContactId); 2] = viewers();
        let [_, (_, viewer)] = viewers;
        Ok(Self {
            portal,
            desk: StaffActor::signed_in(agent(), true),
            customer: Actor::signed_in(viewer),
        })
    }

    async fn in_turns(&self, page: &Page, rounds: usize) -> Result<(Samples, Samples)> {
        let (mut desk, mut customer) = (Samples::default(), Samples::default());
        let warming = rounds / 10;
        for round in 0..rounds + warming {
            let begun = moment();
            let shown = self.at_the_desk(page).await?;
            let by_desk = begun.elapsed();
            let begun = moment();
            self.as_customer(page).await?;
            let by_customer = begun.elapsed();
            let narrowed = matches!(page, Page::List(it) if !it.filter.is_empty());
            ensure!(shown > 0 || narrowed, "the desk shows nothing");
            if round >= warming {
                desk.add(by_desk);
                customer.add(by_customer);
            }
        }
        Ok((desk, customer))
    }

    async fn at_the_desk(&self, page: &Page) -> Result<usize> {
        Ok(match page {
            Page::List(list) => self.portal.list_desk(&self.desk, list.clone()).await?.rows.len(),
            Page::Search(text) => {
                let search = SearchDesk {
                    text: text.parse::<SearchText>()?,
                    view: None,
                    inbox: None,
                    filter: DeskFilter::default(),
                    below: None,
                    limit: ROWS,
                };
                self.portal.search_desk(&self.desk, search).await?.hits.len()
            }
            Page::Ticket(number) => {
                let shown = self.portal.view_desk_ticket(&self.desk, *number, 100).await?;
                shown.thread.items.len()
            }
        })
    }

    /// What the customer is shown in the same place.
    async fn as_customer(&self, page: &Page) -> Result<()> {
        match page {
            Page::List(list) => {
                let query = ListTickets {
                    portal: portal_id(),
                    tab: Some(Tab::Company),
                    filter: ListFilter::All,
                    requester: None,
                    sort: Some(Sort::LastActivity),
                    edge: list.edge,
                    limit: ROWS,
                    count_to: None,
                };
                let shown = self.portal.list_tickets(&self.customer, query).await?;
                ensure!(!shown.rows.is_empty(), "the customer is shown nothing");
            }
            Page::Search(text) => {
                let query = SearchTickets {
                    portal: portal_id(),
                    text: text.parse::<SearchText>()?,
                    filter: ListFilter::All,
                    below: None,
                    limit: ROWS,
                };
                self.portal.search_tickets(&self.customer, query).await?;
            }
            Page::Ticket(number) => {
                let query = ViewTicket {
                    portal: portal_id(),
                    number: *number,
                    window: TimelineWindow::All,
                };
                self.portal.view_ticket(&self.customer, query).await?;
            }
        }
        Ok(())
    }
}

async fn portal(database: &Database, files: &Path) -> Result<Portal> {
    Ok(Portal::builder()
        .store(database.open().await?)
        .files(LocalFiles::open(files).await?)
        .passwords(Argon2idPasswords::new()?)
        .bodies(SanitisedBodies)
        .clock(SystemClock)
        .ids(UuidV7Ids::default())
        .secrets(OsSecrets)
        .pacer(TokioPacer)
        .zones(IanaZones)
        .build()?)
}
