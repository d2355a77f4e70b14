use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use portal_core::access::{
    AccessRule, Audience, CustomersMay, DenyList, Entrant, Scope, Standing, Tab, TicketPermission, enter,
};
use portal_core::actor::{ContactActor, Mode, Task};
use portal_core::crm::Contact;
use portal_core::id::{CompanyId, ContactId, FileId, PortalId, SessionId, TicketId, TicketNumber, Uuid};
use portal_core::membership::Session;
use portal_core::ports::{
    Access, Colleague, DeskFeed, Hint, HintFeed, IdempotencyKey, ListFrame, Remembered, Store, StoreError,
    StoreErrorKind, Tx,
};
use portal_core::settings::Inbox;
use portal_core::ticket::{
    Edge, File, ListFilter, ListQuery, Note, Search, Sort, StageCounts, Ticket, TicketHit, TicketRow, Timeline,
    TimelineWindow, Version,
};
use portal_core::time::Timestamp;
use portal_testkit::MemoryStore;
use portal_testkit::layer::{Layer, Layered};

use super::defect::Defect;

const TASK: &Task = &Task::Maintenance;

/// A store in memory with one planted defect.
pub(crate) struct LeakyStore {
    inner: MemoryStore,
    /// Where hints go that do not wait for the commit.
    early: MemoryStore,
    defect: Defect,
    seen: Arc<Mutex<Seen>>,
}

/// What the defects need to remember beside the store.
#[derive(Default)]
struct Seen {
    /// Tickets as they were given, where the defect stores something else.
    tickets: BTreeMap<TicketNumber, Ticket>,
    notes: Vec<(TicketNumber, String)>,
    contacts: BTreeSet<ContactId>,
    entrants: HashMap<(PortalId, ContactId), Entrant>,
    sessions: HashMap<SessionId, Session>,
}

impl LeakyStore {
    pub(crate) fn new(defect: Defect) -> Self {
        Self {
            inner: MemoryStore::new(),
            early: MemoryStore::new(),
            defect,
            seen: Arc::default(),
        }
    }
}

#[async_trait]
impl Store for LeakyStore {
    async fn begin(&self, access: Access) -> Result<Box<dyn Tx>, StoreError> {
        let inner = self.inner.begin(access).await?;
        let (early, defect, seen) = (self.early.clone(), self.defect, self.seen.clone());
        Ok(Box::new(Layered(LeakyTx {
            inner,
            early,
            defect,
            seen,
        })))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.inner.ping().await
    }

    fn desk_hints(&self) -> Box<dyn DeskFeed> {
        self.inner.desk_hints()
    }

    fn hints(&self) -> Box<dyn HintFeed> {
        if self.defect == Defect::HintsAtOnce {
            self.early.hints()
        } else {
            self.inner.hints()
        }
    }
}

struct LeakyTx {
    inner: Box<dyn Tx>,
    early: MemoryStore,
    defect: Defect,
    seen: Arc<Mutex<Seen>>,
}

/// A scope of somebody's, as the rule would make it.
fn scope(portal: PortalId, contact: ContactId, company: Option<CompanyId>) -> Scope {
    let entrant = Entrant {
        portal,
        published: true,
        permission: TicketPermission::Company,
        access: AccessRule::EveryRegisteredContact,
        may: CustomersMay::default(),
        denied: DenyList::default(),
        contact,
        active: true,
        registered: true,
        primary_company: company,
        groups: BTreeSet::new(),
        dynamic: BTreeMap::new(),
        properties: BTreeMap::new(),
    };
    let actor = ContactActor {
        contact,
        only: None,
        mode: Mode::Write,
    };
    enter(actor, &entrant).expect("the door is open").scope().clone()
}

/// The scope of one of the people on a ticket.
fn scope_of(ticket: &Ticket) -> Option<Scope> {
    let contact = ticket.contacts.keys().next()?;
    Some(scope(ticket.portal?, *contact, ticket.companies.first().copied()))
}

impl LeakyTx {
    fn has(&self, defect: Defect) -> bool {
        self.defect == defect
    }

    /// Without deny-list, if that is the defect.
    fn widened(&self, given: &Scope) -> Scope {
        if self.has(Defect::DenyListIgnored) {
            scope(given.portal(), given.contact(), given.company())
        } else {
            given.clone()
        }
    }

