//! Every operation of the API: what is not in this table does not exist. A test compares it with the OpenAPI document.

use poem::http::Method;
use portal_core::staff::Permission;

/// Who is answered. The use-case judges again; this only saves it the trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// A contact, by a token of the portal of the address.
    Contact,
    /// Whoever has a token of the staff.
    Staff,
    /// A token of the staff that was made for one of these permissions, whose owner has it.
    Any(&'static [Permission]),
}

/// Why a page of somebody else cannot make a browser do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Csrf {
    /// The token is a header that no browser adds by itself; cookies are not looked at.
    Bearer,
}

/// Whether what is done is kept in the audit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audit {
    /// It changes nothing, or what it changes has a history of its own: a ticket's timeline.
    None,
    /// The use-case adds an entry in the unit of work that changes something.
    Kept,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ApiRoute {
    pub(crate) method: &'static Method,
    /// As in the document, below `/api`.
    pub(crate) path: &'static str,
    pub(crate) who: Who,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "a statement about the line, which a test keeps true")
    )]
    pub(crate) csrf: Csrf,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "a statement about the line, which a test keeps true")
    )]
    pub(crate) audit: Audit,
    /// Whether only a token does it that was made for what is dangerous.
    pub(crate) dangerous: bool,
}

const PORTALS: Who = Who::Any(&[Permission::PortalSettings]);
const PEOPLE: Who = Who::Any(&[Permission::Crm, Permission::PortalSettings]);
const CRM: Who = Who::Any(&[Permission::Crm]);
const ADMIN: Who = Who::Any(&[Permission::Admin]);

const fn get(path: &'static str, who: Who) -> ApiRoute {
    ApiRoute {
        method: &Method::GET,
        path,
        who,
        csrf: Csrf::Bearer,
        audit: Audit::None,
        dangerous: false,
    }
}

const fn write(method: &'static Method, path: &'static str, who: Who) -> ApiRoute {
    ApiRoute {
        method,
        audit: Audit::Kept,
        ..get(path, who)
    }
}

const fn post(path: &'static str, who: Who) -> ApiRoute {
    write(&Method::POST, path, who)
}

const fn put(path: &'static str, who: Who) -> ApiRoute {
    write(&Method::PUT, path, who)
}

const fn delete(path: &'static str, who: Who) -> ApiRoute {
    write(&Method::DELETE, path, who)
}

/// A question that is too long for an address.
const fn ask(path: &'static str, who: Who) -> ApiRoute {
    ApiRoute {
        audit: Audit::None,
        ..post(path, who)
    }
}

const fn dangerous(route: ApiRoute) -> ApiRoute {
    ApiRoute {
        dangerous: true,
        ..route
    }
}

