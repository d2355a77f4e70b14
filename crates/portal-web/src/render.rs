//! Pages from views.

mod pieces;

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, ValueKind};
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, Value, escape_formatter};

use crate::assets::Assets;
use crate::i18n::{Arg, Locale, LocaleError, Locales, Translator};
use crate::view::Page;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template is wrong, or a view does not fit it.
    #[error("template cannot be rendered")]
    Template(#[from] minijinja::Error),
    /// A language file is wrong.
    #[error(transparent)]
    Locale(#[from] LocaleError),
    /// A template is not UTF-8.
    #[error("template `{0}` is not UTF-8")]
    Encoding(String),
    /// No templates for this language.
    #[error("no templates for language `{0}`")]
    Language(&'static str),
}

/// Makes pages. Built once; one set of templates a language, so that texts need no look-up of the language.
#[derive(Debug)]
pub struct Renderer {
    environments: BTreeMap<Locale, Environment<'static>>,
    locales: Locales,
}

impl Renderer {
    /// Parses templates and language files.
    pub fn new(assets: Arc<Assets>) -> Result<Self, RenderError> {
        let locales = Locales::embedded()?;
        let environments = [Locale::En, Locale::De, Locale::EnXa]
            .into_iter()
            .map(|locale| Ok((locale, environment(locales.get(locale).clone(), assets.clone())?)))
            .collect::<Result<_, RenderError>>()?;
        Ok(Self { environments, locales })
    }

    /// The languages, for texts outside of templates (problems of forms, times).
    #[must_use]
    pub fn locales(&self) -> &Locales {
        &self.locales
    }

    /// The page as HTML in the language of its frame.
    pub fn render<P: Page>(&self, page: &P) -> Result<String, RenderError> {
        let locale = page.shell().locale;
        let environment = self
            .environments
            .get(&locale)
            .ok_or(RenderError::Language(locale.as_str()))?;
        let template = environment.get_template(P::TEMPLATE)?;
        Ok(template.render(Value::from(Serde(page)))?)
    }
}

fn environment(translator: Translator, assets: Arc<Assets>) -> Result<Environment<'static>, RenderError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(print);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    let folders = std::iter::once(&TEMPLATES).chain(TEMPLATES.dirs());
    for file in folders.flat_map(Dir::files) {
        let name = file.path().display().to_string();
        let source = file
            .contents_utf8()
            .ok_or_else(|| RenderError::Encoding(name.clone()))?;
        environment.add_template_owned(name, source)?;
    }
    pieces::add(&mut environment, &translator, &assets);
    add_texts(&mut environment, translator);
    environment.add_function("asset", move |name: &str| assets.href(name));
    Ok(environment)
}

/// Escapes what ends text or an attribute. The engine's own way also escapes every `/`, five bytes a piece in links.
fn print(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() => Ok(pieces::escape(out, text)?),
        _ => escape_formatter(out, state, value),
    }
}

/// `t(key, …)`: a text, escaped by the template. `th(key, …)`: a text with markup, its arguments escaped.
/// The others put names and spans into words.
fn add_texts(environment: &mut Environment<'static>, translator: Translator) {
    let texts = translator.clone();
    environment.add_function("wait", move |seconds: u64| texts.wait(seconds));
    let texts = translator.clone();
    environment.add_function("companies", move |names: Vec<String>| texts.list(&names));
    let texts = translator.clone();
    environment.add_function("named", move |person: Value| named(&texts, &person));
    let texts = translator.clone();
    environment.add_function("doer", move |person: Value| doer(&texts, &person));
    let plain = translator.clone();
    environment.add_function("t", move |key: &str, args: Kwargs| match plain.fixed(key) {
        Some(text) => Ok(Value::from(text.clone())),
        None => arguments(&args).map(|args| Value::from(plain.text(key, &args))),
    });
    environment.add_function("th", move |key: &str, args: Kwargs| {
        arguments(&args).map(|args| Value::from_safe_string(translator.html(key, &args)))
    });
}

/// The author of a message: `Jonas Weber (you)`.
fn named(texts: &Translator, person: &Value) -> Result<String, minijinja::Error> {
    let name = person.get_attr("name")?.to_string();
    Ok(match person.get_attr("role")?.as_str() {
        Some("you") => texts.text("person-you", &[("name", name.into())]),
        Some("support") if name.is_empty() => texts.text("event-support", &[]),
        _ if name.is_empty() => texts.text("person-other", &[]),
        _ => name,
    })
}

/// Who did something: `You`, a name, `Support`.
fn doer(texts: &Translator, person: &Value) -> Result<String, minijinja::Error> {
    match person.get_attr("role")?.as_str() {
        Some("you") => Ok(texts.text("event-you", &[])),
        _ => named(texts, person),
    }
}

/// Keyword arguments of a template call as arguments of a text.
fn arguments(kwargs: &Kwargs) -> Result<Vec<(&str, Arg)>, minijinja::Error> {
    kwargs
        .args()
        .map(|name| {
            let value: Value = kwargs.get(name)?;
            let arg = match value.kind() {
                ValueKind::Number => Arg::Number(value.as_i64().unwrap_or_default()),
                _ if value.is_safe() => Arg::Html(value.to_string()),
                _ => Arg::Text(value.to_string()),
            };
            Ok((name, arg))
        })
        .collect()
}

#[cfg(test)]
#[path = "../examples/stories/fixtures.rs"]
mod fixtures;

#[cfg(test)]
mod tests;
