//! Tables of contacts and companies that are taken in: choose a file, say what its columns are, look, run.

use poem::Body;
use poem::http::StatusCode;
use portal_core::crm::{
    LineProblem, Table, TableCheck, TableContent, TableError, TableField, TableLine, TableOf, TableState,
};
use portal_core::id::TableId;
use portal_core::input::Problem as Found;

use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::i18n::Arg;
use crate::office::criteria::kind_name;
use crate::office::problems::{one, said};
use crate::office::visit::OfficeVisit;
use crate::view::Choice;
use crate::view::crm::Named;
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::party::{
    ColumnView, NewTablePage, TableCheckView, TablePage, TableRowView, TablesPage, WrongLineView,
};
use crate::visit::Answer;

/// How many lines are shown of each column.
const SAMPLES: usize = 3;

fn id(visit: &OfficeVisit<'_>) -> Result<TableId, Stop> {
    visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)
}

const fn state_name(state: TableState) -> &'static str {
    match state {
        TableState::Mapping => "mapping",
        TableState::Running => "running",
        TableState::Done => "done",
    }
}

/// How far a file was read, and how many lines that were. The reader of the file does not count the second half of `\r\n`
/// before it comes to what follows.
#[derive(Default)]
struct Place {
    at: usize,
    lines: u64,
}

impl Place {
    /// The line on which a record begins, from 1. Records must be asked for in order.
    fn line_of(&mut self, content: &[u8], record: Option<&::csv::Position>) -> u64 {
        let start = record.map_or(0, |it| usize::try_from(it.byte()).unwrap_or(usize::MAX));
        for byte in content.iter().skip(self.at) {
            if self.at >= start && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            self.lines += u64::from(*byte == b'\n');
            self.at += 1;
        }
        self.lines + 1
    }
}

/// A file as headings and lines. Comma or semicolon: whichever the first line has more of.
fn read(content: &[u8]) -> Option<(Vec<String>, Vec<TableLine>)> {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let first = content.split(|it| *it == b'\n').next().unwrap_or_default();
    let many = |of: u8| first.split(|it| *it == of).count();
    let delimiter = *[b',', b';', b'\t'].iter().max_by_key(|it| many(**it))?;
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(content);
    let mut columns: Option<Vec<String>> = None;
    let mut lines = Vec::new();
    let mut record = ::csv::StringRecord::new();
    let mut place = Place::default();
    loop {
        // A line whose bytes are no text is one that cannot be read; the next one may be.
        let cells = match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => Some(record.iter().map(str::to_owned).collect::<Vec<_>>()),
            Err(err) if err.is_io_error() => return None,
            Err(_) => None,
        };
        let line = place.line_of(content, record.position());
        match (&columns, cells) {
            (None, Some(cells)) => columns = Some(cells),
            (None, None) => return None,
            (Some(_), Some(cells)) if cells.iter().all(|it| it.trim().is_empty()) => {}
            (Some(columns), cells) => lines.push(TableLine {
                line,
                cells: cells.filter(|it| it.len() == columns.len()),
            }),
        }
        if lines.len() as u64 > Table::MOST_LINES {
            return None;
        }
    }
    columns.map(|it| (it, lines))
}

pub(super) async fn list(visit: &OfficeVisit<'_>) -> Answer {
    let tables = visit.web.portal.list_tables(visit.actor()?).await?;
    let page = TablesPage {
        shell: visit.shell(OfficeArea::Contacts),
        tables: tables
            .iter()
            .map(|it| TableRowView {
                table: Named {
                    href: format!("/admin/imports/{}", it.id),
                    name: it.name.clone(),
                },
                of: it.of.name(),
                when: visit.times().recent(it.at.micros()),
                state: state_name(it.state),
                lines: it.lines,
            })
            .collect(),
    };
    visit.page(StatusCode::OK, &page)
}

pub(super) fn new(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    asked(visit, StatusCode::OK, fields.get("of"), Vec::new())
}

fn asked(visit: &OfficeVisit<'_>, status: StatusCode, of: &str, problems: Vec<Problem>) -> Answer {
    let offered = [TableOf::Contacts, TableOf::Companies];
    let page = NewTablePage {
        shell: visit.shell(OfficeArea::Contacts),
        of: offered.iter().map(|it| Choice::new(it.name(), it.name(), of)).collect(),
        most_lines: Table::MOST_LINES,
        most_megabytes: (Table::MOST_BYTES / (1024 * 1024)) as u64,
        problems,
    };
    visit.page(status, &page)
}

