//! The staff's way in, with the real program: first run, two factors, permissions.

use anyhow::{Result, ensure};
use portal_e2e::database::Database;
use portal_e2e::http::Visitor;
use portal_e2e::site::Installation;
use portal_e2e::staff::{ADMIN, Colleague, STAFF_PASSWORD, set_up_link};

async fn fresh() -> Result<(Installation, portal_e2e::process::Process)> {
    let installation = Installation::new(Database::Sqlite).await?;
    let server = installation.serve().await?;
    Ok((installation, server))
}

/// The paths of the set-up and of everything else, however they are asked for.
#[tokio::test]
async fn adm_001_adm_002_an_untouched_server_shows_nothing_but_the_set_up_and_that_once() -> Result<()> {
    let (installation, _server) = fresh().await?;
    let base = installation.base();
    let nobody = Visitor::new(&base)?;
    for path in [
        "/",
        "/desk/sign-in",
        "/admin",
        "/support",
        "/api/v1/openapi.json",
        "/setup",
        "/setup?token=ptl_setup_00",
    ] {
        nobody.get(path).await?.expect(404)?;
    }
    nobody.get("/healthz").await?.expect(200)?;
    let link = set_up_link(&installation).await?;
    let path = link.strip_prefix(&base).unwrap_or_default().to_owned();
    ensure!(path.starts_with("/setup?token="), "{link}");
    let file = installation.data().join("setup-link");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        ensure!(
            std::fs::metadata(&file)?.permissions().mode() & 0o777 == 0o600,
            "the link is for others too"
        );
    }
    nobody.get(&path).await?.expect(200)?;
    nobody.get(&path).await?.expect(200)?;
    let refused = nobody.submit(
        &path,
        "/setup",
        &[("name", "M"), ("email", "no"), ("password", "x")],
        &[],
    );
    refused.await?.expect(422)?;
    let mara = Colleague::first(&installation).await?;
    mara.visitor.get("/admin").await?.expect(200)?;
    for path in [path.as_str(), "/setup", "/setup/"] {
        nobody.get(path).await?.expect(404)?;
        nobody.request(reqwest::Method::POST, path).send().await?;
    }
    let token = path.split('=').nth(1).unwrap_or_default();
    let fields = [
        ("token", token),
        ("name", "Eve"),
        ("email", "eve@evil.example"),
        ("password", STAFF_PASSWORD),
        ("again", STAFF_PASSWORD),
    ];
    nobody.post("/setup", &fields).await?.expect(404)?;
    Ok(())
}

#[tokio::test]
async fn log_031_half_a_sign_in_opens_nothing_but_the_second_step() -> Result<()> {
    let (installation, _server) = fresh().await?;
    let mara = Colleague::first(&installation).await?;
    let half = Visitor::new(&installation.base())?;
    let fields = [("email", ADMIN), ("password", STAFF_PASSWORD)];
    let answer = half.post("/desk/sign-in", &fields).await?.expect(303)?;
    let cookie = answer.header("set-cookie").to_owned();
    ensure!(
        cookie.starts_with("desk-half=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    for path in ["/admin", "/admin/staff", "/admin/audit", "/desk/account", "/desk/prove"] {
        let led = half.get(path).await?.expect(303)?;
        ensure!(
            led.location().starts_with("/desk/sign-in"),
            "{path} led to {}",
            led.location()
        );
    }
    // The half's secret in the place of a whole one opens nothing either.
    let value = cookie.split(['=', ';']).nth(1).unwrap_or_default();
    let forged = Visitor::from(&installation.base(), &[("cookie", &format!("desk={value}"))])?;
    ensure!(forged.get("/admin").await?.status == 303);
    half.post("/desk/second-step", &[("code", "000000")])
        .await?
        .expect(422)?;
    let again = mara.sign_in().await?;
    again.get("/admin").await?.expect(200)?;
    Ok(())
}
