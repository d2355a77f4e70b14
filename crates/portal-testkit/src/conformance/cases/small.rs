use std::collections::{BTreeMap, BTreeSet};

use portal_core::access::{Entrant, Standing, Viewer};
use portal_core::ports::{Access, Store, StoreError, StoreErrorKind, Tx};
use portal_core::ticket::{Priority, Stage};

use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::conformance::laws;
use crate::world::{self, Inbox, Issue, Item, Person, Place, Portal, Sight, World};

/// One portal with company view. Contacts 0 and 1 are of company 0, contact 2 of company 1. Ticket 0 is of contact 0 and
/// company 0, ticket 1 of contact 2 and company 1.
pub(super) fn world() -> World {
    let person = |primary| Person {
        active: true,
        registered: true,
        primary: Some(primary),
        further: BTreeSet::new(),
        groups: BTreeSet::new(),
        region: None,
        level: None,
    };
    World {
        portals: vec![Portal {
            published: true,
            sight: Sight::Company,
            access: world::Access::Registered,
            hides: BTreeSet::new(),
        }],
        inboxes: vec![Inbox {
            portal: Some(0),
            moving_to: None,
        }],
        contacts: vec![person(0), person(0), person(1)],
        tickets: vec![issue(0, 0), issue(2, 1)],
    }
}

/// An open ticket with one message.
pub(super) fn issue(requester: usize, company: usize) -> Issue {
    Issue {
        inbox: 0,
        pipeline: 0,
        stage: Stage::Received,
        standing: Standing::Live,
        private: false,
        requester: Some(requester),
        participants: BTreeSet::new(),
        companies: BTreeSet::from([company]),
        activity: 1,
        priority: Priority::Normal,
        subject: vec!["ant"],
        thread: vec![Item::Message {
            words: vec!["bee"],
            file: false,
            by: Some(requester),
        }],
        notes: Vec::new(),
        read: BTreeMap::new(),
        version: 1,
    }
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
