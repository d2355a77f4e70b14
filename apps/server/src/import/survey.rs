use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use jiff::tz::TimeZone;
use portal_core::import::{AgentDraft, ContactDraft, Importer, MessageKind, OwnerDraft, PropertyDraft, WantedStatus};
use portal_core::ports::ReceiptKind;
use portal_core::property::PropertyOwner;
use portal_core::text::{EmailAddress, PersonName};
use portal_core::time::Timestamp;

use super::attachments::ExportFiles;
use super::columns::Columns;
use super::problem::{Problem, RowSink, Severity, Sink, shown};
use super::read::{self, COMPANIES, CONTACTS, MESSAGES, TICKETS};
use super::table::{Place, Read, Row, Table, TableError};

/// A row with its key.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) place: Place,
}

/// A message of a ticket: where the ticket stands in [`Survey::tickets`], when it was written, what comes first of two at
/// the same time, and where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MessageEntry {
    pub(super) ticket: u32,
    at: Timestamp,
    order: (u64, u64),
    pub(super) place: Place,
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) messages: u64,
    pub(super) notes: u64,
    pub(super) files: u64,
    pub(super) sign_in: u64,
}

/// An export that was read once from end to end: everything in the order in which it will be written, and where it is. Texts
/// are not held.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) companies: Vec<Entry>,
    pub(super) contacts: Vec<Entry>,
    pub(super) shared_addresses: HashSet<EmailAddress>,
    pub(super) tickets: Vec<(Timestamp, Entry)>,
    pub(super) messages: Vec<MessageEntry>,
    pub(super) statuses: BTreeSet<WantedStatus>,
    pub(super) people: BTreeSet<AgentDraft>,
    pub(super) properties: Vec<PropertyDraft>,
    pub(super) counts: Counts,
}

/// Tells how many bytes were read.
pub(super) type Progress<'a> = &'a mut dyn FnMut(u64);

struct Surveyor<'a> {
    folder: &'a Path,
    zone: &'a TimeZone,
    importer: &'a Importer,
    files: &'a ExportFiles,
    sink: &'a mut dyn Sink,
    survey: Survey,
    /// Names by address, the first one in alphabetical order, so that the order of rows changes nothing.
    by_address: BTreeMap<EmailAddress, PersonName>,
    addresses: HashSet<EmailAddress>,
}

/// Reads the whole export, and tells every problem that is in it.
pub(super) fn survey(
    folder: &Path,
    zone: &TimeZone,
    importer: &Importer,
    files: &ExportFiles,
    sink: &mut dyn Sink,
    progress: Progress<'_>,
) -> Result<Survey, TableError> {
    let mut it = Surveyor {
        folder,
        zone,
        importer,
        files,
        sink,
        survey: Survey::default(),
        by_address: BTreeMap::new(),
        addresses: HashSet::new(),
    };
    let companies = it.companies(progress)?;
    let contacts = it.contacts(&companies, progress)?;
    it.tickets_and_messages(&companies, &contacts, progress)?;
    let Surveyor {
        mut survey, by_address, ..
    } = it;
    survey
        .people
        .extend(by_address.into_iter().map(|(email, name)| AgentDraft {
            email: Some(email),
            name,
        }));
    Ok(survey)
}

