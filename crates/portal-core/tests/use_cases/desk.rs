//! The help desk over the store in memory: who sees what, what writing does, and what nobody else ever learns.

use std::collections::{BTreeMap, BTreeSet};

use portal_core::access::{Audience, Standing};
use portal_core::actor::{Actor, Mode, Task};
use portal_core::audit::{AuditEvent, AuditQuery};
use portal_core::desk::{
    Answer, Assign, ChangeTicket, DeskError, DeskFilter, DeskSort, DeskView, ListDesk, SaveCanned, SaveView,
    SearchDesk, SetCategory, SetPriority, SetStatus, Snooze, Then, TicketChange, ViewDeskTicketError, ViewShows,
    WriteNote,
};
use portal_core::id::{AgentId, InboxId, StatusId, TicketNumber};
use portal_core::ports::{Access, DeskNews, Presence, Store};
use portal_core::staff::{InboxAccess, Permission, StaffActor, StaffError, StaffRefusal, StaffStanding, StaffUser};
use portal_core::ticket::{Edge, EventKind, Priority, Reply, SearchTickets, Stage, TimelineItem};

use crate::fixture::{NOW, World, id, key};

const SECRET: &str = "whisper-canary";

pub(crate) struct Desk {
    pub(crate) world: World,
    pub(crate) mara: StaffActor,
    pub(crate) tim: StaffActor,
}

pub(crate) async fn staff(
    world: &World,
    n: u128,
    name: &str,
    permission: Permission,
    inboxes: InboxAccess,
) -> StaffActor {
    let user = StaffUser {
        id: AgentId::from_uuid(id(n)),
        name: name.parse().unwrap(),
        email: format!("{}@kestrel.example", name.to_lowercase()).parse().unwrap(),
        permissions: BTreeSet::from([permission]),
        inboxes,
        standing: StaffStanding::Active,
        language: None,
        time_zone: None,
        created_at: NOW,
    };
    let mut tx = world.store.begin(Access::Write).await.unwrap();
    tx.staffing().put_staff_user(&Task::CommandLine, &user).await.unwrap();
    tx.commit().await.unwrap();
    StaffActor::signed_in(user.id, false)
}

pub(crate) fn words(number: TicketNumber, text: &str, seen: u32, then: Then) -> Answer {
    Answer {
        number,
        text: text.to_owned(),
        files: Vec::new(),
        seen,
        beside: BTreeMap::new(),
        then,
        key: None,
    }
}

impl Desk {
    pub(crate) async fn new() -> Self {
        Self::over(World::new().await).await
    }

    pub(crate) async fn over(world: World) -> Self {
        let mara = staff(&world, 0x71, "Mara", Permission::HelpDesk, InboxAccess::All).await;
        // Tim works with another inbox only.
        let other = InboxAccess::Only(BTreeSet::from([InboxId::from_uuid(id(0x99))]));
        let tim = staff(&world, 0x72, "Tim", Permission::HelpDesk, other).await;
        Self { world, mara, tim }
    }

    pub(crate) async fn answer(&self, number: TicketNumber, text: &str, then: Then) -> u32 {
        let seen = self.world.stored(number).await.public_seq;
        let command = words(number, text, seen, then);
        self.world.service.answer_ticket(&self.mara, command).await.unwrap().seq
    }

    pub(crate) async fn note(&self, number: TicketNumber, text: &str) {
        let command = WriteNote {
            number,
            text: text.to_owned(),
            files: Vec::new(),
            key: None,
        };
        self.world.service.write_note(&self.mara, command).await.unwrap();
    }

    pub(crate) async fn customer(&self, number: TicketNumber, text: &str) {
        let command = Reply {
            portal: self.world.portal.id,
            number,
            text: text.to_owned(),
            files: vec![],
            close: false,
            key: None,
        };
        let jonas = Actor::signed_in(self.world.jonas);
        self.world.service.reply(&jonas, command).await.unwrap();
    }

