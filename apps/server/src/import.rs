//! `portal import`: takes over a HubSpot-style export, a folder with `contacts.csv`, `companies.csv`, `tickets.csv`,
//! `messages.csv` and files.
//!
//! The export is read twice. The first time from end to end: every problem is told by file, line and column, and an index is
//! made of where things are, in the order in which they will be written, whatever the order of rows. The second time in that
//! order, in batches, so that texts are held for one batch only. What is written, and how it is known again, is
//! [`portal_core::import`]'s business.

mod attachments;
mod columns;
mod problem;
mod read;
mod report;
mod survey;
mod table;
mod target;
#[cfg(test)]
mod tests;
mod when;

use std::io::{self, Write};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::tz::TimeZone;
use portal_core::import::{ContactDraft, ImportError, ImportPorts, Importer, MessageKind, Remark, Tally, TicketDraft};
use portal_core::ports::ReceiptKind;

use attachments::ExportFiles;
use columns::Columns;
use problem::{Known, Problem, RowSink, Severity, Sink};
use report::Printer;
use survey::{Survey, survey};
use table::{Table, TableError};
use target::{TargetError, target};

/// How many companies or contacts are written at once.
const PEOPLE: usize = 500;
/// How many tickets are written at once.
const TICKETS: usize = 200;
/// About how many bytes of messages are held at once; a batch of tickets ends early when it is reached.
const BATCH_BYTES: usize = 8 * 1024 * 1024;

/// What to import, and where to.
#[derive(Clone, Debug, clap::Args)]
pub struct ImportArgs {
    /// The folder of the export: contacts.csv, companies.csv, tickets.csv, messages.csv, and files
    pub dir: PathBuf,
    /// Only read, list every problem, and write nothing; ends with 1 if there are errors
    #[arg(long)]
    pub dry_run: bool,
    /// The portal whose tickets these are, by slug or name; needed where there are several
    #[arg(long, value_name = "SLUG")]
    pub portal: Option<String>,
    /// The inbox that gets the tickets, by name; needed where there are several
    #[arg(long, value_name = "NAME")]
    pub inbox: Option<String>,
    /// The zone of dates that name none, such as Europe/Berlin; else the portal's
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
}

/// Why an import did not happen or did not end. What was written stays; the same command goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailure {
    /// The folder is not there.
    #[error("cannot open the folder `{path}`")]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// None of the four files is there.
    #[error("there is none of contacts.csv, companies.csv, tickets.csv, messages.csv in `{0}`")]
    NothingThere(PathBuf),
    /// A file could not be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// It is not clear where the tickets go.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// No such time zone.
    #[error("`{0}` is no time zone like Europe/Berlin")]
    TimeZone(String),
    /// The store or file store failed.
    #[error("the import stopped; run it again to go on where it stopped")]
    Import(#[from] ImportError),
    /// The report could not be written.
    #[error("cannot write the report")]
    Output(#[from] io::Error),
}

/// How an import ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportOutcome {
    /// How many problems make something missing.
    pub errors: u64,
    /// How many do not.
    pub warnings: u64,
}

impl ImportOutcome {
    /// What the command should end with: 1 if something is missing.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        if self.errors > 0 { 1 } else { 0 }
    }
}

