use portal_core::access::{Action, Audience, CustomersMay, Denial, Principal, Standing, Tab, TicketPermission};
use portal_core::actor::{Actor, ContactActor, Mode};
use portal_core::id::{ContactId, TicketNumber};
use portal_core::input::ProblemKind;
use portal_core::ticket::{
    CloseTicket, CloseTicketError, Edge, EventKind, ListFilter, ListTickets, MarkPrivate, MarkPrivateError,
    OpenTicketError, ReopenTicket, ReopenTicketError, Replied, Reply, ReplyError, SearchTickets, Stage, TicketView,
    TimelineItem,
};

use crate::fixture::{World, key};

impl World {
    async fn reply(&self, who: ContactId, number: TicketNumber, text: &str) -> Result<Replied, ReplyError> {
        let command = Reply {
            portal: self.portal.id,
            number,
            text: text.to_owned(),
            files: vec![],
            close: false,
            key: None,
        };
        self.service.reply(&Actor::signed_in(who), command).await
    }

    async fn close(&self, who: ContactId, number: TicketNumber) -> Result<(), CloseTicketError> {
        let command = CloseTicket {
            portal: self.portal.id,
            number,
            reason: Some("solved".to_owned()),
            key: None,
        };
        self.service.close_ticket(&Actor::signed_in(who), command).await
    }

    fn list(&self, tab: Option<Tab>) -> ListTickets {
        ListTickets {
            portal: self.portal.id,
            tab,
            filter: ListFilter::All,
            requester: None,
            sort: None,
            edge: Edge::Start,
            limit: 25,
            count_to: None,
        }
    }
}

fn kinds(view: &TicketView) -> Vec<String> {
    let name = |item: &TimelineItem| match item {
        TimelineItem::Message(it) => it.body.plain.clone(),
        TimelineItem::Event(it) => format!("{:?}", it.kind).split([' ', '{']).next().unwrap().to_owned(),
    };
    view.timeline.items.iter().map(name).collect()
}

#[tokio::test]
async fn a_new_ticket_belongs_to_the_contact_and_the_company_of_this_moment() {
    let world = World::new().await;
    let number = world.open(world.jonas, "Scanner").await;
    let ticket = world.stored(number).await;
    assert_eq!(ticket.requester(), Some(world.jonas));
    assert_eq!(ticket.companies.iter().copied().collect::<Vec<_>>(), [world.fernwerk]);
    assert_eq!(
        world.view(world.jonas, number).await.unwrap().because,
        Principal::Contact(world.jonas)
    );
    assert_eq!(
        world.view(world.aylin, number).await.unwrap().because,
        Principal::Company(world.fernwerk)
    );
    assert!(world.view(world.stranger, number).await.is_none());
}

#[tokio::test]
async fn a_private_ticket_is_seen_by_the_people_on_it_only() {
    let world = World::new().await;
    let mut draft = world.draft("Salary");
    draft.private = true;
    let number = world
        .service
        .open_ticket(&Actor::signed_in(world.jonas), draft)
        .await
        .unwrap()
        .number;
    assert!(world.view(world.jonas, number).await.is_some());
    assert!(world.view(world.aylin, number).await.is_none());
}

#[tokio::test]
async fn everything_wrong_with_a_new_ticket_is_said_at_once() {
    let world = World::new().await;
    let mut draft = world.draft("");
    draft.description = " ".to_owned();
    let Err(OpenTicketError::Invalid(problems)) =
        world.service.open_ticket(&Actor::signed_in(world.jonas), draft).await
    else {
        panic!()
    };
    let fields: Vec<_> = problems.list().iter().map(|it| it.field).collect();
    assert_eq!(fields, ["subject", "description"]);
    let mut draft = world.draft("Fine");
    draft.category = Some("Nonsense".to_owned());
    let Err(OpenTicketError::Invalid(problems)) =
        world.service.open_ticket(&Actor::signed_in(world.jonas), draft).await
    else {
        panic!()
    };
    assert_eq!(problems.list()[0].kind, ProblemKind::NotOffered);
}

#[tokio::test]
async fn who_may_not_enter_hears_nothing_about_the_form() {
    let world = World::new().await;
    let refused = world.service.open_ticket(&Actor::Anonymous, world.draft("")).await;
    assert!(matches!(refused, Err(OpenTicketError::Entry(_))));
    let number = world.open(world.jonas, "Scanner").await;
    assert!(matches!(
        world.reply(world.stranger, number, "").await,
        Err(ReplyError::NotFound)
    ));
}

