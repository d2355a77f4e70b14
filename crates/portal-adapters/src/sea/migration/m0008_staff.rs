super::migration!(
    "m0008_staff",
    &[
        "CREATE TABLE staff_user (
            agent {uuid} NOT NULL PRIMARY KEY REFERENCES agent (id),
            name {text} NOT NULL,
            email {text} NOT NULL,
            permissions {long} NOT NULL,
            all_inboxes {bool} NOT NULL,
            active {bool} NOT NULL,
            language {text},
            time_zone {text},
            created_at {long} NOT NULL
        ) {table}",
        "CREATE UNIQUE INDEX staff_user_address ON staff_user (email) WHERE active",
        "CREATE TABLE staff_inbox (
            agent {uuid} NOT NULL,
            inbox {uuid} NOT NULL,
            PRIMARY KEY (agent, inbox)
        ) {index table}",
    ]
);
