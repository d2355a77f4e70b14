//! Mails that are to leave. `state`: 1 waiting, 2 sent, 3 dropped, 4 dead, 5 discarded.
super::migration!(
    "m0010_outbox",
    &[
        "CREATE TABLE outbox (
            id {uuid} NOT NULL PRIMARY KEY,
            mail {text} NOT NULL,
            only_one {text},
            state {small} NOT NULL,
            created_at {long} NOT NULL,
            due_at {long} NOT NULL,
            settled_at {long},
            attempts {long} NOT NULL,
            revived {long} NOT NULL,
            recipient {text},
            reason {text}
        ) {table}",
        // Few rows wait at a time, whatever was sent in years.
        "CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 1",
        "CREATE UNIQUE INDEX outbox_only_one ON outbox (only_one) WHERE state = 1",
        "CREATE INDEX outbox_state ON outbox (state, id)",
    ]
);
