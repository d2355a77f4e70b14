//! Stores what the demo planned.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use portal_core::access::{
    AccessRule, Audience, Condition, Criteria, CustomersMay, Operator, Standing, TicketPermission,
};
use portal_core::actor::Task;
use portal_core::crm::{AccessGroup, Agent, Company, Contact, ContactStanding, GroupKind};
use portal_core::id::{
    AccessGroupId, AgentId, CompanyId, ContactId, FileId, InboxId, MessageId, NoteId, PipelineId, PortalId, StatusId,
    TicketId, TicketNumber, Uuid,
};
use portal_core::import::{ImportPorts, MAX_IMPORTED_FILE};
use portal_core::membership::{Account, Password};
use portal_core::ports::{Access, BytesSource, ImportedTicket, Passwords, Tx, Vault};
use portal_core::property::{
    PropertyDefinition, PropertyKey, PropertyOwner, PropertyType, PropertyValue, PropertyValues,
};
use portal_core::settings::{CustomerPortal, Host, Inbox, SessionLimits, SetUp};
use portal_core::text::{EmailAddress, FileName, Line, Locale, Localized, PersonName, Subject};
use portal_core::ticket::{
    AssociationLabel, Author, AuthorKind, Body, BodyFormat, Event, EventKind, File, FileHome, FileKey, LastMessage,
    Message, Note, Pipeline, Source, Stage, Status, Ticket, Version, snippet,
};
use portal_core::time::Timestamp;

use super::content::content;
use super::plan::{Deed, Doer, Plan, SERVICE_TEAM, SUPPORT_TEAM, Site, Somebody, plan};
use super::random::Random;
use super::script::{Firm, Human};
use super::{DemoError, PASSWORD, SIGN_INS};

const TASK: Task = Task::Demo;
/// How many tickets are written at once.
const BATCH: usize = 100;

/// One of the two portals with what belongs to it.
struct House {
    portal: PortalId,
    inbox: InboxId,
    pipeline: Pipeline,
}

struct Builder<'a> {
    ports: &'a ImportPorts,
    now: Timestamp,
    random: Random,
    support: House,
    service: House,
    companies: Vec<CompanyId>,
    contacts: Vec<Vec<ContactId>>,
    agents: BTreeMap<&'static str, AgentId>,
    firms: Vec<Firm>,
    bodies: HashMap<String, Body>,
}

