use std::collections::BTreeSet;
use std::ops::Range;

use super::filter::DeskFilter;
use super::list::DeskRow;
use super::view::DeskView;
use crate::access::Principal;
use crate::crm::{Company, Contact};
use crate::id::{AgentId, InboxId, TicketNumber};
use crate::text::{EmailAddress, Line, Token, index_tokens};
use crate::ticket::Ticket;

/// Of each run of words, so many people and companies are looked for, the newest first.
pub const MOST_NAMED_ALIKE: u32 = 50;
/// A name, or the part of it that somebody types, has at most so many words.
const LONGEST_RUN: usize = 3;
/// In the first so many words of a query, names are looked for.
const WORDS_WITH_NAMES: usize = 8;

/// What somebody at the desk searches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskSearch {
    /// The words, as [`query_tokens`](crate::text::query_tokens) gives them; none find nothing.
    pub tokens: Vec<Token>,
    /// Whose desk it is.
    pub agent: AgentId,
    /// Only in this list; without one, wherever a ticket stands.
    pub view: Option<DeskView>,
    /// Only in this inbox.
    pub inbox: Option<InboxId>,
    /// What it is narrowed to.
    pub filter: DeskFilter,
    /// Only tickets with a lower number.
    pub below: Option<TicketNumber>,
    /// At most how many hits.
    pub limit: u32,
}

/// A ticket that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskHit {
    /// What lists show of it.
    pub row: DeskRow,
    /// The newest public message that has one of the words, or else the newest note that has; empty if only the head of the
    /// ticket or the people on it have them.
    pub excerpt: String,
    /// Whether that is a note.
    pub in_note: bool,
}

/// The words by which the staff find a ticket: those by which customers find it, and the notes', newest first.
///
/// It is kept in an index of its own, which nothing that customers reach knows.
#[must_use]
pub fn desk_document(ticket: &Ticket, messages: &[&str], notes: &[&str]) -> Vec<Token> {
    let number = ticket.number.to_string();
    let head = [
        ticket.subject.as_str(),
        &number,
        ticket.external_id.as_deref().unwrap_or_default(),
    ];
    let first = messages.first().copied();
    let rest = messages.iter().skip(1).rev().copied();
    let notes = notes.iter().rev().copied();
    index_tokens(head.into_iter().chain(first).chain(rest).chain(notes))
}

/// The words by which a contact is found: the name and the addresses.
#[must_use]
pub fn contact_words(name: &str, email: Option<&EmailAddress>, membership_email: Option<&EmailAddress>) -> Vec<Token> {
    let addresses = [email, membership_email]
        .into_iter()
        .flatten()
        .map(EmailAddress::as_str);
    index_tokens(std::iter::once(name).chain(addresses))
}

/// The words by which a company is found: the name and the domain.
#[must_use]
pub fn company_words(name: &str, domain: Option<&Line>) -> Vec<Token> {
    index_tokens(std::iter::once(name).chain(domain.map(Line::as_str)))
}

impl Contact {
    /// The words by which it is found.
    #[must_use]
    pub fn words(&self) -> Vec<Token> {
        contact_words(self.name.as_str(), self.email.as_ref(), self.membership_email.as_ref())
    }
}

impl Company {
    /// The words by which it is found.
    #[must_use]
    pub fn words(&self) -> Vec<Token> {
        company_words(self.name.as_str(), self.domain.as_ref())
    }
}

/// Neighbouring words of a query that may be somebody's name or address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameRun {
    /// Where they stand in the query.
    pub place: Range<usize>,
    /// The words that must be there as they are.
    pub whole: Vec<Token>,
    /// The last word of the query, of which the beginning is enough; of a single letter it is not.
    pub beginning: Option<Token>,
}

impl NameRun {
    /// All runs of a query: each word, each two and each three beside each other.
    #[must_use]
    pub fn all(tokens: &[Token]) -> Vec<Self> {
        let mut runs = Vec::new();
        for start in 0..tokens.len().min(WORDS_WITH_NAMES) {
            for length in 1..=LONGEST_RUN {
                let place = start..start + length;
                let Some(words) = tokens.get(place.clone()) else { break };
                let is_end = place.end == tokens.len();
                let (whole, beginning) = match words.split_last() {
                    Some((last, whole)) if is_end && last.chars().nth(1).is_some() => {
                        (whole.to_vec(), Some(last.clone()))
                    }
                    _ => (words.to_vec(), None),
                };
                runs.push(Self {
                    place,
                    whole,
                    beginning,
                });
            }
        }
        runs
    }

    /// Whether somebody with these words is meant.
    #[must_use]
    pub fn names(&self, words: &[Token]) -> bool {
        let begins = |it: &Token| words.iter().any(|word| word.starts_with(it.as_str()));
        self.whole.iter().all(|it| words.contains(it)) && self.beginning.as_ref().is_none_or(begins)
    }
}

/// For each word of a query, whom it may name: of each run the newest [`MOST_NAMED_ALIKE`], as a store found them in the
/// order of [`NameRun::all`].
#[must_use]
pub fn named_by(tokens: &[Token], found: &[(usize, Principal)]) -> Vec<BTreeSet<Principal>> {
    let runs = NameRun::all(tokens);
    let named = |place: usize| {
        let own = found
            .iter()
            .filter(|(run, _)| runs.get(*run).is_some_and(|it| it.place.contains(&place)));
        own.map(|(_, who)| *who).collect()
    };
    (0..tokens.len()).map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::query_tokens;

    #[test]
    fn names_are_looked_for_in_words_beside_each_other() {
        let runs = NameRun::all(&query_tokens("jonas weber scan"));
        let places: Vec<Range<usize>> = runs.iter().map(|it| it.place.clone()).collect();
        assert_eq!(places, [0..1, 0..2, 0..3, 1..2, 1..3, 2..3]);
        let names = |run: usize, text: &str| runs[run].names(&index_tokens([text]));
        assert!(names(1, "Weber, Jonas"));
        assert!(
            !names(1, "Jonas Web"),
            "only the last word of the query may be a beginning"
        );
        assert!(names(5, "Scantech GmbH"));
        assert!(NameRun::all(&[]).is_empty());
    }

    #[test]
    fn a_single_letter_begins_no_name() {
        let runs = NameRun::all(&query_tokens("a"));
        assert!(!runs[0].names(&index_tokens(["Aylin"])));
        assert!(runs[0].names(&index_tokens(["A & B"])));
    }

    #[test]
    fn a_query_of_many_words_looks_for_few_names() {
        let many = vec!["word".to_owned(); 16];
        assert_eq!(NameRun::all(&many).len(), 24);
    }
}
