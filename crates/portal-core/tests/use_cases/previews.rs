//! A preview is the difference of what the oracle says before and after the change.

use std::collections::BTreeSet;

use portal_core::access::Tab;
use portal_core::actor::Task;
use portal_core::crm::{PolicyChange, PreviewAs};
use portal_core::id::{AgentId, TicketNumber, Uuid};
use portal_core::ports::{Access, Store};
use portal_core::staff::{InboxAccess, Permission, StaffActor, StaffStanding, StaffUser};
use portal_core::time::Timestamp;
use portal_testkit::conformance::Broken;
use portal_testkit::world::{Command, World, commands, worlds};
use portal_testkit::{TestPortal, block_on, oracle};
use proptest::prelude::*;

/// Somebody of the staff, stored with a permission.
pub(crate) async fn staff(store: &dyn Store, permission: Permission) -> StaffActor {
    let id = AgentId::from_uuid(Uuid::from_u128(0x5afe));
    let user = StaffUser {
        id,
        name: "Mara".parse().unwrap(),
        email: "mara@kestrel.example".parse().unwrap(),
        permissions: BTreeSet::from([permission]),
        inboxes: InboxAccess::All,
        standing: StaffStanding::Active,
        language: None,
        time_zone: None,
        created_at: Timestamp::from_micros(0),
    };
    let mut tx = store.begin(Access::Write).await.unwrap();
    tx.staffing().put_staff_user(&Task::CommandLine, &user).await.unwrap();
    tx.commit().await.unwrap();
    StaffActor::signed_in(id, true)
}

/// The change that a command makes, and the world after it; `None` if it changes no policy.
async fn change(it: &TestPortal, command: &Command) -> Result<Option<(PolicyChange, World)>, Broken> {
    let (mut after, place) = (it.world.clone(), &it.place);
    if let Command::MoveInbox { inbox, portal, .. } = command {
        let inbox = inbox % after.inboxes.len();
        let to = portal.map(|it| it % after.portals.len());
        let Some(other) = to.or(after.inboxes[inbox].portal) else {
            return Ok(None);
        };
        after.inboxes[inbox].portal = to;
        let here = |index: &usize| after.inboxes[*index].portal == Some(other);
        let inboxes = (0..after.inboxes.len()).filter(here);
        let change = PolicyChange::Inboxes {
            portal: place.portal_id(other),
            inboxes: inboxes.map(|it| place.inbox_id(it)).collect(),
        };
        return Ok(Some((change, after)));
    }
    // The store is changed like the world, and that is taken back.
    let mut tx = it.store.begin(Access::Write).await?;
    command.apply(&mut after, place, &mut *tx).await?;
    drop(tx);
    let (portals, people) = (after.portals.len(), after.contacts.len());
    let change = match command {
        Command::Permit { portal, .. } => {
            let portal = place.portal(&after, portal % portals)?;
            PolicyChange::Permission {
                portal: portal.id,
                permission: portal.permission,
            }
        }
        Command::Admit { portal, .. } => {
            let portal = place.portal(&after, portal % portals)?;
            PolicyChange::Access {
                portal: portal.id,
                access: portal.access,
            }
        }
        Command::Hide { portal, .. } => {
            let portal = place.portal(&after, portal % portals)?;
            PolicyChange::HiddenPipelines {
                portal: portal.id,
                pipelines: portal.hidden_pipelines,
            }
        }
        Command::Publish { portal, published } => PolicyChange::Published {
            portal: place.portal_id(portal % portals),
            published: *published,
        },
        Command::ChangeGroup { group, .. } => PolicyChange::Group(place.group(&after, *group)?),
        Command::ChangeCompany { contact, primary, .. } => PolicyChange::PrimaryCompany {
            contact: place.contact_id(contact % people),
            company: primary.map(|it| place.company_id(it)),
        },
        Command::ChangeLevel { contact, .. }
        | Command::ChangeRegion { contact, .. }
        | Command::ChangeGroups { contact, .. }
        | Command::SetActive { contact, .. } => {
            PolicyChange::Contact(Box::new(place.contact(&after, contact % people)?))
        }
        _ => return Ok(None),
    };
    Ok(Some((change, after)))
}

