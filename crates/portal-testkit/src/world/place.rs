use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, Hasher, RandomState};

use portal_core::access::{
    AccessRule, Audience, Condition as CoreCondition, Criteria, CriteriaError, CustomersMay, DenyList, Entrant,
    Operator, TicketPermission,
};
use portal_core::crm::{AccessGroup, Company, Contact, ContactStanding, GroupKind};
use portal_core::id::{
    AccessGroupId, CompanyId, ContactId, FileId, InboxId, MessageId, NoteId, PipelineId, PortalId, StatusId, TicketId,
    TicketNumber, Uuid,
};
use portal_core::membership::Account;
use portal_core::property::{
    Decimal, PropertyDefinition, PropertyKey, PropertyOwner, PropertyType, PropertyValue, PropertyValues,
};
use portal_core::settings::{CustomerPortal, Inbox, SessionLimits, SetUp};
use portal_core::text::{FileName, Line, Locale, Localized};
use portal_core::ticket::{
    AssociationLabel, Author, AuthorKind, BodyFormat, Event, EventKind, File, FileHome, FileKey, LastMessage, Message,
    Note, Pipeline, Source, Stage, Status, Ticket, TimelineItem, Version, snippet,
};
use portal_core::time::Timestamp;

use super::{Access, Condition, GROUPS, Item, Region, Sight, Word, World};
use crate::conformance::Broken;
use crate::fakes::PlainBodies;
use crate::oracle;

/// 2026-11-23T10:00:00Z: when the worlds play.
const START: i64 = 1_795_428_000_000_000;

const NAMES: [&str; 4] = ["Ann", "Ben", "Cem", "Dia"];

/// Where a world lies in a store: identifiers that no other world has, and the numbers of its tickets.
#[derive(Clone, Debug)]
pub struct Place {
    /// The upper half of every identifier of this place.
    pub base: u64,
    /// The numbers of the tickets, in the order of the world.
    pub numbers: Vec<TicketNumber>,
}

impl Default for Place {
    fn default() -> Self {
        Self::fresh()
    }
}

/// A number nobody has had: `RandomState` draws its keys from the system's randomness.
fn fresh_base() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// A moment of the worlds' time.
#[must_use]
pub const fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(START + seconds * 1_000_000)
}

impl Place {
    /// A place where no world was before.
    #[must_use]
    pub fn fresh() -> Self {
        Self {
            base: fresh_base(),
            numbers: Vec::new(),
        }
    }

    fn uuid(&self, kind: u64, index: usize) -> Uuid {
        Uuid::from_u128((u128::from(self.base) << 64) | u128::from((kind << 32) + index as u64))
    }

    /// The portal at a place of the world.
    #[must_use]
    pub fn portal_id(&self, index: usize) -> PortalId {
        PortalId::from_uuid(self.uuid(1, index))
    }

    /// The inbox at a place of the world.
    #[must_use]
    pub fn inbox_id(&self, index: usize) -> InboxId {
        InboxId::from_uuid(self.uuid(2, index))
    }

    /// The pipeline at a place of the world.
    #[must_use]
    pub fn pipeline_id(&self, index: usize) -> PipelineId {
        PipelineId::from_uuid(self.uuid(3, index))
    }

    /// The contact at a place of the world.
    #[must_use]
    pub fn contact_id(&self, index: usize) -> ContactId {
        ContactId::from_uuid(self.uuid(4, index))
    }

    /// The company at a place of the world.
    #[must_use]
    pub fn company_id(&self, index: usize) -> CompanyId {
        CompanyId::from_uuid(self.uuid(5, index))
    }

    /// The access group at a place of the world.
    #[must_use]
    pub fn group_id(&self, index: usize) -> AccessGroupId {
        AccessGroupId::from_uuid(self.uuid(6, index))
    }

    /// The ticket at a place of the world.
    #[must_use]
    pub fn ticket_id(&self, index: usize) -> TicketId {
        TicketId::from_uuid(self.uuid(7, index))
    }

    /// The file of an item of a ticket's timeline.
    #[must_use]
    pub fn file_id(&self, ticket: usize, item: usize) -> FileId {
        FileId::from_uuid(self.uuid(8, ticket * 1000 + item))
    }

