//! The account page and its forms.

use crate::world::{PASSWORD, World};

#[tokio::test]
async fn name_language_and_zone_are_saved_or_given_back() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    let page = anna.get("/support/account").await;
    assert!(
        page.body.contains("anna@example.com") && page.body.contains("Europe/Berlin") && page.body.contains("Deutsch"),
        "{}",
        page.body
    );
    let saved = anna
        .post(
            "/support/account/profile",
            &[("name", "Anna B."), ("language", "de"), ("zone", "Asia/Tokyo")],
        )
        .await;
    let page = anna.follow(&saved).await;
    assert!(
        page.body.contains("Anna B.") && page.body.contains("value=\"Asia/Tokyo\" selected"),
        "{}",
        page.body
    );
    for (fields, field) in [
        ([("name", ""), ("language", "en"), ("zone", "")], "f-name-problem"),
        ([("name", "A"), ("language", "fr"), ("zone", "")], "f-language-problem"),
        (
            [("name", "A"), ("language", ""), ("zone", "Mars/Base")],
            "f-zone-problem",
        ),
    ] {
        let got = anna.post("/support/account/profile", &fields).await;
        assert_eq!(got.status, 422, "{field}");
        assert!(got.body.contains(field), "{field}: {}", got.body);
    }
}

#[tokio::test]
async fn log_014_a_new_password_ends_the_other_sessions() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    let mut elsewhere = world.signed_in("anna").await;
    let new = "a quite different sentence";
    for (current, new, problem) in [
        ("wrong", new, "f-current-problem"),
        (PASSWORD, "short", "f-new-problem"),
        (PASSWORD, "annaannaannaanna", "f-new-problem"),
    ] {
        let got = anna
            .post("/support/account/password", &[("current", current), ("new", new)])
            .await;
        assert_eq!(got.status, 422, "{problem}");
        assert!(
            got.body.contains(problem) && !got.body.contains(PASSWORD),
            "{}",
            got.body
        );
    }
    let got = anna
        .post("/support/account/password", &[("current", PASSWORD), ("new", new)])
        .await;
    assert!(anna.follow(&got).await.body.contains("Your password is changed."));
    assert_eq!(elsewhere.get("/support").await.status, 303);
    let old = elsewhere
        .post(
            "/support/sign-in",
            &[("email", "anna@example.com"), ("password", PASSWORD)],
        )
        .await;
    assert_eq!(old.status, 422);
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    let mut second = world.signed_in("anna").await;
    let mut third = world.signed_in("anna").await;
    let page = anna.get("/support/account").await;
    let id = page.field("id");
    let ended = anna.post("/support/account/sessions/end", &[("id", &id)]).await;
    assert!(anna.follow(&ended).await.body.contains("That session is ended."));
    let alive = [second.get("/support").await.status, third.get("/support").await.status];
    assert_eq!(alive.iter().filter(|it| **it == 200).count(), 1);
    assert_eq!(anna.post("/support/account/sessions/end-others", &[]).await.status, 303);
    assert_eq!(
        [second.get("/support").await.status, third.get("/support").await.status],
        [303, 303]
    );
    assert_eq!(anna.get("/support").await.status, 200);
    // A session of somebody else is not there, and is not ended.
    let mut mallory = world.signed_in("mallory").await;
    let mut own = world.signed_in("anna").await;
    let id = anna.get("/support/account").await.field("id");
    mallory.post("/support/account/sessions/end", &[("id", &id)]).await;
    assert_eq!(own.get("/support").await.status, 200);
    assert_eq!(
        anna.post("/support/account/sessions/end", &[("id", "x")]).await.status,
        400
    );
}

#[tokio::test]
async fn log_035_a_token_is_shown_once_and_revoked() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    for fields in [
        [("token_name", ""), ("days", "30")],
        [("token_name", "ERP"), ("days", "100000")],
    ] {
        let got = anna.post("/support/account/tokens", &fields).await;
        assert_eq!(got.status, 422, "{}", got.body);
    }
    let made = anna
        .post(
            "/support/account/tokens",
            &[("token_name", "ERP"), ("scope", "read"), ("days", "30")],
        )
        .await;
    assert_eq!(made.status, 200);
    let secret = format!(
        "ptl_api_{}",
        made.body
            .split("ptl_api_")
            .nth(1)
            .unwrap()
            .split(['<', '"'])
            .next()
            .unwrap()
    );
    assert_eq!(secret.len(), 8 + 64);
    let page = anna.get("/support/account").await;
    assert!(page.body.contains("ERP") && !page.body.contains("ptl_api_"));
    let me = async |secret: &str| {
        let request = world
            .client
            .get("/api/v1/portals/support/me")
            .header("host", "help.example.com")
            .header("authorization", format!("Bearer {secret}"));
        world.browser().send(request).await
    };
    let got = me(&secret).await;
    assert_eq!(got.status, 200, "{}", got.body);
    assert!(got.body.contains("Anna Berg"));
    // The cookie is no credential there, and the token none on the pages.
    assert_eq!(anna.get("/api/v1/portals/support/me").await.status, 401);
    let pages = world
        .client
        .get("/support/account")
        .header("host", "help.example.com")
        .header("authorization", format!("Bearer {secret}"));
    assert_eq!(world.browser().send(pages).await.status, 303);
    let id = page.field("id");
    assert_eq!(
        anna.post("/support/account/tokens/revoke", &[("id", &id)]).await.status,
        303
    );
    assert_eq!(me(&secret).await.status, 401);
}
