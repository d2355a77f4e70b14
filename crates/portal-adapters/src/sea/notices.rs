use async_trait::async_trait;
use portal_core::desk::StaffScope;
use portal_core::id::{AgentId, ContactId, IntentId, TicketNumber};
use portal_core::notify::{AgentChoices, AgentNotice, ContactChoices};
use portal_core::ports::{Notices, StoreError};
use portal_core::time::Timestamp;
use portal_wire::Invalid;
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, Func, Order, Query, SelectStatement};

use super::desk::scope;
use super::error::{conflict, corrupt};
use super::row::{Row, only};
use super::sql::{at, delete, insert, is, json, or_nothing, select, upsert};
use super::stored::{opt, val};
use super::tx::SeaTx;

const CHOICES: &str = "contact_choices";
const MUTED: &str = "muted";
const AGENTS: &str = "agent_choices";
const NOTICES: &str = "agent_notice";
const COLUMNS: [&str; 9] = [
    "id", "agent", "news", "number", "by_name", "told_at", "bell", "mail", "read_at",
];

/// The notices of somebody about tickets they work with.
fn told(scope: &StaffScope, agent: AgentId, columns: &[&'static str]) -> SelectStatement {
    let mut statement = select(NOTICES, columns);
    statement
        .and_where(is("agent", val(&agent)))
        .and_where(scope::has(scope, at(NOTICES, "number")));
    statement
}

fn unread() -> Expr {
    at(NOTICES, "read_at").is_null()
}

/// The newest ones of the bell.
pub(super) fn newest(scope: &StaffScope, agent: AgentId, limit: u32) -> SelectStatement {
    told(scope, agent, &COLUMNS)
        .and_where(is("bell", true.into()))
        .order_by("told_at", Order::Desc)
        .order_by("id", Order::Desc)
        .limit(u64::from(limit))
        .take()
}

/// How many of the bell are unread, up to the cap.
pub(super) fn count_unread(scope: &StaffScope, agent: AgentId, cap: u32) -> SelectStatement {
    let some = told(scope, agent, &["id"])
        .and_where(is("bell", true.into()))
        .and_where(unread())
        .limit(u64::from(cap))
        .take();
    let mut count = Query::select();
    count.expr(Func::count(Expr::col(Asterisk))).from_subquery(some, "some");
    count
}

fn read(row: &mut Row<'_>) -> Result<AgentNotice, StoreError> {
    Ok(AgentNotice {
        id: row.get()?,
        agent: row.get()?,
        news: row.get()?,
        ticket: row.get()?,
        by: row.get()?,
        at: row.get()?,
        bell: row.get()?,
        mail: row.get()?,
        read_at: row.opt()?,
    })
}

#[async_trait]
impl Notices for SeaTx {
    async fn contact_choices(&mut self, contact: ContactId) -> Result<ContactChoices, StoreError> {
        let mut statement = select(CHOICES, &["answers", "changes", "openings"]);
        statement.and_where(is("contact", val(&contact)));
        let found = self.find_one(&statement, |row| {
            Ok(ContactChoices {
                answers: row.get()?,
                changes: row.get()?,
                openings: row.get()?,
            })
        });
        Ok(found.await?.unwrap_or_default())
    }

    async fn set_contact_choices(&mut self, contact: ContactId, it: ContactChoices) -> Result<(), StoreError> {
        let row = vec![
            ("contact", val(&contact)),
            ("answers", it.answers.into()),
            ("changes", it.changes.into()),
            ("openings", it.openings.into()),
        ];
        self.run(&upsert(CHOICES, &["contact"], row)).await.map(|_| ())
    }

    async fn is_muted(&mut self, contact: ContactId, number: TicketNumber) -> Result<bool, StoreError> {
        let mut statement = select(MUTED, &["number"]);
        statement
            .and_where(is("contact", val(&contact)))
            .and_where(is("number", val(&number)));
        Ok(self.one(&statement).await?.is_some())
    }

    async fn set_muted(&mut self, contact: ContactId, number: TicketNumber, muted: bool) -> Result<(), StoreError> {
        let done = if muted {
            let row = vec![("contact", val(&contact)), ("number", val(&number))];
            self.run(&or_nothing(insert(MUTED, row))).await
        } else {
            let one = is("contact", val(&contact)).and(is("number", val(&number)));
            self.run(&delete(MUTED, one)).await
        };
        done.map(|_| ())
    }

    async fn agent_choices(&mut self, agent: AgentId) -> Result<AgentChoices, StoreError> {
        let mut statement = select(AGENTS, &["choices"]);
        statement.and_where(is("agent", val(&agent)));
        let found = self
            .find_one(&statement, |row: &mut Row<'_>| row.json::<portal_wire::AgentChoices>())
            .await?;
        match found {
            None => Ok(AgentChoices::default()),
            Some(it) => it.try_into().map_err(|error: Invalid| corrupt(error.to_string())),
        }
    }

    async fn set_agent_choices(&mut self, agent: AgentId, choices: &AgentChoices) -> Result<(), StoreError> {
        let document = json(&portal_wire::AgentChoices::from(choices))?;
        let row = vec![("agent", val(&agent)), ("choices", document)];
        self.run(&upsert(AGENTS, &["agent"], row)).await.map(|_| ())
    }

    async fn add_agent_notice(&mut self, it: &AgentNotice) -> Result<(), StoreError> {
        let row = vec![
            ("id", val(&it.id)),
            ("agent", val(&it.agent)),
            ("news", val(&it.news)),
            ("number", val(&it.ticket)),
            ("by_name", it.by.clone().into()),
            ("told_at", val(&it.at)),
            ("bell", it.bell.into()),
            ("mail", it.mail.into()),
            ("read_at", opt(it.read_at.as_ref())),
        ];
        if self.run(&or_nothing(insert(NOTICES, row))).await? == 0 {
            return Err(conflict());
        }
        Ok(())
    }

    async fn agent_notices(
        &mut self,
        scope: &StaffScope,
        agent: AgentId,
        limit: u32,
    ) -> Result<Vec<AgentNotice>, StoreError> {
        self.list(&newest(scope, agent, limit), read).await
    }

    async fn unread_notices(&mut self, scope: &StaffScope, agent: AgentId, cap: u32) -> Result<u32, StoreError> {
        let count = self.find_one(&count_unread(scope, agent, cap), only).await?;
        Ok(count.unwrap_or_default())
    }

    async fn read_agent_notices(
        &mut self,
        agent: AgentId,
        ticket: Option<TicketNumber>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut update = Query::update();
        update
            .table(NOTICES)
            .value("read_at", val(&now))
            .and_where(is("agent", val(&agent)))
            .and_where(Expr::col("read_at").is_null());
        if let Some(ticket) = ticket {
            update.and_where(is("number", val(&ticket)));
        }
        self.run(&update).await.map(|_| ())
    }

    async fn mail_agent_notices(
        &mut self,
        scope: &StaffScope,
        agent: AgentId,
        mail: IntentId,
        limit: u32,
    ) -> Result<Vec<AgentNotice>, StoreError> {
        let mut statement = told(scope, agent, &COLUMNS);
        let free = at(NOTICES, "mailed_by").is_null();
        statement
            .and_where(is("mail", true.into()))
            .and_where(unread())
            .and_where(free.or(at(NOTICES, "mailed_by").eq(val(&mail))))
            .order_by("told_at", Order::Asc)
            .order_by("id", Order::Asc)
            .limit(u64::from(limit));
        if self.is_postgres() {
            statement.lock(sea_orm::sea_query::LockType::Update);
        }
        let found = self.list(&statement, read).await?;
        for it in &found {
            let mut update = Query::update();
            update
                .table(NOTICES)
                .value("mailed_by", val(&mail))
                .and_where(is("id", val(&it.id)));
            self.run(&update).await?;
        }
        Ok(found)
    }
}
