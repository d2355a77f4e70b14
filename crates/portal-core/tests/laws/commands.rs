//! The rule over time: any sequence of commands, and after each of them the same answers as the oracle.
//!
//! Beside the world, the test keeps what a store keeps: one row for each reader of each ticket, renewed only for the
//! tickets that a command is about. That this is enough, and that commands on the readers' side need to renew nothing,
//! is what a store relies on.

use std::collections::BTreeSet;

use portal_core::access::{Principal, Standing};
use portal_core::id::PortalId;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::cases;
use crate::oracle::sees;
use crate::world::{
    COMPANIES, Door, GROUPS, INBOXES, PIPELINES, PORTALS, Sight, Test, World, doors, groups, portal_id, sights,
    standings, worlds,
};

/// Something that happens in an installation. Tickets and contacts are picked out of those that are there.
#[derive(Clone, Debug)]
enum Command {
    AddContact(Index, Index),
    RemoveContact(Index, Index),
    AddCompany(Index, u8),
    RemoveCompany(Index, u8),
    MakePrivate(Index),
    Share(Index),
    SetStanding(Index, Standing),
    MoveToInbox(Index, u8),
    MoveToPipeline(Index, u8),
    BeginInboxMove(u8, u8),
    RenewOneOfMove(Index),
    FinishInboxMove(u8),
    SetPrimaryCompany(Index, Option<u8>),
    SetGroups(Index, BTreeSet<u8>),
    SetActive(Index, bool),
    SetRegistered(Index, bool),
    SetValue(Index, usize, Option<u8>),
    SetGroup(u8, Option<Vec<Vec<Test>>>),
    SetPermission(u8, Sight),
    SetAccess(u8, Door),
    Publish(u8, bool),
    HidePipelines(u8, BTreeSet<u8>),
}

fn commands() -> impl Strategy<Value = Command> {
    let at = any::<Index>;
    let on_tickets = prop_oneof![
        (at(), at()).prop_map(|(it, who)| Command::AddContact(it, who)),
        (at(), at()).prop_map(|(it, who)| Command::RemoveContact(it, who)),
        (at(), 0..COMPANIES).prop_map(|(it, which)| Command::AddCompany(it, which)),
        (at(), 0..COMPANIES).prop_map(|(it, which)| Command::RemoveCompany(it, which)),
        at().prop_map(Command::MakePrivate),
        at().prop_map(Command::Share),
        (at(), standings()).prop_map(|(it, standing)| Command::SetStanding(it, standing)),
        (at(), 0..INBOXES).prop_map(|(it, inbox)| Command::MoveToInbox(it, inbox)),
        (at(), 0..PIPELINES).prop_map(|(it, pipeline)| Command::MoveToPipeline(it, pipeline)),
    ];
    let on_inboxes = prop_oneof![
        (0..INBOXES, 0..PORTALS).prop_map(|(it, to)| Command::BeginInboxMove(it, to)),
        at().prop_map(Command::RenewOneOfMove),
        (0..INBOXES).prop_map(Command::FinishInboxMove),
    ];
    let on_readers = prop_oneof![
        (at(), prop::option::of(0..COMPANIES)).prop_map(|(who, to)| Command::SetPrimaryCompany(who, to)),
        (at(), btree_set(0..GROUPS, 0..=2)).prop_map(|(who, groups)| Command::SetGroups(who, groups)),
        (at(), any::<bool>()).prop_map(|(who, it)| Command::SetActive(who, it)),
        (at(), any::<bool>()).prop_map(|(who, it)| Command::SetRegistered(who, it)),
        (at(), 0..2usize, prop::option::of(0..3u8)).prop_map(|(who, which, it)| Command::SetValue(who, which, it)),
        (0..GROUPS, groups()).prop_map(|(at, it)| Command::SetGroup(at, it)),
        (0..PORTALS, sights()).prop_map(|(at, it)| Command::SetPermission(at, it)),
        (0..PORTALS, doors()).prop_map(|(at, it)| Command::SetAccess(at, it)),
        (0..PORTALS, any::<bool>()).prop_map(|(at, it)| Command::Publish(at, it)),
        (0..PORTALS, btree_set(0..PIPELINES, 0..=1)).prop_map(|(at, it)| Command::HidePipelines(at, it)),
    ];
    prop_oneof![3 => on_tickets, 2 => on_inboxes, 3 => on_readers]
}

/// What a store keeps for finding the tickets of a principal in a portal.
#[derive(Default)]
struct Table(BTreeSet<(PortalId, Principal, usize)>);

impl Table {
    fn renew(&mut self, world: &World, ticket: usize, portal: Option<PortalId>) {
        self.0.retain(|(_, _, it)| *it != ticket);
        let readers = world.facts(ticket).readers();
        self.0.extend(
            portal
                .into_iter()
                .flat_map(|portal| readers.iter().map(move |reader| (portal, *reader, ticket))),
        );
    }

    /// What a store finds for the contact: rows of the viewer's principals, without what is denied.
    fn finds(&self, world: &World, portal: u8, contact: u8, ticket: usize) -> bool {
        world.viewer(portal, contact).is_ok_and(|viewer| {
            let scope = viewer.scope();
            let row = |principal: &Principal| self.0.contains(&(scope.portal(), *principal, ticket));
            scope.principals().iter().any(row) && !scope.denied().covers(&world.facts(ticket))
        })
    }
}

