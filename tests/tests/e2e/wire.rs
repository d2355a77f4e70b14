//! What is sent over the wire: hosts, headers, methods, bodies, forms of other sites, addresses to be sent to, guesses.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use portal_e2e::html;
use portal_e2e::http::{Answer, Visitor, is_refusal};
use portal_e2e::raw;
use portal_e2e::site::Site;
use portal_e2e::world::people::{ADAM, ALICE, GIL, PAT};
use portal_e2e::world::{PASSWORD, World};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn the_wire() -> Result<()> {
    let site = Site::start(World::plain()).await?;
    web_001_every_answer_has_the_headers(&site).await?;
    web_004_nobody_is_sent_elsewhere(&site).await?;
    web_005_only_known_hosts(&site).await?;
    web_010_bodies_are_bounded(&site).await?;
    web_011_methods(&site).await?;
    web_014_no_script_runs_from_data(&site).await?;
    csrf_forms_come_from_our_pages(&site).await?;
    web_016_getting_changes_nothing(&site).await?;
    sign_in_cookies_and_guesses(&site).await
}

/// Pages, redirects, errors, static files, files, the API.
async fn web_001_every_answer_has_the_headers(site: &Site) -> Result<()> {
    let (alice, nobody) = (site.visitor(ALICE).await?, Visitor::new(&site.base)?);
    let page = alice
        .get(&format!("/support/{}", site.world.number("t1")))
        .await?
        .expect(200)?;
    let (assets, links): (Vec<_>, Vec<_>) = html::links(&page.text())
        .into_iter()
        .partition(|it| it.starts_with("/s/"));
    ensure!(assets.len() > 3, "no assets on the page: {links:?}");
    let mut answers = vec![page];
    for path in [
        "/",
        "/support",
        "/support/new",
        "/support/account",
        "/support/search?q=a",
        "/support/4711",
        "/support/x/y",
        "/nowhere",
        "/s/nothing.css",
        "/api/openapi.json",
        "/api/v1/portals/support/me",
        "/api/x",
        "/healthz",
        "/readyz",
        "/support/stream?number=x",
    ] {
        answers.push(nobody.get(path).await?);
        if !path.contains("stream") {
            answers.push(alice.get(path).await?);
        }
    }
    for path in links
        .iter()
        .filter(|it| it.contains("/files/"))
        .chain(assets.iter().take(3))
    {
        answers.push(alice.get(path).await?);
    }
    answers.push(
        nobody
            .sign_in("support", "nobody@example.com", "wrong wrong wrong")
            .await?,
    );
    answers.push(Answer::read("PUT".to_owned(), nobody.request(Method::PUT, "/support")).await?);
    for answer in answers {
        let all = |name: &str, wanted: &str| {
            ensure!(
                answer.header(name).contains(wanted),
                "{} ({}) has `{name}: {}`",
                answer.asked,
                answer.status,
                answer.header(name)
            );
            Ok(())
        };
        all("x-content-type-options", "nosniff")?;
        all("content-security-policy", "default-src 'none'")?;
        all("referrer-policy", "same-origin")?;
        all("cross-origin-opener-policy", "same-origin")?;
        all("cross-origin-resource-policy", "same-origin")?;
        all("permissions-policy", "=()")?;
        for name in ["server", "x-powered-by", "access-control-allow-origin"] {
            ensure!(
                answer.header(name).is_empty(),
                "{} tells `{name}: {}`",
                answer.asked,
                answer.header(name)
            );
        }
        let policy = answer.header("content-security-policy");
        ensure!(
            !policy.contains("unsafe-") && !policy.contains('*') && !policy.contains("http:"),
            "{} has the policy {policy}",
            answer.asked
        );
        // Without TLS there must be no talk of it.
        ensure!(
            answer.header("strict-transport-security").is_empty() && !policy.contains("upgrade-insecure"),
            "{} talks of https",
            answer.asked
        );
        let is_static = answer.asked.contains("/s/") && answer.status == 200;
        ensure!(
            is_static || answer.header("cache-control").contains("no-store"),
            "{} may be kept: {}",
            answer.asked,
            answer.header("cache-control")
        );
    }
    Ok(())
}

