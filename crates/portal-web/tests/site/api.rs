//! The API over the same world: the same rule, bearer tokens, problem documents.

use std::time::Duration;

use poem::http::Method;
use portal_core::actor::{Actor, Mode};
use portal_core::membership::CreateApiToken;
use portal_web::{Bucket, RateLimits};
use serde_json::{Value, json};

use crate::world::{Got, HOST, Settings, World, contact, portal_id};

const API: &str = "/api/v1/portals/support";

/// A program with a token.
pub(crate) struct Program<'a> {
    world: &'a World,
    pub(crate) token: String,
}

impl World {
    pub(crate) async fn program(&self, name: &str, mode: Mode) -> Program<'_> {
        let command = CreateApiToken {
            portal: portal_id(0),
            name: "Program".to_owned(),
            mode,
            days: 30,
        };
        let made = self
            .portal
            .create_api_token(&Actor::signed_in(contact(name)), command)
            .await
            .unwrap();
        Program {
            world: self,
            token: made.secret.expose().to_owned(),
        }
    }
}

impl Program<'_> {
    async fn ask(&self, method: Method, path: &str, key: Option<&str>, body: Option<Value>) -> (u16, Value, Got) {
        let request = self
            .world
            .client
            .request(method, format!("{API}{path}"))
            .header("host", HOST);
        let request = request.header("authorization", format!("Bearer {}", self.token));
        let request = if let Some(key) = key {
            request.header("idempotency-key", key)
        } else {
            request
        };
        let request = if let Some(body) = body {
            request.body_json(&body)
        } else {
            request
        };
        let got = self.world.browser().send(request).await;
        let document = serde_json::from_str(&got.body).unwrap_or(Value::Null);
        (got.status, document, got)
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        let (status, document, _) = self.ask(Method::GET, path, None, None).await;
        (status, document)
    }

    async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        let (status, document, _) = self.ask(Method::POST, path, None, Some(body)).await;
        (status, document)
    }

    async fn open(&self, subject: &str) -> i64 {
        let (status, document) = self
            .post(
                "/tickets",
                json!({ "subject": subject, "description": "It does not work." }),
            )
            .await;
        assert_eq!(status, 201, "{document}");
        document["number"].as_i64().unwrap()
    }
}

