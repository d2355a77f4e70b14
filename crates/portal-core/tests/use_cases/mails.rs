//! What becomes of intents: sent once, tried again, given up, dropped.

use std::time::Duration;

use portal_core::Portal;
use portal_core::actor::Task;
use portal_core::id::{ChallengeId, IntentId, PortalId};
use portal_core::mail::{Delivered, Intent, Mail, MailState, QueuedMail};
use portal_core::ports::{Access, MailerError, Store};
use portal_testkit::fakes::{
    MemoryFiles, MemoryMailer, NoPause, PlainBodies, PlainLetters, PlainPasswords, SeededSecrets, SequentialIds,
};

use crate::fixture::{NOW, World, id};

struct Post {
    world: World,
    service: Portal,
    mailer: MemoryMailer,
}

impl Post {
    async fn new() -> Self {
        let world = World::new().await;
        let mailer = MemoryMailer::default();
        let service = Portal::builder()
            .store(world.store.clone())
            .files(MemoryFiles::default())
            .passwords(PlainPasswords::default())
            .bodies(PlainBodies)
            .clock(world.clock.clone())
            .ids(SequentialIds::series(11))
            .secrets(SeededSecrets::new(11))
            .pacer(NoPause)
            .letters(PlainLetters)
            .mailer(mailer.clone())
            .base_url("https://help.kestrel.example".parse().unwrap())
            .build()
            .unwrap();
        Self { world, service, mailer }
    }

    async fn push(&self, number: u128, mail: Mail) {
        let mut tx = self.world.store.begin(Access::Write).await.unwrap();
        let intent = Intent::now(IntentId::from_uuid(id(number)), mail, NOW);
        assert!(tx.outbox().push(&intent).await.unwrap());
        tx.commit().await.unwrap();
    }

    async fn deliver(&self) -> Delivered {
        self.service.deliver_due(10).await.unwrap()
    }

    async fn found(&self, number: u128) -> QueuedMail {
        let mut tx = self.world.store.begin(Access::Read).await.unwrap();
        let intent = IntentId::from_uuid(id(number));
        tx.outbox().queued_mail(&Task::Delivery, intent).await.unwrap().unwrap()
    }

    fn test(&self) -> Mail {
        Mail::Test {
            portal: Some(self.world.portal.id),
            of: None,
            to: "ada@fernwerk.example".parse().unwrap(),
            asked_by: None,
        }
    }
}

fn unavailable() -> MailerError {
    MailerError::Unavailable("451 come back later".into())
}

#[tokio::test]
async fn what_is_due_is_sent_once_in_the_portals_name() {
    let post = Post::new().await;
    post.push(1, post.test()).await;
    assert_eq!(post.deliver().await.sent, 1);
    assert_eq!(post.deliver().await, Delivered::default());
    let sent = post.mailer.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].to.as_str(), "ada@fernwerk.example");
    assert_eq!(sent[0].from_name, "Kestrel Support");
    assert_eq!(sent[0].message_id, format!("{}@help.kestrel.example", id(1)));
    let found = post.found(1).await;
    assert_eq!((found.state, found.to), (MailState::Sent, Some(sent[0].to.clone())));
}

#[tokio::test]
async fn dur_007_what_cannot_be_sent_is_tried_again_under_the_same_message_id_and_then_given_up() {
    let post = Post::new().await;
    post.push(1, post.test()).await;
    for attempt in 1..=10 {
        post.mailer.fail_next(unavailable());
        let delivered = post.deliver().await;
        assert_eq!(delivered.again, u32::from(attempt < 10), "{attempt}");
        assert_eq!(delivered.dead, u32::from(attempt == 10), "{attempt}");
        assert_eq!(post.deliver().await, Delivered::default(), "it pauses");
        post.world.clock.advance(Duration::from_hours(12));
    }
    let found = post.found(1).await;
    assert_eq!((found.state, found.attempts), (MailState::Dead, 10));
    assert!(found.reason.unwrap().contains("451 come back later"));
    let mut tx = post.world.store.begin(Access::Write).await.unwrap();
    let now = post.service.now();
    assert!(tx.outbox().revive(&Task::Delivery, found.id, now).await.unwrap());
    tx.commit().await.unwrap();
    post.mailer.fail_next(unavailable());
    assert_eq!(post.deliver().await.again, 1, "tries begin anew");
    post.world.clock.advance(Duration::from_mins(1));
    assert_eq!(post.deliver().await.sent, 1);
    assert_eq!(
        post.mailer.sent()[0].message_id,
        format!("{}@help.kestrel.example", id(1))
    );
}

