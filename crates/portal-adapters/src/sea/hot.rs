//! The statements of the hottest paths as they are sent, for tests of plans and for benchmarks against the bare driver.

use std::collections::BTreeSet;

use portal_core::access::{Principal, Scope};
use portal_core::conversation::ConversationState;
use portal_core::desk::{DeskQuery, DeskSearch, StaffScope};
use portal_core::id::{AgentId, ContactId, ConversationId, InboxId, PipelineId, PortalId, TicketNumber};
use portal_core::membership::SecretHash;
use portal_core::settings::Host;
use portal_core::text::{Slug, Token};
use portal_core::ticket::{ListQuery, Search, TimelineWindow};
use portal_core::time::Timestamp;
use sea_orm::{DbBackend, Statement};

use super::accounts::sessions;
use super::built::built;
use super::conversations;
use super::desk;
use super::directory::entrant as entrants;
use super::notices;
use super::search as searches;
use super::tickets::{frame, list, record, timeline};
use super::timers;

/// What is set on connections of PostgreSQL that read.
pub const READING: [(&str, &str); 6] = super::connect::READING;

/// What is set in a unit of work of PostgreSQL that searches.
pub const SEARCHING: &str = super::tx::PLAN_FOR_VALUES;

/// A portal, a session and its contact.
#[must_use]
pub fn doorway(backend: DbBackend, host: &Host, slug: &Slug, secret: &SecretHash) -> Statement {
    built(backend, &sessions::statement(host, slug, secret))
}

/// A contact at the door.
#[must_use]
pub fn entrant(backend: DbBackend, portal: PortalId, contact: ContactId) -> Statement {
    built(backend, &entrants::statement(backend, portal, contact))
}

/// A page of a tab.
#[must_use]
pub fn page(backend: DbBackend, scope: &Scope, query: &ListQuery) -> Option<Statement> {
    list::page_statement(scope, query).map(|it| built(backend, &it))
}

/// What stands around lists.
#[must_use]
pub fn frame(backend: DbBackend, scope: &Scope, cap: u32, colleagues: u32) -> Statement {
    built(backend, &frame::statement(backend, scope, cap, colleagues))
}

/// One ticket.
#[must_use]
pub fn find(backend: DbBackend, scope: &Scope, number: TicketNumber) -> Statement {
    built(backend, &record::find_statement(backend, scope, number))
}

/// A page of the desk, over these inboxes.
#[must_use]
pub fn desk_page(backend: DbBackend, scope: &StaffScope, query: &DeskQuery, inboxes: &[InboxId]) -> Option<Statement> {
    desk::paging(scope, query, inboxes).map(|it| built(backend, &it))
}

/// The numbers around the desk's lists.
#[must_use]
pub fn desk_counts(backend: DbBackend, scope: &StaffScope, agent: AgentId, inboxes: &[InboxId], cap: u32) -> Statement {
    built(backend, &desk::counting(inboxes, Some((scope, agent)), cap))
}

/// How many tickets of these inboxes are in a saved view, up to the query's limit.
#[must_use]
pub fn desk_size(backend: DbBackend, scope: &StaffScope, query: &DeskQuery, inboxes: &[InboxId]) -> Option<Statement> {
    desk::sizing(scope, query, inboxes).map(|it| built(backend, &it))
}

/// A page of conversations of these inboxes.
#[must_use]
pub fn conversations(
    backend: DbBackend,
    inboxes: &[InboxId],
    state: ConversationState,
    after: Option<(Timestamp, ConversationId)>,
    limit: u32,
) -> Option<Statement> {
    conversations::page(inboxes, state, after, limit).map(|it| built(backend, &it))
}

/// What the bell of somebody of the staff shows, and how much of it is unread.
#[must_use]
pub fn bell(backend: DbBackend, scope: &StaffScope, agent: AgentId, limit: u32) -> [Statement; 2] {
    [
        notices::newest(scope, agent, limit),
        notices::count_unread(scope, agent, limit),
    ]
    .map(|it| built(backend, &it))
}

/// What the timers look for: tickets whose customers are to be reminded, those that are to be closed, and those that come
/// back from where they were put aside.
#[must_use]
pub fn timers(backend: DbBackend, pipeline: PipelineId, until: Timestamp, limit: u32) -> [Statement; 3] {
    [
        timers::to_warn(pipeline, until, limit),
        timers::to_close(pipeline, until, until, limit),
        desk::due_snoozes(until, limit),
    ]
    .map(|it| built(backend, &it))
}

/// The places of a timeline.
#[must_use]
pub fn places(backend: DbBackend, scope: &Scope, number: TicketNumber) -> Statement {
    built(backend, &timeline::places(scope, number, TimelineWindow::All))
}

/// A search, in the one or two forms it has.
#[must_use]
pub fn search(backend: DbBackend, scope: &Scope, search: &Search) -> Vec<Statement> {
    searches::statements(backend, scope, search)
        .iter()
        .map(|it| built(backend, it))
        .collect()
}

/// The search for names.
#[must_use]
pub fn names(backend: DbBackend, tokens: &[Token]) -> Option<Statement> {
    searches::name_statement(tokens).map(|it| built(backend, &it))
}

/// A search at the desk, in the one or two forms it has.
#[must_use]
pub fn desk_search(
    backend: DbBackend,
    scope: &StaffScope,
    search: &DeskSearch,
    named: &[BTreeSet<Principal>],
) -> Vec<Statement> {
    searches::desk_statements(backend, scope, search, named)
        .iter()
        .map(|it| built(backend, it))
        .collect()
}
