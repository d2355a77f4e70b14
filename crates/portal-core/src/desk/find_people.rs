use super::view_desk_ticket::ViewDeskTicketError;
use crate::actor::Actor;
use crate::crm::{CompanyQuery, CompanyRow, ContactQuery, ContactRow, ContactStanding};
use crate::id::TicketNumber;
use crate::portal::{Portal, attempt};
use crate::ports::Access;
use crate::staff::StaffActor;
use crate::ticket::Ticket;

/// So many are shown of each.
const MOST: u32 = 20;
/// Whoever types less gets nobody: an agent looks for somebody, and does not leaf through everybody.
const LEAST: usize = 2;

/// Who could be put on a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPeople {
    /// The ticket.
    pub ticket: Ticket,
    /// Active contacts that are not on it.
    pub contacts: Vec<ContactRow>,
    /// Companies that are not on it.
    pub companies: Vec<CompanyRow>,
}

impl Portal {
    /// Looks for contacts and companies by name, address or domain, to put them on a ticket.
    ///
    /// # Errors
    /// See [`ViewDeskTicketError`].
    pub async fn find_people_for(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
        text: &str,
    ) -> Result<FoundPeople, ViewDeskTicketError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "find_people_for",
            self.find_people_for_once(actor, number, text.trim())
        )
    }

    async fn find_people_for_once(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
        text: &str,
    ) -> Result<FoundPeople, ViewDeskTicketError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        let task = staff.task();
        let found = tx.desk().desk_ticket(&scope, number).await?;
        let ticket = found.ok_or(ViewDeskTicketError::NotFound)?;
        let (mut contacts, mut companies) = (Vec::new(), Vec::new());
        if text.chars().count() >= LEAST {
            let query = ContactQuery {
                text: Some(text.to_owned()),
                standing: Some(ContactStanding::Active),
                limit: MOST,
                ..ContactQuery::default()
            };
            contacts = tx.crm().contacts_page(&task, &query).await?;
            contacts.retain(|it| !ticket.contacts.contains_key(&it.id));
            let query = CompanyQuery {
                text: Some(text.to_owned()),
                after: None,
                limit: MOST,
            };
            companies = tx.crm().companies_page(&task, &query).await?;
            companies.retain(|it| !ticket.companies.contains(&it.id));
        }
        Ok(FoundPeople {
            ticket,
            contacts,
            companies,
        })
    }
}
