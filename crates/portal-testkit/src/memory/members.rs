use std::collections::BTreeMap;

use async_trait::async_trait;
use portal_core::access::AccessRule;
use portal_core::actor::Task;
use portal_core::crm::{Contact, ContactStanding};
use portal_core::id::{AddressChangeId, ChallengeId, CompanyId, ContactId, PortalId, RegistrationId};
use portal_core::membership::{
    AddressChange, AddressChangeState, Challenge, ChallengePurpose, ConsentProof, Invitation, InvitationState,
    KnownContact, Member, MemberCounts, MemberQuery, Registration, RegistrationState, SecretHash,
};
use portal_core::ports::{Members, StoreError};
use portal_core::text::EmailAddress;
use portal_core::time::Timestamp;

use super::state::State;
use super::{MemoryTx, conflict};

/// What getting in leaves behind.
#[derive(Clone, Default)]
pub(super) struct Membership {
    invitations: BTreeMap<(PortalId, ContactId), Invitation>,
    challenges: BTreeMap<ChallengeId, Challenge>,
    registrations: BTreeMap<RegistrationId, Registration>,
    changes: BTreeMap<AddressChangeId, AddressChange>,
    consents: BTreeMap<(PortalId, ContactId, u32), ConsentProof>,
}

impl Membership {
    /// Forgets everything of a contact but proofs of consent.
    pub(super) fn erase(&mut self, contact: ContactId, addresses: &[EmailAddress]) {
        self.invitations.retain(|(_, of), _| *of != contact);
        self.challenges
            .retain(|_, it| it.contact != Some(contact) && !addresses.contains(&it.address));
        self.registrations
            .retain(|_, it| it.contact != Some(contact) && !addresses.contains(&it.address));
        self.changes.retain(|_, it| it.contact != contact);
    }

    /// Forgets everything that members have of a portal.
    pub(super) fn forget(&mut self, portal: PortalId) {
        self.invitations.retain(|(of, _), _| *of != portal);
        self.challenges.retain(|_, it| it.portal != portal);
        self.registrations.retain(|_, it| it.portal != portal);
        self.changes.retain(|_, it| it.portal != portal);
        self.consents.retain(|(of, _, _), _| *of != portal);
    }
}

const MOST_KNOWN: usize = 10;

#[async_trait]
impl Members for MemoryTx {
    async fn invitation(&mut self, portal: PortalId, contact: ContactId) -> Result<Option<Invitation>, StoreError> {
        Ok(self.state.membership.invitations.get(&(portal, contact)).cloned())
    }

    async fn invitation_of_link(&mut self, token: &SecretHash) -> Result<Option<Invitation>, StoreError> {
        let invitations = &self.state.membership.invitations;
        Ok(invitations
            .values()
            .find(|it| it.token.as_ref() == Some(token))
            .cloned())
    }

    async fn put_invitation(&mut self, invitation: &Invitation) -> Result<(), StoreError> {
        let key = (invitation.portal, invitation.contact);
        self.changed()?.membership.invitations.insert(key, invitation.clone());
        Ok(())
    }

    async fn use_invitation(&mut self, token: &SecretHash, now: Timestamp) -> Result<bool, StoreError> {
        let mut invitations = self.changed()?.membership.invitations.values_mut();
        let found = invitations
            .find(|it| it.token.as_ref() == Some(token) && it.state == InvitationState::Sent && !it.has_expired(now));
        Ok(found
            .map(|it| {
                it.state = InvitationState::Accepted;
                it.ended_at = Some(now);
            })
            .is_some())
    }

    async fn add_challenge(&mut self, challenge: &Challenge) -> Result<(), StoreError> {
        let challenges = &mut self.changed()?.membership.challenges;
        if challenges.contains_key(&challenge.id) {
            return Err(conflict());
        }
        challenges.insert(challenge.id, challenge.clone());
        Ok(())
    }

