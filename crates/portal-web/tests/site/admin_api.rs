//! The staff's API over the same world: tokens and what they were made for, keys, versions, problem documents.

use std::collections::BTreeSet;

use poem::http::Method;
use portal_core::actor::{Mode, Task};
use portal_core::id::{AgentId, Uuid};
use portal_core::ports::{Access, Store};
use portal_core::programs::{CreateProgramToken, ProgramTokenError};
use portal_core::staff::{InboxAccess, Permission, StaffActor, StaffStanding, StaffUser};
use serde_json::{Value, json};

use crate::world::{Got, HOST, Settings, World, contact, portal_id};

const API: &str = "/api/v1/admin";

/// What a token is made for.
struct Made {
    only: &'static [Permission],
    mode: Mode,
    dangerous: bool,
}

const ALL: Made = Made {
    only: &[Permission::Admin],
    mode: Mode::Write,
    dangerous: false,
};

/// A program with a token.
struct Program<'a> {
    world: &'a World,
    token: String,
}

fn mara() -> AgentId {
    AgentId::from_uuid(Uuid::from_u128(4711))
}

impl World {
    async fn staff(&self, permissions: &[Permission], standing: StaffStanding) {
        let user = StaffUser {
            id: mara(),
            name: "Mara Winter".parse().unwrap(),
            email: "mara@acme.example".parse().unwrap(),
            permissions: permissions.iter().copied().collect(),
            inboxes: InboxAccess::All,
            standing,
            language: None,
            time_zone: None,
            created_at: self.portal.now(),
        };
        let mut tx = self.store.begin(Access::Write).await.unwrap();
        tx.staffing().put_staff_user(&Task::CommandLine, &user).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn robot(&self, made: Made) -> Program<'_> {
        let command = CreateProgramToken {
            name: "Robot".to_owned(),
            mode: made.mode,
            only: made.only.iter().copied().collect(),
            dangerous: made.dangerous,
            days: 30,
        };
        let actor = StaffActor::signed_in(mara(), true);
        let token = self.portal.create_program_token(&actor, &command).await.unwrap();
        Program {
            world: self,
            token: token.secret.expose().to_owned(),
        }
    }
}

async fn world() -> World {
    let world = World::new().await;
    world.staff(&[Permission::Admin], StaffStanding::Active).await;
    world
}

impl Program<'_> {
    async fn ask(&self, method: Method, path: &str, key: Option<&str>, body: Option<&Value>) -> (u16, Value, Got) {
        let mut request = self
            .world
            .client
            .request(method, format!("{API}{path}"))
            .header("host", HOST)
            .header("authorization", format!("Bearer {}", self.token));
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        if let Some(body) = body {
            request = request.body_json(body);
        }
        let got = self.world.browser().send(request).await;
        let document = serde_json::from_str(&got.body).unwrap_or(Value::Null);
        (got.status, document, got)
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        let (status, document, _) = self.ask(Method::GET, path, None, None).await;
        (status, document)
    }

    async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        let (status, document, _) = self.ask(Method::POST, path, None, Some(&body)).await;
        (status, document)
    }

    async fn put(&self, path: &str, body: &Value) -> (u16, Value) {
        let (status, document, _) = self.ask(Method::PUT, path, None, Some(body)).await;
        (status, document)
    }
}

