//! The allow-list.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::tame;

/// What may stand in a page. Everything else loses its tag and keeps its content.
pub(super) const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// What goes with its content, because that is no text for people.
const GONE: &[&str] = &[
    "applet", "audio", "canvas", "embed", "frameset", "iframe", "math", "noembed", "noframes", "noscript", "object",
    "script", "select", "style", "svg", "template", "textarea", "title", "video", "xmp",
];

/// The attributes that a tag keeps.
pub(super) const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("bdo", &["dir"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("ol", &["start"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan"]),
];

/// How often a result is put through again until it does not change any more.
const ROUNDS: usize = 6;
/// A result that is so many times as large as its source is an attack on our memory.
const GROWTH: usize = 4;
/// And so much is always fine.
const ALWAYS_FINE: usize = 64 * 1024;

static POLICY: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut policy = Builder::empty();
    policy
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(GONE.iter().copied().collect())
        .generic_attributes(HashSet::new())
        .tag_attributes(ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect())
        // Code that is too wide scrolls, and what scrolls must be reachable with the keyboard.
        .set_tag_attribute_values(HashMap::from([("pre", HashMap::from([("tabindex", "0")]))]))
        .url_schemes(HashSet::from(["https", "http", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .strip_comments(true);
    policy
});

/// Safe HTML, or nothing if there is no end to it: then the source is shown as text.
///
/// The result is a fixed point. A browser that parses it sees the same elements that were judged here: nothing is left
/// that a second reading would read in another way.
pub(super) fn sanitised(html: &str) -> Option<String> {
    let most = (html.len() * GROWTH).max(ALWAYS_FINE);
    let mut clean = once(html);
    for _ in 0..ROUNDS {
        if clean.len() > most {
            return None;
        }
        let again = once(&clean);
        if again == clean {
            return Some(clean);
        }
        clean = again;
    }
    None
}

/// As [`sanitised`], for HTML that a stranger wrote: what would cost a parser far more than its size is not parsed at all.
pub(super) fn foreign(html: &str) -> Option<String> {
    sanitised(&tame::tamed(html)?)
}

fn once(html: &str) -> String {
    let clean = POLICY.clean(html).to_string();
    // The page has the first two levels. In serialised HTML `<` always begins a tag.
    clean
        .replace("<h2>", "<h3>")
        .replace("</h2>", "</h3>")
        .replace("<h1>", "<h3>")
        .replace("</h1>", "</h3>")
}
