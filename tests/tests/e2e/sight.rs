//! What is not yours is not there: on pages, in the API, by every spelling and every method.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use portal_e2e::database::Database;
use portal_e2e::html;
use portal_e2e::http::{Answer, Visitor};
use portal_e2e::site::Site;
use portal_e2e::world::people::{ADAM, ALICE, GIL, INA, NORA, OLGA, OSCAR, PAT};
use portal_e2e::world::{Oracle, PARTNERS, PASSWORD, Reader, SUPPORT, World};
use reqwest::Method;
use serde_json::{Value, json};

const LAST: i64 = 10;

/// Lists, tickets, messages, search: each gives exactly what the oracle gives, to everybody.
async fn everybody_sees_what_the_oracle_says(database: Database) -> Result<()> {
    let mut site = Site::start_on(World::plain(), database).await?;
    let t5 = format!("/support/{}/private", site.world.number("t5"));
    site.visitor(ALICE)
        .await?
        .submit(&t5, &t5, &[], &[])
        .await?
        .expect(303)?;
    site.world.private.insert("t5".to_owned());
    let everybody = [
        (ALICE, SUPPORT),
        (ADAM, SUPPORT),
        (GIL, SUPPORT),
        (PAT, SUPPORT),
        (NORA, SUPPORT),
        (OLGA, PARTNERS),
        (OSCAR, PARTNERS),
    ];
    for (key, slug) in everybody {
        let reader = Reader {
            contact: Some(key),
            portal: slug,
            enters: true,
        };
        let expected: BTreeSet<i64> = Oracle(&site.world)
            .tickets(reader)
            .iter()
            .map(|it| site.world.number(it))
            .collect();
        let who = site.world.contact(key).full_name();
        let (visitor, program) = (
            site.visitor_of(slug, key).await?,
            site.read_token(key, slug).await?.unwrap(),
        );
        let mut listed = BTreeSet::new();
        for tab in ["mine", "company"] {
            listed.extend(page_numbers(
                &visitor.get(&format!("/{slug}?tab={tab}")).await?.expect(200)?,
                slug,
            ));
        }
        ensure!(
            listed == expected,
            "{who}: the list shows {listed:?} instead of {expected:?}"
        );
        let mut listed = BTreeSet::new();
        for tab in ["mine", "company"] {
            let answer = program
                .get(&format!("/tickets?tab={tab}&limit=1&count_to=1000"))
                .await?;
            if tab == "mine" || answer.status == 200 {
                listed.extend(all_pages(&program, tab).await?);
                counts_are_true(&program, tab, &answer.json()?).await?;
            }
        }
        ensure!(
            listed == expected,
            "{who}: the API lists {listed:?} instead of {expected:?}"
        );
        for number in 1..=LAST {
            let status = if expected.contains(&number) { 200 } else { 404 };
            for path in [format!("/{slug}/{number}"), format!("/{slug}/{number}?all=1")] {
                visitor.get(&path).await?.expect(status)?;
            }
            for path in [format!("/tickets/{number}"), format!("/tickets/{number}/messages")] {
                program.get(&path).await?.expect(status)?;
            }
        }
        for (_, ticket) in site.world.tickets() {
            let word = html::encode(ticket.subject.split_whitespace().last().unwrap_or_default());
            let hits = program.get(&format!("/search?q={word}")).await?.expect(200)?.json()?;
            let found: BTreeSet<i64> = hits["hits"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|it| it["ticket"]["number"].as_i64())
                .collect();
            let number = site.world.number(&ticket.key);
            ensure!(found.is_subset(&expected), "{who}: a search finds {found:?}");
            ensure!(
                found.contains(&number) == expected.contains(&number),
                "{who}: a search for `{word}` finds {found:?}"
            );
        }
    }
    Ok(())
}

fn page_numbers(page: &Answer, slug: &str) -> BTreeSet<i64> {
    let start = format!("/{slug}/");
    html::links(&page.text())
        .iter()
        .filter_map(|it| it.strip_prefix(&start)?.parse().ok())
        .collect()
}

