use async_trait::async_trait;
use portal_core::id::Uuid;
use portal_core::ports::{DeskHint, Hint, IdempotencyKey, Journal, Remembered, StoreError};
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};

use super::sql::{insert, is, select};
use super::stored::val;
use super::tx::SeaTx;

const TABLE: &str = "idempotency";

#[async_trait]
impl Journal for SeaTx {
    async fn hint(&mut self, hint: &Hint) -> Result<(), StoreError> {
        self.announce(hint).await
    }

    async fn desk_hint(&mut self, hint: &DeskHint) -> Result<(), StoreError> {
        self.announce_at_desk(hint).await
    }

    async fn recall(
        &mut self,
        who: Uuid,
        use_case: &str,
        key: &IdempotencyKey,
        since: Timestamp,
    ) -> Result<Option<Remembered>, StoreError> {
        let statement = select(TABLE, &["command", "result", "done_at"])
            .and_where(is("contact", who.into()))
            .and_where(is("use_case", use_case.into()))
            .and_where(is("name", key.as_str().into()))
            .and_where(Expr::col("done_at").gte(val(&since)))
            .take();
        self.find_one(&statement, |row| {
            Ok(Remembered {
                command: row.get()?,
                result: row.get()?,
                at: row.get()?,
            })
        })
        .await
    }

    async fn remember(
        &mut self,
        who: Uuid,
        use_case: &str,
        key: &IdempotencyKey,
        what: &Remembered,
        since: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut statement = insert(
            TABLE,
            vec![
                ("contact", who.into()),
                ("use_case", use_case.into()),
                ("name", key.as_str().into()),
                ("command", val(&what.command)),
                ("result", what.result.as_str().into()),
                ("done_at", val(&what.at)),
            ],
        );
        let mut conflict = OnConflict::columns(["contact", "use_case", "name"]);
        conflict
            .update_columns(["command", "result", "done_at"])
            .action_and_where(Expr::col((TABLE, "done_at")).lt(val(&since)));
        Ok(self.run(statement.on_conflict(conflict)).await? == 1)
    }
}
