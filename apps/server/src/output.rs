//! Data goes to standard output, talk to standard error.

use std::io::{self, IsTerminal, Write};

/// Prints what a command was asked for, as text or as JSON.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    json: bool,
}

impl Output {
    /// Prints JSON if asked to, text otherwise.
    #[must_use]
    pub const fn new(json: bool) -> Self {
        Self { json }
    }

    /// Prints data: `text` for people, `value` for programs.
    ///
    /// # Errors
    /// If standard output is closed.
    pub fn data(self, text: &str, value: &serde_json::Value) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if self.json {
            writeln!(out, "{value:#}")
        } else {
            writeln!(out, "{}", text.trim_end())
        }
    }

    /// Prints rows as columns of equal width.
    ///
    /// # Errors
    /// If standard output is closed.
    pub fn table(self, head: &[&str], rows: &[Vec<String>], value: &serde_json::Value) -> io::Result<()> {
        self.data(&table(head, rows), value)
    }
}

fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let cells = |row: &[String], index: usize| row.get(index).map_or(0, |it| it.chars().count());
    let width = |index: usize, name: &str| {
        rows.iter()
            .map(|it| cells(it, index))
            .chain([name.chars().count()])
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = head
        .iter()
        .enumerate()
        .map(|(index, name)| width(index, name))
        .collect();
    let mut out = String::new();
    let names: Vec<String> = head.iter().map(|it| (*it).to_owned()).collect();
    for row in std::iter::once(&names).chain(rows) {
        let line: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        out.push_str(line.join("  ").trim_end());
        out.push('\n');
    }
    out
}

/// Says something to whoever runs the command. A closed standard error is no reason to stop.
pub fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether somebody looks at standard error.
#[must_use]
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_line_up() {
        let rows = vec![
            vec!["ä".to_owned(), "1".to_owned()],
            vec!["long one".to_owned(), "2".to_owned()],
        ];
        assert_eq!(
            super::table(&["NAME", "N"], &rows),
            "NAME      N\nä         1\nlong one  2\n"
        );
    }
}