async fn all_pages(program: &portal_e2e::http::Program, tab: &str) -> Result<Vec<i64>> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let page = program
            .get(&format!("/tickets?tab={tab}&limit=1{after}"))
            .await?
            .expect(200)?
            .json()?;
        all.extend(
            page["tickets"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|it| it["number"].as_i64()),
        );
        match page["older"].as_str() {
            Some(cursor) => after = format!("&after={cursor}"),
            None => {
                let distinct: BTreeSet<_> = all.iter().collect();
                ensure!(distinct.len() == all.len(), "a ticket is on two pages: {all:?}");
                return Ok(all);
            }
        }
    }
}

/// VIS-019: what is counted is what is listed.
async fn counts_are_true(program: &portal_e2e::http::Program, tab: &str, first: &Value) -> Result<()> {
    let listed = all_pages(program, tab).await?.len() as u64;
    let counts = &first["counts"];
    let counted: u64 = ["received", "in_progress", "waiting_on_contact", "closed"]
        .iter()
        .filter_map(|it| counts[*it].as_u64())
        .sum();
    ensure!(counted == listed, "{listed} tickets are listed and {counted} counted");
    Ok(())
}

#[tokio::test]
async fn vis_001_everybody_sees_what_the_oracle_says() -> Result<()> {
    everybody_sees_what_the_oracle_says(Database::Sqlite).await
}

#[tokio::test]
async fn vis_001_everybody_sees_what_the_oracle_says_postgres() -> Result<()> {
    everybody_sees_what_the_oracle_says(Database::postgres().await?).await
}

#[tokio::test]
async fn doors_are_shut_and_spellings_do_not_matter() -> Result<()> {
    let site = Site::start(World::plain()).await?;
    vis_008_only_one_spelling(&site).await?;
    vis_010_foreign_is_as_absent(&site).await?;
    vis_014_no_address_deceives_a_cache(&site).await?;
    vis_017_queries_are_words(&site).await?;
    vis_023_files_follow_their_ticket(&site).await?;
    vis_025_files_of_others_cannot_be_sent(&site).await?;
    vis_046_unknown_fields_are_refused(&site).await?;
    vis_052_foreign_tickets_cannot_be_changed(&site).await?;
    vis_053_a_colleagues_ticket_is_read_only(&site).await?;
    mul_001_portals_do_not_mix(&site).await?;
    mul_002_a_session_opens_no_other_door(&site).await?;
    nobody_gets_in_who_may_not(&site).await
}

async fn vis_008_only_one_spelling(site: &Site) -> Result<()> {
    let alice = site.visitor(ALICE).await?;
    let number = site.world.number("t1");
    let spellings = [
        format!("+{number}"),
        format!("0{number}"),
        format!("{number}.0"),
        format!("{number}e0"),
        format!("%2B{number}"),
        format!("{number}%00"),
        format!("%20{number}"),
        "\u{ff12}".to_owned(),
        "9223372036854775808".to_owned(),
        "-2".to_owned(),
        "0".to_owned(),
        format!("{number}%0a"),
        format!("{number};x"),
        format!("{number}/"),
        format!("//{number}"),
        format!("{number}/../3"),
    ];
    alice.get(&format!("/support/{number}")).await?.expect(200)?;
    for spelling in spellings {
        let answer = alice.get(&format!("/support/{spelling}")).await?;
        let is_moved = matches!(answer.status, 301 | 308) && answer.location() == format!("/support/{number}");
        let normalised = spelling.contains("..") && answer.status == 200;
        ensure!(
            is_moved || normalised || matches!(answer.status, 400 | 404),
            "`{spelling}` gave {}",
            answer.status
        );
    }
    Ok(())
}