#[tokio::test]
async fn the_same_key_opens_one_ticket_and_another_command_is_refused() {
    let world = World::new().await;
    let mut draft = world.draft("Scanner");
    draft.key = Some(key("a-key-for-once"));
    let actor = Actor::signed_in(world.jonas);
    let first = world.service.open_ticket(&actor, draft.clone()).await.unwrap();
    let second = world.service.open_ticket(&actor, draft.clone()).await.unwrap();
    assert_eq!(first, second);
    draft.subject = "Printer".to_owned();
    assert!(matches!(
        world.service.open_ticket(&actor, draft.clone()).await,
        Err(OpenTicketError::KeyReused)
    ));
    // The key of somebody else is another key, and so is the same key two days later.
    let other = world
        .service
        .open_ticket(&Actor::signed_in(world.aylin), draft.clone())
        .await
        .unwrap();
    assert_ne!(other, first);
    world.days(2);
    assert_ne!(world.service.open_ticket(&actor, draft).await.unwrap(), first);
}

#[tokio::test]
async fn a_reply_to_a_waiting_ticket_takes_it_back_to_work() {
    let world = World::new().await;
    let number = world.open(world.jonas, "Scanner").await;
    world.stage(number, Stage::WaitingOnContact).await;
    world.reply(world.jonas, number, "Here is the log").await.unwrap();
    let view = world.view(world.jonas, number).await.unwrap();
    assert_eq!(view.stage, Stage::InProgress);
    assert_eq!(kinds(&view), ["Text of Scanner", "Here is the log", "StatusChanged"]);
    let seqs: Vec<u32> = view.timeline.items.iter().map(TimelineItem::seq).collect();
    assert_eq!(seqs, [1, 2, 3]);
}

#[tokio::test]
async fn a_reply_to_a_received_ticket_leaves_it_there() {
    let world = World::new().await;
    let number = world.open(world.jonas, "Scanner").await;
    world.reply(world.jonas, number, "One more thing").await.unwrap();
    assert_eq!(world.stored(number).await.stage, Stage::Received);
}

#[tokio::test]
async fn a_reply_to_a_closed_ticket_reopens_it_while_the_window_lasts() {
    let world = World::new().await;
    let number = world.open(world.jonas, "Scanner").await;
    world.close(world.jonas, number).await.unwrap();
    assert!(world.stored(number).await.closed_at.is_some());
    world.days(30);
    world.reply(world.jonas, number, "Again").await.unwrap();
    let view = world.view(world.jonas, number).await.unwrap();
    assert_eq!((view.stage, view.closed_at), (Stage::InProgress, None));
    assert_eq!(kinds(&view), ["Text of Scanner", "Closed", "Reopened", "Again"]);
}

#[tokio::test]
async fn a_reply_after_the_window_begins_a_follow_up() {
    let world = World::new().await;
    let number = world.open(world.jonas, "Scanner").await;
    world.close(world.jonas, number).await.unwrap();
    world.days(31);
    let done = world.reply(world.jonas, number, "Again").await.unwrap();
    assert!(done.is_follow_up);
    assert_ne!(done.number, number);
    assert_eq!(world.stored(number).await.stage, Stage::Closed);
    let view = world.view(world.jonas, done.number).await.unwrap();
    assert_eq!(kinds(&view), ["FollowUpOf", "Again"]);
    assert_eq!(view.subject.as_str(), "Scanner");
}

#[tokio::test]
async fn a_follow_up_of_a_private_ticket_is_private_and_does_not_tell_its_number() {
    let world = World::new().await;
    let number = world.open(world.jonas, "Salary").await;
    let command = MarkPrivate {
        portal: world.portal.id,
        number,
        key: None,
    };
    world
        .service
        .mark_private(&Actor::signed_in(world.jonas), command)
        .await
        .unwrap();
    world.close(world.jonas, number).await.unwrap();
    world.days(31);
    let done = world.reply(world.jonas, number, "Again").await.unwrap();
    assert!(world.view(world.aylin, done.number).await.is_none());
    // Staff shares the follow-up: the number of the private one stays hidden from those who do not see it.
    world.change(done.number, |it| it.audience = Audience::Shared).await;
    let seen = world.view(world.aylin, done.number).await.unwrap();
    let tells = |view: &TicketView| {
        view.timeline
            .items
            .iter()
            .any(|it| matches!(it, TimelineItem::Event(it) if matches!(it.kind, EventKind::FollowUpOf { .. })))
    };
    assert!(!tells(&seen));
    assert!(tells(&world.view(world.jonas, done.number).await.unwrap()));
}

