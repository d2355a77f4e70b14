//! The access matrix: who may do what with which ticket, as a text that people review.
//!
//! The test renders what the rule says and compares it with `access_matrix.txt`. Run it with `UPDATE_MATRIX=1` to write
//! the file anew, and then read the difference: each changed line is a change of who may see or do something.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a fixture that is wrong shall fail the test"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "the switch that rewrites the file is an environment variable"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use portal_core::access::{
    AccessRule, Action, Audience, Condition, Criteria, CustomersMay, Decision, Denial, DenyList, Entrant, Operator,
    Refusal, Standing, TicketFacts, TicketPermission, TicketState, Viewer, decide, enter,
};
use portal_core::actor::{ContactActor, Mode};
use portal_core::id::{AccessGroupId, CompanyId, ContactId, InboxId, PipelineId, PortalId, Uuid};
use portal_core::property::{PropertyKey, PropertyValue, PropertyValues};
use portal_core::ticket::Stage;
use portal_core::time::Timestamp;

const NOW: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);
const DAY: i64 = 24 * 60 * 60 * 1_000_000;

const fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

const PORTAL: PortalId = PortalId::from_uuid(uuid(1));
const OTHER_PORTAL: PortalId = PortalId::from_uuid(uuid(2));
const INBOX: InboxId = InboxId::from_uuid(uuid(1));
const MOVING_INBOX: InboxId = InboxId::from_uuid(uuid(2));
const PIPELINE: PipelineId = PipelineId::from_uuid(uuid(1));
const HIDDEN_PIPELINE: PipelineId = PipelineId::from_uuid(uuid(2));
const CUSTOMERS: AccessGroupId = AccessGroupId::from_uuid(uuid(1));
const PARTNERS: AccessGroupId = AccessGroupId::from_uuid(uuid(2));
const COMPANY: CompanyId = CompanyId::from_uuid(uuid(1));
const OTHER_COMPANY: CompanyId = CompanyId::from_uuid(uuid(2));
const REQUESTER: ContactId = ContactId::from_uuid(uuid(1));
const PARTICIPANT: ContactId = ContactId::from_uuid(uuid(2));
const SOMEBODY_ELSE: ContactId = ContactId::from_uuid(uuid(3));

/// One kind of person, with the means by which they come.
struct Person {
    name: &'static str,
    entrant: Entrant,
    actor: ContactActor,
}

/// The portal of the tables, and a contact of the ticket's company at its door.
fn at_the_door(contact: ContactId, may: CustomersMay) -> Entrant {
    let manager = Condition {
        property: "role".parse().unwrap(),
        operator: Operator::Is(PropertyValue::Choice("manager".into())),
    };
    Entrant {
        portal: PORTAL,
        published: true,
        permission: TicketPermission::CompanyFor(Criteria::new(vec![vec![manager]]).unwrap()),
        access: AccessRule::Groups(BTreeSet::from([CUSTOMERS])),
        may,
        denied: DenyList {
            pipelines: BTreeSet::from([HIDDEN_PIPELINE]),
            inboxes: BTreeSet::from([MOVING_INBOX]),
        },
        contact,
        active: true,
        registered: true,
        primary_company: Some(COMPANY),
        groups: BTreeSet::from([CUSTOMERS]),
        dynamic: BTreeMap::new(),
        properties: PropertyValues::new(),
    }
}

/// The access group of the portal is for gold customers, and the entrant is one or not.
fn dynamic(entrant: &mut Entrant, matches: bool) {
    let tier: PropertyKey = "tier".parse().unwrap();
    let gold = PropertyValue::Choice("gold".into());
    let condition = Condition {
        property: tier.clone(),
        operator: Operator::Is(gold.clone()),
    };
    let criteria = Criteria::new(vec![vec![condition]]).unwrap();
    entrant.dynamic = BTreeMap::from([(CUSTOMERS, criteria)]);
    if matches {
        entrant.properties.insert(tier, gold);
    }
}

