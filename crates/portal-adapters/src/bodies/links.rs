//! Addresses in running text.

use linkify::{LinkFinder, LinkKind};

/// A piece of running text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Only text.
    Text(&'a str),
    /// An address as it stands in the text, and where it leads.
    Link(&'a str, String),
}

/// Splits a text at the web and mail addresses in it.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]);
    // The spans borrow the finder, which lives only here.
    let spans: Vec<_> = finder
        .spans(text)
        .map(|span| match span.kind() {
            Some(LinkKind::Url) if is_web(span.as_str()) => Piece::Link(span.as_str(), span.as_str().to_owned()),
            Some(LinkKind::Email) => Piece::Link(span.as_str(), format!("mailto:{}", span.as_str())),
            _ => Piece::Text(span.as_str()),
        })
        .collect();
    spans.into_iter()
}

fn is_web(address: &str) -> bool {
    let starts = |scheme: &str| {
        address
            .get(..scheme.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    };
    starts("https://") || starts("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_addresses_are_links() {
        let text = "See https://a.example/b?c=d&e (or HTTP://x.example), ask me@a.example; ftp://no javascript://no";
        let links: Vec<_> = pieces(text)
            .filter_map(|it| match it {
                Piece::Link(_, to) => Some(to),
                Piece::Text(_) => None,
            })
            .collect();
        assert_eq!(
            links,
            ["https://a.example/b?c=d&e", "HTTP://x.example", "mailto:me@a.example"]
        );
        let whole: String = pieces(text)
            .map(|it| match it {
                Piece::Text(text) | Piece::Link(text, _) => text,
            })
            .collect();
        assert_eq!(whole, text);
    }
}
