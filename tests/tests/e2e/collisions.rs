//! The same thing twice, two things at once, two servers, and a server that is told to stop or loses its database.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Result, ensure};
use futures_util::future::try_join_all;
use portal_e2e::database::Database;
use portal_e2e::html;
use portal_e2e::http::{Answer, Visitor};
use portal_e2e::site::Site;
use portal_e2e::wait;
use portal_e2e::world::people::{ALICE, GIL, PAT};
use portal_e2e::world::{PASSWORD, World};
use reqwest::Method;
use serde_json::{Value, json};

/// CON-001, CON-002 on one server or two.
async fn keys_make_writes_happen_once(site: &Site, bases: &[String]) -> Result<()> {
    let alice = site.program(ALICE, true).await?;
    let everywhere = bases
        .iter()
        .map(|it| alice.at(it, "support"))
        .collect::<Result<Vec<_>>>()?;
    let body = json!({ "subject": "Only once", "description": "clicked often" });
    let all = try_join_all((0..50).map(|it| everywhere[it % everywhere.len()].post("/tickets", "the-same-key", &body)))
        .await?;
    let results: BTreeSet<String> = all.iter().map(|it| format!("{} {}", it.status, it.text())).collect();
    ensure!(
        results.len() == 1 && all.iter().all(|it| it.status == 201),
        "50 times the same gave {results:?}"
    );
    let number = all.first().unwrap().json()?["number"].clone();
    let reply = json!({ "text": "said once" });
    let path = format!("/tickets/{number}/messages");
    let all =
        try_join_all((0..50).map(|it| everywhere[it % everywhere.len()].post(&path, "the-same-key", &reply))).await?;
    let results: BTreeSet<String> = all.iter().map(|it| format!("{} {}", it.status, it.text())).collect();
    ensure!(results.len() == 1, "50 times the same reply gave {results:?}");
    let messages = alice.get(&path).await?.json()?["messages"]
        .as_array()
        .map_or(0, Vec::len);
    ensure!(messages == 2, "there are {messages} messages");
    let found = alice.get("/search?q=once").await?.json()?["hits"]
        .as_array()
        .map_or(0, Vec::len);
    ensure!(found == 1, "{found} tickets were opened");

    // CON-002: the same key for something else, or by somebody else.
    alice
        .post(
            "/tickets",
            "the-same-key",
            &json!({ "subject": "Another", "description": "thing" }),
        )
        .await?
        .expect(422)?;
    let gil = site.program(GIL, true).await?;
    let other = gil.post("/tickets", "the-same-key", &body).await?.expect(201)?.json()?;
    ensure!(other["number"] != number, "somebody else's key gave their ticket");
    Ok(())
}

#[tokio::test]
async fn con_001_one_server() -> Result<()> {
    let mut site = Site::start(World::plain()).await?;
    keys_make_writes_happen_once(&site, &[site.base.clone()]).await?;
    forms_are_sent_once(&site).await?;
    con_005_replies_are_never_lost(&site, &[site.base.clone()]).await?;
    vis_028_streams_carry_hints(&site, &site.base).await?;
    dur_014_the_server_stops_when_asked(&mut site).await
}

#[tokio::test]
async fn con_001_two_servers_postgres() -> Result<()> {
    let site = Site::start_on(World::plain(), Database::postgres().await?).await?;
    let (second, _server) = site.second_server().await?;
    let both = [site.base.clone(), second.clone()];
    keys_make_writes_happen_once(&site, &both).await?;
    con_005_replies_are_never_lost(&site, &both).await?;
    // A session of one is a session of the other, and ends on both.
    let alice = site.visitor(ALICE).await?;
    vis_028_streams_carry_hints(&site, &second).await?;
    alice.post("/support/sign-out", &[]).await?.expect(303)?;
    Ok(())
}

