//! Cookies: the session, and what a reader chose.

use poem::Response;
use poem::http::{HeaderMap, HeaderValue, header};
use portal_core::membership::{DeviceMark, Secret, SignedIn};

const YEAR: u64 = 365 * 24 * 60 * 60;

/// Every cookie of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// The secret of the session.
    Session,
    /// The secret of a session of the staff.
    Desk,
    /// The secret of a sign-in of the staff that lacks the second factor.
    HalfWay,
    /// What was just done, shown once.
    Flash,
    /// The language chosen with the switch.
    Language,
    /// Light or dark.
    Theme,
    /// What became of the ticket when an answer was sent last from this browser.
    Then,
    /// By what a browser is known again that asked for a mail.
    Browser,
    /// By what a browser is known on which somebody signed in before.
    Device,
    /// The zone of the reader's device, set by a script.
    Zone,
}

impl Cookie {
    /// Its name. Behind TLS what matters has the prefix that keeps other hosts of the domain from setting it; in the clear
    /// some browsers refuse that prefix.
    const fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-portal",
            (Self::Session, false) => "portal",
            (Self::Desk, true) => "__Host-desk",
            (Self::Desk, false) => "desk",
            (Self::HalfWay, true) => "__Host-desk-half",
            (Self::HalfWay, false) => "desk-half",
            (Self::Flash, true) => "__Host-flash",
            (Self::Flash, false) => "flash",
            (Self::Browser, true) => "__Host-browser",
            (Self::Browser, false) => "browser",
            (Self::Device, true) => "__Host-device",
            (Self::Device, false) => "device",
            (Self::Then, _) => "desk-then",
            (Self::Language, _) => "lang",
            (Self::Theme, _) => "theme",
            (Self::Zone, _) => "tz",
        }
    }

    /// Its value in a request.
    pub(crate) fn read(self, headers: &HeaderMap, secure: bool) -> Option<&str> {
        let name = self.name(secure);
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
        let pairs = lines
            .flat_map(|it| it.split(';'))
            .filter_map(|it| it.trim().split_once('='));
        pairs.into_iter().find(|(it, _)| *it == name).map(|(_, value)| value)
    }

    /// Sets it. `value` has letters, digits, `_` and `-` only.
    fn set(self, response: &mut Response, value: &str, seconds: Option<u64>, secure: bool) {
        let name = self.name(secure);
        let age = seconds.map_or_else(String::new, |it| format!("; Max-Age={it}"));
        let tls = if secure { "; Secure" } else { "" };
        let site = if matches!(self, Self::Desk | Self::HalfWay) {
            "Strict"
        } else {
            "Lax"
        };
        let line = format!("{name}={value}; Path=/; HttpOnly; SameSite={site}{age}{tls}");
        if let Ok(line) = HeaderValue::from_str(&line) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }

    /// Keeps a choice for a year.
    pub(crate) fn keep(self, response: &mut Response, value: &str, secure: bool) {
        self.set(response, value, Some(YEAR), secure);
    }

    /// Sets it for one minute: for what the next page shows.
    pub(crate) fn pass_on(self, response: &mut Response, value: &str, secure: bool) {
        self.set(response, value, Some(60), secure);
    }

    /// Sets it for an hour: for as long as what a mail is for can take.
    pub(crate) fn hold(self, response: &mut Response, value: &str, secure: bool) {
        self.set(response, value, Some(60 * 60), secure);
    }

    /// Removes it.
    pub(crate) fn expire(self, response: &mut Response, secure: bool) {
        self.set(response, "", Some(0), secure);
    }
}

/// The mark of a browser that is known, if the request brings something that can be one.
pub(crate) fn mark(headers: &HeaderMap, secure: bool) -> Option<DeviceMark> {
    Cookie::Device.read(headers, secure).and_then(DeviceMark::presented)
}

/// The session's secret, if the request brings something that can be one.
pub(crate) fn session(headers: &HeaderMap, secure: bool) -> Option<Secret> {
    Cookie::Session.read(headers, secure).and_then(Secret::presented)
}

/// Hands the session's secret to the browser, until it is closed or the session ends, and the mark by which it is known.
pub(crate) fn begin_session(response: &mut Response, signed_in: &SignedIn, secure: bool) {
    Cookie::Session.set(response, signed_in.secret.expose(), None, secure);
    if let Some(mark) = &signed_in.mark {
        Cookie::Device.keep(response, &mark.expose(), secure);
    }
}

/// The secret of a cookie of the staff, if the request brings something that can be one.
pub(crate) fn desk(cookie: Cookie, headers: &HeaderMap, secure: bool) -> Option<Secret> {
    cookie.read(headers, secure).and_then(Secret::presented)
}

/// Hands a secret of the staff to the browser, until it is closed or the session ends.
pub(crate) fn begin_desk(cookie: Cookie, response: &mut Response, secret: &Secret, secure: bool) {
    cookie.set(response, secret.expose(), None, secure);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_tls_the_prefix_and_secure_are_there() {
        let mut response = Response::default();
        let signed_in = SignedIn {
            contact: portal_core::id::ContactId::from_uuid(portal_core::id::Uuid::nil()),
            session: portal_core::id::SessionId::from_uuid(portal_core::id::Uuid::nil()),
            secret: Secret::from_bytes("session", &[7; 32]),
            ends_at: portal_core::time::Timestamp::from_micros(0),
            mark: None,
        };
        begin_session(&mut response, &signed_in, true);
        let line = response.headers()[header::SET_COOKIE].to_str().unwrap();
        assert!(line.starts_with("__Host-portal=ptl_session_0707"), "{line}");
        assert!(line.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{line}");
        assert!(!line.contains("Domain"));
    }

    #[test]
    fn the_staffs_cookie_comes_from_our_pages_alone() {
        let mut response = Response::default();
        begin_desk(Cookie::Desk, &mut response, &Secret::from_bytes("desk", &[7; 32]), true);
        let line = response.headers()[header::SET_COOKIE].to_str().unwrap();
        assert!(line.starts_with("__Host-desk=ptl_desk_0707"), "{line}");
        assert!(line.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"), "{line}");
    }

    #[test]
    fn a_cookie_is_read_by_its_whole_name() {
        let headers: HeaderMap = [(header::COOKIE, "xportal=1; portal=ptl_2; a=b=c".parse().unwrap())]
            .into_iter()
            .collect();
        assert_eq!(Cookie::Session.read(&headers, false), Some("ptl_2"));
        assert_eq!(Cookie::Session.read(&headers, true), None);
        assert_eq!(Cookie::Flash.read(&headers, false), None);
    }
}
