use crate::id::{AgentId, CompanyId, ContactId};
use crate::text::Line;
use crate::ticket::{Priority, Stage, Ticket};

/// Whose tickets are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnedBy {
    /// Nobody's.
    Nobody,
    /// Somebody's.
    Agent(AgentId),
}

/// What a list or a search of the desk is narrowed to. What is left out does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeskFilter {
    /// Whose.
    pub owner: Option<OwnedBy>,
    /// How urgent.
    pub priority: Option<Priority>,
    /// In which stage.
    pub stage: Option<Stage>,
    /// What kind of request.
    pub category: Option<Line>,
    /// With this contact on it.
    pub contact: Option<ContactId>,
    /// With this company on it.
    pub company: Option<CompanyId>,
}

impl DeskFilter {
    /// Whether a ticket passes. This is the meaning that adapters must match.
    #[must_use]
    pub fn wants(&self, ticket: &Ticket) -> bool {
        let owner = match self.owner {
            None => true,
            Some(OwnedBy::Nobody) => ticket.owner.is_none(),
            Some(OwnedBy::Agent(agent)) => ticket.owner == Some(agent),
        };
        owner
            && self.priority.is_none_or(|it| it == ticket.priority)
            && self.stage.is_none_or(|it| it == ticket.stage)
            && self
                .category
                .as_ref()
                .is_none_or(|it| ticket.category.as_ref() == Some(it))
            && self.contact.is_none_or(|it| ticket.contacts.contains_key(&it))
            && self.company.is_none_or(|it| ticket.companies.contains(&it))
    }

    /// Whether it lets everything pass.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
