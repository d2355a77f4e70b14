use crate::ports::StoreError;
use crate::staff::{StaffError, StaffRefusal, staff_use_case_error};

/// Why staff could not do something about a member.
#[derive(Debug, thiserror::Error)]
pub enum MembersError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// The portal, contact or registration is not there.
    #[error("there is no such thing")]
    NotFound,
    /// Without membership e-mail there is nowhere to write to.
    #[error("the contact has no membership e-mail")]
    NoAddress,
    /// Nobody can be invited into a portal that is not open.
    #[error("publish the portal first")]
    NotPublished,
    /// The access rule would not let the contact in.
    #[error("the contact is in none of the portal's access groups")]
    NoAccess,
    /// The number that was confirmed is not the number now.
    #[error("there are {now} people to invite now")]
    Changed {
        /// How many there are now.
        now: u64,
    },
    /// Somebody else decided, or the address belongs to an account meanwhile.
    #[error("this was decided already")]
    Decided,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(MembersError, NotFound);

impl From<StaffRefusal> for MembersError {
    fn from(refusal: StaffRefusal) -> Self {
        Self::Staff(refusal.into())
    }
}
