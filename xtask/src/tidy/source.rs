//! Rules of the source text.

use super::Finding;
use super::workspace::{File, Workspace, is_in};

/// Longer files are worth a thought.
const LINES: usize = 600;

/// What must not stand in Rust code, and what to do instead. In pieces, so that this file does not find itself.
const FORBIDDEN: &[(&str, &str)] = &[
    ("#[allow(", "use `#[expect(…, reason = \"…\")]`"),
    ("#![allow(", "use `#![expect(…, reason = \"…\")]`"),
    ("todo!(", "finish it"),
    ("unimplemented!(", "finish it"),
    ("#[ignore", "a test that is not run is no test"),
];

/// A module with children is `x.rs` beside `x/`.
pub(crate) fn no_mod_rs(workspace: &Workspace) -> Vec<Finding> {
    let found = workspace.files.iter().filter(|it| it.path.ends_with("/mod.rs"));
    found
        .map(|it| Finding::error(&it.path, "a module with children is `x.rs` beside `x/`"))
        .collect()
}

/// Words that hide something.
pub(crate) fn no_forbidden_words(workspace: &Workspace) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in workspace.rust() {
        for (word, instead) in FORBIDDEN {
            for (offset, _) in file.code.match_indices(word) {
                findings.push(Finding::error(file.place(offset), format!("`{word}`: {instead}")));
            }
        }
    }
    findings
}

/// A test that sleeps is slow where it passes and wrong where it does not.
pub(crate) fn no_sleep_in_tests(workspace: &Workspace) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in workspace
        .rust()
        .filter(|it| !is_in(&it.path, &workspace.rules.may_sleep))
    {
        let start = if is_test_file(&file.path) {
            Some(0)
        } else {
            file.code.find("#[cfg(test)]")
        };
        let Some(start) = start else { continue };
        for (offset, _) in file.code.match_indices("sleep(") {
            if offset >= start {
                findings.push(Finding::error(
                    file.place(offset),
                    "tests do not sleep: wait for what is meant",
                ));
            }
        }
    }
    findings
}

fn is_test_file(path: &str) -> bool {
    path.starts_with("tests/") || path.contains("/tests/") || path.starts_with("crates/portal-testkit/")
}

/// Only a warning: some things are long.
pub(crate) fn files_are_short(workspace: &Workspace) -> Vec<Finding> {
    let long = |it: &&File| it.text.lines().count() > LINES;
    let found = workspace.rust().filter(long);
    found
        .map(|it| {
            Finding::warning(
                &it.path,
                format!("{} lines: is this one concept?", it.text.lines().count()),
            )
        })
        .collect()
}

