use std::collections::BTreeSet;

use portal_core::access::Standing;
use portal_core::actor::Task;
use portal_core::ports::Tx;
use portal_core::ticket::{Stage, Version};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;

use super::install::add;
use super::place::get;
use super::strategy::{access, group, region, sight, stage, standing, words};
use super::{
    Access, COMPANIES, Condition, GROUPS, Issue, Item, NOTE_WORD, PIPELINES, Place, Region, Sight, Word, World,
};
use crate::conformance::Broken;
use crate::oracle;

/// Something that changes a world. Places beyond the end of the world count from its beginning again.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each says by its name what it changes")]
pub enum Command {
    Associate {
        ticket: usize,
        contact: usize,
    },
    Dissociate {
        ticket: usize,
        contact: usize,
    },
    Request {
        ticket: usize,
        contact: Option<usize>,
    },
    AssociateCompany {
        ticket: usize,
        company: usize,
    },
    DissociateCompany {
        ticket: usize,
        company: usize,
    },
    MakePrivate {
        ticket: usize,
        private: bool,
    },
    SetStanding {
        ticket: usize,
        standing: Standing,
    },
    EnterStage {
        ticket: usize,
        stage: Stage,
        activity: i64,
    },
    MoveTicket {
        ticket: usize,
        inbox: usize,
        pipeline: usize,
    },
    Rename {
        ticket: usize,
        subject: Vec<Word>,
    },
    Reply {
        ticket: usize,
        by: Option<usize>,
        words: Vec<Word>,
        file: bool,
        activity: i64,
    },
    Note {
        ticket: usize,
        words: Vec<Word>,
    },
    MarkRead {
        ticket: usize,
        contact: usize,
        seq: u32,
    },
    MoveInbox {
        inbox: usize,
        portal: Option<usize>,
        moving_to: Option<usize>,
    },
    /// Some tickets of an inbox that is on the move are made ready for where it goes; nobody can tell.
    MoveTickets {
        inbox: usize,
        limit: u32,
    },
    ChangeCompany {
        contact: usize,
        primary: Option<usize>,
        further: BTreeSet<usize>,
    },
    ChangeLevel {
        contact: usize,
        level: Option<i64>,
    },
    ChangeRegion {
        contact: usize,
        region: Option<Region>,
    },
    ChangeGroups {
        contact: usize,
        groups: BTreeSet<usize>,
    },
    ChangeGroup {
        group: usize,
        rule: Option<Condition>,
    },
    SetActive {
        contact: usize,
        active: bool,
    },
    Permit {
        portal: usize,
        sight: Sight,
    },
    Admit {
        portal: usize,
        access: Access,
    },
    Hide {
        portal: usize,
        pipelines: BTreeSet<usize>,
    },
    Publish {
        portal: usize,
        published: bool,
    },
}

/// Sequences of commands, most of them about tickets.
pub fn commands(most: usize) -> impl Strategy<Value = Vec<Command>> {
    vec(command(), 1..=most)
}

