//! A small world behind the endpoint: one host with two portals, two companies, a few people, and their tickets.

use std::collections::{BTreeMap, BTreeSet};

use poem::http::{HeaderMap, StatusCode, header};
use poem::test::{TestClient, TestForm, TestRequestBuilder, TestResponse};
use poem::{Endpoint, Response};
use portal_core::Portal;
use portal_core::access::{AccessRule, CustomersMay, TicketPermission};
use portal_core::actor::Task;
use portal_core::crm::{AccessGroup, Agent, Company, Contact, ContactStanding, GroupKind};
use portal_core::id::*;
use portal_core::membership::Account;
use portal_core::ports::{Access, Clock, Store};
use portal_core::property::PropertyValues;
use portal_core::settings::{CustomerPortal, Inbox, SessionLimits, SetUp};
use portal_core::text::{Line, Locale, Localized};
use portal_core::ticket::{Author, AuthorKind, Event, EventKind, FileLimits, Pipeline, Stage, Status, Version};
use portal_testkit::fakes::*;
use portal_testkit::{Calls, MemoryStore, RecordingStore};
use portal_web::{RateLimits, WebConfig};

pub(crate) const PASSWORD: &str = "correct battery of horses";
pub(crate) const HOST: &str = "help.example.com";

/// Everything about the world that tests turn.
pub(crate) struct Settings {
    pub(crate) base_url: &'static str,
    pub(crate) rates: RateLimits,
    pub(crate) limits: FileLimits,
    pub(crate) portals: usize,
    pub(crate) published: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            base_url: "https://help.example.com",
            rates: RateLimits::unlimited(),
            limits: FileLimits::default(),
            portals: 1,
            published: true,
        }
    }
}

pub(crate) struct World {
    pub(crate) client: TestClient<poem::endpoint::BoxEndpoint<'static, Response>>,
    pub(crate) store: RecordingStore<MemoryStore>,
    pub(crate) calls: Calls,
    pub(crate) clock: FixedClock,
    pub(crate) portal: Portal,
    pub(crate) shutdown: tokio_util::sync::CancellationToken,
    pub(crate) files: MemoryFiles,
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128((7_u128 << 100) + number)
}

pub(crate) fn portal_id(index: u128) -> PortalId {
    PortalId::from_uuid(id(100 + index))
}

pub(crate) fn company(index: u128) -> CompanyId {
    CompanyId::from_uuid(id(200 + index))
}

/// Anna and Jonas are of Fernwerk, Mallory of Nordlicht, Nobody has no entry.
pub(crate) const PEOPLE: [(&str, &str, u128); 4] = [
    ("anna", "Anna Berg", 0),
    ("jonas", "Jonas Weber", 0),
    ("mallory", "Mallory Sand", 1),
    ("nobody", "Nora Body", 1),
];

pub(crate) fn contact(name: &str) -> ContactId {
    let index = PEOPLE.iter().position(|it| it.0 == name).unwrap();
    ContactId::from_uuid(id(300 + index as u128))
}

fn text(text: &str) -> Line {
    text.parse().unwrap()
}

fn pipeline() -> Pipeline {
    let status = |index: u128, name: &str, stage| Status {
        id: StatusId::from_uuid(id(400 + index)),
        name: text(name),
        stage,
        customer_label: None,
        explanation: None,
    };
    let explained =
        Localized::new(Locale::english(), "We need an answer.").with(Locale::german(), "Wir brauchen eine Antwort.");
    let mut statuses = vec![
        status(0, "New", Stage::Received),
        status(1, "Working", Stage::InProgress),
        status(2, "Waiting", Stage::WaitingOnContact),
        status(3, "Done", Stage::Closed),
    ];
    statuses[2].explanation = Some(explained);
    Pipeline::new(PipelineId::from_uuid(id(500)), text("Support"), statuses).unwrap()
}