#[tokio::test]
async fn a_portal_is_set_up_published_and_closed_by_a_program() {
    let world = world().await;
    let robot = world.robot(ALL).await;
    let (status, domain) = robot
        .post("/domains", json!({ "host": "localhost", "language": "en" }))
        .await;
    assert_eq!(status, 201, "{domain}");
    let (status, made) = robot
        .post("/portals", json!({ "name": "Partners", "language": "en" }))
        .await;
    assert_eq!(status, 201, "{made}");
    let portal = format!("/portals/{}", made["id"].as_str().unwrap());
    let (_, group) = robot.post("/groups", json!({ "name": "Partners" })).await;
    let (_, inbox) = robot.post("/inboxes", json!({ "name": "Partners" })).await;
    let (_, domains) = robot.get("/domains").await;
    assert_eq!(domains["domains"][0]["ownership"], "local");
    let settings = [
        (
            "general",
            json!({ "name": "Partner desk", "languages": ["de"], "time_zone": "Europe/Berlin" }),
        ),
        ("address", json!({ "domain": domain["id"], "slug": "partners" })),
        ("tickets", json!({ "default_inbox": "Partners", "permission": "own" })),
        (
            "access",
            json!({ "who": "groups", "groups": [group["id"]], "send_registration_mails": false }),
        ),
        (
            "links",
            json!({ "footer": [{ "label": { "en": "Imprint" }, "target": "https://acme.example/imprint" }] }),
        ),
    ];
    for (section, value) in settings {
        let path = format!("{portal}/settings/{section}");
        let (_, before) = robot.get(&path).await;
        let mut change = json!({ "version": before["version"], "settings": {} });
        change["settings"][section] = value;
        let (status, after) = robot.put(&path, &change).await;
        assert_eq!(status, 200, "{section}: {after}");
        let (_, seen) = robot.get(&path).await;
        assert_eq!(seen["settings"], after["settings"], "{section}");
        assert!(seen["version"].as_u64() > before["version"].as_u64(), "{section}");
        // What was read can be written as it is.
        let (status, again) = robot.put(&path, &seen).await;
        assert_eq!((status, &again["settings"]), (200, &seen["settings"]), "{section}");
        let (status, problem) = robot.put(&path, &change).await;
        assert_eq!(
            (status, &problem["code"]),
            (409, &json!("changed_meanwhile")),
            "{section}"
        );
    }
    let (_, view) = robot.get(&portal).await;
    assert_eq!(view["portal"]["state"], "draft");
    assert_eq!(view["settings"]["tickets"]["default_inbox"], inbox["id"]);
    let publish = json!({ "revision": view["portal"]["revision"], "send_registration_mails": false });
    let (status, done) = robot.post(&format!("{portal}/publish"), publish).await;
    assert_eq!(status, 200, "{done} {view}");
    let (_, view) = robot.get(&portal).await;
    assert_eq!(view["portal"]["state"], "live");
    let (status, _, _) = robot
        .ask(Method::POST, &format!("{portal}/unpublish"), None, None)
        .await;
    assert_eq!(status, 204);
    let (_, versions) = robot.get(&format!("{portal}/versions?section=general")).await;
    assert_eq!(versions["versions"][0]["author"], "staff");
    let back = json!({ "section": "general", "to": 1, "version": versions["versions"][0]["version"] });
    let (status, _) = robot.post(&format!("{portal}/roll-back"), back).await;
    assert_eq!(status, 200);

    let delete = format!("{portal}?name=Partner+desk");
    let (status, problem, _) = robot.ask(Method::DELETE, &delete, None, None).await;
    assert_eq!((status, &problem["code"]), (403, &json!("dangerous_token_needed")));
    let dangerous = world.robot(Made { dangerous: true, ..ALL }).await;
    let (status, problem, _) = dangerous.ask(Method::DELETE, &delete, None, None).await;
    assert_eq!(status, 204, "{problem}");
    assert_eq!(robot.get(&portal).await.0, 404);
    let (_, audit) = robot.get("/audit?limit=100").await;
    let events: Vec<&str> = audit["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["event"].as_str().unwrap())
        .collect();
    assert_eq!(events.first(), Some(&"portal.deleted"));
    for event in [
        "portal.begun",
        "settings.changed",
        "settings.rolled_back",
        "portal.published",
        "portal.unpublished",
    ] {
        assert!(events.contains(&event), "{event} is missing in {events:?}");
    }
}

#[tokio::test]
async fn settings_that_do_not_fit_are_named_by_their_path() {
    let world = world().await;
    let robot = world.robot(ALL).await;
    let portal = format!("/portals/{}", portal_id(0));
    let path = format!("{portal}/settings/tickets");
    for (tickets, field) in [
        (
            json!({ "default_inbox": "Nowhere", "permission": "own" }),
            "tickets.default_inbox",
        ),
        (
            json!({ "default_inbox": "Inbox", "permission": "company_for_matching" }),
            "tickets.criteria",
        ),
        (
            json!({ "default_inbox": "Inbox", "permission": "company_for_matching",
                    "criteria": [[{ "property": "role", "operator": "is", "value": "boss" }]] }),
            "tickets.criteria.0.0.property",
        ),
        (
            json!({ "default_inbox": "Inbox", "permission": "own", "hidden_pipelines": ["Support", "Sales"] }),
            "tickets.hidden_pipelines.1",
        ),
    ] {
        let change = json!({ "version": 0, "settings": { "tickets": tickets } });
        let (status, problem) = robot.put(&path, &change).await;
        assert_eq!((status, &problem["code"]), (400, &json!("invalid")), "{problem}");
        assert_eq!(problem["fields"][0]["field"], field, "{problem}");
    }
    let other = json!({ "version": 0, "settings": { "general": { "name": "x" } } });
    assert_eq!(robot.put(&path, &other).await.0, 400);
}

#[tokio::test]
async fn criteria_groups_and_previews() {
    let world = world().await;
    let robot = world.robot(ALL).await;
    let property = json!({ "label": { "en": "Role" }, "kind": "choice" });
    assert_eq!(robot.put("/properties/contact/role", &property).await.0, 204);
    let (_, properties) = robot.get("/properties/contact").await;
    assert_eq!(properties["properties"][0]["key"], "role");
    let criteria = json!([[{ "property": "role", "operator": "any_of", "values": ["manager", "owner"] }]]);
    let (status, group) = robot
        .post("/groups", json!({ "name": "Managers", "criteria": criteria }))
        .await;
    assert_eq!(status, 201, "{group}");
    let path = format!("/groups/{}", group["id"].as_str().unwrap());
    let (_, seen) = robot.get(&path).await;
    assert_eq!((&seen["criteria"], &seen["members"]), (&criteria, &json!(0)));

    let anna = format!("/contacts/{}", contact("anna"));
    let (_, before) = robot.get(&anna).await;
    let change = json!({
        "version": before["version"], "name": "Anna Berg", "email": "anna@example.com",
        "membership_email": "anna@example.com", "primary_company": before["primary_company"],
        "properties": { "role": "manager" },
    });
    let (status, problem) = robot.put(&anna, &change).await;
    assert_eq!(status, 204, "{problem}");
    let (_, members) = robot.get(&format!("{path}/members")).await;
    assert_eq!(members["contacts"][0]["name"], "Anna Berg");
    let (status, problem) = robot.put(&anna, &change).await;
    assert_eq!((status, &problem["code"]), (409, &json!("changed_meanwhile")));

    let members = json!({ "add": [contact("anna").to_string()] });
    let (status, problem) = robot.post(&format!("{path}/members"), members.clone()).await;
    assert_eq!((status, &problem["code"]), (409, &json!("wrong_kind")));
    let portal = format!("/portals/{}", portal_id(0));
    let narrower = json!({ "tickets": { "default_inbox": "Inbox", "permission": "own" } });
    let (status, preview) = robot
        .post(&format!("{portal}/settings/tickets/preview"), narrower)
        .await;
    assert_eq!((status, &preview["estimate"]), (200, &json!(false)), "{preview}");
    let (status, seen) = robot.get(&format!("{portal}/seen-as/{}", contact("anna"))).await;
    assert_eq!((status, &seen["enters"]), (200, &json!(true)), "{seen}");
    let (status, page) = robot.get("/contacts?limit=2").await;
    assert_eq!((status, page["contacts"].as_array().unwrap().len()), (200, 2));
    let next = page["next"].as_str().unwrap().replace(' ', "%20");
    let (_, rest) = robot.get(&format!("/contacts?limit=2&after={next}")).await;
    assert_ne!(rest["contacts"][0]["id"], page["contacts"][0]["id"]);
}

#[tokio::test]
async fn a_command_with_a_key_is_done_once() {
    let world = world().await;
    let robot = world.robot(ALL).await;
    let body = json!({ "name": "Once Ltd" });
    let once = |body: Value, key: &'static str| {
        let robot = &robot;
        async move { robot.ask(Method::POST, "/companies", Some(key), Some(&body)).await }
    };
    let (status, first, _) = once(body.clone(), "a-key-of-mine").await;
    assert_eq!(status, 201);
    let (status, second, got) = once(body.clone(), "a-key-of-mine").await;
    assert_eq!((status, &second), (201, &first));
    assert_eq!(got.header("idempotency-replayed"), "true");
    let (_, page) = robot.get("/companies?search=once").await;
    assert_eq!(page["companies"].as_array().unwrap().len(), 1);
    let (status, problem, _) = once(json!({ "name": "Other" }), "a-key-of-mine").await;
    assert_eq!((status, &problem["code"]), (422, &json!("idempotency_key_reused")));
    let (status, problem, _) = once(body.clone(), "short").await;
    assert_eq!((status, &problem["code"]), (400, &json!("bad_idempotency_key")));
    // What was refused changed nothing, and can be tried again under its key.
    for _ in 0..2 {
        assert_eq!(once(json!({ "name": "" }), "refused-command").await.0, 400);
    }
    // A command that was begun and never ended is not done again.
    let key = "half-done-command".parse().unwrap();
    world.portal.begin_once(mara(), &key, [7; 32]).await.unwrap();
    let (status, problem, _) = once(body, "half-done-command").await;
    assert_eq!((status, &problem["code"]), (422, &json!("idempotency_key_reused")));
}

