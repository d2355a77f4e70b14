//! What staff see and do in the outbox.

use crate::actor::Actor;
use crate::audit::{AuditActor, AuditEntry, AuditEvent};
use crate::id::{AuditId, IntentId, PortalId};
use crate::mail::{EditableMail, Intent, Mail, MailState, MailTally, QueuedMail};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError};
use crate::staff::{Permission, StaffActor, StaffError, staff_use_case_error};
use crate::text::EmailAddress;

/// What of the outbox is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ViewOutbox {
    /// Mails in this state.
    pub state: MailState,
    /// Older than this one; from the newest on if `None`.
    pub older_than: Option<IntentId>,
}

/// A page of the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxPage {
    /// The mails, the newest first.
    pub mails: Vec<QueuedMail>,
    /// Whether there are older ones.
    pub has_older: bool,
    /// How many wait, and how many were given up.
    pub tally: MailTally,
}

/// A test mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendTestMail {
    /// In the name of this portal; of the installation if `None`.
    pub portal: Option<PortalId>,
    /// With the text of this mail; the plain test mail if `None`.
    pub of: Option<EditableMail>,
    /// To whom.
    pub to: EmailAddress,
}

/// Why the outbox was not shown or changed.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such mail, or it is past that.
    #[error("this mail is not there any more, or was sent meanwhile")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(OutboxError, NotFound);

impl Portal {
    /// How many mails a page has.
    const OUTBOX_PAGE: usize = 50;

    /// Shows mails in a state.
    ///
    /// # Errors
    /// If they may not, or the store fails.
    pub async fn view_outbox(&self, actor: &StaffActor, query: ViewOutbox) -> Result<OutboxPage, OutboxError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "mail.view_outbox",
            self.view_outbox_once(actor, query)
        )
    }

    async fn view_outbox_once(&self, actor: &StaffActor, query: ViewOutbox) -> Result<OutboxPage, OutboxError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        let limit = u32::try_from(Self::OUTBOX_PAGE + 1).unwrap_or(u32::MAX);
        let outbox = tx.outbox();
        let mut mails = outbox
            .queued(&staff.task(), query.state, query.older_than, limit)
            .await?;
        let tally = outbox.tally(&staff.task()).await?;
        let has_older = mails.len() > Self::OUTBOX_PAGE;
        mails.truncate(Self::OUTBOX_PAGE);
        Ok(OutboxPage {
            mails,
            has_older,
            tally,
        })
    }

    /// Sends a mail again that was given up.
    ///
    /// # Errors
    /// If they may not, it was not given up, or the same mail waits already.
    pub async fn send_mail_again(&self, actor: &StaffActor, mail: IntentId) -> Result<(), OutboxError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "mail.send_again",
            self.send_again_once(actor, mail)
        )
    }

    async fn send_again_once(&self, actor: &StaffActor, mail: IntentId) -> Result<(), OutboxError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        staff.writes().map_err(StaffError::from)?;
        let found = tx
            .outbox()
            .queued_mail(&staff.task(), mail)
            .await?
            .ok_or(OutboxError::NotFound)?;
        if !tx.outbox().revive(&staff.task(), mail, self.clock.now()).await? {
            return Err(OutboxError::NotFound);
        }
        let by = staff.auditor();
        let entry = self.mail_entry(by, AuditEvent::MailSentAgain, &found.mail, found.to.as_ref());
        tx.audit().record(&entry).await?;
        Ok(tx.commit().await?)
    }

    /// Discards a mail that waits or was given up.
    ///
    /// # Errors
    /// If they may not, or it is past that.
    pub async fn discard_mail(&self, actor: &StaffActor, mail: IntentId) -> Result<(), OutboxError> {
        attempt!(self, &Actor::Anonymous, "mail.discard", self.discard_once(actor, mail))
    }

    async fn discard_once(&self, actor: &StaffActor, mail: IntentId) -> Result<(), OutboxError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        staff.writes().map_err(StaffError::from)?;
        let found = tx
            .outbox()
            .queued_mail(&staff.task(), mail)
            .await?
            .ok_or(OutboxError::NotFound)?;
        if !tx.outbox().discard(&staff.task(), mail, self.clock.now()).await? {
            return Err(OutboxError::NotFound);
        }
        let by = staff.auditor();
        let entry = self.mail_entry(by, AuditEvent::MailDiscarded, &found.mail, found.to.as_ref());
        tx.audit().record(&entry).await?;
        Ok(tx.commit().await?)
    }

    /// Queues a test mail.
    ///
    /// # Errors
    /// If they may not, or the portal is not there.
    pub async fn send_test_mail(&self, actor: &StaffActor, command: SendTestMail) -> Result<IntentId, OutboxError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "mail.send_test",
            self.send_test_once(actor, &command)
        )
    }

    async fn send_test_once(&self, actor: &StaffActor, command: &SendTestMail) -> Result<IntentId, OutboxError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        staff.writes().map_err(StaffError::from)?;
        if let Some(portal) = command.portal {
            tx.directory().portal(portal).await?.ok_or(OutboxError::NotFound)?;
        }
        let mail = Mail::Test {
            portal: command.portal,
            of: command.of,
            to: command.to.clone(),
            asked_by: Some(staff.id()),
        };
        let entry = self.mail_entry(staff.auditor(), AuditEvent::MailTested, &mail, Some(&command.to));
        let intent = Intent::now(IntentId::from_uuid(self.ids.next(now)), mail, now);
        tx.outbox().push(&intent).await?;
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(intent.id)
    }

    fn mail_entry(&self, by: AuditActor, event: AuditEvent, mail: &Mail, to: Option<&EmailAddress>) -> AuditEntry {
        let now = self.clock.now();
        let id = AuditId::from_uuid(self.ids.next(now));
        let entry = AuditEntry::new(id, now, by, event, mail.name());
        match to {
            Some(to) => entry.with("to", to.as_str()),
            None => entry,
        }
    }
}
