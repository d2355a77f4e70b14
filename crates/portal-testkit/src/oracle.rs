//! Who sees what, said a second time: naive loops over the raw associations of a [`World`], without a line of the rule.

use std::collections::BTreeSet;

use portal_core::access::Standing;

use crate::world::{Access, Condition, Person, Region, Sight, World};

/// Whether the contact is let into the portal.
#[must_use]
pub fn enters(world: &World, contact: usize, portal: usize) -> bool {
    let (Some(who), Some(at)) = (world.contacts.get(contact), world.portals.get(portal)) else {
        return false;
    };
    let allowed = match &at.access {
        Access::Registered => who.registered,
        Access::Groups(groups) => groups.iter().any(|it| is_member(world, contact, *it)),
    };
    at.published && who.active && allowed
}

/// Whether the contact is a member of the access group.
#[must_use]
pub fn is_member(world: &World, contact: usize, group: usize) -> bool {
    let (Some(who), Some(rule)) = (world.contacts.get(contact), world.groups.get(group)) else {
        return false;
    };
    match rule {
        None => who.groups.contains(&group),
        Some(condition) => meets(who, *condition),
    }
}

fn meets(who: &Person, condition: Condition) -> bool {
    let north = who.region == Some(Region::North);
    match condition {
        Condition::North => north,
        Condition::NotNorth => !north,
        Condition::RegionKnown => who.region.is_some(),
        Condition::RegionUnknown => who.region.is_none(),
        Condition::LevelAbove3 => who.level == Some(4) || who.level == Some(5),
        Condition::LevelBelow3OrPlaced => {
            matches!(who.level, Some(1 | 2)) || (who.level.is_some() && who.region.is_some())
        }
    }
}

/// The company whose tickets the contact sees in the portal, if any.
#[must_use]
pub fn company_view(world: &World, contact: usize, portal: usize) -> Option<usize> {
    let (who, at) = (world.contacts.get(contact)?, world.portals.get(portal)?);
    let allowed = match at.sight {
        Sight::Own => false,
        Sight::Company => true,
        Sight::CompanyIf(condition) => meets(who, condition),
    };
    if allowed { who.primary } else { None }
}

/// The tickets that the contact is associated with and that the portal shows.
#[must_use]
pub fn mine(world: &World, contact: usize, portal: usize) -> BTreeSet<usize> {
    let on_it = |number: &usize| {
        world
            .tickets
            .get(*number)
            .is_some_and(|it| it.requester == Some(contact) || it.participants.contains(&contact))
    };
    shown(world, portal).into_iter().filter(on_it).collect()
}

/// The tickets that the contact sees because the company does.
#[must_use]
pub fn companys(world: &World, contact: usize, portal: usize) -> BTreeSet<usize> {
    let Some(company) = company_view(world, contact, portal) else {
        return BTreeSet::new();
    };
    let of_company = |number: &usize| {
        world
            .tickets
            .get(*number)
            .is_some_and(|it| !it.private && it.companies.contains(&company))
    };
    shown(world, portal).into_iter().filter(of_company).collect()
}

/// All tickets that the contact sees in the portal, by their places in the world.
#[must_use]
pub fn visible(world: &World, contact: usize, portal: usize) -> BTreeSet<usize> {
    let own = mine(world, contact, portal);
    own.union(&companys(world, contact, portal)).copied().collect()
}

/// What the portal would show to somebody who sees everything.
fn shown(world: &World, portal: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for (number, ticket) in world.tickets.iter().enumerate() {
        let Some(inbox) = world.inboxes.get(ticket.inbox) else {
            continue;
        };
        let hidden = world
            .portals
            .get(portal)
            .is_some_and(|it| it.hides.contains(&ticket.pipeline));
        let gone = matches!(
            ticket.standing,
            Standing::Unverified | Standing::Spam | Standing::Deleted
        );
        if inbox.portal == Some(portal) && inbox.moving_to.is_none() && !hidden && !gone {
            found.insert(number);
        }
    }
    found
}
