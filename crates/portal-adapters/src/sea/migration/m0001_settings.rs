super::migration!(
    "m0001_settings",
    &[
        "CREATE TABLE portal (
            id {uuid} NOT NULL PRIMARY KEY,
            host {text} NOT NULL,
            slug {text} NOT NULL,
            published {bool} NOT NULL,
            name {text} NOT NULL,
            language {text} NOT NULL,
            offered {text} NOT NULL,
            time_zone {text} NOT NULL,
            default_inbox {uuid} NOT NULL,
            permission {text} NOT NULL,
            access {text} NOT NULL,
            may {text} NOT NULL,
            hidden_pipelines {text} NOT NULL,
            categories {text} NOT NULL,
            session_idle {long} NOT NULL,
            session_absolute {long} NOT NULL
        ) {table}",
        "CREATE UNIQUE INDEX portal_address ON portal (host, slug)",
        "CREATE TABLE pipeline (
            id {uuid} NOT NULL PRIMARY KEY,
            name {text} NOT NULL
        ) {table}",
        "CREATE TABLE status (
            pipeline {uuid} NOT NULL REFERENCES pipeline (id),
            id {uuid} NOT NULL,
            place {int} NOT NULL,
            name {text} NOT NULL,
            stage {small} NOT NULL,
            customer_label {text},
            explanation {text},
            PRIMARY KEY (pipeline, id)
        ) {index table}",
        "CREATE TABLE inbox (
            id {uuid} NOT NULL PRIMARY KEY,
            name {text} NOT NULL,
            portal {uuid},
            pipeline {uuid} NOT NULL,
            moving_to {uuid}
        ) {table}",
        "CREATE INDEX inbox_moving ON inbox (portal) WHERE moving_to IS NOT NULL",
        "CREATE TABLE property_definition (
            owner {small} NOT NULL,
            name {text} NOT NULL,
            label {text} NOT NULL,
            kind {small} NOT NULL,
            customer_writable {bool} NOT NULL,
            shown_to_customers {bool} NOT NULL,
            PRIMARY KEY (owner, name)
        ) {index table}",
    ]
);
