//! Pipelines, timers, and who is told of what.

use std::collections::BTreeSet;

use portal_core::Portal;
use portal_core::access::Standing;
use portal_core::actor::{Actor, Task};
use portal_core::automation::Ran;
use portal_core::desk::{Answer, Assign, OpenFor, SetStatus, Then, WriteNote};
use portal_core::id::{AgentId, ContactId, InboxId, PipelineId, StatusId, TicketNumber};
use portal_core::input::Problems;
use portal_core::mail::Delivered;
use portal_core::notify::{AgentChoices, AgentNews, ContactChoices, Digest, Wanted};
use portal_core::ports::{Access, OutgoingMail, Store};
use portal_core::settings::{PipelineChangeError, SavePipeline, SaveStatus, Shift};
use portal_core::staff::{InboxAccess, Permission, StaffActor, StaffStanding, StaffUser};
use portal_core::text::{Locale, Localized};
use portal_core::ticket::{
    AssociationLabel, CloseTicket, EventKind, Priority, ReopenTicket, Reply, Source, Stage, Step, TimelineItem,
    next_stage,
};
use portal_testkit::fakes::{
    GlassVault, MemoryChannels, MemoryFiles, MemoryMailer, NoPause, PlainBodies, PlainLetters, PlainPasswords,
    SeededSecrets, SequentialIds,
};

use crate::fixture::{NOW, World, address, id};

mod channels;

pub(crate) struct Flow {
    pub(crate) world: World,
    pub(crate) service: Portal,
    mailer: MemoryMailer,
    channels: MemoryChannels,
    pub(crate) mara: StaffActor,
    pub(crate) tim: StaffActor,
    pub(crate) admin: StaffActor,
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

impl Flow {
    pub(crate) async fn new() -> Self {
        let world = World::new().await;
        let mailer = MemoryMailer::default();
        let channels = MemoryChannels::default();
        let service = Portal::builder()
            .store(world.store.clone())
            .files(MemoryFiles::default())
            .passwords(PlainPasswords::default())
            .bodies(PlainBodies)
            .clock(world.clock.clone())
            .ids(SequentialIds::series(21))
            .secrets(SeededSecrets::new(21))
            .pacer(NoPause)
            .letters(PlainLetters)
            .vault(GlassVault)
            .mailer(mailer.clone())
            .channels(channels.clone())
            .base_url("https://help.kestrel.example".parse().unwrap())
            .build()
            .unwrap();
        let none = InboxAccess::Only(BTreeSet::from([InboxId::from_uuid(id(0x99))]));
        let mara = staff(&world, 0x71, "Mara", Permission::HelpDesk, InboxAccess::All).await;
        let tim = staff(&world, 0x72, "Tim", Permission::HelpDesk, none).await;
        let admin = staff(&world, 0x73, "Ada", Permission::Admin, InboxAccess::All).await;
        Self {
            world,
            service,
            mailer,
            channels,
            mara,
            tim,
            admin,
        }
    }

    pub(crate) async fn open(&self, who: ContactId, subject: &str) -> TicketNumber {
        let draft = self.world.draft(subject);
        let opened = self.service.open_ticket(&Actor::signed_in(who), draft).await;
        opened.unwrap().number
    }

    pub(crate) async fn answer(&self, who: &StaffActor, number: TicketNumber, then: Then) {
        let command = Answer {
            number,
            text: "Which scanner?".to_owned(),
            files: Vec::new(),
            seen: self.world.stored(number).await.public_seq,
            beside: std::collections::BTreeMap::new(),
            then,
            key: None,
        };
        self.service.answer_ticket(who, command).await.unwrap();
    }

    pub(crate) async fn reply(&self, who: ContactId, number: TicketNumber) {
        let command = Reply {
            portal: self.world.portal.id,
            number,
            text: "Number four.".to_owned(),
            files: vec![],
            close: false,
            key: None,
        };
        self.service.reply(&Actor::signed_in(who), command).await.unwrap();
    }

