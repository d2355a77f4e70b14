use crate::id::{CompanyId, ContactId};

/// A contact or a company: whatever notes, history and merges are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// A person.
    Contact(ContactId),
    /// An organisation.
    Company(CompanyId),
}

impl Party {
    /// The contact, if it is one.
    #[must_use]
    pub const fn contact(self) -> Option<ContactId> {
        match self {
            Self::Contact(id) => Some(id),
            Self::Company(_) => None,
        }
    }
}
