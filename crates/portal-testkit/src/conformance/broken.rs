use std::error::Error;
use std::fmt;

/// What is wrong with a store: which promise, and what happened instead.
pub struct Broken(String);

impl Broken {
    /// A broken promise.
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }

    /// The same, with where it happened in front.
    #[must_use]
    pub fn at(self, place: impl fmt::Display) -> Self {
        Self(format!("{place}: {}", self.0))
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A test that returns it prints it so: as a text, not as a structure.
impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: Error> From<E> for Broken {
    fn from(error: E) -> Self {
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            text = format!("{text}: {cause}");
            source = cause.source();
        }
        Self(text)
    }
}

/// Returns that something is broken unless a condition holds.
macro_rules! ensure {
    ($holds:expr, $($what:tt)+) => {
        if !$holds {
            return Err($crate::conformance::Broken::new(format!($($what)+)));
        }
    };
}

/// Returns that something is broken unless two values are equal.
macro_rules! same {
    ($found:expr, $wanted:expr, $($what:tt)+) => {
        match (&$found, &$wanted) {
            (found, wanted) => $crate::conformance::broken::ensure!(
                *found == *wanted,
                "{}\n  found:  {found:?}\n  wanted: {wanted:?}",
                format!($($what)+)
            ),
        }
    };
}

pub(crate) use {ensure, same};
