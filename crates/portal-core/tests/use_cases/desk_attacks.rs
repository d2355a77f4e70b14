//! Attacks of the catalogue on what agents do to tickets, as far as no other file of tests has them.

use portal_core::access::{Audience, Standing};
use portal_core::actor::Actor;
use portal_core::desk::{ChangeTicket, DeskError, Then, TicketChange};
use portal_core::id::{ContactId, TicketNumber};
use portal_core::ticket::{
    CloseTicket, CloseTicketError, Edge, ListFilter, ListTickets, Reply, ReplyError, SearchTickets, TimelineWindow,
    ViewTicket, ViewTicketError,
};

use crate::desk::Desk;
use crate::fixture::World;

/// Everything that a contact finds without knowing a number: the list with its counts, and a search.
async fn found(world: &World, who: ContactId, words: &str) -> String {
    let actor = Actor::signed_in(who);
    let list = ListTickets {
        portal: world.portal.id,
        tab: None,
        filter: ListFilter::All,
        requester: None,
        sort: None,
        edge: Edge::Start,
        limit: 25,
        count_to: Some(100),
    };
    let search = SearchTickets {
        portal: world.portal.id,
        text: words.parse().unwrap(),
        filter: ListFilter::All,
        below: None,
        limit: 10,
    };
    let list = world.service.list_tickets(&actor, list).await.unwrap();
    let hits = world.service.search_tickets(&actor, search).await.unwrap();
    format!("{list:#?}{hits:#?}")
}

fn reply(world: &World, number: TicketNumber) -> Reply {
    Reply {
        portal: world.portal.id,
        number,
        text: "Hello?".to_owned(),
        files: vec![],
        close: false,
        key: None,
    }
}

async fn refused(world: &World, who: ContactId, number: TicketNumber) {
    let (actor, portal) = (Actor::signed_in(who), world.portal.id);
    let view = ViewTicket {
        portal,
        number,
        window: TimelineWindow::All,
    };
    let viewed = world.service.view_ticket(&actor, view).await;
    assert!(matches!(viewed, Err(ViewTicketError::NotFound)), "{viewed:?}");
    let replied = world.service.reply(&actor, reply(world, number)).await;
    assert!(matches!(replied, Err(ReplyError::NotFound)), "{replied:?}");
    let close = CloseTicket {
        portal,
        number,
        reason: None,
        key: None,
    };
    let closed = world.service.close_ticket(&actor, close).await;
    assert!(matches!(closed, Err(CloseTicketError::NotFound)), "{closed:?}");
}

#[tokio::test]
async fn vis_007_vis_056_spam_and_deleted_tickets_are_nowhere_until_they_are_restored() {
    let desk = Desk::new().await;
    let world = &desk.world;
    let number = world.open(world.jonas, "Scanner").await;
    let whole = found(world, world.jonas, "Scanner").await;
    assert!(whole.contains("Scanner"));
    for standing in [Standing::Spam, Standing::Deleted] {
        let before = world.stored(number).await;
        desk.change(number, TicketChange::Standing(standing)).await;
        refused(world, world.jonas, number).await;
        let rest = found(world, world.jonas, "Scanner").await;
        assert!(!rest.contains("Scanner"), "{standing:?}: {rest}");
        desk.change(number, TicketChange::Standing(Standing::Live)).await;
        assert!(
            world.view(world.jonas, number).await.is_some(),
            "{standing:?} is for ever"
        );
        let after = world.stored(number).await;
        // No page that was kept from before is taken for the present one.
        assert!(after.version.0 >= before.version.0 + 2);
    }
}

#[tokio::test]
async fn vis_020_what_happens_on_tickets_of_others_changes_nothing_that_one_finds() {
    let desk = Desk::new().await;
    let world = &desk.world;
    let own = world.open(world.jonas, "Scanner of ours").await;
    let theirs = world.open(world.stranger, "Scanner of theirs").await;
    let before = found(world, world.jonas, "Scanner").await;
    let another = world.open(world.stranger, "Scanner again").await;
    desk.answer(theirs, "Scanner answer", Then::Wait).await;
    desk.note(theirs, "Scanner note").await;
    desk.note(own, "Scanner note").await;
    let stranger = Actor::signed_in(world.stranger);
    world.service.reply(&stranger, reply(world, theirs)).await.unwrap();
    desk.change(another, TicketChange::Audience(Audience::Private)).await;
    desk.change(theirs, TicketChange::Standing(Standing::Spam)).await;
    assert_eq!(found(world, world.jonas, "Scanner").await, before);
}

#[tokio::test]
async fn con_004_a_change_of_sight_is_stopped_by_what_was_not_seen() {
    let desk = Desk::new().await;
    let world = &desk.world;
    let number = world.open(world.jonas, "Scanner").await;
    for change in [
        TicketChange::Audience(Audience::Private),
        TicketChange::Standing(Standing::Deleted),
        TicketChange::Unlink(world.jonas),
    ] {
        let preview = world.service.preview_change(&desk.mara, number, change).await.unwrap();
        desk.customer(number, "One more thing").await;
        let before = world.stored(number).await;
        let command = ChangeTicket {
            number,
            seen: preview.version,
            change,
            key: None,
        };
        let stopped = world.service.change_ticket(&desk.mara, command).await;
        assert!(matches!(stopped, Err(DeskError::Stale)), "{change:?}: {stopped:?}");
        assert_eq!(world.stored(number).await, before, "{change:?}");
    }
}
