//! Who is put on a ticket, who is taken off, and what becomes of messages that become a ticket of their own.

use std::collections::BTreeSet;

use portal_core::access::{CustomersMay, TicketPermission};
use portal_core::actor::Actor;
use portal_core::audit::{AuditEvent, AuditQuery};
use portal_core::crm::{MergeParties, Party, Widening};
use portal_core::desk::{ChangeTicket, DeskError, Split, SplitError, TicketChange};
use portal_core::id::{CompanyId, ContactId, TicketNumber};
use portal_core::ports::{Access, BytesSource, Store};
use portal_core::settings::CustomerPortal;
use portal_core::staff::{InboxAccess, Permission, StaffActor};
use portal_core::ticket::{AssociationLabel, EventKind, Reply, StageFile, TimelineItem};

use crate::desk::{Desk, staff};
use crate::fixture::{World, id};
use crate::parties::merge;

fn other() -> CompanyId {
    CompanyId::from_uuid(id(41))
}

impl Desk {
    /// Makes a change as the page does: after its preview, which must say exactly what happens.
    pub(crate) async fn change(&self, number: TicketNumber, change: TicketChange) {
        let all = [
            self.world.jonas,
            self.world.aylin,
            self.world.greta,
            self.world.stranger,
        ];
        let mut before = Vec::new();
        for who in all {
            before.push(self.world.view(who, number).await.is_some());
        }
        let preview = self.world.service.preview_change(&self.mara, number, change).await;
        let preview = preview.unwrap();
        let command = ChangeTicket {
            number,
            seen: preview.version,
            change,
            key: None,
        };
        self.world.service.change_ticket(&self.mara, command).await.unwrap();
        for (who, before) in all.into_iter().zip(before) {
            let after = self.world.view(who, number).await.is_some();
            let gains = preview.gain.iter().any(|it| it.contact == who);
            let loses = preview.lose.iter().any(|it| it.contact == who);
            assert_eq!(
                (gains, loses),
                (!before && after, before && !after),
                "{who:?} by {change:?}"
            );
        }
    }

    async fn events(&self, who: ContactId, number: TicketNumber) -> Vec<EventKind> {
        let view = self.world.view(who, number).await.unwrap();
        let events = view.timeline.items.into_iter().filter_map(|it| match it {
            TimelineItem::Event(it) => Some(it.kind),
            TimelineItem::Message(_) => None,
        });
        events.collect()
    }
}

#[tokio::test]
async fn vis_047_when_the_company_of_a_ticket_changes_one_loses_and_the_other_gains_it() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    assert!(desk.world.view(desk.world.aylin, number).await.is_some());
    desk.change(number, TicketChange::LinkCompany(other())).await;
    assert!(desk.world.view(desk.world.stranger, number).await.is_some());
    desk.change(number, TicketChange::UnlinkCompany(desk.world.fernwerk))
        .await;
    assert!(desk.world.view(desk.world.aylin, number).await.is_none());
    assert!(
        desk.world.view(desk.world.jonas, number).await.is_some(),
        "whoever is on the ticket keeps it"
    );
    // What customers are told of it names nobody.
    let events = desk.events(desk.world.stranger, number).await;
    assert_eq!(events, [EventKind::PeopleChanged, EventKind::PeopleChanged]);
}

#[tokio::test]
async fn vis_049_whoever_is_taken_off_a_ticket_does_not_find_it_any_more() {
    let world = World::with(TicketPermission::Own, CustomersMay::default()).await;
    let desk = Desk::over(world).await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    let aylin = desk.world.aylin;
    assert!(desk.world.view(aylin, number).await.is_none());
    desk.change(number, TicketChange::Link(aylin, AssociationLabel::Participant))
        .await;
    assert!(desk.world.view(aylin, number).await.is_some());
    desk.change(number, TicketChange::Unlink(aylin)).await;
    assert!(desk.world.view(aylin, number).await.is_none());
    let reply = Reply {
        portal: desk.world.portal.id,
        number,
        text: "Me too".to_owned(),
        files: vec![],
        close: false,
        key: None,
    };
    let refused = desk.world.service.reply(&Actor::signed_in(aylin), reply).await;
    assert!(
        matches!(refused, Err(portal_core::ticket::ReplyError::NotFound)),
        "{refused:?}"
    );
}