    pub(crate) async fn numbers(&self, who: &StaffActor, view: DeskView) -> Vec<i64> {
        let query = ListDesk {
            view,
            inbox: None,
            filter: DeskFilter::default(),
            sort: DeskSort::Newest,
            edge: Edge::Start,
            limit: 25,
        };
        let list = self.world.service.list_desk(who, query).await.unwrap();
        list.rows.iter().map(|it| it.number.get()).collect()
    }
}

pub(crate) fn status(stage: Stage) -> StatusId {
    StatusId::from_uuid(id(10 + Stage::ALL.iter().position(|it| *it == stage).unwrap() as u128))
}

#[tokio::test]
async fn an_answer_reaches_the_customer_takes_the_ticket_and_moves_it() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    assert_eq!(desk.numbers(&desk.mara, DeskView::Unassigned).await, [number.get()]);
    desk.answer(number, "Which scanner?", Then::Wait).await;
    let view = desk.world.view(desk.world.jonas, number).await.unwrap();
    assert_eq!(view.stage, Stage::WaitingOnContact);
    assert_eq!(view.owner.as_deref(), Some("Mara"));
    let said = view
        .timeline
        .items
        .iter()
        .any(|it| matches!(it, TimelineItem::Message(it) if it.body.plain == "Which scanner?"));
    assert!(said, "{:?}", view.timeline);
    assert_eq!(desk.numbers(&desk.mara, DeskView::Mine).await, [number.get()]);
    assert_eq!(desk.numbers(&desk.mara, DeskView::Waiting).await, [number.get()]);
    assert!(desk.numbers(&desk.mara, DeskView::Unassigned).await.is_empty());
    // Sending alone does not take the question back; closing and answering again open and close it.
    desk.answer(number, "Any news?", Then::Work).await;
    assert_eq!(desk.world.stored(number).await.stage, Stage::WaitingOnContact);
    desk.answer(number, "Solved.", Then::Close).await;
    assert_eq!(desk.numbers(&desk.mara, DeskView::Closed).await, [number.get()]);
    desk.answer(number, "One more thing.", Then::Work).await;
    let ticket = desk.world.stored(number).await;
    assert_eq!((ticket.stage, ticket.closed_at), (Stage::InProgress, None));
}

#[tokio::test]
async fn vis_016_a_note_is_nothing_that_a_customer_can_notice() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    let before = desk.world.view(desk.world.jonas, number).await.unwrap();
    let mut hints = desk.world.store.hints();
    desk.note(number, SECRET).await;
    let after = desk.world.view(desk.world.jonas, number).await.unwrap();
    assert_eq!(before, after);
    let search = SearchTickets {
        portal: desk.world.portal.id,
        text: SECRET.parse().unwrap(),
        filter: portal_core::ticket::ListFilter::All,
        below: None,
        limit: 10,
    };
    let jonas = Actor::signed_in(desk.world.jonas);
    let found = desk.world.service.search_tickets(&jonas, search).await.unwrap();
    assert!(found.hits.is_empty());
    // The first hint that comes is of what was done after the note.
    desk.customer(number, "Hello?").await;
    let hint = hints.next().await.unwrap();
    assert_eq!(hint.version.0, before.version.0 + 1);
    // The desk sees it, with the newest of what was said.
    let seen = desk
        .world
        .service
        .view_desk_ticket(&desk.mara, number, 40)
        .await
        .unwrap();
    assert_eq!(seen.thread.notes.len(), 1);
    assert_eq!(seen.thread.notes[0].body.plain, SECRET);
}

