use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use portal_core::access::Principal;
use portal_core::actor::Task;
use portal_core::crm::{
    Company, CompanyQuery, CompanyRow, Contact, ContactQuery, ContactRow, ContactStanding, Guest, Merge, MergeState,
    Moved, Party, PartyFields, PartyNote, Table, ViewAs,
};
use portal_core::id::{
    AccessGroupId, CompanyId, ContactId, MergeId, MessageId, NoteId, TableId, TicketNumber, ViewAsId,
};
use portal_core::mail::QueuedMail;
use portal_core::ports::{Crm, StoreError, StoreErrorKind};
use portal_core::property::{PropertyValue, PropertyValues};
use portal_core::text::{EmailAddress, Line};
use portal_core::ticket::{AuthorKind, Message, Ticket};
use portal_core::time::Timestamp;

use super::outbox::Posted;
use super::state::State;
use super::{MemoryTx, conflict};

fn has(part: Option<&str>, texts: &[Option<&str>]) -> bool {
    let Some(part) = part.map(str::to_ascii_lowercase) else {
        return true;
    };
    texts.iter().flatten().any(|it| it.to_ascii_lowercase().contains(&part))
}

/// What is searched of properties: what is kept as words.
fn words(properties: &PropertyValues) -> Vec<String> {
    let mut words = Vec::new();
    for value in properties.values() {
        match value {
            PropertyValue::Text(it) | PropertyValue::Choice(it) => words.push(it.clone()),
            PropertyValue::Choices(them) => words.extend(them.iter().cloned()),
            PropertyValue::Date(it) => words.push(it.to_string()),
            PropertyValue::Number(_) | PropertyValue::Bool(_) => {}
        }
    }
    words
}

impl State {
    /// Whether a contact is shown in lists.
    fn is_listed(&self, contact: ContactId) -> bool {
        !self.erased.contains_key(&contact) && !self.is_merged(Party::Contact(contact))
    }

    fn has_address(&self, it: &Contact, address: &EmailAddress) -> bool {
        self.is_listed(it.id) && (it.email.as_ref() == Some(address) || it.membership_email.as_ref() == Some(address))
    }

    fn guest(&self, contact: &Contact) -> Guest {
        Guest {
            contact: contact.clone(),
            registered: self.accounts.contains_key(&contact.id),
        }
    }

    fn row(&self, it: &Contact) -> ContactRow {
        let company = it.primary_company.and_then(|id| self.companies.get(&id));
        ContactRow {
            id: it.id,
            name: it.name.to_string(),
            email: it.email.clone(),
            membership_email: it.membership_email.clone(),
            standing: it.standing,
            company: company.map(|it| (it.id, it.name.to_string())),
            registered: self.accounts.contains_key(&it.id),
        }
    }
}

#[async_trait]
impl Crm for MemoryTx {
    async fn contacts_page(&mut self, _task: &Task, query: &ContactQuery) -> Result<Vec<ContactRow>, StoreError> {
        let state = &self.state;
        let wanted = state.contacts.values().filter(|it| {
            query.group.is_none_or(|group| it.groups.contains(&group))
                && query.company.is_none_or(|company| it.companies.contains(&company))
                && query.standing.is_none_or(|standing| it.standing == standing)
                && state.is_listed(it.id)
        });
        let mut rows: Vec<ContactRow> = wanted.map(|it| state.row(it)).collect();
        rows.retain(|it| {
            let words = state
                .contacts
                .get(&it.id)
                .map(|it| words(&it.properties))
                .unwrap_or_default();
            let texts = [
                Some(it.name.as_str()),
                it.email.as_ref().map(portal_core::text::EmailAddress::as_str),
                it.membership_email
                    .as_ref()
                    .map(portal_core::text::EmailAddress::as_str),
                it.company.as_ref().map(|(_, name)| name.as_str()),
            ];
            let key = (it.name.as_str(), it.id);
            let behind = query.after.as_ref().is_none_or(|(name, id)| key > (name.as_str(), *id));
            let texts: Vec<Option<&str>> = texts
                .into_iter()
                .chain(words.iter().map(|it| Some(it.as_str())))
                .collect();
            behind && has(query.text.as_deref(), &texts)
        });
        rows.sort_by(|a, b| (a.name.as_str(), a.id).cmp(&(b.name.as_str(), b.id)));
        rows.truncate(query.limit as usize);
        Ok(rows)
    }

