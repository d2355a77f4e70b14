use async_trait::async_trait;

use super::error::StoreError;
use crate::desk::StaffScope;
use crate::id::{AgentId, ContactId, IntentId, TicketNumber};
use crate::notify::{AgentChoices, AgentNotice, ContactChoices};
use crate::time::Timestamp;

/// Who wants to be told of what, and what the staff are told on their pages.
#[async_trait]
pub trait Notices: Send {
    /// Of what a contact wants mails; the usual choices for whoever never chose.
    async fn contact_choices(&mut self, contact: ContactId) -> Result<ContactChoices, StoreError>;

    /// Replaces a contact's choices.
    async fn set_contact_choices(&mut self, contact: ContactId, choices: ContactChoices) -> Result<(), StoreError>;

    /// Whether a contact muted a ticket.
    async fn is_muted(&mut self, contact: ContactId, number: TicketNumber) -> Result<bool, StoreError>;

    /// Mutes a ticket for a contact, or takes that back. Doing it twice is fine.
    async fn set_muted(&mut self, contact: ContactId, number: TicketNumber, muted: bool) -> Result<(), StoreError>;

    /// The choices of somebody of the staff; the usual ones for whoever never chose.
    async fn agent_choices(&mut self, agent: AgentId) -> Result<AgentChoices, StoreError>;

    /// Replaces the choices of somebody of the staff.
    async fn set_agent_choices(&mut self, agent: AgentId, choices: &AgentChoices) -> Result<(), StoreError>;

    /// Adds a notice.
    async fn add_agent_notice(&mut self, notice: &AgentNotice) -> Result<(), StoreError>;

    /// The newest notices for somebody's pages, newest first: MUST be about tickets of the scope only.
    async fn agent_notices(
        &mut self,
        scope: &StaffScope,
        agent: AgentId,
        limit: u32,
    ) -> Result<Vec<AgentNotice>, StoreError>;

    /// How many notices for somebody's pages are unread, counted up to `cap`: of tickets of the scope only.
    async fn unread_notices(&mut self, scope: &StaffScope, agent: AgentId, cap: u32) -> Result<u32, StoreError>;

    /// Marks somebody's notices as read, of one ticket or of all.
    async fn read_agent_notices(
        &mut self,
        agent: AgentId,
        ticket: Option<TicketNumber>,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// The unread notices that a mail is to say, oldest first, of tickets of the scope only; from now on they belong to
    /// this mail. MUST answer the same mail with the same notices again, and give none to two mails.
    async fn mail_agent_notices(
        &mut self,
        scope: &StaffScope,
        agent: AgentId,
        mail: IntentId,
        limit: u32,
    ) -> Result<Vec<AgentNotice>, StoreError>;
}
