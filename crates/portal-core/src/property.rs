//! Typed properties: what an installation wants to know of contacts, companies and tickets beyond the built-in fields.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use crate::text::Localized;
use crate::time::Date;

/// The internal name of a property: `[a-z0-9_]`, 1 to 64 characters, beginning with a letter.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PropertyKey(String);

/// A text that cannot name a property.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a property name; use a–z, 0–9 and underscore, beginning with a letter")]
pub struct PropertyKeyError(String);

impl PropertyKey {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Derives a name from a label such as a column heading: `Customer since (year)` gives `customer_since_year`.
    /// `None` if the label has no letter or digit that a name can have.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        let words = crate::text::index_tokens([label]);
        let name: String = words.join("_").chars().filter(char::is_ascii).collect();
        let name = name.trim_matches('_');
        if name.is_empty() {
            return None;
        }
        let prefix = if name.starts_with(|it: char| it.is_ascii_digit()) {
            "p_"
        } else {
            ""
        };
        let name: String = format!("{prefix}{name}").chars().take(64).collect();
        name.trim_end_matches('_').parse().ok()
    }
}

impl FromStr for PropertyKey {
    type Err = PropertyKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fine = (1..=64).contains(&text.len())
            && text.starts_with(|it: char| it.is_ascii_lowercase())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if fine {
            Ok(Self(text.to_owned()))
        } else {
            Err(PropertyKeyError(text.chars().take(80).collect()))
        }
    }
}

impl fmt::Display for PropertyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A decimal number with up to six digits behind the point, exact: millionths in an `i64`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Decimal(i64);

impl Decimal {
    /// A number from its millionths.
    #[must_use]
    pub const fn from_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    /// The number in millionths.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// A number as people type it: `12`, `-3.5`, `0,25`; a point or a comma before at most six decimals, nothing
    /// between thousands. `None` if it is none or does not fit.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        let text = text.trim();
        let (minus, digits) = text
            .strip_prefix(['-', '\u{2212}'])
            .map_or((false, text), |it| (true, it));
        let (whole, rest) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let pointed = whole.len() < digits.len();
        let fine = |it: &str| it.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !fine(whole) || !fine(rest) || rest.len() > 6 || (pointed && rest.is_empty()) {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let rest: i64 = format!("{rest:0<6}").parse().ok()?;
        let all = whole.checked_mul(1_000_000)?.checked_add(rest)?;
        Some(Self(if minus { -all } else { all }))
    }
}

impl fmt::Display for Decimal {
    /// With a point, without needless zeros: `12.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0.unsigned_abs() / 1_000_000, self.0.unsigned_abs() % 1_000_000);
        let sign = if self.0 < 0 { "-" } else { "" };
        let rest = format!("{rest:06}");
        let rest = rest.trim_end_matches('0');
        if rest.is_empty() {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{rest}")
        }
    }
}

/// The value of a property.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum PropertyValue {
    /// Free text.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A day.
    Date(Date),
    /// Yes or no.
    Bool(bool),
    /// One of the choices that the definition lists.
    Choice(String),
    /// Several of them.
    Choices(BTreeSet<String>),
}

impl PropertyValue {
    /// Its type.
    #[must_use]
    pub const fn kind(&self) -> PropertyType {
        match self {
            Self::Text(_) => PropertyType::Text,
            Self::Number(_) => PropertyType::Number,
            Self::Date(_) => PropertyType::Date,
            Self::Bool(_) => PropertyType::Bool,
            Self::Choice(_) => PropertyType::Choice,
            Self::Choices(_) => PropertyType::Choices,
        }
    }

    /// Whether both are numbers or both dates, and this one is less.
    #[must_use]
    pub fn less_than(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a < b,
            (Self::Date(a), Self::Date(b)) => a < b,
            _ => false,
        }
    }
}

/// The values of one object; what is absent is unknown.
pub type PropertyValues = BTreeMap<PropertyKey, PropertyValue>;

/// What a property belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PropertyOwner {
    /// Contacts.
    Contact,
    /// Companies.
    Company,
    /// Tickets.
    Ticket,
}

/// The type of a property's values.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PropertyType {
    /// Free text.
    Text,
    /// A number.
    Number,
    /// A day.
    Date,
    /// Yes or no.
    Bool,
    /// One choice.
    Choice,
    /// Several choices.
    Choices,
}

