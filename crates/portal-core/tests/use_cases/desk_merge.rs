//! One ticket becomes part of another one: no message moves, nobody sees more, and staff see one conversation.

use std::collections::BTreeMap;

use portal_core::access::{CustomersMay, Standing, TicketPermission};
use portal_core::actor::{Actor, Task};
use portal_core::desk::{Answer, ChangeTicket, DeskError, Merge, MergePreview, Then, TicketChange};
use portal_core::id::{ContactId, InboxId, TicketNumber};
use portal_core::ports::{Access, Store};
use portal_core::settings::Inbox;
use portal_core::ticket::{AuthorKind, CloseTicket, EventKind, Reply, Stage, TicketView, TimelineItem};

use portal_testkit::orders::{Deed, in_every_order};

use crate::desk::Desk;
use crate::fixture::{World, id};

impl Desk {
    async fn preview_merge(&self, number: TicketNumber, into: TicketNumber) -> MergePreview {
        let preview = self.world.service.preview_ticket_merge(&self.mara, number, into).await;
        preview.unwrap()
    }

    async fn merge(&self, number: TicketNumber, into: TicketNumber, add_people: bool) {
        let preview = self.preview_merge(number, into).await;
        let command = Merge {
            number,
            into,
            seen: preview.version,
            seen_into: preview.into_version,
            add_people,
            key: None,
        };
        self.world.service.merge_tickets(&self.mara, command).await.unwrap();
    }

    async fn says(&self, who: ContactId, number: TicketNumber, text: &str) {
        let command = Reply {
            portal: self.world.portal.id,
            number,
            text: text.to_owned(),
            files: vec![],
            close: false,
            key: None,
        };
        self.world.service.reply(&Actor::signed_in(who), command).await.unwrap();
    }
}

fn texts(view: &TicketView) -> Vec<String> {
    let messages = view.timeline.items.iter().filter_map(|it| match it {
        TimelineItem::Message(it) => Some(it.body.plain.clone()),
        TimelineItem::Event(_) => None,
    });
    messages.collect()
}

async fn own() -> Desk {
    Desk::over(World::with(TicketPermission::Own, CustomersMay::default()).await).await
}

#[tokio::test]
async fn vis_040_merging_moves_no_message_and_shows_nobody_more() {
    let desk = own().await;
    let world = &desk.world;
    let source = world.open(world.jonas, "Scanner").await;
    let target = world.open(world.stranger, "Scanner of a stranger").await;
    let before = world.view(world.stranger, target).await.unwrap();
    let preview = desk.preview_merge(source, target).await;
    assert_eq!(preview.join.len(), 1);
    assert_eq!(preview.join[0].contact, world.jonas);
    desk.merge(source, target, false).await;
    assert_eq!(world.view(world.stranger, target).await.unwrap(), before);
    assert!(world.view(world.stranger, source).await.is_none());
    let seen = world.view(world.jonas, source).await.unwrap();
    assert_eq!(texts(&seen), ["Text of Scanner"]);
    assert_eq!((seen.stage, seen.merged_into), (Stage::Closed, None));
    // Not even the number is told.
    let told = seen.timeline.items.iter().any(|it| match it {
        TimelineItem::Event(it) => matches!(it.kind, EventKind::MergedInto { .. }),
        TimelineItem::Message(_) => false,
    });
    assert!(!told, "{:?}", seen.timeline);
    // Staff see one conversation.
    let view = world.service.view_desk_ticket(&desk.mara, target, 40).await.unwrap();
    assert_eq!(view.parts.len(), 1);
    assert_eq!(view.parts[0].0.number, source);
    let part = world.service.view_desk_ticket(&desk.mara, source, 40).await.unwrap();
    assert_eq!(part.whole.map(|it| it.0), Some(target));
}

