//! Answers that leave by a program: the document it gets, and what becomes of an answer that it refuses.

use std::os::unix::fs::PermissionsExt as _;

use anyhow::{Context as _, Result, ensure};
use portal_e2e::database::Database;
use portal_e2e::site::Installation;
use portal_e2e::staff::Colleague;
use portal_e2e::wait;
use serde_json::Value;

const JONAS: &str = "jonas@example.com";
/// Keeps what it gets in the file that it is named, unless it is not to.
const SCRIPT: &str = r#"#!/bin/sh
answer=$(cat)
case "$answer" in
    *refuse*) echo "no such user" >&2; exit 67 ;;
esac
printf '%s' "$answer" > "$1.new" && mv "$1.new" "$1"
"#;

async fn answer(colleague: &Colleague, ticket: i64, text: &str) -> Result<()> {
    let page = format!("/desk/tickets/{ticket}");
    let fields = [("kind", "reply"), ("then", "work"), ("body", text)];
    let written = colleague
        .visitor
        .submit(&page, &format!("{page}/write"), &fields, &[])
        .await?;
    written.expect(303).map(drop)
}

#[tokio::test]
async fn an_answer_leaves_by_the_program_of_its_channel_and_by_mail_if_that_refuses() -> Result<()> {
    let mut installation = Installation::new(Database::Sqlite).await?;
    let (script, taken) = (
        installation.folder().join("chat-out"),
        installation.folder().join("taken.json"),
    );
    std::fs::write(&script, SCRIPT)?;
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o700))?;
    installation.set("PORTAL__CHANNELS__CHAT__PROGRAM", &script.to_string_lossy());
    installation.set("PORTAL__CHANNELS__CHAT__ARGS", &taken.to_string_lossy());
    installation.set("PORTAL__MAIL__TRANSPORT", "folder");
    installation.run(&["create", "--name", "Kestrel Support"]).await?;
    installation
        .run(&[
            "contact",
            "add",
            "--name",
            "Jonas Weber",
            "--email",
            JONAS,
            "--no-password",
        ])
        .await?;
    let said = ["--channel", "chat", "--contact", JONAS, "--subject", "Tray", "--json"];
    let first = [&["receive"], &said[..], &["--text", "The tray is stuck."]].concat();
    let received: Value = serde_json::from_str(&installation.run(&first).await?)?;
    let ticket = received["ticket"].as_i64().context("no ticket")?;
    let conversation = received["conversation"].as_str().context("no conversation")?;
    let server = installation.serve().await?;
    let admin = Colleague::first(&installation).await?;

    answer(&admin, ticket, "Which tray?").await?;
    let document = wait::until("the program's document", || async {
        Ok(std::fs::read_to_string(&taken).ok())
    })
    .await?;
    let document: Value = serde_json::from_str(&document)?;
    for (field, expected) in [
        ("/channel", "chat"),
        ("/conversation", conversation),
        ("/subject", "Tray"),
        ("/to/address", JONAS),
        ("/to/name", "Jonas Weber"),
        ("/message/text", "Which tray?"),
    ] {
        let found = document.pointer(field).and_then(Value::as_str);
        ensure!(found == Some(expected), "{field}: {document}");
    }

    // What follows goes on the conversation, and an answer that is refused is shown and mailed.
    let second = [
        &["receive"],
        &said[..],
        &["--conversation", conversation, "--text", "Number four."],
    ];
    // Of a database in a file, one process has all.
    server.stop().await?;
    let again: Value = serde_json::from_str(&installation.run(&second.concat()).await?)?;
    let _server = installation.serve().await?;
    ensure!(again == received, "{again}");
    answer(&admin, ticket, "Do not refuse this.").await?;
    let page = format!("/desk/tickets/{ticket}");
    wait::until_true("the failure on the ticket", || async {
        let text = admin.visitor.get(&page).await?.expect(200)?.text();
        Ok(text.contains("could not be delivered by chat"))
    })
    .await?;
    let mails = installation.data().join("mails");
    wait::until_true("the mail instead", || async {
        for entry in std::fs::read_dir(&mails).into_iter().flatten() {
            let mail = std::fs::read_to_string(entry?.path())?;
            if mail.contains(JONAS) && mail.contains("Do not refuse this.") {
                return Ok(true);
            }
        }
        Ok(false)
    })
    .await?;
    let dead = admin.visitor.get("/admin/mail?state=dead").await?.expect(200)?.text();
    ensure!(
        dead.contains("Answer by a channel") && dead.contains("no such user"),
        "the staff are not told why"
    );
    Ok(())
}
