//! Setting portals up and changing them.

use std::collections::BTreeSet;

use portal_core::Portal;
use portal_core::access::{AccessRule, CustomersMay, TicketPermission};
use portal_core::actor::{Mode, Task};
use portal_core::audit::{AuditEvent, AuditQuery};
use portal_core::crm::{AccessGroup, GroupKind};
use portal_core::id::{AccessGroupId, AgentId, PortalId};
use portal_core::input::{ProblemKind, Problems};
use portal_core::membership::Credential;
use portal_core::ports::{Access, Store};
use portal_core::settings::{
    AccessSettings, Address, BeginPortal, ChangeSettings, ChangeSettingsError, CheckState, ConnectDomain, DomainCheck,
    DomainError, General, PortalView, PrivateContent, PublishPortal, RollBackSettings, SaveStep, Section, SetUpStep,
    SettingsOwner, SettingsValue, TicketSettings,
};
use portal_core::staff::{InboxAccess, Permission, StaffActor, StaffError, StaffStanding, StaffUser};
use portal_core::text::Locale;
use portal_testkit::fakes::{
    FixedClock, KnownNames, MemoryFiles, NoPause, PlainBodies, PlainPasswords, SeededSecrets, SequentialIds,
};
use portal_testkit::{MemoryStore, block_on};

use crate::fixture::{NOW, id};

struct Office {
    service: Portal,
    store: MemoryStore,
    names: KnownNames,
    mara: StaffActor,
    group: AccessGroupId,
}

fn agent(n: u128, permissions: &[Permission]) -> StaffUser {
    StaffUser {
        id: AgentId::from_uuid(id(n)),
        name: "Mara".parse().unwrap(),
        email: format!("agent{n}@kestrel.example").parse().unwrap(),
        permissions: permissions.iter().copied().collect(),
        inboxes: InboxAccess::All,
        standing: StaffStanding::Active,
        language: None,
        time_zone: None,
        created_at: NOW,
    }
}

impl Office {
    async fn new() -> Self {
        let (store, names) = (MemoryStore::new(), KnownNames::default());
        let group = AccessGroupId::from_uuid(id(70));
        let mut tx = store.begin(Access::Write).await.unwrap();
        let task = Task::CommandLine;
        for it in [
            agent(1, &[Permission::PortalSettings]),
            agent(2, &[Permission::HelpDesk]),
        ] {
            tx.staffing().put_staff_user(&task, &it).await.unwrap();
        }
        let customers = AccessGroup {
            id: group,
            name: "Customers".parse().unwrap(),
            kind: GroupKind::Static,
        };
        tx.directory().put_group(&task, &customers).await.unwrap();
        tx.commit().await.unwrap();
        let service = Portal::builder()
            .store(store.clone())
            .files(MemoryFiles::default())
            .passwords(PlainPasswords::default())
            .bodies(PlainBodies)
            .clock(FixedClock::at(NOW))
            .ids(SequentialIds::series(9))
            .secrets(SeededSecrets::new(9))
            .pacer(NoPause)
            .resolver(names.clone())
            .base_url("https://help.kestrel.example".parse().unwrap())
            .build()
            .unwrap();
        Self {
            service,
            store,
            names,
            mara: StaffActor::signed_in(AgentId::from_uuid(id(1)), true),
            group,
        }
    }

    async fn begin(&self, name: &str) -> PortalId {
        let command = BeginPortal {
            name: name.to_owned(),
            language: Locale::english(),
            time_zone: "Europe/Berlin".to_owned(),
        };
        self.service.begin_portal(&self.mara, &command).await.unwrap()
    }

    async fn view(&self, portal: PortalId) -> PortalView {
        self.service.view_portal(&self.mara, portal).await.unwrap()
    }

    async fn save(&self, portal: PortalId, step: SetUpStep, value: SettingsValue) -> Result<(), ChangeSettingsError> {
        let seen_version = self.view(portal).await.version(value.section());
        let command = SaveStep {
            portal,
            step,
            value,
            seen_version,
        };
        self.service.save_step(&self.mara, &command).await.map(drop)
    }