async fn vis_010_foreign_is_as_absent(site: &Site) -> Result<()> {
    let alice = site.visitor(ALICE).await?;
    let program = site.program(ALICE, true).await?;
    let foreign = site.world.number("t3").to_string();
    let absent = "99".to_owned();
    for rest in ["", "?all=1", "/close", "/reopen", "/private"] {
        for method in [
            Method::GET,
            Method::HEAD,
            Method::OPTIONS,
            Method::PUT,
            Method::DELETE,
            Method::PATCH,
            Method::POST,
        ] {
            for headers in [
                vec![],
                vec![("range", "bytes=0-10")],
                vec![("if-none-match", "*")],
                vec![("if-modified-since", "Mon, 01 Jan 2035 00:00:00 GMT")],
            ] {
                let ask = |number: String| {
                    let mut request = alice
                        .request(method.clone(), &format!("/support/{number}{rest}"))
                        .header("origin", &site.base);
                    for (name, value) in &headers {
                        request = request.header(*name, *value);
                    }
                    Answer::read(format!("{method} {number}{rest}"), request)
                };
                let (one, other) = (ask(foreign.clone()).await?, ask(absent.clone()).await?);
                let (mut one, mut other) = (one.essence(), other.essence());
                one.2 = one.2.replace(&format!("/support/{foreign}"), "/support/N");
                other.2 = other.2.replace(&format!("/support/{absent}"), "/support/N");
                ensure!(
                    length_aside(one.clone()) == length_aside(other.clone()),
                    "{method} …{rest} {headers:?} tells: {one:?} and {other:?}"
                );
                if method == Method::GET {
                    ensure!(one.0 == 404, "GET gave {}", one.0);
                }
            }
        }
    }
    for path in ["", "/messages"] {
        let (one, other) = (
            program.get(&format!("/tickets/{foreign}{path}")).await?,
            program.get(&format!("/tickets/{absent}{path}")).await?,
        );
        ensure!(
            one.essence() == other.essence(),
            "the API tells: {:?} and {:?}",
            one.essence(),
            other.essence()
        );
    }
    Ok(())
}

/// The number stands on the page itself, as its own address; its length is not a secret.
fn length_aside(mut it: (u16, Vec<(String, String)>, String)) -> (u16, Vec<(String, String)>, String) {
    it.1.retain(|(name, _)| name != "content-length");
    it
}

async fn vis_014_no_address_deceives_a_cache(site: &Site) -> Result<()> {
    let alice = site.visitor(ALICE).await?;
    let number = site.world.number("t1");
    for rest in [
        "/x.css",
        ";.js",
        "%0a.css",
        ".css",
        "/logo.png",
        "%2f..%2fx.js",
        "?x=.css",
    ] {
        let answer = alice.get(&format!("/support/{number}{rest}")).await?;
        let is_ticket = answer.text().contains("Could you send us");
        ensure!(
            answer.header("cache-control").contains("no-store"),
            "{rest} may be cached: {:?}",
            answer.headers
        );
        ensure!(rest.starts_with('?') || !is_ticket, "{rest} shows the ticket");
    }
    Ok(())
}

async fn vis_017_queries_are_words(site: &Site) -> Result<()> {
    let (alice, program) = (site.visitor(ALICE).await?, site.program(ALICE, false).await?);
    // The note on her own ticket says `firmware, do not tell`; `tell` stands nowhere else.
    for query in ["tell", "note:tell", "internal", "plain:tell", "tell*"] {
        let found = program
            .get(&format!("/search?q={}", html::encode(query)))
            .await?
            .json()?;
        ensure!(
            found["hits"].as_array().is_none_or(Vec::is_empty),
            "`{query}` finds a note: {found}"
        );
    }
    let long = "x ".repeat(99);
    for query in [
        "body:scanner",
        "NEAR(a b)",
        "\"unterminated",
        "AND",
        "a AND",
        "*",
        "",
        " ",
        "\0",
        "a\0b",
        "(",
        ")",
        "^a",
        "a OR",
        "{x y}:a",
        "'; DROP TABLE ticket; --",
        "%",
        "_",
        "\\",
        ":*",
        "!a",
        "a & b",
        "<->",
        &long,
        "\u{202e}abc",
        "ß",
    ] {
        let answer = alice.get(&format!("/support/search?q={}", html::encode(query))).await?;
        ensure!(
            matches!(answer.status, 200 | 303 | 400 | 422),
            "`{query}` gave {}",
            answer.status
        );
        let answer = program.get(&format!("/search?q={}", html::encode(query))).await?;
        ensure!(
            matches!(answer.status, 200 | 400),
            "`{query}` gave {} in the API",
            answer.status
        );
    }
    let found = program.get("/search?q=SCANNER").await?.json()?;
    ensure!(
        found["hits"].as_array().is_some_and(|it| it.len() == 1),
        "nothing is found at all: {found}"
    );
    Ok(())
}

