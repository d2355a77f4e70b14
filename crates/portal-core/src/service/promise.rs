use std::time::Duration;

use super::goals::ServiceTerms;
use super::hours::WorkingHours;
use crate::id::InboxId;
use crate::ports::{StoreError, Tx};
use crate::ticket::Priority;

/// What customers are told about replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// How much working time passes until the first reply, at most.
    pub first_reply: Option<Duration>,
    /// How much working time passes until every other reply, at most.
    pub next_reply: Option<Duration>,
    /// When somebody works; around the clock if `None`.
    pub hours: Option<WorkingHours>,
}

/// What customers are told about tickets of an inbox with a priority; `None` if nothing.
pub(crate) async fn promise_of(
    tx: &mut dyn Tx,
    inbox: InboxId,
    priority: Priority,
) -> Result<Option<Promise>, StoreError> {
    let kept = tx.service().service_terms(&[inbox]).await?;
    let told = kept.into_iter().map(|it| it.terms).find(ServiceTerms::told);
    Ok(told.and_then(|terms| {
        let goals = terms.goals(priority);
        let any = goals.first_reply.or(goals.next_reply);
        any.map(|_| Promise {
            first_reply: goals.first_reply,
            next_reply: goals.next_reply,
            hours: terms.hours().cloned(),
        })
    }))
}
