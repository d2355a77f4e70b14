//! Every page in every state: nothing for the accessibility checker to find, nothing sticks out, no word on the console,
//! and a picture for people to look at.

use anyhow::{Result, bail, ensure};
use portal_e2e::browser::{Browser, Look, Start};
use portal_e2e::config;
use portal_e2e::site::Site;
use portal_e2e::world::people::{ALICE, GIL, NORA};
use portal_e2e::world::{PASSWORD, World};

/// Without anybody signed in.
const ANONYMOUS: &[&str] = &["sign-in", "sign-in-wrong", "anonymous-404"];
/// Alice's.
const PAGES: &[&str] = &[
    "list-company",
    "list-mine",
    "list-no-match",
    "list-filter-open",
    "menu-open",
    "search-empty",
    "search-hits",
    "search-none",
    "ticket",
    "ticket-long",
    "ticket-all",
    "ticket-closed",
    "ticket-colleague",
    "ticket-reply-missing",
    "close-dialog",
    "close-page",
    "private-page",
    "new",
    "new-missing",
    "account",
    "account-wrong",
    "account-token",
    "not-found",
];
/// Nora's, who has nothing.
const EMPTY: &[&str] = &["list-first", "new", "no-access"];
/// Gil's, whom nobody waits for.
const DONE: &[&str] = &["list-nothing-waiting"];

#[tokio::test]
async fn pages_in_english_by_day() -> Result<()> {
    let day = [Look::DESK, Look::PHONE, Look::NARROW];
    let night = [
        Look::NIGHT,
        Look {
            dark: true,
            ..Look::PHONE
        },
        Look {
            dark: true,
            ..Look::NARROW
        },
    ];
    let looks = if config::full() {
        [day, night].concat()
    } else {
        day.to_vec()
    };
    walk("en", &looks).await
}

#[tokio::test]
async fn pages_in_german_by_night() -> Result<()> {
    let day = [Look::NIGHT, Look::DESK, Look::PHONE, Look::NARROW];
    let rest = [
        Look {
            dark: true,
            ..Look::PHONE
        },
        Look {
            dark: true,
            ..Look::NARROW
        },
    ];
    let looks = if config::full() {
        [day.as_slice(), &rest].concat()
    } else {
        vec![Look::NIGHT]
    };
    walk("de", &looks).await
}

async fn walk(language: &'static str, looks: &[Look]) -> Result<()> {
    let site = Site::start(World::plain()).await?;
    let long = long_ticket(&site).await?;
    let browser = Browser::start(Start {
        language,
        ..Start::default()
    })
    .await?;
    let mut faults = Vec::new();
    for (person, pages) in [
        (None, ANONYMOUS),
        (Some(ALICE), PAGES),
        (Some(NORA), EMPTY),
        (Some(GIL), DONE),
    ] {
        browser.forget().await?;
        if let Some(key) = person {
            browser.open(&site.url("/support/sign-in")).await?;
            browser.write("#f-email", &site.world.contact(key).email).await?;
            browser.write("#f-password", PASSWORD).await?;
            browser.follow("main [data-send]").await?;
        }
        for page in pages {
            browser.look(*looks.first().unwrap_or(&Look::DESK)).await?;
            go(&browser, &site, page, long).await?;
            let name = if person == Some(NORA) {
                format!("{page}-nora")
            } else {
                (*page).to_owned()
            };
            ensure!(
                browser.find("html").await?.attr("lang").await?.as_deref() == Some(language),
                "{page} is not in `{language}`"
            );
            inspect(&browser, &name, language, looks, &mut faults).await?;
        }
    }
    ensure!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    Ok(())
}

async fn inspect(
    browser: &Browser,
    page: &str,
    language: &str,
    looks: &[Look],
    faults: &mut Vec<String>,
) -> Result<()> {
    let place = |look: &Look| format!("{page}-{language}-{}", look.name());
    for look in looks {
        browser.look(*look).await?;
        let name = place(look);
        faults.extend(
            browser
                .violations()
                .await?
                .into_iter()
                .map(|it| format!("{name}: {it}")),
        );
        let over = browser.overflow().await?;
        if over > 0 {
            faults.push(format!(
                "{name}: {over} px too wide:\n{}",
                browser.what_sticks_out().await?
            ));
        }
        faults.extend(
            browser
                .cut_off()
                .await?
                .into_iter()
                .map(|it| format!("{name}: cut off: {it}")),
        );
        if browser.count("h1").await? != 1 {
            faults.push(format!("{name}: there is not exactly one h1"));
        }
        browser.picture(&format!("page-{name}")).await?;
    }
    faults.extend(
        browser
            .complaints()
            .await?
            .into_iter()
            .map(|it| format!("{page}-{language}: console: {it}")),
    );
    Ok(())
}

