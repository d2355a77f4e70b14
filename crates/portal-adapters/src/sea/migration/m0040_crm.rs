//! What staff keep about contacts and companies: notes, labels, history; properties with options.
super::migration!(
    "m0040_crm",
    &[
        // The history of a contact or a company is what the audit says of it.
        "ALTER TABLE audit ADD COLUMN about_kind {small}",
        "ALTER TABLE audit ADD COLUMN about {uuid}",
        "CREATE INDEX audit_about ON audit (about, at, id) WHERE about IS NOT NULL",
        "ALTER TABLE property_definition ADD COLUMN options {text} NOT NULL DEFAULT '{\"v\":\"1\",\"items\":[]}'",
        "ALTER TABLE property_definition ADD COLUMN archived {bool} NOT NULL DEFAULT false",
        // Staff only, like the table `note`. Nothing that customers can reach reads this table.
        "CREATE TABLE party_note (
            id {uuid} NOT NULL PRIMARY KEY,
            about_kind {small} NOT NULL,
            about {uuid} NOT NULL,
            author_kind {small} NOT NULL,
            author {uuid},
            author_name {text} NOT NULL,
            written_at {long} NOT NULL,
            format {small} NOT NULL,
            sanitiser {int} NOT NULL,
            body_plain {text} NOT NULL,
            body_html {text} NOT NULL,
            body_source {text} NOT NULL,
            merge {uuid}
        ) {table}",
        "CREATE INDEX party_note_about ON party_note (about, written_at, id)",
        // As what a contact belongs to a company. Not a column of contact_company: whoever puts a contact has no labels.
        "CREATE TABLE company_label (
            contact {uuid} NOT NULL REFERENCES contact (id),
            company {uuid} NOT NULL REFERENCES company (id),
            label {text} NOT NULL,
            PRIMARY KEY (contact, company)
        ) {index table}",
        "ALTER TABLE contact ADD COLUMN erased_at {long}",
        "CREATE INDEX contact_any_membership_email ON contact (membership_email) WHERE membership_email IS NOT NULL",
    ]
);
