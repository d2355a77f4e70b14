//! Tables of contacts and companies that are taken in. `state`: 1 mapping, 2 running, 3 done. `kind`: 1 contacts, 2
//! companies.
super::migration!(
    "m0042_tables",
    &[
        "CREATE TABLE party_table (
            id {uuid} NOT NULL PRIMARY KEY,
            kind {small} NOT NULL,
            name {text} NOT NULL,
            made_by {uuid},
            made_at {long} NOT NULL,
            headings {text} NOT NULL,
            lines {long} NOT NULL,
            mapping {text} NOT NULL,
            state {small} NOT NULL,
            done {long} NOT NULL,
            added {long} NOT NULL,
            changed {long} NOT NULL,
            left_out {long} NOT NULL
        ) {table}",
        "CREATE INDEX party_table_newest ON party_table (made_at, id)",
        // Apart, so that lists of tables never read it.
        "CREATE TABLE party_table_content (
            id {uuid} NOT NULL PRIMARY KEY REFERENCES party_table (id),
            content {bytes} NOT NULL
        ) {table}",
        "CREATE INDEX company_lower_name ON company (lower(name))",
    ]
);
