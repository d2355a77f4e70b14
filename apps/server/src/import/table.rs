use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use csv::{ByteRecord, Position, Reader, ReaderBuilder, StringRecord};

use super::problem::{Problem, Severity};

/// A file of the export could not be read at all.
#[derive(Debug, thiserror::Error)]
#[error("cannot read `{path}`")]
pub struct TableError {
    path: PathBuf,
    #[source]
    source: csv::Error,
}

/// Where a row is, so that it can be read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) byte: u64,
    pub(super) line: u32,
}

/// A row with as many cells as the heading has.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) place: Place,
    cells: StringRecord,
}

impl Row {
    /// A cell without the blanks around it; empty if there is no such column.
    pub(super) fn get(&self, column: Option<usize>) -> &str {
        column.and_then(|it| self.cells.get(it)).unwrap_or_default().trim()
    }

    /// A cell as it is.
    pub(super) fn raw(&self, column: Option<usize>) -> &str {
        column.and_then(|it| self.cells.get(it)).unwrap_or_default()
    }
}

/// What comes next in a file.
pub(super) enum Read {
    Row(Row),
    Bad(Problem),
    End,
}

/// A CSV file with a heading: UTF-8 with or without byte order mark, cells in quotes may have line breaks.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) headings: Vec<String>,
    pub(super) size: u64,
    path: PathBuf,
    reader: Reader<File>,
    record: ByteRecord,
    /// Reads the same file again, to look at rows of several lines as they are written.
    raw: BufReader<File>,
    /// Whether lines end with CR LF. The reader stops between the two, and so counts one line less.
    crlf: bool,
}

