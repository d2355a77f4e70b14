use portal_core::access::Principal;
use portal_core::id::TicketNumber;
use portal_core::ports;
use portal_core::ticket::Version;
use serde::{Deserialize, Serialize};

use crate::{Invalid, parse};

/// The news that a ticket changed, on its way from one server to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum Hint {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// The portal.
        portal: String,
        /// The ticket.
        number: i64,
        /// Its version.
        version: i64,
        /// The contacts who read it.
        contacts: Vec<String>,
        /// The companies that read it.
        companies: Vec<String>,
    },
}

impl From<&ports::Hint> for Hint {
    fn from(it: &ports::Hint) -> Self {
        let mut contacts = Vec::new();
        let mut companies = Vec::new();
        for reader in &it.readers {
            match reader {
                Principal::Contact(id) => contacts.push(id.to_string()),
                Principal::Company(id) => companies.push(id.to_string()),
            }
        }
        Self::V1 {
            portal: it.portal.to_string(),
            number: it.number.get(),
            version: it.version.0,
            contacts,
            companies,
        }
    }
}

impl TryFrom<Hint> for ports::Hint {
    type Error = Invalid;

    fn try_from(
        Hint::V1 {
            portal,
            number,
            version,
            contacts,
            companies,
        }: Hint,
    ) -> Result<Self, Invalid> {
        let contacts = contacts.iter().map(|it| parse(it, "contact").map(Principal::Contact));
        let companies = companies.iter().map(|it| parse(it, "company").map(Principal::Company));
        Ok(Self {
            portal: parse(&portal, "portal")?,
            number: TicketNumber::new(number).ok_or(Invalid("ticket number"))?,
            version: Version(version),
            readers: contacts.chain(companies).collect::<Result<_, _>>()?,
        })
    }
}
