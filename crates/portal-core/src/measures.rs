//! Measures: how much came in, how long people waited, what is still open.
//!
//! Each figure is defined here, once, as a pure function of tickets ([`Measures::of`]); stores only say which tickets a
//! stretch of time has. Medians and ninetieth percentiles are nearest-rank: of *n* values in ascending order the one at
//! place ⌈*p*·*n*⌉, which is always a value that happened.

mod backlog;
mod figures;
mod spread;
mod view_measures;

pub use backlog::{AGES, Backlog};
pub use figures::{Figures, Measures, Verdicts};
pub use spread::Spread;
pub use view_measures::{MeasureRequest, MeasuresPage, ViewMeasuresError};

use std::time::Duration;

use crate::id::{InboxId, TicketNumber};
use crate::ticket::{Priority, Source};
use crate::time::Timestamp;

/// Which tickets are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasureQuery {
    /// From this instant.
    pub from: Timestamp,
    /// Up to this one, which does not belong to it.
    pub until: Timestamp,
    /// Only of this inbox.
    pub inbox: Option<InboxId>,
}

/// What is measured of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasuredTicket {
    /// The number.
    pub number: TicketNumber,
    /// Where it is.
    pub inbox: InboxId,
    /// How urgent it is.
    pub priority: Priority,
    /// By which way it came.
    pub source: Source,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was closed, if it is.
    pub closed_at: Option<Timestamp>,
    /// When the first reply came.
    pub first_reply_at: Option<Timestamp>,
    /// How long customers waited for replies that came, all of them together, on the clock.
    pub waited: Duration,
}
