use std::collections::BTreeSet;

use portal_core::actor::Task;
use portal_core::audit::{AuditActor, AuditEntry, AuditEvent, AuditQuery, Seal, SealedEntry};
use portal_core::id::{AgentId, AuditId, InboxId, StaffSessionId, Uuid};
use portal_core::membership::{Secret, SecretHash};
use portal_core::ports::{Access, Store, StoreError, Tx};
use portal_core::staff::{
    Authenticator, InboxAccess, Permission, StaffCredential, StaffSession, StaffSessionStage, StaffStanding,
    StaffToken, StaffTokenKind, StaffUser,
};

use super::concurrency::{ATTEMPTS, Attempt, MANY, all, or_again};
use super::small::{conflict, world};
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::world::{Place, at};

const TASK: Task = Task::CommandLine;

fn uuid(place: &Place, number: usize) -> Uuid {
    Uuid::from_u128((u128::from(place.base) << 64) | (77 << 32) | number as u128)
}

fn agent(place: &Place, number: usize) -> AgentId {
    AgentId::from_uuid(uuid(place, number))
}

fn hash(place: &Place, number: usize) -> SecretHash {
    let mut bytes = [9; 32];
    for (to, from) in bytes.iter_mut().zip(uuid(place, number).as_bytes()) {
        *to = *from;
    }
    Secret::from_bytes("staff", &bytes).hash()
}

fn user(place: &Place, number: usize) -> Result<StaffUser, Broken> {
    Ok(StaffUser {
        id: agent(place, number),
        name: format!("Agent {number}").parse()?,
        email: format!("a{number}@w{:x}.example", place.base).parse()?,
        permissions: BTreeSet::from([Permission::Admin, Permission::Crm]),
        inboxes: InboxAccess::Only(BTreeSet::from([InboxId::from_uuid(uuid(place, 500))])),
        standing: StaffStanding::Active,
        language: Some("de".parse()?),
        time_zone: Some("Europe/Berlin".to_owned()),
        created_at: at(1),
    })
}

async fn put(tx: &mut dyn Tx, user: &StaffUser) -> Result<(), StoreError> {
    tx.staffing().put_staff_user(&TASK, user).await
}

fn credential(place: &Place, number: usize) -> StaffCredential {
    StaffCredential {
        agent: agent(place, number),
        password_hash: "$plain$secret".to_owned(),
        password_set_at: at(2),
        authenticator: Some(Authenticator {
            sealed: vec![1, 2, 3],
            since: at(3),
            last_step: 10,
        }),
    }
}

fn session(place: &Place, owner: usize, number: usize) -> StaffSession {
    StaffSession {
        id: StaffSessionId::from_uuid(uuid(place, number)),
        agent: agent(place, owner),
        secret: hash(place, number),
        stage: StaffSessionStage::Complete,
        enrolling: Some(vec![4, 5]),
        device: "Firefox, Linux".to_owned(),
        created_at: at(number as i64),
        seen_at: at(number as i64),
        proven_at: at(number as i64),
        idle_until: at(10_000),
        ends_at: at(20_000),
    }
}

pub(super) async fn staff_are_found_by_the_address_of_active_ones(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let mut one = user(&place, 1)?;
    put(&mut *tx, &one).await?;
    let found = tx.staffing().staff_by_address(&one.email).await?;
    same!(found, Some((one.clone(), None)), "without credential");
    let credential = credential(&place, 1);
    tx.staffing().put_staff_credential(&credential).await?;
    let found = tx.staffing().staff_by_address(&one.email).await?;
    same!(found, Some((one.clone(), Some(credential.clone()))), "with credential");
    let found = tx.staffing().staff_credential(one.id).await?;
    ensure!(
        found.is_some_and(|it| it.password_hash == credential.password_hash && it == credential),
        "the credential did not come back"
    );
    let twin = StaffUser {
        id: agent(&place, 2),
        ..one.clone()
    };
    conflict(put(&mut *tx, &twin).await, "an address that is taken")?;
    ensure!(
        tx.staffing().admins().await?.contains(&one.id),
        "an administrator is missing"
    );
    one.standing = StaffStanding::Disabled;
    put(&mut *tx, &one).await?;
    same!(
        tx.staffing().staff_by_address(&one.email).await?,
        None,
        "a disabled one"
    );
    ensure!(
        !tx.staffing().admins().await?.contains(&one.id),
        "a disabled administrator"
    );
    put(&mut *tx, &twin).await?;
    let (admin, portal) = tx.staffing().has_admin_or_portal().await?;
    ensure!(admin && portal, "there is an administrator and a portal");
    Ok(())
}

