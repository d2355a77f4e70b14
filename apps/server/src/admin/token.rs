//! `portal token`: bearer tokens for the REST API.

use clap::ValueEnum;
use portal_core::actor::{Actor, Mode};
use portal_core::membership::CreateApiToken;
use portal_core::ports::Access;
use portal_core::text::EmailAddress;

use super::{contact_at, portal_with};
use crate::failure::Failure;
use crate::output::{Output, say};
use crate::wiring::Wired;

/// What a token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TokenMode {
    /// Read only
    Read,
    /// Read and write
    Write,
}

/// What to do with tokens.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum TokenCommand {
    /// Make a token that acts as a contact in one portal, and print its secret, which is shown only now
    #[command(
        after_help = "Example:\n  portal token create ada@example.com --name \"Monthly report\" --mode read --days 30"
    )]
    Create {
        /// The address the contact signs in with
        email: EmailAddress,
        /// What it is for
        #[arg(long)]
        name: String,
        /// The slug of the portal, where there are several
        #[arg(long, value_name = "SLUG")]
        portal: Option<String>,
        /// What it may do
        #[arg(long, value_enum, default_value = "read")]
        mode: TokenMode,
        /// How many days it works, 1 to 366
        #[arg(long, default_value_t = 90)]
        days: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// Does it, by the same use-case as the account page.
///
/// # Errors
/// If the contact may not enter the portal.
pub async fn run(wired: &Wired, command: &TokenCommand) -> Result<(), Failure> {
    let TokenCommand::Create {
        email,
        name,
        portal,
        mode,
        days,
        json,
    } = command;
    let (contact, portal) = {
        let mut tx = wired.store().begin(Access::Snapshot).await?;
        (
            contact_at(&mut *tx, email).await?,
            portal_with(&mut *tx, portal.as_deref()).await?,
        )
    };
    let mode = match mode {
        TokenMode::Read => Mode::Read,
        TokenMode::Write => Mode::Write,
    };
    let wanted = CreateApiToken {
        portal: portal.id,
        name: name.clone(),
        mode,
        days: *days,
    };
    let made = wired
        .portal
        .create_api_token(&Actor::signed_in(contact.id), wanted)
        .await?;
    let secret = made.secret.expose();
    Output::new(*json).data(
        secret,
        &serde_json::json!({ "id": made.token.id.to_string(), "secret": secret }),
    )?;
    say("Keep it: it is not shown again. It is sent as `Authorization: Bearer …`.");
    Ok(())
}