    async fn note(&self, who: &StaffActor, number: TicketNumber, text: &str) {
        let text = text.to_owned();
        let command = WriteNote {
            number,
            text,
            files: Vec::new(),
            key: None,
        };
        self.service.write_note(who, command).await.unwrap();
    }

    pub(crate) async fn set(&self, number: TicketNumber, stage: Stage) {
        let command = SetStatus {
            number,
            was: self.world.stored(number).await.status,
            status: status(stage),
            key: None,
        };
        self.service.set_status(&self.mara, command).await.unwrap();
    }

    async fn deliver(&self) -> Delivered {
        self.service.deliver_due(50).await.unwrap()
    }

    /// Delivers, and takes the mails to contacts that went out by it: to whom and with what.
    pub(crate) async fn mailed(&self) -> Vec<OutgoingMail> {
        let before = self.mailer.sent().len();
        self.deliver().await;
        let mut sent = self.mailer.sent().split_off(before);
        sent.retain(|it| it.to.as_str().ends_with("fernwerk.example"));
        sent.sort_by(|a, b| a.to.as_str().cmp(b.to.as_str()));
        sent
    }

    /// All mails that went out.
    pub(crate) fn sent(&self) -> Vec<OutgoingMail> {
        self.mailer.sent()
    }

    async fn pipeline(&self, answer_waits: bool, closing: Option<(u16, u16)>) {
        let command = SavePipeline {
            id: Some(PipelineId::from_uuid(id(1))),
            name: "Support".to_owned(),
            answer_waits,
            closing,
        };
        self.service.save_pipeline(&self.admin, &command).await.unwrap();
    }

