use std::collections::BTreeSet;

use super::change_settings::{Change, ChangeSettingsError};
use super::{
    Cause, CustomerPortal, Inbox, SessionLimits, SetUp, SetUpStep, SettingsOwner, SettingsValue, SettingsVersion,
};
use crate::access::{AccessRule, CustomersMay, TicketPermission};
use crate::actor::{Actor, Task};
use crate::audit::AuditEvent;
use crate::id::{InboxId, PipelineId, PortalId, StatusId};
use crate::input::{Checker, ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::staff::{Permission, StaffActor};
use crate::text::{Line, Locale, PortalName, Slug, has_invisible};
use crate::ticket::{Pipeline, Stage, Status};

/// Begins to set a portal up: its name is the first of the four steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeginPortal {
    /// Its name, as somebody typed it.
    pub name: String,
    /// The language of the domain of the base URL, if that is not connected yet.
    pub language: Locale,
    /// The time zone where the reader's is not known.
    pub time_zone: String,
}

/// Leaves a step of the set-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveStep {
    /// The draft.
    pub portal: PortalId,
    /// The step.
    pub step: SetUpStep,
    /// What was entered.
    pub value: SettingsValue,
    /// The version that was shown; 0 if there was none.
    pub seen_version: u32,
}

impl Portal {
    /// Makes a draft. What was not asked yet has a safe default: the address of the base URL with a free slug, an inbox that
    /// no portal has, own tickets only, and nobody may enter.
    ///
    /// # Errors
    /// Refuses who may not, and a name that is none.
    pub async fn begin_portal(
        &self,
        actor: &StaffActor,
        command: &BeginPortal,
    ) -> Result<PortalId, ChangeSettingsError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "portals.begin",
            self.begin_portal_once(actor, command)
        )
    }

    async fn begin_portal_once(
        &self,
        actor: &StaffActor,
        command: &BeginPortal,
    ) -> Result<PortalId, ChangeSettingsError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        staff.writes()?;
        let task = staff.task();
        let mut checker = Checker::default();
        let name = checker.take("name", command.name.parse::<PortalName>());
        if has_invisible(&command.name) {
            checker.note("name", ProblemKind::Invisible);
        }
        checker.done()?;
        let name = name.ok_or_else(|| Problems::one("name", ProblemKind::NotOffered))?;
        let Some(domain) = self.own_domain(&mut *tx, &task, &command.language).await? else {
            return Err(Problems::one("domain", ProblemKind::NotOffered).into());
        };
        let id = PortalId::from_uuid(self.ids.next(self.clock.now()));
        let portal = CustomerPortal {
            id,
            name,
            slug: free_slug(&mut *tx, &task, &domain.host).await?,
            host: domain.host,
            offered: BTreeSet::from([domain.language.clone()]),
            language: domain.language,
            time_zone: command.time_zone.clone(),
            published: false,
            default_inbox: self.free_inbox(&mut *tx, &task).await?,
            permission: TicketPermission::Own,
            access: AccessRule::Groups(BTreeSet::new()),
            may: CustomersMay::default(),
            hidden_pipelines: BTreeSet::new(),
            categories: Vec::new(),
            sessions: SessionLimits::default(),
            revision: 1,
            send_registration_mails: true,
            set_up: SetUp::Draft {
                done: BTreeSet::from([SetUpStep::Name]),
            },
        };
        tx.directory().put_portal(&task, &portal).await?;
        let entry = self
            .audit_entry(&staff, AuditEvent::PortalBegun, portal.name.as_str())
            .within(id);
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Keeps what was entered in a step, and notes that the step was left.
    ///
    /// # Errors
    /// As [`change_settings`](Self::change_settings); a step with the settings of another one is not found.
    pub async fn save_step(
        &self,
        actor: &StaffActor,
        command: &SaveStep,
    ) -> Result<SettingsVersion, ChangeSettingsError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "portals.save_step",
            self.save_step_once(actor, command)
        )
    }

    async fn save_step_once(
        &self,
        actor: &StaffActor,
        command: &SaveStep,
    ) -> Result<SettingsVersion, ChangeSettingsError> {
        let fits = matches!(
            (command.step, &command.value),
            (SetUpStep::Name, SettingsValue::General(_))
                | (SetUpStep::Address, SettingsValue::Address(_))
                | (SetUpStep::Tickets, SettingsValue::Tickets(_))
                | (SetUpStep::Access, SettingsValue::Access(_))
        );
        if !fits {
            return Err(ChangeSettingsError::NotFound);
        }
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        staff.writes()?;
        let change = Change {
            owner: SettingsOwner::Portal(command.portal),
            value: command.value.clone(),
            seen_version: command.seen_version,
            cause: Cause::Wizard,
        };
        let made = self.take_settings(&mut *tx, &staff, change).await?;
        let portal = tx.settings().portal_to_change(&staff.task(), command.portal).await?;
        let mut portal = portal.ok_or(ChangeSettingsError::NotFound)?;
        portal.set_up = portal.set_up.with(command.step);
        tx.directory().put_portal(&staff.task(), &portal).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// An inbox that no portal has; made, with a pipeline if there is none, where all belong to somebody.
    async fn free_inbox(&self, tx: &mut dyn Tx, task: &Task) -> Result<InboxId, ChangeSettingsError> {
        let inboxes = tx.directory().all_inboxes(task).await?;
        let drafts: BTreeSet<InboxId> = tx
            .directory()
            .all_portals(task)
            .await?
            .into_iter()
            .map(|it| it.default_inbox)
            .collect();
        let free = |it: &&Inbox| it.portal.is_none() && it.moving_to.is_none() && !drafts.contains(&it.id);
        if let Some(inbox) = inboxes.iter().find(free) {
            return Ok(inbox.id);
        }
        let pipeline = match tx.directory().all_pipelines(task).await?.into_iter().next() {
            Some(pipeline) => pipeline,
            None => {
                let pipeline = self.usual_pipeline()?;
                tx.directory().put_pipeline(task, &pipeline).await?;
                pipeline
            }
        };
        let name = if inboxes.is_empty() {
            "Help desk".to_owned()
        } else {
            format!("Help desk {}", inboxes.len() + 1)
        };
        let inbox = Inbox {
            id: InboxId::from_uuid(self.ids.next(self.clock.now())),
            name: fixed(&name)?,
            portal: None,
            pipeline: pipeline.id(),
            moving_to: None,
        };
        tx.directory().put_inbox(task, &inbox).await?;
        Ok(inbox.id)
    }

    /// The pipeline of an installation that has none: one status a stage.
    pub(super) fn usual_pipeline(&self) -> Result<Pipeline, ChangeSettingsError> {
        let now = self.clock.now();
        let names = [
            ("New", Stage::Received),
            ("In progress", Stage::InProgress),
            ("Waiting on contact", Stage::WaitingOnContact),
            ("Closed", Stage::Closed),
        ];
        let statuses = names.into_iter().map(|(name, stage)| {
            Ok(Status {
                id: StatusId::from_uuid(self.ids.next(now)),
                name: fixed(name)?,
                stage,
                customer_label: None,
                explanation: None,
            })
        });
        let statuses = statuses.collect::<Result<Vec<_>, ChangeSettingsError>>()?;
        Pipeline::new(PipelineId::from_uuid(self.ids.next(now)), fixed("Support")?, statuses)
            .map_err(|_| Problems::one("pipeline", ProblemKind::NotOffered).into())
    }
}

fn fixed(text: &str) -> Result<Line, ChangeSettingsError> {
    text.parse()
        .map_err(|err: crate::text::LineError| Problems::one("name", err).into())
}

/// `support`, or the first of `support-2`, `support-3` … that nobody has or had on the host.
async fn free_slug(tx: &mut dyn Tx, task: &Task, host: &super::Host) -> Result<Slug, ChangeSettingsError> {
    let taken: BTreeSet<Slug> = tx
        .directory()
        .all_portals(task)
        .await?
        .into_iter()
        .filter(|it| it.host == *host)
        .map(|it| it.slug)
        .collect();
    for number in 1..=taken.len() + 100 {
        let text = if number == 1 {
            "support".to_owned()
        } else {
            format!("support-{number}")
        };
        let Ok(slug) = text.parse::<Slug>() else { continue };
        if !taken.contains(&slug) && formerly(tx, host, &slug).await?.is_none() {
            return Ok(slug);
        }
    }
    Err(Problems::one("slug", ProblemKind::Taken).into())
}

async fn formerly(tx: &mut dyn Tx, host: &super::Host, slug: &Slug) -> Result<Option<PortalId>, StoreError> {
    tx.settings().portal_formerly_at(host, slug).await
}
