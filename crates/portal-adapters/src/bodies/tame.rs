//! Foreign HTML made harmless for the parser behind the sanitiser.
//!
//! An HTML parser repairs what is nested wrongly, and some repairs multiply: a hundred thousand unclosed `<b id=…>` are
//! opened anew in each of a hundred thousand paragraphs. So foreign HTML is first read as a mere sequence of tags and
//! written again with only the tags and attributes that are allowed, each closed where it belongs, never deep. This is
//! no sanitiser, and what it writes is sanitised like anything else.

use std::cell::{Cell, RefCell};

use ammonia::Url;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use pulldown_cmark_escape::escape_html;

use super::sanitise::{ATTRIBUTES, TAGS};

/// The most elements one within the other. Mails nest about 40 deep.
const DEEPEST: usize = 100;
/// What is read at a time.
const PIECE: usize = 8 * 1024;
/// The most blanks, slashes and quotes without any tag, text or comment ending between them. Beyond that it is one tag
/// with so many attributes that looking for duplicates alone takes seconds.
const MOST_SEPARATORS: usize = 20_000;

const VOID: &[&str] = &["br", "col", "hr", "wbr"];
/// What ends a paragraph that was not closed.
const BLOCKS: &[&str] = &[
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "ul",
];
/// What an end tag that was left out never reaches beyond.
const WALLS: &[&str] = &["blockquote", "caption", "div", "table", "td", "th"];

/// The same document, tame; nothing if it cannot be read in reasonable time.
pub(super) fn tamed(html: &str) -> Option<String> {
    let tokenizer = Tokenizer::new(Writer::new(html.len()), TokenizerOpts::default());
    let queue = BufferQueue::default();
    let mut separators = 0;
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        rest = after;
        queue.push_back(StrTendril::from_slice(piece));
        // Nothing that stops the tokenizer is ever asked for, so one call reads the whole piece.
        let _ = tokenizer.feed(&queue);
        if tokenizer.sink.moved.take() {
            separators = 0;
        }
        separators += piece.bytes().filter(|it| b" \t\n\x0C/\"'".contains(it)).count();
        if separators > MOST_SEPARATORS {
            return None;
        }
    }
    tokenizer.end();
    Some(tokenizer.sink.finished())
}

struct Writer {
    state: RefCell<State>,
    /// Whether any token came since this was last asked.
    moved: Cell<bool>,
}

#[derive(Default)]
struct State {
    out: String,
    open: Vec<&'static str>,
    /// The element whose raw content is being left out.
    raw: Option<String>,
}

impl Writer {
    fn new(size: usize) -> Self {
        let state = State {
            out: String::with_capacity(size),
            ..State::default()
        };
        Self {
            state: RefCell::new(state),
            moved: Cell::new(false),
        }
    }

    fn finished(self) -> String {
        let mut state = self.state.into_inner();
        state.close_to(0);
        state.out
    }
}

impl TokenSink for Writer {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        self.moved.set(true);
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) => return state.tag(&tag),
            Token::CharacterTokens(text) if state.raw.is_none() => {
                // Writing into a String cannot fail.
                let _ = escape_html(&mut state.out, &text);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        match tag.kind {
            TagKind::EndTag => {
                // The tokenizer makes an end tag within raw content only of the one that ends it.
                self.raw = None;
                self.end(name);
            }
            TagKind::StartTag => {
                if let Some(kind) = raw(name) {
                    self.raw = Some(name.to_owned());
                    return kind;
                }
                if let Some(name) = TAGS.iter().find(|it| **it == name) {
                    self.start(name, tag);
                }
            }
        }
        TokenSinkResult::Continue
    }

    fn start(&mut self, name: &'static str, tag: &Tag) {
        self.imply_ends(name);
        let void = VOID.contains(&name);
        if !void && self.open.len() >= DEEPEST {
            return;
        }
        self.out.push('<');
        self.out.push_str(name);
        for (attribute, value) in kept(name, tag) {
            self.out.push(' ');
            self.out.push_str(attribute);
            self.out.push_str("=\"");
            let _ = escape_html(&mut self.out, value);
            self.out.push('"');
        }
        self.out.push('>');
        if !void {
            self.open.push(name);
        }
    }

    fn end(&mut self, name: &str) {
        if name == "br" {
            self.out.push_str("<br>");
        } else if let Some(place) = self.open.iter().rposition(|it| *it == name) {
            self.close_to(place);
        }
    }

    /// Writes the end tags that HTML lets people leave out.
    fn imply_ends(&mut self, name: &str) {
        let (ended, wall): (&[&str], &[&str]) = match name {
            "a" => (&["a"], WALLS),
            "li" => (&["li"], &["ol", "ul", "table", "td", "th"]),
            "dd" | "dt" => (&["dd", "dt"], &["dl", "table", "td", "th"]),
            "td" | "th" => (&["td", "th"], &["table", "tr"]),
            "tr" => (&["tr"], &["table"]),
            "tbody" | "tfoot" | "thead" | "colgroup" | "caption" => {
                (&["tbody", "tfoot", "thead", "colgroup", "caption"], &["table"])
            }
            _ => (&[], &[]),
        };
        self.end_within(ended, wall);
        if BLOCKS.contains(&name) {
            self.end_within(&["p"], WALLS);
        }
    }

    fn end_within(&mut self, ended: &[&str], wall: &[&str]) {
        let reach = self
            .open
            .iter()
            .rposition(|it| wall.contains(it))
            .map_or(0, |it| it + 1);
        let inner = self.open.iter().skip(reach).position(|it| ended.contains(it));
        if let Some(place) = inner {
            self.close_to(reach + place);
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(name) = self.open.pop() {
                self.out.push_str("</");
                self.out.push_str(name);
                self.out.push('>');
            }
        }
    }
}

/// How the tokenizer must read the content of an element whose content is no HTML; all of these are left out.
fn raw(name: &str) -> Option<TokenSinkResult<()>> {
    match name {
        "iframe" | "noembed" | "noframes" | "style" | "xmp" => Some(TokenSinkResult::RawData(RawKind::Rawtext)),
        "script" => Some(TokenSinkResult::RawData(RawKind::ScriptData)),
        "textarea" | "title" => Some(TokenSinkResult::RawData(RawKind::Rcdata)),
        "plaintext" => Some(TokenSinkResult::Plaintext),
        _ => None,
    }
}

fn kept<'a>(name: &str, tag: &'a Tag) -> impl Iterator<Item = (&'static str, &'a str)> {
    let names = ATTRIBUTES.iter().find(|it| it.0 == name).map_or(&[][..], |it| it.1);
    names.iter().filter_map(|name| {
        let attribute = tag.attrs.iter().find(|it| &*it.name.local == *name)?;
        // Where the parser of addresses sees another scheme than a reader of the text, it is the parser that counts.
        let fine = *name != "href" || Url::parse(&attribute.value).is_ok();
        fine.then_some((*name, &*attribute.value))
    })
}
