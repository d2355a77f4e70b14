use async_trait::async_trait;

use super::error::StoreError;
use crate::access::AccessRule;
use crate::actor::Task;
use crate::id::{AddressChangeId, ChallengeId, CompanyId, ContactId, PortalId, RegistrationId};
use crate::membership::{
    AddressChange, Challenge, ChallengePurpose, ConsentProof, Invitation, KnownContact, Member, MemberCounts,
    MemberQuery, Registration, RegistrationState, SecretHash,
};
use crate::text::EmailAddress;
use crate::time::Timestamp;

/// How contacts become members: invitations, registrations, mailed codes and links, proofs of consent.
///
/// What is used once is used by a method that begins with `use_`: of many who call it at the same moment, one is told that
/// it was theirs.
#[async_trait]
pub trait Members: Send {
    // ---- invitations ----

    /// The invitation of a contact to a portal. In a `Write` the pair MUST be locked until the end of the unit of work,
    /// also if there is none yet.
    async fn invitation(&mut self, portal: PortalId, contact: ContactId) -> Result<Option<Invitation>, StoreError>;

    /// The invitation whose link has this secret.
    async fn invitation_of_link(&mut self, token: &SecretHash) -> Result<Option<Invitation>, StoreError>;

    /// Adds an invitation, or puts it in the place of the one of its portal and contact, whatever that one's id.
    async fn put_invitation(&mut self, invitation: &Invitation) -> Result<(), StoreError>;

    /// Marks a sent invitation accepted, if its link has this secret and has not expired. MUST be true for one of many.
    async fn use_invitation(&mut self, token: &SecretHash, now: Timestamp) -> Result<bool, StoreError>;

    // ---- mailed links and codes ----

    /// Adds a challenge.
    async fn add_challenge(&mut self, challenge: &Challenge) -> Result<(), StoreError>;

    /// A challenge.
    async fn challenge(&mut self, id: ChallengeId) -> Result<Option<Challenge>, StoreError>;

    /// The challenge whose link has this secret.
    async fn challenge_of_link(&mut self, token: &SecretHash) -> Result<Option<Challenge>, StoreError>;

    /// The newest challenge of a browser for a purpose, used or not.
    async fn challenge_of_browser(
        &mut self,
        browser: &SecretHash,
        purpose: ChallengePurpose,
    ) -> Result<Option<Challenge>, StoreError>;

    /// Notes for whom the mail of a challenge was made, its secrets, and how long they count. MUST NOT change one that was
    /// used.
    async fn arm_challenge(&mut self, challenge: &Challenge) -> Result<(), StoreError>;

    /// Counts a guess of a code. MUST be true for `max` of many.
    async fn count_guess(&mut self, id: ChallengeId, max: u32) -> Result<bool, StoreError>;

    /// Marks a challenge used, if it is open. MUST be true for one of many.
    async fn use_challenge(&mut self, id: ChallengeId, now: Timestamp) -> Result<bool, StoreError>;

    /// Ends the challenges of a contact for a purpose, or for all, but one if told so.
    async fn end_challenges(
        &mut self,
        contact: ContactId,
        purpose: Option<ChallengePurpose>,
        but: Option<ChallengeId>,
    ) -> Result<(), StoreError>;

    // ---- registrations ----

    /// Adds or replaces a registration.
    async fn put_registration(&mut self, registration: &Registration) -> Result<(), StoreError>;

    /// A registration.
    async fn registration(&mut self, id: RegistrationId) -> Result<Option<Registration>, StoreError>;

    /// The registration whose link has this secret.
    async fn registration_of_link(&mut self, token: &SecretHash) -> Result<Option<Registration>, StoreError>;

    /// Moves a registration on, if it is in the state `from`. MUST be true for one of many.
    async fn use_registration(
        &mut self,
        id: RegistrationId,
        from: RegistrationState,
        to: RegistrationState,
    ) -> Result<bool, StoreError>;

    /// The registrations of a portal in a state, oldest first, at most `limit`.
    async fn registrations(
        &mut self,
        task: &Task,
        portal: PortalId,
        state: RegistrationState,
        limit: u32,
    ) -> Result<Vec<Registration>, StoreError>;

    /// The contacts with this address as membership e-mail, or as their own e-mail without having a membership e-mail,
    /// whatever their standing, by ascending id, at most 10.
    async fn known_contacts(&mut self, address: &EmailAddress) -> Result<Vec<KnownContact>, StoreError>;

    /// The companies whose domain is exactly this one, whatever the case of ASCII letters, by ascending id, at most 10.
    async fn companies_of_domain(&mut self, domain: &str) -> Result<Vec<CompanyId>, StoreError>;

    // ---- changes of address ----

    /// Adds or replaces a change of address.
    async fn put_address_change(&mut self, change: &AddressChange) -> Result<(), StoreError>;

    /// A change of address.
    async fn address_change(&mut self, id: AddressChangeId) -> Result<Option<AddressChange>, StoreError>;

    /// The change of address whose mail to the new address has this secret.
    async fn address_change_to_confirm(&mut self, token: &SecretHash) -> Result<Option<AddressChange>, StoreError>;

    /// The change of address whose mail to the old address has this secret.
    async fn address_change_to_revert(&mut self, token: &SecretHash) -> Result<Option<AddressChange>, StoreError>;

    /// The change of address of a contact that waits for its confirmation.
    async fn waiting_address_change(&mut self, contact: ContactId) -> Result<Option<AddressChange>, StoreError>;

    /// Marks a waiting change confirmed, if it still can be. MUST be true for one of many.
    async fn use_address_change(
        &mut self,
        id: AddressChangeId,
        now: Timestamp,
        revert_until: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Marks a confirmed change reverted, if it still can be. MUST be true for one of many.
    async fn use_address_revert(&mut self, id: AddressChangeId, now: Timestamp) -> Result<bool, StoreError>;

    /// Cancels the waiting changes of a contact.
    async fn cancel_address_changes(&mut self, contact: ContactId) -> Result<(), StoreError>;

    // ---- consent ----

    /// Adds a proof of consent. Proving the same version twice is fine; the first proof stays.
    async fn add_consent(&mut self, proof: &ConsentProof) -> Result<(), StoreError>;

    /// The proof of the newest version of a portal's consent notice that a contact accepted.
    async fn consent(&mut self, portal: PortalId, contact: ContactId) -> Result<Option<ConsentProof>, StoreError>;

    // ---- the list of members ----

    /// The active contacts that an access rule lets into a portal, or would once they have an account, by ascending name
    /// (bytes of UTF-8) and id.
    ///
    /// With groups those are the members of the groups, as they are stored; with self-registration those who have an
    /// account or were invited.
    async fn members(
        &mut self,
        task: &Task,
        portal: PortalId,
        access: &AccessRule,
        query: &MemberQuery,
        now: Timestamp,
    ) -> Result<Vec<Member>, StoreError>;

    /// How many of them have each status.
    async fn member_counts(
        &mut self,
        task: &Task,
        portal: PortalId,
        access: &AccessRule,
        now: Timestamp,
    ) -> Result<MemberCounts, StoreError>;

    // ---- keeping house ----

    /// Removes challenges that expired before the instant, unproven registrations likewise, and changes of address that can
    /// be neither confirmed nor reverted since then; at most `limit` of each. How many.
    async fn sweep_members(&mut self, task: &Task, before: Timestamp, limit: u32) -> Result<u64, StoreError>;

    /// Ends all bearer tokens of a contact.
    async fn end_tokens(&mut self, contact: ContactId) -> Result<(), StoreError>;
}
