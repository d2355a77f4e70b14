//! Attacks of the catalogue on signing in, sessions and the staff's side, as far as one needs nothing but a browser for them.

use portal_core::actor::{Mode, Task};
use portal_core::crm::Contact;
use portal_core::ports::{Access, Store};
use portal_core::staff::Permission;

use crate::world::{Browser, HOST, PASSWORD, World, contact};

/// Every address of the staff's side, from the table that a test of its own keeps true: method, path, what it needs.
fn staff_addresses() -> Vec<(&'static str, String, &'static str)> {
    let table = include_str!(
        "../../src/office/routes/snapshots/portal_web__office__routes__tests__every_address_of_the_staff_says_who_from_where_and_whether_it_is_audited.snap"
    );
    let lines = table.lines().filter(|it| it.contains(" needs:"));
    let addresses: Vec<_> = lines
        .map(|line| {
            let mut words = line.split(' ');
            let (method, path) = (words.next().unwrap(), words.next().unwrap());
            let needs = words.next().unwrap().trim_start_matches("needs:");
            (method, filled(path), needs)
        })
        .collect();
    assert!(addresses.len() > 100, "the table is not what it was");
    addresses
}

/// The path with something in its places.
fn filled(path: &str) -> String {
    let piece = |it: &str| match it {
        "{number}" => "1".to_owned(),
        "{mail}" | "{kind}" => "invitation".to_owned(),
        "{language}" => "en".to_owned(),
        it if it.starts_with('{') => "00000000-0000-7000-8000-000000000001".to_owned(),
        it => it.to_owned(),
    };
    path.split('/').map(piece).collect::<Vec<_>>().join("/")
}

async fn asked(browser: &Browser<'_>, method: &str, path: &str) -> crate::world::Got {
    let client = &browser.world.client;
    let request = if method == "POST" {
        browser.request(client.post(path)).form(&[("name", "changed")])
    } else {
        browser.request(client.get(path))
    };
    browser.clone().send(request).await
}

#[tokio::test]
async fn adm_004_an_agent_without_permissions_opens_no_page_of_the_staff_that_needs_one() {
    let world = World::new().await;
    let agent = world.office("Agent", &[]).await;
    for (method, path, needs) in staff_addresses() {
        if matches!(needs, "nobody" | "staff") {
            continue;
        }
        world.calls.take();
        let got = asked(&agent, method, &path).await;
        assert_eq!(got.status, 403, "{method} {path}");
        let calls = world.calls.take();
        assert!(!calls.iter().any(|it| it == "commit"), "{method} {path}: {calls:?}");
    }
}

#[tokio::test]
async fn adm_005_whoever_is_not_of_the_staff_gets_no_page_of_theirs() {
    let world = World::new().await;
    let (nobody, anna) = (world.browser(), world.signed_in("anna").await);
    for (method, path, needs) in staff_addresses() {
        if needs == "nobody" {
            continue;
        }
        for browser in [&nobody, &anna] {
            let got = asked(browser, method, &path).await;
            assert!(
                got.status == 303 && got.location().starts_with("/desk/sign-in") || got.status == 401,
                "{method} {path}: {} {}",
                got.status,
                got.location()
            );
        }
    }
    for path in [
        "/metrics",
        "/debug",
        "/debug/pprof",
        "/graphql",
        "/actuator/health",
        "/.env",
        "/.git/config",
        "/server-status",
        "/api/v1/admin/portals",
        "/api/v1/desk",
    ] {
        let got = nobody.clone().get(path).await;
        assert!(matches!(got.status, 401 | 404), "{path}: {}", got.status);
    }
    let health = nobody.clone().get("/healthz").await.body;
    assert!(health.len() < 40 && !health.contains("0."), "{health}");
}

#[tokio::test]
async fn adm_010_adm_011_no_form_of_the_staff_is_taken_from_elsewhere() {
    let world = World::new().await;
    let admin = world.office("Mara", &[Permission::Admin]).await;
    let cookie = format!("__Host-desk={}", admin.cookies["__Host-desk"]);
    let origins: [&[(&str, &str)]; 8] = [
        // A browser that says nothing, as an old one would.
        &[],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[
            ("sec-fetch-site", "same-site"),
            ("origin", "https://status.example.com"),
        ],
        &[("sec-fetch-site", "none")],
        &[("origin", "https://evil.example")],
        &[("origin", "http://help.example.com")],
        &[("referer", "https://help.example.com/admin")],
    ];
    for (method, path, _) in staff_addresses() {
        if method != "POST" {
            continue;
        }
        for origin in origins {
            world.calls.take();
            let mut request = world.client.post(&path).header("host", HOST).header("cookie", &cookie);
            for (name, value) in origin {
                request = request.header(*name, *value);
            }
            let got = admin
                .clone()
                .send(request.form(&[("_method", "PUT"), ("name", "evil")]))
                .await;
            assert_eq!(got.status, 403, "{path} from {origin:?}");
            assert!(got.set_cookies().is_empty(), "{path}");
            // Whether the server is set up at all is asked before anything else; who comes is not.
            let mut calls = world.calls.take();
            calls.retain(|it| it != "begin Read" && it != "staffing.has_admin_or_portal");
            assert_eq!(calls, Vec::<String>::new(), "{path}: the store was asked");
        }
        for kind in ["text/plain", "application/json", "multipart/form-data"] {
            let request = admin
                .request(world.client.post(&path))
                .header("content-type", kind)
                .body("name=evil");
            let got = admin.clone().send(request).await;
            assert!(
                matches!(got.status, 400 | 404 | 415 | 422),
                "{path} as {kind}: {}",
                got.status
            );
        }
    }
}

