use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::audit::{AuditActor, AuditEntry, AuditEvent, AuditQuery, Seal, SealedEntry};
use portal_core::crm::Party;
use portal_core::id::{AgentId, ContactId, Uuid};
use portal_core::ports::{AuditLog, StoreError};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use super::crm::party::{party, party_columns};

use super::error::{conflict, corrupt};
use super::row::Row;
use super::sql::{insert, is, json, or_nothing, select};
use super::stored::{opt, val};
use super::tx::SeaTx;

mod seals;

const TABLE: &str = "audit";
const COLUMNS: [&str; 10] = [
    "id",
    "at",
    "actor_kind",
    "actor",
    "event",
    "portal",
    "object",
    "detail",
    "about_kind",
    "about",
];

#[async_trait]
impl AuditLog for SeaTx {
    async fn record(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        let (kind, actor) = columns(entry.actor);
        let row = vec![
            ("id", val(&entry.id)),
            ("at", val(&entry.at)),
            ("actor_kind", kind.into()),
            ("actor", actor.into()),
            ("event", entry.event.name().into()),
            ("portal", opt(entry.portal.as_ref())),
            ("object", entry.object.as_str().into()),
            (
                "detail",
                json(&portal_wire::AuditDetail::from(entry.detail.as_slice()))?,
            ),
            ("about_kind", entry.about.map(|it| party_columns(it).0).into()),
            ("about", entry.about.map(|it| party_columns(it).1).into()),
        ];
        if self.run(&or_nothing(insert(TABLE, row))).await? == 0 {
            return Err(conflict());
        }
        Ok(())
    }

    async fn audit_page(&mut self, _: &Task, query: &AuditQuery, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let mut statement = select(TABLE, &COLUMNS);
        if let Some(event) = query.event {
            statement.and_where(is("event", event.name().into()));
        }
        if let Some(actor) = query.actor {
            let (kind, id) = columns(actor);
            statement.and_where(is("actor_kind", kind.into()));
            if let Some(id) = id {
                statement.and_where(is("actor", id.into()));
            }
        }
        if let Some(portal) = query.portal {
            statement.and_where(is("portal", val(&portal)));
        }
        if let Some(about) = query.about {
            statement.and_where(is("about", party_columns(about).1.into()));
        }
        if let Some(since) = query.since {
            statement.and_where(Expr::col("at").gte(val(&since)));
        }
        if let Some(until) = query.until {
            statement.and_where(Expr::col("at").lt(val(&until)));
        }
        if let Some(after) = query.after {
            let place = Expr::tuple([Expr::col("at"), Expr::col("id")]);
            let end = Expr::tuple([Expr::val(val(&after.at)), Expr::val(val(&after.id))]);
            statement.and_where(place.lt(end));
        }
        statement
            .order_by("at", Order::Desc)
            .order_by("id", Order::Desc)
            .limit(u64::from(limit));
        self.list(&statement, read).await
    }

    async fn newest_seal(&mut self, _: &Task) -> Result<Option<Seal>, StoreError> {
        seals::newest(self).await
    }

    async fn unsealed(&mut self, _: &Task, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let mut statement = select(TABLE, &COLUMNS);
        statement
            .and_where(Expr::col("seal").is_null())
            .order_by("at", Order::Asc)
            .order_by("id", Order::Asc)
            .limit(u64::from(limit));
        self.list(&statement, read).await
    }

    async fn add_seal(&mut self, _: &Task, seal: &Seal, entries: &[SealedEntry]) -> Result<(), StoreError> {
        seals::add(self, seal, entries).await
    }

    async fn seals(&mut self, _: &Task, after: i64, limit: u32) -> Result<Vec<Seal>, StoreError> {
        seals::behind(self, after, limit).await
    }

    async fn sealed(&mut self, _: &Task, seal: i64) -> Result<Vec<SealedEntry>, StoreError> {
        let mut statement = select(TABLE, &COLUMNS);
        statement
            .column("content")
            .and_where(is("seal", seal.into()))
            .order_by("seal_place", Order::Asc);
        self.list(&statement, |row| {
            let entry = read(row)?;
            Ok(SealedEntry {
                entry,
                content: seals::hash(row)?,
            })
        })
        .await
    }

    async fn forget(&mut self, _: &Task, about: Party, objects: &[String]) -> Result<(), StoreError> {
        let nothing = json(&portal_wire::AuditDetail::from([].as_slice()))?;
        let unnamed = Expr::col("about")
            .is_null()
            .and(Expr::col("object").is_in(objects.iter().map(|it| Expr::val(it.as_str()))));
        let mut update = Query::update();
        update
            .table(TABLE)
            .value("object", "")
            .value("detail", nothing)
            .and_where(is("about", party_columns(about).1.into()).or(unnamed));
        self.run(&update).await.map(|_| ())
    }
}

/// The code of each kind of actor; never given to another one.
fn columns(actor: AuditActor) -> (i16, Option<Uuid>) {
    match actor {
        AuditActor::Staff(id) => (1, Some(id.uuid())),
        AuditActor::Contact(id) => (2, Some(id.uuid())),
        AuditActor::System => (3, None),
        AuditActor::CommandLine => (4, None),
    }
}

fn actor(kind: Option<i16>, id: Option<Uuid>) -> Option<AuditActor> {
    match (kind?, id) {
        (1, Some(id)) => Some(AuditActor::Staff(AgentId::from_uuid(id))),
        (2, Some(id)) => Some(AuditActor::Contact(ContactId::from_uuid(id))),
        (3, None) => Some(AuditActor::System),
        (4, None) => Some(AuditActor::CommandLine),
        _ => None,
    }
}

fn read(row: &mut Row<'_>) -> Result<AuditEntry, StoreError> {
    let (id, at) = (row.get()?, row.get()?);
    let actor = actor(row.small()?, row.opt()?).ok_or_else(|| corrupt("an audit entry of nobody"))?;
    let event: String = row.get()?;
    let event = AuditEvent::named(&event).ok_or_else(|| corrupt("an audit entry of an unknown event"))?;
    Ok(AuditEntry {
        id,
        at,
        actor,
        event,
        portal: row.opt()?,
        object: row.get()?,
        detail: row.json::<portal_wire::AuditDetail>()?.into(),
        about: party(row)?,
    })
}
