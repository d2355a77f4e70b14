//! Who sees and may do what, told again in the most naive way, over raw data, without a single function of the rule.

use portal_core::access::{Action, Standing};
use portal_core::actor::Mode;
use portal_core::ticket::Stage;

use crate::world::{Asks, Contact, DAY, Door, Sight, Test, Why, World};

/// Whether the contact sees the ticket in the portal, and why: through being on it, or else through the company.
pub(crate) fn sees(world: &World, portal: u8, contact: u8, ticket: usize) -> Option<Why> {
    let (site, person, it) = (
        &world.portals[portal as usize],
        &world.contacts[contact as usize],
        &world.tickets[ticket],
    );
    let inbox = &world.inboxes[it.inbox as usize];
    let member = match &site.door {
        Door::Registered => person.registered,
        Door::Groups(groups) => groups.iter().any(|it| is_member(world, person, *it)),
    };
    if !(site.published && person.active && member) {
        return None;
    }
    if inbox.portal != Some(portal) || inbox.moving_to.is_some() || site.hidden.contains(&it.pipeline) {
        return None;
    }
    if !(it.standing == Standing::Live || it.standing == Standing::Merged) {
        return None;
    }
    if it.contacts.contains(&contact) {
        return Some(Why::Own);
    }
    let company = person.primary?;
    let allowed = match &site.sight {
        Sight::Own => false,
        Sight::Company => true,
        Sight::CompanyFor(groups) => groups.iter().any(|all| all.iter().all(|test| passes(test, person))),
    };
    (allowed && !it.private && it.companies.contains(&company)).then_some(Why::Company(company))
}

/// Whether somebody is a member of an access group.
pub(crate) fn is_member(world: &World, person: &Contact, group: u8) -> bool {
    match &world.groups[group as usize] {
        None => person.groups.contains(&group),
        Some(tests) => tests.iter().any(|all| all.iter().all(|test| passes(test, person))),
    }
}

fn passes(test: &Test, person: &Contact) -> bool {
    let wanted = i16::from(test.value);
    // An unknown value is -1: it equals nothing that can be asked for.
    let has = person.values[test.property].map_or(-1, i16::from);
    let ordered = test.property == 1 && has >= 0;
    match test.asks {
        Asks::Is => has == wanted,
        Asks::IsNot => has != wanted,
        Asks::Less => ordered && has < wanted,
        Asks::Greater => ordered && has > wanted,
        Asks::Known => has >= 0,
        Asks::Unknown => has < 0,
    }
}

/// Whether the contact may do this to the ticket now.
pub(crate) fn may(world: &World, (portal, contact, ticket): (u8, u8, usize), mode: Mode, action: Action) -> bool {
    let Some(why) = sees(world, portal, contact, ticket) else {
        return false;
    };
    let (site, it) = (&world.portals[portal as usize], &world.tickets[ticket]);
    let writes = mode == Mode::Write && (why == Why::Own || site.colleagues);
    let closed = it.stage == Stage::Closed;
    let merged = it.standing == Standing::Merged;
    match action {
        Action::Read | Action::MarkRead => true,
        Action::Reply => writes,
        Action::Close => writes && !merged && !closed && site.close,
        Action::Reopen => {
            let in_time = site
                .reopen_days
                .is_some_and(|days| it.closed_for.unwrap_or(0) <= i64::from(days) * DAY);
            writes && !merged && closed && in_time
        }
        Action::MarkPrivate => writes && !merged && !it.private && it.requester == Some(contact) && site.mark_private,
        Action::Rate => mode == Mode::Write && why == Why::Own && !merged && closed && site.rate,
    }
}
