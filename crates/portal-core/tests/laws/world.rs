//! A small installation as raw data: small numbers for things, sets of numbers for associations.
//!
//! [`World`] is what the oracle reads. Its methods translate it into the types that the rule reads.

use std::collections::{BTreeMap, BTreeSet};

use portal_core::access::{
    AccessRule, Audience, Condition, Criteria, CustomersMay, DenyList, Entrant, Operator, Principal, Refusal, Standing,
    TicketFacts, TicketPermission, TicketState, Viewer, enter,
};
use portal_core::actor::{ContactActor, Mode};
use portal_core::id::{AccessGroupId, CompanyId, ContactId, InboxId, PipelineId, PortalId, Uuid};
use portal_core::property::{Decimal, PropertyKey, PropertyValue, PropertyValues};
use portal_core::ticket::Stage;
use portal_core::time::Timestamp;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::select;

pub(crate) const PORTALS: u8 = 2;
pub(crate) const CONTACTS: u8 = 4;
pub(crate) const COMPANIES: u8 = 3;
pub(crate) const INBOXES: u8 = 3;
pub(crate) const PIPELINES: u8 = 2;
pub(crate) const GROUPS: u8 = 2;
pub(crate) const TICKETS: usize = 12;
pub(crate) const DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// The instant at which all worlds are looked at.
pub(crate) const NOW: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) portals: Vec<Portal>,
    /// The access groups: static, or those who match.
    pub(crate) groups: Vec<Option<Vec<Vec<Test>>>>,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) inboxes: Vec<Inbox>,
    pub(crate) tickets: Vec<Ticket>,
}

#[derive(Clone, Debug)]
pub(crate) struct Portal {
    pub(crate) published: bool,
    pub(crate) sight: Sight,
    pub(crate) door: Door,
    pub(crate) hidden: BTreeSet<u8>,
    pub(crate) close: bool,
    pub(crate) reopen_days: Option<u16>,
    pub(crate) colleagues: bool,
    pub(crate) mark_private: bool,
    pub(crate) rate: bool,
}

/// The portal's ticket permission.
#[derive(Clone, Debug)]
pub(crate) enum Sight {
    Own,
    Company,
    CompanyFor(Vec<Vec<Test>>),
}

/// One condition on one of the two properties of contacts: 0 is a choice, 1 is a number.
#[derive(Clone, Debug)]
pub(crate) struct Test {
    pub(crate) property: usize,
    pub(crate) asks: Asks,
    pub(crate) value: u8,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Asks {
    Is,
    IsNot,
    Less,
    Greater,
    Known,
    Unknown,
}

/// The portal's access rule.
#[derive(Clone, Debug)]
pub(crate) enum Door {
    Groups(BTreeSet<u8>),
    Registered,
}

#[derive(Clone, Debug)]
pub(crate) struct Contact {
    pub(crate) active: bool,
    pub(crate) registered: bool,
    pub(crate) primary: Option<u8>,
    /// The groups that list the contact. Of a dynamic one that means nothing: lists may be late.
    pub(crate) groups: BTreeSet<u8>,
    pub(crate) values: [Option<u8>; 2],
}

#[derive(Clone, Debug)]
pub(crate) struct Inbox {
    pub(crate) portal: Option<u8>,
    pub(crate) moving_to: Option<u8>,
}

#[derive(Clone, Debug)]
pub(crate) struct Ticket {
    pub(crate) inbox: u8,
    pub(crate) pipeline: u8,
    pub(crate) standing: Standing,
    pub(crate) private: bool,
    pub(crate) contacts: BTreeSet<u8>,
    pub(crate) companies: BTreeSet<u8>,
    pub(crate) stage: Stage,
    pub(crate) requester: Option<u8>,
    /// For how many microseconds it has been closed.
    pub(crate) closed_for: Option<i64>,
}

/// Why a contact sees a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    Own,
    Company(u8),
}