impl Table {
    /// Opens a file of the export; `None` if it is not there.
    pub(super) fn open(folder: &Path, name: &'static str) -> Result<Option<Self>, TableError> {
        let path = folder.join(name);
        let wrong = |source: std::io::Error| TableError {
            path: path.clone(),
            source: source.into(),
        };
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(wrong(error)),
        };
        let size = file.metadata().map_err(wrong)?.len();
        let mut raw = BufReader::new(File::open(&path).map_err(wrong)?);
        let mut heading = Vec::new();
        raw.read_until(b'\n', &mut heading).map_err(wrong)?;
        let crlf = heading.ends_with(b"\r\n");
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(32 * 1024)
            .from_reader(file);
        let mut table = Self {
            name,
            headings: Vec::new(),
            size,
            path,
            reader,
            record: ByteRecord::new(),
            raw,
            crlf,
        };
        if table.advance()? {
            table.headings = table
                .record
                .iter()
                .map(|it| String::from_utf8_lossy(it).trim().to_owned())
                .collect();
        }
        Ok(Some(table))
    }

    /// The next row.
    pub(super) fn next(&mut self) -> Result<Read, TableError> {
        let Some((place, lines)) = self.read()? else {
            return Ok(Read::End);
        };
        // A quote without its partner swallows rows until the next quote, often without changing the number of cells. Go on
        // behind the line it is on.
        if lines > 0 && !self.quotes_match(place, self.reader.position().byte())? {
            self.go_behind_line(place)?;
            let what = "a quotation mark is missing, or stands in the text without being doubled; the row is left out"
                .to_owned();
            return Ok(Read::Bad(self.problem(place, None, what)));
        }
        let (cells, expected) = (self.record.len(), self.headings.len());
        if cells != expected {
            let what = format!("the row has {cells} cells, the heading {expected}; the row is left out");
            return Ok(Read::Bad(self.problem(place, None, what)));
        }
        Ok(self.row(place))
    }

    fn row(&mut self, place: Place) -> Read {
        match StringRecord::from_byte_record(std::mem::take(&mut self.record)) {
            Ok(cells) => Read::Row(Row { place, cells }),
            Err(error) => {
                let column = self.headings.get(error.utf8_error().field()).cloned();
                Read::Bad(self.problem(place, column, "the text is not UTF-8; the row is left out".to_owned()))
            }
        }
    }

    /// A row that was read before.
    pub(super) fn at(&mut self, place: Place) -> Result<Option<Row>, TableError> {
        self.seek(place)?;
        if self.read()?.is_none() {
            return Ok(None);
        }
        match self.row(place) {
            Read::Row(row) => Ok(Some(row)),
            Read::Bad(_) | Read::End => Ok(None),
        }
    }

    /// How many bytes were read, for a progress bar.
    pub(super) fn position(&self) -> u64 {
        self.reader.position().byte()
    }

    fn advance(&mut self) -> Result<bool, TableError> {
        self.reader
            .read_byte_record(&mut self.record)
            .map_err(|source| TableError {
                path: self.path.clone(),
                source,
            })
    }

    /// Reads a record; its place, and how many line breaks are inside of it.
    fn read(&mut self) -> Result<Option<(Place, u64)>, TableError> {
        if !self.advance()? {
            return Ok(None);
        }
        let position = self.record.position().cloned().unwrap_or_else(Position::new);
        let line = position.line() + u64::from(self.crlf);
        let breaks = self
            .record
            .iter()
            .map(|cell| cell.split(|it| *it == b'\n').count() as u64 - 1)
            .sum();
        Ok(Some((
            Place {
                byte: position.byte(),
                line: u32::try_from(line).unwrap_or(u32::MAX),
            },
            breaks,
        )))
    }

    fn seek(&mut self, place: Place) -> Result<(), TableError> {
        let mut position = Position::new();
        position
            .set_byte(place.byte)
            .set_line(u64::from(place.line) - u64::from(self.crlf));
        self.reader.seek(position).map_err(|source| TableError {
            path: self.path.clone(),
            source,
        })
    }

    /// Whether every quotation mark between two places begins a cell, ends a cell, or is doubled (RFC 4180).
    fn quotes_match(&mut self, from: Place, to: u64) -> Result<bool, TableError> {
        let mut bytes = vec![0; usize::try_from(to.saturating_sub(from.byte)).unwrap_or(0)];
        let read = self
            .raw
            .seek(SeekFrom::Start(from.byte))
            .and_then(|_| self.raw.read_exact(&mut bytes));
        read.map_err(|source| TableError {
            path: self.path.clone(),
            source: source.into(),
        })?;
        let (mut inside, mut fresh) = (false, true);
        let mut rest = bytes.iter().copied().peekable();
        while let Some(byte) = rest.next() {
            match byte {
                b'"' if inside => match rest.peek() {
                    Some(b'"') => {
                        rest.next();
                    }
                    None | Some(b',' | b'\r' | b'\n') => inside = false,
                    Some(_) => return Ok(false),
                },
                b'"' if fresh => inside = true,
                _ => {}
            }
            fresh = !inside && matches!(byte, b',' | b'\n' | b'\r');
        }
        Ok(!inside)
    }

    /// Goes on reading behind the line on which a row begins.
    fn go_behind_line(&mut self, place: Place) -> Result<(), TableError> {
        let wrong = |source: std::io::Error| TableError {
            path: self.path.clone(),
            source: source.into(),
        };
        self.raw.seek(SeekFrom::Start(place.byte)).map_err(wrong)?;
        let (mut line, mut length, mut lines) = (Vec::new(), 0, 0);
        // Line breaks before the row belong to its position.
        loop {
            line.clear();
            let read = self.raw.read_until(b'\n', &mut line).map_err(wrong)?;
            length += read as u64;
            lines += 1;
            if read == 0 || !line.iter().all(u8::is_ascii_whitespace) {
                break;
            }
        }
        // Between CR and LF, where the reader itself would have stopped.
        let back = u64::from(self.crlf && length > 0);
        let lines = lines - u32::from(self.crlf).min(lines);
        self.seek(Place {
            byte: place.byte + length - back,
            line: place.line + lines,
        })
    }

    fn problem(&self, place: Place, column: Option<String>, what: String) -> Problem {
        Problem {
            file: self.name,
            line: u64::from(place.line),
            column,
            severity: Severity::Error,
            what,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(content: &[u8]) -> (tempfile::TempDir, Table) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("t.csv"), content).unwrap();
        let table = Table::open(folder.path(), "t.csv").unwrap().unwrap();
        (folder, table)
    }

    fn all(table: &mut Table) -> (Vec<String>, Vec<String>) {
        let (mut rows, mut bad) = (Vec::new(), Vec::new());
        loop {
            match table.next().unwrap() {
                Read::Row(row) => rows.push(format!(
                    "{}:{}",
                    row.place.line,
                    row.cells.iter().collect::<Vec<_>>().join("|")
                )),
                Read::Bad(problem) => bad.push(problem.to_string()),
                Read::End => return (rows, bad),
            }
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_heading() {
        let (_folder, mut table) = table("\u{feff}Record ID,Name\r\n1,Ärger\r\n".as_bytes());
        assert_eq!(table.headings, ["Record ID", "Name"]);
        assert_eq!(all(&mut table).0, ["2:1|Ärger"]);
    }

    #[test]
    fn line_breaks_in_quotes_count_as_lines() {
        let (_folder, mut table) = table(b"a,b\n1,\"x\ny\"\n2,z\n");
        assert_eq!(all(&mut table).0, ["2:1|x\ny", "4:2|z"]);
    }

    #[test]
    fn rows_can_be_read_again_in_any_order() {
        let (_folder, mut table) = table("\u{feff}a,b\r\n1,\"x\ny\"\r\n2,z\r\n3,w".as_bytes());
        let mut places = Vec::new();
        while let Read::Row(row) = table.next().unwrap() {
            places.push((row.place, row.cells));
        }
        for (place, cells) in places.into_iter().rev() {
            let again = table.at(place).unwrap().unwrap();
            assert_eq!((again.place, again.cells), (place, cells));
        }
    }

    #[test]
    fn a_quote_without_partner_loses_one_row_only() {
        for end in ["\n", "\r\n"] {
            let text = [
                "a,b",
                "0,\"fine\"",
                "1,\"x",
                "2,y",
                "3,\"z\"",
                "4,\"two\nlines\"",
                "5,\"never",
                "6,w",
                "",
            ]
            .join(end);
            let (_folder, mut table) = table(text.as_bytes());
            let (rows, bad) = all(&mut table);
            assert_eq!(
                rows,
                ["2:0|fine", "4:2|y", "5:3|z", "6:4|two\nlines", "9:6|w"],
                "{end:?}"
            );
            let lines: Vec<&str> = bad.iter().map(|it| it.split(": ").next().unwrap()).collect();
            assert_eq!(lines, ["t.csv:3", "t.csv:8"], "{end:?}");
        }
    }

    #[test]
    fn rows_of_another_length_are_told() {
        let (_folder, mut table) = table(b"a,b\n1\n2,y\n3,z,z\n");
        let (rows, bad) = all(&mut table);
        assert_eq!(rows, ["3:2|y"]);
        assert_eq!(bad.len(), 2);
        assert_eq!(
            bad[0],
            "t.csv:2: error: the row has 1 cells, the heading 2; the row is left out"
        );
    }

    #[test]
    fn text_in_another_encoding_is_refused_by_column() {
        let (_folder, mut table) = table(b"a,Name\n1,M\xfcller\n2,ok\n");
        let (rows, bad) = all(&mut table);
        assert_eq!(rows, ["3:2|ok"]);
        assert_eq!(
            bad,
            ["t.csv:2: Name: error: the text is not UTF-8; the row is left out"]
        );
    }
}