#[tokio::test]
async fn adm_014_names_that_customers_and_colleagues_give_are_text_on_every_page_of_the_staff() {
    const EVIL: &str = "\"><img src=x onerror=alert(1)><script>alert(1)</script>";
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    let number = anna.open(EVIL).await;
    let mut tx = world.store.begin(Access::Write).await.unwrap();
    let before = tx
        .directory()
        .contact(&Task::CommandLine, contact("anna"))
        .await
        .unwrap()
        .unwrap();
    let renamed = Contact {
        name: EVIL.parse().unwrap(),
        ..before
    };
    tx.directory().put_contact(&Task::CommandLine, &renamed).await.unwrap();
    tx.commit().await.unwrap();
    let mut admin = world.office("Mara", &[Permission::Admin]).await;
    let mut shown = 0;
    for path in [
        "/admin/contacts".to_owned(),
        format!("/admin/contacts/{}", contact("anna")),
        format!("/admin/contacts/{}/edit", contact("anna")),
        "/admin/companies".to_owned(),
        "/admin/audit".to_owned(),
        format!("/admin/portals/{}/members", crate::world::portal_id(0)),
        "/desk".to_owned(),
        format!("/desk/tickets/{number}"),
        format!("/support/{number}"),
    ] {
        let got = if path.starts_with("/support") {
            anna.get(&path).await
        } else {
            admin.get(&path).await
        };
        assert!(matches!(got.status, 200 | 303), "{path}: {}", got.status);
        assert!(
            !got.body.contains("<script>alert") && !got.body.contains("<img src=x"),
            "{path}: {}",
            got.body
        );
        shown += usize::from(got.body.contains("&lt;script&gt;alert(1)"));
        let policy = got.header("content-security-policy");
        assert!(
            policy.contains("script-src 'self'") && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
    }
    assert!(shown >= 4, "the names were shown on {shown} pages only");
}

#[tokio::test]
async fn log_002_many_accounts_from_one_network_wait_together() {
    let world = World::new().await;
    let mut browser = world.browser();
    let mut refused = 0;
    for number in 0..40 {
        let email = format!("somebody{number}@example.com");
        let form = [("email", email.as_str()), ("password", "password of the year")];
        let got = browser.post("/support/sign-in", &form).await;
        assert!(matches!(got.status, 422 | 429), "{}", got.status);
        if got.status == 429 {
            assert!(!got.header("retry-after").is_empty());
            refused += 1;
        }
    }
    assert!(refused >= 20, "only {refused} of 40 had to wait");
}

#[tokio::test]
async fn log_007_a_password_without_end_is_refused_like_any_wrong_one() {
    let world = World::new().await;
    let mut browser = world.browser();
    for length in [257, 60_000] {
        let password = "x".repeat(length);
        let got = browser
            .post(
                "/support/sign-in",
                &[("email", "anna@example.com"), ("password", &password)],
            )
            .await;
        assert_eq!(got.status, 422, "{length}");
        assert!(!got.body.contains("xxxxxxxx"), "it does not come back");
    }
    let endless = "x".repeat(1_000_000);
    let form = [("email", "anna@example.com"), ("password", endless.as_str())];
    assert_eq!(browser.post("/support/sign-in", &form).await.status, 413);
}

#[tokio::test]
async fn log_008_a_planted_session_is_never_anybodys() {
    let world = World::new().await;
    let mut anna = world.browser();
    let planted = format!("ptl_session_{}", "0".repeat(64));
    anna.cookies.insert("__Host-portal".to_owned(), planted.clone());
    anna.cookies.insert("portal".to_owned(), planted.clone());
    let form = [("email", "anna@example.com"), ("password", PASSWORD)];
    assert_eq!(anna.post("/support/sign-in", &form).await.status, 303);
    let own = anna.cookies["__Host-portal"].clone();
    assert_ne!(own, planted, "signing in makes a new secret");
    let mut mallory = world.browser();
    mallory.cookies.insert("__Host-portal".to_owned(), planted);
    assert_eq!(mallory.get("/support").await.status, 303, "the planted one is nothing");
    // A secret of somebody else in the address is not looked at.
    let mut nobody = world.browser();
    for name in ["session", "sid", "portal", "__Host-portal"] {
        assert_eq!(
            nobody.get(&format!("/support?{name}={own}")).await.status,
            303,
            "{name}"
        );
    }
    // Signing in again ends what was there before: whoever had copied it has nothing.
    let mut copy = world.browser();
    copy.cookies.insert("__Host-portal".to_owned(), own.clone());
    anna.post("/support/sign-out", &[]).await;
    assert_eq!(anna.post("/support/sign-in", &form).await.status, 303);
    assert_ne!(anna.cookies["__Host-portal"], own);
    assert_eq!(copy.get("/support").await.status, 303);
}

#[tokio::test]
async fn log_010_signing_out_is_a_post_that_clears_what_the_browser_keeps() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    for method in ["GET", "HEAD"] {
        let request = if method == "GET" {
            anna.request(world.client.get("/support/sign-out"))
        } else {
            anna.request(world.client.head("/support/sign-out"))
        };
        let got = anna.clone().send(request).await;
        assert!(matches!(got.status, 404 | 405), "{method}: {}", got.status);
        assert_eq!(anna.get("/support").await.status, 200, "{method} changed something");
    }
    let got = anna.clone().post("/support/sign-out", &[]).await;
    assert_eq!(got.header("clear-site-data"), "\"cache\", \"storage\"");
    assert_eq!(
        anna.get("/support").await.status,
        303,
        "the session is over on the server"
    );

    let mut mara = world.office("Mara", &[Permission::Admin]).await;
    assert!(matches!(mara.get("/desk/sign-out").await.status, 404 | 405));
    assert_eq!(mara.get("/admin").await.status, 200);
    let got = mara.clone().post("/desk/sign-out", &[]).await;
    assert!(
        got.header("clear-site-data").contains("\"storage\""),
        "{:?}",
        got.headers
    );
    assert_eq!(mara.get("/admin").await.status, 303);
}

