use std::collections::BTreeSet;

use portal_core::access::AccessRule;
use portal_core::actor::Task;
use portal_core::crm::ContactStanding;
use portal_core::id::{AddressChangeId, ChallengeId, ContactId, InvitationId, PortalId, RegistrationId, Uuid};
use portal_core::membership::{
    Accepted, AddressChange, AddressChangeState, Challenge, ChallengePurpose, ConsentProof, Invitation,
    InvitationState, KnownContact, Member, MemberCounts, MemberQuery, MemberStatus, Registration, RegistrationState,
    Secret, SecretHash,
};
use portal_core::ports::{Access, Store, Tx};
use portal_core::text::Locale;

use super::small::world;
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::world::{Place, World, at};

fn uuid(place: &Place, number: u64) -> Uuid {
    Uuid::from_u128((u128::from(place.base) << 64) | (98 << 32) | u128::from(number))
}

fn hash(place: &Place, number: u64) -> SecretHash {
    let mut bytes = [8; 32];
    for (to, from) in bytes.iter_mut().zip(uuid(place, number).as_bytes()) {
        *to = *from;
    }
    Secret::from_bytes("test", &bytes).hash()
}

fn invitation(place: &Place, contact: usize, number: u64) -> Invitation {
    Invitation {
        state: InvitationState::Sent,
        token: Some(hash(place, number)),
        sent_at: Some(at(1)),
        expires_at: Some(at(100)),
        ..Invitation::queued(
            InvitationId::from_uuid(uuid(place, number)),
            place.portal_id(0),
            place.contact_id(contact),
            at(0),
        )
    }
}

pub(super) async fn asking_again_replaces_an_invitation(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let (portal, contact) = (place.portal_id(0), place.contact_id(0));
    same!(tx.members().invitation(portal, contact).await?, None, "no invitation");
    let first = invitation(&place, 0, 1);
    tx.members().put_invitation(&first).await?;
    same!(
        tx.members().invitation(portal, contact).await?.as_ref(),
        Some(&first),
        "the invitation"
    );
    let second = Invitation {
        state: InvitationState::Failed("no such mailbox".to_owned()),
        ended_at: Some(at(7)),
        ..invitation(&place, 0, 2)
    };
    tx.members().put_invitation(&second).await?;
    let found = tx.members().invitation_of_link(&hash(&place, 2)).await?;
    same!(found.as_ref(), Some(&second), "the second invitation by its link");
    same!(
        tx.members().invitation_of_link(&hash(&place, 1)).await?,
        None,
        "the dead link"
    );
    same!(
        tx.members().invitation(place.portal_id(1), contact).await?,
        None,
        "the invitation to another portal"
    );
    Ok(())
}

pub(super) async fn an_invitation_is_accepted_once_and_in_time(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let link = hash(&place, 1);
    tx.members().put_invitation(&invitation(&place, 0, 1)).await?;
    same!(
        tx.members().use_invitation(&link, at(100)).await?,
        false,
        "accepted too late"
    );
    same!(
        tx.members().use_invitation(&hash(&place, 2), at(50)).await?,
        false,
        "accepted by another link"
    );
    same!(tx.members().use_invitation(&link, at(99)).await?, true, "accepted");
    same!(
        tx.members().use_invitation(&link, at(99)).await?,
        false,
        "accepted twice"
    );
    let found = tx.members().invitation_of_link(&link).await?;
    same!(
        found.map(|it| (it.state, it.ended_at)),
        Some((InvitationState::Accepted, Some(at(99)))),
        "the accepted invitation"
    );
    Ok(())
}

fn challenge(place: &Place, number: u64, purpose: ChallengePurpose) -> Result<Challenge, Broken> {
    Ok(Challenge {
        id: ChallengeId::from_uuid(uuid(place, number)),
        purpose,
        portal: place.portal_id(0),
        address: format!("c0@w{:x}.example", place.base).parse()?,
        browser: Some(hash(place, 900)),
        device: "Firefox, Windows".to_owned(),
        contact: None,
        token: None,
        code: None,
        tries: 0,
        asked_at: at(number as i64),
        expires_at: at(100),
        used_at: None,
    })
}

