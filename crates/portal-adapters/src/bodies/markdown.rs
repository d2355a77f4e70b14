//! The light Markdown of the composer: no HTML, no images, headings below those of the page, and a line break is one.

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream, html};

use super::links::{Piece, pieces};

/// The HTML of a Markdown text.
pub(super) fn html(source: &str) -> String {
    let events = TextMergeStream::new(Parser::new_ext(source, Options::ENABLE_STRIKETHROUGH));
    let mut inside = Inside::default();
    let mut wanted = Vec::new();
    for event in events {
        inside.follow(&event);
        light(event, inside, &mut wanted);
    }
    let mut out = String::with_capacity(source.len() + source.len() / 4);
    html::push_html(&mut out, wanted.into_iter());
    out
}

/// What the present event stands in.
#[derive(Clone, Copy, Default)]
struct Inside {
    links: usize,
    code: bool,
}

impl Inside {
    fn follow(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => self.links += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => self.links = self.links.saturating_sub(1),
            Event::Start(Tag::CodeBlock(_)) => self.code = true,
            Event::End(TagEnd::CodeBlock) => self.code = false,
            _ => {}
        }
    }
}

/// Pushes what is to be rendered instead of an event.
fn light<'a>(event: Event<'a>, inside: Inside, out: &mut Vec<Event<'a>>) {
    match event {
        Event::SoftBreak => out.push(Event::HardBreak),
        // HTML is shown as it was typed.
        Event::Html(text) | Event::InlineHtml(text) => typed(&text, out),
        Event::Start(Tag::HtmlBlock) => out.push(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => out.push(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Heading { level, .. }) => {
            let level = demoted(level);
            out.push(Event::Start(Tag::Heading {
                level,
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            }));
        }
        Event::End(TagEnd::Heading(level)) => out.push(Event::End(TagEnd::Heading(demoted(level)))),
        // An image is a link to it with its alternative text; inside a link it is only the text.
        Event::Start(Tag::Image { dest_url, id, .. }) if inside.links == 1 => {
            out.push(Event::Start(Tag::Link {
                link_type: LinkType::Inline,
                dest_url,
                title: "".into(),
                id,
            }));
        }
        Event::End(TagEnd::Image) if inside.links == 0 => out.push(Event::End(TagEnd::Link)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
        Event::Text(text) if inside.links == 0 && !inside.code => {
            for piece in pieces(&text) {
                match piece {
                    Piece::Text(text) => out.push(Event::Text(text.to_owned().into())),
                    Piece::Link(text, to) => link(text, to, out),
                }
            }
        }
        other => out.push(other),
    }
}

fn typed(text: &str, out: &mut Vec<Event<'_>>) {
    let mut lines = text.lines();
    if let Some(first) = lines.next() {
        out.push(Event::Text(first.to_owned().into()));
    }
    for line in lines {
        out.push(Event::HardBreak);
        out.push(Event::Text(line.to_owned().into()));
    }
    if text.ends_with('\n') {
        out.push(Event::HardBreak);
    }
}

fn link(text: &str, to: String, out: &mut Vec<Event<'_>>) {
    let start = Tag::Link {
        link_type: LinkType::Autolink,
        dest_url: to.into(),
        title: "".into(),
        id: "".into(),
    };
    out.push(Event::Start(start));
    out.push(Event::Text(text.to_owned().into()));
    out.push(Event::End(TagEnd::Link));
}

const fn demoted(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}
