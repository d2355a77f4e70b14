use portal_core::ports::{Enrolment, OneTimeCodes};
use portal_core::time::Timestamp;

/// Codes that follow from the time step alone, so that tests can say them: the step's last six digits.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainCodes;

impl PlainCodes {
    /// The code of an instant.
    #[must_use]
    pub fn at(now: Timestamp) -> String {
        format!("{:06}", step(now) % 1_000_000)
    }
}

fn step(now: Timestamp) -> u64 {
    u64::try_from(now.seconds() / 30).unwrap_or(0)
}

impl OneTimeCodes for PlainCodes {
    fn step_of(&self, _: &[u8], code: &str, now: Timestamp) -> Option<u64> {
        let present = step(now);
        [present.saturating_sub(1), present]
            .into_iter()
            .find(|it| format!("{:06}", it % 1_000_000) == code)
    }

    fn enrolment(&self, _: &[u8], issuer: &str, account: &str) -> Enrolment {
        Enrolment {
            typed: "ABCD EFGH".to_owned(),
            uri: format!("otpauth://totp/{issuer}:{account}?secret=ABCDEFGH"),
            picture: "<svg></svg>".to_owned(),
        }
    }
}
