//! A portal to import into, and everything that can be read of it afterwards as one text.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use portal_core::access::{AccessRule, CustomersMay, DenyList, Entrant, TicketPermission, enter};
use portal_core::actor::{Actor, Task};
use portal_core::id::{CompanyId, ContactId, InboxId, PipelineId, PortalId, StatusId, Uuid};
use portal_core::import::ImportPorts;
use portal_core::ports::{Access, ReceiptKind, Store};
use portal_core::property::{PropertyOwner, PropertyValues};
use portal_core::settings::{CustomerPortal, Inbox, SessionLimits, SetUp};
use portal_core::text::Locale;
use portal_core::ticket::{Pipeline, Stage, Status, TimelineWindow};
use portal_testkit::MemoryStore;
use portal_testkit::fakes::{FixedClock, MemoryFiles, NoPause, PlainBodies, SeededSecrets, SequentialIds};

use crate::import::{ImportArgs, ImportFailure, ImportOutcome, run};

pub(super) const TASK: Task = Task::Import;

pub(super) fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(0xffff_0000 + number)
}

/// A portal `support` with one inbox, and one pipeline with other names than the export's.
pub(super) async fn ports(store: impl Store) -> ImportPorts {
    let ports = ImportPorts {
        store: Arc::new(store),
        files: Arc::new(MemoryFiles::default()),
        bodies: Arc::new(PlainBodies),
        clock: Arc::new(FixedClock::default()),
        ids: Arc::new(SequentialIds::default()),
        secrets: Arc::new(SeededSecrets::default()),
        pacer: Arc::new(NoPause),
    };
    add_portal(&ports, 1, "support").await;
    ports
}

pub(super) async fn memory() -> ImportPorts {
    ports(MemoryStore::new()).await
}

pub(super) async fn add_portal(ports: &ImportPorts, number: u128, slug: &str) {
    let status = |place: u128, name: &str, stage| Status {
        id: StatusId::from_uuid(uuid(number * 100 + place)),
        name: name.parse().unwrap(),
        stage,
        customer_label: None,
        explanation: None,
    };
    let statuses = vec![
        status(1, "New", Stage::Received),
        status(2, "Working", Stage::InProgress),
        status(3, "Asked", Stage::WaitingOnContact),
        status(4, "Done", Stage::Closed),
    ];
    let pipeline = Pipeline::new(
        PipelineId::from_uuid(uuid(number * 100)),
        "Own".parse().unwrap(),
        statuses,
    )
    .unwrap();
    let portal = CustomerPortal {
        id: PortalId::from_uuid(uuid(number)),
        name: format!("Kestrel {slug}").parse().unwrap(),
        host: "localhost:8080".parse().unwrap(),
        slug: slug.parse().unwrap(),
        language: Locale::english(),
        offered: BTreeSet::from([Locale::english()]),
        time_zone: "Europe/Berlin".to_owned(),
        published: true,
        default_inbox: InboxId::from_uuid(uuid(number)),
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
    let inbox = Inbox {
        id: InboxId::from_uuid(uuid(number)),
        name: format!("Inbox {slug}").parse().unwrap(),
        portal: None,
        pipeline: pipeline.id(),
        moving_to: None,
    };
    let mut tx = ports.store.begin(Access::Write).await.unwrap();
    tx.directory().put_pipeline(&TASK, &pipeline).await.unwrap();
    tx.directory().put_inbox(&TASK, &inbox).await.unwrap();
    tx.directory().put_portal(&TASK, &portal).await.unwrap();
    tx.directory()
        .put_inbox(
            &TASK,
            &Inbox {
                portal: Some(portal.id),
                ..inbox
            },
        )
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

pub(super) fn args(dir: &Path) -> ImportArgs {
    ImportArgs {
        dir: dir.to_owned(),
        dry_run: false,
        portal: None,
        inbox: None,
        time_zone: None,
    }
}

pub(super) async fn import(ports: &ImportPorts, args: &ImportArgs) -> Result<(ImportOutcome, String), ImportFailure> {
    let mut out = Vec::new();
    let outcome = run(ports.clone(), args, &mut out).await?;
    Ok((outcome, String::from_utf8(out).unwrap()))
}

/// Everything that was imported, ids included: equal texts mean equal stores.
pub(super) async fn dump(ports: &ImportPorts) -> String {
    let mut text = String::new();
    let mut tx = ports.store.begin(Access::Snapshot).await.unwrap();
    writeln!(text, "{:#?}", tx.directory().all_pipelines(&TASK).await.unwrap()).unwrap();
    for owner in [PropertyOwner::Contact, PropertyOwner::Company, PropertyOwner::Ticket] {
        writeln!(text, "{:#?}", tx.directory().properties(&TASK, owner).await.unwrap()).unwrap();
    }
    let mut agents = tx.imports().all_agents(&TASK).await.unwrap();
    agents.sort_by_key(|it| it.id);
    writeln!(text, "{agents:#?}").unwrap();
    for kind in [ReceiptKind::Company, ReceiptKind::Contact, ReceiptKind::Ticket] {
        for receipt in tx.imports().all_receipts(&TASK, kind, None, 100_000).await.unwrap() {
            writeln!(text, "{receipt:?}").unwrap();
            match kind {
                ReceiptKind::Company => {
                    let it = tx
                        .directory()
                        .company(&TASK, CompanyId::from_uuid(receipt.object))
                        .await
                        .unwrap();
                    writeln!(text, "{it:#?}").unwrap();
                }
                ReceiptKind::Contact => {
                    let it = tx
                        .directory()
                        .contact(&TASK, ContactId::from_uuid(receipt.object))
                        .await
                        .unwrap()
                        .unwrap();
                    // Addresses print themselves without their local part.
                    writeln!(
                        text,
                        "{:?} {:?}",
                        it.email.as_ref().map(ToString::to_string),
                        it.membership_email.as_ref().map(ToString::to_string)
                    )
                    .unwrap();
                    writeln!(text, "{it:#?}").unwrap();
                }
                ReceiptKind::Ticket => {
                    let number = receipt.number.unwrap();
                    let ticket = tx.tickets().load(&TASK, number).await.unwrap().unwrap();
                    writeln!(text, "{ticket:#?}").unwrap();
                    let mut parts = tx.imports().parts(&TASK, &[number]).await.unwrap();
                    parts.sort();
                    writeln!(text, "{parts:?}").unwrap();
                    let contact = ticket.contacts.keys().next().copied();
                    if let Some(contact) = contact {
                        let scope = entrant(contact, ticket.portal.unwrap());
                        let timeline = tx
                            .tickets()
                            .timeline(scope.scope(), number, TimelineWindow::All)
                            .await
                            .unwrap();
                        writeln!(text, "{timeline:#?}").unwrap();
                    }
                }
            }
        }
    }
    text
}

fn entrant(contact: ContactId, portal: PortalId) -> portal_core::access::Viewer {
    let entrant = Entrant {
        portal,
        published: true,
        permission: TicketPermission::Own,
        access: AccessRule::EveryRegisteredContact,
        may: CustomersMay::default(),
        denied: DenyList::default(),
        contact,
        active: true,
        registered: true,
        primary_company: None,
        groups: BTreeSet::new(),
        dynamic: std::collections::BTreeMap::new(),
        properties: PropertyValues::new(),
    };
    enter(Actor::signed_in(contact).contact().unwrap(), &entrant).unwrap()
}
