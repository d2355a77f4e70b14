use portal_core::mail::{self, EditableMail, StaffNotice, TicketNews};
use serde::{Deserialize, Serialize};

use crate::{Invalid, parse};

/// What somebody is to be told by mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum Mail {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// What.
        mail: Intended,
    },
}

/// The mails of the first form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Intended {
    /// Come in.
    Invitation {
        /// The portal.
        portal: String,
        /// Who.
        contact: String,
    },
    /// One more portal.
    AlreadyRegistered {
        /// The portal.
        portal: String,
        /// Who.
        contact: String,
    },
    /// Prove an address.
    VerifyAddress {
        /// The registration.
        registration: String,
    },
    /// Sign in.
    SignIn {
        /// The challenge.
        challenge: String,
    },
    /// Choose a new password.
    ResetPassword {
        /// The challenge.
        challenge: String,
    },
    /// Prove a new address.
    ConfirmAddress {
        /// The change.
        change: String,
    },
    /// The address is about to change.
    AddressChanging {
        /// The change.
        change: String,
    },
    /// The address changed.
    AddressChanged {
        /// The change.
        change: String,
    },
    /// The password changed.
    PasswordChanged {
        /// The portal.
        portal: String,
        /// Whose.
        contact: String,
    },
    /// Let in.
    RegistrationApproved {
        /// The portal.
        portal: String,
        /// Who.
        contact: String,
    },
    /// Somebody waits.
    RegistrationPending {
        /// The registration.
        registration: String,
        /// Who is told.
        agent: String,
    },
    /// Join the staff.
    StaffInvitation {
        /// Who.
        agent: String,
    },
    /// Choose a new password, as staff.
    StaffReset {
        /// Who.
        agent: String,
    },
    /// About a staff account.
    StaffNotice {
        /// Whose.
        agent: String,
        /// What.
        what: String,
    },
    /// A ticket was answered.
    TicketAnswered {
        /// The portal.
        portal: String,
        /// Who is told.
        contact: String,
        /// The ticket.
        ticket: String,
        /// The place of the answer.
        seq: u32,
    },
    /// Something else happened to a ticket.
    TicketNews {
        /// The portal.
        portal: String,
        /// Who is told.
        contact: String,
        /// The ticket.
        ticket: String,
        /// The highest place in its public sequence.
        seq: u32,
        /// What.
        what: String,
    },
    /// An answer leaves by a channel.
    ByChannel {
        /// The conversation.
        conversation: String,
        /// The ticket.
        ticket: String,
        /// The place of the answer.
        seq: u32,
    },
    /// News for somebody at the desk.
    AgentNews {
        /// Who.
        agent: String,
    },
    /// A test.
    Test {
        /// In the name of which portal.
        portal: Option<String>,
        /// The mail whose text is tried.
        of: Option<String>,
        /// To whom.
        to: String,
        /// Who wanted it.
        asked_by: Option<String>,
    },
}

impl From<&mail::Mail> for Mail {
    fn from(it: &mail::Mail) -> Self {
        use mail::Mail as Core;
        let mail = match it {
            Core::Invitation { portal, contact } => Intended::Invitation {
                portal: portal.to_string(),
                contact: contact.to_string(),
            },
            Core::AlreadyRegistered { portal, contact } => Intended::AlreadyRegistered {
                portal: portal.to_string(),
                contact: contact.to_string(),
            },
            Core::VerifyAddress { registration } => Intended::VerifyAddress {
                registration: registration.to_string(),
            },
            Core::SignIn { challenge } => Intended::SignIn {
                challenge: challenge.to_string(),
            },
            Core::ResetPassword { challenge } => Intended::ResetPassword {
                challenge: challenge.to_string(),
            },
            Core::ConfirmAddress { change } => Intended::ConfirmAddress {
                change: change.to_string(),
            },
            Core::AddressChanging { change } => Intended::AddressChanging {
                change: change.to_string(),
            },
            Core::AddressChanged { change } => Intended::AddressChanged {
                change: change.to_string(),
            },
            Core::PasswordChanged { portal, contact } => Intended::PasswordChanged {
                portal: portal.to_string(),
                contact: contact.to_string(),
            },
            Core::RegistrationApproved { portal, contact } => Intended::RegistrationApproved {
                portal: portal.to_string(),
                contact: contact.to_string(),
            },
            Core::RegistrationPending { registration, agent } => Intended::RegistrationPending {
                registration: registration.to_string(),
                agent: agent.to_string(),
            },
            Core::StaffInvitation { agent } => Intended::StaffInvitation {
                agent: agent.to_string(),
            },
            Core::StaffReset { agent } => Intended::StaffReset {
                agent: agent.to_string(),
            },
            Core::StaffNotice { agent, what } => Intended::StaffNotice {
                agent: agent.to_string(),
                what: what.name().to_owned(),
            },
            Core::TicketAnswered {
                portal,
                contact,
                ticket,
                seq,
            } => Intended::TicketAnswered {
                portal: portal.to_string(),
                contact: contact.to_string(),
                ticket: ticket.to_string(),
                seq: *seq,
            },
            Core::ByChannel {
                conversation,
                ticket,
                seq,
            } => Intended::ByChannel {
                conversation: conversation.to_string(),
                ticket: ticket.to_string(),
                seq: *seq,
            },
            Core::TicketNews {
                portal,
                contact,
                ticket,
                seq,
                what,
            } => Intended::TicketNews {
                portal: portal.to_string(),
                contact: contact.to_string(),
                ticket: ticket.to_string(),
                seq: *seq,
                what: what.name().to_owned(),
            },
            Core::AgentNews { agent } => Intended::AgentNews {
                agent: agent.to_string(),
            },
            Core::Test {
                portal,
                of,
                to,
                asked_by,
            } => Intended::Test {
                portal: portal.map(|it| it.to_string()),
                of: of.map(|it| it.name().to_owned()),
                to: to.to_string(),
                asked_by: asked_by.map(|it| it.to_string()),
            },
        };
        Self::V1 { mail }
    }
}