    pub(crate) async fn news(&self, who: &StaffActor) -> Vec<AgentNews> {
        let bell = self.service.view_bell(who).await.unwrap();
        bell.notices.iter().map(|it| it.0.news).collect()
    }
}

fn status(stage: Stage) -> StatusId {
    StatusId::from_uuid(id(10 + Stage::ALL.iter().position(|it| *it == stage).unwrap() as u128))
}

#[tokio::test]
async fn vis_037_a_public_answer_is_mailed_to_those_on_the_ticket_who_see_it_when_it_leaves() {
    let flow = Flow::new().await;
    let (jonas, aylin) = (flow.world.jonas, flow.world.aylin);
    let number = flow.open(jonas, "Scanner").await;
    flow.world
        .change(number, |it| {
            it.contacts.insert(aylin, AssociationLabel::Participant);
        })
        .await;
    flow.mailed().await;
    flow.answer(&flow.mara, number, Then::Wait).await;
    let to = |mails: &[OutgoingMail]| mails.iter().map(|it| it.to.to_string()).collect::<Vec<_>>();
    // A colleague who only sees it by the company gets none, nor does anybody get two.
    let sent = flow.mailed().await;
    assert_eq!(to(&sent), [address("Aylin Demir"), address("Jonas Weber")]);
    let thread = sent[0].thread.clone().unwrap();
    assert!(!sent[0].is_automatic && thread.root.ends_with("@help.kestrel.example"));
    assert_eq!(sent[1].thread.clone().map(|it| it.root), Some(thread.root));
    // Whoever wrote is not told; the others are.
    flow.reply(aylin, number).await;
    assert_eq!(to(&flow.mailed().await), [address("Jonas Weber")]);
}

#[tokio::test]
async fn vis_038_recipients_are_asked_of_the_rule_again_when_the_mail_leaves() {
    let flow = Flow::new().await;
    let jonas = flow.world.jonas;
    for wrong in 0..3 {
        let number = flow.open(jonas, "Scanner").await;
        flow.mailed().await;
        flow.answer(&flow.mara, number, Then::Wait).await;
        flow.world
            .change(number, |it| match wrong {
                0 => drop(it.contacts.remove(&jonas)),
                1 => it.standing = Standing::Spam,
                _ => it.standing = Standing::Deleted,
            })
            .await;
        let delivered = flow.deliver().await;
        assert_eq!((delivered.sent, delivered.dropped), (0, 1), "{wrong}");
    }
}

#[tokio::test]
async fn contacts_are_told_of_what_concerns_them_and_never_of_what_they_did() {
    let flow = Flow::new().await;
    let jonas = flow.world.jonas;
    let said = |mails: Vec<OutgoingMail>| -> Vec<String> { mails.into_iter().map(|it| it.text).collect() };
    let number = flow.open(jonas, "Scanner").await;
    let received = said(flow.mailed().await);
    assert!(received.len() == 1 && received[0].contains("Received"), "{received:?}");
    for (stage, what) in [
        (Stage::InProgress, None),
        (Stage::WaitingOnContact, Some("Waiting")),
        (Stage::Closed, Some("Closed")),
        (Stage::InProgress, Some("Reopened")),
    ] {
        flow.set(number, stage).await;
        let told = said(flow.mailed().await);
        assert_eq!(told.len(), usize::from(what.is_some()), "{stage:?} {told:?}");
        assert!(what.is_none_or(|it| told[0].contains(it)), "{stage:?} {told:?}");
    }
    let close = CloseTicket {
        portal: flow.world.portal.id,
        number,
        reason: None,
        key: None,
    };
    let actor = Actor::signed_in(jonas);
    flow.service.close_ticket(&actor, close).await.unwrap();
    assert!(flow.mailed().await.is_empty());
    // What is not so any more when it leaves is not said.
    flow.set(number, Stage::WaitingOnContact).await;
    flow.set(number, Stage::InProgress).await;
    let told = said(flow.mailed().await);
    assert!(told.iter().all(|it| !it.contains("Waiting")), "{told:?}");
}

#[tokio::test]
async fn contacts_choose_which_mails_come_and_mute_a_ticket_also_by_its_link() {
    let flow = Flow::new().await;
    let (jonas, portal) = (flow.world.jonas, flow.world.portal.id);
    let actor = Actor::signed_in(jonas);
    let number = flow.open(jonas, "Scanner").await;
    let link = flow.mailed().await[0].thread.clone().and_then(|it| it.mute).unwrap();
    let (_, token) = link.split_once("token=").unwrap();
    let choices = ContactChoices {
        answers: false,
        ..ContactChoices::default()
    };
    flow.service.set_contact_choices(&actor, portal, choices).await.unwrap();
    flow.answer(&flow.mara, number, Then::Wait).await;
    assert!(flow.mailed().await.is_empty());
    flow.service
        .set_contact_choices(&actor, portal, ContactChoices::default())
        .await
        .unwrap();
    // Looking changes nothing; one POST does. A link that was changed does nothing.
    assert_eq!(flow.service.muted_by_link(token), Some(number));
    for wrong in [
        String::new(),
        token.replace('.', ""),
        format!("{token}0"),
        token.replacen(&format!(".{number}."), &format!(".{}.", number.get() + 1), 1),
    ] {
        assert!(flow.service.mute_by_link(&wrong).await.is_err(), "{wrong}");
    }
    assert!(!flow.service.is_ticket_muted(&actor, portal, number).await.unwrap());
    assert_eq!(flow.service.mute_by_link(token).await.unwrap(), number);
    assert!(flow.service.is_ticket_muted(&actor, portal, number).await.unwrap());
    flow.answer(&flow.mara, number, Then::Wait).await;
    assert!(flow.mailed().await.is_empty());
    flow.service.mute_ticket(&actor, portal, number, false).await.unwrap();
    flow.answer(&flow.mara, number, Then::Wait).await;
    assert_eq!(flow.mailed().await.len(), 1);
    // Nobody mutes what they do not see.
    let stranger = Actor::signed_in(flow.world.stranger);
    assert!(flow.service.mute_ticket(&stranger, portal, number, true).await.is_err());
}

#[tokio::test]
async fn what_waits_is_closed_by_a_timer_after_a_reminder_and_never_without() {
    let flow = Flow::new().await;
    flow.pipeline(false, Some((14, 3))).await;
    let jonas = flow.world.jonas;
    let number = flow.open(jonas, "Scanner").await;
    flow.answer(&flow.mara, number, Then::Wait).await;
    flow.mailed().await;
    let ran = async || flow.service.run_timers(10).await.unwrap();
    flow.world.days(10);
    assert_eq!(ran().await, Ran::default());
    flow.world.days(10);
    // The server was off: the reminder comes late, and then the customer has the time that was promised.
    assert_eq!(ran().await.warned, 1);
    assert_eq!(ran().await, Ran::default());
    let told = flow.mailed().await;
    assert!(told.len() == 1 && told[0].text.contains("Reminder") && told[0].is_automatic);
    flow.reply(jonas, number).await;
    flow.world.days(30);
    assert_eq!(ran().await, Ran::default(), "it does not wait any more");
    flow.answer(&flow.mara, number, Then::Wait).await;
    flow.world.days(11);
    assert_eq!(ran().await.warned, 1);
    flow.world.days(2);
    assert_eq!(ran().await, Ran::default());
    flow.world.days(1);
    assert_eq!(ran().await.closed, 1);
    assert_eq!(ran().await, Ran::default());
    let view = flow.world.view(jonas, number).await.unwrap();
    assert_eq!(view.stage, Stage::Closed);
    let last = view.timeline.items.last().cloned();
    assert!(matches!(
        last,
        Some(TimelineItem::Event(it)) if it.kind == EventKind::ClosedByTimer { days: 14 }
    ));
    // It can be opened again.
    flow.reply(jonas, number).await;
    assert_eq!(flow.world.stored(number).await.stage, Stage::InProgress);
}

#[tokio::test]
async fn the_staff_are_told_of_what_concerns_them_and_never_of_what_they_did() {
    let flow = Flow::new().await;
    let number = flow.open(flow.world.jonas, "Scanner").await;
    assert_eq!(flow.news(&flow.mara).await, [AgentNews::Unassigned]);
    flow.answer(&flow.mara, number, Then::Wait).await;
    flow.reply(flow.world.jonas, number).await;
    assert_eq!(flow.news(&flow.mara).await, [AgentNews::Replied, AgentNews::Unassigned]);
    flow.note(&flow.mara, number, "@mara remembers, and asks @ada.").await;
    assert_eq!(flow.news(&flow.mara).await.len(), 2, "nobody mentions themself");
    let ada = flow.news(&flow.admin).await;
    assert_eq!(ada, [AgentNews::Mentioned, AgentNews::Unassigned]);
    let assign = |owner: &StaffActor, was: &StaffActor| Assign {
        number,
        was: Some(was.agent),
        owner: Some(owner.agent),
        key: None,
    };
    let to_ada = assign(&flow.admin, &flow.mara);
    flow.service.assign_ticket(&flow.mara, to_ada).await.unwrap();
    assert_eq!(flow.news(&flow.admin).await[0], AgentNews::Assigned);
    assert_eq!(flow.service.count_bell(&flow.admin).await.unwrap(), 3);
    // One mail says it all, about what was not read.
    flow.deliver().await;
    let to_staff = |name: &str| {
        let all = flow.mailer.sent().into_iter();
        all.filter(|it| it.to.as_str() == format!("{name}@kestrel.example"))
            .collect::<Vec<_>>()
    };
    let mails = to_staff("ada");
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("Assigned") && mails[0].text.contains("Mentioned"));
    assert!(!mails[0].text.contains("remembers"), "no text of a note is mailed");
    flow.service.read_bell(&flow.admin, None).await.unwrap();
    assert_eq!(flow.service.count_bell(&flow.admin).await.unwrap(), 0);
    flow.deliver().await;
    assert_eq!(to_staff("ada").len(), 1);
}

