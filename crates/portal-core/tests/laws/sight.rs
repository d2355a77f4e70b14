//! Laws of who sees which ticket.

use std::collections::BTreeSet;

use portal_core::access::{AccessRule, Principal, Refusal, Standing, Tab, TicketPermission, enter};
use portal_core::actor::{Actor, ContactActor, Mode};
use proptest::prelude::*;

use crate::cases;
use crate::oracle::{is_member, sees};
use crate::world::{
    COMPANIES, CONTACTS, Door, GROUPS, INBOXES, PIPELINES, PORTALS, Sight, Why, World, company_id, contact_id, doors,
    group_id, inbox_id, pipeline_id, portal_id, session, sights, why, worlds,
};

/// Everything that somebody sees in this world.
fn seen(world: &World) -> BTreeSet<(u8, u8, usize)> {
    world
        .questions()
        .into_iter()
        .filter(|(portal, contact, ticket)| world.rule(*portal, *contact, *ticket).is_some())
        .collect()
}

/// What nobody may see more of, after the world was changed to `after`.
fn nothing_is_revealed(before: &World, after: &World) -> Result<(), TestCaseError> {
    let (before, after) = (seen(before), seen(after));
    let revealed: Vec<_> = after.difference(&before).collect();
    prop_assert!(revealed.is_empty(), "revealed (portal, contact, ticket): {revealed:?}");
    Ok(())
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn the_rule_is_the_oracle(world in worlds()) {
        for (portal, contact, ticket) in world.questions() {
            prop_assert_eq!(
                world.rule(portal, contact, ticket),
                sees(&world, portal, contact, ticket),
                "portal {}, contact {}, ticket {}", portal, contact, ticket
            );
        }
    }

    #[test]
    fn who_is_on_a_ticket_is_told_so_and_not_of_the_company(world in worlds()) {
        for (portal, contact, ticket) in world.questions() {
            if let Some(why) = world.rule(portal, contact, ticket) {
                prop_assert_eq!(why == Why::Own, world.tickets[ticket].contacts.contains(&contact));
            }
        }
    }

    #[test]
    fn adding_an_association_never_hides(world in worlds(), at in any::<prop::sample::Index>(), contact in 0..CONTACTS, company in 0..COMPANIES) {
        prop_assume!(!world.tickets.is_empty());
        let ticket = at.index(world.tickets.len());
        let mut more = world.clone();
        more.tickets[ticket].contacts.insert(contact);
        prop_assert!(seen(&world).is_subset(&seen(&more)), "a contact was added");
        let mut more = world.clone();
        more.tickets[ticket].companies.insert(company);
        prop_assert!(seen(&world).is_subset(&seen(&more)), "a company was added");
    }

    #[test]
    fn an_association_of_one_ticket_changes_no_other(world in worlds(), at in any::<prop::sample::Index>(), company in 0..COMPANIES) {
        prop_assume!(!world.tickets.is_empty());
        let ticket = at.index(world.tickets.len());
        let mut more = world.clone();
        more.tickets[ticket].companies.insert(company);
        for ((question, before), after) in world.questions().into_iter().zip(world.answers()).zip(more.answers()) {
            prop_assert!(question.2 == ticket || before == after);
        }
    }

    #[test]
    fn tightening_the_permission_never_reveals(world in worlds(), at in 0..PORTALS, criteria in sights()) {
        let with = |sight: Sight| {
            let mut world = world.clone();
            world.portals[usize::from(at)].sight = sight;
            world
        };
        let (wide, some, own) = (with(Sight::Company), with(criteria), with(Sight::Own));
        nothing_is_revealed(&wide, &some)?;
        nothing_is_revealed(&some, &own)?;
    }

    #[test]
    fn tightening_entry_never_reveals(world in worlds(), at in 0..PORTALS, group in 0..GROUPS, who in any::<prop::sample::Index>()) {
        let at = usize::from(at);
        let who = who.index(world.contacts.len());
        let mut tight = world.clone();
        tight.portals[at].published = false;
        nothing_is_revealed(&world, &tight)?;
        let mut tight = world.clone();
        if let Door::Groups(groups) = &mut tight.portals[at].door {
            groups.remove(&group);
        }
        nothing_is_revealed(&world, &tight)?;
        let mut tight = world.clone();
        tight.contacts[who].groups.remove(&group);
        nothing_is_revealed(&world, &tight)?;
        tight.contacts[who].registered = false;
        nothing_is_revealed(&world, &tight)?;
        tight.contacts[who].active = false;
        nothing_is_revealed(&world, &tight)?;
        tight.portals[at].door = Door::Groups(BTreeSet::new());
        nothing_is_revealed(&world, &tight)?;
        for (_, contact, ticket) in tight.questions() {
            prop_assert_eq!(tight.rule(at as u8, contact, ticket), None, "an empty set of groups lets nobody in");
        }
    }

    #[test]
    fn losing_the_primary_company_never_reveals_and_keeps_own_tickets(world in worlds(), who in any::<prop::sample::Index>()) {
        let who = who.index(world.contacts.len());
        let mut without = world.clone();
        without.contacts[who].primary = None;
        nothing_is_revealed(&world, &without)?;
        for (before, after) in world.answers().into_iter().zip(without.answers()) {
            prop_assert!(before != Some(Why::Own) || after == Some(Why::Own));
        }
    }

    #[test]
    fn growing_a_deny_list_only_removes_what_it_covers(world in worlds(), pipeline in 0..PIPELINES, inbox in 0..INBOXES) {
        for (portal, contact, ticket) in world.questions() {
            let entrant = world.entrant(portal, contact);
            let mut denying = entrant.clone();
            denying.denied.pipelines.insert(pipeline_id(pipeline));
            denying.denied.inboxes.insert(inbox_id(inbox));
            let facts = world.facts(ticket);
            let look = |entrant| enter(session(contact), entrant).ok().and_then(|it| why(&it, contact, &facts));
            let covered = facts.pipeline == pipeline_id(pipeline) || facts.inbox == inbox_id(inbox);
            prop_assert_eq!(look(&denying), look(&entrant).filter(|_| !covered));
        }
    }

    #[test]
    fn own_tickets_are_a_part_of_own_and_company_tickets(world in worlds()) {
        let all = |sight: Sight| {
            let mut world = world.clone();
            world.portals.iter_mut().for_each(|it| it.sight = sight.clone());
            seen(&world)
        };
        prop_assert!(all(Sight::Own).is_subset(&all(Sight::Company)));
    }

    #[test]
    fn private_hides_from_companies_and_from_nobody_else(world in worlds(), at in any::<prop::sample::Index>()) {
        prop_assume!(!world.tickets.is_empty());
        let ticket = at.index(world.tickets.len());
        let (mut shared, mut private) = (world.clone(), world);
        shared.tickets[ticket].private = false;
        private.tickets[ticket].private = true;
        for (question, (before, after)) in shared.questions().into_iter().zip(shared.answers().into_iter().zip(private.answers())) {
            let expected = before.filter(|it| question.2 != ticket || *it == Why::Own);
            prop_assert_eq!(after, expected);
        }
    }

    #[test]
    fn nobody_reads_what_is_not_live_or_merged(mut world in worlds(), standing in prop::sample::select(vec![Standing::Unverified, Standing::Spam, Standing::Deleted])) {
        world.tickets.iter_mut().for_each(|it| it.standing = standing);
        prop_assert!(seen(&world).is_empty());
        prop_assert!((0..world.tickets.len()).all(|it| world.facts(it).readers().is_empty()));
    }

    #[test]
    fn no_ticket_is_visible_in_two_portals(world in worlds(), contact in any::<prop::sample::Index>()) {
        let contact = contact.index(world.contacts.len()) as u8;
        for ticket in 0..world.tickets.len() {
            let portals = (0..PORTALS).filter(|portal| world.rule(*portal, contact, ticket).is_some()).count();
            prop_assert!(portals <= 1, "ticket {} is in {} portals", ticket, portals);
        }
    }

    #[test]
    fn readers_are_the_associated_and_nobody_else(world in worlds()) {
        for (at, ticket) in world.tickets.iter().enumerate() {
            let mut expected = BTreeSet::new();
            if matches!(ticket.standing, Standing::Live | Standing::Merged) {
                expected.extend(ticket.contacts.iter().map(|it| Principal::Contact(contact_id(*it))));
                if !ticket.private {
                    expected.extend(ticket.companies.iter().map(|it| Principal::Company(company_id(*it))));
                }
            }
            prop_assert_eq!(world.facts(at).readers(), expected);
        }
    }

    #[test]
    fn a_viewer_is_who_entered_where_they_entered(world in worlds()) {
        for portal in 0..PORTALS {
            for contact in 0..world.contacts.len() as u8 {
                let entrant = world.entrant(portal, contact);
                let Ok(viewer) = world.viewer(portal, contact) else { continue };
                let scope = viewer.scope();
                prop_assert_eq!(viewer.contact(), contact_id(contact));
                prop_assert_eq!(scope.contact(), contact_id(contact));
                prop_assert_eq!(viewer.portal(), portal_id(portal));
                prop_assert_eq!(scope.portal(), portal_id(portal));
                prop_assert_eq!(viewer.may(), &entrant.may);
                prop_assert_eq!(scope.denied(), &entrant.denied);
                prop_assert!(viewer.may_write());
                prop_assert_eq!(scope.principals().first(), Some(&Principal::Contact(contact_id(contact))));
                prop_assert!(scope.principals().len() <= 2);
                let company = scope.principals().iter().find_map(|it| match it {
                    Principal::Company(id) => Some(*id),
                    Principal::Contact(_) => None,
                });
                prop_assert_eq!(scope.company(), company);
                prop_assert!(company.is_none() || company == entrant.primary_company);
                if entrant.permission == TicketPermission::Company {
                    prop_assert_eq!(company, entrant.primary_company);
                }
            }
        }
    }

    #[test]
    fn the_tabs_are_exactly_the_scope(world in worlds()) {
        for (portal, contact, ticket) in world.questions() {
            let Ok(viewer) = world.viewer(portal, contact) else { continue };
            let (scope, facts) = (viewer.scope(), world.facts(ticket));
            prop_assert_eq!(scope.principal_of(Tab::Mine), Some(Principal::Contact(contact_id(contact))));
            prop_assert_eq!(scope.principal_of(Tab::Company), scope.company().map(Principal::Company));
            let in_portal = facts.portal == Some(scope.portal()) && !scope.denied().covers(&facts);
            let listed = [Tab::Mine, Tab::Company]
                .into_iter()
                .filter_map(|tab| scope.principal_of(tab))
                .any(|it| in_portal && facts.readers().contains(&it));
            prop_assert_eq!(listed, scope.permits(&facts));
        }
    }

    #[test]
    fn refusals_come_in_a_fixed_order(world in worlds()) {
        for portal in 0..PORTALS {
            for contact in 0..world.contacts.len() as u8 {
                let (site, person) = (&world.portals[usize::from(portal)], &world.contacts[usize::from(contact)]);
                let member = match &site.door {
                    Door::Registered => person.registered,
                    Door::Groups(groups) => groups.iter().any(|it| is_member(&world, person, *it)),
                };
                let expected = match (site.published, person.active, member) {
                    (false, _, _) => Some(Refusal::NotPublished),
                    (true, false, _) => Some(Refusal::NotActive),
                    (true, true, false) => Some(Refusal::NoAccess),
                    (true, true, true) => None,
                };
                prop_assert_eq!(world.viewer(portal, contact).err(), expected);
            }
        }
    }

    #[test]
    fn a_token_of_another_portal_never_enters(world in worlds(), portal in 0..PORTALS, other in 0..4u8, write in any::<bool>()) {
        let mode = if write { Mode::Write } else { Mode::Read };
        for contact in 0..world.contacts.len() as u8 {
            let token = ContactActor { contact: contact_id(contact), only: Some(portal_id(other)), mode };
            let by_token = enter(token, &world.entrant(portal, contact));
            if other == portal {
                let by_session = world.viewer(portal, contact);
                prop_assert_eq!(by_token.as_ref().map(|it| it.scope().clone()).ok(), by_session.as_ref().map(|it| it.scope().clone()).ok());
                prop_assert_eq!(by_token.err(), by_session.err());
            } else {
                prop_assert!(by_token.is_err());
            }
        }
    }

    #[test]
    fn nobody_enters_with_the_record_of_another_contact(world in worlds(), portal in 0..PORTALS, who in 0..CONTACTS) {
        for contact in 0..world.contacts.len() as u8 {
            let entered = enter(session(who), &world.entrant(portal, contact));
            prop_assert!(who == contact || entered.is_err());
        }
    }

    #[test]
    fn only_groups_and_registration_open_a_door(world in worlds(), portal in 0..PORTALS, door in doors()) {
        let mut other = world.clone();
        other.portals[usize::from(portal)].door = door;
        for contact in 0..world.contacts.len() as u8 {
            let (mut entrant, changed) = (world.entrant(portal, contact), other.entrant(portal, contact));
            entrant.access = changed.access.clone();
            // Nothing but the rule itself was carried over, so the answers are the same.
            prop_assert_eq!(enter(session(contact), &entrant).is_ok(), enter(session(contact), &changed).is_ok());
            // Membership of groups the rule does not name counts nothing.
            if let AccessRule::Groups(groups) = &entrant.access {
                let mut outsider = entrant.clone();
                outsider.groups = (0..GROUPS).map(group_id).filter(|it| !groups.contains(it)).collect();
                // Of a dynamic group that the rule names, no list is asked.
                let matching = groups.iter().any(|it| {
                    outsider.dynamic.get(it).is_some_and(|criteria| criteria.matches(&outsider.properties))
                });
                let inside = outsider.published && outsider.active && matching;
                prop_assert_eq!(enter(session(contact), &outsider).is_ok(), inside);
            }
        }
    }
}

#[test]
fn a_session_is_the_contact_everywhere_and_may_write() {
    let actor = Actor::signed_in(contact_id(2));
    assert_eq!(actor.contact(), Some(session(2)));
    assert_eq!(Actor::Anonymous.contact(), None);
}

#[test]
fn own_contact_sorts_before_every_company() {
    for contact in 0..CONTACTS {
        for company in 0..COMPANIES {
            assert!(Principal::Contact(contact_id(contact)) < Principal::Company(company_id(company)));
        }
    }
}
