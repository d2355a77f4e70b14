//! The plug is pulled while answers wait for the ten seconds in which they can be taken back: each leaves once, and what was
//! taken back stays that.

use anyhow::{Context as _, Result, ensure};
use portal_e2e::database::Database;
use portal_e2e::html;
use portal_e2e::http::Program;
use portal_e2e::site::Site;
use portal_e2e::staff::Colleague;
use portal_e2e::wait;
use portal_e2e::world::World;
use portal_e2e::world::people::{ADAM, ALICE, GIL};

struct Desk {
    site: Site,
    ada: Colleague,
}

impl Desk {
    fn page(&self, key: &str) -> String {
        format!("/desk/tickets/{}", self.site.world.number(key))
    }

    async fn hold(&self, key: &str, text: &str) -> Result<()> {
        let (page, fields) = (self.page(key), [("kind", "answer"), ("body", text), ("then", "work")]);
        let form = format!("{page}/write");
        self.ada.visitor.submit(&page, &form, &fields, &[]).await?.expect(303)?;
        Ok(())
    }

    /// The answer that waits on a ticket, to be taken back.
    async fn waiting(&self, key: &str) -> Result<Option<String>> {
        let page = self.ada.visitor.get(&self.page(key)).await?.expect(200)?.text();
        Ok(html::between(&page, "name=\"answer\" value=\"", "\""))
    }

    async fn take_back(&self, key: &str) -> Result<()> {
        let id = self.waiting(key).await?.context("the answer is not waiting any more")?;
        let (page, form) = (self.page(key), format!("{}/take-back", self.page(key)));
        let taken = self.ada.visitor.submit(&page, &form, &[("answer", &id)], &[]).await?;
        taken.expect(200)?;
        Ok(())
    }

    /// How often a customer reads this text on a ticket.
    async fn read(&self, customer: &Program, key: &str, text: &str) -> Result<usize> {
        let path = format!("/tickets/{}/messages", self.site.world.number(key));
        let all = customer.get(&path).await?.expect(200)?.json()?;
        let all = all["messages"].as_array().context("no messages")?;
        Ok(all
            .iter()
            .filter(|it| it["text"].as_str().unwrap_or_default().trim() == text)
            .count())
    }

    async fn arrives(&self, customer: &Program, key: &str, text: &str) -> Result<()> {
        wait::until_true(text, || async { Ok(self.read(customer, key, text).await? > 0) }).await
    }

    async fn plug(&mut self) -> Result<()> {
        self.site.kill().await?;
        self.site.restart().await
    }
}

async fn pull_the_plug(database: Database) -> Result<()> {
    let site = Site::start_on(World::plain(), database).await?;
    let ada = Colleague::first(&site.installation).await?;
    let (alice, adam, gil) = (
        site.program(ALICE, false).await?,
        site.program(ADAM, false).await?,
        site.program(GIL, false).await?,
    );
    let mut desk = Desk { site, ada };
    // What is taken back was held before what leaves: if it left, it would leave first.
    desk.hold("t3", "taken back before").await?;
    desk.take_back("t3").await?;
    desk.hold("t4", "taken back after").await?;
    desk.hold("t1", "leaves after the first time").await?;
    desk.plug().await?;
    ensure!(
        desk.waiting("t1").await?.is_some(),
        "the answer is gone, or it left too early"
    );
    ensure!(desk.waiting("t3").await?.is_none(), "what was taken back waits again");
    desk.take_back("t4").await?;
    desk.hold("t2", "leaves after the second time").await?;
    desk.arrives(&alice, "t1", "leaves after the first time").await?;
    // At the moment in which one is there: the next one waits, and this one must not come again.
    desk.plug().await?;
    desk.arrives(&adam, "t2", "leaves after the second time").await?;
    for (customer, key, text, times) in [
        (&alice, "t1", "leaves after the first time", 1),
        (&adam, "t2", "leaves after the second time", 1),
        (&gil, "t3", "taken back before", 0),
        (&gil, "t4", "taken back after", 0),
    ] {
        let read = desk.read(customer, key, text).await?;
        ensure!(read == times, "`{text}` is there {read} times instead of {times}");
        ensure!(desk.waiting(key).await?.is_none(), "`{text}` waits still");
    }
    Ok(())
}

#[tokio::test]
async fn dur_001_a_held_answer_leaves_once_after_kill() -> Result<()> {
    pull_the_plug(Database::Sqlite).await
}

#[tokio::test]
async fn dur_001_a_held_answer_leaves_once_after_kill_postgres() -> Result<()> {
    pull_the_plug(Database::postgres().await?).await
}
