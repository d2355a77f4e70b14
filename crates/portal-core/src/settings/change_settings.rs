use super::apply::{ApplyError, apply};
use super::{
    AccessSettings, Address, Cause, ConsentNotice, CustomerPortal, General, PrivateContent, Section, SettingsAuthor,
    SettingsOwner, SettingsValue, SettingsVersion, TicketSettings,
};
use crate::actor::{Actor, Task};
use crate::audit::{AuditEntry, AuditEvent};
use crate::id::{AuditId, DomainId, PortalId};
use crate::input::Problems;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::staff::{Permission, Staff, StaffActor, StaffError, StaffRefusal, staff_use_case_error};

/// Changes the settings of a section as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeSettings {
    /// Whose.
    pub owner: SettingsOwner,
    /// What they are to say.
    pub value: SettingsValue,
    /// The version that was shown to whoever changes it; 0 if there was none.
    pub seen_version: u32,
}

/// Goes back to what an older version said, which makes a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RollBackSettings {
    /// Whose.
    pub owner: SettingsOwner,
    /// Which section.
    pub section: Section,
    /// The version to go back to.
    pub to: u32,
    /// The version that was shown as the current one.
    pub seen_version: u32,
}

/// Why settings were not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeSettingsError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such portal, domain or version.
    #[error("there are no such settings")]
    NotFound,
    /// Something must be mended first.
    #[error("{0}")]
    Problems(Problems),
    /// Somebody changed them meanwhile.
    #[error("somebody changed these settings meanwhile")]
    Conflict {
        /// What they say now.
        theirs: Box<SettingsVersion>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
staff_use_case_error!(ChangeSettingsError, NotFound);

impl From<StaffRefusal> for ChangeSettingsError {
    fn from(it: StaffRefusal) -> Self {
        Self::Staff(it.into())
    }
}

impl From<ApplyError> for ChangeSettingsError {
    fn from(it: ApplyError) -> Self {
        match it {
            ApplyError::Problems(it) => Self::Problems(it),
            ApplyError::Store(it) => Self::Store(it),
        }
    }
}

impl From<Problems> for ChangeSettingsError {
    fn from(it: Problems) -> Self {
        Self::Problems(it)
    }
}

impl Portal {
    /// Changes the settings of a section.
    ///
    /// # Errors
    /// Refuses who may not, what makes no sense, and a change of what somebody else changed meanwhile.
    pub async fn change_settings(
        &self,
        actor: &StaffActor,
        command: &ChangeSettings,
    ) -> Result<SettingsVersion, ChangeSettingsError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "settings.change",
            self.change_settings_once(actor, command)
        )
    }

    async fn change_settings_once(
        &self,
        actor: &StaffActor,
        command: &ChangeSettings,
    ) -> Result<SettingsVersion, ChangeSettingsError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        staff.writes()?;
        let change = Change {
            owner: command.owner,
            value: command.value.clone(),
            seen_version: command.seen_version,
            cause: if staff.is_command_line() {
                Cause::Applied
            } else {
                Cause::Changed
            },
        };
        let made = self.take_settings(&mut *tx, &staff, change).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// Goes back to an older version of a section. What it said is checked again: it may have become impossible.
    ///
    /// # Errors
    /// As [`change_settings`](Self::change_settings), and if there is no such version.
    pub async fn roll_back_settings(
        &self,
        actor: &StaffActor,
        command: &RollBackSettings,
    ) -> Result<SettingsVersion, ChangeSettingsError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "settings.roll_back",
            self.roll_back_settings_once(actor, command)
        )
    }

    async fn roll_back_settings_once(
        &self,
        actor: &StaffActor,
        command: &RollBackSettings,
    ) -> Result<SettingsVersion, ChangeSettingsError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        staff.writes()?;
        let old = tx
            .settings()
            .settings_version(&staff.task(), command.owner, command.section, command.to)
            .await?
            .ok_or(ChangeSettingsError::NotFound)?;
        let value = match old.value {
            // A number of a notice means one text for ever: proofs name it. The old text comes back under a new number.
            SettingsValue::Consent(old) => {
                let current = tx.settings().current_settings(command.owner, Section::Consent).await?;
                let now = match current.map(|it| it.value) {
                    Some(SettingsValue::Consent(now)) => now,
                    _ => ConsentNotice::default(),
                };
                let differs = now.text != old.text;
                SettingsValue::Consent(now.reworded(old.text, differs))
            }
            value => value,
        };
        let change = Change {
            owner: command.owner,
            value,
            seen_version: command.seen_version,
            cause: Cause::RolledBack { to: command.to },
        };
        let made = self.take_settings(&mut *tx, &staff, change).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// The versions of an owner's settings, the newest first.
    ///
    /// # Errors
    /// Refuses who may not.
    pub async fn settings_history(
        &self,
        actor: &StaffActor,
        owner: SettingsOwner,
        section: Option<Section>,
        limit: u32,
    ) -> Result<Vec<SettingsVersion>, StaffError> {
        attempt!(self, &Actor::Anonymous, "settings.history", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            let found = tx
                .settings()
                .settings_history(&staff.task(), owner, section, limit)
                .await?;
            Ok::<_, StaffError>(found)
        })
    }

    /// Makes a version, lets it take effect, and writes down who did it, in a unit of work that is under way.
    pub(super) async fn take_settings(
        &self,
        tx: &mut dyn Tx,
        staff: &Staff,
        change: Change,
    ) -> Result<SettingsVersion, ChangeSettingsError> {
        let now = self.clock.now();
        let task = staff.task();
        let section = change.value.section();
        let (object, was) = match change.owner {
            SettingsOwner::Portal(id) => self.take_for_portal(tx, &task, id, &change).await?,
            SettingsOwner::Domain(id) => self.take_for_domain(tx, &task, id, &change).await?,
        };
        let current = tx.settings().current_settings(change.owner, section).await?;
        let version = current.as_ref().map_or(0, |it| it.version);
        if version != change.seen_version {
            return Err(match current {
                Some(theirs) => ChangeSettingsError::Conflict {
                    theirs: Box::new(theirs),
                },
                None => ChangeSettingsError::NotFound,
            });
        }
        let mut made = SettingsVersion {
            owner: change.owner,
            version: version + 1,
            value: change.value,
            author: author(staff),
            at: now,
            cause: change.cause,
        };
        // What was there before anybody changed it is kept too, so that one can go back to it.
        if let Some(was) = was.filter(|_| version == 0) {
            let first = SettingsVersion {
                version: 1,
                value: was,
                author: SettingsAuthor::System,
                cause: Cause::CommandLine,
                ..made.clone()
            };
            tx.settings().add_settings_version(&task, &first).await?;
            made.version = 2;
        }
        if !tx.settings().add_settings_version(&task, &made).await? {
            // Somebody was faster by a hair: what they wrote is there as soon as this unit of work is over.
            return Err(StoreError::bare(crate::ports::StoreErrorKind::Retry).into());
        }
        let event = match change.cause {
            Cause::RolledBack { .. } => AuditEvent::SettingsRolledBack,
            Cause::Changed | Cause::Wizard | Cause::Applied | Cause::CommandLine => AuditEvent::SettingsChanged,
        };
        let entry = self
            .audit_entry(staff, event, object)
            .with("section", section.name())
            .with("version", made.version.to_string());
        let entry = match change.owner {
            SettingsOwner::Portal(id) => entry.within(id),
            SettingsOwner::Domain(_) => entry,
        };
        tx.audit().record(&entry).await?;
        Ok(made)
    }

    async fn take_for_portal(
        &self,
        tx: &mut dyn Tx,
        task: &Task,
        id: PortalId,
        change: &Change,
    ) -> Result<(String, Option<SettingsValue>), ChangeSettingsError> {
        let mut portal = tx
            .settings()
            .portal_to_change(task, id)
            .await?
            .ok_or(ChangeSettingsError::NotFound)?;
        let was = if portal.set_up.is_draft() {
            None
        } else {
            of_row(tx, &portal, change.value.section()).await?
        };
        apply(tx, task, &mut portal, &change.value).await?;
        portal.revision += 1;
        tx.directory().put_portal(task, &portal).await?;
        Ok((portal.name.to_string(), was))
    }

    async fn take_for_domain(
        &self,
        tx: &mut dyn Tx,
        task: &Task,
        id: DomainId,
        change: &Change,
    ) -> Result<(String, Option<SettingsValue>), ChangeSettingsError> {
        let mut domain = tx
            .settings()
            .domain_to_change(task, id)
            .await?
            .ok_or(ChangeSettingsError::NotFound)?;
        change.value.check()?;
        let SettingsValue::PrivateContent(private) = &change.value else {
            return Err(ChangeSettingsError::NotFound);
        };
        let was = (domain.private != PrivateContent::default())
            .then(|| SettingsValue::PrivateContent(domain.private.clone()));
        domain.private = private.clone();
        tx.settings().put_domain(task, &domain).await?;
        let limits = domain.private.limits;
        on_each_portal(tx, task, &domain.host, |it| it.sessions = limits).await?;
        Ok((domain.host.to_string(), was))
    }

    /// An entry of the audit about something that somebody of the staff does now.
    pub(crate) fn audit_entry(&self, staff: &Staff, event: AuditEvent, object: impl Into<String>) -> AuditEntry {
        let now = self.clock.now();
        let id = AuditId::from_uuid(self.ids.next(now));
        AuditEntry::new(id, now, staff.auditor(), event, object)
    }
}

