use std::time::Duration;

use portal_core::actor::{Mode, Task};
use portal_core::id::{SessionId, TokenId, Uuid};
use portal_core::membership::{Account, ApiToken, Secret, SecretHash, Session, Throttle, ThrottleKey};
use portal_core::ports::{Access, Doorway, Store};
use portal_core::time::Timestamp;

use super::small::{committed, conflict, usable, world};
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::world::{Place, World, at};

fn uuid(place: &Place, number: usize) -> Uuid {
    Uuid::from_u128((u128::from(place.base) << 64) | (99 << 32) | number as u128)
}

fn hash(place: &Place, number: usize) -> SecretHash {
    let mut bytes = [7; 32];
    for (to, from) in bytes.iter_mut().zip(uuid(place, number).as_bytes()) {
        *to = *from;
    }
    Secret::from_bytes("session", &bytes).hash()
}

/// The `number`th session of a contact: it began that many seconds after the start.
fn session(world: &World, place: &Place, contact: usize, number: usize) -> Result<Session, Broken> {
    Ok(Session {
        id: SessionId::from_uuid(uuid(place, number)),
        contact: place.contact_id(contact),
        host: place.portal(world, 0)?.host.as_str().to_owned(),
        secret: hash(place, number),
        device: "Firefox, Windows".to_owned(),
        created_at: at(number as i64),
        seen_at: at(number as i64),
        idle_until: at(10_000),
        ends_at: at(20_000),
    })
}

fn ids(sessions: &[Session]) -> Vec<SessionId> {
    sessions.iter().map(|it| it.id).collect()
}

pub(super) async fn accounts_are_found_by_the_address_of_active_contacts(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    for (index, person) in world.contacts.iter_mut().enumerate() {
        person.active = index != 1;
        person.registered = index != 2;
    }
    let place = world.install(&mut *tx).await?;
    for (index, wanted) in [Some(place.account(0)), None, None].into_iter().enumerate() {
        let Some(email) = place.contact(&world, index)?.membership_email else {
            continue;
        };
        let found = tx.accounts().account_by_address(&email).await?;
        same!(found, wanted, "the account of contact {index}");
    }
    let nobody = format!("nobody@w{:x}.example", place.base).parse()?;
    same!(
        tx.accounts().account_by_address(&nobody).await?,
        None,
        "an unknown address"
    );
    same!(
        tx.accounts().account(place.contact_id(1)).await?,
        Some(place.account(1)),
        "account"
    );
    same!(tx.accounts().account(place.contact_id(2)).await?, None, "no account");
    let changed = Account {
        password_hash: "$plain$another".to_owned(),
        password_set_at: at(9),
        ..place.account(0)
    };
    tx.accounts().put_account(&changed).await?;
    let found = tx.accounts().account(place.contact_id(0)).await?;
    ensure!(
        found.as_ref() == Some(&changed),
        "the replaced account did not come back"
    );
    ensure!(
        found.is_some_and(|it| it.password_hash == changed.password_hash),
        "the password hash did not come back"
    );
    Ok(())
}

pub(super) async fn doorways_know_host_slug_and_session(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    let place = world.install(&mut *tx).await?;
    let portal = place.portal(&world, 0)?;
    let mine = session(&world, &place, 0, 1)?;
    tx.accounts().add_session(&mine, 9).await?;
    let elsewhere = Session {
        host: "elsewhere.example.com".to_owned(),
        ..session(&world, &place, 0, 2)?
    };
    tx.accounts().add_session(&elsewhere, 9).await?;
    let profile = tx.directory().profile(mine.contact).await?;
    let Some(profile) = profile else {
        return Err(Broken::new("no profile"));
    };
    let with = Doorway {
        portal: portal.clone(),
        session: Some((mine.clone(), profile)),
    };
    let without = Doorway {
        portal: portal.clone(),
        session: None,
    };
    let unknown = hash(&place, 3);
    for (secret, wanted, what) in [
        (Some(&mine.secret), &with, "with the session's secret"),
        (
            Some(&elsewhere.secret),
            &without,
            "with the secret of a session on another host",
        ),
        (Some(&unknown), &without, "with an unknown secret"),
        (None, &without, "without secret"),
    ] {
        let found = tx.accounts().doorway(&portal.host, &portal.slug, secret).await?;
        same!(found.as_ref(), Some(wanted), "the doorway {what}");
    }
    let slug = "nothing-here".parse()?;
    let nothing = tx.accounts().doorway(&portal.host, &slug, Some(&mine.secret)).await?;
    same!(nothing, None, "the doorway of an unknown slug");
    let host = "elsewhere.example.com".parse()?;
    let nothing = tx
        .accounts()
        .doorway(&host, &portal.slug, Some(&elsewhere.secret))
        .await?;
    same!(nothing, None, "the doorway of an unknown host");
    if let Some(person) = world.contacts.first_mut() {
        person.active = false;
    }
    tx.directory()
        .put_contact(&Task::Maintenance, &place.contact(&world, 0)?)
        .await?;
    let found = tx
        .accounts()
        .doorway(&portal.host, &portal.slug, Some(&mine.secret))
        .await?;
    same!(found, Some(without), "the doorway of an inactive contact");
    Ok(())
}

