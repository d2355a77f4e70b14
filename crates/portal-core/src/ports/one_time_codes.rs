use crate::time::Timestamp;

/// Time-based one-time passwords (RFC 6238): SHA-1, 6 digits, steps of 30 seconds, which is what authenticator apps know.
pub trait OneTimeCodes: Send + Sync + 'static {
    /// The time step that the code belongs to, if it is the present one's or the one's before; `None` for any other code.
    /// Whether that step was used before is for the caller to say. The comparison MUST take the same time for each code.
    fn step_of(&self, secret: &[u8], code: &str, now: Timestamp) -> Option<u64>;

    /// The secret as people type it (Base32, RFC 4648), and as the `otpauth:` address that apps read from a picture.
    fn enrolment(&self, secret: &[u8], issuer: &str, account: &str) -> Enrolment;
}

/// What an authenticator app is given.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret in Base32, in groups of four.
    pub typed: String,
    /// The `otpauth://totp/…` address.
    pub uri: String,
    /// The address as a QR code: an SVG document without style or script.
    pub picture: String,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Enrolment(…)")
    }
}

/// For a service whose staff has no second factor: no code is ever right.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoOneTimeCodes;

impl OneTimeCodes for NoOneTimeCodes {
    fn step_of(&self, _: &[u8], _: &str, _: Timestamp) -> Option<u64> {
        None
    }

    fn enrolment(&self, _: &[u8], _: &str, _: &str) -> Enrolment {
        Enrolment {
            typed: String::new(),
            uri: String::new(),
            picture: String::new(),
        }
    }
}
