//! What agents do to tickets: two at once with a customer watching, and all of it without scripts, too.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use portal_e2e::browser::{Browser, Start};
use portal_e2e::http::Visitor;
use portal_e2e::site::Site;
use portal_e2e::staff::Colleague;
use portal_e2e::wait;
use portal_e2e::world::people::{ADAM, ALICE, GIL, PAT};
use portal_e2e::world::{PASSWORD, World};

struct Day {
    site: Site,
    ada: Colleague,
    tim: Colleague,
    customers: BTreeMap<&'static str, Visitor>,
}

impl Day {
    async fn begin() -> Result<Self> {
        let site = Site::start(World::plain()).await?;
        let ada = Colleague::first(&site.installation).await?;
        let tim = ada.invite(&site.installation, "Tim Lindner", &["help_desk"]).await?;
        let mut customers = BTreeMap::new();
        for who in [ALICE, ADAM, GIL, PAT] {
            customers.insert(who, site.visitor(who).await?);
        }
        Ok(Self {
            site,
            ada,
            tim,
            customers,
        })
    }

    async fn browser(&self, colleague: &Colleague, scripts: bool) -> Result<Browser> {
        let start = Start {
            scripts,
            ..Start::default()
        };
        let browser = Browser::start(start).await?;
        colleague.lend(&browser).await?;
        Ok(browser)
    }

    fn ticket(&self, key: &str) -> String {
        self.site.url(&format!("/desk/tickets/{}", self.site.world.number(key)))
    }

    /// Whether a customer sees a ticket, and these words on it.
    async fn sees(&self, who: &'static str, key: &str, words: &str) -> Result<bool> {
        let page = self.customers[who]
            .get(&format!("/support/{}", self.site.world.number(key)))
            .await?;
        Ok(page.status == 200 && page.text().contains(words))
    }
}

async fn clean(browser: &Browser, what: &str) -> Result<()> {
    if browser.scripts {
        let violations = browser.violations().await?;
        ensure!(violations.is_empty(), "{what}: {violations:#?}");
        let overflow = browser.overflow().await?;
        ensure!(
            overflow <= 0,
            "{what} sticks out by {overflow}: {}",
            browser.what_sticks_out().await?
        );
    }
    let kind = if browser.scripts { "scripts" } else { "plain" };
    browser.picture_of(kind, what).await
}

#[tokio::test]
async fn two_agents_at_once_and_a_customer_who_watches() -> Result<()> {
    let day = Day::begin().await?;
    let (ada, tim) = (day.browser(&day.ada, true).await?, day.browser(&day.tim, true).await?);
    let alice = Browser::start(Start::default()).await?;
    let watched = day.site.url(&format!("/support/{}", day.site.world.number("t1")));
    alice.open(&watched).await?;
    alice.write("#f-email", "alice@example.com").await?;
    alice.write("#f-password", PASSWORD).await?;
    alice.follow("main [data-send]").await?;
    for browser in [&ada, &tim] {
        browser.open(&day.ticket("t1")).await?;
    }
    // A note is for the team alone.
    tim.click("label:has(#kind-note)").await?;
    tim.write("#f-body", "whisperingly internal").await?;
    tim.follow("[name=then][value=note]").await?;
    tim.expect("whisperingly internal").await?;
    // An answer can be taken back, and nobody has seen it.
    ada.write("#f-body", "Please instal 2.4.1").await?;
    ada.follow("#reply [data-send]").await?;
    ada.expect("Your reply leaves").await?;
    clean(&ada, "desk-doing-pending").await?;
    ada.follow("[data-undo]").await?;
    let typed = ada.find("#f-body").await?.prop("value").await?.unwrap_or_default();
    ensure!(typed == "Please instal 2.4.1", "the text was not given back: {typed}");
    ada.write("#f-body", "Please install 2.4.1").await?;
    ada.follow("#reply [name=then][value=wait]").await?;
    // It arrives where the customer is looking.
    wait::until_true("the answer on the customer's page", || async {
        Ok(alice.count(".livebar:not([hidden])").await? == 1)
    })
    .await?;
    alice.follow(".livebar a").await?;
    alice.expect("Please install 2.4.1").await?;
    ensure!(
        !alice.says("Please instal 2.4.1").await?,
        "what was taken back was sent"
    );
    ensure!(!alice.says("whisperingly").await?, "the customer reads a note");
    // What was used last is the first button.
    ada.open(&day.ticket("t1")).await?;
    ensure!(
        ada.text("#reply [data-send]").await?.starts_with("Send and wait"),
        "the last choice is forgotten"
    );
    // Tim has not seen it.
    tim.click("label:has(#kind-answer)").await?;
    tim.write("#f-body", "Which firmware is it?").await?;
    tim.follow("#reply [data-send]").await?;
    tim.expect("Somebody wrote first").await?;
    tim.expect("Please install 2.4.1").await?;
    tim.press("Keep as a note").await?;
    tim.expect("The note was added.").await?;
    Ok(())
}

