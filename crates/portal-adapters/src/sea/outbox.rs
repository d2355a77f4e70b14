use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::id::IntentId;
use portal_core::mail::{Claim, ClaimedMail, Intent, Mail, MailState, MailTally, QueuedMail, Settled};
use portal_core::ports::{Outbox, StoreError, StoreErrorKind};
use portal_core::text::EmailAddress;
use portal_core::time::Timestamp;
use sea_orm::sea_query::{
    Expr, ExprTrait, LockBehavior, LockType, Order, Query, SelectStatement, SimpleExpr, UpdateStatement, Value,
};

use super::error::corrupt;
use super::row::{Row, only};
use super::sql::{self, delete, insert, is, or_nothing, padded, select};
use super::stored::{opt, val};
use super::tx::SeaTx;

const TABLE: &str = "outbox";

#[async_trait]
impl Outbox for SeaTx {
    async fn push(&mut self, intent: &Intent) -> Result<bool, StoreError> {
        let row = vec![
            ("id", val(&intent.id)),
            ("mail", sql::json(&portal_wire::Mail::from(&intent.mail))?),
            ("only_one", intent.unique.clone().into()),
            ("state", val(&MailState::Waiting)),
            ("created_at", val(&intent.created_at)),
            ("due_at", val(&intent.not_before)),
            ("attempts", 0_i64.into()),
            ("revived", 0_i64.into()),
        ];
        Ok(self.run(&or_nothing(insert(TABLE, row))).await? == 1)
    }

    async fn take_back(&mut self, key: &str, now: Timestamp) -> Result<bool, StoreError> {
        let mut statement = update(vec![
            ("state", val(&MailState::Discarded).into()),
            ("settled_at", val(&now).into()),
        ]);
        statement.and_where(is("only_one", key.into())).and_where(waits());
        Ok(self.run(&statement).await? > 0)
    }

    async fn next_due(&mut self, _task: &Task) -> Result<Option<Timestamp>, StoreError> {
        let mut statement = select(TABLE, &["due_at"]);
        statement.and_where(waits()).order_by("due_at", Order::Asc).limit(1);
        self.find_one(&statement, only).await
    }

