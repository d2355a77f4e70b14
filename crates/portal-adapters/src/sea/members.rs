use async_trait::async_trait;
use portal_core::access::AccessRule;
use portal_core::actor::Task;
use portal_core::id::{AddressChangeId, ChallengeId, CompanyId, ContactId, PortalId, RegistrationId};
use portal_core::membership::{
    AddressChange, Challenge, ChallengePurpose, ConsentProof, Invitation, KnownContact, Member, MemberCounts,
    MemberQuery, Registration, RegistrationState, SecretHash,
};
use portal_core::ports::{Members, StoreError};
use portal_core::text::EmailAddress;
use portal_core::time::Timestamp;

use super::tx::SeaTx;

mod address_changes;
mod challenges;
mod consents;
mod invitations;
mod known;
mod list;
mod registrations;
mod sweep;

#[async_trait]
impl Members for SeaTx {
    async fn invitation(&mut self, portal: PortalId, contact: ContactId) -> Result<Option<Invitation>, StoreError> {
        invitations::of(self, portal, contact).await
    }

    async fn invitation_of_link(&mut self, token: &SecretHash) -> Result<Option<Invitation>, StoreError> {
        invitations::of_link(self, token).await
    }

    async fn put_invitation(&mut self, invitation: &Invitation) -> Result<(), StoreError> {
        invitations::put(self, invitation).await
    }

    async fn use_invitation(&mut self, token: &SecretHash, now: Timestamp) -> Result<bool, StoreError> {
        invitations::accept(self, token, now).await
    }

    async fn add_challenge(&mut self, challenge: &Challenge) -> Result<(), StoreError> {
        challenges::add(self, challenge).await
    }

    async fn challenge(&mut self, id: ChallengeId) -> Result<Option<Challenge>, StoreError> {
        challenges::challenge(self, id).await
    }

    async fn challenge_of_link(&mut self, token: &SecretHash) -> Result<Option<Challenge>, StoreError> {
        challenges::of_link(self, token).await
    }

    async fn challenge_of_browser(
        &mut self,
        browser: &SecretHash,
        purpose: ChallengePurpose,
    ) -> Result<Option<Challenge>, StoreError> {
        challenges::of_browser(self, browser, purpose).await
    }

    async fn arm_challenge(&mut self, challenge: &Challenge) -> Result<(), StoreError> {
        challenges::arm(self, challenge).await
    }

    async fn count_guess(&mut self, id: ChallengeId, max: u32) -> Result<bool, StoreError> {
        challenges::count_guess(self, id, max).await
    }

    async fn use_challenge(&mut self, id: ChallengeId, now: Timestamp) -> Result<bool, StoreError> {
        challenges::spend(self, id, now).await
    }

    async fn end_challenges(
        &mut self,
        contact: ContactId,
        purpose: Option<ChallengePurpose>,
        but: Option<ChallengeId>,
    ) -> Result<(), StoreError> {
        challenges::end(self, contact, purpose, but).await
    }

    async fn put_registration(&mut self, registration: &Registration) -> Result<(), StoreError> {
        registrations::put(self, registration).await
    }

    async fn registration(&mut self, id: RegistrationId) -> Result<Option<Registration>, StoreError> {
        registrations::registration(self, id).await
    }

    async fn registration_of_link(&mut self, token: &SecretHash) -> Result<Option<Registration>, StoreError> {
        registrations::of_link(self, token).await
    }

    async fn use_registration(
        &mut self,
        id: RegistrationId,
        from: RegistrationState,
        to: RegistrationState,
    ) -> Result<bool, StoreError> {
        registrations::advance(self, id, from, to).await
    }

    async fn registrations(
        &mut self,
        _: &Task,
        portal: PortalId,
        state: RegistrationState,
        limit: u32,
    ) -> Result<Vec<Registration>, StoreError> {
        registrations::of_portal(self, portal, state, limit).await
    }

    async fn known_contacts(&mut self, address: &EmailAddress) -> Result<Vec<KnownContact>, StoreError> {
        known::contacts(self, address).await
    }

    async fn companies_of_domain(&mut self, domain: &str) -> Result<Vec<CompanyId>, StoreError> {
        known::companies(self, domain).await
    }

    async fn put_address_change(&mut self, change: &AddressChange) -> Result<(), StoreError> {
        address_changes::put(self, change).await
    }

    async fn address_change(&mut self, id: AddressChangeId) -> Result<Option<AddressChange>, StoreError> {
        address_changes::change(self, id).await
    }

    async fn address_change_to_confirm(&mut self, token: &SecretHash) -> Result<Option<AddressChange>, StoreError> {
        address_changes::by(self, "confirm", token).await
    }

    async fn address_change_to_revert(&mut self, token: &SecretHash) -> Result<Option<AddressChange>, StoreError> {
        address_changes::by(self, "revert", token).await
    }

    async fn waiting_address_change(&mut self, contact: ContactId) -> Result<Option<AddressChange>, StoreError> {
        address_changes::waiting(self, contact).await
    }

    async fn use_address_change(
        &mut self,
        id: AddressChangeId,
        now: Timestamp,
        revert_until: Timestamp,
    ) -> Result<bool, StoreError> {
        address_changes::confirm(self, id, now, revert_until).await
    }

    async fn use_address_revert(&mut self, id: AddressChangeId, now: Timestamp) -> Result<bool, StoreError> {
        address_changes::revert(self, id, now).await
    }

    async fn cancel_address_changes(&mut self, contact: ContactId) -> Result<(), StoreError> {
        address_changes::cancel(self, contact).await
    }

    async fn add_consent(&mut self, proof: &ConsentProof) -> Result<(), StoreError> {
        consents::add(self, proof).await
    }

    async fn consent(&mut self, portal: PortalId, contact: ContactId) -> Result<Option<ConsentProof>, StoreError> {
        consents::newest(self, portal, contact).await
    }

    async fn members(
        &mut self,
        _: &Task,
        portal: PortalId,
        access: &AccessRule,
        query: &MemberQuery,
        now: Timestamp,
    ) -> Result<Vec<Member>, StoreError> {
        list::members(self, portal, access, query, now).await
    }

    async fn member_counts(
        &mut self,
        _: &Task,
        portal: PortalId,
        access: &AccessRule,
        now: Timestamp,
    ) -> Result<MemberCounts, StoreError> {
        list::counts(self, portal, access, now).await
    }

    async fn sweep_members(&mut self, _: &Task, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        sweep::sweep(self, before, limit).await
    }

    async fn end_tokens(&mut self, contact: ContactId) -> Result<(), StoreError> {
        sweep::end_tokens(self, contact).await
    }
}
