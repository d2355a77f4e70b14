//! A day at the desk: two agents at once in sessions of their own, a customer who watches, and hands that stay on the
//! keyboard. While an answer waits for its ten seconds, other work is done, as on any day.

use anyhow::{Context as _, Result, ensure};
use fantoccini::Locator;
use portal_e2e::browser::{Browser, Look, Start};
use portal_e2e::desk::{Desk, inspect};
use portal_e2e::ear::Ear;
use portal_e2e::wait;
use portal_e2e::world::PASSWORD;
use portal_e2e::world::people::{ADAM, ALICE, PAT};
use serde_json::Value;

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

const NOTE: &str = "whisperingly internal";
const ANSWER: &str = "Please install 2.4.1";
/// A file that goes with the answer, and one that goes with the note.
const MANUAL: &str = "manual of 2.4.1.txt";
const INTERNAL: &str = "for the team.txt";

struct Day {
    desk: Desk,
    ada: Browser,
    tim: Browser,
    /// The customer, looking at their ticket.
    alice: Browser,
    /// What is sent to the customer's pages: to that of the ticket, and to the list.
    ears: Vec<Ear>,
}

#[tokio::test]
async fn two_agents_at_once_and_a_customer_who_watches() -> Result<()> {
    let day = Day::begin().await?;
    day.they_see_each_other().await?;
    day.a_note_is_for_the_team().await?;
    day.an_answer_is_taken_back_and_sent_again().await?;
    day.by_keys_alone().await?;
    day.the_answer_arrives_where_the_customer_looks().await?;
    day.somebody_wrote_first().await?;
    day.a_colleague_gets_a_ticket().await?;
    day.send_and_close().await?;
    day.a_file_and_who_sees_it().await?;
    day.a_category().await?;
    day.away_and_back().await?;
    day.on_a_phone().await?;
    day.it_is_closed_for_the_customer().await?;
    for (who, browser) in [("Ada", &day.ada), ("Tim", &day.tim), ("Alice", &day.alice)] {
        let complaints = browser.complaints().await?;
        ensure!(complaints.is_empty(), "{who}'s console complains: {complaints:#?}");
    }
    Ok(())
}

/// Waits until the page says who else is there, and what they do.
async fn present(browser: &Browser, words: &str) -> Result<()> {
    wait::until_true(words, || async {
        Ok(browser.text("[data-presence]").await?.contains(words))
    })
    .await
}

/// Waits until the page says this by itself.
async fn heard(browser: &Browser, words: &str) -> Result<()> {
    wait::until_true(words, || browser.says(words)).await
}

async fn ticked(browser: &Browser) -> Result<usize> {
    browser.count("[name=pick]:checked").await
}

/// The place of the row that has the focus.
async fn row(browser: &Browser) -> Result<Option<i64>> {
    let script =
        "return [...document.querySelectorAll('[data-row]')].indexOf(document.activeElement.closest('[data-row]'))";
    Ok(browser.look_up(script, Value::Null).await?.as_i64())
}

impl Day {
    async fn begin() -> Result<Self> {
        let desk = Desk::start().await?;
        let (ada, tim) = (
            desk.browser(&desk.ada, true).await?,
            desk.browser(&desk.tim, true).await?,
        );
        let alice = Browser::start(Start::default()).await?;
        let number = desk.site.world.number("t1");
        alice.open(&desk.url(&format!("/support/{number}"))).await?;
        alice.write("#f-email", "alice@example.com").await?;
        alice.write("#f-password", PASSWORD).await?;
        alice.follow("main [data-send]").await?;
        let listener = desk.site.visitor(ALICE).await?;
        let version = alice.find("[data-live]").await?.attr("data-version").await?;
        let of_ticket = format!(
            "/support/stream?number={number}&version={}",
            version.unwrap_or_default()
        );
        let mut ears = Vec::new();
        for path in [of_ticket.as_str(), "/support/stream"] {
            let ear = Ear::at(&listener, path).await?;
            ensure!(ear.status == 200, "{path} gave {}", ear.status);
            ears.push(ear);
        }
        Ok(Self {
            desk,
            ada,
            tim,
            alice,
            ears,
        })
    }

