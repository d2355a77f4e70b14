use minijinja::{AutoEscape, Environment, Value, context};
use portal_core::mail::{Content, EditableMail, Letter, Link, MailText, MailTexts, Placeholder};
use portal_core::ports::{Letters, LettersError, Rendered};
use portal_core::satisfaction::Rating;
use portal_core::text::Locale;

use crate::blocks::{self, Block, Span, Values};
use crate::plain;
use crate::said::Said;
use crate::texts::Texts;
use crate::when;

const TEMPLATE: &str = "mail.html";

/// A text or template that came with the program is broken.
#[derive(Debug, thiserror::Error)]
#[error("a text of a mail is broken: {0}")]
pub struct TextsError(pub(crate) String);

/// Renders letters from Fluent texts, in English and German.
pub struct FluentLetters {
    english: Texts,
    german: Texts,
    templates: Environment<'static>,
}

impl std::fmt::Debug for FluentLetters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FluentLetters")
    }
}

impl FluentLetters {
    /// Reads the texts.
    ///
    /// # Errors
    /// If one of them is broken.
    pub fn new() -> Result<Self, TextsError> {
        let mut templates = Environment::new();
        templates.set_auto_escape_callback(|_| AutoEscape::Html);
        templates
            .add_template(TEMPLATE, include_str!("../templates/mail.html"))
            .map_err(|error| TextsError(error.to_string()))?;
        Ok(Self {
            english: Texts::read(Locale::english(), include_str!("../locales/en.ftl"))?,
            german: Texts::read(Locale::german(), include_str!("../locales/de.ftl"))?,
            templates,
        })
    }

    /// The languages there are texts in, the first one for all others.
    #[must_use]
    pub fn languages(&self) -> [&Locale; 2] {
        [&self.english.locale, &self.german.locale]
    }

    fn texts(&self, wanted: &Locale) -> &Texts {
        if wanted.language() == self.german.locale.language() {
            &self.german
        } else {
            &self.english
        }
    }

    fn written(&self, letter: &Letter, own: &MailTexts) -> Result<Rendered, TextsError> {
        let texts = self.texts(&letter.language);
        let said = Said::of(letter);
        let zone = letter.head.time_zone.as_str();
        let told = |at| when::instant(texts, at, zone);
        let (expires, at) = (said.expires.map(told).transpose()?, said.at.map(told).transpose()?);
        let values = Values {
            portal_name: &letter.head.name,
            contact_name: letter.to_name.as_deref().unwrap_or_default(),
            link: said.link.map(portal_core::mail::Link::as_str),
            code: said.code,
            expires: expires.as_deref(),
        };
        let own = letter.content.editable().and_then(|mail| own.get(mail, &texts.locale));
        let built_in;
        let lines = news(texts, letter)?;
        let (text, others) = match own {
            Some(text) => (text, Vec::new()),
            None => {
                // Values that are no placeholders are put in last, so that nothing in them is taken for one.
                let mut others = said.others.clone();
                others.extend(at.as_deref().map(|it| ("at", it)));
                others.extend(lines.as_deref().map(|it| ("text", it)));
                let mut made = text_of(texts, said.name, said.body, &others)?;
                if said.link.is_none() {
                    // Whoever is not let in is not led anywhere.
                    made.body = made.body.replace("\n\n{link}", "");
                }
                built_in = made;
                (&built_in, others)
            }
        };
        let broken = |fault: portal_core::mail::MailTextFault| TextsError(format!("{}: {fault}", said.name));
        let filled = |text: String| {
            others
                .iter()
                .fold(text, |text, (name, value)| text.replace(&mark(name), value))
        };
        let subject = filled(blocks::subject(&text.subject, &values).map_err(broken)?);
        let subject = one_line(&subject);
        let mut blocks = blocks::body(&text.body, &values).map_err(broken)?;
        for block in &mut blocks {
            if let Block::Paragraph(spans) = block {
                for span in spans {
                    if let Span::Text(text) = span {
                        *text = filled(std::mem::take(text));
                    }
                }
            }
        }
        // A text of several paragraphs takes the place of the one that stood for it: last, so that nothing in it is filled.
        if let Some((_, text)) = others.iter().find(|it| it.0 == "text") {
            let place = Block::Paragraph(vec![Span::Text((*text).to_owned())]);
            if let Some(at) = blocks.iter().position(|it| *it == place) {
                blocks.splice(at..=at, blocks::of_plain(text));
            }
        }
        blocks.extend(question(texts, letter)?);
        let portal = letter.head.name.as_str();
        let why = texts.say(&format!("{}-why", said.name), &[("portal", portal)])?;
        let sender = texts.say("footer-sender", &[("portal", portal)])?;
        let button = match said.link {
            Some(_) => texts.say(&format!("{}-button", said.name), &[])?,
            None => String::new(),
        };
        let test_note = letter
            .test
            .then(|| texts.say("test-note", &[]))
            .transpose()?
            .filter(|_| said.link.is_some());
        let home = letter.head.home.as_str();
        let (mute, choices) = ways_out(letter);
        let (mute_label, choices_label) = (texts.say("footer-mute", &[])?, texts.say("footer-choices", &[])?);
        let told = |label: &str, link: Option<&str>| link.map(|it| format!("{label}: {it}"));
        let ways = [told(&mute_label, mute), told(&choices_label, choices)];
        let mut foot = vec![why.as_str(), sender.as_str(), home];
        foot.extend(ways.iter().flatten().map(String::as_str));
        let text = plain::text(&blocks, test_note.as_deref(), &button, &foot);
        let shown: Vec<Value> = blocks.iter().map(|it| shown(it, &button)).collect();
        let preheader = blocks.iter().filter_map(|it| match it {
            Block::Paragraph(spans) => Some(blocks::words(spans)),
            Block::Button(_) | Block::Code(_) | Block::Question(..) => None,
        });
        let html = self
            .templates
            .get_template(TEMPLATE)
            .and_then(|it| {
                it.render(context! {
                    language => texts.locale.as_str(),
                    subject => subject.clone(),
                    portal => portal,
                    initial => portal.chars().find(|it| it.is_alphanumeric()).map(String::from).unwrap_or_default(),
                    preheader => preheader.take(2).last().unwrap_or_default(),
                    test_note => test_note,
                    blocks => shown,
                    fallback => texts.say("button-fallback", &[]).unwrap_or_default(),
                    why => why,
                    sender => sender,
                    home => home,
                    mute => mute,
                    mute_label => mute_label,
                    choices => choices,
                    choices_label => choices_label,
                })
            })
            .map_err(|error| TextsError(format!("{error:#}")))?;
        Ok(Rendered {
            subject,
            text,
            html,
            language: texts.locale.clone(),
        })
    }
}