impl Surveyor<'_> {
    fn open(&mut self, name: &'static str) -> Result<Option<Table>, TableError> {
        let table = Table::open(self.folder, name)?;
        if table.is_none() {
            let what = "the file is not there; nothing of its kind is imported".to_owned();
            self.sink.take(Problem {
                file: name,
                line: 0,
                column: None,
                severity: Severity::Warning,
                what,
            });
        }
        Ok(table)
    }

    /// Goes through the rows of a table; `use_row` gets each row that is one.
    fn each(
        &mut self,
        table: &mut Table,
        progress: Progress<'_>,
        mut use_row: impl FnMut(&mut Self, &Row),
    ) -> Result<(), TableError> {
        let mut told = 0;
        loop {
            match table.next()? {
                Read::Row(row) => use_row(self, &row),
                Read::Bad(problem) => self.sink.take(problem),
                Read::End => break,
            }
            let position = table.position();
            if position >= told + 256 * 1024 {
                progress(position - told);
                told = position;
            }
        }
        progress(table.size.saturating_sub(told));
        Ok(())
    }

    fn companies(&mut self, progress: Progress<'_>) -> Result<HashSet<String>, TableError> {
        let mut keys = HashSet::new();
        let Some(mut table) = self.open(COMPANIES)? else {
            return Ok(keys);
        };
        let owner = Some(PropertyOwner::Company);
        let Some(columns) = Columns::read(&table, read::COMPANY_COLUMNS, &[read::RECORD_ID], owner, self.sink) else {
            return Ok(keys);
        };
        self.survey.properties.extend(columns.properties().cloned());
        self.each(&mut table, progress, |it, row| {
            let mut sink = it.row_sink(COMPANIES, row.place);
            let Some(draft) = read::company(row, &columns, &mut sink) else {
                return;
            };
            if keys.contains(&draft.key) {
                sink.error(
                    read::RECORD_ID,
                    format!("{} is there twice; this row is left out", shown(&draft.key)),
                );
                return;
            }
            keys.insert(draft.key.clone());
            it.survey.companies.push(Entry {
                key: draft.key,
                place: row.place,
            });
        })?;
        self.survey.companies.sort_by(|a, b| natural(&a.key, &b.key));
        Ok(keys)
    }

    fn contacts(&mut self, companies: &HashSet<String>, progress: Progress<'_>) -> Result<HashSet<String>, TableError> {
        let mut keys = HashSet::new();
        let Some(mut table) = self.open(CONTACTS)? else {
            return Ok(keys);
        };
        let owner = Some(PropertyOwner::Contact);
        let Some(columns) = Columns::read(&table, read::CONTACT_COLUMNS, &[read::RECORD_ID], owner, self.sink) else {
            return Ok(keys);
        };
        self.survey.properties.extend(columns.properties().cloned());
        let mut addresses: HashMap<EmailAddress, u32> = HashMap::new();
        let mut with_address: Vec<(EmailAddress, u32)> = Vec::new();
        self.each(&mut table, progress, |it, row| {
            let mut sink = it.row_sink(CONTACTS, row.place);
            let Some(draft) = read::contact(row, &columns, &mut sink) else {
                return;
            };
            if keys.contains(&draft.key) {
                sink.error(
                    read::RECORD_ID,
                    format!("{} is there twice; this row is left out", shown(&draft.key)),
                );
                return;
            }
            it.unknown(
                ReceiptKind::Company,
                companies,
                &draft.companies,
                CONTACTS,
                row,
                "Associated Company IDs",
            );
            it.define_email_as_written(&draft);
            if let Some(email) = draft.email {
                *addresses.entry(email.clone()).or_default() += 1;
                with_address.push((email, row.place.line));
            }
            keys.insert(draft.key.clone());
            it.survey.contacts.push(Entry {
                key: draft.key,
                place: row.place,
            });
        })?;
        for (email, line) in with_address {
            if addresses.get(&email).is_some_and(|it| *it > 1) {
                let what = format!(
                    "{} is the address of several contacts; none of them can sign in with it",
                    shown(email.as_str())
                );
                let column = Some("Email".to_owned());
                self.sink.take(Problem {
                    file: CONTACTS,
                    line: u64::from(line),
                    column,
                    severity: Severity::Warning,
                    what,
                });
            } else {
                self.survey.counts.sign_in += 1;
            }
        }
        self.survey.shared_addresses = addresses
            .iter()
            .filter(|(_, count)| **count > 1)
            .map(|(email, _)| email.clone())
            .collect();
        self.addresses = addresses.into_keys().collect();
        self.survey.contacts.sort_by(|a, b| natural(&a.key, &b.key));
        Ok(keys)
    }

    fn tickets_and_messages(
        &mut self,
        companies: &HashSet<String>,
        contacts: &HashSet<String>,
        progress: Progress<'_>,
    ) -> Result<(), TableError> {
        let Some(mut table) = self.open(TICKETS)? else {
            return Ok(());
        };
        let needed = [read::RECORD_ID, "Create date"];
        let owner = Some(PropertyOwner::Ticket);
        let Some(columns) = Columns::read(&table, read::TICKET_COLUMNS, &needed, owner, self.sink) else {
            return Ok(());
        };
        self.survey.properties.extend(columns.properties().cloned());
        // Where a ticket stands, first in the file, then by create date.
        let mut places: HashMap<String, u32> = HashMap::new();
        let zone = self.zone;
        self.each(&mut table, progress, |it, row| {
            let mut sink = it.row_sink(TICKETS, row.place);
            let Some(draft) = read::ticket(row, &columns, zone, &mut sink) else {
                return;
            };
            if places.contains_key(&draft.key) {
                sink.error(
                    read::RECORD_ID,
                    format!("{} is there twice; this row is left out", shown(&draft.key)),
                );
                return;
            }
            it.unknown(
                ReceiptKind::Contact,
                contacts,
                &draft.contacts,
                TICKETS,
                row,
                "Associated Contact IDs",
            );
            it.unknown(
                ReceiptKind::Company,
                companies,
                &draft.companies,
                TICKETS,
                row,
                "Associated Company IDs",
            );
            let wanted = WantedStatus::of(&draft);
            if !it.survey.statuses.contains(&wanted) {
                it.survey.statuses.insert(wanted);
            }
            match read::owner(row.get(columns.of("Ticket owner"))) {
                Some((OwnerDraft::Email(email), name)) => it.person(Some(email), Some(name)),
                Some((OwnerDraft::Name(name), _)) => it.person(None, Some(name)),
                None => {}
            }
            places.insert(
                draft.key.clone(),
                u32::try_from(it.survey.tickets.len()).unwrap_or(u32::MAX),
            );
            it.survey.tickets.push((
                draft.created_at,
                Entry {
                    key: draft.key,
                    place: row.place,
                },
            ));
        })?;
        self.survey
            .tickets
            .sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| natural(&x.key, &y.key)));
        for (place, (_, entry)) in (0..).zip(&self.survey.tickets) {
            if let Some(it) = places.get_mut(&entry.key) {
                *it = place;
            }
        }
        self.messages(&places, progress)
    }

    fn messages(&mut self, tickets: &HashMap<String, u32>, progress: Progress<'_>) -> Result<(), TableError> {
        let Some(mut table) = self.open(MESSAGES)? else {
            return Ok(());
        };
        let needed = ["Ticket ID", "Message ID", "Type", "Date", "Body"];
        let Some(columns) = Columns::read(&table, read::MESSAGE_COLUMNS, &needed, None, self.sink) else {
            return Ok(());
        };
        let mut seen: HashSet<(u32, u64, u64)> = HashSet::new();
        let zone = self.zone;
        self.each(&mut table, progress, |it, row| {
            let mut sink = it.row_sink(MESSAGES, row.place);
            let Some((ticket, draft)) = read::message(row, &columns, zone, &mut sink) else {
                return;
            };
            let Some(ticket) = tickets.get(&ticket).copied() else {
                sink.error(
                    "Ticket ID",
                    format!(
                        "there is no ticket {} in {TICKETS}; the row is left out",
                        shown(&ticket)
                    ),
                );
                return;
            };
            let order = order(&draft.key);
            if !seen.insert((ticket, order.0, order.1)) {
                sink.error(
                    "Message ID",
                    format!(
                        "{} is there twice for this ticket; this row is left out",
                        shown(&draft.key)
                    ),
                );
                return;
            }
            for file in &draft.files {
                match it.files.find(&file.path) {
                    Ok(_) => it.survey.counts.files += 1,
                    Err(why) => it
                        .row_sink(MESSAGES, row.place)
                        .error("Files", format!("the file {} {why}; it is left out", shown(&file.path))),
                }
            }
            it.person(draft.author.email, draft.author.name);
            *(if draft.kind == MessageKind::Message {
                &mut it.survey.counts.messages
            } else {
                &mut it.survey.counts.notes
            }) += 1;
            it.survey.messages.push(MessageEntry {
                ticket,
                at: draft.at,
                order,
                place: row.place,
            });
        })?;
        self.survey.messages.sort_unstable();
        Ok(())
    }

    /// Somebody under a message or in charge of a ticket who is no contact.
    fn person(&mut self, email: Option<EmailAddress>, name: Option<PersonName>) {
        match (email, name) {
            (Some(email), _) if self.addresses.contains(&email) => {}
            (Some(email), name) => {
                let Some(name) = name.or_else(|| PersonName::fitted(&read::local_name(&email))) else {
                    return;
                };
                match self.by_address.get_mut(&email) {
                    Some(known) if *known <= name => {}
                    Some(known) => *known = name,
                    None => {
                        self.by_address.insert(email, name);
                    }
                }
            }
            (None, Some(name)) => {
                self.survey.people.insert(AgentDraft { email: None, name });
            }
            (None, None) => {}
        }
    }

    /// Addresses that are none are kept in a property that no column of the export has.
    fn define_email_as_written(&mut self, contact: &ContactDraft) {
        let Some(key) = contact
            .properties
            .keys()
            .find(|it| it.as_str() == read::EMAIL_AS_WRITTEN)
        else {
            return;
        };
        let owner = PropertyOwner::Contact;
        if !self
            .survey
            .properties
            .iter()
            .any(|it| it.owner == owner && it.key == *key)
        {
            self.survey.properties.push(PropertyDraft {
                owner,
                key: key.clone(),
                label: "Email as written".to_owned(),
            });
        }
    }

    fn unknown(
        &mut self,
        kind: ReceiptKind,
        there: &HashSet<String>,
        keys: &[String],
        file: &'static str,
        row: &Row,
        column: &str,
    ) {
        for key in keys {
            if !there.contains(key) && !self.importer.knows(kind, key) {
                let (thing, other) = match kind {
                    ReceiptKind::Company => ("company", COMPANIES),
                    ReceiptKind::Contact | ReceiptKind::Ticket => ("contact", CONTACTS),
                };
                let what = format!(
                    "there is no {thing} {} in {other}; the association is left out",
                    shown(key)
                );
                self.row_sink(file, row.place).error(column, what);
            }
        }
    }

    fn row_sink(&mut self, file: &'static str, place: Place) -> RowSink<'_> {
        RowSink {
            file,
            line: u64::from(place.line),
            sink: self.sink,
        }
    }
}

/// Ids that are numbers in the order of numbers, before all others.
fn natural(a: &str, b: &str) -> Ordering {
    let number = |it: &str| it.parse::<u128>().ok();
    match (number(a), number(b)) {
        (Some(x), Some(y)) => x.cmp(&y).then_with(|| a.cmp(b)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.cmp(b),
    }
}

/// A short stand-in for an id, the same in every run: the number if it is one, else a hash (FNV-1a in two lanes).
fn order(key: &str) -> (u64, u64) {
    if let Ok(number) = key.parse::<u64>()
        && !key.starts_with(['0', '+'])
    {
        return (0, number);
    }
    let lane = |start: u64| {
        key.bytes().fold(start, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    (lane(0xcbf2_9ce4_8422_2325) | 1, lane(0x6c62_272e_07bb_0142))
}
