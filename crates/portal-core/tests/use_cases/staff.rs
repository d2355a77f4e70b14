//! Staff: the set-up, signing in with two factors, and that somebody can always administer the installation.

use std::collections::BTreeSet;
use std::time::Duration;

use portal_core::Portal;
use portal_core::audit::{AuditEvent, AuditQuery};
use portal_core::membership::Secret;
use portal_core::ports::Clock;
use portal_core::staff::{
    ChangeOwnPassword, ChoosePassword, HalfSignedIn, InboxAccess, ManageStaffError, OwnStaffError, Permission, SetUp,
    StaffActor, StaffDraft, StaffError, StaffLinkError, StaffRefusal, StaffSignIn, StaffSignInError, StaffSignedIn,
    StaffStanding, StaffVisitor,
};
use portal_core::time::Timestamp;
use portal_testkit::fakes::{
    FixedClock, GlassVault, MemoryFiles, NoPause, PlainBodies, PlainCodes, PlainPasswords, SeededSecrets, SequentialIds,
};
use portal_testkit::{Calls, MemoryStore, RecordingStore};

const PASSWORD: &str = "quiet river stone";
const NETWORK: &str = "192.0.2.7";

struct Office {
    service: Portal,
    clock: FixedClock,
    passwords: PlainPasswords,
    calls: Calls,
}

fn office() -> Office {
    let clock = FixedClock::at(Timestamp::from_micros(1_795_428_000_000_000));
    let store = RecordingStore::new(MemoryStore::new());
    let calls = store.calls();
    let passwords = PlainPasswords::default();
    let service = Portal::builder()
        .store(store)
        .files(MemoryFiles::default())
        .passwords(passwords.clone())
        .bodies(PlainBodies)
        .clock(clock.clone())
        .ids(SequentialIds::series(1))
        .secrets(SeededSecrets::new(1))
        .pacer(NoPause)
        .vault(GlassVault)
        .one_time_codes(PlainCodes)
        .build()
        .unwrap();
    Office {
        service,
        clock,
        passwords,
        calls,
    }
}

fn first(name: &str) -> SetUp {
    SetUp {
        name: name.to_owned(),
        email: format!("{}@kestrel.example", name.to_lowercase()),
        password: PASSWORD.to_owned(),
        again: PASSWORD.to_owned(),
        device: "Firefox, Linux".to_owned(),
    }
}

impl Office {
    fn code(&self) -> String {
        PlainCodes::at(self.clock.now())
    }

    /// On to the next time step: the code before is used up.
    fn step(&self) {
        self.clock.advance(Duration::from_secs(30));
    }

    async fn link(&self) -> Secret {
        self.service.begin_set_up().await.unwrap().unwrap()
    }

    async fn second(&self, half: &Secret, code: &str) -> Result<StaffSignedIn, StaffSignInError> {
        self.service.show_second_factor(half, code, NETWORK).await
    }

    async fn half(&self, email: &str, password: &str) -> Result<HalfSignedIn, StaffSignInError> {
        let command = StaffSignIn {
            email: email.to_owned(),
            password: password.to_owned(),
            network: NETWORK.to_owned(),
            device: "Firefox, Linux".to_owned(),
        };
        self.service.sign_in_staff(command).await
    }

    async fn visitor(&self, secret: &Secret) -> StaffVisitor {
        self.service.arrive_staff(secret).await.unwrap().unwrap()
    }

    /// The first administrator, and their recovery codes.
    async fn set_up(&self) -> (StaffVisitor, Vec<String>) {
        let link = self.link().await;
        let half = self.service.complete_set_up(&link, first("Mara")).await.unwrap();
        let whole = self.second(&half.secret, &self.code()).await.unwrap();
        (self.visitor(&whole.secret).await, whole.recovery_codes)
    }

    /// One more administrator, without password.
    async fn another(&self, by: &StaffActor, name: &str) -> portal_core::id::AgentId {
        self.service.invite_staff(by, &admin(name)).await.unwrap()
    }

    async fn events(&self, actor: &StaffActor) -> Vec<AuditEvent> {
        let entries = self.service.read_audit(actor, &AuditQuery::default(), 100).await;
        entries.unwrap().entries.into_iter().map(|it| it.event).collect()
    }
}

fn admin(name: &str) -> StaffDraft {
    StaffDraft {
        name: name.to_owned(),
        email: format!("{}@kestrel.example", name.to_lowercase()),
        permissions: BTreeSet::from([Permission::Admin]),
        inboxes: InboxAccess::All,
    }
}