#[tokio::test]
async fn tickets_are_linked_merged_split_and_changed_together() -> Result<()> {
    work(true).await
}

#[tokio::test]
async fn tickets_are_linked_merged_split_and_changed_together_without_scripts() -> Result<()> {
    work(false).await
}

async fn work(scripts: bool) -> Result<()> {
    let day = Day::begin().await?;
    let browser = day.browser(&day.ada, scripts).await?;
    answer_and_assign(&day, &browser).await?;
    link(&day, &browser).await?;
    snooze(&day, &browser).await?;
    split(&day, &browser).await?;
    merge(&day, &browser).await?;
    relocate(&day, &browser).await?;
    several(&day, &browser).await?;
    let complaints = browser.complaints().await?;
    ensure!(complaints.is_empty(), "the console complains: {complaints:#?}");
    Ok(())
}

async fn answer_and_assign(day: &Day, browser: &Browser) -> Result<()> {
    browser.open(&day.ticket("t1")).await?;
    browser.write("#f-body", "Try the other socket.").await?;
    browser.follow("#reply [data-send]").await?;
    wait::until_true("the answer at the customer's", || {
        day.sees(ALICE, "t1", "Try the other socket.")
    })
    .await?;
    browser.open(&day.ticket("t1")).await?;
    browser.expect("Try the other socket.").await?;
    browser.click(".prop:has([name=owner]) summary").await?;
    let me = browser.find("#f-owner option:nth-child(2)").await?;
    let me = me.attr("value").await?.unwrap_or_default();
    browser.choose("#f-owner", &me).await?;
    browser.follow("form[action*='/assign'] .btn-primary").await?;
    browser.expect("Saved.").await
}

/// Alice sees t3 only after she was put on it, and the page has said so.
async fn link(day: &Day, browser: &Browser) -> Result<()> {
    ensure!(!day.sees(ALICE, "t3", "").await?, "Alice sees it already");
    browser.open(&day.ticket("t3")).await?;
    browser.press("Add or remove people").await?;
    browser.write("#f-q", "alice").await?;
    browser.follow(".searchbar .btn").await?;
    clean(browser, "desk-doing-people").await?;
    browser.follow("a[href*='what=participant']").await?;
    browser.expect("Add Alice Ambrose").await?;
    browser.expect("1 person would see it who does not see it now").await?;
    clean(browser, "desk-doing-link").await?;
    ensure!(!day.sees(ALICE, "t3", "").await?, "a preview changed something");
    browser.follow("main form .btn-primary").await?;
    browser.expect("changed who is on the ticket").await?;
    ensure!(
        day.sees(ALICE, "t3", "changed who is on this ticket").await?,
        "Alice does not see it"
    );
    // Off it again.
    let id = day.site.contact_ids.get(ALICE).cloned().unwrap_or_default();
    let path = format!(
        "/desk/tickets/{}/change?what=unlink&to={id}",
        day.site.world.number("t3")
    );
    browser.open(&day.site.url(&path)).await?;
    browser.expect("1 person would lose sight of it").await?;
    browser.follow("main form .btn-primary").await?;
    ensure!(!day.sees(ALICE, "t3", "").await?, "Alice still sees it");
    Ok(())
}

async fn snooze(day: &Day, browser: &Browser) -> Result<()> {
    browser.open(&day.ticket("t3")).await?;
    browser.click(".prop:has([name=hours]) summary").await?;
    browser.choose("[name=hours]", "24").await?;
    browser.follow("form[action*='/snooze'] .btn").await?;
    browser.expect("Saved.").await?;
    browser.open(&day.site.url("/desk?view=snoozed")).await?;
    browser.expect(day.site.world.subject("t3")).await?;
    // Whatever the customer writes takes it up again.
    let path = format!("/support/{}", day.site.world.number("t3"));
    day.customers[GIL]
        .submit(&path, &format!("{path}/reply"), &[("body", "Any news?")], &[])
        .await?
        .expect(303)?;
    browser.open(&day.site.url("/desk")).await?;
    browser.expect(day.site.world.subject("t3")).await
}

