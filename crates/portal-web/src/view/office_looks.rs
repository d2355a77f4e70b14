//! The staff's pages about what customers see of a portal.

use serde::Serialize;

use super::form::Problem;
use super::shell::Shell;
use super::status::Stage;
use super::when::When;
use super::{Choice, Page};

/// What all of these pages have.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The frame around the page.
    pub shell: Shell,
    /// The section of settings.
    pub section: &'static str,
    /// Where the form goes.
    pub action: String,
    /// The version that is shown.
    pub seen: u32,
    /// What somebody else made of it meanwhile, as lines.
    pub theirs: Vec<String>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

macro_rules! pages {
    ($($page:ident = $template:literal;)*) => {$(
        impl Page for $page {
            const TEMPLATE: &'static str = $template;

            fn shell(&self) -> &Shell {
                &self.frame.shell
            }
        }
    )*};
}

pages! {
    DisplayPage = "office/display.html";
    FormPage = "office/support_form.html";
    ConsentPage = "office/consent.html";
    BrandingPage = "office/branding.html";
    LinksPage = "office/links.html";
    MailTextsPage = "office/mail_texts.html";
    MailTextPage = "office/mail_text.html";
}

/// A language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tongue {
    /// Its tag.
    pub code: String,
    /// Its name in itself.
    pub name: String,
}

/// A text in the languages of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wording {
    /// Where problems with it are said.
    pub path: String,
    /// One field a language.
    pub texts: Vec<WordingIn>,
}

/// A text in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordingIn {
    /// The name of the field.
    pub name: String,
    /// The tag of the language.
    pub code: String,
    /// The language's name in itself.
    pub language: String,
    /// As typed.
    pub value: String,
}

/// How tickets look.
#[derive(Clone, Debug, Serialize)]
pub struct DisplayPage {
    /// What all have.
    #[serde(flatten)]
    pub frame: Frame,
    /// What tickets are called.
    pub label: Wording,
    /// The words of the button for a new one.
    pub new_label: Wording,
    /// The columns, in order.
    pub columns: Vec<Choice>,
    /// Whether there may be one more.
    pub may_add_columns: bool,
    /// Columns that can be added.
    pub more_columns: Vec<Choice>,
    /// Whether only the chosen properties are shown.
    pub chosen: bool,
    /// Those, in order.
    pub properties: Vec<Choice>,
    /// Properties that can be added.
    pub more_properties: Vec<Choice>,
    /// What is told of owners.
    pub owners: Vec<Choice>,
    /// The name of the team.
    pub team: String,
    /// Orders of the list.
    pub sorts: Vec<Choice>,
    /// Statuses with their words.
    pub pipelines: Vec<PipelineWords>,
    /// Where pipelines are hidden.
    pub tickets_href: String,
}

/// The statuses of a pipeline.
#[derive(Clone, Debug, Serialize)]
pub struct PipelineWords {
    /// Its name.
    pub name: String,
    /// Its statuses.
    pub statuses: Vec<StatusLine>,
}

/// A status, and what customers are told of it.
#[derive(Clone, Debug, Serialize)]
pub struct StatusLine {
    /// Its name for the staff.
    pub name: String,
    /// Its stage.
    pub stage: Stage,
    /// Whether it has words of its own here.
    pub open: bool,
    /// What customers are told instead of the stage.
    pub label: Wording,
    /// A sentence that explains it.
    pub explanation: Wording,
}

/// The builder of the support form.
#[derive(Clone, Debug, Serialize)]
pub struct FormPage {
    /// What all have.
    #[serde(flatten)]
    pub frame: Frame,
    /// The heading.
    pub heading: Wording,
    /// The words of the button.
    pub button: Wording,
    /// The fields.
    pub fields: Vec<FieldLine>,
    /// Fields that can be added.
    pub more: Vec<Choice>,
    /// Whether there may be one more.
    pub may_add: bool,
    /// The languages of options, in order.
    pub languages: Vec<Tongue>,
    /// Where properties are defined.
    pub properties_href: &'static str,
}

/// A field of the support form.
#[derive(Clone, Debug, Serialize)]
pub struct FieldLine {
    /// Counts from 0.
    pub place: usize,
    /// Its name.
    pub name: String,
    /// What it is called on this page.
    pub called: String,
    /// What customers read.
    pub label: Wording,
    /// A hint below it.
    pub help: Wording,
    /// Whether it has words of its own.
    pub worded: bool,
    /// Whether it is a property.
    pub is_property: bool,
    /// Whether that property is not there any more.
    pub gone: bool,
    /// Whether every form has it.
    pub always: bool,
    /// Whether it must be filled in.
    pub required: bool,
    /// How it is entered.
    pub entry: String,
    /// How it can be entered.
    pub entries: Vec<Choice>,
    /// Whether there is something to choose.
    pub has_options: bool,
    /// What, a line each.
    pub options: String,
    /// Whether it depends on an answer.
    pub conditional: bool,
    /// On what it can depend.
    pub when: Vec<WhenGroup>,
}

