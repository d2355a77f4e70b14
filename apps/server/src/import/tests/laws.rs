use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use async_trait::async_trait;
use portal_core::id::{ContactId, MessageId};
use portal_core::import::ImportPorts;
use portal_core::ports::{Access, HintFeed, ReceiptKind, Store, StoreError, StoreErrorKind, Tx};
use portal_core::ticket::{Author, AuthorKind, Message, Source, Stage, Ticket, Version};
use portal_testkit::MemoryStore;
use proptest::prelude::*;

use super::export::{Sheet, folder, good};
use super::world::{TASK, args, dump, import, memory, ports, uuid};
use crate::import::ImportFailure;

async fn ticket(ports: &ImportPorts, key: &str) -> Ticket {
    let mut tx = ports.store.begin(Access::Snapshot).await.unwrap();
    let receipt = tx
        .imports()
        .receipts(&TASK, ReceiptKind::Ticket, &[key.to_owned()])
        .await
        .unwrap()
        .pop()
        .unwrap();
    tx.tickets()
        .load(&TASK, receipt.number.unwrap())
        .await
        .unwrap()
        .unwrap()
}

async fn contact(ports: &ImportPorts, key: &str) -> portal_core::crm::Contact {
    let mut tx = ports.store.begin(Access::Snapshot).await.unwrap();
    let receipt = tx
        .imports()
        .receipts(&TASK, ReceiptKind::Contact, &[key.to_owned()])
        .await
        .unwrap()
        .pop()
        .unwrap();
    tx.directory()
        .contact(&TASK, ContactId::from_uuid(receipt.object))
        .await
        .unwrap()
        .unwrap()
}

fn berlin(text: &str) -> i64 {
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    crate::import::when::instant(text, &zone).unwrap().micros()
}

#[tokio::test]
async fn everything_arrives_as_the_export_says() {
    let (ports, folder) = (memory().await, folder(&good()));
    let (outcome, report) = import(&ports, &args(folder.path())).await.unwrap();
    assert_eq!(outcome.errors, 0, "{report}");

    let jonas = contact(&ports, "101").await;
    assert_eq!(
        jonas.membership_email.as_ref().unwrap().as_str(),
        "jonas.weber@fernwerk.example"
    );
    assert_eq!(jonas.companies.len(), 2);
    assert!(jonas.primary_company.is_some());
    let shared = contact(&ports, "103").await;
    assert_eq!(
        (shared.membership_email, shared.email.unwrap().as_str()),
        (None, "shop@nordlicht.example")
    );

    // Numbers in the order of create dates.
    let numbers = [
        ticket(&ports, "7001").await,
        ticket(&ports, "7002").await,
        ticket(&ports, "7003").await,
        ticket(&ports, "7004").await,
    ];
    assert!(numbers.windows(2).all(|it| it[0].number < it[1].number));

    let wifi = ticket(&ports, "7002").await;
    assert_eq!(wifi.requester(), Some(jonas.id));
    assert_eq!(
        (wifi.contacts.len(), wifi.companies.len(), wifi.stage),
        (2, 1, Stage::WaitingOnContact)
    );
    // The note and the file's own value are later, and do not count.
    assert_eq!(wifi.last_activity.micros(), berlin("2026-11-20 17:00"));
    let own_value = wifi.properties.get(&"last_activity_date".parse().unwrap());
    assert_eq!(
        own_value,
        Some(&portal_core::property::PropertyValue::Text(
            "2026-11-22 15:00".to_owned()
        ))
    );
    // The description says something else than the first message, so it comes before it.
    assert_eq!((wifi.public_seq, wifi.files), (3, 2));
    assert_eq!(wifi.last_message.as_ref().unwrap().name, "Mara Okafor");
    assert!(matches!(wifi.last_message.unwrap().author, AuthorKind::Agent(_)));

    let invoice = ticket(&ports, "7001").await;
    assert_eq!(
        (invoice.stage, invoice.public_seq),
        (Stage::Closed, 2),
        "the description is the first message"
    );
    assert_eq!(invoice.closed_at, Some(invoice.last_activity));
    assert_eq!(
        invoice.owner.map(AuthorKind::Agent),
        Some(invoice.last_message.unwrap().author),
        "one Tim only"
    );

    assert_eq!(
        ticket(&ports, "7003").await.stage,
        Stage::InProgress,
        "an unknown status without close date"
    );
    let resolved = ticket(&ports, "7004").await;
    assert_eq!(
        (resolved.stage, resolved.contacts.len()),
        (Stage::Closed, 0),
        "an unknown status with close date"
    );
}

