use portal_core::mail::{MailTextFault, Piece, Placeholder};

/// A part of a mail, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// The one thing to do.
    Button(String),
    /// What can be typed instead.
    Code(String),
    /// A question with its answers, each with its address.
    Question(String, Vec<(String, String)>),
}

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Text.
    Text(String),
    /// A code among other words.
    Strong(String),
    /// The link, with its address as its text.
    Link(String),
    /// A line break.
    Break,
}

/// What placeholders are filled with.
pub(crate) struct Values<'a> {
    pub(crate) portal_name: &'a str,
    pub(crate) contact_name: &'a str,
    pub(crate) link: Option<&'a str>,
    pub(crate) code: Option<&'a str>,
    pub(crate) expires: Option<&'a str>,
}

impl Values<'_> {
    fn of(&self, placeholder: Placeholder) -> &str {
        match placeholder {
            Placeholder::PortalName => self.portal_name,
            Placeholder::ContactName => self.contact_name,
            Placeholder::Link => self.link.unwrap_or_default(),
            Placeholder::Code => self.code.unwrap_or_default(),
            Placeholder::Expires => self.expires.unwrap_or_default(),
        }
    }
}

/// A subject with its values: one line, whatever they hold.
pub(crate) fn subject(text: &str, values: &Values<'_>) -> Result<String, MailTextFault> {
    let mut line = String::new();
    for piece in Piece::all_of(text)? {
        match piece {
            Piece::Text(text) => line.push_str(&text),
            Piece::Value(it) => line.push_str(values.of(it)),
        }
    }
    // The marks of values that are put in later stay; what they hold is made one line then.
    Ok(line
        .split(|it: char| (it.is_control() && it != '\u{1}') || it.is_whitespace())
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" "))
}

/// A text with its values, as blocks.
pub(crate) fn body(text: &str, values: &Values<'_>) -> Result<Vec<Block>, MailTextFault> {
    let mut blocks = Vec::new();
    let normal: Vec<&str> = text.lines().map(str::trim).collect();
    for paragraph in normal
        .join("\n")
        .split("\n\n")
        .map(str::trim)
        .filter(|it| !it.is_empty())
    {
        let pieces = Piece::all_of(paragraph)?;
        blocks.push(match pieces.as_slice() {
            [Piece::Value(Placeholder::Link)] => Block::Button(values.of(Placeholder::Link).to_owned()),
            [Piece::Value(Placeholder::Code)] => Block::Code(values.of(Placeholder::Code).to_owned()),
            _ => Block::Paragraph(spans(pieces, values)),
        });
    }
    Ok(blocks)
}

fn spans(pieces: Vec<Piece>, values: &Values<'_>) -> Vec<Span> {
    let mut spans = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                for (index, line) in text.split('\n').enumerate() {
                    if index > 0 {
                        spans.push(Span::Break);
                    }
                    push(&mut spans, line);
                }
            }
            Piece::Value(Placeholder::Link) => spans.push(Span::Link(values.of(Placeholder::Link).to_owned())),
            Piece::Value(Placeholder::Code) => spans.push(Span::Strong(values.of(Placeholder::Code).to_owned())),
            Piece::Value(it) => {
                let value = values.of(it);
                if value.is_empty() {
                    // „Guten Tag ,“ becomes „Guten Tag,“.
                    if let Some(Span::Text(before)) = spans.last_mut() {
                        before.truncate(before.trim_end().len());
                    }
                } else {
                    push(&mut spans, value);
                }
            }
        }
    }
    spans
}

fn push(spans: &mut Vec<Span>, text: &str) {
    if text.is_empty() {
        return;
    }
    match spans.last_mut() {
        Some(Span::Text(before)) => before.push_str(text),
        _ => spans.push(Span::Text(text.to_owned())),
    }
}

/// What somebody wrote, as paragraphs. Nothing in it is taken for a placeholder.
pub(crate) fn of_plain(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let paragraphs = lines.split(|it| it.is_empty()).filter(|it| !it.is_empty());
    paragraphs
        .map(|lines| {
            let mut spans = Vec::new();
            for (index, line) in lines.iter().enumerate() {
                if index > 0 {
                    spans.push(Span::Break);
                }
                spans.push(Span::Text(line.chars().filter(|it| !it.is_control()).collect()));
            }
            Block::Paragraph(spans)
        })
        .collect()
}

/// The words of a paragraph, for the line that lists of mails show.
pub(crate) fn words(spans: &[Span]) -> String {
    let parts = spans.iter().map(|it| match it {
        Span::Text(text) | Span::Strong(text) | Span::Link(text) => text.as_str(),
        Span::Break => " ",
    });
    parts.collect()
}
