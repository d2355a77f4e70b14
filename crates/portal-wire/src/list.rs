use std::fmt::Display;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Invalid, parse};

/// A list of one-line things that have a text form: languages, categories, ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum List {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// The members, in order.
        items: Vec<String>,
    },
}

impl List {
    /// A list of the text forms.
    pub fn of<T: Display>(items: impl IntoIterator<Item = T>) -> Self {
        Self::V1 {
            items: items.into_iter().map(|it| it.to_string()).collect(),
        }
    }

    /// The members, in order.
    ///
    /// # Errors
    /// If one of them is not what it should be.
    pub fn read<T: FromStr, C: FromIterator<T>>(self) -> Result<C, Invalid> {
        let Self::V1 { items } = self;
        items.iter().map(|it| parse(it, "list")).collect()
    }
}
