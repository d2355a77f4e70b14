//! What staff keep about contacts and companies, and what they do with two of them.

use portal_web::render::Renderer;
use portal_web::view::office::OfficeArea;
use portal_web::view::party::*;
use portal_web::view::status::{Stage, Status};
use portal_web::view::{Choice, SafeHtml};

use super::people::{named, people, preview, problem, shell};
use super::{Teller, at};

const NOTE: &str = "<p>Prefers to be <strong>called</strong>.</p>";

/// The file of a contact, with something of everything.
pub(super) fn file(tell: &Teller<'_>) -> PartyFileView {
    let when = || tell.times().recent(at("2026-11-22T12:00"));
    let merge = |state, undo: bool| MergeLine {
        id: "1".to_owned(),
        from: named("/admin/contacts/2", "A. Demir"),
        into: named("/admin/contacts/1", "Aylin Demir"),
        when: when(),
        state,
        undo_until: undo.then(when),
    };
    PartyFileView {
        notes: vec![NoteView {
            id: "1".to_owned(),
            author: "Mara Winter".to_owned(),
            when: when(),
            body: SafeHtml::sanitised(NOTE),
            removable: true,
        }],
        note: String::new(),
        history: vec![HistoryLine {
            when: when(),
            who: "Mara Winter".to_owned(),
            event: "contact_changed".to_owned(),
            detail: vec![("primary_company".to_owned(), "– → Fernwerk GmbH".to_owned())],
        }],
        older: Some("/admin/contacts/1?before=1".to_owned()),
        tickets: vec![PartyTicket {
            href: "/desk/tickets/1042".to_owned(),
            number: 1042,
            subject: "Label printer in hall 3 is offline".to_owned(),
            status: Status::of(Stage::Waiting),
            when: when(),
        }],
        older_tickets: Some("/admin/contacts/1?below=7".to_owned()),
        at_desk: true,
        merges: vec![merge("done", true), merge("moving", false), merge("undone", false)],
        merged_into: None,
        labels: vec![LabelLine {
            company: named("/admin/companies/1", "Fernwerk GmbH"),
            id: "1".to_owned(),
            label: "Billing contact".to_owned(),
            primary: true,
        }],
        same_address: people(),
        invitations: vec![InvitationLine {
            portal: named("/admin/portals/1/members", "Kestrel Support"),
            state: "sent",
            when: when(),
        }],
        erased: None,
        portals: vec![Choice::new("1", "Kestrel Support", "1")],
        problems: problem(tell, "reason", "view-as-problem-reason"),
        may_edit: true,
        may_export: true,
    }
}