#[tokio::test]
async fn con_004_an_answer_stops_when_somebody_wrote_what_was_not_seen() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    let seen = desk.world.stored(number).await.public_seq;
    desk.customer(number, "It is solved, thank you").await;
    let stopped = desk
        .world
        .service
        .answer_ticket(&desk.mara, words(number, "Which one?", seen, Then::Wait))
        .await;
    let Err(DeskError::Overtaken(newer)) = stopped else {
        panic!("{stopped:?}");
    };
    assert_eq!(newer.len(), 1);
    assert_eq!(newer[0].body.plain, "It is solved, thank you");
    let ticket = desk.world.stored(number).await;
    assert_eq!(
        (ticket.stage, ticket.owner),
        (Stage::Received, None),
        "nothing was changed"
    );
    // What has happened beside messages does not stop anybody.
    let seen = newer[0].seq;
    let change = SetPriority {
        number,
        was: Priority::Normal,
        priority: Priority::High,
        key: None,
    };
    desk.world.service.set_priority(&desk.mara, change).await.unwrap();
    desk.world
        .service
        .answer_ticket(&desk.mara, words(number, "Glad to hear", seen, Then::Close))
        .await
        .unwrap();
}

#[tokio::test]
async fn con_004_a_field_is_changed_from_the_value_that_was_seen() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    let service = &desk.world.service;
    let priority = |was, priority| SetPriority {
        number,
        was,
        priority,
        key: None,
    };
    service
        .set_priority(&desk.mara, priority(Priority::Normal, Priority::High))
        .await
        .unwrap();
    let late = service
        .set_priority(&desk.mara, priority(Priority::Normal, Priority::Low))
        .await;
    assert!(matches!(late, Err(DeskError::Stale)), "{late:?}");
    // What is so already is no conflict.
    service
        .set_priority(&desk.mara, priority(Priority::Normal, Priority::High))
        .await
        .unwrap();
    let status = |was, to| SetStatus {
        number,
        was: status(was),
        status: status(to),
        key: None,
    };
    service
        .set_status(&desk.mara, status(Stage::Received, Stage::Closed))
        .await
        .unwrap();
    let late = service
        .set_status(&desk.mara, status(Stage::Received, Stage::InProgress))
        .await;
    assert!(matches!(late, Err(DeskError::Stale)), "{late:?}");
    let category = |was: Option<&str>, to: &str| SetCategory {
        number,
        was: was.map(str::to_owned),
        category: Some(to.to_owned()),
        key: None,
    };
    service
        .set_category(&desk.mara, category(None, "Billing"))
        .await
        .unwrap();
    let late = service.set_category(&desk.mara, category(None, "Hardware")).await;
    assert!(matches!(late, Err(DeskError::Stale)), "{late:?}");
    let assign = |was: Option<AgentId>, owner| Assign {
        number,
        was,
        owner,
        key: None,
    };
    service
        .assign_ticket(&desk.mara, assign(None, Some(desk.mara.agent)))
        .await
        .unwrap();
    let late = service.assign_ticket(&desk.mara, assign(None, None)).await;
    assert!(matches!(late, Err(DeskError::Stale)), "{late:?}");
    let ticket = desk.world.stored(number).await;
    assert_eq!((ticket.priority, ticket.stage), (Priority::High, Stage::Closed));
    assert_eq!(ticket.category.unwrap().as_str(), "Billing");
    assert_eq!(ticket.owner, Some(desk.mara.agent));
}