/// Applies a command; returns the tickets that it is about.
fn apply(world: &mut World, command: &Command) -> Vec<usize> {
    let people = world.contacts.len();
    let person = |who: &Index| who.index(people);
    let ticket = |it: &Index| it.index(world.tickets.len());
    let of_inbox = |world: &World, inbox: u8| {
        (0..world.tickets.len())
            .filter(|it| world.tickets[*it].inbox == inbox)
            .collect()
    };
    match command {
        Command::AddContact(it, who) => {
            let at = ticket(it);
            world.tickets[at].contacts.insert(person(who) as u8);
            vec![at]
        }
        Command::RemoveContact(it, who) => {
            let at = ticket(it);
            world.tickets[at].contacts.remove(&(person(who) as u8));
            vec![at]
        }
        Command::AddCompany(it, which) => {
            let at = ticket(it);
            world.tickets[at].companies.insert(*which);
            vec![at]
        }
        Command::RemoveCompany(it, which) => {
            let at = ticket(it);
            world.tickets[at].companies.remove(which);
            vec![at]
        }
        Command::MakePrivate(it) => {
            let at = ticket(it);
            world.tickets[at].private = true;
            vec![at]
        }
        Command::Share(it) => {
            let at = ticket(it);
            world.tickets[at].private = false;
            vec![at]
        }
        Command::SetStanding(it, standing) => {
            let at = ticket(it);
            world.tickets[at].standing = *standing;
            vec![at]
        }
        Command::MoveToInbox(it, inbox) => {
            let at = ticket(it);
            world.tickets[at].inbox = *inbox;
            vec![at]
        }
        Command::MoveToPipeline(it, pipeline) => {
            let at = ticket(it);
            world.tickets[at].pipeline = *pipeline;
            vec![at]
        }
        Command::BeginInboxMove(inbox, to) => {
            world.inboxes[usize::from(*inbox)].moving_to = Some(*to);
            Vec::new()
        }
        // Renews a row in the middle of a move; the test does it, nothing of the world changes.
        Command::RenewOneOfMove(_) => Vec::new(),
        Command::FinishInboxMove(inbox) => {
            let moved = &mut world.inboxes[usize::from(*inbox)];
            moved.portal = moved.moving_to.take().or(moved.portal);
            of_inbox(world, *inbox)
        }
        Command::SetPrimaryCompany(who, to) => {
            world.contacts[person(who)].primary = *to;
            Vec::new()
        }
        Command::SetGroups(who, groups) => {
            world.contacts[person(who)].groups.clone_from(groups);
            Vec::new()
        }
        Command::SetActive(who, it) => {
            world.contacts[person(who)].active = *it;
            Vec::new()
        }
        Command::SetRegistered(who, it) => {
            world.contacts[person(who)].registered = *it;
            Vec::new()
        }
        Command::SetValue(who, which, it) => {
            world.contacts[person(who)].values[*which] = *it;
            Vec::new()
        }
        Command::SetGroup(at, it) => {
            world.groups[usize::from(*at)].clone_from(it);
            Vec::new()
        }
        Command::SetPermission(at, it) => {
            world.portals[usize::from(*at)].sight = it.clone();
            Vec::new()
        }
        Command::SetAccess(at, it) => {
            world.portals[usize::from(*at)].door = it.clone();
            Vec::new()
        }
        Command::Publish(at, it) => {
            world.portals[usize::from(*at)].published = *it;
            Vec::new()
        }
        Command::HidePipelines(at, it) => {
            world.portals[usize::from(*at)].hidden.clone_from(it);
            Vec::new()
        }
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn after_every_command_the_rule_the_table_and_the_oracle_agree(start in worlds(), script in vec(commands(), 1..24)) {
        prop_assume!(!start.tickets.is_empty());
        let mut world = start;
        let mut table = Table::default();
        for ticket in 0..world.tickets.len() {
            table.renew(&world, ticket, world.facts(ticket).portal);
        }
        for command in script {
            let before: Vec<_> = (0..world.tickets.len()).map(|it| world.facts(it).readers()).collect();
            let about = apply(&mut world, &command);
            for ticket in &about {
                table.renew(&world, *ticket, world.facts(*ticket).portal);
            }
            if let Command::RenewOneOfMove(it) = &command {
                let ticket = it.index(world.tickets.len());
                if let Some(to) = world.inboxes[usize::from(world.tickets[ticket].inbox)].moving_to {
                    table.renew(&world, ticket, Some(portal_id(to)));
                }
            }
            for (ticket, before) in before.into_iter().enumerate() {
                prop_assert!(about.contains(&ticket) || world.facts(ticket).readers() == before, "{:?} touched ticket {}", command, ticket);
            }
            for (portal, contact, ticket) in world.questions() {
                let expected = sees(&world, portal, contact, ticket);
                prop_assert_eq!(world.rule(portal, contact, ticket), expected, "after {:?}", command);
                prop_assert_eq!(table.finds(&world, portal, contact, ticket), expected.is_some(), "rows after {:?}", command);
            }
        }
    }
}
