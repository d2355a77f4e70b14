// What agents keep at hand. Few rows: they are read whole.
super::migration!(
    "m0035_shelf",
    &[
        "CREATE TABLE desk_view (
            id {uuid} NOT NULL PRIMARY KEY,
            owner {uuid} NOT NULL,
            shared {bool} NOT NULL,
            name {text} NOT NULL,
            place {long} NOT NULL,
            shows {text} NOT NULL
        ) {table}",
        "CREATE INDEX desk_view_of ON desk_view (owner)",
        "CREATE TABLE canned_reply (
            id {uuid} NOT NULL PRIMARY KEY,
            owner {uuid} NOT NULL,
            shared {bool} NOT NULL,
            inbox {uuid},
            language {text},
            name {text} NOT NULL,
            text {text} NOT NULL
        ) {table}",
        "CREATE INDEX canned_reply_of ON canned_reply (owner)",
    ]
);