pub(super) async fn bring(visit: &OfficeVisit<'_>, body: Body) -> Answer {
    let actor = visit.actor()?;
    let (fields, file) = forms::table(visit, body, Table::MOST_BYTES as u64).await?;
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let of = TableOf::named(fields.get("of")).ok_or(Stop::BAD_REQUEST)?;
    let again = |key| asked(visit, refused, of.name(), said(visit, "file", key));
    let Some((name, content)) = file else {
        return again("table-problem-file");
    };
    let Some((columns, lines)) = read(&content) else {
        return again("table-problem-unreadable");
    };
    let portal = &visit.web.portal;
    let brought = portal
        .bring_table(actor, of, (&name, &content), &columns, lines.len() as u64)
        .await;
    match brought {
        Ok(id) => Ok(visit.done("office-flash-table-brought", &format!("/admin/imports/{id}"))),
        Err(TableError::Size) => again("table-problem-size"),
        Err(err) => Err(err.into()),
    }
}

pub(super) async fn show(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let it = visit.web.portal.view_table(visit.actor()?, id(visit)?).await?;
    let wants_check = fields.get("check") == "1" && it.table.state == TableState::Mapping;
    shown(visit, StatusCode::OK, it, wants_check, Vec::new()).await
}

async fn shown(
    visit: &OfficeVisit<'_>,
    status: StatusCode,
    it: TableContent,
    wants_check: bool,
    problems: Vec<Problem>,
) -> Answer {
    let table = it.table;
    let (_, lines) = read(&it.content).unwrap_or_default();
    let check = if wants_check {
        let check = visit.web.portal.check_table(visit.actor()?, table.id, &lines).await?;
        Some(checked(visit, &check))
    } else {
        None
    };
    let language = visit.language();
    let mut offered: Vec<(String, String)> = vec![(String::new(), visit.texts().text("table-leave-out", &[]))];
    for field in TableField::of(table.of) {
        offered.push((field.name(), field_text(visit, &field)));
    }
    for property in &it.properties {
        let field = TableField::Property(property.key.clone());
        offered.push((field.name(), property.label.get(&language).to_owned()));
    }
    let columns = table.columns.iter().enumerate().map(|(place, heading)| {
        let chosen = table.mapping.get(place).cloned().flatten();
        let chosen = chosen.map(|it| it.name()).unwrap_or_default();
        ColumnView {
            place,
            heading: heading.clone(),
            samples: lines
                .iter()
                .filter_map(|it| it.cells.as_ref()?.get(place).cloned())
                .filter(|it| !it.trim().is_empty())
                .take(SAMPLES)
                .collect(),
            fields: offered
                .iter()
                .map(|(value, label)| Choice::new(value.as_str(), label.as_str(), &chosen))
                .collect(),
        }
    });
    let page = TablePage {
        shell: visit.shell(OfficeArea::Contacts),
        base: format!("/admin/imports/{}", table.id),
        name: table.name.clone(),
        of: table.of.name(),
        state: state_name(table.state),
        lines: table.lines,
        done: table.done,
        added: table.added,
        changed: table.changed,
        left_out: table.left_out,
        columns: columns.collect(),
        check,
        problems,
    };
    visit.page(status, &page)
}

fn field_text(visit: &OfficeVisit<'_>, field: &TableField) -> String {
    match field {
        TableField::Property(key) => key.to_string(),
        field => {
            let name = field.name();
            visit
                .texts()
                .text("party-field", &[("field", Arg::from(name.as_str()))])
        }
    }
}

fn checked(visit: &OfficeVisit<'_>, it: &TableCheck) -> TableCheckView {
    TableCheckView {
        added: it.added,
        changed: it.changed,
        unchanged: it.unchanged,
        left_out: it.left_out,
        new_primaries: it.new_primaries,
        wrong: it
            .wrong
            .iter()
            .map(|it| WrongLineView {
                line: it.line,
                field: it.problem.field().map(|it| field_text(visit, it)).unwrap_or_default(),
                text: worded(visit, &it.problem),
            })
            .collect(),
    }
}