#[tokio::test]
async fn adm_008_whoever_does_not_have_the_inbox_finds_nothing_and_changes_nothing() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    let service = &desk.world.service;
    for view in DeskView::ALL {
        assert!(desk.numbers(&desk.tim, view).await.is_empty());
    }
    let view = service.view_desk_ticket(&desk.tim, number, 40).await;
    assert!(matches!(view, Err(ViewDeskTicketError::NotFound)));
    assert!(matches!(
        service.who_sees(&desk.tim, number).await,
        Err(ViewDeskTicketError::NotFound)
    ));
    let missing = |it: &DeskError| matches!(it, DeskError::NotFound);
    for text in ["Hello", ""] {
        let answer = service
            .answer_ticket(&desk.tim, words(number, text, 99, Then::Work))
            .await;
        assert!(missing(&answer.unwrap_err()));
        let note = WriteNote {
            number,
            text: text.to_owned(),
            files: Vec::new(),
            key: None,
        };
        assert!(missing(&service.write_note(&desk.tim, note).await.unwrap_err()));
    }
    let assign = Assign {
        number,
        was: None,
        owner: Some(desk.tim.agent),
        key: None,
    };
    assert!(missing(
        &service.assign_ticket(&desk.tim, assign.clone()).await.unwrap_err()
    ));
    let status = SetStatus {
        number,
        was: status(Stage::Received),
        status: status(Stage::Closed),
        key: None,
    };
    assert!(missing(&service.set_status(&desk.tim, status).await.unwrap_err()));
    // Nor can it be given to them.
    let given = service.assign_ticket(&desk.mara, assign).await.unwrap_err();
    assert!(matches!(given, DeskError::Invalid(_)), "{given:?}");
    assert_eq!(desk.world.stored(number).await.owner, None);
}

#[tokio::test]
async fn adm_008_the_desk_needs_its_permission_and_a_token_that_reads_writes_nothing() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    let service = &desk.world.service;
    let crm = staff(&desk.world, 0x73, "Crm", Permission::Crm, InboxAccess::All).await;
    let query = ListDesk {
        view: DeskView::Open,
        inbox: None,
        filter: DeskFilter::default(),
        sort: DeskSort::Newest,
        edge: Edge::Start,
        limit: 5,
    };
    let refused = service.list_desk(&crm, query.clone()).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        StaffRefusal::NotAllowed(Permission::HelpDesk).to_string()
    );
    let reads = StaffActor {
        mode: Mode::Read,
        ..desk.mara.clone()
    };
    assert!(service.list_desk(&reads, query).await.is_ok());
    let answer = service
        .answer_ticket(&reads, words(number, "Hello", 99, Then::Work))
        .await
        .unwrap_err();
    assert!(
        matches!(answer, DeskError::Staff(StaffError::Refused(StaffRefusal::ReadOnly))),
        "{answer:?}"
    );
}

#[tokio::test]
async fn con_001_the_same_key_does_the_same_thing_once() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    let command = Answer {
        key: Some(key("an-answer-of-mine")),
        ..words(number, "Hello", 1, Then::Wait)
    };
    let first = desk
        .world
        .service
        .answer_ticket(&desk.mara, command.clone())
        .await
        .unwrap();
    let again = desk
        .world
        .service
        .answer_ticket(&desk.mara, command.clone())
        .await
        .unwrap();
    assert_eq!(first, again);
    let other = Answer {
        text: "Something else".to_owned(),
        files: Vec::new(),
        ..command
    };
    let reused = desk.world.service.answer_ticket(&desk.mara, other).await.unwrap_err();
    assert!(matches!(reused, DeskError::KeyReused), "{reused:?}");
    let view = desk.world.view(desk.world.jonas, number).await.unwrap();
    let messages = view
        .timeline
        .items
        .iter()
        .filter(|it| matches!(it, TimelineItem::Message(_)))
        .count();
    assert_eq!(messages, 2);
}

#[tokio::test]
async fn who_sees_says_exactly_whom_the_rule_lets_see() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    let all = [
        desk.world.jonas,
        desk.world.aylin,
        desk.world.greta,
        desk.world.stranger,
    ];
    for (audience, standing) in [
        (Audience::Shared, Standing::Live),
        (Audience::Private, Standing::Live),
        (Audience::Shared, Standing::Spam),
        (Audience::Shared, Standing::Merged),
    ] {
        desk.world
            .change(number, |it| (it.audience, it.standing) = (audience, standing))
            .await;
        let sight = desk.world.service.who_sees(&desk.mara, number).await.unwrap();
        for who in all {
            let sees = desk.world.view(who, number).await.is_some();
            let said = sight.seers.iter().any(|it| it.contact == who);
            assert_eq!(said, sees, "{who:?} of a ticket that is {audience:?} and {standing:?}");
        }
    }
}

