use crate::id::{AgentId, CannedReplyId, InboxId};
use crate::mail::MailTextFault;
use crate::text::{Line, Locale};

/// A text that is written again and again, kept under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CannedReply {
    /// Its id.
    pub id: CannedReplyId,
    /// Who made it.
    pub owner: AgentId,
    /// Whether all colleagues have it too.
    pub shared: bool,
    /// Only for tickets of this inbox.
    pub inbox: Option<InboxId>,
    /// The language it is in.
    pub language: Option<Locale>,
    /// Its name.
    pub name: Line,
    /// The text, in light Markdown, with placeholders.
    pub text: String,
}

/// What stands in a canned reply in braces, `{contact_name}`, and is filled in when it is inserted. There are no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CannedPlaceholder {
    /// The name of whoever asked.
    ContactName,
    /// The number of the ticket, with its sign.
    TicketNumber,
    /// The subject of the ticket.
    TicketSubject,
    /// The name of whoever inserts it, as customers know it.
    AgentName,
    /// The name of the portal.
    PortalName,
    /// The company of whoever asked.
    CompanyName,
}

impl CannedPlaceholder {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::ContactName,
        Self::TicketNumber,
        Self::TicketSubject,
        Self::AgentName,
        Self::PortalName,
        Self::CompanyName,
    ];

    /// What stands between the braces.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ContactName => "contact_name",
            Self::TicketNumber => "ticket_number",
            Self::TicketSubject => "ticket_subject",
            Self::AgentName => "agent_name",
            Self::PortalName => "portal_name",
            Self::CompanyName => "company_name",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// Fills a text in; what has no value is left out.
///
/// # Errors
/// If a brace belongs to nothing, or there is no such placeholder.
pub fn fill(text: &str, value: impl Fn(CannedPlaceholder) -> String) -> Result<String, MailTextFault> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(place) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(place);
        let inner = from.strip_prefix('{').ok_or(MailTextFault::Brace)?;
        let (name, after) = inner.split_once('}').ok_or(MailTextFault::Brace)?;
        if name.contains('{') {
            return Err(MailTextFault::Brace);
        }
        let unknown = || MailTextFault::Unknown(name.chars().take(40).collect());
        filled.push_str(before);
        filled.push_str(&value(CannedPlaceholder::named(name).ok_or_else(unknown)?));
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_closed_set_is_filled_in() {
        let value = |it: CannedPlaceholder| it.name().to_uppercase();
        assert_eq!(
            fill("Hello {contact_name}, about {ticket_number}.", value).unwrap(),
            "Hello CONTACT_NAME, about TICKET_NUMBER."
        );
        assert_eq!(fill("", value).unwrap(), "");
        for wrong in [
            "{",
            "}",
            "{contact_name",
            "{{agent_name}}",
            "{ agent_name }",
            "{password}",
        ] {
            assert!(fill(wrong, value).is_err(), "{wrong}");
        }
        // What is filled in is not looked at again.
        assert_eq!(fill("{agent_name}", |_| "{link}".to_owned()).unwrap(), "{link}");
    }
}
