//! What the scripts add: drafts, live arrival, keys, one sending for two presses.

use anyhow::{Result, ensure};
use portal_e2e::browser::{Browser, Start};
use portal_e2e::site::Site;
use portal_e2e::wait;
use portal_e2e::world::people::{ALICE, PAT};
use portal_e2e::world::{PASSWORD, World};

const CONTROL_ENTER: &str = "\u{e009}\u{e007}";
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

async fn signed_in(site: &Site, key: &str) -> Result<Browser> {
    let browser = Browser::start(Start::default()).await?;
    browser.open(&site.url("/support/sign-in")).await?;
    // By keys alone: the first field has the focus.
    ensure!(
        browser.focus().await? == "input#f-email",
        "the first field has no focus"
    );
    browser.keys(&site.world.contact(key).email).await?;
    browser.keys(TAB).await?;
    browser.keys(PASSWORD).await?;
    browser.keys_and_go(ENTER).await?;
    ensure!(browser.here().await? == "/support");
    Ok(browser)
}

#[tokio::test]
async fn drafts_keys_and_live_arrival() -> Result<()> {
    let site = Site::start(World::plain()).await?;
    let browser = signed_in(&site, ALICE).await?;
    let ticket = site.url(&format!("/support/{}", site.world.number("t1")));
    keys(&browser).await?;
    drafts(&browser, &ticket).await?;
    live(&browser, &site, &ticket).await?;
    twice(&browser, &ticket).await?;
    let complaints = browser.complaints().await?;
    ensure!(complaints.is_empty(), "the console complains: {complaints:#?}");
    Ok(())
}

async fn keys(browser: &Browser) -> Result<()> {
    // The first stop is the way past the bar.
    browser.client.refresh().await?;
    browser.keys(TAB).await?;
    let first = "return document.activeElement.className";
    ensure!(
        browser.look_up(first, serde_json::json!(null)).await? == "skip",
        "the first stop is not the skip link"
    );
    browser.find("body").await?.send_keys("/").await?;
    let focused = browser
        .look_up("return document.activeElement.name", serde_json::json!(null))
        .await?;
    ensure!(focused == "q", "`/` does not go to the search");
    browser.keys("scanner").await?;
    browser.keys_and_go(ENTER).await?;
    ensure!(browser.here().await? == "/support/search?q=scanner");
    // A dialog opens by key, keeps the focus, and Escape leaves it.
    browser.follow(".hits a").await?;
    browser
        .find(".ticket-actions [commandfor='close-dialog']")
        .await?
        .send_keys(ENTER)
        .await?;
    ensure!(
        browser.count("#close-dialog[open]").await? == 1,
        "the dialog does not open by key"
    );
    browser.keys(ESCAPE).await?;
    ensure!(
        browser.count("#close-dialog[open]").await? == 0,
        "Escape does not close the dialog"
    );
    Ok(())
}

async fn drafts(browser: &Browser, ticket: &str) -> Result<()> {
    browser.open(ticket).await?;
    browser.write("#f-body", "A text that is not sent yet").await?;
    browser.open("about:blank").await?;
    browser.open(ticket).await?;
    let kept = browser.find("#f-body").await?.prop("value").await?;
    ensure!(
        kept.as_deref() == Some("A text that is not sent yet"),
        "the draft is gone: {kept:?}"
    );
    browser.expect("Your draft was restored.").await?;
    browser.picture("scripts-draft").await?;
    browser.click("[data-draft-discard]").await?;
    browser.client.refresh().await?;
    ensure!(
        browser.find("#f-body").await?.prop("value").await?.as_deref() == Some(""),
        "a discarded draft came back"
    );
    Ok(())
}

async fn live(browser: &Browser, site: &Site, ticket: &str) -> Result<()> {
    browser.open(ticket).await?;
    browser.write("#f-body", "half a sentence").await?;
    ensure!(
        !browser.find(".livebar").await?.is_displayed().await?,
        "there is news before there is any"
    );
    let number = site.world.number("t1");
    let pat = site.visitor(PAT).await?;
    let page = format!("/support/{number}");
    pat.submit(
        &page,
        &format!("{page}/reply"),
        &[("body", "News from Pat."), ("then", "send")],
        &[],
    )
    .await?
    .expect(303)?;
    wait::until_true("the bar that says there is news", || async {
        Ok(browser.find(".livebar").await?.is_displayed().await?)
    })
    .await?;
    browser.expect("There is a new message.").await?;
    ensure!(
        !browser.says("News from Pat.").await?,
        "the page moved under the reader's hands"
    );
    browser.picture("scripts-live").await?;
    browser.follow(".livebar a").await?;
    browser.expect("News from Pat.").await?;
    let kept = browser.find("#f-body").await?.prop("value").await?;
    ensure!(
        kept.as_deref() == Some("half a sentence"),
        "looking at the news lost the draft: {kept:?}"
    );
    Ok(())
}

async fn twice(browser: &Browser, ticket: &str) -> Result<()> {
    browser.open(ticket).await?;
    browser.write("#f-body", "Sent with two presses").await?;
    let before = browser.document().await?;
    let press = "const t = document.querySelector('#f-body');
        for (let i = 0; i < 2; i++) t.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }))";
    browser.look_up(press, serde_json::json!(null)).await?;
    browser.next_document(&before, "two presses").await?;
    browser.expect("Your reply is sent.").await?;
    let messages = browser.texts("article.message .prose").await?;
    ensure!(
        messages
            .iter()
            .filter(|it| it.as_str() == "Sent with two presses")
            .count()
            == 1,
        "sent twice: {messages:?}"
    );
    // A real chord does the same.
    browser.write("#f-body", "Sent with a chord").await?;
    browser.keys_and_go(CONTROL_ENTER).await?;
    browser.expect("Sent with a chord").await?;
    Ok(())
}
