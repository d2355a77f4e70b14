//! Mails through a real mail server.

use anyhow::Result;
use portal_e2e::database::Database;
use portal_e2e::mail_server::{LATER, MailServer, Mailbox, NOBODY};
use portal_e2e::site::Installation;

#[tokio::test]
async fn a_test_mail_arrives_through_a_real_mail_server() -> Result<()> {
    let server = MailServer::start().await?;
    let mut installation = Installation::new(Database::Sqlite).await?;
    for (name, value) in server.settings() {
        installation.set(name, &value);
    }
    installation
        .run(&["mail", "test", "jonas@box.example", "--language", "de"])
        .await?;
    let mail = server.mailbox().wait_for("jonas@box.example", 1).await?;
    assert_eq!(mail.header("auto-submitted").as_deref(), Some("auto-generated"));
    assert_eq!(
        mail.header("x-auto-response-suppress").as_deref(),
        Some("OOF, AutoReply")
    );
    assert_eq!(mail.header("content-language").as_deref(), Some("de"));
    assert_eq!(mail.header("subject").as_deref(), Some("Test-E-Mail von Portal"));
    assert!(mail.header("from").unwrap().ends_with("<support@kestrel.example>"));
    assert!(mail.header("message-id").unwrap().ends_with("@127.0.0.1>"));
    assert!(mail.header("bcc").is_none() && mail.header("cc").is_none());
    assert!(mail.text().contains("Diese hier ist angekommen."), "{}", mail.raw);
    assert!(mail.html().contains("<html lang=\"de\">"), "{}", mail.raw);
    let refused = installation
        .run(&["mail", "test", NOBODY])
        .await
        .unwrap_err()
        .to_string();
    assert!(refused.contains("nobody of that name lives here"), "{refused}");
    let later = installation
        .run(&["mail", "test", LATER])
        .await
        .unwrap_err()
        .to_string();
    assert!(later.contains("not available"), "{later}");
    assert_eq!(server.mailbox().all()?.len(), 1);
    server.stop().await?;
    Ok(())
}

#[tokio::test]
async fn without_a_mail_server_mails_are_files() -> Result<()> {
    let installation = Installation::new(Database::Sqlite).await?;
    installation.run(&["mail", "test", "jonas@box.example"]).await?;
    let mailbox = Mailbox::of_data(&installation.data());
    let mail = mailbox.wait_for("jonas@box.example", 1).await?;
    assert_eq!(mail.header("content-language").as_deref(), Some("en"));
    assert!(mail.text().contains("get out: this one did"), "{}", mail.raw);
    Ok(())
}

#[tokio::test]
async fn chn_031_without_tls_nothing_is_said_to_a_mail_server_that_must_have_it() -> Result<()> {
    let server = MailServer::start().await?;
    let mut installation = Installation::new(Database::Sqlite).await?;
    for (name, value) in server.settings() {
        installation.set(name, &value);
    }
    installation.set("PORTAL__MAIL__TLS", "starttls");
    let refused = installation
        .run(&["mail", "test", "jonas@box.example"])
        .await
        .unwrap_err()
        .to_string();
    assert!(refused.contains("not available"), "{refused}");
    assert!(server.mailbox().all()?.is_empty());
    server.stop().await?;
    Ok(())
}
