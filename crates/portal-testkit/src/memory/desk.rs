use async_trait::async_trait;
use portal_core::access::Principal;
use portal_core::actor::Task;
use portal_core::desk::{
    DeskCounts, DeskHit, DeskQuery, DeskRow, DeskSearch, DeskSort, DeskThread, DeskView, InboxCount, MOST_NAMED_ALIKE,
    NameRun, PendingAnswer, StaffScope, desk_document, named_by,
};
use portal_core::id::{AgentId, FileId, MessageId, TicketNumber};
use portal_core::ports::{Desk, StoreError};
use portal_core::text::{Token, index_tokens};
use portal_core::ticket::{Cursor, Edge, File, FileHome, Message, Note, Ticket, TimelineItem};

use portal_core::time::Timestamp;

use super::state::State;
use super::{MemoryTx, conflict};

/// All tickets of the scope.
fn all(state: &State, scope: &StaffScope) -> Vec<Ticket> {
    let tickets = state.tickets.keys().filter_map(|it| state.ticket(*it));
    tickets.filter(|it| scope.permits(it)).collect()
}

/// A row's place in the order of a list: smaller comes first.
fn place(sort: DeskSort, it: &Cursor) -> (i64, i64) {
    let (at, number) = (it.last_activity.micros(), it.number.get());
    match sort {
        DeskSort::Newest => (-at, -number),
        DeskSort::Oldest => (at, number),
    }
}

fn row(state: &State, ticket: &Ticket) -> DeskRow {
    let pipeline = state.pipelines.get(&ticket.pipeline);
    let status = pipeline.and_then(|it| it.status(ticket.status));
    let requester = ticket.requester().and_then(|id| state.contacts.get(&id));
    let company = requester
        .and_then(|it| it.primary_company)
        .and_then(|id| state.companies.get(&id));
    let owner = ticket.owner.and_then(|id| state.agents.get(&id));
    let inbox = state.inboxes.get(&ticket.inbox);
    DeskRow {
        number: ticket.number,
        version: ticket.version,
        subject: ticket.subject.clone(),
        status: status.map(|it| it.name.to_string()).unwrap_or_default(),
        stage: ticket.stage,
        standing: ticket.standing,
        priority: ticket.priority,
        category: ticket.category.clone(),
        source: ticket.source,
        audience: ticket.audience,
        inbox: (ticket.inbox, inbox.map(|it| it.name.to_string()).unwrap_or_default()),
        owner: owner.map(|it| (it.id, it.name.to_string())),
        requester: requester.map(|it| (it.id, it.name.to_string())),
        company: company.map(|it| it.name.to_string()),
        created_at: ticket.created_at,
        last_activity: ticket.last_activity,
        last_message: ticket.last_message.clone(),
        files: ticket.files,
    }
}

/// Whom the runs of a query name, the newest of each run.
fn named(state: &State, tokens: &[Token]) -> Vec<(usize, Principal)> {
    let contacts = state
        .contacts
        .values()
        .map(|it| (Principal::Contact(it.id), it.id.uuid(), it.words()));
    let companies = state
        .companies
        .values()
        .map(|it| (Principal::Company(it.id), it.id.uuid(), it.words()));
    let mut all: Vec<_> = contacts.chain(companies).collect();
    all.sort_by_key(|it| std::cmp::Reverse(it.1));
    let runs = NameRun::all(tokens).into_iter().enumerate();
    let of_run = |(place, run): (usize, NameRun)| {
        let own = all.iter().filter(move |it| run.names(&it.2));
        own.take(MOST_NAMED_ALIKE as usize)
            .map(move |it| (place, it.0))
            .collect::<Vec<_>>()
    };
    runs.flat_map(of_run).collect()
}

/// Whether a text has one of the words.
fn has_one(text: &str, tokens: &[Token]) -> bool {
    let words = index_tokens([text]);
    let Some((beginning, whole)) = tokens.split_last() else {
        return false;
    };
    words
        .iter()
        .any(|it| whole.contains(it) || it.starts_with(beginning.as_str()))
}

fn notes(state: &State, number: TicketNumber) -> Vec<Note> {
    let mut notes: Vec<Note> = state.notes.iter().filter(|it| it.ticket == number).cloned().collect();
    notes.sort_by_key(|it| (it.at, it.id));
    notes
}