#[tokio::test]
async fn adm_001_of_two_claims_at_once_one_wins_and_the_other_finds_nothing() {
    let office = office();
    assert!(office.service.is_untouched().await.unwrap());
    let (one, two) = (office.link().await, office.link().await);
    let (a, b) = tokio::join!(
        office.service.complete_set_up(&one, first("Mara")),
        office.service.complete_set_up(&two, first("Mallory"))
    );
    assert_eq!([a.is_ok(), b.is_ok()].into_iter().filter(|it| *it).count(), 1);
    assert!([a, b].into_iter().any(|it| matches!(it, Err(StaffLinkError::NotFound))));
    assert!(!office.service.is_untouched().await.unwrap());
    for used in [one, two] {
        let again = office.service.complete_set_up(&used, first("Late")).await;
        assert!(matches!(again, Err(StaffLinkError::NotFound)));
        assert!(office.service.view_set_up(&used).await.is_err());
    }
    assert!(office.service.begin_set_up().await.unwrap().is_none());
}

#[tokio::test]
async fn adm_001_a_claim_needs_the_link_of_this_hour() {
    let office = office();
    let made_up = Secret::from_bytes("setup", &[9; 32]);
    let claim = office.service.complete_set_up(&made_up, first("Mallory")).await;
    assert!(matches!(claim, Err(StaffLinkError::NotFound)));
    let link = office.link().await;
    office.clock.advance(Duration::from_secs(3601));
    let claim = office.service.complete_set_up(&link, first("Mara")).await;
    assert!(matches!(claim, Err(StaffLinkError::NotFound)));
    // Several servers have links of their own.
    let (one, _two) = (office.link().await, office.link().await);
    office.service.complete_set_up(&one, first("Mara")).await.unwrap();
}

#[tokio::test]
async fn log_031_half_a_sign_in_is_nobody() {
    let office = office();
    let link = office.link().await;
    let half = office.service.complete_set_up(&link, first("Mara")).await.unwrap();
    assert!(half.must_enrol);
    assert!(office.service.arrive_staff(&half.secret).await.unwrap().is_none());
    assert!(matches!(
        office.second(&half.secret, "123456").await,
        Err(StaffSignInError::Wrong)
    ));
    let whole = office.second(&half.secret, &office.code()).await.unwrap();
    assert_eq!(whole.recovery_codes.len(), 10);
    // The half one is used up, and the whole one is not half.
    assert!(office.service.arrive_half_way(&half.secret).await.unwrap().is_none());
    assert!(office.service.arrive_half_way(&whole.secret).await.unwrap().is_none());
    assert!(office.service.arrive_staff(&half.secret).await.unwrap().is_none());
    assert!(office.visitor(&whole.secret).await.actor.proven_lately);
}

#[tokio::test]
async fn log_031_a_code_counts_once() {
    let office = office();
    office.set_up().await;
    let (one, two) = (
        office.half("mara@kestrel.example", PASSWORD).await.unwrap(),
        office.half("mara@kestrel.example", PASSWORD).await.unwrap(),
    );
    assert!(!one.must_enrol);
    // The code that connected the app is used up too.
    let replayed = office.second(&one.secret, &office.code()).await;
    assert!(matches!(replayed, Err(StaffSignInError::Wrong)));
    office.step();
    let code = office.code();
    let (a, b) = tokio::join!(office.second(&one.secret, &code), office.second(&two.secret, &code));
    assert_eq!([a.is_ok(), b.is_ok()].into_iter().filter(|it| *it).count(), 1);
}

#[tokio::test]
async fn log_032_recovery_codes_are_ten_of_80_bits_and_each_counts_once() {
    let office = office();
    let (_, codes) = office.set_up().await;
    let different: BTreeSet<&String> = codes.iter().collect();
    assert_eq!(different.len(), 10);
    for code in &codes {
        let letters: String = code.chars().filter(|it| *it != '-').collect();
        // Sixteen letters of 32.
        assert!(
            letters.len() == 16
                && letters
                    .bytes()
                    .all(|it| b"abcdefghijklmnopqrstuvwxyz234567".contains(&it))
        );
    }
    let code = codes[3].to_uppercase().replace('-', " ");
    let half = office.half("mara@kestrel.example", PASSWORD).await.unwrap();
    let whole = office.second(&half.secret, &code).await.unwrap();
    let visitor = office.visitor(&whole.secret).await;
    assert_eq!(office.service.own_staff_account(&visitor).await.unwrap().codes_left, 9);
    let half = office.half("mara@kestrel.example", PASSWORD).await.unwrap();
    let again = office.second(&half.secret, &code).await;
    assert!(matches!(again, Err(StaffSignInError::Wrong)));
    assert!(
        office
            .events(&visitor.actor)
            .await
            .contains(&AuditEvent::StaffRecoveryCodeUsed)
    );
}

