//! Texts of one language.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::Locale;

/// An argument of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Plain text, for example a name.
    Text(String),
    /// A number, which chooses the plural form.
    Number(i64),
    /// Markup that is already safe. Only [`Translator::html`] keeps it as markup.
    Html(String),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// The texts of one language. Cheap to clone.
#[derive(Clone)]
pub struct Translator {
    locale: Locale,
    texts: Arc<Texts>,
}

struct Texts {
    bundle: FluentBundle<FluentResource>,
    /// Those that need no arguments, which are most of a page: put together once.
    fixed: HashMap<String, Arc<str>>,
    /// Days that were written already.
    days: RwLock<HashMap<Day, Arc<str>>>,
}

/// A text, and the year, month and day it is about.
type Day = (&'static str, i16, i8, i8);

/// More days than this are forgotten.
const MANY: usize = 4096;

impl fmt::Debug for Translator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Translator").field(&self.locale).finish()
    }
}

impl Translator {
    /// `keys` are those of all messages in the bundle.
    pub(super) fn new(locale: Locale, bundle: FluentBundle<FluentResource>, keys: Vec<String>) -> Self {
        let fixed = |key: String| {
            let pattern = bundle.get_message(&key)?.value()?;
            let mut missing = Vec::new();
            let text = Arc::from(&*bundle.format_pattern(pattern, None, &mut missing));
            missing.is_empty().then_some((key, text))
        };
        let fixed = keys.into_iter().filter_map(fixed).collect();
        Self {
            locale,
            texts: Arc::new(Texts {
                bundle,
                fixed,
                days: RwLock::default(),
            }),
        }
    }

    /// The language.
    #[must_use]
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// A text with its arguments as plain text (the templates escape it). A key that does not exist is shown as
    /// itself; a test keeps that from happening.
    #[must_use]
    pub fn text(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.format(key, args, false)
    }

    /// A text that needs no arguments, whether or not it contains markup.
    pub(crate) fn fixed(&self, key: &str) -> Option<&Arc<str>> {
        self.texts.fixed.get(key)
    }

    /// The text for a day, made unless it is known.
    pub(crate) fn kept(&self, day: Day, make: impl FnOnce() -> String) -> Arc<str> {
        let days = &self.texts.days;
        if let Some(text) = days.read().unwrap_or_else(PoisonError::into_inner).get(&day) {
            return text.clone();
        }
        let text: Arc<str> = make().into();
        let mut days = days.write().unwrap_or_else(PoisonError::into_inner);
        if days.len() >= MANY {
            days.clear();
        }
        days.insert(day, text.clone());
        text
    }

    /// A text that contains markup. Arguments are escaped and isolated (`<bdi>`), so that a name cannot become markup
    /// nor turn the direction of the sentence around.
    #[must_use]
    pub fn html(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.format(key, args, true)
    }

    /// A span to wait: `40 seconds`, `3 minutes`.
    #[must_use]
    pub fn wait(&self, seconds: u64) -> String {
        if seconds < 90 {
            self.text("time-wait-seconds", &[("n", seconds.max(1).into())])
        } else {
            self.text("time-wait-minutes", &[("n", seconds.div_ceil(60).into())])
        }
    }

    /// Names in a row: `A`, `A and B`, `A, B and C`.
    #[must_use]
    pub fn list(&self, names: &[String]) -> String {
        let mut rest = names.iter().rev();
        let Some(last) = rest.next() else { return String::new() };
        let pair = |key: &str, first: &str, second: String| {
            self.text(key, &[("first", first.into()), ("second", second.into())])
        };
        let Some(before) = rest.next() else { return last.clone() };
        rest.fold(pair("companies-and", before, last.clone()), |text, name| {
            pair("companies-comma", name, text)
        })
    }

    fn format(&self, key: &str, args: &[(&str, Arg)], html: bool) -> String {
        if let Some(text) = self.fixed(key) {
            return text.as_ref().to_owned();
        }
        let bundle = &self.texts.bundle;
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            let value = match arg {
                Arg::Number(number) => FluentValue::from(*number),
                Arg::Text(text) if html => FluentValue::String(Cow::Owned(isolated(text))),
                Arg::Text(text) | Arg::Html(text) => FluentValue::from(text.as_str()),
            };
            fluent.set(*name, value);
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&fluent), &mut errors);
        debug_assert!(errors.is_empty(), "text `{key}`: {errors:?}");
        text.into_owned()
    }
}

/// Escapes user text and isolates its direction.
fn isolated(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 11);
    out.push_str("<bdi>");
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out.push_str("</bdi>");
    out
}
