use std::collections::BTreeMap;

use super::list::{Cursor, Edge, ListFilter, ListQuery, RowDetails, Sort, StageCounts, TicketRow};
use crate::access::{Scope, Tab};
use crate::actor::Actor;
use crate::id::{CompanyId, ContactId, PortalId, TicketNumber};
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, Colleague, StoreError, Tx};
use crate::property::PropertyDefinition;
use crate::settings::{Column, TicketDisplay};

/// The most rows of one page.
pub(super) const MAX_PAGE: u32 = 100;
/// Up to where chips are counted on pages: shown as “99+”.
const PAGE_CAP: u32 = 100;
/// The most colleagues that are offered to filter by.
const MAX_COLLEAGUES: u32 = 100;

/// Which page of which list is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListTickets {
    /// The portal.
    pub portal: PortalId,
    /// The list; without one, the company's where the contact has it. A list the contact does not have becomes *Mine*.
    pub tab: Option<Tab>,
    /// Which tickets.
    pub filter: ListFilter,
    /// Only those that this contact requested.
    pub requester: Option<ContactId>,
    /// In which order; without one, the portal's.
    pub sort: Option<Sort>,
    /// From where.
    pub edge: Edge,
    /// How many rows; brought into 1 to 100.
    pub limit: u32,
    /// Up to where stages are counted, if more than the page's “99+” is wanted; brought into 1 to 1,000.
    pub count_to: Option<u32>,
}

/// A page of a list, with what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketList {
    /// Which list it is.
    pub tab: Tab,
    /// The company whose list there is, if the contact has one.
    pub company: Option<(CompanyId, String)>,
    /// The order.
    pub sort: Sort,
    /// The rows, in order.
    pub rows: Vec<TicketRow>,
    /// What the portal's columns show of these rows beyond that; empty if they show nothing more.
    pub details: BTreeMap<TicketNumber, RowDetails>,
    /// The properties that the portal's columns show.
    pub properties: Vec<PropertyDefinition>,
    /// Where the page before this one ends, if there is one.
    pub newer: Option<Cursor>,
    /// Where the page after this one begins, if there is one.
    pub older: Option<Cursor>,
    /// How many tickets of this list are in each stage, whatever the filter.
    pub counts: StageCounts,
    /// The same of the other list, if there is one.
    pub other_counts: Option<StageCounts>,
    /// The people of the company, to filter by who asked; empty on *Mine*.
    pub colleagues: Vec<Colleague>,
}

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
pub enum ListTicketsError {
    /// The contact could not enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(ListTicketsError);

impl Portal {
    /// One page of a contact's tickets.
    ///
    /// # Errors
    /// If nobody is signed in, the portal does not let the contact in, or the store fails.
    pub async fn list_tickets(&self, actor: &Actor, query: ListTickets) -> Result<TicketList, ListTicketsError> {
        attempt!(self, actor, "list_tickets", self.list_tickets_once(actor, &query))
    }

    async fn list_tickets_once(&self, actor: &Actor, wanted: &ListTickets) -> Result<TicketList, ListTicketsError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (_, viewer) = self.let_in(&mut *tx, actor, wanted.portal).await?;
        let scope = viewer.scope();
        let has = |tab: Tab| scope.principal_of(tab).is_some();
        let tab = wanted
            .tab
            .filter(|it| has(*it))
            .unwrap_or(if wanted.tab.is_none() && has(Tab::Company) {
                Tab::Company
            } else {
                Tab::Mine
            });
        let looks = self.looks_at(&mut *tx, wanted.portal).await?;
        let sort = wanted.sort.unwrap_or(looks.display.sort);
        let limit = wanted.limit.clamp(1, MAX_PAGE);
        let query = ListQuery {
            tab,
            filter: wanted.filter,
            requester: wanted.requester,
            sort,
            edge: wanted.edge,
            limit: limit + 1,
        };
        let found = tx.tickets().page(scope, &query).await?;
        let (mut rows, newer, older) = cut(found, limit as usize, wanted.edge);
        for row in &mut rows {
            looks.dress_row(row);
        }
        let (details, properties) = details(&mut *tx, scope, &looks.display, &rows).await?;
        let cap = wanted.count_to.map_or(PAGE_CAP, |it| it.clamp(1, 1000));
        let (other, colleagues) = match tab {
            Tab::Mine => (Tab::Company, 0),
            Tab::Company => (Tab::Mine, MAX_COLLEAGUES),
        };
        let frame = tx.tickets().frame(scope, cap, colleagues).await?;
        Ok(TicketList {
            tab,
            sort,
            rows,
            details,
            properties,
            newer,
            older,
            counts: frame.counts(tab),
            other_counts: has(Tab::Company).then(|| frame.counts(other)),
            company: frame.company,
            colleagues: frame.colleagues,
        })
    }
}

/// What columns show beyond the rows: one statement, two with properties, and none for columns that need nothing more.
async fn details(
    tx: &mut dyn Tx,
    scope: &Scope,
    display: &TicketDisplay,
    rows: &[TicketRow],
) -> Result<(BTreeMap<TicketNumber, RowDetails>, Vec<PropertyDefinition>), StoreError> {
    let listed: Vec<_> = display.listed_properties().collect();
    if listed.is_empty() && !display.columns.contains(&Column::Owner) {
        return Ok(Default::default());
    }
    // What customers may not be shown is no column, even if somebody made it one.
    let mut properties = Vec::new();
    if !listed.is_empty() {
        properties = tx.directory().shown_properties().await?;
        properties.retain(|it| listed.contains(&&it.key));
    }
    if rows.is_empty() {
        return Ok((BTreeMap::new(), properties));
    }
    let numbers: Vec<TicketNumber> = rows.iter().map(|it| it.number).collect();
    let found = tx.tickets().row_details(scope, &numbers).await?;
    let details = found.into_iter().map(|mut it| {
        it.properties
            .retain(|key, _| properties.iter().any(|known| known.key == *key));
        it.owner = it.owner.and_then(|name| display.owner.shown(&name));
        (it.number, it)
    });
    Ok((details.collect(), properties))
}

/// Takes the one row too many off, at the end it came from, and says where the neighbouring pages are.
fn cut(mut rows: Vec<TicketRow>, limit: usize, edge: Edge) -> (Vec<TicketRow>, Option<Cursor>, Option<Cursor>) {
    let more = rows.len() > limit;
    match edge {
        Edge::Start | Edge::After(_) => rows.truncate(limit),
        Edge::Before(_) if more => drop(rows.drain(..rows.len() - limit)),
        Edge::Before(_) => {}
    }
    let first = rows.first().map(TicketRow::cursor);
    let last = rows.last().map(TicketRow::cursor);
    match edge {
        Edge::Start => (rows, None, last.filter(|_| more)),
        Edge::After(from) => (rows, first.or(Some(from)), last.filter(|_| more)),
        Edge::Before(from) => (rows, first.filter(|_| more), last.or(Some(from))),
    }
}
