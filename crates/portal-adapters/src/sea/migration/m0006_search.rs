// One document for each ticket: its words, and as whom it may be found. The words come from the core, ready made. SQLite's
// `ascii` tokeniser splits at ASCII punctuation and blanks only, and leaves everything else as it is, so the words stay
// what they were; PostgreSQL gets them as lexemes, without its parser.
super::migration!(
    "m0006_search",
    &[
        "{sqlite}CREATE VIRTUAL TABLE ticket_search USING fts5(words, principals, tokenize = 'ascii', detail = 'column', prefix = '2 3')",
        "{postgres}CREATE TABLE ticket_search (
            number bigint NOT NULL PRIMARY KEY REFERENCES ticket (number),
            words tsvector NOT NULL,
            size bigint NOT NULL,
            principals text[] NOT NULL
        )",
        "{postgres}CREATE INDEX ticket_search_words ON ticket_search USING gin (words, principals)",
    ]
);