async fn web_004_nobody_is_sent_elsewhere(site: &Site) -> Result<()> {
    let long = format!("/support/{}", "x".repeat(10_000));
    let elsewhere = [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https://evil.example",
        "%2f%2fevil.example",
        "/%09/evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "@evil.example",
        "/support\r\nSet-Cookie: x=1",
        "/support/sign-out",
        "\\\\evil.example",
        "///evil.example",
        "/support/..//evil.example",
        "/.evil.example",
        "http:///evil.example",
        &site.base.replace("http", "https"),
        &long,
    ];
    for (place, next) in elsewhere.iter().enumerate() {
        let visitor = Visitor::new(&site.base)?;
        // Different people: signing in often is slowed down.
        let who = [ALICE, ADAM, GIL, PAT][place % 4];
        let fields = [
            ("email", site.world.contact(who).email.as_str()),
            ("password", PASSWORD),
            ("next", *next),
        ];
        let answer = visitor.post("/support/sign-in", &fields).await?;
        if is_refusal(answer.status) {
            continue;
        }
        is_inside(&answer, next)?;
        for (path, name, value) in [
            ("/support/language", "language", "en"),
            ("/support/appearance", "theme", "light"),
        ] {
            is_inside(&visitor.post(path, &[(name, value), ("back", next)]).await?, next)?;
        }
        let page = Visitor::new(&site.base)?
            .get(&format!("/support/sign-in?next={}", html::encode(next)))
            .await?;
        ensure!(
            !page.text().contains("href=\"https://evil") && !page.text().contains("href=\"//evil"),
            "{next} is a link on the page"
        );
        is_inside(&visitor.post("/support/sign-out", &[("next", next)]).await?, next)?;
    }
    let visitor = Visitor::new(&site.base)?;
    let fields = [
        ("email", "alice@example.com"),
        ("password", PASSWORD),
        ("next", "/support/search?q=x"),
    ];
    ensure!(
        visitor.post("/support/sign-in", &fields).await?.expect(303)?.location() == "/support/search?q=x",
        "a good address is forgotten"
    );
    Ok(())
}

fn is_inside(answer: &Answer, next: &str) -> Result<()> {
    let to = answer.location();
    let known = to == "/support" || to.starts_with("/support/") || to.starts_with("/support?");
    ensure!(is_refusal(answer.status) || known, "`{next}` leads to `{to}`");
    ensure!(
        !to.contains("evil") || to.starts_with("/support/") && !to.contains("//"),
        "`{next}` leads to `{to}`"
    );
    ensure!(
        to != "/support/sign-out" && answer.header("set-cookie").find("x=1").is_none(),
        "`{next}` leads to `{to}`"
    );
    Ok(())
}

async fn web_005_only_known_hosts(site: &Site) -> Result<()> {
    let host = site.base.trim_start_matches("http://").to_owned();
    let port = host.rsplit(':').next().unwrap_or_default().to_owned();
    let ask = |lines: String| {
        let request = format!("{lines}Connection: close\r\n\r\n");
        let base = site.base.clone();
        async move { raw::exchange(&base, request.as_bytes()).await }
    };
    let good = ask(format!("GET /support/sign-in HTTP/1.1\r\nHost: {host}\r\n")).await?;
    ensure!(raw::status(&good) == 200, "the right host is refused: {good}");
    let bad = [
        "GET /support/sign-in HTTP/1.1\r\n".to_owned(),
        "GET /support/sign-in HTTP/1.1\r\nHost:\r\n".to_owned(),
        "GET /support/sign-in HTTP/1.1\r\nHost: evil.example\r\n".to_owned(),
        format!("GET /support/sign-in HTTP/1.1\r\nHost: evil.example:{port}\r\n"),
        "GET /support/sign-in HTTP/1.1\r\nHost: 127.0.0.1:1\r\n".to_owned(),
        format!("GET /support/sign-in HTTP/1.1\r\nHost: 127.0.0.1.:{port}\r\n"),
        format!("GET /support/sign-in HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n"),
        format!("GET /support/sign-in HTTP/1.1\r\nHost: evil.example\r\nHost: {host}\r\n"),
        format!("GET http://evil.example/support/sign-in HTTP/1.1\r\nHost: {host}\r\n"),
        format!("GET /support/sign-in HTTP/1.1\r\nHost: user@{host}\r\n"),
        "GET /support/sign-in HTTP/1.0\r\n".to_owned(),
        format!("GET /support HTTP/1.1\r\nHost: {host}/evil.example\r\n"),
    ];
    for request in bad {
        let said = ask(request.clone()).await?;
        ensure!(
            matches!(raw::status(&said), 400 | 421),
            "{request:?} gave {}",
            raw::status(&said)
        );
        ensure!(!said.contains("evil.example"), "{request:?} is reflected: {said}");
    }
    // What proxies say is not believed from anybody.
    let visitor = Visitor::from(
        &site.base,
        &[
            ("x-forwarded-host", "evil.example"),
            ("x-forwarded-proto", "https"),
            ("forwarded", "host=evil.example"),
        ],
    )?;
    let page = visitor.get("/support/sign-in").await?.expect(200)?;
    ensure!(!page.text().contains("evil.example"), "a forwarded host is reflected");
    Ok(())
}

