//! The help desk.

use portal_web::i18n::Locale;
use portal_web::render::Renderer;
use portal_web::view::desk::*;
use portal_web::view::file::{FileLimits, FileLink};
use portal_web::view::form::Problem;
use portal_web::view::office::{Office, OfficeArea};
use portal_web::view::person::{Person, Role};
use portal_web::view::search::Piece;
use portal_web::view::shell::{Me, Shell};
use portal_web::view::status::{Priority, Stage, Status};
use portal_web::view::{Choice, Count, Pager, SafeHtml};

use super::{Teller, ZONE, at};

fn shell(tell: &Teller<'_>) -> Shell {
    Shell {
        theme: tell.theme,
        zone: ZONE.to_owned(),
        base: "/desk".to_owned(),
        path: "/desk".to_owned(),
        me: Some(Me {
            person: Person::new("Mara Okafor", Role::You),
            email: "mara@kestrel.example".to_owned(),
        }),
        office: Some(Office::new(OfficeArea::Desk, |_| true)),
        ..Shell::new("Portal", "", tell.texts.locale())
    }
}

fn rail(view: &'static str) -> Rail {
    let link = |name: &'static str, icon, count: Option<u32>| RailLink {
        view: name,
        name: String::new(),
        href: format!("/desk?view={name}"),
        icon,
        count: count.map(Count::capped),
        current: name == view,
    };
    let inbox = |name: &str, count| RailLink {
        view: "",
        name: name.to_owned(),
        href: "/desk?inbox=1".to_owned(),
        icon: "mail",
        count: Some(Count::capped(count)),
        current: false,
    };
    Rail {
        views: vec![
            link("mine", "inbox", Some(8)),
            link("unassigned", "stage-received", Some(12)),
            link("open", "people", Some(100)),
            link("waiting", "stage-waiting", Some(5)),
            link("snoozed", "clock", None),
            link("closed", "stage-closed", None),
            link("spam", "alert", None),
            link("deleted", "trash", None),
        ],
        saved: vec![inbox("Fernwerk, urgent", 3)],
        inboxes: vec![inbox("Customer service", 34), inbox("Billing", 9), inbox("Portal", 18)],
        title: None,
        view,
        query: format!("?view={view}"),
        unassigned: Count::capped(12),
    }
}

fn status(tell: &Teller<'_>, stage: Stage) -> Status {
    let name = match stage {
        Stage::Received => tell.say("New", "Neu"),
        Stage::InProgress => tell.say("Open", "Offen"),
        Stage::Waiting => tell.say("Waiting", "Wartend"),
        Stage::Closed => tell.say("Closed", "Geschlossen"),
    };
    Status {
        stage,
        label: Some(name),
    }
}

fn line(
    tell: &Teller<'_>,
    number: i64,
    who: (&str, &str),
    subject: &str,
    snippet: &str,
    stage: Stage,
    time: &str,
) -> DeskLine {
    DeskLine {
        due: None,
        number,
        version: 3,
        href: format!("/desk/tickets/{number}?view=mine"),
        subject: subject.to_owned(),
        status: status(tell, stage),
        priority: (number == 4711).then_some(Priority::High),
        requester: Some(Person::new(who.0, Role::Other)),
        company: Some(who.1.to_owned()),
        snippet: snippet.to_owned(),
        owner: (number != 4698).then(|| Person::new("Mara Okafor", Role::Support)),
        inbox: "Customer service".to_owned(),
        time: tell.times().recent(at(time)),
        private: number == 4702,
        unverified: number == 4698,
        files: u32::from(number == 4711),
        current: number == 4711,
    }
}

fn lines(tell: &Teller<'_>) -> Vec<DeskLine> {
    vec![
        line(
            tell,
            4711,
            ("Jonas Weber", "Fernwerk GmbH"),
            "Scanner 4 loses Wi-Fi every day around 14:00",
            "It happened again today, 14:02 to 14:09.",
            Stage::InProgress,
            "2026-11-22T13:48",
        ),
        line(
            tell,
            4709,
            ("Aylin Demir", "Fernwerk GmbH"),
            "Access for our new warehouse lead",
            "Please create an account for Greta Holm.",
            Stage::Received,
            "2026-11-22T13:26",
        ),
        line(
            tell,
            4702,
            ("Ilse Kranz", "Nordlicht Apotheke"),
            "Cannot print prescription labels",
            "The queue is empty but nothing comes out.",
            Stage::InProgress,
            "2026-11-22T13:00",
        ),
        line(
            tell,
            4698,
            ("Pavel Novák", "Kranbau Süd"),
            "Invoice copy for October",
            "Could you send it to accounting?",
            Stage::InProgress,
            "2026-11-22T11:00",
        ),
        line(
            tell,
            4680,
            ("Lea Hoffmann", "Bäckerei Quint"),
            "Two scanners show the same name",
            "Screenshots attached.",
            Stage::Waiting,
            "2026-11-21T10:00",
        ),
    ]
}