/// The table.
pub(crate) const ROUTES: &[ApiRoute] = &[
    get("/v1/portals/{slug}/me", Who::Contact),
    get("/v1/portals/{slug}/tickets", Who::Contact),
    ask("/v1/portals/{slug}/tickets", Who::Contact),
    get("/v1/portals/{slug}/search", Who::Contact),
    get("/v1/portals/{slug}/tickets/{ticket}", Who::Contact),
    get("/v1/portals/{slug}/tickets/{ticket}/messages", Who::Contact),
    ask("/v1/portals/{slug}/tickets/{ticket}/messages", Who::Contact),
    ask("/v1/portals/{slug}/tickets/{ticket}/close", Who::Contact),
    ask("/v1/portals/{slug}/tickets/{ticket}/reopen", Who::Contact),
    ask("/v1/portals/{slug}/tickets/{ticket}/private", Who::Contact),
    ApiRoute {
        audit: Audit::None,
        ..put("/v1/portals/{slug}/tickets/{ticket}/rating", Who::Contact)
    },
    ask("/v1/portals/{slug}/files", Who::Contact),
    get("/v1/portals/{slug}/files/{id}", Who::Contact),
    get("/v1/admin/me", Who::Staff),
    get("/v1/admin/portals", PORTALS),
    post("/v1/admin/portals", PORTALS),
    get("/v1/admin/portals/{portal}", PORTALS),
    dangerous(delete("/v1/admin/portals/{portal}", PORTALS)),
    get("/v1/admin/portals/{portal}/settings/{section}", PORTALS),
    put("/v1/admin/portals/{portal}/settings/{section}", PORTALS),
    ask("/v1/admin/portals/{portal}/settings/{section}/preview", PORTALS),
    get("/v1/admin/portals/{portal}/versions", PORTALS),
    post("/v1/admin/portals/{portal}/roll-back", PORTALS),
    post("/v1/admin/portals/{portal}/publish", PORTALS),
    post("/v1/admin/portals/{portal}/unpublish", PORTALS),
    get("/v1/admin/portals/{portal}/seen-as/{contact}", PEOPLE),
    get("/v1/admin/portals/{portal}/members", PORTALS),
    get("/v1/admin/portals/{portal}/invitations", PORTALS),
    post("/v1/admin/portals/{portal}/invitations", PORTALS),
    delete("/v1/admin/portals/{portal}/invitations", PORTALS),
    get("/v1/admin/portals/{portal}/invitations/again", PORTALS),
    post("/v1/admin/portals/{portal}/invitations/again", PORTALS),
    post("/v1/admin/portals/{portal}/members/{contact}/invite", PORTALS),
    post("/v1/admin/portals/{portal}/members/{contact}/revoke", PORTALS),
    post("/v1/admin/portals/{portal}/members/{contact}/reset", PORTALS),
    post("/v1/admin/portals/{portal}/members/{contact}/end-sessions", PORTALS),
    post("/v1/admin/registrations/{registration}", PORTALS),
    get("/v1/admin/domains", PORTALS),
    post("/v1/admin/domains", PORTALS),
    put("/v1/admin/domains/{domain}", PORTALS),
    delete("/v1/admin/domains/{domain}", PORTALS),
    post("/v1/admin/domains/{domain}/check", PORTALS),
    get("/v1/admin/domains/{domain}/private-content", PORTALS),
    put("/v1/admin/domains/{domain}/private-content", PORTALS),
    get("/v1/admin/inboxes", PORTALS),
    post("/v1/admin/inboxes", PORTALS),
    put("/v1/admin/inboxes/{inbox}", PORTALS),
    ask("/v1/admin/inboxes/{inbox}/move/preview", PORTALS),
    post("/v1/admin/inboxes/{inbox}/move", PORTALS),
    get("/v1/admin/groups", PEOPLE),
    post("/v1/admin/groups", PORTALS),
    get("/v1/admin/groups/{group}", PEOPLE),
    put("/v1/admin/groups/{group}", PORTALS),
    delete("/v1/admin/groups/{group}", PORTALS),
    ask("/v1/admin/groups/{group}/preview", PEOPLE),
    get("/v1/admin/groups/{group}/members", PEOPLE),
    post("/v1/admin/groups/{group}/members", PEOPLE),
    get("/v1/admin/contacts", PEOPLE),
    post("/v1/admin/contacts", CRM),
    get("/v1/admin/contacts/{contact}", PEOPLE),
    put("/v1/admin/contacts/{contact}", CRM),
    delete("/v1/admin/contacts/{contact}", CRM),
    post("/v1/admin/contacts/{contact}/restore", CRM),
    ask("/v1/admin/contacts/{contact}/preview", CRM),
    get("/v1/admin/companies", PEOPLE),
    post("/v1/admin/companies", CRM),
    get("/v1/admin/companies/{company}", PEOPLE),
    put("/v1/admin/companies/{company}", CRM),
    get("/v1/admin/properties/{owner}", PEOPLE),
    put("/v1/admin/properties/{owner}/{key}", PORTALS),
    put("/v1/admin/portals/{portal}/branding/{picture}", PORTALS),
    delete("/v1/admin/portals/{portal}/branding/{picture}", PORTALS),
    get("/v1/admin/staff", ADMIN),
    dangerous(post("/v1/admin/staff", ADMIN)),
    get("/v1/admin/staff/{staff}", ADMIN),
    dangerous(put("/v1/admin/staff/{staff}", ADMIN)),
    dangerous(delete("/v1/admin/staff/{staff}", ADMIN)),
    dangerous(post("/v1/admin/staff/{staff}/enable", ADMIN)),
    dangerous(post("/v1/admin/staff/{staff}/link", ADMIN)),
    get("/v1/admin/audit", ADMIN),
    get("/v1/admin/audit/verification", ADMIN),
    get("/v1/admin/outbox", PORTALS),
    post("/v1/admin/outbox/test", PORTALS),
    post("/v1/admin/outbox/{mail}/again", PORTALS),
    post("/v1/admin/outbox/{mail}/discard", PORTALS),
];