fn command() -> impl Strategy<Value = Command> {
    let ticket = || 0..12_usize;
    let contact = || 0..4_usize;
    let associations = prop_oneof![
        (ticket(), contact()).prop_map(|(ticket, contact)| Command::Associate { ticket, contact }),
        (ticket(), contact()).prop_map(|(ticket, contact)| Command::Dissociate { ticket, contact }),
        (ticket(), option::of(contact())).prop_map(|(ticket, contact)| Command::Request { ticket, contact }),
        (ticket(), 0..COMPANIES).prop_map(|(ticket, company)| Command::AssociateCompany { ticket, company }),
        (ticket(), 0..COMPANIES).prop_map(|(ticket, company)| Command::DissociateCompany { ticket, company }),
        (ticket(), any::<bool>()).prop_map(|(ticket, private)| Command::MakePrivate { ticket, private }),
    ];
    let life = prop_oneof![
        (ticket(), standing()).prop_map(|(ticket, standing)| Command::SetStanding { ticket, standing }),
        (ticket(), stage(), 0..4_i64).prop_map(|(ticket, stage, activity)| Command::EnterStage {
            ticket,
            stage,
            activity
        }),
        (ticket(), 0..2_usize, 0..PIPELINES).prop_map(|(ticket, inbox, pipeline)| Command::MoveTicket {
            ticket,
            inbox,
            pipeline
        }),
        (ticket(), words()).prop_map(|(ticket, subject)| Command::Rename { ticket, subject }),
        (ticket(), option::of(contact()), words(), any::<bool>(), 0..4_i64).prop_map(
            |(ticket, by, words, file, activity)| Command::Reply {
                ticket,
                by,
                words,
                file,
                activity
            }
        ),
        (ticket(), words()).prop_map(|(ticket, words)| Command::Note { ticket, words }),
        (ticket(), contact(), 0..4_u32).prop_map(|(ticket, contact, seq)| Command::MarkRead { ticket, contact, seq }),
    ];
    let sets = |of: usize| btree_set(0..of, 0..=of);
    let policy = prop_oneof![
        (0..2_usize, option::of(0..2_usize), option::weighted(0.2, 0..2_usize)).prop_map(
            |(inbox, portal, moving_to)| Command::MoveInbox {
                inbox,
                portal,
                moving_to
            }
        ),
        (0..2_usize, 1..4_u32).prop_map(|(inbox, limit)| Command::MoveTickets { inbox, limit }),
        (contact(), option::of(0..COMPANIES), sets(COMPANIES)).prop_map(|(contact, primary, further)| {
            Command::ChangeCompany {
                contact,
                primary,
                further,
            }
        }),
        (contact(), option::of(1..=5_i64)).prop_map(|(contact, level)| Command::ChangeLevel { contact, level }),
        (contact(), region()).prop_map(|(contact, region)| Command::ChangeRegion { contact, region }),
        (contact(), sets(GROUPS)).prop_map(|(contact, groups)| Command::ChangeGroups { contact, groups }),
        (0..GROUPS, group()).prop_map(|(group, rule)| Command::ChangeGroup { group, rule }),
        (contact(), any::<bool>()).prop_map(|(contact, active)| Command::SetActive { contact, active }),
        (0..2_usize, sight()).prop_map(|(portal, sight)| Command::Permit { portal, sight }),
        (0..2_usize, access()).prop_map(|(portal, access)| Command::Admit { portal, access }),
        (0..2_usize, sets(PIPELINES)).prop_map(|(portal, pipelines)| Command::Hide { portal, pipelines }),
        (0..2_usize, prop::bool::weighted(0.8)).prop_map(|(portal, published)| Command::Publish { portal, published }),
    ];
    prop_oneof![2 => associations, 2 => life, 1 => policy]
}

