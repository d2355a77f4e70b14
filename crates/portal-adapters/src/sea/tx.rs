use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use portal_core::id::{InboxId, PortalId};
use portal_core::ports::{
    Access, Accounts, AuditLog, Conversations, Crm, Desk, DeskHint, Directory, Hint, Imports, Journal, KeptTerms,
    Members, Notices, Outbox, Programs, Satisfaction, ServiceLevels, SettingsStore, Shelf, Staffing, StoreError,
    StoreErrorKind, Tickets, Timers, Tx,
};
use sea_orm::sea_query::{InsertStatement, QueryStatementWriter, Value};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, QueryResult, Statement};

use super::built::built;
use super::directory::groups;
use super::error::store_error;
use super::feed::Hub;
use super::row::Row;
use super::sql;

/// PostgreSQL's words for it.
pub(super) const PLAN_FOR_VALUES: &str = "SET LOCAL plan_cache_mode = force_custom_plan";

/// How statements run.
pub(super) enum Run {
    /// Each on its own.
    Alone(DatabaseConnection),
    /// In one transaction, which is rolled back if it is dropped.
    Together(DatabaseTransaction),
}

/// One unit of work on a [`SeaStore`](super::SeaStore): it implements every port and hands out itself.
pub(super) struct SeaTx {
    run: Run,
    access: Access,
    backend: DbBackend,
    hub: Hub,
    hints: Vec<Hint>,
    desk_hints: Vec<DeskHint>,
    /// The portals of inboxes that cannot change until this unit of work ends.
    pub(super) held_inboxes: HashMap<InboxId, Option<PortalId>>,
    /// All inboxes with their names and what they promise, if this unit of work sees one state and has looked.
    pub(super) seen_inboxes: OnceLock<Vec<(InboxId, String, Option<KeptTerms>)>>,
    /// The dynamic groups, if they cannot change until this unit of work ends.
    pub(super) held_groups: Option<Arc<groups::Dynamic>>,
}

impl SeaTx {
    pub(super) fn new(run: Run, access: Access, backend: DbBackend, hub: Hub) -> Self {
        Self {
            run,
            access,
            backend,
            hub,
            hints: Vec::new(),
            desk_hints: Vec::new(),
            held_inboxes: HashMap::new(),
            seen_inboxes: OnceLock::new(),
            held_groups: None,
        }
    }

    pub(super) fn is_postgres(&self) -> bool {
        self.backend == DbBackend::Postgres
    }

    pub(super) const fn backend(&self) -> DbBackend {
        self.backend
    }

    /// Whether everything that is read agrees with each other, and nothing is written.
    pub(super) fn is_snapshot(&self) -> bool {
        self.access == Access::Snapshot
    }

    pub(super) fn is_write(&self) -> bool {
        self.access == Access::Write
    }

    /// All rows.
    pub(super) async fn all(&self, statement: &impl QueryStatementWriter) -> Result<Vec<QueryResult>, StoreError> {
        let statement = built(self.backend, statement);
        self.all_of(statement).await
    }

    /// The first row, if there is one.
    pub(super) async fn one(&self, statement: &impl QueryStatementWriter) -> Result<Option<QueryResult>, StoreError> {
        let statement = built(self.backend, statement);
        self.one_of(statement).await
    }

