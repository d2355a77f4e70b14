//! The help desk with two people at it: Ada, who is the administrator, and Tim.

use anyhow::{Result, ensure};

use crate::browser::{Browser, Look, Start};
use crate::site::Site;
use crate::staff::Colleague;
use crate::world::World;

/// A site where two people answer tickets.
#[derive(Debug)]
pub struct Desk {
    /// The site.
    pub site: Site,
    /// The administrator, "Ada Admin".
    pub ada: Colleague,
    /// A colleague without further permissions, "Tim Lindner".
    pub tim: Colleague,
}

impl Desk {
    /// With the world for reading.
    pub async fn start() -> Result<Self> {
        let site = Site::start(World::plain()).await?;
        let ada = Colleague::first(&site.installation).await?;
        let tim = ada.invite(&site.installation, "Tim Lindner", &["help_desk"]).await?;
        Ok(Self { site, ada, tim })
    }

    /// A browser in which one of them is signed in.
    pub async fn browser(&self, who: &Colleague, scripts: bool) -> Result<Browser> {
        let start = Start {
            scripts,
            ..Start::default()
        };
        let browser = Browser::start(start).await?;
        who.lend(&browser).await?;
        Ok(browser)
    }

    /// An address of the site.
    pub fn url(&self, path: &str) -> String {
        self.site.url(path)
    }

    /// The path of a ticket's page at the desk.
    pub fn path(&self, key: &str) -> String {
        format!("/desk/tickets/{}", self.site.world.number(key))
    }

    /// Its address.
    pub fn ticket(&self, key: &str) -> String {
        self.site.url(&self.path(key))
    }
}

/// Nothing for the checker, nothing sticks out, and a picture: at a desk, and on a phone.
pub async fn inspect(browser: &Browser, kind: &str, name: &str) -> Result<()> {
    for look in [Look::PHONE, Look::DESK] {
        browser.look(look).await?;
        if browser.scripts {
            let found = browser.violations().await?;
            ensure!(found.is_empty(), "{name}: {found:#?}");
        }
        let over = browser.overflow().await?;
        ensure!(
            over <= 0,
            "{name}: {over} px too wide: {}",
            browser.what_sticks_out().await?
        );
        browser.picture_of(kind, &format!("{name}-{}", look.name())).await?;
    }
    Ok(())
}
