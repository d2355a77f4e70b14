//! The page about a day at the desk names tests; they are there.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

/// A row of a table: what is done, how, and by which tests.
struct Row {
    number: Option<usize>,
    tests: Vec<String>,
}

fn rows(page: &str) -> Vec<Row> {
    let cells = |line: &str| -> Option<Row> {
        let cells: Vec<&str> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
        let last = cells.last()?;
        let tests: Vec<String> = last.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        Some(Row {
            number: cells.first()?.parse().ok(),
            tests,
        })
    };
    // The heading of a table names no test.
    let rows = page.lines().filter(|it| !it.starts_with("|---")).filter_map(cells);
    rows.filter(|it| it.number.is_some() || !it.tests.is_empty()).collect()
}

/// The source of all browser tests.
fn sources(folder: &Path) -> Result<String> {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path
            .file_name()
            .is_some_and(|it| it.to_string_lossy().starts_with("browser_"))
        {
            all.push_str(&std::fs::read_to_string(path)?);
        }
    }
    Ok(all)
}

#[test]
fn the_twenty_five_things_of_a_day_have_their_tests() -> Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = sources(&here.join("tests/e2e"))?;
    let mut named = Vec::new();
    for page in ["a-day-at-the-desk.md", "ein-tag-am-helpdesk.md"] {
        let path = here.join("../docs/explanation").join(page);
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let rows = rows(&text);
        let numbers: Vec<usize> = rows.iter().filter_map(|it| it.number).collect();
        ensure!(numbers == (1..=25).collect::<Vec<_>>(), "{page} has {numbers:?}");
        for row in &rows {
            ensure!(!row.tests.is_empty(), "{page}: {:?} names no test", row.number);
            for test in &row.tests {
                let is_there = sources.contains(&format!("#[tokio::test]\nasync fn {test}()"));
                ensure!(is_there, "{page}: there is no browser test `{test}`");
            }
        }
        named.push(rows.into_iter().map(|it| it.tests).collect::<Vec<_>>());
    }
    ensure!(named.first() == named.last(), "the two languages name different tests");
    Ok(())
}

/// Every source of tests in the repository.
fn everything(folder: &Path, all: &mut String) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !["target", "node_modules"].contains(&name.as_str()) {
            everything(&path, all)?;
        } else if name.ends_with(".rs") {
            all.push_str(&std::fs::read_to_string(path)?);
        }
    }
    Ok(())
}

#[test]
fn the_catalogue_of_attacks_names_tests_that_are_there() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut sources = String::new();
    for folder in ["apps", "crates", "tests", "xtask"] {
        everything(&root.join(folder), &mut sources)?;
    }
    let page = std::fs::read_to_string(root.join("docs/explanation/attack-cases.md"))?;
    let rows = page.lines().filter(|it| it.starts_with("| "));
    let names: Vec<&str> = rows.flat_map(|it| it.split('`').skip(1).step_by(2)).collect();
    ensure!(names.len() > 100, "only {} tests are named", names.len());
    for name in names.into_iter().filter(|it| it.contains('_')) {
        // A test of each database is named once.
        let is_there = |end: &&str| sources.contains(&format!("fn {name}{end}("));
        let found = ["", "_sqlite", "_postgres"].iter().any(is_there);
        ensure!(found, "there is no test `{name}`");
    }
    Ok(())
}
