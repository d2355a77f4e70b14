//! Getting in: invitations, mailed links and codes, registrations, changes of address, and what staff does about them.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use portal_core::Portal;
use portal_core::access::{AccessRule, CustomersMay, TicketPermission};
use portal_core::actor::{Actor, Task};
use portal_core::crm::{AccessGroup, Contact, ContactStanding};
use portal_core::id::{AccessGroupId, AgentId, ContactId, DomainId};
use portal_core::mail::{Content, EditableMail, Letter, Link, MailText, MailTexts};
use portal_core::members::MembersError;
use portal_core::membership::{
    AcceptInvitation, ChallengePurpose, ChangeAddress, Credential, DeviceMark, EndSessions, FinishRegistration,
    InvitationLink, MailRequested, MemberQuery, MemberStatus, Register, Registered, RequestMail, ResetPassword, Secret,
    SignIn, SignInByMail, SignInError, SignedIn, WayInError,
};
use portal_core::ports::{Access, Letters, LettersError, Mailer, MailerError, OutgoingMail, Rendered, Store};
use portal_core::settings::{Domain, Ownership, PrivateContent};
use portal_core::staff::{InboxAccess, Permission, StaffActor, StaffStanding, StaffUser};
use portal_core::text::Locale;
use portal_testkit::fakes::{
    GlassVault, MemoryFiles, NoPause, PlainBodies, PlainPasswords, SeededSecrets, SequentialIds,
};
use portal_testkit::{Calls, RecordingStore};

use crate::fixture::{NOW, PASSWORD, World, address, id};

const NEW_PASSWORD: &str = "three quiet lighthouses";

/// Keeps every letter.
#[derive(Clone, Default)]
struct Post(Arc<Mutex<Vec<Letter>>>);

impl Letters for Post {
    fn render(&self, letter: &Letter, _: &MailTexts) -> Result<Rendered, LettersError> {
        self.0.lock().unwrap().push(letter.clone());
        Ok(Rendered {
            subject: String::new(),
            text: String::new(),
            html: String::new(),
            language: letter.language.clone(),
        })
    }

    fn built_in(&self, _: EditableMail, _: &Locale) -> MailText {
        MailText::typed("", "")
    }
}

#[async_trait]
impl Mailer for Post {
    async fn send(&self, _: &OutgoingMail) -> Result<(), MailerError> {
        Ok(())
    }
}

/// The world with a service that delivers mails.
struct Town {
    world: World,
    service: Portal,
    post: Post,
    calls: Calls,
}

impl Town {
    async fn new() -> Self {
        let world = World::with(TicketPermission::Company, CustomersMay::default()).await;
        let domain = Domain {
            id: DomainId::from_uuid(id(950)),
            host: world.portal.host.clone(),
            language: Locale::english(),
            ownership: Ownership::Local,
            private: PrivateContent {
                self_registration: true,
                ..PrivateContent::default()
            },
            from: None,
        };
        let mut tx = world.store.begin(Access::Write).await.unwrap();
        tx.settings().put_domain(&Task::CommandLine, &domain).await.unwrap();
        tx.commit().await.unwrap();
        let post = Post::default();
        let store = RecordingStore::new(world.store.clone());
        let calls = store.calls();
        let service = Portal::builder()
            .store(store)
            .files(MemoryFiles::default())
            .passwords(PlainPasswords::default())
            .bodies(PlainBodies)
            .clock(world.clock.clone())
            .ids(SequentialIds::series(11))
            .secrets(SeededSecrets::new(11))
            .pacer(NoPause)
            .vault(GlassVault)
            .letters(post.clone())
            .mailer(post.clone())
            .base_url("https://localhost:8080".parse().unwrap())
            .build()
            .unwrap();
        Self {
            world,
            service,
            post,
            calls,
        }
    }

    /// The letters that leave now.
    async fn letters(&self) -> Vec<Letter> {
        self.service.deliver_due(50).await.unwrap();
        std::mem::take(&mut *self.post.0.lock().unwrap())
    }

    async fn letter(&self) -> Letter {
        let mut letters = self.letters().await;
        assert_eq!(letters.len(), 1, "{letters:?}");
        letters.pop().unwrap()
    }

    async fn request(&self, purpose: ChallengePurpose, email: &str) -> Result<MailRequested, WayInError> {
        let command = RequestMail {
            portal: self.world.portal.id,
            purpose,
            email: email.to_owned(),
            network: "192.0.2.1".to_owned(),
            device: "Firefox, Windows".to_owned(),
        };
        self.service.request_mail(command).await
    }

    async fn by_mail(
        &self,
        browser: Option<&Secret>,
        link: Option<&Secret>,
        code: Option<&str>,
    ) -> Result<SignedIn, WayInError> {
        let command = SignInByMail {
            portal: self.world.portal.id,
            browser: browser.cloned(),
            link: link.cloned(),
            code: code.map(str::to_owned),
            network: "192.0.2.1".to_owned(),
            device: String::new(),
        };
        self.service.sign_in_by_mail(command).await
    }

    async fn by_password(&self, email: &str, password: &str) -> Result<SignedIn, SignInError> {
        let command = SignIn {
            portal: self.world.portal.id,
            email: email.to_owned(),
            password: password.to_owned(),
            network: "192.0.2.9".to_owned(),
            device: String::new(),
            known_as: None,
        };
        self.service.sign_in(command).await
    }