#[tokio::test]
async fn log_016_every_cookie_of_every_page_is_strict() {
    let world = World::new().await;
    let mut anna = world.browser();
    anna.get("/support").await;
    let form = [("email", "anna@example.com"), ("password", PASSWORD)];
    let mut seen = 0;
    let mut check = |got: &crate::world::Got, path: &str| {
        for line in got.set_cookies() {
            seen += 1;
            assert!(line.contains("; Path=/") && line.contains("; Secure"), "{path}: {line}");
            assert!(!line.to_lowercase().contains("domain="), "{path}: {line}");
            assert!(
                line.contains("SameSite=Lax") || line.contains("SameSite=Strict"),
                "{path}: {line}"
            );
            let named = line.split('=').next().unwrap();
            if named.starts_with("__Host-") {
                assert!(line.contains("; HttpOnly"), "{path}: {line}");
            } else {
                assert!(matches!(named, "lang" | "theme" | "tz"), "{path}: {line}");
            }
        }
    };
    check(&anna.post("/support/sign-in", &form).await, "sign-in");
    for path in crate::tour::forms() {
        check(&anna.clone().post(path, &crate::tour::fields(path)).await, path);
        check(&anna.clone().get(path).await, path);
    }
    let admin = world.office("Mara", &[Permission::Admin]).await;
    // A stream has no end to be waited for.
    let answered = staff_addresses().into_iter().filter(|it| !it.1.ends_with("/stream"));
    for (method, path, _) in answered {
        check(&asked(&admin, method, &path).await, &path);
    }
    assert!(seen > 5, "only {seen} cookies");
}

#[tokio::test]
async fn log_035_a_token_counts_in_its_header_only() {
    let world = World::new().await;
    let reader = world.program("anna", Mode::Read).await;
    let path = "/api/v1/portals/support/tickets";
    for name in ["token", "access_token", "api_key", "authorization"] {
        let request = world
            .client
            .get(format!("{path}?{name}={}", reader.token))
            .header("host", HOST);
        let status = world.browser().send(request).await.status;
        assert!(matches!(status, 400 | 401), "{name}: {status}");
    }
    for value in [
        reader.token.clone(),
        format!("Basic {}", reader.token),
        format!("Bearer  {}", reader.token.to_uppercase()),
        "Bearer ".to_owned(),
    ] {
        let request = world
            .client
            .get(path)
            .header("host", HOST)
            .header("authorization", &value);
        assert_eq!(world.browser().send(request).await.status, 401, "{value:.9}");
    }
    assert!(reader.token.starts_with("ptl_"), "scanners know it by its beginning");
}

#[tokio::test]
async fn reg_031_pages_with_a_secret_in_their_address_send_it_nowhere() {
    let world = World::new().await;
    let mut anna = world.browser();
    for path in [
        "/support/invitation?token=ptl_invite_00",
        "/support/reset?token=ptl_reset_00",
        "/support/register/verify?token=ptl_register_00",
        "/support/sign-in/link?token=ptl_signin_00",
        "/support/address/confirm?token=ptl_address_00",
        "/support/address/revert?token=ptl_revert_00",
        "/desk/join?token=ptl_staff_00",
    ] {
        let got = anna.get(path).await;
        let policy = got.header("referrer-policy");
        assert!(matches!(policy, "same-origin" | "no-referrer"), "{path}: {policy}");
        assert!(got.header("cache-control").contains("no-store"), "{path}");
        assert!(
            !got.body.contains("src=\"http") && !got.body.contains("_00"),
            "{path}: {}",
            got.body
        );
    }
}