    /// A portal that went through all steps.
    async fn ready(&self, name: &str) -> PortalId {
        let portal = self.begin(name).await;
        let view = self.view(portal).await;
        let address = Address {
            domain: view.domain.unwrap().id,
            slug: view.portal.slug.clone(),
        };
        let steps = [
            (SetUpStep::Address, SettingsValue::Address(address)),
            (
                SetUpStep::Tickets,
                SettingsValue::Tickets(TicketSettings::of(&view.portal)),
            ),
            (SetUpStep::Access, SettingsValue::Access(self.members())),
        ];
        for (step, value) in steps {
            self.save(portal, step, value).await.unwrap();
        }
        portal
    }

    fn members(&self) -> AccessSettings {
        AccessSettings {
            rule: AccessRule::Groups(BTreeSet::from([self.group])),
            send_registration_mails: false,
        }
    }

    async fn publish(&self, portal: PortalId) -> Result<(), ChangeSettingsError> {
        let command = PublishPortal {
            portal,
            send_registration_mails: false,
            recipients: 0,
            seen_revision: self.view(portal).await.portal.revision,
        };
        self.service.publish_portal(&self.mara, command).await.map(drop)
    }

    async fn change(&self, portal: PortalId, value: SettingsValue) -> Result<(), ChangeSettingsError> {
        let command = ChangeSettings {
            owner: SettingsOwner::Portal(portal),
            seen_version: self.view(portal).await.version(value.section()),
            value,
        };
        self.service.change_settings(&self.mara, &command).await.map(drop)
    }

    async fn audited(&self) -> Vec<AuditEvent> {
        let mut tx = self.store.begin(Access::Read).await.unwrap();
        let entries = tx
            .audit()
            .audit_page(&Task::CommandLine, &AuditQuery::default(), 100)
            .await
            .unwrap();
        entries.into_iter().map(|it| it.event).collect()
    }

    async fn is_at(&self, slug: &str) -> Option<bool> {
        let host = "help.kestrel.example".parse().unwrap();
        let slug = slug.parse().unwrap();
        let found = self.service.arrive(&host, &slug, &Credential::None).await.unwrap();
        found.map(|it| it.portal.published)
    }
}

fn kinds(err: ChangeSettingsError) -> Vec<ProblemKind> {
    match err {
        ChangeSettingsError::Problems(problems) => list(&problems),
        other => panic!("{other}"),
    }
}

fn list(problems: &Problems) -> Vec<ProblemKind> {
    problems.list().iter().map(|it| it.kind.clone()).collect()
}

#[test]
fn four_steps_lead_to_a_published_portal() {
    block_on(async {
        let it = Office::new().await;
        let portal = it.begin("Kestrel Support").await;
        let view = it.view(portal).await;
        assert_eq!(view.portal.set_up.resume_at(), Some(SetUpStep::Address));
        assert_eq!(view.portal.slug.as_str(), "support");
        assert_eq!(
            view.portal.permission,
            TicketPermission::Own,
            "the narrowest is the default"
        );
        assert!(view.checks.iter().any(|it| it.state == CheckState::Missing));
        assert!(it.publish(portal).await.is_err(), "nothing is published half set up");
        let portal = it.ready("Kestrel Partners").await;
        it.publish(portal).await.unwrap();
        let view = it.view(portal).await;
        assert!(view.portal.published && !view.portal.set_up.is_draft());
        let inbox = view.inboxes.iter().find(|it| it.id == view.portal.default_inbox);
        assert_eq!(inbox.and_then(|it| it.portal), Some(portal));
        assert_eq!(it.is_at("support-2").await, Some(true));
        let audited = it.audited().await;
        for event in [
            AuditEvent::PortalBegun,
            AuditEvent::SettingsChanged,
            AuditEvent::PortalPublished,
        ] {
            assert!(audited.contains(&event), "{event:?}");
        }
    });
}

