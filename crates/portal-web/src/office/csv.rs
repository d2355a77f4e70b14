//! Comma-separated values (RFC 4180) that are safe to open in a spreadsheet.

use std::fmt::Write as _;

/// A file that is written line by line.
pub(crate) struct File(String);

impl File {
    /// A file with a head. It begins with a byte order mark, by which spreadsheets know that it is UTF-8.
    pub(crate) fn new(head: &[&str]) -> Self {
        let mut file = Self("\u{feff}".to_owned());
        file.line(head);
        file
    }

    pub(crate) fn line(&mut self, cells: &[&str]) {
        for (index, cell) in cells.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            // Writing into a String cannot fail.
            let _ = write!(self.0, "{comma}\"{}\"", inert(cell).replace('"', "\"\""));
        }
        self.0.push_str("\r\n");
    }

    pub(crate) fn text(self) -> String {
        self.0
    }
}

/// A text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe in front, as do those where a
/// spreadsheet would first take away blanks.
fn inert(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{a0}', '\u{feff}']).chars().next();
    let begins = text.starts_with(['\t', '\r', '\n']);
    let acts = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '|' | '＝' | '＋' | '－' | '＠')
    );
    if begins || acts {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dat_011_no_cell_is_a_formula_and_none_leaves_its_place() {
        for evil in [
            "=cmd|' /C calc'!A0",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1",
            "\n=1",
            "＝1",
        ] {
            assert_eq!(inert(evil), format!("'{evil}"));
        }
        for fine in ["", "Mara", "a=b", "1-2", "mara@kestrel.example"] {
            assert_eq!(inert(fine), fine);
        }
        let mut file = File::new(&["a", "b"]);
        file.line(&["x\"y", "one,\ntwo;"]);
        assert_eq!(file.text(), "\u{feff}\"a\",\"b\"\r\n\"x\"\"y\",\"one,\ntwo;\"\r\n");
    }
}
