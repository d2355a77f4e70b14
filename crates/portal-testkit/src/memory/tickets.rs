use std::cmp::Reverse;
use std::collections::BTreeMap;

use async_trait::async_trait;
use portal_core::access::{Scope, Tab};
use portal_core::actor::Task;
use portal_core::id::{ContactId, FileId, TicketId, TicketNumber};
use portal_core::ports::{ListFrame, StoreError, StoreErrorKind, Tickets};
use portal_core::text::index_tokens;
use portal_core::ticket::{
    AuthorKind, Cursor, Edge, Event, File, FileHome, ListQuery, Message, Note, RowDetails, Search, Sort, StageCounts,
    Ticket, TicketHit, TicketRow, Timeline, TimelineItem, TimelineWindow, Version, search_document,
};
use portal_core::time::Timestamp;

use super::state::State;
use super::{MemoryTx, conflict, directory};

/// The most items of a timeline that are given at once.
const MOST_ITEMS: usize = 1000;

/// The tickets of a tab: those the scope permits that have the tab's principal among their readers.
fn of_tab(state: &State, scope: &Scope, tab: Tab) -> Vec<Ticket> {
    let Some(principal) = scope.principal_of(tab) else {
        return Vec::new();
    };
    let mut found = state.all_visible(scope);
    found.retain(|it| it.facts().readers().contains(&principal));
    found
}

/// How many tickets of a tab are in each stage, each counted up to the cap.
fn counts(state: &State, scope: &Scope, tab: Tab, cap: u32) -> StageCounts {
    let mut counts = StageCounts::none(cap);
    for ticket in of_tab(state, scope, tab) {
        let count = counts.of_mut(ticket.stage);
        *count = (*count + 1).min(cap);
    }
    counts
}

/// A row's place in the order of a list: greater comes first.
fn place(sort: Sort, cursor: &Cursor) -> (u8, Option<Timestamp>, TicketNumber) {
    match sort {
        Sort::Attention => (cursor.rank, Some(cursor.last_activity), cursor.number),
        Sort::LastActivity => (0, Some(cursor.last_activity), cursor.number),
        Sort::Created => (0, None, cursor.number),
    }
}

fn row(state: &State, scope: &Scope, ticket: &Ticket) -> TicketRow {
    let status = state
        .pipelines
        .get(&ticket.pipeline)
        .and_then(|it| it.status(ticket.status));
    let own = state.contacts.get(&scope.contact()).and_then(|it| it.primary_company);
    let last = ticket.last_message.as_ref().map(|it| it.author);
    let requester = ticket.requester().and_then(|id| state.contacts.get(&id)).filter(|it| {
        let colleague = own.is_some() && it.primary_company == own;
        it.id == scope.contact() || colleague || last == Some(AuthorKind::Contact(it.id))
    });
    let mark = state.read_marks.get(&(scope.contact(), ticket.number));
    let host = state.portals.get(&scope.portal()).map(|it| it.host.to_string());
    let came = host.and_then(|host| state.first_sessions.get(&(scope.contact(), host)));
    let unread = match (mark, came) {
        (Some(read), _) => *read < ticket.public_seq,
        (None, Some(came)) => ticket.public_seq > 0 && ticket.last_activity > *came,
        (None, None) => ticket.public_seq > 0,
    };
    TicketRow {
        number: ticket.number,
        id: ticket.id,
        version: ticket.version,
        subject: ticket.subject.clone(),
        status: ticket.status,
        stage: ticket.stage,
        status_label: status.and_then(|it| it.customer_label.clone()),
        priority: ticket.priority,
        category: ticket.category.clone(),
        source: ticket.source,
        audience: ticket.audience,
        requester: requester.map(|it| (it.id, it.name.to_string())),
        created_at: ticket.created_at,
        last_activity: ticket.last_activity,
        last_message: ticket.last_message.clone(),
        files: ticket.files,
        unread,
    }
}

/// The public messages of a ticket, oldest first.
fn messages(state: &State, number: TicketNumber) -> Vec<&Message> {
    let mut found: Vec<&Message> = state.messages.iter().filter(|it| it.ticket == number).collect();
    found.sort_by_key(|it| it.seq);
    found
}

fn hit(state: &State, scope: &Scope, search: &Search, ticket: &Ticket) -> Option<TicketHit> {
    let (beginning, whole) = search.tokens.split_last()?;
    let messages = messages(state, ticket.number);
    let texts: Vec<&str> = messages.iter().map(|it| it.body.plain.as_str()).collect();
    let document = search_document(ticket, &texts);
    let has_all =
        whole.iter().all(|it| document.contains(it)) && document.iter().any(|it| it.starts_with(beginning.as_str()));
    let has_one = |text: &&&str| {
        let words = index_tokens([**text]);
        words
            .iter()
            .any(|it| whole.contains(it) || it.starts_with(beginning.as_str()))
    };
    let excerpt = texts.iter().rev().find(has_one).copied().unwrap_or_default();
    has_all.then(|| TicketHit {
        row: row(state, scope, ticket),
        excerpt: excerpt.to_owned(),
    })
}