impl Letters for FluentLetters {
    fn render(&self, letter: &Letter, texts: &MailTexts) -> Result<Rendered, LettersError> {
        self.written(letter, texts)
            .map_err(|error| LettersError::Failed(Box::new(error)))
    }

    fn built_in(&self, mail: EditableMail, language: &Locale) -> MailText {
        text_of(self.texts(language), mail.name(), mail.name(), &[]).unwrap_or_else(|_| MailText::typed("", ""))
    }
}

/// Where mails about a ticket are ended, and where one chooses what one is told.
fn ways_out(letter: &Letter) -> (Option<&str>, Option<&str>) {
    let thread = letter.content.thread();
    let mute = thread.and_then(|it| it.mute.as_ref());
    let choices = thread.and_then(|it| it.choices.as_ref());
    (mute.map(Link::as_str), choices.map(Link::as_str))
}

/// Whether they are satisfied, if the letter asks that.
fn question(texts: &Texts, letter: &Letter) -> Result<Option<Block>, TextsError> {
    let answers = letter.content.ratings();
    if answers.is_empty() {
        return Ok(None);
    }
    let word = |it: &(Rating, Link)| {
        let word = texts.say("rate-word", &[("rating", it.0.name())])?;
        Ok((word, it.1.as_str().to_owned()))
    };
    let answers = answers.iter().map(word).collect::<Result<_, TextsError>>()?;
    Ok(Some(Block::Question(texts.say("rate-question", &[])?, answers)))
}

/// The lines of a mail with news for the desk, each with its address.
fn news(texts: &Texts, letter: &Letter) -> Result<Option<String>, TextsError> {
    let Content::AgentNews { lines, .. } = &letter.content else {
        return Ok(None);
    };
    let mut told = Vec::new();
    for it in lines {
        let args = [
            ("what", it.news.name()),
            ("by", it.by.as_str()),
            ("number", &it.number),
            ("subject", &it.subject),
        ];
        let line = texts.say("agent_news-line", &args)?;
        // Of one alone the button has the address.
        told.push(match lines.len() {
            1 => line,
            _ => format!("{line}\n{}", it.link.as_str()),
        });
    }
    Ok(Some(told.join("\n\n")))
}

/// What stands for a value that is no placeholder, until the text has been taken apart. No text has such a character.
fn mark(name: &str) -> String {
    format!("\u{1}{name}\u{1}")
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|it: char| it.is_control() || it.is_whitespace())
        .filter(|it| !it.is_empty())
        .collect();
    words.join(" ")
}

/// A built-in text in the form of a portal's own: placeholders in braces, and marks for all other values.
fn text_of(texts: &Texts, name: &str, body: &str, others: &[(&'static str, &str)]) -> Result<MailText, TextsError> {
    let placeholders: Vec<(&str, String)> = Placeholder::ALL
        .into_iter()
        .map(|it| (it.name(), format!("{{{}}}", it.name())))
        .collect();
    let marks: Vec<(&str, String)> = others
        .iter()
        .map(|(name, value)| {
            // This one decides between sentences, and is not shown.
            let given = if *name == "what" {
                (*value).to_owned()
            } else {
                mark(name)
            };
            (*name, given)
        })
        .collect();
    let args: Vec<(&str, &str)> = placeholders
        .iter()
        .chain(&marks)
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    Ok(MailText {
        subject: texts.say(&format!("{name}-subject"), &args)?,
        body: texts.say(&format!("{body}-body"), &args)?,
    })
}

fn shown(block: &Block, button: &str) -> Value {
    match block {
        Block::Button(link) => context! { kind => "button", link => link, label => button },
        Block::Code(code) => context! { kind => "code", code => code },
        Block::Question(text, answers) => {
            let answers: Vec<Value> = answers
                .iter()
                .map(|(label, link)| context! { label => label, link => link })
                .collect();
            context! { kind => "question", text => text, answers => answers }
        }
        Block::Paragraph(spans) => {
            let spans: Vec<Value> = spans
                .iter()
                .map(|it| match it {
                    Span::Text(text) => context! { kind => "text", text => text },
                    Span::Strong(text) => context! { kind => "strong", text => text },
                    Span::Link(text) => context! { kind => "link", text => text },
                    Span::Break => context! { kind => "break" },
                })
                .collect();
            context! { kind => "paragraph", spans => spans }
        }
    }
}