#[tokio::test]
async fn vis_041_whoever_sees_a_part_does_not_see_the_whole() {
    let desk = own().await;
    let world = &desk.world;
    let source = world.open(world.jonas, "Scanner").await;
    let target = world.open(world.stranger, "Scanner of a stranger").await;
    desk.merge(source, target, false).await;
    assert!(world.view(world.jonas, target).await.is_none());
    // Whoever is added by the tick does, and is told where it goes on.
    let second = world.open(world.aylin, "Scanner again").await;
    desk.merge(second, target, true).await;
    assert!(world.view(world.aylin, target).await.is_some());
    let seen = world.view(world.aylin, second).await.unwrap();
    assert_eq!(seen.merged_into, Some(target));
    assert!(world.view(world.aylin, source).await.is_none());
    assert!(world.view(world.jonas, target).await.is_none());
}

#[tokio::test]
async fn a_reply_to_a_part_is_a_reply_to_the_whole_for_the_staff_alone() {
    let desk = own().await;
    let world = &desk.world;
    let source = world.open(world.jonas, "Scanner").await;
    let target = world.open(world.stranger, "Scanner of a stranger").await;
    desk.merge(source, target, false).await;
    for stage in [Stage::WaitingOnContact, Stage::Closed] {
        world.stage(target, stage).await;
        desk.says(world.jonas, source, "It is me again").await;
        assert_eq!(world.stored(target).await.stage, Stage::InProgress);
        assert_eq!(world.stored(source).await.stage, Stage::Closed);
    }
    // The stranger is not told by whom.
    let view = world.view(world.stranger, target).await.unwrap();
    assert_eq!(texts(&view), ["Text of Scanner of a stranger"]);
    for item in &view.timeline.items {
        if let TimelineItem::Event(it) = item {
            assert_eq!((it.by.kind, it.by.name.as_str()), (AuthorKind::System, ""));
        }
    }
    // Nothing else of it moves: what is somebody's turn already is as it was.
    let before = world.view(world.stranger, target).await.unwrap();
    desk.says(world.jonas, source, "Hello?").await;
    assert_eq!(world.view(world.stranger, target).await.unwrap(), before);
    // It cannot be closed or rated on its own.
    let close = CloseTicket {
        portal: world.portal.id,
        number: source,
        reason: None,
        key: None,
    };
    let refused = world.service.close_ticket(&Actor::signed_in(world.jonas), close).await;
    assert!(refused.is_err());
}

#[tokio::test]
async fn an_answer_stays_with_the_readers_of_the_message_it_answers() {
    let desk = own().await;
    let world = &desk.world;
    let source = world.open(world.jonas, "Scanner").await;
    let target = world.open(world.stranger, "Scanner of a stranger").await;
    desk.merge(source, target, false).await;
    let answer = |number: TicketNumber, seen: u32, beside: &[(TicketNumber, u32)]| Answer {
        number,
        text: "Please restart it".to_owned(),
        files: Vec::new(),
        seen,
        beside: beside.iter().copied().collect::<BTreeMap<_, _>>(),
        then: Then::Wait,
        key: None,
    };
    let seen = world.stored(source).await.public_seq;
    let at_target = world.stored(target).await.public_seq;
    desk.says(world.stranger, target, "Any news?").await;
    // What was said on any part of the conversation stops it.
    let late = answer(source, seen, &[(target, at_target)]);
    let stopped = world.service.answer_ticket(&desk.mara, late).await;
    assert!(matches!(stopped, Err(DeskError::Overtaken(ref newer)) if newer[0].ticket == target));
    let at_target = world.stored(target).await.public_seq;
    let command = answer(source, seen, &[(target, at_target)]);
    world.service.answer_ticket(&desk.mara, command).await.unwrap();
    let whole = world.stored(target).await;
    assert_eq!(
        (whole.stage, whole.owner),
        (Stage::WaitingOnContact, Some(desk.mara.agent))
    );
    assert_eq!(world.stored(source).await.stage, Stage::Closed);
    assert_eq!(
        texts(&world.view(world.jonas, source).await.unwrap()),
        ["Text of Scanner", "Please restart it"]
    );
    assert!(!texts(&world.view(world.stranger, target).await.unwrap()).contains(&"Please restart it".to_owned()));
}

