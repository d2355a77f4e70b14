//! What a customer does, from signing in to signing out: with scripts, and word for word the same without.

use anyhow::{Result, ensure};
use portal_e2e::browser::{Browser, Start};
use portal_e2e::site::Site;
use portal_e2e::world::people::{ADAM, ALICE};
use portal_e2e::world::{PASSWORD, World};

#[tokio::test]
async fn an_imported_contact_works_with_tickets() -> Result<()> {
    work(Start::default(), "scripts").await
}

#[tokio::test]
async fn an_imported_contact_works_without_scripts() -> Result<()> {
    work(
        Start {
            scripts: false,
            ..Start::default()
        },
        "plain",
    )
    .await
}

async fn work(start: Start, kind: &str) -> Result<()> {
    let site = Site::start(World::plain()).await?;
    let browser = Browser::start(start).await?;
    let picture = |name: &'static str| browser.picture_of(kind, name);

    sign_in(&browser, &site).await?;
    picture("list").await?;
    find(&browser, &site).await?;
    picture("search").await?;
    open_and_reply(&browser, &site).await?;
    picture("replied").await?;
    close_and_reopen(&browser, &site).await?;
    picture("colleague").await?;
    open_new(&browser, &site).await?;
    picture("opened").await?;
    make_private(&browser, &site).await?;
    picture("private").await?;
    account(&browser, &site).await?;
    picture("account").await?;
    sign_out(&browser, &site).await?;
    picture("signed-out").await?;
    let complaints = browser.complaints().await?;
    ensure!(complaints.is_empty(), "the console complains: {complaints:#?}");
    Ok(())
}

async fn sign_in(browser: &Browser, site: &Site) -> Result<()> {
    let ticket = format!("/support/{}", site.world.number("t1"));
    // A deep link waits until it is known who asks.
    browser.open(&site.url(&ticket)).await?;
    ensure!(
        browser.here().await?.starts_with("/support/sign-in"),
        "a ticket was shown to nobody: {}",
        browser.here().await?
    );
    browser.expect("Sign in to").await?;
    browser.write("#f-email", "alice@example.com").await?;
    browser.write("#f-password", "not the password at all").await?;
    browser.follow("main [data-send]").await?;
    browser.expect("E-mail address and password do not match.").await?;
    ensure!(
        browser.find("#f-email").await?.prop("value").await?.as_deref() == Some("alice@example.com"),
        "the address was not kept"
    );
    browser.write("#f-password", PASSWORD).await?;
    browser.follow("main [data-send]").await?;
    ensure!(
        browser.here().await? == ticket,
        "signing in forgot where to go: {}",
        browser.here().await?
    );

    browser.open(&site.url("/support")).await?;
    browser.expect("Acme Industries").await?;
    let subjects = browser.texts("table .subject a").await?;
    let expected = ["t1", "t2", "t4", "t5", "t7", "t6"].map(|it| site.world.subject(it).to_owned());
    for subject in &expected {
        ensure!(subjects.contains(subject), "`{subject}` is missing in {subjects:?}");
    }
    ensure!(subjects.len() == expected.len(), "there are others: {subjects:?}");
    ensure!(
        subjects.first() == expected.first(),
        "what waits for the reader is not first: {subjects:?}"
    );
    Ok(())
}

async fn find(browser: &Browser, site: &Site) -> Result<()> {
    browser.follow(".scope a:not([aria-current])").await?;
    let mine = browser.texts("table .subject a").await?;
    ensure!(
        mine.len() == 4 && !mine.contains(&site.world.subject("t2").to_owned()),
        "My tickets shows {mine:?}"
    );
    browser.follow(".scope a:not([aria-current])").await?;

    browser.follow(".chips a[href*='stage=waiting']").await?;
    ensure!(
        browser.texts("table .subject a").await? == [site.world.subject("t1")],
        "the chip does not filter"
    );
    browser.follow(".chips a:not([href*='stage='])").await?;

    browser.click(".filter-button").await?;
    browser.choose("#filter-state", "closed").await?;
    browser.choose("#filter-sort", "created").await?;
    browser.follow("#filter button").await?;
    ensure!(
        browser.texts("table .subject a").await? == [site.world.subject("t6")],
        "the filter does not filter"
    );
    // Back and forward keep the filter.
    let filtered = browser.here().await?;
    browser.follow("table .subject a").await?;
    browser.client.back().await?;
    ensure!(browser.here().await? == filtered, "the filter is gone after Back");
    browser.click(".filter-button").await?;
    browser.press("Clear filters").await?;

    browser.write(".bar-search input", "firmw").await?;
    browser.keys_and_go("\u{e007}").await?;
    browser.expect(site.world.subject("t1")).await?;
    browser.write("#q", "nosuchwordanywhere").await?;
    browser.follow(".search-form button").await?;
    browser.expect("Nothing found").await?;
    browser.write("#q", &format!("#{}", site.world.number("t4"))).await?;
    browser.follow(".search-form button").await?;
    ensure!(
        browser.here().await? == format!("/support/{}", site.world.number("t4")),
        "a number does not lead to its ticket"
    );
    Ok(())
}

