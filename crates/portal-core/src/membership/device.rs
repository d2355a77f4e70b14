use std::fmt;
use std::time::Duration;

use uuid::Uuid;

use crate::id::{ContactId, SessionId};
use crate::portal::Portal;
use crate::ports::{StoreError, Tx};
use crate::time::Timestamp;

/// What the installation's key is used for here.
const PURPOSE: &str = "known device";
/// How long a device is known.
const LASTS: Duration = Duration::from_hours(365 * 24);
/// Whose it is, when it was given, and by which session.
const BYTES: usize = 16 + 8 + 16;

/// What a browser keeps after somebody signed in with it, so that it is known again: sealed by the installation's key. It lets
/// nobody in. All it does is that a right password still counts on it while somebody else guesses from elsewhere.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceMark(Vec<u8>);

impl DeviceMark {
    /// What a request brought, if it can be one.
    #[must_use]
    pub fn presented(text: &str) -> Option<Self> {
        let plain = text.len().is_multiple_of(2) && text.len() <= 512 && text.bytes().all(|it| it.is_ascii_hexdigit());
        if !plain || text.is_empty() {
            return None;
        }
        let byte = |it: &[u8]| {
            let text = std::str::from_utf8(it).ok()?;
            u8::from_str_radix(text, 16).ok()
        };
        text.as_bytes()
            .chunks(2)
            .map(byte)
            .collect::<Option<Vec<u8>>>()
            .map(Self)
    }

    /// The text for the cookie.
    #[must_use]
    pub fn expose(&self) -> String {
        self.0.iter().fold(String::new(), |text, it| format!("{text}{it:02x}"))
    }
}

impl fmt::Debug for DeviceMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceMark")
    }
}

/// A device that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Device {
    pub(super) contact: ContactId,
    since: Timestamp,
    pub(super) id: Uuid,
}

impl Portal {
    /// The mark of the device on which a session began; none where there is no key to seal it with.
    pub(super) fn mark_device(&self, contact: ContactId, session: SessionId, now: Timestamp) -> Option<DeviceMark> {
        let mut bytes = Vec::with_capacity(BYTES);
        bytes.extend(contact.uuid().as_bytes());
        bytes.extend(now.micros().to_be_bytes());
        bytes.extend(session.uuid().as_bytes());
        self.vault.seal(PURPOSE, &bytes).ok().map(DeviceMark)
    }

    /// The device behind a mark, if it was made here and is not too old.
    pub(super) fn device_of(&self, mark: &DeviceMark, now: Timestamp) -> Option<Device> {
        let bytes = self.vault.open(PURPOSE, &mark.0).ok()?;
        let (contact, rest) = bytes.split_at_checked(16)?;
        let (since, id) = rest.split_at_checked(8)?;
        let device = Device {
            contact: ContactId::from_uuid(Uuid::from_slice(contact).ok()?),
            since: Timestamp::from_micros(i64::from_be_bytes(since.try_into().ok()?)),
            id: Uuid::from_slice(id).ok()?,
        };
        (now.since(device.since) < LASTS).then_some(device)
    }
}

impl Device {
    /// Whether it is still one of the contact's, who may have signed out everywhere since.
    pub(super) async fn is_known(&self, tx: &mut dyn Tx, contact: ContactId) -> Result<bool, StoreError> {
        if self.contact != contact {
            return Ok(false);
        }
        let forgotten = tx.accounts().devices_forgotten(contact).await?;
        Ok(forgotten.is_none_or(|it| self.since > it))
    }
}