#[tokio::test]
async fn adm_008_nobody_is_told_of_tickets_of_inboxes_that_are_not_theirs() {
    let flow = Flow::new().await;
    let number = flow.open(flow.world.jonas, "Scanner").await;
    flow.note(&flow.mara, number, "@tim @ada").await;
    assert!(flow.news(&flow.tim).await.is_empty());
    assert_eq!(flow.news(&flow.admin).await.len(), 2);
    // Whoever loses an inbox loses what they were told of it, on pages and in mails that wait.
    staff(
        &flow.world,
        0x73,
        "Ada",
        Permission::HelpDesk,
        InboxAccess::Only(BTreeSet::new()),
    )
    .await;
    assert!(flow.news(&flow.admin).await.is_empty());
    assert_eq!(flow.service.count_bell(&flow.admin).await.unwrap(), 0);
    flow.deliver().await;
    assert!(
        flow.mailer
            .sent()
            .iter()
            .all(|it| it.to.as_str() != "ada@kestrel.example")
    );
}

#[tokio::test]
async fn the_staff_choose_what_they_are_told_and_when_mails_leave() {
    let flow = Flow::new().await;
    let number = flow.open(flow.world.jonas, "Scanner").await;
    let mut choices = AgentChoices {
        digest: Digest::Daily,
        ..AgentChoices::default()
    };
    let nothing = Wanted {
        bell: false,
        mail: false,
    };
    choices.wanted.insert(AgentNews::Mentioned, nothing);
    flow.service.set_agent_choices(&flow.admin, &choices).await.unwrap();
    flow.note(&flow.mara, number, "@ada").await;
    assert_eq!(flow.news(&flow.admin).await, [AgentNews::Unassigned]);
    let command = Assign {
        number,
        was: None,
        owner: Some(flow.admin.agent),
        key: None,
    };
    flow.service.assign_ticket(&flow.mara, command).await.unwrap();
    flow.deliver().await;
    let ada = || {
        flow.mailer
            .sent()
            .iter()
            .filter(|it| it.to.as_str() == "ada@kestrel.example")
            .count()
    };
    assert_eq!(ada(), 0, "a digest waits for the morning");
    flow.world.days(1);
    flow.deliver().await;
    assert_eq!(ada(), 1);
}