    /// All rows, each read by the function.
    pub(super) async fn list<T>(
        &self,
        statement: &impl QueryStatementWriter,
        read: impl Fn(&mut Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.all(statement)
            .await?
            .iter()
            .map(|it| read(&mut Row::new(it)))
            .collect()
    }

    /// The first row, if there is one, read by the function.
    pub(super) async fn find_one<T>(
        &self,
        statement: &impl QueryStatementWriter,
        read: impl Fn(&mut Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.one(statement)
            .await?
            .as_ref()
            .map(|it| read(&mut Row::new(it)))
            .transpose()
    }

    /// Runs a statement; the number of rows it changed.
    pub(super) async fn run(&self, statement: &impl QueryStatementWriter) -> Result<u64, StoreError> {
        let statement = built(self.backend, statement);
        self.run_of(statement).await
    }

    /// A statement written out, for what only one of the databases knows.
    pub(super) fn written<I>(&self, sql: &str, values: I) -> Statement
    where
        I: IntoIterator<Item = Value>,
    {
        Statement::from_sql_and_values(self.backend, sql, values)
    }

    pub(super) async fn all_of(&self, statement: Statement) -> Result<Vec<QueryResult>, StoreError> {
        match &self.run {
            Run::Alone(it) => it.query_all_raw(statement).await,
            Run::Together(it) => it.query_all_raw(statement).await,
        }
        .map_err(store_error)
    }

    pub(super) async fn one_of(&self, statement: Statement) -> Result<Option<QueryResult>, StoreError> {
        match &self.run {
            Run::Alone(it) => it.query_one_raw(statement).await,
            Run::Together(it) => it.query_one_raw(statement).await,
        }
        .map_err(store_error)
    }

    pub(super) async fn run_of(&self, statement: Statement) -> Result<u64, StoreError> {
        let result = match &self.run {
            Run::Alone(it) => it.execute_raw(statement).await,
            Run::Together(it) => it.execute_raw(statement).await,
        };
        result.map(|it| it.rows_affected()).map_err(store_error)
    }

    async fn command(&self, sql: &str) -> Result<(), StoreError> {
        let result = match &self.run {
            Run::Alone(it) => it.execute_unprepared(sql).await,
            Run::Together(it) => it.execute_unprepared(sql).await,
        };
        result.map(|_| ()).map_err(store_error)
    }

    /// From now on, statements of this unit of work are planned for the values they have, not for any.
    pub(super) async fn plan_for_values(&self) -> Result<(), StoreError> {
        // Outside of a transaction nothing would hold it.
        match &self.run {
            Run::Together(_) if self.is_postgres() => self.command(PLAN_FOR_VALUES).await,
            Run::Together(_) | Run::Alone(_) => Ok(()),
        }
    }

    /// Runs a statement that may be refused. PostgreSQL would refuse everything that comes after it too, if it were not for
    /// the savepoint; on SQLite a refused statement has done nothing.
    pub(super) async fn run_guarded(&self, statement: &impl QueryStatementWriter) -> Result<u64, StoreError> {
        if !self.is_postgres() {
            return self.run(statement).await;
        }
        self.mark().await?;
        match self.run(statement).await {
            Ok(rows) => self.keep().await.map(|()| rows),
            Err(error) if error.kind() == StoreErrorKind::Conflict => {
                self.back_to_mark().await?;
                Err(error)
            }
            Err(error) => Err(error),
        }
    }

    /// Begins a part that may be taken back alone.
    pub(super) async fn mark(&self) -> Result<(), StoreError> {
        self.command("SAVEPOINT refusable").await
    }

    /// Ends a part for good.
    pub(super) async fn keep(&self) -> Result<(), StoreError> {
        self.command("RELEASE SAVEPOINT refusable").await
    }

    /// Takes a part back.
    pub(super) async fn back_to_mark(&self) -> Result<(), StoreError> {
        self.command("ROLLBACK TO SAVEPOINT refusable; RELEASE SAVEPOINT refusable")
            .await
    }

    /// Inserts any number of rows, with few different statements; `finish` may add what comes after the values. The number
    /// of rows that were added.
    pub(super) async fn add_all(
        &self,
        table: &'static str,
        columns: &[&'static str],
        rows: Vec<Vec<Value>>,
        finish: impl Fn(InsertStatement) -> InsertStatement,
    ) -> Result<u64, StoreError> {
        const SIZES: [usize; 4] = [64, 16, 4, 1];
        let mut added = 0;
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let left = rows.len();
            let size = SIZES.into_iter().find(|it| *it <= left).unwrap_or(1);
            let part = rows.by_ref().take(size).collect();
            added += self.run(&finish(sql::insert_rows(table, columns, part))).await?;
        }
        Ok(added)
    }

    /// Keeps a hint until the commit, or hands it to the database, which does so.
    pub(super) async fn announce(&mut self, hint: &Hint) -> Result<(), StoreError> {
        /// PostgreSQL's limit of a payload is 8,000 bytes.
        const MAX_PAYLOAD: usize = 7900;
        if !self.hub.is_across_servers() {
            self.hints.push(hint.clone());
            return Ok(());
        }
        let payload = |hint: &Hint| sql::json(&portal_wire::Hint::from(hint));
        let mut value = payload(hint)?;
        if matches!(&value, Value::String(Some(text)) if text.len() > MAX_PAYLOAD) {
            value = payload(&Hint {
                readers: Vec::new(),
                ..hint.clone()
            })?;
        }
        self.notify(super::feed::CHANNEL, value).await
    }

    /// The same for the desk.
    pub(super) async fn announce_at_desk(&mut self, hint: &DeskHint) -> Result<(), StoreError> {
        if !self.hub.is_across_servers() {
            self.desk_hints.push(hint.clone());
            return Ok(());
        }
        let value = sql::json(&portal_wire::DeskHint::from(hint))?;
        self.notify(super::feed::DESK_CHANNEL, value).await
    }

    async fn notify(&self, channel: &'static str, payload: Value) -> Result<(), StoreError> {
        let notify = self.written("SELECT pg_notify($1, $2)", [Value::from(channel), payload]);
        self.all_of(notify).await.map(|_| ())
    }
}

#[async_trait]
impl Tx for SeaTx {
    fn tickets(&mut self) -> &mut dyn Tickets {
        self
    }

    fn desk(&mut self) -> &mut dyn Desk {
        self
    }

    fn directory(&mut self) -> &mut dyn Directory {
        self
    }

    fn accounts(&mut self) -> &mut dyn Accounts {
        self
    }

    fn journal(&mut self) -> &mut dyn Journal {
        self
    }

    fn members(&mut self) -> &mut dyn Members {
        self
    }

    fn crm(&mut self) -> &mut dyn Crm {
        self
    }

    fn staffing(&mut self) -> &mut dyn Staffing {
        self
    }

    fn settings(&mut self) -> &mut dyn SettingsStore {
        self
    }

    fn outbox(&mut self) -> &mut dyn Outbox {
        self
    }

    fn programs(&mut self) -> &mut dyn Programs {
        self
    }

    fn notices(&mut self) -> &mut dyn Notices {
        self
    }

    fn conversations(&mut self) -> &mut dyn Conversations {
        self
    }

    fn timers(&mut self) -> &mut dyn Timers {
        self
    }

    fn shelf(&mut self) -> &mut dyn Shelf {
        self
    }

    fn service(&mut self) -> &mut dyn ServiceLevels {
        self
    }

    fn satisfaction(&mut self) -> &mut dyn Satisfaction {
        self
    }

    fn audit(&mut self) -> &mut dyn AuditLog {
        self
    }

    fn imports(&mut self) -> &mut dyn Imports {
        self
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let Self {
            run,
            hub,
            hints,
            desk_hints,
            ..
        } = *self;
        if let Run::Together(tx) = run {
            tx.commit().await.map_err(store_error)?;
        }
        hub.publish(hints, desk_hints);
        Ok(())
    }
}
