use std::collections::BTreeSet;

use crate::id::AgentId;

/// Somebody who can be mentioned in a note, with the names by which they can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentionable {
    /// Who.
    pub agent: AgentId,
    /// What stands behind the `@`: the whole name, the first name if nobody else has it, the part of the address before
    /// its `@`. In small letters.
    pub names: Vec<String>,
}

impl Mentionable {
    /// Everybody of a team, by name and address.
    #[must_use]
    pub fn all<'a>(team: impl Iterator<Item = (AgentId, &'a str, &'a str)> + Clone) -> Vec<Self> {
        let first = |name: &str| name.split_whitespace().next().unwrap_or_default().to_lowercase();
        let firsts: Vec<String> = team.clone().map(|it| first(it.1)).collect();
        team.map(|(agent, name, address)| {
            let words: Vec<&str> = name.split_whitespace().collect();
            let whole = words.join(" ").to_lowercase();
            let mut names = vec![words.join(".").to_lowercase(), whole];
            names.extend(address.split_once('@').map(|it| it.0.to_lowercase()));
            let own = first(name);
            if firsts.iter().filter(|it| **it == own).count() == 1 {
                names.push(own);
            }
            names.retain(|it| !it.is_empty());
            Self { agent, names }
        })
        .collect()
    }
}

/// Who is mentioned in a text: an `@` that does not stand inside a word, and one of their names behind it, which ends
/// where the word does. Of two names that fit, the longer one counts.
#[must_use]
pub fn mentions(text: &str, team: &[Mentionable]) -> BTreeSet<AgentId> {
    let text = text.to_lowercase();
    let mut found = BTreeSet::new();
    for (place, _) in text.match_indices('@') {
        let before = text.get(..place).and_then(|it| it.chars().next_back());
        if before.is_some_and(|it| it.is_alphanumeric() || "._%+-@".contains(it)) {
            continue;
        }
        let Some(behind) = text.get(place + 1..) else { continue };
        let fits = |name: &str| {
            behind.strip_prefix(name).is_some_and(|rest| {
                // A dot ends a sentence, unless a word goes on behind it.
                let mut rest = rest.chars();
                match rest.next() {
                    Some('.' | '-' | '@') => !rest.next().is_some_and(char::is_alphanumeric),
                    Some(it) => !it.is_alphanumeric() && it != '_',
                    None => true,
                }
            })
        };
        let names = team.iter().flat_map(|it| it.names.iter().map(|name| (it.agent, name)));
        let longest = names.filter(|(_, name)| fits(name)).max_by_key(|(_, name)| name.len());
        if let Some((agent, _)) = longest {
            found.insert(agent);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Uuid;

    fn agent(n: u128) -> AgentId {
        AgentId::from_uuid(Uuid::from_u128(n))
    }

    fn found(text: &str) -> Vec<u128> {
        let team = [
            (agent(1), "Mara Okafor", "mara.okafor@kestrel.example"),
            (agent(2), "Tim Lindner", "tim.lindner@kestrel.example"),
            (agent(3), "Mara Lindqvist", "ml@kestrel.example"),
            (agent(4), "Jörg Weiß", "joerg@kestrel.example"),
        ];
        let found = mentions(text, &Mentionable::all(team.into_iter()));
        found.into_iter().map(|it| it.uuid().as_u128()).collect()
    }

    #[test]
    fn people_are_mentioned_by_name_first_name_and_handle() {
        for (text, who) in [
            ("@Tim, can you look?", vec![2]),
            ("ask @tim.lindner.", vec![2]),
            ("(@TIM LINDNER)", vec![2]),
            ("@mara okafor and @ml", vec![1, 3]),
            ("@Jörg: the tray", vec![4]),
            ("@jörg weiß", vec![4]),
            ("\n@tim\n", vec![2]),
        ] {
            assert_eq!(found(text), who, "{text}");
        }
    }

    #[test]
    fn what_is_no_mention_is_none() {
        for text in [
            "tim",
            "@",
            "@@",
            "@mara",
            "@timothy",
            "@tim_2",
            "@tim.org",
            "mail tim@tim.example",
            "someone@tim",
            "@tim-tam",
            "@nobody",
        ] {
            assert_eq!(found(text), Vec::<u128>::new(), "{text}");
        }
    }
}