    async fn challenge(&mut self, id: ChallengeId) -> Result<Option<Challenge>, StoreError> {
        Ok(self.state.membership.challenges.get(&id).cloned())
    }

    async fn challenge_of_link(&mut self, token: &SecretHash) -> Result<Option<Challenge>, StoreError> {
        let challenges = &self.state.membership.challenges;
        Ok(challenges.values().find(|it| it.token.as_ref() == Some(token)).cloned())
    }

    async fn challenge_of_browser(
        &mut self,
        browser: &SecretHash,
        purpose: ChallengePurpose,
    ) -> Result<Option<Challenge>, StoreError> {
        let challenges = self.state.membership.challenges.values();
        let own = challenges.filter(|it| it.browser.as_ref() == Some(browser) && it.purpose == purpose);
        Ok(own.max_by_key(|it| (it.asked_at, it.id)).cloned())
    }

    async fn arm_challenge(&mut self, challenge: &Challenge) -> Result<(), StoreError> {
        let challenges = &mut self.changed()?.membership.challenges;
        if let Some(it) = challenges.get_mut(&challenge.id).filter(|it| it.used_at.is_none()) {
            it.contact = challenge.contact;
            it.token = challenge.token;
            it.code = challenge.code;
            it.expires_at = challenge.expires_at;
        }
        Ok(())
    }

    async fn count_guess(&mut self, id: ChallengeId, max: u32) -> Result<bool, StoreError> {
        let challenges = &mut self.changed()?.membership.challenges;
        let found = challenges.get_mut(&id).filter(|it| it.tries < max);
        Ok(found.map(|it| it.tries += 1).is_some())
    }

    async fn use_challenge(&mut self, id: ChallengeId, now: Timestamp) -> Result<bool, StoreError> {
        let challenges = &mut self.changed()?.membership.challenges;
        let found = challenges.get_mut(&id).filter(|it| it.is_open(now));
        Ok(found.map(|it| it.used_at = Some(now)).is_some())
    }

    async fn end_challenges(
        &mut self,
        contact: ContactId,
        purpose: Option<ChallengePurpose>,
        but: Option<ChallengeId>,
    ) -> Result<(), StoreError> {
        let ended = |it: &Challenge| {
            it.contact == Some(contact) && purpose.is_none_or(|wanted| it.purpose == wanted) && Some(it.id) != but
        };
        self.changed()?.membership.challenges.retain(|_, it| !ended(it));
        Ok(())
    }

    async fn put_registration(&mut self, registration: &Registration) -> Result<(), StoreError> {
        let registrations = &mut self.changed()?.membership.registrations;
        registrations.insert(registration.id, registration.clone());
        Ok(())
    }

    async fn registration(&mut self, id: RegistrationId) -> Result<Option<Registration>, StoreError> {
        Ok(self.state.membership.registrations.get(&id).cloned())
    }

    async fn registration_of_link(&mut self, token: &SecretHash) -> Result<Option<Registration>, StoreError> {
        let registrations = &self.state.membership.registrations;
        Ok(registrations
            .values()
            .find(|it| it.token.as_ref() == Some(token))
            .cloned())
    }

    async fn use_registration(
        &mut self,
        id: RegistrationId,
        from: RegistrationState,
        to: RegistrationState,
    ) -> Result<bool, StoreError> {
        let registrations = &mut self.changed()?.membership.registrations;
        let found = registrations.get_mut(&id).filter(|it| it.state == from);
        Ok(found.map(|it| it.state = to).is_some())
    }

    async fn registrations(
        &mut self,
        _: &Task,
        portal: PortalId,
        state: RegistrationState,
        limit: u32,
    ) -> Result<Vec<Registration>, StoreError> {
        let all = self.state.membership.registrations.values();
        let mut found: Vec<Registration> = all
            .filter(|it| it.portal == portal && it.state == state)
            .cloned()
            .collect();
        found.sort_by_key(|it| (it.asked_at, it.id));
        found.truncate(limit as usize);
        Ok(found)
    }

