//! A portal with a company of any size, made quickly: the tickets come by SQL, everything else through the ports.

use std::collections::BTreeSet;

use portal_core::access::{AccessRule, Condition, Criteria, CustomersMay, Operator, Scope, TicketPermission, enter};
use portal_core::access::{Audience, Standing};
use portal_core::actor::{Actor, Task};
use portal_core::crm::{AccessGroup, Company, Contact, ContactStanding, GroupKind};
use portal_core::id::{
    AccessGroupId, CompanyId, ContactId, InboxId, PipelineId, PortalId, StatusId, TicketId, TicketNumber, Uuid,
};
use portal_core::membership::Account;
use portal_core::ports::{Access, Store, Tx};
use portal_core::property::PropertyValues;
use portal_core::settings::{CustomerPortal, Inbox, SessionLimits, SetUp};
use portal_core::text::Locale;
use portal_core::ticket::{
    AssociationLabel, Author, AuthorKind, Body, BodyFormat, Message, Pipeline, Priority, SafeHtml, Source, Stage,
    Status, Ticket, Version,
};
use portal_core::time::Timestamp;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, Value};

use crate::stores::is_postgres;

pub(crate) const PORTAL: u128 = 1;
pub(crate) const INBOX: u128 = 2;
const PIPELINE: u128 = 3;
/// Its company is huge.
pub(crate) const ANN: u128 = 10;
/// Her colleague, who asked for all its tickets.
pub(crate) const BEN: u128 = 11;
/// Her company is small.
pub(crate) const CEM: u128 = 12;
pub(crate) const HUGE: u128 = 20;
pub(crate) const SMALL: u128 = 21;

pub(crate) fn uuid(id: u128) -> Uuid {
    Uuid::from_u128(id)
}

pub(crate) fn contact(id: u128) -> ContactId {
    ContactId::from_uuid(uuid(id))
}

pub(crate) fn number(number: i64) -> TicketNumber {
    TicketNumber::new(number).unwrap()
}

pub(crate) fn pipeline() -> PipelineId {
    PipelineId::from_uuid(uuid(PIPELINE))
}

fn status(stage: Stage) -> StatusId {
    StatusId::from_uuid(uuid(100 + u128::from(stage.rank())))
}

/// A dynamic group of everybody who has a property.
pub(crate) fn group(property: &str) -> AccessGroup {
    let known = Condition {
        property: property.parse().unwrap(),
        operator: Operator::IsKnown,
    };
    AccessGroup {
        id: AccessGroupId::from_uuid(uuid(30)),
        name: "Group".parse().unwrap(),
        kind: GroupKind::Dynamic(Criteria::new(vec![vec![known]]).unwrap()),
    }
}