pub(super) async fn steps_and_recovery_codes_count_once(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let one = user(&place, 1)?;
    put(&mut *tx, &one).await?;
    ensure!(
        !tx.staffing().use_step(one.id, 99).await?,
        "a step without authenticator"
    );
    tx.staffing().put_staff_credential(&credential(&place, 1)).await?;
    for (step, fresh) in [(10, false), (9, false), (11, true), (11, false), (12, true)] {
        same!(tx.staffing().use_step(one.id, step).await?, fresh, "step {step}");
    }
    let codes = [[1; 32], [2; 32], [3; 32]];
    tx.staffing().set_recovery_codes(one.id, &codes).await?;
    for (code, used) in [([1; 32], true), ([1; 32], false), ([9; 32], false)] {
        same!(
            tx.staffing().use_recovery_code(one.id, &code).await?,
            used,
            "recovery code"
        );
    }
    let other = agent(&place, 2);
    ensure!(
        !tx.staffing().use_recovery_code(other, &[2; 32]).await?,
        "another's code"
    );
    same!(tx.staffing().recovery_codes_left(one.id).await?, 2, "codes left");
    tx.staffing().set_recovery_codes(one.id, &[[7; 32]]).await?;
    same!(
        tx.staffing().recovery_codes_left(one.id).await?,
        1,
        "codes left after new ones"
    );
    Ok(())
}

pub(super) async fn staff_sessions_belong_to_active_staff(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let (one, two) = (user(&place, 1)?, user(&place, 2)?);
    put(&mut *tx, &one).await?;
    put(&mut *tx, &two).await?;
    for number in 10..14 {
        tx.staffing().add_staff_session(&session(&place, 1, number), 3).await?;
    }
    let theirs = session(&place, 2, 20);
    tx.staffing().add_staff_session(&theirs, 3).await?;
    conflict(
        tx.staffing().add_staff_session(&theirs, 3).await,
        "a session that is there",
    )?;
    let ids = |it: Vec<StaffSession>| it.iter().map(|it| it.id).collect::<Vec<_>>();
    let own = |numbers: &[usize]| numbers.iter().map(|it| session(&place, 1, *it).id).collect::<Vec<_>>();
    let found = tx.staffing().staff_sessions(one.id, at(50)).await?;
    same!(ids(found), own(&[13, 12, 11]), "the newest sessions");
    let newest = session(&place, 1, 13);
    let found = tx.staffing().staff_doorway(&newest.secret).await?;
    same!(found, Some((newest.clone(), one.clone())), "session and owner");
    same!(
        tx.staffing().staff_doorway(&session(&place, 1, 10).secret).await?,
        None,
        "an ended session"
    );
    let half = StaffSession {
        stage: StaffSessionStage::HalfWay,
        secret: hash(&place, 99),
        enrolling: None,
        ..newest.clone()
    };
    ensure!(
        tx.staffing().change_staff_session(&half).await?,
        "a session was not changed"
    );
    same!(
        tx.staffing().staff_doorway(&newest.secret).await?,
        None,
        "the secret before"
    );
    let living = tx.staffing().living_staff_sessions(&own(&[13, 12]), at(50)).await?;
    same!(living, own(&[12]), "half a session does not live");
    ensure!(
        !tx.staffing().change_staff_session(&session(&place, 1, 10)).await?,
        "an ended session was brought back"
    );
    tx.staffing()
        .touch_staff_session(session(&place, 1, 10).id, at(60), at(70))
        .await?;
    tx.staffing()
        .touch_staff_session(session(&place, 1, 12).id, at(60), at(70))
        .await?;
    let found = tx.staffing().staff_sessions(one.id, at(69)).await?;
    same!(ids(found), own(&[12, 11]), "after touching");
    same!(
        ids(tx.staffing().staff_sessions(one.id, at(70)).await?),
        own(&[11]),
        "idle"
    );
    tx.staffing()
        .end_staff_session(two.id, session(&place, 1, 11).id)
        .await?;
    ensure!(
        !tx.staffing().staff_sessions(one.id, at(70)).await?.is_empty(),
        "ended by another"
    );
    tx.staffing()
        .end_staff_sessions(one.id, Some(session(&place, 1, 11).id))
        .await?;
    same!(
        ids(tx.staffing().staff_sessions(one.id, at(50)).await?),
        own(&[11]),
        "all but one ended"
    );
    let disabled = StaffUser {
        standing: StaffStanding::Disabled,
        ..one
    };
    put(&mut *tx, &disabled).await?;
    same!(
        tx.staffing().staff_doorway(&session(&place, 1, 11).secret).await?,
        None,
        "a disabled one's"
    );
    let both = [own(&[11]), vec![theirs.id]].concat();
    same!(
        tx.staffing().living_staff_sessions(&both, at(50)).await?,
        vec![theirs.id],
        "living"
    );
    Ok(())
}