/// Opens a page in one of its states.
async fn go(browser: &Browser, site: &Site, page: &str, long: i64) -> Result<()> {
    let open = |path: &str| {
        let url = site.url(path);
        async move { browser.open(&url).await }
    };
    let ticket = |key: &str| format!("/support/{}", site.world.number(key));
    let send = "main [data-send]";
    match page {
        "sign-in" => open("/support/sign-in").await,
        "sign-in-wrong" => {
            open("/support/sign-in").await?;
            browser.write("#f-email", "nobody@example.com").await?;
            browser.follow(send).await
        }
        "anonymous-404" => open("/nothing-here").await,
        "list-company" | "list-first" => open("/support").await,
        "list-mine" => open("/support?tab=mine").await,
        "list-nothing-waiting" => open("/support?stage=waiting").await,
        "list-no-match" => open("/support?tab=mine&stage=received&state=closed").await,
        "list-filter-open" => {
            open("/support").await?;
            browser.click(".filter-button").await
        }
        "menu-open" => {
            open("/support").await?;
            browser.click("button.me").await
        }
        "search-empty" => open("/support/search").await,
        "search-hits" => open("/support/search?q=scan").await,
        "search-none" => open("/support/search?q=Donaudampfschifffahrtsgesellschaft").await,
        "ticket" => open(&ticket("t1")).await,
        "ticket-long" => open(&format!("/support/{long}")).await,
        "ticket-all" => open(&format!("/support/{long}?all=1")).await,
        "ticket-closed" => open(&ticket("t6")).await,
        "ticket-colleague" => open(&ticket("t2")).await,
        "ticket-reply-missing" => {
            open(&ticket("t1")).await?;
            browser.follow("#reply [data-send]").await
        }
        "close-dialog" => {
            open(&ticket("t1")).await?;
            browser.click(".ticket-actions [commandfor='close-dialog']").await
        }
        "close-page" => open(&format!("{}/close", ticket("t1"))).await,
        "private-page" => open(&format!("{}/private", ticket("t1"))).await,
        "new" => open("/support/new").await,
        "new-missing" => {
            open("/support/new").await?;
            browser.follow(send).await
        }
        "account" => open("/support/account").await,
        "account-wrong" => {
            open("/support/account").await?;
            browser.write("#f-new", "short").await?;
            browser.follow("form[action$='/account/password'] [data-send]").await
        }
        "account-token" => {
            open("/support/account").await?;
            browser.write("#f-token_name", "Stock sync").await?;
            browser.follow("form[action$='/account/tokens'] [data-send]").await
        }
        "not-found" => open(&ticket("t3")).await,
        "no-access" => open("/partners").await,
        other => bail!("there is no page `{other}`"),
    }
}

/// A ticket with many messages, and words that no line can hold.
async fn long_ticket(site: &Site) -> Result<i64> {
    let alice = site.program(ALICE, true).await?;
    let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    let subject = format!("{word} https://example.com/{}", "x".repeat(90));
    let text = format!(
        "{word}{word}\n\n`{}`\n\n    {}\n\n> quoted\n\n1. one\n2. two",
        "y".repeat(300),
        "z".repeat(300)
    );
    let files = [site
        .upload(&alice, &format!("{}.txt", "Anlage-".repeat(18)), "x")
        .await?];
    let body = serde_json::json!({ "subject": subject, "description": text, "priority": "urgent", "files": files });
    let number = alice.post("/tickets", "", &body).await?.expect(201)?.json()?["number"]
        .as_i64()
        .unwrap_or_default();
    for place in 1..=12 {
        let body = serde_json::json!({ "text": format!("Message {place}. {}", "Some more words. ".repeat(place)) });
        alice
            .post(&format!("/tickets/{number}/messages"), "", &body)
            .await?
            .expect(201)?;
    }
    Ok(number)
}
