use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use mockall::mock;
use portal_core::Portal;
use portal_core::access::{CustomersMay, TicketPermission};
use portal_core::actor::{Actor, Mode};
use portal_core::membership::{
    Account, ChangePassword, ChangePasswordError, CreateApiToken, Credential, EndSessions, Password, SignIn,
    SignInError, SignedIn, UpdateProfile, Visitor,
};
use portal_core::ports::{Access, Passwords, PasswordsError, Store};
use portal_testkit::fakes::{MemoryFiles, NoPause, PlainBodies, PlainPasswords, SeededSecrets, SequentialIds};
use portal_testkit::{MemoryStore, RecordingStore};

use crate::fixture::{PASSWORD, World, address};

mock! {
    Hasher {
        fn verify(&self, known: bool) -> Result<bool, PasswordsError>;
    }
}

/// The mock behind the port, whose signatures have more lifetimes than a mock can take.
struct Hasher(MockHasher);

#[async_trait]
impl Passwords for Hasher {
    async fn hash(&self, _password: &Password) -> Result<String, PasswordsError> {
        Err(PasswordsError::Busy)
    }

    async fn verify(&self, _password: &Password, hash: Option<&str>) -> Result<bool, PasswordsError> {
        self.0.verify(hash.is_some())
    }

    fn is_outdated(&self, _hash: &str) -> bool {
        false
    }
}

impl World {
    async fn sign_in(&self, email: &str, password: &str) -> Result<SignedIn, SignInError> {
        let command = SignIn {
            portal: self.portal.id,
            email: email.to_owned(),
            password: password.to_owned(),
            network: "192.0.2.1".to_owned(),
            device: "Firefox, Windows".to_owned(),
            known_as: None,
        };
        self.service.sign_in(command).await
    }

    async fn arrive(&self, credential: Credential) -> Option<Visitor> {
        self.service
            .arrive(&self.portal.host, &self.portal.slug, &credential)
            .await
            .unwrap()
            .unwrap()
            .visitor
    }
}

#[tokio::test]
async fn a_right_password_begins_a_session_that_ends_when_it_should() {
    let world = World::new().await;
    let done = world
        .sign_in(&address("Jonas Weber").to_uppercase(), PASSWORD)
        .await
        .unwrap();
    let cookie = Credential::Session(done.secret);
    let visitor = world.arrive(cookie.clone()).await.unwrap();
    assert_eq!(visitor.profile.contact, world.jonas);
    // Used every few hours it lasts; without use it ends after eight.
    for _ in 0..3 {
        world.clock.advance(Duration::from_hours(7));
        assert!(world.arrive(cookie.clone()).await.is_some());
    }
    world.clock.advance(Duration::from_hours(8));
    assert!(world.arrive(cookie).await.is_none());
}

#[tokio::test]
async fn a_session_ends_after_a_week_however_much_it_is_used() {
    let world = World::new().await;
    let cookie = Credential::Session(world.sign_in(&address("Jonas Weber"), PASSWORD).await.unwrap().secret);
    for _ in 0..(7 * 24 / 6 - 1) {
        world.clock.advance(Duration::from_hours(6));
        assert!(world.arrive(cookie.clone()).await.is_some());
    }
    world.clock.advance(Duration::from_hours(6));
    assert!(world.arrive(cookie).await.is_none());
}

#[tokio::test]
async fn reg_002_a_wrong_password_and_an_unknown_address_are_the_same() {
    let world = World::new().await;
    for email in [address("Jonas Weber"), "nobody@fernwerk.example".to_owned()] {
        for _ in 0..3 {
            assert!(
                matches!(world.sign_in(&email, "wrong").await, Err(SignInError::Wrong)),
                "{email}"
            );
        }
        assert!(
            matches!(world.sign_in(&email, PASSWORD).await, Err(SignInError::TooSoon { .. })),
            "{email}"
        );
        world.clock.advance(Duration::from_secs(3));
        assert!(
            matches!(world.sign_in(&email, "wrong").await, Err(SignInError::Wrong)),
            "{email}"
        );
    }
}

