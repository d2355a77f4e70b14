// What customers think of how their tickets were solved. `giver` is who said it, `contact` whose it is: another one once they
// became a part of somebody.
super::migration!(
    "m0061_satisfaction",
    &[
        "CREATE TABLE ticket_rating (
            number {long} NOT NULL REFERENCES ticket (number),
            contact {uuid} NOT NULL,
            giver {uuid} NOT NULL,
            giver_name {text} NOT NULL,
            rating {small} NOT NULL,
            comment {text},
            rated_at {long} NOT NULL,
            PRIMARY KEY (number, contact)
        ) {index table}",
        // Whatever is looked for by who said it: to hand it out, and to erase it.
        "CREATE INDEX ticket_rating_contact ON ticket_rating (contact, number)",
        "CREATE INDEX ticket_rating_giver ON ticket_rating (giver)",
    ]
);