async fn forms_are_sent_once(site: &Site) -> Result<()> {
    let alice = site.visitor(ALICE).await?;
    let page = alice.get("/support/new").await?.text();
    let hidden = html::hidden_fields(&page, "/support/new").unwrap_or_default();
    let mut fields: Vec<(&str, &str)> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend([
        ("subject", "Form sent many times"),
        ("description", "a double click"),
        ("category", "Devices"),
        ("priority", "normal"),
        ("audience", "shared"),
    ]);
    let all = try_join_all((0..20).map(|_| alice.post_files("/support/new", &fields, &[]))).await?;
    let results: BTreeSet<(u16, &str)> = all.iter().map(|it| (it.status, it.location())).collect();
    ensure!(
        results.len() == 1 && all[0].status == 303,
        "the same form gave {results:?}"
    );
    // With a file the second sending is refused or gives the first one's ticket; a second ticket it is never.
    let page = alice.get("/support/new").await?.text();
    let hidden = html::hidden_fields(&page, "/support/new").unwrap_or_default();
    let mut fields: Vec<(&str, &str)> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend([
        ("subject", "Attached many times"),
        ("description", "a double click"),
        ("category", "Devices"),
        ("priority", "normal"),
        ("audience", "shared"),
    ]);
    let all = try_join_all((0..20).map(|_| alice.post_files("/support/new", &fields, &[("a.txt", b"x")]))).await?;
    let opened: BTreeSet<&str> = all.iter().filter(|it| it.status == 303).map(Answer::location).collect();
    ensure!(
        opened.len() == 1 && all.iter().all(|it| matches!(it.status, 303 | 409)),
        "{:?}",
        all.iter().map(|it| it.status).collect::<Vec<_>>()
    );
    Ok(())
}

/// CON-005: whoever replies at the same moment as somebody closes loses nothing.
async fn con_005_replies_are_never_lost(site: &Site, bases: &[String]) -> Result<()> {
    let (alice, pat) = (site.program(ALICE, true).await?, site.program(PAT, true).await?);
    let number = site.world.number("t1");
    let path = format!("/tickets/{number}/messages");
    let before = alice.get(&path).await?.json()?["messages"]
        .as_array()
        .map_or(0, Vec::len);
    let work = (0..20).map(|it| {
        let (alice, pat, path) = (
            alice.at(&bases[it % bases.len()], "support"),
            pat.at(&bases[(it + 1) % bases.len()], "support"),
            path.clone(),
        );
        async move {
            let (alice, pat) = (alice?, pat?);
            match it % 4 {
                0 => alice.post(&format!("/tickets/{number}/close"), "", &json!({})).await,
                1 => alice.post(&format!("/tickets/{number}/reopen"), "", &json!({})).await,
                2 => {
                    alice
                        .post(&path, "", &json!({ "text": format!("from Alice {it}") }))
                        .await
                }
                _ => pat.post(&path, "", &json!({ "text": format!("from Pat {it}") })).await,
            }
        }
    });
    let all = try_join_all(work).await?;
    ensure!(
        all.iter().all(|it| it.status < 500),
        "a collision gave {:?}",
        all.iter().map(|it| it.status).collect::<Vec<_>>()
    );
    let sent = all.iter().filter(|it| it.status == 201).count();
    ensure!(
        sent == 10,
        "of 10 replies {sent} were taken: {:?}",
        all.iter().map(|it| (it.asked.clone(), it.status)).collect::<Vec<_>>()
    );
    let after = alice.get(&path).await?.json()?;
    let messages = after["messages"].as_array().cloned().unwrap_or_default();
    ensure!(
        messages.len() == before + sent,
        "{} messages instead of {}",
        messages.len(),
        before + sent
    );
    let places: Vec<i64> = messages.iter().filter_map(|it| it["seq"].as_i64()).collect();
    ensure!(
        places.windows(2).all(|it| it[0] < it[1]),
        "places are out of order: {places:?}"
    );
    Ok(())
}