async fn web_010_bodies_are_bounded(site: &Site) -> Result<()> {
    let alice = site.program(ALICE, true).await?;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let wide = format!(
        "{{{}\"subject\":\"a\"}}",
        (0..50_000).map(|it| format!("\"k{it}\":1,")).collect::<String>()
    );
    let bodies = [
        deep,
        wide,
        "{\"subject\":\"a\",\"subject\":\"b\",\"description\":\"c\"".to_owned(),
        "NaN".to_owned(),
        "{\"subject\":1e309,\"description\":\"c\"}".to_owned(),
        "{\"subject\":99999999999999999999999,\"description\":\"c\"}".to_owned(),
        "\u{feff}{\"subject\":\"a\"}".to_owned(),
        String::new(),
        "null".to_owned(),
        "[]".to_owned(),
        "{\"subject\":\"\\ud800\",\"description\":\"c\"}".to_owned(),
        format!(
            "{{\"subject\":\"a\",\"description\":\"{}\"}}",
            "x".repeat(3 * 1024 * 1024)
        ),
        format!("{{\"subject\":\"{}\",\"description\":\"c\"}}", "x".repeat(5_000)),
        "{\"subject\":\"a\\u0000b\",\"description\":\"\"}".to_owned(),
    ];
    for body in bodies {
        let start: String = body.chars().take(40).collect();
        for path in ["/tickets", "/tickets/2/messages", "/tickets/2/close"] {
            let request = alice
                .request(Method::POST, path)
                .header("content-type", "application/json")
                // What is left of a body that is not read to its end must not meet the next request.
                .header("connection", "close")
                .body(body.clone());
            let answer = match Answer::read(format!("POST {path} {start}"), request).await {
                // A body that is too large is not read to its end; the answer may be lost with the connection.
                Err(_) if body.len() > 64 * 1024 => continue,
                answer => answer?,
            };
            // Closing takes a body without fields; whatever it makes of the rest, it breaks nothing.
            ensure!(
                answer.status < 500,
                "{} gave {}: {}",
                answer.asked,
                answer.status,
                answer.text()
            );
            // A number where a text is asked for is read as that text.
            ensure!(
                !path.ends_with("tickets") || start.contains("\":") || is_refusal(answer.status),
                "{} gave {}",
                answer.asked,
                answer.status
            );
        }
    }
    for (kind, body) in [
        ("text/plain", "{\"subject\":\"a\",\"description\":\"b\"}"),
        ("application/x-www-form-urlencoded", "subject=a&description=b"),
        ("application/json; charset=utf-16", "\u{0}{"),
    ] {
        let request = alice
            .request(Method::POST, "/tickets")
            .header("content-type", kind)
            .body(body);
        let answer = Answer::read(format!("POST {kind}"), request).await?;
        ensure!(is_refusal(answer.status), "{kind} gave {}", answer.status);
    }
    let visitor = site.visitor(ALICE).await?;
    let many: String = (0..20_000).map(|it| format!("f{it}=x&")).collect();
    for (body, expected) in [
        (many.as_str(), &[400, 413][..]),
        (&"email=".repeat(3), &[400, 413, 422][..]),
        ("%ff%fe=%00&email=%ff", &[400, 413, 422][..]),
    ] {
        let request = visitor
            .request(Method::POST, "/support/sign-in")
            .header("origin", &site.base)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("connection", "close");
        let answer = match Answer::read("POST sign-in".to_owned(), request.body(body.to_owned())).await {
            Err(_) if body.len() > 64 * 1024 => continue,
            answer => answer?,
        };
        ensure!(
            expected.contains(&answer.status),
            "a strange form gave {}",
            answer.status
        );
    }
    let host = site.base.trim_start_matches("http://");
    for head in [
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: +5",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding : chunked",
    ] {
        let smuggled = "0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
        let request = format!(
            "POST /support/sign-in HTTP/1.1\r\nHost: {host}\r\nOrigin: {}\r\n{head}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n{smuggled}",
            site.base
        );
        let said = raw::exchange(&site.base, request.as_bytes()).await?;
        let answers = said.matches("HTTP/1.1 ").count();
        ensure!(
            answers <= 1 || raw::status(&said) >= 400 && !said.contains("HTTP/1.1 200"),
            "`{head}` gave {answers} answers: {said}"
        );
    }
    Ok(())
}

