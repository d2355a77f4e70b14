use super::token::StaffTokenKind;
use super::user::{StaffStanding, StaffUser};
use crate::id::AgentId;
use crate::mail::{Content, Letter, PrepareError, Prepared, StaffNotice};
use crate::membership::Secret;
use crate::portal::Portal;
use crate::ports::Tx;
use crate::text::Locale;
use crate::time::Timestamp;

impl Portal {
    /// Writes the mail that invites somebody of the staff: mints the secret of its link, and stores its hash.
    pub(crate) async fn prepare_staff_invitation(
        &self,
        tx: &mut dyn Tx,
        agent: AgentId,
    ) -> Result<Prepared, PrepareError> {
        let Some(user) = active(tx, agent).await? else {
            return Ok(Prepared::Drop("the staff user is gone or disabled"));
        };
        if tx.staffing().staff_credential(agent).await?.is_some() {
            return Ok(Prepared::Drop("the staff user has a password already"));
        }
        let secret = Secret::from_bytes("invite", &self.secrets.random()?);
        let token = self
            .replace_link(tx, &user, StaffTokenKind::Invitation, &secret)
            .await?;
        let link = self.origins()?.staff().to("desk/join").asking("token", secret.expose());
        self.staff_letter(
            &user,
            Content::StaffInvitation {
                link,
                expires: token.ends_at,
                invited_by: None,
            },
        )
    }

    /// Writes the mail with the link by which somebody of the staff chooses a new password.
    pub(crate) async fn prepare_staff_reset(&self, tx: &mut dyn Tx, agent: AgentId) -> Result<Prepared, PrepareError> {
        let Some(user) = active(tx, agent).await? else {
            return Ok(Prepared::Drop("the staff user is gone or disabled"));
        };
        let secret = Secret::from_bytes("reset", &self.secrets.random()?);
        let token = self.replace_link(tx, &user, StaffTokenKind::Reset, &secret).await?;
        let link = self.origins()?.staff().to("desk/join").asking("token", secret.expose());
        let expires = token.ends_at;
        self.staff_letter(&user, Content::StaffReset { link, expires })
    }

    /// Writes the mail that tells somebody of the staff what happened to their account.
    pub(crate) async fn prepare_staff_notice(
        &self,
        tx: &mut dyn Tx,
        agent: AgentId,
        what: StaffNotice,
        at: Timestamp,
    ) -> Result<Prepared, PrepareError> {
        let Some(user) = active(tx, agent).await? else {
            return Ok(Prepared::Drop("the staff user is gone or disabled"));
        };
        let link = self.origins()?.staff().to("desk/account");
        self.staff_letter(&user, Content::StaffNotice { what, at, link })
    }

    pub(crate) fn staff_letter(&self, user: &StaffUser, content: Content) -> Result<Prepared, PrepareError> {
        Ok(Prepared::Send(Box::new(Letter {
            head: self.staff_letterhead()?,
            to: user.email.clone(),
            to_name: Some(user.name.to_string()),
            language: user.language.clone().unwrap_or_else(Locale::english),
            content,
            test: false,
        })))
    }
}

async fn active(tx: &mut dyn Tx, agent: AgentId) -> Result<Option<StaffUser>, PrepareError> {
    let user = tx.staffing().staff_user(agent).await?;
    Ok(user.filter(|it| it.standing == StaffStanding::Active))
}
