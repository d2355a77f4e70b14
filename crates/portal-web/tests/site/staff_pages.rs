//! Staff users, the audit log, proving again: the staff's own pages as a browser without scripts has them.

use std::time::Duration;

use portal_core::ports::{Access, Clock, Store};
use portal_core::staff::{Authenticator, Permission, StaffCredential, seal_authenticator};
use portal_testkit::fakes::{GlassVault, PlainCodes};

use crate::world::World;

const PASSWORD: &str = "seven slow herons wade";

impl World {
    /// Connects an authenticator app of theirs.
    async fn connect_app(&self, name: &str) {
        let mut tx = self.store.begin(Access::Write).await.unwrap();
        let address = format!("{}@acme.example", name.to_lowercase()).parse().unwrap();
        let (user, _) = tx.staffing().staff_by_address(&address).await.unwrap().unwrap();
        let credential = StaffCredential {
            agent: user.id,
            password_hash: format!("$plain${PASSWORD}"),
            password_set_at: self.clock.now(),
            authenticator: Some(Authenticator {
                sealed: seal_authenticator(&GlassVault, b"12345678901234567890").unwrap(),
                since: self.clock.now(),
                last_step: 0,
            }),
        };
        tx.staffing().put_staff_credential(&credential).await.unwrap();
        tx.commit().await.unwrap();
    }
}

const NEW: [(&str, &str); 5] = [
    ("name", "Ben Arnold"),
    ("email", "ben@acme.example"),
    ("inboxes", "all"),
    ("permission", "help_desk"),
    ("password", "typed by mistake"),
];

#[tokio::test]
async fn log_034_what_was_refused_for_want_of_a_proof_is_done_after_it() {
    let world = World::new().await;
    let mut mara = world.office("Mara", &[Permission::Admin]).await;
    world.connect_app("Mara").await;
    world.clock.advance(Duration::from_mins(11));
    let refused = mara.post("/admin/staff/invite", &NEW).await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    assert_eq!(refused.field("redo"), "/admin/staff/invite");
    assert!(refused.body.contains("value=\"name=Ben Arnold\"") && !refused.body.contains("typed by mistake"));
    assert!(!mara.get("/admin/staff").await.body.contains("Ben Arnold"));
    let carried = [
        "name=Ben Arnold",
        "email=ben@acme.example",
        "inboxes=all",
        "permission=help_desk",
    ];
    let code = PlainCodes::at(world.clock.now());
    let mut proof: Vec<(&str, &str)> = carried.iter().map(|it| ("carried", *it)).collect();
    proof.extend([("redo", "/admin/staff/invite"), ("code", "000000")]);
    let wrong = mara.post("/desk/prove", &proof).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.body.contains("value=\"name=Ben Arnold\""),
        "it is kept after a wrong code"
    );
    proof.pop();
    proof.push(("code", &code));
    let done = mara.post("/desk/prove", &proof).await;
    assert_eq!((done.status, done.location()), (303, "/admin/staff"), "{}", done.body);
    assert!(mara.get("/admin/staff").await.body.contains("Ben Arnold"));
}