#[tokio::test]
async fn a_reply_to_a_merged_ticket_is_kept_and_changes_no_state() {
    let world = World::new().await;
    let (source, target) = (
        world.open(world.jonas, "Scanner").await,
        world.open(world.aylin, "Scanner too").await,
    );
    world.stage(source, Stage::Closed).await;
    world
        .change(source, |it| {
            it.standing = Standing::Merged;
            it.merged_into = Some(target);
        })
        .await;
    assert!(
        !world
            .reply(world.jonas, source, "Still broken")
            .await
            .unwrap()
            .is_follow_up
    );
    let view = world.view(world.jonas, source).await.unwrap();
    assert_eq!(view.stage, Stage::Closed);
    assert_eq!(view.merged_into, Some(target));
    assert!(!view.allows(Action::Reopen));
}

#[tokio::test]
async fn send_and_close_does_both_or_nothing() {
    let world = World::new().await;
    let number = world.open(world.jonas, "Scanner").await;
    let command = Reply {
        portal: world.portal.id,
        number,
        text: "Thanks".to_owned(),
        files: vec![],
        close: true,
        key: Some(key("send-and-close")),
    };
    let actor = Actor::signed_in(world.jonas);
    let first = world.service.reply(&actor, command.clone()).await.unwrap();
    assert_eq!(world.service.reply(&actor, command).await.unwrap(), first);
    let view = world.view(world.jonas, number).await.unwrap();
    assert_eq!(kinds(&view), ["Text of Scanner", "Thanks", "Closed"]);

    let world = World::with(
        TicketPermission::Company,
        CustomersMay {
            close: false,
            ..CustomersMay::default()
        },
    )
    .await;
    let number = world.open(world.jonas, "Scanner").await;
    let command = Reply {
        portal: world.portal.id,
        number,
        text: "Thanks".to_owned(),
        files: vec![],
        close: true,
        key: None,
    };
    assert!(matches!(
        world.service.reply(&Actor::signed_in(world.jonas), command).await,
        Err(ReplyError::Denied(Denial::NotOffered))
    ));
    assert_eq!(
        kinds(&world.view(world.jonas, number).await.unwrap()),
        ["Text of Scanner"]
    );
}

#[tokio::test]
async fn a_colleague_reads_and_acts_only_where_the_portal_says_so() {
    let world = World::new().await;
    let number = world.open(world.jonas, "Scanner").await;
    assert!(matches!(
        world.reply(world.aylin, number, "Me too").await,
        Err(ReplyError::Denied(Denial::OnlyThroughCompany))
    ));
    assert!(matches!(
        world.close(world.aylin, number).await,
        Err(CloseTicketError::Denied(Denial::OnlyThroughCompany))
    ));

    let may = CustomersMay {
        act_on_colleagues_tickets: true,
        ..CustomersMay::default()
    };
    let world = World::with(TicketPermission::Company, may).await;
    let number = world.open(world.jonas, "Scanner").await;
    world.reply(world.aylin, number, "Me too").await.unwrap();
    // Replying never puts anybody on a ticket.
    assert_eq!(
        world.stored(number).await.contacts.keys().copied().collect::<Vec<_>>(),
        [world.jonas]
    );
    assert!(matches!(
        world.reply(world.stranger, number, "Hello").await,
        Err(ReplyError::NotFound)
    ));
}

#[tokio::test]
async fn closing_and_reopening_twice_says_so_and_a_key_makes_it_harmless() {
    let world = World::new().await;
    let number = world.open(world.jonas, "Scanner").await;
    let actor = Actor::signed_in(world.jonas);
    let close = CloseTicket {
        portal: world.portal.id,
        number,
        reason: None,
        key: Some(key("close-it-once")),
    };
    world.service.close_ticket(&actor, close.clone()).await.unwrap();
    world.service.close_ticket(&actor, close.clone()).await.unwrap();
    assert!(matches!(
        world.close(world.jonas, number).await,
        Err(CloseTicketError::Denied(Denial::AlreadyClosed))
    ));
    let reopen = ReopenTicket {
        portal: world.portal.id,
        number,
        reason: None,
        key: None,
    };
    world.service.reopen_ticket(&actor, reopen.clone()).await.unwrap();
    assert!(matches!(
        world.service.reopen_ticket(&actor, reopen.clone()).await,
        Err(ReopenTicketError::Denied(Denial::NotClosed))
    ));
    world.close(world.jonas, number).await.unwrap();
    world.days(31);
    assert!(matches!(
        world.service.reopen_ticket(&actor, reopen).await,
        Err(ReopenTicketError::Denied(Denial::ReopenWindowOver))
    ));
}

