//! What agents do to tickets, with scripts and without.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use portal_e2e::browser::Browser;
use portal_e2e::desk::Desk;
use portal_e2e::http::Visitor;
use portal_e2e::wait;
use portal_e2e::world::people::{ADAM, ALICE, GIL, PAT};

struct Day {
    desk: Desk,
    customers: BTreeMap<&'static str, Visitor>,
}

impl Day {
    async fn begin() -> Result<Self> {
        let desk = Desk::start().await?;
        let mut customers = BTreeMap::new();
        for who in [ALICE, ADAM, GIL, PAT] {
            customers.insert(who, desk.site.visitor(who).await?);
        }
        Ok(Self { desk, customers })
    }

    fn ticket(&self, key: &str) -> String {
        self.desk.ticket(key)
    }

    /// Whether a customer sees a ticket, and these words on it.
    async fn sees(&self, who: &'static str, key: &str, words: &str) -> Result<bool> {
        let page = self.customers[who]
            .get(&format!("/support/{}", self.desk.site.world.number(key)))
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
async fn tickets_are_linked_merged_split_and_changed_together() -> Result<()> {
    work(true).await
}

#[tokio::test]
async fn tickets_are_linked_merged_split_and_changed_together_without_scripts() -> Result<()> {
    work(false).await
}

async fn work(scripts: bool) -> Result<()> {
    let day = Day::begin().await?;
    let browser = day.desk.browser(&day.desk.ada, scripts).await?;
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
    let id = day.desk.site.contact_ids.get(ALICE).cloned().unwrap_or_default();
    let path = format!(
        "/desk/tickets/{}/change?what=unlink&to={id}",
        day.desk.site.world.number("t3")
    );
    browser.open(&day.desk.site.url(&path)).await?;
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
    browser.open(&day.desk.site.url("/desk?view=snoozed")).await?;
    browser.expect(day.desk.site.world.subject("t3")).await?;
    // Whatever the customer writes takes it up again.
    let path = format!("/support/{}", day.desk.site.world.number("t3"));
    day.customers[GIL]
        .submit(&path, &format!("{path}/reply"), &[("body", "Any news?")], &[])
        .await?
        .expect(303)?;
    browser.open(&day.desk.site.url("/desk")).await?;
    browser.expect(day.desk.site.world.subject("t3")).await
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
        .write("#f-into", &format!("#{}", day.desk.site.world.number("t1")))
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
    browser.open(&day.desk.site.url("/desk")).await?;
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
    browser.open(&day.desk.site.url("/desk?view=closed")).await?;
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