async fn vis_023_files_follow_their_ticket(site: &Site) -> Result<()> {
    let (alice, gil, nobody) = (
        site.visitor(ALICE).await?,
        site.visitor(GIL).await?,
        Visitor::new(&site.base)?,
    );
    let page = alice
        .get(&format!("/support/{}", site.world.number("t1")))
        .await?
        .text();
    let file = html::links(&page)
        .into_iter()
        .find(|it| it.contains("/files/"))
        .unwrap_or_default();
    let id = file.rsplit('/').next().unwrap_or_default().to_owned();
    ensure!(alice.get(&file).await?.expect(200)?.text().contains("wlan0"));
    let absent = "/support/files/01890000-0000-7000-8000-000000000000";
    ensure!(
        gil.get(&file).await?.expect(404)?.essence() == gil.get(absent).await?.essence(),
        "a foreign file differs from none"
    );
    ensure!(
        alice.get(&format!("/partners/files/{id}")).await?.status != 200,
        "a file is fetched through another portal"
    );
    let answer = nobody.get(&file).await?;
    ensure!(
        matches!(answer.status, 303 | 401 | 404) && !answer.text().contains("wlan0"),
        "a file is given to nobody: {}",
        answer.status
    );
    let (gils, alices) = (site.program(GIL, false).await?, site.program(ALICE, false).await?);
    gils.get(&format!("/files/{id}")).await?.expect(404)?;
    ensure!(
        alices
            .get(&format!("/files/{id}"))
            .await?
            .expect(200)?
            .text()
            .contains("wlan0")
    );
    Ok(())
}

async fn vis_025_files_of_others_cannot_be_sent(site: &Site) -> Result<()> {
    let (alice, gil) = (site.program(ALICE, true).await?, site.program(GIL, true).await?);
    let staged = site.upload(&alice, "draft.txt", "not sent yet").await?;
    let page = site
        .visitor(ALICE)
        .await?
        .get(&format!("/support/{}", site.world.number("t1")))
        .await?
        .text();
    let sent = html::links(&page)
        .into_iter()
        .find_map(|it| it.split_once("/files/").map(|(_, id)| id.to_owned()))
        .unwrap_or_default();
    let number = site.world.number("t3");
    let before = gil.get(&format!("/tickets/{number}/messages")).await?.text();
    for id in [staged.as_str(), sent.as_str()] {
        let answer = gil
            .post(
                &format!("/tickets/{number}/messages"),
                "",
                &json!({ "text": "see the file", "files": [id] }),
            )
            .await?;
        ensure!(
            matches!(answer.status, 400 | 404 | 422),
            "a foreign file was taken: {} {}",
            answer.status,
            answer.text()
        );
        gil.get(&format!("/files/{id}")).await?.expect(404)?;
    }
    ensure!(
        gil.get(&format!("/tickets/{number}/messages")).await?.text() == before,
        "a refused reply left something"
    );
    // Hers it is still.
    let done = alice
        .post(
            &format!("/tickets/{}/messages", site.world.number("t1")),
            "",
            &json!({ "text": "mine", "files": [staged] }),
        )
        .await?;
    done.expect(201)?;
    Ok(())
}