#[tokio::test]
async fn con_005_reply_close_and_answer_in_any_order_lose_no_message() {
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let desk = Desk::new().await;
        let number = desk.world.open(desk.world.jonas, "Scanner").await;
        for step in order {
            match step {
                0 => desk.customer(number, "From the customer").await,
                1 => {
                    let was = desk.world.stored(number).await.status;
                    let close = SetStatus {
                        number,
                        was,
                        status: status(Stage::Closed),
                        key: None,
                    };
                    desk.world.service.set_status(&desk.mara, close).await.unwrap();
                }
                _ => drop(desk.answer(number, "From the desk", Then::Wait).await),
            }
        }
        let view = desk.world.view(desk.world.jonas, number).await.unwrap();
        let said: Vec<&str> = view
            .timeline
            .items
            .iter()
            .filter_map(|it| match it {
                TimelineItem::Message(it) => Some(it.body.plain.as_str()),
                TimelineItem::Event(_) => None,
            })
            .collect();
        assert!(
            said.contains(&"From the customer") && said.contains(&"From the desk"),
            "{order:?}: {said:?}"
        );
        let seqs: Vec<u32> = view.timeline.items.iter().map(TimelineItem::seq).collect();
        assert!(seqs.windows(2).all(|it| it[0] < it[1]), "{order:?}: {seqs:?}");
        // The last word decides where it stands.
        let expected = match order[2] {
            0 => Stage::InProgress,
            1 => Stage::Closed,
            _ => Stage::WaitingOnContact,
        };
        let allowed = [expected, Stage::Received];
        assert!(allowed.contains(&view.stage), "{order:?}: {:?}", view.stage);
        let closings = view
            .timeline
            .items
            .iter()
            .filter(|it| matches!(it, TimelineItem::Event(it) if matches!(it.kind, EventKind::Closed { .. })));
        assert_eq!(closings.count(), 1, "{order:?}");
    }
}

#[tokio::test]
async fn what_the_desk_does_is_written_down_without_what_was_said() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    desk.answer(number, SECRET, Then::Wait).await;
    desk.note(number, SECRET).await;
    let mut tx = desk.world.store.begin(Access::Read).await.unwrap();
    let entries = tx
        .audit()
        .audit_page(&Task::Maintenance, &AuditQuery::default(), 50)
        .await
        .unwrap();
    let events: Vec<AuditEvent> = entries.iter().map(|it| it.event).collect();
    assert!(
        events.contains(&AuditEvent::TicketAnswered) && events.contains(&AuditEvent::TicketNoted),
        "{events:?}"
    );
    assert!(!format!("{entries:?}").contains(SECRET));
}

#[tokio::test]
async fn spam_and_what_was_deleted_cannot_be_answered_or_moved() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    for standing in [Standing::Spam, Standing::Deleted] {
        desk.world.change(number, |it| it.standing = standing).await;
        let answer = desk
            .world
            .service
            .answer_ticket(&desk.mara, words(number, "Hello", 9, Then::Work))
            .await;
        assert!(matches!(answer, Err(DeskError::NotPossible)), "{answer:?}");
        let close = SetStatus {
            number,
            was: status(Stage::Received),
            status: status(Stage::Closed),
            key: None,
        };
        let closed = desk.world.service.set_status(&desk.mara, close).await;
        assert!(matches!(closed, Err(DeskError::NotPossible)), "{closed:?}");
    }
}

