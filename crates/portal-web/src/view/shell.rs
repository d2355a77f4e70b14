//! The frame around every page.

use serde::Serialize;

use super::office::Office;
use super::person::Person;
use crate::i18n::Locale;

/// Portal, person, language and appearance: what every page needs.
#[derive(Clone, Debug, Serialize)]
pub struct Shell {
    /// Name of the portal; empty only where no portal was recognised.
    pub portal_name: String,
    /// `/{slug}`, the start of every link; empty where no portal was recognised.
    pub base: String,
    /// Language of the page.
    pub locale: Locale,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Colour scheme.
    pub theme: Theme,
    /// IANA name of the zone in which times are shown.
    pub zone: String,
    /// Path and query of this page, sent with the language and appearance forms so that they lead back here.
    pub path: String,
    /// The signed-in person; `None` on the sign-in page and some error pages.
    pub me: Option<Me>,
    /// Whether this person may open tickets (shows *New ticket*).
    pub can_open: bool,
    /// Which part of the navigation is current.
    pub area: Area,
    /// What is in the search field of the bar.
    pub query: String,
    /// A message about what was just done, shown once.
    pub flash: Option<Flash>,
    /// Languages that the portal offers; no switch is shown when there are fewer than two.
    pub languages: Vec<Language>,
    /// Name of the operator in the footer; may be empty.
    pub operator: String,
    /// The operator's links in the footer (privacy, imprint).
    pub footer: Vec<FooterLink>,
    /// Whether single-key shortcuts (`/`) are on.
    pub shortcuts: bool,
    /// The frame of the staff's pages; `None` on a customer's page.
    pub office: Option<Office>,
    /// What the portal calls tickets, where it has words of its own.
    pub words: Words,
    /// What makes the portal look like its company.
    pub brand: Brand,
    /// The portal's links beside the tickets.
    pub header: Vec<FooterLink>,
}

/// What a portal calls tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Several of them, in place of “Tickets”.
    pub many: Option<String>,
    /// The button that opens one, in place of “New ticket”.
    pub new: Option<String>,
}

/// What makes a portal look like its company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Brand {
    /// The style sheet of its colour.
    pub style: Option<String>,
    /// Its logo.
    pub logo: Option<Logo>,
    /// Its logo on dark pages.
    pub logo_dark: Option<Logo>,
    /// The picture in the tab.
    pub icon: Option<String>,
    /// Whether the name stands beside the logo.
    pub show_name: bool,
}

impl Default for Brand {
    fn default() -> Self {
        Self {
            style: None,
            logo: None,
            logo_dark: None,
            icon: None,
            show_name: true,
        }
    }
}

/// A picture of a portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Logo {
    /// Where it is.
    pub href: String,
    /// Pixels of the screen across, half of those of the picture.
    pub width: u32,
    /// Pixels of the screen down.
    pub height: u32,
}

impl Shell {
    /// A frame with nothing in it but the portal and the language.
    #[must_use]
    pub fn new(portal_name: impl Into<String>, slug: &str, locale: Locale) -> Self {
        Self {
            portal_name: portal_name.into(),
            base: if slug.is_empty() {
                String::new()
            } else {
                format!("/{slug}")
            },
            locale,
            dir: "ltr",
            theme: Theme::System,
            zone: "UTC".to_owned(),
            path: String::new(),
            me: None,
            can_open: false,
            area: Area::None,
            query: String::new(),
            flash: None,
            languages: Vec::new(),
            operator: String::new(),
            footer: Vec::new(),
            shortcuts: true,
            words: Words::default(),
            brand: Brand::default(),
            header: Vec::new(),
            office: None,
        }
    }

    /// Sets the languages of the switch, each under its own name.
    #[must_use]
    pub fn offering(mut self, offered: &[Locale]) -> Self {
        self.languages = offered
            .iter()
            .map(|&locale| Language {
                code: locale,
                name: locale.own_name(),
                current: locale == self.locale,
            })
            .collect();
        self
    }
}

