//! Pipelines and their statuses, as administrators want them to be.

use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::automation::RunTimersError;
use crate::id::{PipelineId, StatusId};
use crate::input::{Checker, ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::staff::{Permission, Staff, StaffActor, StaffError, StaffRefusal, staff_use_case_error};
use crate::text::{Line, Localized};
use crate::ticket::{Automation, Closing, Pipeline, Stage, Status};

/// Most statuses of a pipeline.
const MOST: usize = 40;
/// Most characters of what customers are shown.
const LABEL: usize = 40;
const EXPLANATION: usize = 300;

/// A pipeline as staff want it to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavePipeline {
    /// Which; a new one, with one status a stage, if `None`.
    pub id: Option<PipelineId>,
    /// Its name for staff. No two have the same.
    pub name: String,
    /// Whether a ticket waits for the customer after an answer, unless the agent says otherwise.
    pub answer_waits: bool,
    /// After how many days of waiting a ticket is closed, and how many days before the customer is reminded.
    pub closing: Option<(u16, u16)>,
}

/// A status as staff want it to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveStatus {
    /// The pipeline.
    pub pipeline: PipelineId,
    /// Which; a new one behind the others if `None`.
    pub id: Option<StatusId>,
    /// Its name for staff.
    pub name: String,
    /// What it means to customers. That of a status that is there stays.
    pub stage: Stage,
    /// What customers are shown instead of the stage's own word.
    pub customer_label: Option<Localized>,
    /// A sentence that explains it to customers.
    pub explanation: Option<Localized>,
}

/// Where a status goes in the order of its pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// One place up.
    Up,
    /// One place down.
    Down,
    /// Before all others of its stage: tickets that come into the stage get this status.
    Entry,
}

/// Why a pipeline was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PipelineChangeError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such pipeline or status.
    #[error("there is no such pipeline or status")]
    NotFound,
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(PipelineChangeError, NotFound);

impl From<StaffRefusal> for PipelineChangeError {
    fn from(it: StaffRefusal) -> Self {
        Self::Staff(it.into())
    }
}