#[tokio::test]
async fn log_001_a_right_password_clears_the_ladder_and_a_hundred_failures_end_it() {
    let world = World::new().await;
    let email = address("Jonas Weber");
    for _ in 0..2 {
        world.sign_in(&email, "wrong").await.unwrap_err();
    }
    world.sign_in(&email, PASSWORD).await.unwrap();
    for _ in 0..100 {
        world.clock.advance(Duration::from_mins(15));
        assert!(matches!(world.sign_in(&email, "wrong").await, Err(SignInError::Wrong)));
    }
    world.days(400);
    assert!(matches!(
        world.sign_in(&email, PASSWORD).await,
        Err(SignInError::Blocked)
    ));
}

#[tokio::test]
async fn log_007_a_busy_hasher_is_no_wrong_password() {
    let mut hasher = MockHasher::new();
    hasher.expect_verify().returning(|_| Err(PasswordsError::Busy));
    let world = World::with_gateways(
        TicketPermission::Company,
        CustomersMay::default(),
        MemoryFiles::default(),
        Hasher(hasher),
    )
    .await;
    // Nothing was looked at, so nothing is counted: however often it is tried, it is never too soon.
    for _ in 0..5 {
        assert!(matches!(
            world.sign_in(&address("Jonas Weber"), PASSWORD).await,
            Err(SignInError::Passwords(PasswordsError::Busy))
        ));
    }
    assert!(matches!(
        world.sign_in(&address("Jonas Weber"), PASSWORD).await,
        Err(SignInError::Passwords(PasswordsError::Busy))
    ));
}

#[tokio::test]
async fn reg_002_an_unknown_address_costs_the_same_hashing() {
    let mut hasher = MockHasher::new();
    hasher
        .expect_verify()
        .times(1)
        .withf(|known| !known)
        .returning(|_| Ok(false));
    let world = World::with_gateways(
        TicketPermission::Company,
        CustomersMay::default(),
        MemoryFiles::default(),
        Hasher(hasher),
    )
    .await;
    assert!(matches!(
        world.sign_in("nobody@fernwerk.example", PASSWORD).await,
        Err(SignInError::Wrong)
    ));
}

#[tokio::test]
async fn log_014_a_new_password_needs_the_old_one_and_ends_the_other_sessions() {
    let world = World::new().await;
    let email = address("Jonas Weber");
    let here = world.sign_in(&email, PASSWORD).await.unwrap();
    let there = world.sign_in(&email, PASSWORD).await.unwrap();
    let actor = Actor::signed_in(world.jonas);
    let mut command = ChangePassword {
        portal: world.portal.id,
        session: Some(here.session),
        current: "wrong".to_owned(),
        new: "short".to_owned(),
        again: "other".to_owned(),
    };
    let Err(ChangePasswordError::Invalid(problems)) = world.service.change_password(&actor, command.clone()).await
    else {
        panic!()
    };
    let fields: Vec<_> = problems.list().iter().map(|it| it.field).collect();
    assert_eq!(fields, ["current", "new", "again"]);
    command.current = PASSWORD.to_owned();
    command.new = "nine blue lighthouses".to_owned();
    command.again.clone_from(&command.new);
    world.service.change_password(&actor, command.clone()).await.unwrap();
    assert!(world.arrive(Credential::Session(here.secret)).await.is_some());
    assert!(world.arrive(Credential::Session(there.secret)).await.is_none());
    assert!(matches!(world.sign_in(&email, PASSWORD).await, Err(SignInError::Wrong)));
    world.sign_in(&email, &command.new).await.unwrap();
}

/// Hashes slowly enough for somebody to set another password meanwhile.
#[derive(Clone, Default)]
struct Overtaken {
    plain: PlainPasswords,
    meanwhile: Arc<OnceLock<(MemoryStore, Account)>>,
}