#[tokio::test]
async fn parts_of_parts_are_parts_of_the_whole_and_come_apart_again() {
    let desk = own().await;
    let world = &desk.world;
    let mut numbers = Vec::new();
    for subject in ["One", "Two", "Three"] {
        numbers.push(world.open(world.jonas, subject).await);
    }
    let [first, second, third] = numbers[..] else { panic!() };
    desk.merge(second, first, false).await;
    desk.merge(first, third, false).await;
    assert_eq!(world.stored(first).await.merged_into, Some(third));
    assert_eq!(world.stored(second).await.merged_into, Some(third), "it is flat");
    // A part is not merged once more, and nothing is merged into a part or itself.
    for (source, target) in [(second, third), (third, first), (third, third)] {
        let refused = world.service.preview_ticket_merge(&desk.mara, source, target).await;
        assert!(matches!(refused, Err(DeskError::NotPossible)), "{source} {target}");
    }
    world.service.unmerge_ticket(&desk.mara, second, None).await.unwrap();
    let apart = world.stored(second).await;
    assert_eq!(
        (apart.standing, apart.merged_into, apart.stage),
        (Standing::Live, None, Stage::InProgress)
    );
    let refused = world.service.unmerge_ticket(&desk.mara, second, None).await;
    assert!(matches!(refused, Err(DeskError::NotPossible)), "{refused:?}");
}

#[tokio::test]
async fn adm_008_both_ends_of_a_merge_must_be_ones_own() {
    let desk = own().await;
    let world = &desk.world;
    let source = world.open(world.jonas, "Scanner").await;
    let target = world.open(world.stranger, "Elsewhere").await;
    let elsewhere = InboxId::from_uuid(id(0x99));
    let mut tx = world.store.begin(Access::Write).await.unwrap();
    let own = tx.directory().inbox(world.portal.default_inbox).await.unwrap().unwrap();
    let inbox = Inbox {
        id: elsewhere,
        portal: None,
        ..own
    };
    tx.directory().put_inbox(&Task::CommandLine, &inbox).await.unwrap();
    tx.commit().await.unwrap();
    let seen = world.stored(target).await.version;
    let moved = ChangeTicket {
        number: target,
        seen,
        change: TicketChange::Inbox(elsewhere),
        key: None,
    };
    world.service.change_ticket(&desk.mara, moved).await.unwrap();
    // Tim has the inbox of one of them only.
    for (number, into) in [(source, target), (target, source)] {
        let command = Merge {
            number,
            into,
            seen: world.stored(number).await.version,
            seen_into: world.stored(into).await.version,
            add_people: true,
            key: None,
        };
        let refused = world.service.merge_tickets(&desk.tim, command).await;
        assert!(matches!(refused, Err(DeskError::NotFound)), "{refused:?}");
        let refused = world.service.preview_ticket_merge(&desk.tim, number, into).await;
        assert!(matches!(refused, Err(DeskError::NotFound)), "{refused:?}");
    }
}

#[tokio::test]
async fn con_004_a_merge_is_stopped_by_what_was_not_seen() {
    let desk = own().await;
    let world = &desk.world;
    let source = world.open(world.jonas, "Scanner").await;
    let target = world.open(world.stranger, "Another").await;
    let preview = desk.preview_merge(source, target).await;
    desk.says(world.stranger, target, "Wait").await;
    let command = Merge {
        number: source,
        into: target,
        seen: preview.version,
        seen_into: preview.into_version,
        add_people: true,
        key: None,
    };
    let stopped = world.service.merge_tickets(&desk.mara, command).await;
    assert!(matches!(stopped, Err(DeskError::Stale)), "{stopped:?}");
    assert_eq!(world.stored(source).await.standing, Standing::Live);
}

#[tokio::test]
async fn con_005_reply_answer_merge_move_close_and_unlink_in_every_order() {
    for deeds in [
        [Deed::Reply, Deed::Merge, Deed::Move, Deed::Close],
        [Deed::Reply, Deed::Answer, Deed::Merge, Deed::Unlink],
        [Deed::Answer, Deed::Close, Deed::Move, Deed::Unlink],
    ] {
        let world = World::new().await;
        in_every_order(&world.service, &world.store, &deeds).await.unwrap();
    }
}