impl Portal {
    /// Adds a pipeline, or changes its name and what it does by itself.
    ///
    /// # Errors
    /// Refuses who may not, a name that another one has, and days that make no sense.
    pub async fn save_pipeline(
        &self,
        actor: &StaffActor,
        command: &SavePipeline,
    ) -> Result<PipelineId, PipelineChangeError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "pipelines.save",
            self.save_pipeline_once(actor, command)
        )
    }

    async fn save_pipeline_once(
        &self,
        actor: &StaffActor,
        command: &SavePipeline,
    ) -> Result<PipelineId, PipelineChangeError> {
        let name: Line = command.name.parse().map_err(|err| Problems::one("name", err))?;
        let closing = match command.closing {
            None => None,
            Some((days, notice)) => Some(closing(days, notice)?),
        };
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.may_settle(&mut *tx, actor).await?;
        let all = tx.directory().all_pipelines(&staff.task()).await?;
        if all.iter().any(|it| *it.name() == name && Some(it.id()) != command.id) {
            return Err(Problems::one("name", ProblemKind::Taken).into());
        }
        let before = match command.id {
            Some(id) => held(&mut *tx, &staff, id).await?,
            None => self
                .usual_pipeline()
                .map_err(|_| Problems::one("name", ProblemKind::NotOffered))?,
        };
        let automation = Automation {
            answer_waits: command.answer_waits,
            closing,
        };
        let changed = rebuilt(&before, name, before.statuses().to_vec(), before.retired().to_vec())?;
        let changed = changed.with_automation(automation);
        self.put(&mut *tx, &staff, &changed, &[]).await?;
        tx.commit().await?;
        Ok(changed.id())
    }

    /// Adds a status to a pipeline, or changes its name and what customers are told of it.
    ///
    /// # Errors
    /// Refuses who may not, a name that another one has, and texts that are too long.
    pub async fn save_status(&self, actor: &StaffActor, command: &SaveStatus) -> Result<StatusId, PipelineChangeError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "pipelines.save_status",
            self.save_status_once(actor, command)
        )
    }

    async fn save_status_once(
        &self,
        actor: &StaffActor,
        command: &SaveStatus,
    ) -> Result<StatusId, PipelineChangeError> {
        let mut checker = Checker::default();
        let name = checker.take("name", command.name.parse::<Line>());
        for (field, text, max) in [
            ("label", &command.customer_label, LABEL),
            ("explanation", &command.explanation, EXPLANATION),
        ] {
            if let Some(text) = text {
                super::wording::line(&mut checker, field, "text", text, max);
            }
        }
        checker.done()?;
        let name = name.ok_or_else(|| Problems::one("name", ProblemKind::NotOffered))?;
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.may_settle(&mut *tx, actor).await?;
        let before = held(&mut *tx, &staff, command.pipeline).await?;
        let mut statuses = before.statuses().to_vec();
        if statuses.iter().any(|it| it.name == name && Some(it.id) != command.id) {
            return Err(Problems::one("name", ProblemKind::Taken).into());
        }
        let id = match command.id {
            Some(id) => {
                let status = statuses.iter_mut().find(|it| it.id == id);
                let status = status.ok_or(PipelineChangeError::NotFound)?;
                status.name = name.clone();
                status.customer_label.clone_from(&command.customer_label);
                status.explanation.clone_from(&command.explanation);
                id
            }
            None => {
                if statuses.len() >= MOST {
                    return Err(Problems::one("name", ProblemKind::TooMany { max: MOST }).into());
                }
                let id = StatusId::from_uuid(self.ids.next(self.clock.now()));
                let status = Status {
                    id,
                    name: name.clone(),
                    stage: command.stage,
                    customer_label: command.customer_label.clone(),
                    explanation: command.explanation.clone(),
                };
                // Behind those of its stage and of the stages before it, as a ticket lives.
                let place = |stage| Stage::ALL.iter().position(|it| *it == stage);
                let at = statuses.iter().rposition(|it| place(it.stage) <= place(command.stage));
                statuses.insert(at.map_or(0, |it| it + 1), status);
                id
            }
        };
        let changed = rebuilt(&before, before.name().clone(), statuses, before.retired().to_vec())?;
        self.put(&mut *tx, &staff, &changed, &[("status", name.to_string())])
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Changes the order of statuses. The first one of a stage is where tickets enter it.
    ///
    /// # Errors
    /// Refuses who may not.
    pub async fn shift_status(
        &self,
        actor: &StaffActor,
        pipeline: PipelineId,
        status: StatusId,
        shift: Shift,
    ) -> Result<(), PipelineChangeError> {
        attempt!(self, &Actor::Anonymous, "pipelines.shift_status", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let staff = self.may_settle(&mut *tx, actor).await?;
            let before = held(&mut *tx, &staff, pipeline).await?;
            let mut statuses = before.statuses().to_vec();
            let place = statuses.iter().position(|it| it.id == status);
            let place = place.ok_or(PipelineChangeError::NotFound)?;
            let moved = statuses.remove(place);
            let name = moved.name.to_string();
            let to = match shift {
                Shift::Up => place.saturating_sub(1),
                Shift::Down => (place + 1).min(statuses.len()),
                Shift::Entry => statuses.iter().position(|it| it.stage == moved.stage).unwrap_or(place),
            };
            statuses.insert(to, moved);
            let changed = rebuilt(&before, before.name().clone(), statuses, before.retired().to_vec())?;
            self.put(&mut *tx, &staff, &changed, &[("status", name)]).await?;
            tx.commit().await?;
            Ok::<_, PipelineChangeError>(())
        })
    }

    /// Takes a status out of use: another one of its stage takes its tickets. What happened keeps its words.
    ///
    /// # Errors
    /// Refuses who may not, the last status of a stage, and a successor of another stage.
    pub async fn retire_status(
        &self,
        actor: &StaffActor,
        pipeline: PipelineId,
        status: StatusId,
        successor: StatusId,
    ) -> Result<(), PipelineChangeError> {
        let changed = attempt!(
            self,
            &Actor::Anonymous,
            "pipelines.retire_status",
            self.retire_status_once(actor, pipeline, status, successor)
        )?;
        // What is left over, the timers do later.
        self.move_retired(&changed)
            .await
            .map_err(|RunTimersError::Store(error)| error)?;
        Ok(())
    }

    async fn retire_status_once(
        &self,
        actor: &StaffActor,
        pipeline: PipelineId,
        status: StatusId,
        successor: StatusId,
    ) -> Result<Pipeline, PipelineChangeError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.may_settle(&mut *tx, actor).await?;
        let before = held(&mut *tx, &staff, pipeline).await?;
        let mut statuses = before.statuses().to_vec();
        let place = statuses.iter().position(|it| it.id == status);
        let gone = statuses.remove(place.ok_or(PipelineChangeError::NotFound)?);
        let follows = statuses.iter().find(|it| it.id == successor && it.stage == gone.stage);
        let Some(follows) = follows else {
            return Err(Problems::one("successor", ProblemKind::NotOffered).into());
        };
        let change = [
            ("status", gone.name.to_string()),
            ("successor", follows.name.to_string()),
        ];
        // Whoever pointed at this one points at its successor.
        let mut retired = before.retired().to_vec();
        for (_, to) in &mut retired {
            if *to == status {
                *to = successor;
            }
        }
        retired.push((gone, successor));
        let changed = rebuilt(&before, before.name().clone(), statuses, retired)?;
        self.put(&mut *tx, &staff, &changed, &change).await?;
        tx.commit().await?;
        Ok(changed)
    }

    async fn may_settle(&self, tx: &mut dyn Tx, actor: &StaffActor) -> Result<Staff, PipelineChangeError> {
        let staff = self.staff(tx, actor, Permission::PortalSettings).await?;
        staff.writes()?;
        Ok(staff)
    }

    async fn put(
        &self,
        tx: &mut dyn Tx,
        staff: &Staff,
        pipeline: &Pipeline,
        change: &[(&'static str, String)],
    ) -> Result<(), StoreError> {
        tx.directory().put_pipeline(&staff.task(), pipeline).await?;
        let mut entry = self.audit_entry(staff, AuditEvent::PipelineChanged, pipeline.name().as_str());
        for (name, value) in change {
            entry = entry.with(*name, value.as_str());
        }
        tx.audit().record(&entry).await
    }
}

/// A pipeline that nobody else changes meanwhile.
async fn held(tx: &mut dyn Tx, staff: &Staff, id: PipelineId) -> Result<Pipeline, PipelineChangeError> {
    tx.timers().hold_pipeline(&staff.task(), id).await?;
    let found = tx.directory().pipeline(id).await?;
    found.ok_or(PipelineChangeError::NotFound)
}

/// The same pipeline with other statuses.
fn rebuilt(
    before: &Pipeline,
    name: Line,
    statuses: Vec<Status>,
    retired: Vec<(Status, StatusId)>,
) -> Result<Pipeline, PipelineChangeError> {
    let made = Pipeline::new(before.id(), name, statuses).and_then(|it| it.with_retired(retired));
    let made = made.map_err(|_| Problems::one("status", ProblemKind::NotOffered))?;
    Ok(made.with_automation(before.automation()))
}

fn closing(days: u16, notice: u16) -> Result<Closing, Problems> {
    let mut checker = Checker::default();
    let max = u32::from(Closing::MAX_DAYS);
    if !(2..=Closing::MAX_DAYS).contains(&days) {
        checker.note("close_days", ProblemKind::Range { min: 2, max });
    } else if !(1..=Closing::MAX_NOTICE.min(days - 1)).contains(&notice) {
        let max = u32::from(Closing::MAX_NOTICE.min(days - 1));
        checker.note("notice_days", ProblemKind::Range { min: 1, max });
    }
    checker.done()?;
    Closing::new(days, notice).ok_or_else(|| Problems::one("close_days", ProblemKind::NotOffered))
}