async fn open_and_reply(browser: &Browser, site: &Site) -> Result<()> {
    browser.open(&site.url("/support")).await?;
    browser.follow("table .subject a").await?;
    browser.expect("Could you send us the log file?").await?;
    browser.expect("Mara Okafor is waiting for your reply").await?;
    browser.expect("You see it because you asked the question.").await?;
    ensure!(!browser.says("old firmware").await?, "a note is on the page");
    ensure!(browser.text(".file-name").await? == "wlan.log", "the file is not there");
    ensure!(
        browser.count(".prose script").await? == 0,
        "a script of a mail is on the page"
    );

    // Nothing is sent, and the words are kept.
    browser.write("#f-body", "   ").await?;
    browser.follow("#reply [data-send]").await?;
    browser.expect("Write your reply before sending.").await?;

    let file = site.file("photo of the label.txt", "what the label says")?;
    browser.write("#f-body", "It has **2.4.1**, see the label.").await?;
    browser.find("#f-files").await?.send_keys(&file).await?;
    browser.follow("#reply [data-send]").await?;
    browser.expect("Your reply is sent.").await?;
    browser.expect("It has 2.4.1, see the label.").await?;
    ensure!(
        browser
            .texts(".file-name")
            .await?
            .contains(&"photo of the label.txt".to_owned()),
        "the file did not arrive"
    );
    ensure!(
        browser.text(".ticket-facts .pill").await? == "In progress",
        "a reply does not put the ticket back to work"
    );
    // Reloading sends nothing again.
    let messages = browser.count("article.message").await?;
    browser.client.refresh().await?;
    ensure!(
        browser.count("article.message").await? == messages,
        "a reload wrote again"
    );
    Ok(())
}

async fn close_and_reopen(browser: &Browser, site: &Site) -> Result<()> {
    let ticket = format!("/support/{}", site.world.number("t1"));
    browser.write("#f-body", "That was it, thank you.").await?;
    browser.press("Send and close").await?;
    browser.expect("Your reply is sent and the ticket is closed.").await?;
    ensure!(browser.text(".ticket-facts .pill").await? == "Closed");
    browser.press("Reopen ticket").await?;
    browser.expect("The ticket is open again.").await?;

    // The dialog, and the page that stands in for it.
    if browser.scripts {
        browser.click(".ticket-actions [commandfor='close-dialog']").await?;
        browser.write("#close-reason", "A new access point").await?;
        browser.follow("#close-dialog [data-send]").await?;
    } else {
        browser.open(&site.url(&format!("{ticket}/close"))).await?;
        browser.expect("Close this ticket?").await?;
        browser.write("#f-reason", "A new access point").await?;
        browser.follow("main [data-send]").await?;
    }
    browser.expect("The ticket is closed.").await?;
    browser.expect("A new access point").await?;
    browser.write("#f-body", "It happened again.").await?;
    browser.press("Send and reopen").await?;
    browser
        .expect("Your reply is sent and the ticket is open again.")
        .await?;
    browser
        .picture_of(if browser.scripts { "scripts" } else { "plain" }, "reopened")
        .await?;
    // What was closed long ago stays so, and what is a colleague's can be read only.
    browser
        .open(&site.url(&format!("/support/{}", site.world.number("t6"))))
        .await?;
    browser.expect("can no longer be opened").await?;
    browser
        .open(&site.url(&format!("/support/{}", site.world.number("t2"))))
        .await?;
    browser
        .expect("You can read this ticket of a colleague, but not answer it.")
        .await?;
    ensure!(
        browser.count("#reply").await? == 0,
        "there is a reply form on a colleague's ticket"
    );
    Ok(())
}

async fn open_new(browser: &Browser, site: &Site) -> Result<()> {
    browser.open(&site.url("/support")).await?;
    browser.press("New ticket").await?;
    browser.follow("main [data-send]").await?;
    browser.expect("There are 2 problems").await?;
    browser
        .write("#f-subject", "The <b>display</b> & the \"menu\" stay dark")
        .await?;
    browser
        .write(
            "#f-description",
            "Since this morning.\n\n- unplugged it\n- plugged it in",
        )
        .await?;
    browser.click("input[name='priority'][value='high']").await?;
    browser
        .find("#f-files")
        .await?
        .send_keys(&site.file("display.log", "no signal")?)
        .await?;
    browser.follow("main [data-send]").await?;
    browser.expect("Thank you, your request is with us.").await?;
    ensure!(
        browser.text("h1").await? == "The <b>display</b> & the \"menu\" stay dark",
        "the subject changed on its way"
    );
    browser.expect("display.log").await?;
    browser.expect("Received").await?;
    ensure!(
        browser.count(".prose li").await? == 2,
        "the list in the text is no list"
    );
    Ok(())
}