pub(super) async fn challenges_are_armed_and_used_once(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let new = challenge(&place, 1, ChallengePurpose::SignIn)?;
    tx.members().add_challenge(&new).await?;
    same!(
        tx.members().challenge(new.id).await?.as_ref(),
        Some(&new),
        "the new challenge"
    );
    same!(
        tx.members().use_challenge(new.id, at(5)).await?,
        false,
        "used before its mail was made"
    );
    let armed = Challenge {
        contact: Some(place.contact_id(0)),
        token: Some(hash(&place, 1)),
        code: Some([5; 32]),
        expires_at: at(60),
        ..new.clone()
    };
    tx.members().arm_challenge(&armed).await?;
    same!(
        tx.members().challenge_of_link(&hash(&place, 1)).await?.as_ref(),
        Some(&armed),
        "the armed challenge"
    );
    same!(
        tx.members().use_challenge(new.id, at(60)).await?,
        false,
        "used too late"
    );
    same!(tx.members().use_challenge(new.id, at(59)).await?, true, "used");
    same!(tx.members().use_challenge(new.id, at(59)).await?, false, "used twice");
    let again = Challenge {
        token: Some(hash(&place, 2)),
        ..armed.clone()
    };
    tx.members().arm_challenge(&again).await?;
    let found = tx.members().challenge(new.id).await?;
    same!(
        found.map(|it| (it.token, it.used_at)),
        Some((armed.token, Some(at(59)))),
        "a used challenge that was armed again"
    );
    Ok(())
}

pub(super) async fn guesses_are_counted_up_to_the_limit(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let new = challenge(&place, 1, ChallengePurpose::SignIn)?;
    tx.members().add_challenge(&new).await?;
    let mut counted = Vec::new();
    for _ in 0..4 {
        counted.push(tx.members().count_guess(new.id, 3).await?);
    }
    same!(counted, vec![true, true, true, false], "the guesses");
    same!(
        tx.members().challenge(new.id).await?.map(|it| it.tries),
        Some(3),
        "how many were counted"
    );
    Ok(())
}

pub(super) async fn challenges_of_a_browser_and_of_a_contact(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let contact = place.contact_id(0);
    for number in 1..=4 {
        let purpose = if number == 4 {
            ChallengePurpose::Reset
        } else {
            ChallengePurpose::SignIn
        };
        let new = challenge(&place, number, purpose)?;
        tx.members().add_challenge(&new).await?;
        let armed = Challenge {
            contact: Some(if number == 3 { place.contact_id(1) } else { contact }),
            token: Some(hash(&place, number)),
            ..new
        };
        tx.members().arm_challenge(&armed).await?;
    }
    let id = |number| ChallengeId::from_uuid(uuid(&place, number));
    let browser = hash(&place, 900);
    for (purpose, newest) in [(ChallengePurpose::SignIn, 3), (ChallengePurpose::Reset, 4)] {
        let found = tx.members().challenge_of_browser(&browser, purpose).await?;
        same!(found.map(|it| it.id), Some(id(newest)), "the newest of the browser");
    }
    let stranger = tx
        .members()
        .challenge_of_browser(&hash(&place, 901), ChallengePurpose::SignIn)
        .await?;
    same!(stranger, None, "of another browser");
    tx.members()
        .end_challenges(contact, Some(ChallengePurpose::SignIn), Some(id(2)))
        .await?;
    same!(
        living(&mut *tx, &place).await?,
        vec![2, 3, 4],
        "all but one for a purpose"
    );
    tx.members().end_challenges(contact, None, None).await?;
    same!(living(&mut *tx, &place).await?, vec![3], "all of a contact");
    Ok(())
}

async fn living(tx: &mut dyn Tx, place: &Place) -> Result<Vec<u64>, Broken> {
    let mut found = Vec::new();
    for number in 1..=4 {
        let id = ChallengeId::from_uuid(uuid(place, number));
        if tx.members().challenge(id).await?.is_some() {
            found.push(number);
        }
    }
    Ok(found)
}