/// Runs an import, or only looks at it. The report goes to `out`, the progress bar to standard error if that is a terminal.
///
/// # Errors
/// See [`ImportFailure`]; problems in the export are no errors but lines of the report.
pub async fn run(
    ports: ImportPorts,
    args: &ImportArgs,
    out: &mut (dyn Write + Send),
) -> Result<ImportOutcome, ImportFailure> {
    let files = ExportFiles::new(&args.dir).map_err(|source| ImportFailure::Folder {
        path: args.dir.clone(),
        source,
    })?;
    let mut bytes = 0;
    for name in [read::COMPANIES, read::CONTACTS, read::TICKETS, read::MESSAGES] {
        bytes += std::fs::metadata(args.dir.join(name)).map_or(0, |it| it.len());
    }
    if bytes == 0 {
        return Err(ImportFailure::NothingThere(args.dir.clone()));
    }
    let target = target(ports.store.as_ref(), args.portal.as_deref(), args.inbox.as_deref()).await?;
    let zone_name = args
        .time_zone
        .clone()
        .or_else(|| target.portal.as_ref().map(|it| it.time_zone.clone()))
        .unwrap_or_else(|| "UTC".to_owned());
    let zone = TimeZone::get(&zone_name).map_err(|_| ImportFailure::TimeZone(zone_name.clone()))?;
    let mut importer = Importer::begin(ports, target.inbox.id).await?;

    let bar = bar(bytes, "reading", "{bytes}/{total_bytes}");
    let mut printer = Printer::new(out);
    let survey = survey(&args.dir, &zone, &importer, &files, &mut printer, &mut |more| {
        bar.inc(more);
    })?;
    bar.finish_and_clear();
    let (mut errors, mut warnings) = (printer.errors, printer.warnings);
    if let Some(error) = printer.failed {
        return Err(error.into());
    }
    if errors + warnings > 0 {
        writeln!(out)?;
    }
    let planned = importer.plan(&survey.statuses).await?;
    report::plan(out, &target, &zone_name, &survey, &planned)?;
    if !args.dry_run {
        let (more_errors, more_warnings) = write(&mut importer, &survey, args, &zone, &files, out).await?;
        errors += more_errors;
        warnings += more_warnings;
    }
    report::verdict(out, errors, warnings, args.dry_run)?;
    Ok(ImportOutcome { errors, warnings })
}

fn bar(length: u64, what: &'static str, counter: &str) -> ProgressBar {
    let template = format!("{{msg:9}} {{wide_bar}} {counter} {{eta}}");
    let style = ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style).with_message(what)
}

async fn write(
    importer: &mut Importer,
    survey: &Survey,
    args: &ImportArgs,
    zone: &TimeZone,
    files: &ExportFiles,
    out: &mut (dyn Write + Send),
) -> Result<(u64, u64), ImportFailure> {
    let mut remarks = Vec::new();
    let (mut companies, mut contacts, mut tickets) = (Tally::default(), Tally::default(), Tally::default());
    importer.define_properties(&survey.properties).await?;

    let mut source = Source::open(args, read::COMPANIES, read::COMPANY_COLUMNS)?;
    let progress = bar(survey.companies.len() as u64, "companies", "{pos}/{len}");
    for batch in survey.companies.chunks(PEOPLE) {
        let mut drafts = Vec::with_capacity(batch.len());
        for entry in batch {
            drafts.extend(source.row(entry.place, read::company)?);
        }
        companies += importer.import_companies(&drafts).await?;
        progress.inc(batch.len() as u64);
    }
    progress.finish_and_clear();

    let mut source = Source::open(args, read::CONTACTS, read::CONTACT_COLUMNS)?;
    let progress = bar(survey.contacts.len() as u64, "contacts", "{pos}/{len}");
    for batch in survey.contacts.chunks(PEOPLE) {
        let mut drafts: Vec<ContactDraft> = Vec::with_capacity(batch.len());
        for entry in batch {
            drafts.extend(source.row(entry.place, read::contact)?);
        }
        for draft in &mut drafts {
            draft.address_is_unique = draft
                .email
                .as_ref()
                .is_some_and(|it| !survey.shared_addresses.contains(it));
        }
        contacts += importer.import_contacts(&drafts, &mut remarks).await?;
        progress.inc(batch.len() as u64);
    }
    progress.finish_and_clear();

    let staff = importer.import_agents(&survey.people).await?;
    importer.import_pipelines(&survey.statuses).await?;

    let mut source = Source::open(args, read::TICKETS, read::TICKET_COLUMNS)?;
    let mut messages = Source::open(args, read::MESSAGES, read::MESSAGE_COLUMNS)?;
    let mut coming = survey.messages.iter().peekable();
    let progress = bar(survey.tickets.len() as u64, "tickets", "{pos}/{len}");
    let mut batch: Vec<TicketDraft> = Vec::with_capacity(TICKETS);
    let mut held = 0;
    for (place, (_, entry)) in (0_u32..).zip(&survey.tickets) {
        let mut draft = source.row(entry.place, |row, columns, sink| read::ticket(row, columns, zone, sink))?;
        while let Some(next) = coming.next_if(|it| it.ticket <= place) {
            let message = messages.row(next.place, |row, columns, sink| read::message(row, columns, zone, sink))?;
            if let (Some(draft), Some((_, mut message))) = (&mut draft, message) {
                // Those that cannot be had were told already.
                message.files.retain(|it| files.find(&it.path).is_ok());
                held += message.body.len();
                draft.messages.push(message);
            }
        }
        batch.extend(draft);
        if batch.len() >= TICKETS || held >= BATCH_BYTES {
            tickets += importer.import_tickets(&batch, files, &mut remarks).await?;
            progress.inc(batch.len() as u64);
            batch.clear();
            held = 0;
        }
    }
    tickets += importer.import_tickets(&batch, files, &mut remarks).await?;
    progress.finish_and_clear();

    let mut printer = Printer::new(out);
    for remark in remarks {
        printer.take(as_problem(remark));
    }
    let counts = (printer.errors, printer.warnings);
    if let Some(error) = printer.failed {
        return Err(error.into());
    }
    report::done(out, companies, contacts, staff, tickets)?;
    Ok(counts)
}