pub(super) fn all(renderer: &Renderer, tell: &Teller<'_>) -> Vec<(String, String)> {
    let mut stories = Vec::new();
    macro_rules! story {
        ($name:literal, $page:expr) => {
            stories.push(($name.to_owned(), renderer.render(&$page).unwrap()))
        };
    }
    let when = || tell.times().recent(at("2026-11-22T12:00"));
    let merge = |chosen: bool, looked: bool| MergePage {
        shell: shell(tell, OfficeArea::Contacts, None),
        of: "contact",
        base: "/admin/contacts/1".to_owned(),
        into: named("/admin/contacts/1", "Aylin Demir"),
        q: "demir".to_owned(),
        found: vec![(
            "2".to_owned(),
            named("/admin/contacts/2", "A. Demir"),
            "a@fern.example".to_owned(),
        )],
        from: chosen.then(|| ("2".to_owned(), named("/admin/contacts/2", "A. Demir"))),
        fields: vec![MergeChoice {
            field: "name".to_owned(),
            label: "Name".to_owned(),
            into: "Aylin Demir".to_owned(),
            from: "A. Demir".to_owned(),
            take: false,
            fixed: false,
        }],
        companies: true,
        groups: false,
        preview: looked.then(preview),
        widening: looked.then(|| "1.2.0".to_owned()),
        gain: (1, 2, 0),
        two_accounts: looked,
        loses_account: false,
        turned: "/admin/contacts/2/merge?with=1".to_owned(),
        problems: if looked {
            problem(tell, "accepted", "merge-problem-widens")
        } else {
            Vec::new()
        },
    };
    story!("office-merge-search", merge(false, false));
    story!("office-merge", merge(true, false));
    story!("office-merge-checked", merge(true, true));
    story!(
        "office-erase",
        ErasePage {
            shell: shell(tell, OfficeArea::Contacts, None),
            base: "/admin/contacts/1".to_owned(),
            name: "Aylin Demir".to_owned(),
            merged: 1,
            notes: 3,
            history: 12,
            account: true,
            problems: problem(tell, "name", "erase-problem-name"),
        }
    );
    story!(
        "office-same-address",
        SameAddressPage {
            shell: shell(tell, OfficeArea::Contacts, None),
            groups: vec![SameAddressView {
                address: "aylin@fern.example".to_owned(),
                contacts: people(),
                merge: "/admin/contacts/1/merge?with=2".to_owned(),
            }],
            more: Some("/admin/contacts/duplicates?after=x".to_owned()),
            may_edit: true,
        }
    );
    story!(
        "office-tables",
        TablesPage {
            shell: shell(tell, OfficeArea::Contacts, None),
            tables: vec![TableRowView {
                table: named("/admin/imports/1", "people.csv"),
                of: "contacts",
                when: when(),
                state: "done",
                lines: 312,
            }],
        }
    );
    story!(
        "office-table-new",
        NewTablePage {
            shell: shell(tell, OfficeArea::Contacts, None),
            of: vec![
                Choice::new("contacts", "contacts", "contacts"),
                Choice::new("companies", "companies", "contacts"),
            ],
            most_lines: 20_000,
            most_megabytes: 10,
            problems: problem(tell, "file", "table-problem-file"),
        }
    );
    let table = |state, check| TablePage {
        shell: shell(tell, OfficeArea::Contacts, None),
        base: "/admin/imports/1".to_owned(),
        name: "people.csv".to_owned(),
        of: "contacts",
        state,
        lines: 312,
        done: 200,
        added: 180,
        changed: 12,
        left_out: 8,
        columns: vec![ColumnView {
            place: 0,
            heading: "E-mail".to_owned(),
            samples: vec!["ada@fern.example".to_owned(), "max@fern.example".to_owned()],
            fields: vec![
                Choice::new("", "(leave out)", "email"),
                Choice::new("email", "E-mail address", "email"),
            ],
        }],
        check,
        problems: Vec::new(),
    };
    let check = TableCheckView {
        added: 290,
        changed: 12,
        unchanged: 8,
        left_out: 2,
        wrong: vec![WrongLineView {
            line: 17,
            field: "E-mail address".to_owned(),
            text: tell.texts.text("office-problem-email", &[]),
        }],
        new_primaries: 3,
    };
    story!("office-table", table("mapping", None));
    story!("office-table-checked", table("mapping", Some(check)));
    story!("office-table-running", table("running", None));
    story!("office-table-done", table("done", None));
    story!(
        "office-seen-list",
        SeenListPage {
            shell: shell(tell, OfficeArea::Contacts, None),
            base: "/admin/view-as/1".to_owned(),
            contact: named("/admin/contacts/1", "Aylin Demir"),
            reason: "Called because a ticket is missing".to_owned(),
            until: when(),
            tab: "company",
            company: Some("Fernwerk GmbH".to_owned()),
            rows: vec![
                SeenRow {
                    number: 1042,
                    subject: Some("Label printer is offline".to_owned()),
                    status: Status::of(Stage::Waiting),
                    when: when(),
                    unread: true,
                },
                SeenRow {
                    number: 1041,
                    subject: None,
                    status: Status::of(Stage::Closed),
                    when: when(),
                    unread: false,
                },
            ],
            older: Some("/admin/view-as/1?after=x".to_owned()),
        }
    );
    story!(
        "office-seen-ticket",
        SeenTicketPage {
            shell: shell(tell, OfficeArea::Contacts, None),
            base: "/admin/view-as/1".to_owned(),
            contact: named("/admin/contacts/1", "Aylin Demir"),
            reason: "Called because a ticket is missing".to_owned(),
            until: when(),
            number: 1042,
            subject: "Label printer is offline".to_owned(),
            status: Status::of(Stage::Waiting),
            details: vec![("Product".to_owned(), "K-200".to_owned())],
            items: vec![
                SeenItem {
                    who: "Aylin Demir".to_owned(),
                    when: when(),
                    body: Some(SafeHtml::sanitised(NOTE)),
                    files: vec!["log.txt".to_owned()],
                },
                SeenItem {
                    who: String::new(),
                    when: when(),
                    body: Some(SafeHtml::sanitised(NOTE)),
                    files: Vec::new(),
                },
            ],
        }
    );
    stories
}
