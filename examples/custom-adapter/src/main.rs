//! Serves a portal from a folder: `portal-example-custom-adapter FOLDER`, then open http://127.0.0.1:8080/support.
//! The first start makes the portal and one contact, `ada@example.com` with the password `correct horse battery`.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::PathBuf;

use poem::listener::TcpListener;
use poem::{Route, Server, get, handler};
use portal_core::Portal;
use portal_core::access::{AccessRule, CustomersMay, TicketPermission};
use portal_core::actor::Task;
use portal_core::crm::{Contact, ContactStanding};
use portal_core::id::{ContactId, InboxId, PipelineId, PortalId, StatusId};
use portal_core::membership::{Account, Password};
use portal_core::ports::{Access, Clock, Ids, Passwords, Store};
use portal_core::settings::{CustomerPortal, Inbox, SessionLimits, SetUp};
use portal_core::text::{Line, Locale};
use portal_core::ticket::{Pipeline, Stage, Status};
use portal_example_custom_adapter::{FolderFiles, JournalStore, OsRandom, StderrObserver, SystemClock};
use portal_testkit::fakes::{NoPause, PlainBodies, PlainPasswords};
use portal_web::WebConfig;

/// A page of the application around the portal.
#[handler]
fn about() -> &'static str {
    "A portal with adapters of its own.\n"
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("name a folder")?);
    std::fs::create_dir_all(folder.join("files"))?;
    let store = JournalStore::open(&folder.join("journal")).await?;
    if store
        .begin(Access::Read)
        .await?
        .directory()
        .all_portals(&Task::CommandLine)
        .await?
        .is_empty()
    {
        first_start(&store).await?;
    }
    let portal = Portal::builder()
        .store(store)
        .files(FolderFiles(folder.join("files")))
        .clock(SystemClock)
        .ids(OsRandom)
        .secrets(OsRandom)
        .observer(StderrObserver)
        // For an example only: these neither hash nor sanitise more than they must. `portal-adapters` has real ones.
        .passwords(PlainPasswords::default())
        .bodies(PlainBodies)
        .pacer(NoPause)
        .build()?;
    let pages = portal_web::endpoint(portal, WebConfig::for_base_url("http://127.0.0.1:8080")?)?;
    let app = Route::new().at("/about", get(about)).nest("/", pages);
    Ok(Server::new(TcpListener::bind("127.0.0.1:8080")).run(app).await?)
}

async fn first_start(store: &JournalStore) -> Result<(), Box<dyn Error>> {
    let (task, now) = (&Task::CommandLine, SystemClock.now());
    let id = || OsRandom.next(now);
    let status = |stage: Stage| {
        let name = Line::fitted(&format!("{stage:?}")).ok_or("a stage without name")?;
        Ok(Status {
            id: StatusId::from_uuid(id()),
            name,
            stage,
            customer_label: None,
            explanation: None,
        })
    };
    let statuses: Result<Vec<Status>, Box<dyn Error>> = Stage::ALL.into_iter().map(status).collect();
    let pipeline = Pipeline::new(PipelineId::from_uuid(id()), "Support".parse()?, statuses?)?;
    let portal = CustomerPortal {
        id: PortalId::from_uuid(id()),
        name: "Support".parse()?,
        host: "127.0.0.1:8080".parse()?,
        slug: "support".parse()?,
        language: Locale::english(),
        offered: BTreeSet::from([Locale::english(), Locale::german()]),
        time_zone: "UTC".to_owned(),
        published: true,
        default_inbox: InboxId::from_uuid(id()),
        permission: TicketPermission::Own,
        access: AccessRule::EveryRegisteredContact,
        may: CustomersMay::default(),
        hidden_pipelines: BTreeSet::new(),
        categories: Vec::new(),
        sessions: SessionLimits::default(),
        revision: 1,
        send_registration_mails: false,
        set_up: SetUp::Finished,
    };
    let inbox = Inbox {
        id: portal.default_inbox,
        name: "Service".parse()?,
        portal: Some(portal.id),
        pipeline: pipeline.id(),
        moving_to: None,
    };
    let ada = Contact {
        id: ContactId::from_uuid(id()),
        name: "Ada".parse()?,
        email: None,
        membership_email: Some("ada@example.com".parse()?),
        standing: ContactStanding::Active,
        primary_company: None,
        companies: BTreeSet::new(),
        groups: BTreeSet::new(),
        language: None,
        time_zone: None,
        properties: BTreeMap::new(),
        external_id: None,
        created_at: now,
    };
    let password = Password::typed("correct horse battery".to_owned()).ok_or("a password too long")?;
    let password_hash = PlainPasswords::default().hash(&password).await?;
    let mut tx = store.begin(Access::Write).await?;
    tx.directory().put_pipeline(task, &pipeline).await?;
    tx.directory().put_portal(task, &portal).await?;
    tx.directory().put_inbox(task, &inbox).await?;
    tx.directory().put_contact(task, &ada).await?;
    tx.accounts()
        .put_account(&Account {
            contact: ada.id,
            password_hash,
            password_set_at: now,
        })
        .await?;
    Ok(tx.commit().await?)
}