#[tokio::test]
async fn log_035_a_token_does_what_it_was_made_for_and_its_owner_may_and_no_more() {
    let world = world().await;
    let reader = world
        .robot(Made {
            mode: Mode::Read,
            ..ALL
        })
        .await;
    assert_eq!(reader.get("/companies").await.0, 200);
    let (status, problem) = reader.post("/companies", json!({ "name": "x" })).await;
    assert_eq!((status, &problem["code"]), (403, &json!("read_only")));
    let crm = world
        .robot(Made {
            only: &[Permission::Crm],
            ..ALL
        })
        .await;
    assert_eq!(crm.get("/contacts").await.0, 200);
    for path in ["/portals", "/domains", "/audit", "/outbox", "/inboxes"] {
        assert_eq!(crm.get(path).await.0, 403, "{path}");
    }
    assert_eq!(crm.post("/groups", json!({ "name": "x" })).await.0, 403);
    let (_, me) = crm.get("/me").await;
    assert_eq!((&me["scopes"], &me["dangerous"]), (&json!(["crm"]), &json!(false)));

    // The owner has less from one moment to the next, and so has the token.
    world.staff(&[Permission::HelpDesk], StaffStanding::Active).await;
    assert_eq!(crm.get("/contacts").await.0, 403);
    assert_eq!(reader.get("/companies").await.0, 403);
    world.staff(&[Permission::Admin], StaffStanding::Disabled).await;
    assert_eq!(crm.get("/me").await.0, 401);
    world.staff(&[Permission::Admin], StaffStanding::Active).await;

    let tokens = world
        .portal
        .program_tokens(&StaffActor::signed_in(mara(), false))
        .await
        .unwrap();
    let crm_token = tokens
        .iter()
        .find(|it| it.only == BTreeSet::from([Permission::Crm]))
        .unwrap();
    let actor = StaffActor::signed_in(mara(), false);
    world.portal.remove_program_token(&actor, crm_token.id).await.unwrap();
    assert_eq!(crm.get("/me").await.0, 401);
    world.clock.advance(std::time::Duration::from_hours(31 * 24));
    assert_eq!(reader.get("/me").await.0, 401);
}