    async fn companies_page(&mut self, _task: &Task, query: &CompanyQuery) -> Result<Vec<CompanyRow>, StoreError> {
        let state = &self.state;
        let people = |id| {
            let of_it = |it: &&Contact| it.standing == ContactStanding::Active && it.companies.contains(&id);
            state.contacts.values().filter(of_it).count() as u64
        };
        let mut rows: Vec<CompanyRow> = state
            .companies
            .values()
            .filter(|it| !state.is_merged(Party::Company(it.id)))
            .map(|it| CompanyRow {
                id: it.id,
                name: it.name.to_string(),
                domain: it.domain.as_ref().map(ToString::to_string),
                people: people(it.id),
            })
            .collect();
        rows.retain(|it| {
            let key = (it.name.as_str(), it.id);
            let behind = query.after.as_ref().is_none_or(|(name, id)| key > (name.as_str(), *id));
            let words = state
                .companies
                .get(&it.id)
                .map(|it| words(&it.properties))
                .unwrap_or_default();
            let texts: Vec<Option<&str>> = [Some(it.name.as_str()), it.domain.as_deref()]
                .into_iter()
                .chain(words.iter().map(|it| Some(it.as_str())))
                .collect();
            behind && has(query.text.as_deref(), &texts)
        });
        rows.sort_by(|a, b| (a.name.as_str(), a.id).cmp(&(b.name.as_str(), b.id)));
        rows.truncate(query.limit as usize);
        Ok(rows)
    }

    async fn group_sizes(&mut self, _task: &Task) -> Result<Vec<(AccessGroupId, u64)>, StoreError> {
        let active = |it: &&Contact| it.standing == ContactStanding::Active;
        let mut sizes = BTreeMap::new();
        for group in self.state.contacts.values().filter(active).flat_map(|it| &it.groups) {
            *sizes.entry(*group).or_default() += 1;
        }
        Ok(sizes.into_iter().collect())
    }

    async fn guests(&mut self, _task: &Task, after: Option<ContactId>, limit: u32) -> Result<Vec<Guest>, StoreError> {
        let behind = |it: &&Contact| after.is_none_or(|after| it.id > after);
        let found = self.state.contacts.values().filter(behind);
        Ok(found.take(limit as usize).map(|it| self.state.guest(it)).collect())
    }

    async fn guest(&mut self, _task: &Task, id: ContactId) -> Result<Option<Guest>, StoreError> {
        Ok(self.state.contacts.get(&id).map(|it| self.state.guest(it)))
    }

    async fn lock_company(&mut self, _task: &Task, _id: CompanyId) -> Result<(), StoreError> {
        Ok(())
    }

    async fn lock_group(&mut self, _task: &Task, _id: AccessGroupId) -> Result<(), StoreError> {
        Ok(())
    }

    async fn lock_contact(&mut self, _task: &Task, _id: ContactId) -> Result<(), StoreError> {
        Ok(())
    }

    async fn hold_criteria(&mut self, _task: &Task) -> Result<(), StoreError> {
        Ok(())
    }

    async fn remove_group(&mut self, _task: &Task, id: AccessGroupId) -> Result<(), StoreError> {
        let state = self.changed()?;
        state.groups.remove(&id);
        for contact in state.contacts.values_mut() {
            contact.groups.remove(&id);
        }
        Ok(())
    }

    async fn tickets_of(
        &mut self,
        _task: &Task,
        principal: Principal,
        below: Option<TicketNumber>,
        limit: u32,
    ) -> Result<Vec<Ticket>, StoreError> {
        let of_it = |it: &Ticket| match principal {
            Principal::Contact(id) => it.contacts.contains_key(&id),
            Principal::Company(id) => it.companies.contains(&id),
        };
        let numbers = self.state.tickets.keys().rev();
        let found = numbers
            .filter(|it| below.is_none_or(|below| **it < below))
            .filter_map(|it| self.state.ticket(*it))
            .filter(of_it);
        Ok(found.take(limit as usize).collect())
    }

    async fn add_party_note(&mut self, _task: &Task, note: &PartyNote) -> Result<(), StoreError> {
        self.changed()?.party_notes.push(note.clone());
        Ok(())
    }

    async fn party_note(&mut self, _task: &Task, id: NoteId) -> Result<Option<PartyNote>, StoreError> {
        Ok(self.state.party_notes.iter().find(|it| it.id == id).cloned())
    }