/// Things of different kinds share their UUIDs, and the written forms begin alike, so that code which mixes kinds or
/// compares prefixes is found out.
pub(crate) fn uuid(n: u8) -> Uuid {
    Uuid::from_u128([0x1, 0x12, 0x123, 0x1234][usize::from(n)])
}

pub(crate) fn contact_id(n: u8) -> ContactId {
    ContactId::from_uuid(uuid(n))
}

pub(crate) fn company_id(n: u8) -> CompanyId {
    CompanyId::from_uuid(uuid(n))
}

pub(crate) fn portal_id(n: u8) -> PortalId {
    PortalId::from_uuid(uuid(n))
}

pub(crate) fn inbox_id(n: u8) -> InboxId {
    InboxId::from_uuid(uuid(n))
}

pub(crate) fn pipeline_id(n: u8) -> PipelineId {
    PipelineId::from_uuid(uuid(n))
}

pub(crate) fn group_id(n: u8) -> AccessGroupId {
    AccessGroupId::from_uuid(uuid(n))
}

pub(crate) fn session(contact: u8) -> ContactActor {
    ContactActor {
        contact: contact_id(contact),
        only: None,
        mode: Mode::Write,
    }
}

pub(crate) fn permission(sight: &Sight) -> TicketPermission {
    match sight {
        Sight::Own => TicketPermission::Own,
        Sight::Company => TicketPermission::Company,
        Sight::CompanyFor(tests) => TicketPermission::CompanyFor(criteria(tests)),
    }
}

pub(crate) fn criteria(tests: &[Vec<Test>]) -> Criteria {
    let groups = tests.iter().map(|group| group.iter().map(condition).collect());
    Criteria::new(groups.collect()).unwrap()
}

fn key(property: usize) -> PropertyKey {
    ["tier", "seats"][property].parse().unwrap()
}

fn value(property: usize, n: u8) -> PropertyValue {
    match property {
        0 => PropertyValue::Choice(format!("tier {n}")),
        _ => PropertyValue::Number(Decimal::from_millionths(i64::from(n))),
    }
}

fn condition(test: &Test) -> Condition {
    let value = value(test.property, test.value);
    let operator = match test.asks {
        Asks::Is => Operator::Is(value),
        Asks::IsNot => Operator::IsNot(value),
        Asks::Less => Operator::LessThan(value),
        Asks::Greater => Operator::GreaterThan(value),
        Asks::Known => Operator::IsKnown,
        Asks::Unknown => Operator::IsUnknown,
    };
    Condition {
        property: key(test.property),
        operator,
    }
}

fn access(door: &Door) -> AccessRule {
    match door {
        Door::Groups(groups) => AccessRule::Groups(groups.iter().copied().map(group_id).collect()),
        Door::Registered => AccessRule::EveryRegisteredContact,
    }
}

impl World {
    /// The contact at the door of the portal.
    pub(crate) fn entrant(&self, portal: u8, contact: u8) -> Entrant {
        let (site, person) = (&self.portals[usize::from(portal)], &self.contacts[usize::from(contact)]);
        let moving = (0u8..)
            .zip(&self.inboxes)
            .filter(|(_, inbox)| inbox.moving_to.is_some());
        Entrant {
            portal: portal_id(portal),
            published: site.published,
            permission: permission(&site.sight),
            access: access(&site.door),
            may: CustomersMay {
                close: site.close,
                reopen_days: site.reopen_days,
                act_on_colleagues_tickets: site.colleagues,
                mark_private: site.mark_private,
                rate: site.rate,
            },
            denied: DenyList {
                pipelines: site.hidden.iter().copied().map(pipeline_id).collect(),
                inboxes: moving.map(|(n, _)| inbox_id(n)).collect(),
            },
            contact: contact_id(contact),
            active: person.active,
            registered: person.registered,
            primary_company: person.primary.map(company_id),
            groups: person.groups.iter().copied().map(group_id).collect(),
            dynamic: (0..)
                .zip(&self.groups)
                .filter_map(|(n, tests)| Some((group_id(n), criteria(tests.as_ref()?))))
                .collect::<BTreeMap<_, _>>(),
            properties: (0..)
                .zip(person.values)
                .filter_map(|(property, n)| Some((key(property), value(property, n?))))
                .collect::<PropertyValues>(),
        }
    }

