//! The seals of the audit, and what the database itself refuses.

use portal_adapters::sea::SeaStore;
use portal_core::Portal;
use portal_core::audit::{AuditActor, AuditEntry, AuditEvent, SealFaultKind, SealVerdict};
use portal_core::id::{AuditId, Uuid};
use portal_core::ports::Access;
use portal_core::staff::StaffActor;
use portal_core::time::Timestamp;
use portal_testkit::fakes::{
    FixedClock, GlassVault, MemoryFiles, NoPause, PlainBodies, PlainPasswords, SeededSecrets, SequentialIds,
};
use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::stores::{Postgres, Sqlite, is_postgres};

struct Log {
    portal: Portal,
    db: DatabaseConnection,
}

impl Log {
    fn new(store: SeaStore, db: DatabaseConnection) -> Self {
        let portal = Portal::builder()
            .store(store)
            .files(MemoryFiles::default())
            .passwords(PlainPasswords::default())
            .bodies(PlainBodies)
            .clock(FixedClock::at(Timestamp::from_micros(9_000_000)))
            .ids(SequentialIds::default())
            .secrets(SeededSecrets::default())
            .pacer(NoPause)
            .vault(GlassVault)
            .build()
            .unwrap();
        Self { portal, db }
    }

    async fn record(&self, number: u128) {
        let id = AuditId::from_uuid(Uuid::from_u128(number));
        let at = Timestamp::from_micros(i64::try_from(number).unwrap());
        let entry = AuditEntry::new(
            id,
            at,
            AuditActor::CommandLine,
            AuditEvent::GroupAdded,
            format!("Group {number}"),
        );
        let mut tx = self.portal.store().begin(Access::Write).await.unwrap();
        tx.audit().record(&entry.with("count", "3")).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn verdict(&self, expected: Option<(i64, [u8; 32])>) -> SealVerdict {
        self.portal
            .verify_audit(&StaffActor::command_line(), expected)
            .await
            .unwrap()
    }

    async fn kinds(&self) -> Vec<(i64, SealFaultKind)> {
        self.verdict(None)
            .await
            .faults
            .iter()
            .map(|it| (it.seal, it.kind))
            .collect()
    }

    async fn run(&self, sql: &str) {
        let done = self.db.execute_unprepared(sql).await;
        assert!(done.is_ok(), "{sql}: {done:?}");
    }

    async fn refused(&self, sql: &str) {
        assert!(self.db.execute_unprepared(sql).await.is_err(), "{sql}");
    }

    /// What somebody does who owns the database.
    async fn without_triggers(&self) {
        for (trigger, table) in [
            ("audit_is_kept", "audit"),
            ("audit_is_final", "audit"),
            ("audit_seal_is_kept", "audit_seal"),
            ("audit_seal_is_final", "audit_seal"),
        ] {
            if is_postgres(&self.db) {
                self.run(&format!("DROP TRIGGER IF EXISTS {trigger} ON {table}")).await;
            } else {
                self.run(&format!("DROP TRIGGER IF EXISTS {trigger}")).await;
            }
        }
    }
}

async fn sealed(log: &Log) {
    for batch in 0..3 {
        for number in 1..=4 {
            log.record(batch * 10 + number).await;
        }
        assert_eq!(log.portal.seal_audit().await.unwrap(), 4);
    }
    assert_eq!(log.portal.seal_audit().await.unwrap(), 0, "each entry has one seal");
}

async fn the_database_refuses(log: &Log) {
    sealed(log).await;
    log.record(99).await;
    for sql in [
        "DELETE FROM audit",
        "DELETE FROM audit WHERE at = 99",
        "UPDATE audit SET object = 'Other' WHERE at = 2",
        "UPDATE audit SET object = 'Other' WHERE at = 99",
        "UPDATE audit SET at = 5 WHERE at = 2",
        "UPDATE audit SET event = 'group.removed' WHERE at = 2",
        "UPDATE audit SET actor_kind = 3 WHERE at = 2",
        "UPDATE audit SET seal = NULL WHERE at = 2",
        "UPDATE audit SET seal = 2 WHERE at = 2",
        "UPDATE audit SET seal_place = 0 WHERE at = 2",
        "UPDATE audit SET detail = '{}' WHERE at = 2",
        "DELETE FROM audit_seal",
        "UPDATE audit_seal SET at = 0",
    ] {
        log.refused(sql).await;
    }
    if is_postgres(&log.db) {
        log.refused("TRUNCATE audit").await;
        log.refused("TRUNCATE audit_seal, audit").await;
    }
    // Somebody is erased: what names them goes, and the seal still holds.
    log.run("UPDATE audit SET object = '', detail = '{\"v\":\"1\",\"detail\":[]}' WHERE at = 2")
        .await;
    let verdict = log.verdict(None).await;
    assert!(verdict.is_fine(), "{verdict:?}");
    assert_eq!((verdict.seals, verdict.entries, verdict.forgotten), (3, 12, 1));
}

async fn the_verifier_tells(log: &Log) {
    sealed(log).await;
    let newest = log.verdict(None).await.newest.unwrap();
    let noted = Some((newest.number, newest.link));
    assert!(log.verdict(noted).await.is_fine());
    log.without_triggers().await;
    log.run("UPDATE audit SET object = 'Other' WHERE at = 2").await;
    assert_eq!(log.kinds().await, [(1, SealFaultKind::Changed)]);
    log.run("UPDATE audit SET object = 'Group 2' WHERE at = 2").await;
    assert!(log.verdict(None).await.is_fine());
    // Another order, one left out, one added, a link made up: all that came after hangs on it.
    log.run("UPDATE audit SET seal_place = 9 WHERE at = 11").await;
    assert_eq!(log.kinds().await, [(2, SealFaultKind::Broken)]);
    log.run("UPDATE audit SET seal_place = 0 WHERE at = 11").await;
    assert!(log.verdict(None).await.is_fine());
    log.run("DELETE FROM audit WHERE at = 12").await;
    assert_eq!(log.kinds().await, [(2, SealFaultKind::Broken)]);
    log.record(12).await;
    assert_eq!(
        log.kinds().await,
        [(2, SealFaultKind::Broken)],
        "a forged entry is not under the seal"
    );
    log.run("UPDATE audit SET seal = NULL WHERE seal = 3").await;
    log.run("DELETE FROM audit_seal WHERE number = 3").await;
    let cut = log.verdict(noted).await;
    let unexpected = cut
        .faults
        .iter()
        .any(|it| it.seal == 3 && it.kind == SealFaultKind::Unexpected);
    assert!(
        unexpected,
        "what was cut off at the end is missed by whoever noted it down: {cut:?}"
    );
    log.run("UPDATE audit SET seal = NULL WHERE seal = 1").await;
    log.run("DELETE FROM audit_seal WHERE number = 1").await;
    let kinds = log.kinds().await;
    assert!(kinds.contains(&(2, SealFaultKind::Missing)), "{kinds:?}");
}

#[tokio::test]
async fn adm_025_the_database_refuses_to_break_a_seal_sqlite() {
    let it = Sqlite::new().await;
    the_database_refuses(&Log::new(it.store.clone(), it.look().await)).await;
}

#[tokio::test]
async fn adm_025_the_database_refuses_to_break_a_seal_postgres() {
    let it = Postgres::new().await;
    the_database_refuses(&Log::new(it.store.clone(), it.look().await)).await;
}

#[tokio::test]
async fn adm_025_the_verifier_tells_what_was_tampered_with_sqlite() {
    let it = Sqlite::new().await;
    the_verifier_tells(&Log::new(it.store.clone(), it.look().await)).await;
}

#[tokio::test]
async fn adm_025_the_verifier_tells_what_was_tampered_with_postgres() {
    let it = Postgres::new().await;
    the_verifier_tells(&Log::new(it.store.clone(), it.look().await)).await;
}

/// Two servers seal at the same moment: each entry has one seal, and the chain has no fork.
#[tokio::test]
async fn adm_025_two_servers_seal_each_entry_once_postgres() {
    let it = Postgres::new().await;
    let one = Log::new(it.store.clone(), it.look().await);
    let two = Log::new(it.second().await, it.look().await);
    for number in 1..=40 {
        one.record(number).await;
        let (a, b) = tokio::join!(one.portal.seal_audit(), two.portal.seal_audit());
        assert_eq!(a.unwrap() + b.unwrap(), 1);
    }
    let verdict = one.verdict(None).await;
    assert!(verdict.is_fine(), "{verdict:?}");
    assert_eq!(verdict.entries, 40);
}
