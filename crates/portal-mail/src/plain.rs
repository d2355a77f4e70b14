//! Blocks as plain text: lines of at most 72 columns, each address on a line of its own.

use crate::blocks::{Block, Span};

const COLUMNS: usize = 72;

/// The plain text of a mail.
pub(crate) fn text(blocks: &[Block], note: Option<&str>, button: &str, foot: &[&str]) -> String {
    let mut out = String::new();
    if let Some(note) = note {
        wrapped(&mut out, note);
        out.push('\n');
    }
    for block in blocks {
        match block {
            Block::Paragraph(spans) => paragraph(&mut out, spans),
            Block::Button(link) => {
                wrapped(&mut out, &format!("{button}:"));
                line(&mut out, link);
            }
            Block::Code(code) => line(&mut out, &format!("    {code}")),
            Block::Question(text, answers) => {
                wrapped(&mut out, text);
                for (label, link) in answers {
                    out.push('\n');
                    wrapped(&mut out, &format!("{label}:"));
                    line(&mut out, link);
                }
            }
        }
        out.push('\n');
    }
    // What mail programs know as the mark of a signature.
    out.push_str("-- \n");
    for it in foot {
        wrapped(&mut out, it);
    }
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn paragraph(out: &mut String, spans: &[Span]) {
    let mut words = String::new();
    for span in spans {
        match span {
            Span::Text(text) | Span::Strong(text) => words.push_str(text),
            Span::Break => wrapped(out, &std::mem::take(&mut words)),
            Span::Link(link) => {
                if !words.trim().is_empty() {
                    wrapped(out, &words);
                }
                words.clear();
                line(out, link);
            }
        }
    }
    if !words.trim().is_empty() {
        wrapped(out, &words);
    }
}

fn wrapped(out: &mut String, text: &str) {
    let mut column = 0;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > COLUMNS {
            out.push('\n');
            column = 0;
        }
        if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_short_and_addresses_stand_alone() {
        let link = format!("https://help.example.com/{}", "x".repeat(90));
        let long = "word ".repeat(40);
        let spans = vec![
            Span::Text(long),
            Span::Link(link.clone()),
            Span::Text(" end".to_owned()),
        ];
        let text = text(
            &[Block::Paragraph(spans), Block::Button(link.clone())],
            None,
            "Go",
            &["why"],
        );
        for it in text.lines() {
            assert!(it.chars().count() <= COLUMNS || it == link, "{it}");
        }
        assert_eq!(text.lines().filter(|it| *it == link).count(), 2);
        assert!(text.ends_with("-- \nwhy\n"));
    }
}