#[tokio::test]
async fn a_preview_says_exactly_who_gains_and_loses_and_the_change_does_it() {
    for (change, back) in [
        (
            TicketChange::Audience(Audience::Private),
            TicketChange::Audience(Audience::Shared),
        ),
        (
            TicketChange::Standing(Standing::Spam),
            TicketChange::Standing(Standing::Live),
        ),
        (
            TicketChange::Standing(Standing::Deleted),
            TicketChange::Standing(Standing::Live),
        ),
    ] {
        let desk = Desk::new().await;
        let number = desk.world.open(desk.world.jonas, "Scanner").await;
        let all = [
            desk.world.jonas,
            desk.world.aylin,
            desk.world.greta,
            desk.world.stranger,
        ];
        for change in [change, back] {
            let mut before = Vec::new();
            for who in all {
                before.push(desk.world.view(who, number).await.is_some());
            }
            let preview = desk
                .world
                .service
                .preview_change(&desk.mara, number, change)
                .await
                .unwrap();
            let command = ChangeTicket {
                number,
                seen: preview.version,
                change,
                key: None,
            };
            desk.world
                .service
                .change_ticket(&desk.mara, command.clone())
                .await
                .unwrap();
            for (who, before) in all.into_iter().zip(before) {
                let after = desk.world.view(who, number).await.is_some();
                let gains = preview.gain.iter().any(|it| it.contact == who);
                let loses = preview.lose.iter().any(|it| it.contact == who);
                assert_eq!(
                    (gains, loses),
                    (!before && after, before && !after),
                    "{who:?} by {change:?}"
                );
            }
            // What was previewed is not what is there any more: nothing is done.
            let other = if change == back {
                TicketChange::Audience(Audience::Private)
            } else {
                back
            };
            let late = ChangeTicket {
                change: other,
                ..command
            };
            assert!(matches!(
                desk.world.service.change_ticket(&desk.mara, late).await,
                Err(DeskError::Stale)
            ));
        }
    }
}

#[tokio::test]
async fn adm_008_a_ticket_is_moved_only_between_inboxes_of_ones_own() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    let own = desk.world.stored(number).await.inbox;
    let to = InboxId::from_uuid(id(0x99));
    let mut tx = desk.world.store.begin(Access::Write).await.unwrap();
    let inbox = tx.directory().inbox(own).await.unwrap().unwrap();
    let other = portal_core::settings::Inbox {
        id: to,
        portal: None,
        ..inbox
    };
    tx.directory().put_inbox(&Task::CommandLine, &other).await.unwrap();
    tx.commit().await.unwrap();
    let kim = staff(
        &desk.world,
        0x74,
        "Kim",
        Permission::HelpDesk,
        InboxAccess::Only(BTreeSet::from([own])),
    )
    .await;
    let seen = desk.world.stored(number).await.version;
    let command = ChangeTicket {
        number,
        seen,
        change: TicketChange::Inbox(to),
        key: None,
    };
    let refused = desk
        .world
        .service
        .change_ticket(&kim, command.clone())
        .await
        .unwrap_err();
    assert!(matches!(refused, DeskError::NotFound), "{refused:?}");
    let refused = desk
        .world
        .service
        .change_ticket(&desk.tim, command.clone())
        .await
        .unwrap_err();
    assert!(matches!(refused, DeskError::NotFound), "{refused:?}");
    desk.world.service.change_ticket(&desk.mara, command).await.unwrap();
    // That inbox belongs to no portal: no customer sees the ticket, and only who has the inbox works with it.
    assert!(desk.world.view(desk.world.jonas, number).await.is_none());
    assert_eq!(desk.numbers(&desk.tim, DeskView::Open).await, [number.get()]);
    assert!(desk.numbers(&kim, DeskView::Open).await.is_empty());
}

