use crate::id::{PortalId, TicketId};
use crate::mail::{EditableMail, Link, StaffNotice, TicketNews};
use crate::notify::AgentNews;
use crate::satisfaction::Rating;
use crate::text::{EmailAddress, Locale};
use crate::time::Timestamp;

/// In whose name a mail is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letterhead {
    /// The portal's name, or the installation's.
    pub name: String,
    /// Its home page.
    pub home: Link,
    /// The IANA time zone in which instants are told.
    pub time_zone: String,
    /// The name beside the sender's address; the portal's name if `None`.
    pub from_name: Option<String>,
    /// The sender's address; the installation's if `None`.
    pub from: Option<EmailAddress>,
    /// The portal whose own texts count; the built-in ones if `None`.
    pub portal: Option<PortalId>,
}

/// Everything that one mail shows. Nothing else can get into it: templates know only what stands here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// In whose name.
    pub head: Letterhead,
    /// To whom.
    pub to: EmailAddress,
    /// Their name, if it is known.
    pub to_name: Option<String>,
    /// In which language.
    pub language: Locale,
    /// What it says.
    pub content: Content,
    /// Whether it is a test, and says so.
    pub test: bool,
}

/// What holds the mails about one ticket together, and by what they are muted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailThread {
    /// The ticket.
    pub root: TicketId,
    /// The portal's part of addresses, which names the list of mails.
    pub slug: String,
    /// Whether it carries what a person wrote.
    pub by_person: bool,
    /// The page where the ticket is muted, without signing in.
    pub mute: Option<Link>,
    /// The page where one chooses what one is told; `None` for whoever the portal does not let in.
    pub choices: Option<Link>,
}

/// A line of news for somebody at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentNewsLine {
    /// What.
    pub news: AgentNews,
    /// The ticket's number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// Who did it; empty for the system.
    pub by: String,
    /// The page of the ticket.
    pub link: Link,
}

/// What a mail says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Come in.
    Invitation {
        /// The page where they choose a password.
        link: Link,
        /// Until when it works.
        expires: Timestamp,
    },
    /// You may enter one more portal with the account you have.
    AlreadyRegistered {
        /// The portal's sign-in page.
        link: Link,
    },
    /// Prove that this address is yours.
    VerifyAddress {
        /// The page where they go on: choose a password.
        link: Link,
        /// Until when it works.
        expires: Timestamp,
    },
    /// Sign in.
    SignIn {
        /// The page that asks for the button to be pressed.
        link: Link,
        /// What can be typed instead.
        code: String,
        /// Until when both work.
        expires: Timestamp,
    },
    /// Choose a new password.
    ResetPassword {
        /// The page where they choose it.
        link: Link,
        /// Until when it works.
        expires: Timestamp,
    },
    /// Prove that the new address is yours.
    ConfirmAddress {
        /// The page that asks for the button to be pressed.
        link: Link,
        /// Until when it works.
        expires: Timestamp,
    },
    /// Somebody, perhaps you, wants to change your address.
    AddressChanging {
        /// The new address.
        new: EmailAddress,
        /// The page where it can be stopped.
        link: Link,
    },
    /// Your address was changed.
    AddressChanged {
        /// The new address.
        new: EmailAddress,
        /// The page where it can be undone, and until when; `None` if it cannot.
        undo: Option<(Link, Timestamp)>,
    },
    /// Your password was changed.
    PasswordChanged {
        /// When.
        at: Timestamp,
        /// The page where another one can be chosen.
        link: Link,
    },
    /// Your registration was approved.
    RegistrationApproved {
        /// The portal's sign-in page.
        link: Link,
    },
    /// Somebody waits to be let in; to the staff.
    RegistrationPending {
        /// The portal they registered at.
        portal: String,
        /// What they call themselves.
        name: String,
        /// Their proven address.
        address: EmailAddress,
        /// The page where it is decided.
        link: Link,
    },
    /// Join the staff.
    StaffInvitation {
        /// The page where they choose a password.
        link: Link,
        /// Until when it works.
        expires: Timestamp,
        /// Who invites them.
        invited_by: Option<String>,
    },
    /// Choose a new password, as somebody of the staff.
    StaffReset {
        /// The page where they choose it.
        link: Link,
        /// Until when it works.
        expires: Timestamp,
    },
    /// Something happened to your staff account.
    StaffNotice {
        /// What.
        what: StaffNotice,
        /// When.
        at: Timestamp,
        /// The page about their account.
        link: Link,
    },
    /// Your ticket was answered.
    TicketAnswered {
        /// The ticket's number.
        number: String,
        /// Its subject.
        subject: String,
        /// Who answered.
        author: String,
        /// The answer, as plain text.
        text: String,
        /// The page of the ticket; `None` for whoever the portal does not let in.
        link: Option<Link>,
        /// The other mails about it.
        thread: MailThread,
    },
    /// Something else happened to your ticket.
    TicketNews {
        /// What.
        what: TicketNews,
        /// The ticket's number.
        number: String,
        /// Its subject.
        subject: String,
        /// Who wrote, if somebody did.
        author: String,
        /// What they wrote, as plain text; empty if nobody did.
        text: String,
        /// When it is closed, if nobody says anything.
        until: Option<Timestamp>,
        /// The page that asks whether they are satisfied; `None` for whoever is not asked.
        rate: Option<Link>,
        /// The page of the ticket; `None` for whoever the portal does not let in.
        link: Option<Link>,
        /// The other mails about it.
        thread: MailThread,
    },
    /// News for somebody at the desk.
    AgentNews {
        /// Each of them; never none.
        lines: Vec<AgentNewsLine>,
        /// Where to read on.
        link: Link,
    },
    /// Mails get out.
    Test {
        /// Who wanted to know.
        asked_by: String,
    },
}

impl Content {
    /// The mail whose text staff may have changed, if this is one.
    #[must_use]
    pub const fn editable(&self) -> Option<EditableMail> {
        match self {
            Self::Invitation { .. } => Some(EditableMail::Invitation),
            Self::AlreadyRegistered { .. } => Some(EditableMail::AlreadyRegistered),
            Self::VerifyAddress { .. } => Some(EditableMail::VerifyAddress),
            Self::SignIn { .. } => Some(EditableMail::SignIn),
            Self::ResetPassword { .. } => Some(EditableMail::ResetPassword),
            Self::RegistrationApproved { .. } => Some(EditableMail::RegistrationApproved),
            Self::ConfirmAddress { .. }
            | Self::AddressChanging { .. }
            | Self::AddressChanged { .. }
            | Self::PasswordChanged { .. }
            | Self::RegistrationPending { .. }
            | Self::StaffInvitation { .. }
            | Self::StaffReset { .. }
            | Self::StaffNotice { .. }
            | Self::TicketAnswered { .. }
            | Self::TicketNews { .. }
            | Self::AgentNews { .. }
            | Self::Test { .. } => None,
        }
    }

    /// The answers that it asks for, each with the page where it is chosen already.
    #[must_use]
    pub fn ratings(&self) -> Vec<(Rating, Link)> {
        let Self::TicketNews { rate: Some(page), .. } = self else {
            return Vec::new();
        };
        let all = Rating::ALL.into_iter();
        all.map(|it| (it, page.asking("rating", it.name()))).collect()
    }

    /// The mails about one ticket that this one belongs to, if it is about one.
    #[must_use]
    pub const fn thread(&self) -> Option<&MailThread> {
        match self {
            Self::TicketAnswered { thread, .. } | Self::TicketNews { thread, .. } => Some(thread),
            _ => None,
        }
    }
}
