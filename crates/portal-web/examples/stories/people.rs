//! The staff's pages about people.

use portal_web::render::Renderer;
use portal_web::view::Choice;
use portal_web::view::crm::*;
use portal_web::view::form::Problem;
use portal_web::view::office::{Office, OfficeArea};
use portal_web::view::party::PartyFileView;
use portal_web::view::person::{Person, Role};
use portal_web::view::shell::{Me, Shell};

use super::{Teller, ZONE};

pub(super) fn shell(tell: &Teller<'_>, area: OfficeArea, flash: Option<&str>) -> Shell {
    Shell {
        theme: tell.theme,
        zone: ZONE.to_owned(),
        base: "/desk".to_owned(),
        path: "/admin".to_owned(),
        me: Some(Me {
            person: Person::new("Mara Winter", Role::You),
            email: "mara@kestrel.example".to_owned(),
        }),
        office: Some(Office::new(area, |_| true).with_flash(flash.map(|it| tell.texts.text(it, &[])))),
        ..Shell::new("Portal", "", tell.texts.locale())
    }
}

pub(super) fn named(href: &str, name: &str) -> Named {
    Named {
        href: href.to_owned(),
        name: name.to_owned(),
    }
}

fn person(id: u8, name: &str, company: Option<&str>) -> ContactLine {
    ContactLine {
        id: format!("0198c0de-0000-7000-8000-0000000000{id:02}"),
        contact: named(&format!("/admin/contacts/{id}"), name),
        email: format!("{}@fernwerk.example", name.split(' ').next().unwrap().to_lowercase()),
        company: company.map(|it| named("/admin/companies/1", it)),
        removed: id == 3,
        registered: id == 1,
    }
}

pub(super) fn people() -> Vec<ContactLine> {
    vec![
        person(1, "Aylin Demir", Some("Fernwerk GmbH")),
        person(
            2,
            "Jonas Weber <Sons>",
            Some("Fernwerk GmbH & Söhne Fördertechnik und Lagerautomatisierung KG"),
        ),
        person(3, "Wolfeschlegelsteinhausenbergerdorff Maximiliana-Alexandra", None),
    ]
}

fn group(dynamic: bool) -> GroupRowView {
    GroupRowView {
        group: named(
            "/admin/groups/1",
            if dynamic { "Gold & silver" } else { "Service customers" },
        ),
        dynamic,
        members: if dynamic { 1 } else { 57 },
        portals: if dynamic {
            vec!["Kestrel Support".to_owned(), "Kestrel Service".to_owned()]
        } else {
            Vec::new()
        },
    }
}

fn glimpses() -> Vec<TicketGlimpse> {
    vec![
        TicketGlimpse {
            number: 4711,
            subject: Some("Scanner 4 loses Wi-Fi <b onclick=x>".to_owned()),
        },
        TicketGlimpse {
            number: 4709,
            subject: None,
        },
    ]
}

pub(crate) fn preview() -> PolicyPreviewView {
    let side = |people, tickets, doors| SightChangeView {
        people,
        tickets,
        doors,
        examples: vec![AffectedView {
            contact: named("/admin/contacts/1", "Aylin Demir"),
            tickets: 17,
            some: glimpses(),
        }],
    };
    PolicyPreviewView {
        gain: side(1, 1, 0),
        lose: side(24, 312, 3),
        estimate: true,
        nothing: false,
    }
}

fn nothing() -> PolicyPreviewView {
    let side = || SightChangeView {
        people: 0,
        tickets: 0,
        doors: 0,
        examples: Vec::new(),
    };
    PolicyPreviewView {
        gain: side(),
        lose: side(),
        estimate: false,
        nothing: true,
    }
}

fn editor() -> CriteriaEditor {
    let row = |place: &str, operator: &str, value: &str, wrong| ConditionRow {
        place: place.to_owned(),
        properties: vec![
            Choice::new("tier", "Customer tier", "tier"),
            Choice::new("seats", "Seats", "tier"),
        ],
        operators: [
            "is", "is_not", "any_of", "contains", "less", "greater", "known", "unknown",
        ]
        .map(|it| Choice::new(it, it, operator))
        .to_vec(),
        value: value.to_owned(),
        hint: "choice",
        wrong,
    };
    CriteriaEditor {
        groups: vec![
            ConditionsOf {
                place: 0,
                conditions: vec![
                    row("0-0", "any_of", "gold; silver", false),
                    row("0-1", "less", "many", true),
                ],
            },
            ConditionsOf {
                place: 1,
                conditions: vec![row("1-0", "unknown", "", false)],
            },
        ],
        has_properties: true,
    }
}