async fn web_011_methods(site: &Site) -> Result<()> {
    let alice = site.visitor(ALICE).await?;
    for path in [
        "/support",
        "/support/2",
        "/support/new",
        "/support/account",
        "/support/sign-in",
        "/s/app.css",
        "/api/v1/portals/support/tickets",
        "/healthz",
    ] {
        for method in ["TRACE", "DELETE", "PATCH", "PUT", "PROPFIND", "FOO"] {
            let answer = Answer::read(
                format!("{method} {path}"),
                alice
                    .request(Method::from_bytes(method.as_bytes())?, path)
                    .header("origin", &site.base),
            )
            .await?;
            ensure!(is_refusal(answer.status), "{method} {path} gave {}", answer.status);
            ensure!(!answer.text().contains("Scanner"), "{method} {path} shows something");
        }
    }
    Ok(())
}

async fn web_014_no_script_runs_from_data(site: &Site) -> Result<()> {
    let alice = site.program(ALICE, true).await?;
    let text = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) <svg onload=alert(1)> <style>*{display:none}</style> <iframe src=//evil.example></iframe> <a href=\"data:text/html,x\">y</a>";
    let subject = "</title><script>alert(1)</script>";
    let number = alice
        .post("/tickets", "", &json!({ "subject": subject, "description": text }))
        .await?
        .expect(201)?
        .json()?["number"]
        .clone();
    let visitor = site.visitor(ALICE).await?;
    for path in [
        format!("/support/{number}"),
        "/support".to_owned(),
        "/support/search?q=%3Cscript%3E".to_owned(),
        format!("/support/{number}/close"),
        format!("/support/new?about={number}"),
    ] {
        let page = visitor.get(&path).await?.text();
        // As text it may stand there; as a tag it may not.
        for tag in html::tags(&page) {
            for bad in [
                "onerror",
                "onload",
                "javascript:",
                "href=\"data:",
                "iframe",
                "evil.example",
            ] {
                ensure!(!tag.contains(bad), "{path} has {tag}");
            }
            ensure!(
                !tag.starts_with("script") || tag.contains("src=\"/s/"),
                "{path} has {tag}"
            );
            ensure!(
                !tag.starts_with("style") && !tag.contains(" style="),
                "{path} has {tag}"
            );
        }
    }
    let messages = alice.get(&format!("/tickets/{number}/messages")).await?;
    ensure!(
        messages.header("content-type").starts_with("application/json"),
        "the API says {}",
        messages.header("content-type")
    );
    ensure!(
        !messages.json()?["messages"][0]["html"]
            .as_str()
            .unwrap_or_default()
            .contains("<script"),
        "the API gives a script"
    );
    Ok(())
}

async fn csrf_forms_come_from_our_pages(site: &Site) -> Result<()> {
    let alice = site.visitor(ALICE).await?;
    let number = site.world.number("t4");
    let paths = [
        format!("/support/{number}/reply"),
        format!("/support/{number}/close"),
        format!("/support/{number}/private"),
        format!("/support/{number}/read"),
        "/support/new".to_owned(),
        "/support/sign-in".to_owned(),
        "/support/sign-out".to_owned(),
        "/support/account/password".to_owned(),
        "/support/account/profile".to_owned(),
        "/support/account/tokens".to_owned(),
        "/support/account/sessions/end-others".to_owned(),
        "/support/language".to_owned(),
        "/support/appearance".to_owned(),
    ];
    let program = site.program(ALICE, false).await?;
    let before = program.get(&format!("/tickets/{number}")).await?.text();
    let origins: [&[(&str, &str)]; 7] = [
        &[],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site"), ("origin", &site.base)],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("referer", &site.base)],
    ];
    for path in &paths {
        for headers in origins {
            let mut request = alice
                .request(Method::POST, path)
                .header("content-type", "application/x-www-form-urlencoded")
                .body("body=x&subject=x&description=x&idem=some-key-1&v=1");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = Answer::read(format!("POST {path} {headers:?}"), request).await?;
            ensure!(answer.status == 403, "{} gave {}", answer.asked, answer.status);
            ensure!(answer.header("set-cookie").is_empty(), "{} sets a cookie", answer.asked);
        }
    }
    ensure!(
        program.get(&format!("/tickets/{number}")).await?.text() == before,
        "a form of another site changed a ticket"
    );
    ensure!(
        alice.get("/support/account").await?.status == 200,
        "a form of another site signed her out"
    );
    // VIS-032, FIL-014: other sites read nothing either.
    let page = alice.get(&format!("/support/{number}")).await?.text();
    let file = html::links(&page)
        .into_iter()
        .find(|it| it.contains("/files/"))
        .unwrap_or_default();
    for path in [file.as_str(), "/support/stream?number=1&version=1"] {
        let request = alice
            .request(Method::GET, path)
            .header("sec-fetch-site", "cross-site")
            .header("sec-fetch-mode", "no-cors")
            .header("sec-fetch-dest", "image");
        let response = request.header("origin", "https://evil.example").send().await?;
        let shut = response.status() == 403
            || response
                .headers()
                .get("cross-origin-resource-policy")
                .is_some_and(|it| it == "same-origin");
        ensure!(
            shut && response.headers().get("access-control-allow-origin").is_none(),
            "{path} is open to other sites: {:?}",
            response.headers()
        );
    }
    Ok(())
}