    /// What is stored instead of the ticket.
    async fn bent(&mut self, ticket: &Ticket) -> Result<Ticket, StoreError> {
        let mut bent = ticket.clone();
        self.seen.lock().unwrap().tickets.insert(ticket.number, ticket.clone());
        match self.defect {
            Defect::FurtherCompanyForgotten => bent.companies = bent.companies.into_iter().take(1).collect(),
            Defect::PrivateIgnored => bent.audience = Audience::Shared,
            Defect::StandingIgnored => bent.standing = Standing::Live,
            Defect::StaleRow => {
                if let Some(old) = self.inner.tickets().load(TASK, ticket.number).await? {
                    bent.contacts = old.contacts;
                    bent.companies = old.companies;
                }
            }
            _ => {}
        }
        Ok(bent)
    }

    /// The ticket as it was given, wherever the store has something else.
    fn straight(&self, found: Option<Ticket>) -> Option<Ticket> {
        let bends = [
            Defect::FurtherCompanyForgotten,
            Defect::PrivateIgnored,
            Defect::StandingIgnored,
            Defect::StaleRow,
        ];
        let found = found?;
        if !bends.contains(&self.defect) {
            return Some(found);
        }
        let given = self.seen.lock().unwrap().tickets.get(&found.number).cloned()?;
        Some(Ticket {
            portal: found.portal,
            ..given
        })
    }

    /// A row shows what was given, too: the defect is in who reads it, not in what it says.
    fn straighten(&self, row: &mut TicketRow) {
        if let Some(given) = self.seen.lock().unwrap().tickets.get(&row.number) {
            row.audience = given.audience;
        }
    }

    fn scopes(&self) -> Vec<Scope> {
        self.seen
            .lock()
            .unwrap()
            .tickets
            .values()
            .filter_map(scope_of)
            .collect()
    }

    async fn scope_on(&mut self, number: TicketNumber) -> Result<Option<Scope>, StoreError> {
        Ok(self
            .inner
            .tickets()
            .load(TASK, number)
            .await?
            .as_ref()
            .and_then(scope_of))
    }
}

#[async_trait]
impl Layer for LeakyTx {
    fn inner(&mut self) -> &mut dyn Tx {
        &mut *self.inner
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.inner.commit().await
    }

    async fn insert(&mut self, ticket: &Ticket) -> Result<(), StoreError> {
        let bent = self.bent(ticket).await?;
        self.inner.tickets().insert(&bent).await
    }

    async fn update(&mut self, ticket: &Ticket, mut expected: Version) -> Result<bool, StoreError> {
        if self.has(Defect::VersionIgnored)
            && let Some(stored) = self.inner.tickets().load(TASK, ticket.number).await?
        {
            expected = stored.version;
        }
        let bent = self.bent(ticket).await?;
        self.inner.tickets().update(&bent, expected).await
    }

    async fn load(&mut self, task: &Task, number: TicketNumber) -> Result<Option<Ticket>, StoreError> {
        let found = self.inner.tickets().load(task, number).await?;
        Ok(self.straight(found))
    }

    async fn find(&mut self, scope: &Scope, number: TicketNumber) -> Result<Option<Ticket>, StoreError> {
        if self.has(Defect::FindIgnoresScope) {
            return self.inner.tickets().load(TASK, number).await;
        }
        let scope = self.widened(scope);
        let found = self.inner.tickets().find(&scope, number).await?;
        Ok(self.straight(found))
    }

    async fn find_by_id(&mut self, scope: &Scope, id: TicketId) -> Result<Option<Ticket>, StoreError> {
        let mut scope = self.widened(scope);
        if self.has(Defect::FindByIdIgnoresScope) {
            let number = self
                .seen
                .lock()
                .unwrap()
                .tickets
                .values()
                .find(|it| it.id == id)
                .map(|it| it.number);
            if let Some(number) = number {
                scope = self.scope_on(number).await?.unwrap_or(scope);
            }
        }
        let found = self.inner.tickets().find_by_id(&scope, id).await?;
        Ok(self.straight(found))
    }

