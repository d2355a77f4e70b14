//! What finds everything that a contact left, and looks through a contact's eyes.
super::migration!(
    "m0043_erasing",
    &[
        "CREATE INDEX message_by_contact ON message (author, id) WHERE author_kind = 1",
        "CREATE INDEX ticket_event_by_contact ON ticket_event (author) WHERE author_kind = 1",
        "CREATE INDEX note_by_contact ON note (author) WHERE author_kind = 1",
        "CREATE INDEX ticket_last_author ON ticket (last_author) WHERE last_author_kind = 1",
        "CREATE INDEX outbox_recipient ON outbox (recipient, id) WHERE recipient IS NOT NULL",
        "CREATE TABLE view_as (
            id {uuid} NOT NULL PRIMARY KEY,
            agent {uuid} NOT NULL,
            contact {uuid} NOT NULL,
            portal {uuid} NOT NULL,
            reason {text} NOT NULL,
            began_at {long} NOT NULL,
            opened {text} NOT NULL
        ) {table}",
        "CREATE INDEX view_as_contact ON view_as (contact)",
    ]
);
