use std::time::Duration;

use crate::time::Timestamp;

const DAY: Duration = Duration::from_hours(24);

/// The ages by which the backlog is told: each class holds what is at most so old, and older than the class before. What is
/// older than the last belongs to one more class.
pub const AGES: [Duration; 4] = [
    DAY,
    DAY.saturating_mul(3),
    DAY.saturating_mul(7),
    DAY.saturating_mul(30),
];

/// How many tickets are open now, by age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// How many of each class of [`AGES`], then of what is older than all.
    pub classes: [usize; AGES.len() + 1],
}

impl Backlog {
    /// Of tickets that were opened at these instants.
    #[must_use]
    pub fn of(opened: &[Timestamp], now: Timestamp) -> Self {
        let mut backlog = Self::default();
        for opened in opened {
            let age = now.since(*opened);
            let class = AGES.iter().position(|it| age <= *it).unwrap_or(AGES.len());
            if let Some(count) = backlog.classes.get_mut(class) {
                *count += 1;
            }
        }
        backlog
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.classes.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ticket_is_in_one_class() {
        let now = Timestamp::from_micros(1_000_000_000_000_000);
        let opened: Vec<_> = [0, 24, 25, 72, 100, 200, 720, 721]
            .map(|hours| now.minus(Duration::from_hours(hours)))
            .into();
        let backlog = Backlog::of(&opened, now);
        assert_eq!(backlog.classes, [2, 2, 1, 2, 1]);
        assert_eq!(backlog.total(), opened.len());
    }
}