#[tokio::test]
async fn the_staff_open_a_ticket_for_a_customer_who_is_told_and_sees_it() {
    let flow = Flow::new().await;
    let (jonas, inbox) = (flow.world.jonas, flow.world.portal.default_inbox);
    let found = flow.service.find_contacts(&flow.mara, "jonas").await.unwrap();
    assert_eq!(found.iter().map(|it| it.id).collect::<Vec<_>>(), [jonas]);
    let command = |inbox| OpenFor {
        contact: jonas,
        inbox,
        subject: "Scanner on the phone".to_owned(),
        text: "You called about the scanner.".to_owned(),
        files: Vec::new(),
        source: Source::Other,
        priority: Priority::High,
        key: None,
    };
    let number = flow.service.open_for(&flow.mara, command(inbox)).await.unwrap();
    let ticket = flow.world.stored(number).await;
    assert_eq!(ticket.owner, Some(flow.mara.agent));
    assert!(flow.world.view(jonas, number).await.is_some());
    let sent = flow.mailed().await;
    assert!(sent.len() == 1 && sent[0].text.contains("You called about the scanner."));
    // Not in an inbox that is not theirs.
    assert!(flow.service.open_for(&flow.tim, command(inbox)).await.is_err());
}

#[tokio::test]
async fn every_writer_goes_by_the_one_state_machine() {
    let flow = Flow::new().await;
    let (jonas, portal) = (flow.world.jonas, flow.world.portal.id);
    let actor = Actor::signed_in(jonas);
    for stage in Stage::ALL {
        for step in Step::ALL {
            let number = flow.open(jonas, "Scanner").await;
            flow.world.stage(number, stage).await;
            let done = match step {
                Step::CustomerReplied | Step::CustomerRepliedAndClosed => {
                    let command = Reply {
                        portal,
                        number,
                        text: "Hello".to_owned(),
                        files: vec![],
                        close: step == Step::CustomerRepliedAndClosed,
                        key: None,
                    };
                    flow.service.reply(&actor, command).await.is_ok()
                }
                Step::CustomerClosed => {
                    let command = CloseTicket {
                        portal,
                        number,
                        reason: None,
                        key: None,
                    };
                    flow.service.close_ticket(&actor, command).await.is_ok()
                }
                Step::CustomerReopened => {
                    let command = ReopenTicket {
                        portal,
                        number,
                        reason: None,
                        key: None,
                    };
                    flow.service.reopen_ticket(&actor, command).await.is_ok()
                }
                Step::Answered | Step::AnsweredAndWaits | Step::AnsweredAndClosed => {
                    let then = match step {
                        Step::AnsweredAndWaits => Then::Wait,
                        Step::AnsweredAndClosed => Then::Close,
                        _ => Then::Work,
                    };
                    flow.answer(&flow.mara, number, then).await;
                    true
                }
                Step::SetTo(to) => {
                    flow.set(number, to).await;
                    true
                }
                // Timers have a test of their own.
                Step::TimeIsUp => continue,
            };
            let expected = next_stage(stage, Standing::Live, step);
            assert_eq!(done, expected.is_ok(), "{stage:?} {step:?}");
            let after = flow.world.stored(number).await;
            assert_eq!(after.stage, expected.unwrap_or(stage), "{stage:?} {step:?}");
            assert_eq!(
                after.closed_at.is_some(),
                after.stage == Stage::Closed,
                "{stage:?} {step:?}"
            );
        }
    }
}