#[tokio::test]
async fn staff_properties_are_not_shown_and_notes_are_not_in_the_thread() {
    let (ports, folder) = (memory().await, folder(&good()));
    import(&ports, &args(folder.path())).await.unwrap();
    let mut tx = ports.store.begin(Access::Snapshot).await.unwrap();
    assert!(tx.directory().shown_properties().await.unwrap().is_empty());
    drop(tx);
    let text = dump(&ports).await;
    assert!(text.contains("hall B.") && !text.contains("Same as 7001?"));
}

#[tokio::test]
async fn the_same_again_changes_nothing() {
    let (ports, folder) = (memory().await, folder(&good()));
    import(&ports, &args(folder.path())).await.unwrap();
    let first = dump(&ports).await;
    let (_, report) = import(&ports, &args(folder.path())).await.unwrap();
    assert_eq!(dump(&ports).await, first);
    assert!(report.contains("tickets           0         0         4"), "{report}");
}

#[tokio::test]
async fn a_dry_run_writes_nothing() {
    let (ports, folder) = (memory().await, folder(&good()));
    let before = dump(&ports).await;
    import(
        &ports,
        &crate::import::ImportArgs {
            dry_run: true,
            ..args(folder.path())
        },
    )
    .await
    .unwrap();
    assert_eq!(dump(&ports).await, before);
}

#[tokio::test]
async fn what_changed_is_updated_and_what_was_done_here_stays() {
    let ports = memory().await;
    let mut sheets = good();
    import(&ports, &args(folder(&sheets).path())).await.unwrap();
    let before = ticket(&ports, "7002").await;

    // Somebody answers here, and makes it private.
    let at = portal_core::time::Timestamp::from_micros(berlin("2026-11-23 08:00"));
    let mut tx = ports.store.begin(Access::Write).await.unwrap();
    let author = Author {
        kind: AuthorKind::Contact(before.requester().unwrap()),
        name: "Jonas Weber".to_owned(),
    };
    let body = ports
        .bodies
        .render("Hall B, as I said.", portal_core::ticket::BodyFormat::Text)
        .await;
    let mut here = Ticket {
        version: Version(before.version.0 + 1),
        public_seq: 4,
        last_activity: at,
        audience: portal_core::access::Audience::Private,
        ..before.clone()
    };
    here.last_message = Some(portal_core::ticket::LastMessage {
        author: author.kind,
        name: author.name.clone(),
        snippet: "Hall B, as I said.".to_owned(),
    });
    assert!(tx.tickets().update(&here, before.version).await.unwrap());
    let message = Message {
        id: MessageId::from_uuid(uuid(9999)),
        ticket: before.number,
        seq: 4,
        author,
        at,
        source: Source::Portal,
        body,
        files: Vec::new(),
    };
    tx.tickets().add_message(&message).await.unwrap();
    tx.commit().await.unwrap();

    // Meanwhile there: another subject, closed, one message more, a property gone, an association gone.
    let row = sheets[2].rows.iter_mut().find(|it| it[0] == "7002").unwrap();
    row[1] = "Scanner loses Wi-Fi in hall B".to_owned();
    row[4] = "Closed".to_owned();
    row[10] = "2026-11-22 09:00".to_owned();
    row[12] = "101".to_owned();
    row[14] = String::new();
    let more = [
        "7002",
        "9",
        "message",
        "mara@kestrel.example",
        "Mara Okafor",
        "2026-11-21 10:00",
        "text",
        "Moved it to stable.",
        "",
    ];
    sheets[3].rows.push(more.map(str::to_owned).to_vec());
    let (_, report) = import(&ports, &args(folder(&sheets).path())).await.unwrap();
    assert!(report.contains("tickets           0         1         3"), "{report}");

    let after = ticket(&ports, "7002").await;
    assert_eq!(after.subject.as_str(), "Scanner loses Wi-Fi in hall B");
    assert_eq!(
        (after.stage, after.public_seq, after.contacts.len()),
        (Stage::Closed, 5, 1)
    );
    assert_eq!(after.audience, portal_core::access::Audience::Private);
    assert_eq!(after.last_activity, at);
    assert_eq!(
        after.last_message.unwrap().snippet,
        "Hall B, as I said.",
        "an older message that came later is not the newest"
    );
    assert!(!after.properties.contains_key(&"order_number".parse().unwrap()));
    assert_eq!(after.number, before.number);
    assert!(dump(&ports).await.contains("Moved it to stable."));
}

