use super::lists::{CompanyQuery, CompanyRow, ContactQuery, ContactRow};
use crate::actor::Actor;
use crate::portal::{Portal, attempt};
use crate::ports::Access;
use crate::staff::{StaffActor, StaffError};

/// The most rows of a page.
const MOST: u32 = 100;

impl Portal {
    /// A page of contacts, for staff. Whether there are more is seen by asking for one more.
    ///
    /// # Errors
    /// If the staff user may not, or the store fails.
    pub async fn list_contacts(&self, actor: &StaffActor, query: &ContactQuery) -> Result<Vec<ContactRow>, StaffError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "list_contacts",
            self.list_contacts_once(actor, query)
        )
    }

    async fn list_contacts_once(
        &self,
        actor: &StaffActor,
        query: &ContactQuery,
    ) -> Result<Vec<ContactRow>, StaffError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.staff_for_people(&mut *tx, actor).await?;
        let query = ContactQuery {
            text: wanted(query.text.as_deref()),
            limit: query.limit.clamp(1, MOST + 1),
            ..query.clone()
        };
        Ok(tx.crm().contacts_page(&staff.task(), &query).await?)
    }

    /// A page of companies, for staff.
    ///
    /// # Errors
    /// If the staff user may not, or the store fails.
    pub async fn list_companies(
        &self,
        actor: &StaffActor,
        query: &CompanyQuery,
    ) -> Result<Vec<CompanyRow>, StaffError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "list_companies",
            self.list_companies_once(actor, query)
        )
    }

    async fn list_companies_once(
        &self,
        actor: &StaffActor,
        query: &CompanyQuery,
    ) -> Result<Vec<CompanyRow>, StaffError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.staff_for_people(&mut *tx, actor).await?;
        let query = CompanyQuery {
            text: wanted(query.text.as_deref()),
            limit: query.limit.clamp(1, MOST + 1),
            ..query.clone()
        };
        Ok(tx.crm().companies_page(&staff.task(), &query).await?)
    }
}

/// What is searched for, if anything; never more than 200 characters.
fn wanted(text: Option<&str>) -> Option<String> {
    let text: String = text?.trim().chars().take(200).collect();
    Some(text).filter(|it| !it.is_empty())
}
