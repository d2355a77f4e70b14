//! Who works in the demo, and how they sign in without a phone.

use std::collections::BTreeSet;

use portal_adapters::one_time_codes::Totp;
use portal_core::actor::Task;
use portal_core::id::AgentId;
use portal_core::ports::{OneTimeCodes as _, Tx, Vault};
use portal_core::staff::{
    Authenticator, InboxAccess, Permission, StaffCredential, StaffStanding, StaffUser, recovery_code_hash,
    seal_authenticator,
};
use portal_core::text::PersonName;
use portal_core::time::Timestamp;

use super::DemoError;

/// What every authenticator app of the demo is connected with. The demo answers on this machine only.
const SECRET: &[u8; 20] = b"kestrel demo secret!";
/// How many recovery codes everybody has.
const CODES: u32 = 10;

/// Somebody who can sign in at `/desk`.
pub(super) struct DemoStaff {
    /// The name that customers see.
    pub(super) name: &'static str,
    /// The address to sign in with.
    pub(super) email: &'static str,
    /// What they may do.
    pub(super) permission: Permission,
    /// In the words of the guide.
    pub(super) about: &'static str,
}

/// Everybody who can.
pub(super) const STAFF: [DemoStaff; 2] = [
    DemoStaff {
        name: "Mara Okafor",
        email: "mara.okafor@kestrel.example",
        permission: Permission::Admin,
        about: "administrator: everything under /admin",
    },
    DemoStaff {
        name: "Tim Lindner",
        email: "tim.lindner@kestrel.example",
        permission: Permission::HelpDesk,
        about: "answers tickets, and may do nothing else",
    },
];

/// The secret of the app, as it is typed into one.
pub(super) fn typed_secret() -> String {
    Totp.enrolment(SECRET, "Portal", "demo").typed
}

/// A recovery code; it counts once.
pub(super) fn recovery_code(number: u32) -> String {
    format!("demo-code-2026-{number:04}")
}

/// Gives the agents of the demo who are among the staff their way in.
pub(super) async fn fill(
    tx: &mut dyn Tx,
    vault: &dyn Vault,
    agent: impl Fn(&str) -> Option<AgentId>,
    hash: &str,
    now: Timestamp,
) -> Result<(), DemoError> {
    let task = Task::Demo;
    for it in &STAFF {
        let id = agent(it.name).ok_or(DemoError::Text("agent"))?;
        let user = StaffUser {
            id,
            name: PersonName::fitted(it.name).ok_or(DemoError::Text("agent"))?,
            email: it.email.parse().map_err(|_| DemoError::Text("address"))?,
            permissions: BTreeSet::from([it.permission]),
            inboxes: InboxAccess::All,
            standing: StaffStanding::Active,
            language: None,
            time_zone: None,
            created_at: now,
        };
        tx.staffing().put_staff_user(&task, &user).await?;
        let credential = StaffCredential {
            agent: id,
            password_hash: hash.to_owned(),
            password_set_at: now,
            authenticator: Some(Authenticator {
                sealed: seal_authenticator(vault, SECRET)?,
                since: now,
                last_step: 0,
            }),
        };
        tx.staffing().put_staff_credential(&credential).await?;
        let codes: Result<Vec<[u8; 32]>, _> = (1..=CODES)
            .map(|number| recovery_code_hash(vault, id, &recovery_code(number)))
            .collect();
        tx.staffing().set_recovery_codes(id, &codes?).await?;
    }
    Ok(())
}
