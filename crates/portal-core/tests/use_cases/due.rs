//! The staff are told that what was promised is due soon or late: once each, whoever it concerns.

use std::collections::BTreeMap;
use std::time::Duration;

use portal_core::actor::Task;
use portal_core::automation::{DuePlace, Warned};
use portal_core::desk::Then;
use portal_core::id::TicketNumber;
use portal_core::notify::{AgentChoices, AgentNews, Digest};
use portal_core::ports::{Access, KeptTerms, Store};
use portal_core::service::{Goals, ServiceTerms};
use portal_core::staff::StaffActor;
use portal_core::ticket::{Priority, Stage};

use crate::flow::Flow;

const HOUR: Duration = Duration::from_hours(1);

impl Flow {
    /// Promises so many hours until each reply, and until closing, around the clock.
    async fn promise(&self, version: u32, reply: u32, close: Option<u32>) {
        let goals = Goals {
            first_reply: Some(HOUR * reply),
            next_reply: Some(HOUR * reply),
            close: close.map(|it| HOUR * it),
        };
        let goals = Priority::ALL.map(|it| (it, goals));
        let kept = KeptTerms {
            inbox: self.world.portal.default_inbox,
            version,
            terms: ServiceTerms::new(None, BTreeMap::from(goals), false).unwrap(),
        };
        let mut tx = self.world.store.begin(Access::Write).await.unwrap();
        assert!(tx.service().put_service_terms(&Task::CommandLine, &kept).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// One whole round, in parts of one ticket.
    async fn warn(&self) -> u32 {
        let (mut told, mut place): (u32, Option<DuePlace>) = (0, None);
        loop {
            let it = self.service.warn_of_due(place, 1).await.unwrap();
            told += it.told;
            place = it.next;
            if place.is_none() {
                return told;
            }
        }
    }

    /// What somebody was told of what is due, oldest first.
    async fn told(&self, who: &StaffActor) -> Vec<(TicketNumber, AgentNews)> {
        let bell = self.service.view_bell(who).await.unwrap();
        let notices = bell.notices.into_iter().rev().map(|it| (it.0.ticket, it.0.news));
        notices
            .filter(|it| matches!(it.1, AgentNews::DueSoon | AgentNews::Late))
            .collect()
    }

    fn hours(&self, hours: u32) {
        self.world.clock.advance(HOUR * hours);
    }
}

#[tokio::test]
async fn whose_ticket_it_is_is_told_once_soon_and_once_late_and_again_for_the_next_wait() {
    let flow = Flow::new().await;
    let jonas = flow.world.jonas;
    let number = flow.open(jonas, "Scanner").await;
    flow.world.change(number, |it| it.owner = Some(flow.mara.agent)).await;
    flow.hours(100);
    assert_eq!(
        flow.service.warn_of_due(None, 10).await.unwrap(),
        Warned::default(),
        "nothing was promised"
    );
    flow.promise(1, 108, None).await;
    assert_eq!(flow.warn().await, 0, "there is time");
    flow.hours(7);
    assert_eq!(flow.warn().await, 1);
    assert_eq!(flow.warn().await, 0, "once is enough");
    assert_eq!(flow.told(&flow.mara).await, [(number, AgentNews::DueSoon)]);
    assert_eq!(flow.told(&flow.admin).await, [], "it is somebody's");
    flow.hours(1);
    assert_eq!((flow.warn().await, flow.warn().await), (1, 0));
    assert_eq!(flow.told(&flow.mara).await[1..], [(number, AgentNews::Late)]);
    // An answer ends the wait; the next one is told of anew, and a change of the promise of none twice.
    flow.answer(&flow.mara, number, Then::Work).await;
    assert_eq!(flow.warn().await, 0);
    flow.reply(jonas, number).await;
    flow.promise(2, 2, None).await;
    flow.hours(3);
    assert_eq!(
        (flow.warn().await, flow.warn().await),
        (1, 0),
        "it was late before anybody looked"
    );
    flow.promise(3, 1, None).await;
    assert_eq!(flow.warn().await, 0);
    let told = flow.told(&flow.mara).await;
    assert_eq!(told[2..], [(number, AgentNews::Late)], "{told:?}");
    // What waits for the customer is not due.
    flow.reply(jonas, number).await;
    flow.set(number, Stage::WaitingOnContact).await;
    flow.hours(10);
    assert_eq!(flow.warn().await, 0);
}

#[tokio::test]
async fn what_is_nobodys_concerns_all_who_work_there_and_nobody_else() {
    let flow = Flow::new().await;
    flow.promise(1, 2, None).await;
    let numbers = [
        flow.open(flow.world.jonas, "One").await,
        flow.open(flow.world.aylin, "Two").await,
    ];
    flow.hours(3);
    assert_eq!(flow.warn().await, 2);
    let late = numbers.map(|it| (it, AgentNews::Late));
    assert_eq!(flow.told(&flow.mara).await, late);
    assert_eq!(flow.told(&flow.admin).await, late);
    assert_eq!(flow.told(&flow.tim).await, []);
}

#[tokio::test]
async fn closing_is_told_of_too_and_not_while_the_customer_has_the_next_step() {
    let flow = Flow::new().await;
    flow.promise(1, 100, Some(10)).await;
    let number = flow.open(flow.world.jonas, "Scanner").await;
    flow.hours(2);
    flow.set(number, Stage::WaitingOnContact).await;
    flow.hours(20);
    flow.set(number, Stage::InProgress).await;
    assert_eq!(flow.warn().await, 0, "the time of the customer does not count");
    flow.hours(7);
    assert_eq!((flow.warn().await, flow.warn().await), (1, 0));
    flow.hours(1);
    assert_eq!((flow.warn().await, flow.warn().await), (1, 0));
    let told = [(number, AgentNews::DueSoon), (number, AgentNews::Late)];
    assert_eq!(flow.told(&flow.mara).await, told);
}

#[tokio::test]
async fn mails_about_what_is_due_wait_for_the_digest_and_say_what_is_so_then() {
    let flow = Flow::new().await;
    flow.promise(1, 2, None).await;
    let choices = AgentChoices {
        digest: Digest::Daily,
        ..AgentChoices::default()
    };
    flow.service.set_agent_choices(&flow.mara, &choices).await.unwrap();
    let mut numbers = Vec::new();
    for subject in ["One", "Two"] {
        let number = flow.open(flow.world.jonas, subject).await;
        flow.world.change(number, |it| it.owner = Some(flow.mara.agent)).await;
        numbers.push(number);
    }
    flow.hours(2);
    assert_eq!(flow.warn().await, 2);
    let to_mara = || {
        let sent = flow.sent().into_iter();
        sent.filter(|it| it.to.as_str() == "mara@kestrel.example")
            .collect::<Vec<_>>()
    };
    flow.mailed().await;
    assert_eq!(to_mara().len(), 0, "a digest waits for the morning");
    flow.answer(&flow.mara, numbers[0], Then::Wait).await;
    flow.world.days(1);
    flow.mailed().await;
    let mails = to_mara();
    assert_eq!(mails.len(), 1);
    let lines = mails[0].text.matches("Late").count();
    assert_eq!(lines, 1, "what was answered is not late: {}", mails[0].text);
}
