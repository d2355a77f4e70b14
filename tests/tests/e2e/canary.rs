//! Every text of the world carries a word of its own. Whoever crawls through everything they can reach must find exactly
//! the words that the rule gives them.

mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::{Result, ensure};
use futures_util::future::try_join_all;
use portal_e2e::canary::{Scanner, words};
use portal_e2e::html::encode;
use portal_e2e::http::{Answer, Program, Visitor};
use portal_e2e::mail_server::Mailbox;
use portal_e2e::site::Site;
use portal_e2e::stub::Stub;
use portal_e2e::wait;
use portal_e2e::world::people::{ADAM, ALICE, GIL, INA, NORA, OLGA, PAT};
use portal_e2e::world::{Oracle, PARTNERS, Place, Reader, SUPPORT, World};

const fn reader(contact: Option<&'static str>, portal: &'static str, enters: bool) -> Reader {
    Reader {
        contact,
        portal,
        enters,
    }
}

/// Who crawls. Each goes to both portals; what they may read is what either gives them.
const READERS: [Option<&str>; 8] = [
    None,
    Some(ALICE),
    Some(ADAM),
    Some(GIL),
    Some(PAT),
    Some(INA),
    Some(OLGA),
    Some(NORA),
];

fn allows(world: &World, contact: Option<&'static str>, place: &Place) -> bool {
    let oracle = Oracle(world);
    doors(contact).iter().any(|it| oracle.may_read(*it, place))
}

/// Which doors open for whom: Ina is not active, and only Olga and Oscar are in the partners' group.
fn doors(contact: Option<&'static str>) -> [Reader; 2] {
    [
        reader(contact, SUPPORT, contact != Some(INA)),
        reader(contact, PARTNERS, contact == Some(OLGA)),
    ]
}

/// Everything that has an address, whether or not somebody may see it.
fn addresses(site: &Site, files: &BTreeSet<String>) -> Vec<String> {
    let mut all = vec![
        "/".to_owned(),
        "/healthz".to_owned(),
        "/readyz".to_owned(),
        "/api/openapi.json".to_owned(),
        "/robots.txt".to_owned(),
    ];
    for slug in [SUPPORT, PARTNERS] {
        let fixed = [
            "",
            "/new",
            "/search",
            "/account",
            "/sign-in",
            "/sign-out",
            "?tab=mine",
            "?tab=company",
            "?sort=created",
            "?sort=activity",
            "?state=closed",
        ];
        all.extend(fixed.iter().map(|it| format!("/{slug}{it}")));
        all.extend(
            site.world
                .support
                .contacts
                .iter()
                .filter_map(|it| site.contact_ids.get(it.key))
                .map(|it| format!("/{slug}?requester={it}")),
        );
        for number in 1..=16 {
            for rest in ["", "?all=1", "/close", "/reopen", "/private", "/read", "/reply"] {
                all.push(format!("/{slug}/{number}{rest}"));
            }
            all.push(format!("/{slug}/new?about={number}"));
        }
        all.extend(files.iter().map(|it| format!("/{slug}/files/{it}")));
    }
    all
}

#[tokio::test]
async fn everybody_finds_exactly_their_words() -> Result<()> {
    let mut site = Site::start(World::marked()).await?;
    let staged = grow(&mut site).await?;
    let overheard = written::by_staff(&mut site).await?;
    let mut files = all_files(&site).await?;
    files.insert(staged);
    files.extend(overheard.files.iter().cloned());
    ensure!(files.len() >= 4, "the world has too few files: {files:?}");
    let mut problems = Vec::new();
    let reports = try_join_all(READERS.map(|contact| one(&site, contact, &files))).await?;
    for report in reports {
        problems.extend(report);
    }
    problems.extend(overheard.leaks(&site));
    problems.extend(mailed(&site).await?);
    let said = site.said();
    ensure!(
        said.lines().count() >= 3,
        "the server says nothing, so its silence says nothing: {said}"
    );
    problems.extend(words(&said).into_iter().map(|it| format!("the log has `{it}`")));
    ensure!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        problems.join("\n")
    );
    Ok(())
}

