use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use portal_core::id::{MessageId, Uuid};
use portal_core::membership::{Throttle, ThrottleKey};
use portal_core::ports::{Access, IdempotencyKey, Remembered, Store, StoreError, StoreErrorKind};
use portal_core::ticket::{File, FileHome, Ticket, Version};

use super::small::{committed, viewer, world};
use super::tickets::message;
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::world::{Place, at};

/// How many do the same thing at the same time.
pub(super) const MANY: usize = 8;
/// How often a unit of work is tried again before the store is said not to get anywhere.
pub(super) const ATTEMPTS: usize = 200;

pub(super) type Attempt<'a, T> = Pin<Box<dyn Future<Output = Result<T, Broken>> + 'a>>;

/// Runs all of them by turns, until each is ready.
pub(super) async fn all<T>(mut running: Vec<Attempt<'_, T>>) -> Result<Vec<T>, Broken> {
    let mut results = Vec::new();
    poll_fn(|context| {
        running.retain_mut(|it| match it.as_mut().poll(context) {
            Poll::Ready(result) => {
                results.push(result);
                false
            }
            Poll::Pending => true,
        });
        if running.is_empty() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    results.into_iter().collect()
}

/// `None` if the unit of work should be tried again.
pub(super) fn or_again<T>(outcome: Result<T, StoreError>) -> Result<Option<T>, Broken> {
    match outcome {
        Ok(it) => Ok(Some(it)),
        Err(error) if error.kind() == StoreErrorKind::Retry => Ok(None),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn after_the_lock_everything_committed_before_is_seen(store: &dyn Store) -> Result<(), Broken> {
    let world = world();
    let place = committed(store, &world).await?;
    let mut running: Vec<Attempt<'_, ()>> = Vec::new();
    for _ in 0..MANY {
        running.push(Box::pin(raise_version(store, &place)));
    }
    all(running).await?;
    let mut tx = store.begin(Access::Snapshot).await?;
    let viewer = viewer(&mut *tx, &place, 0).await?;
    let found = tx.tickets().find(viewer.scope(), place.number(0)?).await?;
    let version = found.map(|it| it.version);
    same!(
        version,
        Some(Version(1 + MANY as i64)),
        "the version after {MANY} changes at once"
    );
    Ok(())
}

async fn raise_version(store: &dyn Store, place: &Place) -> Result<(), Broken> {
    for _ in 0..ATTEMPTS {
        if raise_once(store, place).await?.is_some() {
            return Ok(());
        }
    }
    Err(Broken::new(format!(
        "after {ATTEMPTS} attempts the ticket was not changed"
    )))
}

async fn raise_once(store: &dyn Store, place: &Place) -> Result<Option<()>, Broken> {
    let number = place.number(0)?;
    let Some(mut tx) = or_again(store.begin(Access::Write).await)? else {
        return Ok(None);
    };
    if or_again(tx.tickets().lock(number).await)?.is_none() {
        return Ok(None);
    }
    let viewer = viewer(&mut *tx, place, 0).await?;
    let Some(before) = tx.tickets().find(viewer.scope(), number).await? else {
        return Err(Broken::new("the locked ticket was not found"));
    };
    let after = Ticket {
        version: Version(before.version.0 + 1),
        ..before.clone()
    };
    match or_again(tx.tickets().update(&after, before.version).await)? {
        None => Ok(None),
        Some(false) => Err(Broken::new("what was read after the lock was not the newest state")),
        Some(true) => or_again(tx.commit().await),
    }
}

pub(super) async fn one_of_many_who_remember_at_once_is_first(store: &dyn Store) -> Result<(), Broken> {
    let place = committed(store, &world()).await?;
    let key: IdempotencyKey = "pressed-twice".parse()?;
    let mut running: Vec<Attempt<'_, bool>> = Vec::new();
    for number in 0..MANY {
        running.push(Box::pin(remember(store, &place, &key, number)));
    }
    let first = all(running).await?.into_iter().filter(|it| *it).count();
    same!(first, 1, "how many of {MANY} were first");
    Ok(())
}

async fn remember(store: &dyn Store, place: &Place, key: &IdempotencyKey, number: usize) -> Result<bool, Broken> {
    let what = Remembered {
        command: [1; 32],
        result: number.to_string(),
        at: at(10),
    };
    let who = place.contact_id(0).uuid();
    for _ in 0..ATTEMPTS {
        let Some(mut tx) = or_again(store.begin(Access::Write).await)? else {
            continue;
        };
        let outcome = tx.journal().remember(who, "test", key, &what, at(0)).await;
        let Some(first) = or_again(outcome)? else { continue };
        let taken = tx.journal().recall(who, "test", key, at(0)).await?;
        ensure!(taken.is_some(), "the key is taken, and nothing is remembered under it");
        if or_again(tx.commit().await)?.is_some() {
            return Ok(first);
        }
    }
    Err(Broken::new(format!(
        "after {ATTEMPTS} attempts the key was not remembered"
    )))
}

pub(super) async fn numbers_given_at_once_are_different(store: &dyn Store) -> Result<(), Broken> {
    let mut running: Vec<Attempt<'_, i64>> = Vec::new();
    for _ in 0..MANY {
        running.push(Box::pin(take_number(store)));
    }
    let mut numbers = all(running).await?;
    numbers.sort_unstable();
    numbers.dedup();
    same!(numbers.len(), MANY, "different numbers");
    Ok(())
}

async fn take_number(store: &dyn Store) -> Result<i64, Broken> {
    for _ in 0..ATTEMPTS {
        let Some(mut tx) = or_again(store.begin(Access::Write).await)? else {
            continue;
        };
        let Some(number) = or_again(tx.tickets().next_number().await)? else {
            continue;
        };
        if or_again(tx.commit().await)?.is_some() {
            return Ok(number.get());
        }
    }
    Err(Broken::new(format!("after {ATTEMPTS} attempts no number was given")))
}

pub(super) async fn failures_at_once_are_counted_one_after_the_other(store: &dyn Store) -> Result<(), Broken> {
    let key = ThrottleKey::network(&format!("{:x}", Place::fresh().base));
    let mut running: Vec<Attempt<'_, ()>> = Vec::new();
    for _ in 0..MANY {
        running.push(Box::pin(fail(store, &key)));
    }
    all(running).await?;
    let mut tx = store.begin(Access::Read).await?;
    let failures = tx.accounts().throttle(&key).await?.map(|it| it.failures);
    same!(failures, Some(MANY as u32), "failures counted");
    Ok(())
}

async fn fail(store: &dyn Store, key: &ThrottleKey) -> Result<(), Broken> {
    for _ in 0..ATTEMPTS {
        let Some(mut tx) = or_again(store.begin(Access::Write).await)? else {
            continue;
        };
        let Some(before) = or_again(tx.accounts().throttle(key).await)? else {
            continue;
        };
        let after = Throttle::failed(before, key.kind, at(10));
        let set = tx.accounts().set_throttle(key, Some(&after)).await;
        if or_again(set)?.is_some() && or_again(tx.commit().await)?.is_some() {
            return Ok(());
        }
    }
    Err(Broken::new(format!(
        "after {ATTEMPTS} attempts the failure was not counted"
    )))
}

pub(super) async fn a_file_goes_with_one_of_many_messages_sent_at_once(store: &dyn Store) -> Result<(), Broken> {
    let place = committed(store, &world()).await?;
    let mut running: Vec<Attempt<'_, bool>> = Vec::new();
    for number in 0..MANY {
        running.push(Box::pin(send(store, &place, number)));
    }
    let sent = all(running).await?.into_iter().filter(|it| *it).count();
    same!(sent, 1, "how many of {MANY} messages took the file");
    Ok(())
}

/// Whether the staged file of the first contact was still there to be sent.
async fn send(store: &dyn Store, place: &Place, number: usize) -> Result<bool, Broken> {
    let id = place.staged_file_id(0);
    for _ in 0..ATTEMPTS {
        let Some(mut tx) = or_again(store.begin(Access::Write).await)? else {
            continue;
        };
        let viewer = viewer(&mut *tx, place, 0).await?;
        let files = tx.tickets().staged_files(viewer.scope(), &[id], at(0)).await?;
        if files.is_empty() {
            return Ok(false);
        }
        let mut message = message(place, place.number(0)?, "with a file");
        message.id = MessageId::from_uuid(Uuid::from_u128(u128::from(place.base) + 100 + number as u128));
        message.seq = 100 + number as u32;
        let home = FileHome::Message(message.ticket, message.id);
        message.files = files.into_iter().map(|it| File { home, ..it }).collect();
        let added = tx.tickets().add_message(&message).await;
        if or_again(added)?.is_some() && or_again(tx.commit().await)?.is_some() {
            return Ok(true);
        }
    }
    Err(Broken::new(format!("after {ATTEMPTS} attempts the file was not sent")))
}
