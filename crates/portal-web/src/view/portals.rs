//! Which portal? For hosts that have several.

use serde::Serialize;

use super::Page;
use super::shell::Shell;

/// `GET /` on a host with several portals.
#[derive(Clone, Debug, Serialize)]
pub struct PortalsPage {
    /// The frame, without a portal.
    pub shell: Shell,
    /// The portals of the host.
    pub portals: Vec<PortalLink>,
}

impl Page for PortalsPage {
    const TEMPLATE: &'static str = "portals.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// A portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PortalLink {
    /// Its name.
    pub name: String,
    /// `/{slug}`.
    pub href: String,
}
