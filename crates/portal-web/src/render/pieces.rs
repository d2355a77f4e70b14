//! Small pieces that stand many times on a page: icons, pills, avatars, times, choices, lines of a list.
//!
//! They would be macros, were it not that a list has some two hundred of them, and that a macro costs ten times as much.

use std::fmt::Write;
use std::sync::Arc;

use minijinja::value::Value;
use minijinja::{Environment, Error};

use crate::assets::Assets;
use crate::i18n::Translator;
use crate::view::status::Stage;

/// Adds `piece_icon(name, class)`, `…time(when)`, `…avatar(person, size)`, `…name(person)`, `…stage_word(status)`,
/// `…pill(status)`, `…options(choices)` and `…row(row, columns)`, which `parts.html` hands on without the prefix.
pub(super) fn add(environment: &mut Environment<'static>, texts: &Translator, assets: &Assets) {
    let pieces = Pieces {
        texts: texts.clone(),
        icons: assets.href("icons.svg").into(),
        stages: Stage::ALL
            .map(|it| {
                let word = texts.text("stage", &[("stage", it.as_str().into())]);
                (it.as_str(), escaped(&word).into())
            })
            .into(),
    };
    let of = pieces.clone();
    environment.add_function("piece_icon", move |name: &str, class: Option<&str>| {
        made(|out| of.icon(out, name, class.unwrap_or_default()))
    });
    environment.add_function("piece_time", |when: Value| made(|out| time(out, &when)));
    let of = pieces.clone();
    environment.add_function("piece_avatar", move |person: Value, size: Option<&str>| {
        made(|out| of.avatar(out, &person, size.unwrap_or_default()))
    });
    let of = pieces.clone();
    environment.add_function("piece_name", move |person: Value| made(|out| of.name(out, &person)));
    let of = pieces.clone();
    environment.add_function("piece_stage_word", move |status: Value| {
        made(|out| of.stage_word(out, &status))
    });
    let of = pieces.clone();
    environment.add_function("piece_row", move |row: Value, columns: Value| {
        made(|out| of.row(out, &row, &columns))
    });
    environment.add_function("piece_pill", move |status: Value| made(|out| pieces.pill(out, &status)));
    environment.add_function("piece_options", |choices: Value| made(|out| options(out, &choices)));
}

/// Escapes what ends text or an attribute.
pub(super) fn escape(out: &mut dyn Write, text: &str) -> std::fmt::Result {
    let mut rest = text;
    while let Some(at) = rest
        .bytes()
        .position(|it| matches!(it, b'&' | b'<' | b'>' | b'"' | b'\''))
    {
        let (plain, marked) = rest.split_at(at);
        out.write_str(plain)?;
        let mut letters = marked.chars();
        out.write_str(match letters.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            _ => "&#39;",
        })?;
        rest = letters.as_str();
    }
    out.write_str(rest)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing into a String cannot fail.
    let _ = escape(&mut out, text);
    out
}

/// Markup that the function writes.
fn made(write: impl FnOnce(&mut String) -> Result<(), Error>) -> Result<Value, Error> {
    let mut out = String::with_capacity(512);
    write(&mut out)?;
    Ok(Value::from_safe_string(out))
}

/// A part of a view as text, escaped.
fn put(out: &mut String, of: &Value, part: &str) -> Result<(), Error> {
    let value = of.get_attr(part)?;
    match value.as_str() {
        Some(text) => escape(out, text)?,
        None => escape(out, &value.to_string())?,
    }
    Ok(())
}