    async fn they_see_each_other(&self) -> Result<()> {
        let (ada, tim) = (&self.ada, &self.tim);
        tim.open(&self.desk.ticket("t1")).await?;
        ada.open(&self.desk.ticket("t1")).await?;
        present(ada, "Tim Lindner is viewing").await?;
        present(tim, "Ada Admin is viewing").await?;
        tim.click("#f-body").await?;
        tim.keys("Dear").await?;
        present(ada, "Tim Lindner is writing").await?;
        inspect(ada, "desk-day", "presence").await
    }

    async fn a_note_is_for_the_team(&self) -> Result<()> {
        let (ada, tim) = (&self.ada, &self.tim);
        tim.click("label:has(#kind-note)").await?;
        tim.write("#f-body", NOTE).await?;
        let file = self.desk.site.file(INTERNAL, "whispered")?;
        tim.find("#f-files").await?.send_keys(&file).await?;
        tim.follow("[name=then][value=note]").await?;
        tim.expect(NOTE).await?;
        tim.expect(INTERNAL).await?;
        heard(ada, "A note was added meanwhile").await?;
        for ear in &self.ears {
            let frames = ear.frames();
            ensure!(frames.is_empty(), "{} heard of a note: {frames:?}", ear.path);
        }
        ensure!(self.alice.count(".livebar:not([hidden])").await? == 0);
        Ok(())
    }

    /// What is taken back is in the form again, and nobody has seen it. The second one stays on its way.
    async fn an_answer_is_taken_back_and_sent_again(&self) -> Result<()> {
        let ada = &self.ada;
        ada.write("#f-body", "Please instal 2.4.1").await?;
        let file = self.desk.site.file(MANUAL, "first press the green key")?;
        ada.find("#f-files").await?.send_keys(&file).await?;
        ada.follow("#reply [data-send]").await?;
        ada.expect("Your reply leaves").await?;
        ada.follow("[data-undo]").await?;
        let staged = ada.texts(".staged bdi").await?;
        ensure!(staged == [MANUAL], "the file was not given back: {staged:?}");
        let typed = ada.find("#f-body").await?.prop("value").await?.unwrap_or_default();
        ensure!(typed == "Please instal 2.4.1", "the text was not given back: {typed}");
        ada.write("#f-body", ANSWER).await?;
        ada.follow("#reply [name=then][value=wait]").await?;
        ada.expect("Your reply leaves").await?;
        inspect(ada, "desk-day", "pending").await
    }

    async fn by_keys_alone(&self) -> Result<()> {
        self.keys_of_a_list().await?;
        self.keys_can_be_turned_off().await?;
        self.keys_of_a_ticket().await
    }

    async fn keys_of_a_list(&self) -> Result<()> {
        let ada = &self.ada;
        ada.open(&self.desk.url("/desk")).await?;
        for (key, place) in [("j", 0), ("j", 1), ("k", 0)] {
            ada.keys(key).await?;
            let at = row(ada).await?;
            ensure!(at == Some(place), "`{key}` leads to {at:?} instead of {place}");
        }
        ada.keys("x").await?;
        ensure!(ticked(ada).await? == 1, "the key ticks nothing");
        ensure!(ada.text("[data-count]").await? == "1 ticked");
        ada.keys("x").await?;
        ensure!(ticked(ada).await? == 0, "the key does not take it off");
        // Whoever ticks by mouse goes on by keys.
        ada.click("[data-row]:nth-child(2) [name=pick]").await?;
        ensure!(ticked(ada).await? == 1, "the mouse ticks nothing");
        ada.keys("k").await?;
        ensure!(row(ada).await? == Some(0), "a ticked box keeps the keys");
        ada.keys("j").await?;
        ada.keys("x").await?;
        ensure!(
            ticked(ada).await? == 0,
            "the key does not take off what the mouse ticked"
        );
        ada.keys("k").await?;
        let second = ada.find("[data-row]:nth-child(2) a").await?.text().await?;
        ada.keys("j").await?;
        ada.keys_and_go(ENTER).await?;
        ensure!(ada.text("h1").await? == second, "Enter opens another one");
        // From ticket to ticket.
        ada.keys_and_go("k").await?;
        ensure!(ada.text("h1").await? != second, "`K` stays where it is");
        ada.keys_and_go("j").await?;
        ensure!(ada.text("h1").await? == second, "`J` does not lead back");
        Ok(())
    }

