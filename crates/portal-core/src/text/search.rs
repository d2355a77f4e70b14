use std::collections::HashSet;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One normalised word: lower case, without accents, `ß` as `ss`, at most 64 characters, letters and digits only.
pub type Token = String;

/// The most that one ticket's search document may hold, in bytes of distinct tokens (256 KiB).
const MAX_DOCUMENT: usize = 256 * 1024;
/// The longest token, in characters; the rest of a longer run of letters is not indexed.
const MAX_TOKEN: usize = 64;
/// The most words of a query; further ones are ignored.
const MAX_QUERY_TOKENS: usize = 16;

/// Splits a text into normalised words.
///
/// Both databases index and search exactly these, so they find exactly the same: no stemming, no stop words, no parser of
/// the database between. `ERR-404` gives `err` and `404`; `Straße` and `STRASSE` give `strasse`.
fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let folded: String = text
        .nfkd()
        .filter(|it| !is_combining_mark(*it))
        .flat_map(char::to_lowercase)
        .flat_map(fold)
        .collect();
    let words: Vec<Token> = folded
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(|it| it.chars().take(MAX_TOKEN).collect())
        .collect();
    words.into_iter()
}

/// Letters that Unicode does not decompose, but that people type without their mark, or that share their capital.
fn fold(it: char) -> impl Iterator<Item = char> {
    let replacement = match it {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' => "d",
        'ł' => "l",
        'ı' => "i",
        // Its capital is that of `σ`.
        'ς' => "σ",
        _ => "",
    };
    let own = replacement.is_empty().then_some(it);
    replacement.chars().chain(own)
}

/// The distinct words of a ticket's searchable texts, in order of first appearance, up to 256 KiB.
///
/// Give the most important text first: what does not fit is left out.
pub fn index_tokens<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Token> {
    let mut seen = HashSet::new();
    let mut size = 0;
    let mut found = Vec::new();
    for token in texts.into_iter().flat_map(tokens) {
        if seen.contains(&token) {
            continue;
        }
        size += token.len() + 1;
        if size > MAX_DOCUMENT {
            break;
        }
        seen.insert(token.clone());
        found.push(token);
    }
    found
}

/// The words of a query, at most 16. The last one matches as a beginning of a word, the others as whole words.
#[must_use]
pub fn query_tokens(text: &str) -> Vec<Token> {
    tokens(text).take(MAX_QUERY_TOKENS).collect()
}

/// Where in a text the words of a query stand, as byte ranges, rising, for marking them.
#[must_use]
pub fn matching_words(text: &str, query: &[Token]) -> Vec<Range<usize>> {
    words(text)
        .filter(|range| text.get(range.clone()).is_some_and(|word| matches(word, query)))
        .collect()
}

/// The part of a text around the first word of a query, on one line, at most about 160 characters, with `…` where it was
/// cut; the beginning of the text if no word is in it.
#[must_use]
pub fn excerpt(text: &str, query: &[Token]) -> String {
    const BEFORE: usize = 40;
    const MAX: usize = 160;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = words(&line).find(|range| line.get(range.clone()).is_some_and(|word| matches(word, query)));
    let hit = first.map_or(0, |range| line.get(..range.start).map_or(0, |it| it.chars().count()));
    // Begin at a word, not within one.
    let skip = hit.saturating_sub(BEFORE);
    let start = if skip == 0 {
        0
    } else {
        line.chars().skip(skip).take_while(|it| *it != ' ').count() + skip + 1
    };
    let start = start.min(hit);
    let body: String = line.chars().skip(start).take(MAX).collect();
    let cut = line.chars().count() > start + MAX;
    let body = if cut {
        body.rsplit_once(' ').map_or(body.as_str(), |(it, _)| it).to_owned()
    } else {
        body
    };
    let (head, tail) = (if start > 0 { "… " } else { "" }, if cut { " …" } else { "" });
    format!("{head}{}{tail}", body.trim())
}

/// Runs of letters, digits and their marks, as byte ranges.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let is_word = |it: char| it.is_alphanumeric() || is_combining_mark(it);
        let (start, first) = chars.find(|(_, it)| is_word(*it))?;
        let mut end = start + first.len_utf8();
        while let Some((at, it)) = chars.next_if(|(_, it)| is_word(*it)) {
            end = at + it.len_utf8();
        }
        Some(start..end)
    })
}

fn matches(word: &str, query: &[Token]) -> bool {
    let Some((last, whole)) = query.split_last() else {
        return false;
    };
    tokens(word).any(|it| whole.contains(&it) || it.starts_with(last.as_str()))
}
