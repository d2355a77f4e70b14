super::migration!(
    "m0005_membership",
    &[
        "CREATE TABLE account (
            contact {uuid} NOT NULL PRIMARY KEY REFERENCES contact (id),
            password_hash {text} NOT NULL,
            password_set_at {long} NOT NULL
        ) {table}",
        "CREATE TABLE session (
            id {uuid} NOT NULL PRIMARY KEY,
            contact {uuid} NOT NULL REFERENCES contact (id),
            host {text} NOT NULL,
            secret {bytes} NOT NULL,
            device {text} NOT NULL,
            created_at {long} NOT NULL,
            seen_at {long} NOT NULL,
            idle_until {long} NOT NULL,
            ends_at {long} NOT NULL
        ) {table}",
        "CREATE UNIQUE INDEX session_secret ON session (secret)",
        "CREATE INDEX session_of_contact ON session (contact, host, created_at)",
        "CREATE TABLE api_token (
            id {uuid} NOT NULL PRIMARY KEY,
            contact {uuid} NOT NULL REFERENCES contact (id),
            portal {uuid} NOT NULL,
            name {text} NOT NULL,
            mode {small} NOT NULL,
            secret {bytes} NOT NULL,
            created_at {long} NOT NULL,
            ends_at {long} NOT NULL,
            seen_at {long}
        ) {table}",
        "CREATE UNIQUE INDEX api_token_secret ON api_token (secret)",
        "CREATE INDEX api_token_of_contact ON api_token (contact, portal)",
        "CREATE TABLE throttle (
            kind {small} NOT NULL,
            hash {bytes} NOT NULL,
            failures {long} NOT NULL,
            last_at {long} NOT NULL,
            PRIMARY KEY (kind, hash)
        ) {index table}",
        "CREATE TABLE idempotency (
            contact {uuid} NOT NULL,
            use_case {text} NOT NULL,
            name {text} NOT NULL,
            command {bytes} NOT NULL,
            result {text} NOT NULL,
            done_at {long} NOT NULL,
            PRIMARY KEY (contact, use_case, name)
        ) {index table}",
    ]
);