#[tokio::test]
async fn what_is_put_aside_comes_back_by_time_or_by_the_customer_who_notices_nothing() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    let before = desk.world.view(desk.world.jonas, number).await.unwrap();
    let aside = async || {
        let until = Some(desk.world.service.now().plus(std::time::Duration::from_hours(24)));
        let command = Snooze {
            number,
            until,
            key: None,
        };
        desk.world.service.snooze(&desk.mara, command).await.unwrap();
        assert_eq!(desk.numbers(&desk.mara, DeskView::Snoozed).await, [number.get()]);
        assert!(desk.numbers(&desk.mara, DeskView::Open).await.is_empty());
    };
    aside().await;
    assert_eq!(desk.world.view(desk.world.jonas, number).await.unwrap(), before);
    assert_eq!(desk.world.service.wake_snoozed(10).await.unwrap(), 0);
    desk.world.days(2);
    assert_eq!(desk.world.service.wake_snoozed(10).await.unwrap(), 1);
    assert_eq!(
        desk.world.view(desk.world.jonas, number).await.unwrap().version,
        before.version
    );
    assert_eq!(desk.numbers(&desk.mara, DeskView::Open).await, [number.get()]);
    aside().await;
    desk.customer(number, "And?").await;
    assert_eq!(desk.numbers(&desk.mara, DeskView::Open).await, [number.get()]);
    let past = Snooze {
        number,
        until: Some(NOW),
        key: None,
    };
    let refused = desk.world.service.snooze(&desk.mara, past).await.unwrap_err();
    assert!(matches!(refused, DeskError::Invalid(_)), "{refused:?}");
}

pub(crate) async fn search(desk: &Desk, who: &StaffActor, text: &str) -> (Option<i64>, Vec<i64>) {
    let query = SearchDesk {
        text: text.parse().unwrap(),
        view: None,
        inbox: None,
        filter: DeskFilter::default(),
        below: None,
        limit: 25,
    };
    let found = desk.world.service.search_desk(who, query).await.unwrap();
    let hits = found.hits.iter().map(|it| it.row.number.get()).collect();
    (found.jump.map(|it| it.0.get()), hits)
}

#[tokio::test]
async fn adm_008_a_search_at_the_desk_finds_nothing_of_other_inboxes() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    desk.note(number, SECRET).await;
    for text in ["scanner", SECRET, "jonas", &number.to_string(), &format!("#{number}")] {
        let (_, hits) = search(&desk, &desk.mara, text).await;
        assert_eq!(hits, [number.get()], "{text}");
        assert_eq!(search(&desk, &desk.tim, text).await, (None, vec![]), "{text}");
    }
    let (jump, _) = search(&desk, &desk.mara, &format!("#{number}")).await;
    assert_eq!(jump, Some(number.get()));
}

#[tokio::test]
async fn a_note_is_news_for_the_desk_and_for_no_customer() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    let (mut customers, mut colleagues) = (desk.world.store.hints(), desk.world.store.desk_hints());
    desk.note(number, SECRET).await;
    desk.world
        .service
        .be_present(&desk.mara, number, Presence::Writing)
        .await
        .unwrap();
    desk.answer(number, "Hello", Then::Work).await;
    // The first thing a customer's stream is told is the answer.
    let told = customers.next().await.unwrap();
    assert_eq!(told.version, desk.world.stored(number).await.version);
    assert!(!format!("{told:?}").contains("Mara"));
    assert_eq!(colleagues.next().await.unwrap().news, DeskNews::Noted);
    let present = colleagues.next().await.unwrap();
    assert!(
        matches!(
            present.news,
            DeskNews::Presence {
                doing: Presence::Writing,
                ..
            }
        ),
        "{present:?}"
    );
    let changed = colleagues.next().await.unwrap();
    assert_eq!(changed.news, DeskNews::Changed(told.version));
    // Somebody without the inbox is nowhere, hears nothing, and is told nothing of it.
    let service = &desk.world.service;
    let watch = service.watch_desk(&desk.tim).await.unwrap();
    assert!(!watch.may_concern(&changed));
    assert_eq!(service.desk_news(&desk.tim, number).await.unwrap(), None);
    let refused = service.be_present(&desk.tim, number, Presence::Viewing).await;
    assert!(matches!(refused, Err(ViewDeskTicketError::NotFound)), "{refused:?}");
    let pulse = service.desk_news(&desk.mara, number).await.unwrap().unwrap();
    assert_eq!((pulse.notes, pulse.version), (1, told.version));
}

