// Where a ticket stands for the desk is a function of the ticket, said by the database itself so that no writer can forget
// it: `Queue::of` in the core says the same, and the conformance suite compares. SQLite computes it when it is read, and
// keeps it in the indexes.
super::migration!(
    "m0020_desk",
    &[
        "ALTER TABLE ticket ADD COLUMN snoozed_until {long}",
        "{sqlite}ALTER TABLE ticket ADD COLUMN queue INTEGER GENERATED ALWAYS AS (
            CASE WHEN standing = 3 THEN 5 WHEN standing = 4 THEN 6 WHEN standing = 5 OR stage = 0 THEN 4
                 WHEN snoozed_until IS NOT NULL THEN 3 WHEN stage = 3 THEN 2 ELSE 1 END) VIRTUAL",
        "{postgres}ALTER TABLE ticket ADD COLUMN queue smallint GENERATED ALWAYS AS (
            CASE WHEN standing = 3 THEN 5 WHEN standing = 4 THEN 6 WHEN standing = 5 OR stage = 0 THEN 4
                 WHEN snoozed_until IS NOT NULL THEN 3 WHEN stage = 3 THEN 2 ELSE 1 END) STORED",
        // Every page of the desk is a few ranges of one of these.
        "CREATE INDEX ticket_desk ON ticket (inbox, queue, last_activity, number)",
        "CREATE INDEX ticket_desk_owner ON ticket (owner, queue, last_activity, number) WHERE owner IS NOT NULL",
        "CREATE INDEX ticket_desk_nobody ON ticket (inbox, queue, last_activity, number) WHERE owner IS NULL",
        "CREATE INDEX file_of_note ON file (number) WHERE note IS NOT NULL",
        "CREATE INDEX ticket_snoozed ON ticket (snoozed_until) WHERE snoozed_until IS NOT NULL",
    ]
);
