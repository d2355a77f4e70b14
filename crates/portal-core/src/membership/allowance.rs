use std::time::Duration;

use super::throttle::{Throttle, ThrottleKey, ThrottleKind};
use crate::ports::{StoreError, Tx};
use crate::time::Timestamp;

/// So many at once, and one more each time `refill` has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// How many at once.
    pub burst: u32,
    /// How long until there is one more.
    pub refill: Duration,
}

impl Allowance {
    /// What a kind of throttle allows, if it is of this sort: the others grow slower with each failure.
    #[must_use]
    pub const fn of(kind: ThrottleKind) -> Option<Self> {
        let (burst, refill) = match kind {
            ThrottleKind::Address | ThrottleKind::Network | ThrottleKind::Reauthentication => return None,
            ThrottleKind::MailNetwork => (5, Duration::from_mins(1)),
            ThrottleKind::MailAddress => (3, Duration::from_hours(1)),
            ThrottleKind::CodeNetwork => (10, Duration::from_mins(1)),
            ThrottleKind::CodeAddress => (10, Duration::from_mins(6)),
            ThrottleKind::RegistrationNetwork => (3, Duration::from_mins(20)),
            ThrottleKind::RegistrationAddress => (1, Duration::from_hours(1)),
        };
        Some(Self { burst, refill })
    }

    /// The counter after one more, or the instant from which there is one more.
    ///
    /// # Errors
    /// If nothing is left.
    pub fn spend(self, before: Option<Throttle>, now: Timestamp) -> Result<Throttle, Timestamp> {
        let refill = self.refill.as_micros().max(1);
        let (spent, since) = before.map_or((0, now), |it| {
            let refilled = now.since(it.last_at).as_micros() / refill;
            let back = u32::try_from(refilled).unwrap_or(u32::MAX);
            if back >= it.failures {
                (0, now)
            } else {
                // What is left of the time counts for the next one.
                (it.failures - back, it.last_at.plus(self.refill.saturating_mul(back)))
            }
        });
        if spent >= self.burst {
            return Err(since.plus(self.refill));
        }
        Ok(Throttle {
            failures: spent + 1,
            last_at: since,
        })
    }
}

/// Takes one from the allowance of every key, or from none and says when there is one again.
pub(super) async fn spend(
    tx: &mut dyn Tx,
    keys: &[ThrottleKey],
    now: Timestamp,
) -> Result<Result<(), Timestamp>, StoreError> {
    let mut spent = Vec::new();
    for key in keys {
        let before = tx.accounts().throttle(key).await?;
        let Some(allowance) = Allowance::of(key.kind) else {
            continue;
        };
        match allowance.spend(before, now) {
            Ok(after) => spent.push((key, after)),
            Err(at) => return Ok(Err(at)),
        }
    }
    for (key, after) in spent {
        tx.accounts().set_throttle(key, Some(&after)).await?;
    }
    Ok(Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_micros(0).plus(Duration::from_secs(seconds))
    }

    #[test]
    fn a_burst_then_one_a_refill() {
        let three = Allowance {
            burst: 3,
            refill: Duration::from_mins(1),
        };
        let mut it = None;
        for _ in 0..3 {
            it = Some(three.spend(it, at(0)).unwrap());
        }
        assert_eq!(three.spend(it, at(59)), Err(at(60)));
        it = Some(three.spend(it, at(60)).unwrap());
        assert_eq!(three.spend(it, at(60)), Err(at(120)));
        // Half a refill is not lost.
        it = Some(three.spend(it, at(150)).unwrap());
        assert_eq!(three.spend(it, at(150)), Err(at(180)));
        // After long enough all are there again.
        for _ in 0..3 {
            it = Some(three.spend(it, at(10_000)).unwrap());
        }
        assert!(three.spend(it, at(10_000)).is_err());
    }

    #[test]
    fn in_any_span_there_are_never_more_than_the_burst_and_the_refills() {
        for kind in [
            ThrottleKind::MailNetwork,
            ThrottleKind::MailAddress,
            ThrottleKind::CodeNetwork,
            ThrottleKind::RegistrationNetwork,
        ] {
            let it = Allowance::of(kind).unwrap();
            let (mut counter, mut given) = (None, 0_u64);
            for second in 0..20_000 {
                if let Ok(after) = it.spend(counter, at(second)) {
                    counter = Some(after);
                    given += 1;
                }
            }
            assert!(
                given <= u64::from(it.burst) + 20_000 / it.refill.as_secs(),
                "{kind:?}: {given}"
            );
        }
    }
}