impl Command {
    /// Changes the world, and the store where it is installed, in the same way.
    ///
    /// # Errors
    /// If the store refuses.
    pub async fn apply(&self, world: &mut World, place: &Place, tx: &mut dyn Tx) -> Result<(), Broken> {
        match self {
            Self::Associate { .. }
            | Self::Dissociate { .. }
            | Self::Request { .. }
            | Self::AssociateCompany { .. }
            | Self::DissociateCompany { .. }
            | Self::MakePrivate { .. }
            | Self::SetStanding { .. }
            | Self::EnterStage { .. }
            | Self::MoveTicket { .. }
            | Self::Rename { .. }
            | Self::Reply { .. }
            | Self::Note { .. }
            | Self::MarkRead { .. } => self.apply_to_ticket(world, place, tx).await,
            Self::ChangeCompany { .. }
            | Self::ChangeLevel { .. }
            | Self::ChangeRegion { .. }
            | Self::ChangeGroups { .. }
            | Self::SetActive { .. } => self.apply_to_contact(world, place, tx).await,
            Self::ChangeGroup { group, rule } => {
                let members: BTreeSet<usize> = (0..world.contacts.len())
                    .filter(|it| oracle::is_member(world, *it, *group))
                    .collect();
                if let Some(it) = world.groups.get_mut(*group) {
                    *it = *rule;
                }
                // One that becomes static keeps those who are in it.
                for (index, person) in world.contacts.iter_mut().enumerate() {
                    if members.contains(&index) {
                        person.groups.insert(*group);
                    } else {
                        person.groups.remove(group);
                    }
                }
                let group = place.group(world, *group)?;
                Ok(tx.directory().put_group(&Task::Maintenance, &group).await?)
            }
            Self::MoveInbox {
                inbox,
                portal,
                moving_to,
            } => {
                let portals = world.portals.len();
                let index = inbox % world.inboxes.len();
                if let Some(it) = world.inboxes.get_mut(index) {
                    it.portal = portal.map(|it| it % portals);
                    it.moving_to = moving_to.map(|it| it % portals);
                }
                let inbox = place.inbox(world, index)?;
                Ok(tx.directory().put_inbox(&Task::Maintenance, &inbox).await?)
            }
            Self::MoveTickets { inbox, limit } => {
                let index = inbox % world.inboxes.len();
                if get(&world.inboxes, index)?.moving_to.is_some() {
                    let task = Task::Maintenance;
                    tx.directory()
                        .move_tickets(&task, place.inbox_id(index), None, *limit)
                        .await?;
                }
                Ok(())
            }
            Self::Permit { .. } | Self::Admit { .. } | Self::Hide { .. } | Self::Publish { .. } => {
                self.apply_to_portal(world, place, tx).await
            }
        }
    }

    async fn apply_to_ticket(&self, world: &mut World, place: &Place, tx: &mut dyn Tx) -> Result<(), Broken> {
        let (people, inboxes, all) = (world.contacts.len(), world.inboxes.len(), world.tickets.len());
        let (Self::Associate { ticket, .. }
        | Self::Dissociate { ticket, .. }
        | Self::Request { ticket, .. }
        | Self::AssociateCompany { ticket, .. }
        | Self::DissociateCompany { ticket, .. }
        | Self::MakePrivate { ticket, .. }
        | Self::SetStanding { ticket, .. }
        | Self::EnterStage { ticket, .. }
        | Self::MoveTicket { ticket, .. }
        | Self::Rename { ticket, .. }
        | Self::Reply { ticket, .. }
        | Self::Note { ticket, .. }
        | Self::MarkRead { ticket, .. }) = self
        else {
            return Ok(());
        };
        if all == 0 {
            return Ok(());
        }
        let index = ticket % all;
        let number = place.number(index)?;
        tx.tickets().lock(number).await?;
        let Some(issue) = world.tickets.get_mut(index) else {
            return Ok(());
        };
        match self {
            Self::Note { words, .. } => {
                let mut words = words.clone();
                words.push(NOTE_WORD);
                let note = place.note(index, issue.notes.len(), &words)?;
                issue.notes.push(words);
                return Ok(tx.tickets().add_note(&Task::Maintenance, &note).await?);
            }
            Self::MarkRead { contact, seq, .. } => {
                let contact = contact % people;
                let mark = issue.read.entry(contact).or_default();
                *mark = seq.max(mark).to_owned();
                let contact = place.contact_id(contact);
                return Ok(tx.tickets().raise_read_mark(contact, number, *seq).await?);
            }
            other => other.change(issue, people, inboxes),
        }
        issue.version += 1;
        let expected = Version(issue.version - 1);
        let newest = issue.thread.len().checked_sub(1);
        let ticket = place.ticket(world, index)?;
        if !tx.tickets().update(&ticket, expected).await? {
            return Err(Broken::new(format!("update of ticket {index} was refused")));
        }
        if let (Self::Reply { .. }, Some(newest)) = (self, newest) {
            let item = place.item(world, index, newest)?;
            add(tx, &item).await?;
        }
        Ok(())
    }

