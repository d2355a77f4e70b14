// What an import took over, so that the next run knows it again and sees whether it changed; and of each ticket, the messages
// and notes.
super::migration!(
    "m0007_imports",
    &[
        "CREATE TABLE import_receipt (
            kind {small} NOT NULL,
            name {text} NOT NULL,
            object {uuid} NOT NULL,
            number {long},
            fingerprint {bytes} NOT NULL,
            PRIMARY KEY (kind, name)
        ) {index table}",
        "CREATE TABLE import_part (
            number {long} NOT NULL,
            name {text} NOT NULL,
            PRIMARY KEY (number, name)
        ) {index table}",
    ]
);
