//! The seed of the product, as a newcomer does it: an empty server, the first administrator, a portal in four steps, and
//! customers who come in by invitation or by themselves and see exactly their tickets.

use anyhow::{Context as _, Result, ensure};
use portal_e2e::browser::{Browser, Look, Start};
use portal_e2e::database::Database;
use portal_e2e::mail_server::{MailServer, Mailbox};
use portal_e2e::process::Process;
use portal_e2e::site::Installation;
use portal_e2e::staff::{SecondFactor, set_up_link};
use portal_e2e::wait;
use portal_e2e::world::people::{ADAM, ALICE, GIL};
use portal_e2e::world::{PASSWORD, World};

const SEND: &str = "main [data-send]";

#[tokio::test]
async fn from_an_empty_server_to_a_customer_with_their_tickets() -> Result<()> {
    let seed = Seed::start(Start::default(), "seed-en").await?;
    seed.run().await
}

#[tokio::test]
async fn from_an_empty_server_in_german_and_without_scripts() -> Result<()> {
    let start = Start {
        scripts: false,
        language: "de",
    };
    let seed = Seed::start(start, "seed-de").await?;
    seed.run().await
}

struct Seed {
    world: World,
    mail: MailServer,
    installation: Installation,
    server: Option<Process>,
    staff: Browser,
    start: Start,
    kind: &'static str,
}

impl Seed {
    async fn start(start: Start, kind: &'static str) -> Result<Self> {
        let mail = MailServer::start().await?;
        let mut installation = Installation::new(Database::Sqlite).await?;
        for (name, value) in mail.settings() {
            installation.set(name, &value);
        }
        let server = installation.serve().await?;
        Ok(Self {
            world: World::plain(),
            mail,
            installation,
            server: Some(server),
            staff: Browser::start(start).await?,
            start,
            kind,
        })
    }