/// What the product itself writes: a private ticket, a reply with a file, reasons, and a file that is not sent, by its id.
async fn grow(site: &mut Site) -> Result<String> {
    let t5 = format!("/support/{}", site.world.number("t5"));
    let t2 = format!("/support/{}", site.world.number("t2"));
    let adam = site.visitor(ADAM).await?;
    let reason = site.world.mark("solved by", "reason", Place::Ticket("t2".to_owned()));
    adam.submit(
        &format!("{t2}/close"),
        &format!("{t2}/close"),
        &[("reason", &reason)],
        &[],
    )
    .await?
    .expect(303)?;
    let again = site
        .world
        .mark("happened again", "message", Place::Ticket("t2".to_owned()));
    let name = site.world.mark("", "file", Place::Ticket("t2".to_owned()));
    let content = site.world.mark("content", "content", Place::Ticket("t2".to_owned()));
    let reply = [("body", again.as_str()), ("then", "reopen")];
    adam.submit(
        &t2,
        &format!("{t2}/reply"),
        &reply,
        &[(&format!("{name}.txt"), content.as_bytes())],
    )
    .await?
    .expect(303)?;

    let alice = site.visitor(ALICE).await?;
    alice
        .submit(&format!("{t5}/private"), &format!("{t5}/private"), &[], &[])
        .await?
        .expect(303)?;
    site.world.private.insert("t5".to_owned());
    // Uploaded and never sent: the uploader's alone.
    let program = site.program(ALICE, true).await?;
    let name = site.world.mark("", "staged", Place::Email(ALICE));
    site.upload(&program, &format!("{name}.txt"), &name).await
}

/// The ids of all files that anybody finds.
async fn all_files(site: &Site) -> Result<BTreeSet<String>> {
    let mut ids = BTreeSet::new();
    for (contact, slug) in [
        (ALICE, SUPPORT),
        (ADAM, SUPPORT),
        (GIL, SUPPORT),
        (PAT, SUPPORT),
        (OLGA, PARTNERS),
    ] {
        let visitor = site.visitor_of(slug, contact).await?;
        for number in 1..=16 {
            let page = visitor.get(&format!("/{slug}/{number}")).await?.text();
            ids.extend(
                portal_e2e::html::links(&page)
                    .iter()
                    .filter_map(|it| it.split_once("/files/"))
                    .map(|(_, id)| id.to_owned()),
            );
        }
    }
    Ok(ids)
}

async fn one(site: &Site, contact: Option<&'static str>, files: &BTreeSet<String>) -> Result<Vec<String>> {
    let mut scanner = Scanner::allowing(&site.world, |marker| allows(&site.world, contact, &marker.place));
    let who = contact.map_or("nobody", |key| site.world.contact(key).name.0.as_str());
    let visitor = match contact {
        None => Visitor::new(&site.base)?,
        // Where the door is shut, signing in is refused in the same words as with a wrong password, or leads to a page that says so.
        Some(key) => {
            let visitor = Visitor::new(&site.base)?;
            let slug = if key == OLGA { PARTNERS } else { SUPPORT };
            let answer = visitor
                .sign_in(slug, &site.world.contact(key).email, portal_e2e::world::PASSWORD)
                .await?;
            scanner.look_at(&answer, &site.world.contact(key).email);
            visitor
        }
    };
    let reached = scanner.crawl(&visitor, &addresses(site, files)).await?;
    let mut problems = Vec::new();
    for marker in &site.world.markers {
        for slug in [SUPPORT, PARTNERS] {
            // Whoever searches has typed the word: it is no news, but what is found with it is.
            let page = visitor
                .get(&format!("/{slug}/search?q={}", encode(&marker.word)))
                .await?;
            ensure!(
                page.status < 500 && page.status != 429,
                "searching gave {}",
                page.status
            );
            scanner.look_at(&page, &marker.word);
            if !allows(&site.world, contact, &marker.place) && page.text().contains("class=\"hits") {
                problems.push(format!("{who}: a search for `{}` finds something", marker.word));
            }
        }
    }
    // Names and addresses are not searched, so these are not expected among the hits.
    for slug in [SUPPORT, PARTNERS] {
        scan_stream(&mut scanner, &visitor, slug).await?;
        if let Some(key) = contact {
            if let Some(program) = site.read_token(key, slug).await? {
                scan_api(&mut scanner, site, &program, files).await?;
            }
        } else {
            scan_api(&mut scanner, site, &Program::new(&site.base, slug, "")?, files).await?;
        }
    }
    problems.extend(leaks(site, &scanner).into_iter().map(|it| format!("{who}: {it}")));
    problems.extend(
        missed(site, &scanner)
            .into_iter()
            .map(|it| format!("{who}: `{it}` is theirs and was not found")),
    );
    ensure!(
        reached.len() > 100 && scanner.looked_at > 150,
        "{who} did not get far: {} pages",
        reached.len()
    );
    Ok(problems)
}

