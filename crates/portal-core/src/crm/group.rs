use crate::access::Criteria;
use crate::id::AccessGroupId;
use crate::text::Line;

/// A set of contacts that may enter a portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessGroup {
    /// Its id.
    pub id: AccessGroupId,
    /// Its name for staff.
    pub name: Line,
    /// How contacts become members.
    pub kind: GroupKind,
}

/// How contacts become members of an access group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// They are put in one by one.
    Static,
    /// Everyone who matches is a member, and nobody else, from one moment to the next. At the door of a portal the
    /// criteria themselves are asked; the store keeps a list of the members for pages and counts.
    Dynamic(Criteria),
}

impl AccessGroup {
    /// The criteria, if the group is dynamic.
    #[must_use]
    pub const fn criteria(&self) -> Option<&Criteria> {
        match &self.kind {
            GroupKind::Static => None,
            GroupKind::Dynamic(criteria) => Some(criteria),
        }
    }
}
