//! An answer that can be taken back for ten seconds.

use std::collections::BTreeMap;

use portal_core::access::Standing;
use portal_core::desk::{Answer, DeskError, Held, Then, UNDO_WINDOW};
use portal_core::id::TicketNumber;
use portal_core::ports::{DeskNews, Store};
use portal_core::staff::{InboxAccess, Permission};
use portal_core::ticket::Stage;

use crate::desk::{Desk, search, staff};
use crate::fixture::key;

impl Desk {
    async fn hold(&self, number: TicketNumber, text: &str, then: Then) -> Held {
        let command = Answer {
            number,
            text: text.to_owned(),
            files: Vec::new(),
            seen: self.world.stored(number).await.public_seq,
            beside: BTreeMap::new(),
            then,
            key: Some(key("send-it-once")),
        };
        let held = self.world.service.hold_answer(&self.mara, command.clone()).await;
        let again = self.world.service.hold_answer(&self.mara, command).await;
        assert_eq!(held.as_ref().unwrap().id, again.unwrap().id, "the same key sends once");
        held.unwrap()
    }
}

#[tokio::test]
async fn an_answer_leaves_once_and_only_when_it_can_not_be_taken_back_any_more() {
    let desk = Desk::new().await;
    let (world, service) = (&desk.world, &desk.world.service);
    let number = world.open(world.jonas, "Scanner").await;
    let before = world.view(world.jonas, number).await.unwrap();
    let mut colleagues = world.store.desk_hints();
    let held = desk.hold(number, "Please reboot", Then::Close).await;
    assert_eq!(service.send_due_answers(10).await.unwrap(), 0);
    assert_eq!(world.view(world.jonas, number).await.unwrap(), before);
    let view = service.view_desk_ticket(&desk.mara, number, 10).await.unwrap();
    assert_eq!(view.pending.len(), 1);
    assert_eq!(search(&desk, &desk.mara, "reboot").await.1, []);
    world.clock.advance(UNDO_WINDOW);
    let (one, two) = tokio::join!(service.send_due_answers(10), service.send_due_answers(10));
    assert_eq!(one.unwrap() + two.unwrap(), 1);
    let after = world.view(world.jonas, number).await.unwrap();
    assert_eq!(after.stage, Stage::Closed);
    assert_eq!(after.owner.as_deref(), Some("Mara"));
    // The first thing the desk hears of it is that it has left, and from then on it is found.
    assert_eq!(
        colleagues.next().await.unwrap().news,
        DeskNews::Changed(world.stored(number).await.version)
    );
    assert_eq!(search(&desk, &desk.mara, "reboot").await.1.len(), 1);
    let late = service.take_back_answer(&desk.mara, number, held.id).await;
    assert!(matches!(late, Err(DeskError::NotPossible)), "{late:?}");
}

#[tokio::test]
async fn what_is_taken_back_was_never_there() {
    let desk = Desk::new().await;
    let (world, service) = (&desk.world, &desk.world.service);
    let number = world.open(world.jonas, "Scanner").await;
    let before = world.view(world.jonas, number).await.unwrap();
    let held = desk.hold(number, "*Oops*", Then::Wait).await;
    // Only whoever sent it takes it back.
    let kim = staff(world, 0x75, "Kim", Permission::HelpDesk, InboxAccess::All).await;
    let refused = service.take_back_answer(&kim, number, held.id).await;
    assert!(matches!(refused, Err(DeskError::NotPossible)), "{refused:?}");
    let refused = service.take_back_answer(&desk.tim, number, held.id).await;
    assert!(matches!(refused, Err(DeskError::NotFound)), "{refused:?}");
    let back = service.take_back_answer(&desk.mara, number, held.id).await.unwrap();
    assert_eq!((back.text.as_str(), back.then), ("*Oops*", Then::Wait));
    world.clock.advance(UNDO_WINDOW);
    assert_eq!(service.send_due_answers(10).await.unwrap(), 0);
    assert_eq!(world.view(world.jonas, number).await.unwrap(), before);
}

#[tokio::test]
async fn an_answer_that_may_not_leave_any_more_is_kept_as_a_note() {
    let desk = Desk::new().await;
    let (world, service) = (&desk.world, &desk.world.service);
    let number = world.open(world.jonas, "Scanner").await;
    desk.hold(number, "Please", Then::Wait).await;
    world.change(number, |it| it.standing = Standing::Spam).await;
    let mut colleagues = world.store.desk_hints();
    world.clock.advance(UNDO_WINDOW);
    assert_eq!(service.send_due_answers(10).await.unwrap(), 1);
    let view = service.view_desk_ticket(&desk.mara, number, 10).await.unwrap();
    assert_eq!(view.thread.notes.len(), 1);
    assert_eq!(colleagues.next().await.unwrap().news, DeskNews::Noted);
    assert_eq!(view.thread.notes[0].body.plain, "Please");
    assert_eq!(world.stored(number).await.stage, Stage::Received);
}

#[tokio::test]
async fn con_004_what_was_not_seen_stops_an_answer_before_it_waits() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    let seen = desk.world.stored(number).await.public_seq;
    desk.customer(number, "Never mind").await;
    let command = Answer {
        number,
        text: "Which one?".to_owned(),
        files: Vec::new(),
        seen,
        beside: BTreeMap::new(),
        then: Then::Work,
        key: None,
    };
    let stopped = desk.world.service.hold_answer(&desk.mara, command).await;
    assert!(matches!(stopped, Err(DeskError::Overtaken(_))), "{stopped:?}");
}
