//! What is kept of a source.

use portal_core::ticket::BodyFormat;

/// Most bytes of a text or of Markdown; typed ones are held to less where they come in.
pub const MAX_TEXT: usize = 256 * 1024;
/// Most bytes of HTML.
pub const MAX_HTML: usize = 1024 * 1024;
/// What stands at the end of something that was cut.
pub(super) const MARK: &str = "[…]";

/// The source with line feeds as its only line ends and without NUL, which no database takes, cut to its limit.
///
/// What was cut is not cut again: its mark is within the limit.
pub(super) fn fitted(source: &str, format: BodyFormat) -> String {
    let limit = match format {
        BodyFormat::Text | BodyFormat::Markdown => MAX_TEXT,
        BodyFormat::Html => MAX_HTML,
    };
    let clean = source.replace('\0', "").replace("\r\n", "\n").replace('\r', "\n");
    if clean.len() <= limit {
        return clean;
    }
    let end = clean.floor_char_boundary(limit - MARK.len() - 2);
    let kept = clean.get(..end).unwrap_or_default();
    format!("{}\n\n{MARK}", kept.trim_end())
}
