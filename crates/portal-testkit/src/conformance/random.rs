use std::fmt::Debug;
use std::hash::{BuildHasher, Hasher, RandomState};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use super::broken::Broken;

#[expect(
    clippy::disallowed_methods,
    reason = "how much and which randomness a test run tries is not configuration of a server"
)]
fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// How many worlds are tried: what the environment says, or else this.
pub(crate) fn law_cases(default: u32) -> u32 {
    from_environment("PORTAL_LAW_CASES")
        .and_then(|it| u32::try_from(it).ok())
        .unwrap_or(default)
}

/// Tries a law on random values, and shrinks one that breaks it. The seed is printed with it: `PORTAL_LAW_SEED` runs the
/// same values again.
pub(crate) fn for_all<S: Strategy>(
    cases: u32,
    values: &S,
    law: impl Fn(S::Value) -> Result<(), Broken>,
) -> Result<(), Broken>
where
    S::Value: Debug,
{
    let drawn = || RandomState::new().build_hasher().finish();
    let seed = from_environment("PORTAL_LAW_SEED").unwrap_or_else(drawn);
    let mut bytes = [0; 32];
    for (part, number) in bytes.chunks_exact_mut(8).zip(0..) {
        part.copy_from_slice(&seed.wrapping_add(number).to_be_bytes());
    }
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 512,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let outcome = runner.run(values, |it| {
        law(it).map_err(|broken| TestCaseError::fail(broken.to_string()))
    });
    outcome.map_err(|it| Broken::new(format!("{it}\nPORTAL_LAW_SEED={seed}")))
}
