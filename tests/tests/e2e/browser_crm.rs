//! Contacts and companies, as somebody of the staff looks after them: a table with a wrong line is taken in, mended and taken
//! in again; two contacts become one and two again; one is erased. With scripts and without.

use anyhow::{Context as _, Result, ensure};
use portal_e2e::browser::{Browser, Look, Start};
use portal_e2e::database::Database;
use portal_e2e::site::Installation;
use portal_e2e::staff::{SecondFactor, set_up_link};

const PEOPLE: &str = "Name,E-mail,Company\nAda Winter,ada@fern.example,Fernwerk GmbH\nEve Sommer,not an address,\nMax Winter,max@fern.example,\n";
const MENDED: &str = "Name,E-mail,Company\nAda Winter,ada@fern.example,Fernwerk GmbH\nEve Sommer,eve@fern.example,\nMax Winter,max@fern.example,\n";

#[tokio::test]
async fn contacts_are_taken_in_merged_parted_and_erased() -> Result<()> {
    run(Start::default(), "crm-en").await
}

#[tokio::test]
async fn contacts_are_looked_after_in_german_and_without_scripts() -> Result<()> {
    let start = Start {
        scripts: false,
        language: "de",
    };
    run(start, "crm-de").await
}

struct Path {
    installation: Installation,
    staff: Browser,
    factor: SecondFactor,
    start: Start,
    kind: &'static str,
}

async fn run(start: Start, kind: &'static str) -> Result<()> {
    let installation = Installation::new(Database::Sqlite).await?;
    let server = installation.serve().await?;
    let staff = Browser::start(start).await?;
    let factor = staff.set_up_admin(&set_up_link(&installation).await?).await?;
    let mut path = Path {
        installation,
        staff,
        factor,
        start,
        kind,
    };
    path.company().await?;
    path.table().await?;
    path.pages().await?;
    path.merge().await?;
    path.erase().await?;
    let complaints = path.staff.complaints().await?;
    ensure!(complaints.is_empty(), "the console complains: {complaints:#?}");
    ensure!(server.stop().await?, "the server did not end well");
    Ok(())
}

