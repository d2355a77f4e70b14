//! Random names that nobody can guess, for what is made anew with each page or request.

/// 128 random bits as 32 hexadecimal digits; empty if the system has no randomness.
///
/// Used for idempotency keys (without one, repeating a form is not recognised) and for ids of requests (without one, a
/// failure is harder to find). Nothing secret is made here.
pub(crate) fn key() -> String {
    let mut bytes = [0; 16];
    match getrandom::fill(&mut bytes) {
        Ok(()) => format!("{:032x}", u128::from_be_bytes(bytes)),
        Err(err) => {
            tracing::error!(error = %err, "the system gives no random bytes");
            String::new()
        }
    }
}