    async fn is_signed_in(&self, secret: &Secret) -> bool {
        let portal = &self.world.portal;
        let arrival = self
            .service
            .arrive(&portal.host, &portal.slug, &Credential::Session(secret.clone()))
            .await
            .unwrap()
            .unwrap();
        arrival.visitor.is_some()
    }

    /// Somebody of the staff with a permission.
    async fn staff(&self, permission: Permission) -> StaffActor {
        let agent = AgentId::from_uuid(id(900 + permission as u128));
        let user = StaffUser {
            id: agent,
            name: "Mara".parse().unwrap(),
            email: format!("{}@kestrel.example", permission.name()).parse().unwrap(),
            permissions: BTreeSet::from([permission]),
            inboxes: InboxAccess::All,
            standing: StaffStanding::Active,
            language: None,
            time_zone: None,
            created_at: NOW,
        };
        let mut tx = self.world.store.begin(Access::Write).await.unwrap();
        tx.staffing().put_staff_user(&Task::CommandLine, &user).await.unwrap();
        tx.commit().await.unwrap();
        StaffActor::signed_in(agent, true)
    }

    /// Adds a contact without account.
    async fn add(&self, n: u128, membership: Option<&str>, own: Option<&str>, standing: ContactStanding) -> ContactId {
        let contact = Contact {
            id: ContactId::from_uuid(id(n)),
            name: format!("New Person {n}").parse().unwrap(),
            email: own.map(|it| it.parse().unwrap()),
            membership_email: membership.map(|it| it.parse().unwrap()),
            standing,
            primary_company: Some(self.world.fernwerk),
            companies: BTreeSet::from([self.world.fernwerk]),
            groups: BTreeSet::new(),
            language: None,
            time_zone: None,
            properties: portal_core::property::PropertyValues::new(),
            external_id: None,
            created_at: NOW,
        };
        self.put(&contact).await;
        contact.id
    }

