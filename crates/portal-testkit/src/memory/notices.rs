use std::cmp::Reverse;

use async_trait::async_trait;
use portal_core::desk::StaffScope;
use portal_core::id::{AgentId, ContactId, IntentId, TicketNumber};
use portal_core::notify::{AgentChoices, AgentNotice, ContactChoices};
use portal_core::ports::{Notices, StoreError};
use portal_core::time::Timestamp;

use super::state::State;
use super::{MemoryTx, conflict};

/// What somebody is told of tickets they work with.
fn told(state: &State, scope: &StaffScope, agent: AgentId) -> Vec<(AgentNotice, Option<IntentId>)> {
    let all = state.agent_notices.values().filter(|(it, _)| it.agent == agent);
    let seen = all.filter(|(it, _)| state.ticket(it.ticket).is_some_and(|it| scope.permits(&it)));
    seen.cloned().collect()
}

#[async_trait]
impl Notices for MemoryTx {
    async fn contact_choices(&mut self, contact: ContactId) -> Result<ContactChoices, StoreError> {
        Ok(self.state.contact_choices.get(&contact).copied().unwrap_or_default())
    }

    async fn set_contact_choices(&mut self, contact: ContactId, choices: ContactChoices) -> Result<(), StoreError> {
        self.changed()?.contact_choices.insert(contact, choices);
        Ok(())
    }

    async fn is_muted(&mut self, contact: ContactId, number: TicketNumber) -> Result<bool, StoreError> {
        Ok(self.state.muted.contains(&(contact, number)))
    }

    async fn set_muted(&mut self, contact: ContactId, number: TicketNumber, muted: bool) -> Result<(), StoreError> {
        let all = &mut self.changed()?.muted;
        if muted {
            all.insert((contact, number));
        } else {
            all.remove(&(contact, number));
        }
        Ok(())
    }

    async fn agent_choices(&mut self, agent: AgentId) -> Result<AgentChoices, StoreError> {
        Ok(self.state.agent_choices.get(&agent).cloned().unwrap_or_default())
    }

    async fn set_agent_choices(&mut self, agent: AgentId, choices: &AgentChoices) -> Result<(), StoreError> {
        self.changed()?.agent_choices.insert(agent, choices.clone());
        Ok(())
    }

    async fn add_agent_notice(&mut self, notice: &AgentNotice) -> Result<(), StoreError> {
        let notices = &mut self.changed()?.agent_notices;
        if notices.contains_key(&notice.id) {
            return Err(conflict());
        }
        notices.insert(notice.id, (notice.clone(), None));
        Ok(())
    }

    async fn agent_notices(
        &mut self,
        scope: &StaffScope,
        agent: AgentId,
        limit: u32,
    ) -> Result<Vec<AgentNotice>, StoreError> {
        let found = told(&self.state, scope, agent).into_iter().map(|it| it.0);
        let mut found: Vec<AgentNotice> = found.filter(|it| it.bell).collect();
        found.sort_by_key(|it| Reverse((it.at, it.id)));
        found.truncate(limit as usize);
        Ok(found)
    }

    async fn unread_notices(&mut self, scope: &StaffScope, agent: AgentId, cap: u32) -> Result<u32, StoreError> {
        let found = told(&self.state, scope, agent).into_iter().map(|it| it.0);
        let unread = found.filter(|it| it.bell && it.read_at.is_none());
        Ok(unread.take(cap as usize).count() as u32)
    }

    async fn read_agent_notices(
        &mut self,
        agent: AgentId,
        ticket: Option<TicketNumber>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        for (it, _) in self.changed()?.agent_notices.values_mut() {
            if it.agent == agent && ticket.is_none_or(|ticket| it.ticket == ticket) && it.read_at.is_none() {
                it.read_at = Some(now);
            }
        }
        Ok(())
    }

    async fn mail_agent_notices(
        &mut self,
        scope: &StaffScope,
        agent: AgentId,
        mail: IntentId,
        limit: u32,
    ) -> Result<Vec<AgentNotice>, StoreError> {
        let mut found = told(&self.state, scope, agent);
        found.retain(|(it, of)| it.mail && it.read_at.is_none() && of.is_none_or(|of| of == mail));
        found.sort_by_key(|(it, _)| (it.at, it.id));
        found.truncate(limit as usize);
        let notices = &mut self.changed()?.agent_notices;
        for (it, _) in &found {
            if let Some(kept) = notices.get_mut(&it.id) {
                kept.1 = Some(mail);
            }
        }
        Ok(found.into_iter().map(|it| it.0).collect())
    }
}
