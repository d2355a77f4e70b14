//! What people say in the demo. The texts are in files that anybody can edit:
//! - `topics_en.txt`, `topics_de.txt`: subjects with a whole conversation each; `>` customer, `<` support, `?` support asks
//!   something back, `!` note, `+` a file of what stands above. `{n}`, `{hall}`, `{ver}`, `{order}`, `{first}` are filled in.
//! - `fernwerk.txt`: tickets of the first company, word by word, with authors and ages.
//! - `people.txt`: companies and contacts. `interludes.txt`: what makes a conversation longer.

use std::time::Duration;

use portal_core::ticket::{Priority, Stage};

/// Who says something in a topic, and what it means for the ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    Customer,
    Support,
    /// Support, who needs an answer.
    Question,
    Note,
}

/// Something that is said.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) voice: Voice,
    pub(super) text: String,
    pub(super) files: Vec<String>,
}

/// A subject with its conversation.
#[derive(Clone, Debug)]
pub(super) struct Topic {
    pub(super) german: bool,
    pub(super) category: String,
    pub(super) priority: Priority,
    pub(super) subject: String,
    pub(super) lines: Vec<Line>,
}

impl Topic {
    pub(super) fn has_files(&self) -> bool {
        self.lines.iter().any(|it| !it.files.is_empty())
    }
}

/// Something that happens on a ticket that is written out.
#[derive(Clone, Debug)]
pub(super) enum Happening {
    Said { by: String, ago: Duration, line: Line },
    Owner { by: String, ago: Duration },
    Moved { by: String, ago: Duration, to: Stage },
}

/// A ticket that is written out.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) number: i64,
    pub(super) category: String,
    pub(super) priority: Priority,
    pub(super) stage: Stage,
    pub(super) contacts: Vec<String>,
    pub(super) owner: String,
    pub(super) subject: String,
    pub(super) product: Option<String>,
    pub(super) happenings: Vec<Happening>,
}

/// A company with its contacts.
#[derive(Clone, Debug)]
pub(super) struct Firm {
    pub(super) name: String,
    pub(super) domain: String,
    pub(super) support: bool,
    pub(super) service: bool,
    pub(super) people: Vec<Human>,
}

/// A contact.
#[derive(Clone, Debug)]
pub(super) struct Human {
    pub(super) name: String,
    pub(super) german: bool,
    pub(super) lead: bool,
}

pub(super) fn topics() -> Vec<Topic> {
    let (english, german) = (include_str!("topics_en.txt"), include_str!("topics_de.txt"));
    let read = |text: &str, german| {
        sections(text)
            .into_iter()
            .map(|(head, body)| topic(&head, &body, german))
            .collect::<Vec<_>>()
    };
    [read(english, false), read(german, true)].concat()
}

pub(super) fn written() -> Vec<Written> {
    sections(include_str!("fernwerk.txt"))
        .into_iter()
        .filter_map(|(head, body)| a_written(&head, &body))
        .collect()
}

pub(super) fn firms() -> Vec<Firm> {
    let firm = |(head, body): (Vec<String>, Vec<String>)| {
        let [name, domain, portals]: [String; 3] = head.try_into().ok()?;
        let people = body.iter().filter(|it| !it.is_empty()).map(|line| {
            let parts: Vec<&str> = line.split(", ").collect();
            let name = parts.first().copied().unwrap_or_default().to_owned();
            Human {
                name,
                german: parts.get(1) == Some(&"de"),
                lead: parts.get(2) == Some(&"lead"),
            }
        });
        Some(Firm {
            name,
            domain,
            support: portals != "service",
            service: portals != "support",
            people: people.collect(),
        })
    };
    sections(include_str!("people.txt"))
        .into_iter()
        .filter_map(firm)
        .collect()
}

/// Pairs of question and answer that fit everywhere.
pub(super) fn interludes(german: bool) -> Vec<(String, String)> {
    let mut language = "";
    let (mut asked, mut pairs) = (String::new(), Vec::new());
    for line in include_str!("interludes.txt").lines() {
        match (line.strip_prefix("> "), line.strip_prefix("< ")) {
            (Some(text), _) => text.clone_into(&mut asked),
            (_, Some(text)) if (language == "de") == german => {
                pairs.push((std::mem::take(&mut asked), text.to_owned()));
            }
            (None, None) => language = line,
            (None, Some(_)) => {}
        }
    }
    pairs
}

/// Parts that begin with `# a | b | c`: the words of the head, and the lines that follow.
fn sections(text: &str) -> Vec<(Vec<String>, Vec<String>)> {
    let mut found: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("# ") {
            found.push((head.split('|').map(|it| it.trim().to_owned()).collect(), Vec::new()));
        } else if let Some((_, body)) = found.last_mut() {
            body.push(line.to_owned());
        }
    }
    found
}

