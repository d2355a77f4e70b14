//! The place in a list, as it stands in a URL: `rank.micros.number`, unsigned. It reveals nothing beyond a row that the
//! reader has seen, and grants nothing: the scope is in the query, not in the cursor.

use portal_core::id::TicketNumber;
use portal_core::ticket::{Cursor, Stage};
use portal_core::time::Timestamp;

/// Writes a cursor into a URL.
pub(crate) fn encode(cursor: &Cursor) -> String {
    format!("{}.{}.{}", cursor.rank, cursor.last_activity.micros(), cursor.number)
}

/// Reads a cursor from a URL; whatever is not one means the beginning of the list.
pub(crate) fn decode(text: &str) -> Option<Cursor> {
    let mut parts = text.splitn(3, '.');
    let rank = parts
        .next()?
        .parse()
        .ok()
        .filter(|it| Stage::from_rank(*it).is_some())?;
    let last_activity = Timestamp::from_micros(parts.next()?.parse().ok()?);
    let number: TicketNumber = parts.next()?.parse().ok()?;
    Some(Cursor {
        rank,
        last_activity,
        number,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let cursor = Cursor {
            rank: 3,
            last_activity: Timestamp::from_micros(1_763_800_000_000_000),
            number: TicketNumber::new(4711).unwrap(),
        };
        assert_eq!(decode(&encode(&cursor)), Some(cursor));
    }

    #[test]
    fn anything_else_is_no_cursor() {
        for text in [
            "",
            "3",
            "3.1",
            "9.1.1",
            "3.x.1",
            "3.1.0",
            "3.1.-4",
            "3.1.1.1",
            "3.1.1;drop",
            "٣.1.1",
        ] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
