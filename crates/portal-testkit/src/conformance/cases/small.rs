use portal_core::access::{Entrant, Viewer};
use portal_core::ports::{Access, Store, StoreError, StoreErrorKind, Tx};

use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::conformance::laws;
use crate::world::{Issue, Place, World};

pub(super) fn world() -> World {
    World::small()
}

pub(super) fn issue(requester: usize, company: usize) -> Issue {
    Issue::open(requester, company)
}

/// Puts a world into the store for everybody to see.
pub(super) async fn committed(store: &dyn Store, world: &World) -> Result<Place, Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world.install(&mut *tx).await?;
    tx.commit().await?;
    Ok(place)
}

/// A contact at the door of the first portal.
pub(super) async fn entrant(tx: &mut dyn Tx, place: &Place, contact: usize) -> Result<Entrant, Broken> {
    let found = tx
        .directory()
        .entrant(place.portal_id(0), place.contact_id(contact))
        .await?;
    found.ok_or_else(|| Broken::new("the entrant was not found"))
}

/// A contact in the first portal.
pub(super) async fn viewer(tx: &mut dyn Tx, place: &Place, contact: usize) -> Result<Viewer, Broken> {
    let entrant = entrant(tx, place, contact).await?;
    laws::viewer(&entrant).ok_or_else(|| Broken::new(format!("contact {contact} was not let in")))
}

/// A write that must be refused as a duplicate.
pub(super) fn conflict<T>(outcome: Result<T, StoreError>, what: &str) -> Result<(), Broken> {
    let Err(error) = outcome else {
        return Err(Broken::new(format!("{what} was accepted")));
    };
    same!(error.kind(), StoreErrorKind::Conflict, "the error of {what}");
    Ok(())
}

/// The unit of work is not broken: it still reads.
pub(super) async fn usable(tx: &mut dyn Tx, place: &Place) -> Result<(), Broken> {
    let found = tx.directory().portal(place.portal_id(0)).await?;
    ensure!(found.is_some(), "after a refused write the unit of work finds nothing");
    Ok(())
}