pub(super) async fn sessions_beyond_the_limit_end_oldest_first(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let other_host = Session {
        host: "b.example.com".to_owned(),
        ..session(&world, &place, 0, 0)?
    };
    tx.accounts().add_session(&other_host, 9).await?;
    let of_other = session(&world, &place, 1, 1)?;
    tx.accounts().add_session(&of_other, 9).await?;
    let mut own = Vec::new();
    for number in [4, 2, 3] {
        own.push(session(&world, &place, 0, number)?);
    }
    own.push(session(&world, &place, 0, 5)?);
    for it in &own {
        tx.accounts().add_session(it, 3).await?;
    }
    let [four, _, three, five] = &own[..] else {
        return Ok(());
    };
    let left = ids(&tx.accounts().sessions(place.contact_id(0), at(10)).await?);
    same!(
        left,
        vec![five.id, four.id, three.id, other_host.id],
        "sessions that are left"
    );
    let left = ids(&tx.accounts().sessions(place.contact_id(1), at(10)).await?);
    same!(left, vec![of_other.id], "sessions of the other contact");
    let twin = Session {
        id: SessionId::from_uuid(uuid(&place, 9)),
        ..five.clone()
    };
    conflict(tx.accounts().add_session(&twin, 9).await, "a taken secret")?;
    usable(&mut *tx, &place).await?;
    Ok(())
}

pub(super) async fn sessions_end_for_their_own_contact_only(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let (own, other) = (place.contact_id(0), place.contact_id(1));
    let all: Result<Vec<Session>, Broken> = (0..5)
        .map(|it| session(&world, &place, usize::from(it == 4), it))
        .collect();
    let all = all?;
    for it in &all {
        tx.accounts().add_session(it, 9).await?;
    }
    let [first, second, third, fourth, others] = &all[..] else {
        return Ok(());
    };
    tx.accounts().end_session(other, first.id).await?;
    let left = ids(&tx.accounts().sessions(own, at(10)).await?);
    same!(
        left,
        vec![fourth.id, third.id, second.id, first.id],
        "after ending another's"
    );
    tx.accounts().end_session(own, first.id).await?;
    tx.accounts().end_session(own, first.id).await?;
    let left = ids(&tx.accounts().sessions(own, at(10)).await?);
    same!(left, vec![fourth.id, third.id, second.id], "after ending one");
    tx.accounts().end_sessions(own, Some(second.id)).await?;
    same!(
        ids(&tx.accounts().sessions(own, at(10)).await?),
        vec![second.id],
        "after ending all but one"
    );
    tx.accounts().end_sessions(own, None).await?;
    same!(
        ids(&tx.accounts().sessions(own, at(10)).await?),
        Vec::new(),
        "after ending all"
    );
    same!(
        ids(&tx.accounts().sessions(other, at(10)).await?),
        vec![others.id],
        "the other's"
    );
    Ok(())
}

pub(super) async fn touching_does_not_bring_back_an_ended_session(store: &dyn Store) -> Result<(), Broken> {
    let world = world();
    let place = committed(store, &world).await?;
    let mut tx = store.begin(Access::Write).await?;
    let (kept, ended) = (session(&world, &place, 0, 1)?, session(&world, &place, 0, 2)?);
    for it in [&kept, &ended] {
        tx.accounts().add_session(it, 9).await?;
    }
    tx.commit().await?;
    let mut tx = store.begin(Access::Write).await?;
    tx.accounts().end_session(ended.contact, ended.id).await?;
    tx.commit().await?;
    let mut tx = store.begin(Access::Write).await?;
    for it in [&kept, &ended] {
        tx.accounts().touch_session(it.id, at(60), at(11_000)).await?;
    }
    tx.commit().await?;
    let mut tx = store.begin(Access::Read).await?;
    let touched = Session {
        seen_at: at(60),
        idle_until: at(11_000),
        ..kept
    };
    let found = tx.accounts().sessions(touched.contact, at(10)).await?;
    same!(found, vec![touched], "sessions after touching both");
    let portal = place.portal(&world, 0)?;
    let door = tx
        .accounts()
        .doorway(&portal.host, &portal.slug, Some(&ended.secret))
        .await?;
    ensure!(
        door.is_some_and(|it| it.session.is_none()),
        "the ended session opens the door"
    );
    Ok(())
}

