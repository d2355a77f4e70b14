// What was merged into a ticket is looked up with it. An answer waits in a table of its own until it can no longer be taken
// back: nothing that customers reach reads it. An installation has few of them at any moment.
super::migration!(
    "m0030_doing",
    &[
        "CREATE INDEX ticket_merged ON ticket (merged_into, number) WHERE merged_into IS NOT NULL",
        "CREATE TABLE pending_answer (
            id {uuid} NOT NULL PRIMARY KEY,
            number {long} NOT NULL REFERENCES ticket (number),
            agent {uuid} NOT NULL,
            outcome {small} NOT NULL,
            written_at {long} NOT NULL,
            due_at {long} NOT NULL,
            format {small} NOT NULL,
            sanitiser {int} NOT NULL,
            body_plain {text} NOT NULL,
            body_html {text} NOT NULL,
            body_source {text} NOT NULL
        ) {table}",
        "CREATE INDEX pending_answer_due ON pending_answer (due_at, id)",
        "CREATE INDEX pending_answer_of_ticket ON pending_answer (number)",
    ]
);
