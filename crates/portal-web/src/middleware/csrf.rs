//! Forms are taken only from the portal's own pages.

use poem::http::{HeaderMap, header};
use portal_core::settings::Host;

use crate::config::Scheme;

/// Whether a request that changes something comes from a page of the same origin.
///
/// Browsers say so themselves (`Sec-Fetch-Site`); older ones name the origin. A request that says neither is refused.
pub(crate) fn is_own(headers: &HeaderMap, scheme: Scheme, host: &Host) -> bool {
    let all = |name| {
        headers
            .get_all(name)
            .iter()
            .map(|it| it.to_str().unwrap_or_default())
            .collect::<Vec<_>>()
    };
    let sites = all(header::HeaderName::from_static("sec-fetch-site"));
    let origins = all(header::ORIGIN);
    match (sites.as_slice(), origins.as_slice()) {
        ([site], _) => *site == "same-origin",
        ([], [origin]) => *origin == format!("{}://{host}", scheme.as_str()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &[(&'static str, &'static str)]) -> bool {
        let headers = given
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        is_own(&headers, Scheme::Https, &"help.example.com".parse().unwrap())
    }

    #[test]
    fn the_browsers_word_counts_first() {
        assert!(check(&[("sec-fetch-site", "same-origin")]));
        assert!(check(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        for site in ["cross-site", "same-site", "none", "", "Same-Origin"] {
            assert!(
                !check(&[("sec-fetch-site", site), ("origin", "https://help.example.com")]),
                "{site}"
            );
        }
        assert!(!check(&[
            ("sec-fetch-site", "same-origin"),
            ("sec-fetch-site", "cross-site")
        ]));
    }

    #[test]
    fn else_the_origin_must_be_ours() {
        assert!(check(&[("origin", "https://help.example.com")]));
        for origin in [
            "http://help.example.com",
            "https://evil.example",
            "null",
            "",
            "https://help.example.com:8443",
            "https://help.example.com.evil.example",
        ] {
            assert!(!check(&[("origin", origin)]), "{origin}");
        }
        assert!(!check(&[]));
        assert!(!check(&[("referer", "https://help.example.com/support")]));
    }
}
