//! What inboxes promise, and how tickets were served.

pub(super) mod facts;
pub(super) mod measured;
pub(super) mod watched;

use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::desk::StaffScope;
use portal_core::id::{InboxId, TicketNumber};
use portal_core::measures::{MeasureQuery, MeasuredTicket};
use portal_core::ports::{KeptTerms, ServiceLevels, StoreError, ToldDue, WatchedTicket};
use portal_core::service::ServiceFacts;
use portal_core::time::Timestamp;
use portal_wire::{Invalid, ServiceTerms};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use super::error::corrupt;
use super::row::Row;
use super::sql::{at, insert, is, json, or_nothing, padded, select};
use super::stored::val;
use super::tx::SeaTx;

const TABLE: &str = "service_terms";
const COLUMNS: [&str; 3] = ["inbox", "version", "terms"];

#[async_trait]
impl ServiceLevels for SeaTx {
    async fn service_terms(&mut self, inboxes: &[InboxId]) -> Result<Vec<KeptTerms>, StoreError> {
        if inboxes.is_empty() {
            return Ok(Vec::new());
        }
        if let Some(seen) = self.seen_inboxes.get() {
            let own = seen.iter().filter(|it| inboxes.contains(&it.0));
            let mut terms: Vec<KeptTerms> = own.filter_map(|it| it.2.clone()).collect();
            terms.sort_by_key(|it| it.inbox);
            return Ok(terms);
        }
        let inboxes = padded(inboxes.iter().map(val).collect());
        let mut statement = select(TABLE, &COLUMNS);
        statement
            .and_where(Expr::col("inbox").is_in(inboxes.into_iter().map(Expr::val)))
            .order_by("inbox", Order::Asc);
        self.list(&statement, read).await
    }

    async fn put_service_terms(&mut self, _task: &Task, it: &KeptTerms) -> Result<bool, StoreError> {
        let terms = json(&ServiceTerms::from(&it.terms))?;
        let row = vec![
            ("inbox", val(&it.inbox)),
            ("version", val(&it.version)),
            ("terms", terms.clone()),
        ];
        if it.version == 1 {
            return Ok(self.run(&or_nothing(insert(TABLE, row))).await? > 0);
        }
        let mut update = Query::update();
        update
            .table(TABLE)
            .value("version", val(&it.version))
            .value("terms", terms)
            .and_where(is("inbox", val(&it.inbox)))
            .and_where(is("version", val(&it.version.saturating_sub(1))));
        Ok(self.run(&update).await? > 0)
    }

    async fn service_facts(
        &mut self,
        scope: &StaffScope,
        numbers: &[TicketNumber],
    ) -> Result<Vec<(TicketNumber, ServiceFacts)>, StoreError> {
        facts::of(self, scope, numbers).await
    }

    async fn measured(
        &mut self,
        scope: &StaffScope,
        query: &MeasureQuery,
        limit: u32,
    ) -> Result<Vec<MeasuredTicket>, StoreError> {
        measured::tickets(self, scope, query, limit).await
    }

    async fn backlog(
        &mut self,
        scope: &StaffScope,
        inbox: Option<InboxId>,
        limit: u32,
    ) -> Result<Vec<Timestamp>, StoreError> {
        measured::backlog(self, scope, inbox, limit).await
    }

    async fn watched(
        &mut self,
        _task: &Task,
        inbox: InboxId,
        after: Option<TicketNumber>,
        limit: u32,
    ) -> Result<Vec<WatchedTicket>, StoreError> {
        watched::tickets(self, inbox, after, limit).await
    }

    async fn told_due(&mut self, _task: &Task, number: TicketNumber) -> Result<Vec<ToldDue>, StoreError> {
        watched::told(self, &[number]).await
    }

    async fn put_told_due(&mut self, _task: &Task, told: &ToldDue) -> Result<(), StoreError> {
        watched::put(self, told).await
    }
}

/// Adds what each inbox of a query promises, if it promises anything; read with [`read_some`].
pub(super) fn with_terms(inboxes: &SelectStatement) -> SelectStatement {
    let mut with = inboxes.clone();
    with.columns(COLUMNS.map(|it| (TABLE, it)))
        .left_join(TABLE, at(TABLE, "inbox").equals(("inbox", "id")));
    with
}

pub(super) fn read_some(row: &mut Row<'_>) -> Result<Option<KeptTerms>, StoreError> {
    let (inbox, version) = (row.opt()?, row.opt()?);
    let terms = row.json_opt::<ServiceTerms>()?;
    let Some(((inbox, version), terms)) = inbox.zip(version).zip(terms) else {
        return Ok(None);
    };
    let terms = terms.try_into().map_err(|error: Invalid| corrupt(error.to_string()))?;
    Ok(Some(KeptTerms { inbox, version, terms }))
}

fn read(row: &mut Row<'_>) -> Result<KeptTerms, StoreError> {
    Ok(KeptTerms {
        inbox: row.get()?,
        version: row.get()?,
        terms: row
            .json::<ServiceTerms>()?
            .try_into()
            .map_err(|error: Invalid| corrupt(error.to_string()))?,
    })
}
