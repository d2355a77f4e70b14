//! Service levels: how long customers wait, in whose working hours that counts, and what was promised.
//!
//! Three things, kept apart. [`ServiceFacts`] are what happened: since when somebody waits for a reply, when the first one
//! came. They follow from the thread alone and every store keeps them in step with it. [`ServiceTerms`] are what an inbox
//! promises: [`WorkingHours`] and [`Goals`] by priority. [`due`] puts both together when somebody looks, so that changed
//! terms hold at once and for every ticket. All time is counted in a [`Calendar`].

mod calendar;
mod due;
mod facts;
mod goals;
mod hours;

mod clock;
mod promise;
mod terms;

pub use calendar::Calendar;
pub use clock::{DeskClocks, TicketClock};
pub use due::{Due, DueKind, Mark, close_due, due};
pub use facts::{ServiceFacts, Wait};
pub use goals::{Goals, ServiceTerms};
pub use hours::{MAX_DAYS_OFF, Opening, WorkingHours};
pub use promise::Promise;
pub(crate) use promise::promise_of;
pub use terms::{InboxTerms, SaveTerms, TermsError};
