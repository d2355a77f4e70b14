use std::collections::BTreeSet;

/// One of the four steps in which a portal is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SetUpStep {
    /// What it is called.
    Name,
    /// Where it is: domain and slug.
    Address,
    /// Where new tickets go, and which tickets customers see.
    Tickets,
    /// Who may enter.
    Access,
}

impl SetUpStep {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Name, Self::Address, Self::Tickets, Self::Access];

    /// Its name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Tickets => "tickets",
            Self::Access => "access",
        }
    }

    /// The step with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The step behind this one; after the last one comes the check.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Name => Some(Self::Address),
            Self::Address => Some(Self::Tickets),
            Self::Tickets => Some(Self::Access),
            Self::Access => None,
        }
    }

    /// The step in front of this one.
    #[must_use]
    pub const fn back(self) -> Option<Self> {
        match self {
            Self::Name => None,
            Self::Address => Some(Self::Name),
            Self::Tickets => Some(Self::Address),
            Self::Access => Some(Self::Tickets),
        }
    }
}

/// How far a portal is set up. A draft is a portal like any other, but nobody can tell that it is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SetUp {
    /// Somebody is still at it. What was not decided yet has a safe default.
    Draft {
        /// The steps that were left with *Next*.
        done: BTreeSet<SetUpStep>,
    },
    /// It was published at least once.
    #[default]
    Finished,
}

impl SetUp {
    /// The first step that was not left yet; `None` if there is none.
    #[must_use]
    pub fn resume_at(&self) -> Option<SetUpStep> {
        match self {
            Self::Draft { done } => SetUpStep::ALL.into_iter().find(|it| !done.contains(it)),
            Self::Finished => None,
        }
    }

    /// Whether it is still a draft.
    #[must_use]
    pub const fn is_draft(&self) -> bool {
        matches!(self, Self::Draft { .. })
    }

    /// The same, with a step done.
    #[must_use]
    pub fn with(self, step: SetUpStep) -> Self {
        match self {
            Self::Draft { mut done } => {
                done.insert(step);
                Self::Draft { done }
            }
            Self::Finished => Self::Finished,
        }
    }
}
