//! `portal demo`: a realistic instance to look at. Two portals, 12 companies, 60 contacts, 400 tickets; the same in every
//! run, with times that lead up to now.

mod content;
pub(crate) mod conversations;
mod plan;
mod random;
mod script;
pub(crate) mod service;
mod staff;
mod store;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::PathBuf;

use portal_core::actor::Task;
use portal_core::import::ImportPorts;
use portal_core::ports::{Access, FilesError, Passwords, PasswordsError, StoreError, Vault, VaultError};
use portal_core::settings::Host;

/// The password of everybody who can sign in to the demo.
pub const PASSWORD: &str = "four quiet kestrels at dawn";

/// Who can sign in, where, and what they see there.
pub const SIGN_INS: [(&str, &str, &str); 5] = [
    (
        "jonas.weber@fernwerk.example",
        "support",
        "all tickets of Fernwerk GmbH, English",
    ),
    (
        "aylin.demir@fernwerk.example",
        "support",
        "a colleague of Jonas, with tickets of her own",
    ),
    (
        "tomas.rey@reyimport.example",
        "support",
        "another company: nothing of Fernwerk",
    ),
    (
        "ilse.kranz@nordlicht-apotheke.example",
        "service",
        "all tickets of the pharmacy, as its lead, German",
    ),
    (
        "bernd.petersen@nordlicht-apotheke.example",
        "service",
        "only his own tickets, German",
    ),
];

/// Where the demo's data is, and where it answers.
#[derive(Clone, Debug, clap::Args)]
pub struct DemoArgs {
    /// The folder of the demo's data; it is filled if it is empty
    #[arg(long, value_name = "DIR", default_value = "portal-demo")]
    pub dir: PathBuf,
    /// The address to answer at
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: String,
}

/// Why the demo could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The password could not be hashed, or there was no randomness.
    #[error(transparent)]
    Passwords(#[from] PasswordsError),
    /// The key of the installation could not be used.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A file could not be stored.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// A text of the demo does not fit.
    #[error("a text of the demo does not fit: {0}")]
    Text(&'static str),
}

/// Fills the store unless it has a portal already; says whether it did.
///
/// # Errors
/// If the store, the file store, the hasher or the vault fails.
pub async fn fill(
    ports: &ImportPorts,
    passwords: &dyn Passwords,
    vault: &dyn Vault,
    host: &Host,
) -> Result<bool, DemoError> {
    let mut tx = ports.store.begin(Access::Read).await?;
    let there = tx.directory().all_portals(&Task::Demo).await?;
    drop(tx);
    if !there.is_empty() {
        return Ok(false);
    }
    store::fill(ports, passwords, vault, host).await?;
    Ok(true)
}

/// What to click and type, in a box.
#[derive(Clone, Debug)]
pub struct Guide {
    host: Host,
    folder: PathBuf,
}

impl Guide {
    /// The guide to a demo that answers at this host.
    #[must_use]
    pub const fn new(host: Host, folder: PathBuf) -> Self {
        Self { host, folder }
    }
}

impl fmt::Display for Guide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widest = SIGN_INS.iter().map(|(address, ..)| address.len()).max().unwrap_or(0);
        let mut lines = vec![
            "The demo is running. Open one of its two portals:".to_owned(),
            String::new(),
        ];
        for (slug, about) in [
            ("support", "a company sees its tickets"),
            ("service", "leads see their company's tickets, others their own"),
        ] {
            let heading = format!("→ http://{}/{slug}", self.host);
            lines.push(format!("{heading:<44}{about}"));
            let here = SIGN_INS.iter().filter(|(_, portal, _)| *portal == slug);
            lines.extend(here.map(|(address, _, sees)| format!("    {address:<widest$}   {sees}")));
            lines.push(String::new());
        }
        lines.push(format!("→ http://{}/desk/sign-in", self.host));
        let here = staff::STAFF.iter();
        lines.extend(here.map(|it| format!("    {:<widest$}   {}", it.email, it.about)));
        lines.push("    The second step wants a code of an authenticator app with this secret:".to_owned());
        lines.push(format!("      {}", staff::typed_secret()));
        lines.push(format!(
            "    Without one: {} to {}, each once.",
            staff::recovery_code(1),
            staff::recovery_code(10)
        ));
        lines.push(String::new());
        let heading = format!("→ http://{}/dev/mail", self.host);
        lines.push(format!("{heading:<44}the mails that would have been sent"));
        lines.push(String::new());
        lines.push(format!("The password of all of them:  {PASSWORD}"));
        lines.push(format!(
            "Everything is in {}; delete that folder to begin anew.",
            self.folder.display()
        ));
        let width = lines.iter().map(|it| it.chars().count()).max().unwrap_or(0);
        writeln!(f, "╭{}╮", "─".repeat(width + 4))?;
        for line in lines {
            writeln!(f, "│  {line}{}  │", " ".repeat(width - line.chars().count()))?;
        }
        writeln!(f, "╰{}╯", "─".repeat(width + 4))
    }
}
