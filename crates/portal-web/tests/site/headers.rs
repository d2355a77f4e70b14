//! What every response says.

use poem::http::Method;

use crate::tour::addresses;
use crate::world::{Got, Settings, World};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
     form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

fn check(what: &str, got: &Got, tls: bool) {
    let policy = got.header("content-security-policy");
    if what.contains("/files/") && got.status == 200 {
        assert_eq!(policy, "sandbox; default-src 'none'; frame-ancestors 'none'", "{what}");
    } else if tls {
        assert_eq!(policy, format!("{POLICY}; upgrade-insecure-requests"), "{what}");
    } else {
        assert_eq!(policy, POLICY, "{what}");
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "strict-transport-security",
            if tls { "max-age=31536000; includeSubDomains" } else { "" },
        ),
        ("server", ""),
        ("x-powered-by", ""),
    ] {
        assert_eq!(got.header(name), value, "{name} of {what}");
    }
    assert!(got.header("permissions-policy").contains("camera=()"), "{what}");
    assert_eq!(got.header("x-request-id").len(), 32, "{what}");
    let kept = what.contains("/s/") || what.contains("favicon");
    if !kept || got.status != 200 {
        assert_eq!(got.header("cache-control"), "private, no-store", "{what}");
        assert!(
            got.set_cookies()
                .iter()
                .all(|it| it.contains("HttpOnly") && it.contains("SameSite=Lax")),
            "{what}"
        );
    } else {
        assert!(got.set_cookies().is_empty(), "{what}");
    }
    assert!(!got.header("vary").is_empty(), "{what}");
    if got.header("content-type").starts_with("text/html") {
        for word in ["<script>", " style=", " onclick", " onload", "javascript:", "http://"] {
            assert!(!got.body.contains(word), "{what} has {word}");
        }
    }
}

async fn crawl(base_url: &'static str, tls: bool) {
    let world = World::with(Settings {
        base_url,
        ..Settings::default()
    })
    .await;
    let mut anna = world.signed_in("anna").await;
    anna.open("Printer").await;
    let form = poem::test::TestForm::new()
        .text("body", "x")
        .field(poem::test::TestFormField::text("log").name("files").filename("a.txt"));
    let sent = anna.upload("/support/1/reply", form).await;
    let page = anna.follow(&sent).await;
    let file = page
        .body
        .split("/support/files/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let mut nobody = world.browser();
    for (method, path) in addresses(&file) {
        check(
            &format!("{method} {path}, anonymous"),
            &nobody.visit(&method, &path).await,
            tls,
        );
    }
    for (method, path) in addresses(&file) {
        let got = anna.visit(&method, &path).await;
        check(&format!("{method} {path}"), &got, tls);
        assert!(got.status < 500, "{method} {path}: {}", got.status);
    }
    for path in [
        "/support/999",
        "/support/x",
        "/other",
        "/support/files/x",
        "/a/b/c/d",
        "/%2e%2e",
        "/admin",
        "/s/x/nothing",
        "/api",
        "/api/v1/portals/support/tickets",
    ] {
        let got = nobody.get(path).await;
        check(path, &got, tls);
    }
    for method in [
        Method::PUT,
        Method::DELETE,
        Method::PATCH,
        Method::OPTIONS,
        Method::TRACE,
    ] {
        let request = nobody.request(world.client.request(method.clone(), "/support/1"));
        let got = nobody.send(request).await;
        assert_eq!((got.status, got.header("allow")), (405, "GET, HEAD"), "{method}");
        check("405", &got, tls);
    }
    let foreign = nobody
        .send(world.client.get("/support").header("host", "evil.example"))
        .await;
    assert_eq!(foreign.status, 421);
    check("421", &foreign, tls);
}

#[tokio::test]
async fn every_response_is_strict_behind_tls() {
    crawl("https://help.example.com", true).await;
}

#[tokio::test]
async fn every_response_is_strict_in_the_clear() {
    crawl("http://help.example.com", false).await;
}

#[tokio::test]
async fn assets_are_kept_under_their_own_hash_only() {
    let world = World::new().await;
    let mut browser = world.browser();
    let page = browser.get("/support/sign-in").await;
    let href = page
        .body
        .split("rel=\"stylesheet\" href=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let css = browser.get(&href).await;
    assert_eq!(
        (css.status, css.header("cache-control")),
        (200, "public, max-age=31536000, immutable")
    );
    assert_eq!(
        (css.header("content-type"), css.header("vary")),
        ("text/css; charset=utf-8", "Accept-Encoding")
    );
    assert_eq!(browser.get("/s/0123/app.css").await.header("cache-control"), "no-cache");
    let request = browser.request(world.client.get(&href)).header("accept-encoding", "br");
    let packed = browser.send(request).await;
    assert_eq!(packed.header("content-encoding"), "br");
    let request = browser
        .request(world.client.get(&href))
        .header("if-none-match", css.header("etag"));
    let again = browser.send(request).await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
}

#[tokio::test]
async fn probes_answer_on_any_host_and_say_nothing() {
    let world = World::new().await;
    for path in ["/healthz", "/readyz"] {
        let got = world
            .browser()
            .send(world.client.get(path).header("host", "10.1.2.3:8080"))
            .await;
        assert_eq!((got.status, got.body.as_str()), (200, "ok\n"));
    }
}
