use std::time::Duration;

/// How long something took, over several times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// How many times.
    pub count: usize,
    /// Half of them took at most so long.
    pub median: Option<Duration>,
    /// Nine of ten took at most so long.
    pub most: Option<Duration>,
}

impl Spread {
    /// Of these durations, in any order.
    #[must_use]
    pub fn of(mut values: Vec<Duration>) -> Self {
        values.sort_unstable();
        let rank = |hundredths: usize| {
            let place = (values.len() * hundredths).div_ceil(100);
            values.get(place.checked_sub(1)?).copied()
        };
        Self {
            count: values.len(),
            median: rank(50),
            most: rank(90),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_has_no_median() {
        assert_eq!(Spread::of(Vec::new()), Spread::default());
    }

    #[test]
    fn of_ten_the_fifth_and_the_ninth_count() {
        let spread = Spread::of((1..=10).rev().map(Duration::from_secs).collect());
        assert_eq!(spread.median, Some(Duration::from_secs(5)));
        assert_eq!(spread.most, Some(Duration::from_secs(9)));
    }

    proptest! {
        #[test]
        fn at_least_so_many_took_at_most_so_long(values in proptest::collection::vec(0_u64..50, 1..40)) {
            let spread = Spread::of(values.iter().copied().map(Duration::from_secs).collect());
            for (share, value) in [(50, spread.median), (90, spread.most)] {
                let value = value.unwrap();
                let within = |most: Duration| values.iter().filter(|it| Duration::from_secs(**it) <= most).count() * 100;
                prop_assert!(within(value) >= values.len() * share);
                // And no smaller value would do.
                if let Some(smaller) = value.checked_sub(Duration::from_secs(1)) {
                    prop_assert!(within(smaller) < values.len() * share);
                }
            }
        }
    }
}
