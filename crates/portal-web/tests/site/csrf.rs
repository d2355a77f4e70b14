//! Forms are taken from own pages only, whoever is signed in.

use portal_core::ports::Store;

use crate::tour::{fields, forms};
use crate::world::{HOST, World};

#[tokio::test]
async fn no_form_is_taken_from_elsewhere() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    anna.open("Printer").await;
    let cookie = anna
        .cookies
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("; ");
    let origins: [&[(&str, &str)]; 9] = [
        &[],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("sec-fetch-site", "cross-site"), ("origin", "https://help.example.com")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "http://help.example.com")],
        &[("referer", "https://help.example.com/support")],
    ];
    for path in forms() {
        for origin in origins {
            world.calls.take();
            let mut request = world
                .client
                .post(path)
                .header("host", HOST)
                .header("cookie", &cookie)
                .form(&fields(path));
            for (name, value) in origin {
                request = request.header(*name, *value);
            }
            let got = anna.clone().send(request).await;
            assert_eq!(got.status, 403, "{path} from {origin:?}");
            assert!(got.body.contains("This form came from another site"), "{path}");
            assert!(got.set_cookies().is_empty(), "{path}");
            assert_eq!(world.calls.take(), Vec::<String>::new(), "{path}: the store was asked");
        }
    }
    world.store.ping().await.unwrap();
}

#[tokio::test]
async fn an_old_browser_that_names_its_origin_is_let_through() {
    let world = World::new().await;
    let anna = world.signed_in("anna").await;
    let cookie = anna
        .cookies
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("; ");
    let request = world
        .client
        .post("/support/new")
        .header("host", HOST)
        .header("cookie", &cookie)
        .header("origin", "https://help.example.com");
    let got = anna
        .clone()
        .send(request.form(&[("subject", "S"), ("description", "D")]))
        .await;
    assert_eq!(got.status, 303, "{}", got.body);
}

#[tokio::test]
async fn forms_come_as_forms() {
    let world = World::new().await;
    let anna = world.signed_in("anna").await;
    for path in forms() {
        for kind in [
            "application/json",
            "text/plain",
            "application/xml",
            "",
            "application/x-www-form-urlencodedx",
        ] {
            let request = anna
                .request(world.client.post(path))
                .header("content-type", kind)
                .body("subject=S&description=D&language=de");
            let got = anna.clone().send(request).await;
            assert_eq!(got.status, 400, "{path} as {kind}");
        }
    }
}

/// Whoever gets a page has changed nothing by it, but for the read mark of a ticket that was looked at.
#[tokio::test]
async fn pages_write_nothing() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    anna.open("Printer").await;
    anna.get("/support/1").await;
    for path in [
        "/support",
        "/support/new",
        "/support/search?q=printer",
        "/support/account",
        "/support/1/close",
        "/support/sign-in",
        "/support/1/private",
    ] {
        world.calls.take();
        anna.get(path).await;
        let calls = world.calls.take();
        assert!(
            !calls.iter().any(|it| it == "begin Write" || it == "commit"),
            "{path}: {calls:?}"
        );
    }
    let prefetch = anna
        .request(world.client.get("/support/1"))
        .header("sec-purpose", "prefetch;prerender");
    anna.send(prefetch).await;
    assert!(!world.calls.take().iter().any(|it| it == "tickets.raise_read_mark"));
    let head = anna.request(world.client.head("/support/1"));
    assert_eq!(anna.send(head).await.status, 200);
    assert!(!world.calls.take().iter().any(|it| it == "tickets.raise_read_mark"));
    anna.get("/support/1").await;
    assert_eq!(
        world
            .calls
            .take()
            .iter()
            .filter(|it| *it == "tickets.raise_read_mark")
            .count(),
        1
    );
}
