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

/// Ordered statuses that tickets move through, with one entry status for each stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline {
    id: PipelineId,
    name: Line,
    statuses: Vec<Status>,
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
        Ok(Self { id, name, statuses })
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

    /// Its statuses, in order.
    #[must_use]
    pub fn statuses(&self) -> &[Status] {
        &self.statuses
    }

    /// The status with this id.
    #[must_use]
    pub fn status(&self, id: StatusId) -> Option<&Status> {
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
