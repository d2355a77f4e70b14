use portal_core::mail::{Content, Letter, Link, TicketNews};
use portal_core::time::Timestamp;

/// What the content of a letter is in the texts: names of texts, and the values that they are given.
pub(crate) struct Said<'a> {
    /// The text's name for subject, button, and why it is sent.
    pub(crate) name: &'static str,
    /// The name of the body, where there is a choice.
    pub(crate) body: &'static str,
    pub(crate) link: Option<&'a Link>,
    pub(crate) code: Option<&'a str>,
    pub(crate) expires: Option<Timestamp>,
    pub(crate) at: Option<Timestamp>,
    /// Everything else.
    pub(crate) others: Vec<(&'static str, &'a str)>,
}

impl<'a> Said<'a> {
    const fn plain(name: &'static str, link: Option<&'a Link>) -> Self {
        Self {
            name,
            body: name,
            link,
            code: None,
            expires: None,
            at: None,
            others: Vec::new(),
        }
    }

    fn until(name: &'static str, link: &'a Link, expires: Timestamp) -> Self {
        Self {
            expires: Some(expires),
            ..Self::plain(name, Some(link))
        }
    }

    pub(crate) fn of(letter: &'a Letter) -> Self {
        match &letter.content {
            Content::Invitation { link, expires } => Self::until("invitation", link, *expires),
            Content::AlreadyRegistered { link } => Self::plain("already_registered", Some(link)),
            Content::VerifyAddress { link, expires } => Self::until("verify_address", link, *expires),
            Content::SignIn { link, code, expires } => Self {
                code: Some(code),
                ..Self::until("sign_in", link, *expires)
            },
            Content::ResetPassword { link, expires } => Self::until("reset_password", link, *expires),
            Content::ConfirmAddress { link, expires } => Self::until("confirm_address", link, *expires),
            Content::AddressChanging { new, link } => Self {
                others: vec![("new", new.as_str())],
                ..Self::plain("address_changing", Some(link))
            },
            Content::AddressChanged { new, undo } => Self {
                body: if undo.is_some() {
                    "address_changed_undo"
                } else {
                    "address_changed"
                },
                expires: undo.as_ref().map(|it| it.1),
                others: vec![("new", new.as_str())],
                ..Self::plain("address_changed", undo.as_ref().map(|it| &it.0))
            },
            Content::PasswordChanged { at, link } => Self {
                at: Some(*at),
                ..Self::plain("password_changed", Some(link))
            },
            Content::RegistrationApproved { link } => Self::plain("registration_approved", Some(link)),
            Content::RegistrationPending {
                portal,
                name,
                address,
                link,
            } => Self {
                others: vec![("site", portal), ("name", name), ("address", address.as_str())],
                ..Self::plain("registration_pending", Some(link))
            },
            Content::StaffInvitation {
                link,
                expires,
                invited_by,
            } => Self {
                body: if invited_by.is_some() {
                    "staff_invitation"
                } else {
                    "staff_invitation_system"
                },
                others: invited_by.iter().map(|it| ("invited_by", it.as_str())).collect(),
                ..Self::until("staff_invitation", link, *expires)
            },
            Content::StaffReset { link, expires } => Self::until("staff_reset", link, *expires),
            Content::StaffNotice { what, at, link } => Self {
                at: Some(*at),
                others: vec![("what", what.name())],
                ..Self::plain("staff_notice", Some(link))
            },
            Content::TicketAnswered {
                number,
                subject,
                author,
                text,
                link,
                thread: _,
            } => Self {
                body: if link.is_some() {
                    "ticket_answered"
                } else {
                    "ticket_answered_no_entry"
                },
                others: vec![
                    ("number", number),
                    ("subject", subject),
                    ("author", author),
                    ("text", text),
                ],
                ..Self::plain("ticket_answered", link.as_ref())
            },
            Content::TicketNews {
                what,
                number,
                subject,
                author,
                text,
                until,
                rate: _,
                link,
                thread: _,
            } => {
                let name = match what {
                    TicketNews::Received => "ticket_received",
                    TicketNews::Opened => "ticket_opened",
                    TicketNews::Waiting => "ticket_waiting",
                    TicketNews::Reminder => "ticket_reminder",
                    TicketNews::Closed => "ticket_closed",
                    TicketNews::Expired => "ticket_expired",
                    TicketNews::Reopened => "ticket_reopened",
                };
                Self {
                    body: if *what == TicketNews::Reminder && until.is_none() {
                        "ticket_waiting"
                    } else {
                        name
                    },
                    at: *until,
                    others: vec![
                        ("number", number),
                        ("subject", subject),
                        ("author", author),
                        ("text", text),
                    ],
                    ..Self::plain(name, link.as_ref())
                }
            }
            Content::AgentNews { lines, link } => match lines.as_slice() {
                [only] => Self {
                    others: vec![("number", &only.number), ("subject", &only.subject)],
                    ..Self::plain("agent_news", Some(link))
                },
                _ => Self::plain("agent_digest", Some(link)),
            },
            Content::Test { asked_by } => Self {
                body: if asked_by.is_empty() { "test_system" } else { "test" },
                others: vec![("asked_by", asked_by)],
                ..Self::plain("test", None)
            },
        }
    }
}
