use std::collections::{BTreeMap, BTreeSet};

use portal_core::access::Standing;
use portal_core::ticket::{Priority, Stage};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;

use super::{
    Access, COMPANIES, Condition, GROUPS, Inbox, Issue, Item, NOTE_WORD, PIPELINES, Person, Portal, Region, Sight,
    WORDS, Word, World,
};

/// Worlds in which the interesting things are common: equal times, several people on a ticket, contacts without company,
/// private tickets, tickets that nobody may see, inboxes on the move.
pub fn worlds() -> impl Strategy<Value = World> {
    (1..=2_usize, 1..=2_usize, 1..=4_usize).prop_flat_map(|(portals, inboxes, contacts)| {
        (
            vec(portal(), portals),
            vec(group(), GROUPS),
            vec(inbox(portals), inboxes),
            vec(person(), contacts),
            vec(issue(inboxes, contacts), 0..=12),
        )
            .prop_map(|(portals, groups, inboxes, contacts, tickets)| World {
                portals,
                groups,
                inboxes,
                contacts,
                tickets,
            })
    })
}

fn few(of: usize, most: usize) -> impl Strategy<Value = BTreeSet<usize>> {
    btree_set(0..of, 0..=most.min(of))
}

fn portal() -> impl Strategy<Value = Portal> {
    let hides = prop_oneof![4 => Just(BTreeSet::new()), 1 => few(PIPELINES, 1)];
    let published = prop::bool::weighted(0.9);
    (published, sight(), access(), hides).prop_map(|(published, sight, access, hides)| Portal {
        published,
        sight,
        access,
        hides,
    })
}

pub(super) fn sight() -> impl Strategy<Value = Sight> {
    prop_oneof![
        2 => Just(Sight::Own),
        3 => Just(Sight::Company),
        2 => condition().prop_map(Sight::CompanyIf),
    ]
}

pub(super) fn group() -> impl Strategy<Value = Option<Condition>> {
    option::weighted(0.4, condition())
}

fn condition() -> impl Strategy<Value = Condition> {
    prop_oneof![
        Just(Condition::North),
        Just(Condition::NotNorth),
        Just(Condition::RegionKnown),
        Just(Condition::RegionUnknown),
        Just(Condition::LevelAbove3),
        Just(Condition::LevelBelow3OrPlaced),
    ]
}

pub(super) fn access() -> impl Strategy<Value = Access> {
    prop_oneof![3 => Just(Access::Registered), 2 => few(GROUPS, 2).prop_map(Access::Groups)]
}

fn inbox(portals: usize) -> impl Strategy<Value = Inbox> {
    let portal = prop_oneof![1 => Just(None), 6 => (0..portals).prop_map(Some)];
    let moving_to = prop_oneof![6 => Just(None), 1 => (0..portals).prop_map(Some)];
    (portal, moving_to).prop_map(|(portal, moving_to)| Inbox { portal, moving_to })
}

fn person() -> impl Strategy<Value = Person> {
    let primary = prop_oneof![1 => Just(None), 4 => (0..COMPANIES).prop_map(Some)];
    (
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.9),
        primary,
        few(COMPANIES, 2),
        few(GROUPS, 2),
        region(),
        option::of(1..=5_i64),
    )
        .prop_map(|(active, registered, primary, further, groups, region, level)| Person {
            active,
            registered,
            primary,
            further,
            groups,
            region,
            level,
        })
}

pub(super) fn region() -> impl Strategy<Value = Option<Region>> {
    option::of(prop_oneof![Just(Region::North), Just(Region::South)])
}

pub(super) fn stage() -> impl Strategy<Value = Stage> {
    prop_oneof![
        Just(Stage::Received),
        Just(Stage::InProgress),
        Just(Stage::WaitingOnContact),
        Just(Stage::Closed),
    ]
}

pub(super) fn standing() -> impl Strategy<Value = Standing> {
    prop_oneof![
        8 => Just(Standing::Live),
        1 => Just(Standing::Unverified),
        1 => Just(Standing::Spam),
        1 => Just(Standing::Deleted),
        1 => Just(Standing::Merged),
    ]
}

pub(super) fn words() -> impl Strategy<Value = Vec<Word>> {
    vec(prop::sample::select(&WORDS[..]), 1..=3)
}

fn item(contacts: usize) -> impl Strategy<Value = Item> {
    let message = (words(), prop::bool::weighted(0.3), option::of(0..contacts))
        .prop_map(|(words, file, by)| Item::Message { words, file, by });
    prop_oneof![4 => message, 1 => Just(Item::Event)]
}

fn note() -> impl Strategy<Value = Vec<Word>> {
    words().prop_map(|mut words| {
        words.push(NOTE_WORD);
        words
    })
}

fn issue(inboxes: usize, contacts: usize) -> impl Strategy<Value = Issue> {
    let where_it_is = (0..inboxes, 0..PIPELINES, stage(), standing(), prop::bool::weighted(0.2));
    let who = (option::of(0..contacts), few(contacts, 3), few(COMPANIES, 2));
    let priority = prop_oneof![Just(Priority::Normal), Just(Priority::High)];
    let read: BoxedStrategy<BTreeMap<usize, u32>> = btree_map(0..contacts, 0..=4_u32, 0..=2).boxed();
    let what = (
        0..3_i64,
        priority,
        words(),
        vec(item(contacts), 0..=3),
        vec(note(), 0..=1),
        read,
    );
    (where_it_is, who, what).prop_map(|(where_it_is, who, what)| {
        let (inbox, pipeline, stage, standing, private) = where_it_is;
        let (requester, mut participants, companies) = who;
        let (activity, priority, subject, thread, notes, read) = what;
        participants.retain(|it| Some(*it) != requester);
        Issue {
            inbox,
            pipeline,
            stage,
            standing,
            private,
            requester,
            participants,
            companies,
            activity,
            priority,
            subject,
            thread,
            notes,
            read,
            version: 1,
        }
    })
}
