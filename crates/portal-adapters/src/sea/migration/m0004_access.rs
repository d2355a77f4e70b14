// One row for each ticket and reader, with what lists are ordered by. Every page of a list is one range of one of the keys
// that begin with portal and principal; the primary key answers whether somebody may read one ticket.
super::migration!(
    "m0004_access",
    &[
        "CREATE TABLE ticket_access (
            number {long} NOT NULL REFERENCES ticket (number),
            principal {bytes} NOT NULL,
            portal {uuid} NOT NULL,
            rank {small} NOT NULL,
            last_activity {long} NOT NULL,
            inbox {uuid} NOT NULL,
            pipeline {uuid} NOT NULL,
            requester {bool} NOT NULL,
            PRIMARY KEY (number, principal)
        ) {index table}",
        "CREATE UNIQUE INDEX ticket_access_attention ON ticket_access (portal, principal, rank, last_activity, number)",
        "CREATE UNIQUE INDEX ticket_access_activity ON ticket_access (portal, principal, last_activity, number)",
        "CREATE UNIQUE INDEX ticket_access_created ON ticket_access (portal, principal, number)",
        // When a contact first began a session on a host, and so came to its portals: what was there before does not count
        // as unread.
        "CREATE TABLE first_session (
            contact {uuid} NOT NULL,
            host {text} NOT NULL,
            began_at {long} NOT NULL,
            PRIMARY KEY (contact, host)
        ) {index table}",
    ]
);