/// VIS-028, CON-014: a stream tells number and version, of tickets that are visible, and nothing else.
async fn vis_028_streams_carry_hints(site: &Site, at: &str) -> Result<()> {
    let number = site.world.number("t4");
    // One who sees it through the company, one who must not hear of Alice's other tickets, listening at that server.
    let listener = Visitor::signed_in(&site.base, "support", &site.world.contact(GIL).email, PASSWORD).await?;
    let listening = Visitor {
        base: at.to_owned(),
        ..listener
    };
    let mut response = listening
        .request(Method::GET, "/support/stream")
        .header("host", site.base.trim_start_matches("http://"))
        .send()
        .await?;
    ensure!(response.status() == 200, "the stream gave {}", response.status());
    ensure!(
        response
            .headers()
            .get("content-type")
            .is_some_and(|it| it.to_str().is_ok_and(|it| it.starts_with("text/event-stream")))
    );
    let alice = site.program(ALICE, true).await?;
    alice
        .post(
            &format!("/tickets/{}/messages", site.world.number("t5")),
            "",
            &json!({ "text": "not for Gil" }),
        )
        .await?
        .expect(201)?;
    alice
        .post(
            &format!("/tickets/{number}/messages"),
            "",
            &json!({ "text": "for both teams" }),
        )
        .await?
        .expect(201)?;
    let mut said = String::new();
    wait::within(Duration::from_secs(10), "a hint", async {
        while !said.contains(&format!("\"number\":{number}")) {
            let chunk = response.chunk().await?.unwrap_or_default();
            ensure!(!chunk.is_empty(), "the stream ended after: {said}");
            said += &String::from_utf8_lossy(&chunk);
        }
        Ok(())
    })
    .await?;
    for data in said.lines().filter_map(|it| it.strip_prefix("data:")) {
        let hint: Value = serde_json::from_str(data.trim())?;
        let keys: BTreeSet<&str> = hint
            .as_object()
            .into_iter()
            .flat_map(|it| it.keys())
            .map(String::as_str)
            .collect();
        ensure!(keys == BTreeSet::from(["number", "version"]), "a hint carries {hint}");
        ensure!(hint["number"] == json!(number), "a hint of a foreign ticket: {hint}");
    }
    // Signing out ends it within two seconds and a little.
    let out = listening
        .request(Method::POST, "/support/sign-out")
        .header("host", site.base.trim_start_matches("http://"))
        .header("origin", &site.base);
    let out = out.header("content-type", "application/x-www-form-urlencoded").body("");
    Answer::read("POST sign-out".to_owned(), out).await?.expect(303)?;
    wait::within(
        Duration::from_secs(6),
        "the end of a stream whose session ended",
        async {
            while response.chunk().await?.is_some() {}
            Ok(())
        },
    )
    .await
}

async fn dur_014_the_server_stops_when_asked(site: &mut Site) -> Result<()> {
    let alice = site.visitor(ALICE).await?;
    let mut stream = alice.request(Method::GET, "/support/stream").send().await?;
    ensure!(stream.status() == 200);
    let ended = wait::within(
        Duration::from_secs(15),
        "the server's end with a stream open",
        site.stop(),
    )
    .await?;
    ensure!(ended, "the server ended badly: {}", site.said());
    while stream.chunk().await.ok().flatten().is_some() {}
    site.restart().await?;
    ensure!(alice.get("/support").await?.status == 200, "a restart signs people out");
    Ok(())
}

/// WEB-013: the database is gone; nobody is told how.
#[tokio::test]
async fn web_013_errors_say_nothing_postgres() -> Result<()> {
    let database = Database::postgres().await?;
    let site = Site::start_on(World::plain(), database.clone()).await?;
    let (alice, program) = (site.visitor(ALICE).await?, site.program(ALICE, true).await?);
    database.destroy().await?;
    let number = site.world.number("t1");
    let answers = [
        alice.get("/support").await?,
        alice.get(&format!("/support/{number}")).await?,
        alice.get("/support/search?q=x").await?,
        program.get("/tickets").await?,
        program
            .post("/tickets", "", &json!({ "subject": "a", "description": "b" }))
            .await?,
        alice.sign_in("support", "alice@example.com", PASSWORD).await?,
        alice.get("/readyz").await?,
    ];
    for answer in answers {
        ensure!(
            matches!(answer.status, 500 | 503),
            "{} gave {}",
            answer.asked,
            answer.status
        );
        let text = answer.text().to_lowercase();
        for word in [
            "sqlx",
            "postgres",
            "select ",
            "e2e_",
            "database \"",
            "panicked",
            "/src/",
            "sea_orm",
            "connection refused",
            "fatal",
        ] {
            ensure!(!text.contains(word), "{} tells `{word}`: {text}", answer.asked);
        }
    }
    alice.get("/healthz").await?.expect(200)?;
    Ok(())
}