fn people(may: CustomersMay) -> Vec<Person> {
    let with = |name, contact, mode, only, change: fn(&mut Entrant)| {
        let mut entrant = at_the_door(contact, may);
        change(&mut entrant);
        Person {
            name,
            actor: ContactActor {
                contact: entrant.contact,
                only,
                mode,
            },
            entrant,
        }
    };
    let signed_in = |name, contact, change| with(name, contact, Mode::Write, None, change);
    let manager: fn(&mut Entrant) = |it| {
        it.properties
            .insert("role".parse().unwrap(), PropertyValue::Choice("manager".into()));
    };
    let stranger: fn(&mut Entrant) = |it| {
        it.primary_company = Some(OTHER_COMPANY);
        it.permission = TicketPermission::Company;
    };
    let own: fn(&mut Entrant) = |it| it.permission = TicketPermission::Own;
    let company: fn(&mut Entrant) = |it| it.permission = TicketPermission::Company;
    vec![
        signed_in("requester", REQUESTER, |_| {}),
        signed_in("requester of another company", REQUESTER, stranger),
        signed_in("participant", PARTICIPANT, |_| {}),
        signed_in("participant, manager", PARTICIPANT, manager),
        signed_in("colleague, manager", SOMEBODY_ELSE, manager),
        signed_in("colleague, portal shows all of the company", SOMEBODY_ELSE, company),
        signed_in("colleague, no manager", SOMEBODY_ELSE, |_| {}),
        signed_in("colleague, portal shows own tickets only", SOMEBODY_ELSE, own),
        // Further companies of a contact are no part of the question; only the primary one is.
        signed_in(
            "contact who has the company as a further one only",
            SOMEBODY_ELSE,
            stranger,
        ),
        signed_in("contact without company", SOMEBODY_ELSE, |it| {
            it.primary_company = None;
            it.permission = TicketPermission::Company;
        }),
        with(
            "requester, token for reading",
            REQUESTER,
            Mode::Read,
            Some(PORTAL),
            |_| {},
        ),
        with(
            "colleague, manager, token for reading",
            SOMEBODY_ELSE,
            Mode::Read,
            Some(PORTAL),
            manager,
        ),
        with(
            "requester, token for writing",
            REQUESTER,
            Mode::Write,
            Some(PORTAL),
            |_| {},
        ),
        with(
            "requester, token of another portal",
            REQUESTER,
            Mode::Write,
            Some(OTHER_PORTAL),
            |_| {},
        ),
        signed_in("requester, portal is not published", REQUESTER, |it| {
            it.published = false;
        }),
        signed_in("requester, removed or blocked", REQUESTER, |it| it.active = false),
        signed_in("requester, in no access group", REQUESTER, |it| {
            it.groups = BTreeSet::new();
        }),
        signed_in("requester, in an access group of another portal", REQUESTER, |it| {
            it.groups = BTreeSet::from([PARTNERS]);
        }),
        signed_in("requester, matches a dynamic group, listed", REQUESTER, |it| {
            dynamic(it, true);
        }),
        signed_in("requester, matches a dynamic group, not listed", REQUESTER, |it| {
            dynamic(it, true);
            it.groups = BTreeSet::new();
        }),
        signed_in("requester, listed in a dynamic group, no match", REQUESTER, |it| {
            dynamic(it, false);
        }),
        signed_in("requester, portal has no access group", REQUESTER, |it| {
            it.access = AccessRule::Groups(BTreeSet::new());
        }),
        signed_in("requester, registered, portal is for all registered", REQUESTER, |it| {
            it.access = AccessRule::EveryRegisteredContact;
            it.groups = BTreeSet::new();
        }),
        signed_in(
            "requester, not registered, portal is for all registered",
            REQUESTER,
            |it| {
                it.access = AccessRule::EveryRegisteredContact;
                it.registered = false;
            },
        ),
    ]
}

fn ticket() -> TicketState {
    TicketState {
        facts: TicketFacts {
            portal: Some(PORTAL),
            inbox: INBOX,
            pipeline: PIPELINE,
            standing: Standing::Live,
            audience: Audience::Shared,
            contacts: BTreeSet::from([REQUESTER, PARTICIPANT]),
            companies: BTreeSet::from([COMPANY]),
        },
        stage: Stage::Received,
        requester: Some(REQUESTER),
        closed_at: None,
    }
}

