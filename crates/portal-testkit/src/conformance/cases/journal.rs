use portal_core::ports::{Access, IdempotencyKey, Remembered, Store};

use super::small::world;
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::world::at;

const USE_CASE: &str = "tickets.open";

fn done(result: &str, second: i64) -> Remembered {
    Remembered {
        command: [3; 32],
        result: result.to_owned(),
        at: at(second),
    }
}

fn key(text: &str) -> Result<IdempotencyKey, Broken> {
    Ok(text.parse()?)
}

pub(super) async fn remember_returns_false_if_the_key_is_taken(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let (contact, key) = (place.contact_id(0).uuid(), key("a-key-of-mine")?);
    let first = done("first", 100);
    same!(
        tx.journal().recall(contact, USE_CASE, &key, at(0)).await?,
        None,
        "an unused key"
    );
    let fresh = tx.journal().remember(contact, USE_CASE, &key, &first, at(0)).await?;
    ensure!(fresh, "an unused key was taken");
    for since in [at(0), at(100)] {
        let again = tx
            .journal()
            .remember(contact, USE_CASE, &key, &done("second", 200), since)
            .await?;
        ensure!(!again, "a taken key was given again");
        let found = tx.journal().recall(contact, USE_CASE, &key, since).await?;
        same!(found, Some(first.clone()), "what was done under the key");
    }
    Ok(())
}

pub(super) async fn remember_replaces_what_is_older(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let (contact, key) = (place.contact_id(0).uuid(), key("a-key-of-mine")?);
    tx.journal()
        .remember(contact, USE_CASE, &key, &done("first", 100), at(0))
        .await?;
    let found = tx.journal().recall(contact, USE_CASE, &key, at(101)).await?;
    same!(found, None, "what was done before the instant");
    let second = done("second", 200);
    let fresh = tx.journal().remember(contact, USE_CASE, &key, &second, at(101)).await?;
    ensure!(fresh, "a key that was used long ago is still taken");
    let found = tx.journal().recall(contact, USE_CASE, &key, at(0)).await?;
    same!(found, Some(second), "what was done under the key");
    Ok(())
}

pub(super) async fn keys_of_different_contacts_and_use_cases_do_not_meet(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let (lower, upper) = (key("a-key-of-mine")?, key("A-KEY-of-mine")?);
    let uses = [
        (place.contact_id(0).uuid(), USE_CASE, &lower),
        (place.contact_id(1).uuid(), USE_CASE, &lower),
        (place.contact_id(0).uuid(), "tickets.reply", &lower),
        (place.contact_id(0).uuid(), USE_CASE, &upper),
    ];
    for (number, (contact, use_case, key)) in uses.into_iter().enumerate() {
        let what = done(&format!("use {number}"), 100);
        let fresh = tx.journal().remember(contact, use_case, key, &what, at(0)).await?;
        ensure!(fresh, "use {number} was taken by another");
    }
    for (number, (contact, use_case, key)) in uses.into_iter().enumerate() {
        let found = tx.journal().recall(contact, use_case, key, at(0)).await?;
        same!(found, Some(done(&format!("use {number}"), 100)), "use {number}");
    }
    Ok(())
}