/// A remark of the writing side as a line of the report. A contact who cannot sign in is a warning as in the survey; a file
/// that could not be read after all is missing.
fn as_problem(remark: Remark) -> Problem {
    let (file, column, severity) = match (remark.kind, remark.part) {
        (_, Some(MessageKind::Message | MessageKind::Note)) => (read::MESSAGES, "Files", Severity::Error),
        (ReceiptKind::Company, None) => (read::COMPANIES, "Company name", Severity::Warning),
        (ReceiptKind::Contact, None) => (read::CONTACTS, "Email", Severity::Warning),
        (ReceiptKind::Ticket, None) => (read::TICKETS, "Ticket name", Severity::Warning),
    };
    Problem {
        file,
        line: remark.row,
        column: Some(column.to_owned()),
        severity,
        what: remark.what,
    }
}

/// A table that is read by place, its problems being known.
struct Source {
    table: Option<(Table, Columns)>,
}

impl Source {
    fn open(args: &ImportArgs, name: &'static str, known: &[&'static str]) -> Result<Self, TableError> {
        let owner = match name {
            read::COMPANIES => Some(portal_core::property::PropertyOwner::Company),
            read::CONTACTS => Some(portal_core::property::PropertyOwner::Contact),
            read::TICKETS => Some(portal_core::property::PropertyOwner::Ticket),
            _ => None,
        };
        let table = Table::open(&args.dir, name)?;
        let columns = |table: Table| Columns::read(&table, known, &[], owner, &mut Known).map(|it| (table, it));
        Ok(Self {
            table: table.and_then(columns),
        })
    }

    fn row<T>(
        &mut self,
        place: table::Place,
        read: impl FnOnce(&table::Row, &Columns, &mut RowSink<'_>) -> Option<T>,
    ) -> Result<Option<T>, TableError> {
        let Some((table, columns)) = &mut self.table else {
            return Ok(None);
        };
        let Some(row) = table.at(place)? else { return Ok(None) };
        let mut sink = RowSink {
            file: table.name,
            line: u64::from(place.line),
            sink: &mut Known,
        };
        Ok(read(&row, columns, &mut sink))
    }
}