    /// Whoever speaks to the computer turns them off (WCAG 2.1.4); what they are is told then, too.
    async fn keys_can_be_turned_off(&self) -> Result<()> {
        let ada = &self.ada;
        let document = ada.document().await?;
        ada.keys("?").await?;
        ensure!(ada.count("#desk-keys[open]").await? == 1, "`?` shows nothing");
        let told = ada.texts("#desk-keys kbd").await?;
        for key in ["J", "K", "R", "N", "E", "A", "I", "S", "P", "Z", "M", "X", "/", "?"] {
            ensure!(told.iter().any(|it| it == key), "nobody is told of `{key}`: {told:?}");
        }
        inspect(ada, "desk-day", "keys").await?;
        let switch = async || -> Result<()> {
            ada.click("#desk-keys [data-keys]").await?;
            ada.click("#desk-keys button").await
        };
        switch().await?;
        for key in ["z", "a", "n", "j", "e", "i", "x"] {
            ada.keys(key).await?;
        }
        ensure!(ada.count("details.prop[open]").await? == 0, "a key works that is off");
        ensure!(
            !ada.find("#kind-note").await?.is_selected().await?,
            "`N` works though it is off"
        );
        ada.keys("?").await?;
        ensure!(
            ada.document().await? == document,
            "a key that is off leads to another page"
        );
        switch().await?;
        ada.keys("n").await?;
        ensure!(ada.find("#kind-note").await?.is_selected().await?, "`N` stays off");
        ada.keys(ESCAPE).await
    }

    async fn keys_of_a_ticket(&self) -> Result<()> {
        let ada = &self.ada;
        ada.open(&self.desk.ticket("t3")).await?;
        ada.keys("n").await?;
        ensure!(ada.find("#kind-note").await?.is_selected().await?);
        ensure!(ada.focus().await? == "textarea#f-body", "`N` does not lead to the text");
        // What is typed is text.
        ada.keys("jez").await?;
        ada.keys(ESCAPE).await?;
        ensure!(ada.focus().await? == "body", "Escape does not leave the text");
        ada.keys("r").await?;
        ensure!(ada.find("#kind-answer").await?.is_selected().await?);
        let typed = ada.find("#f-body").await?.prop("value").await?;
        ensure!(typed.as_deref() == Some("jez"), "{typed:?}");
        ada.write("#f-body", "").await?;
        ada.keys(ESCAPE).await?;
        ada.keys("z").await?;
        ensure!(ada.count("details.prop[open] select[name=hours]:focus").await? == 1);
        ada.keys_and_go(&format!("{TAB}{ENTER}")).await?;
        ada.expect("Saved.").await?;
        ada.open(&self.desk.url("/desk?view=snoozed")).await?;
        ada.expect(self.desk.site.world.subject("t3")).await?;

        ada.open(&self.desk.ticket("t7")).await?;
        ada.keys_and_go("i").await?;
        ada.expect("took the ticket").await?;
        ada.keys_and_go("e").await?;
        ada.expect("closed the ticket").await?;
        ada.keys_and_go("e").await?;
        ada.expect("opened the ticket again").await?;
        // In a list it is the ticket with the focus, or all that are ticked.
        ada.open(&self.desk.url("/desk?view=mine")).await?;
        ada.keys("j").await?;
        ada.keys_and_go("e").await?;
        ada.expect("1 ticket: closed").await
    }