/// What every mail to a contact has in it that the contact must not read.
async fn mailed(site: &Site) -> Result<Vec<String>> {
    let mailbox = Mailbox::of_data(&site.installation.data());
    // The answer on the ticket is the last thing that anybody is told of.
    mailbox.wait_for(&site.world.contact(ADAM).email, 1).await?;
    let (mut problems, mut read) = (Vec::new(), 0);
    for mail in mailbox.all()? {
        let to = mail.header("To").unwrap_or_default();
        let contacts = &site.world.support.contacts;
        let Some(contact) = contacts.iter().find(|it| to.contains(&it.email)) else {
            continue;
        };
        let mut scanner = Scanner::allowing(&site.world, |it| allows(&site.world, Some(contact.key), &it.place));
        let whole = [mail.raw.as_str(), &mail.text(), &mail.html()].join("\n");
        scanner.scan("a mail", &whole, "");
        read += scanner.found.len();
        problems.extend(
            leaks(site, &scanner)
                .into_iter()
                .map(|it| format!("{}: {it}", contact.name.0)),
        );
    }
    ensure!(read > 3, "the mails have {read} words, so their silence says nothing");
    Ok(problems)
}

/// A line for each word, with one of the places where it was found.
fn leaks(site: &Site, scanner: &Scanner<'_>) -> Vec<String> {
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for leak in &scanner.leaks {
        places.entry(&leak.word).or_default().push(&leak.at);
    }
    let belongs = |word: &str| site.world.markers.iter().find(|it| it.word == word).map(|it| &it.place);
    let line = |(word, at): (&str, Vec<&str>)| {
        format!(
            "`{word}` of {:?} leaks at {} places such as {}",
            belongs(word),
            at.len(),
            at[0]
        )
    };
    places.into_iter().map(line).collect()
}

/// Words that may be read are found, unless no page shows them to this person.
fn missed(site: &Site, scanner: &Scanner<'_>) -> Vec<String> {
    let kinds: BTreeMap<&str, &Place> = site
        .world
        .markers
        .iter()
        .map(|it| (it.word.as_str(), &it.place))
        .collect();
    let all = scanner.missed();
    all.into_iter()
        .filter(|it| matches!(kinds.get(it), Some(Place::Ticket(_))))
        .map(str::to_owned)
        .collect()
}

