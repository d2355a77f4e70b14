//! One portal, two companies, five people, and a service over them.

use std::collections::BTreeSet;
use std::time::Duration;

use portal_core::Portal;
use portal_core::access::{AccessRule, CustomersMay, TicketPermission};
use portal_core::actor::{Actor, Task};
use portal_core::crm::{Company, Contact, ContactStanding};
use portal_core::id::{CompanyId, ContactId, InboxId, PipelineId, PortalId, StatusId, TicketNumber, Uuid};
use portal_core::membership::{Account, Password};
use portal_core::ports::{Access, Files, IdempotencyKey, Passwords, Store};
use portal_core::property::PropertyValues;
use portal_core::settings::{CustomerPortal, Inbox, SessionLimits, SetUp};
use portal_core::text::Locale;
use portal_core::ticket::{
    OpenTicket, Pipeline, Priority, Stage, Status, Ticket, TicketView, TimelineWindow, ViewTicket,
};
use portal_core::time::Timestamp;
use portal_testkit::MemoryStore;
use portal_testkit::fakes::{
    FixedClock, MemoryFiles, NoPause, PlainBodies, PlainPasswords, RecordingObserver, SeededSecrets, SequentialIds,
};

pub(crate) const NOW: Timestamp = Timestamp::from_micros(1_763_812_800_000_000);
pub(crate) const PASSWORD: &str = "seven green kestrels";

pub(crate) fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub(crate) struct World {
    pub(crate) service: Portal,
    pub(crate) store: MemoryStore,
    pub(crate) clock: FixedClock,
    pub(crate) portal: CustomerPortal,
    pub(crate) fernwerk: CompanyId,
    pub(crate) jonas: ContactId,
    pub(crate) aylin: ContactId,
    pub(crate) greta: ContactId,
    pub(crate) stranger: ContactId,
}