#[test]
fn adm_004_whoever_lacks_the_permission_changes_nothing() {
    block_on(async {
        let it = Office::new().await;
        let portal = it.ready("Kestrel").await;
        let before = it.view(portal).await;
        let help_desk = StaffActor::signed_in(AgentId::from_uuid(id(2)), true);
        let reader = StaffActor {
            mode: Mode::Read,
            ..it.mara.clone()
        };
        for actor in [help_desk.clone(), reader] {
            let change = ChangeSettings {
                owner: SettingsOwner::Portal(portal),
                value: SettingsValue::Customers(CustomersMay::default()),
                seen_version: 0,
            };
            let refused = it.service.change_settings(&actor, &change).await;
            assert!(matches!(
                refused,
                Err(ChangeSettingsError::Staff(StaffError::Refused(_)))
            ));
            let publish = PublishPortal {
                portal,
                send_registration_mails: false,
                recipients: 0,
                seen_revision: before.portal.revision,
            };
            assert!(it.service.publish_portal(&actor, publish).await.is_err());
            assert!(it.service.unpublish_portal(&actor, portal).await.is_err());
            assert!(it.service.delete_portal(&actor, portal, "Kestrel").await.is_err());
            let connect = ConnectDomain {
                host: "help.other.example".to_owned(),
                language: Locale::english(),
            };
            assert!(it.service.connect_domain(&actor, &connect).await.is_err());
        }
        assert!(it.service.view_portal(&help_desk, portal).await.is_err());
        assert_eq!(it.view(portal).await, before);
    });
}

#[test]
fn adm_013_names_of_portals_are_short_and_visible() {
    block_on(async {
        let it = Office::new().await;
        let long = "x".repeat(10_000);
        for name in ["", " ", "a\u{202e}b", "a\nb", long.as_str()] {
            let command = BeginPortal {
                name: name.to_owned(),
                language: Locale::english(),
                time_zone: "UTC".to_owned(),
            };
            let refused = it.service.begin_portal(&it.mara, &command).await;
            assert!(matches!(refused, Err(ChangeSettingsError::Problems(_))), "{name:?}");
        }
        it.begin("</title><script>{{7*7}}").await;
    });
}

#[test]
fn adm_022_a_domain_is_served_only_once_its_record_is_there() {
    block_on(async {
        let it = Office::new().await;
        for host in [
            "xn--80ak6aa92e.com",
            "kęstrel.example",
            "10.0.0.1",
            "nodots",
            "a b",
            "https://x.example",
        ] {
            let command = ConnectDomain {
                host: host.to_owned(),
                language: Locale::english(),
            };
            let refused = it.service.connect_domain(&it.mara, &command).await;
            assert!(matches!(refused, Err(DomainError::Problems(_))), "{host}");
        }
        let command = ConnectDomain {
            host: "Support.Other.example".to_owned(),
            language: Locale::german(),
        };
        let domain = it.service.connect_domain(&it.mara, &command).await.unwrap();
        assert!(!domain.ownership.is_proven());
        assert!(!it.service.served_hosts().await.unwrap().contains(&domain.host));
        let name = domain.record_name().unwrap();
        assert_eq!(name, "_portal-challenge.support.other.example");
        let check = || it.service.check_domain(&it.mara, domain.id);
        assert_eq!(check().await.unwrap(), DomainCheck::NoRecord);
        it.names.set(name.clone(), &["portal-domain=something else"]);
        assert_eq!(check().await.unwrap(), DomainCheck::OtherRecord);
        assert!(!it.service.served_hosts().await.unwrap().contains(&domain.host));

        // A portal on a domain that nobody proved is not published.
        let portal = it.ready("Kestrel").await;
        let address = |slug: &str| {
            SettingsValue::Address(Address {
                domain: domain.id,
                slug: slug.parse().unwrap(),
            })
        };
        it.save(portal, SetUpStep::Address, address("support")).await.unwrap();
        assert!(it.publish(portal).await.is_err());
        it.names.set(name, &["v=spf1 -all", domain.record_value().unwrap()]);
        assert_eq!(check().await.unwrap(), DomainCheck::Proven);
        assert!(it.service.served_hosts().await.unwrap().contains(&domain.host));
        it.publish(portal).await.unwrap();
        assert_eq!(it.view(portal).await.portal.language, Locale::german());
        it.service
            .change_domain_language(&it.mara, domain.id, &Locale::english())
            .await
            .unwrap();
        assert_eq!(it.view(portal).await.portal.language, Locale::english());
        let twice = it.service.connect_domain(&it.mara, &command).await;
        assert!(matches!(twice, Err(DomainError::Problems(it)) if list(&it) == [ProblemKind::Taken]));
        let in_use = it.service.remove_domain(&it.mara, domain.id).await;
        assert!(matches!(in_use, Err(DomainError::InUse)));
    });
}