/// The answers of an earlier field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhenGroup {
    /// What the field is called.
    pub called: String,
    /// Its answers.
    pub answers: Vec<Choice>,
}

/// The consent notice.
#[derive(Clone, Debug, Serialize)]
pub struct ConsentPage {
    /// What all have.
    #[serde(flatten)]
    pub frame: Frame,
    /// The text.
    pub text: Wording,
    /// Whether everybody is to be asked again.
    pub ask_again: bool,
    /// Whether anything is asked now.
    pub asked: bool,
    /// The number of the text that counts now.
    pub number: u32,
    /// The oldest number whose acceptance counts.
    pub counts_from: u32,
    /// Earlier texts, the newest first.
    pub versions: Vec<NoticeVersion>,
}

/// A version of the notice.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeVersion {
    /// Its number.
    pub number: u32,
    /// Since when.
    pub at: When,
    /// What it said.
    pub texts: Vec<Said>,
}

/// A text in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The tag of the language.
    pub code: String,
    /// Its name in itself.
    pub language: String,
    /// The text.
    pub text: String,
}

/// Logo and colour.
#[derive(Clone, Debug, Serialize)]
pub struct BrandingPage {
    /// What all have.
    #[serde(flatten)]
    pub frame: Frame,
    /// Whether the name stands beside the logo.
    pub show_name: bool,
    /// The colour, as typed.
    pub accent: String,
    /// What is made of it.
    pub shades: Vec<ShadesOf>,
    /// What became of it, as keys of texts.
    pub verdict: Vec<&'static str>,
    /// The pictures.
    pub pictures: Vec<PictureLine>,
    /// How large an upload may be.
    pub limit: String,
}

/// What is made of a colour for one appearance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShadesOf {
    /// `light`, `dark`.
    pub scheme: &'static str,
    /// The colours.
    pub shades: Vec<Shade>,
}

/// A colour with its use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shade {
    /// `button`, `link`, `mark`.
    pub name: &'static str,
    /// The colour.
    pub colour: String,
}

/// A picture of the branding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PictureLine {
    /// `logo`, `logo-dark`, `favicon`.
    pub name: &'static str,
    /// Where its form goes.
    pub action: String,
    /// Where it is shown.
    pub href: Option<String>,
    /// Its name; empty if there is none.
    pub digest: String,
    /// How wide it is shown.
    pub width: u32,
    /// How high.
    pub height: u32,
    /// Into how many pixels it is brought.
    pub most: String,
}

/// The links of head and foot.
#[derive(Clone, Debug, Serialize)]
pub struct LinksPage {
    /// What all have.
    #[serde(flatten)]
    pub frame: Frame,
    /// Head and foot.
    pub lists: Vec<LinkList>,
}

/// Links of one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkList {
    /// `header`, `footer`.
    pub name: &'static str,
    /// Whether there may be one more.
    pub may_add: bool,
    /// The links.
    pub links: Vec<LinkLine>,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkLine {
    /// Counts from 0.
    pub place: usize,
    /// Its words.
    pub label: Wording,
    /// Where it leads, as typed.
    pub to: String,
}

/// All mails whose texts can be changed.
#[derive(Clone, Debug, Serialize)]
pub struct MailTextsPage {
    /// What all have.
    #[serde(flatten)]
    pub frame: Frame,
    /// The mails.
    pub mails: Vec<MailTextLine>,
}

/// A mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MailTextLine {
    /// Its name.
    pub mail: &'static str,
    /// Its texts.
    pub texts: Vec<MailTextIn>,
}

/// The text of a mail in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MailTextIn {
    /// The language's name in itself.
    pub language: String,
    /// Its tag.
    pub code: String,
    /// Where it is changed.
    pub href: String,
    /// Whether it is the portal's own.
    pub own: bool,
}

/// The text of a mail in one language, to be changed.
#[derive(Clone, Debug, Serialize)]
pub struct MailTextPage {
    /// What all have.
    #[serde(flatten)]
    pub frame: Frame,
    /// The mail.
    pub mail: &'static str,
    /// The language's name in itself.
    pub language: String,
    /// Its tag.
    pub code: String,
    /// Whether it is the portal's own.
    pub own: bool,
    /// As typed.
    pub subject: String,
    /// As typed.
    pub body: String,
    /// What can stand in braces.
    pub placeholders: Vec<&'static str>,
    /// What must.
    pub needed: Vec<&'static str>,
    /// The list.
    pub back: String,
    /// To whom a test goes.
    pub test_to: String,
}