    async fn the_answer_arrives_where_the_customer_looks(&self) -> Result<()> {
        let alice = &self.alice;
        wait::until_true("the answer on the customer's page", || async {
            Ok(alice.count(".livebar:not([hidden])").await? == 1)
        })
        .await?;
        alice.follow(".livebar a").await?;
        alice.expect(ANSWER).await?;
        let names = alice.texts(".file-name").await?;
        ensure!(
            names.iter().any(|it| it == MANUAL),
            "the file did not arrive: {names:?}"
        );
        let file = alice.find("article:last-of-type .file").await?.attr("href").await?;
        let reader = self.desk.site.visitor(ALICE).await?;
        let content = reader.get(&file.context("no address")?).await?.expect(200)?;
        ensure!(content.text() == "first press the green key", "{}", content.text());
        let source = alice.client.source().await?;
        ensure!(
            !source.contains(INTERNAL),
            "the customer reads the name of a note's file"
        );
        ensure!(!source.contains("instal 2.4.1"), "what was taken back was sent");
        ensure!(
            !source.contains(NOTE) && !source.contains("Tim Lindner"),
            "the customer reads a note"
        );
        for ear in &self.ears {
            let heard = ear.heard();
            ensure!(!ear.frames().is_empty(), "{} heard nothing", ear.path);
            for word in [NOTE, "Tim", "Ada", "presence", "notes", ANSWER] {
                ensure!(!heard.contains(word), "{} heard `{word}`: {heard}", ear.path);
            }
        }
        Ok(())
    }

    /// Tim was told, and sends what he has: the page shows both texts, and nothing was sent.
    async fn somebody_wrote_first(&self) -> Result<()> {
        const MINE: &str = "Which firmware is it?";
        let tim = &self.tim;
        heard(tim, "Somebody wrote meanwhile").await?;
        tim.click("label:has(#kind-answer)").await?;
        tim.write("#f-body", MINE).await?;
        tim.follow("#reply [data-send]").await?;
        tim.expect("Somebody wrote first").await?;
        tim.expect(ANSWER).await?;
        let kept = tim.find("main textarea").await?.prop("value").await?;
        ensure!(kept.as_deref() == Some(MINE), "what was typed is gone: {kept:?}");
        inspect(tim, "desk-day", "overtaken").await?;
        tim.press("Keep as a note").await?;
        tim.expect("The note was added.").await?;
        // What was used last is the first button.
        self.ada.open(&self.desk.ticket("t1")).await?;
        let first = self.ada.text("#reply [data-send]").await?;
        ensure!(
            first.starts_with("Send and wait"),
            "the last choice is forgotten: {first}"
        );
        Ok(())
    }

    /// Ada gives Tim the ticket by keys; the list he is looking at says so, and his bell rings.
    async fn a_colleague_gets_a_ticket(&self) -> Result<()> {
        let (ada, tim) = (&self.ada, &self.tim);
        present(ada, "Tim Lindner").await?;
        tim.open(&self.desk.url("/desk?view=mine")).await?;
        ensure!(tim.count("tr.row").await? == 0, "he has something already");
        wait::until_true("nobody else at the ticket", || async {
            Ok(!ada.text("[data-presence]").await?.contains("Tim"))
        })
        .await?;
        ada.keys("a").await?;
        ensure!(ada.focus().await? == "select#f-owner", "`A` leads elsewhere");
        ada.keys("Tim").await?;
        ada.keys_and_go(&format!("{TAB}{ENTER}")).await?;
        ada.expect("assigned the ticket to").await?;
        heard(tim, "There are new or changed tickets").await?;
        tim.follow("[data-live-list] a").await?;
        tim.expect(self.desk.site.world.subject("t1")).await?;
        ensure!(
            tim.text(".bell-count").await?.starts_with('1'),
            "the bell does not ring"
        );
        Ok(())
    }

