use async_trait::async_trait;
use portal_core::id::{AgentId, TokenId};
use portal_core::membership::SecretHash;
use portal_core::ports::{IdempotencyKey, Programs, StoreError};
use portal_core::programs::{DoneOnce, ProgramToken};
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use super::error::conflict;
use super::row::Row;
use super::sql::{delete, insert, is, or_nothing, select};
use super::staffing::{mask, unmasked};
use super::stored::{opt, val};
use super::tx::SeaTx;

const TOKENS: &str = "program_token";
const COLUMNS: [&str; 10] = [
    "id",
    "agent",
    "name",
    "mode",
    "scopes",
    "dangerous",
    "secret",
    "created_at",
    "ends_at",
    "seen_at",
];
const COMMANDS: &str = "program_command";

#[async_trait]
impl Programs for SeaTx {
    async fn add_program_token(&mut self, it: &ProgramToken) -> Result<(), StoreError> {
        let row = vec![
            ("id", val(&it.id)),
            ("agent", val(&it.agent)),
            ("name", val(&it.name)),
            ("mode", val(&it.mode)),
            ("scopes", mask(&it.only).into()),
            ("dangerous", it.dangerous.into()),
            ("secret", val(&it.secret)),
            ("created_at", val(&it.created_at)),
            ("ends_at", val(&it.ends_at)),
            ("seen_at", opt(it.seen_at.as_ref())),
        ];
        if self.run(&or_nothing(insert(TOKENS, row))).await? == 0 {
            return Err(conflict());
        }
        Ok(())
    }

    async fn program_token(&mut self, secret: &SecretHash) -> Result<Option<ProgramToken>, StoreError> {
        let mut statement = select(TOKENS, &COLUMNS);
        self.find_one(statement.and_where(is("secret", val(secret))), read)
            .await
    }

    async fn program_tokens(&mut self, agent: AgentId) -> Result<Vec<ProgramToken>, StoreError> {
        let mut statement = select(TOKENS, &COLUMNS);
        statement
            .and_where(is("agent", val(&agent)))
            .order_by("created_at", Order::Desc)
            .order_by("id", Order::Desc);
        self.list(&statement, read).await
    }

    async fn touch_program_token(&mut self, id: TokenId, seen_at: Timestamp) -> Result<(), StoreError> {
        let mut update = Query::update();
        update
            .table(TOKENS)
            .value("seen_at", val(&seen_at))
            .and_where(is("id", val(&id)));
        self.run(&update).await.map(|_| ())
    }

    async fn remove_program_token(&mut self, agent: AgentId, id: TokenId) -> Result<(), StoreError> {
        let own = is("agent", val(&agent)).and(is("id", val(&id)));
        self.run(&delete(TOKENS, own)).await.map(|_| ())
    }

    async fn begin_command(
        &mut self,
        agent: AgentId,
        key: &IdempotencyKey,
        command: &DoneOnce,
        since: Timestamp,
    ) -> Result<Option<DoneOnce>, StoreError> {
        let old = is("agent", val(&agent)).and(Expr::col("begun_at").lt(val(&since)));
        self.run(&delete(COMMANDS, old)).await?;
        let row = vec![
            ("agent", val(&agent)),
            ("name", key.as_str().into()),
            ("command", val(&command.command)),
            ("answer", command.answer.clone().into()),
            ("begun_at", val(&command.at)),
        ];
        if self.run(&or_nothing(insert(COMMANDS, row))).await? == 1 {
            return Ok(None);
        }
        let mut statement = select(COMMANDS, &["command", "answer", "begun_at"]);
        statement.and_where(named(agent, key));
        self.find_one(&statement, |row| {
            Ok(DoneOnce {
                command: row.get()?,
                answer: row.opt()?,
                at: row.get()?,
            })
        })
        .await
    }

    async fn end_command(
        &mut self,
        agent: AgentId,
        key: &IdempotencyKey,
        answer: Option<&str>,
    ) -> Result<(), StoreError> {
        let Some(answer) = answer else {
            return self.run(&delete(COMMANDS, named(agent, key))).await.map(|_| ());
        };
        let mut update = Query::update();
        update
            .table(COMMANDS)
            .value("answer", answer)
            .and_where(named(agent, key));
        self.run(&update).await.map(|_| ())
    }
}

fn named(agent: AgentId, key: &IdempotencyKey) -> Expr {
    is("agent", val(&agent)).and(is("name", key.as_str().into()))
}

fn read(row: &mut Row<'_>) -> Result<ProgramToken, StoreError> {
    Ok(ProgramToken {
        id: row.get()?,
        agent: row.get()?,
        name: row.get()?,
        mode: row.get()?,
        only: unmasked(row.get()?),
        dangerous: row.get()?,
        secret: row.get()?,
        created_at: row.get()?,
        ends_at: row.get()?,
        seen_at: row.opt()?,
    })
}
