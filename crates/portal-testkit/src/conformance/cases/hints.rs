use std::future::poll_fn;
use std::task::Poll;

use portal_core::access::Principal;
use portal_core::ports::{Access, Hint, HintFeed, Store};
use portal_core::ticket::Version;

use super::small::{committed, world};
use crate::conformance::Broken;
use crate::conformance::broken::same;

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
    let mut waiting = feed.next();
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
