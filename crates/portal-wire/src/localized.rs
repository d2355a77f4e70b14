use std::collections::BTreeMap;

use portal_core::text;
use serde::{Deserialize, Serialize};

use crate::{Invalid, parse};

/// A text in several languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum Localized {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// The language that is always there.
        primary: String,
        /// Language tag → text.
        texts: BTreeMap<String, String>,
    },
}

impl From<&text::Localized> for Localized {
    fn from(it: &text::Localized) -> Self {
        Self::V1 {
            primary: it.primary().to_string(),
            texts: it
                .iter()
                .map(|(locale, text)| (locale.to_string(), text.to_owned()))
                .collect(),
        }
    }
}

impl TryFrom<Localized> for text::Localized {
    type Error = Invalid;

    fn try_from(Localized::V1 { primary, mut texts }: Localized) -> Result<Self, Invalid> {
        let first = texts.remove(&primary).ok_or(Invalid("primary language"))?;
        let mut made = Self::new(parse(&primary, "language")?, first);
        for (locale, text) in texts {
            made = made.with(parse(&locale, "language")?, text);
        }
        Ok(made)
    }
}