#[test]
fn own_hosts_work_at_once() {
    block_on(async {
        let it = Office::new().await;
        for host in ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "help.kestrel.example"] {
            let command = ConnectDomain {
                host: host.to_owned(),
                language: Locale::english(),
            };
            let domain = it.service.connect_domain(&it.mara, &command).await.unwrap();
            assert!(domain.ownership.is_proven(), "{host}");
        }
    });
}

#[test]
fn old_slugs_lead_on_and_stay_reserved() {
    block_on(async {
        let it = Office::new().await;
        let (first, second) = (it.ready("First").await, it.ready("Second").await);
        it.publish(first).await.unwrap();
        let domain = it.view(first).await.domain.unwrap();
        let address = |slug: &str| {
            SettingsValue::Address(Address {
                domain: domain.id,
                slug: slug.parse().unwrap(),
            })
        };
        it.change(first, address("hilfe")).await.unwrap();
        let old = "support".parse().unwrap();
        let found = it.service.formerly_at(&domain.host, &old).await.unwrap();
        assert_eq!(found.map(|it| it.id), Some(first));
        assert_eq!(
            kinds(it.change(second, address("support")).await.unwrap_err()),
            [ProblemKind::Taken]
        );
        assert_eq!(
            kinds(it.change(second, address("hilfe")).await.unwrap_err()),
            [ProblemKind::Taken]
        );
        assert_eq!(
            kinds(it.change(second, address("hi1fe")).await.unwrap_err()),
            [ProblemKind::LookAlike]
        );
        assert_eq!(
            kinds(it.change(second, address("adm1n")).await.unwrap_err()),
            [ProblemKind::LookAlike]
        );
        // Its own old slug is its own to take back.
        it.change(first, address("support")).await.unwrap();
        assert_eq!(it.service.formerly_at(&domain.host, &old).await.unwrap(), None);
        // A draft was never anywhere: nothing is kept of where it was.
        it.change(second, address("zweite")).await.unwrap();
        let draft = "support-2".parse().unwrap();
        assert_eq!(it.service.formerly_at(&domain.host, &draft).await.unwrap(), None);
    });
}

#[test]
fn a_lost_update_is_refused_and_shows_what_is_there() {
    block_on(async {
        let it = Office::new().await;
        let portal = it.ready("Kestrel").await;
        it.publish(portal).await.unwrap();
        let may = |close| {
            SettingsValue::Customers(CustomersMay {
                close,
                ..CustomersMay::default()
            })
        };
        it.change(portal, may(false)).await.unwrap();
        // What was there before anybody changed it is the first version.
        let seen = it.view(portal).await.version(Section::Customers);
        assert_eq!(seen, 2);
        let command = |value, seen_version| ChangeSettings {
            owner: SettingsOwner::Portal(portal),
            value,
            seen_version,
        };
        let mara = it
            .service
            .change_settings(&it.mara, &command(may(true), seen))
            .await
            .unwrap();
        let revision = it.view(portal).await.portal.revision;
        let late = it.service.change_settings(&it.mara, &command(may(false), seen)).await;
        match late {
            Err(ChangeSettingsError::Conflict { theirs }) => assert_eq!(*theirs, mara),
            other => panic!("{other:?}"),
        }
        let view = it.view(portal).await;
        assert!(view.portal.may.close);
        assert_eq!(view.portal.revision, revision, "a refused change changes nothing");

        let back = RollBackSettings {
            owner: SettingsOwner::Portal(portal),
            section: Section::Customers,
            to: 2,
            seen_version: 3,
        };
        it.service.roll_back_settings(&it.mara, &back).await.unwrap();
        assert!(!it.view(portal).await.portal.may.close);
        let history = it
            .service
            .settings_history(&it.mara, SettingsOwner::Portal(portal), Some(Section::Customers), 10)
            .await
            .unwrap();
        assert_eq!(history.iter().map(|it| it.version).collect::<Vec<_>>(), [4, 3, 2, 1]);
    });
}

