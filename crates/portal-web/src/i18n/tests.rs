use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast;

use super::*;

/// Message → the arguments it uses.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn messages(folder: &str) -> Messages {
    let mut found = Messages::new();
    for file in FILES.get_dir(folder).unwrap().files() {
        let resource = fluent_syntax::parser::parse(file.contents_utf8().unwrap()).unwrap();
        for entry in &resource.body {
            let ast::Entry::Message(message) = entry else { continue };
            let mut arguments = BTreeSet::new();
            collect(message.value.as_ref().unwrap(), &mut arguments);
            let known = found.insert(message.id.name.to_owned(), arguments);
            assert!(known.is_none(), "{} is there twice in {folder}", message.id.name);
        }
    }
    // What a message takes from another one it also needs.
    let copy = found.clone();
    for arguments in found.values_mut() {
        let inner: Vec<_> = arguments
            .iter()
            .filter_map(|name| name.strip_prefix('='))
            .map(str::to_owned)
            .collect();
        arguments.retain(|name| !name.starts_with('='));
        for name in inner {
            arguments.extend(copy[&name].iter().cloned());
        }
    }
    found
}

fn collect(pattern: &ast::Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            expression_arguments(expression, into);
        }
    }
}

fn expression_arguments(expression: &ast::Expression<&str>, into: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => inline_arguments(inline, into),
        ast::Expression::Select { selector, variants } => {
            inline_arguments(selector, into);
            for variant in variants {
                collect(&variant.value, into);
            }
        }
    }
}

fn inline_arguments(inline: &ast::InlineExpression<&str>, into: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            into.insert(id.name.to_owned());
        }
        ast::InlineExpression::MessageReference { id, .. } => {
            into.insert(format!("={}", id.name));
        }
        ast::InlineExpression::Placeable { expression } => expression_arguments(expression, into),
        _ => {}
    }
}

