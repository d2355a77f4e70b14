use crate::actor::Task;
use crate::crm::Contact;
use crate::membership::{AddressChange, WayInError};
use crate::ports::{StoreError, StoreErrorKind, Tx};
use crate::text::EmailAddress;

/// The contact with the other address, if they still have the one the change began with and nobody else has the other.
pub(crate) async fn readdressed(
    tx: &mut dyn Tx,
    change: &AddressChange,
    from: &EmailAddress,
    to: &EmailAddress,
) -> Result<Contact, WayInError> {
    let task = &Task::Maintenance;
    let contact = tx.directory().contact(task, change.contact).await?;
    let contact = contact
        .filter(|it| it.membership_email.as_ref() == Some(from))
        .ok_or(WayInError::Gone)?;
    let contact = Contact {
        membership_email: Some(to.clone()),
        ..contact
    };
    let taken = |err: StoreError| match err.kind() {
        StoreErrorKind::Conflict => WayInError::Gone,
        _ => WayInError::Store(err),
    };
    tx.directory().put_contact(task, &contact).await.map_err(taken)?;
    Ok(contact)
}