    async fn page(&mut self, scope: &Scope, query: &ListQuery) -> Result<Vec<TicketRow>, StoreError> {
        let mut query = query.clone();
        let limit = query.limit;
        match (&mut query.edge, self.defect) {
            (Edge::After(edge), Defect::EdgeRepeated) => {
                edge.number = TicketNumber::new(edge.number.get() + 1).unwrap();
            }
            (Edge::After(edge), Defect::EqualTimesLost) if query.sort != Sort::Created => {
                edge.number = TicketNumber::new(1).unwrap();
            }
            (Edge::Before(_), Defect::BackFromTheStart) => query.limit = 1000,
            (_, Defect::RequesterIgnored) => query.requester = None,
            _ => {}
        }
        let scope = self.widened(scope);
        let mut rows = self.inner.tickets().page(&scope, &query).await?;
        rows.truncate(limit as usize);
        for row in &mut rows {
            self.straighten(row);
        }
        Ok(rows)
    }

    async fn frame(&mut self, scope: &Scope, cap: u32, colleagues: u32) -> Result<ListFrame, StoreError> {
        let frame = self.inner.tickets().frame(scope, cap, colleagues).await?;
        if !self.has(Defect::CountsIgnoreTab) {
            return Ok(frame);
        }
        let mut stages = BTreeMap::new();
        for tab in [Tab::Mine, Tab::Company] {
            let (filter, sort, edge) = (ListFilter::All, Sort::Created, Edge::Start);
            let query = ListQuery {
                tab,
                filter,
                requester: None,
                sort,
                edge,
                limit: 1000,
            };
            let rows = self.inner.tickets().page(scope, &query).await?;
            stages.extend(rows.into_iter().map(|it| (it.number, it.stage)));
        }
        let mut counts = StageCounts::none(cap);
        for stage in stages.into_values() {
            let count = counts.of_mut(stage);
            *count = (*count + 1).min(cap);
        }
        Ok(ListFrame {
            mine: counts,
            companys: counts,
            ..frame
        })
    }

    async fn search(&mut self, scope: &Scope, search: &Search) -> Result<Vec<TicketHit>, StoreError> {
        let mut hits = self.inner.tickets().search(scope, search).await?;
        if self.has(Defect::SearchIgnoresScope) {
            for wide in self.scopes() {
                hits.extend(self.inner.tickets().search(&wide, search).await?);
            }
        }
        if self.has(Defect::SearchReadsNotes) {
            let words = |text: &str| search.tokens.iter().all(|it| text.contains(it.as_str()));
            let notes = self.seen.lock().unwrap().notes.clone();
            for (number, _) in notes.into_iter().filter(|(_, text)| words(text)) {
                let by_number = Search {
                    tokens: vec![number.to_string()],
                    ..search.clone()
                };
                hits.extend(self.inner.tickets().search(scope, &by_number).await?);
            }
        }
        hits.sort_by_key(|it| std::cmp::Reverse(it.row.number));
        hits.dedup_by_key(|it| it.row.number);
        hits.truncate(search.limit as usize);
        for hit in &mut hits {
            self.straighten(&mut hit.row);
        }
        Ok(hits)
    }

    async fn timeline(
        &mut self,
        scope: &Scope,
        number: TicketNumber,
        window: TimelineWindow,
    ) -> Result<Timeline, StoreError> {
        let wide = if self.has(Defect::TimelineIgnoresScope) {
            self.scope_on(number).await?
        } else {
            Some(self.widened(scope))
        };
        self.inner
            .tickets()
            .timeline(wide.as_ref().unwrap_or(scope), number, window)
            .await
    }

    async fn people_on(&mut self, scope: &Scope, number: TicketNumber) -> Result<Vec<Colleague>, StoreError> {
        let wide = if self.has(Defect::PeopleIgnoreScope) {
            self.scope_on(number).await?
        } else {
            None
        };
        self.inner
            .directory()
            .people_on(wide.as_ref().unwrap_or(scope), number)
            .await
    }