fn closed(micros_ago: i64) -> TicketState {
    TicketState {
        stage: Stage::Closed,
        closed_at: Some(Timestamp::from_micros(NOW.micros() - micros_ago)),
        ..ticket()
    }
}

fn with_facts(mut ticket: TicketState, change: impl FnOnce(&mut TicketFacts)) -> TicketState {
    change(&mut ticket.facts);
    ticket
}

fn tickets() -> Vec<(&'static str, TicketState)> {
    let standing = |standing| with_facts(ticket(), |it| it.standing = standing);
    let private = |it: &mut TicketFacts| it.audience = Audience::Private;
    vec![
        ("received", ticket()),
        (
            "in progress",
            TicketState {
                stage: Stage::InProgress,
                ..ticket()
            },
        ),
        (
            "waiting for the contact",
            TicketState {
                stage: Stage::WaitingOnContact,
                ..ticket()
            },
        ),
        ("closed a moment ago", closed(0)),
        ("closed yesterday", closed(DAY)),
        ("closed 30 days ago to the moment", closed(30 * DAY)),
        ("closed 30 days and a moment ago", closed(30 * DAY + 1)),
        ("closed a year ago", closed(365 * DAY)),
        (
            "closed, without a date",
            TicketState {
                closed_at: None,
                ..closed(0)
            },
        ),
        ("private, open", with_facts(ticket(), private)),
        ("private, closed yesterday", with_facts(closed(DAY), private)),
        (
            "merged into another ticket",
            with_facts(closed(DAY), |it| it.standing = Standing::Merged),
        ),
        (
            "without requester",
            TicketState {
                requester: None,
                ..ticket()
            },
        ),
        (
            "of no company",
            with_facts(ticket(), |it| it.companies = BTreeSet::new()),
        ),
        (
            "of the company, with nobody as requester or participant",
            with_facts(
                TicketState {
                    requester: None,
                    ..ticket()
                },
                |it| it.contacts = BTreeSet::new(),
            ),
        ),
        ("judged to be spam", standing(Standing::Spam)),
        ("of an unverified sender", standing(Standing::Unverified)),
        ("deleted", standing(Standing::Deleted)),
        (
            "in a pipeline that the portal hides",
            with_facts(ticket(), |it| it.pipeline = HIDDEN_PIPELINE),
        ),
        (
            "in an inbox on the move to another portal",
            with_facts(ticket(), |it| it.inbox = MOVING_INBOX),
        ),
        (
            "in an inbox of another portal",
            with_facts(ticket(), |it| it.portal = Some(OTHER_PORTAL)),
        ),
        (
            "in an inbox without portal",
            with_facts(ticket(), |it| it.portal = None),
        ),
    ]
}

const ACTIONS: [(Action, &str); 7] = [
    (Action::Read, "read"),
    (Action::MarkRead, "mark read"),
    (Action::Reply, "reply"),
    (Action::Close, "close"),
    (Action::Reopen, "reopen"),
    (Action::MarkPrivate, "mark private"),
    (Action::Rate, "rate"),
];

/// The words of the table, with what they mean.
const WORDS: [(Decision, &str, &str); 11] = [
    (Decision::Allow, "yes", "they may"),
    (
        Decision::Deny(Denial::NotVisible),
        ".",
        "for them there is no such ticket: the same answer as for a number that was never given",
    ),
    (
        Decision::Deny(Denial::ReadOnly),
        "read only",
        "their token is for reading only",
    ),
    (
        Decision::Deny(Denial::OnlyThroughCompany),
        "not on it",
        "they see it only through their company, and the portal does not let colleagues act",
    ),
    (
        Decision::Deny(Denial::NotOffered),
        "not offered",
        "the portal does not let customers do this",
    ),
    (
        Decision::Deny(Denial::Merged),
        "merged",
        "the ticket was merged into another one, which goes on in its place",
    ),
    (
        Decision::Deny(Denial::AlreadyClosed),
        "is closed",
        "it is closed already",
    ),
    (Decision::Deny(Denial::NotClosed), "is open", "it is not closed"),
    (
        Decision::Deny(Denial::ReopenWindowOver),
        "too late",
        "it was closed too long ago; a reply begins a follow-up ticket",
    ),
    (
        Decision::Deny(Denial::NotRequester),
        "not theirs",
        "only the requester can",
    ),
    (
        Decision::Deny(Denial::AlreadyPrivate),
        "is private",
        "it is private already",
    ),
];