#[tokio::test]
async fn there_is_one_requester_and_whoever_was_it_stays_on_the_ticket() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    desk.change(
        number,
        TicketChange::Link(desk.world.greta, AssociationLabel::Requester),
    )
    .await;
    let ticket = desk.world.stored(number).await;
    assert_eq!(ticket.requester(), Some(desk.world.greta));
    assert_eq!(
        ticket.contacts.get(&desk.world.jonas),
        Some(&AssociationLabel::Participant)
    );
    // Nobody joined when they change places.
    desk.change(
        number,
        TicketChange::Link(desk.world.jonas, AssociationLabel::Requester),
    )
    .await;
    assert_eq!(desk.events(desk.world.jonas, number).await, [EventKind::PeopleChanged]);
    let nobody = TicketChange::Link(ContactId::from_uuid(id(0xdead)), AssociationLabel::Participant);
    let refused = desk.world.service.preview_change(&desk.mara, number, nobody).await;
    assert!(matches!(refused, Err(DeskError::Invalid(_))), "{refused:?}");
    let mut tx = desk.world.store.begin(Access::Read).await.unwrap();
    let query = AuditQuery {
        event: Some(AuditEvent::TicketLinked),
        ..AuditQuery::default()
    };
    let task = portal_core::actor::Task::Maintenance;
    let linked = tx.audit().audit_page(&task, &query, 10).await.unwrap();
    assert_eq!(linked.len(), 2);
}

#[tokio::test]
async fn people_are_found_for_a_ticket_by_those_who_work_with_it() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    let found = desk
        .world
        .service
        .find_people_for(&desk.mara, number, "fernwerk")
        .await
        .unwrap();
    let names: Vec<&str> = found.contacts.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        ["Aylin Demir", "Greta Holm", "Max Stranger"],
        "Jonas is on it already"
    );
    assert!(found.companies.is_empty(), "their company is, too");
    let found = desk.world.service.find_people_for(&desk.mara, number, "f").await;
    assert!(found.unwrap().contacts.is_empty(), "nobody leafs through everybody");
    let refused = desk.world.service.find_people_for(&desk.tim, number, "fernwerk").await;
    assert!(refused.is_err());
}

#[tokio::test]
async fn vis_050_who_became_a_part_or_was_erased_is_put_on_no_ticket() {
    let desk = Desk::new().await;
    let (world, service) = (&desk.world, &desk.world.service);
    let number = world.open(world.jonas, "Scanner").await;
    let admin = StaffActor {
        proven_lately: true,
        ..staff(world, 0x76, "Kim", Permission::Admin, InboxAccess::All).await
    };
    let mut command = merge(world.jonas, world.greta);
    let preview = service.preview_merge(&admin, &command).await.unwrap();
    command.accepted = Widening::of(&preview.effect);
    service.merge_parties(&admin, &command).await.unwrap();
    service.erase_contact(&admin, world.aylin, "Aylin Demir").await.unwrap();
    command = MergeParties {
        into: Party::Company(world.fernwerk),
        from: Party::Company(other()),
        ..command
    };
    command.accepted = None;
    let preview = service.preview_merge(&admin, &command).await.unwrap();
    command.accepted = Widening::of(&preview.effect);
    service.merge_parties(&admin, &command).await.unwrap();
    let before = world.stored(number).await;
    let link = |who| TicketChange::Link(who, AssociationLabel::Participant);
    for change in [link(world.greta), link(world.aylin), TicketChange::LinkCompany(other())] {
        let refused = service.preview_change(&desk.mara, number, change).await;
        assert!(matches!(refused, Err(DeskError::Invalid(_))), "{refused:?}");
        let command = ChangeTicket {
            number,
            seen: before.version,
            change,
            key: None,
        };
        let refused = service.change_ticket(&desk.mara, command).await;
        assert!(matches!(refused, Err(DeskError::Invalid(_))), "{refused:?}");
    }
    assert_eq!(world.stored(number).await, before);
}

