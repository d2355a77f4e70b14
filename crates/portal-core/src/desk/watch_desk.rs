use super::list_desk::ListDeskError;
use super::scope::StaffScope;
use super::view_desk_ticket::{MOST_RATINGS, ViewDeskTicketError};
use crate::actor::Actor;
use crate::id::{AgentId, StaffSessionId, TicketNumber};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, DeskHint, DeskNews, Presence, StoreError};
use crate::staff::StaffActor;
use crate::ticket::Version;

/// Somebody at the desk who waits for news. It holds what the scope was when it was made, only to leave out hints that
/// surely do not concern them; before anything is sent, [`Portal::desk_news`] asks again.
#[derive(Clone, Debug)]
pub struct DeskWatch {
    agent: AgentId,
    scope: StaffScope,
}

impl DeskWatch {
    /// Who waits.
    #[must_use]
    pub const fn agent(&self) -> AgentId {
        self.agent
    }

    /// Whether a hint may concern them. `false` is certain as long as their inboxes have not changed; renew the watch every
    /// 2 seconds.
    #[must_use]
    pub fn may_concern(&self, hint: &DeskHint) -> bool {
        self.scope.has(hint.inbox)
    }

    /// Whether they work with the same inboxes as in another watch.
    #[must_use]
    pub fn sees_alike(&self, other: &Self) -> bool {
        self.scope == other.scope
    }
}

/// How far a ticket is: what a page compares with what stands on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeskPulse {
    /// Its version.
    pub version: Version,
    /// How many notes and ratings it has: what only the staff see.
    pub notes: u32,
    /// The highest place of its public sequence.
    pub seq: u32,
}

impl Portal {
    /// Begins or renews a watch of the desk.
    ///
    /// # Errors
    /// If they may not work at the desk, or the store fails: then the stream ends.
    pub async fn watch_desk(&self, actor: &StaffActor) -> Result<DeskWatch, ListDeskError> {
        attempt!(self, &Actor::Anonymous, "watch_desk", self.watch_desk_once(actor))
    }

    async fn watch_desk_once(&self, actor: &StaffActor) -> Result<DeskWatch, ListDeskError> {
        let mut tx = self.store.begin(Access::Read).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        Ok(DeskWatch {
            agent: staff.id(),
            scope,
        })
    }

    /// How far a ticket is, if whoever asks works with it now.
    ///
    /// # Errors
    /// As [`watch_desk`](Self::watch_desk).
    pub async fn desk_news(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
    ) -> Result<Option<DeskPulse>, ListDeskError> {
        attempt!(self, &Actor::Anonymous, "desk_news", self.desk_news_once(actor, number))
    }

    async fn desk_news_once(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
    ) -> Result<Option<DeskPulse>, ListDeskError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (_, scope) = self.at_desk(&mut *tx, actor).await?;
        let Some(ticket) = tx.desk().desk_ticket(&scope, number).await? else {
            return Ok(None);
        };
        let thread = tx.desk().desk_thread(&scope, number, 1).await?;
        let ratings = tx.satisfaction().ratings(&scope, number, MOST_RATINGS).await?;
        let shown = u32::try_from(thread.notes.len() + ratings.len()).unwrap_or(u32::MAX);
        Ok(Some(DeskPulse {
            version: ticket.version,
            notes: shown.saturating_add(thread.hidden_notes),
            seq: ticket.public_seq,
        }))
    }

    /// Tells colleagues what somebody of the staff does on a ticket. Nothing of it is stored, and no customer is told.
    ///
    /// # Errors
    /// If they may not work at the desk, the ticket is in no inbox of theirs, or the store fails.
    pub async fn be_present(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
        doing: Presence,
    ) -> Result<(), ViewDeskTicketError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "be_present",
            self.be_present_once(actor, number, doing)
        )
    }

    async fn be_present_once(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
        doing: Presence,
    ) -> Result<(), ViewDeskTicketError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        let found = tx.desk().desk_ticket(&scope, number).await?;
        let ticket = found.ok_or(ViewDeskTicketError::NotFound)?;
        let hint = DeskHint {
            number,
            inbox: ticket.inbox,
            news: DeskNews::Presence {
                agent: staff.id(),
                name: staff.user().name.to_string(),
                doing,
            },
        };
        tx.journal().desk_hint(&hint).await?;
        Ok(tx.commit().await?)
    }

    /// Out of these sessions of the staff, those that still count; for ending streams.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn living_staff_sessions(&self, ids: &[StaffSessionId]) -> Result<Vec<StaffSessionId>, StoreError> {
        let mut tx = self.store.begin(Access::Read).await?;
        tx.staffing().living_staff_sessions(ids, self.clock.now()).await
    }
}
