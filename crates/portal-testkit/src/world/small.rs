use std::collections::{BTreeMap, BTreeSet};

use portal_core::access::Standing;
use portal_core::ticket::{Priority, Stage};

use super::{Access, GROUPS, Inbox, Issue, Item, Person, Portal, Sight, World};

impl World {
    /// One portal with company view. Contacts 0 and 1 are of company 0, contact 2 of company 1. Ticket 0 is of contact 0
    /// and company 0, ticket 1 of contact 2 and company 1.
    #[must_use]
    pub fn small() -> Self {
        let person = |primary| Person {
            active: true,
            registered: true,
            primary: Some(primary),
            further: BTreeSet::new(),
            groups: BTreeSet::new(),
            region: None,
            level: None,
        };
        Self {
            portals: vec![Portal {
                published: true,
                sight: Sight::Company,
                access: Access::Registered,
                hides: BTreeSet::new(),
            }],
            groups: vec![None; GROUPS],
            inboxes: vec![Inbox {
                portal: Some(0),
                moving_to: None,
            }],
            contacts: vec![person(0), person(0), person(1)],
            tickets: vec![Issue::open(0, 0), Issue::open(2, 1)],
        }
    }
}

impl Issue {
    /// An open ticket with one message.
    #[must_use]
    pub fn open(requester: usize, company: usize) -> Self {
        Self {
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
}
