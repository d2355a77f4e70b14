use std::fmt;

/// One thing that is wrong with the configuration: where, what, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file or variable.
    pub place: String,
    /// What is wrong, and what to do.
    pub what: String,
}

/// Everything that is wrong with the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(pub Vec<Fault>);

impl ConfigError {
    pub(crate) fn one(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self(vec![Fault {
            place: place.into(),
            what: what.into(),
        }])
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration cannot be used")?;
        for fault in &self.0 {
            write!(f, "\n  {}: {}", fault.place, fault.what)?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}