#[derive(Clone)]
struct Pieces {
    texts: Translator,
    /// Where all icons are.
    icons: Arc<str>,
    /// The usual words of the stages.
    stages: Arc<[(&'static str, Box<str>)]>,
}

impl Pieces {
    fn icon(&self, out: &mut String, name: &str, class: &str) -> Result<(), Error> {
        let gap = if class.is_empty() { "" } else { " " };
        let icons = &self.icons;
        write!(
            out,
            "<svg class=\"i{gap}{class}\" aria-hidden=\"true\" focusable=\"false\"><use href=\"{icons}#{name}\"/></svg>"
        )?;
        Ok(())
    }

    fn avatar(&self, out: &mut String, person: &Value, size: &str) -> Result<(), Error> {
        let hue = person.get_attr("hue")?;
        out.push_str("<span class=\"avatar hue-");
        if hue.is_none() {
            out.push_str("none");
        } else {
            write!(out, "{hue}")?;
        }
        if !size.is_empty() {
            write!(out, " avatar-{size}")?;
        }
        out.push_str("\" aria-hidden=\"true\">");
        if person.get_attr("initials")?.is_true() {
            put(out, person, "initials")?;
        } else {
            self.icon(out, "person", "")?;
        }
        out.push_str("</span>");
        Ok(())
    }

    fn name(&self, out: &mut String, person: &Value) -> Result<(), Error> {
        if person.get_attr("name")?.is_true() {
            isolated(out, person, "name")
        } else {
            self.text(out, "person-other")
        }
    }

    fn stage_word(&self, out: &mut String, status: &Value) -> Result<(), Error> {
        if status.get_attr("label")?.is_true() {
            return isolated(out, status, "label");
        }
        let stage = status.get_attr("stage")?;
        let word = self.stages.iter().find(|(it, _)| stage.as_str() == Some(it));
        out.push_str(word.map_or("", |(_, word)| word));
        Ok(())
    }

    fn pill(&self, out: &mut String, status: &Value) -> Result<(), Error> {
        let stage = status.get_attr("stage")?;
        let stage = stage.as_str().unwrap_or_default();
        write!(out, "<span class=\"pill pill-{stage}\">")?;
        let class = if stage == "waiting" { "flip" } else { "" };
        self.icon(out, &format!("stage-{stage}"), class)?;
        out.push_str("<span>");
        self.stage_word(out, status)?;
        out.push_str("</span></span>");
        Ok(())
    }

    /// A line of a list of tickets.
    fn row(&self, out: &mut String, row: &Value, columns: &Value) -> Result<(), Error> {
        let unread = row.get_attr("unread")?.is_true();
        out.push_str(if unread {
            "<tr class=\"row unread\" role=\"row\">"
        } else {
            "<tr class=\"row\" role=\"row\">"
        });
        let mut more = row.get_attr("more")?.try_iter()?;
        for column in columns.try_iter()? {
            self.cell(out, row, &column, &more.next().unwrap_or_default())?;
        }
        out.push_str("</tr>");
        Ok(())
    }

    /// One column of a line.
    fn cell(&self, out: &mut String, row: &Value, column: &Value, more: &Value) -> Result<(), Error> {
        let kind = column.get_attr("kind")?;
        let class = match kind.as_str() {
            Some("subject") => "col-ticket",
            Some("status") => "col-status",
            Some("person") => "col-person",
            Some("time") => "col-time",
            _ => "col-text",
        };
        out.push_str("<td class=\"");
        out.push_str(class);
        if column.get_attr("more")?.is_true() {
            out.push_str(" col-more");
        }
        out.push_str("\" role=\"cell\"");
        if class == "col-text" {
            // Where there is little room, lines have no heads.
            out.push_str(" data-label=\"");
            let label = column.get_attr("label")?;
            match label.as_str() {
                Some(label) => escape(out, label)?,
                None => {
                    let name = column.get_attr("name")?.to_string();
                    escape(out, &self.texts.text("column", &[("column", name.into())]))?;
                }
            }
            out.push('"');
        }
        out.push('>');
        match class {
            "col-ticket" => self.subject(out, row)?,
            "col-status" => self.pill(out, &row.get_attr("status")?)?,
            "col-person" => self.requester(out, row)?,
            "col-time" => {
                if column.get_attr("numbered")?.is_true() {
                    let number = self.number(row)?;
                    write!(
                        out,
                        "<span class=\"narrow-only\"><span class=\"number\">{number}</span> · </span>"
                    )?;
                }
                if more.is_none() || more.is_undefined() {
                    time(out, &row.get_attr("time")?)?;
                } else {
                    time(out, more)?;
                }
            }
            _ => {
                if let Some(text) = more.as_str() {
                    out.push_str("<bdi>");
                    escape(out, text)?;
                    out.push_str("</bdi>");
                }
            }
        }
        out.push_str("</td>");
        Ok(())
    }

    fn number(&self, row: &Value) -> Result<String, Error> {
        let number = row.get_attr("number")?.as_i64().unwrap_or_default();
        Ok(escaped(&self.texts.text("ticket-number", &[("number", number.into())])))
    }

    fn requester(&self, out: &mut String, row: &Value) -> Result<(), Error> {
        let requester = row.get_attr("requester")?;
        if requester.is_true() {
            out.push_str("<span class=\"who\">");
            self.avatar(out, &requester, "small")?;
            out.push_str("<span class=\"who-name\">");
            self.name(out, &requester)?;
            out.push_str("</span></span>");
        }
        Ok(())
    }

    /// Subject, number, signs, and the beginning of the last message.
    fn subject(&self, out: &mut String, row: &Value) -> Result<(), Error> {
        let number = self.number(row)?;
        out.push_str("<div class=\"subject\">");
        if row.get_attr("unread")?.is_true() {
            out.push_str("<span class=\"dot\"><span class=\"vh\">");
            self.text(out, "unread")?;
            out.push_str("</span></span>");
        }
        out.push_str("<a href=\"");
        put(out, row, "href")?;
        out.push_str("\">");
        isolated(out, row, "subject")?;
        write!(
            out,
            "</a> <span class=\"row-facts\"><span class=\"number\">{number}</span>"
        )?;
        let files = row.get_attr("files")?.as_i64().unwrap_or_default();
        if files > 0 {
            out.push_str("<span class=\"fact\">");
            self.icon(out, "clip", "")?;
            write!(out, "<span aria-hidden=\"true\">{files}</span><span class=\"vh\">")?;
            escape(out, &self.texts.text("files-count", &[("n", files.into())]))?;
            out.push_str("</span></span>");
        }
        if row.get_attr("private")?.is_true() {
            out.push_str("<span class=\"fact\" title=\"");
            self.text(out, "private")?;
            out.push_str("\">");
            self.icon(out, "lock", "")?;
            out.push_str("<span class=\"vh\">");
            self.text(out, "private")?;
            out.push_str("</span></span>");
        }
        out.push_str("</span></div>");
        let last = row.get_attr("last")?;
        if last.is_true() {
            self.last(out, &last)?;
        }
        Ok(())
    }

    /// The beginning of the last message, under the subject.
    fn last(&self, out: &mut String, last: &Value) -> Result<(), Error> {
        let author = last.get_attr("author")?;
        out.push_str("<p class=\"snippet\"><b>");
        if author.get_attr("role")?.as_str() == Some("you") {
            self.text(out, "snippet-you")?;
        } else {
            let name = author.get_attr("name")?;
            let name = match name.as_str() {
                Some(name) if !name.is_empty() => name.to_owned(),
                _ => self.texts.text("person-other", &[]),
            };
            out.push_str("<bdi>");
            escape(out, &self.texts.text("snippet-author", &[("name", name.into())]))?;
            out.push_str("</bdi>");
        }
        out.push_str("</b> ");
        isolated(out, last, "text")?;
        out.push_str("</p>");
        Ok(())
    }

    fn text(&self, out: &mut String, key: &str) -> Result<(), Error> {
        escape(out, &self.texts.text(key, &[]))?;
        Ok(())
    }
}

/// Text of people, which may run in another direction than the page.
fn isolated(out: &mut String, of: &Value, part: &str) -> Result<(), Error> {
    out.push_str("<bdi>");
    put(out, of, part)?;
    out.push_str("</bdi>");
    Ok(())
}

fn time(out: &mut String, when: &Value) -> Result<(), Error> {
    out.push_str("<time datetime=\"");
    put(out, when, "iso")?;
    out.push_str("\" title=\"");
    put(out, when, "title")?;
    out.push('"');
    if when.get_attr("relative")?.is_true() {
        out.push_str(" data-relative");
    }
    out.push('>');
    put(out, when, "text")?;
    out.push_str("</time>");
    Ok(())
}

fn options(out: &mut String, choices: &Value) -> Result<(), Error> {
    for choice in choices.try_iter()? {
        out.push_str("<option value=\"");
        put(out, &choice, "value")?;
        out.push('"');
        if choice.get_attr("selected")?.is_true() {
            out.push_str(" selected");
        }
        out.push('>');
        put(out, &choice, "label")?;
        out.push_str("</option>\n");
    }
    Ok(())
}
