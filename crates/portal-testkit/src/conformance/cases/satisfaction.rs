use std::collections::BTreeSet;

use portal_core::actor::Task;
use portal_core::measures::MeasureQuery;
use portal_core::ports::{Access, Store, Tx};
use portal_core::satisfaction::{MeasuredRating, Rating, TicketRating};
use portal_core::staff::InboxAccess;
use portal_core::ticket::{Stage, Ticket, Version};

use super::desk::scope;
use super::small;
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::world::{Place, World, at};

const TASK: &Task = &Task::Maintenance;

/// A world with two tickets of the first contact, then one of the third, who is of another company.
async fn with_tickets(tx: &mut dyn Tx) -> Result<(Place, Vec<Ticket>), Broken> {
    let world = World {
        tickets: vec![small::issue(0, 0), small::issue(0, 0), small::issue(2, 1)],
        ..small::world()
    };
    let place = world.install(tx).await?;
    let tickets: Result<_, Broken> = (0..3).map(|it| place.ticket(&world, it)).collect();
    Ok((place, tickets?))
}

fn rating(place: &Place, ticket: &Ticket, contact: usize, rating: Rating, second: i64) -> Result<TicketRating, Broken> {
    let comment = match rating {
        Rating::Good => None,
        Rating::NotGood => Some("It took\na week.".parse()?),
    };
    Ok(TicketRating {
        ticket: ticket.number,
        contact: place.contact_id(contact),
        name: format!("Contact {contact}"),
        rating,
        comment,
        at: at(second),
    })
}

pub(super) async fn a_rating_is_its_contacts_own_and_of_a_ticket_they_see(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (place, tickets) = with_tickets(&mut *tx).await?;
    let [first, second, foreign] = tickets.as_slice() else {
        return Err(Broken::new("there are not three tickets"));
    };
    let own = rating(&place, first, 0, Rating::NotGood, 100)?;
    let colleagues = rating(&place, first, 1, Rating::Good, 200)?;
    let elsewhere = rating(&place, foreign, 0, Rating::Good, 300)?;
    for it in [&own, &colleagues, &elsewhere] {
        tx.satisfaction().put_rating(it).await?;
    }
    let viewer = small::viewer(&mut *tx, &place, 0).await?;
    let scope_of = viewer.scope();
    let found = tx.satisfaction().own_rating(scope_of, first.number).await?;
    same!(found, Some(own.clone()), "one's own rating, not a colleague's");
    let found = tx.satisfaction().own_rating(scope_of, second.number).await?;
    same!(found, None, "a rating of a ticket that has none");
    let found = tx.satisfaction().own_rating(scope_of, foreign.number).await?;
    same!(found, None, "a rating of a ticket that one does not see");

    let all = scope(&place, InboxAccess::All)?;
    let none = scope(&place, InboxAccess::Only(BTreeSet::new()))?;
    let found = tx.satisfaction().ratings(&all, first.number, 10).await?;
    same!(found, vec![colleagues.clone(), own.clone()], "the newest first");
    let found = tx.satisfaction().ratings(&all, first.number, 1).await?;
    same!(found, vec![colleagues.clone()], "the limit");
    let found = tx.satisfaction().ratings(&none, first.number, 10).await?;
    same!(found, vec![], "ratings of another inbox");

    // One for each contact and ticket: a later one takes its place.
    let changed = rating(&place, first, 0, Rating::Good, 400)?;
    tx.satisfaction().put_rating(&changed).await?;
    let found = tx.satisfaction().ratings(&all, first.number, 10).await?;
    same!(found, vec![changed.clone(), colleagues], "a rating that was changed");
    let theirs = tx.satisfaction().ratings_by(TASK, place.contact_id(0), 10).await?;
    same!(
        theirs,
        vec![changed.clone(), elsewhere],
        "all of one contact, by ticket"
    );
    let theirs = tx.satisfaction().ratings_by(TASK, place.contact_id(0), 1).await?;
    same!(theirs, vec![changed], "the limit");
    let after = tx.tickets().load(TASK, first.number).await?;
    same!(after, Some(first.clone()), "the ticket itself");
    Ok(())
}