/// Variants of the selectors, so that no language forgets one that is chosen by a word (not by a number).
fn words(folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for file in FILES.get_dir(folder).unwrap().files() {
        let resource = fluent_syntax::parser::parse(file.contents_utf8().unwrap()).unwrap();
        for entry in &resource.body {
            let ast::Entry::Message(message) = entry else { continue };
            for element in &message.value.as_ref().unwrap().elements {
                let ast::PatternElement::Placeable {
                    expression: ast::Expression::Select { variants, .. },
                } = element
                else {
                    continue;
                };
                let keys: BTreeSet<String> = variants
                    .iter()
                    .filter_map(|variant| match &variant.key {
                        ast::VariantKey::Identifier { name } => Some((*name).to_owned()),
                        ast::VariantKey::NumberLiteral { .. } => None,
                    })
                    .collect();
                found.insert(message.id.name.to_owned(), keys);
            }
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_texts_with_the_same_arguments() {
    let (en, de) = (messages("en"), messages("de"));
    // German full dates need the long month names; English ones do not.
    let only_german = ["time-month-long"];
    for (key, arguments) in &en {
        assert_eq!(de.get(key), Some(arguments), "`{key}` in German");
    }
    for key in de.keys() {
        assert!(
            en.contains_key(key) || only_german.contains(&key.as_str()),
            "`{key}` is only in German"
        );
    }
    let (en, de) = (words("en"), words("de"));
    for (key, variants) in en {
        assert_eq!(de.get(&key), Some(&variants), "the variants of `{key}`");
    }
}

/// Texts of all templates and of the sources of this crate.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, ending: &str, into: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, ending, into);
            } else if path.extension().is_some_and(|found| found == ending) && !path.ends_with("i18n/tests.rs") {
                into.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root.join("templates"), "html", &mut found);
    walk(&root.join("src"), "rs", &mut found);
    found
}

#[test]
fn every_text_is_used() {
    let sources = sources();
    let inner: BTreeSet<String> = ["en", "de"]
        .iter()
        .flat_map(|folder| {
            FILES
                .get_dir(folder)
                .unwrap()
                .files()
                .map(|file| file.contents_utf8().unwrap().to_owned())
        })
        .collect();
    for key in messages("de").keys() {
        let used = sources
            .iter()
            .any(|(_, text)| text.contains(&format!("'{key}'")) || text.contains(&format!("\"{key}\"")));
        let referred = inner.iter().any(|text| text.contains(&format!("{{ {key} }}")));
        assert!(used || referred, "nothing uses `{key}`");
    }
}

/// `t('key', name=…)` → key and argument names.
fn calls(template: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    for opening in ["t('", "th('"] {
        for (at, _) in template.match_indices(opening) {
            let before = template[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let rest = &template[at + opening.len()..];
            let (key, rest) = rest.split_once('\'').unwrap();
            let mut depth = 1;
            let mut quoted = false;
            let mut arguments = BTreeSet::new();
            let mut word = String::new();
            let mut letters = rest.chars().peekable();
            while let Some(letter) = letters.next() {
                match letter {
                    '\'' => quoted = !quoted,
                    _ if quoted => {}
                    '(' => depth += 1,
                    ')' => {
                        depth -= 1;
                        if depth == 0 {
                            break;
                        }
                    }
                    '=' if depth == 1 && letters.peek() != Some(&'=') && !word.is_empty() => {
                        arguments.insert(std::mem::take(&mut word));
                    }
                    '=' => {
                        letters.next_if_eq(&'=');
                    }
                    _ => {}
                }
                if !quoted && (letter.is_alphanumeric() || letter == '_') {
                    word.push(letter);
                } else {
                    word.clear();
                }
            }
            found.push((key.to_owned(), arguments));
        }
    }
    found
}

#[test]
fn every_text_that_a_template_asks_for_exists_and_gets_its_arguments() {
    let en = messages("en");
    let mut seen = 0;
    for (path, template) in sources().into_iter().filter(|(path, _)| path.ends_with(".html")) {
        for (key, given) in calls(&template) {
            let needed = en
                .get(&key)
                .unwrap_or_else(|| panic!("{path} asks for `{key}`, which does not exist"));
            assert_eq!(&given, needed, "{path}, arguments of `{key}`");
            seen += 1;
        }
    }
    assert!(seen > 200, "only {seen} texts found in the templates");
}

#[test]
fn plurals_follow_the_number() {
    let locales = Locales::embedded().unwrap();
    for (locale, n, expected) in [
        (Locale::En, 0_i64, "0 files"),
        (Locale::En, 1, "1 file"),
        (Locale::En, 21, "21 files"),
        (Locale::De, 1, "1 Datei"),
        (Locale::De, 2, "2 Dateien"),
    ] {
        assert_eq!(locales.get(locale).text("files-count", &[("n", n.into())]), expected);
    }
}

#[test]
fn a_name_cannot_become_markup() {
    let texts = Locales::embedded().unwrap();
    let html = texts
        .get(Locale::En)
        .html("event-assigned", &[("who", "<b onclick=\"x\">'&".into())]);
    assert_eq!(
        html,
        "<b><bdi>&lt;b onclick=&quot;x&quot;&gt;&#39;&amp;</bdi></b> is taking care of your ticket"
    );
}

#[test]
fn names_stand_in_a_row() {
    let locales = Locales::embedded().unwrap();
    let names = ["A", "B", "C"].map(str::to_owned);
    let en = locales.get(Locale::En);
    assert_eq!(en.list(&names[..0]), "");
    assert_eq!(en.list(&names[..1]), "A");
    assert_eq!(en.list(&names[..2]), "A and B");
    assert_eq!(en.list(&names), "A, B and C");
    assert_eq!(locales.get(Locale::De).list(&names), "A, B und C");
}

#[test]
fn the_pseudo_language_is_longer_and_keeps_markup() {
    let locales = Locales::embedded().unwrap();
    let (en, xa) = (locales.get(Locale::En), locales.get(Locale::EnXa));
    let text = xa.text("close-text", &[]);
    assert!(
        text.chars().count() * 10 >= en.text("close-text", &[]).chars().count() * 12,
        "{text}"
    );
    assert!(!text.contains('e'), "{text}");
    assert!(
        xa.html("event-assigned", &[("who", "M".into())])
            .starts_with("<b><bdi>M</bdi></b>")
    );
}
