super::migration!(
    "m0009_staff_sessions",
    &[
        "CREATE TABLE staff_credential (
            agent {uuid} NOT NULL PRIMARY KEY REFERENCES staff_user (agent),
            password_hash {text} NOT NULL,
            password_set_at {long} NOT NULL,
            authenticator {bytes},
            authenticator_since {long},
            last_step {long} NOT NULL
        ) {table}",
        "CREATE TABLE staff_recovery_code (
            agent {uuid} NOT NULL,
            code {bytes} NOT NULL,
            PRIMARY KEY (agent, code)
        ) {index table}",
        "CREATE TABLE staff_session (
            id {uuid} NOT NULL PRIMARY KEY,
            agent {uuid} NOT NULL REFERENCES staff_user (agent),
            secret {bytes} NOT NULL,
            stage {small} NOT NULL,
            enrolling {bytes},
            device {text} NOT NULL,
            created_at {long} NOT NULL,
            seen_at {long} NOT NULL,
            proven_at {long} NOT NULL,
            idle_until {long} NOT NULL,
            ends_at {long} NOT NULL
        ) {table}",
        "CREATE UNIQUE INDEX staff_session_secret ON staff_session (secret)",
        "CREATE INDEX staff_session_of_agent ON staff_session (agent, created_at)",
        "CREATE TABLE staff_token (
            secret {bytes} NOT NULL PRIMARY KEY,
            kind {small} NOT NULL,
            agent {uuid},
            created_at {long} NOT NULL,
            ends_at {long} NOT NULL
        ) {table}",
        "CREATE INDEX staff_token_of_agent ON staff_token (agent, kind)",
        "CREATE TABLE audit (
            id {uuid} NOT NULL PRIMARY KEY,
            at {long} NOT NULL,
            actor_kind {small} NOT NULL,
            actor {uuid},
            event {text} NOT NULL,
            portal {uuid},
            object {text} NOT NULL,
            detail {text} NOT NULL
        ) {table}",
        "CREATE INDEX audit_by_time ON audit (at, id)",
        "CREATE INDEX audit_by_event ON audit (event, at, id)",
        "CREATE INDEX audit_by_actor ON audit (actor, at, id)",
        "CREATE INDEX audit_by_portal ON audit (portal, at, id)",
    ]
);