#[tokio::test]
async fn log_001_known_and_unknown_staff_are_refused_alike() {
    let office = office();
    office.set_up().await;
    office.calls.take();
    let checks = office.passwords.checks();
    let known = office.half("mara@kestrel.example", "not the password").await;
    let (of_known, known_checks) = (office.calls.take(), office.passwords.checks() - checks);
    let checks = office.passwords.checks();
    let unknown = office.half("nobody@kestrel.example", "not the password").await;
    assert_eq!(office.calls.take(), of_known);
    assert_eq!(office.passwords.checks() - checks, known_checks);
    assert_eq!(known.unwrap_err().to_string(), unknown.unwrap_err().to_string());
}

#[tokio::test]
async fn log_004_the_second_factor_is_slowed_down_and_a_right_password_does_not_help() {
    let office = office();
    office.set_up().await;
    for _ in 0..3 {
        let half = office.half("mara@kestrel.example", PASSWORD).await.unwrap();
        let wrong = office.second(&half.secret, "000000").await;
        assert!(matches!(wrong, Err(StaffSignInError::Wrong)), "{wrong:?}");
    }
    let half = office.half("mara@kestrel.example", PASSWORD).await.unwrap();
    office.step();
    let half2 = office.half("mara@kestrel.example", PASSWORD).await.unwrap();
    assert!(matches!(
        office.second(&half2.secret, "000000").await,
        Err(StaffSignInError::Wrong)
    ));
    let soon = office.second(&half.secret, &office.code()).await;
    assert!(matches!(soon, Err(StaffSignInError::TooSoon { .. })), "{soon:?}");
}

#[tokio::test]
async fn log_013_disabling_ends_everything_at_once() {
    let office = office();
    let (mara, _) = office.set_up().await;
    let ben = office.another(&mara.actor, "Ben").await;
    let link = office
        .service
        .reset_staff(&"ben@kestrel.example".parse().unwrap(), false)
        .await
        .unwrap();
    let chosen = ChoosePassword {
        password: "green mountain lake".to_owned(),
        again: "green mountain lake".to_owned(),
        device: String::new(),
    };
    let half = office.service.use_staff_link(&link, chosen.clone()).await.unwrap();
    let whole = office.second(&half.secret, &office.code()).await.unwrap();
    assert_eq!(office.visitor(&whole.secret).await.user.id, ben);
    assert!(matches!(
        office.service.use_staff_link(&link, chosen).await,
        Err(StaffLinkError::NotFound)
    ));
    office
        .service
        .set_staff_standing(&mara.actor, ben, StaffStanding::Disabled)
        .await
        .unwrap();
    assert!(office.service.arrive_staff(&whole.secret).await.unwrap().is_none());
    let again = office.half("ben@kestrel.example", "green mountain lake").await;
    assert!(matches!(again, Err(StaffSignInError::Wrong)));
}

#[tokio::test]
async fn log_014_a_new_password_needs_the_current_one_and_ends_other_sessions() {
    let office = office();
    let (mara, _) = office.set_up().await;
    office.step();
    let half = office.half("mara@kestrel.example", PASSWORD).await.unwrap();
    let other = office.second(&half.secret, &office.code()).await.unwrap();
    let command = |current: &str, new: &str| ChangeOwnPassword {
        current: current.to_owned(),
        password: new.to_owned(),
        again: new.to_owned(),
    };
    for (current, new) in [
        ("wrong", "green mountain lake"),
        (PASSWORD, "short"),
        (PASSWORD, "supportmara1"),
    ] {
        let refused = office.service.change_own_password(&mara, &command(current, new)).await;
        assert!(
            matches!(refused, Err(OwnStaffError::Invalid(_))),
            "{current} {new}: {refused:?}"
        );
    }
    let changed = office
        .service
        .change_own_password(&mara, &command(PASSWORD, "green mountain lake"))
        .await;
    changed.unwrap();
    assert!(office.service.arrive_staff(&other.secret).await.unwrap().is_none());
    assert!(office.half("mara@kestrel.example", PASSWORD).await.is_err());
    office
        .half("mara@kestrel.example", "green mountain lake")
        .await
        .unwrap();
}