fn cut(mut items: Vec<TimelineItem>, window: TimelineWindow) -> Timeline {
    let total = items.len();
    let hidden = match window {
        TimelineWindow::All => {
            items.drain(..total.saturating_sub(MOST_ITEMS));
            total - items.len()
        }
        TimelineWindow::Folded { first, last } => {
            let (first, last) = (first as usize, last as usize);
            if total > first + last {
                items.drain(first..total - last);
            }
            total - items.len()
        }
        TimelineWindow::After(seq) => {
            items.retain(|it| it.seq() > seq);
            items.truncate(MOST_ITEMS);
            0
        }
    };
    Timeline {
        items,
        hidden: hidden as u32,
    }
}

#[async_trait]
impl Tickets for MemoryTx {
    async fn find(&mut self, scope: &Scope, number: TicketNumber) -> Result<Option<Ticket>, StoreError> {
        Ok(self.state.visible(scope, number))
    }

    async fn find_by_id(&mut self, scope: &Scope, id: TicketId) -> Result<Option<Ticket>, StoreError> {
        Ok(self.state.all_visible(scope).into_iter().find(|it| it.id == id))
    }

    async fn page(&mut self, scope: &Scope, query: &ListQuery) -> Result<Vec<TicketRow>, StoreError> {
        let mut rows: Vec<TicketRow> = of_tab(&self.state, scope, query.tab)
            .iter()
            .filter(|it| query.filter.wants(it.stage))
            .filter(|it| query.requester.is_none() || it.requester() == query.requester)
            .map(|it| row(&self.state, scope, it))
            .collect();
        rows.sort_by_key(|it| Reverse(place(query.sort, &it.cursor())));
        let place = |it: &Cursor| place(query.sort, it);
        match &query.edge {
            Edge::Start => {}
            Edge::After(edge) => rows.retain(|it| place(&it.cursor()) < place(edge)),
            Edge::Before(edge) => {
                rows.retain(|it| place(&it.cursor()) > place(edge));
                rows.drain(..rows.len().saturating_sub(query.limit as usize));
            }
        }
        rows.truncate(query.limit as usize);
        Ok(rows)
    }

    async fn row_details(&mut self, scope: &Scope, numbers: &[TicketNumber]) -> Result<Vec<RowDetails>, StoreError> {
        let mut found = self.state.all_visible(scope);
        found.retain(|it| numbers.contains(&it.number));
        let details = found.into_iter().map(|it| RowDetails {
            number: it.number,
            owner: it
                .owner
                .and_then(|id| self.state.agents.get(&id))
                .map(|it| it.name.to_string()),
            properties: it.properties.clone(),
        });
        Ok(details.collect())
    }

    async fn frame(&mut self, scope: &Scope, cap: u32, colleagues: u32) -> Result<ListFrame, StoreError> {
        let company = scope.company();
        let mut people = company.map_or_else(Vec::new, |it| directory::colleagues(&self.state, it));
        people.truncate(colleagues as usize);
        Ok(ListFrame {
            mine: counts(&self.state, scope, Tab::Mine, cap),
            companys: counts(&self.state, scope, Tab::Company, cap),
            company: company.and_then(|it| directory::company_name(&self.state, it)),
            colleagues: people,
        })
    }

    async fn search(&mut self, scope: &Scope, search: &Search) -> Result<Vec<TicketHit>, StoreError> {
        let newest_first = self.state.all_visible(scope).into_iter().rev();
        Ok(newest_first
            .filter(|it| search.filter.wants(it.stage))
            .filter(|it| search.below.is_none_or(|below| it.number < below))
            .filter_map(|it| hit(&self.state, scope, search, &it))
            .take(search.limit as usize)
            .collect())
    }

    async fn timeline(
        &mut self,
        scope: &Scope,
        number: TicketNumber,
        window: TimelineWindow,
    ) -> Result<Timeline, StoreError> {
        if self.state.visible(scope, number).is_none() {
            return Ok(Timeline {
                items: Vec::new(),
                hidden: 0,
            });
        }
        let messages = messages(&self.state, number)
            .into_iter()
            .cloned()
            .map(TimelineItem::Message);
        let events = self.state.events.iter().filter(|it| it.ticket == number);
        let mut items: Vec<TimelineItem> = messages.chain(events.cloned().map(TimelineItem::Event)).collect();
        items.sort_by_key(TimelineItem::seq);
        Ok(cut(items, window))
    }

