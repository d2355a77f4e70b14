//! Languages of the pages: Fluent files in `locales/`, compiled into the binary.

mod negotiate;
mod pseudo;
mod translator;

pub use negotiate::{Wishes, negotiate};
pub use translator::{Arg, Translator};

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use fluent_syntax::ast::Entry;
use include_dir::{Dir, include_dir};
use serde::{Serialize, Serializer};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/locales");

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Locale {
    /// English, the source.
    #[default]
    En,
    /// German, formal.
    De,
    /// English with accents and longer words: shows text that does not come from the language files. For tests.
    EnXa,
}

impl Locale {
    /// Languages that are complete.
    pub const COMPLETE: [Self; 2] = [Self::En, Self::De];

    /// Language tag.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::EnXa => "en-XA",
        }
    }

    /// Reads a language tag; `de-AT` is German. The pseudo-language is never read.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_']).next()?;
        Self::COMPLETE
            .into_iter()
            .find(|locale| locale.as_str().eq_ignore_ascii_case(language))
    }

    /// The name of the language in itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
            Self::EnXa => "Ƥşḗŭḓǿ",
        }
    }

    /// Between whole and tenths.
    #[must_use]
    pub fn decimal_mark(self) -> char {
        match self {
            Self::De => ',',
            Self::En | Self::EnXa => '.',
        }
    }

    /// Folder of its files.
    fn folder(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En | Self::EnXa => "en",
        }
    }
}

impl Serialize for Locale {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Why the language files could not be read. Never happens to files that passed the tests.
#[derive(Debug, thiserror::Error)]
#[error("language file `{file}` cannot be read: {problem}")]
pub struct LocaleError {
    file: String,
    problem: String,
}

/// All languages, parsed once.
#[derive(Clone, Debug)]
pub struct Locales {
    en: Translator,
    de: Translator,
    pseudo: Translator,
}

impl Locales {
    /// Parses the files in the binary.
    pub fn embedded() -> Result<Self, LocaleError> {
        Ok(Self {
            en: load(Locale::En)?,
            de: load(Locale::De)?,
            pseudo: load(Locale::EnXa)?,
        })
    }

    /// The texts of one language.
    #[must_use]
    pub fn get(&self, locale: Locale) -> &Translator {
        match locale {
            Locale::En => &self.en,
            Locale::De => &self.de,
            Locale::EnXa => &self.pseudo,
        }
    }
}

/// Parses the folder of one language.
fn load(locale: Locale) -> Result<Translator, LocaleError> {
    let fail = |file: &str, problem: String| LocaleError {
        file: file.to_owned(),
        problem,
    };
    let tag = locale
        .as_str()
        .parse()
        .map_err(|error| fail(locale.as_str(), format!("{error:?}")))?;
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // User text is isolated by `<bdi>` in the pages; the invisible marks would break comparisons and copying.
    bundle.set_use_isolating(false);
    if locale == Locale::EnXa {
        bundle.set_transform(Some(pseudo::stretch));
    }
    let folder = FILES
        .get_dir(locale.folder())
        .ok_or_else(|| fail(locale.folder(), "missing".to_owned()))?;
    let mut keys = Vec::new();
    for file in folder.files() {
        let path = file.path().display().to_string();
        let text = file
            .contents_utf8()
            .ok_or_else(|| fail(&path, "not UTF-8".to_owned()))?;
        let resource =
            FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| fail(&path, format!("{errors:?}")))?;
        keys.extend(resource.entries().filter_map(|it| match it {
            Entry::Message(message) => Some(message.id.name.to_owned()),
            _ => None,
        }));
        bundle
            .add_resource(resource)
            .map_err(|errors| fail(&path, format!("{errors:?}")))?;
    }
    Ok(Translator::new(locale, bundle, keys))
}

#[cfg(test)]
mod tests;