#[tokio::test]
async fn views_are_changed_by_their_owner_and_shared_ones_by_administrators() {
    let desk = Desk::new().await;
    let service = &desk.world.service;
    let save = |id, name: &str, shared| SaveView {
        id,
        name: name.to_owned(),
        shared,
        shows: Some(ViewShows {
            view: DeskView::Open,
            inbox: None,
            filter: DeskFilter::default(),
            sort: DeskSort::Oldest,
        }),
    };
    let first = service.save_view(&desk.mara, save(None, "First", false)).await.unwrap();
    let second = service.save_view(&desk.mara, save(None, "Second", true)).await.unwrap();
    let names = async |who: &StaffActor| {
        let query = ListDesk {
            view: DeskView::Open,
            inbox: None,
            filter: DeskFilter::default(),
            sort: DeskSort::Newest,
            edge: Edge::Start,
            limit: 5,
        };
        let list = service.list_desk(who, query).await.unwrap();
        list.saved.iter().map(|it| it.view.name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names(&desk.mara).await, ["First", "Second"]);
    assert_eq!(names(&desk.tim).await, ["Second"]);
    service.move_view(&desk.mara, second, true).await.unwrap();
    assert_eq!(names(&desk.mara).await, ["Second", "First"]);
    let missing = |it: Result<_, DeskError>| matches!(it, Err(DeskError::NotFound));
    assert!(missing(
        service
            .save_view(&desk.tim, save(Some(second), "Mine now", false))
            .await
            .map(drop)
    ));
    assert!(missing(service.remove_view(&desk.tim, first).await));
    let ada = staff(&desk.world, 0x75, "Ada", Permission::Admin, InboxAccess::All).await;
    service
        .save_view(&ada, save(Some(second), "Renamed", true))
        .await
        .unwrap();
    assert!(
        missing(service.remove_view(&ada, first).await),
        "what is not shared is nobody else's"
    );
    assert_eq!(names(&desk.tim).await, ["Renamed"]);
    let empty = service.save_view(&desk.mara, save(None, "  ", false)).await;
    assert!(matches!(empty, Err(DeskError::Invalid(_))), "{empty:?}");
}

#[tokio::test]
async fn adm_008_canned_replies_of_an_inbox_are_for_those_who_work_with_it() {
    let desk = Desk::new().await;
    let service = &desk.world.service;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    let inbox = desk.world.stored(number).await.inbox;
    let save = |text: &str, inbox| SaveCanned {
        id: None,
        name: "Greeting".to_owned(),
        text: text.to_owned(),
        shared: true,
        inbox,
        language: None,
    };
    for wrong in ["", "{password}", "{contact_name", "}"] {
        let refused = service.save_canned(&desk.mara, save(wrong, None)).await;
        assert!(matches!(refused, Err(DeskError::Invalid(_))), "{wrong}: {refused:?}");
    }
    let text = "Hello {contact_name}, {ticket_number} is with {agent_name}.";
    service.save_canned(&desk.mara, save(text, Some(inbox))).await.unwrap();
    let offered = service.canned_for(&desk.mara, number).await.unwrap();
    assert!(offered[0].text.starts_with("Hello Jonas"), "{}", offered[0].text);
    assert!(
        offered[0].text.ends_with(&format!(", #{number} is with Mara.")),
        "{}",
        offered[0].text
    );
    let (seen, _) = service.canned_replies(&desk.tim).await.unwrap();
    assert!(seen.is_empty());
    let refused = service.save_canned(&desk.tim, save(text, Some(inbox))).await;
    assert!(matches!(refused, Err(DeskError::Invalid(_))), "{refused:?}");
    let hidden = service.canned_for(&desk.tim, number).await;
    assert!(matches!(hidden, Err(ViewDeskTicketError::NotFound)), "{hidden:?}");
}
