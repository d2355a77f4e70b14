//! Finding things at the desk, and writing the same text again and again: search, filters, saved views, canned replies, the
//! palette. With scripts and without.

use anyhow::{Context as _, Result, ensure};
use portal_e2e::browser::Browser;
use portal_e2e::desk::{Desk, inspect};
use portal_e2e::wait;
use portal_e2e::world::people::ALICE;
use serde_json::Value;

const CTRL_K: &str = "\u{e009}k\u{e000}";
const DOWN: &str = "\u{e015}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

/// A word that stands in a note only.
const NOTED: &str = "firmware";

#[tokio::test]
async fn agents_search_keep_views_insert_texts_and_go_anywhere_by_keyboard() -> Result<()> {
    let desk = Desk::start().await?;
    let ada = desk.browser(&desk.ada, true).await?;
    let plain = desk.browser(&desk.ada, false).await?;
    search(&desk, &ada).await?;
    narrow(&desk, &ada).await?;
    history(&desk, &ada).await?;
    canned_without_scripts(&desk, &plain).await?;
    canned_by_a_slash(&desk, &ada).await?;
    palette(&desk, &ada).await?;
    palette_without_scripts(&desk, &plain).await?;
    let complaints = ada.complaints().await?;
    ensure!(complaints.is_empty(), "the console complains: {complaints:#?}");
    Ok(())
}

/// Words of a note, of a person and of a message together; the place is marked. A number leads to its ticket.
async fn search(desk: &Desk, ada: &Browser) -> Result<()> {
    let number = desk.site.world.number("t1");
    let find = async |words: &str| -> Result<()> {
        ada.write("#q", words).await?;
        ada.follow("form.desk-find button.btn-primary").await
    };
    ada.open(&desk.url("/desk/search")).await?;
    find(&format!("scanner ambrose {NOTED}")).await?;
    ada.expect("Scanner 4 loses Wi-Fi").await?;
    ensure!(ada.count(".hit mark").await? > 0, "nothing is marked");
    inspect(ada, "desk-finding", "search").await?;
    find("zzzz nothing").await?;
    ada.expect("Nothing found").await?;
    find(&format!("#{number}")).await?;
    let here = ada.here().await?;
    ensure!(here == desk.path("t1"), "{here}");
    Ok(())
}

/// A filter is in the address, can be taken off, comes again by Back, and is kept under a name.
async fn narrow(desk: &Desk, ada: &Browser) -> Result<()> {
    ada.open(&desk.url("/desk")).await?;
    let all = ada.count("tr.row").await?;
    ada.click("[popovertarget=filter]").await?;
    ada.choose("#filter-priority", "high").await?;
    ada.follow("#filter .btn-primary").await?;
    let filtered = async || -> Result<bool> { Ok(ada.here().await?.contains("priority=high")) };
    ensure!(filtered().await?, "{}", ada.here().await?);
    let narrowed = ada.count("tr.row").await?;
    ensure!(narrowed > 0 && narrowed < all, "{narrowed} of {all}");
    ada.follow(".mark-off").await?;
    ensure!(ada.count("tr.row").await? == all);
    ada.client.back().await?;
    wait::until_true("the filter again", filtered).await?;

    ada.click(".save-view summary").await?;
    ada.write("#f-name", "Urgent things").await?;
    ada.click(".save-view input[name=shared]").await?;
    inspect(ada, "desk-finding", "filtered").await?;
    ada.follow(".save-view .btn-primary").await?;
    let title = ada.text("h1").await?;
    ensure!(title == "Urgent things", "{title}");
    let saved = ada.texts("[aria-labelledby=rail-saved] a").await?;
    ensure!(saved.iter().any(|it| it.contains(&narrowed.to_string())), "{saved:?}");
    // A colleague has it, and cannot change what is not theirs.
    let theirs = desk.tim.visitor.get("/desk/views").await?.expect(200)?.text();
    ensure!(theirs.contains("Urgent things") && !theirs.contains("shelf-tools"));
    ada.open(&desk.url("/desk/views")).await?;
    inspect(ada, "desk-finding", "views").await?;
    ada.click(".shelf-edit summary").await?;
    ada.write(".shelf-edit input.input", "Burning").await?;
    ada.follow(".shelf-edit .btn-primary").await?;
    ada.expect("Burning").await?;
    ada.follow("form[action$='/remove'] button").await?;
    ensure!(!ada.says("Burning").await?, "the view is still there");
    Ok(())
}

/// Beside the ticket stands what else its customer asked, and one click is all of it.
async fn history(desk: &Desk, ada: &Browser) -> Result<()> {
    ada.open(&desk.ticket("t1")).await?;
    let others = ada.texts("[aria-labelledby=others] a").await?;
    let another = desk.site.world.subject("t5");
    ensure!(others.iter().any(|it| it == another), "{others:?}");
    ada.follow("[aria-labelledby=on-it] .context-all").await?;
    let id = desk.site.contact_ids.get(ALICE).cloned().unwrap_or_default();
    ensure!(ada.here().await?.contains(&id), "{}", ada.here().await?);
    ada.expect(another).await?;
    ensure!(
        !ada.says(desk.site.world.subject("t3")).await?,
        "it is a ticket of somebody else"
    );
    Ok(())
}

