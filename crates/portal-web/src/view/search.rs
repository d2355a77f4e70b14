//! Search results.

use serde::Serialize;

use super::person::Person;
use super::shell::Shell;
use super::status::Status;
use super::when::When;
use super::{Page, Pager};

/// `GET /{slug}/search?q=`. A number (`4711`, `#4711`) leads straight to the ticket and never comes here.
#[derive(Clone, Debug, Serialize)]
pub struct SearchPage {
    /// The frame; `shell.query` holds the words too.
    pub shell: Shell,
    /// The words as typed.
    pub query: String,
    /// Hits of this page, newest ticket first.
    pub hits: Vec<SearchHit>,
    /// More hits than are ever shown: the reader should add a word.
    pub too_many: bool,
    /// The words had nothing that can be searched (only marks), or were empty.
    pub blank: bool,
    /// Older, newer.
    pub pager: Pager,
}

impl Page for SearchPage {
    const TEMPLATE: &'static str = "search.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// One ticket found.
#[derive(Clone, Debug, Serialize)]
pub struct SearchHit {
    /// Its number.
    pub number: i64,
    /// `/{slug}/{number}`.
    pub href: String,
    /// Subject in pieces, see [`Piece`].
    pub subject: Vec<Piece>,
    /// The place in the text that matched, in pieces; may be empty.
    pub snippet: Vec<Piece>,
    /// The pill.
    pub status: Status,
    /// Who asked; `None` where the reader may not know.
    pub requester: Option<Person>,
    /// Last update.
    pub updated: When,
}

/// A piece of text, marked when it matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// Plain text.
    pub text: String,
    /// Shown with `<mark>`.
    pub hit: bool,
}

impl Piece {
    /// Cuts `text` at the places (byte ranges, rising, on character borders) that matched; wrong places are ignored.
    #[must_use]
    pub fn cut(text: &str, hits: &[std::ops::Range<usize>]) -> Vec<Self> {
        let mut pieces = Vec::new();
        let mut from = 0;
        let mut push = |text: Option<&str>, hit| {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                pieces.push(Self {
                    text: text.to_owned(),
                    hit,
                });
            }
        };
        for range in hits {
            if range.start < from || text.get(range.clone()).is_none() {
                continue;
            }
            push(text.get(from..range.start), false);
            push(text.get(range.clone()), true);
            from = range.end;
        }
        push(text.get(from..), false);
        pieces
    }

    /// The whole text without a mark.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Vec<Self> {
        vec![Self {
            text: text.into(),
            hit: false,
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_where_it_matched_and_nothing_is_lost() {
        let pieces = Piece::cut("Drücker druckt", &[0..8, 3..4, 9..15, 40..50]);
        let found: Vec<_> = pieces.iter().map(|piece| (piece.text.as_str(), piece.hit)).collect();
        assert_eq!(found, [("Drücker", true), (" ", false), ("druckt", true)]);
    }
}