pub(super) fn problem(tell: &Teller<'_>, field: &'static str, key: &'static str) -> Vec<Problem> {
    vec![Problem {
        field: field.into(),
        text: tell.texts.text(key, &[]),
    }]
}

fn properties() -> Vec<PropertyLine> {
    let line = |key: &str, label: &str, kind, value: &str| PropertyLine {
        key: key.to_owned(),
        label: label.to_owned(),
        kind,
        options: if kind == "choice" {
            vec!["gold".to_owned(), "silver".to_owned()]
        } else {
            Vec::new()
        },
        value: value.to_owned(),
    };
    vec![
        line("tier", "Customer tier", "choice", "gold"),
        line("seats", "Seats", "number", "12.5"),
        line("since", "Customer since", "date", "2026-02-28"),
    ]
}

/// Every story by name.
pub(crate) fn all(renderer: &Renderer, tell: &Teller<'_>) -> Vec<(String, String)> {
    let mut stories = Vec::new();
    macro_rules! story {
        ($name:literal, $page:expr) => {
            stories.push(($name.to_owned(), renderer.render(&$page).unwrap()))
        };
    }
    let groups = |groups| GroupsPage {
        shell: shell(tell, OfficeArea::Groups, Some("office-flash-group-saved")),
        groups,
        may_add: true,
    };
    story!("office-groups", groups(vec![group(false), group(true)]));
    story!("office-groups-none", groups(Vec::new()));
    let one = |dynamic, preview: Option<PolicyPreviewView>| GroupPage {
        shell: shell(tell, OfficeArea::Groups, None),
        base: "/admin/groups/1".to_owned(),
        row: group(dynamic),
        q: String::new(),
        members: people(),
        more: Some("/admin/groups/1?after=x".to_owned()),
        find: "fern".to_owned(),
        found: people(),
        add: if preview.is_some() { people() } else { Vec::new() },
        preview,
        remove: Vec::new(),
        may_edit: true,
        problems: problem(tell, "remove", "crm-problem-group-used"),
    };
    story!("office-group", one(false, None));
    story!("office-group-preview", one(false, Some(preview())));
    story!("office-group-dynamic", one(true, None));
    let form = |criteria: Option<CriteriaEditor>, preview: Option<PolicyPreviewView>, problems| GroupFormPage {
        shell: shell(tell, OfficeArea::Groups, None),
        action: "/admin/groups/1/edit".to_owned(),
        back: "/admin/groups/1".to_owned(),
        new: criteria.is_none(),
        name: "Gold & silver".to_owned(),
        criteria,
        preview,
        checked: String::new(),
        seen: String::new(),
        theirs: Vec::new(),
        problems,
    };
    story!("office-group-new", form(None, None, Vec::new()));
    story!(
        "office-group-criteria",
        form(Some(editor()), None, problem(tell, "criteria", "crm-problem-criteria"))
    );
    story!(
        "office-group-checked",
        form(Some(editor()), Some(preview()), Vec::new())
    );
    story!(
        "office-contacts",
        ContactsPage {
            shell: shell(tell, OfficeArea::Contacts, None),
            q: "fern".to_owned(),
            removed: true,
            contacts: people(),
            more: Some("/admin/contacts?after=x".to_owned()),
            may_add: true,
            may_export: true,
        }
    );
    story!(
        "office-contact",
        ContactPage {
            shell: shell(tell, OfficeArea::Contacts, Some("office-flash-contact-saved")),
            base: "/admin/contacts/1".to_owned(),
            name: "Aylin Demir".to_owned(),
            email: Some("aylin.demir@fernwerk.example".to_owned()),
            membership_email: None,
            removed: false,
            registered: true,
            companies: vec![
                named("/admin/companies/1", "Fernwerk GmbH"),
                named("/admin/companies/2", "Nordlicht AG")
            ],
            has_primary: true,
            groups: vec![group(false), group(true)],
            properties: properties(),
            sees: vec![
                SeesView {
                    portal: "Kestrel Support".to_owned(),
                    enters: true,
                    because: vec![
                        tell.texts.text("crm-because-registered", &[]),
                        tell.texts.text("crm-because-own", &[])
                    ],
                    lists: vec![
                        SeesList {
                            tab: "mine",
                            open: 7,
                            closed: 12,
                            some: glimpses(),
                        },
                        SeesList {
                            tab: "company",
                            open: 24,
                            closed: 0,
                            some: Vec::new(),
                        },
                    ],
                },
                SeesView {
                    portal: "Kestrel Service".to_owned(),
                    enters: false,
                    because: vec![tell.texts.text("crm-because-no-group", &[])],
                    lists: Vec::new(),
                },
            ],
            may_edit: true,
            file: super::party::file(tell),
        }
    );
    let contact = |new, preview, problems| ContactFormPage {
        shell: shell(tell, OfficeArea::Contacts, None),
        action: "/admin/contacts/1/edit".to_owned(),
        back: "/admin/contacts/1".to_owned(),
        new,
        name: "Aylin Demir".to_owned(),
        email: "aylin@fernwerk.example".to_owned(),
        membership_email: "aylin@fernwerk.example".to_owned(),
        registered: !new,
        companies: vec![CompanyChoice {
            id: "1".to_owned(),
            name: "Fernwerk GmbH".to_owned(),
            primary: true,
        }],
        no_primary: false,
        add_company: "Nord".to_owned(),
        properties: properties(),
        preview,
        seen: String::new(),
        theirs: Vec::new(),
        problems,
    };
    story!(
        "office-contact-new",
        contact(true, None, problem(tell, "add_company", "crm-problem-company"))
    );
    story!("office-contact-checked", contact(false, Some(nothing()), Vec::new()));
    story!(
        "office-companies",
        CompaniesPage {
            shell: shell(tell, OfficeArea::Companies, None),
            q: String::new(),
            companies: vec![
                CompanyLine {
                    company: named("/admin/companies/1", "Fernwerk GmbH"),
                    domain: Some("fernwerk.example".to_owned()),
                    people: 24,
                },
                CompanyLine {
                    company: named("/admin/companies/2", "Nordlicht AG"),
                    domain: None,
                    people: 0,
                },
            ],
            more: None,
            may_add: true,
            may_export: true,
        }
    );
    story!(
        "office-company",
        CompanyPage {
            shell: shell(tell, OfficeArea::Companies, None),
            base: "/admin/companies/1".to_owned(),
            name: "Fernwerk GmbH".to_owned(),
            domain: Some("fernwerk.example".to_owned()),
            people: people(),
            properties: properties(),
            may_edit: true,
            file: PartyFileView::default(),
        }
    );
    story!(
        "office-company-form",
        CompanyFormPage {
            shell: shell(tell, OfficeArea::Companies, None),
            action: "/admin/companies/new".to_owned(),
            back: "/admin/companies".to_owned(),
            new: true,
            name: String::new(),
            domain: String::new(),
            seen: String::new(),
            theirs: Vec::new(),
            properties: properties(),
            problems: problem(tell, "name", "office-problem-empty"),
        }
    );
    let defined = |key: &str, label: &str, kind, writable| DefinitionLine {
        key: key.to_owned(),
        label: label.to_owned(),
        label_en: label.to_owned(),
        label_de: String::new(),
        kind,
        has_options: kind == "choice",
        options: "Gold\nSilver".to_owned(),
        archived: writable,
        writable,
        shown: !writable,
    };
    story!(
        "office-properties",
        PropertiesPage {
            shell: shell(tell, OfficeArea::Properties, None),
            owners: vec![
                DefinitionsOf {
                    owner: "contact",
                    list: vec![
                        defined("tier", "Customer tier", "choice", false),
                        defined("seats", "Seats", "number", true)
                    ],
                },
                DefinitionsOf {
                    owner: "company",
                    list: Vec::new(),
                },
                DefinitionsOf {
                    owner: "ticket",
                    list: vec![defined("site", "Site", "text", false)],
                },
            ],
            owner: vec![
                Choice::new("contact", "contact", "contact"),
                Choice::new("company", "company", "contact")
            ],
            kinds: vec![
                Choice::new("text", "text", "text"),
                Choice::new("choices", "choices", "text")
            ],
            label_en: String::new(),
            label_de: String::new(),
            options: String::new(),
            problems: problem(tell, "properties", "crm-problem-property-used"),
        }
    );
    stories
}
