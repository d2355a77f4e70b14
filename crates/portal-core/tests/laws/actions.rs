//! Laws of what may be done with a ticket.

use portal_core::access::{Action, CustomersMay, Decision, Denial, Standing, Viewer, decide, enter};
use portal_core::actor::{ContactActor, Mode};
use portal_core::ticket::Stage;
use proptest::prelude::*;

use crate::cases;
use crate::oracle::may;
use crate::world::{DAY, NOW, Why, World, contact_id, worlds};

const WRITES: [Action; 5] = [
    Action::Reply,
    Action::Close,
    Action::Reopen,
    Action::MarkPrivate,
    Action::Rate,
];

fn viewer(world: &World, portal: u8, contact: u8, mode: Mode) -> Option<Viewer> {
    let actor = ContactActor {
        contact: contact_id(contact),
        only: None,
        mode,
    };
    enter(actor, &world.entrant(portal, contact)).ok()
}

/// All decisions of a world.
fn decisions(world: &World, mode: Mode) -> Vec<((u8, u8, usize), Action, Decision)> {
    let mut all = Vec::new();
    for (portal, contact, ticket) in world.questions() {
        let Some(viewer) = viewer(world, portal, contact, mode) else {
            continue;
        };
        for action in Action::ALL {
            all.push((
                (portal, contact, ticket),
                action,
                decide(&viewer, action, &world.state(ticket), NOW),
            ));
        }
    }
    all
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn what_is_allowed_is_what_the_oracle_allows(world in worlds()) {
        for mode in [Mode::Read, Mode::Write] {
            for (question, action, decision) in decisions(&world, mode) {
                prop_assert_eq!(decision == Decision::Allow, may(&world, question, mode, action), "{:?} {:?} {:?}", question, action, decision);
            }
        }
    }

    #[test]
    fn what_is_allowed_is_visible_and_what_is_not_visible_is_denied_as_absent(world in worlds()) {
        for mode in [Mode::Read, Mode::Write] {
            for ((portal, contact, ticket), action, decision) in decisions(&world, mode) {
                let visible = world.rule(portal, contact, ticket).is_some();
                prop_assert!(visible || decision != Decision::Allow);
                prop_assert_eq!(decision == Decision::Deny(Denial::NotVisible), !visible, "{:?}", action);
            }
        }
    }

    #[test]
    fn reading_is_exactly_seeing(world in worlds()) {
        for ((portal, contact, ticket), action, decision) in decisions(&world, Mode::Read) {
            if matches!(action, Action::Read | Action::MarkRead) {
                prop_assert_eq!(decision == Decision::Allow, world.rule(portal, contact, ticket).is_some());
            }
        }
    }

    #[test]
    fn a_reading_token_never_writes_and_is_told_so(world in worlds()) {
        for ((portal, contact, ticket), action, decision) in decisions(&world, Mode::Read) {
            if WRITES.contains(&action) && world.rule(portal, contact, ticket).is_some() {
                prop_assert_eq!(decision, Decision::Deny(Denial::ReadOnly));
            }
        }
        for portal in 0..world.portals.len() as u8 {
            for contact in 0..world.contacts.len() as u8 {
                prop_assert!(viewer(&world, portal, contact, Mode::Read).is_none_or(|it| !it.may_write()));
                prop_assert!(viewer(&world, portal, contact, Mode::Write).is_none_or(|it| it.may_write()));
            }
        }
    }

    #[test]
    fn what_is_seen_through_the_company_is_touched_only_where_the_portal_lets_colleagues_act(world in worlds()) {
        for ((portal, contact, ticket), action, decision) in decisions(&world, Mode::Write) {
            let through_company = matches!(world.rule(portal, contact, ticket), Some(Why::Company(_)));
            if action == Action::Rate {
                prop_assert_eq!(decision == Decision::Deny(Denial::OnlyThroughCompany), through_company);
            } else if WRITES.contains(&action) {
                let told = decision == Decision::Deny(Denial::OnlyThroughCompany);
                prop_assert_eq!(told, through_company && !world.portals[usize::from(portal)].colleagues);
            }
        }
    }

    #[test]
    fn a_merged_ticket_is_never_closed_reopened_made_private_or_rated(mut world in worlds()) {
        world.tickets.iter_mut().for_each(|it| it.standing = Standing::Merged);
        for (_, action, decision) in decisions(&world, Mode::Write) {
            if matches!(action, Action::Close | Action::Reopen | Action::MarkPrivate | Action::Rate) {
                prop_assert_ne!(decision, Decision::Allow);
            }
        }
    }

    #[test]
    fn whoever_is_on_a_ticket_may_always_reply(world in worlds()) {
        for ((portal, contact, ticket), action, decision) in decisions(&world, Mode::Write) {
            if action == Action::Reply && world.rule(portal, contact, ticket) == Some(Why::Own) {
                prop_assert_eq!(decision, Decision::Allow);
            }
        }
    }

    #[test]
    fn closing_and_reopening_exclude_each_other(world in worlds()) {
        let allowed: Vec<_> = decisions(&world, Mode::Write)
            .into_iter()
            .filter(|(_, action, decision)| matches!(action, Action::Close | Action::Reopen) && *decision == Decision::Allow)
            .collect();
        for (question, action, _) in &allowed {
            prop_assert!(!allowed.iter().any(|(other, act, _)| other == question && act != action));
            prop_assert_eq!(world.tickets[question.2].stage == Stage::Closed, *action == Action::Reopen);
        }
    }

    #[test]
    fn time_only_ends_the_chance_to_reopen(world in worlds(), later in 0..400u64) {
        let after = NOW.plus(std::time::Duration::from_secs(later * 24 * 60 * 60));
        for (portal, contact, ticket) in world.questions() {
            // A closed ticket without a date counts as just closed.
            if world.tickets[ticket].closed_for.is_none() {
                continue;
            }
            let Some(viewer) = viewer(&world, portal, contact, Mode::Write) else { continue };
            for action in Action::ALL {
                let (now, then) = (decide(&viewer, action, &world.state(ticket), NOW), decide(&viewer, action, &world.state(ticket), after));
                prop_assert!(now == then || (action == Action::Reopen && then == Decision::Deny(Denial::ReopenWindowOver)));
            }
        }
    }
}

#[test]
fn the_defaults_are_those_people_are_told() {
    let may = CustomersMay {
        close: true,
        reopen_days: Some(30),
        act_on_colleagues_tickets: false,
        mark_private: true,
        rate: true,
    };
    assert_eq!(CustomersMay::default(), may);
    assert_eq!(DAY, 86_400_000_000);
}

#[test]
fn every_action_is_in_the_list_of_all() {
    let all = [
        Action::Read,
        Action::MarkRead,
        Action::Reply,
        Action::Close,
        Action::Reopen,
        Action::MarkPrivate,
        Action::Rate,
    ];
    assert_eq!(Action::ALL, all);
}