fn word(decision: Decision) -> &'static str {
    WORDS
        .iter()
        .find(|(it, _, _)| *it == decision)
        .map(|(_, word, _)| *word)
        .unwrap()
}

fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotPublished => "stays outside: the portal is not open",
        Refusal::NotActive => "stays outside: the account is not active",
        Refusal::NoAccess => "stays outside: no access to this portal",
    }
}

type Cells = [&'static str; 7];

fn cells(viewer: &Viewer, ticket: &TicketState) -> Cells {
    ACTIONS.map(|(action, _)| word(decide(viewer, action, ticket, NOW)))
}

/// A person, and what they may do with a ticket.
type Row = (&'static str, Cells);

/// A ticket, and what each person may do with it.
type Block = (&'static str, Vec<Row>);

/// What everybody who comes in may do with each ticket.
fn decisions(may: CustomersMay) -> Vec<Block> {
    let inside: Vec<(&str, Viewer)> = people(may)
        .into_iter()
        .filter_map(|it| Some((it.name, enter(it.actor, &it.entrant).ok()?)))
        .collect();
    let row = |ticket: &TicketState| {
        inside
            .iter()
            .map(|(name, viewer)| (*name, cells(viewer, ticket)))
            .collect()
    };
    tickets().iter().map(|(name, ticket)| (*name, row(ticket))).collect()
}

/// For everybody, the first person who may do exactly the same with every ticket in every portal: themselves or another.
/// Only first persons get lines in the tables.
fn firsts() -> Vec<(&'static str, &'static str)> {
    let all: Vec<Block> = settings().into_iter().flat_map(|(_, _, may)| decisions(may)).collect();
    let of = |at: usize| all.iter().map(move |(_, rows)| rows[at].1).collect::<Vec<Cells>>();
    let names: Vec<&str> = all[0].1.iter().map(|(name, _)| *name).collect();
    (0..names.len())
        .map(|at| {
            (
                names[at],
                (0..=at).find(|it| of(*it) == of(at)).map_or("", |it| names[it]),
            )
        })
        .collect()
}

/// The portals of the tables.
fn settings() -> [(&'static str, &'static str, CustomersMay); 8] {
    let usual = USUAL;
    let differing = "Only the lines that differ from table 2; all others are as there.";
    [
        (
            "2. A portal as it is set up first",
            "Customers may close, reopen for 30 days, mark private, and rate. Colleagues may read only.",
            usual,
        ),
        (
            "3. Where customers may not close",
            differing,
            CustomersMay { close: false, ..usual },
        ),
        (
            "4. Where customers may never reopen",
            differing,
            CustomersMay {
                reopen_days: None,
                ..usual
            },
        ),
        (
            "5. Where customers may reopen for 1 day",
            differing,
            CustomersMay {
                reopen_days: Some(1),
                ..usual
            },
        ),
        (
            "6. Where customers may not mark private",
            differing,
            CustomersMay {
                mark_private: false,
                ..usual
            },
        ),
        (
            "7. Where colleagues may act on tickets of the company",
            differing,
            CustomersMay {
                act_on_colleagues_tickets: true,
                ..usual
            },
        ),
        (
            "8. Where customers may do nothing but read and reply",
            differing,
            CustomersMay {
                close: false,
                reopen_days: None,
                act_on_colleagues_tickets: false,
                mark_private: false,
                rate: false,
            },
        ),
        (
            "9. Where customers are not asked whether they are satisfied",
            differing,
            CustomersMay { rate: false, ..usual },
        ),
    ]
}

const USUAL: CustomersMay = CustomersMay {
    close: true,
    reopen_days: Some(30),
    act_on_colleagues_tickets: false,
    mark_private: true,
    rate: true,
};

/// Writes a line of a table: a name, and cells below each other.
fn line(out: &mut String, width: usize, name: &str, cells: &[&str]) {
    let mut line = format!("  {name:<width$}");
    for cell in cells {
        write!(line, "{cell:<13}").unwrap();
    }
    writeln!(out, "{}", line.trim_end()).unwrap();
}

/// Writes blocks of lines. Tickets with equal blocks share one.
fn tables(out: &mut String, blocks: Vec<Block>) {
    const NAME: usize = 41;
    let mut shared: Vec<(Vec<&str>, Vec<Row>)> = Vec::new();
    for (ticket, rows) in blocks {
        match shared.iter_mut().find(|(_, it)| *it == rows) {
            Some((names, _)) => names.push(ticket),
            None => shared.push((vec![ticket], rows)),
        }
    }
    for (tickets, rows) in shared {
        writeln!(out).unwrap();
        for ticket in tickets {
            writeln!(out, "Ticket {ticket}").unwrap();
        }
        if rows.iter().all(|(_, cells)| cells.iter().all(|it| *it == ".")) {
            writeln!(out, "  nobody: it does not exist for any customer").unwrap();
            continue;
        }
        line(out, NAME, "", &ACTIONS.map(|(_, name)| name));
        for (person, cells) in rows {
            line(out, NAME, person, &cells);
        }
    }
}

fn heading(out: &mut String, text: &str) {
    writeln!(out, "\n\n{text}\n{}", "=".repeat(text.len())).unwrap();
}

fn render() -> String {
    let mut out = String::from(
        "Who may do what with a ticket
=============================

Written by a test out of the rule itself, and read by people: a line that changes is a change of who may see or do
something. The ticket has one requester, one participant and one company. The portal is for members of one access
group; it shows people their own tickets, and managers also those of their company.

The words of the tables:
",
    );
    for (_, word, meaning) in WORDS {
        writeln!(out, "  {word:<13}{meaning}").unwrap();
    }

    let firsts = firsts();
    heading(&mut out, "1. Who comes in");
    writeln!(
        out,
        "Nobody who stays outside sees or does anything; they are not in the tables below."
    )
    .unwrap();
    writeln!(
        out,
        "Who may do the same as somebody else in every table has no lines of their own there.\n"
    )
    .unwrap();
    for person in people(USUAL) {
        let answer = enter(person.actor, &person.entrant).map_or_else(refusal, |_| "comes in");
        let first = firsts
            .iter()
            .find(|(name, first)| *name == person.name && first != name);
        let answer = first.map_or_else(|| answer.to_owned(), |(_, first)| format!("{answer}, as: {first}"));
        line(&mut out, 58, person.name, &[&answer]);
    }

    let usual = decisions(USUAL);
    for (at, (title, words, may)) in settings().into_iter().enumerate() {
        heading(&mut out, title);
        writeln!(out, "{words}").unwrap();
        let shown = decisions(may)
            .into_iter()
            .zip(&usual)
            .map(|((ticket, rows), (_, usual))| {
                let listed = |name: &str| firsts.contains(&(name, name));
                let rows = rows
                    .into_iter()
                    .zip(usual)
                    .filter(|(row, usual)| listed(row.0) && (at == 0 || row != *usual));
                (ticket, rows.map(|(row, _)| row).collect::<Vec<_>>())
            });
        tables(&mut out, shown.filter(|(_, rows)| !rows.is_empty()).collect());
    }
    out
}

#[test]
fn the_matrix_is_the_reviewed_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/access_matrix.txt");
    let now = render();
    if std::env::var_os("UPDATE_MATRIX").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
    let differing = reviewed
        .lines()
        .zip(now.lines())
        .enumerate()
        .find(|(_, (before, now))| before != now);
    assert!(
        reviewed == now,
        "the rule no longer says what was reviewed; first difference: {differing:#?}\n\
         if this is meant, run the test with UPDATE_MATRIX=1 and have the change of access_matrix.txt reviewed"
    );
}

#[test]
fn every_word_of_the_tables_is_used_and_has_one_meaning() {
    let matrix = render();
    let tables = matrix.split_once("2. A portal").unwrap().1;
    for (_, word, _) in WORDS {
        assert!(
            tables
                .lines()
                .any(|line| line.split("  ").any(|cell| cell.trim() == word)),
            "`{word}` is never said"
        );
        assert_eq!(WORDS.iter().filter(|(_, it, _)| *it == word).count(), 1);
    }
}