/// Works until so many units of work were begun for writing.
struct Mortal {
    inner: MemoryStore,
    left: Arc<AtomicI64>,
}

#[async_trait]
impl Store for Mortal {
    async fn begin(&self, access: Access) -> Result<Box<dyn Tx>, StoreError> {
        if access == Access::Write && self.left.fetch_sub(1, Ordering::SeqCst) <= 0 {
            return Err(StoreError::bare(StoreErrorKind::Unavailable));
        }
        self.inner.begin(access).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.inner.ping().await
    }

    fn hints(&self) -> Box<dyn HintFeed> {
        self.inner.hints()
    }
}

fn many() -> Vec<Sheet> {
    let mut sheets = good();
    for number in 0..450 {
        let mut row = sheets[2].rows[4].clone();
        row[0] = (8000 + number).to_string();
        row[9] = format!("2026-11-22 {:02}:{:02}", number / 60, number % 60);
        row[10] = String::new();
        sheets[2].rows.push(row);
    }
    sheets
}

#[tokio::test]
async fn whatever_it_died_of_the_next_run_goes_on() {
    let sheets = many();
    let folder = folder(&sheets);
    let whole = memory().await;
    import(&whole, &args(folder.path())).await.unwrap();
    let expected = dump(&whole).await;

    for survives in [0, 1, 2, 4, 5, 6, 7] {
        let left = Arc::new(AtomicI64::new(1));
        let ports = ports(Mortal {
            inner: MemoryStore::new(),
            left: left.clone(),
        })
        .await;
        left.store(survives, Ordering::SeqCst);
        let died = import(&ports, &args(folder.path())).await;
        assert!(matches!(died, Err(ImportFailure::Import(_))), "{survives}");
        left.store(i64::MAX, Ordering::SeqCst);
        import(&ports, &args(folder.path())).await.unwrap();
        assert_eq!(
            without_file_ids(&dump(&ports).await),
            without_file_ids(&expected),
            "{survives}"
        );
    }
}

/// Ids are handed out in order, and a file that was copied before the end took some with it.
fn without_file_ids(dump: &str) -> String {
    let id = |line: &&str| !line.contains("-0000-") && !line.contains("Id(");
    dump.lines().filter(id).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn two_portals_need_a_choice() {
    let (ports, folder) = (memory().await, folder(&good()));
    super::world::add_portal(&ports, 2, "service").await;
    let error = import(&ports, &args(folder.path())).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "there are several portals; name one with --portal: service, support"
    );
    let chosen = crate::import::ImportArgs {
        portal: Some("service".to_owned()),
        ..args(folder.path())
    };
    import(&ports, &chosen).await.unwrap();
    assert_eq!(ticket(&ports, "7001").await.portal.unwrap().uuid(), uuid(2));
    let chosen = crate::import::ImportArgs {
        inbox: Some("nowhere".to_owned()),
        ..args(folder.path())
    };
    assert!(
        import(&ports, &chosen)
            .await
            .unwrap_err()
            .to_string()
            .starts_with("there is no inbox `nowhere` here")
    );
}

fn shuffled(sheets: &[Sheet], seed: u64) -> Vec<Sheet> {
    let mut state = seed;
    let mut next = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut sheets = sheets.to_vec();
    for sheet in &mut sheets {
        let width = sheet.rows[0].len();
        for place in (1..width).rev() {
            let other = next(place + 1);
            for row in &mut sheet.rows {
                row.swap(place, other);
            }
        }
        for place in (2..sheet.rows.len()).rev() {
            let other = 1 + next(place);
            sheet.rows.swap(place, other);
        }
    }
    sheets
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_columns_and_rows_changes_nothing(seed in any::<u64>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (ordered, mixed) = runtime.block_on(async {
            let sheets = good();
            let (a, b) = (memory().await, memory().await);
            import(&a, &args(folder(&sheets).path())).await.unwrap();
            import(&b, &args(folder(&shuffled(&sheets, seed)).path())).await.unwrap();
            (dump(&a).await, dump(&b).await)
        });
        prop_assert_eq!(ordered, mixed);
    }
}
