use std::collections::BTreeSet;

use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::conversation::{Conversation, ConversationRow, ConversationState, InboxKind, Said};
use portal_core::desk::StaffScope;
use portal_core::id::{ConversationId, InboxId, MessageId, TicketNumber};
use portal_core::ports::{Conversations, StoreError};
use portal_core::ticket::{LastMessage, snippet};
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Order, Query, SelectStatement, UnionType};

use super::desk::scope;
use super::row::Row;
use super::search;
use super::sql::{at, delete, insert, is, select, upsert};
use super::stored::{opt, val};
use super::tickets::record;
use super::tickets::thread::{MESSAGE_COLUMNS, MESSAGES, author, body};
use super::tickets::timeline::{read_body, read_by, read_message};
use super::tx::SeaTx;

const KINDS: &str = "inbox_kind";
const TABLE: &str = "conversation";
const COLUMNS: [&str; 11] = [
    "id",
    "inbox",
    "channel",
    "subject",
    "contact",
    "name",
    "address",
    "number",
    "state",
    "created_at",
    "last_activity",
];
const SAID: &str = "conversation_said";
const SAID_COLUMNS: [&str; 11] = [
    "id",
    "conversation",
    "author_kind",
    "author",
    "author_name",
    "said_at",
    "format",
    "sanitiser",
    "body_plain",
    "body_html",
    "body_source",
];

/// The kind of an author of the staff, as `author_kind` has it.
const AGENT: i16 = 2;
const KEYS: &str = "page";
const KEY: [&str; 2] = ["last_activity", "id"];
/// So many ranges are merged by one statement.
const AT_ONCE: usize = 100;

fn read(row: &mut Row<'_>) -> Result<Conversation, StoreError> {
    Ok(Conversation {
        id: row.get()?,
        inbox: row.get()?,
        channel: row.get()?,
        subject: row.get()?,
        contact: row.opt()?,
        name: row.get()?,
        address: row.opt()?,
        ticket: row.opt()?,
        state: row.get()?,
        created_at: row.get()?,
        last_activity: row.get()?,
    })
}

fn read_said(row: &mut Row<'_>) -> Result<Said, StoreError> {
    let (id, conversation, author, said_at) = (row.get()?, row.get()?, read_by(row)?, row.get()?);
    let body = read_body(row)?;
    Ok(Said {
        id,
        conversation,
        author,
        at: said_at,
        body,
    })
}

fn one(id: ConversationId) -> SelectStatement {
    select(TABLE, &COLUMNS).and_where(at(TABLE, "id").eq(val(&id))).take()
}

/// A page of conversations of these inboxes: a range of the index for each, merged, then the rows for these few keys with
/// what was said last.
pub(super) fn page(
    inboxes: &[InboxId],
    state: ConversationState,
    after: Option<(Timestamp, ConversationId)>,
    limit: u32,
) -> Option<SelectStatement> {
    let ordered = |mut some: SelectStatement| {
        for column in KEY {
            some.order_by(column, Order::Desc);
        }
        some.limit(u64::from(limit)).take()
    };
    let legs = inboxes.iter().map(|inbox| {
        let mut leg = select(TABLE, &KEY);
        leg.and_where(at(TABLE, "inbox").eq(val(inbox)))
            .and_where(at(TABLE, "state").eq(val(&state)));
        if let Some((when, id)) = after {
            let key = Expr::tuple(KEY.map(|it| at(TABLE, it)));
            leg.and_where(key.lt(Expr::tuple([val(&when), val(&id)].map(Expr::val))));
        }
        // SQLite takes a limit inside a UNION only within a subquery.
        Query::select().columns(KEY).from_subquery(ordered(leg), "leg").take()
    });
    let all = legs.reduce(|mut all, leg| all.union(UnionType::All, leg).take())?;
    let keys = ordered(Query::select().columns(KEY).from_subquery(all, "leg").take());
    let mut last = select(SAID, &["body_plain"]);
    last.and_where(at(SAID, "conversation").equals((TABLE, "id")))
        .order_by((SAID, "said_at"), Order::Desc)
        .order_by((SAID, "id"), Order::Desc)
        .limit(1);
    let mut rows = Query::select();
    rows.columns(COLUMNS.map(|it| (TABLE, it)))
        .expr(Expr::SubQuery(None, Box::new(last.into())))
        .from_subquery(keys, KEYS)
        // Left, so that the few keys are what it begins with.
        .left_join(TABLE, at(TABLE, "id").equals((KEYS, "id")));
    Some(rows)
}

#[async_trait]
impl Conversations for SeaTx {
    async fn inbox_kind(&mut self, inbox: InboxId) -> Result<InboxKind, StoreError> {
        let mut statement = select(KINDS, &["kind"]);
        statement.and_where(is("inbox", val(&inbox)));
        Ok(self.find_one(&statement, super::row::only).await?.unwrap_or_default())
    }

    async fn set_inbox_kind(&mut self, inbox: InboxId, kind: InboxKind) -> Result<(), StoreError> {
        let row = vec![("inbox", val(&inbox)), ("kind", val(&kind))];
        self.run(&upsert(KINDS, &["inbox"], row)).await.map(|_| ())
    }

