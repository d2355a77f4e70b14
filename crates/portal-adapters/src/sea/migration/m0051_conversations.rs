// Conversations. Nothing that customers can reach reads these tables.
super::migration!(
    "m0051_conversations",
    &[
        "CREATE TABLE inbox_kind (
            inbox {uuid} NOT NULL PRIMARY KEY REFERENCES inbox (id),
            kind {small} NOT NULL
        ) {index table}",
        "CREATE TABLE conversation (
            id {uuid} NOT NULL PRIMARY KEY,
            inbox {uuid} NOT NULL REFERENCES inbox (id),
            channel {small} NOT NULL,
            subject {text} NOT NULL,
            contact {uuid},
            name {text} NOT NULL,
            address {text},
            number {long} REFERENCES ticket (number),
            state {small} NOT NULL,
            created_at {long} NOT NULL,
            last_activity {long} NOT NULL
        ) {table}",
        "CREATE INDEX conversation_list ON conversation (inbox, state, last_activity, id)",
        "CREATE INDEX conversation_of_ticket ON conversation (number) WHERE number IS NOT NULL",
        "CREATE TABLE conversation_said (
            id {uuid} NOT NULL PRIMARY KEY,
            conversation {uuid} NOT NULL REFERENCES conversation (id),
            author_kind {small} NOT NULL,
            author {uuid},
            author_name {text} NOT NULL,
            said_at {long} NOT NULL,
            format {small} NOT NULL,
            sanitiser {int} NOT NULL,
            body_plain {text} NOT NULL,
            body_html {text} NOT NULL,
            body_source {text} NOT NULL
        ) {table}",
        "CREATE INDEX conversation_said_order ON conversation_said (conversation, said_at, id)",
    ]
);
