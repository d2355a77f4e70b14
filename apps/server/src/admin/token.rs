//! `portal token`: bearer tokens for the REST API.

use clap::ValueEnum;
use portal_core::actor::{Actor, Mode};
use portal_core::id::TokenId;
use portal_core::membership::{CreateApiToken, Secret};
use portal_core::ports::Access;
use portal_core::programs::{CreateProgramToken, ProgramToken};
use portal_core::staff::Permission;
use portal_core::text::EmailAddress;
use portal_core::time::Timestamp;

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
    /// Make a token for the staff's API that acts as a staff user, and print its secret, which is shown only now
    #[command(
        after_help = "Example:\n  portal token create-staff mara@example.com --name \"Set-up\" --scope portal_settings --mode write --days 7"
    )]
    CreateStaff {
        /// The address the staff user signs in with
        email: EmailAddress,
        /// What it is for
        #[arg(long)]
        name: String,
        /// A permission it is made for: admin, portal_settings, help_desk, crm, knowledge_base, api or export; can be repeated
        #[arg(long = "scope", value_parser = scope, required = true)]
        scopes: Vec<Permission>,
        /// What it may do
        #[arg(long, value_enum, default_value = "read")]
        mode: TokenMode,
        /// Let it do what asks people for a fresh proof of who they are, such as deleting a portal; for 31 days at most
        #[arg(long)]
        dangerous: bool,
        /// How many days it works, 1 to 366
        #[arg(long, default_value_t = 30)]
        days: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the tokens of a staff user
    ListStaff {
        /// The address the staff user signs in with
        email: EmailAddress,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Remove a token of a staff user; it is good for nothing from then on
    RemoveStaff {
        /// The address the staff user signs in with
        email: EmailAddress,
        /// The id of the token
        id: TokenId,
    },
}

fn scope(text: &str) -> Result<Permission, String> {
    Permission::named(text).ok_or_else(|| {
        let names: Vec<&str> = Permission::ALL.iter().map(|it| it.name()).collect();
        format!("this is none of: {}", names.join(", "))
    })
}

/// Does it, by the same use-cases as the account pages.
///
/// # Errors
/// If the contact may not enter the portal, or there is no such staff user.
pub async fn run(wired: &Wired, command: &TokenCommand) -> Result<(), Failure> {
    match command {
        TokenCommand::Create {
            email,
            name,
            portal,
            mode,
            days,
            json,
        } => {
            let (contact, portal) = {
                let mut tx = wired.store().begin(Access::Snapshot).await?;
                (
                    contact_at(&mut *tx, email).await?,
                    portal_with(&mut *tx, portal.as_deref()).await?,
                )
            };
            let wanted = CreateApiToken {
                portal: portal.id,
                name: name.clone(),
                mode: mode.mode(),
                days: *days,
            };
            let made = wired
                .portal
                .create_api_token(&Actor::signed_in(contact.id), wanted)
                .await?;
            shown(made.token.id, &made.secret, *json)
        }
        TokenCommand::CreateStaff {
            email,
            name,
            scopes,
            mode,
            dangerous,
            days,
            json,
        } => {
            let wanted = CreateProgramToken {
                name: name.clone(),
                mode: mode.mode(),
                only: scopes.iter().copied().collect(),
                dangerous: *dangerous,
                days: *days,
            };
            let made = wired
                .portal
                .create_program_token_from_command_line(email, &wanted)
                .await?;
            shown(made.token.id, &made.secret, *json)
        }
        TokenCommand::ListStaff { email, json } => {
            let tokens = wired.portal.program_tokens_from_command_line(email).await?;
            listed(&tokens, *json)
        }
        TokenCommand::RemoveStaff { email, id } => {
            wired.portal.remove_program_token_from_command_line(email, *id).await?;
            say("The token is removed.");
            Ok(())
        }
    }
}

impl TokenMode {
    const fn mode(self) -> Mode {
        match self {
            Self::Read => Mode::Read,
            Self::Write => Mode::Write,
        }
    }
}

fn shown(id: TokenId, secret: &Secret, json: bool) -> Result<(), Failure> {
    let secret = secret.expose();
    Output::new(json).data(secret, &serde_json::json!({ "id": id.to_string(), "secret": secret }))?;
    say("Keep it: it is not shown again. It is sent as `Authorization: Bearer …`.");
    Ok(())
}

fn listed(tokens: &[ProgramToken], json: bool) -> Result<(), Failure> {
    let instant = |it: Timestamp| {
        jiff::Timestamp::from_microsecond(it.micros()).map_or_else(|_| String::new(), |it| it.to_string())
    };
    let scopes = |it: &ProgramToken| it.only.iter().map(|it| it.name()).collect::<Vec<_>>().join(" ");
    let mode = |it: &ProgramToken| match (it.mode, it.dangerous) {
        (Mode::Read, _) => "read",
        (Mode::Write, false) => "write",
        (Mode::Write, true) => "write, dangerous",
    };
    let rows: Vec<Vec<String>> = tokens
        .iter()
        .map(|it| {
            vec![
                it.id.to_string(),
                it.name.to_string(),
                scopes(it),
                mode(it).to_owned(),
                instant(it.ends_at),
            ]
        })
        .collect();
    let values: Vec<serde_json::Value> = tokens
        .iter()
        .map(|it| {
            serde_json::json!({
                "id": it.id.to_string(), "name": it.name.as_str(), "scopes": scopes(it), "mode": mode(it),
                "ends_at": instant(it.ends_at), "seen_at": it.seen_at.map(instant),
            })
        })
        .collect();
    let head = ["ID", "NAME", "SCOPES", "MODE", "ENDS"];
    Ok(Output::new(json).table(&head, &rows, &serde_json::Value::Array(values))?)
}
