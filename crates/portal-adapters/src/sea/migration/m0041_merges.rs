//! Contacts and companies that became one, and what followed, so that it can go back.
//! `state`: 1 moving, 2 done, 3 undoing, 4 undone.
super::migration!(
    "m0041_merges",
    &[
        "CREATE TABLE party_merge (
            id {uuid} NOT NULL PRIMARY KEY,
            kind {small} NOT NULL,
            source {uuid} NOT NULL,
            target {uuid} NOT NULL,
            state {small} NOT NULL,
            made_by {uuid},
            made_at {long} NOT NULL,
            was_active {bool} NOT NULL,
            before {text} NOT NULL,
            after {text} NOT NULL
        ) {table}",
        "CREATE INDEX party_merge_target ON party_merge (target)",
        // One is a part of at most one other at a time.
        "CREATE UNIQUE INDEX party_merge_source ON party_merge (source) WHERE state <> 4",
        "CREATE INDEX party_merge_past ON party_merge (source)",
        // `item`: the id of a contact, or the number of a ticket with leading zeros, so that they sort like numbers.
        "CREATE TABLE party_merge_part (
            merge {uuid} NOT NULL REFERENCES party_merge (id),
            kind {small} NOT NULL,
            item {text} NOT NULL,
            label {small},
            before {small},
            word {text},
            PRIMARY KEY (merge, kind, item)
        ) {index table}",
        "CREATE INDEX party_note_merge ON party_note (merge) WHERE merge IS NOT NULL",
    ]
);
