//! Texts in several languages, as they stand in a form: one field a language, named `label.en`.

use std::collections::BTreeMap;

use portal_core::settings::CustomerPortal;
use portal_core::text::{Locale, Localized};

use crate::forms::Fields;
use crate::i18n;
use crate::view::office_looks::{Tongue, Wording, WordingIn};

/// The languages of a form: the portal's own first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Languages(Vec<Locale>);

impl Languages {
    /// Those that a portal speaks, and any other one in which something is written.
    pub(super) fn of(site: &CustomerPortal, written: &[&Typed]) -> Self {
        let mut all = vec![site.language.clone()];
        let others = site.offered.iter().chain(written.iter().flat_map(|it| it.0.keys()));
        for it in others {
            if !all.contains(it) {
                all.push(it.clone());
            }
        }
        Self(all)
    }

    /// With these behind.
    pub(super) fn also(&mut self, others: &[Locale]) {
        for it in others {
            if !self.0.contains(it) {
                self.0.push(it.clone());
            }
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Locale> {
        self.0.iter()
    }

    /// For the page.
    pub(super) fn tongues(&self) -> Vec<Tongue> {
        let tongue = |it: &Locale| Tongue {
            code: it.to_string(),
            name: name(it),
        };
        self.0.iter().map(tongue).collect()
    }
}

/// What a language is called in itself; its tag if we do not speak it.
pub(super) fn name(language: &Locale) -> String {
    let known = i18n::Locale::parse(language.as_str()).filter(|it| it.as_str() == language.as_str());
    known.map_or_else(|| language.to_string(), |it| it.own_name().to_owned())
}

/// A text as it was typed, language by language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed(BTreeMap<Locale, String>);

impl Typed {
    /// A text that is stored.
    pub(super) fn of(text: Option<&Localized>) -> Self {
        let all = text.into_iter().flat_map(Localized::iter);
        Self(
            all.map(|(language, text)| (language.clone(), text.to_owned()))
                .collect(),
        )
    }

    /// The fields that begin with a name and a dot.
    pub(super) fn read(fields: &Fields, name: &str) -> Self {
        let mut all = BTreeMap::new();
        for (field, value) in fields.pairs() {
            let language = field.strip_prefix(name).and_then(|it| it.strip_prefix('.'));
            if let Some(Ok(language)) = language.map(str::parse::<Locale>) {
                all.insert(language, value.replace("\r\n", "\n"));
            }
        }
        Self(all)
    }

    /// The text; `None` if there is nothing in any language.
    pub(super) fn text(&self, site: &CustomerPortal) -> Option<Localized> {
        let written = || self.0.iter().filter(|(_, text)| !text.trim().is_empty());
        let primary = written()
            .find(|(it, _)| **it == site.language)
            .or_else(|| written().next())?;
        let first = Localized::new(primary.0.clone(), primary.1.trim());
        Some(written().fold(first, |all, (language, text)| all.with(language.clone(), text.trim())))
    }

    /// For the page. `path` is where problems are said, `name` what the fields begin with.
    pub(super) fn wording(&self, path: impl Into<String>, name: &str, languages: &Languages) -> Wording {
        let texts = languages.iter().map(|it| WordingIn {
            name: format!("{name}.{it}"),
            code: it.to_string(),
            language: self::name(it),
            value: self.0.get(it).cloned().unwrap_or_default(),
        });
        Wording {
            path: path.into(),
            texts: texts.collect(),
        }
    }
}
