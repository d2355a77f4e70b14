super::migration!(
    "m0003_tickets",
    &[
        // Numbers are handed out one by one: a sequence does so without making anybody wait, a counter is what SQLite has.
        "{postgres}CREATE SEQUENCE ticket_number AS bigint",
        "{sqlite}CREATE TABLE counter (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID",
        "{sqlite}INSERT INTO counter (name, value) VALUES ('ticket_number', 0)",
        "CREATE TABLE ticket (
            number {key},
            id {uuid} NOT NULL,
            version {long} NOT NULL,
            inbox {uuid} NOT NULL REFERENCES inbox (id),
            pipeline {uuid} NOT NULL,
            status {uuid} NOT NULL,
            stage {small} NOT NULL,
            subject {text} NOT NULL,
            priority {small} NOT NULL,
            category {text},
            owner {uuid},
            source {small} NOT NULL,
            standing {small} NOT NULL,
            audience {small} NOT NULL,
            requester {uuid},
            created_at {long} NOT NULL,
            closed_at {long},
            last_activity {long} NOT NULL,
            public_seq {long} NOT NULL,
            last_author_kind {small},
            last_author {uuid},
            last_author_name {text},
            last_snippet {text},
            files {long} NOT NULL,
            external_id {text},
            merged_into {long}
        ) {table}",
        "CREATE UNIQUE INDEX ticket_id ON ticket (id)",
        "CREATE UNIQUE INDEX ticket_external_id ON ticket (external_id)",
        "CREATE INDEX ticket_inbox ON ticket (inbox, number)",
        "CREATE TABLE ticket_contact (
            number {long} NOT NULL REFERENCES ticket (number),
            contact {uuid} NOT NULL,
            label {small} NOT NULL,
            PRIMARY KEY (number, contact)
        ) {index table}",
        "CREATE TABLE ticket_company (
            number {long} NOT NULL REFERENCES ticket (number),
            company {uuid} NOT NULL,
            PRIMARY KEY (number, company)
        ) {index table}",
        "CREATE TABLE ticket_property (
            owner {long} NOT NULL REFERENCES ticket (number),
            name {text} NOT NULL,
            kind {small} NOT NULL,
            word {text},
            amount {long},
            PRIMARY KEY (owner, name)
        ) {index table}",
        "CREATE TABLE message (
            id {uuid} NOT NULL PRIMARY KEY,
            number {long} NOT NULL REFERENCES ticket (number),
            seq {long} NOT NULL,
            author_kind {small} NOT NULL,
            author {uuid},
            author_name {text} NOT NULL,
            written_at {long} NOT NULL,
            source {small} NOT NULL,
            format {small} NOT NULL,
            sanitiser {int} NOT NULL,
            body_plain {text} NOT NULL,
            body_html {text} NOT NULL,
            body_source {text} NOT NULL
        ) {table}",
        "CREATE UNIQUE INDEX message_seq ON message (number, seq)",
        "CREATE TABLE ticket_event (
            number {long} NOT NULL REFERENCES ticket (number),
            seq {long} NOT NULL,
            happened_at {long} NOT NULL,
            author_kind {small} NOT NULL,
            author {uuid},
            author_name {text} NOT NULL,
            kind {text} NOT NULL,
            PRIMARY KEY (number, seq)
        ) {index table}",
        // Staff only. Nothing that customers can reach reads this table.
        "CREATE TABLE note (
            id {uuid} NOT NULL PRIMARY KEY,
            number {long} NOT NULL REFERENCES ticket (number),
            author_kind {small} NOT NULL,
            author {uuid},
            author_name {text} NOT NULL,
            written_at {long} NOT NULL,
            format {small} NOT NULL,
            sanitiser {int} NOT NULL,
            body_plain {text} NOT NULL,
            body_html {text} NOT NULL,
            body_source {text} NOT NULL
        ) {table}",
        "CREATE INDEX note_of_ticket ON note (number, written_at)",
        // Staged while there is neither a message nor a note.
        "CREATE TABLE file (
            id {uuid} NOT NULL PRIMARY KEY,
            content {bytes} NOT NULL,
            name {text} NOT NULL,
            size {long} NOT NULL,
            uploaded_at {long} NOT NULL,
            staged_by {uuid},
            number {long} REFERENCES ticket (number),
            message {uuid},
            note {uuid},
            place {int} NOT NULL
        ) {table}",
        "CREATE INDEX file_of_ticket ON file (number) WHERE message IS NOT NULL",
        "CREATE INDEX file_staged ON file (uploaded_at) WHERE staged_by IS NOT NULL",
        "CREATE TABLE read_mark (
            contact {uuid} NOT NULL,
            number {long} NOT NULL REFERENCES ticket (number),
            seq {long} NOT NULL,
            PRIMARY KEY (contact, number)
        ) {index table}",
    ]
);