#[tokio::test]
async fn a_program_does_what_its_contact_can() {
    let world = World::new().await;
    let anna = world.program("anna", Mode::Write).await;
    let (status, me) = anna.get("/me").await;
    assert_eq!(
        (status, &me["name"], &me["company"], &me["may_write"]),
        (200, &json!("Anna Berg"), &json!("Fernwerk GmbH"), &json!(true))
    );

    let number = anna.open("Scanner is offline").await;
    let (status, page) = anna.get("/tickets?tab=mine&filter=open&sort=created&limit=5").await;
    assert_eq!(
        (status, &page["tickets"][0]["number"], &page["counts"]["received"]),
        (200, &json!(number), &json!(1))
    );
    let (_, found) = anna.get("/search?q=scan").await;
    assert_eq!(found["hits"][0]["ticket"]["number"], json!(number));

    let (status, replied) = anna
        .post(&format!("/tickets/{number}/messages"), json!({ "text": "More" }))
        .await;
    assert_eq!((status, &replied["is_follow_up"]), (201, &json!(false)));
    let (_, messages) = anna.get(&format!("/tickets/{number}/messages")).await;
    let texts: Vec<_> = messages["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, ["It does not work.", "More"]);
    assert_eq!(messages["messages"][0]["author"]["kind"], "you");
    let (_, later) = anna.get(&format!("/tickets/{number}/messages?after_seq=1")).await;
    assert_eq!(later["messages"].as_array().unwrap().len(), 1);

    assert_eq!(
        anna.post(&format!("/tickets/{number}/close"), json!({ "reason": "solved" }))
            .await
            .0,
        204
    );
    let (status, problem) = anna.post(&format!("/tickets/{number}/close"), json!({})).await;
    assert_eq!((status, &problem["code"]), (409, &json!("already_closed")));
    let said = json!({ "rating": "not_good", "comment": "Too late." });
    let rating = format!("/tickets/{number}/rating");
    assert_eq!(anna.ask(Method::PUT, &rating, None, Some(said.clone())).await.0, 204);
    let (_, ticket) = anna.get(&format!("/tickets/{number}")).await;
    assert_eq!((&ticket["rating"], &ticket["allowed"]["rate"]), (&said, &json!(true)));
    assert_eq!(anna.post(&format!("/tickets/{number}/reopen"), json!({})).await.0, 204);
    let (status, problem, _) = anna.ask(Method::PUT, &rating, None, Some(said)).await;
    assert_eq!((status, &problem["code"]), (409, &json!("not_closed")));
    assert_eq!(
        anna.post(&format!("/tickets/{number}/private"), Value::Null).await.0,
        204
    );
    let (_, ticket) = anna.get(&format!("/tickets/{number}")).await;
    assert_eq!(
        (&ticket["audience"], &ticket["stage"], &ticket["because"]),
        (&json!("private"), &json!("in_progress"), &json!("you_are_on_it"))
    );
    let by_id = anna.get(&format!("/tickets/{}", ticket["id"].as_str().unwrap())).await;
    assert_eq!(by_id.1, ticket);
}

#[tokio::test]
async fn a_colleague_sees_it_through_the_company_and_a_stranger_sees_what_is_not_there() {
    let world = World::new().await;
    let number = world.program("anna", Mode::Write).await.open("Scanner").await;
    let jonas = world.program("jonas", Mode::Write).await;
    assert_eq!(
        jonas.get(&format!("/tickets/{number}")).await.1["because"],
        "your_company_is_on_it"
    );
    let (status, problem) = jonas
        .post(&format!("/tickets/{number}/messages"), json!({ "text": "Me too" }))
        .await;
    assert_eq!((status, &problem["code"]), (403, &json!("only_people_on_the_ticket")));

    let mallory = world.program("mallory", Mode::Write).await;
    for path in ["", "/messages"] {
        let unseen = mallory
            .ask(Method::GET, &format!("/tickets/{number}{path}"), None, None)
            .await;
        let absent = mallory
            .ask(Method::GET, &format!("/tickets/999999{path}"), None, None)
            .await;
        assert_eq!((unseen.0, &unseen.1), (404, &absent.1));
        let headers = |got: &Got| {
            got.headers
                .iter()
                .filter(|(name, _)| *name != "x-request-id")
                .map(|(a, b)| (a.clone(), b.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(headers(&unseen.2), headers(&absent.2));
    }
    let rating = mallory
        .ask(
            Method::PUT,
            &format!("/tickets/{number}/rating"),
            None,
            Some(json!({ "rating": "good" })),
        )
        .await;
    assert_eq!(rating.0, 404);
    for path in ["messages", "close", "reopen", "private"] {
        let body = if path == "messages" {
            json!({ "text": "x" })
        } else {
            json!({})
        };
        assert_eq!(
            mallory.post(&format!("/tickets/{number}/{path}"), body).await.0,
            404,
            "{path}"
        );
    }
    assert_eq!(mallory.get("/search?q=scanner").await.1["hits"], json!([]));
    assert_eq!(mallory.get("/tickets").await.1["tickets"], json!([]));
}

#[tokio::test]
async fn log_035_tokens_are_of_one_portal_end_and_only_do_what_they_are_for() {
    let world = World::new().await;
    let mut reader = world.program("anna", Mode::Read).await;
    assert_eq!(reader.get("/tickets").await.0, 200);
    let (status, problem) = reader
        .post("/tickets", json!({ "subject": "a", "description": "b" }))
        .await;
    assert_eq!((status, &problem["code"]), (403, &json!("read_only")));
    let elsewhere = world
        .client
        .get("/api/v1/portals/partners/tickets")
        .header("host", HOST)
        .header("authorization", format!("Bearer {}", reader.token));
    assert_eq!(world.browser().send(elsewhere).await.status, 401);
    reader.token.push('0');
    assert_eq!(reader.get("/tickets").await.0, 401);
    // A cookie is no token: the API never looks at cookies, so it needs no defence against forged requests.
    let mut anna = world.signed_in("anna").await;
    assert_eq!(anna.get(&format!("{API}/tickets")).await.status, 401);
    world.clock.advance(std::time::Duration::from_hours(31 * 24));
    assert_eq!(world.program("anna", Mode::Read).await.get("/tickets").await.0, 200);
    reader.token.pop();
    assert_eq!(reader.get("/tickets").await.0, 401);
}

#[tokio::test]
async fn con_001_con_002_a_key_makes_repeating_harmless_and_another_command_is_refused() {
    let world = World::new().await;
    let anna = world.program("anna", Mode::Write).await;
    let body = json!({ "subject": "Scanner", "description": "Off" });
    let first = anna
        .ask(Method::POST, "/tickets", Some("once-and-only"), Some(body.clone()))
        .await;
    let second = anna
        .ask(Method::POST, "/tickets", Some("once-and-only"), Some(body.clone()))
        .await;
    assert_eq!((first.0, &first.1), (201, &second.1));
    let other = json!({ "subject": "Printer", "description": "Off" });
    let third = anna
        .ask(Method::POST, "/tickets", Some("once-and-only"), Some(other))
        .await;
    assert_eq!((third.0, &third.1["code"]), (422, &json!("idempotency_key_reused")));
    let jonas = world.program("jonas", Mode::Write).await;
    let foreign = jonas
        .ask(Method::POST, "/tickets", Some("once-and-only"), Some(body))
        .await;
    assert_ne!(foreign.1["number"], first.1["number"]);
    assert_eq!(
        anna.ask(Method::POST, "/tickets", Some("short"), Some(json!({})))
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn everything_wrong_is_a_problem_document_that_says_what() {
    let world = World::new().await;
    let anna = world.program("anna", Mode::Write).await;
    let (status, problem) = anna
        .post("/tickets", json!({ "subject": " ", "description": "" }))
        .await;
    assert_eq!(
        (status, &problem["fields"][0]["field"], &problem["fields"][1]["field"]),
        (400, &json!("subject"), &json!("description"))
    );
    let wrong = [
        (
            Method::POST,
            "/tickets",
            Some(json!({ "subject": "a", "description": "b", "status": "closed" })),
            400,
        ),
        (
            Method::POST,
            "/tickets",
            Some(json!({ "subject": "a", "description": "b", "files": ["x"] })),
            400,
        ),
        (Method::GET, "/tickets?sort=subject;drop", None, 400),
        (Method::GET, "/tickets?limit=0", None, 400),
        (Method::GET, "/tickets?limit=1000000000", None, 400),
        (Method::GET, "/tickets?after=3.x.1", None, 400),
        (Method::GET, "/tickets?requester=12", None, 400),
        (Method::GET, "/search", None, 400),
        (Method::GET, "/search?q=%20", None, 400),
        (Method::GET, "/tickets/-1", None, 404),
        (Method::GET, "/tickets/9223372036854775808", None, 404),
        (Method::GET, "/files/x", None, 404),
        (Method::GET, "/nothing", None, 404),
        (Method::PUT, "/tickets", None, 405),
    ];
    for (method, path, body, expected) in wrong {
        let (status, document, got) = anna.ask(method.clone(), path, None, body).await;
        assert_eq!(status, expected, "{method} {path}: {}", got.body);
        assert!(
            got.header("content-type").starts_with("application/problem+json"),
            "{method} {path}: {:?}",
            got.headers
        );
        assert_eq!(document["status"], json!(expected), "{method} {path}");
        for word in ["portal_", "Dto", "::", "poem"] {
            assert!(!got.body.contains(word), "{method} {path}: {}", got.body);
        }
    }
}

#[tokio::test]
async fn files_go_up_and_come_down_as_attachments() {
    let world = World::new().await;
    let anna = world.program("anna", Mode::Write).await;
    let request = world
        .client
        .post(format!("{API}/files?name=log%22%0d%0a.html"))
        .header("host", HOST);
    let request = request
        .header("authorization", format!("Bearer {}", anna.token))
        .content_type("application/octet-stream")
        .body("<script>");
    let got = world.browser().send(request).await;
    let file: Value = serde_json::from_str(&got.body).unwrap();
    assert_eq!((got.status, &file["size"]), (201, &json!(8)), "{}", got.body);
    let id = file["id"].as_str().unwrap();
    let (status, opened) = anna
        .post("/tickets", json!({ "subject": "a", "description": "b", "files": [id] }))
        .await;
    assert_eq!(status, 201, "{opened}");
    let (status, _, got) = world
        .program("jonas", Mode::Read)
        .await
        .ask(Method::GET, &format!("/files/{id}"), None, None)
        .await;
    assert_eq!((status, got.body.as_str()), (200, "<script>"));
    assert!(
        got.header("content-disposition").starts_with("attachment"),
        "{:?}",
        got.headers
    );
    assert_eq!(got.header("x-content-type-options"), "nosniff");
    assert_eq!(
        world
            .program("mallory", Mode::Read)
            .await
            .get(&format!("/files/{id}"))
            .await
            .0,
        404
    );
}

#[tokio::test]
async fn the_document_is_served_and_names_every_operation() {
    let world = World::new().await;
    let got = world.browser().get("/api/openapi.json").await;
    assert_eq!(
        (got.status, got.body.as_str()),
        (200, portal_web::api::openapi().as_str())
    );
    let document: Value = serde_json::from_str(&got.body).unwrap();
    let operations: Vec<_> = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|it| it.as_object().unwrap().values())
        .collect();
    let mut names: Vec<_> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(path, _)| path.starts_with("/api/v1/portals/"))
        .flat_map(|(_, it)| it.as_object().unwrap().values())
        .map(|it| it["operationId"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    let expected = [
        "closeTicket",
        "getFile",
        "getMe",
        "getTicket",
        "listMessages",
        "listTickets",
        "markPrivate",
        "openTicket",
        "rateTicket",
        "reopenTicket",
        "reply",
        "searchTickets",
        "uploadFile",
    ];
    assert_eq!(names, expected);
    assert!(
        operations.iter().all(|it| it["security"].is_array()),
        "an operation without a token"
    );
}

#[tokio::test]
async fn a_program_has_the_limits_of_its_contact() {
    let one = Bucket::new(1, Duration::from_mins(1));
    let rates = RateLimits {
        writes_of_contact: one,
        searches_of_contact: one,
        misses: 5,
        ..RateLimits::unlimited()
    };
    let world = World::with(Settings {
        rates,
        ..Settings::default()
    })
    .await;
    let mallory = world.program("mallory", Mode::Write).await;
    mallory.open("Printer").await;
    let (status, problem, got) = mallory
        .ask(
            Method::POST,
            "/tickets",
            None,
            Some(json!({ "subject": "S", "description": "D" })),
        )
        .await;
    assert_eq!(
        (status, &problem["code"], got.header("retry-after")),
        (429, &json!("too_many_requests"), "60")
    );
    assert_eq!(mallory.get("/search?q=a").await.0, 200);
    assert_eq!(mallory.get("/search?q=a").await.0, 429);
    // Pages and programs of one contact share what there is.
    assert_eq!(
        world.signed_in("mallory").await.get("/support/search?q=a").await.status,
        429
    );
    for number in 901..907 {
        assert_eq!(mallory.get(&format!("/tickets/{number}")).await.0, 404);
    }
    let (status, _, got) = mallory.ask(Method::GET, "/tickets/908", None, None).await;
    assert_eq!((status, got.header("retry-after")), (429, "900"));
    assert_eq!(world.signed_in("mallory").await.get("/support/908").await.status, 429);
    assert_eq!(mallory.get("/tickets").await.0, 200);
    assert_eq!(
        world.program("anna", Mode::Write).await.get("/tickets/908").await.0,
        404
    );
}

#[tokio::test]
async fn a_document_is_smaller_than_a_file_may_be() {
    let world = World::new().await;
    let anna = world.program("anna", Mode::Write).await;
    let long = "x".repeat(2 * 1024 * 1024);
    let body = json!({ "subject": "S", "description": long });
    assert_eq!(anna.post("/tickets", body).await.0, 413);
    let request = world
        .client
        .post(format!("{API}/files?name=a.log"))
        .header("host", HOST)
        .header("authorization", format!("Bearer {}", anna.token));
    let uploaded = world
        .browser()
        .send(request.content_type("application/octet-stream").body(long))
        .await;
    assert_eq!(uploaded.status, 201, "{}", uploaded.body);
}
