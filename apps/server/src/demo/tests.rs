use std::sync::Arc;

use portal_core::access::{Tab, enter};
use portal_core::actor::{Actor, Task};
use portal_core::import::ImportPorts;
use portal_core::membership::Password;
use portal_core::ports::{Access, Passwords as _};
use portal_core::text::EmailAddress;
use portal_core::ticket::{ListFilter, ListQuery, Sort, Stage};
use portal_testkit::MemoryStore;
use portal_testkit::fakes::{
    FixedClock, GlassVault, MemoryFiles, NoPause, PlainBodies, PlainPasswords, SeededSecrets, SequentialIds,
};

use super::{Guide, PASSWORD, SIGN_INS, fill};

fn ports() -> ImportPorts {
    ImportPorts {
        store: Arc::new(MemoryStore::new()),
        files: Arc::new(MemoryFiles::default()),
        bodies: Arc::new(PlainBodies),
        clock: Arc::new(FixedClock::default()),
        ids: Arc::new(SequentialIds::default()),
        secrets: Arc::new(SeededSecrets::default()),
        pacer: Arc::new(NoPause),
    }
}

/// The password that is printed would be accepted from anybody who chooses it.
#[test]
fn the_password_is_a_good_one() {
    for (address, ..) in SIGN_INS {
        let address: EmailAddress = address.parse().unwrap();
        assert!(Password::chosen(PASSWORD.to_owned(), Some(&address), &["Kestrel Support"]).is_ok());
    }
}

#[test]
fn the_guide_is_a_box() {
    let text = Guide::new("localhost:8080".parse().unwrap(), "portal-demo".into()).to_string();
    let widths: std::collections::BTreeSet<usize> = text.lines().map(|it| it.chars().count()).collect();
    assert_eq!(widths.len(), 1, "{text}");
    assert!(widths.first().unwrap() <= &110, "{text}");
    assert!(text.contains("http://localhost:8080/support") && text.contains(PASSWORD));
}

#[tokio::test]
async fn everybody_who_is_printed_gets_in_and_sees_the_own_tickets() {
    let ports = ports();
    let host = "localhost:8080".parse().unwrap();
    assert!(
        fill(&ports, &PlainPasswords::default(), &GlassVault, &host)
            .await
            .unwrap()
    );
    assert!(
        !fill(&ports, &PlainPasswords::default(), &GlassVault, &host)
            .await
            .unwrap(),
        "a second start leaves it alone"
    );
    let mut tx = ports.store.begin(Access::Snapshot).await.unwrap();
    let mut seen = Vec::new();
    for (address, slug, _) in SIGN_INS {
        let address: EmailAddress = address.parse().unwrap();
        let account = tx.accounts().account_by_address(&address).await.unwrap().unwrap();
        let typed = Password::typed(PASSWORD.to_owned()).unwrap();
        assert!(
            PlainPasswords::default()
                .verify(&typed, Some(&account.password_hash))
                .await
                .unwrap()
        );
        let portal = tx
            .directory()
            .portal_at(&host, &slug.parse().unwrap())
            .await
            .unwrap()
            .unwrap();
        let entrant = tx
            .directory()
            .entrant(portal.id, account.contact)
            .await
            .unwrap()
            .unwrap();
        let viewer = enter(Actor::signed_in(account.contact).contact().unwrap(), &entrant).unwrap();
        let frame = tx.tickets().frame(viewer.scope(), 999, 0).await.unwrap();
        seen.push((frame.mine.all(), frame.companys.all()));
        assert!(frame.mine.all() > 0, "{address}");
    }
    let (jonas, bernd) = (seen[0], seen[4]);
    assert_eq!(jonas, (7, 24));
    assert_eq!(bernd.1, 0, "only leads see the company's tickets");
    assert!(seen[3].1 > seen[3].0);

    let all = tx.directory().all_portals(&Task::Demo).await.unwrap();
    assert_eq!(all.len(), 2);
}

#[tokio::test]
async fn the_list_begins_as_in_the_design() {
    let ports = ports();
    let host = "localhost:8080".parse().unwrap();
    fill(&ports, &PlainPasswords::default(), &GlassVault, &host)
        .await
        .unwrap();
    let mut tx = ports.store.begin(Access::Snapshot).await.unwrap();
    let account = tx
        .accounts()
        .account_by_address(&SIGN_INS[0].0.parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    let portal = tx
        .directory()
        .portal_at(&host, &"support".parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    let entrant = tx
        .directory()
        .entrant(portal.id, account.contact)
        .await
        .unwrap()
        .unwrap();
    let viewer = enter(Actor::signed_in(account.contact).contact().unwrap(), &entrant).unwrap();
    let query = ListQuery {
        tab: Tab::Company,
        filter: ListFilter::Stage(Stage::WaitingOnContact),
        requester: None,
        sort: Sort::Attention,
        edge: portal_core::ticket::Edge::Start,
        limit: 25,
    };
    let rows = tx.tickets().page(viewer.scope(), &query).await.unwrap();
    let subjects: Vec<&str> = rows.iter().map(|it| it.subject.as_str()).collect();
    assert_eq!(
        subjects,
        [
            "Scanner 4 loses Wi-Fi every day around 14:00",
            "Invoice 2026-1108 lists two licences too many"
        ]
    );
    assert_eq!(rows[0].number.get(), 4711);
}

#[tokio::test]
async fn the_staff_of_the_demo_can_sign_in_without_a_phone() {
    let ports = ports();
    let host = "localhost:8080".parse().unwrap();
    fill(&ports, &PlainPasswords::default(), &GlassVault, &host)
        .await
        .unwrap();
    let mut tx = ports.store.begin(Access::Snapshot).await.unwrap();
    for it in &super::staff::STAFF {
        let found = tx
            .staffing()
            .staff_by_address(&it.email.parse().unwrap())
            .await
            .unwrap();
        let (user, credential) = found.unwrap();
        assert!(user.may(it.permission) && credential.unwrap().authenticator.is_some());
        assert_eq!(tx.staffing().recovery_codes_left(user.id).await.unwrap(), 10);
    }
}