pub(super) async fn staff_tokens_are_taken_once(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let owner = agent(&place, 1);
    let token = |number: usize, kind, agent, made: i64| StaffToken {
        secret: hash(&place, number),
        kind,
        agent,
        created_at: at(made),
        ends_at: at(made + 100),
    };
    let old = token(1, StaffTokenKind::Reset, Some(owner), 0);
    let new = token(2, StaffTokenKind::Reset, Some(owner), 50);
    let set_up = token(3, StaffTokenKind::SetUp, None, 60);
    for it in [&old, &new, &set_up] {
        tx.staffing().add_staff_token(it).await?;
    }
    same!(
        tx.staffing().staff_token(&old.secret).await?,
        Some(old.clone()),
        "a token"
    );
    let of = tx.staffing().staff_token_of(owner, StaffTokenKind::Reset).await?;
    same!(of, Some(new.clone()), "the newest of its kind");
    same!(
        tx.staffing().staff_token_of(owner, StaffTokenKind::Invitation).await?,
        None,
        "another kind"
    );
    same!(
        tx.staffing().take_staff_token(&new.secret).await?,
        Some(new.clone()),
        "taken"
    );
    same!(tx.staffing().take_staff_token(&new.secret).await?, None, "taken again");
    let late = token(4, StaffTokenKind::Invitation, Some(owner), 120);
    tx.staffing().add_staff_token(&late).await?;
    same!(tx.staffing().staff_token(&old.secret).await?, None, "an ended token");
    tx.staffing().remove_staff_tokens(Some(owner)).await?;
    same!(tx.staffing().staff_token(&late.secret).await?, None, "a removed token");
    same!(
        tx.staffing().staff_token(&set_up.secret).await?,
        Some(set_up.clone()),
        "the set-up's"
    );
    tx.staffing().remove_staff_tokens(None).await?;
    same!(
        tx.staffing().staff_token(&set_up.secret).await?,
        None,
        "the set-up's, removed"
    );
    Ok(())
}

/// ADM-007: many administrators disable themselves at the same moment, each unless they are the last one.
pub(super) async fn of_many_admins_who_leave_at_once_one_stays(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    for number in 0..MANY {
        put(&mut *tx, &user(&place, number)?).await?;
    }
    tx.commit().await?;
    let mut running: Vec<Attempt<'_, bool>> = Vec::new();
    for number in 0..MANY {
        running.push(Box::pin(leave(store, &place, number)));
    }
    let left = all(running).await?.into_iter().filter(|it| *it).count();
    same!(left, MANY - 1, "how many of {MANY} administrators left");
    Ok(())
}

async fn leave(store: &dyn Store, place: &Place, number: usize) -> Result<bool, Broken> {
    for _ in 0..ATTEMPTS {
        let Some(mut tx) = or_again(store.begin(Access::Write).await)? else {
            continue;
        };
        let Some(admins) = or_again(tx.staffing().admins().await)? else {
            continue;
        };
        if admins == [agent(place, number)] {
            return Ok(false);
        }
        let gone = StaffUser {
            standing: StaffStanding::Disabled,
            ..user(place, number)?
        };
        if or_again(put(&mut *tx, &gone).await)?.is_some() && or_again(tx.commit().await)?.is_some() {
            return Ok(true);
        }
    }
    Err(Broken::new(format!("after {ATTEMPTS} attempts nobody had left")))
}

/// ADM-001, LOG-032: what is good once is good for one of many at the same moment.
pub(super) async fn a_staff_token_is_taken_by_one_of_many_at_once(store: &dyn Store) -> Result<(), Broken> {
    let place = Place::fresh();
    let token = StaffToken {
        secret: hash(&place, 1),
        kind: StaffTokenKind::SetUp,
        agent: None,
        created_at: at(0),
        ends_at: at(100),
    };
    let mut tx = store.begin(Access::Write).await?;
    tx.staffing().add_staff_token(&token).await?;
    tx.commit().await?;
    let mut running: Vec<Attempt<'_, bool>> = Vec::new();
    for _ in 0..MANY {
        running.push(Box::pin(take(store, &token.secret)));
    }
    let taken = all(running).await?.into_iter().filter(|it| *it).count();
    same!(taken, 1, "how many of {MANY} took the token");
    Ok(())
}

async fn take(store: &dyn Store, secret: &SecretHash) -> Result<bool, Broken> {
    for _ in 0..ATTEMPTS {
        let Some(mut tx) = or_again(store.begin(Access::Write).await)? else {
            continue;
        };
        let Some(taken) = or_again(tx.staffing().take_staff_token(secret).await)? else {
            continue;
        };
        if or_again(tx.commit().await)?.is_some() {
            return Ok(taken.is_some());
        }
    }
    Err(Broken::new(format!(
        "after {ATTEMPTS} attempts the token was not taken"
    )))
}