impl TryFrom<Mail> for mail::Mail {
    type Error = Invalid;

    fn try_from(Mail::V1 { mail }: Mail) -> Result<Self, Invalid> {
        let editable = |it: &str| EditableMail::named(it).ok_or(Invalid("mail"));
        Ok(match mail {
            Intended::Invitation { portal, contact } => Self::Invitation {
                portal: parse(&portal, "portal")?,
                contact: parse(&contact, "contact")?,
            },
            Intended::AlreadyRegistered { portal, contact } => Self::AlreadyRegistered {
                portal: parse(&portal, "portal")?,
                contact: parse(&contact, "contact")?,
            },
            Intended::VerifyAddress { registration } => Self::VerifyAddress {
                registration: parse(&registration, "registration")?,
            },
            Intended::SignIn { challenge } => Self::SignIn {
                challenge: parse(&challenge, "challenge")?,
            },
            Intended::ResetPassword { challenge } => Self::ResetPassword {
                challenge: parse(&challenge, "challenge")?,
            },
            Intended::ConfirmAddress { change } => Self::ConfirmAddress {
                change: parse(&change, "address change")?,
            },
            Intended::AddressChanging { change } => Self::AddressChanging {
                change: parse(&change, "address change")?,
            },
            Intended::AddressChanged { change } => Self::AddressChanged {
                change: parse(&change, "address change")?,
            },
            Intended::PasswordChanged { portal, contact } => Self::PasswordChanged {
                portal: parse(&portal, "portal")?,
                contact: parse(&contact, "contact")?,
            },
            Intended::RegistrationApproved { portal, contact } => Self::RegistrationApproved {
                portal: parse(&portal, "portal")?,
                contact: parse(&contact, "contact")?,
            },
            Intended::RegistrationPending { registration, agent } => Self::RegistrationPending {
                registration: parse(&registration, "registration")?,
                agent: parse(&agent, "agent")?,
            },
            Intended::StaffInvitation { agent } => Self::StaffInvitation {
                agent: parse(&agent, "agent")?,
            },
            Intended::StaffReset { agent } => Self::StaffReset {
                agent: parse(&agent, "agent")?,
            },
            Intended::StaffNotice { agent, what } => Self::StaffNotice {
                agent: parse(&agent, "agent")?,
                what: StaffNotice::named(&what).ok_or(Invalid("notice"))?,
            },
            Intended::TicketAnswered {
                portal,
                contact,
                ticket,
                seq,
            } => Self::TicketAnswered {
                portal: parse(&portal, "portal")?,
                contact: parse(&contact, "contact")?,
                ticket: parse(&ticket, "ticket")?,
                seq,
            },
            Intended::ByChannel {
                conversation,
                ticket,
                seq,
            } => Self::ByChannel {
                conversation: parse(&conversation, "conversation")?,
                ticket: parse(&ticket, "ticket")?,
                seq,
            },
            Intended::TicketNews {
                portal,
                contact,
                ticket,
                seq,
                what,
            } => Self::TicketNews {
                portal: parse(&portal, "portal")?,
                contact: parse(&contact, "contact")?,
                ticket: parse(&ticket, "ticket")?,
                seq,
                what: TicketNews::named(&what).ok_or(Invalid("news"))?,
            },
            Intended::AgentNews { agent } => Self::AgentNews {
                agent: parse(&agent, "agent")?,
            },
            Intended::Test {
                portal,
                of,
                to,
                asked_by,
            } => Self::Test {
                portal: portal.map(|it| parse(&it, "portal")).transpose()?,
                of: of.map(|it| editable(&it)).transpose()?,
                to: parse(&to, "address")?,
                asked_by: asked_by.map(|it| parse(&it, "agent")).transpose()?,
            },
        })
    }
}

/// The texts that a portal has in place of the built-in ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum MailTexts {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// The texts.
        texts: Vec<MailText>,
    },
}

/// A text of the first form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailText {
    /// The mail.
    pub mail: String,
    /// The language.
    pub language: String,
    /// The subject.
    pub subject: String,
    /// The rest.
    pub body: String,
}

impl From<&mail::MailTexts> for MailTexts {
    fn from(it: &mail::MailTexts) -> Self {
        let texts = it.iter().map(|(mail, language, text)| MailText {
            mail: mail.name().to_owned(),
            language: language.to_string(),
            subject: text.subject.clone(),
            body: text.body.clone(),
        });
        Self::V1 { texts: texts.collect() }
    }
}

impl TryFrom<MailTexts> for mail::MailTexts {
    type Error = Invalid;

    fn try_from(MailTexts::V1 { texts }: MailTexts) -> Result<Self, Invalid> {
        let mut made = Self::default();
        for it in texts {
            let mail = EditableMail::named(&it.mail).ok_or(Invalid("mail"))?;
            let text = mail::MailText {
                subject: it.subject,
                body: it.body,
            };
            made = made.with(mail, parse(&it.language, "language")?, Some(text));
        }
        if made.problems().is_empty() {
            Ok(made)
        } else {
            Err(Invalid("text of a mail"))
        }
    }
}