fn registration(place: &Place, number: u64) -> Result<Registration, Broken> {
    Ok(Registration {
        id: RegistrationId::from_uuid(uuid(place, number)),
        portal: place.portal_id(0),
        address: format!("new{number}@w{:x}.example", place.base).parse()?,
        name: "Ada".parse()?,
        language: Locale::german(),
        state: RegistrationState::Unverified,
        token: Some(hash(place, number)),
        password_hash: None,
        proposed: None,
        consent: None,
        contact: None,
        asked_at: at(number as i64),
        expires_at: at(100),
        verified_at: None,
    })
}

pub(super) async fn registrations_move_on_once(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let (first, second) = (registration(&place, 1)?, registration(&place, 2)?);
    tx.members().put_registration(&second).await?;
    tx.members().put_registration(&first).await?;
    let (from, to) = (RegistrationState::Unverified, RegistrationState::Waiting);
    same!(
        tx.members().use_registration(first.id, from, to).await?,
        true,
        "moved on"
    );
    same!(
        tx.members().use_registration(first.id, from, to).await?,
        false,
        "moved on twice"
    );
    let whole = Registration {
        state: to,
        password_hash: Some("$plain$x".to_owned()),
        proposed: Some(place.company_id(1)),
        consent: Some(Accepted {
            version: 3,
            language: Locale::english(),
            text: [9; 32],
            at: at(4),
        }),
        contact: Some(place.contact_id(2)),
        verified_at: Some(at(5)),
        ..first.clone()
    };
    tx.members().put_registration(&whole).await?;
    let found = tx.members().registration_of_link(&hash(&place, 1)).await?;
    same!(found.as_ref(), Some(&whole), "every field");
    same!(
        tx.members().registration(second.id).await?.as_ref(),
        Some(&second),
        "the other one"
    );
    let task = Task::Maintenance;
    let portal = place.portal_id(0);
    for (state, wanted) in [
        (from, vec![second]),
        (to, vec![whole]),
        (RegistrationState::Declined, vec![]),
    ] {
        let found = tx.members().registrations(&task, portal, state, 9).await?;
        same!(found, wanted, "the registrations in the state {state:?}");
    }
    Ok(())
}

pub(super) async fn addresses_are_known_byte_for_byte(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    if let Some(person) = world.contacts.get_mut(2) {
        person.active = false;
    }
    if let Some(person) = world.contacts.get_mut(1) {
        person.registered = false;
    }
    let place = world.install(&mut *tx).await?;
    let task = Task::Maintenance;
    let mut second = place.contact(&world, 1)?;
    second.membership_email = None;
    tx.directory().put_contact(&task, &second).await?;
    // Has a membership e-mail of its own, so its other address tells nothing.
    let mut first = place.contact(&world, 0)?;
    first.email = Some(format!("other@w{:x}.example", place.base).parse()?);
    tx.directory().put_contact(&task, &first).await?;
    let known = |contact, standing, registered, by_membership| {
        vec![KnownContact {
            contact,
            standing,
            registered,
            by_membership,
        }]
    };
    let (active, inactive) = (ContactStanding::Active, ContactStanding::Inactive);
    for (local, wanted) in [
        ("c0", known(place.contact_id(0), active, true, true)),
        ("c1", known(place.contact_id(1), active, false, false)),
        ("c2", known(place.contact_id(2), inactive, true, true)),
        ("other", vec![]),
        ("c", vec![]),
        ("c_", vec![]),
        ("c%", vec![]),
    ] {
        let address = format!("{local}@w{:x}.example", place.base).parse()?;
        same!(
            tx.members().known_contacts(&address).await?,
            wanted,
            "who has `{local}`"
        );
    }
    Ok(())
}

pub(super) async fn companies_are_found_by_their_whole_domain(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let domain = format!("Acme{:x}.Example", place.base);
    let mut company = place.company(1)?;
    company.domain = Some(domain.parse()?);
    tx.directory().put_company(&Task::Maintenance, &company).await?;
    let lower = domain.to_lowercase();
    same!(
        tx.members().companies_of_domain(&lower).await?,
        vec![place.company_id(1)],
        "the company"
    );
    for other in [
        format!("evil-{lower}"),
        format!("{lower}.evil"),
        format!("sub.{lower}"),
        lower.replace('.', "%"),
        lower.replace('.', "_"),
        String::new(),
    ] {
        same!(
            tx.members().companies_of_domain(&other).await?,
            vec![],
            "companies of `{other}`"
        );
    }
    Ok(())
}

