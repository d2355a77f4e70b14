//! Finds marked words where nobody may read them.
//!
//! A crawl goes through everything a person can reach; each answer, with its headers, is compared with what the oracle
//! allows this person.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use anyhow::{Result, ensure};

use crate::html;
use crate::http::{Answer, Visitor};
use crate::world::{Marker, Oracle, Reader, World};

/// More pages than any person of the world has.
const MOST: usize = 2_000;

/// A word at a place where it must not be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// The word.
    pub word: String,
    /// Where it was found.
    pub at: String,
}

/// What one person may read, and what was found so far.
#[derive(Debug)]
pub struct Scanner<'a> {
    markers: BTreeMap<&'a str, (&'a Marker, bool)>,
    /// The words that were found.
    pub found: BTreeSet<String>,
    /// Those that must not have been.
    pub leaks: BTreeSet<Leak>,
    /// How many answers were looked at.
    pub looked_at: usize,
}

impl<'a> Scanner<'a> {
    /// For somebody who reads what the oracle allows this reader.
    pub fn new(world: &'a World, reader: Reader) -> Self {
        Self::allowing(world, |marker| Oracle(world).may_read(reader, &marker.place))
    }

    /// For somebody who may read what the closure says.
    pub fn allowing(world: &'a World, may_read: impl Fn(&Marker) -> bool) -> Self {
        let markers = world
            .markers
            .iter()
            .map(|it| (it.word.as_str(), (it, may_read(it))))
            .collect();
        Self {
            markers,
            found: BTreeSet::new(),
            leaks: BTreeSet::new(),
            looked_at: 0,
        }
    }

    /// The words that may be read and were not found: the crawl did not get there.
    pub fn missed(&self) -> BTreeSet<&str> {
        let allowed = self
            .markers
            .iter()
            .filter(|(_, (_, allowed))| *allowed)
            .map(|(word, _)| *word);
        allowed.filter(|it| !self.found.contains(*it)).collect()
    }

    /// Looks at a text. Words that the reader typed in themself, such as a query, are not news to them.
    pub fn scan(&mut self, at: &str, text: &str, typed: &str) {
        self.looked_at += 1;
        for word in words(text) {
            // A new word of a text that changed meanwhile is not known; it cannot be judged, so it is a leak too.
            let allowed = self.markers.get(word.as_str()).is_some_and(|(_, allowed)| *allowed);
            if word == typed {
                continue;
            }
            if !allowed {
                self.leaks.insert(Leak {
                    word: word.clone(),
                    at: at.to_owned(),
                });
            }
            self.found.insert(word);
        }
    }

    /// Looks at an answer: status line, headers, body.
    pub fn look_at(&mut self, answer: &Answer, typed: &str) {
        let headers = answer
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())));
        self.scan(
            &answer.asked,
            &format!("{}{}", headers.collect::<String>(), answer.text()),
            typed,
        );
    }

    /// Follows every link from these pages on, and looks at each answer.
    pub async fn crawl(&mut self, visitor: &Visitor, starts: &[String]) -> Result<BTreeSet<String>> {
        let mut seen: BTreeSet<String> = starts.iter().cloned().collect();
        let mut ahead: VecDeque<String> = starts.iter().cloned().collect();
        while let Some(path) = ahead.pop_front() {
            ensure!(seen.len() < MOST, "the crawl does not end; it is at {path}");
            let answer = visitor.get(&path).await?;
            ensure!(answer.status < 500, "{path} gave {}: {}", answer.status, answer.text());
            ensure!(
                answer.status != 429,
                "{path} was refused as one request too many: the crawl sees nothing"
            );
            self.look_at(&answer, "");
            let mut next = BTreeSet::new();
            if answer.header("content-type").starts_with("text/html") {
                next = html::links(&answer.text());
            }
            if !answer.location().is_empty() {
                next.insert(answer.location().trim_start_matches(visitor.base.as_str()).to_owned());
            }
            // Static files are the same for everybody; a stream does not end.
            let news = next
                .into_iter()
                .filter(|it| it.starts_with('/') && !it.starts_with("/s/") && !it.contains("/stream"));
            for link in news {
                if seen.insert(link.clone()) {
                    ahead.push_back(link);
                }
            }
        }
        Ok(seen)
    }
}

/// All marked words of a text, whatever their case: `cnry`, letters, digits, `q`.
pub fn words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let mut found = BTreeSet::new();
    for (start, _) in lower.match_indices("cnry") {
        let rest = lower.get(start..).unwrap_or_default();
        let letters = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        let digits = rest.bytes().skip(letters).take_while(u8::is_ascii_digit).count();
        let word = rest
            .get(..=letters + digits)
            .filter(|it| digits > 0 && it.ends_with('q'));
        found.extend(word.map(str::to_owned));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_dress() {
        let text = "<b>CNRYname012q</b>, cnryfile003q.txt x=cnrymail7q%40 cnry broken12 cnryopen9 Cnrya1qb2q";
        assert_eq!(
            words(text).into_iter().collect::<Vec<_>>(),
            ["cnrya1q", "cnryfile003q", "cnrymail7q", "cnryname012q"]
        );
    }
}