/// Portal, inbox, pipeline, two companies, three contacts.
pub(crate) async fn people(store: &dyn Store) {
    let mut tx = store.begin(Access::Write).await.unwrap();
    put_settings(&mut *tx).await;
    for (id, company) in [(ANN, HUGE), (BEN, HUGE), (CEM, SMALL)] {
        let it = Contact {
            id: contact(id),
            name: format!("Contact {id}").parse().unwrap(),
            email: None,
            membership_email: Some(format!("c{id}@example.com").parse().unwrap()),
            standing: ContactStanding::Active,
            primary_company: Some(CompanyId::from_uuid(uuid(company))),
            companies: BTreeSet::from([CompanyId::from_uuid(uuid(company))]),
            groups: BTreeSet::new(),
            language: None,
            time_zone: None,
            properties: PropertyValues::new(),
            external_id: None,
            created_at: Timestamp::from_micros(0),
        };
        tx.directory().put_contact(&Task::Demo, &it).await.unwrap();
        let account = Account {
            contact: it.id,
            password_hash: "x".into(),
            password_set_at: Timestamp::from_micros(0),
        };
        tx.accounts().put_account(&account).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn put_settings(tx: &mut dyn Tx) {
    let task = &Task::Demo;
    let pipeline = PipelineId::from_uuid(uuid(PIPELINE));
    let statuses = Stage::ALL.map(|stage| Status {
        id: status(stage),
        name: "Status".parse().unwrap(),
        stage,
        customer_label: None,
        explanation: None,
    });
    tx.directory()
        .put_pipeline(
            task,
            &Pipeline::new(pipeline, "Support".parse().unwrap(), statuses.to_vec()).unwrap(),
        )
        .await
        .unwrap();
    tx.directory().put_inbox(task, &inbox(Some(PORTAL))).await.unwrap();
    let portal = CustomerPortal {
        id: PortalId::from_uuid(uuid(PORTAL)),
        name: "Support".parse().unwrap(),
        host: "localhost".parse().unwrap(),
        slug: "support".parse().unwrap(),
        language: Locale::english(),
        offered: BTreeSet::from([Locale::english()]),
        time_zone: "Europe/Berlin".into(),
        published: true,
        default_inbox: InboxId::from_uuid(uuid(INBOX)),
        permission: TicketPermission::Company,
        access: AccessRule::EveryRegisteredContact,
        may: CustomersMay::default(),
        hidden_pipelines: BTreeSet::new(),
        categories: Vec::new(),
        sessions: SessionLimits::default(),
        revision: 1,
        send_registration_mails: false,
        set_up: SetUp::Finished,
    };
    tx.directory().put_portal(task, &portal).await.unwrap();
    for id in [HUGE, SMALL] {
        let company = Company {
            id: CompanyId::from_uuid(uuid(id)),
            name: format!("Company {id}").parse().unwrap(),
            domain: None,
            properties: PropertyValues::new(),
            external_id: None,
            created_at: Timestamp::from_micros(0),
        };
        tx.directory().put_company(task, &company).await.unwrap();
    }
}

pub(crate) fn inbox(portal: Option<u128>) -> Inbox {
    Inbox {
        id: InboxId::from_uuid(uuid(INBOX)),
        name: "Inbox".parse().unwrap(),
        portal: portal.map(|it| PortalId::from_uuid(uuid(it))),
        pipeline: PipelineId::from_uuid(uuid(PIPELINE)),
        moving_to: None,
    }
}

/// What a contact sees.
pub(crate) async fn scope(store: &dyn Store, id: u128) -> Scope {
    let mut tx = store.begin(Access::Read).await.unwrap();
    let entrant = tx
        .directory()
        .entrant(PortalId::from_uuid(uuid(PORTAL)), contact(id))
        .await
        .unwrap()
        .unwrap();
    let actor = Actor::signed_in(contact(id)).contact().unwrap();
    enter(actor, &entrant).unwrap().scope().clone()
}

/// A ticket of Ann's, as the ports take it.
pub(crate) fn ticket(at: i64, subject: &str) -> Ticket {
    Ticket {
        number: number(at),
        id: TicketId::from_uuid(uuid(1_000_000 + at as u128)),
        version: Version(1),
        portal: Some(PortalId::from_uuid(uuid(PORTAL))),
        inbox: InboxId::from_uuid(uuid(INBOX)),
        pipeline: PipelineId::from_uuid(uuid(PIPELINE)),
        status: status(Stage::Received),
        stage: Stage::Received,
        subject: subject.parse().unwrap(),
        priority: Priority::Normal,
        category: None,
        owner: None,
        source: Source::Portal,
        standing: Standing::Live,
        audience: Audience::Shared,
        contacts: [(contact(ANN), AssociationLabel::Requester)].into(),
        companies: BTreeSet::from([CompanyId::from_uuid(uuid(HUGE))]),
        properties: PropertyValues::new(),
        created_at: Timestamp::from_micros(1),
        closed_at: None,
        last_activity: Timestamp::from_micros(1),
        public_seq: 1,
        last_message: None,
        files: 0,
        external_id: None,
        merged_into: None,
        snoozed_until: None,
    }
}

/// A message on a ticket.
pub(crate) fn message(at: i64, seq: u32, plain: &str) -> Message {
    Message {
        id: portal_core::id::MessageId::from_uuid(uuid(2_000_000_000 + at as u128 * 1000 + u128::from(seq))),
        ticket: number(at),
        seq,
        author: Author {
            kind: AuthorKind::System,
            name: String::new(),
        },
        at: Timestamp::from_micros(i64::from(seq)),
        source: Source::Portal,
        body: Body {
            source: plain.into(),
            format: BodyFormat::Text,
            html: SafeHtml::vouched(plain.into()),
            plain: plain.into(),
            sanitiser: 1,
        },
        files: Vec::new(),
    }
}

/// So many tickets, all of Ben's and the huge company's, and 20 of Cem's and the small one's among them. Every ticket has
/// the word `common`, one in a thousand `rare`.
pub(crate) async fn fill(db: &DatabaseConnection, tickets: i64) {
    let postgres = is_postgres(db);
    let run = |sql: String, values: Vec<Value>| async move {
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values))
            .await
            .unwrap();
    };
    let series = if postgres {
        "SELECT n FROM generate_series(1, $1) AS s (n)"
    } else {
        "WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < $1) SELECT n FROM s"
    };
    let id = if postgres {
        "gen_random_uuid()"
    } else {
        "randomblob(16)"
    };
    run(
        format!(
            "INSERT INTO ticket (number, id, version, inbox, pipeline, status, stage, subject, priority, source, standing, audience, requester,
                created_at, last_activity, public_seq, files)
             SELECT n, {id}, 1, $2, $3, $4, n % 4, 'Subject', 2, 1, 1, 1, $5, n, (n * 7919) % 1000003, 1, 0 FROM ({series}) AS numbers"
        ),
        vec![tickets.into(), uuid(INBOX).into(), uuid(PIPELINE).into(), uuid(100).into(), uuid(BEN).into()],
    )
    .await;
    let bytes = |kind: u8, id: u128| [&[kind][..], uuid(id).as_bytes()].concat();
    let every = tickets / 20;
    let readers = [
        (bytes(2, HUGE), "1 = 1".to_owned()),
        (bytes(1, BEN), "1 = 1".to_owned()),
        (bytes(2, SMALL), format!("number % {every} = 0")),
        (bytes(1, CEM), format!("number % {every} = 0")),
    ];
    for (principal, condition) in readers {
        let requester = principal == bytes(1, BEN);
        run(
            format!(
                "INSERT INTO ticket_access (number, principal, portal, rank, last_activity, inbox, pipeline, requester)
                 SELECT number, $1, $2, stage, last_activity, inbox, pipeline, $3 FROM ticket WHERE {condition}"
            ),
            vec![principal.into(), uuid(PORTAL).into(), requester.into()],
        )
        .await;
    }
    let (huge, small) = (
        format!("k{}", uuid(HUGE).simple()),
        format!("k{}", uuid(SMALL).simple()),
    );
    let words = "CASE WHEN number % 1000 = 0 THEN 'common rare' ELSE 'common' END";
    let whose = format!("CASE WHEN number % {every} = 0 THEN '{huge} {small}' ELSE '{huge}' END");
    let sql = if postgres {
        format!(
            "INSERT INTO ticket_search (number, words, size, principals)
             SELECT number, array_to_tsvector(string_to_array({words}, ' ')), 10, string_to_array({whose}, ' ') FROM ticket"
        )
    } else {
        format!("INSERT INTO ticket_search (rowid, words, principals) SELECT number, {words}, {whose} FROM ticket")
    };
    run(sql, Vec::new()).await;
    let places = format!("'i{} c{} {huge}'", uuid(INBOX).simple(), uuid(BEN).simple());
    let sql = if postgres {
        format!(
            "INSERT INTO desk_search (number, words, size, principals)
             SELECT number, array_to_tsvector(string_to_array({words}, ' ')), 10, string_to_array({places}, ' ') FROM ticket"
        )
    } else {
        format!("INSERT INTO desk_search (rowid, words, principals) SELECT number, {words}, {places} FROM ticket")
    };
    run(sql, Vec::new()).await;
    for (table, column, id, condition) in [
        ("ticket_contact", "contact, label", BEN, "1 = 1".to_owned()),
        ("ticket_contact", "contact, label", CEM, format!("number % {every} = 0")),
        ("ticket_company", "company", HUGE, "1 = 1".to_owned()),
    ] {
        let label = if table == "ticket_contact" { ", 1" } else { "" };
        run(
            format!("INSERT INTO {table} (number, {column}) SELECT number, $1{label} FROM ticket WHERE {condition}"),
            vec![uuid(id).into()],
        )
        .await;
    }
    if postgres {
        db.execute_unprepared("ANALYZE").await.unwrap();
    }
}

