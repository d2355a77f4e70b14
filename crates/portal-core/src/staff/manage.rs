use std::collections::BTreeSet;

use super::authorise::{Staff, StaffActor, StaffError, StaffRefusal};
use super::token::StaffTokenKind;
use super::user::{InboxAccess, Permission, StaffStanding, StaffUser};
use crate::actor::{Actor, Task};
use crate::audit::{AuditActor, AuditEvent, AuditQuery};
use crate::id::{AgentId, IntentId};
use crate::input::{Checker, ProblemKind, Problems};
use crate::mail::{Intent, Mail, StaffNotice};
use crate::membership::Secret;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, PasswordsError, StoreError, StoreErrorKind, Tx};
use crate::settings::Inbox;
use crate::text::{EmailAddress, PersonName};
use crate::time::Timestamp;

/// A staff user as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffDraft {
    /// The name that customers see under answers.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// What they may do.
    pub permissions: BTreeSet<Permission>,
    /// Which inboxes they work with.
    pub inboxes: InboxAccess,
}

/// A line of the list of staff users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffEntry {
    /// The staff user.
    pub user: StaffUser,
    /// Whether they chose a password; until then they are invited.
    pub accepted: bool,
    /// Whether an authenticator app is connected.
    pub enrolled: bool,
    /// When they used a page last, as far as is known: in a living session, or else when they signed in last.
    pub last_seen: Option<Timestamp>,
    /// Until when the invitation on its way can be accepted; `None` if there is none, or its mail has not left yet.
    pub invited_until: Option<Timestamp>,
}