#[tokio::test]
async fn only_the_requester_marks_private_and_colleagues_lose_sight_at_once() {
    let world = World::new().await;
    let number = world.open(world.jonas, "Scanner").await;
    world
        .change(number, |it| {
            _ = it
                .contacts
                .insert(world.greta, portal_core::ticket::AssociationLabel::Participant);
        })
        .await;
    let command = MarkPrivate {
        portal: world.portal.id,
        number,
        key: None,
    };
    let by_participant = world
        .service
        .mark_private(&Actor::signed_in(world.greta), command.clone())
        .await;
    assert!(matches!(
        by_participant,
        Err(MarkPrivateError::Denied(Denial::NotRequester))
    ));
    assert!(world.view(world.aylin, number).await.is_some());
    world
        .service
        .mark_private(&Actor::signed_in(world.jonas), command)
        .await
        .unwrap();
    assert!(world.view(world.aylin, number).await.is_none());
    assert!(world.view(world.greta, number).await.is_some());
}

#[tokio::test]
async fn a_reading_token_writes_nothing_and_a_token_of_elsewhere_enters_nothing() {
    let world = World::new().await;
    let number = world.open(world.jonas, "Scanner").await;
    let reading = Actor::Contact(ContactActor {
        contact: world.jonas,
        only: Some(world.portal.id),
        mode: Mode::Read,
    });
    let reply = Reply {
        portal: world.portal.id,
        number,
        text: "Hello".to_owned(),
        files: vec![],
        close: false,
        key: None,
    };
    assert!(matches!(
        world.service.reply(&reading, reply.clone()).await,
        Err(ReplyError::Denied(Denial::ReadOnly))
    ));
    assert!(matches!(
        world.service.open_ticket(&reading, world.draft("x")).await,
        Err(OpenTicketError::Denied(Denial::ReadOnly))
    ));
    let elsewhere = portal_core::id::PortalId::from_uuid(crate::fixture::id(99));
    let foreign = Actor::Contact(ContactActor {
        contact: world.jonas,
        only: Some(elsewhere),
        mode: Mode::Write,
    });
    assert!(matches!(
        world.service.reply(&foreign, reply).await,
        Err(ReplyError::Entry(_))
    ));
}

#[tokio::test]
async fn lists_begin_with_the_company_and_page_both_ways() {
    let world = World::new().await;
    let mut numbers = Vec::new();
    for n in 0..7 {
        world.clock.advance(std::time::Duration::from_mins(1));
        numbers.push(
            world
                .open(
                    if n % 2 == 0 { world.jonas } else { world.aylin },
                    &format!("Ticket {n}"),
                )
                .await,
        );
    }
    numbers.reverse();
    let actor = Actor::signed_in(world.aylin);
    let mut query = world.list(None);
    query.limit = 3;
    let mut seen = Vec::new();
    let mut pages = Vec::new();
    loop {
        let page = world.service.list_tickets(&actor, query.clone()).await.unwrap();
        assert_eq!(page.tab, Tab::Company);
        assert_eq!(page.counts.received, 7);
        assert_eq!(page.other_counts.unwrap().received, 3);
        seen.extend(page.rows.iter().map(|it| it.number));
        let older = page.older;
        pages.push(page);
        match older {
            Some(cursor) if pages.len() < 9 => query.edge = Edge::After(cursor),
            _ => break,
        }
    }
    assert_eq!(seen, numbers);
    assert_eq!(pages.len(), 3);
    assert!(pages[0].newer.is_none());
    query.edge = Edge::Before(pages[2].newer.unwrap());
    let back = world.service.list_tickets(&actor, query.clone()).await.unwrap();
    assert_eq!(back.rows, pages[1].rows);
    query.edge = Edge::Before(back.newer.unwrap());
    let first = world.service.list_tickets(&actor, query).await.unwrap();
    assert_eq!(first.rows, pages[0].rows);
    assert!(first.newer.is_none());
    let mine = world
        .service
        .list_tickets(&actor, world.list(Some(Tab::Mine)))
        .await
        .unwrap();
    assert_eq!(mine.rows.len(), 3);
}

#[tokio::test]
async fn without_company_view_the_company_list_becomes_the_own_one() {
    let world = World::with(TicketPermission::Own, CustomersMay::default()).await;
    world.open(world.jonas, "Scanner").await;
    let list = world
        .service
        .list_tickets(&Actor::signed_in(world.aylin), world.list(Some(Tab::Company)))
        .await
        .unwrap();
    assert_eq!(
        (list.tab, list.rows.len(), list.company, list.other_counts),
        (Tab::Mine, 0, None, None)
    );
}