/// Rust text with comments blanked, and, unless they are kept, the contents of string and character literals. Bytes
/// and lines stay where they were.
pub(crate) fn code_only(text: &str, keep_literals: bool) -> String {
    let mut out = text.as_bytes().to_vec();
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or(0);
    let mut index = 0;
    while index < bytes.len() {
        let (end, literal) = match at(index) {
            b'/' if at(index + 1) == b'/' => (line_end(bytes, index), false),
            b'/' if at(index + 1) == b'*' => (comment_end(bytes, index), false),
            b'"' => (string_end(bytes, index), true),
            b'r' if !is_word(index.checked_sub(1).map_or(0, at)) || at(index.wrapping_sub(1)) == b'b' => {
                match raw_end(bytes, index) {
                    Some(end) => (end, true),
                    None => (index, false),
                }
            }
            b'\'' => match char_end(bytes, index) {
                Some(end) => (end, true),
                None => (index, false),
            },
            _ => (index, false),
        };
        if end > index {
            if !(literal && keep_literals) {
                for byte in out.iter_mut().take(end).skip(index) {
                    if *byte != b'\n' {
                        *byte = b' ';
                    }
                }
            }
            index = end;
        } else {
            index += 1;
        }
    }
    // Only whole literals and comments were blanked, so characters are whole; if not, the findings are only less exact.
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn line_end(bytes: &[u8], start: usize) -> usize {
    bytes
        .iter()
        .skip(start)
        .position(|it| *it == b'\n')
        .map_or(bytes.len(), |it| start + it)
}

/// Block comments nest.
fn comment_end(bytes: &[u8], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut index = start;
    while let Some(pair) = bytes.get(index..index + 2) {
        match pair {
            b"/*" => {
                depth += 1;
                index += 2;
            }
            b"*/" => {
                depth -= 1;
                index += 2;
                if depth == 0 {
                    return index;
                }
            }
            _ => index += 1,
        }
    }
    bytes.len()
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut index = start + 1;
    while let Some(byte) = bytes.get(index) {
        match byte {
            b'\\' => index += 2,
            b'"' => return index + 1,
            _ => index += 1,
        }
    }
    bytes.len()
}

/// `r"…"`, `r#"…"#` and so on, if that is what starts here.
fn raw_end(bytes: &[u8], start: usize) -> Option<usize> {
    let hashes = bytes.iter().skip(start + 1).take_while(|it| **it == b'#').count();
    let open = start + 1 + hashes;
    if bytes.get(open) != Some(&b'"') {
        return None;
    }
    let mut close = vec![b'"'];
    close.resize(hashes + 1, b'#');
    let rest = bytes.get(open + 1..)?;
    let length = rest.windows(close.len()).position(|it| it == close)?;
    Some(open + 1 + length + close.len())
}

/// A character literal, if this is one and not a lifetime.
fn char_end(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start + 1..)?;
    if rest.first() == Some(&b'\\') {
        let close = rest.iter().skip(2).position(|it| *it == b'\'')?;
        return Some(start + 1 + 2 + close + 1);
    }
    // At most four bytes of one character, then the quote.
    let text = rest.get(..rest.len().min(5))?;
    let close = text.iter().skip(1).position(|it| *it == b'\'')? + 1;
    let one_byte = close == 1;
    let multi_byte = text.first().is_some_and(|it| !it.is_ascii());
    (one_byte || multi_byte).then_some(start + 1 + close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::workspace::Rules;

    #[test]
    fn literals_and_comments_are_blanked_and_lines_stay() {
        let text = "a // \"x\"\nb \"s // \\\" t\" c /* d /* e */\n f */ g r#\"h \" i\"# 'j' b'\\'' '\\u{1F}' 'ä' fn k<'a>(l: &'a str)";
        let code = code_only(text, false);
        assert_eq!(code.len(), text.len());
        let words: Vec<_> = code.split_whitespace().collect();
        assert_eq!(words, ["a", "b", "c", "g", "b", "fn", "k<'a>(l:", "&'a", "str)"]);
        assert_eq!(code.matches('\n').count(), text.matches('\n').count());
        assert!(code_only(text, true).contains("s // \\\" t"));
    }

    #[test]
    fn words_are_found_in_code_only() {
        let bad = "fn f() { todo!() }\n#[ignore = \"slow\"]\n#[allow(dead_code)]\n";
        let good = "// todo!()\nconst A: &str = \"#[allow(\";";
        let workspace = Workspace::with_files(&[("a.rs", bad), ("b.rs", good)], Rules::default());
        let found = no_forbidden_words(&workspace);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().any(|it| it.place == "a.rs:3"));
    }

    #[test]
    fn sleeping_tests_are_found() {
        let rules = Rules {
            may_sleep: vec!["tests/src/wait.rs".into()],
            ..Rules::default()
        };
        let files = [
            (
                "crates/a/src/lib.rs",
                "fn f() { sleep(1) }\n#[cfg(test)]\nmod tests { fn g() { sleep(1) } }",
            ),
            ("crates/a/tests/it.rs", "fn f() { sleep(1) }"),
            ("tests/src/wait.rs", "fn f() { sleep(1) }"),
        ];
        let places: Vec<_> = no_sleep_in_tests(&Workspace::with_files(&files, rules))
            .into_iter()
            .map(|it| it.place)
            .collect();
        assert_eq!(places, ["crates/a/src/lib.rs:3", "crates/a/tests/it.rs:1"]);
    }

    #[test]
    fn mod_rs_is_found_and_long_files_are_warned_about() {
        let long = "\n".repeat(LINES + 1);
        let workspace = Workspace::with_files(&[("a/src/x/mod.rs", ""), ("b.rs", &long)], Rules::default());
        assert_eq!(no_mod_rs(&workspace).len(), 1);
        assert!(files_are_short(&workspace)[0].warning);
    }
}