/// Nothing that was typed is lost, and no placeholder passes that does not exist.
async fn canned_without_scripts(desk: &Desk, plain: &Browser) -> Result<()> {
    plain.open(&desk.url("/desk/canned")).await?;
    plain.write("#f-name", "Greeting").await?;
    plain.write("#f-text", "Hello {contact}").await?;
    plain.follow(".canned-form .btn-primary").await?;
    ensure!(
        plain.count("#f-text[aria-invalid]").await? == 1,
        "any placeholder passes"
    );
    let text = "Hello {contact_name}, about {ticket_number}: it is {agent_name}.";
    plain.write("#f-text", text).await?;
    plain.follow(".canned-form .btn-primary").await?;
    plain.expect("Greeting").await?;
    plain.open(&desk.ticket("t1")).await?;
    plain.write("#f-body", "Dear all").await?;
    let reply = plain.find("#f-canned option:last-child").await?;
    let id = reply.attr("value").await?.context("no reply")?;
    plain.choose("#f-canned", &id).await?;
    plain.follow("[data-canned-insert]").await?;
    let text = typed(plain).await?;
    let number = desk.site.world.number("t1");
    let filled = format!("Dear all\n\nHello Alice Ambrose, about #{number}: it is Ada Admin.");
    ensure!(text == filled, "{text}");
    Ok(())
}

async fn typed(browser: &Browser) -> Result<String> {
    Ok(browser.find("#f-body").await?.prop("value").await?.unwrap_or_default())
}

/// A slash at the beginning of a line opens them; anywhere else it is a slash.
async fn canned_by_a_slash(desk: &Desk, ada: &Browser) -> Result<()> {
    ada.open(&desk.url("/desk/canned")).await?;
    inspect(ada, "desk-finding", "canned").await?;
    ada.open(&desk.ticket("t1")).await?;
    ada.click("#f-body").await?;
    ada.keys("a/b\n").await?;
    ensure!(
        ada.count("dialog#palette[open]").await? == 0,
        "a slash in a word opens something"
    );
    ada.keys("/").await?;
    offered(ada, "the canned reply", |it| it.len() == 1).await?;
    ada.keys("gree").await?;
    offered(ada, "the canned reply", |it| it.len() == 1).await?;
    ada.keys(ENTER).await?;
    wait::until_true("no palette", || async { Ok(ada.count("#palette[open]").await? == 0) }).await?;
    let text = typed(ada).await?;
    ensure!(
        text.starts_with("a/b\nHello Alice") && text.ends_with("it is Ada Admin."),
        "{text:?}"
    );
    ensure!(ada.focus().await? == "textarea#f-body", "the focus is elsewhere");
    Ok(())
}

/// Waits until the open palette offers this. All lines are read at once: they are drawn anew with every letter.
async fn offered(ada: &Browser, what: &str, is_it: impl Fn(&[&str]) -> bool) -> Result<()> {
    let script = "return [...document.querySelectorAll('#palette[open] [role=option]')].map(it => it.textContent)";
    wait::until_true(what, || async {
        let lines = ada.look_up(script, Value::Null).await?;
        let lines: Vec<&str> = lines
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        Ok(is_it(&lines))
    })
    .await
}

/// The first line of the palette begins with this.
async fn first(ada: &Browser, words: &str) -> Result<()> {
    offered(ada, words, |it| it.first().is_some_and(|it| it.contains(words))).await
}

async fn palette(desk: &Desk, ada: &Browser) -> Result<()> {
    let number = desk.site.world.number("t1");
    ada.open(&desk.url("/desk")).await?;
    ada.keys(CTRL_K).await?;
    // What one opened lately is there before anything is typed.
    first(ada, &format!("#{number} ")).await?;
    ada.keys(&format!("#{number}")).await?;
    first(ada, &format!("#{number} ")).await?;
    let found = ada.violations().await?;
    ensure!(found.is_empty(), "the palette: {found:#?}");
    ada.picture_of("desk-finding", "palette").await?;
    ada.keys_and_go(ENTER).await?;
    let here = ada.here().await?;
    ensure!(here == desk.path("t1"), "{here}");

    // Everything that can be done with the ticket is there.
    ada.keys(CTRL_K).await?;
    offered(ada, "the palette", |it| !it.is_empty()).await?;
    ada.keys("prior").await?;
    first(ada, "Priority").await?;
    ada.keys(ENTER).await?;
    wait::until_true("the form", || async {
        Ok(ada.count("details.prop[open] select[name=priority]").await? == 1)
    })
    .await?;
    ada.choose("select[name=priority]", "urgent").await?;
    ada.follow("form[action*='/priority'] .btn-primary").await?;
    ensure!(ada.text("aside .pill-red").await? == "Urgent");
    // Escape gives the focus back.
    ada.keys(CTRL_K).await?;
    offered(ada, "the palette", |it| it.len() > 1).await?;
    ada.keys(DOWN).await?;
    let active = ada.find("#palette-input").await?.attr("aria-activedescendant").await?;
    ensure!(active.as_deref() == Some("palette-1"), "{active:?}");
    ada.keys(ESCAPE).await?;
    wait::until_true("no palette", || async { Ok(ada.count("#palette[open]").await? == 0) }).await?;
    // Another language, by keyboard only.
    ada.keys(CTRL_K).await?;
    offered(ada, "the palette", |it| !it.is_empty()).await?;
    ada.keys("Deutsch").await?;
    first(ada, "Deutsch").await?;
    ada.keys_and_go(ENTER).await?;
    ensure!(ada.find("html").await?.attr("lang").await?.as_deref() == Some("de"));
    inspect(ada, "desk-finding", "ticket-de").await
}

/// The palette is a page for those without scripts.
async fn palette_without_scripts(desk: &Desk, plain: &Browser) -> Result<()> {
    plain.open(&desk.url("/desk")).await?;
    plain.follow("[data-palette]").await?;
    plain.write("#q", "scanner").await?;
    plain.follow("main .btn-primary").await?;
    plain.expect("Scanner 4 loses Wi-Fi").await?;
    inspect(plain, "desk-finding", "go").await
}