fn change(place: &Place, number: u64) -> Result<AddressChange, Broken> {
    Ok(AddressChange {
        id: AddressChangeId::from_uuid(uuid(place, number)),
        contact: place.contact_id(0),
        portal: place.portal_id(0),
        session: None,
        old: format!("c0@w{:x}.example", place.base).parse()?,
        new: format!("new@w{:x}.example", place.base).parse()?,
        state: AddressChangeState::Waiting,
        confirm: Some(hash(place, number)),
        revert: Some(hash(place, number + 100)),
        asked_at: at(number as i64),
        confirm_until: at(50),
        confirmed_at: None,
        revert_until: None,
    })
}

pub(super) async fn changes_of_address_are_confirmed_and_reverted_once(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let (contact, new) = (place.contact_id(0), change(&place, 1)?);
    tx.members().put_address_change(&new).await?;
    let waiting = tx.members().waiting_address_change(contact).await?;
    same!(waiting.as_ref(), Some(&new), "the waiting change");
    same!(
        tx.members().use_address_revert(new.id, at(1)).await?,
        false,
        "reverted before it was confirmed"
    );
    same!(
        tx.members().use_address_change(new.id, at(50), at(90)).await?,
        false,
        "confirmed too late"
    );
    same!(
        tx.members().use_address_change(new.id, at(49), at(90)).await?,
        true,
        "confirmed"
    );
    same!(
        tx.members().use_address_change(new.id, at(49), at(90)).await?,
        false,
        "confirmed twice"
    );
    let confirmed = AddressChange {
        state: AddressChangeState::Confirmed,
        confirmed_at: Some(at(49)),
        revert_until: Some(at(90)),
        ..new.clone()
    };
    let found = tx.members().address_change_to_confirm(&hash(&place, 1)).await?;
    same!(found.as_ref(), Some(&confirmed), "the confirmed change");
    let found = tx.members().address_change_to_revert(&hash(&place, 101)).await?;
    same!(found.as_ref(), Some(&confirmed), "by its other link");
    same!(
        tx.members().use_address_revert(new.id, at(90)).await?,
        false,
        "reverted too late"
    );
    same!(tx.members().use_address_revert(new.id, at(89)).await?, true, "reverted");
    same!(
        tx.members().use_address_revert(new.id, at(89)).await?,
        false,
        "reverted twice"
    );
    let second = change(&place, 2)?;
    tx.members().put_address_change(&second).await?;
    tx.members().cancel_address_changes(contact).await?;
    let states = (
        tx.members().address_change(new.id).await?.map(|it| it.state),
        tx.members().address_change(second.id).await?.map(|it| it.state),
    );
    same!(
        states,
        (Some(AddressChangeState::Reverted), Some(AddressChangeState::Cancelled)),
        "only the waiting one is cancelled"
    );
    same!(
        tx.members().waiting_address_change(contact).await?,
        None,
        "nothing waits"
    );
    Ok(())
}

pub(super) async fn the_first_proof_of_a_consent_stays(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let (portal, contact) = (place.portal_id(0), place.contact_id(0));
    let proof = |version, seconds| ConsentProof {
        contact,
        portal,
        accepted: Accepted {
            version,
            language: Locale::german(),
            text: [version as u8; 32],
            at: at(seconds),
        },
    };
    same!(tx.members().consent(portal, contact).await?, None, "no consent");
    for it in [proof(1, 1), proof(2, 2), proof(2, 3)] {
        tx.members().add_consent(&it).await?;
    }
    same!(
        tx.members().consent(portal, contact).await?,
        Some(proof(2, 2)),
        "the newest version, proven first"
    );
    same!(
        tx.members().consent(portal, place.contact_id(1)).await?,
        None,
        "the consent of somebody else"
    );
    Ok(())
}

