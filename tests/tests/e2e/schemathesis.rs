//! Requests made of the API's document, against the real program: nothing breaks, every answer is as documented, and nobody
//! is told anything of somebody else.

use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};
use portal_e2e::config;
use portal_e2e::database::Database;
use portal_e2e::http::Program;
use portal_e2e::site::Installation;
use serde_json::{Value, json};
use tokio::process::Command;

const PASSWORD: &str = "granite teapot umbrella 42";
const CHECKS: &str =
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,nothing_foreign";

/// A portal with two people of different companies, each with a ticket, and somebody of the staff.
async fn installation() -> Result<Installation> {
    let installation = Installation::new(Database::postgres().await?).await?;
    installation
        .run(&["create", "--name", "Kestrel", "--permission", "company"])
        .await?;
    let file = installation.folder().join("password.txt");
    std::fs::write(&file, PASSWORD)?;
    for (name, company) in [("ada", "Acme cnryacmeq"), ("bob", "Globex cnryglobexq")] {
        let made = installation.run(&["company", "add", company, "--json"]).await?;
        let made: Value = serde_json::from_str(&made)?;
        let id = made.get("id").and_then(Value::as_str).context("no id")?;
        let email = format!("{name}@example.com");
        let file = file.to_string_lossy();
        let command = [
            "contact",
            "add",
            "--name",
            name,
            "--email",
            &email,
            "--company",
            id,
            "--password-file",
            &file,
        ];
        installation.run(&command).await?;
    }
    installation
        .run(&["admin", "create", "mara@kestrel.example", "--name", "Mara"])
        .await?;
    Ok(installation)
}

/// Everything that the document offers below a path, with a token. `known` are values for places in paths, so that not
/// everything is absent; `foreign` are words that no answer may have.
async fn tried(base: &str, token: &str, paths: &str, known: &Value, foreign: &str) -> Result<()> {
    let output = Command::new(config::schemathesis())
        .env(
            "SCHEMATHESIS_HOOKS",
            concat!(env!("CARGO_MANIFEST_DIR"), "/schemathesis_hooks.py"),
        )
        .env("PORTAL_KNOWN", known.to_string())
        .env("PORTAL_FOREIGN", foreign)
        .args(["run", &format!("{base}/api/openapi.json"), "--origin", base])
        .args(["-H", &format!("Authorization: Bearer {token}")])
        .args(["--include-path-regex", paths, "--checks", CHECKS])
        .args([
            "--phases",
            "examples,coverage,fuzzing",
            "--max-examples",
            "6",
            "--seed",
            "4711",
        ])
        // One worker: threads that read Python's syntax trees at once fail now and then (CPython's gh-106905).
        .args(["--workers", "1", "--suppress-health-check", "all"])
        .args(["--warnings", "off", "--continue-on-failure"])
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::null())
        .output()
        .await
        .context("schemathesis is missing: `cargo xtask ci` installs it")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    ensure!(
        said.contains("Selected:") && !said.contains("Selected: 0/"),
        "nothing was tried: {said}"
    );
    Ok(())
}

#[tokio::test]
async fn requests_of_the_document_break_nothing_and_tell_nobody_of_others_postgres() -> Result<()> {
    let installation = installation().await?;
    let server = installation.serve().await?;
    let base = installation.base();
    let mut tokens = Vec::new();
    for (name, word) in [("ada", "cnryadaticketq"), ("bob", "cnrybobticketq")] {
        let email = format!("{name}@example.com");
        let made = ["token", "create", &email, "--name", "test", "--mode", "write"];
        let token = installation.run(&made).await?.trim().to_owned();
        let program = Program::new(&base, "support", &token)?;
        let ticket = json!({ "subject": word, "description": word });
        program.post("/tickets", "", &ticket).await?.expect(201)?;
        tokens.push(token);
    }
    let made = [
        "token",
        "create-staff",
        "mara@kestrel.example",
        "--name",
        "test",
        "--scope",
        "admin",
        "--mode",
        "write",
    ];
    let staff = installation.run(&made).await?.trim().to_owned();
    let known = json!({ "slug": ["support"], "ticket": ["1", "2"] });
    let foreign = ["cnryglobexq,cnrybobticketq", "cnryacmeq,cnryadaticketq"];
    for (token, foreign) in tokens.iter().zip(foreign) {
        tried(&base, token, "^/api/v1/portals/", &known, foreign).await?;
    }
    let portals = reqwest::Client::builder()
        .no_proxy()
        .build()?
        .get(format!("{base}/api/v1/admin/portals"))
        .bearer_auth(&staff)
        .send()
        .await?
        .json::<Value>()
        .await?;
    let portal = portals.pointer("/portals/0/id").context("no portal")?;
    tried(&base, &staff, "^/api/v1/admin/", &json!({ "portal": [portal] }), "").await?;
    ensure!(server.stop().await?, "the server ended badly");
    Ok(())
}