    /// What the rule reads of a ticket.
    pub(crate) fn facts(&self, ticket: usize) -> TicketFacts {
        let it = &self.tickets[ticket];
        TicketFacts {
            portal: self.inboxes[usize::from(it.inbox)].portal.map(portal_id),
            inbox: inbox_id(it.inbox),
            pipeline: pipeline_id(it.pipeline),
            standing: it.standing,
            audience: if it.private {
                Audience::Private
            } else {
                Audience::Shared
            },
            contacts: it.contacts.iter().copied().map(contact_id).collect(),
            companies: it.companies.iter().copied().map(company_id).collect(),
        }
    }

    /// What decisions read of a ticket.
    pub(crate) fn state(&self, ticket: usize) -> TicketState {
        let it = &self.tickets[ticket];
        TicketState {
            facts: self.facts(ticket),
            stage: it.stage,
            requester: it.requester.map(contact_id),
            closed_at: it.closed_for.map(|age| Timestamp::from_micros(NOW.micros() - age)),
        }
    }

    /// The contact in the portal, signed in with a session.
    pub(crate) fn viewer(&self, portal: u8, contact: u8) -> Result<Viewer, Refusal> {
        enter(session(contact), &self.entrant(portal, contact))
    }

    /// What the rule says: whether the contact sees the ticket in the portal, and why.
    pub(crate) fn rule(&self, portal: u8, contact: u8, ticket: usize) -> Option<Why> {
        let viewer = self.viewer(portal, contact).ok()?;
        why(&viewer, contact, &self.facts(ticket))
    }

    /// Everything that can be asked of this world: portal, contact, ticket.
    pub(crate) fn questions(&self) -> Vec<(u8, u8, usize)> {
        let contacts = self.contacts.len() as u8;
        (0..self.portals.len() as u8)
            .flat_map(|portal| (0..contacts).map(move |contact| (portal, contact)))
            .flat_map(|(portal, contact)| (0..self.tickets.len()).map(move |it| (portal, contact, it)))
            .collect()
    }

    /// What the rule answers to all of them.
    pub(crate) fn answers(&self) -> Vec<Option<Why>> {
        self.questions()
            .into_iter()
            .map(|(portal, contact, ticket)| self.rule(portal, contact, ticket))
            .collect()
    }
}

/// The principal that met, as a plain answer. Also holds `explain` against `permits` and the scope's own principals.
pub(crate) fn why(viewer: &Viewer, contact: u8, facts: &TicketFacts) -> Option<Why> {
    let met = viewer.scope().explain(facts);
    assert_eq!(
        met.is_some(),
        viewer.scope().permits(facts),
        "explain and permits disagree"
    );
    met.map(|met| {
        assert!(
            viewer.scope().principals().contains(&met),
            "explained by somebody the viewer does not read as"
        );
        match met {
            Principal::Contact(id) => {
                assert_eq!(id, contact_id(contact), "explained by another contact");
                Why::Own
            }
            Principal::Company(id) => Why::Company((0..COMPANIES).find(|it| company_id(*it) == id).unwrap()),
        }
    })
}

/// Any small world.
pub(crate) fn worlds() -> impl Strategy<Value = World> {
    (
        vec(portals(), usize::from(PORTALS)),
        vec(groups(), usize::from(GROUPS)),
        vec(contacts(), 1..=usize::from(CONTACTS)),
        vec(inboxes(), usize::from(INBOXES)),
        vec(tickets(), 0..=TICKETS),
    )
        .prop_map(|(portals, groups, contacts, inboxes, mut tickets)| {
            let there = contacts.len() as u8;
            for ticket in &mut tickets {
                ticket.contacts.retain(|it| *it < there);
                ticket.requester = ticket.requester.filter(|it| ticket.contacts.contains(it));
            }
            World {
                portals,
                groups,
                contacts,
                inboxes,
                tickets,
            }
        })
}