    async fn lock_conversation(&mut self, id: ConversationId) -> Result<(), StoreError> {
        if !self.is_postgres() {
            return Ok(());
        }
        let mut statement = select(TABLE, &["id"]);
        statement.and_where(is("id", val(&id))).lock(LockType::Update);
        self.all(&statement).await.map(|_| ())
    }

    async fn any_conversation(&mut self, _task: &Task, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
        self.find_one(&one(id), read).await
    }

    async fn conversation(
        &mut self,
        scope: &StaffScope,
        id: ConversationId,
    ) -> Result<Option<Conversation>, StoreError> {
        let mut statement = one(id);
        statement.and_where(scope::within(scope, TABLE));
        self.find_one(&statement, read).await
    }

    async fn conversations(
        &mut self,
        scope: &StaffScope,
        state: ConversationState,
        inbox: Option<InboxId>,
        after: Option<(Timestamp, ConversationId)>,
        limit: u32,
    ) -> Result<Vec<ConversationRow>, StoreError> {
        let inboxes = scope::inboxes(self, scope, inbox).await?;
        let mut rows: Vec<ConversationRow> = Vec::new();
        for inboxes in inboxes.chunks(AT_ONCE) {
            let Some(statement) = page(inboxes, state, after, limit) else {
                continue;
            };
            let found = self.list(&statement, |row| {
                let conversation = read(row)?;
                let last: Option<String> = row.opt()?;
                let snippet = last.map(|it| snippet(&it)).unwrap_or_default();
                Ok(ConversationRow { conversation, snippet })
            });
            rows.extend(found.await?);
        }
        // The statement decides which rows; in what order they come out of the joins is not said.
        rows.sort_by_key(|it| std::cmp::Reverse((it.conversation.last_activity, it.conversation.id)));
        rows.truncate(limit as usize);
        Ok(rows)
    }

    async fn said(&mut self, scope: &StaffScope, id: ConversationId, limit: u32) -> Result<Vec<Said>, StoreError> {
        let mut statement = select(SAID, &SAID_COLUMNS);
        statement
            .inner_join(TABLE, at(TABLE, "id").equals((SAID, "conversation")))
            .and_where(at(SAID, "conversation").eq(val(&id)))
            .and_where(scope::within(scope, TABLE))
            .order_by((SAID, "said_at"), Order::Desc)
            .order_by((SAID, "id"), Order::Desc)
            .limit(u64::from(limit));
        let mut said = self.list(&statement, read_said).await?;
        said.reverse();
        Ok(said)
    }

    async fn last_spoken(&mut self, _task: &Task, number: TicketNumber) -> Result<Option<Conversation>, StoreError> {
        let mut newest = select(MESSAGES, &["id"]);
        newest
            .and_where(at(MESSAGES, "number").eq(val(&number)))
            // What the staff wrote is passed over.
            .and_where(at(MESSAGES, "author_kind").ne(AGENT))
            .order_by((MESSAGES, "seq"), Order::Desc)
            .limit(1);
        let mut statement = select(TABLE, &COLUMNS);
        statement
            .inner_join(SAID, at(SAID, "conversation").equals((TABLE, "id")))
            .and_where(at(SAID, "id").in_subquery(newest))
            .and_where(at(TABLE, "number").eq(val(&number)));
        self.find_one(&statement, read).await
    }

    async fn put_conversation(&mut self, it: &Conversation) -> Result<(), StoreError> {
        let row = vec![
            ("id", val(&it.id)),
            ("inbox", val(&it.inbox)),
            ("channel", val(&it.channel)),
            ("subject", val(&it.subject)),
            ("contact", opt(it.contact.as_ref())),
            ("name", it.name.clone().into()),
            ("address", opt(it.address.as_ref())),
            ("number", opt(it.ticket.as_ref())),
            ("state", val(&it.state)),
            ("created_at", val(&it.created_at)),
            ("last_activity", val(&it.last_activity)),
        ];
        self.run(&upsert(TABLE, &["id"], row)).await.map(|_| ())
    }

    async fn add_said(&mut self, it: &Said) -> Result<(), StoreError> {
        let mut values = vec![val(&it.id), val(&it.conversation)];
        values.extend(author(&it.author));
        values.push(val(&it.at));
        values.extend(body(&it.body));
        let row = SAID_COLUMNS.into_iter().zip(values).collect();
        self.run(&insert(SAID, row)).await.map(|_| ())
    }

    async fn take_out(
        &mut self,
        _task: &Task,
        number: TicketNumber,
        messages: &BTreeSet<MessageId>,
    ) -> Result<Option<LastMessage>, StoreError> {
        for id in messages {
            let own = is("number", val(&number)).and(is("id", val(id)));
            self.run(&delete(MESSAGES, own)).await?;
        }
        if let Some(ticket) = record::load(self, number).await? {
            search::anew(self, &ticket).await?;
        }
        let mut newest = select(MESSAGES, &MESSAGE_COLUMNS);
        newest
            .and_where(is("number", val(&number)))
            .order_by("seq", Order::Desc)
            .limit(1);
        let newest = self.find_one(&newest, read_message).await?;
        Ok(newest.map(|it| LastMessage {
            author: it.author.kind,
            name: it.author.name,
            snippet: snippet(&it.body.plain),
        }))
    }
}
