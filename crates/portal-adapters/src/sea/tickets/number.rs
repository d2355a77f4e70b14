use portal_core::id::TicketNumber;
use portal_core::ports::StoreError;

use crate::sea::error::corrupt;
use crate::sea::row::Row;
use crate::sea::tx::SeaTx;

pub(super) async fn next(tx: &SeaTx) -> Result<TicketNumber, StoreError> {
    reserve(tx, 1)
        .await?
        .pop()
        .ok_or_else(|| corrupt("no number was handed out"))
}

/// The next numbers, ascending. A ticket that was added under a number of its own is never in the way.
pub(in crate::sea) async fn reserve(tx: &SeaTx, count: u32) -> Result<Vec<TicketNumber>, StoreError> {
    if tx.is_postgres() {
        of_sequence(tx, count).await
    } else {
        of_counter(tx, count).await
    }
}

async fn of_counter(tx: &SeaTx, count: u32) -> Result<Vec<TicketNumber>, StoreError> {
    let count = i64::from(count);
    let sql = "UPDATE counter SET value = max(value, (SELECT coalesce(max(number), 0) FROM ticket)) + ? WHERE name = 'ticket_number' RETURNING value";
    let result = tx.one_of(tx.written(sql, [count.into()])).await?;
    let last: i64 = result
        .as_ref()
        .map(|it| Row::new(it).get())
        .transpose()?
        .ok_or_else(|| corrupt("the counter is gone"))?;
    (last - count + 1..=last).map(number).collect()
}

async fn of_sequence(tx: &SeaTx, count: u32) -> Result<Vec<TicketNumber>, StoreError> {
    // Drawing from a sequence waits for nobody. Only if somebody used a number by hand is there something to catch up on.
    let sql =
        "SELECT nextval('ticket_number'), (SELECT coalesce(max(number), 0) FROM ticket) FROM generate_series(1, $1)";
    let mut numbers = Vec::new();
    while numbers.len() < count as usize {
        let missing = i64::from(count) - numbers.len() as i64;
        let drawn = tx.all_of(tx.written(sql, [missing.into()])).await?;
        let mut behind = None;
        for result in &drawn {
            let mut row = Row::new(result);
            let (drawn, highest): (i64, i64) = (row.get()?, row.get()?);
            if drawn > highest {
                numbers.push(number(drawn)?);
            } else {
                behind = Some(highest);
            }
        }
        if let Some(highest) = behind {
            let sql = "SELECT setval('ticket_number', greatest($1, (SELECT last_value FROM ticket_number)))";
            tx.all_of(tx.written(sql, [highest.into()])).await?;
        }
    }
    numbers.sort_unstable();
    Ok(numbers)
}

fn number(number: i64) -> Result<TicketNumber, StoreError> {
    TicketNumber::new(number).ok_or_else(|| corrupt("a number is not positive"))
}
