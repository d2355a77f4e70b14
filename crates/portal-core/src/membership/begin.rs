use super::session::{Secret, Session};
use super::sign_in::{MAX_DEVICE, MAX_SESSIONS, SignedIn};
use crate::id::{ContactId, SessionId};
use crate::portal::Portal;
use crate::ports::{StoreError, Tx};
use crate::settings::CustomerPortal;
use crate::time::Timestamp;

/// A description of a browser as it is kept.
pub(super) fn described(device: &str) -> String {
    device.chars().filter(|it| !it.is_control()).take(MAX_DEVICE).collect()
}

impl Portal {
    /// Begins a session of somebody who proved who they are.
    pub(super) async fn begin(
        &self,
        tx: &mut dyn Tx,
        site: &CustomerPortal,
        contact: ContactId,
        device: &str,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<SignedIn, StoreError> {
        let session = Session {
            id: SessionId::from_uuid(self.ids.next(now)),
            contact,
            host: site.host.as_str().to_owned(),
            secret: secret.hash(),
            device: described(device),
            created_at: now,
            seen_at: now,
            idle_until: now.plus(site.sessions.idle),
            ends_at: now.plus(site.sessions.absolute),
        };
        tx.accounts().add_session(&session, MAX_SESSIONS).await?;
        Ok(SignedIn {
            contact,
            session: session.id,
            secret: secret.clone(),
            ends_at: session.ends_at,
            mark: self.mark_device(contact, session.id, now),
        })
    }
}
