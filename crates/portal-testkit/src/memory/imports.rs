use std::collections::BTreeMap;
use std::ops::Bound;

use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::crm::Agent;
use portal_core::id::{ContactId, TicketNumber, Uuid};
use portal_core::ports::{ImportedTicket, Imports, Person, Receipt, ReceiptKind, StoreError, Tickets};
use portal_core::service::ServiceFacts;

use super::MemoryTx;

/// What imports left beside the things they took over.
#[derive(Clone, Default)]
pub(super) struct Ledger {
    receipts: BTreeMap<(ReceiptKind, String), Receipt>,
    parts: Vec<(TicketNumber, String)>,
}

impl Ledger {
    /// Forgets what was taken over as this.
    pub(super) fn erase(&mut self, object: Uuid) {
        self.receipts.retain(|_, it| it.object != object);
    }
}

#[async_trait]
impl Imports for MemoryTx {
    async fn all_receipts(
        &mut self,
        _task: &Task,
        kind: ReceiptKind,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Receipt>, StoreError> {
        let from = Bound::Excluded((kind, after.unwrap_or_default().to_owned()));
        let receipts = &self.state.imports.receipts;
        let rest = receipts.range((from, Bound::Unbounded)).map(|(_, it)| it);
        let same_kind = rest.take_while(|it| it.kind == kind);
        Ok(same_kind.take(limit as usize).cloned().collect())
    }

    async fn receipts(&mut self, _task: &Task, kind: ReceiptKind, keys: &[String]) -> Result<Vec<Receipt>, StoreError> {
        let receipts = &self.state.imports.receipts;
        Ok(keys
            .iter()
            .filter_map(|it| receipts.get(&(kind, it.clone())))
            .cloned()
            .collect())
    }

    async fn parts(
        &mut self,
        _task: &Task,
        tickets: &[TicketNumber],
    ) -> Result<Vec<(TicketNumber, String)>, StoreError> {
        let parts = self.state.imports.parts.iter();
        Ok(parts.filter(|(number, _)| tickets.contains(number)).cloned().collect())
    }

    async fn put_receipts(&mut self, _task: &Task, receipts: &[Receipt]) -> Result<(), StoreError> {
        let ledger = &mut self.changed()?.imports;
        for receipt in receipts {
            for part in receipt
                .number
                .into_iter()
                .flat_map(|number| receipt.parts.iter().map(move |it| (number, it.clone())))
            {
                if !ledger.parts.contains(&part) {
                    ledger.parts.push(part);
                }
            }
            let kept = Receipt {
                parts: Vec::new(),
                ..receipt.clone()
            };
            ledger.receipts.insert((receipt.kind, receipt.key.clone()), kept);
        }
        Ok(())
    }

    async fn people(&mut self, _task: &Task, after: Option<ContactId>, limit: u32) -> Result<Vec<Person>, StoreError> {
        let rest = self
            .state
            .contacts
            .values()
            .filter(|it| after.is_none_or(|after| it.id > after));
        let people = rest.map(|it| Person {
            contact: it.id,
            name: it.name.clone(),
            email: it.email.clone(),
        });
        Ok(people.take(limit as usize).collect())
    }

    async fn all_agents(&mut self, _task: &Task) -> Result<Vec<Agent>, StoreError> {
        Ok(self.state.agents.values().cloned().collect())
    }

    async fn reserve_numbers(&mut self, _task: &Task, count: u32) -> Result<Vec<TicketNumber>, StoreError> {
        let mut numbers = Vec::new();
        for _ in 0..count {
            numbers.push(self.next_number().await?);
        }
        Ok(numbers)
    }

    async fn insert_tickets(&mut self, task: &Task, tickets: &[ImportedTicket]) -> Result<(), StoreError> {
        // A refused batch leaves the unit of work as it was.
        let before = self.state.clone();
        let result = self.insert_one_by_one(task, tickets).await;
        if result.is_err() {
            self.state = before;
        }
        result
    }
}

impl MemoryTx {
    async fn insert_one_by_one(&mut self, task: &Task, tickets: &[ImportedTicket]) -> Result<(), StoreError> {
        for it in tickets {
            self.insert(&it.ticket).await?;
            for message in &it.messages {
                self.add_message(message).await?;
            }
            for event in &it.events {
                self.add_event(event).await?;
            }
            for note in &it.notes {
                self.add_note(task, note).await?;
            }
            let facts = ServiceFacts::of(&it.messages, &it.events);
            self.changed()?.service_facts.insert(it.ticket.number, facts);
        }
        Ok(())
    }
}
