//! What people wrote, made safe to stand in a page.

mod links;
mod markdown;
mod plain;
mod sanitise;
mod source;
mod tame;
mod text;

use async_trait::async_trait;
use portal_core::ports::Bodies;
use portal_core::ticket::{Body, BodyFormat, SafeHtml};

pub use source::{MAX_HTML, MAX_TEXT};

/// The version of the sanitiser. It rises with every change of what it lets through, so that older bodies are made anew.
pub const SANITISER: u16 = 1;

/// Longer texts are rendered on a thread that may block.
const LONG: usize = 16 * 1024;

/// Renders text and Markdown, and puts everything through an allow-list.
///
/// What comes out stands in a page as it is: paragraphs, lists, quotes, tables, code and links to `https`, `http` and
/// `mailto`; no script, style, form, frame, image, event handler, `id`, `name` or `class`. Headings begin at the third
/// level, below those of the page. Sanitising the result again changes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct SanitisedBodies;

#[async_trait]
impl Bodies for SanitisedBodies {
    async fn render(&self, source: &str, format: BodyFormat) -> Body {
        if source.len() <= LONG {
            return render(source, format);
        }
        let (kept, cut) = (source.to_owned(), source::fitted(source, format));
        match tokio::task::spawn_blocking(move || render(&kept, format)).await {
            Ok(body) => body,
            // The renderer panicked, or the runtime is ending: the text as it was written is still something.
            Err(_) => shown_as_text(cut, format),
        }
    }
}

fn render(source: &str, format: BodyFormat) -> Body {
    let source = source::fitted(source, format);
    let html = match format {
        BodyFormat::Text => sanitise::sanitised(&text::html(&source)),
        BodyFormat::Markdown => sanitise::sanitised(&markdown::html(&source)),
        BodyFormat::Html => sanitise::foreign(&source),
    };
    let Some(html) = html else {
        return shown_as_text(source, format);
    };
    let plain = match format {
        BodyFormat::Text => source.trim().to_owned(),
        BodyFormat::Markdown | BodyFormat::Html => plain::plain(&html),
    };
    // An unclosed comment or script swallows what stands at the end of an HTML source.
    let lost = source.ends_with(source::MARK) && !plain.ends_with(source::MARK);
    let (html, plain) = if lost {
        (
            format!("{html}<p>{}</p>", source::MARK),
            format!("{plain}\n\n{}", source::MARK),
        )
    } else {
        (html, plain)
    };
    Body {
        source,
        format,
        html: SafeHtml::vouched(html),
        plain,
        sanitiser: SANITISER,
    }
}

/// The source itself, every character of it as text.
fn shown_as_text(source: String, format: BodyFormat) -> Body {
    let html = SafeHtml::vouched(text::escaped(&source));
    let plain = source.trim().to_owned();
    Body {
        source,
        format,
        html,
        plain,
        sanitiser: SANITISER,
    }
}

#[cfg(test)]
mod tests;
