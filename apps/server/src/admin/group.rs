//! `portal group`: access groups, whose members may enter portals.

use portal_core::crm::{AccessGroup, GroupKind};
use portal_core::id::AccessGroupId;
use portal_core::ports::Access;
use portal_core::text::{EmailAddress, Line};

use super::{TASK, contact_at, group_named};
use crate::failure::Failure;
use crate::output::{Output, say};
use crate::wiring::Wired;

/// What to do with access groups.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum GroupCommand {
    /// Add an access group
    Add {
        /// Its name
        name: Line,
    },
    /// List all access groups
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Make a contact a member
    #[command(after_help = "Example:\n  portal group add-member Customers ada@example.com")]
    AddMember {
        /// The name of the group
        group: Line,
        /// The address the contact signs in with
        email: EmailAddress,
    },
    /// Take a contact out of a group
    #[command(after_help = "Example:\n  portal group remove-member Customers ada@example.com")]
    RemoveMember {
        /// The name of the group
        group: Line,
        /// The address the contact signs in with
        email: EmailAddress,
    },
}

/// Does it.
///
/// # Errors
/// If something is not there, or there already.
pub async fn run(wired: &Wired, command: &GroupCommand) -> Result<(), Failure> {
    match command {
        GroupCommand::Add { name } => add(wired, name).await,
        GroupCommand::List { json } => list(wired, Output::new(*json)).await,
        GroupCommand::AddMember { group, email } => change_member(wired, group, email, true).await,
        GroupCommand::RemoveMember { group, email } => change_member(wired, group, email, false).await,
    }
}

async fn add(wired: &Wired, name: &Line) -> Result<(), Failure> {
    let id = AccessGroupId::from_uuid(wired.new_id());
    let mut tx = wired.store().begin(Access::Write).await?;
    if tx
        .directory()
        .all_groups(&TASK)
        .await?
        .iter()
        .any(|it| it.name == *name)
    {
        return Err(Failure::wrong(format!("there is an access group `{name}` already")));
    }
    let group = AccessGroup {
        id,
        name: name.clone(),
        kind: GroupKind::Static,
    };
    tx.directory().put_group(&TASK, &group).await?;
    tx.commit().await?;
    Output::new(false).data(&id.to_string(), &serde_json::Value::Null)?;
    Ok(())
}

async fn list(wired: &Wired, output: Output) -> Result<(), Failure> {
    let mut tx = wired.store().begin(Access::Read).await?;
    let groups = tx.directory().all_groups(&TASK).await?;
    let rows: Vec<Vec<String>> = groups
        .iter()
        .map(|it| vec![it.id.to_string(), it.name.to_string()])
        .collect();
    let json = groups
        .iter()
        .map(|it| serde_json::json!({ "id": it.id.to_string(), "name": it.name.as_str() }))
        .collect();
    output.table(&["ID", "NAME"], &rows, &serde_json::Value::Array(json))?;
    Ok(())
}

async fn change_member(wired: &Wired, group: &Line, email: &EmailAddress, joins: bool) -> Result<(), Failure> {
    let mut tx = wired.store().begin(Access::Write).await?;
    let group = group_named(&mut *tx, group).await?;
    if group.criteria().is_some() {
        return Err(Failure::wrong(format!(
            "members of `{}` are those who match its criteria; change the contact or the criteria",
            group.name
        )));
    }
    let mut contact = contact_at(&mut *tx, email).await?;
    let changed = if joins {
        contact.groups.insert(group.id)
    } else {
        contact.groups.remove(&group.id)
    };
    tx.directory().put_contact(&TASK, &contact).await?;
    tx.commit().await?;
    let (name, group) = (&contact.name, &group.name);
    say(&match (joins, changed) {
        (true, _) => format!("`{name}` is a member of `{group}`."),
        (false, true) => format!("`{name}` is no member of `{group}` any more."),
        (false, false) => format!("`{name}` was no member of `{group}`."),
    });
    Ok(())
}