/// What a contact sees in a portal, by the oracle.
fn sees(world: &World, contact: usize, portal: usize) -> BTreeSet<usize> {
    if oracle::enters(world, contact, portal) {
        oracle::visible(world, contact, portal)
    } else {
        BTreeSet::new()
    }
}

/// People, tickets and doors that are in the second world and not in the first.
fn more(one: &World, other: &World) -> (u64, u64, u64) {
    let (mut people, mut tickets, mut doors) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for contact in 0..one.contacts.len() {
        for portal in 0..one.portals.len() {
            let (before, after) = (sees(one, contact, portal), sees(other, contact, portal));
            let new: Vec<usize> = after.difference(&before).copied().collect();
            if !new.is_empty() {
                people.insert(contact);
            }
            tickets.extend(new);
            if oracle::enters(other, contact, portal) && !oracle::enters(one, contact, portal) {
                doors.insert(contact);
            }
        }
    }
    (people.len() as u64, tickets.len() as u64, doors.len() as u64)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_preview_is_the_difference_of_what_the_oracle_says(world in worlds(), commands in commands(24)) {
        let checked: Result<(), Broken> = block_on(async {
            let it = TestPortal::with(world).await?;
            let actor = staff(&it.store, Permission::PortalSettings).await;
            for command in &commands {
                let Some((change, after)) = change(&it, command).await? else { continue };
                let preview = it.portal.preview_policy(&actor, &change).await?;
                let gain = (preview.gain.people, preview.gain.tickets, preview.gain.doors);
                let lose = (preview.lose.people, preview.lose.tickets, preview.lose.doors);
                let expected = (more(&it.world, &after), more(&after, &it.world));
                if (gain, lose) != expected || preview.estimate {
                    return Err(Broken::new(format!("{change:?}: {preview:?}, not {expected:?}")));
                }
                let named: u64 = preview.gain.examples.iter().map(|it| it.tickets).sum();
                if gain.0 <= 2 && named < gain.1 {
                    return Err(Broken::new(format!("examples name too little: {preview:?}")));
                }
            }
            Ok(())
        });
        prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
    }

    #[test]
    fn looking_as_a_contact_counts_what_the_contact_sees(world in worlds()) {
        let checked: Result<(), Broken> = block_on(async {
            let it = TestPortal::with(world).await?;
            let actor = staff(&it.store, Permission::Crm).await;
            for portal in 0..it.world.portals.len() {
                for contact in 0..it.world.contacts.len() {
                    let wanted = PreviewAs {
                        portal: it.place.portal_id(portal),
                        contact: it.place.contact_id(contact),
                        changes: Vec::new(),
                        as_published: false,
                    };
                    let seen = it.portal.preview_as(&actor, &wanted).await?;
                    let enters = oracle::enters(&it.world, contact, portal);
                    let count = |tab| {
                        let list = seen.lists.iter().find(|it| it.tab == tab);
                        list.map_or(0, |it| {
                            let counts = it.counts;
                            (counts.received + counts.in_progress + counts.waiting + counts.closed) as usize
                        })
                    };
                    let (mut mine, mut companys) = (BTreeSet::new(), BTreeSet::new());
                    if enters {
                        mine = oracle::mine(&it.world, contact, portal);
                        companys = oracle::companys(&it.world, contact, portal);
                    }
                    let right = seen.refused.is_none() == enters
                        && count(Tab::Mine) == mine.len()
                        && count(Tab::Company) == companys.len();
                    // Who only looks after people is shown numbers, and never a subject.
                    let some: Vec<&(TicketNumber, Option<String>)> = seen.lists.iter().flat_map(|it| &it.some).collect();
                    if !right || some.iter().any(|(_, subject)| subject.is_some()) {
                        return Err(Broken::new(format!("contact {contact} in portal {portal}: {seen:?}")));
                    }
                }
            }
            Ok(())
        });
        prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
    }
}