    /// The file of a note of a ticket.
    #[must_use]
    pub fn note_file_id(&self, ticket: usize, note: usize) -> FileId {
        FileId::from_uuid(self.uuid(9, ticket * 1000 + note))
    }

    /// The file that a contact has staged.
    #[must_use]
    pub fn staged_file_id(&self, contact: usize) -> FileId {
        FileId::from_uuid(self.uuid(10, contact))
    }

    fn status_id(&self, pipeline: usize, stage: Stage) -> StatusId {
        StatusId::from_uuid(self.uuid(11, pipeline * 10 + usize::from(stage.rank())))
    }

    /// The number of a ticket of the world.
    ///
    /// # Errors
    /// If the world was not installed here.
    pub fn number(&self, ticket: usize) -> Result<TicketNumber, Broken> {
        self.numbers
            .get(ticket)
            .copied()
            .ok_or_else(|| Broken::new(format!("no ticket {ticket}")))
    }

    /// A portal of the world.
    pub fn portal(&self, world: &World, index: usize) -> Result<CustomerPortal, Broken> {
        let portal = get(&world.portals, index)?;
        Ok(CustomerPortal {
            id: self.portal_id(index),
            name: format!("Portal {index}").parse()?,
            host: format!("w{:x}.example.com", self.base).parse()?,
            slug: format!("p{index}").parse()?,
            language: Locale::english(),
            offered: BTreeSet::from([Locale::english(), Locale::german()]),
            time_zone: "Europe/Berlin".to_owned(),
            published: portal.published,
            default_inbox: self.inbox_id(0),
            permission: permission(portal.sight)?,
            access: match &portal.access {
                Access::Registered => AccessRule::EveryRegisteredContact,
                Access::Groups(groups) => AccessRule::Groups(groups.iter().map(|it| self.group_id(*it)).collect()),
            },
            may: may(index),
            hidden_pipelines: portal.hides.iter().map(|it| self.pipeline_id(*it)).collect(),
            categories: vec!["Question".parse()?, "Fault".parse()?],
            sessions: SessionLimits::default(),
            revision: 1,
            send_registration_mails: false,
            set_up: SetUp::Finished,
        })
    }

    /// An inbox of the world.
    pub fn inbox(&self, world: &World, index: usize) -> Result<Inbox, Broken> {
        let inbox = get(&world.inboxes, index)?;
        Ok(Inbox {
            id: self.inbox_id(index),
            name: format!("Inbox {index} of {:x}", self.base).parse()?,
            portal: inbox.portal.map(|it| self.portal_id(it)),
            pipeline: self.pipeline_id(0),
            moving_to: inbox.moving_to.map(|it| self.portal_id(it)),
        })
    }

    /// A pipeline: one status a stage; the second pipeline has a label of its own for what waits on the contact.
    pub fn pipeline(&self, index: usize) -> Result<Pipeline, Broken> {
        let status = |stage: Stage| -> Result<Status, Broken> {
            Ok(Status {
                id: self.status_id(index, stage),
                name: format!("{stage:?}").parse()?,
                stage,
                customer_label: label(index, stage),
                explanation: None,
            })
        };
        let statuses: Result<Vec<Status>, Broken> = Stage::ALL.into_iter().map(status).collect();
        let name = format!("Pipeline {index} of {:x}", self.base).parse()?;
        Ok(Pipeline::new(self.pipeline_id(index), name, statuses?)?)
    }

    /// A company of the world.
    pub fn company(&self, index: usize) -> Result<Company, Broken> {
        Ok(Company {
            id: self.company_id(index),
            name: format!("Company {index}").parse()?,
            domain: Some(Line::fitted("company.example").unwrap_or("x".parse()?)),
            properties: PropertyValues::new(),
            external_id: Some(format!("k{index}-{:x}", self.base)),
            created_at: at(0),
        })
    }

    /// An access group of the world.
    pub fn group(&self, world: &World, index: usize) -> Result<AccessGroup, Broken> {
        let name = format!("Group {index} of {:x}", self.base).parse()?;
        let kind = match get(&world.groups, index)? {
            None => GroupKind::Static,
            Some(condition) => GroupKind::Dynamic(criteria(*condition)?),
        };
        Ok(AccessGroup {
            id: self.group_id(index),
            name,
            kind,
        })
    }