async fn make_private(browser: &Browser, site: &Site) -> Result<()> {
    let ticket = format!("/support/{}", site.world.number("t5"));
    let adam = site.visitor(ADAM).await?;
    ensure!(
        adam.get(&ticket).await?.status == 200,
        "a shared ticket is hidden from a colleague"
    );
    browser.open(&site.url(&ticket)).await?;
    if browser.scripts {
        browser.click("[popovertarget='more']").await?;
        browser.click("#more [commandfor='private-dialog']").await?;
        browser.follow("#private-dialog [data-send]").await?;
    } else {
        browser.open(&site.url(&format!("{ticket}/private"))).await?;
        browser.follow("main [data-send]").await?;
    }
    browser.expect("The ticket is private now.").await?;
    ensure!(
        adam.get(&ticket).await?.status == 404,
        "a private ticket is shown to a colleague"
    );
    Ok(())
}

async fn account(browser: &Browser, site: &Site) -> Result<()> {
    let elsewhere = site.visitor(ALICE).await?;
    browser.open(&site.url("/support/account")).await?;
    browser.expect("alice@example.com").await?;
    browser.write("#f-name", "Alice A. Ambrose").await?;
    browser.choose("#f-language", "de").await?;
    browser.press("Save details").await?;
    browser.expect("Alice A. Ambrose").await?;
    ensure!(
        browser.find("html").await?.attr("lang").await?.as_deref() == Some("de"),
        "the language did not change"
    );
    browser.choose("#f-language", "en").await?;
    browser.follow("form[action$='/account/profile'] [data-send]").await?;
    browser.expect("Your details are saved.").await?;

    browser.write("#f-current", "not the present one").await?;
    browser.write("#f-new", "quarry lantern meadow 77").await?;
    browser.press("Change password").await?;
    browser.expect("This is not your present password.").await?;
    browser.write("#f-current", PASSWORD).await?;
    browser.write("#f-new", "too short").await?;
    browser.press("Change password").await?;
    browser.expect("Use at least 15 characters.").await?;
    browser.write("#f-current", PASSWORD).await?;
    browser.write("#f-new", "quarry lantern meadow 77").await?;
    browser.press("Change password").await?;
    browser.expect("Your password is changed.").await?;
    ensure!(
        elsewhere.get("/support/account").await?.status == 303,
        "another session outlived a change of the password"
    );
    ensure!(
        elsewhere
            .sign_in("support", "alice@example.com", PASSWORD)
            .await?
            .status
            == 422,
        "the old password still works"
    );

    let other =
        portal_e2e::http::Visitor::signed_in(&site.base, "support", "alice@example.com", "quarry lantern meadow 77")
            .await?;
    ensure!(other.get("/support/account").await?.status == 200);
    browser.client.refresh().await?;
    ensure!(
        browser.count("form[action$='/account/sessions/end']").await? == 1,
        "the other session is not listed"
    );
    browser.press("End session").await?;
    browser.expect("That session is ended.").await?;
    ensure!(
        other.get("/support/account").await?.status == 303,
        "an ended session goes on"
    );

    browser.write("#f-token_name", "Stock sync").await?;
    browser.press("Create token").await?;
    let secret = browser.text(".secret code").await?;
    let program = portal_e2e::http::Program::new(&site.base, "support", &secret)?;
    ensure!(
        program.get("/me").await?.expect(200)?.json()?["name"] == "Alice A. Ambrose",
        "the token is not hers"
    );
    browser.open(&site.url("/support/account")).await?;
    ensure!(!browser.says(&secret).await?, "the secret is shown twice");
    browser.press("Revoke").await?;
    ensure!(program.get("/me").await?.status == 401, "a revoked token works");
    Ok(())
}

async fn sign_out(browser: &Browser, site: &Site) -> Result<()> {
    let ticket = format!("/support/{}", site.world.number("t1"));
    browser.open(&site.url(&ticket)).await?;
    browser.click("button.me").await?;
    browser.follow("#me form[action$='/sign-out'] button").await?;
    browser.expect("Sign in to").await?;
    browser.client.back().await?;
    ensure!(
        !browser.says("log file").await?,
        "Back shows a ticket after signing out"
    );
    browser.open(&site.url(&ticket)).await?;
    ensure!(browser.here().await?.starts_with("/support/sign-in"));
    Ok(())
}
