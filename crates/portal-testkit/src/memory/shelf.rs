use async_trait::async_trait;
use portal_core::desk::{CannedReply, SavedView};
use portal_core::id::{AgentId, CannedReplyId, SavedViewId};
use portal_core::ports::{Shelf, StoreError};

use super::MemoryTx;

#[async_trait]
impl Shelf for MemoryTx {
    async fn saved_views(&mut self, agent: AgentId) -> Result<Vec<SavedView>, StoreError> {
        let all = self.state.saved_views.values().cloned();
        let (mut own, others): (Vec<_>, Vec<_>) = all.partition(|it| it.owner == agent);
        own.sort_by_key(|it| (it.place, it.id));
        let mut shared: Vec<_> = others.into_iter().filter(|it| it.shared).collect();
        shared.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        own.extend(shared);
        Ok(own)
    }

    async fn saved_view(&mut self, id: SavedViewId) -> Result<Option<SavedView>, StoreError> {
        Ok(self.state.saved_views.get(&id).cloned())
    }

    async fn put_saved_view(&mut self, view: &SavedView) -> Result<(), StoreError> {
        self.changed()?.saved_views.insert(view.id, view.clone());
        Ok(())
    }

    async fn remove_saved_view(&mut self, id: SavedViewId) -> Result<(), StoreError> {
        self.changed()?.saved_views.remove(&id);
        Ok(())
    }

    async fn canned_replies(&mut self, agent: AgentId) -> Result<Vec<CannedReply>, StoreError> {
        let all = self.state.canned_replies.values();
        let mut own: Vec<_> = all.filter(|it| it.owner == agent || it.shared).cloned().collect();
        own.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        Ok(own)
    }

    async fn canned_reply(&mut self, id: CannedReplyId) -> Result<Option<CannedReply>, StoreError> {
        Ok(self.state.canned_replies.get(&id).cloned())
    }

    async fn put_canned_reply(&mut self, reply: &CannedReply) -> Result<(), StoreError> {
        self.changed()?.canned_replies.insert(reply.id, reply.clone());
        Ok(())
    }

    async fn remove_canned_reply(&mut self, id: CannedReplyId) -> Result<(), StoreError> {
        self.changed()?.canned_replies.remove(&id);
        Ok(())
    }
}