/// Contacts 0 to 4: registered, invited, expired, failed, nothing; 5 has no address; all in the first group but 4.
async fn village(tx: &mut dyn Tx) -> Result<(World, Place), Broken> {
    let mut world = world();
    let template = world.contacts.first().cloned();
    world.contacts = template.into_iter().cycle().take(6).collect();
    for (index, person) in world.contacts.iter_mut().enumerate() {
        person.registered = index == 0;
        person.groups = if index == 4 {
            BTreeSet::from([1])
        } else {
            BTreeSet::from([0])
        };
    }
    let place = world.install(tx).await?;
    let mut last = place.contact(&world, 5)?;
    last.membership_email = None;
    tx.directory().put_contact(&Task::Maintenance, &last).await?;
    for (contact, state, until) in [
        (1, InvitationState::Sent, 100),
        (2, InvitationState::Sent, 10),
        (3, InvitationState::Failed("full".to_owned()), 100),
        (5, InvitationState::Queued, 100),
    ] {
        let it = Invitation {
            state,
            expires_at: Some(at(until)),
            ..invitation(&place, contact, contact as u64)
        };
        tx.members().put_invitation(&it).await?;
    }
    Ok((world, place))
}

async fn listed(
    tx: &mut dyn Tx,
    portal: PortalId,
    access: &AccessRule,
    query: MemberQuery,
) -> Result<Vec<Member>, Broken> {
    let query = MemberQuery { limit: 50, ..query };
    Ok(tx
        .members()
        .members(&Task::Maintenance, portal, access, &query, at(10))
        .await?)
}

pub(super) async fn members_are_listed_with_their_status(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (_, place) = village(&mut *tx).await?;
    let portal = place.portal_id(0);
    let group = |index| AccessRule::Groups(BTreeSet::from([place.group_id(index)]));
    let both = AccessRule::Groups(BTreeSet::from([place.group_id(0), place.group_id(1)]));
    let status_of = [
        (0, MemberStatus::Registered),
        (1, MemberStatus::Invited),
        (2, MemberStatus::Expired),
        (3, MemberStatus::Failed),
        (4, MemberStatus::NotInvited),
        (5, MemberStatus::NoAddress),
    ];
    let all = listed(&mut *tx, portal, &both, MemberQuery::default()).await?;
    same!(all.len(), 6, "how many members");
    let ordered = all
        .iter()
        .zip(all.iter().skip(1))
        .all(|(a, b)| (a.name.as_str(), a.contact) < (b.name.as_str(), b.contact));
    ensure!(ordered, "members are not in the order of their names");
    for (contact, status) in status_of {
        let found = all.iter().find(|it| it.contact == place.contact_id(contact));
        same!(
            found.map(|it| it.status(at(10))),
            Some(status),
            "the status of contact {contact}"
        );
        let query = MemberQuery {
            status: Some(status),
            ..MemberQuery::default()
        };
        let only = listed(&mut *tx, portal, &both, query).await?;
        let ids: Vec<ContactId> = only.iter().map(|it| it.contact).collect();
        same!(ids, vec![place.contact_id(contact)], "those of the status {status:?}");
    }
    let task = Task::Maintenance;
    let counts = tx.members().member_counts(&task, portal, &both, at(10)).await?;
    let mut one_each = MemberCounts::default();
    for status in MemberStatus::ALL {
        one_each.add(status, 1);
    }
    same!(counts, one_each, "the counts");
    let wanted = [(group(0), 5), (group(1), 1), (AccessRule::Groups(BTreeSet::new()), 0)];
    for (access, count) in wanted {
        let found = listed(&mut *tx, portal, &access, MemberQuery::default()).await?;
        same!(found.len(), count, "members under {access:?}");
        let counted = tx.members().member_counts(&task, portal, &access, at(10)).await?;
        same!(counted.total(), count as u64, "counted members under {access:?}");
    }
    let open = listed(
        &mut *tx,
        portal,
        &AccessRule::EveryRegisteredContact,
        MemberQuery::default(),
    )
    .await?;
    ensure!(
        !open.iter().any(|it| it.contact == place.contact_id(4)),
        "somebody without account or invitation is a member of an open portal"
    );
    ensure!(
        open.iter().any(|it| it.contact == place.contact_id(1)),
        "somebody invited is no member of an open portal"
    );
    Ok(())
}