async fn scan_stream(scanner: &mut Scanner<'_>, visitor: &Visitor, slug: &str) -> Result<()> {
    let path = format!("/{slug}/stream?number=2&version=0");
    let mut response = visitor.request(reqwest::Method::GET, &path).send().await?;
    let mut text = String::new();
    if response.status() == 200 {
        // What is new comes at once; the rest would come when something happens.
        let first = wait::within(Duration::from_millis(700), "a frame", async {
            Ok(response.chunk().await?)
        });
        if let Ok(Some(chunk)) = first.await {
            text = String::from_utf8_lossy(&chunk).into_owned();
        }
    } else {
        text = response.text().await?;
    }
    scanner.scan(&path, &text, "");
    Ok(())
}

async fn scan_api(scanner: &mut Scanner<'_>, site: &Site, program: &Program, files: &BTreeSet<String>) -> Result<()> {
    let mut paths: Vec<String> = [
        "/me",
        "/tickets",
        "/tickets?tab=mine",
        "/tickets?tab=company&limit=100&count_to=1000",
        "/tickets?sort=created",
    ]
    .map(str::to_owned)
    .to_vec();
    for number in 1..=16 {
        paths.push(format!("/tickets/{number}"));
        paths.push(format!("/tickets/{number}/messages"));
    }
    paths.extend(files.iter().map(|it| format!("/files/{it}")));
    for path in paths {
        let answer: Answer = program.get(&path).await?;
        ensure!(
            answer.status < 500 && answer.status != 429,
            "{path} gave {}",
            answer.status
        );
        scanner.look_at(&answer, "");
    }
    for marker in site
        .world
        .markers
        .iter()
        .filter(|it| matches!(it.place, Place::Ticket(_) | Place::Staff))
    {
        let answer = program.get(&format!("/search?q={}", encode(&marker.word))).await?;
        scanner.look_at(&answer, &marker.word);
    }
    Ok(())
}

#[tokio::test]
async fn a_planted_leak_is_found() -> Result<()> {
    let world = World::marked();
    let word_of = |wanted: &Place| {
        world
            .markers
            .iter()
            .find(|it| it.place == *wanted)
            .map(|it| it.word.clone())
            .unwrap_or_default()
    };
    let (own, foreign, note) = (
        word_of(&Place::Ticket("t1".to_owned())),
        word_of(&Place::Ticket("t3".to_owned())),
        word_of(&Place::Staff),
    );
    let start = format!("<a href=\"/a\">x</a> {own}");
    let hidden = format!("<a href=\"/b\">x</a><!-- {} -->", foreign.to_uppercase());
    let stub = Stub::serve(
        &format!("X-Debug: {note}"),
        &[("/", &start), ("/a", &hidden), ("/b", "nothing")],
    )
    .await?;
    let mut scanner = Scanner::new(&world, reader(Some(ALICE), SUPPORT, true));
    scanner.crawl(&Visitor::new(&stub.base)?, &["/".to_owned()]).await?;
    let leaks: BTreeSet<_> = scanner
        .leaks
        .iter()
        .map(|it| (it.word.as_str(), it.at.as_str()))
        .collect();
    ensure!(
        leaks.contains(&(foreign.as_str(), "GET /a")),
        "a word in a comment was overlooked: {leaks:?}"
    );
    ensure!(
        leaks.contains(&(note.as_str(), "GET /b")),
        "a word in a header was overlooked: {leaks:?}"
    );
    ensure!(!leaks.iter().any(|(word, _)| *word == own), "an own word was reported");
    Ok(())
}

#[tokio::test]
async fn a_narrower_oracle_reports_the_real_pages() -> Result<()> {
    let site = Site::start(World::marked()).await?;
    let alice = site.visitor(ALICE).await?;
    // As if the first ticket were not hers: then the page that rightly shows it must be reported.
    let mut scanner = Scanner::allowing(&site.world, |it| it.place != Place::Ticket("t1".to_owned()));
    let page = format!("/support/{}", site.world.number("t1"));
    scanner.look_at(&alice.get(&page).await?.expect(200)?, "");
    ensure!(
        scanner.leaks.iter().any(|it| it.at == format!("GET {page}")),
        "the scanner is blind: {:?}",
        scanner.leaks
    );
    Ok(())
}
