//! Answers that leave by the channel of the conversation that they answer.

use std::time::Duration;

use portal_core::conversation::Handle;
use portal_core::desk::{ChangeTicket, TicketChange};
use portal_core::ports::ChannelError;

use super::conversations::{handle, receive};
use super::*;

async fn with_chat() -> Flow {
    let flow = Flow::new().await;
    flow.channels.carry(Source::Chat);
    flow
}

async fn change(flow: &Flow, number: TicketNumber, change: TicketChange) {
    let command = ChangeTicket {
        number,
        seen: flow.world.stored(number).await.version,
        change,
        key: None,
    };
    flow.service.change_ticket(&flow.mara, command).await.unwrap();
}

fn later() -> ChannelError {
    ChannelError::Unavailable("busy".to_owned(), None)
}

async fn failures(flow: &Flow, number: TicketNumber) -> usize {
    let view = flow.service.view_desk_ticket(&flow.mara, number, 100).await.unwrap();
    let failed = EventKind::NotDelivered { channel: Source::Chat };
    let events = view.thread.items.iter();
    events
        .filter(|it| matches!(it, TimelineItem::Event(it) if it.kind == failed))
        .count()
}

#[tokio::test]
async fn an_answer_leaves_by_the_channel_that_the_customer_spoke_by_and_not_by_mail_too() {
    let flow = with_chat().await;
    let jonas = flow.world.jonas;
    let said = receive(&flow, None, Some(jonas), "hello").await;
    let number = said.ticket.unwrap();
    change(
        &flow,
        number,
        TicketChange::Link(flow.world.aylin, AssociationLabel::Participant),
    )
    .await;
    flow.mailed().await;
    flow.answer(&flow.mara, number, Then::Work).await;
    let mailed = flow.mailed().await;
    let to: Vec<&str> = mailed.iter().map(|it| it.to.as_str()).collect();
    assert_eq!(to, [address("Aylin Demir")], "whoever else is on the ticket");
    let taken = flow.channels.taken();
    let [answer] = taken.as_slice() else {
        panic!("{taken:?}")
    };
    assert_eq!(
        (answer.conversation, answer.ticket, answer.contact, answer.channel),
        (said.conversation, number, Some(jonas), Source::Chat)
    );
    assert_eq!(
        (answer.text.as_str(), answer.author.as_str()),
        ("Which scanner?", "Mara")
    );
    assert_eq!(flow.deliver().await, Delivered::default());
    // Who goes on in the portal is answered as everybody there.
    flow.reply(jonas, number).await;
    flow.mailed().await;
    flow.answer(&flow.mara, number, Then::Work).await;
    assert_eq!(flow.mailed().await.len(), 2);
    assert_eq!(flow.channels.taken().len(), 1);
}

#[tokio::test]
async fn where_no_channel_carries_answers_they_are_mailed() {
    let flow = Flow::new().await;
    flow.channels.carry(Source::Messenger);
    let said = receive(&flow, None, Some(flow.world.jonas), "hello").await;
    flow.mailed().await;
    flow.answer(&flow.mara, said.ticket.unwrap(), Then::Work).await;
    assert_eq!(flow.mailed().await.len(), 1);
    assert!(flow.channels.taken().is_empty());
}

#[tokio::test]
async fn who_is_told_is_judged_again_when_an_answer_leaves() {
    let flow = with_chat().await;
    let (jonas, aylin) = (flow.world.jonas, flow.world.aylin);
    // Who was taken off the ticket is told by nobody.
    let said = receive(&flow, None, Some(jonas), "hello").await;
    let number = said.ticket.unwrap();
    flow.mailed().await;
    flow.answer(&flow.mara, number, Then::Work).await;
    change(&flow, number, TicketChange::Unlink(jonas)).await;
    assert!(flow.mailed().await.is_empty());
    // A ticket that was deleted tells nobody, and one whose conversation was taken out tells its contact by mail.
    let said = receive(&flow, None, Some(jonas), "again").await;
    let number = said.ticket.unwrap();
    flow.mailed().await;
    flow.answer(&flow.mara, number, Then::Work).await;
    change(&flow, number, TicketChange::Standing(Standing::Deleted)).await;
    assert!(flow.mailed().await.is_empty());
    change(&flow, number, TicketChange::Standing(Standing::Live)).await;
    flow.mailed().await;
    flow.answer(&flow.mara, number, Then::Work).await;
    handle(&flow, said, Some(number), Handle::Detach).await;
    flow.deliver().await;
    assert_eq!(flow.mailed().await.len(), 1);
    assert!(flow.channels.taken().is_empty());
    // Whom nobody has proven is told while nobody else is on the ticket, which is about nothing else then.
    let said = receive(&flow, None, None, "who am I").await;
    let number = said.ticket.unwrap();
    flow.answer(&flow.mara, number, Then::Work).await;
    flow.deliver().await;
    assert_eq!(flow.channels.taken().len(), 1);
    flow.answer(&flow.mara, number, Then::Work).await;
    change(&flow, number, TicketChange::Link(aylin, AssociationLabel::Requester)).await;
    flow.deliver().await;
    flow.answer(&flow.mara, number, Then::Work).await;
    flow.deliver().await;
    assert_eq!(flow.channels.taken().len(), 1);
}

#[tokio::test]
async fn what_a_channel_does_not_take_is_tried_again_then_shown_and_mailed() {
    let flow = with_chat().await;
    let said = receive(&flow, None, Some(flow.world.jonas), "hello").await;
    let number = said.ticket.unwrap();
    flow.mailed().await;
    // A failure that passes.
    flow.answer(&flow.mara, number, Then::Work).await;
    flow.channels.fail_next(later());
    assert_eq!(flow.deliver().await.again, 1);
    flow.world.clock.advance(Duration::from_mins(2));
    assert_eq!(flow.deliver().await.sent, 1);
    let [first] = &*flow.channels.taken() else { panic!() };
    // One that does not: ten attempts within a day.
    flow.answer(&flow.mara, number, Then::Work).await;
    for _ in 0..10 {
        flow.channels.fail_next(later());
        assert_eq!(failures(&flow, number).await, 0);
        flow.deliver().await;
        flow.world.clock.advance(Duration::from_hours(13));
    }
    assert_eq!(failures(&flow, number).await, 1);
    assert_eq!(flow.mailed().await.len(), 1, "the contact is told by mail");
    // And a refusal for good.
    flow.answer(&flow.mara, number, Then::Work).await;
    flow.channels
        .fail_next(ChannelError::Refused("no such user".to_owned()));
    assert_eq!(flow.deliver().await.dead, 1);
    assert_eq!(failures(&flow, number).await, 2);
    assert_eq!(flow.mailed().await.len(), 1);
    let taken = flow.channels.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].delivery, first.delivery);
}