pub(super) async fn members_are_searched_and_paged(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (_, place) = village(&mut *tx).await?;
    let portal = place.portal_id(0);
    let both = AccessRule::Groups(BTreeSet::from([place.group_id(0), place.group_id(1)]));
    let all = listed(&mut *tx, portal, &both, MemberQuery::default()).await?;
    let mut paged = Vec::new();
    let mut after = None;
    loop {
        let query = MemberQuery {
            after: after.clone(),
            limit: 2,
            ..MemberQuery::default()
        };
        let page = tx
            .members()
            .members(&Task::Maintenance, portal, &both, &query, at(10))
            .await?;
        let Some(last) = page.last() else { break };
        after = Some((last.name.clone(), last.contact));
        paged.extend(page);
    }
    same!(paged, all, "the pages together");
    for (search, wanted) in [
        (format!("C1@W{:X}", place.base), 1),
        (Place::name(2).to_uppercase(), 1),
        ("%".to_owned(), 0),
        ("_1@w".to_owned(), 0),
        ("\\".to_owned(), 0),
        ("nobody is called this".to_owned(), 0),
    ] {
        let query = MemberQuery {
            search: Some(search.clone()),
            ..MemberQuery::default()
        };
        let found = listed(&mut *tx, portal, &both, query).await?;
        same!(found.len(), wanted, "how many match `{search}`");
    }
    Ok(())
}

pub(super) async fn sweeping_leaves_what_still_counts(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let old = challenge(&place, 1, ChallengePurpose::SignIn)?;
    let new = Challenge {
        expires_at: at(900),
        ..challenge(&place, 2, ChallengePurpose::SignIn)?
    };
    tx.members().add_challenge(&old).await?;
    tx.members().add_challenge(&new).await?;
    let (asked, waiting) = (registration(&place, 1)?, registration(&place, 2)?);
    tx.members().put_registration(&asked).await?;
    tx.members()
        .put_registration(&Registration {
            state: RegistrationState::Waiting,
            ..waiting.clone()
        })
        .await?;
    let (confirmed, forgotten) = (change(&place, 1)?, change(&place, 2)?);
    tx.members().put_address_change(&confirmed).await?;
    tx.members().put_address_change(&forgotten).await?;
    tx.members().use_address_change(confirmed.id, at(3), at(900)).await?;
    tx.members().sweep_members(&Task::Maintenance, at(500), 1000).await?;
    let left = (
        tx.members().challenge(old.id).await?.is_some(),
        tx.members().challenge(new.id).await?.is_some(),
        tx.members().registration(asked.id).await?.is_some(),
        tx.members().registration(waiting.id).await?.is_some(),
        tx.members().address_change(confirmed.id).await?.is_some(),
        tx.members().address_change(forgotten.id).await?.is_some(),
    );
    same!(left, (false, true, false, true, true, false), "what is left");
    Ok(())
}

pub(super) async fn tokens_end_for_one_contact(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    for contact in 0..2 {
        let token = portal_core::membership::ApiToken {
            id: portal_core::id::TokenId::from_uuid(uuid(&place, contact)),
            contact: place.contact_id(contact as usize),
            portal: place.portal_id(0),
            name: "script".parse()?,
            mode: portal_core::actor::Mode::Read,
            secret: hash(&place, contact),
            created_at: at(0),
            ends_at: at(100),
            seen_at: None,
        };
        tx.accounts().add_token(&token).await?;
    }
    tx.members().end_tokens(place.contact_id(0)).await?;
    let ended = tx.accounts().token(&hash(&place, 0)).await?;
    let other = tx.accounts().token(&hash(&place, 1)).await?;
    ensure!(ended.is_none(), "the token still counts");
    ensure!(other.is_some(), "the token of somebody else ended");
    Ok(())
}
