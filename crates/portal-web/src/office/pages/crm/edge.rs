//! The place of a ticket in a list as a parameter of an address. It reveals nothing: the scope is asked anew.

use portal_core::id::TicketNumber;
use portal_core::ticket::Cursor;
use portal_core::time::Timestamp;

pub(super) fn write(it: &Cursor) -> String {
    format!("{}.{}.{}", it.rank, it.last_activity.micros(), it.number)
}

/// What makes no sense is the first page.
pub(super) fn read(text: &str) -> Option<Cursor> {
    let mut parts = text.split('.');
    Some(Cursor {
        rank: parts.next()?.parse().ok()?,
        last_activity: Timestamp::from_micros(parts.next()?.parse().ok()?),
        number: TicketNumber::new(parts.next()?.parse().ok()?)?,
    })
}