/// Why a staff user was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ManageStaffError {
    /// Whoever asks may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such staff user.
    #[error("there is no such staff user")]
    NotFound,
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// There would be no administrator any more.
    #[error("this is the last administrator; make another one first")]
    LastAdmin,
    /// No randomness.
    #[error(transparent)]
    Secrets(#[from] PasswordsError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

super::staff_use_case_error!(ManageStaffError, NotFound);

impl From<StaffRefusal> for ManageStaffError {
    fn from(it: StaffRefusal) -> Self {
        Self::Staff(it.into())
    }
}

struct Checked {
    name: PersonName,
    email: EmailAddress,
}

fn checked(draft: &StaffDraft) -> Result<Checked, Problems> {
    let mut checker = Checker::default();
    let name = checker.take("name", draft.name.parse());
    let email = checker.take("email", draft.email.parse());
    checker.done()?;
    match (name, email) {
        (Some(name), Some(email)) => Ok(Checked { name, email }),
        _ => Err(Problems::one("name", ProblemKind::NotOffered)),
    }
}

/// The permissions as one text, for the audit.
fn listed(permissions: &BTreeSet<Permission>) -> String {
    let names: Vec<&str> = permissions.iter().map(|it| it.name()).collect();
    names.join(", ")
}

/// The inboxes as one text, for the audit.
fn counted(inboxes: &InboxAccess) -> String {
    match inboxes {
        InboxAccess::All => "all".to_owned(),
        InboxAccess::Only(ids) => ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}

impl Portal {
    /// All staff users, by name.
    ///
    /// # Errors
    /// Refuses who may not.
    pub async fn list_staff(&self, actor: &StaffActor) -> Result<Vec<StaffEntry>, ManageStaffError> {
        attempt!(self, &Actor::Anonymous, "staff.list", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let staff = self.staff(&mut *tx, actor, Permission::Admin).await?;
            let mut entries = Vec::new();
            for user in tx.staffing().staff_users(&staff.task()).await? {
                entries.push(self.entry_of(&mut *tx, user).await?);
            }
            Ok::<_, ManageStaffError>(entries)
        })
    }

    /// One staff user.
    ///
    /// # Errors
    /// Refuses who may not.
    pub async fn view_staff(&self, actor: &StaffActor, agent: AgentId) -> Result<StaffEntry, ManageStaffError> {
        attempt!(self, &Actor::Anonymous, "staff.view", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            self.staff(&mut *tx, actor, Permission::Admin).await?;
            let user = tx.staffing().staff_user(agent).await?;
            let user = user.ok_or(ManageStaffError::NotFound)?;
            Ok::<_, ManageStaffError>(self.entry_of(&mut *tx, user).await?)
        })
    }

    /// The inboxes that staff users can be given, by name.
    ///
    /// # Errors
    /// Refuses who may not.
    pub async fn staff_inboxes(&self, actor: &StaffActor) -> Result<Vec<Inbox>, ManageStaffError> {
        attempt!(self, &Actor::Anonymous, "staff.inboxes", async {
            let mut tx = self.store.begin(Access::Read).await?;
            let staff = self.staff(&mut *tx, actor, Permission::Admin).await?;
            Ok::<_, ManageStaffError>(tx.directory().all_inboxes(&staff.task()).await?)
        })
    }

    async fn entry_of(&self, tx: &mut dyn Tx, user: StaffUser) -> Result<StaffEntry, StoreError> {
        let now = self.clock.now();
        let credential = tx.staffing().staff_credential(user.id).await?;
        let sessions = tx.staffing().staff_sessions(user.id, now).await?;
        let query = AuditQuery {
            actor: Some(AuditActor::Staff(user.id)),
            event: Some(AuditEvent::StaffSignedIn),
            ..AuditQuery::default()
        };
        let signed_in = tx.audit().audit_page(&Task::Staff(user.id), &query, 1).await?;
        let seen = sessions.iter().map(|it| it.seen_at);
        let invitation = match &credential {
            None => {
                tx.staffing()
                    .staff_token_of(user.id, StaffTokenKind::Invitation)
                    .await?
            }
            Some(_) => None,
        };
        Ok(StaffEntry {
            accepted: credential.is_some(),
            enrolled: credential.is_some_and(|it| it.authenticator.is_some()),
            last_seen: seen.chain(signed_in.iter().map(|it| it.at)).max(),
            invited_until: invitation.map(|it| it.ends_at).filter(|it| now < *it),
            user,
        })
    }

    /// Adds a staff user, who is invited by mail.
    ///
    /// # Errors
    /// See [`ManageStaffError`].
    pub async fn invite_staff(&self, actor: &StaffActor, draft: &StaffDraft) -> Result<AgentId, ManageStaffError> {
        let id = AgentId::from_uuid(self.ids.next(self.clock.now()));
        attempt!(self, &Actor::Anonymous, "staff.invite", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let staff = self.staff(&mut *tx, actor, Permission::Admin).await?;
            staff.dangerous()?;
            let by = AuditActor::Staff(staff.id());
            self.add_staff_user(&mut *tx, id, draft, by, &staff.task()).await?;
            self.push_staff_mail(&mut *tx, Mail::StaffInvitation { agent: id })
                .await?;
            tx.commit().await?;
            Ok::<_, ManageStaffError>(id)
        })
    }

    async fn add_staff_user(
        &self,
        tx: &mut dyn Tx,
        id: AgentId,
        draft: &StaffDraft,
        by: AuditActor,
        task: &Task,
    ) -> Result<StaffUser, ManageStaffError> {
        let Checked { name, email } = checked(draft)?;
        let user = StaffUser {
            id,
            name,
            email,
            permissions: draft.permissions.clone(),
            inboxes: draft.inboxes.clone(),
            standing: StaffStanding::Active,
            language: None,
            time_zone: None,
            created_at: self.clock.now(),
        };
        put(tx, task, &user).await?;
        let entry = self
            .staff_entry(by, AuditEvent::StaffAdded, &user)
            .with("permissions", listed(&user.permissions));
        tx.audit().record(&entry).await?;
        Ok(user)
    }

    /// Changes name, address, permissions and inboxes of a staff user. The last administrator stays one.
    ///
    /// # Errors
    /// See [`ManageStaffError`].
    pub async fn change_staff(
        &self,
        actor: &StaffActor,
        agent: AgentId,
        draft: &StaffDraft,
    ) -> Result<(), ManageStaffError> {
        attempt!(self, &Actor::Anonymous, "staff.change", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let staff = self.staff(&mut *tx, actor, Permission::Admin).await?;
            staff.dangerous()?;
            let Checked { name, email } = checked(draft)?;
            let user = self.locked_staff(&mut *tx, agent).await?;
            let after = StaffUser {
                name,
                email,
                permissions: draft.permissions.clone(),
                inboxes: draft.inboxes.clone(),
                ..user.clone()
            };
            self.keep_an_admin(&mut *tx, &after).await?;
            put(&mut *tx, &staff.task(), &after).await?;
            if after.email != user.email {
                // Links on the way to the old address are worth nothing any more.
                tx.staffing().remove_staff_tokens(Some(agent)).await?;
            }
            let mut entry = self.staff_entry(AuditActor::Staff(staff.id()), AuditEvent::StaffChanged, &after);
            for (name, before, now) in [
                ("name", user.name.to_string(), after.name.to_string()),
                ("email", user.email.to_string(), after.email.to_string()),
                ("permissions", listed(&user.permissions), listed(&after.permissions)),
                ("inboxes", counted(&user.inboxes), counted(&after.inboxes)),
            ] {
                if before != now {
                    entry = entry.with(format!("{name} before"), before).with(name, now);
                }
            }
            tx.audit().record(&entry).await?;
            tx.commit().await?;
            Ok::<_, ManageStaffError>(())
        })
    }

    /// Takes a staff user's right to sign in, or gives it back. Disabling ends all their sessions and links.
    ///
    /// # Errors
    /// See [`ManageStaffError`].
    pub async fn set_staff_standing(
        &self,
        actor: &StaffActor,
        agent: AgentId,
        standing: StaffStanding,
    ) -> Result<(), ManageStaffError> {
        attempt!(self, &Actor::Anonymous, "staff.standing", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let staff = self.staff(&mut *tx, actor, Permission::Admin).await?;
            staff.dangerous()?;
            let user = self.locked_staff(&mut *tx, agent).await?;
            let after = StaffUser { standing, ..user };
            self.keep_an_admin(&mut *tx, &after).await?;
            put(&mut *tx, &staff.task(), &after).await?;
            let event = match standing {
                StaffStanding::Active => AuditEvent::StaffEnabled,
                StaffStanding::Disabled => {
                    tx.staffing().end_staff_sessions(agent, None).await?;
                    tx.staffing().remove_staff_tokens(Some(agent)).await?;
                    AuditEvent::StaffDisabled
                }
            };
            let entry = self.staff_entry(AuditActor::Staff(staff.id()), event, &after);
            tx.audit().record(&entry).await?;
            tx.commit().await?;
            Ok::<_, ManageStaffError>(())
        })
    }

    /// Mails a staff user a link: the invitation again, or one to choose a new password.
    ///
    /// # Errors
    /// See [`ManageStaffError`].
    pub async fn mail_staff_link(&self, actor: &StaffActor, agent: AgentId) -> Result<(), ManageStaffError> {
        attempt!(self, &Actor::Anonymous, "staff.mail_link", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let staff: Staff = self.staff(&mut *tx, actor, Permission::Admin).await?;
            staff.dangerous()?;
            let user = tx.staffing().staff_user(agent).await?;
            let user = user.filter(|it| it.standing == StaffStanding::Active);
            let user = user.ok_or(ManageStaffError::NotFound)?;
            let accepted = tx.staffing().staff_credential(agent).await?.is_some();
            let (mail, event) = if accepted {
                (Mail::StaffReset { agent }, AuditEvent::StaffResetMade)
            } else {
                (Mail::StaffInvitation { agent }, AuditEvent::StaffInvited)
            };
            self.push_staff_mail(&mut *tx, mail).await?;
            let entry = self.staff_entry(AuditActor::Staff(staff.id()), event, &user);
            tx.audit().record(&entry).await?;
            tx.commit().await?;
            Ok::<_, ManageStaffError>(())
        })
    }

    /// Disconnects the authenticator app of somebody who lost it. Their sessions and recovery codes end; the next sign-in,
    /// with the password, begins with connecting another one.
    ///
    /// # Errors
    /// See [`ManageStaffError`].
    pub async fn disconnect_authenticator(&self, actor: &StaffActor, agent: AgentId) -> Result<(), ManageStaffError> {
        attempt!(self, &Actor::Anonymous, "staff.disconnect_authenticator", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let staff = self.staff(&mut *tx, actor, Permission::Admin).await?;
            staff.dangerous()?;
            let user = self.locked_staff(&mut *tx, agent).await?;
            let credential = tx.staffing().staff_credential(agent).await?;
            let mut credential = credential
                .filter(|it| it.authenticator.is_some())
                .ok_or(ManageStaffError::NotFound)?;
            credential.authenticator = None;
            tx.staffing().put_staff_credential(&credential).await?;
            tx.staffing().set_recovery_codes(agent, &[]).await?;
            tx.staffing().end_staff_sessions(agent, None).await?;
            self.tell_about_account(&mut *tx, agent, StaffNotice::FactorRemoved)
                .await?;
            let event = AuditEvent::StaffAuthenticatorRemoved;
            let entry = self.staff_entry(AuditActor::Staff(staff.id()), event, &user);
            tx.audit().record(&entry).await?;
            tx.commit().await?;
            Ok::<_, ManageStaffError>(())
        })
    }

    async fn push_staff_mail(&self, tx: &mut dyn Tx, mail: Mail) -> Result<(), StoreError> {
        let now = self.clock.now();
        let id = IntentId::from_uuid(self.ids.next(now));
        tx.outbox().push(&Intent::now(id, mail, now)).await.map(|_| ())
    }

    /// The staff user, after waiting for everybody else who changes staff users.
    async fn locked_staff(&self, tx: &mut dyn Tx, agent: AgentId) -> Result<StaffUser, ManageStaffError> {
        tx.staffing().admins().await?;
        let user = tx.staffing().staff_user(agent).await?;
        user.ok_or(ManageStaffError::NotFound)
    }

    /// Fine if somebody can administer the installation after this change.
    async fn keep_an_admin(&self, tx: &mut dyn Tx, after: &StaffUser) -> Result<(), ManageStaffError> {
        let others = tx.staffing().admins().await?.into_iter().any(|it| it != after.id);
        if others || after.is_admin() {
            Ok(())
        } else {
            Err(ManageStaffError::LastAdmin)
        }
    }

    /// Makes an administrator from the command line, and the secret of the link by which they choose a password.
    ///
    /// # Errors
    /// See [`ManageStaffError`].
    pub async fn create_admin(&self, draft: &StaffDraft) -> Result<Secret, ManageStaffError> {
        let id = AgentId::from_uuid(self.ids.next(self.clock.now()));
        let secret = Secret::from_bytes("invite", &self.secrets.random()?);
        attempt!(self, &Actor::Anonymous, "staff.create_admin", async {
            let task = Task::CommandLine;
            let mut tx = self.store.begin(Access::Write).await?;
            tx.staffing().admins().await?;
            let user = self
                .add_staff_user(&mut *tx, id, draft, AuditActor::CommandLine, &task)
                .await?;
            self.replace_link(&mut *tx, &user, StaffTokenKind::Invitation, &secret)
                .await?;
            tx.staffing().remove_staff_tokens(None).await?;
            tx.commit().await?;
            Ok::<_, ManageStaffError>(secret.clone())
        })
    }

    /// Makes, from the command line, the secret of a link by which a staff user chooses a new password, and connects
    /// another authenticator app if `both`.
    ///
    /// # Errors
    /// See [`ManageStaffError`].
    pub async fn reset_staff(&self, email: &EmailAddress, both: bool) -> Result<Secret, ManageStaffError> {
        let secret = Secret::from_bytes("reset", &self.secrets.random()?);
        attempt!(self, &Actor::Anonymous, "staff.reset", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let found = tx.staffing().staff_by_address(email).await?;
            let (user, credential) = found.ok_or(ManageStaffError::NotFound)?;
            let kind = match (credential.is_some(), both) {
                (false, _) => StaffTokenKind::Invitation,
                (true, false) => StaffTokenKind::Reset,
                (true, true) => StaffTokenKind::ResetBoth,
            };
            self.replace_link(&mut *tx, &user, kind, &secret).await?;
            let entry = self.staff_entry(AuditActor::CommandLine, AuditEvent::StaffResetMade, &user);
            tx.audit().record(&entry).await?;
            tx.commit().await?;
            Ok::<_, ManageStaffError>(secret.clone())
        })
    }
}

async fn put(tx: &mut dyn Tx, task: &Task, user: &StaffUser) -> Result<(), ManageStaffError> {
    match tx.staffing().put_staff_user(task, user).await {
        Err(err) if err.kind() == StoreErrorKind::Conflict => {
            Err(ManageStaffError::Invalid(Problems::one("email", ProblemKind::Taken)))
        }
        other => Ok(other?),
    }
}