pub(super) async fn audit_entries_come_newest_first_by_what_is_wanted(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let mine = AuditActor::Staff(agent(&place, 1));
    let entry = |number: usize, second: i64, actor, event| {
        AuditEntry::new(
            AuditId::from_uuid(uuid(&place, number)),
            at(second),
            actor,
            event,
            "Mara",
        )
    };
    let entries = [
        entry(1, 5, mine, AuditEvent::StaffSignedIn).with("name", "Müller"),
        entry(2, 5, mine, AuditEvent::StaffSignedOut),
        entry(3, 4, mine, AuditEvent::StaffSignedIn).within(place.portal_id(0)),
        entry(
            4,
            6,
            AuditActor::Contact(place.contact_id(0)),
            AuditEvent::StaffSignedIn,
        ),
    ];
    for it in &entries {
        tx.audit().record(it).await?;
    }
    let [one, two, three, four] = entries;
    conflict(tx.audit().record(&one).await, "an entry that is there")?;
    let by_me = AuditQuery {
        actor: Some(mine),
        ..AuditQuery::default()
    };
    let found = tx.audit().audit_page(&TASK, &by_me, 2).await?;
    same!(found, vec![two.clone(), one.clone()], "the first page");
    let after = AuditQuery {
        after: Some(one.place()),
        ..by_me
    };
    same!(
        tx.audit().audit_page(&TASK, &after, 2).await?,
        vec![three.clone()],
        "the second page"
    );
    let event = AuditQuery {
        event: Some(AuditEvent::StaffSignedIn),
        ..by_me
    };
    same!(
        tx.audit().audit_page(&TASK, &event, 9).await?,
        vec![one, three.clone()],
        "one event"
    );
    let portal = AuditQuery {
        portal: Some(place.portal_id(0)),
        ..AuditQuery::default()
    };
    same!(
        tx.audit().audit_page(&TASK, &portal, 9).await?,
        vec![three],
        "one portal"
    );
    let theirs = AuditQuery {
        actor: Some(four.actor),
        ..AuditQuery::default()
    };
    same!(tx.audit().audit_page(&TASK, &theirs, 9).await?, vec![four], "a contact");
    let span = AuditQuery {
        since: Some(at(4)),
        until: Some(at(5)),
        ..by_me
    };
    let found = tx.audit().audit_page(&TASK, &span, 9).await?;
    let ids: Vec<AuditId> = found.iter().map(|it| it.id).collect();
    same!(ids, vec![AuditId::from_uuid(uuid(&place, 3))], "a span of time");
    Ok(())
}

pub(super) async fn a_seal_keeps_its_entries_in_their_order(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let own = |number: usize| AuditId::from_uuid(uuid(&place, number));
    let entries: Vec<AuditEntry> = [(21, 3), (22, 1), (23, 2)]
        .into_iter()
        .map(|(number, second)| {
            let actor = AuditActor::CommandLine;
            AuditEntry::new(own(number), at(second), actor, AuditEvent::GroupAdded, "Gäste").with("a", "b")
        })
        .collect();
    for it in &entries {
        tx.audit().record(it).await?;
    }
    let ids: Vec<AuditId> = [22, 23, 21].map(own).to_vec();
    let mut waiting = tx.audit().unsealed(&TASK, 10_000).await?;
    waiting.retain(|it| ids.contains(&it.id));
    let found: Vec<AuditId> = waiting.iter().map(|it| it.id).collect();
    same!(found, ids, "the oldest first");
    let before = tx.audit().newest_seal(&TASK).await?.map_or(0, |it| it.number);
    let sealed: Vec<SealedEntry> = waiting.into_iter().map(SealedEntry::of).collect();
    let seal = Seal {
        number: before + 1,
        at: at(9),
        entries: 3,
        link: [7; 32],
    };
    tx.audit().add_seal(&TASK, &seal, &sealed).await?;
    same!(
        tx.audit().newest_seal(&TASK).await?,
        Some(seal.clone()),
        "the newest seal"
    );
    same!(
        tx.audit().seals(&TASK, before, 5).await?,
        vec![seal.clone()],
        "seals behind a number"
    );
    same!(
        tx.audit().sealed(&TASK, seal.number).await?,
        sealed,
        "the entries under it"
    );
    let left = tx.audit().unsealed(&TASK, 10_000).await?;
    ensure!(
        !left.iter().any(|it| ids.contains(&it.id)),
        "what is sealed waits no more"
    );
    Ok(())
}
