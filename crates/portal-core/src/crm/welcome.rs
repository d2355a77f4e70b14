use super::lists::Guest;
use super::people::{Contact, ContactStanding};
use super::policy::Policy;
use crate::access::AccessRule;
use crate::members::CANCEL_WINDOW;
use crate::membership::invite;
use crate::portal::Portal;
use crate::ports::{StoreError, Tx};

impl Portal {
    /// Invites a contact to the portals that let them in from now on and did not before, where mails go to those who come
    /// later too. There is time to take that back; nobody is invited twice.
    pub(super) async fn welcomed(
        &self,
        tx: &mut dyn Tx,
        policy: &Policy,
        before: Option<&Contact>,
        after: &Contact,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        if after.standing != ContactStanding::Active || after.membership_email.is_none() {
            return Ok(());
        }
        for portal in policy.portals.values() {
            let AccessRule::Groups(named) = &portal.access else {
                continue;
            };
            let inside = |contact: &Contact| {
                let guest = Guest {
                    contact: contact.clone(),
                    registered: false,
                };
                let entrant = policy.entrant(portal, &guest);
                entrant.active && named.iter().any(|it| entrant.is_member(*it))
            };
            let wanted = portal.published && portal.send_registration_mails;
            if wanted && inside(after) && !before.is_some_and(inside) {
                let not_before = now.plus(CANCEL_WINDOW);
                invite(tx, portal.id, after.id, now, not_before, &*self.ids).await?;
            }
        }
        Ok(())
    }
}
