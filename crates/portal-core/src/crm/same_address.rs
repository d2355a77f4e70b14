use super::lists::ContactRow;
use crate::actor::Actor;
use crate::portal::{Portal, attempt};
use crate::ports::Access;
use crate::staff::{StaffActor, StaffError};
use crate::text::EmailAddress;

/// How many contacts of one address are shown.
const EACH: u32 = 20;

/// Contacts that have the same address: perhaps one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameAddress {
    /// The address.
    pub address: EmailAddress,
    /// Whoever has it as e-mail address or membership e-mail, by name.
    pub contacts: Vec<ContactRow>,
}

impl Portal {
    /// Addresses that more than one contact has, in their order, behind the given one. Whether there are more is seen by
    /// asking for one more.
    ///
    /// # Errors
    /// If the staff user may not, or the store fails.
    pub async fn list_same_addresses(
        &self,
        actor: &StaffActor,
        after: Option<&EmailAddress>,
        limit: u32,
    ) -> Result<Vec<SameAddress>, StaffError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "list_same_addresses",
            self.list_same_addresses_once(actor, after, limit)
        )
    }

    async fn list_same_addresses_once(
        &self,
        actor: &StaffActor,
        after: Option<&EmailAddress>,
        limit: u32,
    ) -> Result<Vec<SameAddress>, StaffError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let task = self.staff_for_people(&mut *tx, actor).await?.task();
        let mut found = Vec::new();
        for address in tx.crm().shared_addresses(&task, after, limit.clamp(1, 101)).await? {
            let contacts = tx
                .crm()
                .contacts_at(&task, std::slice::from_ref(&address), EACH)
                .await?;
            found.push(SameAddress { address, contacts });
        }
        Ok(found)
    }
}
