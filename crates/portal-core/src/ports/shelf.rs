use async_trait::async_trait;

use super::error::StoreError;
use crate::desk::{CannedReply, SavedView};
use crate::id::{AgentId, CannedReplyId, SavedViewId};

/// What agents keep at hand: saved views and canned replies, their own and the team's.
#[async_trait]
pub trait Shelf: Send {
    /// The saved views of an agent by their place, then those that others share by name; ties by id.
    async fn saved_views(&mut self, agent: AgentId) -> Result<Vec<SavedView>, StoreError>;

    /// A saved view, whosever it is.
    async fn saved_view(&mut self, id: SavedViewId) -> Result<Option<SavedView>, StoreError>;

    /// Adds or replaces a saved view.
    async fn put_saved_view(&mut self, view: &SavedView) -> Result<(), StoreError>;

    /// Removes a saved view. Removing one that is not there is fine.
    async fn remove_saved_view(&mut self, id: SavedViewId) -> Result<(), StoreError>;

    /// The canned replies of an agent and those that others share, by name; ties by id.
    async fn canned_replies(&mut self, agent: AgentId) -> Result<Vec<CannedReply>, StoreError>;

    /// A canned reply, whosever it is.
    async fn canned_reply(&mut self, id: CannedReplyId) -> Result<Option<CannedReply>, StoreError>;

    /// Adds or replaces a canned reply.
    async fn put_canned_reply(&mut self, reply: &CannedReply) -> Result<(), StoreError>;

    /// Removes a canned reply. Removing one that is not there is fine.
    async fn remove_canned_reply(&mut self, id: CannedReplyId) -> Result<(), StoreError>;
}
