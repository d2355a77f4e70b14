super::migration!(
    "m0015_programs",
    &[
        "CREATE TABLE program_token (
            id {uuid} NOT NULL PRIMARY KEY,
            agent {uuid} NOT NULL REFERENCES staff_user (agent),
            name {text} NOT NULL,
            mode {small} NOT NULL,
            scopes {long} NOT NULL,
            dangerous {bool} NOT NULL,
            secret {bytes} NOT NULL,
            created_at {long} NOT NULL,
            ends_at {long} NOT NULL,
            seen_at {long}
        ) {table}",
        "CREATE UNIQUE INDEX program_token_secret ON program_token (secret)",
        "CREATE INDEX program_token_of_agent ON program_token (agent, created_at)",
        "CREATE TABLE program_command (
            agent {uuid} NOT NULL,
            name {text} NOT NULL,
            command {bytes} NOT NULL,
            answer {text},
            begun_at {long} NOT NULL,
            PRIMARY KEY (agent, name)
        ) {index table}",
    ]
);