    async fn claim_due(
        &mut self,
        _task: &Task,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ClaimedMail>, StoreError> {
        // In two statements: one alone may run its inner part more than once on PostgreSQL, and claim more than the limit.
        let mut due = select(TABLE, &["id", "mail", "created_at", "attempts", "revived"]);
        due.and_where(waits())
            .and_where(Expr::col("due_at").lte(val(&now)))
            .order_by("due_at", Order::Asc)
            .order_by("id", Order::Asc)
            .limit(limit.into())
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        let claimed = self.list(&due, read_claimed).await?;
        if claimed.is_empty() {
            return Ok(claimed);
        }
        let ids: Vec<Value> = claimed.iter().map(|it| val(&it.claim.intent)).collect();
        let mut statement = update(vec![
            ("due_at", val(&until).into()),
            ("attempts", Expr::col("attempts").add(1_i64)),
        ]);
        statement.and_where(Expr::col("id").is_in(padded(ids)));
        self.run(&statement).await?;
        Ok(claimed)
    }

    async fn hold(&mut self, _task: &Task, claim: Claim, until: Timestamp) -> Result<bool, StoreError> {
        let statement = of_claim(claim, vec![("due_at", val(&until).into())]);
        Ok(self.run(&statement).await? == 1)
    }

    async fn settle(
        &mut self,
        _task: &Task,
        claim: Claim,
        how: &Settled,
        to: Option<&EmailAddress>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (state, reason) = match how {
            Settled::Sent => (MailState::Sent, None),
            Settled::Dropped(why) => (MailState::Dropped, Some(why)),
            Settled::Again(_, why) => (MailState::Waiting, Some(why)),
            Settled::Dead(why) => (MailState::Dead, Some(why)),
        };
        let mut changes: Vec<(&str, SimpleExpr)> = vec![
            ("state", val(&state).into()),
            ("recipient", opt(to).into()),
            ("reason", opt(reason).into()),
        ];
        changes.push(match how {
            Settled::Again(due_at, _) => ("due_at", val(due_at).into()),
            Settled::Sent | Settled::Dropped(_) | Settled::Dead(_) => ("settled_at", val(&now).into()),
        });
        Ok(self.run(&of_claim(claim, changes)).await? == 1)
    }

    async fn queued(
        &mut self,
        _task: &Task,
        state: MailState,
        older_than: Option<IntentId>,
        limit: u32,
    ) -> Result<Vec<QueuedMail>, StoreError> {
        let mut statement = mails();
        statement
            .and_where(is("state", val(&state)))
            .order_by("id", Order::Desc)
            .limit(limit.into());
        if let Some(than) = older_than {
            statement.and_where(Expr::col("id").lt(val(&than)));
        }
        self.list(&statement, read).await
    }

    async fn queued_mail(&mut self, _task: &Task, id: IntentId) -> Result<Option<QueuedMail>, StoreError> {
        self.find_one(mails().and_where(is("id", val(&id))), read).await
    }

    async fn tally(&mut self, _task: &Task) -> Result<MailTally, StoreError> {
        Ok(MailTally {
            waiting: count(self, MailState::Waiting).await?,
            dead: count(self, MailState::Dead).await?,
        })
    }

    async fn revive(&mut self, _task: &Task, id: IntentId, now: Timestamp) -> Result<bool, StoreError> {
        let mut statement = update(vec![
            ("state", val(&MailState::Waiting).into()),
            ("settled_at", opt::<Timestamp>(None).into()),
            ("revived", Expr::col("attempts")),
            ("due_at", val(&now).into()),
        ]);
        statement
            .and_where(is("id", val(&id)))
            .and_where(is("state", val(&MailState::Dead)));
        match self.run_guarded(&statement).await {
            Ok(rows) => Ok(rows == 1),
            // Another one with its key waits.
            Err(error) if error.kind() == StoreErrorKind::Conflict => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn discard(&mut self, _task: &Task, id: IntentId, now: Timestamp) -> Result<bool, StoreError> {
        let mut statement = update(vec![
            ("state", val(&MailState::Discarded).into()),
            ("settled_at", val(&now).into()),
        ]);
        statement
            .and_where(is("id", val(&id)))
            .and_where(Expr::col("state").is_in([val(&MailState::Waiting), val(&MailState::Dead)]));
        Ok(self.run(&statement).await? == 1)
    }

    async fn sweep_mails(&mut self, _task: &Task, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let settled = [MailState::Sent, MailState::Dropped, MailState::Discarded];
        let mut old = select(TABLE, &["id"]);
        old.and_where(Expr::col("state").is_in(settled.map(|it| val(&it))))
            .and_where(Expr::col("settled_at").lt(val(&before)))
            .limit(limit.into());
        let ids: Vec<IntentId> = self.list(&old, only).await?;
        if ids.is_empty() {
            return Ok(0);
        }
        let ids = padded(ids.iter().map(val).collect());
        self.run(&delete(TABLE, Expr::col("id").is_in(ids))).await
    }
}

fn waits() -> SimpleExpr {
    // Written out and not bound, so that the partial indexes fit.
    Expr::cust("state = 1")
}

fn update(values: Vec<(&'static str, SimpleExpr)>) -> UpdateStatement {
    let mut update = Query::update();
    update.table(TABLE).values(values);
    update
}

/// A change of the mail of a claim, if the claim still counts.
fn of_claim(claim: Claim, values: Vec<(&'static str, SimpleExpr)>) -> UpdateStatement {
    let mut update = update(values);
    update
        .and_where(is("id", val(&claim.intent)))
        .and_where(is("attempts", val(&claim.attempt)))
        .and_where(waits());
    update
}

async fn count(tx: &SeaTx, state: MailState) -> Result<u64, StoreError> {
    let mut statement = Query::select();
    statement
        .from(TABLE)
        .expr(Expr::col("id").count())
        .and_where(is("state", val(&state)));
    let found: Option<u64> = tx.find_one(&statement, only).await?;
    Ok(found.unwrap_or(0))
}

pub(super) fn mails() -> SelectStatement {
    select(
        TABLE,
        &[
            "id",
            "mail",
            "state",
            "created_at",
            "due_at",
            "settled_at",
            "attempts",
            "recipient",
            "reason",
        ],
    )
}

fn mail(row: &mut Row<'_>) -> Result<Mail, StoreError> {
    let stored: portal_wire::Mail = row.json()?;
    stored
        .try_into()
        .map_err(|error: portal_wire::Invalid| corrupt(error.to_string()))
}

pub(super) fn read(row: &mut Row<'_>) -> Result<QueuedMail, StoreError> {
    Ok(QueuedMail {
        id: row.get()?,
        mail: mail(row)?,
        state: row.get()?,
        created_at: row.get()?,
        due_at: row.get()?,
        settled_at: row.opt()?,
        attempts: row.get()?,
        to: row.opt()?,
        reason: row.opt()?,
    })
}

fn read_claimed(row: &mut Row<'_>) -> Result<ClaimedMail, StoreError> {
    let (intent, mail, created_at) = (row.get()?, mail(row)?, row.get()?);
    let (attempts, revived): (u32, u32) = (row.get()?, row.get()?);
    Ok(ClaimedMail {
        claim: Claim {
            intent,
            attempt: attempts + 1,
        },
        mail,
        tries: (attempts + 1).saturating_sub(revived),
        created_at,
    })
}