fn mostly() -> impl Strategy<Value = bool> {
    proptest::bool::weighted(0.9)
}

pub(crate) fn sights() -> impl Strategy<Value = Sight> {
    prop_oneof![
        Just(Sight::Own),
        Just(Sight::Company),
        any_of_tests().prop_map(Sight::CompanyFor),
    ]
}

pub(crate) fn groups() -> impl Strategy<Value = Option<Vec<Vec<Test>>>> {
    proptest::option::weighted(0.4, any_of_tests())
}

fn any_of_tests() -> impl Strategy<Value = Vec<Vec<Test>>> {
    vec(vec(tests(), 1..3), 1..3)
}

fn tests() -> impl Strategy<Value = Test> {
    let asks = [
        Asks::Is,
        Asks::IsNot,
        Asks::Less,
        Asks::Greater,
        Asks::Known,
        Asks::Unknown,
    ];
    (0..2usize, select(asks.to_vec()), 0..3u8).prop_map(|(property, asks, value)| Test { property, asks, value })
}

pub(crate) fn doors() -> impl Strategy<Value = Door> {
    prop_oneof![
        Just(Door::Registered),
        btree_set(0..GROUPS, 0..=2).prop_map(Door::Groups)
    ]
}

fn portals() -> impl Strategy<Value = Portal> {
    let days = [None, Some(0), Some(1), Some(30)];
    (
        (mostly(), sights(), doors(), btree_set(0..PIPELINES, 0..=1)),
        (
            any::<bool>(),
            select(days.to_vec()),
            any::<bool>(),
            any::<(bool, bool)>(),
        ),
    )
        .prop_map(
            |((published, sight, door, hidden), (close, reopen_days, colleagues, (mark_private, rate)))| Portal {
                published,
                sight,
                door,
                hidden,
                close,
                reopen_days,
                colleagues,
                mark_private,
                rate,
            },
        )
}

fn contacts() -> impl Strategy<Value = Contact> {
    let known = || proptest::option::of(0..3u8);
    (
        mostly(),
        mostly(),
        proptest::option::weighted(0.8, 0..COMPANIES),
        btree_set(0..GROUPS, 0..=2),
        [known(), known()],
    )
        .prop_map(|(active, registered, primary, groups, values)| Contact {
            active,
            registered,
            primary,
            groups,
            values,
        })
}

fn inboxes() -> impl Strategy<Value = Inbox> {
    (
        proptest::option::weighted(0.9, 0..PORTALS),
        proptest::option::weighted(0.15, 0..PORTALS),
    )
        .prop_map(|(portal, moving_to)| Inbox { portal, moving_to })
}

pub(crate) const STANDINGS: [Standing; 5] = [
    Standing::Live,
    Standing::Merged,
    Standing::Unverified,
    Standing::Spam,
    Standing::Deleted,
];

pub(crate) fn standings() -> impl Strategy<Value = Standing> {
    prop_oneof![4 => Just(Standing::Live), 3 => select(STANDINGS.to_vec())]
}

fn tickets() -> impl Strategy<Value = Ticket> {
    let ages = [
        0,
        DAY - 1,
        DAY,
        DAY + 1,
        30 * DAY - 1,
        30 * DAY,
        30 * DAY + 1,
        400 * DAY,
    ];
    (
        (0..INBOXES, 0..PIPELINES, standings(), any::<bool>()),
        (btree_set(0..CONTACTS, 0..=2), btree_set(0..COMPANIES, 0..=2)),
        (
            select(Stage::ALL.to_vec()),
            proptest::option::of(0..CONTACTS),
            proptest::option::weighted(0.9, select(ages.to_vec())),
        ),
    )
        .prop_map(
            |((inbox, pipeline, standing, private), (contacts, companies), (stage, requester, age))| Ticket {
                inbox,
                pipeline,
                standing,
                private,
                contacts,
                companies,
                stage,
                requester,
                closed_for: age.filter(|_| stage == Stage::Closed),
            },
        )
}
