//! Which language a reader gets.

use super::Locale;

/// What is known about a reader's language, strongest first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes<'a> {
    /// Chosen with the switch on the page (cookie).
    pub choice: Option<&'a str>,
    /// Set on the account.
    pub account: Option<&'a str>,
    /// The contact's language from the CRM.
    pub contact: Option<&'a str>,
    /// The browser's `Accept-Language`.
    pub browser: Option<&'a str>,
}

/// The first wish that the portal offers, else its primary language.
#[must_use]
pub fn negotiate(wishes: Wishes<'_>, offered: &[Locale], primary: Locale) -> Locale {
    let offer = |tag: &str| Locale::parse(tag).filter(|locale| offered.contains(locale));
    [wishes.choice, wishes.account, wishes.contact]
        .into_iter()
        .flatten()
        .find_map(offer)
        .or_else(|| accepted(wishes.browser?).into_iter().find_map(offer))
        .unwrap_or(primary)
}

/// Tags of an `Accept-Language` header, most wanted first, in the header's order where equal. Those with weight 0 are
/// refused and left out; a header without end is read up to 32 tags.
fn accepted(header: &str) -> Vec<&str> {
    let mut tags: Vec<(u16, &str)> = header
        .split(',')
        .take(32)
        .filter_map(|part| {
            let mut fields = part.split(';');
            let tag = fields.next()?.trim();
            let weight = fields
                .find_map(|field| field.trim().strip_prefix("q="))
                .map_or(Some(1_000), weight)?;
            (weight > 0 && !tag.is_empty()).then_some((weight, tag))
        })
        .collect();
    tags.sort_by_key(|&(weight, _)| std::cmp::Reverse(weight));
    tags.into_iter().map(|(_, tag)| tag).collect()
}

/// `0.8` in thousandths.
fn weight(text: &str) -> Option<u16> {
    let number: f32 = text.trim().parse().ok()?;
    (0.0..=1.0).contains(&number).then(|| (number * 1_000.0).round() as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Locale; 2] = [Locale::En, Locale::De];

    fn browser(header: &str, offered: &[Locale], primary: Locale) -> Locale {
        negotiate(
            Wishes {
                browser: Some(header),
                ..Wishes::default()
            },
            offered,
            primary,
        )
    }

    #[test]
    fn each_wish_gives_way_to_the_stronger_one() {
        let mut wishes = Wishes {
            choice: Some("de"),
            account: Some("en"),
            contact: Some("de"),
            browser: Some("en"),
        };
        assert_eq!(negotiate(wishes, &BOTH, Locale::En), Locale::De);
        wishes.choice = None;
        assert_eq!(negotiate(wishes, &BOTH, Locale::De), Locale::En);
        wishes.account = None;
        assert_eq!(negotiate(wishes, &BOTH, Locale::En), Locale::De);
        wishes.contact = None;
        assert_eq!(negotiate(wishes, &BOTH, Locale::De), Locale::En);
        wishes.browser = None;
        assert_eq!(negotiate(wishes, &BOTH, Locale::De), Locale::De);
    }

    #[test]
    fn a_wish_that_is_not_offered_is_passed_over() {
        let wishes = Wishes {
            choice: Some("fr"),
            account: Some("de-AT"),
            contact: Some(""),
            browser: None,
        };
        assert_eq!(negotiate(wishes, &BOTH, Locale::En), Locale::De);
        assert_eq!(negotiate(wishes, &[Locale::En], Locale::En), Locale::En);
    }

    #[test]
    fn the_browsers_weights_count() {
        assert_eq!(browser("de-DE,de;q=0.9,en;q=0.8", &BOTH, Locale::En), Locale::De);
        assert_eq!(browser("fr, en;q=0.3, de;q=0.7", &BOTH, Locale::En), Locale::De);
        assert_eq!(browser("en;q=0.5, de;q=0.5", &BOTH, Locale::De), Locale::En);
        assert_eq!(browser("de;q=0, en;q=0.1", &BOTH, Locale::De), Locale::En);
        assert_eq!(browser("*", &BOTH, Locale::De), Locale::De);
        assert_eq!(browser("de;q=nonsense, en;q=0.1", &BOTH, Locale::De), Locale::En);
        assert_eq!(browser(";;,,;q=", &BOTH, Locale::De), Locale::De);
    }

    #[test]
    fn the_pseudo_language_cannot_be_asked_for() {
        assert_eq!(browser("en-XA", &BOTH, Locale::De), Locale::En);
        assert_eq!(Locale::parse("en-XA"), Some(Locale::En));
    }
}