/// What is wrong with a line, and what to do. No wildcard arms: a new problem must be worded.
fn worded(visit: &OfficeVisit<'_>, problem: &LineProblem) -> String {
    let text = |key: &str, args: &[(&str, Arg)]| visit.texts().text(key, args);
    match problem {
        LineProblem::Unreadable => text("table-wrong-unreadable", &[]),
        LineProblem::NoKey => text("table-wrong-no-key", &[]),
        LineProblem::Twice(line) => text("table-wrong-twice", &[("line", Arg::from(*line))]),
        LineProblem::NoName => text("table-wrong-no-name", &[]),
        LineProblem::Field(_, kind) => {
            let found = Found {
                field: "cell",
                item: None,
                kind: kind.clone(),
            };
            one(visit, &found).text
        }
        LineProblem::NotOfType(_, kind) => text("table-wrong-type", &[("kind", Arg::from(kind_name(*kind)))]),
        LineProblem::Several => text("table-wrong-several", &[]),
        LineProblem::NoCompany => text("table-wrong-no-company", &[]),
        LineProblem::SeveralCompanies => text("table-wrong-several-companies", &[]),
        LineProblem::Registered => text("table-wrong-registered", &[]),
        LineProblem::Taken => text("table-wrong-taken", &[]),
        LineProblem::Gone => text("table-wrong-gone", &[]),
    }
}

pub(super) async fn map(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let id = id(visit)?;
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let mut it = portal.view_table(actor, id).await?;
    let mapping: Vec<Option<TableField>> = (0..it.table.columns.len())
        .map(|place| TableField::named(fields.get(&format!("column-{place}"))))
        .collect();
    match portal.map_table(actor, id, &mapping).await {
        Ok(()) => Ok(crate::web::see_other(&format!("/admin/imports/{id}?check=1"))),
        Err(TableError::Invalid(problems)) => {
            let key = if problems.list().iter().any(|it| it.item.is_some()) {
                "table-problem-twice"
            } else {
                "table-problem-key"
            };
            it.table.mapping = mapping;
            let problems = said(visit, "columns", key);
            shown(visit, StatusCode::UNPROCESSABLE_ENTITY, it, false, problems).await
        }
        Err(err) => Err(err.into()),
    }
}

pub(super) async fn run(visit: &OfficeVisit<'_>) -> Answer {
    let id = id(visit)?;
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let it = portal.view_table(actor, id).await?;
    let (_, lines) = read(&it.content).unwrap_or_default();
    let table = portal.run_table(actor, id, &lines).await?;
    let flash = match table.state {
        TableState::Done => "office-flash-table-done",
        TableState::Mapping | TableState::Running => "office-flash-table-running",
    };
    Ok(visit.done(flash, &format!("/admin/imports/{id}")))
}

pub(super) async fn discard(visit: &OfficeVisit<'_>) -> Answer {
    visit.web.portal.discard_table(visit.actor()?, id(visit)?).await?;
    Ok(visit.done("office-flash-table-discarded", "/admin/imports"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_file_whatever_divides_them() {
        for (text, heads) in [
            ("Name,E-mail\nAda,ada@example.com\n", 2),
            ("\u{feff}Name;E-mail\r\nAda;ada@example.com\r\n", 2),
            ("Name\tE-mail\nAda\tada@example.com", 2),
        ] {
            let (columns, lines) = read(text.as_bytes()).unwrap();
            assert_eq!(columns.len(), heads, "{text}");
            assert_eq!(columns[0], "Name");
            let cells = Some(vec!["Ada".to_owned(), "ada@example.com".to_owned()]);
            assert_eq!(lines, [TableLine { line: 2, cells }], "{text}");
        }
        let quoted = "Name,Note\n\"Ada, Countess\",\"two\nlines\"\nEve,x\n\nGil,y,z\n";
        let (_, lines) = read(quoted.as_bytes()).unwrap();
        let places: Vec<(u64, bool)> = lines.iter().map(|it| (it.line, it.cells.is_some())).collect();
        assert_eq!(places, [(2, true), (4, true), (6, false)], "{lines:?}");
        assert!(read(b"").is_none());
    }

    #[test]
    fn bytes_that_are_no_text_are_one_wrong_line() {
        let (_, lines) = read(b"Name,Note\nA\xff,b\nEve,x\n").unwrap();
        let fine: Vec<bool> = lines.iter().map(|it| it.cells.is_some()).collect();
        assert_eq!(fine, [false, true]);
    }
}