fn topic(head: &[String], body: &[String], german: bool) -> Topic {
    let part = |at: usize| head.get(at).cloned().unwrap_or_default();
    let mut lines: Vec<Line> = Vec::new();
    for line in body {
        let (mark, rest) = line.split_at_checked(2).unwrap_or((line, ""));
        let voice = match mark {
            "> " => Voice::Customer,
            "< " => Voice::Support,
            "? " => Voice::Question,
            "! " => Voice::Note,
            _ => {
                if let Some(last) = lines.last_mut() {
                    match line.strip_prefix("+ ") {
                        Some(file) => last.files.push(file.to_owned()),
                        None => last.text.extend(["\n", line]),
                    }
                }
                continue;
            }
        };
        lines.push(Line {
            voice,
            text: rest.to_owned(),
            files: Vec::new(),
        });
    }
    trim(lines.iter_mut());
    Topic {
        german,
        category: part(0),
        priority: priority(&part(1)),
        subject: part(2),
        lines,
    }
}

fn trim<'a>(lines: impl Iterator<Item = &'a mut Line>) {
    for line in lines {
        line.text = line.text.trim().to_owned();
    }
}

fn priority(word: &str) -> Priority {
    match word {
        "low" => Priority::Low,
        "high" => Priority::High,
        "urgent" => Priority::Urgent,
        _ => Priority::Normal,
    }
}

fn stage(word: &str) -> Stage {
    match word {
        "received" => Stage::Received,
        "waiting" => Stage::WaitingOnContact,
        "closed" => Stage::Closed,
        _ => Stage::InProgress,
    }
}

fn a_written(head: &[String], body: &[String]) -> Option<Written> {
    let [number, category, urgency, state, contacts, owner, subject] = head else {
        return None;
    };
    let mut ticket = Written {
        number: number.parse().ok()?,
        category: category.clone(),
        priority: priority(urgency),
        stage: stage(state),
        contacts: contacts.split(';').map(|it| it.trim().to_owned()).collect(),
        owner: owner.clone(),
        subject: subject.clone(),
        product: None,
        happenings: Vec::new(),
    };
    for line in body {
        let (mark, rest) = line.split_at_checked(2).unwrap_or((line, ""));
        let voice = match mark {
            "> " => Voice::Customer,
            "< " => Voice::Support,
            "! " => Voice::Note,
            "= " => {
                ticket.product = rest.strip_prefix("product: ").map(str::to_owned);
                continue;
            }
            "* " => {
                let (what, by) = rest.split_once(' ')?;
                let (by, ago) = by_and_age(by)?;
                ticket.happenings.push(match what {
                    "owner" => Happening::Owner { by, ago },
                    _ => Happening::Moved {
                        by,
                        ago,
                        to: stage(what),
                    },
                });
                continue;
            }
            _ => {
                if let Some(Happening::Said { line: last, .. }) = ticket.happenings.last_mut() {
                    match line.strip_prefix("+ ") {
                        Some(file) => last.files.push(file.to_owned()),
                        None => last.text.extend(["\n", line]),
                    }
                }
                continue;
            }
        };
        let (by, ago) = by_and_age(rest)?;
        ticket.happenings.push(Happening::Said {
            by,
            ago,
            line: Line {
                voice,
                text: String::new(),
                files: Vec::new(),
            },
        });
    }
    trim(ticket.happenings.iter_mut().filter_map(|it| match it {
        Happening::Said { line, .. } => Some(line),
        Happening::Owner { .. } | Happening::Moved { .. } => None,
    }));
    Some(ticket)
}

/// `Mara Okafor @ 2h5m`.
fn by_and_age(text: &str) -> Option<(String, Duration)> {
    let (by, age) = text.split_once(" @ ")?;
    let (mut seconds, mut number) = (0, 0);
    for letter in age.chars() {
        let unit = match letter {
            'd' => 86_400,
            'h' => 3_600,
            'm' => 60,
            digit => {
                number = number * 10 + u64::from(digit.to_digit(10)?);
                continue;
            }
        };
        seconds += number * unit;
        number = 0;
    }
    Some((by.to_owned(), Duration::from_secs(seconds)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_is_as_much_as_was_promised() {
        let topics = topics();
        let subjects: BTreeSet<&str> = topics.iter().map(|it| it.subject.as_str()).collect();
        assert!(subjects.len() >= 40, "{}", subjects.len());
        assert!(topics.iter().filter(|it| it.german).count() >= 20);
        for topic in &topics {
            assert!(
                topic.lines.len() >= 3 && topic.lines.iter().all(|it| !it.text.is_empty()),
                "{}",
                topic.subject
            );
            assert_eq!(topic.lines[0].voice, Voice::Customer, "{}", topic.subject);
        }
        let firms = firms();
        assert_eq!(
            (firms.len(), firms.iter().map(|it| it.people.len()).sum::<usize>()),
            (12, 60)
        );
        assert_eq!((interludes(true).len(), interludes(false).len()), (5, 5));
    }

    #[test]
    fn written_tickets_are_complete() {
        let written = written();
        assert_eq!(written.len(), 9);
        for it in &written {
            let said = it
                .happenings
                .iter()
                .filter(|it| matches!(it, Happening::Said { line, .. } if !line.text.is_empty()))
                .count();
            assert!(said >= 2, "{}", it.number);
        }
        assert_eq!(written[0].product.as_deref(), Some("KX-80 scanner"));
    }
}
