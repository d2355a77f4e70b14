//! Plain text as HTML: paragraphs at blank lines, line breaks, links.

use pulldown_cmark_escape::{escape_href, escape_html};

use super::links::{Piece, pieces};

/// The HTML of a text.
pub(super) fn html(text: &str) -> String {
    paragraphs(text, |line, out| {
        for piece in pieces(line) {
            match piece {
                Piece::Text(text) => escape(text, out),
                Piece::Link(text, to) => {
                    out.push_str("<a href=\"");
                    // Writing into a String cannot fail, here and below.
                    let _ = escape_href(&mut *out, &to);
                    out.push_str("\">");
                    escape(text, out);
                    out.push_str("</a>");
                }
            }
        }
    })
}

/// The HTML of a text without links: safe by itself, without a sanitiser.
pub(super) fn escaped(text: &str) -> String {
    paragraphs(text, escape)
}

fn escape(text: &str, out: &mut String) {
    let _ = escape_html(&mut *out, text);
}

fn paragraphs(text: &str, mut inline: impl FnMut(&str, &mut String)) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut open = false;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            if open {
                out.push_str("</p>");
            }
            open = false;
            continue;
        }
        out.push_str(if open { "<br>" } else { "<p>" });
        open = true;
        inline(line, &mut out);
    }
    if open {
        out.push_str("</p>");
    }
    out
}