    async fn party_notes(&mut self, _task: &Task, about: Party, limit: u32) -> Result<Vec<PartyNote>, StoreError> {
        let mut found: Vec<PartyNote> = self.state.party_notes.clone();
        found.retain(|it| it.about == about);
        found.sort_by_key(|it| Reverse((it.at, it.id)));
        found.truncate(limit as usize);
        Ok(found)
    }

    async fn remove_party_note(&mut self, _task: &Task, id: NoteId) -> Result<(), StoreError> {
        self.changed()?.party_notes.retain(|it| it.id != id);
        Ok(())
    }

    async fn company_labels(
        &mut self,
        _task: &Task,
        contact: ContactId,
    ) -> Result<BTreeMap<CompanyId, Line>, StoreError> {
        Ok(self.state.company_labels.get(&contact).cloned().unwrap_or_default())
    }

    async fn put_company_labels(
        &mut self,
        _task: &Task,
        contact: ContactId,
        labels: &BTreeMap<CompanyId, Line>,
    ) -> Result<(), StoreError> {
        self.changed()?.company_labels.insert(contact, labels.clone());
        Ok(())
    }

    async fn contacts_at(
        &mut self,
        _task: &Task,
        addresses: &[EmailAddress],
        limit: u32,
    ) -> Result<Vec<ContactRow>, StoreError> {
        let state = &self.state;
        let found = state
            .contacts
            .values()
            .filter(|it| addresses.iter().any(|address| state.has_address(it, address)));
        let mut rows: Vec<ContactRow> = found.map(|it| state.row(it)).collect();
        rows.sort_by(|a, b| (a.name.as_str(), a.id).cmp(&(b.name.as_str(), b.id)));
        rows.truncate(limit as usize);
        Ok(rows)
    }

    async fn shared_addresses(
        &mut self,
        _task: &Task,
        after: Option<&EmailAddress>,
        limit: u32,
    ) -> Result<Vec<EmailAddress>, StoreError> {
        let state = &self.state;
        let all: BTreeSet<&EmailAddress> = state
            .contacts
            .values()
            .flat_map(|it| it.email.iter().chain(&it.membership_email))
            .collect();
        let shared = |address: &&&EmailAddress| {
            state
                .contacts
                .values()
                .filter(|it| state.has_address(it, address))
                .count()
                > 1
        };
        let behind = all.iter().filter(|it| after.is_none_or(|after| **it > after));
        Ok(behind
            .filter(shared)
            .take(limit as usize)
            .map(|it| (*it).clone())
            .collect())
    }