#[tokio::test]
async fn unread_is_what_others_wrote_since_one_looked() {
    let world = World::new().await;
    let number = world.open(world.jonas, "Scanner").await;
    let unread = async |who: ContactId| {
        let list = world
            .service
            .list_tickets(&Actor::signed_in(who), world.list(Some(Tab::Company)))
            .await
            .unwrap();
        list.rows[0].unread
    };
    assert!(!unread(world.jonas).await);
    world
        .service
        .mark_read(&Actor::signed_in(world.aylin), world.portal.id, number, u32::MAX)
        .await
        .unwrap();
    assert!(!unread(world.aylin).await);
    world.clock.advance(std::time::Duration::from_mins(1));
    world.reply(world.jonas, number, "More").await.unwrap();
    assert!(unread(world.aylin).await);
    assert!(!unread(world.jonas).await);
}

#[tokio::test]
async fn search_finds_words_numbers_and_nothing_of_others() {
    let world = World::new().await;
    let number = world.open(world.jonas, "Straßenlaterne flackert").await;
    world.open(world.stranger, "Straßenlaterne geheim").await;
    let search = async |who: ContactId, text: &str| {
        let query = SearchTickets {
            portal: world.portal.id,
            text: text.parse().unwrap(),
            filter: ListFilter::All,
            below: None,
            limit: 10,
        };
        world
            .service
            .search_tickets(&Actor::signed_in(who), query)
            .await
            .unwrap()
    };
    assert_eq!(search(world.aylin, "STRASSENLAT").await.hits.len(), 1);
    assert_eq!(search(world.aylin, "geheim").await.hits.len(), 0);
    assert_eq!(search(world.aylin, &format!("#{number}")).await.jump, Some(number));
    assert_eq!(search(world.stranger, &format!("#{number}")).await.jump, None);
    assert_eq!(search(world.aylin, "!?").await.hits.len(), 0);
}

#[tokio::test]
async fn people_of_other_companies_are_counted_not_named() {
    let world = World::new().await;
    let number = world.open(world.jonas, "Scanner").await;
    world
        .change(number, |it| {
            _ = it
                .contacts
                .insert(world.stranger, portal_core::ticket::AssociationLabel::Participant);
        })
        .await;
    let view = world.view(world.aylin, number).await.unwrap();
    let names: Vec<_> = view.people.iter().map(|it| it.name.as_str()).collect();
    assert_eq!((names, view.other_people), (vec!["Jonas Weber"], 1));
    // Once they wrote, their name is on the message and so on the list.
    world.reply(world.stranger, number, "Hello").await.unwrap();
    assert_eq!(world.view(world.aylin, number).await.unwrap().other_people, 0);
}

#[tokio::test]
async fn lists_and_searches_name_no_requester_of_another_company() {
    let world = World::new().await;
    let number = world.open(world.stranger, "Scanner").await;
    world
        .change(number, |it| {
            it.companies.insert(world.fernwerk);
            it.last_message = None;
        })
        .await;
    let named = async |who| {
        let actor = Actor::signed_in(who);
        let list = world.service.list_tickets(&actor, world.list(None)).await.unwrap();
        let search = SearchTickets {
            portal: world.portal.id,
            text: "scanner".parse().unwrap(),
            filter: ListFilter::All,
            below: None,
            limit: 5,
        };
        let found = world.service.search_tickets(&actor, search).await.unwrap();
        let names = [&list.rows[0], &found.hits[0].row].map(|it| it.requester.as_ref().map(|it| it.1.clone()));
        assert_eq!(names[0], names[1]);
        names[0].clone()
    };
    assert_eq!(named(world.aylin).await, None);
    assert_eq!(named(world.stranger).await.as_deref(), Some("Max Stranger"));
    world.reply(world.stranger, number, "Hello").await.unwrap();
    assert_eq!(named(world.aylin).await.as_deref(), Some("Max Stranger"));
}

#[tokio::test]
async fn news_reach_those_who_see_the_ticket_only() {
    let world = World::new().await;
    let mut feed = portal_core::ports::Store::hints(&world.store);
    let number = world.open(world.jonas, "Scanner").await;
    let hint = feed.next().await.unwrap();
    assert_eq!(hint.number, number);
    for (who, expected) in [(world.jonas, true), (world.aylin, true), (world.stranger, false)] {
        let actor = Actor::signed_in(who);
        let watch = world.service.watch_tickets(&actor, world.portal.id).await.unwrap();
        assert_eq!(watch.may_concern(&hint), expected);
        assert_eq!(
            world
                .service
                .news(&actor, world.portal.id, &hint)
                .await
                .unwrap()
                .is_some(),
            expected
        );
    }
}