    async fn file(&mut self, scope: &Scope, id: FileId) -> Result<Option<File>, StoreError> {
        let file = self.state.files.get(&id).filter(|it| match it.home {
            FileHome::Staged(contact) => contact == scope.contact(),
            FileHome::Message(number, _) => self.state.visible(scope, number).is_some(),
            FileHome::Note(..) | FileHome::Drafted(_) | FileHome::Held(..) => false,
        });
        Ok(file.cloned())
    }

    async fn staged_files(&mut self, scope: &Scope, ids: &[FileId], since: Timestamp) -> Result<Vec<File>, StoreError> {
        let own = FileHome::Staged(scope.contact());
        let files = ids.iter().filter_map(|id| self.state.files.get(id));
        Ok(files.filter(|it| it.home == own && it.at >= since).cloned().collect())
    }

    async fn lock(&mut self, _number: TicketNumber) -> Result<(), StoreError> {
        // There is one writer at a time: nobody changes anything until this unit of work ends.
        self.changed().map(|_| ())
    }

    async fn next_number(&mut self) -> Result<TicketNumber, StoreError> {
        let state = self.changed()?;
        state.last_number += 1;
        TicketNumber::new(state.last_number).ok_or(StoreError::bare(StoreErrorKind::Corrupt))
    }

    async fn insert(&mut self, ticket: &Ticket) -> Result<(), StoreError> {
        let state = self.changed()?;
        let taken = |it: &Ticket| {
            let same_key = it.external_id.is_some() && it.external_id == ticket.external_id;
            it.number == ticket.number || it.id == ticket.id || same_key
        };
        if state.tickets.values().any(taken) {
            return Err(conflict());
        }
        state.last_number = state.last_number.max(ticket.number.get());
        state.tickets.insert(ticket.number, ticket.clone());
        Ok(())
    }

    async fn update(&mut self, ticket: &Ticket, expected: Version) -> Result<bool, StoreError> {
        let state = self.changed()?;
        if state
            .tickets
            .get(&ticket.number)
            .is_none_or(|it| it.version != expected)
        {
            return Ok(false);
        }
        state.tickets.insert(ticket.number, ticket.clone());
        Ok(true)
    }

    async fn add_message(&mut self, message: &Message) -> Result<(), StoreError> {
        let state = self.changed()?;
        let taken = |it: &Message| it.id == message.id || (it.ticket == message.ticket && it.seq == message.seq);
        if state.messages.iter().any(taken) {
            return Err(conflict());
        }
        let mut message = message.clone();
        state.settle(&mut message.files, FileHome::Message(message.ticket, message.id))?;
        let facts = state.service_facts.entry(message.ticket).or_default();
        *facts = facts.after_message(&message);
        state.messages.push(message);
        Ok(())
    }

    async fn add_event(&mut self, event: &Event) -> Result<(), StoreError> {
        let state = self.changed()?;
        let facts = state.service_facts.entry(event.ticket).or_default();
        *facts = facts.after_event(event);
        state.events.push(event.clone());
        Ok(())
    }

    async fn add_staged_file(&mut self, file: &File) -> Result<(), StoreError> {
        let files = &mut self.changed()?.files;
        if files.contains_key(&file.id) {
            return Err(conflict());
        }
        files.insert(file.id, file.clone());
        Ok(())
    }

    async fn raise_read_mark(&mut self, contact: ContactId, number: TicketNumber, seq: u32) -> Result<(), StoreError> {
        let mark = self.changed()?.read_marks.entry((contact, number)).or_default();
        *mark = seq.max(*mark);
        Ok(())
    }

    async fn add_note(&mut self, _task: &Task, note: &Note) -> Result<(), StoreError> {
        let state = self.changed()?;
        if state.notes.iter().any(|it| it.id == note.id) {
            return Err(conflict());
        }
        let mut note = note.clone();
        state.settle(&mut note.files, FileHome::Note(note.ticket, note.id))?;
        state.notes.push(note);
        Ok(())
    }

    async fn load(&mut self, _task: &Task, number: TicketNumber) -> Result<Option<Ticket>, StoreError> {
        Ok(self.state.ticket(number))
    }

    async fn sweep_staged(&mut self, _task: &Task, before: Timestamp, limit: u32) -> Result<Vec<File>, StoreError> {
        let files: &mut BTreeMap<FileId, File> = &mut self.changed()?.files;
        let mut old: Vec<File> = files
            .values()
            .filter(|it| matches!(it.home, FileHome::Staged(_) | FileHome::Drafted(_)) && it.at < before)
            .cloned()
            .collect();
        old.sort_by_key(|it| (it.at, it.id));
        old.truncate(limit as usize);
        for file in &old {
            files.remove(&file.id);
        }
        Ok(old)
    }
}
