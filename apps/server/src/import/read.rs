use jiff::tz::TimeZone;
use portal_core::import::{
    AuthorDraft, CompanyDraft, ContactDraft, FileDraft, MessageDraft, MessageKind, OwnerDraft, TicketDraft,
};
use portal_core::property::{PropertyKey, PropertyValue};
use portal_core::text::{EmailAddress, FileName, Line, PersonName, Subject};
use portal_core::ticket::{BodyFormat, Priority, Source};
use portal_core::time::Timestamp;

use super::columns::Columns;
use super::problem::{RowSink, shown};
use super::table::Row;
use super::when::instant;

pub(super) const COMPANIES: &str = "companies.csv";
pub(super) const CONTACTS: &str = "contacts.csv";
pub(super) const TICKETS: &str = "tickets.csv";
pub(super) const MESSAGES: &str = "messages.csv";

pub(super) const RECORD_ID: &str = "Record ID";
pub(super) const COMPANY_COLUMNS: &[&str] = &[RECORD_ID, "Company name", "Company Domain Name"];
pub(super) const CONTACT_COLUMNS: &[&str] = &[
    RECORD_ID,
    "First Name",
    "Last Name",
    "Email",
    "Primary Associated Company ID",
    "Associated Company IDs",
];
pub(super) const TICKET_COLUMNS: &[&str] = &[
    RECORD_ID,
    "Ticket name",
    "Ticket description",
    "Pipeline",
    "Ticket status",
    "Priority",
    "Category",
    "Source",
    "Ticket owner",
    "Create date",
    "Close date",
    "Associated Contact IDs",
    "Associated Company IDs",
];
pub(super) const MESSAGE_COLUMNS: &[&str] = &[
    "Ticket ID",
    "Message ID",
    "Type",
    "Author Email",
    "Author Name",
    "Date",
    "Format",
    "Body",
    "Files",
];

/// The property that keeps a text in the column of addresses that is none.
pub(super) const EMAIL_AS_WRITTEN: &str = "email_as_written";

/// Longest key, in bytes.
const MAX_KEY: usize = 120;

/// The key of a row; a row without one cannot be found again, so it is left out.
fn key(row: &Row, columns: &Columns, column: &'static str, sink: &mut RowSink<'_>) -> Option<String> {
    let text = row.get(columns.of(column));
    if text.is_empty() {
        sink.error(column, "there is no id; the row is left out");
        return None;
    }
    if text.len() > MAX_KEY || text.chars().any(char::is_control) {
        sink.error(column, format!("{} cannot be an id; the row is left out", shown(text)));
        return None;
    }
    Some(text.to_owned())
}

fn list(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for it in text.split(';').map(str::trim).filter(|it| !it.is_empty()) {
        if !found.iter().any(|known| known == it) {
            found.push(it.to_owned());
        }
    }
    found
}

pub(super) fn company(row: &Row, columns: &Columns, sink: &mut RowSink<'_>) -> Option<CompanyDraft> {
    let key = key(row, columns, RECORD_ID, sink)?;
    let domain = row.get(columns.of("Company Domain Name"));
    let name = row.get(columns.of("Company name"));
    if name.is_empty() {
        sink.warning("Company name", "there is no name; the domain or the id stands for it");
    } else if name.chars().count() > Line::MAX {
        sink.warning(
            "Company name",
            format!("the name is longer than {} characters and is cut", Line::MAX),
        );
    }
    let name = Line::fitted(name)
        .or_else(|| Line::fitted(domain))
        .or_else(|| Line::fitted(&format!("Company {key}")))?;
    Some(CompanyDraft {
        row: sink.line,
        key,
        name,
        domain: Line::fitted(domain),
        properties: columns.values(row),
    })
}

