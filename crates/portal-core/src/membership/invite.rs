use super::invitation::{Invitation, InvitationState};
use crate::id::{ContactId, InvitationId, PortalId};
use crate::mail::Mail;
use crate::ports::{Ids, StoreError, Tx};
use crate::time::Timestamp;

/// What inviting a contact came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invited {
    /// The mail waits to leave.
    Queued,
    /// There is an invitation already; nobody gets a second one without being asked for.
    Already,
    /// The contact has no membership e-mail, or is not active.
    NoAddress,
}

/// Invites a contact to a portal, unless that happened before: one invitation for each portal and contact, and one mail.
///
/// Whoever has an account gets a notice without any link that could be used. The mail leaves once the unit of work
/// committed and the portal is published, not before `not_before`.
pub(crate) async fn invite(
    tx: &mut dyn Tx,
    portal: PortalId,
    contact: ContactId,
    now: Timestamp,
    not_before: Timestamp,
    ids: &dyn Ids,
) -> Result<Invited, StoreError> {
    let before = tx.members().invitation(portal, contact).await?;
    if before.is_some_and(|it| it.state != InvitationState::Revoked || it.sent_at.is_some()) {
        return Ok(Invited::Already);
    }
    ask(tx, portal, contact, now, not_before, ids).await
}

/// Invites a contact, whatever happened before: the link of an earlier invitation is dead at once.
pub(crate) async fn reissue(
    tx: &mut dyn Tx,
    portal: PortalId,
    contact: ContactId,
    now: Timestamp,
    not_before: Timestamp,
    ids: &dyn Ids,
) -> Result<Invited, StoreError> {
    // Takes the turn at this portal and contact, as `invite` does.
    tx.members().invitation(portal, contact).await?;
    // A mail that waits for its time gives way to the one that was asked for now.
    if let Some(key) = (Mail::Invitation { portal, contact }).key() {
        tx.outbox().take_back(&key, now).await?;
    }
    ask(tx, portal, contact, now, not_before, ids).await
}

async fn ask(
    tx: &mut dyn Tx,
    portal: PortalId,
    contact: ContactId,
    now: Timestamp,
    not_before: Timestamp,
    ids: &dyn Ids,
) -> Result<Invited, StoreError> {
    let profile = tx.directory().profile(contact).await?;
    if profile.is_none_or(|it| it.email.is_none()) {
        return Ok(Invited::NoAddress);
    }
    let id = InvitationId::from_uuid(ids.next(now));
    let invitation = Invitation::queued(id, portal, contact, now);
    tx.members().put_invitation(&invitation).await?;
    super::mails::invitation(tx, portal, contact, now, not_before, ids).await?;
    Ok(Invited::Queued)
}