/// What lies beside the tickets: as many conversations and notices of somebody of the staff, and a few reminders.
pub(crate) async fn beside(db: &DatabaseConnection, tickets: i64, agent: u128) {
    let id = if is_postgres(db) {
        "gen_random_uuid()"
    } else {
        "randomblob(16)"
    };
    let run = |sql: String, values: Vec<Value>| async move {
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values))
            .await
            .unwrap();
    };
    run(
        format!(
            "INSERT INTO conversation (id, inbox, channel, subject, name, state, created_at, last_activity)
             SELECT {id}, inbox, 1, subject, 'Somebody', 1, created_at, last_activity FROM ticket"
        ),
        Vec::new(),
    )
    .await;
    run(
        format!(
            "INSERT INTO conversation_said (id, conversation, author_kind, author_name, said_at, format, sanitiser, body_plain, body_html, body_source)
             SELECT {id}, id, 0, 'Somebody', created_at, 1, 1, subject, subject, subject FROM conversation"
        ),
        Vec::new(),
    )
    .await;
    run(
        format!(
            "INSERT INTO agent_notice (id, agent, news, number, by_name, told_at, bell, mail, read_at)
             SELECT {id}, $1, 1, number, 'Somebody', last_activity, $2, $2, CASE WHEN number % 2 = 0 THEN 1 END FROM ticket"
        ),
        vec![uuid(agent).into(), true.into()],
    )
    .await;
    run(
        "INSERT INTO closing_warning (number, last_activity, given_at)
         SELECT number, last_activity, last_activity FROM ticket WHERE number <= $1 AND stage = 3"
            .to_owned(),
        vec![(tickets / 100).into()],
    )
    .await;
    if is_postgres(db) {
        db.execute_unprepared("ANALYZE").await.unwrap();
    }
}
