use crate::id::{InboxId, PipelineId, PortalId};
use crate::text::Line;

/// Where tickets arrive. It belongs to at most one portal, and its tickets are that portal's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    /// Its id.
    pub id: InboxId,
    /// Its name for staff.
    pub name: Line,
    /// The portal that shows its tickets.
    pub portal: Option<PortalId>,
    /// The pipeline that new tickets of this inbox enter.
    pub pipeline: PipelineId,
    /// The portal it is on the move to. While it moves, its tickets are absent everywhere.
    pub moving_to: Option<PortalId>,
}