/// Fills an empty store.
pub(super) async fn fill(
    ports: &ImportPorts,
    passwords: &dyn Passwords,
    vault: &dyn Vault,
    host: &Host,
) -> Result<(), DemoError> {
    let now = ports.clock.now();
    let typed = Password::typed(PASSWORD.to_owned()).ok_or(DemoError::Text("password"))?;
    // One hash for all: it is the same password.
    let hash = passwords.hash(&typed).await?;
    let (firms, plans) = plan(now);
    let id = || ports.ids.next(now);
    let mut builder = Builder {
        ports,
        now,
        random: Random::new(7),
        support: House {
            portal: PortalId::from_uuid(id()),
            inbox: InboxId::from_uuid(id()),
            pipeline: support_pipeline(&id)?,
        },
        service: House {
            portal: PortalId::from_uuid(id()),
            inbox: InboxId::from_uuid(id()),
            pipeline: service_pipeline(&id)?,
        },
        companies: firms.iter().map(|_| CompanyId::from_uuid(id())).collect(),
        contacts: firms
            .iter()
            .map(|it| it.people.iter().map(|_| ContactId::from_uuid(id())).collect())
            .collect(),
        agents: SUPPORT_TEAM
            .into_iter()
            .chain(SERVICE_TEAM)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .map(|it| (it, AgentId::from_uuid(id())))
            .collect(),
        firms,
        bodies: HashMap::new(),
    };
    builder.settings_and_people(host, &hash).await?;
    let mut tx = ports.store.begin(Access::Write).await?;
    let agent = |name: &str| builder.agents.get(name).copied();
    super::staff::fill(&mut *tx, vault, agent, &hash, now).await?;
    tx.commit().await?;
    for batch in plans.chunks(BATCH) {
        let mut tickets = Vec::with_capacity(batch.len());
        for plan in batch {
            tickets.push(builder.ticket(plan).await?);
        }
        let mut tx = ports.store.begin(Access::Write).await?;
        tx.imports().insert_tickets(&TASK, &tickets).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn line(text: &str) -> Result<Line, DemoError> {
    Line::fitted(text).ok_or(DemoError::Text("name"))
}

fn key(text: &'static str) -> Result<PropertyKey, DemoError> {
    text.parse().map_err(|_| DemoError::Text(text))
}

fn both(english: &str, german: &str) -> Localized {
    Localized::new(Locale::english(), english).with(Locale::german(), german)
}

fn status(id: &impl Fn() -> Uuid, name: &str, stage: Stage) -> Result<Status, DemoError> {
    Ok(Status {
        id: StatusId::from_uuid(id()),
        name: line(name)?,
        stage,
        customer_label: None,
        explanation: None,
    })
}

fn support_pipeline(id: &impl Fn() -> Uuid) -> Result<Pipeline, DemoError> {
    let statuses = vec![
        status(id, "New", Stage::Received)?,
        status(id, "Waiting on us", Stage::InProgress)?,
        status(id, "Waiting on contact", Stage::WaitingOnContact)?,
        status(id, "Closed", Stage::Closed)?,
    ];
    Pipeline::new(PipelineId::from_uuid(id()), line("Support")?, statuses).map_err(|_| DemoError::Text("pipeline"))
}

fn service_pipeline(id: &impl Fn() -> Uuid) -> Result<Pipeline, DemoError> {
    let worded = |it: Status, label: Localized, why: Localized| Status {
        customer_label: Some(label),
        explanation: Some(why),
        ..it
    };
    let statuses = vec![
        status(id, "Eingegangen", Stage::Received)?,
        worded(
            status(id, "In der Werkstatt", Stage::InProgress)?,
            both("In the workshop", "In der Werkstatt"),
            both("Our technicians work on it.", "Unsere Technik arbeitet daran."),
        ),
        worded(
            status(id, "Wartet auf Freigabe", Stage::WaitingOnContact)?,
            both("Waiting for your approval", "Wartet auf Ihre Freigabe"),
            both(
                "We go on as soon as you have answered.",
                "Es geht weiter, sobald Sie geantwortet haben.",
            ),
        ),
        status(id, "Abgeschlossen", Stage::Closed)?,
    ];
    Pipeline::new(PipelineId::from_uuid(id()), line("Service")?, statuses).map_err(|_| DemoError::Text("pipeline"))
}

impl Builder<'_> {
    fn id(&self) -> Uuid {
        self.ports.ids.next(self.now)
    }

    const fn house(&self, site: Site) -> &House {
        match site {
            Site::Support => &self.support,
            Site::Service => &self.service,
        }
    }

    async fn settings_and_people(&mut self, host: &Host, hash: &str) -> Result<(), DemoError> {
        let members = AccessGroup {
            id: AccessGroupId::from_uuid(self.id()),
            name: line("Service customers")?,
            kind: GroupKind::Static,
        };
        let mut tx = self.ports.store.begin(Access::Write).await?;
        for property in Self::properties()? {
            tx.directory().put_property(&TASK, &property).await?;
        }
        tx.directory().put_group(&TASK, &members).await?;
        // An inbox names its portal and a portal its inbox: the inbox comes first, without portal.
        for (house, name, portal) in [
            (&self.support, "Customer service", self.support_portal(host)?),
            (&self.service, "Geräteservice", self.service_portal(host, &members)?),
        ] {
            tx.directory().put_pipeline(&TASK, &house.pipeline).await?;
            let inbox = Inbox {
                id: house.inbox,
                name: line(name)?,
                portal: None,
                pipeline: house.pipeline.id(),
                moving_to: None,
            };
            tx.directory().put_inbox(&TASK, &inbox).await?;
            tx.directory().put_portal(&TASK, &portal).await?;
            tx.directory()
                .put_inbox(
                    &TASK,
                    &Inbox {
                        portal: Some(house.portal),
                        ..inbox
                    },
                )
                .await?;
        }
        for (name, id) in &self.agents {
            let email = format!("{}@kestrel.example", name.to_lowercase().replace(' ', "."))
                .parse()
                .ok();
            let name = PersonName::fitted(name).ok_or(DemoError::Text("agent"))?;
            tx.directory().put_agent(&TASK, &Agent { id: *id, name, email }).await?;
        }
        for (place, firm) in self.firms.iter().enumerate() {
            self.company(tx.as_mut(), place, firm, members.id, hash).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    fn properties() -> Result<[PropertyDefinition; 2], DemoError> {
        let definition = |owner, key, label, shown_to_customers| PropertyDefinition {
            owner,
            key,
            label,
            kind: PropertyType::Text,
            customer_writable: false,
            shown_to_customers,
            options: Vec::new(),
            archived: false,
        };
        Ok([
            definition(
                PropertyOwner::Contact,
                key("portal_role")?,
                both("Portal role", "Rolle im Portal"),
                false,
            ),
            definition(PropertyOwner::Ticket, key("product")?, both("Product", "Produkt"), true),
        ])
    }

    fn support_portal(&self, host: &Host) -> Result<CustomerPortal, DemoError> {
        let categories = [
            "Devices",
            "Printing",
            "Import",
            "Interfaces",
            "Access",
            "Billing",
            "Training",
            "Features",
        ];
        Ok(CustomerPortal {
            id: self.support.portal,
            name: "Kestrel Support".parse().map_err(|_| DemoError::Text("portal name"))?,
            host: host.clone(),
            slug: "support".parse().map_err(|_| DemoError::Text("slug"))?,
            language: Locale::english(),
            offered: BTreeSet::from([Locale::english(), Locale::german()]),
            time_zone: "Europe/Berlin".to_owned(),
            published: true,
            default_inbox: self.support.inbox,
            permission: TicketPermission::Company,
            access: AccessRule::EveryRegisteredContact,
            may: CustomersMay {
                act_on_colleagues_tickets: true,
                ..CustomersMay::default()
            },
            hidden_pipelines: BTreeSet::new(),
            categories: categories.into_iter().map(line).collect::<Result<_, _>>()?,
            sessions: SessionLimits::default(),
            revision: 1,
            send_registration_mails: false,
            set_up: SetUp::Finished,
        })
    }

    fn service_portal(&self, host: &Host, members: &AccessGroup) -> Result<CustomerPortal, DemoError> {
        let lead = Condition {
            property: key("portal_role")?,
            operator: Operator::Is(PropertyValue::Text("lead".to_owned())),
        };
        let leads = Criteria::new(vec![vec![lead]]).map_err(|_| DemoError::Text("criteria"))?;
        let categories = ["Reparatur", "Ersatzteile", "Wartung", "Geräte", "Drucken"];
        Ok(CustomerPortal {
            id: self.service.portal,
            name: "Kestrel Service".parse().map_err(|_| DemoError::Text("portal name"))?,
            host: host.clone(),
            slug: "service".parse().map_err(|_| DemoError::Text("slug"))?,
            language: Locale::german(),
            offered: BTreeSet::from([Locale::english(), Locale::german()]),
            time_zone: "Europe/Berlin".to_owned(),
            published: true,
            default_inbox: self.service.inbox,
            permission: TicketPermission::CompanyFor(leads),
            access: AccessRule::Groups(BTreeSet::from([members.id])),
            may: CustomersMay {
                reopen_days: Some(14),
                mark_private: false,
                rate: true,
                ..CustomersMay::default()
            },
            hidden_pipelines: BTreeSet::new(),
            categories: categories.into_iter().map(line).collect::<Result<_, _>>()?,
            sessions: SessionLimits::default(),
            revision: 1,
            send_registration_mails: false,
            set_up: SetUp::Finished,
        })
    }

    async fn company(
        &self,
        tx: &mut dyn Tx,
        place: usize,
        firm: &Firm,
        members: AccessGroupId,
        hash: &str,
    ) -> Result<(), DemoError> {
        let Some(id) = self.companies.get(place).copied() else {
            return Ok(());
        };
        let company = Company {
            id,
            name: line(&firm.name)?,
            domain: Some(line(&firm.domain)?),
            properties: PropertyValues::new(),
            external_id: None,
            created_at: self.now,
        };
        tx.directory().put_company(&TASK, &company).await?;
        for (human, contact) in firm.people.iter().zip(self.contacts.get(place).into_iter().flatten()) {
            let email: Option<EmailAddress> = address(human, firm).parse().ok();
            let mut properties = PropertyValues::new();
            if human.lead {
                properties.insert(key("portal_role")?, PropertyValue::Text("lead".to_owned()));
            }
            let record = Contact {
                id: *contact,
                name: PersonName::fitted(&human.name).ok_or(DemoError::Text("contact"))?,
                email: email.clone(),
                membership_email: email.clone(),
                standing: ContactStanding::Active,
                primary_company: Some(id),
                companies: BTreeSet::from([id]),
                groups: firm.service.then_some(members).into_iter().collect(),
                language: Some(if human.german {
                    Locale::german()
                } else {
                    Locale::english()
                }),
                time_zone: None,
                properties,
                external_id: None,
                created_at: self.now,
            };
            tx.directory().put_contact(&TASK, &record).await?;
            if email.is_some_and(|it| SIGN_INS.iter().any(|(address, ..)| *address == it.as_str())) {
                let account = Account {
                    contact: *contact,
                    password_hash: hash.to_owned(),
                    password_set_at: self.now,
                };
                tx.accounts().put_account(&account).await?;
            }
        }
        Ok(())
    }

    fn contact(&self, (firm, place): Somebody) -> Result<(ContactId, &Human), DemoError> {
        let id = self.contacts.get(firm).and_then(|it| it.get(place));
        let human = self.firms.get(firm).and_then(|it| it.people.get(place));
        id.copied().zip(human).ok_or(DemoError::Text("contact"))
    }

    fn author(&self, doer: Doer) -> Result<Author, DemoError> {
        Ok(match doer {
            Doer::Contact(somebody) => {
                let (id, human) = self.contact(somebody)?;
                Author {
                    kind: AuthorKind::Contact(id),
                    name: human.name.clone(),
                }
            }
            Doer::Agent(name) => {
                let id = self.agents.get(name).copied().ok_or(DemoError::Text("agent"))?;
                Author {
                    kind: AuthorKind::Agent(id),
                    name: name.to_owned(),
                }
            }
        })
    }

    async fn body(&mut self, text: &str) -> Body {
        if let Some(known) = self.bodies.get(text) {
            return known.clone();
        }
        let body = self.ports.bodies.render(text, BodyFormat::Markdown).await;
        self.bodies.insert(text.to_owned(), body.clone());
        body
    }

    async fn files(&mut self, names: &[String], home: FileHome, at: Timestamp) -> Result<Vec<File>, DemoError> {
        let mut files = Vec::new();
        for name in names {
            let bytes = content(name, &mut self.random);
            let random = self.ports.secrets.random()?;
            let mut key = [0; 16];
            key.iter_mut().zip(random).for_each(|(to, from)| *to = from);
            let key = FileKey::from_bytes(key);
            let stored = self
                .ports
                .files
                .put(&key, &mut BytesSource::new(bytes), MAX_IMPORTED_FILE)
                .await?;
            files.push(File {
                id: FileId::from_uuid(self.id()),
                key,
                name: FileName::cleaned(name),
                size: stored.size,
                home,
                at,
            });
        }
        Ok(files)
    }

    async fn ticket(&mut self, plan: &Plan) -> Result<ImportedTicket, DemoError> {
        let number = TicketNumber::new(plan.number).ok_or(DemoError::Text("number"))?;
        let (portal, inbox, pipeline) = {
            let it = self.house(plan.site);
            (it.portal, it.inbox, it.pipeline.clone())
        };
        let entry = |stage: Stage| pipeline.entry(stage).map(|it| it.id).ok_or(DemoError::Text("status"));
        let mut contacts = BTreeMap::new();
        for somebody in &plan.contacts {
            let label = if contacts.is_empty() {
                AssociationLabel::Requester
            } else {
                AssociationLabel::Participant
            };
            contacts.entry(self.contact(*somebody)?.0).or_insert(label);
        }
        let created_at = plan.acts.first().map_or(self.now, |it| it.at);
        let mut ticket = Ticket {
            number,
            id: TicketId::from_uuid(self.id()),
            version: Version(1),
            portal: Some(portal),
            inbox,
            pipeline: pipeline.id(),
            status: entry(plan.stage)?,
            stage: plan.stage,
            subject: Subject::fitted(&plan.subject).ok_or(DemoError::Text("subject"))?,
            priority: plan.priority,
            category: Line::fitted(&plan.category),
            owner: plan.owner.and_then(|it| self.agents.get(it)).copied(),
            source: Source::Portal,
            standing: Standing::Live,
            audience: if plan.private {
                Audience::Private
            } else {
                Audience::Shared
            },
            contacts,
            companies: plan
                .companies
                .iter()
                .filter_map(|it| self.companies.get(*it))
                .copied()
                .collect(),
            properties: PropertyValues::new(),
            created_at,
            closed_at: None,
            last_activity: created_at,
            public_seq: 0,
            last_message: None,
            files: 0,
            external_id: None,
            merged_into: None,
            snoozed_until: None,
        };
        if let Some(product) = &plan.product {
            ticket
                .properties
                .insert(key("product")?, PropertyValue::Text(product.clone()));
        }
        let (mut messages, mut events, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        for act in &plan.acts {
            let by = self.author(act.by)?;
            let mut event = |ticket: &mut Ticket, by: Author, kind: EventKind| {
                ticket.public_seq += 1;
                events.push(Event {
                    ticket: number,
                    seq: ticket.public_seq,
                    at: act.at,
                    by,
                    kind,
                });
            };
            match &act.deed {
                Deed::Notes { text, files } => {
                    let id = NoteId::from_uuid(self.id());
                    let files = self.files(files, FileHome::Note(number, id), act.at).await?;
                    notes.push(Note {
                        id,
                        ticket: number,
                        author: by,
                        at: act.at,
                        body: self.body(text).await,
                        files,
                    });
                }
                Deed::Says { text, files } => {
                    let id = MessageId::from_uuid(self.id());
                    let files = self.files(files, FileHome::Message(number, id), act.at).await?;
                    let body = self.body(text).await;
                    ticket.public_seq += 1;
                    ticket.files += u32::try_from(files.len()).unwrap_or(u32::MAX);
                    ticket.last_activity = ticket.last_activity.max(act.at);
                    ticket.last_message = Some(LastMessage {
                        author: by.kind,
                        name: by.name.clone(),
                        snippet: snippet(&body.plain),
                    });
                    let (seq, source) = (ticket.public_seq, Source::Portal);
                    messages.push(Message {
                        id,
                        ticket: number,
                        seq,
                        author: by,
                        at: act.at,
                        source,
                        body,
                        files,
                    });
                }
                Deed::TakesOver => {
                    let owner = by.name.clone();
                    event(&mut ticket, by, EventKind::OwnerChanged { owner });
                }
                Deed::MakesPrivate => event(&mut ticket, by, EventKind::MadePrivate),
                Deed::Moves(Stage::Closed) => {
                    ticket.closed_at = Some(act.at);
                    ticket.last_activity = ticket.last_activity.max(act.at);
                    event(&mut ticket, by, EventKind::Closed { reason: None });
                }
                Deed::Moves(stage) => {
                    ticket.last_activity = ticket.last_activity.max(act.at);
                    let status = entry(*stage)?;
                    event(&mut ticket, by, EventKind::StatusChanged { status, stage: *stage });
                }
            }
        }
        Ok(ImportedTicket {
            ticket,
            messages,
            events,
            notes,
        })
    }
}

/// `jonas.weber@fernwerk.example`, without accents.
fn address(human: &Human, firm: &Firm) -> String {
    let words = portal_core::text::index_tokens([human.name.as_str()]);
    format!("{}@{}", words.join("."), firm.domain)
}
