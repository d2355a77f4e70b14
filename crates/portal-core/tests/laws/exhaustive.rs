//! Not a sample: every world of up to two contacts, two companies and two tickets, under every policy.
//!
//! The first test walks everything about one viewer and one ticket. The rule looks at one ticket at a time, so a second
//! one can change nothing; the other test walks all pairs of tickets all the same, without what stands still there.

use std::collections::BTreeSet;

use portal_core::access::Standing;
use portal_core::ticket::Stage;

use crate::oracle::sees;
use crate::world::{Asks, Contact, Door, Inbox, Portal, STANDINGS, Sight, Test, Ticket, World, why};

fn subsets() -> [BTreeSet<u8>; 4] {
    [
        BTreeSet::new(),
        BTreeSet::from([0]),
        BTreeSet::from([1]),
        BTreeSet::from([0, 1]),
    ]
}

fn sights() -> [Sight; 4] {
    let test = |asks| {
        Sight::CompanyFor(vec![vec![Test {
            property: 0,
            asks,
            value: 1,
        }]])
    };
    [Sight::Own, Sight::Company, test(Asks::Is), test(Asks::IsNot)]
}

fn doors() -> [Door; 4] {
    [
        Door::Registered,
        Door::Groups(BTreeSet::new()),
        Door::Groups(BTreeSet::from([0])),
        Door::Groups(BTreeSet::from([0, 1])),
    ]
}

fn portal() -> Portal {
    Portal {
        published: true,
        sight: Sight::Own,
        door: Door::Registered,
        hidden: BTreeSet::new(),
        close: true,
        reopen_days: Some(30),
        colleagues: false,
        mark_private: true,
        rate: true,
    }
}

fn contact() -> Contact {
    Contact {
        active: true,
        registered: true,
        primary: None,
        groups: BTreeSet::new(),
        values: [None, None],
    }
}

/// Two portals; an inbox of each, one of none, one on the move.
fn world() -> World {
    let inbox = |portal, moving_to| Inbox { portal, moving_to };
    World {
        portals: vec![portal(), portal()],
        groups: vec![None, None],
        contacts: vec![contact(), contact()],
        inboxes: vec![
            inbox(Some(0), None),
            inbox(Some(1), None),
            inbox(None, None),
            inbox(Some(0), Some(1)),
        ],
        tickets: Vec::new(),
    }
}

fn ticket() -> Ticket {
    Ticket {
        inbox: 0,
        pipeline: 0,
        standing: Standing::Live,
        private: false,
        contacts: BTreeSet::new(),
        companies: BTreeSet::new(),
        stage: Stage::Received,
        requester: None,
        closed_for: None,
    }
}

/// Every ticket there can be: associations, audience, standing, inbox, pipeline.
fn tickets() -> Vec<Ticket> {
    let mut all = Vec::new();
    for contacts in subsets() {
        for companies in subsets() {
            for private in [false, true] {
                for standing in STANDINGS {
                    for inbox in 0..4 {
                        for pipeline in 0..2 {
                            let (contacts, companies) = (contacts.clone(), companies.clone());
                            all.push(Ticket {
                                inbox,
                                pipeline,
                                standing,
                                private,
                                contacts,
                                companies,
                                ..ticket()
                            });
                        }
                    }
                }
            }
        }
    }
    all
}

/// Every way in which a contact can stand at the door of the first portal.
fn people() -> Vec<Contact> {
    let mut all = Vec::new();
    for active in [true, false] {
        for registered in [true, false] {
            for primary in [None, Some(0), Some(1)] {
                for groups in subsets() {
                    for value in [None, Some(0), Some(1)] {
                        all.push(Contact {
                            active,
                            registered,
                            primary,
                            groups: groups.clone(),
                            values: [value, None],
                        });
                    }
                }
            }
        }
    }
    all
}

#[test]
fn every_viewer_sees_of_every_ticket_what_the_oracle_says() {
    let mut world = world();
    world.tickets = tickets();
    let facts: Vec<_> = (0..world.tickets.len()).map(|it| world.facts(it)).collect();
    // Whoever enters differs in nothing but what they see, so each way of seeing is walked over all tickets once, and
    // each way of standing at the door over one ticket that the contact is on.
    let mine = world.tickets.iter().position(|it| it.contacts.contains(&0)).unwrap();
    let mut walked = 0_u32;
    for published in [true, false] {
        for door in doors() {
            for sight in sights() {
                for hidden in subsets() {
                    world.portals[0] = Portal {
                        published,
                        door: door.clone(),
                        sight: sight.clone(),
                        hidden,
                        ..portal()
                    };
                    for person in people() {
                        world.contacts[0] = person;
                        let viewer = world.viewer(0, 0);
                        let plain =
                            matches!(world.portals[0].door, Door::Registered) && world.contacts[0].groups.is_empty();
                        let which = if plain && viewer.is_ok() {
                            0..facts.len()
                        } else {
                            mine..mine + 1
                        };
                        for it in which {
                            let seen = viewer.as_ref().ok().and_then(|viewer| why(viewer, 0, &facts[it]));
                            assert_eq!(
                                seen,
                                sees(&world, 0, 0, it),
                                "{:?} {:?} {:?}",
                                world.portals[0],
                                world.contacts[0],
                                world.tickets[it]
                            );
                            walked += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(walked > 180_000, "only {walked} combinations were walked");
}

#[test]
fn every_pair_of_tickets_and_contacts_is_seen_as_the_oracle_says() {
    let kinds: Vec<Ticket> = tickets()
        .into_iter()
        .filter(|it| it.pipeline == 0 && it.inbox == 0 && matches!(it.standing, Standing::Live | Standing::Spam))
        .collect();
    let mut world = world();
    let mut walked = 0_u32;
    for sight in [Sight::Own, Sight::Company] {
        world.portals[0].sight = sight;
        for first in [None, Some(0), Some(1)] {
            for second in [None, Some(0), Some(1)] {
                world.contacts[0].primary = first;
                world.contacts[1].primary = second;
                let viewers = [world.viewer(0, 0).unwrap(), world.viewer(0, 1).unwrap()];
                for one in &kinds {
                    for other in &kinds {
                        world.tickets = vec![one.clone(), other.clone()];
                        for at in 0..2 {
                            let facts = world.facts(at);
                            for (contact, viewer) in (0..).zip(&viewers) {
                                assert_eq!(why(viewer, contact, &facts), sees(&world, 0, contact, at));
                                walked += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert_eq!(walked, 2 * 9 * 64 * 64 * 4);
}