    async fn known_contacts(&mut self, address: &EmailAddress) -> Result<Vec<KnownContact>, StoreError> {
        let state = &self.state;
        let known = |it: &&Contact| match &it.membership_email {
            Some(own) => own == address,
            None => it.email.as_ref() == Some(address),
        };
        let found = state.contacts.values().filter(known).take(MOST_KNOWN);
        Ok(found
            .map(|it| KnownContact {
                contact: it.id,
                standing: it.standing,
                registered: state.accounts.contains_key(&it.id),
                by_membership: it.membership_email.is_some(),
            })
            .collect())
    }

    async fn companies_of_domain(&mut self, domain: &str) -> Result<Vec<CompanyId>, StoreError> {
        let companies = self.state.companies.values();
        let found = companies.filter(|it| {
            it.domain
                .as_ref()
                .is_some_and(|own| own.as_str().eq_ignore_ascii_case(domain))
        });
        Ok(found.map(|it| it.id).take(MOST_KNOWN).collect())
    }

    async fn put_address_change(&mut self, change: &AddressChange) -> Result<(), StoreError> {
        self.changed()?.membership.changes.insert(change.id, change.clone());
        Ok(())
    }

    async fn address_change(&mut self, id: AddressChangeId) -> Result<Option<AddressChange>, StoreError> {
        Ok(self.state.membership.changes.get(&id).cloned())
    }

    async fn address_change_to_confirm(&mut self, token: &SecretHash) -> Result<Option<AddressChange>, StoreError> {
        let changes = &self.state.membership.changes;
        Ok(changes.values().find(|it| it.confirm.as_ref() == Some(token)).cloned())
    }

    async fn address_change_to_revert(&mut self, token: &SecretHash) -> Result<Option<AddressChange>, StoreError> {
        let changes = &self.state.membership.changes;
        Ok(changes.values().find(|it| it.revert.as_ref() == Some(token)).cloned())
    }

    async fn waiting_address_change(&mut self, contact: ContactId) -> Result<Option<AddressChange>, StoreError> {
        let changes = self.state.membership.changes.values();
        let waiting = changes.filter(|it| it.contact == contact && it.state == AddressChangeState::Waiting);
        Ok(waiting.max_by_key(|it| (it.asked_at, it.id)).cloned())
    }

    async fn use_address_change(
        &mut self,
        id: AddressChangeId,
        now: Timestamp,
        revert_until: Timestamp,
    ) -> Result<bool, StoreError> {
        let changes = &mut self.changed()?.membership.changes;
        let found = changes
            .get_mut(&id)
            .filter(|it| it.state == AddressChangeState::Waiting && now < it.confirm_until);
        Ok(found
            .map(|it| {
                it.state = AddressChangeState::Confirmed;
                it.confirmed_at = Some(now);
                it.revert_until = Some(revert_until);
            })
            .is_some())
    }

    async fn use_address_revert(&mut self, id: AddressChangeId, now: Timestamp) -> Result<bool, StoreError> {
        let changes = &mut self.changed()?.membership.changes;
        let found = changes
            .get_mut(&id)
            .filter(|it| it.state == AddressChangeState::Confirmed && it.revert_until.is_some_and(|until| now < until));
        Ok(found.map(|it| it.state = AddressChangeState::Reverted).is_some())
    }

    async fn cancel_address_changes(&mut self, contact: ContactId) -> Result<(), StoreError> {
        let changes = self.changed()?.membership.changes.values_mut();
        for it in changes.filter(|it| it.contact == contact && it.state == AddressChangeState::Waiting) {
            it.state = AddressChangeState::Cancelled;
        }
        Ok(())
    }

    async fn add_consent(&mut self, proof: &ConsentProof) -> Result<(), StoreError> {
        let key = (proof.portal, proof.contact, proof.accepted.version);
        let consents = &mut self.changed()?.membership.consents;
        consents.entry(key).or_insert_with(|| proof.clone());
        Ok(())
    }

