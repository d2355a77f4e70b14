use std::collections::HashSet;

use super::*;

fn at(method: &Method, path: &str) -> Option<(Operation, Places)> {
    match find(method, path) {
        Found::Route(route, places) => Some((route.operation, places)),
        Found::OtherMethods(_) | Found::Nothing => None,
    }
}

#[test]
fn addresses_are_found() {
    let operation = |path| at(&Method::GET, path).map(|it| it.0);
    assert_eq!(operation("/"), Some(Operation::Portals));
    assert_eq!(operation("/support"), Some(Operation::Tickets));
    assert_eq!(operation("/support/new"), Some(Operation::NewTicketForm));
    assert_eq!(operation("/support/4711"), Some(Operation::Ticket));
    assert_eq!(operation("/support/4711/close"), Some(Operation::AskClose));
    assert_eq!(operation("/healthz"), Some(Operation::Alive));
    let (asset, places) = at(&Method::GET, "/s/abc/js/live.js").unwrap();
    assert_eq!(
        (asset, places.hash.as_str(), places.rest.as_str()),
        (Operation::Asset, "abc", "js/live.js")
    );
    assert_eq!(at(&Method::HEAD, "/support").unwrap().1.slug, "support");
}

#[test]
fn nothing_else_is() {
    for path in [
        "",
        "//",
        "/support/",
        "//support",
        "/support//4711",
        "/support/x",
        "/support/4711/",
        "/support/4711/x",
        "/support/-1",
        "/support/4711/close/x",
        "/support/files/",
        "/support/files/a/b",
        "/s/abc/",
        "/s//x",
        "/support/account/x",
        "support",
    ] {
        assert!(matches!(find(&Method::GET, path), Found::Nothing), "{path}");
    }
}

#[test]
fn other_methods_are_told_what_is_possible() {
    for (path, expected) in [
        ("/support", "GET, HEAD"),
        ("/support/sign-in", "GET, HEAD, POST"),
        ("/support/7/reply", "POST"),
    ] {
        for method in [
            Method::PUT,
            Method::DELETE,
            Method::PATCH,
            Method::OPTIONS,
            Method::TRACE,
            Method::CONNECT,
        ] {
            let Found::OtherMethods(allowed) = find(&method, path) else {
                panic!("{method} {path}")
            };
            assert_eq!(allowed, expected);
        }
    }
    assert!(matches!(find(&Method::POST, "/support"), Found::OtherMethods(_)));
    assert!(matches!(find(&Method::GET, "/support/7/reply"), Found::OtherMethods(_)));
}

