use crate::id::{PipelineId, StatusId};
use crate::text::{Line, Localized};

/// Where a ticket stands, in the four words that customers are told. Every status of every pipeline has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Nobody has begun yet.
    Received,
    /// Somebody works on it.
    InProgress,
    /// The customer is asked for something.
    WaitingOnContact,
    /// Done, for now.
    Closed,
}

impl Stage {
    /// All stages in the order of a ticket's life.
    pub const ALL: [Self; 4] = [Self::Received, Self::InProgress, Self::WaitingOnContact, Self::Closed];

    /// The place in the default order of lists, highest first: what asks the customer for something comes first.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::WaitingOnContact => 3,
            Self::InProgress => 2,
            Self::Received => 1,
            Self::Closed => 0,
        }
    }

    /// The stage of a rank.
    #[must_use]
    pub const fn from_rank(rank: u8) -> Option<Self> {
        match rank {
            3 => Some(Self::WaitingOnContact),
            2 => Some(Self::InProgress),
            1 => Some(Self::Received),
            0 => Some(Self::Closed),
            _ => None,
        }
    }

    /// Whether a ticket in this stage is open, that is, not closed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed)
    }
}

/// One status of a pipeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Its id.
    pub id: StatusId,
    /// Its name for staff.
    pub name: Line,
    /// What it means to the customer.
    pub stage: Stage,
    /// What customers are shown instead of the stage's own word.
    pub customer_label: Option<Localized>,
    /// A sentence that explains it to customers.
    pub explanation: Option<Localized>,
}

/// What a pipeline does by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Automation {
    /// After an answer, a ticket waits for the customer unless the agent says otherwise.
    pub answer_waits: bool,
    /// Closes what waits for a customer who says nothing.
    pub closing: Option<Closing>,
}

/// When a ticket is closed whose customer says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// After so many days without a public message, 1 to 365.
    pub days: u16,
    /// The customer is reminded so many days before, 1 to 30; never on the day it happens.
    pub notice: u16,
}

impl Closing {
    /// Most days a ticket may wait.
    pub const MAX_DAYS: u16 = 365;
    /// Most days a reminder may come before the end.
    pub const MAX_NOTICE: u16 = 30;

    /// A rule that makes sense.
    #[must_use]
    pub fn new(days: u16, notice: u16) -> Option<Self> {
        let fits = (1..=Self::MAX_DAYS).contains(&days) && (1..=Self::MAX_NOTICE).contains(&notice) && notice < days;
        fits.then_some(Self { days, notice })
    }
}

/// Ordered statuses that tickets move through, with one entry status for each stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline {
    id: PipelineId,
    name: Line,
    statuses: Vec<Status>,
    /// Statuses that no ticket enters any more, each with the one that took its tickets. They keep the words of what was.
    retired: Vec<(Status, StatusId)>,
    automation: Automation,
}

/// Why statuses do not make a pipeline.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PipelineError {
    /// No status has this stage, so a ticket could never get there.
    #[error("the pipeline has no status for the stage {0:?}")]
    MissingStage(Stage),
    /// The same status twice.
    #[error("the pipeline has a status twice")]
    Duplicate,
    /// A retired status whose successor is none of the pipeline's statuses of the same stage.
    #[error("a retired status needs a successor of its stage")]
    NoSuccessor,
}

impl Pipeline {
    /// A pipeline of these statuses, in order. The first status of a stage is the stage's entry.
    ///
    /// # Errors
    /// If a stage has no status, or a status is there twice.
    pub fn new(id: PipelineId, name: Line, statuses: Vec<Status>) -> Result<Self, PipelineError> {
        for stage in Stage::ALL {
            if !statuses.iter().any(|it| it.stage == stage) {
                return Err(PipelineError::MissingStage(stage));
            }
        }
        let mut ids: Vec<StatusId> = statuses.iter().map(|it| it.id).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() != statuses.len() {
            return Err(PipelineError::Duplicate);
        }
        Ok(Self {
            id,
            name,
            statuses,
            retired: Vec::new(),
            automation: Automation::default(),
        })
    }

    /// The same with statuses that are there no more, each with the one that took its tickets.
    ///
    /// # Errors
    /// If one of them is still there, or its successor is not, or is of another stage.
    pub fn with_retired(self, retired: Vec<(Status, StatusId)>) -> Result<Self, PipelineError> {
        let mut ids: Vec<StatusId> = self.statuses.iter().map(|it| it.id).collect();
        ids.extend(retired.iter().map(|it| it.0.id));
        ids.sort_unstable();
        ids.dedup();
        if ids.len() != self.statuses.len() + retired.len() {
            return Err(PipelineError::Duplicate);
        }
        for (status, successor) in &retired {
            let follows = self.statuses.iter().find(|it| it.id == *successor);
            if follows.is_none_or(|it| it.stage != status.stage) {
                return Err(PipelineError::NoSuccessor);
            }
        }
        Ok(Self { retired, ..self })
    }

    /// The same, doing other things by itself.
    #[must_use]
    pub fn with_automation(self, automation: Automation) -> Self {
        Self { automation, ..self }
    }

    /// What it does by itself.
    #[must_use]
    pub const fn automation(&self) -> Automation {
        self.automation
    }

    /// Statuses that are there no more, each with the one that took its tickets.
    #[must_use]
    pub fn retired(&self) -> &[(Status, StatusId)] {
        &self.retired
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> PipelineId {
        self.id
    }

    /// Its name for staff.
    #[must_use]
    pub const fn name(&self) -> &Line {
        &self.name
    }

    /// The statuses that tickets can have, in order.
    #[must_use]
    pub fn statuses(&self) -> &[Status] {
        &self.statuses
    }

    /// The status with this id, also one that is there no more: what happened keeps its words.
    #[must_use]
    pub fn status(&self, id: StatusId) -> Option<&Status> {
        let retired = self.retired.iter().map(|it| &it.0);
        self.statuses.iter().chain(retired).find(|it| it.id == id)
    }

    /// The status with this id, if tickets can have it.
    #[must_use]
    pub fn offered(&self, id: StatusId) -> Option<&Status> {
        self.statuses.iter().find(|it| it.id == id)
    }

    /// The status that a ticket gets when it enters this stage.
    ///
    /// `None` cannot happen for a pipeline made by [`Pipeline::new`]; callers treat it as a corrupt store.
    #[must_use]
    pub fn entry(&self, stage: Stage) -> Option<&Status> {
        self.statuses.iter().find(|it| it.stage == stage)
    }
}
