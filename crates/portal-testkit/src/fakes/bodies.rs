use async_trait::async_trait;
use portal_core::ports::Bodies;
use portal_core::ticket::{Body, BodyFormat, SafeHtml};

/// Shows every format as plain text: escaped, one paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainBodies;

impl PlainBodies {
    /// The body of a text.
    #[must_use]
    pub fn body(source: &str, format: BodyFormat) -> Body {
        let escaped = source
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .replace('\'', "&#39;");
        Body {
            source: source.to_owned(),
            format,
            html: SafeHtml::vouched(format!("<p>{escaped}</p>")),
            plain: source.to_owned(),
            sanitiser: 0,
        }
    }
}

#[async_trait]
impl Bodies for PlainBodies {
    async fn render(&self, source: &str, format: BodyFormat) -> Body {
        Self::body(source, format)
    }
}
