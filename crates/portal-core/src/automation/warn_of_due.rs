use super::run_timers::RunTimersError;
use crate::actor::{Actor, Task};
use crate::desk::{enter_desk, may_own};
use crate::id::{InboxId, TicketNumber};
use crate::notify::AgentNews;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, ToldDue, WatchedTicket};
use crate::service::{Calendar, Mark, ServiceTerms, TicketClock, close_due, due};
use crate::staff::StaffActor;
use crate::ticket::{Author, AuthorKind, Stage};
use crate::time::Timestamp;

const TASK: Task = Task::Maintenance;

/// Where a round over all tickets with promises goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DuePlace {
    /// In this inbox, or the next one that promises something.
    pub inbox: InboxId,
    /// Behind this ticket.
    pub after: Option<TicketNumber>,
}

/// What a part of a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Warned {
    /// Tickets of which somebody was told.
    pub told: u32,
    /// Where the round goes on; `None` if it is through.
    pub next: Option<DuePlace>,
}

impl Portal {
    /// Looks at some of the tickets with which it is the staff's turn, and tells whose they are, once each, that what was
    /// promised is due soon or late. At most `limit` tickets of one inbox, from a place on, or from the beginning. Several
    /// servers may do so at the same time: what one of them told, another one finds told.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn warn_of_due(&self, from: Option<DuePlace>, limit: u32) -> Result<Warned, RunTimersError> {
        let now = self.clock.now();
        let (found, next) = attempt!(
            self,
            &Actor::Anonymous,
            "timers.due",
            self.some_due(from, limit.max(1), now)
        )?;
        let mut warned = Warned { told: 0, next };
        for number in found {
            let told = attempt!(
                self,
                &Actor::Anonymous,
                "timers.warn_of_due",
                self.warn_of_due_once(number, now)
            )?;
            warned.told += u32::from(told);
        }
        Ok(warned)
    }

    /// The tickets of a part of a round of which something is to be told, as far as can be seen without their threads.
    async fn some_due(
        &self,
        from: Option<DuePlace>,
        limit: u32,
        now: Timestamp,
    ) -> Result<(Vec<TicketNumber>, Option<DuePlace>), RunTimersError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let inboxes = tx.directory().all_inboxes(&TASK).await?;
        let ids: Vec<InboxId> = inboxes.iter().map(|it| it.id).collect();
        let mut promising = tx.service().service_terms(&ids).await?;
        promising.retain(|it| !it.terms.is_empty() && from.is_none_or(|from| it.inbox >= from.inbox));
        let mut promising = promising.into_iter();
        let Some(kept) = promising.next() else {
            return Ok((Vec::new(), None));
        };
        let after = from.filter(|it| it.inbox == kept.inbox).and_then(|it| it.after);
        let watched = tx.service().watched(&TASK, kept.inbox, after, limit).await?;
        let next = match watched.last().filter(|_| watched.len() >= limit as usize) {
            Some(last) => Some(DuePlace {
                inbox: kept.inbox,
                after: Some(last.number),
            }),
            None => promising.next().map(|it| DuePlace {
                inbox: it.inbox,
                after: None,
            }),
        };
        let since = watched.iter().map(WatchedTicket::since).min().unwrap_or(now);
        let calendar = self.calendar_of(&kept.terms, since, now);
        let news = watched.iter().filter(|it| may_be_news(it, &kept.terms, &calendar, now));
        Ok((news.map(|it| it.number).collect(), next))
    }

    async fn warn_of_due_once(&self, number: TicketNumber, now: Timestamp) -> Result<bool, RunTimersError> {
        let mut tx = self.store.begin(Access::Write).await?;
        tx.tickets().lock(number).await?;
        let Some(ticket) = tx.tickets().load(&TASK, number).await? else {
            return Ok(false);
        };
        let mut team = tx.staffing().staff_users(&TASK).await?;
        team.retain(|it| may_own(it, ticket.inbox));
        // Looked at as one of those who are told sees it; with nobody there, there is nobody to tell.
        let Some(user) = team.into_iter().next() else {
            return Ok(false);
        };
        let Ok((_, scope)) = enter_desk(&StaffActor::signed_in(user.id, false), Some(user)) else {
            return Ok(false);
        };
        let clock = self.ticket_clock(&mut *tx, &scope, &ticket).await?;
        let known = tx.service().told_due(&TASK, number).await?;
        let news: Vec<ToldDue> = told_of(number, &clock, ticket.created_at)
            .into_iter()
            .filter(|it| is_news(it, &known))
            .collect();
        let Some(worst) = news.iter().map(|it| it.mark).max() else {
            return Ok(false);
        };
        for it in &news {
            tx.service().put_told_due(&TASK, it).await?;
        }
        let what = match worst {
            Mark::Late => AgentNews::Late,
            Mark::Soon | Mark::Ahead => AgentNews::DueSoon,
        };
        let nobody = Author {
            kind: AuthorKind::System,
            name: String::new(),
        };
        self.tell_whose_it_is(&mut *tx, &ticket, what, &nobody, now).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// What there is to tell of a ticket now: a reply by who waits since when, closing by when it was opened.
fn told_of(ticket: TicketNumber, clock: &TicketClock, opened: Timestamp) -> Vec<ToldDue> {
    let reply = clock.reply.zip(clock.facts.waiting_since);
    let reply = reply.map(|(due, since)| (false, since, due.mark));
    let close = clock.close.map(|due| (true, opened, due.mark));
    let all = [reply, close].into_iter().flatten();
    all.filter(|it| it.2 != Mark::Ahead)
        .map(|(closing, since, mark)| ToldDue {
            ticket,
            closing,
            since,
            mark,
        })
        .collect()
}

/// Whether nobody was told this, nor worse.
fn is_news(it: &ToldDue, known: &[ToldDue]) -> bool {
    !known
        .iter()
        .any(|told| (told.closing, told.since) == (it.closing, it.since) && told.mark >= it.mark)
}

/// Whether there may be something to tell: of closing it can only be said how early it might be due, as long as nobody
/// looks when the ticket waited for the customer.
fn may_be_news(it: &WatchedTicket, terms: &ServiceTerms, calendar: &Calendar, now: Timestamp) -> bool {
    let goals = terms.goals(it.priority);
    let clock = TicketClock {
        facts: it.facts,
        reply: it
            .facts
            .wait(it.stage)
            .and_then(|wait| due(wait, &goals, calendar, now)),
        close: close_due(&[(it.created_at, Stage::Received)], &goals, calendar, now),
    };
    told_of(it.number, &clock, it.created_at)
        .iter()
        .any(|due| is_news(due, &it.told))
}
