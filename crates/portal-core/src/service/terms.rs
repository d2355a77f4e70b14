//! What staff do about the promises of inboxes.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::goals::{Goals, ServiceTerms};
use super::hours::{Opening, WorkingHours};
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::InboxId;
use crate::input::{ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, KeptTerms, StoreError};
use crate::settings::Inbox;
use crate::staff::{Permission, StaffActor, StaffError, StaffRefusal, staff_use_case_error};
use crate::ticket::Priority;
use crate::time::{Date, Weekday};

/// An inbox and what it promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxTerms {
    /// The inbox.
    pub inbox: Inbox,
    /// How often its promises were changed; 0 if never.
    pub version: u32,
    /// What it promises.
    pub terms: ServiceTerms,
}

/// What an inbox is to promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveTerms {
    /// Which inbox.
    pub inbox: InboxId,
    /// The version that whoever changes it saw.
    pub seen: u32,
    /// The time zone of the hours.
    pub zone: String,
    /// The hours of each day of the week; around the clock if `None`.
    pub week: Option<BTreeMap<Weekday, Vec<Opening>>>,
    /// Days on which nobody works.
    pub days_off: BTreeSet<Date>,
    /// What is promised, by priority.
    pub goals: BTreeMap<Priority, Goals>,
    /// Whether customers are told.
    pub told: bool,
}

/// Why promises were not changed.
#[derive(Debug, thiserror::Error)]
pub enum TermsError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such inbox.
    #[error("there is no such inbox")]
    NotFound,
    /// Somebody else changed them since they were looked at.
    #[error("somebody else changed this meanwhile")]
    Stale,
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
staff_use_case_error!(TermsError, NotFound);

impl From<StaffRefusal> for TermsError {
    fn from(it: StaffRefusal) -> Self {
        Self::Staff(it.into())
    }
}

impl Portal {
    /// All inboxes, by name, with what they promise.
    ///
    /// # Errors
    /// Refuses who may not.
    pub async fn list_service_terms(&self, actor: &StaffActor) -> Result<Vec<InboxTerms>, StaffError> {
        attempt!(self, &Actor::Anonymous, "list_service_terms", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            let inboxes = tx.directory().all_inboxes(&staff.task()).await?;
            let ids: Vec<InboxId> = inboxes.iter().map(|it| it.id).collect();
            let kept = tx.service().service_terms(&ids).await?;
            let mut kept: BTreeMap<InboxId, KeptTerms> = kept.into_iter().map(|it| (it.inbox, it)).collect();
            let terms = inboxes.into_iter().map(|inbox| {
                let (version, terms) = kept
                    .remove(&inbox.id)
                    .map_or_else(Default::default, |it| (it.version, it.terms));
                InboxTerms { inbox, version, terms }
            });
            Ok::<_, StaffError>(terms.collect())
        })
    }

    /// Changes what an inbox promises. It holds at once, for the tickets that are there, too.
    ///
    /// # Errors
    /// See [`TermsError`].
    pub async fn save_service_terms(&self, actor: &StaffActor, command: &SaveTerms) -> Result<(), TermsError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "save_service_terms",
            self.save_service_terms_once(actor, command)
        )
    }

    async fn save_service_terms_once(&self, actor: &StaffActor, command: &SaveTerms) -> Result<(), TermsError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        staff.writes()?;
        let inbox = tx.directory().inbox(command.inbox).await?.ok_or(TermsError::NotFound)?;
        let hours = match &command.week {
            None => None,
            Some(_) if !self.zones.knows(&command.zone) => {
                return Err(Problems::one("zone", ProblemKind::TimeZone).into());
            }
            Some(week) => Some(WorkingHours::new(
                &command.zone,
                week.clone(),
                command.days_off.clone(),
            )?),
        };
        let terms = ServiceTerms::new(hours, command.goals.clone(), command.told)?;
        let version = command.seen.checked_add(1).ok_or(TermsError::Stale)?;
        let kept = KeptTerms {
            inbox: inbox.id,
            version,
            terms,
        };
        if !tx.service().put_service_terms(&staff.task(), &kept).await? {
            return Err(TermsError::Stale);
        }
        let mut entry = self.audit_entry(&staff, AuditEvent::ServiceTermsChanged, inbox.name.as_str());
        for priority in Priority::ALL {
            let goals = kept.terms.goals(priority);
            if !goals.is_empty() {
                let told = [goals.first_reply, goals.next_reply, goals.close].map(|it| match it {
                    Some(it) => hours_of(it),
                    None => "-".to_owned(),
                });
                entry = entry.with(priority.name(), told.join(" / "));
            }
        }
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// A span of time as hours and minutes, like `4:30`.
fn hours_of(it: Duration) -> String {
    let minutes = it.as_secs() / 60;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}