    fn change(&self, issue: &mut Issue, people: usize, inboxes: usize) {
        match self {
            Self::Associate { contact, .. } => {
                let contact = contact % people;
                if issue.requester != Some(contact) {
                    issue.participants.insert(contact);
                }
            }
            Self::Dissociate { contact, .. } => {
                let contact = contact % people;
                issue.participants.remove(&contact);
                issue.requester = issue.requester.filter(|it| *it != contact);
            }
            Self::Request { contact, .. } => {
                issue.requester = contact.map(|it| it % people);
                if let Some(requester) = issue.requester {
                    issue.participants.remove(&requester);
                }
            }
            Self::AssociateCompany { company, .. } => {
                issue.companies.insert(*company);
            }
            Self::DissociateCompany { company, .. } => {
                issue.companies.remove(company);
            }
            Self::MakePrivate { private, .. } => issue.private = *private,
            Self::SetStanding { standing, .. } => issue.standing = *standing,
            Self::EnterStage { stage, activity, .. } => {
                issue.stage = *stage;
                issue.activity = *activity;
            }
            Self::MoveTicket { inbox, pipeline, .. } => {
                issue.inbox = inbox % inboxes;
                issue.pipeline = *pipeline;
            }
            Self::Rename { subject, .. } => issue.subject.clone_from(subject),
            Self::Reply {
                by,
                words,
                file,
                activity,
                ..
            } => {
                let by = by.map(|it| it % people);
                issue.thread.push(Item::Message {
                    words: words.clone(),
                    file: *file,
                    by,
                });
                issue.activity = *activity;
            }
            _ => {}
        }
    }

    async fn apply_to_contact(&self, world: &mut World, place: &Place, tx: &mut dyn Tx) -> Result<(), Broken> {
        let people = world.contacts.len();
        let (Self::ChangeCompany { contact, .. }
        | Self::ChangeLevel { contact, .. }
        | Self::ChangeRegion { contact, .. }
        | Self::ChangeGroups { contact, .. }
        | Self::SetActive { contact, .. }) = self
        else {
            return Ok(());
        };
        let index = contact % people;
        let Some(person) = world.contacts.get_mut(index) else {
            return Ok(());
        };
        match self {
            Self::ChangeCompany { primary, further, .. } => {
                person.primary = *primary;
                person.further.clone_from(further);
            }
            Self::ChangeLevel { level, .. } => person.level = *level,
            Self::ChangeRegion { region, .. } => person.region = *region,
            Self::ChangeGroups { groups, .. } => person.groups.clone_from(groups),
            Self::SetActive { active, .. } => person.active = *active,
            _ => {}
        }
        let contact = place.contact(world, index)?;
        Ok(tx.directory().put_contact(&Task::Maintenance, &contact).await?)
    }

    async fn apply_to_portal(&self, world: &mut World, place: &Place, tx: &mut dyn Tx) -> Result<(), Broken> {
        let portals = world.portals.len();
        let (Self::Permit { portal, .. }
        | Self::Admit { portal, .. }
        | Self::Hide { portal, .. }
        | Self::Publish { portal, .. }) = self
        else {
            return Ok(());
        };
        let index = portal % portals;
        let Some(portal) = world.portals.get_mut(index) else {
            return Ok(());
        };
        match self {
            Self::Permit { sight, .. } => portal.sight = *sight,
            Self::Admit { access, .. } => portal.access = access.clone(),
            Self::Hide { pipelines, .. } => portal.hides.clone_from(pipelines),
            Self::Publish { published, .. } => portal.published = *published,
            _ => {}
        }
        get(&world.portals, index)?;
        let portal = place.portal(world, index)?;
        Ok(tx.directory().put_portal(&Task::Maintenance, &portal).await?)
    }
}
