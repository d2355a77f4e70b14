use std::borrow::Cow;

use crate::text::{MAX_INBOUND_HTML, MAX_INBOUND_TEXT};
use crate::ticket::BodyFormat;

/// What stands where something was cut off.
const MARK: &str = "[…]";

/// A body within the limits for imports: 256 KiB of text, 1 MiB of HTML. What is longer is cut, with a mark at its end.
#[must_use]
pub fn cut_body(source: &str, format: BodyFormat) -> Cow<'_, str> {
    let max = match format {
        BodyFormat::Text | BodyFormat::Markdown => MAX_INBOUND_TEXT,
        BodyFormat::Html => MAX_INBOUND_HTML,
    };
    if source.len() <= max {
        return Cow::Borrowed(source);
    }
    let kept = source.get(..source.floor_char_boundary(max - 32)).unwrap_or_default();
    Cow::Owned(match format {
        BodyFormat::Text | BodyFormat::Markdown => format!("{}\n\n{MARK}", kept.trim_end()),
        // A tag that was cut in half would swallow the mark.
        BodyFormat::Html => {
            let whole = match (kept.rfind('<'), kept.rfind('>')) {
                (Some(open), close) if close.is_none_or(|close| close < open) => kept.get(..open).unwrap_or_default(),
                _ => kept,
            };
            format!("{whole}<p>{MARK}</p>")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays_as_it_is() {
        assert_eq!(cut_body("short", BodyFormat::Text), "short");
        let full = "x".repeat(MAX_INBOUND_TEXT);
        assert_eq!(cut_body(&full, BodyFormat::Text), full);
    }

    #[test]
    fn text_is_cut_between_letters_and_marked() {
        let long = "ä".repeat(MAX_INBOUND_TEXT);
        let cut = cut_body(&long, BodyFormat::Text);
        assert!(
            cut.len() <= MAX_INBOUND_TEXT && cut.ends_with("ä\n\n[…]"),
            "{} bytes",
            cut.len()
        );
    }

    #[test]
    fn html_is_never_cut_inside_a_tag() {
        let long = format!(
            "<p>{}<a href=\"https://{}\">",
            "x".repeat(MAX_INBOUND_HTML - 100),
            "y".repeat(200)
        );
        let cut = cut_body(&long, BodyFormat::Html);
        assert!(
            cut.len() <= MAX_INBOUND_HTML && cut.ends_with("xx<p>[…]</p>"),
            "…{}",
            &cut[cut.len() - 40..]
        );
    }
}