impl Path {
    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.installation.base())
    }

    async fn open(&self, path: &str) -> Result<()> {
        self.staff.open(&self.url(path)).await
    }

    /// Nothing for the accessibility checker, nothing sticks out, and a picture.
    async fn inspect(&self, name: &str) -> Result<()> {
        for look in [Look::DESK, Look::NARROW] {
            self.staff.look(look).await?;
            if self.start.scripts {
                let found = self.staff.violations().await?;
                ensure!(found.is_empty(), "{name}: {found:#?}");
            }
            let over = self.staff.overflow().await?;
            let what = self.staff.what_sticks_out().await?;
            ensure!(over <= 0, "{name}: {over} px too wide: {what}");
            let picture = format!("{name}-{}", look.width);
            self.staff.picture_of(self.kind, &picture).await?;
        }
        self.staff.look(Look::DESK).await
    }

    async fn company(&self) -> Result<()> {
        self.open("/admin/companies/new").await?;
        self.staff.write("#f-name", "Fernwerk GmbH").await?;
        self.staff.follow("main .btn-primary").await
    }

    async fn bring(&self, name: &str, text: &str) -> Result<()> {
        let file = self.installation.folder().join(name);
        std::fs::write(&file, text)?;
        self.open("/admin/imports/new?of=contacts").await?;
        let field = self.staff.find("#f-file").await?;
        field.send_keys(&file.to_string_lossy()).await?;
        self.staff.follow("main [data-send]").await?;
        // The headings say what the columns are; so does the page.
        self.staff.follow("#f-columns .btn").await
    }

    /// A wrong line is named; a mended file goes in; the same again changes nothing.
    async fn table(&self) -> Result<()> {
        self.bring("people.csv", PEOPLE).await?;
        let lines = self.staff.texts("main tbody td:first-child").await?;
        ensure!(lines == ["3"], "the wrong lines are {lines:?}");
        self.inspect("table-wrong").await?;
        self.bring("mended.csv", MENDED).await?;
        ensure!(self.staff.count("main tbody").await? == 0, "a mended line is wrong");
        self.inspect("table-check").await?;
        self.staff.follow("form[action$='/run'] button").await?;
        self.inspect("table-done").await?;
        self.open("/admin/contacts").await?;
        let names = self.staff.texts("main tbody td:first-child").await?;
        ensure!(names == ["Ada Winter", "Eve Sommer", "Max Winter"], "{names:?}");
        self.inspect("contacts").await?;
        self.bring("again.csv", MENDED).await?;
        ensure!(
            self.staff.count("form[action$='/run']").await? == 0,
            "the same file would change something"
        );
        Ok(())
    }

    async fn contact(&self, name: &str) -> Result<String> {
        self.open(&format!("/admin/contacts?q={name}")).await?;
        self.staff.follow("main tbody a").await?;
        self.staff.here().await
    }

    /// A contact's page: a company is linked, a role and a note are added, and the history has it.
    async fn pages(&self) -> Result<()> {
        let max = self.contact("Max").await?;
        self.open(&format!("{max}/edit")).await?;
        self.staff.write("#f-add_company", "Fernwerk GmbH").await?;
        self.staff.click("input[name=primary][value=new]").await?;
        self.staff.follow("button[value=check]").await?;
        self.staff.follow("button[value=save]").await?;
        self.staff.write("#f-labels input", "Billing").await?;
        self.staff.follow("#f-labels button").await?;
        self.staff.write("#f-text", "Prefers to be **called**.").await?;
        self.staff.follow("form[action$='/notes'] button").await?;
        ensure!(self.staff.count("#notes").await? == 1);
        let strong = self.staff.texts(".prose strong").await?;
        ensure!(strong == ["called"], "the note is {strong:?}");
        self.staff.expect("Fernwerk GmbH").await?;
        self.inspect("contact").await
    }

    /// Max becomes a part of Ada, and is himself again.
    async fn merge(&self) -> Result<()> {
        let ada = self.contact("Ada").await?;
        self.open(&format!("{ada}/merge")).await?;
        self.staff.write("input[name=q]", "Max").await?;
        self.staff.follow(".searchbar button").await?;
        self.staff.follow("#f-with .btn").await?;
        self.staff.follow("button[value=check]").await?;
        ensure!(self.staff.count("#preview").await? == 1, "no preview");
        self.inspect("merge").await?;
        self.staff.follow("button[value=merge]").await?;
        ensure!(self.staff.here().await? == ada, "the merge leads elsewhere");
        ensure!(self.staff.count(".prose strong").await? == 1, "the note did not follow");
        self.inspect("merged").await?;
        self.staff.follow("button[value=undo]").await?;
        ensure!(
            self.staff.count(".prose strong").await? == 0,
            "the note did not go back"
        );
        self.open("/admin/contacts").await?;
        let names = self.staff.texts("main tbody td:first-child").await?;
        ensure!(names.len() == 3, "not three again: {names:?}");
        Ok(())
    }

    async fn erase(&mut self) -> Result<()> {
        let max = self.contact("Max").await?;
        self.staff.follow("a[href$='/erase']").await?;
        self.inspect("erase").await?;
        self.staff.write("#f-name", "Max").await?;
        self.staff.follow("main [data-send]").await?;
        self.staff.prove(&mut self.factor).await?;
        ensure!(
            self.staff.count("#f-name[aria-invalid]").await? == 1,
            "a part of the name is enough"
        );
        self.staff.write("#f-name", "Max Winter").await?;
        self.staff.follow("main [data-send]").await?;
        self.staff.prove(&mut self.factor).await?;
        ensure!(self.staff.here().await? == max, "erasing leads elsewhere");
        ensure!(
            !self.staff.says("max@fern.example").await?,
            "the address is still there"
        );
        ensure!(!self.staff.says("Max Winter").await?, "the name is still there");
        self.inspect("erased").await?;
        self.open("/admin/contacts?removed=1").await?;
        let names = self.staff.texts("main tbody td:first-child").await?;
        ensure!(names == ["Ada Winter", "Eve Sommer"], "{names:?}");
        let _ = names.first().context("nobody")?;
        Ok(())
    }
}
