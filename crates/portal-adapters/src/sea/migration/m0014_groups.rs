super::migration!(
    "m0014_groups",
    &[
        // A group with criteria is dynamic; its rows in contact_group are kept by the store.
        "ALTER TABLE access_group ADD COLUMN criteria {text}",
        // Which groups a portal lets in, beside the document that says so: whoever stands at the door needs their criteria.
        "CREATE TABLE portal_group (
            portal {uuid} NOT NULL,
            member_of {uuid} NOT NULL,
            PRIMARY KEY (portal, member_of)
        ) {index table}",
        "{sqlite}INSERT INTO portal_group (portal, member_of)
            SELECT portal.id, unhex(replace(one.value, '-', '')) FROM portal, json_each(portal.access, '$.who.groups') AS one",
        "{postgres}INSERT INTO portal_group (portal, member_of)
            SELECT portal.id, one.value::uuid
            FROM portal, json_array_elements_text(portal.access::json -> 'who' -> 'groups') AS one (value)",
        "CREATE INDEX contact_group_members ON contact_group (member_of, contact)",
        // Pages of contacts and companies walk along their names.
        "CREATE INDEX contact_name ON contact (name, id)",
        "CREATE INDEX company_name ON company (name, id)",
        "CREATE INDEX contact_company_people ON contact_company (company, contact)",
        // What a contact or a company is on, for those who look after them.
        "CREATE INDEX ticket_contact_tickets ON ticket_contact (contact, number)",
        "CREATE INDEX ticket_company_tickets ON ticket_company (company, number)",
    ]
);