    async fn file(&mut self, given: &Scope, id: FileId) -> Result<Option<File>, StoreError> {
        let mut scopes = vec![given.clone()];
        if self.has(Defect::FileIgnoresScope) {
            scopes.extend(self.scopes());
        }
        if self.has(Defect::StagedOfAnybody) {
            let contacts = self.seen.lock().unwrap().contacts.clone();
            scopes.extend(contacts.into_iter().map(|it| scope(given.portal(), it, None)));
        }
        for scope in scopes {
            if let Some(file) = self.inner.tickets().file(&scope, id).await? {
                return Ok(Some(file));
            }
        }
        Ok(None)
    }

    async fn add_note(&mut self, task: &Task, note: &Note) -> Result<(), StoreError> {
        self.seen
            .lock()
            .unwrap()
            .notes
            .push((note.ticket, note.body.plain.clone()));
        self.inner.tickets().add_note(task, note).await
    }

    async fn entrant(&mut self, portal: PortalId, contact: ContactId) -> Result<Option<Entrant>, StoreError> {
        let loaded = self.inner.directory().entrant(portal, contact).await?;
        let mut seen = self.seen.lock().unwrap();
        match (self.defect, loaded) {
            (Defect::EntrantCached, Some(loaded)) => {
                Ok(Some(seen.entrants.entry((portal, contact)).or_insert(loaded).clone()))
            }
            (_, loaded) => Ok(loaded),
        }
    }

    async fn put_inbox(&mut self, task: &Task, inbox: &Inbox) -> Result<(), StoreError> {
        let mut inbox = inbox.clone();
        if self.has(Defect::InboxAlone)
            && let Some(old) = self.inner.directory().inbox(inbox.id).await?
        {
            inbox.portal = old.portal.or(inbox.portal);
        }
        self.inner.directory().put_inbox(task, &inbox).await
    }

    async fn put_contact(&mut self, task: &Task, contact: &Contact) -> Result<(), StoreError> {
        self.seen.lock().unwrap().contacts.insert(contact.id);
        let outcome = self.inner.directory().put_contact(task, contact).await;
        match outcome {
            Err(error) if self.has(Defect::DuplicateAddress) && error.kind() == StoreErrorKind::Conflict => {
                let without = Contact {
                    membership_email: None,
                    ..contact.clone()
                };
                self.inner.directory().put_contact(task, &without).await
            }
            outcome => outcome,
        }
    }

    async fn add_session(&mut self, session: &Session, keep: u32) -> Result<(), StoreError> {
        self.seen.lock().unwrap().sessions.insert(session.id, session.clone());
        self.inner.accounts().add_session(session, keep).await
    }

    async fn touch_session(
        &mut self,
        id: SessionId,
        seen_at: Timestamp,
        idle_until: Timestamp,
    ) -> Result<(), StoreError> {
        let known = self.seen.lock().unwrap().sessions.get(&id).cloned();
        if let (Defect::SessionRevived, Some(session)) = (self.defect, known) {
            self.inner.accounts().end_session(session.contact, id).await?;
            let touched = Session {
                seen_at,
                idle_until,
                ..session
            };
            return self.inner.accounts().add_session(&touched, 100).await;
        }
        self.inner.accounts().touch_session(id, seen_at, idle_until).await
    }

    async fn living_sessions(&mut self, ids: &[SessionId], now: Timestamp) -> Result<Vec<SessionId>, StoreError> {
        if self.has(Defect::InactiveLives) {
            let seen = self.seen.lock().unwrap();
            let alive = |id: &&SessionId| seen.sessions.get(id).is_some_and(|it| it.is_alive(now));
            return Ok(ids.iter().filter(alive).copied().collect());
        }
        self.inner.accounts().living_sessions(ids, now).await
    }

    async fn hint(&mut self, hint: &Hint) -> Result<(), StoreError> {
        if self.has(Defect::HintsAtOnce) {
            let mut tx = self.early.begin(Access::Write).await?;
            tx.journal().hint(hint).await?;
            return tx.commit().await;
        }
        self.inner.journal().hint(hint).await
    }

    async fn remember(
        &mut self,
        who: Uuid,
        use_case: &str,
        key: &IdempotencyKey,
        what: &Remembered,
        mut since: Timestamp,
    ) -> Result<bool, StoreError> {
        if self.has(Defect::RememberTwice) {
            since = what.at.plus(Duration::from_secs(1));
        }
        self.inner.journal().remember(who, use_case, key, what, since).await
    }
}
