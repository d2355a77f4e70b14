use std::collections::BTreeSet;

use super::StaffCredential;
use super::links::{StaffLinkError, checked_password};
use super::sign_in::HalfSignedIn;
use super::token::{StaffToken, StaffTokenKind};
use super::user::{InboxAccess, Permission, StaffStanding, StaffUser};
use crate::actor::{Actor, Task};
use crate::audit::{AuditActor, AuditEvent};
use crate::id::AgentId;
use crate::input::Checker;
use crate::membership::Secret;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError};

/// The first administrator, as typed.
#[derive(Clone, Debug)]
pub struct SetUp {
    /// The name that customers see under answers.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// The password.
    pub password: String,
    /// The password again.
    pub again: String,
    /// What kind of browser it is, for the list of sessions.
    pub device: String,
}

impl Portal {
    /// Whether this installation still waits for its first administrator and has no portal either: then it shows nothing
    /// but the set-up.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn is_untouched(&self) -> Result<bool, StoreError> {
        let mut tx = self.store.begin(Access::Read).await?;
        let (admin, portal) = tx.staffing().has_admin_or_portal().await?;
        Ok(!admin && !portal)
    }

    /// Makes the secret of a set-up link, good once and for an hour; `None` if there is an administrator.
    ///
    /// Several servers that start at once each have their own; the first that is used ends them all.
    ///
    /// # Errors
    /// If there is no randomness or the store fails.
    pub async fn begin_set_up(&self) -> Result<Option<Secret>, StaffLinkError> {
        let secret = Secret::from_bytes("setup", &self.secrets.random()?);
        attempt!(self, &Actor::Anonymous, "begin_set_up", self.begin_set_up_once(&secret))
    }

    async fn begin_set_up_once(&self, secret: &Secret) -> Result<Option<Secret>, StaffLinkError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        if !tx.staffing().admins().await?.is_empty() {
            return Ok(None);
        }
        let token = StaffToken {
            secret: secret.hash(),
            kind: StaffTokenKind::SetUp,
            agent: None,
            created_at: now,
            ends_at: now.plus(StaffTokenKind::SetUp.lifetime()),
        };
        tx.staffing().add_staff_token(&token).await?;
        tx.commit().await?;
        Ok(Some(secret.clone()))
    }

    /// Whether a set-up link is good. After the set-up, and for everything else, there is no such link.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn view_set_up(&self, secret: &Secret) -> Result<(), StaffLinkError> {
        let mut tx = self.store.begin(Access::Read).await?;
        let token = tx.staffing().staff_token(&secret.hash()).await?;
        let good = token.is_some_and(|it| it.kind == StaffTokenKind::SetUp && self.clock.now() < it.ends_at);
        if good { Ok(()) } else { Err(StaffLinkError::NotFound) }
    }

    /// Makes the first administrator, who goes on with connecting an authenticator app. Of several at the same time one
    /// wins; for all others the link is not there any more.
    ///
    /// # Errors
    /// See [`StaffLinkError`].
    pub async fn complete_set_up(&self, link: &Secret, command: SetUp) -> Result<HalfSignedIn, StaffLinkError> {
        self.view_set_up(link).await?;
        let mut checker = Checker::default();
        let name = checker.take("name", command.name.parse());
        let email = checker.take("email", command.email.parse());
        let password = checked_password(
            &mut checker,
            &command.password,
            &command.again,
            email.as_ref(),
            &command.name,
        );
        checker.done()?;
        let (Some(name), Some(email), Some(password)) = (name, email, password) else {
            return Err(StaffLinkError::NotFound);
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
        let secret = Secret::from_bytes("half", &self.secrets.random()?);
        let enrolling = self.fresh_authenticator()?;
        attempt!(
            self,
            &Actor::Anonymous,
            "complete_set_up",
            self.complete_set_up_once(link, &user, &hash, &secret, &enrolling, &command.device)
        )
    }

    async fn complete_set_up_once(
        &self,
        link: &Secret,
        user: &StaffUser,
        hash: &str,
        secret: &Secret,
        enrolling: &[u8],
        device: &str,
    ) -> Result<HalfSignedIn, StaffLinkError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let first = tx.staffing().admins().await?.is_empty();
        let token = tx.staffing().take_staff_token(&link.hash()).await?;
        let good = token.is_some_and(|it| it.kind == StaffTokenKind::SetUp && now < it.ends_at);
        if !first || !good {
            return Err(StaffLinkError::NotFound);
        }
        tx.staffing().put_staff_user(&Task::Maintenance, user).await?;
        let credential = StaffCredential {
            agent: user.id,
            password_hash: hash.to_owned(),
            password_set_at: now,
            authenticator: None,
        };
        tx.staffing().put_staff_credential(&credential).await?;
        tx.staffing().remove_staff_tokens(None).await?;
        let enrolling = Some(enrolling.to_vec());
        self.add_half_session(&mut *tx, user.id, device, secret, enrolling)
            .await?;
        let entry = self.staff_entry(AuditActor::Staff(user.id), AuditEvent::SetUpCompleted, user);
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(HalfSignedIn {
            agent: user.id,
            secret: secret.clone(),
            must_enrol: true,
        })
    }
}