pub(super) async fn ratings_are_measured_when_their_ticket_was_closed(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (place, tickets) = with_tickets(&mut *tx).await?;
    let mut wanted = Vec::new();
    for (it, closed) in tickets.iter().zip([Some(1000), None, Some(2000)]) {
        let changed = Ticket {
            stage: if closed.is_some() {
                Stage::Closed
            } else {
                Stage::InProgress
            },
            closed_at: closed.map(at),
            version: Version(it.version.0 + 1),
            ..it.clone()
        };
        ensure!(tx.tickets().update(&changed, it.version).await?, "not updated");
        for (contact, said) in [(0, Rating::Good), (2, Rating::NotGood)] {
            tx.satisfaction()
                .put_rating(&rating(&place, it, contact, said, 5000)?)
                .await?;
            wanted.push(MeasuredRating {
                ticket: it.number,
                rating: said,
            });
        }
    }
    let [a, b, _, _, e, f] = wanted.as_slice() else {
        return Err(Broken::new("there are not six ratings"));
    };
    let all = scope(&place, InboxAccess::All)?;
    let none = scope(&place, InboxAccess::Only(BTreeSet::new()))?;
    let inbox = place.inbox_id(0);
    for (from, until, expected) in [
        (1000, 2000, vec![*a, *b]),
        (1001, 2000, vec![]),
        (1000, 2001, vec![*a, *b, *e, *f]),
    ] {
        for asked in [None, Some(inbox)] {
            let query = MeasureQuery {
                from: at(from),
                until: at(until),
                inbox: asked,
            };
            let mut found = tx.satisfaction().measured_ratings(&all, &query, 100).await?;
            // Other inboxes of the store may have tickets, too.
            found.retain(|it| tickets.iter().any(|ticket| ticket.number == it.ticket));
            found.sort_unstable();
            same!(
                found,
                expected,
                "what was said of tickets closed from {from} until {until}"
            );
            let found = tx.satisfaction().measured_ratings(&none, &query, 100).await?;
            same!(found, vec![], "what was said of tickets of other inboxes");
        }
    }
    let query = MeasureQuery {
        from: at(0),
        until: at(9000),
        inbox: Some(inbox),
    };
    let found = tx.satisfaction().measured_ratings(&all, &query, 3).await?;
    same!(found.len(), 3, "the limit");
    Ok(())
}

pub(super) async fn ratings_follow_a_merge_come_back_and_are_emptied(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (place, tickets) = with_tickets(&mut *tx).await?;
    let [both, theirs, later] = tickets.as_slice() else {
        return Err(Broken::new("there are not three tickets"));
    };
    let (from, into) = (place.contact_id(0), place.contact_id(1));
    let all = scope(&place, InboxAccess::All)?;
    for it in [both, theirs, later] {
        let given = rating(&place, it, 0, Rating::NotGood, 100)?;
        tx.satisfaction().put_rating(&given).await?;
    }
    tx.satisfaction()
        .put_rating(&rating(&place, both, 1, Rating::Good, 200)?)
        .await?;
    for it in [both, theirs, later] {
        tx.satisfaction().hand_rating(TASK, it.number, from, into).await?;
    }
    let handed = tx.satisfaction().ratings_by(TASK, into, 10).await?;
    let whose: Vec<_> = handed.iter().map(|it| (it.ticket, it.name.as_str())).collect();
    let expected = [
        (both.number, "Contact 1"),
        (theirs.number, "Contact 0"),
        (later.number, "Contact 0"),
    ];
    same!(whose, expected.to_vec(), "what was handed on");
    let left = tx.satisfaction().ratings_by(TASK, from, 10).await?;
    let left: Vec<_> = left.iter().map(|it| it.ticket).collect();
    same!(left, vec![both.number], "where both said something, both stay");

    // Whoever got it says something else: that stays theirs.
    let own = rating(&place, later, 1, Rating::Good, 300)?;
    tx.satisfaction().put_rating(&own).await?;
    for it in [both, theirs, later] {
        tx.satisfaction().return_rating(TASK, it.number, from, into).await?;
    }
    let back = tx.satisfaction().ratings_by(TASK, from, 10).await?;
    let back: Vec<_> = back.iter().map(|it| it.ticket).collect();
    same!(back, vec![both.number, theirs.number], "what came back");

    tx.crm().erase_contact(TASK, from, &[], at(900)).await?;
    let found = tx.satisfaction().ratings(&all, theirs.number, 10).await?;
    let emptied = TicketRating {
        name: String::new(),
        comment: None,
        ..rating(&place, theirs, 0, Rating::NotGood, 100)?
    };
    same!(found, vec![emptied], "what an erased contact said");
    let found = tx.satisfaction().ratings(&all, later.number, 10).await?;
    same!(found, vec![own], "what somebody else said");
    Ok(())
}