/// The definition of a property.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PropertyDefinition {
    /// What it belongs to.
    pub owner: PropertyOwner,
    /// Its internal name.
    pub key: PropertyKey,
    /// Its name for people.
    pub label: Localized,
    /// The type of its values.
    pub kind: PropertyType,
    /// Whether customers may write it; criteria never look at such a property.
    pub customer_writable: bool,
    /// Whether customers are shown it. Imported columns are staff-only until chosen for display.
    pub shown_to_customers: bool,
    /// What can be chosen, in the order in which forms offer it; anything if there is nothing here. What was chosen before
    /// stays what it is, even if it is not offered any more.
    pub options: Vec<String>,
    /// Whether it is out of use: no form, list or search has it any more; its values stay.
    pub archived: bool,
}

impl PropertyDefinition {
    /// The most options of a property.
    pub const MAX_OPTIONS: usize = 200;

    /// The value that a person typed, if it is of the type and among what can be chosen. What it was before may always
    /// stay.
    #[must_use]
    pub fn typed(&self, text: &str, before: Option<&PropertyValue>) -> Option<PropertyValue> {
        let value = self.kind.typed(text)?;
        let offered = |it: &String| self.options.is_empty() || self.options.contains(it);
        let fits = match &value {
            PropertyValue::Choice(it) => offered(it),
            PropertyValue::Choices(them) => them.iter().all(offered),
            PropertyValue::Text(_) | PropertyValue::Number(_) | PropertyValue::Date(_) | PropertyValue::Bool(_) => true,
        };
        (fits || before == Some(&value)).then_some(value)
    }
}

impl PropertyType {
    /// The value that a person typed: a day as `2026-11-22`, yes or no as `true` or `false`, several choices with commas
    /// between them. `None` if it is none of this type.
    #[must_use]
    pub fn typed(self, text: &str) -> Option<PropertyValue> {
        let text = text.trim();
        if text.is_empty() || text.chars().any(char::is_control) || text.len() > 1_000 {
            return None;
        }
        Some(match self {
            Self::Text => PropertyValue::Text(text.to_owned()),
            Self::Number => PropertyValue::Number(Decimal::typed(text)?),
            Self::Date => PropertyValue::Date(text.parse().ok()?),
            Self::Bool => PropertyValue::Bool(text.parse().ok()?),
            Self::Choice => PropertyValue::Choice(text.to_owned()),
            Self::Choices => {
                let words = text.split(',').map(str::trim).filter(|it| !it.is_empty());
                let words: BTreeSet<String> = words.map(str::to_owned).collect();
                PropertyValue::Choices(Some(words).filter(|it| !it.is_empty())?)
            }
        })
    }
}

impl fmt::Display for PropertyValue {
    /// As a person types it: see [`PropertyType::typed`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(it) | Self::Choice(it) => f.write_str(it),
            Self::Number(it) => it.fmt(f),
            Self::Date(it) => it.fmt(f),
            Self::Bool(it) => it.fmt(f),
            Self::Choices(them) => {
                let words: Vec<&str> = them.iter().map(String::as_str).collect();
                f.write_str(&words.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_shown_as_it_was_typed() {
        for (kind, text) in [
            (PropertyType::Text, "Werk Süd, Halle 4"),
            (PropertyType::Number, "-12.5"),
            (PropertyType::Number, "0.000001"),
            (PropertyType::Number, "40"),
            (PropertyType::Date, "2026-02-28"),
            (PropertyType::Bool, "true"),
            (PropertyType::Choice, "gold"),
            (PropertyType::Choices, "a, b"),
        ] {
            let value = kind.typed(text).unwrap();
            assert_eq!(value.kind(), kind);
            assert_eq!(value.to_string(), text);
        }
        assert_eq!(PropertyType::Number.typed("2,5"), PropertyType::Number.typed(" 2.50 "));
    }

    #[test]
    fn what_is_not_of_the_type_is_nothing() {
        for (kind, text) in [
            (PropertyType::Text, " "),
            (PropertyType::Text, "two\nlines"),
            (PropertyType::Number, "1.000.000"),
            (PropertyType::Number, "1e3"),
            (PropertyType::Number, "0.1234567"),
            (PropertyType::Number, "99999999999999999999"),
            (PropertyType::Date, "28.02.2026"),
            (PropertyType::Bool, "yes"),
            (PropertyType::Choices, " , "),
        ] {
            assert_eq!(kind.typed(text), None, "{kind:?} {text:?}");
        }
    }
}