pub(super) fn contact(row: &Row, columns: &Columns, sink: &mut RowSink<'_>) -> Option<ContactDraft> {
    let key = key(row, columns, RECORD_ID, sink)?;
    let mut properties = columns.values(row);
    let written = row.get(columns.of("Email"));
    let email = match written.parse::<EmailAddress>() {
        Ok(it) => Some(it),
        Err(_) if written.is_empty() => {
            sink.warning("Email", "there is no address; this contact cannot sign in");
            None
        }
        Err(why) => {
            sink.warning(
                "Email",
                format!(
                    "{} is kept as text only, this contact cannot sign in: {why}",
                    shown(written)
                ),
            );
            if let Ok(key) = EMAIL_AS_WRITTEN.parse::<PropertyKey>() {
                properties.insert(key, PropertyValue::Text(written.chars().take(320).collect()));
            }
            None
        }
    };
    let full = format!(
        "{} {}",
        row.get(columns.of("First Name")),
        row.get(columns.of("Last Name"))
    );
    let full = full.trim();
    if full.is_empty() {
        sink.warning("First Name", "there is no name; the address or the id stands for it");
    } else if full.chars().count() > PersonName::MAX {
        sink.warning(
            "First Name",
            format!("the name is longer than {} characters and is cut", PersonName::MAX),
        );
    }
    let stand_in = email.as_ref().map_or_else(|| format!("Contact {key}"), local_name);
    let name = PersonName::fitted(full).or_else(|| PersonName::fitted(&stand_in))?;
    let primary = row.get(columns.of("Primary Associated Company ID"));
    let mut companies = list(row.get(columns.of("Associated Company IDs")));
    let primary_company = (!primary.is_empty()).then(|| primary.to_owned());
    if let Some(primary) = &primary_company
        && !companies.contains(primary)
    {
        companies.push(primary.clone());
    }
    companies.sort();
    Some(ContactDraft {
        row: sink.line,
        key,
        name,
        email,
        address_is_unique: true,
        primary_company,
        companies,
        properties,
    })
}

/// A name from an address: `mara.okafor@…` is Mara Okafor.
pub(super) fn local_name(address: &EmailAddress) -> String {
    let local = address.as_str().split('@').next().unwrap_or_default();
    let words = local
        .split(['.', '_', '-', '+'])
        .filter(|it| !it.is_empty())
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect::<String>())
                .unwrap_or_default()
        });
    words.collect::<Vec<_>>().join(" ")
}

pub(super) fn ticket(row: &Row, columns: &Columns, zone: &TimeZone, sink: &mut RowSink<'_>) -> Option<TicketDraft> {
    let key = key(row, columns, RECORD_ID, sink)?;
    let created = row.get(columns.of("Create date"));
    let Some(created_at) = instant(created, zone) else {
        sink.error(
            "Create date",
            format!(
                "{} is no date like 2026-11-22 14:05; the row is left out",
                shown(created)
            ),
        );
        return None;
    };
    let closed_at = date(row, columns, "Close date", zone, sink);
    let name = row.get(columns.of("Ticket name"));
    if name.is_empty() {
        sink.warning("Ticket name", "there is no subject; “(no subject)” stands for it");
    } else if name.chars().count() > Subject::MAX {
        sink.warning(
            "Ticket name",
            format!("the subject is longer than {} characters and is cut", Subject::MAX),
        );
    }
    let subject = Subject::fitted(name).or_else(|| Subject::fitted("(no subject)"))?;
    let description = row.raw(columns.of("Ticket description")).trim();
    Some(TicketDraft {
        row: sink.line,
        key,
        subject,
        description: (!description.is_empty()).then(|| description.to_owned()),
        pipeline: Line::fitted(row.get(columns.of("Pipeline"))),
        status: Line::fitted(row.get(columns.of("Ticket status"))),
        priority: priority(row.get(columns.of("Priority")), sink),
        category: Line::fitted(row.get(columns.of("Category"))),
        source: source(row.get(columns.of("Source"))),
        owner: owner(row.get(columns.of("Ticket owner"))).map(|(owner, _)| owner),
        created_at,
        closed_at,
        contacts: list(row.get(columns.of("Associated Contact IDs"))),
        companies: list(row.get(columns.of("Associated Company IDs"))),
        properties: columns.values(row),
        messages: Vec::new(),
    })
}

fn date(
    row: &Row,
    columns: &Columns,
    column: &'static str,
    zone: &TimeZone,
    sink: &mut RowSink<'_>,
) -> Option<Timestamp> {
    let text = row.get(columns.of(column));
    let found = instant(text, zone);
    if found.is_none() && !text.is_empty() {
        sink.error(
            column,
            format!("{} is no date like 2026-11-22 14:05; it is left out", shown(text)),
        );
    }
    found
}

