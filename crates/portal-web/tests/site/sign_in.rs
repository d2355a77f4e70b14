//! Signing in: where it leads, and what it does not tell.

use std::time::Duration;

use crate::world::{PASSWORD, World};

async fn led_to(next: &str) -> String {
    let world = World::new().await;
    let mut anna = world.browser();
    let got = anna
        .post(
            "/support/sign-in",
            &[("email", "anna@example.com"), ("password", PASSWORD), ("next", next)],
        )
        .await;
    assert_eq!(got.status, 303, "{next}");
    got.location().to_owned()
}

#[tokio::test]
async fn it_leads_to_pages_of_this_portal_only() {
    for next in [
        "/support/4711",
        "/support?tab=mine",
        "/support/new",
        "/support/account",
        "/support/search?q=a%20b",
    ] {
        assert_eq!(led_to(next).await, next);
    }
    let long = "/support?q=".to_owned() + &"a".repeat(10_000);
    for next in [
        "",
        "//evil",
        "/\\evil",
        "https:evil",
        "https://evil.example/support",
        "%2f%2fevil",
        "/%09/evil",
        "javascript:alert(1)",
        "data:text/html,x",
        "@evil",
        "/support\r\nSet-Cookie: x=1",
        "/support/sign-out",
        "/support/sign-in",
        "/support/files/00000000-0000-0000-0000-000000000001",
        "/other",
        "/healthz",
        &long,
    ] {
        assert_eq!(led_to(next).await, "/support", "{next}");
    }
}

#[tokio::test]
async fn reg_002_a_known_and_an_unknown_address_are_the_same() {
    let world = World::new().await;
    let attempt = async |email: &str| {
        world.calls.take();
        let got = world
            .browser()
            .post(
                "/support/sign-in",
                &[("email", email), ("password", "something quite wrong")],
            )
            .await;
        (got.status, got.body.replace(email, "ADDRESS"), world.calls.take())
    };
    // The first request of all reads how the portal looks, whoever it is.
    world.browser().get("/support/sign-in").await;
    assert_eq!(attempt("anna@example.com").await, attempt("unknown@example.com").await);
}

#[tokio::test]
async fn a_form_without_anything_says_what_is_missing() {
    let world = World::new().await;
    let got = world
        .browser()
        .post(
            "/support/sign-in",
            &[("email", ""), ("password", ""), ("next", "/support/7")],
        )
        .await;
    assert_eq!(got.status, 422);
    assert!(
        got.body.contains("There are 2 problems") && got.field("next") == "/support/7",
        "{}",
        got.body
    );
    let got = world
        .browser()
        .post("/support/sign-in", &[("email", "not an address"), ("password", "x")])
        .await;
    assert_eq!(got.status, 422);
    assert!(got.body.contains("like name@example.com"), "{}", got.body);
}

#[tokio::test]
async fn whoever_is_signed_in_goes_on() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    let got = anna.get("/support/sign-in?next=%2Fsupport%2Faccount").await;
    assert_eq!((got.status, got.location()), (303, "/support/account"));
    // Signing in again ends the session that was there.
    let before = anna.clone();
    let got = anna
        .post(
            "/support/sign-in",
            &[("email", "jonas@example.com"), ("password", PASSWORD)],
        )
        .await;
    assert_eq!(got.status, 303);
    assert_eq!(before.clone().get("/support").await.status, 303);
    assert!(anna.get("/support/account").await.body.contains("jonas@example.com"));
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    world.clock.advance(Duration::from_hours(7));
    assert_eq!(anna.get("/support").await.status, 200);
    world.clock.advance(Duration::from_hours(9));
    let got = anna.get("/support").await;
    assert_eq!((got.status, got.location()), (303, "/support/sign-in"));
    assert!(!anna.cookies.contains_key("__Host-portal"), "the cookie is taken away");
}

#[tokio::test]
async fn log_013_who_is_removed_is_out_at_once() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    world
        .change_contact("anna", |it| it.standing = portal_core::crm::ContactStanding::Inactive)
        .await;
    assert_eq!(anna.get("/support").await.status, 303);
    let mut jonas = world.signed_in("jonas").await;
    world.change_contact("jonas", |it| it.groups.clear()).await;
    assert_eq!(jonas.get("/support").await.status, 403);
}