    /// These groups without those of other places: whoever matches their criteria is listed in them too.
    #[must_use]
    pub fn own_groups(&self, groups: &BTreeSet<AccessGroupId>) -> BTreeSet<AccessGroupId> {
        let own = Self::groups().map(|it| self.group_id(it));
        own.filter(|it| groups.contains(it)).collect()
    }

    /// A contact as it was read, without what other places did to it: see [`own_groups`](Self::own_groups).
    #[must_use]
    pub fn own(&self, contact: Option<Contact>) -> Option<Contact> {
        contact.map(|it| Contact {
            groups: self.own_groups(&it.groups),
            ..it
        })
    }

    /// The name of a contact.
    #[must_use]
    pub fn name(index: usize) -> &'static str {
        NAMES.get(index).copied().unwrap_or("Eve")
    }

    /// A contact of the world.
    pub fn contact(&self, world: &World, index: usize) -> Result<Contact, Broken> {
        let person = get(&world.contacts, index)?;
        let companies = person.further.iter().chain(&person.primary);
        let email = format!("c{index}@w{:x}.example", self.base);
        Ok(Contact {
            id: self.contact_id(index),
            name: Self::name(index).parse()?,
            email: Some(email.parse()?),
            membership_email: Some(email.parse()?),
            standing: if person.active {
                ContactStanding::Active
            } else {
                ContactStanding::Inactive
            },
            primary_company: person.primary.map(|it| self.company_id(it)),
            companies: companies.map(|it| self.company_id(*it)).collect(),
            groups: Self::groups()
                .filter(|it| oracle::is_member(world, index, *it))
                .map(|it| self.group_id(it))
                .collect(),
            language: None,
            time_zone: None,
            properties: properties(person.region, person.level)?,
            external_id: Some(format!("c{index}-{:x}", self.base)),
            created_at: at(0),
        })
    }

    /// The account of a contact.
    #[must_use]
    pub fn account(&self, index: usize) -> Account {
        Account {
            contact: self.contact_id(index),
            password_hash: "$plain$correct horse battery".to_owned(),
            password_set_at: at(0),
        }
    }

    /// What a store must load of a contact at the door of a portal.
    pub fn entrant(&self, world: &World, portal: usize, contact: usize) -> Result<Entrant, Broken> {
        let (door, who) = (self.portal(world, portal)?, self.contact(world, contact)?);
        let moving = world
            .inboxes
            .iter()
            .enumerate()
            .filter(|(_, it)| it.moving_to.is_some())
            .filter(|(_, it)| it.portal == Some(portal) || it.moving_to == Some(portal));
        Ok(Entrant {
            portal: door.id,
            published: door.published,
            permission: door.permission,
            may: door.may,
            denied: DenyList {
                pipelines: door.hidden_pipelines,
                inboxes: moving.map(|(index, _)| self.inbox_id(index)).collect(),
            },
            contact: who.id,
            active: get(&world.contacts, contact)?.active,
            registered: get(&world.contacts, contact)?.registered,
            primary_company: who.primary_company,
            dynamic: self.dynamic(world, &door.access)?,
            access: door.access,
            groups: who.groups,
            properties: who.properties,
        })
    }

    /// The criteria of the dynamic groups that an access rule names.
    fn dynamic(&self, world: &World, access: &AccessRule) -> Result<BTreeMap<AccessGroupId, Criteria>, Broken> {
        let mut found = BTreeMap::new();
        for (index, condition) in world.groups.iter().enumerate() {
            let id = self.group_id(index);
            let named = matches!(access, AccessRule::Groups(groups) if groups.contains(&id));
            if let (true, Some(condition)) = (named, condition) {
                found.insert(id, criteria(*condition)?);
            }
        }
        Ok(found)
    }

    /// A ticket of the world.
    pub fn ticket(&self, world: &World, index: usize) -> Result<Ticket, Broken> {
        let issue = get(&world.tickets, index)?;
        let participants = issue.participants.iter().map(|it| (*it, AssociationLabel::Participant));
        let requester = issue.requester.map(|it| (it, AssociationLabel::Requester));
        let has_file = |it: &&Item| matches!(it, Item::Message { file: true, .. });
        let category = if index.is_multiple_of(2) {
            Some("Question".parse()?)
        } else {
            None
        };
        let newest = issue.thread.iter().rev().find_map(|it| match it {
            Item::Message { words, by, .. } => Some((words, *by)),
            Item::Event => None,
        });
        Ok(Ticket {
            number: self.number(index)?,
            id: self.ticket_id(index),
            version: Version(issue.version),
            portal: get(&world.inboxes, issue.inbox)?.portal.map(|it| self.portal_id(it)),
            inbox: self.inbox_id(issue.inbox),
            pipeline: self.pipeline_id(issue.pipeline),
            status: self.status_id(issue.pipeline, issue.stage),
            stage: issue.stage,
            subject: issue.subject.join(" ").parse()?,
            priority: issue.priority,
            category,
            owner: None,
            source: Source::Portal,
            standing: issue.standing,
            audience: if issue.private {
                Audience::Private
            } else {
                Audience::Shared
            },
            contacts: participants
                .chain(requester)
                .map(|(it, label)| (self.contact_id(it), label))
                .collect(),
            companies: issue.companies.iter().map(|it| self.company_id(*it)).collect(),
            properties: BTreeMap::from([("imported_column".parse()?, PropertyValue::Text(format!("row {index}")))]),
            created_at: at(index as i64),
            closed_at: issue.is_closed().then(|| at(50)),
            last_activity: at(issue.activity * 60),
            public_seq: issue.thread.len() as u32,
            last_message: newest.map(|(words, by)| {
                let Author { kind, name } = self.author(by);
                LastMessage {
                    author: kind,
                    name,
                    snippet: snippet(&words.join(" ")),
                }
            }),
            files: issue.thread.iter().filter(has_file).count() as u32,
            external_id: (index % 2 == 1).then(|| format!("t{index}-{:x}", self.base)),
            merged_into: None,
            snoozed_until: None,
        })
    }

    fn author(&self, by: Option<usize>) -> Author {
        match by {
            Some(it) => Author {
                kind: AuthorKind::Contact(self.contact_id(it)),
                name: Self::name(it).to_owned(),
            },
            None => Author {
                kind: AuthorKind::System,
                name: String::new(),
            },
        }
    }

    /// The items of a ticket's timeline.
    pub fn timeline(&self, world: &World, ticket: usize) -> Result<Vec<TimelineItem>, Broken> {
        let thread = &get(&world.tickets, ticket)?.thread;
        (0..thread.len()).map(|item| self.item(world, ticket, item)).collect()
    }

    /// One item of a ticket's timeline.
    pub fn item(&self, world: &World, ticket: usize, item: usize) -> Result<TimelineItem, Broken> {
        let number = self.number(ticket)?;
        let seq = item as u32 + 1;
        let when = at(item as i64);
        Ok(match get(&get(&world.tickets, ticket)?.thread, item)? {
            Item::Event => TimelineItem::Event(Event {
                ticket: number,
                seq,
                at: when,
                by: self.author(None),
                kind: EventKind::Reopened { reason: None },
            }),
            Item::Message { words, file, by } => {
                let id = MessageId::from_uuid(self.uuid(12, ticket * 1000 + item));
                let home = FileHome::Message(number, id);
                let files = file.then(|| self.file(self.file_id(ticket, item), home));
                TimelineItem::Message(Message {
                    id,
                    ticket: number,
                    seq,
                    author: self.author(*by),
                    at: when,
                    source: Source::Portal,
                    body: PlainBodies::body(&words.join(" "), BodyFormat::Text),
                    files: files.into_iter().collect(),
                })
            }
        })
    }

    /// A note on a ticket, with a file.
    pub fn note(&self, ticket: usize, note: usize, words: &[Word]) -> Result<Note, Broken> {
        let number = self.number(ticket)?;
        let id = NoteId::from_uuid(self.uuid(13, ticket * 1000 + note));
        let file = self.file(self.note_file_id(ticket, note), FileHome::Note(number, id));
        Ok(Note {
            id,
            ticket: number,
            author: self.author(None),
            at: at(note as i64),
            body: PlainBodies::body(&words.join(" "), BodyFormat::Text),
            files: vec![file],
        })
    }

    /// A file at a home.
    #[must_use]
    pub fn file(&self, id: FileId, home: FileHome) -> File {
        let key = FileKey::from_bytes(*id.uuid().as_bytes());
        File {
            id,
            key,
            name: FileName::cleaned("report.pdf"),
            size: 12,
            home,
            at: at(1000),
        }
    }

    /// The file that a contact has staged.
    #[must_use]
    pub fn staged_file(&self, contact: usize) -> File {
        let home = FileHome::Staged(self.contact_id(contact));
        self.file(self.staged_file_id(contact), home)
    }

    /// The places of access groups.
    pub fn groups() -> std::ops::Range<usize> {
        0..GROUPS
    }
}