fn author(staff: &Staff) -> SettingsAuthor {
    if staff.is_command_line() {
        SettingsAuthor::CommandLine
    } else {
        SettingsAuthor::Staff(staff.id())
    }
}

/// A change that is about to be made.
pub(super) struct Change {
    pub(super) owner: SettingsOwner,
    pub(super) value: SettingsValue,
    pub(super) seen_version: u32,
    pub(super) cause: Cause,
}

/// Changes every portal of a host, and raises its revision.
pub(super) async fn on_each_portal(
    tx: &mut dyn Tx,
    task: &Task,
    host: &super::Host,
    change: impl Fn(&mut CustomerPortal),
) -> Result<(), StoreError> {
    for portal in tx.directory().all_portals(task).await? {
        if portal.host != *host {
            continue;
        }
        if let Some(mut portal) = tx.settings().portal_to_change(task, portal.id).await? {
            change(&mut portal);
            portal.revision += 1;
            tx.directory().put_portal(task, &portal).await?;
        }
    }
    Ok(())
}

/// What a portal's row says of a section, if it says anything.
async fn of_row(
    tx: &mut dyn Tx,
    portal: &CustomerPortal,
    section: Section,
) -> Result<Option<SettingsValue>, StoreError> {
    Ok(match section {
        Section::General => Some(SettingsValue::General(General::of(portal))),
        Section::Address => tx.settings().domain_of(&portal.host).await?.map(|domain| {
            SettingsValue::Address(Address {
                domain: domain.id,
                slug: portal.slug.clone(),
            })
        }),
        Section::Tickets => Some(SettingsValue::Tickets(TicketSettings::of(portal))),
        Section::Access => Some(SettingsValue::Access(AccessSettings::of(portal))),
        Section::Customers => Some(SettingsValue::Customers(portal.may)),
        Section::Display
        | Section::Form
        | Section::Consent
        | Section::Branding
        | Section::Links
        | Section::MailTexts
        | Section::PrivateContent => None,
    })
}