pub(super) async fn living_sessions_are_alive_and_of_active_contacts(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    if let Some(person) = world.contacts.get_mut(1) {
        person.active = false;
    }
    let place = world.install(&mut *tx).await?;
    let fresh = session(&world, &place, 0, 1)?;
    let idle = Session {
        idle_until: at(100),
        ..session(&world, &place, 0, 2)?
    };
    let over = Session {
        ends_at: at(100),
        ..session(&world, &place, 0, 3)?
    };
    let inactive = session(&world, &place, 1, 4)?;
    for it in [&fresh, &idle, &over, &inactive] {
        tx.accounts().add_session(it, 9).await?;
    }
    let unknown = SessionId::from_uuid(uuid(&place, 9));
    let asked = [unknown, inactive.id, over.id, fresh.id, idle.id];
    let just_before = Timestamp::from_micros(at(100).micros() - 1);
    for (now, wanted) in [
        (just_before, vec![over.id, fresh.id, idle.id]),
        (at(100), vec![fresh.id]),
        (at(10_000), Vec::new()),
    ] {
        let mut found = tx.accounts().living_sessions(&asked, now).await?;
        let mut wanted = wanted;
        found.sort_unstable();
        wanted.sort_unstable();
        same!(found, wanted, "living_sessions at {now:?}");
        let mut listed = ids(&tx.accounts().sessions(fresh.contact, now).await?);
        listed.sort_unstable();
        same!(listed, wanted, "sessions at {now:?}");
    }
    same!(
        tx.accounts().living_sessions(&[], at(0)).await?,
        Vec::new(),
        "living_sessions of none"
    );
    Ok(())
}

pub(super) async fn tokens_belong_to_their_contact_and_portal(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    world.portals.extend(world.portals.clone());
    let place = world.install(&mut *tx).await?;
    let token = |contact, portal, number: usize| -> Result<ApiToken, Broken> {
        Ok(ApiToken {
            id: TokenId::from_uuid(uuid(&place, number)),
            contact: place.contact_id(contact),
            portal: place.portal_id(portal),
            name: "Reporting".parse()?,
            mode: if number == 1 { Mode::Read } else { Mode::Write },
            secret: hash(&place, number),
            created_at: at(number as i64),
            ends_at: at(5000),
            seen_at: None,
        })
    };
    let (first, second) = (token(0, 0, 1)?, token(0, 0, 2)?);
    let (elsewhere, others) = (token(0, 1, 3)?, token(1, 0, 4)?);
    for it in [&first, &second, &elsewhere, &others] {
        tx.accounts().add_token(it).await?;
    }
    let (own, portal) = (place.contact_id(0), place.portal_id(0));
    let found = tx.accounts().tokens(own, portal).await?;
    same!(found, vec![second.clone(), first.clone()], "tokens");
    tx.accounts().touch_token(first.id, at(70)).await?;
    let touched = ApiToken {
        seen_at: Some(at(70)),
        ..first.clone()
    };
    let profile = tx.directory().profile(own).await?;
    let wanted = profile.map(|it| (touched.clone(), it));
    same!(
        tx.accounts().token(&first.secret).await?,
        wanted,
        "the token of a secret"
    );
    same!(
        tx.accounts().token(&hash(&place, 9)).await?,
        None,
        "the token of an unknown secret"
    );
    tx.accounts().remove_token(place.contact_id(1), first.id).await?;
    same!(
        tx.accounts().tokens(own, portal).await?.len(),
        2,
        "after another removed it"
    );
    tx.accounts().remove_token(own, first.id).await?;
    tx.accounts().remove_token(own, first.id).await?;
    same!(
        tx.accounts().tokens(own, portal).await?,
        vec![second.clone()],
        "after removing it"
    );
    same!(
        tx.accounts().token(&first.secret).await?,
        None,
        "the token of a removed secret"
    );
    if let Some(person) = world.contacts.first_mut() {
        person.active = false;
    }
    tx.directory()
        .put_contact(&Task::Maintenance, &place.contact(&world, 0)?)
        .await?;
    same!(
        tx.accounts().token(&second.secret).await?,
        None,
        "the token of an inactive contact"
    );
    Ok(())
}

pub(super) async fn throttles_count_by_kind_and_key(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let network = ThrottleKey::network(&format!("{:x}", place.base));
    let contact = ThrottleKey::reauthentication(place.contact_id(0));
    let same_hash = ThrottleKey {
        kind: contact.kind,
        ..network
    };
    let later = at(0).plus(Duration::from_micros(1));
    let (one, two) = (
        Throttle {
            failures: 1,
            last_at: at(0),
        },
        Throttle {
            failures: u32::MAX,
            last_at: later,
        },
    );
    same!(
        tx.accounts().throttle(&network).await?,
        None,
        "a throttle that was never set"
    );
    tx.accounts().set_throttle(&network, Some(&one)).await?;
    tx.accounts().set_throttle(&contact, Some(&one)).await?;
    tx.accounts().set_throttle(&network, Some(&two)).await?;
    same!(
        tx.accounts().throttle(&network).await?,
        Some(two),
        "a throttle that was set twice"
    );
    same!(tx.accounts().throttle(&contact).await?, Some(one), "another throttle");
    same!(
        tx.accounts().throttle(&same_hash).await?,
        None,
        "another kind with the same hash"
    );
    tx.accounts().set_throttle(&network, None).await?;
    tx.accounts().set_throttle(&network, None).await?;
    same!(
        tx.accounts().throttle(&network).await?,
        None,
        "a throttle that was cleared"
    );
    same!(
        tx.accounts().throttle(&contact).await?,
        Some(one),
        "another throttle after that"
    );
    Ok(())
}