#[tokio::test]
async fn tokens_are_made_by_people_with_a_fresh_proof_for_what_they_may_themselves() {
    let world = world().await;
    let command = CreateProgramToken {
        name: "Robot".to_owned(),
        mode: Mode::Write,
        only: BTreeSet::from([Permission::Crm]),
        dangerous: false,
        days: 30,
    };
    let make = |actor: StaffActor, command: CreateProgramToken| {
        let portal = world.portal.clone();
        async move { portal.create_program_token(&actor, &command).await.map(|_| ()) }
    };
    let fresh = StaffActor::signed_in(mara(), true);
    assert!(make(fresh.clone(), command.clone()).await.is_ok());
    let stale = make(StaffActor::signed_in(mara(), false), command.clone()).await;
    assert!(matches!(stale, Err(ProgramTokenError::Staff(_))));
    let program = StaffActor {
        only: Some(BTreeSet::from([Permission::Admin])),
        ..fresh.clone()
    };
    assert!(matches!(
        make(program, command.clone()).await,
        Err(ProgramTokenError::Program)
    ));
    for wrong in [
        CreateProgramToken {
            days: 0,
            ..command.clone()
        },
        CreateProgramToken {
            days: 367,
            ..command.clone()
        },
        CreateProgramToken {
            days: 32,
            dangerous: true,
            ..command.clone()
        },
        CreateProgramToken {
            only: BTreeSet::new(),
            ..command.clone()
        },
        CreateProgramToken {
            name: String::new(),
            ..command.clone()
        },
    ] {
        assert!(matches!(
            make(fresh.clone(), wrong).await,
            Err(ProgramTokenError::Invalid(_))
        ));
    }
    world
        .staff(&[Permission::Api, Permission::Crm], StaffStanding::Active)
        .await;
    assert!(make(fresh.clone(), command.clone()).await.is_ok());
    let wider = CreateProgramToken {
        only: BTreeSet::from([Permission::Admin]),
        ..command.clone()
    };
    assert!(matches!(
        make(fresh.clone(), wider).await,
        Err(ProgramTokenError::Invalid(_))
    ));
    world.staff(&[Permission::Crm], StaffStanding::Active).await;
    assert!(matches!(make(fresh, command).await, Err(ProgramTokenError::Staff(_))));
}

