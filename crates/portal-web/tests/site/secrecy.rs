//! What is not yours is not there.

use poem::http::{HeaderMap, Method};
use poem::test::{TestForm, TestFormField};

use crate::tour::{addresses, fields};
use crate::world::{Settings, World};

fn without_id(headers: &HeaderMap) -> Vec<(String, String)> {
    let mut all: Vec<_> = headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    all.retain(|(name, _)| name != "x-request-id");
    all.sort();
    all
}

/// Status, headers without the request's id, body, and the calls of the store: a ticket of another company and one that
/// does not exist are the same.
#[tokio::test]
async fn forbidden_and_absent_are_the_same() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    assert_eq!(anna.open("Secret printer").await, 1);
    let form = TestForm::new()
        .text("body", "x")
        .field(TestFormField::text("log").name("files").filename("a.txt"));
    let page = anna.upload("/support/1/reply", form).await;
    let page = anna.follow(&page).await;
    let file = page
        .body
        .split("/support/files/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let mut mallory = world.signed_in("mallory").await;
    let about: Vec<_> = addresses(&file)
        .into_iter()
        .filter(|(_, path)| path.contains("/1") || path.contains("/files/"))
        .collect();
    assert_eq!(about.len(), 14);
    for (method, path) in about {
        let other = path
            .replace("/support/1", "/support/999")
            .replace(&file, "00000000-0000-0000-0000-00000000beef");
        world.calls.take();
        let forbidden = mallory.visit(&method, &path).await;
        let calls = world.calls.take();
        let absent = mallory.visit(&method, &other).await;
        assert_eq!(forbidden.status, 404, "{method} {path}: {}", forbidden.body);
        assert_eq!(absent.status, 404, "{method} {other}");
        assert_eq!(without_id(&forbidden.headers), without_id(&absent.headers), "{path}");
        assert_eq!(forbidden.body, absent.body, "{path}");
        assert_eq!(calls, world.calls.take(), "{path}");
        assert!(!forbidden.body.contains("Secret") && !forbidden.body.contains("Anna"));
    }
    // Whatever else is not there has the same page too.
    let absent = mallory.get("/support/999").await;
    for path in [
        "/support/x",
        "/support/0",
        "/support/01",
        "/support/1/x",
        "/support/files/x",
        "/support/a/b/c",
    ] {
        let got = mallory.get(path).await;
        assert_eq!(
            (got.status, &got.body, without_id(&got.headers)),
            (404, &absent.body, without_id(&absent.headers)),
            "{path}"
        );
    }
    for path in [
        "/support",
        "/support?tab=company",
        "/support/search?q=printer",
        "/support/search?q=1",
        "/support/new?about=1",
    ] {
        let got = mallory.get(path).await;
        assert_eq!(got.status, 200, "{path}");
        assert!(!got.body.contains("Secret"), "{path}");
    }
}

#[tokio::test]
async fn a_colleague_reads_and_does_not_act() {
    let world = World::new().await;
    world.signed_in("anna").await.open("Shared printer").await;
    let mut jonas = world.signed_in("jonas").await;
    let page = jonas.get("/support/1").await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("You see it because it belongs to") && page.body.contains("not answer it"),
        "{}",
        page.body
    );
    for path in [
        "/support/1/reply",
        "/support/1/close",
        "/support/1/private",
        "/support/1/rate",
    ] {
        let got = jonas.post(path, &fields(path)).await;
        assert_eq!(got.status, 403, "{path}");
        assert!(got.body.contains("You cannot do this"), "{path}");
    }
    let mut anna = world.signed_in("anna").await;
    let done = anna.post("/support/1/private", &[("idem", "private-key")]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(jonas.get("/support/1").await.status, 404);
}

/// What anybody may ask, signed in or not.
const WAYS_IN: [&str; 6] = [
    "/support/forgot",
    "/support/reset",
    "/support/invitation",
    "/support/register",
    "/support/consent",
    "/support/address/",
];

#[tokio::test]
async fn a_contact_without_entry_is_told_so_and_no_more() {
    let world = World::new().await;
    world.signed_in("anna").await.open("Printer").await;
    let mut nobody = world.signed_in("nobody").await;
    for (method, path) in addresses("00000000-0000-0000-0000-000000000001") {
        if path.contains("sign-")
            || path.contains("language")
            || path.contains("appearance")
            || WAYS_IN.iter().any(|it| path.starts_with(it))
            || !path.starts_with("/support")
        {
            continue;
        }
        let got = nobody.visit(&method, &path).await;
        let own_account = method == Method::POST && path.contains("/account/") && !path.ends_with("/tokens");
        if !own_account {
            assert_eq!(got.status, 403, "{method} {path}");
            assert!(
                got.body.contains("Your account has no access to this portal") && got.body.contains("Switch account"),
                "{path}"
            );
        }
        assert!(!got.body.contains("Printer"), "{path}");
    }
}

#[tokio::test]
async fn a_portal_that_is_not_published_is_closed_for_everybody() {
    let world = World::with(Settings {
        published: false,
        ..Settings::default()
    })
    .await;
    let mut browser = world.browser();
    for path in ["/support", "/support/sign-in", "/support/1", "/support/nothing"] {
        let got = browser.get(path).await;
        assert_eq!((got.status, got.header("retry-after")), (503, "60"), "{path}");
        assert!(!got.body.contains("Acme"));
    }
    assert_eq!(browser.get("/").await.status, 404);
}

#[tokio::test]
async fn two_portals_on_a_host_share_the_session_and_nothing_else() {
    let world = World::with(Settings {
        portals: 2,
        ..Settings::default()
    })
    .await;
    let choice = world.browser().get("/").await;
    assert_eq!(choice.status, 200);
    assert!(
        choice.body.contains("href=\"/support\"") && choice.body.contains("Acme Partners"),
        "{}",
        choice.body
    );
    let mut anna = world.signed_in("anna").await;
    anna.open("Printer").await;
    assert_eq!(anna.get("/partners").await.status, 200);
    assert_eq!(anna.get("/partners/1").await.status, 404);
    let got = anna.post("/partners/1/reply", &[("body", "x")]).await;
    assert_eq!(got.status, 404);
    assert!(!anna.get("/partners").await.body.contains("Printer"));
    assert_eq!(anna.get("/unknown").await.status, 404);
}