    async fn send_and_close(&self) -> Result<()> {
        let ada = &self.ada;
        ada.open(&self.desk.ticket("t2")).await?;
        ada.keys("r").await?;
        ada.keys("The driver is mended.").await?;
        ada.follow("#reply [name=then][value=close]").await?;
        ada.expect("Your reply leaves").await
    }

    async fn a_file_and_who_sees_it(&self) -> Result<()> {
        let ada = &self.ada;
        ada.open(&self.desk.ticket("t1")).await?;
        let file = ada.client.find(Locator::LinkText("wlan.log")).await;
        let file = match file {
            Ok(file) => file,
            Err(_) => ada.find(".attached a[href*='/files/']").await?,
        };
        let path = file.attr("href").await?.context("no address")?;
        let content = self.desk.ada.visitor.get(&path).await?.expect(200)?;
        ensure!(content.text().contains("link lost"), "{}", content.text());
        ensure!(content.header("content-disposition").starts_with("attachment"));
        ada.follow("a[href*='/sight']").await?;
        for who in ["Alice Ambrose", "Adam Acker", "Pat Palmer"] {
            ada.expect(who).await?;
        }
        ensure!(!ada.says("Gil Grant").await?, "a stranger sees it");
        inspect(ada, "desk-day", "sight").await
    }

    async fn a_category(&self) -> Result<()> {
        let ada = &self.ada;
        ada.open(&self.desk.ticket("t3")).await?;
        ada.click(".prop:has(#f-category) summary").await?;
        ada.write("#f-category", "Invoices").await?;
        ada.follow("form[action*='/category'] .btn-primary").await?;
        ensure!(ada.text(".prop:has(#f-category) .prop-value").await? == "Invoices");
        ada.open(&self.desk.url("/desk?view=snoozed&category=Invoices")).await?;
        ada.expect(self.desk.site.world.subject("t3")).await
    }

    /// Deleted, the ticket is gone for its customer; restored, it is there again.
    async fn away_and_back(&self) -> Result<()> {
        let ada = &self.ada;
        let pat = self.desk.site.visitor(PAT).await?;
        let theirs = format!("/support/{}", self.desk.site.world.number("t8"));
        for (what, status) in [("spam", 404), ("restore", 200), ("delete", 404), ("restore", 200)] {
            ada.open(&self.desk.ticket("t8")).await?;
            ada.follow(&format!("a[href*='what={what}']")).await?;
            ada.expect("Pat Palmer").await?;
            ada.follow("main form .btn-primary").await?;
            ada.expect("Saved.").await?;
            pat.get(&theirs).await?.expect(status)?;
        }
        Ok(())
    }

    /// One pane at a time, and everything is within reach of a thumb.
    async fn on_a_phone(&self) -> Result<()> {
        let ada = &self.ada;
        ada.look(Look::PHONE).await?;
        ada.open(&self.desk.url("/desk")).await?;
        ada.follow("tr.row a").await?;
        ensure!(!ada.find(".queue").await?.is_displayed().await?, "two panes on a phone");
        let field = ada.find("#f-body").await?;
        ensure!(field.is_displayed().await?, "there is nothing to write in");
        ada.click("label:has(#kind-note)").await?;
        ada.write("#f-body", "written on a train").await?;
        ada.follow("[name=then][value=note]").await?;
        ada.expect("written on a train").await?;
        ensure!(ada.overflow().await? <= 0, "{}", ada.what_sticks_out().await?);
        ada.picture_of("desk-day", "phone").await?;
        ada.follow("a.back").await?;
        ensure!(ada.count("tr.row").await? > 0, "there is no way back to the list");
        ada.look(Look::DESK).await
    }

    async fn it_is_closed_for_the_customer(&self) -> Result<()> {
        let adam = self.desk.site.visitor(ADAM).await?;
        let path = format!("/support/{}", self.desk.site.world.number("t2"));
        wait::until_true("the answer at the customer's", || async {
            let page = adam.get(&path).await?.expect(200)?.text();
            Ok(page.contains("The driver is mended.") && page.contains("/reopen"))
        })
        .await
    }
}
