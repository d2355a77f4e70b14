// What the desk's lists are narrowed to is in a key: else a page of something rare walks everything that is open.
super::migration!(
    "m0065_desk_filters",
    &[
        "CREATE INDEX ticket_desk_priority ON ticket (inbox, queue, priority, last_activity, number)",
        // A closed ticket is in the queue of closed ones, and needs no key of its own.
        "CREATE INDEX ticket_desk_stage ON ticket (inbox, queue, stage, last_activity, number) WHERE stage > 0",
        "CREATE INDEX ticket_desk_category ON ticket (inbox, queue, category, last_activity, number) WHERE category IS NOT NULL",
    ]
);