    async fn consent(&mut self, portal: PortalId, contact: ContactId) -> Result<Option<ConsentProof>, StoreError> {
        let own = (portal, contact, 0)..=(portal, contact, u32::MAX);
        let mut proofs = self.state.membership.consents.range(own);
        Ok(proofs.next_back().map(|(_, it)| it.clone()))
    }

    async fn members(
        &mut self,
        _: &Task,
        portal: PortalId,
        access: &AccessRule,
        query: &MemberQuery,
        now: Timestamp,
    ) -> Result<Vec<Member>, StoreError> {
        let search = query.search.as_ref().map(|it| it.to_ascii_lowercase());
        let contains = |text: &str| {
            search
                .as_ref()
                .is_none_or(|it| text.to_ascii_lowercase().contains(it.as_str()))
        };
        let after = query.after.as_ref().map(|(name, id)| (name.as_str(), *id));
        let mut members = everybody(&self.state, portal, access);
        members.retain(|it| {
            query.status.is_none_or(|status| it.status(now) == status)
                && (contains(it.name.as_str()) || it.email.as_ref().is_some_and(|email| contains(email.as_str())))
                && after.is_none_or(|after| (it.name.as_str(), it.contact) > after)
        });
        members.truncate(query.limit as usize);
        Ok(members)
    }

    async fn member_counts(
        &mut self,
        _: &Task,
        portal: PortalId,
        access: &AccessRule,
        now: Timestamp,
    ) -> Result<MemberCounts, StoreError> {
        let mut counts = MemberCounts::default();
        for member in everybody(&self.state, portal, access) {
            counts.add(member.status(now), 1);
        }
        Ok(counts)
    }

    async fn sweep_members(&mut self, _: &Task, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let membership = &mut self.changed()?.membership;
        let most = limit as usize;
        let challenges: Vec<_> = membership
            .challenges
            .values()
            .filter(|it| it.expires_at < before)
            .map(|it| it.id)
            .take(most)
            .collect();
        let registrations: Vec<_> = membership
            .registrations
            .values()
            .filter(|it| it.state == RegistrationState::Unverified && it.expires_at < before)
            .map(|it| it.id)
            .take(most)
            .collect();
        let over = |it: &AddressChange| match it.state {
            AddressChangeState::Confirmed => it.revert_until.is_some_and(|it| it < before),
            _ => it.confirm_until < before,
        };
        let changes: Vec<_> = membership
            .changes
            .values()
            .filter(|it| over(it))
            .map(|it| it.id)
            .take(most)
            .collect();
        let swept = challenges.len() + registrations.len() + changes.len();
        membership.challenges.retain(|id, _| !challenges.contains(id));
        membership.registrations.retain(|id, _| !registrations.contains(id));
        membership.changes.retain(|id, _| !changes.contains(id));
        Ok(swept as u64)
    }

    async fn end_tokens(&mut self, contact: ContactId) -> Result<(), StoreError> {
        self.changed()?.tokens.retain(|_, it| it.contact != contact);
        Ok(())
    }
}

/// Who may enter, or could once registered, by name and id.
fn everybody(state: &State, portal: PortalId, access: &AccessRule) -> Vec<Member> {
    let mut members: Vec<Member> = state
        .contacts
        .values()
        .filter(|it| it.standing == ContactStanding::Active)
        .map(|it| Member {
            contact: it.id,
            name: it.name.clone(),
            email: it.membership_email.clone(),
            registered: state.accounts.contains_key(&it.id),
            groups: it.groups.clone(),
            invitation: state.membership.invitations.get(&(portal, it.id)).cloned(),
        })
        .filter(|it| match access {
            AccessRule::Groups(groups) => !groups.is_disjoint(&it.groups),
            AccessRule::EveryRegisteredContact => it.registered || it.invitation.is_some(),
        })
        .collect();
    members.sort_by(|a, b| (a.name.as_str(), a.contact).cmp(&(b.name.as_str(), b.contact)));
    members
}