#[tokio::test]
async fn statuses_have_words_for_customers_an_order_and_successors() {
    let flow = Flow::new().await;
    let (jonas, pipeline) = (flow.world.jonas, PipelineId::from_uuid(id(1)));
    let save = |id: Option<StatusId>, name: &str, label: Option<Localized>| SaveStatus {
        pipeline,
        id,
        name: name.to_owned(),
        stage: Stage::InProgress,
        customer_label: label,
        explanation: None,
    };
    let label = Localized::new(Locale::english(), "At the workshop").with(Locale::german(), "In der Werkstatt");
    let command = save(None, "Workshop", Some(label.clone()));
    let workshop = flow.service.save_status(&flow.admin, &command).await.unwrap();
    let number = flow.open(jonas, "Scanner").await;
    let set = SetStatus {
        number,
        was: status(Stage::Received),
        status: workshop,
        key: None,
    };
    flow.service.set_status(&flow.mara, set).await.unwrap();
    let view = flow.world.view(jonas, number).await.unwrap();
    assert_eq!(view.status_label, Some(label));
    // Tickets enter a stage by its first status.
    let shift = flow.service.shift_status(&flow.admin, pipeline, workshop, Shift::Entry);
    shift.await.unwrap();
    let other = flow.open(jonas, "Printer").await;
    flow.answer(&flow.mara, other, Then::Work).await;
    assert_eq!(flow.world.stored(other).await.status, workshop);
    // Out of use, its tickets are in its successor, and nobody can choose it.
    let own = status(Stage::InProgress);
    let retire = flow.service.retire_status(&flow.admin, pipeline, workshop, own);
    retire.await.unwrap();
    for it in [number, other] {
        let ticket = flow.world.stored(it).await;
        assert_eq!((ticket.status, ticket.stage), (own, Stage::InProgress));
    }
    let set = SetStatus {
        number,
        was: own,
        status: workshop,
        key: None,
    };
    assert!(flow.service.set_status(&flow.mara, set).await.is_err());
    // The last status of a stage stays, a successor is of the same stage, a name is there once.
    for (gone, to) in [
        (own, status(Stage::Closed)),
        (status(Stage::Closed), own),
        (own, workshop),
    ] {
        let refused = flow.service.retire_status(&flow.admin, pipeline, gone, to).await;
        assert!(matches!(refused, Err(PipelineChangeError::Invalid(_))), "{gone} {to}");
    }
    let taken: Result<_, PipelineChangeError> = flow.service.save_status(&flow.admin, &save(None, "Open", None)).await;
    let named = |it: &Problems| it.list().iter().any(|it| it.field == "name");
    assert!(
        matches!(&taken, Err(PipelineChangeError::Invalid(it)) if named(it)),
        "{taken:?}"
    );
    // Only whoever may change settings does.
    let refused = flow.service.save_status(&flow.mara, &save(None, "Mine", None)).await;
    assert!(matches!(refused, Err(PipelineChangeError::Staff(_))));
    for closing in [(1, 1), (10, 10), (400, 3), (10, 0)] {
        let command = SavePipeline {
            id: Some(pipeline),
            name: "Support".to_owned(),
            answer_waits: false,
            closing: Some(closing),
        };
        assert!(
            flow.service.save_pipeline(&flow.admin, &command).await.is_err(),
            "{closing:?}"
        );
    }
}