#[tokio::test]
async fn whatever_else_comes_gets_a_problem_document_and_nothing_more() {
    let world = World::with(Settings {
        portals: 2,
        ..Settings::default()
    })
    .await;
    world.staff(&[Permission::Admin], StaffStanding::Active).await;
    let robot = world.robot(ALL).await;
    let nobody = Program {
        world: &world,
        token: "ptl_admin_00".to_owned(),
    };
    for path in ["/portals", "/me", "/contacts", "/audit"] {
        let (status, problem, got) = nobody.ask(Method::GET, path, None, None).await;
        assert_eq!((status, &problem["code"]), (401, &json!("token_required")), "{path}");
        assert_eq!(got.header("content-type"), "application/problem+json", "{path}");
    }
    for path in [
        "",
        "/",
        "/nothing",
        "/portals/x",
        "/portals//versions",
        "/contacts/x",
        "/groups/x",
        "/properties/x",
    ] {
        let (status, _, got) = robot.ask(Method::GET, path, None, None).await;
        assert!(matches!(status, 400 | 404), "{path}: {status}");
        assert_eq!(got.header("content-type"), "application/problem+json", "{path}");
    }
    let (status, _, got) = robot.ask(Method::PATCH, "/portals", None, None).await;
    assert_eq!((status, got.header("allow")), (405, "GET, POST"));
    let (status, _, _) = robot
        .ask(Method::POST, "/companies", None, Some(&json!({ "nam": "x" })))
        .await;
    assert_eq!(status, 400);
    // A session is no token, and a customer's token is none of the staff.
    let got = world.signed_in("anna").await.get("/api/v1/admin/portals").await;
    assert_eq!(got.status, 401);
}

/// At the host of the base address, and nowhere else.
#[tokio::test]
async fn adm_005_the_staff_are_answered_at_their_own_host() {
    let world = World::with(Settings {
        base_url: "https://desk.example.com",
        ..Settings::default()
    })
    .await;
    world.staff(&[Permission::Admin], StaffStanding::Active).await;
    let robot = world.robot(ALL).await;
    assert_eq!(robot.get("/portals").await.0, 404);
    let request = world
        .client
        .get(format!("{API}/portals"))
        .header("host", "desk.example.com")
        .header("authorization", format!("Bearer {}", robot.token));
    assert_eq!(world.browser().send(request).await.status, 200);
}

