// Of what was due the staff were told: the last of each kind. Those with which it is the staff's turn are looked at in the
// order of their numbers.
super::migration!(
    "m0062_due",
    &[
        "CREATE TABLE told_due (
            number {long} NOT NULL REFERENCES ticket (number),
            closing {bool} NOT NULL,
            since {long} NOT NULL,
            mark {small} NOT NULL,
            PRIMARY KEY (number, closing)
        ) {index table}",
        "CREATE INDEX ticket_turn ON ticket (inbox, number) WHERE stage IN (1, 2)",
    ]
);