fn text(tell: &Teller<'_>, id: &str, who: &str, is_staff: bool, html: &str, time: &str) -> DeskText {
    DeskText {
        id: id.to_owned(),
        on: (id == "t4699-m1").then_some(4699),
        author: Person::new(who, if is_staff { Role::Support } else { Role::Other }),
        is_staff,
        source: "portal",
        when: tell.times().recent(at(time)),
        body: SafeHtml::sanitised(html),
        files: if id == "m2" {
            vec![FileLink::new(
                "/desk/files/1",
                "signal-14-02.png",
                "image/png",
                412_000,
                tell.texts.locale(),
            )]
        } else {
            Vec::new()
        },
    }
}

fn other(tell: &Teller<'_>) -> OtherTicket {
    OtherTicket {
        href: "/desk/tickets/4690".to_owned(),
        subject: "Label printer prints blank rows".to_owned(),
        status: Status::of(Stage::InProgress),
        time: tell.times().recent(at("2026-11-22T12:00")),
    }
}

fn ticket(tell: &Teller<'_>, is_note: bool, problems: Vec<Problem>) -> DeskTicketPage {
    let event = |what, icon, who: &str, about: &str, time: &str| DeskItem::Event {
        what,
        icon,
        who: Some(who.to_owned()),
        about: about.to_owned(),
        when: tell.times().recent(at(time)),
    };
    DeskTicketPage {
        clock: Vec::new(),
        shell: shell(tell),
        rail: rail("mine"),
        queue: lines(tell),
        next: Some("/desk/tickets/4709?view=mine".to_owned()),
        previous: None,
        number: 4711,
        version: 5,
        seq: 3,
        notes: 1,
        present: vec![DeskPresent {
            name: "Tim Lindner".to_owned(),
            writes: true,
        }],
        subject: "Scanner 4 loses Wi-Fi every day around 14:00".to_owned(),
        status: status(tell, Stage::InProgress),
        status_id: "2".to_owned(),
        toggle: Some("4".to_owned()),
        standing: "live",
        private: false,
        items: vec![
            DeskItem::Message(text(
                tell,
                "m1",
                "Jonas Weber",
                false,
                "<p>Since Monday scanner 4 loses Wi-Fi every day around 14:00.</p>",
                "2026-11-22T10:00",
            )),
            event("assigned", "person", "Tim Lindner", "Tim Lindner", "2026-11-22T10:10"),
            DeskItem::Message(text(
                tell,
                "m2",
                "Jonas Weber",
                false,
                "<p>It happened again today, 14:02 to 14:09. I have attached a screenshot of the signal strength and the layout of hall B.</p>",
                "2026-11-22T13:00",
            )),
            DeskItem::Note(text(
                tell,
                "n1",
                "Tim Lindner",
                true,
                "<p>Same roaming bug as #4603. Please ask for the 14:05 log before we swap the device.</p>",
                "2026-11-22T13:40",
            )),
            event("assigned", "person", "Tim Lindner", "Mara Okafor", "2026-11-22T13:40"),
            event("status", "forward", "Mara Okafor", "Open", "2026-11-22T13:48"),
            DeskItem::Message(text(
                tell,
                "m7",
                "Mara Okafor",
                true,
                "<p>Thank you. Which firmware is on it?</p>",
                "2026-11-22T13:49",
            )),
        ],
        hidden: 0,
        all: "/desk/tickets/4711?all=1".to_owned(),
        pending: if is_note {
            vec![PendingText {
                id: "1".to_owned(),
                on: 4711,
                author: Person::new("Mara Okafor", Role::Support),
                own: true,
                body: SafeHtml::sanitised("<p>Please send us the 14:05 log.</p>"),
                files: vec!["signal-14-05.log".to_owned()],
                seconds: 8,
            }]
        } else {
            Vec::new()
        },
        whole: is_note.then(|| other(tell)),
        parts: if is_note { vec![other(tell)] } else { Vec::new() },
        composer: DeskComposer {
            text: String::new(),
            is_note,
            limits: FileLimits::new(10, 50 << 20, Locale::En),
            staged: Vec::new(),
            idem: "0".repeat(32),
            seen: "4711:7 4699:3".to_owned(),
            on: if is_note {
                vec![
                    Choice::new("4711", "On #4711: Scanner 4 loses Wi-Fi (3 people)", "4711"),
                    Choice::new("4699", "On #4699: Wi-Fi in hall B (1 person)", "4711"),
                ]
            } else {
                Vec::new()
            },
            then: "work",
            to: "Jonas Weber".to_owned(),
            others: 2,
            can_answer: true,
            waits: false,
            canned: vec![CannedChoice {
                id: "1".to_owned(),
                name: tell.say("Greeting", "Begrüßung").clone(),
            }],
        },
        owners: vec![
            Choice::new("", tell.say("Nobody", "Niemand"), "1"),
            Choice::new("1", "Mara Okafor", "1"),
            Choice::new("2", "Tim Lindner", "1"),
        ],
        owner: Some(Person::new("Mara Okafor", Role::Support)),
        owner_id: "1".to_owned(),
        me: None,
        statuses: vec![Choice::new("1", "New", "2"), Choice::new("2", "Open", "2")],
        priority: Priority::High,
        category: "Hardware".to_owned(),
        categories: vec!["Hardware".to_owned(), "Billing".to_owned()],
        inbox: "Customer service".to_owned(),
        portal: Some("Kestrel Support".to_owned()),
        opened: tell.times().moment(at("2026-11-20T09:00")),
        details: vec![DeskProperty {
            key: "site".to_owned(),
            label: "Site".to_owned(),
            kind: "text",
            options: Vec::new(),
            was: "Hall B".to_owned(),
            typed: None,
            shown: Some("Hall B".to_owned()),
            fixed: false,
        }],
        people: vec![
            DeskLink {
                name: "Jonas Weber".to_owned(),
                href: Some("/admin/contacts/1".to_owned()),
                detail: "jonas.weber@fernwerk.example".to_owned(),
                reads: true,
                tickets: "/desk?contact=1".to_owned(),
            },
            DeskLink {
                name: "Aylin Demir".to_owned(),
                href: None,
                detail: String::new(),
                reads: false,
                tickets: "/desk?contact=2".to_owned(),
            },
        ],
        companies: vec![DeskLink {
            name: "Fernwerk GmbH".to_owned(),
            href: Some("/admin/companies/1".to_owned()),
            detail: String::new(),
            reads: true,
            tickets: "/desk?company=1".to_owned(),
        }],
        others: vec![other(tell)],
        snoozed: None,
        can_snooze: true,
        inboxes: vec![Choice::new("2", "Billing", "")],
        keys: std::array::from_fn(|it| it.to_string().repeat(32)),
        problems,
    }
}