fn site(index: usize, published: bool) -> CustomerPortal {
    CustomerPortal {
        id: portal_id(index as u128),
        name: ["Acme Support", "Acme Partners"][index].parse().unwrap(),
        host: HOST.parse().unwrap(),
        slug: ["support", "partners"][index].parse().unwrap(),
        language: Locale::english(),
        offered: BTreeSet::from([Locale::english(), Locale::german()]),
        time_zone: "Europe/Berlin".to_owned(),
        published,
        default_inbox: InboxId::from_uuid(id(600 + index as u128)),
        permission: if index == 0 {
            TicketPermission::Company
        } else {
            TicketPermission::Own
        },
        access: AccessRule::Groups(BTreeSet::from([AccessGroupId::from_uuid(id(700))])),
        may: CustomersMay {
            act_on_colleagues_tickets: false,
            ..CustomersMay::default()
        },
        hidden_pipelines: BTreeSet::new(),
        categories: vec![text("Hardware"), text("Software")],
        sessions: SessionLimits::default(),
        revision: 1,
        send_registration_mails: false,
        set_up: SetUp::Finished,
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        let store = RecordingStore::new(MemoryStore::new());
        let clock = FixedClock::default();
        let files = MemoryFiles::default();
        fill(&store, &clock, &settings).await;
        let portal = Portal::builder()
            .store(store.clone())
            .files(files.clone())
            .passwords(PlainPasswords::default())
            .bodies(Explosive)
            .clock(clock.clone())
            .ids(SequentialIds::default())
            .secrets(SeededSecrets::default())
            .pacer(NoPause)
            .letters(PlainLetters)
            .images(EchoedImages)
            .vault(GlassVault)
            .one_time_codes(PlainCodes)
            .base_url(settings.base_url.parse().unwrap())
            .file_limits(settings.limits)
            .build()
            .unwrap();
        let config = WebConfig::for_base_url(settings.base_url)
            .unwrap()
            .with_rates(settings.rates)
            .with_host(HOST.parse().unwrap());
        let shutdown = config.shutdown.clone();
        let endpoint = poem::EndpointExt::boxed(portal_web::endpoint(portal.clone(), config).unwrap());
        let calls = store.calls();
        calls.take();
        Self {
            client: TestClient::new(endpoint),
            store,
            calls,
            clock,
            portal,
            shutdown,
            files,
        }
    }

    /// A browser that nobody signed in with.
    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser {
            world: self,
            cookies: BTreeMap::new(),
        }
    }

    /// A browser in which somebody signed in.
    pub(crate) async fn signed_in(&self, name: &str) -> Browser<'_> {
        let mut browser = self.browser();
        let email = format!("{name}@example.com");
        let got = browser
            .post("/support/sign-in", &[("email", &email), ("password", PASSWORD)])
            .await;
        assert_eq!((got.status, got.location()), (303, "/support"), "{}", got.body);
        browser
    }

    /// Somebody of support moves a ticket to a stage.
    pub(crate) async fn moved(&self, number: i64, stage: Stage) {
        let number = TicketNumber::new(number).unwrap();
        let mut tx = self.store.begin(Access::Write).await.unwrap();
        tx.tickets().lock(number).await.unwrap();
        let mut ticket = tx.tickets().load(&Task::CommandLine, number).await.unwrap().unwrap();
        let (expected, now) = (ticket.version, self.clock.now());
        let status = pipeline().entry(stage).unwrap().id;
        ticket.version = Version(expected.0 + 1);
        (ticket.stage, ticket.status, ticket.last_activity) = (stage, status, now);
        ticket.closed_at = (stage == Stage::Closed).then_some(now);
        ticket.public_seq += 1;
        let by = Author {
            kind: AuthorKind::Agent(AgentId::from_uuid(id(800))),
            name: "Mara Winter".to_owned(),
        };
        let event = Event {
            ticket: number,
            seq: ticket.public_seq,
            at: now,
            by,
            kind: EventKind::StatusChanged { status, stage },
        };
        assert!(tx.tickets().update(&ticket, expected).await.unwrap());
        tx.tickets().add_event(&event).await.unwrap();
        let readers = ticket.facts().readers().into_iter().collect();
        tx.journal()
            .hint(&portal_core::ports::Hint {
                portal: portal_id(0),
                number,
                version: ticket.version,
                readers,
            })
            .await
            .unwrap();
        tx.commit().await.unwrap();
        self.calls.take();
    }

    /// Changes a contact.
    pub(crate) async fn change_contact(&self, name: &str, change: impl FnOnce(&mut Contact)) {
        let mut tx = self.store.begin(Access::Write).await.unwrap();
        let mut found = tx
            .directory()
            .contact(&Task::CommandLine, contact(name))
            .await
            .unwrap()
            .unwrap();
        change(&mut found);
        tx.directory().put_contact(&Task::CommandLine, &found).await.unwrap();
        tx.commit().await.unwrap();
        self.calls.take();
    }
}

