use std::collections::BTreeSet;

use super::credential::StaffCredential;
use super::door::StaffDoorError;
use super::token::{StaffToken, StaffTokenKind};
use super::user::{InboxAccess, Permission, StaffStanding, StaffUser};
use crate::actor::{Actor, Task};
use crate::audit::{AuditActor, AuditEntry, AuditEvent};
use crate::id::{AgentId, AuditId};
use crate::input::Checker;
use crate::membership::{Password, Secret};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError};
use crate::text::{EmailAddress, PersonName};
use crate::time::Timestamp;

/// The link by which the first administrator is made.
#[derive(Clone, Debug)]
pub struct SetUpLink {
    /// Its secret, not kept anywhere else.
    pub secret: Secret,
    /// When it ends unused.
    pub ends_at: Timestamp,
}

/// Making the first administrator.
#[derive(Clone)]
pub struct SetUp {
    /// The secret of the link.
    pub secret: Secret,
    /// The name, as typed.
    pub name: String,
    /// The sign-in address, as typed.
    pub email: String,
    /// The password, as typed.
    pub password: String,
}

impl std::fmt::Debug for SetUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetUp(…)")
    }
}

impl Portal {
    /// Whether there is an administrator, and whether there is a portal.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn has_admin_or_portal(&self) -> Result<(bool, bool), StoreError> {
        let mut tx = self.store.begin(Access::Read).await?;
        tx.staffing().has_admin_or_portal().await
    }

    /// Makes the link for the first administrator, and ends those made before. Nothing if there is an administrator.
    ///
    /// # Errors
    /// If the store or randomness fails.
    pub async fn make_set_up_link(&self) -> Result<Option<SetUpLink>, StaffDoorError> {
        let secret = Secret::from_bytes("setup", &self.secrets.random()?);
        attempt!(
            self,
            &Actor::Anonymous,
            "make_set_up_link",
            self.make_set_up_link_once(&secret)
        )
    }

    async fn make_set_up_link_once(&self, secret: &Secret) -> Result<Option<SetUpLink>, StaffDoorError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        if !tx.staffing().admins().await?.is_empty() {
            return Ok(None);
        }
        let kind = StaffTokenKind::SetUp;
        let token = StaffToken {
            secret: secret.hash(),
            kind,
            agent: None,
            created_at: now,
            ends_at: now.plus(kind.lifetime()),
        };
        tx.staffing().remove_staff_tokens(None).await?;
        tx.staffing().add_staff_token(&token).await?;
        tx.commit().await?;
        Ok(Some(SetUpLink {
            secret: secret.clone(),
            ends_at: token.ends_at,
        }))
    }

    /// Fine if this link still makes the first administrator.
    ///
    /// # Errors
    /// [`StaffDoorError::NotFound`] if it does not.
    pub async fn check_set_up_link(&self, secret: &Secret) -> Result<(), StaffDoorError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Read).await?;
        let token = tx.staffing().staff_token(&secret.hash()).await?;
        let good = token.is_some_and(|it| it.kind == StaffTokenKind::SetUp && now < it.ends_at);
        let (has_admin, _) = tx.staffing().has_admin_or_portal().await?;
        if good && !has_admin {
            Ok(())
        } else {
            Err(StaffDoorError::NotFound)
        }
    }

    /// Makes the first administrator. Of several at once with the same link, one does; a link is not used up by what must
    /// be mended.
    ///
    /// # Errors
    /// See [`StaffDoorError`].
    pub async fn complete_set_up(&self, command: SetUp) -> Result<AgentId, StaffDoorError> {
        self.check_set_up_link(&command.secret).await?;
        let mut checker = Checker::default();
        let name: Option<PersonName> = checker.take("name", command.name.parse());
        let email: Option<EmailAddress> = checker.take("email", command.email.parse());
        let words: Vec<&str> = command.name.split_whitespace().collect();
        let password = Password::chosen(command.password.clone(), email.as_ref(), &words);
        let password = checker.take("password", password);
        checker.done()?;
        let (Some(name), Some(email), Some(password)) = (name, email, password) else {
            return Err(StaffDoorError::Wrong);
        };
        let hash = self.passwords.hash(&password).await?;
        let now = self.clock.now();
        let user = StaffUser {
            id: AgentId::from_uuid(self.ids.next(now)),
            name,
            email,
            permissions: BTreeSet::from([Permission::Admin]),
            inboxes: InboxAccess::All,
            standing: StaffStanding::Active,
            language: None,
            time_zone: None,
            created_at: now,
        };
        let credential = StaffCredential {
            agent: user.id,
            password_hash: hash,
            password_set_at: now,
            authenticator: None,
        };
        attempt!(
            self,
            &Actor::Anonymous,
            "complete_set_up",
            self.complete_set_up_once(&command.secret, &user, &credential)
        )
    }

    async fn complete_set_up_once(
        &self,
        secret: &Secret,
        user: &StaffUser,
        credential: &StaffCredential,
    ) -> Result<AgentId, StaffDoorError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        // This also waits for whoever makes an administrator at this moment.
        if !tx.staffing().admins().await?.is_empty() {
            return Err(StaffDoorError::NotFound);
        }
        let token = tx.staffing().take_staff_token(&secret.hash()).await?;
        token
            .filter(|it| it.kind == StaffTokenKind::SetUp && now < it.ends_at)
            .ok_or(StaffDoorError::NotFound)?;
        tx.staffing().remove_staff_tokens(None).await?;
        tx.staffing().put_staff_user(&Task::Staff(user.id), user).await?;
        tx.staffing().put_staff_credential(credential).await?;
        let entry = AuditEntry::new(
            AuditId::from_uuid(self.ids.next(now)),
            now,
            AuditActor::Staff(user.id),
            AuditEvent::SetUpCompleted,
            user.email.to_string(),
        );
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(user.id)
    }
}