fn priority(text: &str, sink: &mut RowSink<'_>) -> Priority {
    match text.to_lowercase().as_str() {
        "low" | "niedrig" => Priority::Low,
        "" | "medium" | "normal" | "mittel" => Priority::Normal,
        "high" | "hoch" => Priority::High,
        "urgent" | "dringend" => Priority::Urgent,
        _ => {
            sink.warning(
                "Priority",
                format!(
                    "{} is none of Low, Medium, High, Urgent; it becomes normal",
                    shown(text)
                ),
            );
            Priority::Normal
        }
    }
}

fn source(text: &str) -> Source {
    match text.to_lowercase().as_str() {
        "email" | "e-mail" => Source::Email,
        "form" | "formular" => Source::Form,
        "chat" => Source::Chat,
        "facebook messenger" | "messenger" | "facebook" => Source::Messenger,
        "portal" | "customer portal" => Source::Portal,
        _ => Source::Other,
    }
}

/// `Mara Okafor`, `mara@example.com`, or `Mara Okafor (mara@example.com)`; with the name that is shown.
pub(super) fn owner(text: &str) -> Option<(OwnerDraft, PersonName)> {
    let (name, address) = match text.rsplit_once(['(', '<']) {
        Some((name, rest)) if rest.contains('@') => (name.trim(), rest.trim_end_matches([')', '>'])),
        _ => ("", text),
    };
    if let Ok(email) = address.parse::<EmailAddress>() {
        let name = PersonName::fitted(name).or_else(|| PersonName::fitted(&local_name(&email)))?;
        return Some((OwnerDraft::Email(email), name));
    }
    PersonName::fitted(text).map(|it| (OwnerDraft::Name(it.clone()), it))
}

/// A message with the key of its ticket.
pub(super) fn message(
    row: &Row,
    columns: &Columns,
    zone: &TimeZone,
    sink: &mut RowSink<'_>,
) -> Option<(String, MessageDraft)> {
    let ticket = key(row, columns, "Ticket ID", sink)?;
    let key = key(row, columns, "Message ID", sink)?;
    let kind = row.get(columns.of("Type"));
    let kind = match kind.to_lowercase().as_str() {
        "message" => MessageKind::Message,
        "note" => MessageKind::Note,
        // What may be staff-only is never guessed to be public.
        _ => {
            sink.error(
                "Type",
                format!("{} is neither `message` nor `note`; the row is left out", shown(kind)),
            );
            return None;
        }
    };
    let date = row.get(columns.of("Date"));
    let Some(at) = instant(date, zone) else {
        sink.error(
            "Date",
            format!("{} is no date like 2026-11-22 14:05; the row is left out", shown(date)),
        );
        return None;
    };
    let format = row.get(columns.of("Format"));
    let format = match format.to_lowercase().as_str() {
        "" | "text" => BodyFormat::Text,
        "html" => BodyFormat::Html,
        _ => {
            sink.warning(
                "Format",
                format!(
                    "{} is neither `text` nor `html`; the body is taken for text",
                    shown(format)
                ),
            );
            BodyFormat::Text
        }
    };
    let body = row.raw(columns.of("Body")).trim();
    let files = list(row.get(columns.of("Files")));
    if body.is_empty() && files.is_empty() {
        sink.warning("Body", "there is neither text nor file; the row is left out");
        return None;
    }
    let limit = match format {
        BodyFormat::Html => portal_core::text::MAX_INBOUND_HTML,
        BodyFormat::Text | BodyFormat::Markdown => portal_core::text::MAX_INBOUND_TEXT,
    };
    if body.len() > limit {
        sink.warning(
            "Body",
            format!("the text is longer than {} KiB and is cut", limit / 1024),
        );
    }
    let address = row.get(columns.of("Author Email"));
    let email = address.parse::<EmailAddress>().ok();
    let name = PersonName::fitted(row.get(columns.of("Author Name")));
    if email.is_none() && !address.is_empty() {
        sink.warning(
            "Author Email",
            format!("{} is no address; the author is known by name only", shown(address)),
        );
    } else if email.is_none() && name.is_none() {
        sink.warning("Author Email", "there is neither address nor name of an author");
    }
    let files = files
        .into_iter()
        .map(|path| FileDraft {
            name: FileName::cleaned(&path),
            path,
        })
        .collect();
    let draft = MessageDraft {
        row: sink.line,
        key,
        kind,
        author: AuthorDraft { email, name },
        at,
        format,
        body: body.to_owned(),
        files,
    };
    Some((ticket, draft))
}
