// Files that the staff upload wait for the answer or the note that takes them along; those of an answer that can be taken
// back wait with it.
super::migration!(
    "m0069_desk_files",
    &[
        "ALTER TABLE file ADD COLUMN drafted_by {uuid}",
        "ALTER TABLE file ADD COLUMN held {uuid}",
        "CREATE INDEX file_drafted ON file (uploaded_at) WHERE drafted_by IS NOT NULL",
        "CREATE INDEX file_held ON file (held) WHERE held IS NOT NULL",
    ]
);
