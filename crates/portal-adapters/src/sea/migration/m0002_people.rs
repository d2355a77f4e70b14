super::migration!(
    "m0002_people",
    &[
        "CREATE TABLE company (
            id {uuid} NOT NULL PRIMARY KEY,
            name {text} NOT NULL,
            domain {text},
            external_id {text},
            created_at {long} NOT NULL
        ) {table}",
        "CREATE UNIQUE INDEX company_external_id ON company (external_id)",
        "CREATE TABLE company_property (
            owner {uuid} NOT NULL REFERENCES company (id),
            name {text} NOT NULL,
            kind {small} NOT NULL,
            word {text},
            amount {long},
            PRIMARY KEY (owner, name)
        ) {index table}",
        "CREATE TABLE contact (
            id {uuid} NOT NULL PRIMARY KEY,
            name {text} NOT NULL,
            email {text},
            membership_email {text},
            active {bool} NOT NULL,
            primary_company {uuid},
            language {text},
            time_zone {text},
            external_id {text},
            created_at {long} NOT NULL
        ) {table}",
        "CREATE UNIQUE INDEX contact_external_id ON contact (external_id)",
        // Two active contacts never share a sign-in address.
        "CREATE UNIQUE INDEX contact_membership_email ON contact (membership_email) WHERE active",
        "CREATE INDEX contact_of_company ON contact (primary_company, name, id) WHERE active",
        "CREATE TABLE contact_company (
            contact {uuid} NOT NULL REFERENCES contact (id),
            company {uuid} NOT NULL,
            PRIMARY KEY (contact, company)
        ) {index table}",
        "CREATE TABLE access_group (
            id {uuid} NOT NULL PRIMARY KEY,
            name {text} NOT NULL
        ) {table}",
        "CREATE TABLE contact_group (
            contact {uuid} NOT NULL REFERENCES contact (id),
            member_of {uuid} NOT NULL,
            PRIMARY KEY (contact, member_of)
        ) {index table}",
        "CREATE TABLE contact_property (
            owner {uuid} NOT NULL REFERENCES contact (id),
            name {text} NOT NULL,
            kind {small} NOT NULL,
            word {text},
            amount {long},
            PRIMARY KEY (owner, name)
        ) {index table}",
        "CREATE TABLE agent (
            id {uuid} NOT NULL PRIMARY KEY,
            name {text} NOT NULL,
            email {text}
        ) {table}",
    ]
);
