//! Whether customers are satisfied, in browsers: said on the page of a closed ticket, and by the link of a mail; agents see
//! it, hear of it, and find it in their measures.

use anyhow::{Context, Result, ensure};
use portal_e2e::browser::{Browser, Look, Start};
use portal_e2e::database::Database;
use portal_e2e::mail_server::Mailbox;
use portal_e2e::site::Installation;
use portal_e2e::staff::Colleague;

const PASSWORD: &str = "granite teapot umbrella 42";
const JONAS: &str = "jonas@example.com";

/// The page is fine for everybody, and fits on a phone.
async fn looked_at(browser: &Browser, name: &str) -> Result<()> {
    for look in [Look::PHONE, Look::NIGHT, Look::DESK] {
        browser.look(look).await?;
        browser.picture(&format!("satisfaction-{name}-{}", look.name())).await?;
        let out = browser.what_sticks_out().await?;
        ensure!(
            browser.overflow().await? <= 0,
            "{name} is too wide for {}: {out}",
            look.name()
        );
        let wrong = browser.violations().await?;
        ensure!(wrong.is_empty(), "{name}, {}: {wrong:#?}", look.name());
    }
    Ok(())
}

#[tokio::test]
async fn a_customer_says_what_is_not_good_here_and_by_mail_and_agents_see_it() -> Result<()> {
    let installation = Installation::new(Database::Sqlite).await?;
    installation
        .run(&["create", "--name", "Kestrel Support", "--language-offered", "de"])
        .await?;
    let file = installation.folder().join("password.txt");
    std::fs::write(&file, PASSWORD)?;
    let file = file.to_string_lossy().into_owned();
    let add = [
        "contact",
        "add",
        "--name",
        "Jonas Weber",
        "--email",
        JONAS,
        "--password-file",
        &file,
    ];
    installation.run(&add).await?;
    for subject in ["Scanner", "Printer"] {
        let receive = [
            "receive",
            "--contact",
            JONAS,
            "--subject",
            subject,
            "--text",
            "It is stuck.",
        ];
        installation.run(&receive).await?;
    }
    let _server = installation.serve().await?;
    let url = |path: &str| format!("{}{path}", installation.base());
    let admin = Colleague::first(&installation).await?;
    let staff = Browser::start(Start::default()).await?;
    admin.lend(&staff).await?;

    // On the page: close, two taps, and the agent sees it.
    let german = Start {
        language: "de",
        ..Start::default()
    };
    let customer = Browser::start(german).await?;
    customer.open(&url("/support/sign-in")).await?;
    customer.write("#f-email", JONAS).await?;
    customer.write("#f-password", PASSWORD).await?;
    customer.follow("main [data-send]").await?;
    customer.open(&url("/support/1/close")).await?;
    customer.follow("main [data-send]").await?;
    customer.expect("Sind Sie mit der Lösung zufrieden?").await?;
    looked_at(&customer, "asked-de").await?;
    customer.click("#rate summary").await?;
    customer.write("#f-comment", "Es hat eine Woche gedauert.").await?;
    customer.press("Nicht gut").await?;
    customer.expect("Vielen Dank für Ihre Antwort").await?;
    customer.expect("Es hat eine Woche gedauert.").await?;
    looked_at(&customer, "thanked-de").await?;
    staff.open(&url("/desk/notices")).await?;
    staff.expect("is not satisfied with the solution").await?;
    staff.open(&url("/desk/tickets/1")).await?;
    staff.expect("is not satisfied with the solution").await?;
    staff.expect("Es hat eine Woche gedauert.").await?;
    looked_at(&staff, "desk").await?;

    // By mail: the link leads to a page with a button, which alone does anything, without signing in.
    staff.open(&url("/desk/tickets/2")).await?;
    staff.follow("[data-desk-key='e']").await?;
    let mails = Mailbox::of_data(&installation.data());
    // Two said that something was received.
    let mail = mails.wait_for(JONAS, 3).await?;
    let link = mail
        .text()
        .split_whitespace()
        .find(|it| it.contains("/csat?") && it.ends_with("rating=good"))
        .context("the mail asks nothing")?
        .to_owned();
    let nobody = Browser::start(Start::default()).await?;
    nobody.open(&link).await?;
    nobody.expect("Are you satisfied with the solution?").await?;
    ensure!(!nobody.says("Printer").await?, "the page shows the subject");
    ensure!(
        nobody.count("input[value='good']:checked").await? == 1,
        "the answer is not chosen already"
    );
    looked_at(&nobody, "link").await?;
    staff.open(&url("/desk/tickets/2")).await?;
    ensure!(
        !staff.says("is satisfied with the solution").await?,
        "looking at the link rated the ticket"
    );
    nobody.write("#f-comment", "Thanks!").await?;
    nobody.follow("main [data-send]").await?;
    nobody.expect("Thank you for your answer").await?;
    looked_at(&nobody, "link-thanks").await?;
    staff.open(&url("/desk/tickets/2")).await?;
    staff.expect("is satisfied with the solution").await?;
    // Whoever changes the link finds nothing.
    nobody.open(&link.replace(".2.", ".1.")).await?;
    ensure!(
        !nobody.says("Are you satisfied").await?,
        "a link was made of another one"
    );
    staff.open(&url("/desk/measures")).await?;
    staff.expect("50 %").await?;
    looked_at(&staff, "measures").await?;
    for browser in [&staff, &customer] {
        let complaints = browser.complaints().await?;
        ensure!(complaints.is_empty(), "the console complains: {complaints:#?}");
    }
    Ok(())
}