fn hit(
    state: &State,
    search: &DeskSearch,
    named: &[std::collections::BTreeSet<Principal>],
    ticket: &Ticket,
) -> Option<DeskHit> {
    let mut messages: Vec<&Message> = state.messages.iter().filter(|it| it.ticket == ticket.number).collect();
    messages.sort_by_key(|it| it.seq);
    let messages: Vec<&str> = messages.iter().map(|it| it.body.plain.as_str()).collect();
    let notes = notes(state, ticket.number);
    let notes: Vec<&str> = notes.iter().map(|it| it.body.plain.as_str()).collect();
    let document = desk_document(ticket, &messages, &notes);
    let last = search.tokens.len().checked_sub(1)?;
    let is_on_it = |it: &Principal| match it {
        Principal::Contact(id) => ticket.contacts.contains_key(id),
        Principal::Company(id) => ticket.companies.contains(id),
    };
    let has_all = search
        .tokens
        .iter()
        .zip(named)
        .enumerate()
        .all(|(place, (token, named))| {
            let said = document.iter().any(|it| {
                if place == last {
                    it.starts_with(token.as_str())
                } else {
                    it == token
                }
            });
            said || named.iter().any(is_on_it)
        });
    let newest = |texts: &[&str]| {
        texts
            .iter()
            .rev()
            .find(|it| has_one(it, &search.tokens))
            .map(ToString::to_string)
    };
    let public = newest(&messages);
    let in_note = if public.is_none() { newest(&notes) } else { None };
    has_all.then(|| DeskHit {
        row: row(state, ticket),
        in_note: in_note.is_some(),
        excerpt: public.or(in_note).unwrap_or_default(),
    })
}

/// The newest of some things that are in order, and how many were left out.
fn newest<T>(mut of: Vec<T>, limit: u32) -> (Vec<T>, u32) {
    let left_out = of.len().saturating_sub(limit as usize);
    of.drain(..left_out);
    (of, left_out as u32)
}

#[async_trait]
impl Desk for MemoryTx {
    async fn desk_page(&mut self, scope: &StaffScope, query: &DeskQuery) -> Result<Vec<DeskRow>, StoreError> {
        let place = |it: &Cursor| place(query.sort, it);
        let mut rows: Vec<DeskRow> = all(&self.state, scope)
            .iter()
            .filter(|it| query.view.wants(it, query.agent))
            .filter(|it| query.inbox.is_none_or(|inbox| it.inbox == inbox) && query.filter.wants(it))
            .map(|it| row(&self.state, it))
            .collect();
        rows.sort_by_key(|it| place(&it.cursor()));
        match &query.edge {
            Edge::Start => {}
            Edge::After(edge) => rows.retain(|it| place(&it.cursor()) > place(edge)),
            Edge::Before(edge) => {
                rows.retain(|it| place(&it.cursor()) < place(edge));
                rows.drain(..rows.len().saturating_sub(query.limit as usize));
            }
        }
        rows.truncate(query.limit as usize);
        Ok(rows)
    }

    async fn desk_counts(&mut self, scope: &StaffScope, agent: AgentId, cap: u32) -> Result<DeskCounts, StoreError> {
        let tickets = all(&self.state, scope);
        let count = |view: DeskView, wanted: &dyn Fn(&Ticket) -> bool| {
            let some = tickets.iter().filter(|it| view.wants(it, agent) && wanted(it));
            some.take(cap as usize).count() as u32
        };
        let any = |_: &Ticket| true;
        let mut inboxes: Vec<InboxCount> = self
            .state
            .inboxes
            .values()
            .filter(|it| scope.has(it.id))
            .map(|it| InboxCount {
                inbox: it.id,
                name: it.name.to_string(),
                open: count(DeskView::Open, &|ticket| ticket.inbox == it.id),
            })
            .collect();
        inboxes.sort_by(|a, b| (&a.name, a.inbox).cmp(&(&b.name, b.inbox)));
        Ok(DeskCounts {
            cap,
            mine: count(DeskView::Mine, &any),
            unassigned: count(DeskView::Unassigned, &any),
            open: count(DeskView::Open, &any),
            waiting: count(DeskView::Waiting, &any),
            inboxes,
        })
    }

    async fn desk_ticket(&mut self, scope: &StaffScope, number: TicketNumber) -> Result<Option<Ticket>, StoreError> {
        Ok(self.state.ticket(number).filter(|it| scope.permits(it)))
    }

    async fn desk_thread(
        &mut self,
        scope: &StaffScope,
        number: TicketNumber,
        limit: u32,
    ) -> Result<DeskThread, StoreError> {
        let state = &self.state;
        if state.ticket(number).is_none_or(|it| !scope.permits(&it)) {
            return Ok(DeskThread::default());
        }
        let messages = state.messages.iter().filter(|it| it.ticket == number).cloned();
        let events = state.events.iter().filter(|it| it.ticket == number).cloned();
        let mut items: Vec<TimelineItem> = messages
            .map(TimelineItem::Message)
            .chain(events.map(TimelineItem::Event))
            .collect();
        items.sort_by_key(TimelineItem::seq);
        let notes = notes(state, number);
        let (items, hidden) = newest(items, limit);
        let (notes, hidden_notes) = newest(notes, limit);
        Ok(DeskThread {
            items,
            notes,
            hidden,
            hidden_notes,
        })
    }

    async fn public_message(
        &mut self,
        _task: &Task,
        number: TicketNumber,
        seq: u32,
    ) -> Result<Option<Message>, StoreError> {
        let mut messages = self.state.messages.iter();
        Ok(messages.find(|it| it.ticket == number && it.seq == seq).cloned())
    }