fn filter(tell: &Teller<'_>, marks: Vec<FilterMark>) -> DeskFilterForm {
    DeskFilterForm {
        action: "/desk",
        words: String::new(),
        kept: vec![("view", "mine".to_owned())],
        owners: vec![
            Choice::new("", tell.say("Any", "Alle"), ""),
            Choice::new("nobody", tell.say("Nobody", "Niemand"), ""),
            Choice::new("2", "Tim Lindner", ""),
        ],
        priority: None,
        stage: None,
        categories: vec![
            Choice::new("", tell.say("Any", "Alle"), ""),
            Choice::new("Hardware", "Hardware", ""),
        ],
        marks,
        clear: "/desk?view=mine".to_owned(),
    }
}

fn search(tell: &Teller<'_>) -> DeskSearchPage {
    let mark = |name, value: &str| FilterMark {
        name,
        value: value.to_owned(),
        without: "/desk/search?q=roaming".to_owned(),
    };
    let hits = lines(tell)
        .into_iter()
        .take(2)
        .enumerate()
        .map(|(at, line)| DeskHitLine {
            href: line.href.clone(),
            subject: Piece::plain(line.subject.as_str()),
            snippet: vec![
                Piece {
                    text: "Same ".to_owned(),
                    hit: false,
                },
                Piece {
                    text: "roaming".to_owned(),
                    hit: true,
                },
                Piece {
                    text: " bug as #4603.".to_owned(),
                    hit: false,
                },
            ],
            who: Vec::new(),
            in_note: at == 0,
            line,
        });
    DeskSearchPage {
        shell: shell(tell),
        rail: rail("mine").somewhere_else(),
        query: "roaming".to_owned(),
        hits: hits.collect(),
        blank: false,
        filter: filter(
            tell,
            vec![mark("owner", "Tim Lindner"), mark("company", "Fernwerk GmbH")],
        ),
        views: vec![Choice::new("", tell.say("All tickets", "Alle Tickets"), "")],
        inboxes: vec![Choice::new("", tell.say("All inboxes", "Alle Postfächer"), "")],
        pager: Pager::default(),
    }
}