    async fn run(mut self) -> Result<()> {
        let link = set_up_link(&self.installation).await?;
        let mut factor = self.staff.set_up_admin(&link).await?;
        let portal = self.four_steps().await?;
        self.import().await?;
        self.group(&[ALICE, ADAM]).await?;
        self.publish(&portal, &mut factor).await?;
        let alice = self.invited(&portal, ALICE).await?;
        self.sees(&alice, &["t1", "t2", "t4", "t5", "t6", "t7"]).await?;
        self.narrow(&portal, &mut factor, &alice).await?;
        self.open_for_all(&portal, &mut factor).await?;
        self.registered(GIL).await?;
        let complaints = self.staff.complaints().await?;
        ensure!(complaints.is_empty(), "the console complains: {complaints:#?}");
        self.mail.stop().await?;
        Ok(())
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.installation.base())
    }

    fn mailbox(&self) -> Mailbox {
        self.mail.mailbox()
    }

    /// Nothing for the accessibility checker, nothing sticks out, and a picture.
    async fn inspect(&self, browser: &Browser, name: &str) -> Result<()> {
        for look in [Look::DESK, Look::NARROW] {
            browser.look(look).await?;
            if self.start.scripts {
                let found = browser.violations().await?;
                ensure!(found.is_empty(), "{name}: {found:#?}");
            }
            let over = browser.overflow().await?;
            ensure!(
                over <= 0,
                "{name}: {over} px too wide: {}",
                browser.what_sticks_out().await?
            );
            browser.picture_of(self.kind, &format!("{name}-{}", look.width)).await?;
        }
        browser.look(Look::DESK).await
    }

    /// Name, address, tickets; then “Save and finish later”. The portal's page.
    async fn four_steps(&self) -> Result<String> {
        let staff = &self.staff;
        ensure!(
            staff.here().await? == "/admin",
            "staff come in at {}",
            staff.here().await?
        );
        self.inspect(staff, "home").await?;
        staff.follow(".page-head a.btn-primary").await?;
        // Nothing is lost, and the way out is named.
        staff.follow(SEND).await?;
        ensure!(
            staff.count("#f-name[aria-invalid]").await? == 1,
            "a portal needs no name"
        );
        staff.write("#f-name", "Kestrel Support").await?;
        self.inspect(staff, "name").await?;
        staff.follow(SEND).await?;
        staff.write("#f-slug", "admin").await?;
        staff.follow(SEND).await?;
        ensure!(
            staff.count("#f-slug[aria-invalid]").await? == 1,
            "the portal may be called like the pages of the staff"
        );
        ensure!(staff.find("#f-slug").await?.prop("value").await?.as_deref() == Some("admin"));
        staff.write("#f-slug", "support").await?;
        self.inspect(staff, "address").await?;
        staff.follow(SEND).await?;
        staff.click("input[name=permission][value=company]").await?;
        self.inspect(staff, "tickets").await?;
        staff.follow(SEND).await?;
        self.inspect(staff, "access").await?;
        staff.follow("[name=later]").await?;
        self.inspect(staff, "later").await?;
        let portal = staff.here().await?;
        ensure!(
            portal.starts_with("/admin/portals/"),
            "finishing later leads to {portal}"
        );
        Ok(portal)
    }

    /// Fills the portal. On SQLite a command has the data folder to itself.
    async fn import(&mut self) -> Result<()> {
        let server = self.server.take().context("no server")?;
        ensure!(server.stop().await?, "the server did not end well");
        let folder = self.installation.folder().join("export");
        self.world.support.write(&folder)?;
        self.installation
            .run(&["import", &folder.to_string_lossy(), "--portal", "support"])
            .await?;
        self.server = Some(self.installation.serve().await?);
        Ok(())
    }

    /// A group of chosen contacts.
    async fn group(&self, keys: &[&str]) -> Result<()> {
        let staff = &self.staff;
        staff.open(&self.url("/admin/groups/new")).await?;
        staff.write("#f-name", "Service contracts").await?;
        staff.follow("main .btn-primary").await?;
        let group = staff.here().await?;
        for key in keys {
            let contact = self.world.contact(key);
            staff
                .open(&self.url(&format!("{group}?find={}", contact.email)))
                .await?;
            staff.click("input[name=add]").await?;
            staff.follow(".card-foot .btn-primary").await?;
            self.inspect(staff, "group-preview").await?;
            staff.follow("button[value=save]").await?;
            staff.expect(&contact.full_name()).await?;
        }
        self.inspect(staff, "group").await
    }

    /// The last step, the check page, and out it goes.
    async fn publish(&self, portal: &str, factor: &mut SecondFactor) -> Result<()> {
        let staff = &self.staff;
        staff.open(&self.url(&format!("{portal}/setup/access"))).await?;
        staff.click("input[name=groups]").await?;
        staff.follow(SEND).await?;
        self.inspect(staff, "check").await?;
        staff.follow("#f-publish").await?;
        if staff.is_asked_for_proof().await? {
            self.inspect(staff, "prove").await?;
            staff.prove(factor).await?;
        }
        staff.open(&self.url(&format!("{portal}/members"))).await?;
        self.inspect(staff, "members").await?;
        // Alice and Adam are to get a mail, and there is time to take that back.
        ensure!(
            staff.count("form[action$='/cancel']").await? == 1,
            "the invitations cannot be taken back"
        );
        for key in [ALICE, ADAM] {
            let mails = self.mailbox().to(&self.world.contact(key).email)?;
            ensure!(mails.is_empty(), "a mail left before its time: {mails:#?}");
        }
        Ok(())
    }

    /// A contact who is invited at once, and comes in by the mail.
    async fn invited(&self, portal: &str, key: &str) -> Result<Browser> {
        let staff = &self.staff;
        let contact = self.world.contact(key);
        staff
            .open(&self.url(&format!("{portal}/members?q={}", contact.email)))
            .await?;
        staff.follow("form[action$='/invite'] button").await?;
        let mail = self.mailbox().wait_for(&contact.email, 1).await?;
        ensure!(
            mail.header("content-language").as_deref() == Some(self.start.language),
            "the mail is not in the language of the portal"
        );
        let link = mail.link("/support/").context("no link in the mail")?;
        let customer = Browser::start(self.start).await?;
        customer.open(&link).await?;
        self.inspect(&customer, "invitation").await?;
        ensure!(
            customer.find("#f-email").await?.attr("readonly").await?.is_some(),
            "an invitation is for one address"
        );
        customer.write("#f-new", PASSWORD).await?;
        customer.follow(SEND).await?;
        // Good once.
        let again = Browser::start(self.start).await?;
        again.open(&link).await?;
        ensure!(again.count("#f-new").await? == 0, "an invitation is good twice");
        Ok(customer)
    }

    async fn sees(&self, customer: &Browser, keys: &[&str]) -> Result<()> {
        customer.open(&self.url("/support")).await?;
        let mut found = customer.texts("table .subject a").await?;
        let mut expected: Vec<String> = keys.iter().map(|it| self.world.subject(it).to_owned()).collect();
        found.sort();
        expected.sort();
        ensure!(found == expected, "the list shows {found:#?}, not {expected:#?}");
        self.inspect(customer, "list").await
    }

    /// The tickets that somebody asked or takes part in.
    fn own(&self, key: &str) -> Vec<&str> {
        let all = self.world.support.tickets.iter();
        all.filter(|it| it.contacts.contains(&key))
            .map(|it| it.key.as_str())
            .collect()
    }

    /// The permission becomes the narrowest, while a colleague's ticket is open in front of a customer.
    async fn narrow(&self, portal: &str, factor: &mut SecondFactor, alice: &Browser) -> Result<()> {
        let staff = &self.staff;
        let colleague = format!("/support/{}", self.world.number("t2"));
        alice.open(&self.url(&colleague)).await?;
        alice.expect(self.world.subject("t2")).await?;
        staff.open(&self.url(&format!("{portal}/tickets"))).await?;
        staff.click("input[name=permission][value=own]").await?;
        self.save(factor).await?;
        if self.start.scripts {
            wait::until_true("the colleague's ticket to go away", || async {
                Ok(!alice.says(self.world.subject("t2")).await.unwrap_or(true))
            })
            .await?;
        }
        alice.open(&self.url(&colleague)).await?;
        ensure!(
            !alice.says(self.world.subject("t2")).await?,
            "a colleague's ticket is still there"
        );
        self.inspect(alice, "gone").await?;
        self.sees(alice, &self.own(ALICE)).await
    }

    /// Sends the form of a settings page, with the look at what it does and the proof if they are asked for.
    async fn save(&self, factor: &mut SecondFactor) -> Result<()> {
        let staff = &self.staff;
        staff.follow(SEND).await?;
        staff.prove(factor).await?;
        if staff.count("#preview").await? == 1 {
            self.inspect(staff, "preview").await?;
            staff.follow(SEND).await?;
            staff.prove(factor).await?;
        }
        ensure!(
            staff.count(".flash").await? == 1,
            "nothing was saved: {}",
            staff.text("main").await?
        );
        Ok(())
    }

    /// Whoever confirms an address may come in.
    async fn open_for_all(&self, portal: &str, factor: &mut SecondFactor) -> Result<()> {
        let staff = &self.staff;
        staff.open(&self.url("/admin/domains")).await?;
        self.inspect(staff, "domains").await?;
        staff.write("input[name=company_name]", "Kestrel GmbH").await?;
        staff
            .write("input[name=admin_contact]", "access@kestrel.example")
            .await?;
        staff.click("input[name=self_registration]").await?;
        staff.follow("form[action$='/private'] button").await?;
        staff.prove(factor).await?;
        self.inspect(staff, "domains-saved").await?;
        ensure!(
            staff.count("input[name=self_registration]:checked").await? == 1,
            "what was chosen did not outlast the proof"
        );
        staff.open(&self.url(&format!("{portal}/access"))).await?;
        staff.click("input[name=access][value=register]").await?;
        self.save(factor).await
    }

    /// Somebody the company knows makes an account by themselves.
    async fn registered(&self, key: &str) -> Result<()> {
        let contact = self.world.contact(key);
        let customer = Browser::start(self.start).await?;
        customer.open(&self.url("/support/register")).await?;
        self.inspect(&customer, "register").await?;
        customer.write("#f-name", &contact.full_name()).await?;
        customer.write("#f-email", &contact.email).await?;
        customer.follow(SEND).await?;
        self.inspect(&customer, "register-sent").await?;
        let mail = self.mailbox().wait_for(&contact.email, 1).await?;
        let link = mail.link("/support/register").context("no link in the mail")?;
        customer.open(&link).await?;
        self.inspect(&customer, "register-verify").await?;
        customer.write("#f-new", PASSWORD).await?;
        customer.follow(SEND).await?;
        self.sees(&customer, &self.own(key)).await
    }
}