/// What is at an address.
#[derive(Debug)]
pub(crate) enum Found {
    /// This.
    Route(&'static ApiRoute),
    /// Something, but not with this method; these are possible.
    OtherMethods(String),
    /// Nothing.
    Nothing,
}

/// Looks a path below `/api` up. Of two patterns that fit, the upper one counts.
pub(crate) fn find(method: &Method, path: &str) -> Found {
    let Some(first) = ROUTES.iter().find(|it| fits(it.path, path)) else {
        return Found::Nothing;
    };
    let mut allowed = Vec::new();
    for route in ROUTES.iter().filter(|it| it.path == first.path) {
        if route.method == method {
            return Found::Route(route);
        }
        allowed.push(route.method.as_str());
    }
    Found::OtherMethods(allowed.join(", "))
}

fn fits(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(variable), Some(it)) if variable.starts_with('{') && !it.is_empty() => {}
            (Some(fixed), Some(it)) if fixed == it => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What the document offers.
    fn documented() -> BTreeSet<String> {
        let document: serde_json::Value = serde_json::from_str(&crate::api::openapi()).unwrap();
        let mut all = BTreeSet::new();
        for (path, operations) in document["paths"].as_object().unwrap() {
            for method in operations.as_object().unwrap().keys() {
                let path = path.strip_prefix("/api").unwrap();
                all.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
        all
    }

    #[test]
    fn every_operation_says_who_from_where_and_whether_it_is_audited() {
        let lines: Vec<String> = ROUTES
            .iter()
            .map(|it| {
                let who = match it.who {
                    Who::Contact => "contact".to_owned(),
                    Who::Staff => "staff".to_owned(),
                    Who::Any(permissions) => permissions.iter().map(|it| it.name()).collect::<Vec<_>>().join("|"),
                };
                let dangerous = if it.dangerous { " dangerous" } else { "" };
                format!(
                    "{} {} who:{who} csrf:{:?} audit:{:?}{dangerous}",
                    it.method, it.path, it.csrf, it.audit
                )
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn the_table_and_the_document_have_the_same_operations() {
        let listed: BTreeSet<String> = ROUTES.iter().map(|it| format!("{} {}", it.method, it.path)).collect();
        assert_eq!(listed.len(), ROUTES.len(), "an operation is there twice");
        let documented = documented();
        let unlisted: Vec<_> = documented.difference(&listed).collect();
        assert!(unlisted.is_empty(), "not in the table: {unlisted:?}");
        let missing: Vec<_> = listed.difference(&documented).collect();
        assert!(missing.is_empty(), "not in the document: {missing:?}");
    }

    #[test]
    fn what_is_not_listed_is_not_found() {
        for path in [
            "",
            "/v1/admin",
            "/v1/admin/",
            "/v1/admin/portals/",
            "/v1/admin/x",
            "/v1/admin/portals//settings/x",
        ] {
            assert!(matches!(find(&Method::GET, path), Found::Nothing), "{path}");
        }
        assert!(matches!(find(&Method::PATCH, "/v1/admin/portals"), Found::OtherMethods(it) if it == "GET, POST"));
        assert!(matches!(find(&Method::POST, "/v1/admin/outbox/test"), Found::Route(it) if it.path.ends_with("test")));
    }
}