pub(crate) fn all(renderer: &Renderer, tell: &Teller<'_>) -> Vec<(String, String)> {
    let mut stories: Vec<(String, String)> = Vec::new();
    macro_rules! story {
        ($name:literal, $page:expr) => {
            stories.push(($name.to_owned(), renderer.render(&$page).unwrap()));
        };
    }
    let list = |lines| DeskPage {
        shell: shell(tell),
        rail: rail("mine"),
        lines,
        bulk: BulkChoices {
            agents: vec![Choice::new("assign:1", "Mara Okafor", "")],
            inboxes: vec![
                Choice::new("move:1", "Customer service", ""),
                Choice::new("move:2", "Billing", ""),
            ],
        },
        idem: "0".repeat(32),
        oldest_first: false,
        turned: "/desk?sort=oldest".to_owned(),
        filter: filter(tell, Vec::new()),
        keep: vec![("view", "mine".to_owned())],
        pager: Pager {
            newer: None,
            older: Some("/desk?after=1".to_owned()),
        },
    };
    story!("desk-list", list(lines(tell)));
    story!("desk-empty", list(Vec::new()));
    story!("desk-search", search(tell));
    story!(
        "desk-views",
        SavedViewsPage {
            shell: shell(tell),
            rail: rail("mine").somewhere_else(),
            lines: ["Fernwerk, urgent", "Night shift"]
                .into_iter()
                .enumerate()
                .map(|(at, name)| SavedViewLine {
                    id: at.to_string(),
                    name: name.to_owned(),
                    href: "/desk?priority=urgent".to_owned(),
                    shared: at == 1,
                    may_change: true,
                    own: true,
                })
                .collect(),
            keep: Vec::new(),
            name: String::new(),
            problems: Vec::new(),
        }
    );
    story!(
        "desk-canned",
        CannedPage {
            shell: shell(tell),
            rail: rail("mine").somewhere_else(),
            lines: vec![CannedLine {
                id: "1".to_owned(),
                name: tell.say("Greeting", "Begrüßung").clone(),
                text: "Hello {contact_name},".to_owned(),
                shared: true,
                inbox: Some("Billing".to_owned()),
                language: Some("en".to_owned()),
                may_change: true,
            }],
            form: CannedForm {
                id: String::new(),
                name: String::new(),
                text: String::new(),
                shared: false,
                inboxes: vec![Choice::new("", tell.say("All inboxes", "Alle Postfächer"), "")],
                languages: vec![Choice::new("", tell.say("Any language", "Jede Sprache"), "")],
                placeholders: vec!["contact_name", "ticket_number"],
            },
            problems: Vec::new(),
        }
    );
    story!(
        "desk-go",
        GoPage {
            shell: shell(tell),
            query: "scan".to_owned(),
            lines: vec![GoLine {
                kind: "ticket",
                label: "#4711 Scanner 4 loses Wi-Fi".to_owned(),
                detail: "Jonas Weber".to_owned(),
                href: "/desk/tickets/4711".to_owned(),
            }],
        }
    );
    story!("desk-ticket", ticket(tell, false, Vec::new()));
    let problem = Problem {
        field: "body".into(),
        text: tell.texts.text("office-problem-empty", &[]),
    };
    story!("desk-ticket-note", ticket(tell, true, vec![problem]));
    let sight = |name: &str, why, company: &str| SightLine {
        person: Person::new(name, Role::Other),
        why,
        company: company.to_owned(),
        tickets: 2,
    };
    story!(
        "desk-sight",
        SightPage {
            shell: shell(tell),
            number: 4711,
            back: "/desk/tickets/4711".to_owned(),
            in_portal: true,
            seers: vec![
                sight("Aylin Demir", "company", "Fernwerk GmbH"),
                sight("Jonas Weber", "requester", "")
            ],
            kept_out: vec![sight("Greta Holm", "no_access", "")],
            is_cut: true,
        }
    );
    story!(
        "desk-overtaken",
        OvertakenPage {
            shell: shell(tell),
            number: 4711,
            here: "/desk/tickets/4711".to_owned(),
            query: "?view=mine".to_owned(),
            newer: vec![text(
                tell,
                "m8",
                "Jonas Weber",
                false,
                "<p>It works again, thank you!</p>",
                "2026-11-22T13:59"
            )],
            text: "Please send us the 14:05 log.".to_owned(),
            staged: Vec::new(),
            then: "wait",
            seen: "4711:8".to_owned(),
            on: "4711".to_owned(),
            idem: "0".repeat(32),
        }
    );
    let sides = || {
        vec![
            SightSide {
                side: "gain",
                count: 2,
                persons: vec![sight("Alice Brown", "participant", "")],
                groups: vec![SightGroup {
                    name: "ACME".to_owned(),
                    people: vec![sight("Adam Smith", "by_company", "")],
                }],
            },
            SightSide {
                side: "lose",
                count: 0,
                persons: Vec::new(),
                groups: Vec::new(),
            },
        ]
    };
    let change = ChangePage {
        shell: shell(tell),
        number: 4711,
        here: "/desk/tickets/4711".to_owned(),
        query: String::new(),
        what: "participant",
        about: "Alice Brown".to_owned(),
        to: String::new(),
        seen: 5,
        sides: sides(),
        is_cut: true,
        is_made: false,
        idem: "0".repeat(32),
    };
    story!("desk-change", change);
    let on_it = |id: &str, name: &str, detail: &str, is_requester| PersonOnTicket {
        id: id.to_owned(),
        name: name.to_owned(),
        detail: detail.to_owned(),
        is_requester,
    };
    let people = PeoplePage {
        shell: shell(tell),
        number: 4711,
        here: "/desk/tickets/4711".to_owned(),
        query: "?view=mine".to_owned(),
        people: vec![
            on_it("1", "Jonas Weber", "jonas.weber@fernwerk.example", true),
            on_it("2", "Aylin Demir", "", false),
        ],
        companies: vec![on_it("3", "Fernwerk GmbH", "", false)],
        q: "acme".to_owned(),
        asked: true,
        contacts: vec![on_it("4", "Alice Brown", "alice@acme.example", false)],
        found_companies: vec![on_it("5", "ACME", "acme.example", false)],
    };
    story!("desk-people", people);
    let pick = MergePickPage {
        shell: shell(tell),
        number: 4711,
        here: "/desk/tickets/4711".to_owned(),
        query: String::new(),
        subject: "Scanner 4 loses Wi-Fi every day around 14:00".to_owned(),
        typed: "12".to_owned(),
        others: vec![other(tell)],
        problems: vec![Problem {
            field: "into".into(),
            text: tell.texts.text("desk-merge-none", &[]),
        }],
    };
    story!("desk-merge-pick", pick);
    let merge = MergePage {
        shell: shell(tell),
        number: 4711,
        here: "/desk/tickets/4711".to_owned(),
        query: String::new(),
        subject: "Scanner 4 loses Wi-Fi every day around 14:00".to_owned(),
        seen: 5,
        into: 4690,
        into_subject: "Wi-Fi in hall B".to_owned(),
        seen_into: 2,
        keep: vec![sight("Jonas Weber", "", "")],
        join: vec![sight("Jonas Weber", "", "")],
        added: 1,
        is_cut: false,
        idem: "0".repeat(32),
    };
    story!("desk-merge", merge);
    let chosen = |seq, who: &str, html: &str, chosen| SplitLine {
        seq,
        text: text(tell, &format!("m{seq}"), who, false, html, "2026-11-22T10:00"),
        chosen,
    };
    let split = SplitPage {
        shell: shell(tell),
        number: 4711,
        here: "/desk/tickets/4711".to_owned(),
        query: String::new(),
        subject: "Scanner 4 loses Wi-Fi every day around 14:00".to_owned(),
        messages: vec![
            chosen(1, "Jonas Weber", "<p>Since Monday scanner 4 loses Wi-Fi.</p>", false),
            chosen(3, "Jonas Weber", "<p>And the printer prints blank rows.</p>", true),
        ],
        requesters: vec![Choice::new("1", "Jonas Weber", "1"), Choice::new("", "Nobody", "1")],
        idem: "0".repeat(32),
        problems: Vec::new(),
    };
    story!("desk-split", split);
    let bulk = BulkPage {
        shell: shell(tell),
        back: "/desk?view=mine".to_owned(),
        query: "?view=mine".to_owned(),
        what: "spam",
        wanted: "spam".to_owned(),
        tickets: vec![(
            4711,
            "Scanner 4 loses Wi-Fi every day around 14:00".to_owned(),
            "4711:5".to_owned(),
        )],
        sides: sides(),
        is_cut: false,
        idem: "0".repeat(32),
    };
    story!("desk-bulk", bulk);
    let stop = BulkStopPage {
        shell: shell(tell),
        back: "/desk?view=mine".to_owned(),
        text: tell
            .texts
            .text("desk-bulk-stop", &[("why", "stale".into()), ("most", 100_u32.into())]),
    };
    story!("desk-bulk-stop", stop);
    stories
}