async fn vis_046_unknown_fields_are_refused(site: &Site) -> Result<()> {
    let alice = site.program(ALICE, true).await?;
    let plain = json!({ "subject": "Fields", "description": "more than asked" });
    for (field, value) in [
        ("portal", json!("partners")),
        ("company", json!("g")),
        ("requester", json!("x")),
        ("number", json!(1)),
        ("is_note", json!(true)),
        ("stage", json!("closed")),
    ] {
        let mut body = plain.clone();
        body[field] = value;
        let answer = alice.post("/tickets", "", &body).await?;
        ensure!(answer.status == 400, "`{field}` gave {}", answer.status);
        ensure!(
            answer.header("content-type").starts_with("application/problem+json"),
            "no problem document: {}",
            answer.header("content-type")
        );
    }
    // VIS-058: nothing can be asked along.
    for query in [
        "?ids=1,2,3",
        "?include=company.tickets",
        "?expand=notes",
        "?portal=partners",
        "?tab=all",
        "?requester=1 OR 1=1",
    ] {
        let answer = alice.get(&format!("/tickets{}", query.replace(' ', "%20"))).await?;
        ensure!(matches!(answer.status, 200 | 400), "{query} gave {}", answer.status);
        let numbers: Vec<i64> = answer.json()?["tickets"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it["number"].as_i64())
            .collect();
        ensure!(!numbers.contains(&site.world.number("t3")), "{query} gave {numbers:?}");
    }
    // A form ignores them.
    let visitor = site.visitor(ALICE).await?;
    let more = [
        ("name", "Alice Ambrose"),
        ("language", "en"),
        ("zone", ""),
        ("email", "evil@example.com"),
        ("company", "g"),
        ("active", "0"),
    ];
    visitor
        .submit("/support/account", "/support/account/profile", &more, &[])
        .await?
        .expect(303)?;
    ensure!(
        alice.get("/me").await?.json()?["email"] == "alice@example.com",
        "a form changed an address"
    );
    Ok(())
}

async fn vis_052_foreign_tickets_cannot_be_changed(site: &Site) -> Result<()> {
    let number = site.world.number("t3");
    let (program, visitor, gil) = (
        site.program(ALICE, true).await?,
        site.visitor(ALICE).await?,
        site.program(GIL, false).await?,
    );
    let state = || async {
        Ok::<_, anyhow::Error>((
            gil.get(&format!("/tickets/{number}")).await?.text(),
            gil.get(&format!("/tickets/{number}/messages")).await?.text(),
        ))
    };
    let before = state().await?;
    for (path, body) in [
        ("messages", json!({ "text": "hello" })),
        ("close", json!({})),
        ("reopen", json!({})),
        ("private", json!({})),
    ] {
        program
            .post(&format!("/tickets/{number}/{path}"), "", &body)
            .await?
            .expect(404)?;
        program
            .post(&format!("/tickets/4711/{path}"), "", &body)
            .await?
            .expect(404)?;
    }
    for action in ["close", "reopen", "private", "read"] {
        let answer = visitor
            .post(
                &format!("/support/{number}/{action}"),
                &[("idem", "a-key-of-mine"), ("v", "1"), ("seen", "9")],
            )
            .await?;
        let absent = visitor
            .post(
                &format!("/support/4711/{action}"),
                &[("idem", "a-key-of-mine"), ("v", "1"), ("seen", "9")],
            )
            .await?;
        ensure!(
            answer.status == absent.status && answer.status != 303,
            "{action} gave {} and {}",
            answer.status,
            absent.status
        );
    }
    visitor
        .post_files(
            &format!("/support/{number}/reply"),
            &[("body", "hello"), ("idem", "another-key")],
            &[],
        )
        .await?
        .expect(404)?;
    ensure!(state().await? == before, "a foreign ticket changed");
    Ok(())
}

