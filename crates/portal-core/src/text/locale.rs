use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// A language tag such as `en`, `de` or `pt-BR` (a subset of BCP 47: language and at most two further subtags).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Locale(String);

/// A text that is not a language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language tag like `en` or `pt-BR`")]
pub struct LocaleError(String);

impl Locale {
    /// English, the language that every built-in text has.
    #[must_use]
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// German.
    #[must_use]
    pub fn german() -> Self {
        Self("de".to_owned())
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone: `pt` of `pt-BR`.
    #[must_use]
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl FromStr for Locale {
    type Err = LocaleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('-');
        let language = parts.next().unwrap_or_default();
        let fine = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
        let rest: Vec<&str> = parts.collect();
        let rest_fine = rest.len() <= 2
            && rest
                .iter()
                .all(|it| (2..=8).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_alphanumeric()));
        if fine && rest_fine {
            Ok(Self(text.to_owned()))
        } else {
            Err(LocaleError(text.chars().take(32).collect()))
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that staff may have written in several languages; one of them is always there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Localized {
    primary: Locale,
    texts: BTreeMap<Locale, String>,
}

impl Localized {
    /// A text in its primary language.
    #[must_use]
    pub fn new(primary: Locale, text: impl Into<String>) -> Self {
        let texts = BTreeMap::from([(primary.clone(), text.into())]);
        Self { primary, texts }
    }

    /// Adds or replaces a translation.
    #[must_use]
    pub fn with(mut self, locale: Locale, text: impl Into<String>) -> Self {
        self.texts.insert(locale, text.into());
        self
    }

    /// The text in the wanted language, else in its language without region, else in the primary one.
    #[must_use]
    pub fn get(&self, wanted: &Locale) -> &str {
        let by_language = || {
            self.texts
                .iter()
                .find(|(it, _)| it.language() == wanted.language())
                .map(|(_, text)| text)
        };
        self.texts
            .get(wanted)
            .or_else(by_language)
            .or_else(|| self.texts.get(&self.primary))
            .map_or("", String::as_str)
    }

    /// The language that is always there.
    #[must_use]
    pub const fn primary(&self) -> &Locale {
        &self.primary
    }

    /// All languages with their texts, in the order of their tags.
    pub fn iter(&self) -> impl Iterator<Item = (&Locale, &str)> {
        self.texts.iter().map(|(locale, text)| (locale, text.as_str()))
    }
}
