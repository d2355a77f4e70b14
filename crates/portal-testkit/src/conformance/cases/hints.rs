use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use portal_core::access::Principal;
use portal_core::id::{AgentId, Uuid};
use portal_core::ports::{Access, DeskFeed, DeskHint, DeskNews, Hint, HintFeed, Presence, Store};
use portal_core::ticket::Version;

use super::small::{committed, world};
use crate::conformance::Broken;
use crate::conformance::broken::same;

/// A hint that is awaited.
type Coming<'a, T> = Pin<Box<dyn Future<Output = Option<T>> + Send + 'a>>;

/// How often the store is asked whether it is there while a hint is awaited: a clock that every store has.
const PATIENCE: usize = 20_000;

pub(super) async fn hints_come_after_the_commit_and_never_after_a_rollback(store: &dyn Store) -> Result<(), Broken> {
    let place = committed(store, &world()).await?;
    let mut feed = store.hints();
    let hint = |ticket: usize, version, readers| -> Result<Hint, Broken> {
        let (portal, number) = (place.portal_id(0), place.number(ticket)?);
        Ok(Hint {
            portal,
            number,
            version: Version(version),
            readers,
        })
    };
    let people = vec![
        Principal::Contact(place.contact_id(0)),
        Principal::Company(place.company_id(0)),
    ];
    let dropped = hint(0, 7, people.clone())?;
    let (first, second) = (hint(0, 8, people)?, hint(1, 9, Vec::new())?);
    let mut tx = store.begin(Access::Write).await?;
    tx.journal().hint(&dropped).await?;
    drop(tx);
    let mut tx = store.begin(Access::Write).await?;
    tx.journal().hint(&first).await?;
    tx.journal().hint(&second).await?;
    tx.commit().await?;
    for wanted in [first, second] {
        match next(&mut *feed, store).await? {
            // Some were missed, and listeners look for themselves: that is as good.
            None => return Ok(()),
            Some(found) => same!(found, wanted, "the next hint"),
        }
    }
    Ok(())
}

/// The next hint, or an error if none comes for long.
async fn next(feed: &mut dyn HintFeed, store: &dyn Store) -> Result<Option<Hint>, Broken> {
    wait(feed.next(), store).await
}

/// The next hint for the desk, likewise.
async fn desk_next(feed: &mut dyn DeskFeed, store: &dyn Store) -> Result<Option<DeskHint>, Broken> {
    wait(feed.next(), store).await
}

async fn wait<T>(mut waiting: Coming<'_, T>, store: &dyn Store) -> Result<Option<T>, Broken> {
    for _ in 0..PATIENCE {
        let mut came = None;
        poll_fn(|context| {
            if let Poll::Ready(it) = waiting.as_mut().poll(context) {
                came = Some(it);
            }
            Poll::Ready(())
        })
        .await;
        if let Some(hint) = came {
            return Ok(hint);
        }
        store.ping().await?;
    }
    Err(Broken::new("no hint came after the commit"))
}

pub(super) async fn hints_for_the_desk_reach_the_desk_only(store: &dyn Store) -> Result<(), Broken> {
    let place = committed(store, &world()).await?;
    let (mut customers, mut desk) = (store.hints(), store.desk_hints());
    let said = |news| -> Result<DeskHint, Broken> {
        Ok(DeskHint {
            number: place.number(0)?,
            inbox: place.inbox_id(0),
            news,
        })
    };
    let present = DeskNews::Presence {
        agent: AgentId::from_uuid(Uuid::from_u128(7)),
        name: "Mara \"M\" Ökafor".to_owned(),
        doing: Presence::Writing,
    };
    let public = Hint {
        portal: place.portal_id(0),
        number: place.number(0)?,
        version: Version(3),
        readers: Vec::new(),
    };
    let mut tx = store.begin(Access::Write).await?;
    tx.journal().desk_hint(&said(DeskNews::Changed(Version(9)))?).await?;
    drop(tx);
    let mut tx = store.begin(Access::Write).await?;
    tx.journal().desk_hint(&said(DeskNews::Noted)?).await?;
    tx.journal().desk_hint(&said(present.clone())?).await?;
    tx.journal().hint(&public).await?;
    tx.commit().await?;
    // The first that customers are told of is what was said after both of the desk's.
    if let Some(found) = next(&mut *customers, store).await? {
        same!(found, public, "what customers are told");
    }
    for wanted in [said(DeskNews::Noted)?, said(present)?] {
        match desk_next(&mut *desk, store).await? {
            None => return Ok(()),
            Some(found) => same!(found, wanted, "what the desk is told"),
        }
    }
    Ok(())
}
