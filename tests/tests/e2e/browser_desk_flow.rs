//! The desk's flow, in a browser: a status with words in two languages, a ticket opened for a customer who is mailed, a
//! mention that rings, and a conversation that is taken out of its ticket and becomes one again.

use anyhow::{Result, ensure};
use portal_e2e::browser::{Browser, Look, Start};
use portal_e2e::database::Database;
use portal_e2e::mail_server::Mailbox;
use portal_e2e::process::Process;
use portal_e2e::site::Installation;
use portal_e2e::staff::Colleague;

const PASSWORD: &str = "granite teapot umbrella 42";
const JONAS: &str = "jonas@example.com";

struct Flow {
    installation: Installation,
    _server: Process,
    admin: Colleague,
    staff: Browser,
    customer: Browser,
}

impl Flow {
    async fn start() -> Result<Self> {
        let installation = Installation::new(Database::Sqlite).await?;
        installation
            .run(&["create", "--name", "Kestrel Support", "--language-offered", "de"])
            .await?;
        let file = installation.folder().join("password.txt");
        std::fs::write(&file, PASSWORD)?;
        let file = file.to_string_lossy().into_owned();
        installation
            .run(&[
                "contact",
                "add",
                "--name",
                "Jonas Weber",
                "--email",
                JONAS,
                "--password-file",
                &file,
            ])
            .await?;
        installation
            .run(&[
                "receive",
                "--contact",
                JONAS,
                "--subject",
                "Chat about the tray",
                "--text",
                "The tray is stuck.",
            ])
            .await?;
        let server = installation.serve().await?;
        let admin = Colleague::first(&installation).await?;
        let staff = Browser::start(Start::default()).await?;
        admin.lend(&staff).await?;
        let german = Start {
            language: "de",
            ..Start::default()
        };
        let customer = Browser::start(german).await?;
        let flow = Self {
            installation,
            _server: server,
            admin,
            staff,
            customer,
        };
        flow.customer.open(&flow.url("/support/sign-in")).await?;
        flow.customer.write("#f-email", JONAS).await?;
        flow.customer.write("#f-password", PASSWORD).await?;
        flow.customer.follow("main [data-send]").await?;
        Ok(flow)
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.installation.base())
    }

    /// The value of the option with these words, on a page of the staff.
    async fn option_of(&self, path: &str, select: &str, words: &str) -> Result<String> {
        self.staff.open(&self.url(path)).await?;
        let script = "const [select, words] = arguments[0];
            return [...document.querySelectorAll(select + ' option')].find(it => it.text.trim() === words)?.value ?? ''";
        let found = self.staff.look_up(script, serde_json::json!([select, words])).await?;
        let value = found.as_str().unwrap_or_default().to_owned();
        ensure!(!value.is_empty(), "there is no `{words}`");
        Ok(value)
    }

    /// Chooses a status on the page of ticket 1.
    async fn post_status(&self, value: &str) -> Result<()> {
        let script = "document.querySelector('details:has(#f-status)').open = true";
        self.staff.look_up(script, serde_json::Value::Null).await?;
        self.staff.choose("#f-status", value).await?;
        self.staff.follow("form:has(#f-status) .btn-primary").await
    }

    /// No page complained.
    async fn calm(&self) -> Result<()> {
        for browser in [&self.staff, &self.customer] {
            let complaints = browser.complaints().await?;
            ensure!(complaints.is_empty(), "the console complains: {complaints:#?}");
        }
        Ok(())
    }

    /// The page is fine for everybody, and fits on a phone.
    async fn looked_at(&self, browser: &Browser, name: &str) -> Result<()> {
        for look in [Look::PHONE, Look::NIGHT, Look::DESK] {
            browser.look(look).await?;
            browser.picture(&format!("flow-{name}-{}", look.name())).await?;
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
}

#[tokio::test]
async fn a_status_gets_words_and_the_customer_reads_them() -> Result<()> {
    let flow = Flow::start().await?;
    let staff = &flow.staff;
    staff.open(&flow.url("/admin/pipelines")).await?;
    flow.looked_at(staff, "pipelines").await?;
    staff.follow("main .entries a").await?;
    flow.looked_at(staff, "pipeline").await?;
    staff.write("#f-new_name", "Workshop").await?;
    staff.choose("#f-stage", "in_progress").await?;
    staff.press("Add status").await?;
    staff.write("[name='label.en']", "At the workshop").await?;
    staff.write("[name='label.de']", "In der Werkstatt").await?;
    flow.looked_at(staff, "status").await?;
    staff.press("Save status").await?;
    let workshop = flow.option_of("/desk/tickets/1", "select#f-status", "Workshop").await?;
    flow.post_status(&workshop).await?;
    flow.customer.open(&flow.url("/support/1")).await?;
    flow.customer.expect("In der Werkstatt").await?;
    flow.calm().await
}

#[tokio::test]
async fn a_ticket_opened_for_a_customer_is_mailed_and_ends_with_one_press() -> Result<()> {
    let flow = Flow::start().await?;
    let staff = &flow.staff;
    staff.open(&flow.url("/desk/new")).await?;
    staff.write("#f-q", "jonas").await?;
    staff.press("Search").await?;
    flow.looked_at(staff, "find-contact").await?;
    staff.follow("main .entries a.btn").await?;
    flow.looked_at(staff, "open-for").await?;
    staff.write("#f-subject", "Scanner on the phone").await?;
    staff.write("#f-text", "You called about the scanner.").await?;
    staff.press("Open ticket").await?;
    staff.expect("Scanner on the phone").await?;
    let mails = Mailbox::of_data(&flow.installation.data());
    // The first one said that the conversation was received.
    let mail = mails.wait_for(JONAS, 2).await?;
    ensure!(mail.text().contains("You called about the scanner."), "{}", mail.text());
    let (list, post) = (mail.header("List-Unsubscribe"), mail.header("List-Unsubscribe-Post"));
    ensure!(post.as_deref() == Some("List-Unsubscribe=One-Click"), "{post:?}");
    ensure!(mail.header("References").is_some() && mail.header("In-Reply-To").is_some());
    let link = list.unwrap_or_default().trim_matches(['<', '>']).to_owned();
    // As a mail program does it: from nowhere, without signing in.
    let nobody = portal_e2e::http::Visitor::new(&flow.installation.base())?;
    let path = link.replace(&flow.installation.base(), "");
    nobody.get(&path).await?.expect(200)?;
    let pressed = nobody.request(reqwest::Method::POST, &path);
    let pressed = pressed
        .header("content-type", "application/x-www-form-urlencoded")
        .body("List-Unsubscribe=One-Click")
        .send()
        .await?;
    ensure!(pressed.status() == 200, "{}", pressed.status());
    flow.customer.open(&flow.url("/support/2/mails")).await?;
    flow.customer.expect("Wieder E-Mails senden").await?;
    flow.looked_at(&flow.customer, "mute-de").await?;
    flow.customer.follow("main [data-send]").await?;
    flow.customer.open(&flow.url("/support/account")).await?;
    flow.customer.expect("eines meiner Tickets").await?;
    flow.looked_at(&flow.customer, "mails-de").await?;
    flow.calm().await
}

#[tokio::test]
async fn a_mention_rings_for_whoever_works_with_the_inbox() -> Result<()> {
    let flow = Flow::start().await?;
    let mara = flow.admin.invite(&flow.installation, "Mara", &["help_desk"]).await?;
    let staff = &flow.staff;
    staff.open(&flow.url("/desk/tickets/1")).await?;
    staff.click("label:has(#kind-note)").await?;
    staff.write("#f-body", "@mara can you look at the tray?").await?;
    staff.press("Add note").await?;
    let hers = Browser::start(Start::default()).await?;
    mara.lend(&hers).await?;
    hers.open(&flow.url("/desk")).await?;
    ensure!(
        hers.text(".bell-count").await?.starts_with('1'),
        "the bell does not ring"
    );
    hers.follow(".bell").await?;
    hers.expect("mentioned you in a note").await?;
    flow.looked_at(&hers, "notices").await?;
    hers.press("Mark all as read").await?;
    ensure!(hers.count(".bell-count").await? == 0, "the bell rings on");
    hers.follow("a[href='/desk/notices/choices']").await?;
    flow.looked_at(&hers, "choices").await?;
    flow.calm().await
}

#[tokio::test]
async fn a_conversation_is_taken_out_of_its_ticket_and_becomes_one_again() -> Result<()> {
    let flow = Flow::start().await?;
    let (staff, customer) = (&flow.staff, &flow.customer);
    customer.open(&flow.url("/support/1")).await?;
    customer.expect("The tray is stuck.").await?;
    staff.open(&flow.url("/desk/conversations")).await?;
    flow.looked_at(staff, "conversations").await?;
    staff.follow("main .entries a").await?;
    flow.looked_at(staff, "conversation").await?;
    staff.press("Take out of the ticket").await?;
    staff.expect("no longer see what was said").await?;
    staff.expect("Jonas Weber").await?;
    staff.follow("main [data-send]").await?;
    staff.expect("It has no ticket").await?;
    customer.open(&flow.url("/support/1")).await?;
    ensure!(
        !customer.says("The tray is stuck.").await?,
        "the customer still sees it"
    );
    staff.press("Make a ticket").await?;
    staff.follow("main [data-send]").await?;
    staff.expect("Ticket #2").await?;
    customer.open(&flow.url("/support/2")).await?;
    customer.expect("The tray is stuck.").await?;
    flow.calm().await
}
