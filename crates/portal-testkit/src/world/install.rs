use portal_core::actor::Task;
use portal_core::ports::Tx;
use portal_core::settings::Inbox;
use portal_core::ticket::TimelineItem;

use super::place::definitions;
use super::{COMPANIES, PIPELINES, Place, World};
use crate::conformance::Broken;

impl World {
    /// Puts the world into a store at a fresh place, through the ports.
    ///
    /// # Errors
    /// If the store refuses.
    pub async fn install(&self, tx: &mut dyn Tx) -> Result<Place, Broken> {
        let mut place = Place::fresh();
        self.settings(tx, &place).await?;
        self.people(tx, &place).await?;
        for _ in &self.tickets {
            place.numbers.push(tx.tickets().next_number().await?);
        }
        for index in 0..self.tickets.len() {
            self.ticket(tx, &place, index).await?;
        }
        for index in 0..self.contacts.len() {
            tx.tickets().add_staged_file(&place.staged_file(index)).await?;
        }
        Ok(place)
    }

    async fn settings(&self, tx: &mut dyn Tx, place: &Place) -> Result<(), Broken> {
        let task = &Task::Import;
        for definition in definitions()? {
            tx.directory().put_property(task, &definition).await?;
        }
        for index in Place::groups() {
            tx.directory().put_group(task, &place.group(self, index)?).await?;
        }
        for index in 0..PIPELINES {
            tx.directory().put_pipeline(task, &place.pipeline(index)?).await?;
        }
        // An inbox names its portal and a portal its inbox: the inboxes come first, without.
        for index in 0..self.inboxes.len() {
            let inbox = Inbox {
                portal: None,
                moving_to: None,
                ..place.inbox(self, index)?
            };
            tx.directory().put_inbox(task, &inbox).await?;
        }
        for index in 0..self.portals.len() {
            tx.directory().put_portal(task, &place.portal(self, index)?).await?;
        }
        for index in 0..self.inboxes.len() {
            tx.directory().put_inbox(task, &place.inbox(self, index)?).await?;
        }
        Ok(())
    }

    async fn people(&self, tx: &mut dyn Tx, place: &Place) -> Result<(), Broken> {
        let task = &Task::Import;
        for index in 0..COMPANIES {
            tx.directory().put_company(task, &place.company(index)?).await?;
        }
        for (index, person) in self.contacts.iter().enumerate() {
            tx.directory().put_contact(task, &place.contact(self, index)?).await?;
            if person.registered {
                tx.accounts().put_account(&place.account(index)).await?;
            }
        }
        Ok(())
    }

    async fn ticket(&self, tx: &mut dyn Tx, place: &Place, index: usize) -> Result<(), Broken> {
        let Some(issue) = self.tickets.get(index) else {
            return Ok(());
        };
        tx.tickets().insert(&place.ticket(self, index)?).await?;
        for item in place.timeline(self, index)? {
            add(tx, &item).await?;
        }
        for (note, words) in issue.notes.iter().enumerate() {
            tx.tickets()
                .add_note(&Task::Import, &place.note(index, note, words)?)
                .await?;
        }
        for (contact, seq) in &issue.read {
            let contact = place.contact_id(*contact);
            tx.tickets()
                .raise_read_mark(contact, place.number(index)?, *seq)
                .await?;
        }
        Ok(())
    }
}

/// Adds an item to a timeline.
pub(super) async fn add(tx: &mut dyn Tx, item: &TimelineItem) -> Result<(), Broken> {
    match item {
        TimelineItem::Message(it) => tx.tickets().add_message(it).await?,
        TimelineItem::Event(it) => tx.tickets().add_event(it).await?,
    }
    Ok(())
}