pub(crate) fn get<T>(of: &[T], index: usize) -> Result<&T, Broken> {
    of.get(index)
        .ok_or_else(|| Broken::new(format!("the world has no number {index} of these")))
}

pub(crate) fn label(pipeline: usize, stage: Stage) -> Option<Localized> {
    let own = pipeline == 1 && stage == Stage::WaitingOnContact;
    own.then(|| Localized::new(Locale::english(), "Your turn").with(Locale::german(), "Sie sind dran"))
}

fn may(portal: usize) -> CustomersMay {
    match portal {
        0 => CustomersMay::default(),
        _ => CustomersMay {
            close: false,
            reopen_days: None,
            act_on_colleagues_tickets: true,
            mark_private: false,
            rate: false,
        },
    }
}

fn choice(region: Region) -> PropertyValue {
    PropertyValue::Choice(match region {
        Region::North => "north".to_owned(),
        Region::South => "south".to_owned(),
    })
}

fn number(whole: i64) -> PropertyValue {
    PropertyValue::Number(Decimal::from_millionths(whole * 1_000_000))
}

fn properties(region: Option<Region>, level: Option<i64>) -> Result<PropertyValues, Broken> {
    let mut values = PropertyValues::new();
    if let Some(region) = region {
        values.insert("region".parse()?, choice(region));
    }
    if let Some(level) = level {
        values.insert("level".parse()?, number(level));
    }
    Ok(values)
}

