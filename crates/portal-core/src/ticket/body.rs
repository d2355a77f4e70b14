/// How a body was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BodyFormat {
    /// Plain text; line breaks count.
    Text,
    /// The light Markdown of the composer.
    Markdown,
    /// HTML from a mail or an import.
    Html,
}

/// HTML that was sanitised when it was written, ready to stand inside a page.
///
/// Only an implementation of the [`Bodies`](crate::ports::Bodies) port makes one, and a store brings it back as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// Vouches that this text went through the sanitiser, now or when it was stored.
    #[must_use]
    pub const fn vouched(html: String) -> Self {
        Self(html)
    }

    /// The HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a message or note says: as written, as shown, and as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// As it was written, after cutting to its limit.
    pub source: String,
    /// How it was written.
    pub format: BodyFormat,
    /// What pages show.
    pub html: SafeHtml,
    /// What search, snippets and text mails use.
    pub plain: String,
    /// The version of the sanitiser that made `html`; a job makes older ones anew.
    pub sanitiser: u16,
}

/// The beginning of a plain text on one line, at most 140 characters, cut at a word where possible, with `…` if cut.
#[must_use]
pub fn snippet(plain: &str) -> String {
    const MAX: usize = 140;
    let mut line = String::new();
    for word in plain.split_whitespace() {
        let length = line.chars().count() + word.chars().count() + usize::from(!line.is_empty());
        if length > MAX {
            if line.is_empty() {
                line.extend(word.chars().take(MAX));
            }
            line.push('…');
            return line;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
