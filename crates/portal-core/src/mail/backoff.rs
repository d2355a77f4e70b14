use std::time::Duration;

use crate::id::IntentId;

/// Minutes until the next attempt, after the first, second … one failed: after ten attempts, a mail was tried for a day.
const MINUTES: [u64; 9] = [1, 2, 5, 15, 60, 120, 240, 480, 720];

/// How long to wait after a failed attempt, or `None` if there were enough of them.
///
/// A little less than the table says, differently for each mail and attempt, so that mails that failed together do not come
/// back together.
pub(super) fn pause_after(mail: IntentId, tries: u32) -> Option<Duration> {
    let failed = usize::try_from(tries).ok()?.checked_sub(1)?;
    let full = Duration::from_mins(*MINUTES.get(failed)?);
    let bytes = mail.uuid().into_bytes();
    let spread = bytes
        .iter()
        .fold(tries, |sum, it| sum.wrapping_mul(31).wrapping_add(u32::from(*it)));
    Some(full.saturating_sub(full / 5 * (spread % 100) / 100))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Uuid;

    fn pause(id: u128, tries: u32) -> Option<Duration> {
        pause_after(IntentId::from_uuid(Uuid::from_u128(id)), tries)
    }

    #[test]
    fn pauses_grow_from_a_minute_to_half_a_day_and_end() {
        let pauses: Vec<_> = (1..=10).map(|it| pause(7, it)).collect();
        assert_eq!(pauses.last(), Some(&None));
        let pauses: Vec<_> = pauses.into_iter().flatten().collect();
        assert_eq!(pauses.len(), 9);
        assert!(pauses.is_sorted());
        assert!(pauses[0] >= Duration::from_secs(48) && pauses[0] <= Duration::from_mins(1));
        assert!(pauses[8] > Duration::from_hours(9) && pauses[8] <= Duration::from_hours(12));
    }

    #[test]
    fn mails_that_failed_together_do_not_come_back_together() {
        let pauses: std::collections::BTreeSet<_> = (0..50).map(|it| pause(it, 4)).collect();
        assert!(pauses.len() > 25, "{}", pauses.len());
    }
}