fn permission(sight: Sight) -> Result<TicketPermission, Broken> {
    Ok(match sight {
        Sight::Own => TicketPermission::Own,
        Sight::Company => TicketPermission::Company,
        Sight::CompanyIf(condition) => TicketPermission::CompanyFor(criteria(condition)?),
    })
}

fn criteria(condition: Condition) -> Result<Criteria, Broken> {
    let region: PropertyKey = "region".parse()?;
    let level: PropertyKey = "level".parse()?;
    let is = |property: &PropertyKey, operator| CoreCondition {
        property: property.clone(),
        operator,
    };
    let north = choice(Region::North);
    let groups = match condition {
        Condition::North => vec![vec![is(&region, Operator::Is(north))]],
        Condition::NotNorth => vec![vec![is(&region, Operator::IsNot(north))]],
        Condition::RegionKnown => vec![vec![is(&region, Operator::IsKnown)]],
        Condition::RegionUnknown => vec![vec![is(&region, Operator::IsUnknown)]],
        Condition::LevelAbove3 => vec![vec![is(&level, Operator::GreaterThan(number(3)))]],
        Condition::LevelBelow3OrPlaced => vec![
            vec![is(&level, Operator::LessThan(number(3)))],
            vec![
                is(&region, Operator::AnyOf(vec![north, choice(Region::South)])),
                is(&level, Operator::IsKnown),
            ],
        ],
    };
    Criteria::new(groups).map_err(|it: CriteriaError| Broken::new(it.to_string()))
}

/// The definitions of the properties that worlds use.
pub(crate) fn definitions() -> Result<Vec<PropertyDefinition>, Broken> {
    let define = |owner, key: &str, kind| -> Result<PropertyDefinition, Broken> {
        Ok(PropertyDefinition {
            owner,
            key: key.parse()?,
            label: Localized::new(Locale::english(), key),
            kind,
            customer_writable: false,
            shown_to_customers: false,
            options: Vec::new(),
            archived: false,
        })
    };
    Ok(vec![
        define(PropertyOwner::Contact, "region", PropertyType::Choice)?,
        define(PropertyOwner::Contact, "level", PropertyType::Number)?,
        define(PropertyOwner::Ticket, "imported_column", PropertyType::Text)?,
    ])
}