async fn vis_053_a_colleagues_ticket_is_read_only(site: &Site) -> Result<()> {
    let number = site.world.number("t2");
    let (program, visitor) = (site.program(ALICE, true).await?, site.visitor(ALICE).await?);
    let before = program.get(&format!("/tickets/{number}/messages")).await?.text();
    for (path, body) in [
        ("messages", json!({ "text": "hello" })),
        ("close", json!({})),
        ("private", json!({})),
    ] {
        program
            .post(&format!("/tickets/{number}/{path}"), "", &body)
            .await?
            .expect(403)?;
    }
    visitor
        .post_files(
            &format!("/support/{number}/reply"),
            &[("body", "hello"), ("idem", "another-key")],
            &[],
        )
        .await?
        .expect(403)?;
    visitor
        .post(
            &format!("/support/{number}/close"),
            &[("idem", "a-third-key"), ("v", "1")],
        )
        .await?
        .expect(403)?;
    ensure!(
        program.get(&format!("/tickets/{number}/messages")).await?.text() == before,
        "a colleague's ticket changed"
    );
    // A token that may only read cannot write where its contact can.
    let own = site.world.number("t1");
    let reader = site.program(ALICE, false).await?;
    reader
        .post(&format!("/tickets/{own}/messages"), "", &json!({ "text": "hello" }))
        .await?
        .expect(403)?;
    reader
        .post("/tickets", "", &json!({ "subject": "a", "description": "b" }))
        .await?
        .expect(403)?;
    Ok(())
}

async fn mul_001_portals_do_not_mix(site: &Site) -> Result<()> {
    let (olga, alice) = (site.visitor_of(PARTNERS, OLGA).await?, site.visitor(ALICE).await?);
    let (p1, t1) = (site.world.number("p1"), site.world.number("t1"));
    olga.get(&format!("/partners/{p1}")).await?.expect(200)?;
    olga.get(&format!("/partners/{t1}")).await?.expect(404)?;
    alice.get(&format!("/support/{p1}")).await?.expect(404)?;
    let (at_partners, at_support) = (
        site.read_token(OLGA, PARTNERS).await?.unwrap(),
        site.program(ALICE, false).await?,
    );
    // MUL-002: a token is of one portal.
    at_partners.at(&site.base, SUPPORT)?.get("/me").await?.expect(401)?;
    at_support.at(&site.base, PARTNERS)?.get("/me").await?.expect(401)?;
    at_support.at(&site.base, "nowhere")?.get("/me").await?.expect(401)?;
    Ok(())
}

async fn mul_002_a_session_opens_no_other_door(site: &Site) -> Result<()> {
    // One session a host: entry is judged for each portal, at each request.
    let alice = site.visitor(ALICE).await?;
    for path in [
        "/partners",
        "/partners/account",
        "/partners/new",
        "/partners/search?q=discount",
    ] {
        let page = alice.get(path).await?.expect(403)?;
        ensure!(!page.text().contains("Partner discount"), "{path} shows something");
    }
    Ok(())
}

async fn nobody_gets_in_who_may_not(site: &Site) -> Result<()> {
    let ina = Visitor::new(&site.base)?;
    let answer = ina.sign_in(SUPPORT, &site.world.contact(INA).email, PASSWORD).await?;
    let wrong = Visitor::new(&site.base)?
        .sign_in(SUPPORT, "unknown@example.com", PASSWORD)
        .await?;
    ensure!(
        answer.status == wrong.status,
        "an inactive contact is told apart: {} and {}",
        answer.status,
        wrong.status
    );
    ensure!(
        ina.get("/support").await?.status != 200,
        "an inactive contact is let in"
    );
    let nobody = Visitor::new(&site.base)?;
    for number in [1, 2, 3, 4711] {
        let answer = nobody.get(&format!("/support/{number}")).await?.expect(303)?;
        ensure!(
            answer.location().starts_with("/support/sign-in"),
            "nobody is sent to {}",
            answer.location()
        );
    }
    let api = portal_e2e::http::Program::new(&site.base, SUPPORT, "")?;
    for path in ["/me", "/tickets", "/tickets/1", "/search?q=a", "/files/x"] {
        api.get(path).await?.expect(401)?;
    }
    Ok(())
}