fn split(number: TicketNumber, messages: &[u32], requester: Option<ContactId>) -> Split {
    Split {
        number,
        messages: messages.iter().copied().collect::<BTreeSet<_>>(),
        subject: "The other matter".to_owned(),
        requester,
        key: Some("split-it-once".parse().unwrap()),
    }
}

async fn with_file(world: &World, portal: &CustomerPortal, number: TicketNumber) {
    let actor = Actor::signed_in(world.jonas);
    let stage = StageFile {
        portal: portal.id,
        name: "log.txt".to_owned(),
    };
    let file = world
        .service
        .stage_file(&actor, stage, &mut BytesSource::new(b"14:02".to_vec()))
        .await
        .unwrap();
    let reply = Reply {
        portal: portal.id,
        number,
        text: "And the printer".to_owned(),
        files: vec![file.id],
        close: false,
        key: None,
    };
    world.service.reply(&actor, reply).await.unwrap();
}

#[tokio::test]
async fn vis_043_a_split_copies_messages_for_nobody_who_did_not_read_them() {
    let desk = Desk::new().await;
    let (world, service) = (&desk.world, &desk.world.service);
    let number = world.open(world.jonas, "Scanner").await;
    with_file(world, &world.portal, number).await;
    desk.change(
        number,
        TicketChange::Link(world.stranger, AssociationLabel::Participant),
    )
    .await;
    let origin = world.view(world.jonas, number).await.unwrap();
    let message = origin
        .timeline
        .items
        .iter()
        .find_map(|it| match it {
            TimelineItem::Message(it) if it.body.plain == "And the printer" => Some(it.clone()),
            TimelineItem::Message(_) | TimelineItem::Event(_) => None,
        })
        .unwrap();
    let made = service
        .split_ticket(&desk.mara, split(number, &[message.seq], Some(world.jonas)))
        .await
        .unwrap();
    let again = service
        .split_ticket(&desk.mara, split(number, &[message.seq], Some(world.jonas)))
        .await
        .unwrap();
    assert_eq!(made, again, "the same key does it once");
    // The origin is as it was, and whoever was on it and is not on the new one does not see that.
    assert_eq!(world.view(world.jonas, number).await.unwrap().timeline, origin.timeline);
    assert!(world.view(world.stranger, number).await.is_some());
    assert!(world.view(world.stranger, made).await.is_none());
    let view = world.view(world.jonas, made).await.unwrap();
    let copy = view
        .timeline
        .items
        .iter()
        .find_map(|it| match it {
            TimelineItem::Message(it) => Some(it.clone()),
            TimelineItem::Event(_) => None,
        })
        .unwrap();
    assert_eq!(
        (&copy.body, &copy.author, copy.at),
        (&message.body, &message.author, message.at)
    );
    assert_ne!(copy.files[0].id, message.files[0].id);
    let mut fetched = service
        .fetch_file(&Actor::signed_in(world.jonas), world.portal.id, copy.files[0].id)
        .await
        .unwrap();
    assert_eq!(fetched.content.chunk().await.unwrap().unwrap(), b"14:02");
    // Where it came from is told to whoever sees that, and to nobody else.
    assert_eq!(
        desk.events(world.jonas, made).await,
        [EventKind::SplitFrom { ticket: number }]
    );
    desk.change(number, TicketChange::UnlinkCompany(world.fernwerk)).await;
    assert!(world.view(world.aylin, number).await.is_none());
    assert_eq!(desk.events(world.aylin, made).await, []);
    // Nobody can be put on it by this who was not on the first, and nothing is chosen that is not there.
    for command in [
        split(number, &[message.seq], Some(world.greta)),
        split(number, &[999], None),
        split(number, &[], None),
    ] {
        let command = Split { key: None, ..command };
        let refused = service.split_ticket(&desk.mara, command).await;
        assert!(
            matches!(refused, Err(SplitError::Desk(DeskError::Invalid(_)))),
            "{refused:?}"
        );
    }
    let refused = service
        .split_ticket(&desk.tim, split(number, &[message.seq], None))
        .await;
    assert!(
        matches!(refused, Err(SplitError::Desk(DeskError::NotFound))),
        "{refused:?}"
    );
}
