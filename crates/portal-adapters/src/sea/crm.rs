use async_trait::async_trait;
use portal_core::access::Principal;
use portal_core::actor::Task;
use portal_core::crm::{CompanyQuery, CompanyRow, ContactQuery, ContactRow, Guest};
use portal_core::id::{AccessGroupId, CompanyId, ContactId, TicketNumber};
use portal_core::ports::{Crm, StoreError};
use portal_core::ticket::Ticket;
use sea_orm::sea_query::{ExprTrait, LockType, Order, Value};

use super::directory::{groups, people};
use super::sql::{at, is, select};
use super::stored::val;
use super::tickets::record;
use super::tx::SeaTx;

mod lists;

/// The number by which units of work wait that decide which properties criteria use; an arbitrary one.
const CRITERIA_LOCK: i64 = 0x706f_7274_616c_0020;

#[async_trait]
impl Crm for SeaTx {
    async fn contacts_page(&mut self, _: &Task, query: &ContactQuery) -> Result<Vec<ContactRow>, StoreError> {
        lists::contacts(self, query).await
    }

    async fn companies_page(&mut self, _: &Task, query: &CompanyQuery) -> Result<Vec<CompanyRow>, StoreError> {
        lists::companies(self, query).await
    }

    async fn group_sizes(&mut self, _: &Task) -> Result<Vec<(AccessGroupId, u64)>, StoreError> {
        lists::group_sizes(self).await
    }

    async fn guests(&mut self, _: &Task, after: Option<ContactId>, limit: u32) -> Result<Vec<Guest>, StoreError> {
        let mut statement = people::guests(self.backend());
        statement
            .order_by(("contact", "id"), Order::Asc)
            .limit(u64::from(limit));
        if let Some(after) = after {
            statement.and_where(at("contact", "id").gt(val(&after)));
        }
        self.list(&statement, people::read_guest).await
    }

    async fn guest(&mut self, _: &Task, id: ContactId) -> Result<Option<Guest>, StoreError> {
        let mut statement = people::guests(self.backend());
        statement.and_where(at("contact", "id").eq(val(&id)));
        self.find_one(&statement, people::read_guest).await
    }

    async fn lock_contact(&mut self, _: &Task, id: ContactId) -> Result<(), StoreError> {
        lock(self, "contact", val(&id)).await
    }

    async fn lock_company(&mut self, _: &Task, id: CompanyId) -> Result<(), StoreError> {
        lock(self, "company", val(&id)).await
    }

    async fn lock_group(&mut self, _: &Task, id: AccessGroupId) -> Result<(), StoreError> {
        lock(self, "access_group", val(&id)).await
    }

    async fn hold_criteria(&mut self, _: &Task) -> Result<(), StoreError> {
        // SQLite has one writer anyway.
        if self.is_postgres() {
            let sql = "SELECT pg_advisory_xact_lock($1)";
            self.all_of(self.written(sql, [CRITERIA_LOCK.into()])).await?;
        }
        Ok(())
    }

    async fn remove_group(&mut self, _: &Task, id: AccessGroupId) -> Result<(), StoreError> {
        groups::remove(self, id).await
    }

    async fn tickets_of(
        &mut self,
        _: &Task,
        principal: Principal,
        below: Option<TicketNumber>,
        limit: u32,
    ) -> Result<Vec<Ticket>, StoreError> {
        let (table, column, id) = match principal {
            Principal::Contact(id) => ("ticket_contact", "contact", val(&id)),
            Principal::Company(id) => ("ticket_company", "company", val(&id)),
        };
        // The numbers first, along the index; then the tickets.
        let mut numbers = select(table, &["number"]);
        numbers
            .and_where(at(table, column).eq(id))
            .order_by((table, "number"), Order::Desc)
            .limit(u64::from(limit));
        if let Some(below) = below {
            numbers.and_where(at(table, "number").lt(val(&below)));
        }
        let mut statement = record::select(self.backend());
        statement
            .and_where(at(record::TABLE, "number").in_subquery(numbers))
            .order_by((record::TABLE, "number"), Order::Desc);
        self.list(&statement, record::read).await
    }
}

/// Keeps a row from being changed by others. SQLite has one writer anyway.
async fn lock(tx: &mut SeaTx, table: &'static str, id: Value) -> Result<(), StoreError> {
    if tx.is_postgres() {
        let mut statement = select(table, &["id"]);
        statement.and_where(is("id", id)).lock(LockType::Update);
        tx.all(&statement).await?;
    }
    Ok(())
}
