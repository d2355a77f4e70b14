//! Somebody of the staff who is signed in.

use std::collections::BTreeSet;

use portal_core::actor::Task;
use portal_core::id::{AgentId, StaffSessionId, Uuid};
use portal_core::membership::Secret;
use portal_core::ports::{Access, Clock, Store};
use portal_core::staff::{InboxAccess, Permission, StaffSession, StaffSessionStage, StaffStanding, StaffUser};

use crate::world::{Browser, World};

impl World {
    /// A browser in which somebody of the staff with these permissions signed in.
    pub(crate) async fn office(&self, name: &str, permissions: &[Permission]) -> Browser<'_> {
        let number = name.bytes().fold(0_u128, |sum, it| (sum << 8) | u128::from(it));
        let agent = AgentId::from_uuid(Uuid::from_u128(number));
        let now = self.clock.now();
        let user = StaffUser {
            id: agent,
            name: name.parse().unwrap(),
            email: format!("{}@acme.example", name.to_lowercase()).parse().unwrap(),
            permissions: permissions.iter().copied().collect::<BTreeSet<_>>(),
            inboxes: InboxAccess::All,
            standing: StaffStanding::Active,
            language: None,
            time_zone: None,
            created_at: now,
        };
        let mut bytes = [7; 32];
        bytes[..16].copy_from_slice(&number.to_be_bytes());
        let secret = Secret::from_bytes("desk", &bytes);
        let session = StaffSession {
            id: StaffSessionId::from_uuid(Uuid::from_u128(number)),
            agent,
            secret: secret.hash(),
            stage: StaffSessionStage::Complete,
            enrolling: None,
            device: "a test".to_owned(),
            created_at: now,
            seen_at: now,
            proven_at: now,
            idle_until: now.plus(StaffSession::IDLE),
            ends_at: now.plus(StaffSession::ABSOLUTE),
        };
        let mut tx = self.store.begin(Access::Write).await.unwrap();
        tx.staffing().put_staff_user(&Task::CommandLine, &user).await.unwrap();
        tx.staffing().add_staff_session(&session, 10).await.unwrap();
        tx.commit().await.unwrap();
        self.calls.take();
        let mut browser = self.browser();
        browser
            .cookies
            .insert("__Host-desk".to_owned(), secret.expose().to_owned());
        browser
    }
}
