use std::pin::Pin;

use portal_core::ports::Store;

use super::broken::Broken;
use super::cases::CASES;

/// Something to be awaited on the runtime of a fixture.
pub type Work<'a> = Pin<Box<dyn Future<Output = Result<(), Broken>> + 'a>>;

/// A store to be tried, and a runtime to try it on.
pub trait Fixture {
    /// A store of its own for one case, empty, with every table made.
    fn set_up() -> Self
    where
        Self: Sized;

    /// The store.
    fn store(&self) -> &dyn Store;

    /// Runs work to its end on whatever runtime the store needs.
    ///
    /// # Errors
    /// What the work returns.
    fn block_on(&self, work: Work<'_>) -> Result<(), Broken>;

    /// How many random worlds each law is tried on; the environment variable `PORTAL_LAW_CASES` counts more.
    fn law_cases(&self) -> u32 {
        24
    }
}

/// One case of the suite.
#[derive(Clone, Copy)]
pub struct Case {
    /// Its name, which is the name of its test.
    pub name: &'static str,
    pub(super) run: fn(&dyn Fixture) -> Result<(), Broken>,
}

impl Case {
    /// Tries it.
    ///
    /// # Errors
    /// If the store breaks the promise.
    pub fn run(&self, fixture: &dyn Fixture) -> Result<(), Broken> {
        (self.run)(fixture)
    }
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Tries the case with this name.
///
/// # Errors
/// If the store breaks the promise, or there is no such case.
pub fn run<F: Fixture>(name: &str) -> Result<(), Broken> {
    let case = CASES.iter().find(|it| it.name == name);
    let case = case.ok_or_else(|| Broken::new(format!("there is no case `{name}`")))?;
    case.run(&F::set_up())
}
