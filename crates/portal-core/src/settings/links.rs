use std::fmt;
use std::str::FromStr;

use super::wording;
use crate::input::{Checker, ProblemKind, Problems};
use crate::text::Localized;

/// Where a link leads: a path on the portal's own site, or an address with `https://`. Nothing else can be held.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkTarget(String);

/// A text that is no place a link may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("use a path like /support or an address that begins with https://")]
pub struct LinkTargetError;

impl LinkTarget {
    /// The longest one in bytes.
    pub const MAX: usize = 500;

    /// As it stands in a page.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it leads to another site.
    #[must_use]
    pub fn leads_away(&self) -> bool {
        !self.0.starts_with('/')
    }
}

impl FromStr for LinkTarget {
    type Err = LinkTargetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let plain = text.len() <= Self::MAX
            && text
                .chars()
                .all(|it| !it.is_control() && !it.is_whitespace() && !matches!(it, '\\' | '"' | '<' | '>'));
        // `//host` and `/\host` are other sites to a browser.
        let own = text.starts_with('/') && !text.starts_with("//");
        let https = text.get(..8).is_some_and(|it| it.eq_ignore_ascii_case("https://"));
        let host = text
            .get(8..)
            .and_then(|it| it.split(['/', '?', '#']).next())
            .unwrap_or_default();
        // A name before `@` only serves to deceive about where one goes.
        let away = https && !host.is_empty() && !host.starts_with([':', '.']) && !host.contains('@');
        if plain && (own || away) {
            Ok(Self(text.to_owned()))
        } else {
            Err(LinkTargetError)
        }
    }
}

impl fmt::Display for LinkTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A link that stands on every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalLink {
    /// Its words.
    pub label: Localized,
    /// Where it leads.
    pub target: LinkTarget,
}

/// The links at the head and the foot of every page of a portal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PortalLinks {
    /// Beside the tickets: the web site, a shop, a status page.
    pub header: Vec<PortalLink>,
    /// At the foot: privacy, imprint, terms.
    pub footer: Vec<PortalLink>,
}

impl PortalLinks {
    /// The most links at the head.
    pub const MAX_HEADER: usize = 4;
    /// The most links at the foot.
    pub const MAX_FOOTER: usize = 8;
    /// The longest words of a link in characters.
    pub const MAX_LABEL: usize = 40;

    /// Whether they make sense.
    ///
    /// # Errors
    /// Names every field that must be mended.
    pub fn check(&self) -> Result<(), Problems> {
        let mut checker = Checker::default();
        let places = [
            ("header", &self.header, Self::MAX_HEADER),
            ("footer", &self.footer, Self::MAX_FOOTER),
        ];
        for (field, links, max) in places {
            if links.len() > max {
                checker.note(field, ProblemKind::TooMany { max });
            }
            for (place, link) in links.iter().enumerate() {
                wording::line(&mut checker, field, place, &link.label, Self::MAX_LABEL);
            }
        }
        checker.done()
    }
}