#[async_trait]
impl Passwords for Overtaken {
    async fn hash(&self, password: &Password) -> Result<String, PasswordsError> {
        if let Some((store, account)) = self.meanwhile.get() {
            let mut tx = store.begin(Access::Write).await.unwrap();
            tx.accounts().put_account(account).await.unwrap();
            tx.commit().await.unwrap();
        }
        self.plain.hash(password).await
    }

    async fn verify(&self, password: &Password, hash: Option<&str>) -> Result<bool, PasswordsError> {
        self.plain.verify(password, hash).await
    }

    fn is_outdated(&self, hash: &str) -> bool {
        self.plain.is_outdated(hash)
    }
}

#[tokio::test]
async fn a_password_that_was_set_meanwhile_is_not_overwritten() {
    let passwords = Overtaken::default();
    let world = World::with_gateways(
        TicketPermission::Company,
        CustomersMay::default(),
        MemoryFiles::default(),
        passwords.clone(),
    )
    .await;
    let theirs = Account {
        contact: world.jonas,
        password_hash: "$plain$set by the help desk".to_owned(),
        password_set_at: crate::fixture::NOW,
    };
    let _ = passwords.meanwhile.set((world.store.clone(), theirs.clone()));
    let change = ChangePassword {
        portal: world.portal.id,
        session: None,
        current: PASSWORD.to_owned(),
        new: "a whole new sentence".to_owned(),
        again: "a whole new sentence".to_owned(),
    };
    let refused = world
        .service
        .change_password(&Actor::signed_in(world.jonas), change)
        .await;
    assert!(matches!(refused, Err(ChangePasswordError::Invalid(_))), "{refused:?}");
    let mut tx = world.store.begin(Access::Read).await.unwrap();
    assert_eq!(tx.accounts().account(world.jonas).await.unwrap(), Some(theirs));
}

#[tokio::test]
async fn sign_ins_take_their_turns_in_one_order() {
    let world = World::new().await;
    let store = RecordingStore::new(world.store.clone());
    let calls = store.calls();
    let service = Portal::builder()
        .store(store)
        .files(MemoryFiles::default())
        .passwords(PlainPasswords::default())
        .bodies(PlainBodies)
        .clock(world.clock.clone())
        .ids(SequentialIds::series(8))
        .secrets(SeededSecrets::new(8))
        .pacer(NoPause)
        .build()
        .unwrap();
    let command = SignIn {
        portal: world.portal.id,
        email: address("Jonas Weber"),
        password: PASSWORD.to_owned(),
        network: "192.0.2.1".to_owned(),
        device: String::new(),
        known_as: None,
    };
    service.sign_in(command).await.unwrap();
    // Counting takes the turn at both keys by reading them. Had the second unit of work written the first key before it
    // read it, it would hold that row while it waits for the second key, and the other way round: a deadlock.
    let calls = calls.take();
    let begun = calls.iter().rposition(|it| it == "begin Write").unwrap();
    let turns: Vec<&str> = calls[begun..]
        .iter()
        .map(String::as_str)
        .filter(|it| it.contains("throttle"))
        .collect();
    assert_eq!(
        turns,
        [
            "accounts.throttle",
            "accounts.set_throttle",
            "accounts.throttle",
            "accounts.set_throttle"
        ]
    );
}

