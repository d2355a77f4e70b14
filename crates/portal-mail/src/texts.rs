use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use portal_core::text::Locale;
use unic_langid::LanguageIdentifier;

use crate::letters::TextsError;

/// The texts of one language.
pub(crate) struct Texts {
    pub(crate) locale: Locale,
    bundle: FluentBundle<FluentResource>,
}

impl Texts {
    pub(crate) fn read(locale: Locale, source: &str) -> Result<Self, TextsError> {
        let broken = |what: String| TextsError(format!("{locale}: {what}"));
        let language: LanguageIdentifier = locale
            .as_str()
            .parse()
            .map_err(|_| broken("this is no language".to_owned()))?;
        let resource =
            FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| broken(format!("{errors:?}")))?;
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Mails are read in programs that show the marks of isolation as boxes.
        bundle.set_use_isolating(false);
        bundle
            .add_resource(resource)
            .map_err(|errors| broken(format!("{errors:?}")))?;
        Ok(Self { locale, bundle })
    }

    /// A text with its values.
    pub(crate) fn say(&self, name: &str, args: &[(&str, &str)]) -> Result<String, TextsError> {
        let broken = |what: String| TextsError(format!("{}, `{name}`: {what}", self.locale));
        let pattern = self
            .bundle
            .get_message(name)
            .and_then(|it| it.value())
            .ok_or_else(|| broken("there is no such text".to_owned()))?;
        let mut values = FluentArgs::new();
        for (name, value) in args {
            values.set(*name, *value);
        }
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(&values), &mut errors);
        if errors.is_empty() {
            Ok(said.into_owned())
        } else {
            Err(broken(format!("{errors:?}")))
        }
    }
}