#[tokio::test]
async fn log_034_what_is_dangerous_wants_a_proof_of_the_last_ten_minutes() {
    let office = office();
    let link = office.link().await;
    let half = office.service.complete_set_up(&link, first("Mara")).await.unwrap();
    let whole = office.second(&half.secret, &office.code()).await.unwrap();
    office.clock.advance(Duration::from_secs(601));
    let late = office.visitor(&whole.secret).await;
    let refused = office.service.invite_staff(&late.actor, &admin("Ben")).await;
    let again = StaffError::Refused(StaffRefusal::ProveAgain).to_string();
    assert_eq!(refused.unwrap_err().to_string(), again);
    assert!(office.service.renew_recovery_codes(&late).await.is_err());
    let proven = office
        .service
        .prove_staff(&late, &office.code(), NETWORK)
        .await
        .unwrap();
    assert!(
        office.service.arrive_staff(&whole.secret).await.unwrap().is_none(),
        "the secret is another one"
    );
    let now = office.visitor(&proven.secret).await;
    office.service.invite_staff(&now.actor, &admin("Ben")).await.unwrap();
}

#[tokio::test]
async fn sessions_of_the_staff_end_after_an_hour_without_use_and_twelve_in_all() {
    let office = office();
    let link = office.link().await;
    let half = office.service.complete_set_up(&link, first("Mara")).await.unwrap();
    let whole = office.second(&half.secret, &office.code()).await.unwrap();
    for _ in 0..14 {
        office.clock.advance(Duration::from_mins(50));
        office.visitor(&whole.secret).await;
    }
    office.clock.advance(Duration::from_mins(20));
    assert!(office.service.arrive_staff(&whole.secret).await.unwrap().is_none());
    let half = office.half("mara@kestrel.example", PASSWORD).await.unwrap();
    let whole = office.second(&half.secret, &office.code()).await.unwrap();
    office.clock.advance(Duration::from_mins(61));
    assert!(office.service.arrive_staff(&whole.secret).await.unwrap().is_none());
}

#[tokio::test]
async fn adm_007_the_last_administrator_stays_one() {
    let office = office();
    let (mara, _) = office.set_up().await;
    let own = mara.user.id;
    let less = StaffDraft {
        permissions: BTreeSet::from([Permission::HelpDesk]),
        ..admin("Mara")
    };
    let service = &office.service;
    let demoted = service.change_staff(&mara.actor, own, &less).await;
    assert!(matches!(demoted, Err(ManageStaffError::LastAdmin)));
    let disabled = service
        .set_staff_standing(&mara.actor, own, StaffStanding::Disabled)
        .await;
    assert!(matches!(disabled, Err(ManageStaffError::LastAdmin)));
    assert_eq!(service.list_staff(&mara.actor).await.unwrap()[0].user, mara.user);
    let ben = office.another(&mara.actor, "Ben").await;
    // Two who disable each other at the same time: one of them stays.
    let of_ben = StaffActor::signed_in(ben, true);
    let (a, b) = tokio::join!(
        service.set_staff_standing(&mara.actor, ben, StaffStanding::Disabled),
        service.set_staff_standing(&of_ben, own, StaffStanding::Disabled)
    );
    assert_eq!([a.is_ok(), b.is_ok()].into_iter().filter(|it| *it).count(), 1);
}

#[tokio::test]
async fn adm_004_only_administrators_look_after_staff_and_read_the_audit() {
    let office = office();
    let (mara, _) = office.set_up().await;
    let others: BTreeSet<Permission> = Permission::ALL
        .into_iter()
        .filter(|it| *it != Permission::Admin)
        .collect();
    let draft = StaffDraft {
        permissions: others,
        ..admin("Ben")
    };
    let ben = office.service.invite_staff(&mara.actor, &draft).await.unwrap();
    let ben = StaffActor::signed_in(ben, true);
    let own = mara.user.id;
    let service = &office.service;
    assert!(service.list_staff(&ben).await.is_err());
    assert!(service.view_staff(&ben, own).await.is_err());
    assert!(service.invite_staff(&ben, &admin("Eve")).await.is_err());
    assert!(service.change_staff(&ben, ben.agent, &admin("Ben")).await.is_err());
    assert!(
        service
            .set_staff_standing(&ben, own, StaffStanding::Disabled)
            .await
            .is_err()
    );
    assert!(service.mail_staff_link(&ben, own).await.is_err());
    assert!(service.read_audit(&ben, &AuditQuery::default(), 10).await.is_err());
    assert_eq!(service.list_staff(&mara.actor).await.unwrap().len(), 2);
}

