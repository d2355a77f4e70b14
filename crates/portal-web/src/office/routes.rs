//! Every address of the staff's side: what is in none of these tables does not exist.

use poem::http::Method;
use portal_core::staff::Permission;

use super::pages;
use crate::middleware::rate::Class;
use crate::routes::{Carries, Origin, Places, places};

/// What is done at an address: each area has its own list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    /// Set-up, signing in and out, the second factor.
    WayIn(pages::way_in::Operation),
    /// Staff users.
    Staff(pages::staff::Operation),
    /// One's own account.
    Account(pages::account::Operation),
    /// The audit log.
    Audit(pages::audit::Operation),
    /// Language and appearance.
    Preferences(pages::preferences::Operation),
    /// Members of a portal.
    Members(pages::members::Operation),
    /// Contacts, companies, access groups, properties.
    Crm(pages::crm::Operation),
    /// The outbox.
    Mail(pages::mail::Operation),
    /// Portals: set-up and settings.
    Portals(pages::portals::Operation),
    /// The inboxes of a portal.
    Inboxes(pages::inboxes::Operation),
    /// Domains.
    Domains(pages::domains::Operation),
    /// What customers see: settings of looks, texts of mails.
    Looks(pages::looks::Operation),
    /// Conversations.
    Conversations(pages::conversations::Operation),
    /// Pipelines and statuses.
    Pipelines(pages::pipelines::Operation),
    /// What somebody is told.
    Notices(pages::notices::Operation),
    /// Service levels.
    Service(pages::service::Operation),
    /// Measures.
    Measures(pages::measures::Operation),
    /// The help desk.
    Desk(pages::desk::Operation),
}

/// The tables of all areas. Of two lines that fit a path, the upper one counts.
const TABLES: &[&[OfficeRoute]] = &[
    pages::preferences::ROUTES,
    pages::members::ROUTES,
    pages::crm::ROUTES,
    pages::mail::ROUTES,
    pages::portals::ROUTES,
    pages::domains::ROUTES,
    pages::inboxes::ROUTES,
    pages::looks::ROUTES,
    pages::service::ROUTES,
    pages::measures::ROUTES,
    pages::desk::ROUTES,
    pages::conversations::ROUTES,
    pages::pipelines::ROUTES,
    pages::notices::ROUTES,
    pages::way_in::ROUTES,
    pages::staff::ROUTES,
    pages::account::ROUTES,
    pages::audit::ROUTES,
];

/// Who is answered. The use-case judges again; this only saves it the trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Anybody, signed in or not.
    Nobody,
    /// Anybody of the staff, about themself.
    Staff,
    /// Staff with one of these permissions; an admin has them all.
    Any(&'static [Permission]),
}

/// Whether what is done is kept in the audit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audit {
    /// It changes nothing that anybody would ask about later.
    None,
    /// The use-case adds an entry in the unit of work that changes something.
    Kept,
}

/// One line of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OfficeRoute {
    pub(crate) method: &'static Method,
    pub(crate) path: &'static str,
    pub(crate) operation: Operation,
    pub(crate) needs: Need,
    pub(crate) origin: Origin,
    pub(crate) carries: Carries,
    pub(crate) rate: Class,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "a statement about the line, which a test keeps true")
    )]
    pub(crate) audit: Audit,
    /// Whether it is a page that one may be led back to after signing in.
    pub(crate) is_page: bool,
}

impl OfficeRoute {
    /// A page.
    pub(crate) const fn page(path: &'static str, operation: Operation, needs: Need) -> Self {
        Self {
            method: &Method::GET,
            path,
            operation,
            needs,
            origin: Origin::Any,
            carries: Carries::Nothing,
            rate: Class::Read,
            audit: Audit::None,
            is_page: true,
        }
    }

    /// A form whose effect is kept in the audit log.
    pub(crate) const fn form(path: &'static str, operation: Operation, needs: Need) -> Self {
        Self {
            method: &Method::POST,
            origin: Origin::Own,
            carries: Carries::Form,
            rate: Class::Write,
            audit: Audit::Kept,
            is_page: false,
            ..Self::page(path, operation, needs)
        }
    }

    /// A form with files.
    pub(crate) const fn files(path: &'static str, operation: Operation, needs: Need) -> Self {
        Self {
            carries: Carries::Files,
            rate: Class::Upload,
            ..Self::form(path, operation, needs)
        }
    }

    /// The same line, for what is not audited: a preview, a choice of one's own.
    pub(crate) const fn unaudited(self) -> Self {
        Self {
            audit: Audit::None,
            ..self
        }
    }

    /// The same line, for what is no page to be led back to: a download, a step of signing in.
    pub(crate) const fn passing(self) -> Self {
        Self { is_page: false, ..self }
    }
}

/// What is at an address.
#[derive(Debug)]
pub(crate) enum Found {
    /// This.
    Route(&'static OfficeRoute, Places),
    /// Something, but not with this method; these are possible.
    OtherMethods(String),
    /// Nothing.
    Nothing,
}

/// All lines.
pub(crate) fn all() -> impl Iterator<Item = &'static OfficeRoute> {
    TABLES.iter().flat_map(|it| it.iter())
}

/// Looks a request up. `HEAD` is `GET`.
pub(crate) fn find(method: &Method, path: &str) -> Found {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    let Some(first) = all().find(|it| places(it.path, path).is_some()) else {
        return Found::Nothing;
    };
    let mut allowed = Vec::new();
    for route in all().filter(|it| it.path == first.path) {
        if route.method == method {
            return Found::Route(route, places(route.path, path).unwrap_or_default());
        }
        allowed.push(route.method.as_str());
        if route.method == Method::GET {
            allowed.push("HEAD");
        }
    }
    Found::OtherMethods(allowed.join(", "))
}

/// The route that a request's log line names.
pub(crate) fn pattern(method: &Method, path: &str) -> &'static str {
    match find(method, path) {
        Found::Route(route, _) => route.path,
        Found::OtherMethods(_) | Found::Nothing => "-",
    }
}

/// A path of the staff's side that somebody may be led to after signing in: a page of the tables with a harmless query.
pub(crate) fn safe(path: &str) -> Option<String> {
    let fine = |it: u8| it.is_ascii_alphanumeric() || b"/-_.~?&=%+".contains(&it);
    if path.len() > 2048 || !path.bytes().all(fine) {
        return None;
    }
    let place = path.split_once('?').map_or(path, |(place, _)| place);
    if place.contains('%') {
        return None;
    }
    match find(&Method::GET, place) {
        Found::Route(route, _) if route.is_page => Some(path.to_owned()),
        Found::Route(..) | Found::OtherMethods(_) | Found::Nothing => None,
    }
}

#[cfg(test)]
mod tests;
