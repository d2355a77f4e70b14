use super::export::{Sheet, folder, good};
use super::world::{args, dump, import, memory};
use crate::import::ImportArgs;

/// An export with one of everything that can be wrong.
fn bad() -> Vec<Sheet> {
    let mut sheets = good();
    let mut add = |sheet: usize, row: &[&str]| sheets[sheet].rows.push(row.iter().map(|it| (*it).to_owned()).collect());
    add(0, &["", "No id", "", ""]);
    add(0, &["11", "Twice", "", ""]);
    add(0, &["12", "", "nameless.example", ""]);
    add(1, &["105", "Müller", "", "müller@fernwerk.example", "", "", "", ""]);
    add(1, &["106", "", "", "no.name@fernwerk.example", "", "", "99", "11;99"]);
    add(1, &["107", "Nobody", "Writes", "", "", "", "", ""]);
    add(
        2,
        &[
            "7010",
            "Bad date",
            "",
            "",
            "New",
            "",
            "",
            "",
            "",
            "yesterday",
            "",
            "",
            "101",
            "",
            "",
        ],
    );
    add(
        2,
        &[
            "7011",
            "",
            "",
            "",
            "New",
            "Sky high",
            "",
            "",
            "",
            "2026-11-20 15:21",
            "soon",
            "",
            "101;999",
            "77",
            "",
        ],
    );
    add(
        3,
        &[
            "7002",
            "20",
            "email",
            "",
            "",
            "2026-11-20 17:00",
            "text",
            "public or not?",
            "",
        ],
    );
    add(
        3,
        &[
            "7002",
            "1",
            "message",
            "",
            "Twice",
            "2026-11-20 17:00",
            "text",
            "again",
            "",
        ],
    );
    add(
        3,
        &[
            "9999",
            "21",
            "message",
            "",
            "Lost",
            "2026-11-20 17:00",
            "text",
            "no such ticket",
            "",
        ],
    );
    add(
        3,
        &[
            "7002",
            "22",
            "message",
            "not an address",
            "Somebody",
            "2026-11-20 17:00",
            "rtf",
            "odd",
            "missing.txt;../../etc/passwd",
        ],
    );
    add(
        3,
        &[
            "7002",
            "23",
            "note",
            "mara@kestrel.example",
            "",
            "2026-11-20 17:00",
            "",
            "",
            "",
        ],
    );
    sheets
}

#[tokio::test]
async fn a_dry_run_tells_every_problem_by_file_line_and_column() {
    let (ports, folder) = (memory().await, folder(&bad()));
    let (outcome, report) = import(
        &ports,
        &ImportArgs {
            dry_run: true,
            ..args(folder.path())
        },
    )
    .await
    .unwrap();
    insta::assert_snapshot!("dry_run", report);
    assert_eq!(outcome.exit_code(), 1);
}

#[tokio::test]
async fn a_good_export_has_warnings_at_most() {
    let (ports, folder) = (memory().await, folder(&good()));
    let (outcome, report) = import(
        &ports,
        &ImportArgs {
            dry_run: true,
            ..args(folder.path())
        },
    )
    .await
    .unwrap();
    assert_eq!((outcome.errors, outcome.exit_code()), (0, 0), "{report}");
    assert_eq!(outcome.warnings, 2, "the shared address, twice");
}

#[tokio::test]
async fn bad_rows_lose_nothing_but_themselves() {
    let ports = memory().await;
    let (outcome, report) = import(&ports, &args(folder(&bad()).path())).await.unwrap();
    assert_eq!(outcome.exit_code(), 1);
    insta::assert_snapshot!("done", report.split_once("Into the inbox").unwrap().1);
    let text = dump(&ports).await;
    for good in [
        "hall B.",
        "Corrected.",
        "Where are they?",
        "odd",
        "(no subject)",
        "müller@fernwerk.example",
        "nameless.example",
    ] {
        assert!(text.contains(good), "{good}");
    }
    for bad in ["public or not?", "no such ticket", "Bad date", "No id"] {
        assert!(!text.contains(bad), "{bad}");
    }
}

#[tokio::test]
async fn nothing_to_import_is_said() {
    let (ports, empty) = (memory().await, tempfile::tempdir().unwrap());
    let error = import(&ports, &args(empty.path())).await.unwrap_err();
    assert!(
        error.to_string().starts_with("there is none of contacts.csv"),
        "{error}"
    );
    let error = import(&ports, &args(&empty.path().join("nowhere"))).await.unwrap_err();
    assert!(error.to_string().starts_with("cannot open the folder"), "{error}");
}
