//! Whoever loses access hears nothing any more: open streams end within two seconds, and the next request is refused.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use portal_e2e::database::Database;
use portal_e2e::http::Visitor;
use portal_e2e::site::{Installation, Site};
use portal_e2e::wait;
use portal_e2e::world::World;
use portal_e2e::world::people::{ALICE, GIL};
use reqwest::Method;

const PASSWORD: &str = "granite teapot umbrella 42";
/// What is promised.
const SOON: Duration = Duration::from_secs(2);

async fn installation() -> Result<Installation> {
    let installation = Installation::new(Database::postgres().await?).await?;
    installation.run(&["create", "--name", "Kestrel Support"]).await?;
    installation.run(&["group", "add", "Others"]).await?;
    let file = installation.folder().join("password.txt");
    std::fs::write(&file, PASSWORD)?;
    for name in ["ada", "bob", "cyd"] {
        let email = format!("{name}@example.com");
        installation
            .run(&[
                "contact",
                "add",
                "--name",
                name,
                "--email",
                &email,
                "--password-file",
                &file.to_string_lossy(),
            ])
            .await?;
    }
    Ok(installation)
}

/// A stream that somebody listens to.
async fn listening(visitor: &Visitor) -> Result<reqwest::Response> {
    let stream = visitor.request(Method::GET, "/support/stream").send().await?;
    ensure!(stream.status() == 200, "the stream gave {}", stream.status());
    Ok(stream)
}

/// Reads to the end, which comes after word that what may be seen has changed.
async fn ends(stream: &mut reqwest::Response, why: &str) -> Result<()> {
    wait::within(SOON, why, async {
        while stream.chunk().await?.is_some() {}
        Ok(())
    })
    .await
}

/// Applies a file with a portal in it.
async fn applied(installation: &Installation, rest: &str) -> Result<()> {
    let host = installation.base().trim_start_matches("http://").to_owned();
    let file = installation.folder().join("set-up.toml");
    let text = format!("[[portal]]\ndomain = \"{host}\"\nslug = \"support\"\n{rest}\n");
    std::fs::write(&file, text)?;
    installation.run(&["apply", &file.to_string_lossy()]).await?;
    Ok(())
}

#[tokio::test]
async fn streams_end_with_access_postgres() -> Result<()> {
    let installation = installation().await?;
    let server = installation.serve().await?;
    let base = installation.base();
    let ada = Visitor::signed_in(&base, "support", "ada@example.com", PASSWORD).await?;
    let bob = Visitor::signed_in(&base, "support", "bob@example.com", PASSWORD).await?;
    let cyd = Visitor::signed_in(&base, "support", "cyd@example.com", PASSWORD).await?;
    let (mut of_ada, mut of_bob) = (listening(&ada).await?, listening(&bob).await?);

    installation.run(&["contact", "remove", "ada@example.com"]).await?;
    ends(&mut of_ada, "the end of the stream of a contact who was removed").await?;
    ensure!(ada.get("/support").await?.status != 200, "whoever was removed is in");
    ensure!(bob.get("/support").await?.status == 200, "somebody else is out");

    installation
        .run(&["group", "add-member", "Others", "cyd@example.com"])
        .await?;
    applied(
        &installation,
        "[portal.settings.access]\nwho = \"groups\"\ngroups = [\"Others\"]",
    )
    .await?;
    ends(&mut of_bob, "the end of the stream of a contact in no group").await?;
    ensure!(bob.get("/support").await?.status != 200, "whoever is in no group is in");

    installation
        .run(&["group", "add-member", "Others", "bob@example.com"])
        .await?;
    let (mut of_cyd, mut of_bob) = (listening(&cyd).await?, listening(&bob).await?);
    installation
        .run(&["group", "remove-member", "Others", "bob@example.com"])
        .await?;
    ends(&mut of_bob, "the end of the stream of a contact who left the group").await?;
    ensure!(bob.get("/support").await?.status != 200, "whoever left the group is in");
    ensure!(
        cyd.get("/support").await?.status == 200,
        "who stayed in the group is out"
    );
    // Theirs goes on: it ends with the portal, and not before.
    applied(&installation, "publish = false\n[portal.settings]").await?;
    ends(&mut of_cyd, "the end of a stream of a portal that was closed").await?;
    ensure!(cyd.get("/support").await?.status != 200, "a closed portal is open");
    ensure!(server.stop().await?, "the server ended badly");
    Ok(())
}

#[tokio::test]
async fn vis_a_stream_about_a_ticket_of_others_never_says_when_anything_happens_to_it() -> Result<()> {
    let site = Site::start(World::plain()).await?;
    let gil = site.visitor(GIL).await?;
    let foreign = site.world.number("t1");
    let mut tickets = site.world.support.tickets.iter();
    let own = tickets.find(|it| it.contacts == [GIL]).context("Gil has a ticket")?;
    let own = site.world.number(&own.key);
    let (alice, of_gil) = (site.program(ALICE, true).await?, site.program(GIL, true).await?);
    let reply = serde_json::json!({ "text": "One more thing." });

    // A number that Gil made up, or saw in a mail that was passed on.
    let address = format!("/support/stream?number={foreign}&version=0");
    let mut stream = gil.request(Method::GET, &address).send().await?;
    ensure!(stream.status() == 200, "the stream gave {}", stream.status());
    alice
        .post(&format!("/tickets/{foreign}/messages"), "", &reply)
        .await?
        .expect(201)?;
    of_gil
        .post(&format!("/tickets/{own}/messages"), "", &reply)
        .await?
        .expect(201)?;
    // Hints come in order: what is heard of one's own ticket is the first that is heard at all.
    let heard = wait::within(wait::DEADLINE, "a hint about Gil's own ticket", async {
        let mut heard = String::new();
        while !heard.contains(&format!("\"number\":{own}")) {
            let chunk = stream.chunk().await?.context("the stream ended")?;
            heard.push_str(&String::from_utf8_lossy(&chunk));
        }
        Ok(heard)
    })
    .await?;
    ensure!(
        !heard.contains("sight") && !heard.contains(&format!("\"number\":{foreign}")),
        "Gil heard of the ticket of others: {heard}"
    );
    Ok(())
}