async fn split(day: &Day, browser: &Browser) -> Result<()> {
    browser.open(&day.ticket("t1")).await?;
    browser.press("Split …").await?;
    browser.write("#f-subject", "Another matter").await?;
    browser.follow("main form .btn-primary").await?;
    ensure!(
        browser.count("#f-messages-problem").await? == 1,
        "nothing was chosen, and nobody says so"
    );
    browser.click(".split-message [name=message]").await?;
    clean(browser, "desk-doing-split").await?;
    browser.follow("main form .btn-primary").await?;
    browser.expect("This is the new ticket.").await?;
    browser.expect("made this ticket of messages of").await?;
    ensure!(browser.text("h1").await? == "Another matter", "it is another ticket");
    Ok(())
}

/// Gil's ticket becomes part of Alice's: neither sees the other's, and Gil's reply is the turn of the staff.
async fn merge(day: &Day, browser: &Browser) -> Result<()> {
    browser.open(&day.ticket("t3")).await?;
    browser.press("Merge …").await?;
    browser.write("#f-into", "4444").await?;
    browser.follow("main form .btn-primary").await?;
    browser.expect("There is no such ticket in your inboxes.").await?;
    clean(browser, "desk-doing-merge-pick").await?;
    browser
        .write("#f-into", &format!("#{}", day.site.world.number("t1")))
        .await?;
    browser.follow("main form .btn-primary").await?;
    browser.expect("as it is").await?;
    clean(browser, "desk-doing-merge").await?;
    browser.follow("[data-merge]").await?;
    browser.expect("Merged. Both conversations are here.").await?;
    browser.expect("Any news?").await?;
    clean(browser, "desk-doing-merged").await?;
    ensure!(!day.sees(ALICE, "t1", "Any news?").await?, "Alice reads Gil's message");
    ensure!(
        !day.sees(GIL, "t1", "Try the other socket").await?,
        "Gil reads Alice's ticket"
    );
    ensure!(day.sees(GIL, "t3", "Any news?").await?, "Gil lost his ticket");
    // An answer is on the ticket of the message it answers: Gil wrote last.
    browser.write("#f-body", "This is for Gil.").await?;
    browser.follow("#reply [data-send]").await?;
    wait::until_true("the answer at Gil's", || day.sees(GIL, "t3", "This is for Gil.")).await?;
    ensure!(
        !day.sees(ALICE, "t1", "This is for Gil.").await?,
        "Alice reads an answer to Gil"
    );
    browser.open(&day.ticket("t3")).await?;
    browser.expect("This ticket is part of").await?;
    browser.press("Take apart").await?;
    browser.expect("Saved.").await
}

/// Another inbox is another portal: who sees it changes, and is said before.
async fn relocate(day: &Day, browser: &Browser) -> Result<()> {
    browser.open(&day.ticket("t1")).await?;
    browser.click(".prop:has([name=to]) summary").await?;
    browser.follow(".prop form[action*='/change'] .btn").await?;
    browser.expect("lose sight of it").await?;
    clean(browser, "desk-doing-move").await?;
    browser.follow("main form .btn-primary").await?;
    browser.expect("Saved.").await?;
    ensure!(!day.sees(PAT, "t1", "").await?, "Pat still sees it");
    Ok(())
}

async fn several(day: &Day, browser: &Browser) -> Result<()> {
    browser.open(&day.site.url("/desk")).await?;
    clean(browser, "desk-doing-list").await?;
    let rows = browser.count("[data-row]").await?;
    ensure!(rows >= 3, "there are {rows} rows");
    browser.follow("[data-apply]").await?;
    browser.expect("Nothing was chosen.").await?;
    if browser.scripts {
        browser.keys("jx").await?;
        browser.keys("jx").await?;
        ensure!(
            browser.count("[name=pick]:checked").await? == 2,
            "the key ticks nothing"
        );
        ensure!(browser.text("[data-count]").await? == "2 ticked");
    } else {
        for row in [1, 2] {
            browser
                .click(&format!("[data-row]:nth-child({row}) [name=pick]"))
                .await?;
        }
    }
    browser.choose("#f-do", "close").await?;
    browser.follow("[data-apply]").await?;
    browser.expect("2 tickets: closed").await?;
    // What changes who sees them is shown first.
    browser.open(&day.site.url("/desk?view=closed")).await?;
    for row in [1, 2] {
        browser
            .click(&format!("[data-row]:nth-child({row}) [name=pick]"))
            .await?;
    }
    browser.choose("#f-do", "spam").await?;
    browser.follow("[data-apply]").await?;
    browser.expect("Mark 2 tickets as spam").await?;
    browser.expect("lose sight of it").await?;
    clean(browser, "desk-doing-bulk").await?;
    browser.follow("main form .btn-primary").await?;
    browser.expect("2 tickets: marked as spam").await?;
    day.customers[ADAM].get("/support").await?.expect(200)?;
    Ok(())
}