/// Colour scheme chosen by the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the device says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Reads the value of the form field or cookie `theme`.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        match value {
            "system" => Some(Self::System),
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }

    /// The value in the form and in the cookie.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The signed-in person.
#[derive(Clone, Debug, Serialize)]
pub struct Me {
    /// Name and avatar.
    pub person: Person,
    /// Address used to sign in.
    pub email: String,
}

/// Part of the navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// None of them.
    #[default]
    None,
    /// The ticket list.
    Tickets,
    /// The account page.
    Account,
}

/// One language of the switch.
#[derive(Clone, Debug, Serialize)]
pub struct Language {
    /// Language tag, `en`.
    pub code: Locale,
    /// Its own name, `English`.
    pub name: &'static str,
    /// Whether the page is in it.
    pub current: bool,
}

/// A link of the operator in the footer.
#[derive(Clone, Debug, Serialize)]
pub struct FooterLink {
    /// Its text, already in the reader's language.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// What was just done. The cookie that carries it holds [`Flash::as_str`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Flash {
    /// A ticket was opened.
    Opened,
    /// A reply was sent.
    Replied,
    /// A reply was sent and the ticket closed.
    RepliedAndClosed,
    /// A reply was sent and the ticket opened again.
    RepliedAndReopened,
    /// The ticket was closed.
    Closed,
    /// The ticket was opened again.
    Reopened,
    /// The ticket is private now.
    MadePrivate,
    /// Name, language or zone were saved.
    ProfileSaved,
    /// The password was changed.
    PasswordChanged,
    /// One other session was ended.
    SessionEnded,
    /// All other sessions were ended.
    OtherSessionsEnded,
    /// An API token was revoked.
    TokenRevoked,
    /// The person signed out.
    SignedOut,
    /// A new password was chosen by the link of a mail.
    PasswordReset,
    /// Another address was asked for.
    AddressAsked,
    /// The present address stays.
    AddressKept,
    /// Which mails come was chosen.
    MailsChosen,
    /// Mails about the ticket do not come any more.
    Muted,
    /// Mails about the ticket come again.
    Unmuted,
    /// It was kept whether they are satisfied.
    Rated,
}

impl Flash {
    /// All of them.
    pub const ALL: [Self; 20] = [
        Self::Opened,
        Self::Replied,
        Self::RepliedAndClosed,
        Self::RepliedAndReopened,
        Self::Closed,
        Self::Reopened,
        Self::MadePrivate,
        Self::ProfileSaved,
        Self::PasswordChanged,
        Self::SessionEnded,
        Self::OtherSessionsEnded,
        Self::TokenRevoked,
        Self::SignedOut,
        Self::PasswordReset,
        Self::AddressAsked,
        Self::AddressKept,
        Self::MailsChosen,
        Self::Muted,
        Self::Unmuted,
        Self::Rated,
    ];

    /// Name in the cookie.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Replied => "replied",
            Self::RepliedAndClosed => "replied_and_closed",
            Self::RepliedAndReopened => "replied_and_reopened",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::MadePrivate => "made_private",
            Self::ProfileSaved => "profile_saved",
            Self::PasswordChanged => "password_changed",
            Self::SessionEnded => "session_ended",
            Self::OtherSessionsEnded => "other_sessions_ended",
            Self::TokenRevoked => "token_revoked",
            Self::SignedOut => "signed_out",
            Self::PasswordReset => "password_reset",
            Self::AddressAsked => "address_asked",
            Self::AddressKept => "address_kept",
            Self::MailsChosen => "mails_chosen",
            Self::Muted => "muted",
            Self::Unmuted => "unmuted",
            Self::Rated => "rated",
        }
    }

    /// Reads the cookie; anything else is no message.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flash| flash.as_str() == value)
    }
}