#[test]
fn anyone_registers_only_where_the_domain_lets_them() {
    block_on(async {
        let it = Office::new().await;
        let portal = it.ready("Kestrel").await;
        let anyone = || {
            SettingsValue::Access(AccessSettings {
                rule: AccessRule::EveryRegisteredContact,
                send_registration_mails: false,
            })
        };
        let refused = it.save(portal, SetUpStep::Access, anyone()).await.unwrap_err();
        assert_eq!(kinds(refused), [ProblemKind::SwitchedOff]);
        let private = PrivateContent {
            company_name: Some("Kestrel".parse().unwrap()),
            admin_contact: Some("help@kestrel.example".parse().unwrap()),
            self_registration: true,
            ..PrivateContent::default()
        };
        let command = ChangeSettings {
            owner: SettingsOwner::Domain(it.view(portal).await.domain.unwrap().id),
            value: SettingsValue::PrivateContent(private),
            seen_version: 0,
        };
        it.service.change_settings(&it.mara, &command).await.unwrap();
        it.save(portal, SetUpStep::Access, anyone()).await.unwrap();
    });
}

#[test]
fn closing_is_reversible_and_deleting_needs_the_name_and_a_fresh_proof() {
    block_on(async {
        let it = Office::new().await;
        let portal = it.ready("Kestrel").await;
        it.publish(portal).await.unwrap();
        assert!(
            it.service.delete_portal(&it.mara, portal, "Kestrel").await.is_err(),
            "it is open"
        );
        it.service.unpublish_portal(&it.mara, portal).await.unwrap();
        assert_eq!(it.is_at("support").await, Some(false));
        it.publish(portal).await.unwrap();
        it.service.unpublish_portal(&it.mara, portal).await.unwrap();
        let stale = StaffActor::signed_in(it.mara.agent, false);
        assert!(it.service.delete_portal(&stale, portal, "Kestrel").await.is_err());
        assert!(it.service.delete_portal(&it.mara, portal, "kestrel").await.is_err());
        let inbox = it.view(portal).await.portal.default_inbox;
        it.service.delete_portal(&it.mara, portal, "Kestrel").await.unwrap();
        assert_eq!(it.is_at("support").await, None);
        let mut tx = it.store.begin(Access::Read).await.unwrap();
        let inbox = tx.directory().inbox(inbox).await.unwrap().unwrap();
        assert_eq!(inbox.portal, None, "tickets stay in their inbox, which no portal shows");
    });
}

#[test]
fn an_inbox_of_another_portal_cannot_be_taken() {
    block_on(async {
        let it = Office::new().await;
        let (first, second) = (it.ready("First").await, it.ready("Second").await);
        it.publish(first).await.unwrap();
        let taken = TicketSettings::of(&it.view(first).await.portal);
        let refused = it.change(second, SettingsValue::Tickets(taken)).await.unwrap_err();
        assert_eq!(kinds(refused), [ProblemKind::Taken]);
        let general = General {
            time_zone: "no zone!".to_owned(),
            ..General::of(&it.view(second).await.portal)
        };
        let refused = it.change(second, SettingsValue::General(general)).await.unwrap_err();
        assert_eq!(kinds(refused), [ProblemKind::TimeZone]);
    });
}