#[tokio::test]
async fn staff_users_are_looked_after_by_programs_that_were_made_for_it() {
    let world = world().await;
    let careful = world.robot(ALL).await;
    let robot = world.robot(Made { dangerous: true, ..ALL }).await;
    let ben = json!({ "name": "Ben Arnold", "email": "ben@acme.example", "permissions": ["help_desk"], "inboxes": [] });
    let (status, problem) = careful.post("/staff", ben.clone()).await;
    assert_eq!((status, &problem["code"]), (403, &json!("dangerous_token_needed")));
    let (status, made) = robot.post("/staff", ben.clone()).await;
    assert_eq!(status, 201, "{made}");
    let path = format!("/staff/{}", made["id"].as_str().unwrap());
    let (status, problem) = robot.post("/staff", ben).await;
    assert_eq!((status, &problem["fields"][0]["field"]), (400, &json!("email")));
    // Whoever only looks needs no more.
    let (_, list) = careful.get("/staff").await;
    assert_eq!(list["staff"].as_array().unwrap().len(), 2, "{list}");
    let (_, found) = careful.get(&path).await;
    assert_eq!(found["permissions"], json!(["help_desk"]));
    assert_eq!((&found["inboxes"], &found["accepted"]), (&json!([]), &json!(false)));
    let more = json!({ "name": "Ben Arnold", "email": "ben@acme.example", "permissions": ["crm", "help_desk"] });
    assert_eq!(robot.put(&path, &more).await.0, 204);
    let (_, found) = careful.get(&path).await;
    assert_eq!(
        (&found["permissions"], found.get("inboxes")),
        (&json!(["help_desk", "crm"]), None)
    );
    let (status, _, _) = robot.ask(Method::POST, &format!("{path}/link"), None, None).await;
    assert_eq!(status, 204);
    assert_eq!(robot.ask(Method::DELETE, &path, None, None).await.0, 204);
    assert_eq!(careful.get(&path).await.1["standing"], "disabled");
    let (status, _, _) = robot.ask(Method::POST, &format!("{path}/enable"), None, None).await;
    assert_eq!(status, 204);
    // The last administrator stays one, also if the program is theirs.
    let own = format!("/staff/{}", mara());
    let (status, problem, _) = robot.ask(Method::DELETE, &own, None, None).await;
    assert_eq!((status, &problem["code"]), (409, &json!("last_admin")));
    let less = json!({ "name": "Mara", "email": "mara@acme.example", "permissions": ["crm"] });
    assert_eq!(robot.put(&own, &less).await.0, 409);
    let narrow = world
        .robot(Made {
            only: &[Permission::Crm],
            ..ALL
        })
        .await;
    assert_eq!(narrow.get("/staff").await.0, 403);
}

#[tokio::test]
async fn pictures_of_a_portal_are_put_and_removed_by_programs() {
    let world = world().await;
    let robot = world.robot(ALL).await;
    let path = format!("/portals/{}/branding/logo", portal_id(0));
    let put = async |path: String, bytes: &[u8]| {
        let request = world
            .client
            .request(Method::PUT, format!("{API}{path}"))
            .header("host", HOST)
            .header("authorization", format!("Bearer {}", robot.token))
            .content_type("application/octet-stream")
            .body(bytes.to_vec());
        let got = world.browser().send(request).await;
        (
            got.status,
            serde_json::from_str::<Value>(&got.body).unwrap_or(Value::Null),
        )
    };
    let (status, kept) = put(path.clone(), b"\x89PNG picture").await;
    assert_eq!(status, 200, "{kept}");
    let shown = format!("/support/brand/{}", kept["digest"].as_str().unwrap());
    assert_eq!(world.browser().get(&shown).await.status, 200);
    let (status, _) = put(format!("{path}?version=0"), b"\x89PNG other").await;
    assert_eq!(status, 409, "somebody changed it since version 0");
    let (status, problem) = put(path.clone(), b"<svg onload=alert(1)>").await;
    assert_eq!((status, &problem["code"]), (400, &json!("no_picture")));
    assert_eq!(put(path.replace("logo", "banner"), b"\x89PNG").await.0, 400);
    let (status, _, _) = robot.ask(Method::DELETE, &path, None, None).await;
    assert_eq!(status, 204);
    assert_eq!(world.browser().get(&shown).await.status, 404);
}

#[tokio::test]
async fn invitations_are_sent_again_by_programs() {
    let world = world().await;
    let robot = world.robot(ALL).await;
    let path = format!("/portals/{}/invitations/again", portal_id(0));
    let (status, plan) = robot.get(&path).await;
    assert_eq!(
        (status, &plan["failed"], &plan["expired"], &plan["pending"]),
        (200, &json!(0), &json!(0), &json!(0))
    );
    let none = json!({ "statuses": ["failed", "expired", "pending"], "recipients": 0 });
    assert_eq!(robot.post(&path, none).await, (200, json!({ "count": 0 })));
    assert_eq!(
        robot.post(&path, json!({ "statuses": [], "recipients": 0 })).await.0,
        400
    );
}
