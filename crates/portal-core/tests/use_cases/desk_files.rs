//! Files that agents send: with answers, notes and tickets that they open.

use portal_core::desk::{DeskError, OpenFor, Split, Then, UNDO_WINDOW, WriteNote};
use portal_core::id::{FileId, InboxId};
use portal_core::input::ProblemKind;
use portal_core::ports::BytesSource;
use portal_core::staff::{InboxAccess, Permission, StaffActor};
use portal_core::ticket::{Priority, Source, TimelineItem};

use crate::desk::{Desk, staff, words};
use crate::fixture::id;

impl Desk {
    async fn upload(&self, who: &StaffActor, name: &str) -> FileId {
        let content = &mut BytesSource::new(name.as_bytes().to_vec());
        let file = self.world.service.stage_desk_file(who, name, content).await;
        file.unwrap().id
    }

    async fn fetched(&self, who: &StaffActor, id: FileId) -> bool {
        self.world.service.fetch_desk_file(who, id).await.is_ok()
    }
}

fn is_gone(result: &Result<impl std::fmt::Debug, DeskError>) -> bool {
    matches!(result, Err(DeskError::Invalid(it)) if it.list()[0].kind == ProblemKind::FileGone)
}

#[tokio::test]
async fn a_file_of_an_answer_is_the_agents_then_held_then_the_readers() {
    let desk = Desk::new().await;
    let (world, service) = (&desk.world, &desk.world.service);
    let number = world.open(world.jonas, "Scanner").await;
    let file = desk.upload(&desk.mara, "plan.pdf").await;
    let kim = staff(world, 0x75, "Kim", Permission::HelpDesk, InboxAccess::All).await;
    let mut command = words(
        number,
        "See the plan",
        world.stored(number).await.public_seq,
        Then::Wait,
    );
    command.files = vec![file, file];
    assert!(is_gone(&service.hold_answer(&kim, command.clone()).await));
    assert_eq!(service.drafted_files(&desk.mara, &[file]).await.unwrap().len(), 1);
    assert!(service.drafted_files(&kim, &[file]).await.unwrap().is_empty());
    let before = world.view(world.jonas, number).await.unwrap();

    service.hold_answer(&desk.mara, command.clone()).await.unwrap();
    assert!(world.fetch(world.jonas, file).await.is_none(), "not before it leaves");
    assert!(!desk.fetched(&desk.mara, file).await);
    assert!(is_gone(&service.hold_answer(&desk.mara, command.clone()).await), "once");
    let view = service.view_desk_ticket(&desk.mara, number, 10).await.unwrap();
    assert_eq!(view.pending[0].0.files[0].name.as_str(), "plan.pdf");
    assert_eq!(world.view(world.jonas, number).await.unwrap(), before);

    world.clock.advance(UNDO_WINDOW);
    assert_eq!(service.send_due_answers(10).await.unwrap(), 1);
    assert_eq!(world.fetch(world.jonas, file).await.unwrap(), b"plan.pdf");
    assert!(world.fetch(world.stranger, file).await.is_none());
    assert!(desk.fetched(&desk.mara, file).await);
    assert!(!desk.fetched(&desk.tim, file).await, "of another inbox");
    assert_eq!(world.stored(number).await.files, 1);
}

#[tokio::test]
async fn what_is_taken_back_brings_its_files_back() {
    let desk = Desk::new().await;
    let (world, service) = (&desk.world, &desk.world.service);
    let number = world.open(world.jonas, "Scanner").await;
    let file = desk.upload(&desk.mara, "plan.pdf").await;
    let mut command = words(number, "Oops", world.stored(number).await.public_seq, Then::Wait);
    command.files = vec![file];
    let held = service.hold_answer(&desk.mara, command.clone()).await.unwrap();
    let back = service.take_back_answer(&desk.mara, number, held.id).await.unwrap();
    assert_eq!(back.files.iter().map(|it| it.id).collect::<Vec<_>>(), [file]);
    command.text = "Now right".to_owned();
    service.answer_ticket(&desk.mara, command).await.unwrap();
    assert_eq!(world.fetch(world.jonas, file).await.unwrap(), b"plan.pdf");
}

#[tokio::test]
async fn vis_020_a_file_of_a_note_is_the_staffs_alone() {
    let desk = Desk::new().await;
    let (world, service) = (&desk.world, &desk.world.service);
    let number = world.open(world.jonas, "Scanner").await;
    let file = desk.upload(&desk.mara, "invoice.pdf").await;
    let command = WriteNote {
        number,
        text: "Their invoice".to_owned(),
        files: vec![file],
        key: None,
    };
    service.write_note(&desk.mara, command).await.unwrap();
    assert!(desk.fetched(&desk.mara, file).await);
    assert!(!desk.fetched(&desk.tim, file).await);
    for contact in [world.jonas, world.aylin, world.stranger] {
        assert!(world.fetch(contact, file).await.is_none());
    }
    assert_eq!(world.stored(number).await.files, 0, "customers are not told of it");
    let mut many = words(number, "Too many", 1, Then::Wait);
    many.files = vec![file; 11];
    let refused = service.hold_answer(&desk.mara, many).await;
    assert!(
        matches!(refused, Err(DeskError::Invalid(it)) if it.list()[0].kind == ProblemKind::TooManyFiles { max: 10 })
    );
}

#[tokio::test]
async fn a_ticket_that_is_opened_for_somebody_has_files_and_a_split_copies_them() {
    let desk = Desk::new().await;
    let (world, service) = (&desk.world, &desk.world.service);
    let file = desk.upload(&desk.mara, "plan.pdf").await;
    let command = OpenFor {
        contact: world.jonas,
        inbox: InboxId::from_uuid(id(3)),
        subject: "You called".to_owned(),
        text: "Here is the plan".to_owned(),
        files: vec![file],
        source: Source::Other,
        priority: Priority::Normal,
        key: None,
    };
    let number = service.open_for(&desk.mara, command).await.unwrap();
    assert_eq!(world.fetch(world.jonas, file).await.unwrap(), b"plan.pdf");
    assert_eq!(world.stored(number).await.files, 1);
    let split = Split {
        number,
        messages: [1].into(),
        subject: "The plan".to_owned(),
        requester: Some(world.jonas),
        key: None,
    };
    let other = service.split_ticket(&desk.mara, split).await.unwrap();
    assert_eq!(world.fetch(world.jonas, file).await.unwrap(), b"plan.pdf", "it stays");
    let view = world.view(world.jonas, other).await.unwrap();
    let copy = view.timeline.items.iter().find_map(|it| match it {
        TimelineItem::Message(it) => it.files.first(),
        TimelineItem::Event(_) => None,
    });
    assert_eq!(world.fetch(world.jonas, copy.unwrap().id).await.unwrap(), b"plan.pdf");
}
