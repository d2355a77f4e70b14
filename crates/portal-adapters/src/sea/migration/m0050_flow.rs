// What pipelines do by themselves, and who is told of what.
super::migration!(
    "m0050_flow",
    &[
        "ALTER TABLE pipeline ADD COLUMN answer_waits {bool} NOT NULL DEFAULT FALSE",
        "ALTER TABLE pipeline ADD COLUMN close_days {int}",
        "ALTER TABLE pipeline ADD COLUMN notice_days {int}",
        // A status that is there no more, and the one that took its tickets.
        "ALTER TABLE status ADD COLUMN retired_into {uuid}",
        "CREATE TABLE closing_warning (
            number {long} NOT NULL PRIMARY KEY REFERENCES ticket (number),
            last_activity {long} NOT NULL,
            given_at {long} NOT NULL
        ) {index table}",
        "CREATE INDEX ticket_waits ON ticket (pipeline, last_activity, number) WHERE stage = 3",
        "CREATE INDEX ticket_status ON ticket (status, number)",
        "CREATE TABLE contact_choices (
            contact {uuid} NOT NULL PRIMARY KEY,
            answers {bool} NOT NULL,
            changes {bool} NOT NULL,
            openings {bool} NOT NULL
        ) {index table}",
        "CREATE TABLE muted (
            contact {uuid} NOT NULL,
            number {long} NOT NULL REFERENCES ticket (number),
            PRIMARY KEY (contact, number)
        ) {index table}",
        "CREATE TABLE agent_choices (
            agent {uuid} NOT NULL PRIMARY KEY,
            choices {text} NOT NULL
        ) {index table}",
        "CREATE TABLE agent_notice (
            id {uuid} NOT NULL PRIMARY KEY,
            agent {uuid} NOT NULL,
            news {small} NOT NULL,
            number {long} NOT NULL REFERENCES ticket (number),
            by_name {text} NOT NULL,
            told_at {long} NOT NULL,
            bell {bool} NOT NULL,
            mail {bool} NOT NULL,
            read_at {long},
            mailed_by {uuid}
        ) {table}",
        "CREATE INDEX agent_notice_newest ON agent_notice (agent, told_at, id)",
        "CREATE INDEX agent_notice_unread ON agent_notice (agent, told_at, id) WHERE read_at IS NULL",
    ]
);
