use super::handle::found;
use super::kind::InboxKind;
use super::record::{Conversation, ConversationRow, ConversationState, Said};
use crate::actor::Actor;
use crate::desk::DeskError;
use crate::id::{ConversationId, InboxId};
use crate::portal::{Portal, attempt};
use crate::ports::Access;
use crate::staff::StaffActor;
use crate::time::Timestamp;

/// A page of conversations, as asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListConversations {
    /// Where they stand.
    pub state: ConversationState,
    /// Only what is in this inbox.
    pub inbox: Option<InboxId>,
    /// Behind this one, by last activity and id.
    pub after: Option<(Timestamp, ConversationId)>,
}

/// A page of conversations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationList {
    /// The rows, what happened last first.
    pub rows: Vec<ConversationRow>,
    /// Whether there are more.
    pub has_more: bool,
    /// The inboxes of whoever looks, by name.
    pub inboxes: Vec<(InboxId, String, InboxKind)>,
}

/// A conversation with all that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationView {
    /// The conversation.
    pub conversation: Conversation,
    /// The name of its inbox.
    pub inbox: String,
    /// What was said, oldest first.
    pub said: Vec<Said>,
}

/// A page holds so many.
const PAGE: u32 = 25;
/// So many messages are shown.
const SHOWN: u32 = 500;

impl Portal {
    /// Conversations of the inboxes of somebody of the staff.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn list_conversations(
        &self,
        actor: &StaffActor,
        query: ListConversations,
    ) -> Result<ConversationList, DeskError> {
        attempt!(self, &Actor::Anonymous, "list_conversations", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
            let mut rows = tx
                .conversations()
                .conversations(&scope, query.state, query.inbox, query.after, PAGE + 1)
                .await?;
            let has_more = rows.len() > PAGE as usize;
            rows.truncate(PAGE as usize);
            let mut inboxes = Vec::new();
            for it in tx.directory().all_inboxes(&staff.task()).await? {
                if scope.has(it.id) {
                    let kind = tx.conversations().inbox_kind(it.id).await?;
                    inboxes.push((it.id, it.name.to_string(), kind));
                }
            }
            Ok::<_, DeskError>(ConversationList {
                rows,
                has_more,
                inboxes,
            })
        })
    }

    /// One conversation.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn view_conversation(
        &self,
        actor: &StaffActor,
        id: ConversationId,
    ) -> Result<ConversationView, DeskError> {
        attempt!(self, &Actor::Anonymous, "view_conversation", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let (_, scope) = self.at_desk(&mut *tx, actor).await?;
            let conversation = found(&mut *tx, &scope, id).await?;
            let inbox = tx.directory().inbox(conversation.inbox).await?;
            let said = tx.conversations().said(&scope, id, SHOWN).await?;
            Ok::<_, DeskError>(ConversationView {
                inbox: inbox.map(|it| it.name.to_string()).unwrap_or_default(),
                said,
                conversation,
            })
        })
    }
}