mod conversations {
    use portal_core::conversation::{
        ConversationState, Handle, HandleConversation, InboxKind, ListConversations, Receive, Received, Sender,
    };
    use portal_core::desk::DeskError;
    use portal_core::ticket::{BodyFormat, Edge, ListFilter, ListTickets, SearchTickets, Sort};

    use super::*;

    const SECRET: &str = "whisper-canary";

    pub(super) async fn receive(flow: &Flow, of: Option<Received>, contact: Option<ContactId>, text: &str) -> Received {
        let command = Receive {
            inbox: flow.world.portal.default_inbox,
            channel: Source::Chat,
            conversation: of.map(|it| it.conversation),
            from: Sender {
                contact,
                name: "Jonas Weber".to_owned(),
                address: Some(address("Jonas Weber").parse().unwrap()),
            },
            subject: format!("Chat {text}"),
            text: text.to_owned(),
            format: BodyFormat::Text,
        };
        flow.service.receive(&Task::Maintenance, command).await.unwrap()
    }

    async fn as_inbox(flow: &Flow) {
        let inbox = flow.world.portal.default_inbox;
        let set = flow.service.set_inbox_kind(&flow.admin, inbox, InboxKind::Inbox);
        set.await.unwrap();
    }

    /// Everything a customer can ask for, as one text.
    async fn everything(flow: &Flow, who: ContactId) -> String {
        let (actor, portal) = (Actor::signed_in(who), flow.world.portal.id);
        let mut told = Vec::new();
        for tab in [
            None,
            Some(portal_core::access::Tab::Mine),
            Some(portal_core::access::Tab::Company),
        ] {
            let query = ListTickets {
                portal,
                tab,
                filter: ListFilter::All,
                requester: None,
                sort: Some(Sort::LastActivity),
                edge: Edge::Start,
                limit: 100,
                count_to: None,
            };
            if let Ok(list) = flow.service.list_tickets(&actor, query).await {
                for row in &list.rows {
                    let view = flow.world.view(who, row.number).await;
                    told.push(format!("{view:?}"));
                }
                told.push(format!("{list:?}"));
            }
        }
        for text in [SECRET, "chat", "hello"] {
            let search = SearchTickets {
                portal,
                text: text.parse().unwrap(),
                filter: ListFilter::All,
                below: None,
                limit: 50,
            };
            told.push(format!("{:?}", flow.service.search_tickets(&actor, search).await));
        }
        told.concat()
    }

    pub(super) async fn handle(
        flow: &Flow,
        of: Received,
        was: Option<TicketNumber>,
        what: Handle,
    ) -> Option<TicketNumber> {
        let command = HandleConversation {
            id: of.conversation,
            was,
            what,
        };
        flow.service.handle_conversation(&flow.mara, command).await.unwrap()
    }