async fn fill(store: &impl Store, clock: &FixedClock, settings: &Settings) {
    let task = &Task::CommandLine;
    let now = clock.now();
    let mut tx = store.begin(Access::Write).await.unwrap();
    let group = AccessGroup {
        id: AccessGroupId::from_uuid(id(700)),
        name: text("Customers"),
        kind: GroupKind::Static,
    };
    tx.directory().put_group(task, &group).await.unwrap();
    tx.directory().put_pipeline(task, &pipeline()).await.unwrap();
    let agent = Agent {
        id: AgentId::from_uuid(id(800)),
        name: "Mara Winter".parse().unwrap(),
        email: None,
    };
    tx.directory().put_agent(task, &agent).await.unwrap();
    for index in 0..settings.portals {
        let site = site(index, settings.published);
        let inbox = Inbox {
            id: site.default_inbox,
            name: text("Inbox"),
            portal: None,
            pipeline: pipeline().id(),
            moving_to: None,
        };
        tx.directory().put_inbox(task, &inbox).await.unwrap();
        tx.directory().put_portal(task, &site).await.unwrap();
        tx.directory()
            .put_inbox(
                task,
                &Inbox {
                    portal: Some(site.id),
                    ..inbox
                },
            )
            .await
            .unwrap();
    }
    for (index, name) in ["Fernwerk GmbH", "Nordlicht AG"].into_iter().enumerate() {
        let company = Company {
            id: company(index as u128),
            name: text(name),
            domain: None,
            properties: PropertyValues::new(),
            external_id: None,
            created_at: now,
        };
        tx.directory().put_company(task, &company).await.unwrap();
    }
    for (name, full, of) in PEOPLE {
        let email = format!("{name}@example.com").parse().ok();
        let person = Contact {
            id: contact(name),
            name: full.parse().unwrap(),
            email,
            membership_email: format!("{name}@example.com").parse().ok(),
            standing: ContactStanding::Active,
            primary_company: Some(company(of)),
            companies: BTreeSet::from([company(of)]),
            groups: if name == "nobody" {
                BTreeSet::new()
            } else {
                BTreeSet::from([group.id])
            },
            language: None,
            time_zone: None,
            properties: PropertyValues::new(),
            external_id: None,
            created_at: now,
        };
        tx.directory().put_contact(task, &person).await.unwrap();
        let account = Account {
            contact: person.id,
            password_hash: format!("$plain${PASSWORD}"),
            password_set_at: now,
        };
        tx.accounts().put_account(&account).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Bodies that make the program panic, if told so.
struct Explosive;

#[async_trait::async_trait]
impl portal_core::ports::Bodies for Explosive {
    async fn render(&self, source: &str, format: portal_core::ticket::BodyFormat) -> portal_core::ticket::Body {
        assert!(!source.contains("explode"), "told to");
        PlainBodies::body(source, format)
    }
}

/// A browser: keeps cookies, says where its requests come from.
#[derive(Clone)]
pub(crate) struct Browser<'a> {
    pub(crate) world: &'a World,
    pub(crate) cookies: BTreeMap<String, String>,
}

/// What came back.
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Got {
    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|it| it.to_str().ok())
            .unwrap_or_default()
    }

    pub(crate) fn set_cookies(&self) -> Vec<&str> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|it| it.to_str().ok())
            .collect()
    }

    /// The value of the first field with this name in the page.
    pub(crate) fn field(&self, name: &str) -> String {
        let at = self
            .body
            .find(&format!("name=\"{name}\" value=\""))
            .unwrap_or_else(|| panic!("no field {name} in {}", self.body));
        let rest = &self.body[at + name.len() + 15..];
        rest.split('"').next().unwrap().to_owned()
    }
}

impl Browser<'_> {
    pub(crate) fn request<'b>(
        &self,
        request: TestRequestBuilder<'b, poem::endpoint::BoxEndpoint<'static, Response>>,
    ) -> TestRequestBuilder<'b, poem::endpoint::BoxEndpoint<'static, Response>> {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = request.header("host", HOST).header("sec-fetch-site", "same-origin");
        if cookies.is_empty() {
            request
        } else {
            request.header("cookie", cookies.join("; "))
        }
    }

    /// Sends anything, and keeps the cookies that come back.
    pub(crate) async fn send<E: Endpoint>(&mut self, request: TestRequestBuilder<'_, E>) -> Got {
        let response: TestResponse = request.send().await;
        let response = response.0;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let body = response.into_body().into_bytes().await.unwrap();
        Got {
            status,
            headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Got {
        let request = self.request(self.world.client.get(path));
        self.send(request).await
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Got {
        let request = self.request(self.world.client.post(path)).form(&fields.to_vec());
        self.send(request).await
    }

    pub(crate) async fn upload(&mut self, path: &str, form: TestForm) -> Got {
        let request = self.request(self.world.client.post(path)).multipart(form);
        self.send(request).await
    }

    /// Follows a redirection.
    pub(crate) async fn follow(&mut self, got: &Got) -> Got {
        assert_eq!(got.status, StatusCode::SEE_OTHER.as_u16(), "{}", got.body);
        let to = got.location().split('#').next().unwrap().to_owned();
        self.get(&to).await
    }

    /// Opens a ticket.
    pub(crate) async fn open(&mut self, subject: &str) -> i64 {
        let form = self.get("/support/new").await;
        let idem = form.field("idem");
        let got = self
            .post(
                "/support/new",
                &[
                    ("subject", subject),
                    ("description", "It does not work."),
                    ("idem", &idem),
                ],
            )
            .await;
        assert_eq!(got.status, 303, "{}", got.body);
        got.location().rsplit('/').next().unwrap().parse().unwrap()
    }
}