async fn web_016_getting_changes_nothing(site: &Site) -> Result<()> {
    let (alice, adam) = (site.visitor(ALICE).await?, site.program(ADAM, false).await?);
    let (t1, state) = (site.world.number("t1"), || async {
        let mut all = Vec::new();
        for number in 1..=10 {
            all.push(adam.get(&format!("/tickets/{number}")).await?.text());
        }
        Ok::<_, anyhow::Error>(all)
    });
    let before = state().await?;
    let mut seen = BTreeSet::new();
    let mut ahead = vec!["/support".to_owned(), format!("/support/{t1}")];
    while let Some(path) = ahead.pop() {
        for method in [Method::HEAD, Method::GET] {
            let answer = Answer::read(format!("{method} {path}"), alice.request(method, &path)).await?;
            for link in html::links(&answer.text()) {
                if !link.starts_with("/s/") && !link.contains("stream") && seen.insert(link.clone()) {
                    ahead.push(link);
                }
            }
        }
    }
    ensure!(
        seen.iter().any(|it| it.ends_with("/sign-out")) && seen.len() > 20,
        "the crawl is too small: {seen:?}"
    );
    ensure!(state().await? == before, "getting pages changed tickets");
    ensure!(
        alice.get("/support/account").await?.status == 200,
        "getting pages signed her out"
    );
    Ok(())
}

async fn sign_in_cookies_and_guesses(site: &Site) -> Result<()> {
    let visitor = Visitor::new(&site.base)?;
    let before = visitor.get("/support/sign-in").await?;
    ensure!(
        before.header("set-cookie").is_empty(),
        "a cookie before there is a need: {}",
        before.header("set-cookie")
    );
    let answer = visitor
        .sign_in("support", "ALICE@example.com", PASSWORD)
        .await?
        .expect(303)?;
    let cookie = answer.header("set-cookie").to_owned();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        ensure!(cookie.contains(part), "the cookie lacks {part}: {cookie}");
    }
    ensure!(!cookie.contains("Domain"), "the cookie goes to other hosts: {cookie}");
    let again = visitor
        .sign_in("support", "alice@example.com", PASSWORD)
        .await?
        .expect(303)?;
    ensure!(
        again.header("set-cookie") != cookie,
        "signing in again gives the same session"
    );
    let out = visitor.post("/support/sign-out", &[]).await?.expect(303)?;
    ensure!(
        out.header("clear-site-data").contains("storage") && !out.header("clear-site-data").contains("cookies"),
        "signing out says {}",
        out.header("clear-site-data")
    );
    let secret = cookie.split(';').next().unwrap_or_default().to_owned();
    for value in [
        secret.as_str(),
        "portal=",
        "portal=x",
        "portal=ptl_session_0000000000000000000000000000000000000000000",
    ] {
        let answer = Answer::read(
            "GET with an old cookie".to_owned(),
            Visitor::new(&site.base)?
                .request(Method::GET, "/support")
                .header("cookie", value),
        )
        .await?;
        ensure!(answer.status == 303, "`{value}` gave {}", answer.status);
    }
    // Known and unknown addresses give the same words, and soon neither is looked at.
    let guess = |email: &'static str| async move {
        let visitor = Visitor::new(&site.base)?;
        let mut said = Vec::new();
        for _ in 0..5 {
            let answer = visitor.sign_in("support", email, "wrong wrong wrong wrong").await?;
            let text = html::between(&answer.text(), "<p class=\"field-problem\"", "</p>").unwrap_or_default();
            said.push((
                answer.status,
                text.chars().filter(|it| !it.is_ascii_digit()).collect::<String>(),
            ));
        }
        Ok::<_, anyhow::Error>(said)
    };
    let (known, unknown) = (guess("oscar@example.com").await?, guess("unknown@example.com").await?);
    ensure!(known == unknown, "an address is told apart: {known:?} and {unknown:?}");
    ensure!(known.first() != known.last(), "guessing is not slowed down: {known:?}");
    Ok(())
}