    async fn due_snoozes(&mut self, _task: &Task, now: Timestamp, limit: u32) -> Result<Vec<TicketNumber>, StoreError> {
        let due = self
            .state
            .tickets
            .values()
            .filter_map(|it| Some((it.snoozed_until?, it.number)));
        let mut due: Vec<(Timestamp, TicketNumber)> = due.filter(|it| it.0 <= now).collect();
        due.sort_unstable();
        due.truncate(limit as usize);
        Ok(due.into_iter().map(|it| it.1).collect())
    }

    async fn merged_sources(
        &mut self,
        scope: &StaffScope,
        into: TicketNumber,
        limit: u32,
    ) -> Result<Vec<Ticket>, StoreError> {
        let mut parts = all(&self.state, scope);
        parts.retain(|it| it.merged_into == Some(into));
        parts.truncate(limit as usize);
        Ok(parts)
    }

    async fn merged_numbers(&mut self, _task: &Task, into: TicketNumber) -> Result<Vec<TicketNumber>, StoreError> {
        let parts = self.state.tickets.values().filter(|it| it.merged_into == Some(into));
        Ok(parts.map(|it| it.number).collect())
    }

    async fn drafted_files(
        &mut self,
        agent: AgentId,
        ids: &[FileId],
        since: Timestamp,
    ) -> Result<Vec<File>, StoreError> {
        let own = FileHome::Drafted(agent);
        let files = ids.iter().filter_map(|id| self.state.files.get(id));
        Ok(files.filter(|it| it.home == own && it.at >= since).cloned().collect())
    }

    async fn add_pending(&mut self, answer: &PendingAnswer) -> Result<(), StoreError> {
        let state = self.changed()?;
        if state.pending.contains_key(&answer.id) {
            return Err(conflict());
        }
        let mut answer = answer.clone();
        let home = FileHome::Held(answer.agent, answer.id);
        state.settle(&mut answer.files, home)?;
        state.pending.insert(answer.id, answer);
        Ok(())
    }

    async fn pending_answers(
        &mut self,
        scope: &StaffScope,
        number: TicketNumber,
    ) -> Result<Vec<PendingAnswer>, StoreError> {
        let is_theirs = self.state.ticket(number).is_some_and(|it| scope.permits(&it));
        let waiting = self.state.pending.values();
        let mut found: Vec<PendingAnswer> = waiting.filter(|it| is_theirs && it.ticket == number).cloned().collect();
        found.sort_by_key(|it| (it.due_at, it.id));
        Ok(found)
    }

    async fn take_pending(&mut self, _task: &Task, id: MessageId) -> Result<Option<PendingAnswer>, StoreError> {
        let state = self.changed()?;
        let Some(mut answer) = state.pending.remove(&id) else {
            return Ok(None);
        };
        let home = FileHome::Drafted(answer.agent);
        state.settle(&mut answer.files, home)?;
        Ok(Some(answer))
    }

    async fn due_pending(
        &mut self,
        _task: &Task,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(MessageId, TicketNumber)>, StoreError> {
        let mut due: Vec<&PendingAnswer> = self.state.pending.values().filter(|it| it.due_at <= now).collect();
        due.sort_by_key(|it| (it.due_at, it.id));
        due.truncate(limit as usize);
        Ok(due.into_iter().map(|it| (it.id, it.ticket)).collect())
    }

    async fn desk_file(&mut self, scope: &StaffScope, id: FileId) -> Result<Option<File>, StoreError> {
        let state = &self.state;
        let file = state.files.get(&id).filter(|it| match it.home {
            FileHome::Message(number, _) | FileHome::Note(number, _) => {
                state.ticket(number).is_some_and(|it| scope.permits(&it))
            }
            FileHome::Staged(_) | FileHome::Drafted(_) | FileHome::Held(..) => false,
        });
        Ok(file.cloned())
    }

    async fn desk_search(&mut self, scope: &StaffScope, search: &DeskSearch) -> Result<Vec<DeskHit>, StoreError> {
        let state = &self.state;
        let named = named_by(&search.tokens, &named(state, &search.tokens));
        let wanted = all(state, scope).into_iter().rev().filter(|it| {
            search.view.is_none_or(|view| view.wants(it, search.agent))
                && search.inbox.is_none_or(|inbox| it.inbox == inbox)
                && search.below.is_none_or(|below| it.number < below)
                && search.filter.wants(it)
        });
        Ok(wanted
            .filter_map(|it| hit(state, search, &named, &it))
            .take(search.limit as usize)
            .collect())
    }

    async fn desk_sizes(&mut self, scope: &StaffScope, lists: &[DeskQuery], cap: u32) -> Result<Vec<u32>, StoreError> {
        let tickets = all(&self.state, scope);
        let size = |list: &DeskQuery| {
            let own = tickets.iter().filter(|it| {
                list.view.wants(it, list.agent)
                    && list.inbox.is_none_or(|inbox| it.inbox == inbox)
                    && list.filter.wants(it)
            });
            own.take(cap as usize).count() as u32
        };
        Ok(lists.iter().map(size).collect())
    }
}
