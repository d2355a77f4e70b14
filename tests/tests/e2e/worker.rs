//! Whoever delivers mails: two servers on one database, and one that is killed in the middle of it.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use portal_e2e::database::Database;
use portal_e2e::mail_server::MailServer;
use portal_e2e::site::Installation;
use portal_e2e::wait;
use tokio::net::TcpListener;

const PEOPLE: usize = 12;

fn address(number: usize) -> String {
    format!("person{number}@box.example")
}

/// A portal with people, all of whom are invited; nothing has left yet.
async fn invited(server: &MailServer) -> Result<Installation> {
    let mut installation = Installation::new(Database::postgres().await?).await?;
    for (name, value) in server.settings() {
        installation.set(name, &value);
    }
    installation.run(&["create", "--name", "Kestrel Support"]).await?;
    for number in 0..PEOPLE {
        let (name, email) = (format!("Person {number}"), address(number));
        installation
            .run(&["contact", "add", "--name", &name, "--email", &email, "--no-password"])
            .await?;
        installation.run(&["contact", "invite", &email]).await?;
    }
    Ok(installation)
}

/// How many mails each address has, and the Message-IDs of them all.
fn arrived(server: &MailServer) -> Result<BTreeMap<String, Vec<String>>> {
    let mailbox = server.mailbox();
    let mut all = BTreeMap::new();
    for number in 0..PEOPLE {
        let mails = mailbox.to(&address(number))?;
        let ids = mails.iter().filter_map(|it| it.header("message-id")).collect();
        all.insert(address(number), ids);
    }
    Ok(all)
}

async fn everybody_has_one(server: &MailServer) -> Result<()> {
    wait::until_true("a mail to everybody", || async {
        Ok(arrived(server)?.values().all(|it: &Vec<String>| !it.is_empty()))
    })
    .await
}

#[tokio::test]
async fn two_servers_send_each_mail_once_postgres() -> Result<()> {
    let server = MailServer::start().await?;
    let installation = invited(&server).await?;
    let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
    let (one, two) = tokio::try_join!(installation.serve(), installation.serve_at(port))?;
    everybody_has_one(&server).await?;
    // Both end well, so whatever they had begun has been sent.
    ensure!(one.stop().await? && two.stop().await?, "a server ended badly");
    for (address, ids) in arrived(&server)? {
        ensure!(ids.len() == 1, "{address} has {} mails", ids.len());
    }
    server.stop().await?;
    Ok(())
}

/// At the moment of the plug one mail may be on the wire: nobody knows then whether it arrived, so it is sent again, under
/// the same Message-ID. No other one is.
#[tokio::test]
async fn dur_001_a_killed_worker_loses_no_mail_and_repeats_none_knowingly_postgres() -> Result<()> {
    let server = MailServer::start().await?;
    let installation = invited(&server).await?;
    let worker = installation.serve().await?;
    wait::until_true("the first mails", || async {
        Ok(arrived(&server)?.values().filter(|it| !it.is_empty()).count() >= 2)
    })
    .await?;
    worker.kill().await?;
    // What it had claimed is its own for five minutes: they pass.
    installation
        .database()
        .execute("UPDATE outbox SET due_at = 0 WHERE state = 1")
        .await?;
    let worker = installation.serve().await?;
    everybody_has_one(&server).await?;
    ensure!(worker.stop().await?, "the server ended badly");
    let mut repeated = 0;
    for (address, ids) in arrived(&server)? {
        ensure!(ids.len() <= 2, "{address} has {} mails", ids.len());
        if let [first, second] = ids.as_slice() {
            ensure!(first == second, "{address} has two different mails");
            repeated += 1;
        }
    }
    ensure!(repeated <= 1, "{repeated} mails were sent twice");
    server.stop().await?;
    Ok(())
}