#[tokio::test]
async fn log_034_a_proof_does_nothing_that_the_table_would_not_do() {
    let world = World::new().await;
    let mut ben = world.office("Ben", &[Permission::HelpDesk]).await;
    world.connect_app("Ben").await;
    for (path, status) in [
        ("/admin/staff/invite", 403),
        ("/desk/sign-out", 404),
        ("/desk/prove", 404),
        ("/support/sign-in", 404),
        ("//evil.example", 404),
    ] {
        world.clock.advance(Duration::from_mins(1));
        let code = PlainCodes::at(world.clock.now());
        let proof = [
            ("redo", path),
            ("code", code.as_str()),
            ("carried", "name=Eve"),
            ("carried", "email=e@e.example"),
        ];
        assert_eq!(ben.post("/desk/prove", &proof).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn adm_004_staff_users_and_the_audit_are_for_administrators() {
    let world = World::new().await;
    let others: Vec<Permission> = Permission::ALL
        .into_iter()
        .filter(|it| *it != Permission::Admin)
        .collect();
    let mut ben = world.office("Ben", &others).await;
    let mut mara = world.office("Mara", &[Permission::Admin]).await;
    let page = mara.get("/admin/staff").await;
    let id = page
        .body
        .split("/admin/staff/")
        .filter_map(|it| it.get(..36))
        .find(|it| it.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-'))
        .unwrap()
        .to_owned();
    let one = format!("/admin/staff/{id}");
    for path in ["/admin/staff", "/admin/staff/invite", &one, "/admin/audit"] {
        assert_eq!(ben.get(path).await.status, 403, "{path}");
        assert_eq!(mara.get(path).await.status, 200, "{path}");
    }
    for path in [
        "invite",
        &id,
        &format!("{id}/disable"),
        &format!("{id}/enable"),
        &format!("{id}/link"),
        &format!("{id}/disconnect"),
    ] {
        let path = format!("/admin/staff/{path}");
        assert_eq!(ben.post(&path, &NEW).await.status, 403, "{path}");
    }
    assert_eq!(ben.post("/admin/audit/export", &[]).await.status, 403);
}

#[tokio::test]
async fn adm_007_the_last_administrator_is_told_why_they_stay_one() {
    let world = World::new().await;
    let mut mara = world.office("Mara", &[Permission::Admin]).await;
    let page = mara.get("/admin/staff").await;
    let id = page
        .body
        .split("/admin/staff/")
        .filter_map(|it| it.get(..36))
        .find(|it| it.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-'))
        .unwrap()
        .to_owned();
    let disabled = mara.post(&format!("/admin/staff/{id}/disable"), &[]).await;
    assert_eq!(disabled.status, 409);
    assert!(disabled.body.contains("last administrator"), "{}", disabled.body);
    let fields = [
        ("name", "Mara"),
        ("email", "mara@acme.example"),
        ("inboxes", "all"),
        ("permission", "crm"),
    ];
    assert_eq!(mara.post(&format!("/admin/staff/{id}"), &fields).await.status, 409);
    assert_eq!(mara.get("/admin/staff").await.status, 200);
}

#[tokio::test]
async fn the_audit_is_filtered_and_exported() {
    let world = World::new().await;
    let mut mara = world.office("Mara", &[Permission::Admin]).await;
    let fields = [("name", "=cmd()"), ("email", "x@acme.example"), ("inboxes", "all")];
    assert_eq!(mara.post("/admin/staff/invite", &fields).await.status, 303);
    let all = mara.get("/admin/audit").await;
    assert!(all.body.contains("=cmd()"), "{}", all.body);
    let none = mara.get("/admin/audit?event=staff.disabled").await;
    assert!(!none.body.contains("<li class=\"entry\">"), "{}", none.body);
    assert_eq!(mara.get("/admin/audit?from=2026-13-01").await.status, 422);
    let file = mara.post("/admin/audit/export", &[("event", "staff.added")]).await;
    assert_eq!(file.status, 200);
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert!(file.body.contains("\"'=cmd()\""), "{}", file.body);
}

#[tokio::test]
async fn log_035_a_token_for_a_program_is_made_after_a_proof_shown_once_and_removed() {
    let world = World::new().await;
    let mut mara = world.office("Mara", &[Permission::Api, Permission::Crm]).await;
    world.connect_app("Mara").await;
    let fields = [
        ("token_name", "Stock sync"),
        ("scope", "crm"),
        ("mode", "read"),
        ("days", "90"),
    ];
    let page = mara.get("/desk/account").await;
    assert!(
        page.body.contains("value=\"crm\"") && !page.body.contains("value=\"admin\""),
        "only what one may"
    );
    world.clock.advance(Duration::from_mins(11));
    let asked = mara.post("/desk/account/tokens", &fields).await;
    assert_eq!(
        (asked.status, asked.field("redo")),
        (403, "/desk/account/tokens".to_owned())
    );
    world.clock.advance(Duration::from_mins(1));
    let code = PlainCodes::at(world.clock.now());
    let carried: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut proof: Vec<(&str, &str)> = carried.iter().map(|it| ("carried", it.as_str())).collect();
    proof.extend([("redo", "/desk/account/tokens"), ("code", &code)]);
    let made = mara.post("/desk/prove", &proof).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let at = made.body.find("ptl_admin_").expect("the secret is shown");
    let secret: String = made.body[at..]
        .chars()
        .take_while(|it| it.is_ascii_alphanumeric() || *it == '_')
        .collect();
    let again = mara.get("/desk/account").await;
    assert!(
        again.body.contains("Stock sync") && !again.body.contains(&secret),
        "once"
    );
    let me = async || {
        let request = world
            .client
            .get("/api/v1/admin/me")
            .header("host", crate::world::HOST)
            .header("authorization", format!("Bearer {secret}"));
        world.browser().send(request).await.status
    };
    assert_eq!(me().await, 200);
    for (field, value) in [("scope", "admin"), ("days", "400"), ("token_name", "")] {
        let wrong: Vec<(&str, &str)> = fields
            .iter()
            .map(|it| if it.0 == field { (field, value) } else { *it })
            .collect();
        assert_eq!(mara.post("/desk/account/tokens", &wrong).await.status, 422, "{field}");
    }
    let mut long = fields.to_vec();
    long.push(("dangerous", "yes"));
    assert_eq!(
        mara.post("/desk/account/tokens", &long).await.status,
        422,
        "a month at most"
    );
    let id = again.field("id");
    assert_eq!(
        mara.post("/desk/account/tokens/remove", &[("id", &id)]).await.status,
        303
    );
    assert_eq!(me().await, 401);
    let mut ben = world.office("Ben", &[Permission::HelpDesk]).await;
    assert!(
        !ben.get("/desk/account")
            .await
            .body
            .contains("action=\"/desk/account/tokens\"")
    );
    assert_eq!(ben.post("/desk/account/tokens", &fields).await.status, 403);
}
