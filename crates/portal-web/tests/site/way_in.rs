//! On the way in: what the pages offer, and what odd links and codes get.

use portal_core::access::AccessRule;
use portal_core::actor::Task;
use portal_core::id::{DomainId, Uuid};
use portal_core::ports::{Access, Store};
use portal_core::settings::{ConsentNotice, Domain, Ownership, PrivateContent, SettingsValue, SignInMethods};
use portal_core::text::{Locale, Localized};

use crate::world::{HOST, PASSWORD, World, portal_id};

async fn with_domain(private: PrivateContent) -> World {
    let world = World::new().await;
    let domain = Domain {
        id: DomainId::from_uuid(Uuid::from_u128(77)),
        host: HOST.parse().unwrap(),
        language: Locale::english(),
        ownership: Ownership::Local,
        private,
        from: None,
    };
    let mut tx = world.store.begin(Access::Write).await.unwrap();
    tx.settings().put_domain(&Task::CommandLine, &domain).await.unwrap();
    tx.commit().await.unwrap();
    world
}

#[tokio::test]
async fn the_sign_in_page_offers_what_the_domain_does() {
    for (password, mail) in [(true, true), (true, false), (false, true)] {
        let world = with_domain(PrivateContent {
            methods: SignInMethods { password, mail },
            ..PrivateContent::default()
        })
        .await;
        let mut anna = world.browser();
        let page = anna.get("/support/sign-in").await;
        assert_eq!(page.body.contains("name=\"password\""), password);
        assert_eq!(page.body.contains("value=\"code\""), mail);
        assert_eq!(page.body.contains("/support/forgot"), password);
        let form = [("email", "anna@example.com"), ("password", PASSWORD)];
        let signed_in = anna.post("/support/sign-in", &form).await;
        assert_eq!(signed_in.status == 303, password);
    }
}

#[tokio::test]
async fn registration_is_a_page_only_where_anybody_may() {
    for open in [false, true] {
        let world = with_domain(PrivateContent {
            self_registration: open,
            ..PrivateContent::default()
        })
        .await;
        let task = &Task::CommandLine;
        let mut tx = world.store.begin(Access::Write).await.unwrap();
        let mut site = tx.directory().portal(portal_id(0)).await.unwrap().unwrap();
        site.access = AccessRule::EveryRegisteredContact;
        tx.directory().put_portal(task, &site).await.unwrap();
        tx.commit().await.unwrap();
        let mut anna = world.browser();
        let page = anna.get("/support/register").await;
        assert_eq!(page.body.contains("action=\"/support/register\""), open);
        let lead = if open {
            "We send a mail to your address first."
        } else {
            "Accounts for this portal are made by invitation."
        };
        assert!(page.body.contains(lead), "{}", page.body);
        let form = [("name", "Ada"), ("email", "ada@new.example")];
        let got = anna.post("/support/register", &form).await;
        assert_eq!(got.status, if open { 303 } else { 404 });
    }
}

#[tokio::test]
async fn reg_001_known_and_unknown_addresses_are_answered_the_same() {
    let world = with_domain(PrivateContent::default()).await;
    for path in ["/support/sign-in", "/support/forgot"] {
        let answer = async |email: &str| {
            let mut browser = world.browser();
            let got = browser.post(path, &[("email", email), ("how", "code")]).await;
            let next = browser.follow(&got).await;
            (got.status, got.location().to_owned(), next.status, next.body)
        };
        let known = answer("anna@example.com").await;
        assert_eq!(known.0, 303);
        let unknown = answer("nobody-at-all@example.com").await;
        assert_eq!((known.0, known.1, known.2), (unknown.0, unknown.1, unknown.2));
        assert_eq!(known.3, unknown.3);
    }
}

#[tokio::test]
async fn reg_007_odd_links_get_nothing() {
    let world = with_domain(PrivateContent::default()).await;
    let mut anna = world.browser();
    let long = "a".repeat(10_000);
    for token in [
        "",
        "%20",
        "%25",
        "_",
        "*",
        "a",
        &long,
        "%00",
        "ptl_invite_00",
        "%7B%22a%22%3A1%7D",
    ] {
        for page in [
            "invitation",
            "reset",
            "sign-in/link",
            "register/verify",
            "address/confirm",
            "address/revert",
        ] {
            let got = anna.get(&format!("/support/{page}?token={token}")).await;
            assert_eq!(got.status, 404, "{page} {token:.20}");
        }
    }
    let got = anna.get("/support/invitation?token[]=ptl_invite_00").await;
    assert_eq!(got.status, 404);
    for page in ["invitation", "reset", "sign-in/link", "register/verify"] {
        let got = anna.post(&format!("/support/{page}"), &[("token", "ptl_x_00")]).await;
        assert_eq!(got.status, 404, "{page}");
    }
}

#[tokio::test]
async fn log_004_a_code_without_a_mail_is_wrong_and_soon_too_often() {
    let world = with_domain(PrivateContent::default()).await;
    let mut anna = world.browser();
    let mut last = 0_u16;
    for _ in 0..11 {
        last = anna.post("/support/sign-in/code", &[("code", "123456")]).await.status;
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn a_consent_notice_comes_before_every_page_once_for_each_version() {
    let world = with_domain(PrivateContent::default()).await;
    let mut anna = world.signed_in("anna").await;
    let mut jonas = world.signed_in("jonas").await;
    for version in 1..=2 {
        let notice = ConsentNotice {
            text: Some(Localized::new(Locale::english(), format!("Terms {version}"))),
            version,
            counts_from: version,
        };
        world.set(SettingsValue::Consent(notice)).await;
        let stopped = anna.get("/support/new").await;
        assert_eq!(stopped.status, 303);
        assert!(stopped.location().starts_with("/support/consent?next="));
        let page = anna.follow(&stopped).await;
        assert!(page.body.contains(&format!("Terms {version}")));
        let number = version.to_string();
        let form = [("consent_version", number.as_str()), ("next", "/support/new")];
        assert_eq!(anna.post("/support/consent", &form).await.status, 422);
        let ticked = [form[0], form[1], ("consent", "yes")];
        let accepted = anna.post("/support/consent", &ticked).await;
        assert_eq!(accepted.location(), "/support/new");
        assert_eq!(anna.get("/support/new").await.status, 200);
        assert_eq!(jonas.get("/support").await.status, 303, "everybody for themself");
    }
}
