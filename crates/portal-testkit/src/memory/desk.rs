use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::desk::{DeskCounts, DeskQuery, DeskRow, DeskSort, DeskThread, DeskView, InboxCount, StaffScope};
use portal_core::id::{AgentId, FileId, TicketNumber};
use portal_core::ports::{Desk, StoreError};
use portal_core::ticket::{Cursor, Edge, File, FileHome, Message, Note, Ticket, TimelineItem};

use portal_core::time::Timestamp;

use super::MemoryTx;
use super::state::State;

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
            .filter(|it| query.inbox.is_none_or(|inbox| it.inbox == inbox))
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
        let mut notes: Vec<Note> = state.notes.iter().filter(|it| it.ticket == number).cloned().collect();
        notes.sort_by_key(|it| (it.at, it.id));
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

    async fn desk_file(&mut self, scope: &StaffScope, id: FileId) -> Result<Option<File>, StoreError> {
        let state = &self.state;
        let file = state.files.get(&id).filter(|it| match it.home {
            FileHome::Message(number, _) | FileHome::Note(number, _) => {
                state.ticket(number).is_some_and(|it| scope.permits(&it))
            }
            FileHome::Staged(_) => false,
        });
        Ok(file.cloned())
    }
}
