//! What the demo's inboxes promise: around the clock, so that something is due at whatever time one looks.

use std::collections::BTreeMap;
use std::time::Duration;

use portal_core::actor::Task;
use portal_core::ports::{Access, KeptTerms, Store};
use portal_core::service::{Goals, ServiceTerms};
use portal_core::ticket::Priority;

use super::DemoError;

/// Hours to the first and to the next reply.
const GOALS: [(Priority, u64, u64); 4] = [
    (Priority::Low, 48, 72),
    (Priority::Normal, 8, 24),
    (Priority::High, 2, 4),
    (Priority::Urgent, 1, 2),
];

/// Gives every inbox of a portal its terms.
pub(crate) async fn fill(store: &dyn Store) -> Result<(), DemoError> {
    let goals: BTreeMap<Priority, Goals> = GOALS
        .into_iter()
        .map(|(priority, first, next)| {
            let goals = Goals {
                first_reply: Some(Duration::from_hours(first)),
                next_reply: Some(Duration::from_hours(next)),
                close: None,
            };
            (priority, goals)
        })
        .collect();
    let terms = ServiceTerms::new(None, goals, true).map_err(|_| DemoError::Text("service level"))?;
    let mut tx = store.begin(Access::Write).await?;
    for inbox in tx.directory().all_inboxes(&Task::Demo).await? {
        if inbox.portal.is_some() {
            let kept = KeptTerms {
                inbox: inbox.id,
                version: 1,
                terms: terms.clone(),
            };
            tx.service().put_service_terms(&Task::Demo, &kept).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