#[tokio::test]
async fn log_004_guessing_the_current_password_is_slowed_down_too() {
    let world = World::new().await;
    let command = ChangePassword {
        portal: world.portal.id,
        session: None,
        current: "wrong".to_owned(),
        new: "nine blue lighthouses".to_owned(),
        again: "nine blue lighthouses".to_owned(),
    };
    let actor = Actor::signed_in(world.jonas);
    for _ in 0..3 {
        assert!(matches!(
            world.service.change_password(&actor, command.clone()).await,
            Err(ChangePasswordError::Invalid(_))
        ));
    }
    assert!(matches!(
        world.service.change_password(&actor, command).await,
        Err(ChangePasswordError::TooSoon { .. })
    ));
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_owner_only() {
    let world = World::new().await;
    let email = address("Jonas Weber");
    let here = world.sign_in(&email, PASSWORD).await.unwrap();
    let there = world.sign_in(&email, PASSWORD).await.unwrap();
    let actor = Actor::signed_in(world.jonas);
    assert_eq!(
        world
            .service
            .account_page(&actor, world.portal.id)
            .await
            .unwrap()
            .sessions
            .len(),
        2
    );
    world
        .service
        .end_sessions(&Actor::signed_in(world.aylin), EndSessions::One(there.session))
        .await
        .unwrap();
    assert!(world.arrive(Credential::Session(there.secret.clone())).await.is_some());
    world
        .service
        .end_sessions(&actor, EndSessions::OthersThan(here.session))
        .await
        .unwrap();
    assert!(world.arrive(Credential::Session(there.secret)).await.is_none());
    world.service.sign_out(world.jonas, here.session).await.unwrap();
    assert!(world.arrive(Credential::Session(here.secret)).await.is_none());
}

#[tokio::test]
async fn log_035_a_token_acts_in_its_portal_and_never_on_the_account() {
    let world = World::new().await;
    let command = CreateApiToken {
        portal: world.portal.id,
        name: "Monitoring".to_owned(),
        mode: Mode::Read,
        days: 30,
    };
    let made = world
        .service
        .create_api_token(&Actor::signed_in(world.jonas), command.clone())
        .await
        .unwrap();
    let visitor = world.arrive(Credential::Token(made.secret.clone())).await.unwrap();
    assert!(world.service.create_api_token(&visitor.actor, command).await.is_err());
    assert!(
        world
            .service
            .end_sessions(&visitor.actor, EndSessions::All)
            .await
            .is_err()
    );
    let rename = UpdateProfile {
        name: "Mallory".to_owned(),
        language: None,
        time_zone: None,
    };
    assert!(world.service.update_profile(&visitor.actor, rename).await.is_err());
    world.days(31);
    assert!(world.arrive(Credential::Token(made.secret)).await.is_none());
}

#[tokio::test]
async fn log_035_a_removed_token_is_none() {
    let world = World::new().await;
    let actor = Actor::signed_in(world.jonas);
    let command = CreateApiToken {
        portal: world.portal.id,
        name: "Monitoring".to_owned(),
        mode: Mode::Write,
        days: 366,
    };
    let made = world.service.create_api_token(&actor, command).await.unwrap();
    world
        .service
        .remove_api_token(&Actor::signed_in(world.aylin), made.token.id)
        .await
        .unwrap();
    assert!(world.arrive(Credential::Token(made.secret.clone())).await.is_some());
    world.service.remove_api_token(&actor, made.token.id).await.unwrap();
    assert!(world.arrive(Credential::Token(made.secret)).await.is_none());
}

#[tokio::test]
async fn the_profile_is_changed_and_checked() {
    let world = World::new().await;
    let actor = Actor::signed_in(world.jonas);
    let wrong = UpdateProfile {
        name: " ".to_owned(),
        language: Some("english!".to_owned()),
        time_zone: Some("<script>".to_owned()),
    };
    let err = world
        .service
        .update_profile(&actor, wrong)
        .await
        .unwrap_err()
        .to_string();
    for field in ["name", "language", "time_zone"] {
        assert!(err.contains(field), "{err}");
    }
    let right = UpdateProfile {
        name: "Jonas W.".to_owned(),
        language: Some("de".to_owned()),
        time_zone: Some("Europe/Zurich".to_owned()),
    };
    world.service.update_profile(&actor, right).await.unwrap();
    let profile = world
        .service
        .account_page(&actor, world.portal.id)
        .await
        .unwrap()
        .profile;
    assert_eq!(
        (profile.name.as_str(), profile.time_zone.as_deref()),
        ("Jonas W.", Some("Europe/Zurich"))
    );
}
