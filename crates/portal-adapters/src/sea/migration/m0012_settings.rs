super::migration!(
    "m0012_settings",
    &[
        "ALTER TABLE portal ADD COLUMN revision {long} NOT NULL DEFAULT 1",
        "{sqlite} ALTER TABLE portal ADD COLUMN send_registration_mails INTEGER NOT NULL DEFAULT 0",
        "{postgres} ALTER TABLE portal ADD COLUMN send_registration_mails boolean NOT NULL DEFAULT false",
        // The steps of the set-up that are done, a bit each; NULL once it was published.
        "ALTER TABLE portal ADD COLUMN set_up {long}",
        "CREATE TABLE domain (
            id {uuid} NOT NULL PRIMARY KEY,
            host {text} NOT NULL,
            language {text} NOT NULL,
            ownership {small} NOT NULL,
            challenge {text},
            verified_at {long},
            private {text} NOT NULL,
            from_name {text},
            from_address {text}
        ) {table}",
        "CREATE UNIQUE INDEX domain_host ON domain (host)",
        // Whoever made these portals at the command line vouched for their hosts.
        "{sqlite} INSERT INTO domain (id, host, language, ownership, private)
            SELECT randomblob(16), host, min(language), 1,
                '{\"v\":\"1\",\"company_name\":null,\"admin_contact\":null,\"self_registration\":false,\
                \"approve_registrations\":false,\"by_password\":true,\"by_mail\":true,\"idle_seconds\":' ||
                (min(session_idle) / 1000000) || ',\"absolute_seconds\":' || (min(session_absolute) / 1000000) || '}'
            FROM portal GROUP BY host",
        "{postgres} INSERT INTO domain (id, host, language, ownership, private)
            SELECT gen_random_uuid(), host, min(language), 1,
                '{\"v\":\"1\",\"company_name\":null,\"admin_contact\":null,\"self_registration\":false,\
                \"approve_registrations\":false,\"by_password\":true,\"by_mail\":true,\"idle_seconds\":' ||
                (min(session_idle) / 1000000) || ',\"absolute_seconds\":' || (min(session_absolute) / 1000000) || '}'
            FROM portal GROUP BY host",
        "CREATE TABLE settings_version (
            owner_kind {small} NOT NULL,
            owner {uuid} NOT NULL,
            section {text} NOT NULL,
            version {long} NOT NULL,
            value {text} NOT NULL,
            author_kind {small} NOT NULL,
            author {uuid},
            at {long} NOT NULL,
            cause {small} NOT NULL,
            rolled_back_to {long},
            PRIMARY KEY (owner_kind, owner, section, version)
        ) {index table}",
        "CREATE TABLE former_address (
            host {text} NOT NULL,
            slug {text} NOT NULL,
            portal {uuid} NOT NULL,
            PRIMARY KEY (host, slug)
        ) {index table}",
        "CREATE INDEX former_address_portal ON former_address (portal)",
    ]
);
