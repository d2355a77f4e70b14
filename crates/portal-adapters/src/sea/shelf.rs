use async_trait::async_trait;
use portal_core::desk::{CannedReply, SavedView, ViewShows};
use portal_core::id::{AgentId, CannedReplyId, SavedViewId};
use portal_core::ports::{Shelf, StoreError};
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};

use super::error::corrupt;
use super::row::Row;
use super::sql::{delete, is, json, select, upsert};
use super::stored::{opt, val};
use super::tx::SeaTx;

const VIEWS: &str = "desk_view";
const VIEW_COLUMNS: [&str; 6] = ["id", "owner", "shared", "name", "place", "shows"];
const CANNED: &str = "canned_reply";
const CANNED_COLUMNS: [&str; 7] = ["id", "owner", "shared", "inbox", "language", "name", "text"];

/// What is somebody's own, or everybody's.
fn of(table: &'static str, columns: &[&'static str], agent: AgentId) -> SelectStatement {
    select(table, columns)
        .and_where(is("owner", val(&agent)).or(Expr::col("shared").eq(true)))
        .take()
}

#[async_trait]
impl Shelf for SeaTx {
    async fn saved_views(&mut self, agent: AgentId) -> Result<Vec<SavedView>, StoreError> {
        let all = self.list(&of(VIEWS, &VIEW_COLUMNS, agent), read_view).await?;
        let (mut own, mut shared): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| it.owner == agent);
        own.sort_by_key(|it| (it.place, it.id));
        shared.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        own.extend(shared);
        Ok(own)
    }

    async fn saved_view(&mut self, id: SavedViewId) -> Result<Option<SavedView>, StoreError> {
        let mut statement = select(VIEWS, &VIEW_COLUMNS);
        self.find_one(statement.and_where(is("id", val(&id))), read_view).await
    }

    async fn put_saved_view(&mut self, it: &SavedView) -> Result<(), StoreError> {
        let shows = ViewShows {
            view: it.view,
            inbox: it.inbox,
            filter: it.filter.clone(),
            sort: it.sort,
        };
        let row = vec![
            ("id", val(&it.id)),
            ("owner", val(&it.owner)),
            ("shared", it.shared.into()),
            ("name", val(&it.name)),
            ("place", i64::from(it.place).into()),
            ("shows", json(&portal_wire::SavedView::from(&shows))?),
        ];
        self.run(&upsert(VIEWS, &["id"], row)).await.map(|_| ())
    }

    async fn remove_saved_view(&mut self, id: SavedViewId) -> Result<(), StoreError> {
        self.run(&delete(VIEWS, is("id", val(&id)))).await.map(|_| ())
    }

    async fn canned_replies(&mut self, agent: AgentId) -> Result<Vec<CannedReply>, StoreError> {
        let mut all = self.list(&of(CANNED, &CANNED_COLUMNS, agent), read_canned).await?;
        all.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        Ok(all)
    }

    async fn canned_reply(&mut self, id: CannedReplyId) -> Result<Option<CannedReply>, StoreError> {
        let mut statement = select(CANNED, &CANNED_COLUMNS);
        self.find_one(statement.and_where(is("id", val(&id))), read_canned)
            .await
    }

    async fn put_canned_reply(&mut self, it: &CannedReply) -> Result<(), StoreError> {
        let row = vec![
            ("id", val(&it.id)),
            ("owner", val(&it.owner)),
            ("shared", it.shared.into()),
            ("inbox", opt(it.inbox.as_ref())),
            ("language", opt(it.language.as_ref())),
            ("name", val(&it.name)),
            ("text", it.text.as_str().into()),
        ];
        self.run(&upsert(CANNED, &["id"], row)).await.map(|_| ())
    }

    async fn remove_canned_reply(&mut self, id: CannedReplyId) -> Result<(), StoreError> {
        self.run(&delete(CANNED, is("id", val(&id)))).await.map(|_| ())
    }
}

fn read_view(row: &mut Row<'_>) -> Result<SavedView, StoreError> {
    let (id, owner, shared, name) = (row.get()?, row.get()?, row.get()?, row.get()?);
    let place: i64 = row.get()?;
    let shows: ViewShows = row
        .json::<portal_wire::SavedView>()?
        .try_into()
        .map_err(|error: portal_wire::Invalid| corrupt(error.to_string()))?;
    Ok(SavedView {
        id,
        owner,
        shared,
        name,
        place: u32::try_from(place).unwrap_or(u32::MAX),
        view: shows.view,
        inbox: shows.inbox,
        filter: shows.filter,
        sort: shows.sort,
    })
}

fn read_canned(row: &mut Row<'_>) -> Result<CannedReply, StoreError> {
    Ok(CannedReply {
        id: row.get()?,
        owner: row.get()?,
        shared: row.get()?,
        inbox: row.opt()?,
        language: row.opt()?,
        name: row.get()?,
        text: row.get()?,
    })
}