    #[tokio::test]
    async fn in_a_help_desk_what_comes_in_is_a_ticket_and_what_follows_goes_on_it() {
        let flow = Flow::new().await;
        let jonas = flow.world.jonas;
        let first = receive(&flow, None, Some(jonas), "hello").await;
        let number = first.ticket.unwrap();
        assert!(flow.world.view(jonas, number).await.is_some());
        flow.answer(&flow.mara, number, Then::Wait).await;
        let second = receive(&flow, Some(first), Some(jonas), "number four").await;
        assert_eq!(second, first);
        let ticket = flow.world.stored(number).await;
        assert_eq!((ticket.stage, ticket.public_seq), (Stage::InProgress, 6));
        // Whoever says who they are proves nothing: nobody of the customers sees that.
        let doubtful = receive(&flow, None, None, SECRET).await;
        assert_eq!(
            flow.world.stored(doubtful.ticket.unwrap()).await.standing,
            Standing::Unverified
        );
        assert!(!everything(&flow, jonas).await.contains(SECRET));
    }

    #[tokio::test]
    async fn vis_016_a_conversation_without_ticket_is_nothing_to_any_customer_on_any_path() {
        let flow = Flow::new().await;
        as_inbox(&flow).await;
        let people = [
            flow.world.jonas,
            flow.world.aylin,
            flow.world.greta,
            flow.world.stranger,
        ];
        let own = flow.open(flow.world.jonas, "hello").await;
        let mut before = Vec::new();
        for who in people {
            before.push(everything(&flow, who).await);
        }
        flow.mailed().await;
        let of = receive(&flow, None, Some(flow.world.jonas), SECRET).await;
        assert_eq!(of.ticket, None);
        receive(&flow, Some(of), Some(flow.world.jonas), SECRET).await;
        for state in ConversationState::ALL {
            handle(&flow, of, None, Handle::SetState(state)).await;
            for (who, before) in people.into_iter().zip(&before) {
                assert_eq!(everything(&flow, who).await, *before, "{state:?}");
            }
        }
        assert!(flow.mailed().await.is_empty());
        // With a ticket it is seen by whoever sees the ticket; without one again, by nobody.
        let preview = flow
            .service
            .preview_conversation(&flow.mara, of.conversation, Handle::Attach(own));
        let gain: Vec<_> = preview.await.unwrap().gain.iter().map(|it| it.contact).collect();
        assert!(gain.contains(&flow.world.jonas) && !gain.contains(&flow.world.stranger));
        handle(&flow, of, None, Handle::Attach(own)).await;
        assert!(everything(&flow, flow.world.jonas).await.contains(SECRET));
        assert!(!everything(&flow, flow.world.stranger).await.contains(SECRET));
        let preview = flow
            .service
            .preview_conversation(&flow.mara, of.conversation, Handle::Detach);
        assert_eq!(preview.await.unwrap().lose.len(), gain.len());
        handle(&flow, of, Some(own), Handle::Detach).await;
        for who in people {
            assert!(!everything(&flow, who).await.contains(SECRET));
        }
        let view = flow.world.view(flow.world.jonas, own).await.unwrap();
        assert_eq!(view.timeline.items.len(), 1, "the ticket's own message stays");
    }

    #[tokio::test]
    async fn the_staff_make_a_ticket_of_a_conversation_of_their_inboxes_only() {
        let flow = Flow::new().await;
        as_inbox(&flow).await;
        let jonas = flow.world.jonas;
        let of = receive(&flow, None, Some(jonas), "hello").await;
        let query = ListConversations {
            state: ConversationState::Open,
            inbox: None,
            after: None,
        };
        let mine = flow.service.list_conversations(&flow.mara, query).await.unwrap();
        assert_eq!(mine.rows.len(), 1);
        let others = flow.service.list_conversations(&flow.tim, query).await.unwrap();
        assert!(others.rows.is_empty() && others.inboxes.is_empty());
        let command = HandleConversation {
            id: of.conversation,
            was: None,
            what: Handle::MakeTicket,
        };
        let refused = flow.service.handle_conversation(&flow.tim, command).await;
        assert!(matches!(refused, Err(DeskError::NotFound)));
        let number = handle(&flow, of, None, Handle::MakeTicket).await.unwrap();
        assert!(flow.world.view(jonas, number).await.is_some());
        // Whoever still sees it without a ticket is told, and changes nothing.
        let late = flow.service.handle_conversation(&flow.mara, command).await;
        assert!(matches!(late, Err(DeskError::Stale)));
    }
}
