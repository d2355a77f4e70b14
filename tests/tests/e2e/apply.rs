//! `portal apply` with the example of the documentation: what it says is there, and applying it again changes nothing.

use anyhow::{Context as _, Result, ensure};
use portal_e2e::database::Database;
use portal_e2e::site::Installation;

const EXAMPLE: &str = include_str!("../../../docs/reference/set-up.toml");

async fn twice(database: Database) -> Result<()> {
    let installation = Installation::new(database).await?;
    let host = installation.base().trim_start_matches("http://").to_owned();
    let text = EXAMPLE.replace("localhost:8080", &host);
    let file = installation.folder().join("set-up.toml");
    std::fs::write(&file, &text)?;
    let path = file.to_string_lossy().into_owned();

    let dry = installation.run(&["apply", &path, "--dry-run"]).await?;
    ensure!(dry.contains("+ inbox Partner desk"), "a dry run says: {dry}");
    ensure!(
        dry.contains("+ tickets.default_inbox = \"Partner desk\""),
        "a dry run says: {dry}"
    );
    ensure!(
        dry.contains("+ access.groups.1 = \"Managers\""),
        "a dry run says: {dry}"
    );
    let first = installation.run(&["apply", &path]).await?;
    ensure!(first.contains("published"), "the first run says: {first}");
    for again in [
        &["apply", path.as_str()][..],
        &["apply", path.as_str(), "--dry-run"][..],
    ] {
        let said = installation.run(again).await?;
        ensure!(said.trim().is_empty(), "applied again it changes: {said}");
    }

    std::fs::write(&file, text.replace("reopen_days = 14", "reopen_days = 21"))?;
    let changed = installation.run(&["apply", &path]).await?;
    ensure!(
        changed.contains("- customers.reopen_days = 14") && changed.contains("+ customers.reopen_days = 21"),
        "one change says: {changed}"
    );
    ensure!(
        !changed.contains("general"),
        "more is changed than one thing: {changed}"
    );

    for (wrong, key, line) in [
        (
            text.replace("default_inbox = \"Partner desk\"", "default_inbox = \"Nowhere\""),
            "default_inbox",
            "there is no inbox `Nowhere`",
        ),
        (text.replace("#2e61c4", "blue"), "accent", "six hexadecimal digits"),
        (
            text.replace("slug = \"partners\"", "slog = \"partners\""),
            "slog",
            "unknown field",
        ),
        (
            text.replace("\"Managers\"]", "\"Nobody\"]"),
            "groups",
            "there is no access group `Nobody`",
        ),
    ] {
        let place = wrong
            .lines()
            .position(|it| it.trim_start().starts_with(key) && !text.lines().any(|own| own == it))
            .context("nothing is wrong")?;
        std::fs::write(&file, &wrong)?;
        let Err(refused) = installation.run(&["apply", &path]).await else {
            anyhow::bail!("{key} is taken")
        };
        let said = refused.to_string();
        let number = place + 1;
        ensure!(
            said.contains(line)
                && (said.contains(&format!("toml:{number}:")) || said.contains(&format!("line {number},"))),
            "{key} in line {number} says: {said}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn what_is_applied_twice_changes_nothing() -> Result<()> {
    twice(Database::Sqlite).await
}

#[tokio::test]
async fn what_is_applied_twice_changes_nothing_postgres() -> Result<()> {
    twice(Database::postgres().await?).await
}