#[tokio::test]
async fn what_is_refused_for_good_is_given_up_at_once() {
    let post = Post::new().await;
    post.push(1, post.test()).await;
    post.mailer
        .fail_next(MailerError::Refused("550 nobody lives here".to_owned()));
    assert_eq!(post.deliver().await.dead, 1);
    assert_eq!(post.found(1).await.reason.unwrap(), "550 nobody lives here");
}

#[tokio::test]
async fn what_makes_no_sense_any_more_is_dropped_and_nothing_is_sent() {
    let post = Post::new().await;
    let gone = Mail::Test {
        portal: Some(PortalId::from_uuid(id(999))),
        of: None,
        to: "ada@fernwerk.example".parse().unwrap(),
        asked_by: None,
    };
    post.push(1, gone).await;
    let challenge = ChallengeId::from_uuid(id(998));
    post.push(2, Mail::SignIn { challenge }).await;
    assert_eq!(post.deliver().await.dropped, 2);
    assert!(post.mailer.sent().is_empty());
    assert_eq!(post.found(1).await.state, MailState::Dropped);
}

#[tokio::test]
async fn without_a_base_address_mails_wait() {
    let world = World::new().await;
    let mail = Mail::Test {
        portal: None,
        of: None,
        to: "ada@fernwerk.example".parse().unwrap(),
        asked_by: None,
    };
    let mut tx = world.store.begin(Access::Write).await.unwrap();
    tx.outbox()
        .push(&Intent::now(IntentId::from_uuid(id(1)), mail, NOW))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.service.deliver_due(1).await.unwrap().again, 1);
}

mod staff {
    use std::collections::BTreeSet;

    use portal_core::id::AgentId;
    use portal_core::mail::{OutboxError, SendTestMail, ViewOutbox};
    use portal_core::staff::{InboxAccess, Permission, StaffActor, StaffStanding, StaffUser};

    use super::*;

    async fn hired(post: &Post, number: u128, permission: Permission) -> StaffActor {
        let agent = AgentId::from_uuid(id(number));
        let user = StaffUser {
            id: agent,
            name: "Mara Okafor".parse().unwrap(),
            email: format!("mara{number}@kestrel.example").parse().unwrap(),
            permissions: BTreeSet::from([permission]),
            inboxes: InboxAccess::All,
            standing: StaffStanding::Active,
            language: None,
            time_zone: None,
            created_at: NOW,
        };
        let mut tx = post.world.store.begin(Access::Write).await.unwrap();
        tx.staffing().put_staff_user(&Task::CommandLine, &user).await.unwrap();
        tx.commit().await.unwrap();
        StaffActor::signed_in(agent, false)
    }

    #[tokio::test]
    async fn staff_see_what_was_given_up_and_send_it_again_or_discard_it() {
        let post = Post::new().await;
        let mara = hired(&post, 700, Permission::PortalSettings).await;
        for number in 1..=2 {
            post.push(number, post.test()).await;
            post.mailer.fail_next(MailerError::Refused("550 nobody".to_owned()));
        }
        post.deliver().await;
        let dead = ViewOutbox {
            state: MailState::Dead,
            older_than: None,
        };
        let page = post.service.view_outbox(&mara, dead).await.unwrap();
        assert_eq!((page.mails.len(), page.tally.dead, page.has_older), (2, 2, false));
        post.service.send_mail_again(&mara, page.mails[0].id).await.unwrap();
        post.service.discard_mail(&mara, page.mails[1].id).await.unwrap();
        let twice = post.service.discard_mail(&mara, page.mails[1].id).await;
        assert!(matches!(twice, Err(OutboxError::NotFound)));
        assert_eq!(post.deliver().await.sent, 1);
        assert_eq!(post.service.view_outbox(&mara, dead).await.unwrap().mails, []);
    }

    #[tokio::test]
    async fn adm_004_without_the_permission_nobody_sees_or_sends_anything() {
        let post = Post::new().await;
        post.push(1, post.test()).await;
        let nina = hired(&post, 701, Permission::HelpDesk).await;
        let waiting = ViewOutbox {
            state: MailState::Waiting,
            older_than: None,
        };
        let refused = |error: OutboxError| assert!(matches!(error, OutboxError::Staff(_)), "{error}");
        refused(post.service.view_outbox(&nina, waiting).await.unwrap_err());
        let mail = post.found(1).await.id;
        refused(post.service.discard_mail(&nina, mail).await.unwrap_err());
        refused(post.service.send_mail_again(&nina, mail).await.unwrap_err());
        let test = SendTestMail {
            portal: None,
            of: None,
            to: "ada@fernwerk.example".parse().unwrap(),
        };
        refused(post.service.send_test_mail(&nina, test.clone()).await.unwrap_err());
        let mara = hired(&post, 702, Permission::PortalSettings).await;
        post.service.send_test_mail(&mara, test).await.unwrap();
        assert_eq!(post.deliver().await.sent, 2);
    }
}
