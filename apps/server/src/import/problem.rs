use std::fmt;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Severity {
    /// Everything of the export arrives, but not quite as it is written there.
    Warning,
    /// Something of the export will be missing: a row, a value, a file.
    Error,
}

/// Something in the export that is not as it should be, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// The name of the file.
    pub file: &'static str,
    /// The line on which the row begins; the heading is on line 1.
    pub line: u64,
    /// The heading of the column, if one is meant.
    pub column: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// What it is, and what comes of it.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if let Some(column) = &self.column {
            write!(f, "{column}: ")?;
        }
        let severity = match self.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, "{severity}: {}", self.what)
    }
}

/// Takes problems as they are found.
pub(super) trait Sink {
    fn take(&mut self, problem: Problem);
}

/// Takes no notice: the second time a row is read, its problems are known.
pub(super) struct Known;

impl Sink for Known {
    fn take(&mut self, _: Problem) {}
}

/// The problems of one row.
pub(super) struct RowSink<'a> {
    pub(super) file: &'static str,
    pub(super) line: u64,
    pub(super) sink: &'a mut dyn Sink,
}

impl RowSink<'_> {
    pub(super) fn error(&mut self, column: &str, what: impl Into<String>) {
        self.put(Severity::Error, column, what.into());
    }

    pub(super) fn warning(&mut self, column: &str, what: impl Into<String>) {
        self.put(Severity::Warning, column, what.into());
    }

    fn put(&mut self, severity: Severity, column: &str, what: String) {
        let column = (!column.is_empty()).then(|| column.to_owned());
        self.sink.take(Problem {
            file: self.file,
            line: self.line,
            column,
            severity,
            what,
        });
    }
}

/// A value in a message: quoted, on one line, not endless.
pub(super) fn shown(value: &str) -> String {
    let line: String = value
        .chars()
        .take(60)
        .map(|it| if it.is_control() { ' ' } else { it })
        .collect();
    if value.chars().nth(60).is_some() {
        format!("`{line}…`")
    } else {
        format!("`{line}`")
    }
}