pub(crate) fn portal(permission: TicketPermission, may: CustomersMay) -> CustomerPortal {
    CustomerPortal {
        id: PortalId::from_uuid(id(2)),
        name: "Kestrel Support".parse().unwrap(),
        host: "localhost:8080".parse().unwrap(),
        slug: "support".parse().unwrap(),
        language: Locale::english(),
        offered: BTreeSet::from([Locale::english(), Locale::german()]),
        time_zone: "Europe/Berlin".to_owned(),
        published: true,
        default_inbox: InboxId::from_uuid(id(3)),
        permission,
        access: AccessRule::EveryRegisteredContact,
        may,
        hidden_pipelines: BTreeSet::new(),
        categories: vec!["Hardware".parse().unwrap(), "Billing".parse().unwrap()],
        sessions: SessionLimits::default(),
        revision: 1,
        send_registration_mails: false,
        set_up: SetUp::Finished,
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(TicketPermission::Company, CustomersMay::default()).await
    }

    pub(crate) async fn with(permission: TicketPermission, may: CustomersMay) -> Self {
        Self::with_gateways(permission, may, MemoryFiles::default(), PlainPasswords::default()).await
    }

    pub(crate) async fn with_gateways(
        permission: TicketPermission,
        may: CustomersMay,
        files: impl Files,
        passwords: impl Passwords,
    ) -> Self {
        let store = MemoryStore::new();
        let clock = FixedClock::at(NOW);
        let portal = portal(permission, may);
        let fernwerk = CompanyId::from_uuid(id(40));
        let other = CompanyId::from_uuid(id(41));
        let task = Task::CommandLine;
        let stages = [
            ("New", Stage::Received),
            ("Open", Stage::InProgress),
            ("Waiting", Stage::WaitingOnContact),
            ("Done", Stage::Closed),
        ];
        let statuses = stages.into_iter().zip(10..).map(|((name, stage), n)| Status {
            id: StatusId::from_uuid(id(n)),
            name: name.parse().unwrap(),
            stage,
            customer_label: None,
            explanation: None,
        });
        let pipeline = Pipeline::new(
            PipelineId::from_uuid(id(1)),
            "Support".parse().unwrap(),
            statuses.collect(),
        )
        .unwrap();
        let inbox = Inbox {
            id: portal.default_inbox,
            name: "Service".parse().unwrap(),
            portal: Some(portal.id),
            pipeline: pipeline.id(),
            moving_to: None,
        };
        let mut tx = store.begin(Access::Write).await.unwrap();
        tx.directory().put_pipeline(&task, &pipeline).await.unwrap();
        tx.directory().put_portal(&task, &portal).await.unwrap();
        tx.directory().put_inbox(&task, &inbox).await.unwrap();
        for (company, name) in [(fernwerk, "Fernwerk GmbH"), (other, "Other AG")] {
            let company = Company {
                id: company,
                name: name.parse().unwrap(),
                domain: None,
                properties: PropertyValues::new(),
                external_id: None,
                created_at: NOW,
            };
            tx.directory().put_company(&task, &company).await.unwrap();
        }
        let hash = PlainPasswords::default()
            .hash(&Password::typed(PASSWORD.to_owned()).unwrap())
            .await
            .unwrap();
        let people = [
            ("Jonas Weber", Some(fernwerk)),
            ("Aylin Demir", Some(fernwerk)),
            ("Greta Holm", Some(fernwerk)),
            ("Max Stranger", Some(other)),
        ];
        let mut ids = Vec::new();
        for ((name, company), n) in people.into_iter().zip(50..) {
            let contact = Contact {
                id: ContactId::from_uuid(id(n)),
                name: name.parse().unwrap(),
                email: None,
                membership_email: Some(address(name).parse().unwrap()),
                standing: ContactStanding::Active,
                primary_company: company,
                companies: company.into_iter().collect(),
                groups: BTreeSet::new(),
                language: None,
                time_zone: None,
                properties: PropertyValues::new(),
                external_id: None,
                created_at: NOW,
            };
            tx.directory().put_contact(&task, &contact).await.unwrap();
            let account = Account {
                contact: contact.id,
                password_hash: hash.clone(),
                password_set_at: NOW,
            };
            tx.accounts().put_account(&account).await.unwrap();
            ids.push(contact.id);
        }
        tx.commit().await.unwrap();
        let service = Portal::builder()
            .store(store.clone())
            .files(files)
            .passwords(passwords)
            .bodies(PlainBodies)
            .clock(clock.clone())
            .ids(SequentialIds::series(9))
            .secrets(SeededSecrets::new(9))
            .pacer(NoPause)
            .observer(RecordingObserver::default())
            .build()
            .unwrap();
        Self {
            service,
            store,
            clock,
            portal,
            fernwerk,
            jonas: ids[0],
            aylin: ids[1],
            greta: ids[2],
            stranger: ids[3],
        }
    }

    /// The same service over something around the store.
    pub(crate) fn service_over(&self, store: impl Store + 'static) -> Portal {
        Portal::builder()
            .store(store)
            .files(MemoryFiles::default())
            .passwords(PlainPasswords::default())
            .bodies(PlainBodies)
            .clock(self.clock.clone())
            .ids(SequentialIds::series(10))
            .secrets(SeededSecrets::new(10))
            .pacer(NoPause)
            .build()
            .unwrap()
    }

    /// Lets days pass.
    pub(crate) fn days(&self, days: u64) {
        self.clock.advance(Duration::from_hours(days * 24));
    }

    pub(crate) fn draft(&self, subject: &str) -> OpenTicket {
        OpenTicket {
            portal: self.portal.id,
            subject: subject.to_owned(),
            description: format!("Text of {subject}"),
            category: None,
            priority: Priority::Normal,
            private: false,
            fields: std::collections::BTreeMap::new(),
            files: vec![],
            key: None,
        }
    }

    pub(crate) async fn open(&self, who: ContactId, subject: &str) -> TicketNumber {
        self.service
            .open_ticket(&Actor::signed_in(who), self.draft(subject))
            .await
            .unwrap()
            .number
    }

    pub(crate) async fn view(&self, who: ContactId, number: TicketNumber) -> Option<TicketView> {
        let query = ViewTicket {
            portal: self.portal.id,
            number,
            window: TimelineWindow::All,
        };
        self.service.view_ticket(&Actor::signed_in(who), query).await.ok()
    }

    pub(crate) async fn stored(&self, number: TicketNumber) -> Ticket {
        let mut tx = self.store.begin(Access::Read).await.unwrap();
        tx.tickets().load(&Task::Maintenance, number).await.unwrap().unwrap()
    }

    /// Changes a ticket as staff would.
    pub(crate) async fn change(&self, number: TicketNumber, change: impl FnOnce(&mut Ticket)) {
        let mut tx = self.store.begin(Access::Write).await.unwrap();
        let mut ticket = tx.tickets().load(&Task::Maintenance, number).await.unwrap().unwrap();
        let expected = ticket.version;
        change(&mut ticket);
        ticket.version.0 += 1;
        assert!(tx.tickets().update(&ticket, expected).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// Puts a ticket into a stage as staff would.
    pub(crate) async fn stage(&self, number: TicketNumber, stage: Stage) {
        let now = self.service.now();
        let n = 10 + Stage::ALL.iter().position(|it| *it == stage).unwrap() as u128;
        self.change(number, |it| {
            it.stage = stage;
            it.status = StatusId::from_uuid(id(n));
            it.closed_at = (stage == Stage::Closed).then_some(now);
        })
        .await;
    }
}

pub(crate) fn address(name: &str) -> String {
    format!("{}@fernwerk.example", name.to_lowercase().replace(' ', "."))
}

pub(crate) fn key(text: &str) -> IdempotencyKey {
    text.parse().unwrap()
}
