//! Cookies: what they are called, what is taken from them.

use crate::world::{PASSWORD, Settings, World};

#[tokio::test]
async fn log_016_behind_tls_the_session_has_the_strict_name() {
    let world = World::new().await;
    let mut anna = world.browser();
    let got = anna
        .post(
            "/support/sign-in",
            &[("email", "anna@example.com"), ("password", PASSWORD)],
        )
        .await;
    let line = got.set_cookies()[0];
    assert!(
        line.starts_with("__Host-portal=ptl_session_") && line.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"),
        "{line}"
    );
    assert!(!line.contains("Domain") && !line.contains("Max-Age"));
    // The plain name counts for nothing there.
    let secret = anna.cookies.remove("__Host-portal").unwrap();
    anna.cookies.insert("portal".to_owned(), secret);
    assert_eq!(anna.get("/support").await.status, 303);
}

#[tokio::test]
async fn in_the_clear_it_has_the_plain_name() {
    let world = World::with(Settings {
        base_url: "http://127.0.0.1:8080",
        ..Settings::default()
    })
    .await;
    let mut anna = world.browser();
    let got = anna
        .post(
            "/support/sign-in",
            &[("email", "anna@example.com"), ("password", PASSWORD)],
        )
        .await;
    let line = got.set_cookies()[0];
    assert!(
        line.starts_with("portal=ptl_session_") && line.ends_with("; Path=/; HttpOnly; SameSite=Lax"),
        "{line}"
    );
    assert_eq!(anna.get("/support").await.status, 200);
}

#[tokio::test]
async fn choices_are_kept_and_nonsense_is_not() {
    let world = World::new().await;
    let mut browser = world.browser();
    let got = browser
        .post("/support/language", &[("language", "de"), ("back", "/support/account")])
        .await;
    assert_eq!((got.status, got.location()), (303, "/support/account"));
    let got = browser
        .post("/support/appearance", &[("theme", "dark"), ("back", "//evil")])
        .await;
    assert_eq!((got.status, got.location()), (303, "/support"));
    let page = browser.get("/support/sign-in").await;
    assert!(
        page.body.contains("lang=\"de\"") && page.body.contains("data-theme=\"dark\""),
        "{}",
        page.body
    );
    for (path, field, value) in [
        ("language", "language", "fr"),
        ("language", "language", "x\"><script>"),
        ("appearance", "theme", "pink"),
    ] {
        let got = browser.post(&format!("/support/{path}"), &[(field, value)]).await;
        assert_eq!(got.status, 400, "{value}");
    }
    for (name, value) in [
        ("lang", "<script>"),
        ("theme", "\"onload="),
        ("tz", "Nowhere/<x>"),
        ("__Host-flash", "<b>hello</b>"),
        ("__Host-portal", "ptl_\u{1}"),
    ] {
        browser
            .cookies
            .insert(name.to_owned(), value.trim_end_matches('\u{1}').to_owned());
    }
    let page = browser.get("/support/sign-in").await;
    assert_eq!(page.status, 200);
    assert!(
        !page.body.contains("<b>hello") && !page.body.contains("Nowhere") && !page.body.contains("onload="),
        "{}",
        page.body
    );
    assert!(page.body.contains("data-zone=\"Europe/Berlin\""));
}

#[tokio::test]
async fn log_010_sign_out_ends_the_session_for_good() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    let kept = anna.clone();
    let got = anna.post("/support/sign-out", &[]).await;
    assert!(
        got.set_cookies()
            .iter()
            .any(|it| it.starts_with("__Host-portal=;") && it.contains("Max-Age=0")),
        "{:?}",
        got.set_cookies()
    );
    assert_eq!(kept.clone().get("/support").await.status, 303);
    assert_eq!(anna.post("/support/sign-out", &[]).await.status, 303);
}
