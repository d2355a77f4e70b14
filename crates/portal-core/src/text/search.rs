use std::collections::HashSet;

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
    let folded: String = text.nfkd().filter(|it| !is_combining_mark(*it)).flat_map(char::to_lowercase).flat_map(fold).collect();
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
