use std::collections::{BTreeMap, BTreeSet};

use super::MeasureQuery;
use super::backlog::Backlog;
use super::figures::Measures;
use crate::actor::Actor;
use crate::id::InboxId;
use crate::input::{ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError};
use crate::service::Calendar;
use crate::staff::{StaffActor, StaffError, staff_use_case_error};
use crate::time::Timestamp;

/// More tickets than this are not measured at once.
const MOST: u32 = 200_000;
/// A period has at most so many parts.
const MOST_PARTS: usize = 100;

/// Which period is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureRequest {
    /// The instants between its parts, ascending: the first begins it, the last ends it. Two at least, 101 at most.
    pub edges: Vec<Timestamp>,
    /// Only this inbox.
    pub inbox: Option<InboxId>,
}

/// What the page of measures shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasuresPage {
    /// The figures of the period.
    pub measures: Measures,
    /// The figures of the period of the same length before, as a whole.
    pub before: Measures,
    /// What is open now.
    pub backlog: Backlog,
    /// Whether there were more tickets than are measured at once: then the figures are of a part of them.
    pub is_cut: bool,
    /// The inboxes of whoever looks, by name.
    pub inboxes: Vec<(InboxId, String)>,
}

/// Why nothing was measured.
#[derive(Debug, thiserror::Error)]
pub enum ViewMeasuresError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// The period makes no sense.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
staff_use_case_error!(ViewMeasuresError);

impl Portal {
    /// Measures the tickets of whoever asks: those of their inboxes, and of no other.
    ///
    /// # Errors
    /// See [`ViewMeasuresError`].
    pub async fn view_measures(
        &self,
        actor: &StaffActor,
        request: &MeasureRequest,
    ) -> Result<MeasuresPage, ViewMeasuresError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "view_measures",
            self.view_measures_once(actor, request)
        )
    }

    async fn view_measures_once(
        &self,
        actor: &StaffActor,
        request: &MeasureRequest,
    ) -> Result<MeasuresPage, ViewMeasuresError> {
        let (from, until) = period(&request.edges)?;
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        let all = tx.directory().all_inboxes(&staff.task()).await?;
        let inboxes: Vec<_> = all.into_iter().filter(|it| scope.has(it.id)).collect();
        let query = |from, until| MeasureQuery {
            from,
            until,
            inbox: request.inbox,
        };
        let tickets = tx.service().measured(&scope, &query(from, until), MOST).await?;
        let ratings = tx
            .satisfaction()
            .measured_ratings(&scope, &query(from, until), MOST)
            .await?;
        let earlier = from.minus(until.since(from));
        let said_before = tx
            .satisfaction()
            .measured_ratings(&scope, &query(earlier, from), MOST)
            .await?;
        let before = tx.service().measured(&scope, &query(earlier, from), MOST).await?;
        let backlog = tx.service().backlog(&scope, request.inbox, MOST).await?;
        let ids: Vec<InboxId> = inboxes.iter().map(|it| it.id).collect();
        let terms = tx.service().service_terms(&ids).await?;
        // Working time is asked for from opening to the first reply, of what was opened since then.
        let calendars: BTreeMap<InboxId, Calendar> = terms
            .into_iter()
            .filter_map(|it| {
                let hours = it.terms.hours()?;
                let calendar = hours.calendar(&*self.zones, earlier, now);
                Some((it.inbox, calendar))
            })
            .collect();
        let most = MOST as usize;
        Ok(MeasuresPage {
            is_cut: [
                tickets.len(),
                before.len(),
                backlog.len(),
                ratings.len(),
                said_before.len(),
            ]
            .contains(&most),
            measures: Measures::of(&tickets, &ratings, &request.edges, &calendars),
            before: Measures::of(&before, &said_before, &[earlier, from], &calendars),
            backlog: Backlog::of(&backlog, now),
            inboxes: inboxes.into_iter().map(|it| (it.id, it.name.to_string())).collect(),
        })
    }
}

/// The first and the last edge of a period.
fn period(edges: &[Timestamp]) -> Result<(Timestamp, Timestamp), Problems> {
    let distinct: BTreeSet<_> = edges.iter().collect();
    let ascends = edges.is_sorted() && distinct.len() == edges.len();
    match edges {
        [first, .., last] if ascends && edges.len() <= MOST_PARTS + 1 => Ok((*first, *last)),
        _ => Err(Problems::one("period", ProblemKind::NotOffered)),
    }
}
