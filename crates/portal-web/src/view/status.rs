//! The customer's words for where a ticket stands.

use serde::Serialize;

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// New, nobody has looked at it.
    Received,
    /// Support works on it.
    InProgress,
    /// The customer's answer is needed.
    Waiting,
    /// Done.
    Closed,
}

impl Stage {
    /// In the order of the chips.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::InProgress, Self::Received, Self::Closed];

    /// Value of the query parameter `stage`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::InProgress => "in_progress",
            Self::Waiting => "waiting",
            Self::Closed => "closed",
        }
    }

    /// Reads the query parameter `stage`.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == value)
    }
}

/// The status pill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Gives colour and sign.
    pub stage: Stage,
    /// The operator's own label; `None` = the usual word for the stage.
    pub label: Option<String>,
}

impl Status {
    /// A status with the usual word of its stage.
    #[must_use]
    pub fn of(stage: Stage) -> Self {
        Self { stage, label: None }
    }
}

/// How urgent a ticket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Can wait.
    Low,
    /// Work goes on.
    Normal,
    /// Something important is disturbed.
    High,
    /// Work has stopped.
    Urgent,
}

impl Priority {
    /// In rising order.
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];

    /// Value of the form field `priority`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// Reads the form field `priority`.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.as_str() == value)
    }
}