#[tokio::test]
async fn log_029_another_app_takes_the_place_of_the_old_one_after_a_proof_and_its_first_code() {
    let office = office();
    let (mara, old_codes) = office.set_up().await;
    office.step();
    let half = office.half("mara@kestrel.example", PASSWORD).await.unwrap();
    let other = office.second(&half.secret, &office.code()).await.unwrap();
    let service = &office.service;
    office.step();
    let early = service.finish_authenticator(&mara, &office.code(), NETWORK).await;
    assert!(early.is_err(), "nothing was begun");
    service.begin_authenticator(&mara).await.unwrap();
    assert!(
        service.own_enrolment(&mara).unwrap().is_none(),
        "the visitor is of before"
    );
    let wrong = service.finish_authenticator(&mara, "000000", NETWORK).await;
    assert!(matches!(wrong, Err(OwnStaffError::WrongCode)), "{wrong:?}");
    office.step();
    let codes = service
        .finish_authenticator(&mara, &office.code(), NETWORK)
        .await
        .unwrap();
    assert!(codes.len() == 10 && codes.iter().all(|it| !old_codes.contains(it)));
    assert!(office.service.arrive_staff(&other.secret).await.unwrap().is_none());
    let half = office.half("mara@kestrel.example", PASSWORD).await.unwrap();
    let old = office.second(&half.secret, &old_codes[0]).await;
    assert!(matches!(old, Err(StaffSignInError::Wrong)));
    // Not without a fresh proof.
    office.clock.advance(Duration::from_mins(11));
    let half = office.half("mara@kestrel.example", PASSWORD).await.unwrap();
    let whole = office.second(&half.secret, &office.code()).await.unwrap();
    office.clock.advance(Duration::from_mins(11));
    let late = office.visitor(&whole.secret).await;
    assert!(matches!(
        office.service.begin_authenticator(&late).await,
        Err(OwnStaffError::Staff(StaffError::Refused(StaffRefusal::ProveAgain)))
    ));
}

#[tokio::test]
async fn log_001_the_owner_of_a_guessed_account_is_told_once() {
    let office = office();
    let (mara, _) = office.set_up().await;
    for _ in 0..60 {
        let _ = office.half("mara@kestrel.example", "not the password").await;
        office.clock.advance(Duration::from_mins(16));
    }
    office.clock.advance(Duration::from_hours(25));
    let half = office.half("mara@kestrel.example", PASSWORD).await.unwrap();
    let whole = office.second(&half.secret, &office.code()).await.unwrap();
    let actor = office.visitor(&whole.secret).await.actor;
    let blocked = office.events(&actor).await;
    assert_eq!(blocked.iter().filter(|it| **it == AuditEvent::StaffBlocked).count(), 1);
    assert_eq!(actor.agent, mara.user.id);
}

#[tokio::test]
async fn adm_007_a_lost_app_is_disconnected_by_an_administrator_and_everything_ends() {
    let office = office();
    let (mara, _) = office.set_up().await;
    let ben = office.another(&mara.actor, "Ben").await;
    let service = &office.service;
    assert!(matches!(
        service.disconnect_authenticator(&mara.actor, ben).await,
        Err(ManageStaffError::NotFound)
    ));
    let own = mara.user.id;
    service.disconnect_authenticator(&mara.actor, own).await.unwrap();
    let half = office.half("mara@kestrel.example", PASSWORD).await.unwrap();
    assert!(half.must_enrol);
    office.step();
    let whole = office.second(&half.secret, &office.code()).await.unwrap();
    assert_eq!(whole.recovery_codes.len(), 10);
    let list = service
        .list_staff(&office.visitor(&whole.secret).await.actor)
        .await
        .unwrap();
    let seen: Vec<_> = list
        .iter()
        .map(|it| (it.accepted, it.enrolled, it.last_seen.is_some()))
        .collect();
    assert_eq!(seen, [(false, false, false), (true, true, true)]);
}