    async fn put(&self, contact: &Contact) {
        let mut tx = self.world.store.begin(Access::Write).await.unwrap();
        tx.directory().put_contact(&Task::CommandLine, contact).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn contact(&self, id: ContactId) -> Contact {
        let mut tx = self.world.store.begin(Access::Read).await.unwrap();
        tx.directory().contact(&Task::CommandLine, id).await.unwrap().unwrap()
    }

    async fn invited(&self, n: u128) -> (ContactId, Secret) {
        let email = format!("n{n}@fernwerk.example");
        let contact = self.add(n, Some(&email), None, ContactStanding::Active).await;
        let portal = self.world.portal.id;
        self.service.invite_from_command_line(portal, contact).await.unwrap();
        let letter = self.letter().await;
        assert_eq!(letter.to.as_str(), email);
        (contact, token(&letter))
    }

    async fn accept(&self, link: &Secret) -> Result<SignedIn, WayInError> {
        let command = AcceptInvitation {
            portal: self.world.portal.id,
            link: link.clone(),
            password: NEW_PASSWORD.to_owned(),
            again: NEW_PASSWORD.to_owned(),
            consent: None,
            device: String::new(),
        };
        self.service.accept_invitation(command).await
    }

    async fn register(&self, email: &str, network: &str) -> Result<(), WayInError> {
        let command = Register {
            portal: self.world.portal.id,
            name: "Ada New".to_owned(),
            email: email.to_owned(),
            language: Locale::german(),
            network: network.to_owned(),
        };
        self.service.register(command).await.map(|_| ())
    }

    async fn finish(&self, link: &Secret) -> Result<Registered, WayInError> {
        let command = FinishRegistration {
            portal: self.world.portal.id,
            link: link.clone(),
            name: "Ada New".to_owned(),
            password: NEW_PASSWORD.to_owned(),
            again: NEW_PASSWORD.to_owned(),
            consent: None,
            device: String::new(),
        };
        self.service.finish_registration(command).await
    }
}

fn link_of(letter: &Letter) -> &Link {
    match &letter.content {
        Content::Invitation { link, .. }
        | Content::VerifyAddress { link, .. }
        | Content::SignIn { link, .. }
        | Content::ResetPassword { link, .. }
        | Content::ConfirmAddress { link, .. }
        | Content::AddressChanging { link, .. } => link,
        Content::AddressChanged {
            undo: Some((link, _)), ..
        } => link,
        other => panic!("no link with a secret in {other:?}"),
    }
}

fn token(letter: &Letter) -> Secret {
    let text = link_of(letter).as_str();
    assert!(text.starts_with("https://localhost:8080/support/"), "{text}");
    Secret::presented(text.split_once("token=").unwrap().1).unwrap()
}

fn code(letter: &Letter) -> String {
    match &letter.content {
        Content::SignIn { code, .. } => code.clone(),
        other => panic!("no code in {other:?}"),
    }
}

fn is_gone<T>(outcome: &Result<T, WayInError>) -> bool {
    matches!(outcome, Err(WayInError::Gone))
}

#[tokio::test]
async fn reg_001_asking_for_mails_is_the_same_for_known_and_unknown_addresses() {
    let town = Town::new().await;
    let known = address("Jonas Weber");
    for purpose in [ChallengePurpose::SignIn, ChallengePurpose::Reset] {
        town.calls.take();
        town.request(purpose, &known).await.unwrap();
        let for_known = town.calls.take();
        town.request(purpose, "nobody@fernwerk.example").await.unwrap();
        assert_eq!(for_known, town.calls.take(), "{purpose:?}");
        assert_eq!(town.letters().await.len(), 1, "only the known address gets a mail");
    }
    town.calls.take();
    town.register(&known, "192.0.2.1").await.unwrap();
    let for_known = town.calls.take();
    town.register("stranger@new.example", "192.0.2.1").await.unwrap();
    assert_eq!(for_known, town.calls.take());
    let letters = town.letters().await;
    assert!(matches!(letters[0].content, Content::AlreadyRegistered { .. }));
    assert!(matches!(letters[1].content, Content::VerifyAddress { .. }));
}

#[tokio::test]
async fn reg_004_an_invitation_lets_one_of_a_hundred_in() {
    let town = Town::new().await;
    let (contact, link) = town.invited(70).await;
    let attempts = (0..100).map(|_| town.accept(&link));
    let mut wins = 0;
    for outcome in join_all(attempts).await {
        match outcome {
            Ok(signed_in) => {
                assert_eq!(signed_in.contact, contact);
                assert!(town.is_signed_in(&signed_in.secret).await);
                wins += 1;
            }
            Err(err) => assert!(matches!(err, WayInError::Gone), "{err}"),
        }
    }
    assert_eq!(wins, 1);
    assert!(town.by_password("n70@fernwerk.example", NEW_PASSWORD).await.is_ok());
}

/// All of them by turns.
async fn join_all<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = futures.map(Box::pin).collect();
    let mut done = Vec::new();
    std::future::poll_fn(|context| {
        running.retain_mut(|it| match it.as_mut().poll(context) {
            std::task::Poll::Ready(output) => {
                done.push(output);
                false
            }
            std::task::Poll::Pending => true,
        });
        if running.is_empty() {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    done
}

#[tokio::test]
async fn reg_005_an_expired_invitation_is_renewed_to_the_address_on_record() {
    let town = Town::new().await;
    let (_, link) = town.invited(70).await;
    let portal = town.world.portal.id;
    town.world.clock.advance(Duration::from_secs(7 * 24 * 3600 - 1));
    let look = async || town.service.look_at_invitation(portal, &link, &Locale::english()).await;
    assert!(matches!(look().await.unwrap(), InvitationLink::Open { .. }));
    assert!(is_gone(
        &town.service.renew_invitation(portal, &link, "192.0.2.1").await
    ));
    town.world.clock.advance(Duration::from_secs(2));
    assert!(is_gone(&town.accept(&link).await));
    let InvitationLink::Expired { hint } = look().await.unwrap() else {
        panic!("not expired");
    };
    assert_eq!(hint, "n•••@fernwerk.example");
    town.service.renew_invitation(portal, &link, "192.0.2.1").await.unwrap();
    let letter = town.letter().await;
    assert_eq!(letter.to.as_str(), "n70@fernwerk.example");
    assert!(is_gone(&town.accept(&link).await), "the old link is dead");
    assert!(town.accept(&token(&letter)).await.is_ok());
}

#[tokio::test]
async fn reg_010_mails_go_to_the_membership_email_only() {
    let town = Town::new().await;
    let both = town
        .add(
            71,
            Some("member@m.example"),
            Some("own@a.example"),
            ContactStanding::Active,
        )
        .await;
    let portal = town.world.portal.id;
    town.service.invite_from_command_line(portal, both).await.unwrap();
    let letter = town.letter().await;
    assert_eq!(letter.to.as_str(), "member@m.example");
    town.accept(&token(&letter)).await.unwrap();
    town.request(ChallengePurpose::Reset, "own@a.example").await.unwrap();
    assert!(town.letters().await.is_empty());
    assert!(town.by_password("own@a.example", NEW_PASSWORD).await.is_err());
    assert!(town.by_password("member@m.example", NEW_PASSWORD).await.is_ok());
    let without = town.add(72, None, Some("x@a.example"), ContactStanding::Active).await;
    let refused = town.service.invite_from_command_line(portal, without).await;
    assert!(matches!(refused, Err(MembersError::NoAddress)));
}

#[tokio::test]
async fn reg_016_an_unproven_registration_leaves_no_trace() {
    let town = Town::new().await;
    town.register("victim@fernwerk.example", "192.0.2.1").await.unwrap();
    let mut tx = town.world.store.begin(Access::Read).await.unwrap();
    let email = "victim@fernwerk.example".parse().unwrap();
    let found = tx
        .directory()
        .contact_by_membership_email(&Task::CommandLine, &email)
        .await
        .unwrap();
    assert!(found.is_none());
    assert!(town.by_password("victim@fernwerk.example", NEW_PASSWORD).await.is_err());
}

#[tokio::test]
async fn reg_017_a_company_is_proposed_by_the_exact_domain_and_never_granted() {
    let town = Town::new().await;
    let task = Task::CommandLine;
    let mut tx = town.world.store.begin(Access::Write).await.unwrap();
    let mut company = tx
        .directory()
        .company(&task, town.world.fernwerk)
        .await
        .unwrap()
        .unwrap();
    company.domain = Some("fernwerk.example".parse().unwrap());
    tx.directory().put_company(&task, &company).await.unwrap();
    tx.commit().await.unwrap();
    for (n, domain) in [
        "fernwerk.example",
        "evil-fernwerk.example",
        "fernwerk.example.evil.example",
        "sub.fernwerk.example",
        "gmail.com",
    ]
    .into_iter()
    .enumerate()
    {
        town.register(&format!("new{n}@{domain}"), &format!("198.51.100.{n}"))
            .await
            .unwrap();
        let link = token(&town.letter().await);
        let Registered::SignedIn(begun) = town.finish(&link).await.unwrap() else {
            panic!("has to wait");
        };
        let made = town.contact(begun.contact).await;
        assert_eq!(made.primary_company, None, "{domain}");
        assert!(made.companies.is_empty(), "{domain}");
        let mut tx = town.world.store.begin(Access::Read).await.unwrap();
        let registration = tx.members().registration_of_link(&link.hash()).await.unwrap().unwrap();
        let exact = (domain == "fernwerk.example").then_some(town.world.fernwerk);
        assert_eq!(registration.proposed, exact, "{domain}");
    }
}

#[tokio::test]
async fn reg_020_a_contact_without_account_becomes_theirs_only_after_proof() {
    let town = Town::new().await;
    let known = town
        .add(73, None, Some("greta@known.example"), ContactStanding::Active)
        .await;
    town.register("greta@known.example", "192.0.2.1").await.unwrap();
    assert_eq!(town.contact(known).await.membership_email, None);
    let letter = town.letter().await;
    assert_eq!(letter.to_name, None, "what was typed is not echoed");
    let link = token(&letter);
    let Registered::SignedIn(begun) = town.finish(&link).await.unwrap() else {
        panic!("has to wait");
    };
    assert_eq!(begun.contact, known);
    let now = town.contact(known).await;
    assert_eq!(now.membership_email.unwrap().as_str(), "greta@known.example");
    assert_eq!(now.name.as_str(), "New Person 73", "staff's name stays");
    assert!(is_gone(&town.finish(&link).await), "once");
}

#[tokio::test]
async fn reg_016_a_removed_contact_waits_for_staff() {
    let town = Town::new().await;
    let removed = town
        .add(74, Some("gone@known.example"), None, ContactStanding::Inactive)
        .await;
    let staff = town.staff(Permission::PortalSettings).await;
    town.register("gone@known.example", "192.0.2.1").await.unwrap();
    let link = token(&town.letter().await);
    assert!(matches!(town.finish(&link).await.unwrap(), Registered::Waiting));
    assert!(town.by_password("gone@known.example", NEW_PASSWORD).await.is_err());
    assert!(matches!(
        town.letter().await.content,
        Content::RegistrationPending { .. }
    ));
    let query = MemberQuery {
        limit: 50,
        ..MemberQuery::default()
    };
    let view = town
        .service
        .list_members(&staff, town.world.portal.id, query)
        .await
        .unwrap();
    let waiting = view.waiting.first().unwrap().id;
    let other = town.staff(Permission::HelpDesk).await;
    assert!(town.service.decide_registration(&other, waiting, true).await.is_err());
    town.service.decide_registration(&staff, waiting, true).await.unwrap();
    let again = town.service.decide_registration(&staff, waiting, false).await;
    assert!(matches!(again, Err(MembersError::Decided)));
    assert!(matches!(
        town.letter().await.content,
        Content::RegistrationApproved { .. }
    ));
    assert!(town.by_password("gone@known.example", NEW_PASSWORD).await.is_ok());
    assert_eq!(town.contact(removed).await.standing, ContactStanding::Inactive);
}

async fn ask_for_address(town: &Town, session: &SignedIn, email: &str) -> Result<(), WayInError> {
    let command = ChangeAddress {
        portal: town.world.portal.id,
        session: Some(session.session),
        email: email.to_owned(),
        password: PASSWORD.to_owned(),
        network: "192.0.2.1".to_owned(),
    };
    town.service
        .change_address(&Actor::signed_in(session.contact), command)
        .await
}

#[tokio::test]
async fn reg_025_an_address_changes_at_both_ends() {
    let town = Town::new().await;
    let portal = town.world.portal.id;
    let old = address("Jonas Weber");
    let own = town.by_password(&old, PASSWORD).await.unwrap();
    let elsewhere = town.by_password(&old, PASSWORD).await.unwrap();
    ask_for_address(&town, &own, "jonas@new.example").await.unwrap();
    let letters = town.letters().await;
    let confirm = letters
        .iter()
        .find(|it| it.to.as_str() == "jonas@new.example")
        .map(token)
        .unwrap();
    assert!(letters.iter().any(|it| it.to.as_str() == old));
    assert!(town.by_password(&old, PASSWORD).await.is_ok(), "the old one counts");
    assert!(town.by_password("jonas@new.example", PASSWORD).await.is_err());
    town.service.confirm_address(portal, &confirm).await.unwrap();
    assert!(is_gone(&town.service.confirm_address(portal, &confirm).await));
    assert!(town.is_signed_in(&own.secret).await, "the session it was asked for in");
    assert!(!town.is_signed_in(&elsewhere.secret).await);
    assert!(town.by_password(&old, PASSWORD).await.is_err());
    let fresh = town.by_password("jonas@new.example", PASSWORD).await.unwrap();
    let notice = town.letter().await;
    assert_eq!(notice.to.as_str(), old);
    town.world.clock.advance(Duration::from_secs(7 * 24 * 3600 - 5));
    town.service.revert_address(portal, &token(&notice)).await.unwrap();
    assert!(!town.is_signed_in(&own.secret).await);
    assert!(!town.is_signed_in(&fresh.secret).await);
    assert!(town.by_password(&old, PASSWORD).await.is_err(), "the password is known");
    assert_eq!(
        town.contact(town.world.jonas).await.membership_email.unwrap().as_str(),
        old
    );
}

#[tokio::test]
async fn reg_026_a_reset_gives_up_a_waiting_change_of_address() {
    let town = Town::new().await;
    let portal = town.world.portal.id;
    let old = address("Jonas Weber");
    let own = town.by_password(&old, PASSWORD).await.unwrap();
    ask_for_address(&town, &own, "jonas@new.example").await.unwrap();
    let letters = town.letters().await;
    let confirm = token(letters.iter().find(|it| it.to.as_str() != old).unwrap());
    town.request(ChallengePurpose::Reset, &old).await.unwrap();
    let link = token(&town.letter().await);
    let reset = ResetPassword {
        portal,
        link,
        new: NEW_PASSWORD.to_owned(),
        again: NEW_PASSWORD.to_owned(),
    };
    town.service.reset_password(reset).await.unwrap();
    assert!(is_gone(&town.service.confirm_address(portal, &confirm).await));
    assert!(!town.is_signed_in(&own.secret).await);
}

#[tokio::test]
async fn reg_029_a_reset_link_works_once_and_dies_with_a_newer_one_and_with_time() {
    let town = Town::new().await;
    let portal = town.world.portal.id;
    let jonas = address("Jonas Weber");
    let reset = async |link: &Secret| {
        let command = ResetPassword {
            portal,
            link: link.clone(),
            new: NEW_PASSWORD.to_owned(),
            again: NEW_PASSWORD.to_owned(),
        };
        town.service.reset_password(command).await
    };
    town.request(ChallengePurpose::Reset, &jonas).await.unwrap();
    let first = token(&town.letter().await);
    town.request(ChallengePurpose::Reset, &jonas).await.unwrap();
    let second = token(&town.letter().await);
    assert!(is_gone(&reset(&first).await), "a newer one was sent");
    reset(&second).await.unwrap();
    assert!(is_gone(&reset(&second).await), "it was used");
    assert!(matches!(town.letter().await.content, Content::PasswordChanged { .. }));
    assert!(town.by_password(&jonas, NEW_PASSWORD).await.is_ok());
    town.request(ChallengePurpose::Reset, &jonas).await.unwrap();
    let third = token(&town.letter().await);
    town.world.clock.advance(Duration::from_mins(30));
    assert!(is_gone(&reset(&third).await), "30 minutes are over");
}

#[tokio::test]
async fn reg_032_at_most_three_mails_an_hour_to_one_address_and_the_answer_stays_the_same() {
    let town = Town::new().await;
    let jonas = address("Jonas Weber");
    let mut sent = 0;
    for _ in 0..20 {
        town.request(ChallengePurpose::Reset, &jonas).await.unwrap();
        sent += town.letters().await.len();
        town.world.clock.advance(Duration::from_secs(61));
    }
    assert_eq!(sent, 3);
    let mut refused = 0;
    for n in 0..100 {
        let email = format!("a{n}@many.example");
        refused += usize::from(matches!(
            town.request(ChallengePurpose::SignIn, &email).await,
            Err(WayInError::TooSoon { .. })
        ));
    }
    assert!(refused >= 95, "{refused}");
}

#[tokio::test]
async fn reg_035_only_who_may_enter_when_the_mail_leaves_gets_one() {
    let town = Town::new().await;
    let group = AccessGroupId::from_uuid(id(800));
    let task = Task::CommandLine;
    let mut tx = town.world.store.begin(Access::Write).await.unwrap();
    let named = AccessGroup {
        id: group,
        name: "Customers".parse().unwrap(),
        ..portal_group(group)
    };
    tx.directory().put_group(&task, &named).await.unwrap();
    let mut portal = town.world.portal.clone();
    portal.access = AccessRule::Groups(BTreeSet::from([group]));
    tx.directory().put_portal(&task, &portal).await.unwrap();
    tx.commit().await.unwrap();
    let mut people = Vec::new();
    for n in 75..78 {
        let email = format!("m{n}@fernwerk.example");
        let who = town.add(n, Some(&email), None, ContactStanding::Active).await;
        let mut contact = town.contact(who).await;
        contact.groups = BTreeSet::from([group]);
        town.put(&contact).await;
        people.push(contact);
    }
    let staff = town.staff(Permission::PortalSettings).await;
    let plan = town.service.plan_invitations(&staff, portal.id).await.unwrap();
    assert_eq!((plan.recipients, plan.must_be_confirmed), (3, false));
    let few = town.service.confirm_invitations(&staff, portal.id, 2).await;
    assert!(matches!(few, Err(MembersError::Changed { now: 3 })));
    assert_eq!(town.service.confirm_invitations(&staff, portal.id, 3).await.unwrap(), 3);
    assert!(town.letters().await.is_empty(), "two minutes to think");
    people[0].groups.clear();
    town.put(&people[0]).await;
    town.world.clock.advance(Duration::from_secs(121));
    let mut to: Vec<String> = town.letters().await.iter().map(|it| it.to.to_string()).collect();
    to.sort();
    assert_eq!(to, ["m76@fernwerk.example", "m77@fernwerk.example"]);
    // Nobody gets a second one.
    assert_eq!(town.service.confirm_invitations(&staff, portal.id, 9).await.unwrap(), 0);
}

/// How many of each kind the plan has.
async fn resendable(town: &Town, staff: &StaffActor) -> (u64, u64, u64) {
    let plan = town.service.plan_resending(staff, town.world.portal.id).await.unwrap();
    (plan.failed, plan.expired, plan.pending)
}

#[tokio::test]
async fn reg_035_all_that_were_invited_are_sent_another_mail_and_the_links_before_are_dead() {
    let town = Town::new().await;
    let staff = town.staff(Permission::PortalSettings).await;
    let portal = town.world.portal.id;
    let (_, old) = town.invited(70).await;
    town.world.clock.advance(Duration::from_hours(7 * 24 + 1));
    let (_, pending) = town.invited(71).await;
    assert_eq!(resendable(&town, &staff).await, (0, 1, 1));
    let both = BTreeSet::from([MemberStatus::Expired, MemberStatus::Invited, MemberStatus::Registered]);
    let few = town.service.resend_invitations(&staff, portal, &both, 1).await;
    assert!(matches!(few, Err(MembersError::Changed { now: 2 })));
    assert_eq!(
        town.service.resend_invitations(&staff, portal, &both, 2).await.unwrap(),
        2
    );
    // What waits to leave is not sent a second time.
    assert_eq!(resendable(&town, &staff).await, (0, 0, 0));
    assert_eq!(
        town.service.resend_invitations(&staff, portal, &both, 9).await.unwrap(),
        0
    );
    assert!(is_gone(&town.accept(&pending).await) && is_gone(&town.accept(&old).await));
    assert!(town.letters().await.is_empty(), "two minutes to think");
    town.world.clock.advance(Duration::from_secs(121));
    let letters = town.letters().await;
    assert_eq!(letters.len(), 2, "one living delivery each");
    for letter in &letters {
        town.accept(&token(letter)).await.unwrap();
    }
    assert_eq!(resendable(&town, &staff).await, (0, 0, 0));
    let other = town.staff(Permission::HelpDesk).await;
    let refused = town.service.resend_invitations(&other, portal, &both, 9).await;
    assert!(matches!(refused, Err(MembersError::Staff(_))));
}

#[tokio::test]
async fn reg_035_many_mails_leave_some_a_minute() {
    let town = Town::new().await;
    let staff = town.staff(Permission::PortalSettings).await;
    let portal = town.world.portal.id;
    let statuses = BTreeSet::from([MemberStatus::Invited]);
    for n in 0..61 {
        let email = format!("many{n}@fernwerk.example");
        let who = town.add(2_000 + n, Some(&email), None, ContactStanding::Active).await;
        town.service.invite_member(&staff, portal, who).await.unwrap();
    }
    while !town.letters().await.is_empty() {}
    assert_eq!(
        town.service
            .resend_invitations(&staff, portal, &statuses, 61)
            .await
            .unwrap(),
        61
    );
    town.world.clock.advance(Duration::from_secs(121));
    let mut sent = 0;
    loop {
        match town.letters().await.len() {
            0 => break,
            some => sent += some,
        }
    }
    assert_eq!(sent, 60);
    town.world.clock.advance(Duration::from_mins(1));
    assert_eq!(town.letters().await.len(), 1);
}

fn portal_group(group: AccessGroupId) -> AccessGroup {
    AccessGroup {
        id: group,
        name: "Group".parse().unwrap(),
        kind: portal_core::crm::GroupKind::Static,
    }
}

#[tokio::test]
async fn reg_004_cancelled_invitations_send_nothing_and_revoked_links_are_dead() {
    let town = Town::new().await;
    let staff = town.staff(Permission::PortalSettings).await;
    let portal = town.world.portal.id;
    let who = town
        .add(79, Some("n79@fernwerk.example"), None, ContactStanding::Active)
        .await;
    town.service.invite_member(&staff, portal, who).await.unwrap();
    assert_eq!(town.service.cancel_invitations(&staff, portal).await.unwrap(), 1);
    assert!(town.letters().await.is_empty());
    town.service.invite_member(&staff, portal, who).await.unwrap();
    let first = token(&town.letter().await);
    town.service.invite_member(&staff, portal, who).await.unwrap();
    let second = token(&town.letter().await);
    assert!(is_gone(&town.accept(&first).await), "asked again");
    town.service.revoke_invitation(&staff, portal, who).await.unwrap();
    assert!(is_gone(&town.accept(&second).await), "revoked");
    let query = MemberQuery {
        limit: 50,
        ..MemberQuery::default()
    };
    let view = town.service.list_members(&staff, portal, query).await.unwrap();
    let status = view
        .members
        .iter()
        .find(|it| it.contact == who)
        .map(|it| it.status(town.service.now()));
    assert_eq!(status, Some(MemberStatus::NotInvited));
}

#[tokio::test]
async fn reg_003_whoever_is_invited_before_the_mail_left_gets_one_at_once_and_no_second() {
    let town = Town::new().await;
    let staff = town.staff(Permission::PortalSettings).await;
    let portal = town.world.portal.id;
    let who = town
        .add(78, Some("n78@fernwerk.example"), None, ContactStanding::Active)
        .await;
    let plan = town.service.plan_invitations(&staff, portal).await.unwrap();
    town.service
        .confirm_invitations(&staff, portal, plan.recipients)
        .await
        .unwrap();
    assert!(town.letters().await.is_empty(), "there is time to take them back");
    town.service.invite_member(&staff, portal, who).await.unwrap();
    assert_eq!(town.letter().await.to.as_str(), "n78@fernwerk.example");
    town.world.clock.advance(Duration::from_mins(3));
    let rest = town.letters().await;
    assert!(
        rest.iter().all(|it| it.to.as_str() != "n78@fernwerk.example"),
        "{rest:?}"
    );
}

#[tokio::test]
async fn log_017_a_link_signs_in_where_it_was_asked_for_and_elsewhere_with_the_code() {
    let town = Town::new().await;
    let portal = town.world.portal.id;
    let jonas = address("Jonas Weber");
    let asked = town.request(ChallengePurpose::SignIn, &jonas).await.unwrap();
    let letter = town.letter().await;
    let (link, code, browser) = (token(&letter), code(&letter), asked.browser.unwrap());
    for _ in 0..5 {
        let seen = town.service.look_at_sign_in_link(portal, &link, None).await.unwrap();
        assert!(seen.needs_code);
        assert_eq!(seen.device, "Firefox, Windows");
    }
    assert!(matches!(
        town.by_mail(None, Some(&link), None).await,
        Err(WayInError::Wrong)
    ));
    let seen = town
        .service
        .look_at_sign_in_link(portal, &link, Some(&browser))
        .await
        .unwrap();
    assert!(!seen.needs_code);
    let begun = town.by_mail(Some(&browser), Some(&link), None).await.unwrap();
    assert!(town.is_signed_in(&begun.secret).await);
    assert!(is_gone(&town.by_mail(Some(&browser), Some(&link), None).await), "once");
    assert!(matches!(
        town.by_mail(Some(&browser), None, Some(&code)).await,
        Err(WayInError::Wrong)
    ));
    town.request(ChallengePurpose::SignIn, &jonas).await.unwrap();
    let letter = town.letter().await;
    let elsewhere = town
        .by_mail(None, Some(&token(&letter)), Some(&self::code(&letter)))
        .await;
    assert!(elsewhere.is_ok());
}

#[tokio::test]
async fn log_004_a_code_can_be_guessed_five_times_and_ends_after_ten_minutes() {
    let town = Town::new().await;
    let jonas = address("Jonas Weber");
    let asked = town.request(ChallengePurpose::SignIn, &jonas).await.unwrap();
    let right = code(&town.letter().await);
    let browser = asked.browser.unwrap();
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        let guess = town.by_mail(Some(&browser), None, Some(wrong)).await;
        assert!(matches!(guess, Err(WayInError::Wrong)));
    }
    let late = town.by_mail(Some(&browser), None, Some(&right)).await;
    assert!(matches!(late, Err(WayInError::Wrong)), "even the right one");
    town.world.clock.advance(Duration::from_hours(1));
    let asked = town.request(ChallengePurpose::SignIn, &jonas).await.unwrap();
    let right = code(&town.letter().await);
    town.world.clock.advance(Duration::from_mins(10));
    let late = town.by_mail(asked.browser.as_ref(), None, Some(&right)).await;
    assert!(matches!(late, Err(WayInError::Gone)));
    town.world.clock.advance(Duration::from_hours(1));
    let asked = town.request(ChallengePurpose::SignIn, &jonas).await.unwrap();
    let right = code(&town.letter().await);
    let spaced = format!(" {} {}", &right[..3], &right[3..]);
    assert!(town.by_mail(asked.browser.as_ref(), None, Some(&spaced)).await.is_ok());
}

#[tokio::test]
async fn log_019_whoever_asked_for_somebody_elses_mail_gets_nothing() {
    let town = Town::new().await;
    let mallory = town
        .request(ChallengePurpose::SignIn, &address("Aylin Demir"))
        .await
        .unwrap()
        .browser
        .unwrap();
    let letter = town.letter().await;
    // Aylin opens the link with her own browser: she is told who asked, and is not signed in by it.
    let seen = town
        .service
        .look_at_sign_in_link(town.world.portal.id, &token(&letter), None)
        .await
        .unwrap();
    assert!(seen.needs_code);
    let without = town.by_mail(Some(&mallory), None, None).await;
    assert!(matches!(without, Err(WayInError::Wrong)));
}

#[tokio::test]
async fn log_011_signing_out_everywhere_ends_tokens_too() {
    let town = Town::new().await;
    let jonas = town.by_password(&address("Jonas Weber"), PASSWORD).await.unwrap();
    let actor = Actor::signed_in(jonas.contact);
    let token = town
        .service
        .create_api_token(
            &actor,
            portal_core::membership::CreateApiToken {
                portal: town.world.portal.id,
                name: "script".to_owned(),
                mode: portal_core::actor::Mode::Read,
                days: 30,
            },
        )
        .await
        .unwrap();
    let portal = &town.world.portal;
    let works = async || {
        town.service
            .arrive(&portal.host, &portal.slug, &Credential::Token(token.secret.clone()))
            .await
            .unwrap()
            .unwrap()
            .visitor
            .is_some()
    };
    assert!(works().await);
    town.service
        .end_sessions(&actor, EndSessions::OthersThan(jonas.session))
        .await
        .unwrap();
    assert!(!works().await);
    assert!(town.is_signed_in(&jonas.secret).await);
}

#[tokio::test]
async fn log_005_a_known_device_may_still_try_while_somebody_else_guesses() {
    let town = Town::new().await;
    let alice = address("Jonas Weber");
    let mark = town.by_password(&alice, PASSWORD).await.unwrap().mark.unwrap();
    let from = async |known_as: Option<&DeviceMark>, password: &str| {
        let command = SignIn {
            portal: town.world.portal.id,
            email: alice.clone(),
            password: password.to_owned(),
            network: "198.51.100.7".to_owned(),
            device: String::new(),
            known_as: known_as.cloned(),
        };
        town.service.sign_in(command).await
    };
    // Mallory guesses from a thousand networks until the address is blocked; no step is longer than 15 minutes.
    for n in 0..100 {
        town.world.clock.advance(Duration::from_mins(15));
        let guess = SignIn {
            portal: town.world.portal.id,
            email: alice.clone(),
            password: "a wild guess of hers".to_owned(),
            network: format!("203.0.113.{n}"),
            device: String::new(),
            known_as: None,
        };
        assert!(
            matches!(town.service.sign_in(guess).await, Err(SignInError::Wrong)),
            "{n}"
        );
    }
    assert!(matches!(from(None, PASSWORD).await, Err(SignInError::Blocked)));
    let marked = from(Some(&mark), PASSWORD).await.unwrap();
    assert!(marked.mark.is_some(), "it stays known");
    assert!(
        matches!(from(None, PASSWORD).await, Err(SignInError::Blocked)),
        "others stay where they were"
    );
    // The device has a ladder of its own, and opens nothing for anybody else.
    for _ in 0..3 {
        assert!(matches!(
            from(Some(&mark), "not her password").await,
            Err(SignInError::Wrong)
        ));
    }
    assert!(matches!(
        from(Some(&mark), PASSWORD).await,
        Err(SignInError::TooSoon { .. })
    ));
    town.world.clock.advance(Duration::from_secs(4));
    from(Some(&mark), PASSWORD).await.unwrap();
    let other = SignIn {
        portal: town.world.portal.id,
        email: address("Ann Fern"),
        password: "not hers".to_owned(),
        network: "198.51.100.8".to_owned(),
        device: String::new(),
        known_as: Some(mark.clone()),
    };
    assert!(matches!(town.service.sign_in(other).await, Err(SignInError::Wrong)));
    for forged in ["", "00", "zz", &mark.expose()[2..], &"ab".repeat(300)] {
        let forged = DeviceMark::presented(forged);
        assert!(matches!(
            from(forged.as_ref(), PASSWORD).await,
            Err(SignInError::Blocked)
        ));
    }
}

#[tokio::test]
async fn log_011_signing_out_everywhere_forgets_devices() {
    let town = Town::new().await;
    let alice = address("Jonas Weber");
    let signed_in = town.by_password(&alice, PASSWORD).await.unwrap();
    let actor = Actor::signed_in(signed_in.contact);
    town.world.clock.advance(Duration::from_secs(1));
    let newer = town.by_password(&alice, PASSWORD).await.unwrap();
    let others = EndSessions::OthersThan(newer.session);
    town.service.end_sessions(&actor, others).await.unwrap();
    for n in 0..100 {
        town.world.clock.advance(Duration::from_mins(15));
        let guess = SignIn {
            portal: town.world.portal.id,
            email: alice.clone(),
            password: "a wild guess of hers".to_owned(),
            network: format!("203.0.113.{n}"),
            device: String::new(),
            known_as: None,
        };
        assert!(town.service.sign_in(guess).await.is_err());
    }
    for mark in [signed_in.mark, newer.mark] {
        let command = SignIn {
            portal: town.world.portal.id,
            email: alice.clone(),
            password: PASSWORD.to_owned(),
            network: "198.51.100.7".to_owned(),
            device: String::new(),
            known_as: mark,
        };
        assert!(matches!(town.service.sign_in(command).await, Err(SignInError::Blocked)));
    }
}

/// Whoever registers an address that is not theirs has nothing to wait with: no session, no account, no link. What the owner
/// makes of the mail is the owner's alone.
#[tokio::test]
async fn reg_022_a_registration_by_somebody_else_opens_nothing_for_them() {
    let town = Town::new().await;
    town.register("victim@new.example", "198.51.100.7").await.unwrap();
    let link = token(&town.letter().await);
    town.register("victim@new.example", "198.51.100.7").await.unwrap();
    town.letters().await;
    let Ok(Registered::SignedIn(begun)) = town.finish(&link).await else {
        // The newer mail ended the older link; that is as good.
        return;
    };
    assert!(town.is_signed_in(&begun.secret).await);
    let mut tx = town.world.store.begin(Access::Read).await.unwrap();
    let sessions = tx.accounts().sessions(begun.contact, NOW).await.unwrap();
    assert_eq!(sessions.len(), 1, "the owner's, and nobody else's");
    drop(tx);
    assert!(is_gone(&town.finish(&link).await), "the link is used up");
}

#[tokio::test]
async fn log_020_an_address_of_the_staff_gets_no_mail_to_sign_in_with_and_the_same_answer() {
    let town = Town::new().await;
    town.staff(Permission::Admin).await;
    let staff = format!("{}@kestrel.example", Permission::Admin.name());
    town.calls.take();
    town.request(ChallengePurpose::SignIn, &staff).await.unwrap();
    let of_staff = town.calls.take();
    town.request(ChallengePurpose::SignIn, "nobody@kestrel.example")
        .await
        .unwrap();
    assert_eq!(of_staff, town.calls.take(), "the store is asked the same");
    assert!(town.letters().await.is_empty());
}

/// Comparisons are of bytes: what a collation would take for the same is another address, or none.
#[tokio::test]
async fn reg_014_nobody_is_found_by_what_only_looks_like_their_address() {
    let town = Town::new().await;
    town.add(74, Some("mike@strasse.example"), None, ContactStanding::Active)
        .await;
    for other in [
        "m\u{ed}ke@strasse.example",
        "M\u{130}KE@strasse.example",
        "mike@stra\u{df}e.example",
        "mike@strasse.example\u{200b}",
        "\u{200f}mike@strasse.example",
        "mik\u{2067}e@strasse.example",
        "\u{fb01}mike@strasse.example",
        "mike@xn--strae-oqa.example",
    ] {
        for purpose in [ChallengePurpose::SignIn, ChallengePurpose::Reset] {
            // Refused as no address at all, or answered as an unknown one.
            let _ = town.request(purpose, other).await;
        }
        assert!(town.letters().await.is_empty(), "{other:?}");
    }
}
