//! Captured mails: who may look at them, and what a mail can do there.

use anyhow::{Context as _, Result, ensure};
use portal_e2e::browser::{Browser, Start};
use portal_e2e::database::Database;
use portal_e2e::html;
use portal_e2e::http::Visitor;
use portal_e2e::process::Process;
use portal_e2e::site::Installation;
use portal_e2e::{raw, wait};

const ADA: &str = "ada@fernwerk.example";

/// A server with a portal and an invitation to it.
async fn invited(transport: &[(&str, &str)]) -> Result<(Installation, Process)> {
    let mut installation = Installation::new(Database::Sqlite).await?;
    for (name, value) in transport {
        installation.set(name, value);
    }
    installation.run(&["create", "--name", "Kestrel Support"]).await?;
    installation
        .run(&["contact", "add", "--name", "Ada Lind", "--email", ADA, "--no-password"])
        .await?;
    installation.run(&["contact", "invite", ADA]).await?;
    let server = installation.serve().await?;
    Ok((installation, server))
}

/// The page of the only mail, once it was captured.
async fn the_mail(visitor: &Visitor) -> Result<String> {
    wait::until("the captured mail", || async {
        let page = visitor.get("/dev/mail?to=ADA@fern").await?.expect(200)?.text();
        let links = html::links(&page);
        Ok(links.into_iter().find(|it| it.starts_with("/dev/mail/")))
    })
    .await
}

#[tokio::test]
async fn captured_mails_are_shown_to_this_machine_alone() -> Result<()> {
    let (installation, _server) = invited(&[("PORTAL__MAIL__TRANSPORT", "folder")]).await?;
    let base = installation.base();
    let visitor = Visitor::new(&base)?;
    let mail = the_mail(&visitor).await?;
    let page = visitor.get(&mail).await?.expect(200)?.text();
    // The mail's own link is one with the host, which `links` leaves out.
    let links = html::attributes(&page, "href");
    let link = links
        .iter()
        .find(|it| it.contains("/support/invitation?token="))
        .context("no link of an invitation")?;
    let path = link.strip_prefix(&base).context("a link elsewhere")?;
    visitor.get(path).await?.expect(200)?;
    ensure!(
        visitor
            .get(&format!("{mail}?part=text"))
            .await?
            .expect(200)?
            .text()
            .contains("token=")
    );
    ensure!(
        visitor
            .get(&format!("{mail}?part=headers"))
            .await?
            .expect(200)?
            .text()
            .contains("Auto-Submitted")
    );
    ensure!(
        !visitor
            .get("/dev/mail?to=nobody")
            .await?
            .expect(200)?
            .text()
            .contains(ADA)
    );
    // What the mail itself says stays in a box of its own.
    let framed = visitor.get(&format!("{mail}/html")).await?.expect(200)?;
    let policy = framed.header("content-security-policy").to_owned();
    ensure!(policy.starts_with("sandbox; default-src 'none'"), "{policy}");
    for wrong in ["/dev/mail/nothing", "/dev/mail/..%2f..%2fportal", "/dev", "/dev/"] {
        visitor.get(wrong).await?.expect(404)?;
    }
    // Whoever comes through a proxy, or by another name, finds nothing.
    let handed_on = Visitor::from(&base, &[("x-forwarded-for", "203.0.113.9")])?;
    handed_on.get("/dev/mail").await?.expect(404)?;
    handed_on.get(&mail).await?.expect(404)?;
    let named = format!("GET {mail} HTTP/1.1\r\nHost: help.example.com\r\nConnection: close\r\n\r\n");
    let said = raw::exchange(&base, named.as_bytes()).await?;
    ensure!(matches!(raw::status(&said), 404 | 421), "{said}");
    Ok(())
}

#[tokio::test]
async fn there_is_no_such_page_where_mails_leave() -> Result<()> {
    let smtp = [
        ("PORTAL__MAIL__TRANSPORT", "smtp"),
        ("PORTAL__MAIL__HOST", "127.0.0.1"),
        ("PORTAL__MAIL__PORT", "9"),
        ("PORTAL__MAIL__TLS", "none"),
        ("PORTAL__MAIL__FROM", "support@kestrel.example"),
    ];
    for transport in [&smtp[..], &[("PORTAL__MAIL__TRANSPORT", "off")]] {
        let (installation, _server) = invited(transport).await?;
        let visitor = Visitor::new(&installation.base())?;
        for path in ["/dev/mail", "/dev/mail/x", "/dev/mail/x/html"] {
            visitor.get(path).await?.expect(404)?;
        }
    }
    Ok(())
}

/// A mail is made to try everything; the page is looked at with a real browser.
#[tokio::test]
async fn no_script_of_a_captured_mail_runs_browser() -> Result<()> {
    let (installation, _server) = invited(&[("PORTAL__MAIL__TRANSPORT", "folder")]).await?;
    let visitor = Visitor::new(&installation.base())?;
    the_mail(&visitor).await?;
    let folder = installation.data().join("mails");
    let evil = "From: eve@evil.example\r\nTo: ada@fernwerk.example\r\nSubject: <img src=x onerror=document.title='bad'>\r\n\
                MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
                <p id=said>safe</p><script>document.getElementById('said').textContent='bad';top.document.title='bad'</script>\
                <img src=x onerror=\"top.document.title='bad'\"><iframe src=/support></iframe>";
    std::fs::write(folder.join("evil.eml"), evil)?;
    let browser = Browser::start(Start::default()).await?;
    let base = installation.base();
    browser.open(&format!("{base}/dev/mail/evil")).await?;
    let title = browser.client.title().await?;
    ensure!(title.contains("onerror"), "a script of the mail ran: {title}");
    ensure!(browser.count("iframe[sandbox]").await? == 1, "no frame");
    browser.picture("dev-mail").await?;
    browser.open(&format!("{base}/dev/mail/evil/html")).await?;
    ensure!(browser.text("#said").await? == "safe", "a script of the mail ran");
    Ok(())
}
