//! Every address of the pages with something in it, for tests that look at all of them.

use poem::http::Method;

use crate::world::{Browser, Got};

/// Method and address. A ticket 1 and a file are there, or not.
pub(crate) fn addresses(file: &str) -> Vec<(Method, String)> {
    let get = [
        "/",
        "/support",
        "/support?tab=mine&stage=waiting",
        "/support/sign-in",
        "/support/sign-in/code",
        "/support/sign-in/link?token=ptl_signin_00",
        "/support/forgot",
        "/support/forgot/sent",
        "/support/reset?token=ptl_reset_00",
        "/support/invitation?token=ptl_invite_00",
        "/support/invitation/sent",
        "/support/register",
        "/support/register/sent",
        "/support/register/verify?token=ptl_register_00",
        "/support/consent",
        "/support/address/confirm?token=ptl_address_00",
        "/support/address/revert?token=ptl_revert_00",
        "/support/new",
        "/support/search?q=printer",
        "/support/search",
        "/support/account",
        "/support/1",
        "/support/1?all=1",
        "/support/1/close",
        "/support/1/reopen",
        "/support/1/private",
        "/support/1/mails",
        "/healthz",
        "/readyz",
        "/robots.txt",
        "/favicon.ico",
        "/favicon.svg",
        "/s/x/app.css",
    ];
    let file = format!("/support/files/{file}");
    let get = get
        .into_iter()
        .chain([file.as_str()])
        .map(|it| (Method::GET, it.to_owned()));
    get.chain(forms().into_iter().map(|it| (Method::POST, it.to_owned())))
        .collect()
}

/// Every address that takes a form.
pub(crate) fn forms() -> [&'static str; 31] {
    [
        "/support/sign-in/code",
        "/support/sign-in/link",
        "/support/forgot",
        "/support/reset",
        "/support/invitation",
        "/support/invitation/renew",
        "/support/register",
        "/support/register/verify",
        "/support/consent",
        "/support/address/confirm",
        "/support/address/revert",
        "/support/account/address",
        "/support/language",
        "/support/appearance",
        "/support/new",
        "/support/account/profile",
        "/support/account/password",
        "/support/account/sessions/end",
        "/support/account/sessions/end-others",
        "/support/account/tokens",
        "/support/account/tokens/revoke",
        "/support/1/reply",
        "/support/1/close",
        "/support/1/reopen",
        "/support/1/private",
        "/support/1/read",
        "/support/1/mails",
        "/support/1/rate",
        "/support/account/mails",
        "/support/sign-in",
        "/support/sign-out",
    ]
}

/// What a form of an address needs at least.
pub(crate) fn fields(path: &str) -> Vec<(&'static str, &'static str)> {
    let id = "00000000-0000-0000-0000-000000000001";
    match path.rsplit('/').next().unwrap_or_default() {
        "language" => vec![("language", "en")],
        "appearance" => vec![("theme", "dark")],
        "new" => vec![("subject", "S"), ("description", "D")],
        "profile" => vec![("name", "Anna Berg")],
        "password" => vec![("current", "x"), ("new", "y")],
        "end" | "revoke" => vec![("id", id)],
        "tokens" => vec![("token_name", "T"), ("scope", "read"), ("days", "30")],
        "reply" => vec![("body", "Text")],
        "read" => vec![("seen", "1")],
        "rate" => vec![("rating", "good")],
        "sign-in" => vec![("email", "a@example.com"), ("password", "b")],
        _ => vec![],
    }
}

impl Browser<'_> {
    /// Asks for an address, with a form where it takes one.
    pub(crate) async fn visit(&mut self, method: &Method, path: &str) -> Got {
        if method == Method::GET {
            self.get(path).await
        } else {
            self.post(path, &fields(path)).await
        }
    }
}
