// How a ticket was served stands beside it, kept in step by whoever adds a message or an event: no change of the ticket
// itself writes these columns.
super::migration!(
    "m0060_service",
    &[
        "ALTER TABLE ticket ADD COLUMN waiting_since {long}",
        "ALTER TABLE ticket ADD COLUMN first_reply_at {long}",
        "ALTER TABLE ticket ADD COLUMN waited {long} NOT NULL DEFAULT 0",
        "CREATE INDEX ticket_opened ON ticket (inbox, created_at)",
        "CREATE INDEX ticket_closed ON ticket (inbox, closed_at) WHERE closed_at IS NOT NULL",
        "CREATE TABLE service_terms (
            inbox {uuid} NOT NULL PRIMARY KEY REFERENCES inbox (id),
            version {long} NOT NULL,
            terms {text} NOT NULL
        ) {table}",
    ]
);
