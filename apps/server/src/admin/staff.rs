//! `portal admin`: administrators from the command line. Passwords are never given here: a link is printed, by which they
//! are chosen in a browser.

use std::collections::BTreeSet;

use portal_core::ports::Access;
use portal_core::staff::{InboxAccess, ManageStaffError, Permission, StaffDraft, StaffStanding};
use portal_core::text::EmailAddress;
use serde_json::json;

use super::TASK;
use crate::config::Config;
use crate::failure::Failure;
use crate::output::Output;
use crate::wiring::Wired;

/// What to do with staff users.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum AdminCommand {
    /// Make an administrator and print the link by which they choose a password
    #[command(after_help = "Example:\n  portal admin create ada@example.com --name \"Ada Example\"")]
    Create {
        /// The address to sign in with
        email: String,
        /// The name that customers see under answers
        #[arg(long)]
        name: String,
    },
    /// List all staff users
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print a link by which a staff user chooses a new password
    ResetLink {
        /// The address they sign in with
        email: String,
        /// Have them connect another authenticator app, too: the old one is lost
        #[arg(long)]
        authenticator: bool,
    },
}

fn failure(err: ManageStaffError) -> Failure {
    match err {
        ManageStaffError::Store(err) => err.into(),
        ManageStaffError::Secrets(err) => err.into(),
        err => Failure::wrong(err.to_string()),
    }
}

/// Does it.
///
/// # Errors
/// If it could not be done.
pub async fn run(wired: &Wired, config: &Config, command: &AdminCommand) -> Result<(), Failure> {
    let base = crate::serve::base(config, config.listen);
    let link = |secret: &portal_core::membership::Secret| format!("{base}/desk/join?token={}", secret.expose());
    match command {
        AdminCommand::Create { email, name } => {
            let draft = StaffDraft {
                name: name.clone(),
                email: email.clone(),
                permissions: BTreeSet::from([Permission::Admin]),
                inboxes: InboxAccess::All,
            };
            let secret = wired.portal.create_admin(&draft).await.map_err(failure)?;
            Output::new(false).data(&link(&secret), &serde_json::Value::Null)?;
        }
        AdminCommand::ResetLink { email, authenticator } => {
            let address: EmailAddress = email
                .parse()
                .map_err(|it: portal_core::text::EmailError| Failure::wrong(it.to_string()))?;
            let made = wired.portal.reset_staff(&address, *authenticator).await;
            let secret = made.map_err(failure)?;
            Output::new(false).data(&link(&secret), &serde_json::Value::Null)?;
        }
        AdminCommand::List { json } => {
            let mut tx = wired.store().begin(Access::Read).await?;
            let users = tx.staffing().staff_users(&TASK).await?;
            let rows: Vec<Vec<String>> = users
                .iter()
                .map(|it| {
                    let permissions: Vec<&str> = it.permissions.iter().map(|it| it.name()).collect();
                    let standing = match it.standing {
                        StaffStanding::Active => "active",
                        StaffStanding::Disabled => "disabled",
                    };
                    vec![
                        it.name.to_string(),
                        it.email.to_string(),
                        standing.to_owned(),
                        permissions.join(", "),
                    ]
                })
                .collect();
            let value = json!(
                users
                    .iter()
                    .map(|it| json!({
                        "id": it.id.to_string(),
                        "name": it.name.as_str(),
                        "email": it.email.as_str(),
                        "active": it.standing == StaffStanding::Active,
                        "permissions": it.permissions.iter().map(|it| it.name()).collect::<Vec<_>>(),
                    }))
                    .collect::<Vec<_>>()
            );
            Output::new(*json).table(&["NAME", "E-MAIL", "STANDING", "MAY"], &rows, &value)?;
        }
    }
    Ok(())
}