/// Method, path, who, from where: a line more or less is a decision, and belongs here too.
#[test]
fn every_route_says_who_and_from_where() {
    let lines: Vec<String> = ROUTES
        .iter()
        .map(|it| {
            format!(
                "{} {} {:?} {:?} {:?}",
                it.method, it.path, it.who, it.origin, it.carries
            )
        })
        .collect();
    let expected = "\
GET /healthz Probe Any Nothing
GET /readyz Probe Any Nothing
GET /robots.txt Anybody Any Nothing
GET /favicon.ico Anybody Any Nothing
GET /favicon.svg Anybody Any Nothing
GET /s/{hash}/{rest} Anybody Any Nothing
GET / Anybody Any Nothing
GET /dev/mail Local Any Nothing
GET /dev/mail/{id} Local Any Nothing
GET /dev/mail/{id}/html Local Any Nothing
GET /{slug} Contact Any Nothing
GET /{slug}/brand/{id} Anybody Any Nothing
GET /{slug}/sign-in Anybody Any Nothing
POST /{slug}/sign-in Anybody Own Form
GET /{slug}/sign-in/code Anybody Any Nothing
POST /{slug}/sign-in/code Anybody Own Form
GET /{slug}/sign-in/link Anybody Any Nothing
POST /{slug}/sign-in/link Anybody Own Form
GET /{slug}/forgot Anybody Any Nothing
POST /{slug}/forgot Anybody Own Form
GET /{slug}/forgot/sent Anybody Any Nothing
GET /{slug}/reset Anybody Any Nothing
POST /{slug}/reset Anybody Own Form
GET /{slug}/invitation Anybody Any Nothing
POST /{slug}/invitation Anybody Own Form
POST /{slug}/invitation/renew Anybody Own Form
GET /{slug}/invitation/sent Anybody Any Nothing
GET /{slug}/register Anybody Any Nothing
POST /{slug}/register Anybody Own Form
GET /{slug}/register/sent Anybody Any Nothing
GET /{slug}/register/verify Anybody Any Nothing
POST /{slug}/register/verify Anybody Own Form
GET /{slug}/consent Contact Any Nothing
POST /{slug}/consent Contact Own Form
GET /{slug}/address/confirm Anybody Any Nothing
POST /{slug}/address/confirm Anybody Own Form
GET /{slug}/address/revert Anybody Any Nothing
POST /{slug}/address/revert Anybody Own Form
POST /{slug}/sign-out Anybody Own Form
POST /{slug}/language Anybody Own Form
POST /{slug}/appearance Anybody Own Form
GET /{slug}/new Contact Any Nothing
POST /{slug}/new Contact Own Files
GET /{slug}/search Contact Any Nothing
GET /{slug}/stream Contact Any Nothing
GET /{slug}/account Contact Any Nothing
POST /{slug}/account/profile Contact Own Form
POST /{slug}/account/password Contact Own Form
POST /{slug}/account/address Contact Own Form
POST /{slug}/account/address/give-up Contact Own Form
POST /{slug}/account/sessions/end Contact Own Form
POST /{slug}/account/sessions/end-others Contact Own Form
POST /{slug}/account/tokens Contact Own Form
POST /{slug}/account/tokens/revoke Contact Own Form
GET /{slug}/files/{id} Contact Any Nothing
GET /{slug}/{number} Contact Any Nothing
POST /{slug}/{number}/reply Contact Own Files
GET /{slug}/{number}/close Contact Any Nothing
POST /{slug}/{number}/close Contact Own Form
GET /{slug}/{number}/reopen Contact Any Nothing
POST /{slug}/{number}/reopen Contact Own Form
GET /{slug}/{number}/private Contact Any Nothing
POST /{slug}/{number}/private Contact Own Form
POST /{slug}/{number}/read Contact Own Form
GET /{slug}/{number}/mails Contact Any Nothing
POST /{slug}/{number}/mails Contact Own Form
POST /{slug}/account/mails Contact Own Form
GET /{slug}/mute Anybody Any Nothing
POST /{slug}/mute Anybody Any Nothing
POST /{slug}/{number}/rate Contact Own Form
GET /{slug}/csat Anybody Any Nothing
POST /{slug}/csat Anybody Own Form";
    assert_eq!(lines.join("\n"), expected);
}

#[test]
fn whatever_changes_something_is_taken_from_own_pages_only() {
    // What a mail program posts to by itself (RFC 8058) has its right in the address, and does one thing.
    let by_mail = |it: &&Route| it.operation != Operation::Mute;
    for route in ROUTES.iter().filter(by_mail) {
        let safe = route.method == Method::GET;
        assert_eq!(route.origin == Origin::Any, safe, "{}", route.path);
        assert_eq!(route.carries == Carries::Nothing, safe, "{}", route.path);
    }
    let distinct: HashSet<_> = ROUTES.iter().map(|it| (it.method, it.path)).collect();
    assert_eq!(distinct.len(), ROUTES.len());
}

#[test]
fn only_pages_of_this_portal_are_led_to() {
    for path in [
        "/support",
        "/support/4711",
        "/support?tab=mine&after=3.1.2",
        "/support/new?about=4",
        "/support/search?q=a%20b+c",
        "/support/7/close",
    ] {
        assert_eq!(safe(path, "support").as_deref(), Some(path));
    }
    let long = format!("/support?{}", "a".repeat(10_000));
    for path in [
        "",
        "/",
        "//evil",
        "//evil/support",
        "/\\evil",
        "https:evil",
        "https://evil",
        "%2f%2fevil",
        "/%09/evil",
        "/support/%2e%2e",
        "javascript:alert(1)",
        "data:text/html,x",
        "@evil",
        "/support@evil",
        "/support\r\nSet-Cookie: a=b",
        "/support/sign-out",
        "/support/sign-in",
        "/support/stream",
        "/other",
        "/other/4711",
        "/support/files/1",
        "/support/../other",
        "/support#x",
        "support",
        " /support",
        "/support ",
        "/süpport",
        "/api/v1",
        "/s/x/app.css",
        &long,
    ] {
        assert_eq!(safe(path, "support"), None, "{path}");
    }
}