    async fn erased_at(&mut self, _task: &Task, contact: ContactId) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.state.erased.get(&contact).copied())
    }

    async fn put_merge(&mut self, _task: &Task, merge: &Merge) -> Result<(), StoreError> {
        let state = self.changed()?;
        let open = |it: &Merge| it.from == merge.from && it.state != MergeState::Undone;
        if open(merge) && state.merges.values().any(|it| it.id != merge.id && open(it)) {
            return Err(conflict());
        }
        state.merges.insert(merge.id, merge.clone());
        Ok(())
    }

    async fn merge(&mut self, _task: &Task, id: MergeId) -> Result<Option<Merge>, StoreError> {
        Ok(self.state.merges.get(&id).cloned())
    }

    async fn merges_of(&mut self, _task: &Task, party: Party) -> Result<Vec<Merge>, StoreError> {
        let mut found: Vec<Merge> = self.state.merges.values().cloned().collect();
        found.retain(|it| it.from == party || it.into == party);
        found.sort_by_key(|it| Reverse((it.at, it.id)));
        found.truncate(50);
        Ok(found)
    }

    async fn keep_moved(&mut self, _task: &Task, merge: MergeId, moved: &[Moved]) -> Result<(), StoreError> {
        let kept = self.changed()?.moved.entry(merge).or_default();
        for it in moved {
            if !kept.iter().any(|old| place(old) == place(it)) {
                kept.push(it.clone());
            }
        }
        Ok(())
    }

    async fn moved(&mut self, _task: &Task, merge: MergeId, limit: u32) -> Result<Vec<Moved>, StoreError> {
        let mut found = self.state.moved.get(&merge).cloned().unwrap_or_default();
        found.sort_by_key(place);
        found.truncate(limit as usize);
        Ok(found)
    }

    async fn forget_moved(&mut self, _task: &Task, merge: MergeId, moved: &[Moved]) -> Result<(), StoreError> {
        let kept = self.changed()?.moved.entry(merge).or_default();
        kept.retain(|old| !moved.iter().any(|it| place(it) == place(old)));
        Ok(())
    }

    async fn move_notes(&mut self, _task: &Task, merge: MergeId, from: Party, into: Party) -> Result<(), StoreError> {
        let state = self.changed()?;
        for note in state.party_notes.iter_mut().filter(|it| it.about == from) {
            note.about = into;
            state.moved_notes.insert(note.id, merge);
        }
        Ok(())
    }

    async fn return_notes(&mut self, _task: &Task, merge: MergeId, to: Party) -> Result<(), StoreError> {
        let state = self.changed()?;
        for note in &mut state.party_notes {
            if state.moved_notes.get(&note.id) == Some(&merge) {
                note.about = to;
                state.moved_notes.remove(&note.id);
            }
        }
        Ok(())
    }

    async fn erase_contact(
        &mut self,
        _task: &Task,
        id: ContactId,
        addresses: &[EmailAddress],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let state = self.changed()?;
        let on = state.tickets.values().filter(|it| it.contacts.contains_key(&id));
        let wrote = state
            .messages
            .iter()
            .filter(|it| it.author.kind == AuthorKind::Contact(id));
        let theirs: BTreeSet<TicketNumber> = on.map(|it| it.number).chain(wrote.map(|it| it.ticket)).collect();
        if let Some(known) = state.contacts.get(&id).map(|it| it.name.to_string()) {
            let told = state.agent_notices.values_mut().map(|it| &mut it.0);
            for notice in told.filter(|it| it.by == known && theirs.contains(&it.ticket)) {
                notice.by.clear();
            }
        }
        let name = Contact::ERASED
            .parse()
            .map_err(|err| StoreError::new(StoreErrorKind::Corrupt, err))?;
        if let Some(contact) = state.contacts.get_mut(&id) {
            *contact = Contact {
                id,
                name,
                email: None,
                membership_email: None,
                standing: ContactStanding::Inactive,
                primary_company: None,
                companies: BTreeSet::new(),
                groups: BTreeSet::new(),
                language: None,
                time_zone: None,
                properties: PropertyValues::new(),
                external_id: None,
                created_at: contact.created_at,
            };
        }
        state.erased.insert(id, at);
        state.accounts.remove(&id);
        state.sessions.retain(|_, it| it.contact != id);
        state.tokens.retain(|_, it| it.contact != id);
        state.first_sessions.retain(|(of, _), _| *of != id);
        state.read_marks.retain(|(of, _), _| *of != id);
        state.remembered.retain(|(of, _, _), _| *of != id.uuid());
        state.company_labels.remove(&id);
        state.party_notes.retain(|it| it.about != Party::Contact(id));
        state.looks.retain(|_, it| it.contact != id);
        state.contact_choices.remove(&id);
        state.muted.retain(|(of, _)| *of != id);
        for (rating, giver) in state.ratings.values_mut() {
            if rating.contact == id || *giver == id {
                rating.name.clear();
                rating.comment = None;
            }
        }
        for conversation in state.conversations.values_mut().filter(|it| it.contact == Some(id)) {
            conversation.name.clear();
            conversation.address = None;
        }
        state.membership.erase(id, addresses);
        state.imports.erase(id.uuid());
        state.outbox.values_mut().for_each(|it| it.erase(addresses));
        let theirs = AuthorKind::Contact(id);
        let authors = state.messages.iter_mut().map(|it| &mut it.author);
        let authors = authors
            .chain(state.events.iter_mut().map(|it| &mut it.by))
            .chain(state.notes.iter_mut().map(|it| &mut it.author))
            .chain(state.said.iter_mut().map(|it| &mut it.author));
        for author in authors.filter(|it| it.kind == theirs) {
            author.name.clear();
        }
        let last = state.tickets.values_mut().filter_map(|it| it.last_message.as_mut());
        for last in last.filter(|it| it.author == theirs) {
            last.name.clear();
        }
        let party = Party::Contact(id);
        for merge in state.merges.values_mut() {
            if merge.from == party || merge.into == party {
                merge.before = PartyFields::default();
                merge.after = PartyFields::default();
                state.moved.remove(&merge.id);
            }
        }
        Ok(())
    }

    async fn listed_guests(
        &mut self,
        _task: &Task,
        after: Option<ContactId>,
        limit: u32,
    ) -> Result<Vec<Guest>, StoreError> {
        let state = &self.state;
        let wanted = |it: &&Contact| after.is_none_or(|after| it.id > after) && state.is_listed(it.id);
        let found = state.contacts.values().filter(wanted);
        Ok(found.take(limit as usize).map(|it| state.guest(it)).collect())
    }

    async fn messages_by(
        &mut self,
        _task: &Task,
        contact: ContactId,
        after: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<Message>, StoreError> {
        let mut found: Vec<Message> = self.state.messages.clone();
        found.retain(|it| it.author.kind == AuthorKind::Contact(contact) && after.is_none_or(|after| it.id > after));
        found.sort_by_key(|it| it.id);
        found.truncate(limit as usize);
        for it in &mut found {
            it.files.clear();
        }
        Ok(found)
    }

    async fn mails_to(
        &mut self,
        _task: &Task,
        addresses: &[EmailAddress],
        limit: u32,
    ) -> Result<Vec<QueuedMail>, StoreError> {
        let sent = self.state.outbox.values().rev().map(Posted::queued);
        let to = sent.filter(|it| it.to.as_ref().is_some_and(|to| addresses.contains(to)));
        Ok(to.take(limit as usize).cloned().collect())
    }

    async fn add_table(&mut self, _task: &Task, table: &Table, content: &[u8]) -> Result<(), StoreError> {
        let content = (table.clone(), content.to_vec());
        self.changed()?.tables.insert(table.id, content);
        Ok(())
    }

    async fn put_table(&mut self, _task: &Task, table: &Table) -> Result<(), StoreError> {
        if let Some((kept, _)) = self.changed()?.tables.get_mut(&table.id) {
            kept.clone_from(table);
        }
        Ok(())
    }

    async fn table(&mut self, _task: &Task, id: TableId) -> Result<Option<Table>, StoreError> {
        Ok(self.state.tables.get(&id).map(|(table, _)| table.clone()))
    }

    async fn table_content(&mut self, _task: &Task, id: TableId) -> Result<Vec<u8>, StoreError> {
        let found = self.state.tables.get(&id);
        Ok(found.map(|(_, content)| content.clone()).unwrap_or_default())
    }

    async fn tables(&mut self, _task: &Task, limit: u32) -> Result<Vec<Table>, StoreError> {
        let mut found: Vec<Table> = self.state.tables.values().map(|(table, _)| table.clone()).collect();
        found.sort_by_key(|it| Reverse((it.at, it.id)));
        found.truncate(limit as usize);
        Ok(found)
    }

    async fn remove_table_content(&mut self, _task: &Task, id: TableId) -> Result<(), StoreError> {
        if let Some((_, content)) = self.changed()?.tables.get_mut(&id) {
            content.clear();
        }
        Ok(())
    }

    async fn remove_table(&mut self, _task: &Task, id: TableId) -> Result<(), StoreError> {
        self.changed()?.tables.remove(&id);
        Ok(())
    }

    async fn contact_by_external_id(&mut self, _task: &Task, key: &str) -> Result<Option<Contact>, StoreError> {
        let mut all = self.state.contacts.values();
        Ok(all.find(|it| it.external_id.as_deref() == Some(key)).cloned())
    }

    async fn company_by_external_id(&mut self, _task: &Task, key: &str) -> Result<Option<Company>, StoreError> {
        let mut all = self.state.companies.values();
        Ok(all.find(|it| it.external_id.as_deref() == Some(key)).cloned())
    }

    async fn companies_named(&mut self, _task: &Task, name: &str, limit: u32) -> Result<Vec<CompanyId>, StoreError> {
        let state = &self.state;
        let named =
            |it: &&Company| it.name.as_str().eq_ignore_ascii_case(name) && !state.is_merged(Party::Company(it.id));
        let found = state.companies.values().filter(named);
        Ok(found.take(limit as usize).map(|it| it.id).collect())
    }

    async fn put_view_as(&mut self, _task: &Task, view: &ViewAs) -> Result<(), StoreError> {
        self.changed()?.looks.insert(view.id, view.clone());
        Ok(())
    }

    async fn view_as(&mut self, _task: &Task, id: ViewAsId) -> Result<Option<ViewAs>, StoreError> {
        Ok(self.state.looks.get(&id).cloned())
    }
}

/// Where something that followed stands: people first, by id, then tickets.
fn place(moved: &Moved) -> (bool, Option<ContactId>, Option<TicketNumber>) {
    match moved {
        Moved::Person { contact, .. } => (false, Some(*contact), None),
        Moved::Ticket { number, .. } | Moved::CompanyTicket { number, .. } => (true, None, Some(*number)),
    }
}
