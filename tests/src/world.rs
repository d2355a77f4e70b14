//! A small world: two portals, two companies, the people and tickets that the tests are about; and the oracle that knows
//! who may read which word of it.
//!
//! The oracle is written from the rule in prose and from nothing else. It shares no code with the product.

use std::collections::BTreeSet;

use crate::export::{Company, Contact, Export, Message, Ticket};

/// The portal where a company's tickets are seen by everybody there.
pub const SUPPORT: &str = "support";
/// The portal where everybody sees their own tickets only, and only members of an access group come in.
pub const PARTNERS: &str = "partners";
/// Everybody's password.
pub const PASSWORD: &str = "granite teapot umbrella 42";

/// The people of the world, by their key in the export. What each is for stands beside it.
pub mod people {
    /// Asks; primary company Acme.
    pub const ALICE: &str = "c1";
    /// A colleague of Alice, who sees her tickets through the company.
    pub const ADAM: &str = "c2";
    /// Works for Globex: a stranger to Acme's tickets, but for the one that both companies share.
    pub const GIL: &str = "c3";
    /// Has no company; is a participant of Alice's first ticket.
    pub const PAT: &str = "c4";
    /// A colleague of Alice who was deactivated.
    pub const INA: &str = "c5";
    /// A colleague of Alice in the other portal, where one sees one's own tickets.
    pub const OLGA: &str = "c6";
    /// A colleague of Olga there.
    pub const OSCAR: &str = "c7";
    /// Can sign in, but has no ticket and no company.
    pub const NORA: &str = "c8";
}

use people::{ADAM, ALICE, GIL, INA, NORA, OLGA, OSCAR, PAT};

/// What a marked word belongs to, and so who may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The public part of a ticket: subject, messages, their files, category, reasons.
    Ticket(String),
    /// For staff only: notes, unknown columns, descriptions of people.
    Staff,
    /// A contact's name.
    Name(&'static str),
    /// A contact's address.
    Email(&'static str),
    /// A company's name.
    Company(&'static str),
    /// The name of an agent who takes care of, or wrote on, these tickets.
    Agent(Vec<String>),
}

/// A word that stands at one place of the world and nowhere else.
#[derive(Clone, Debug)]
pub struct Marker {
    /// The word: letters and digits, lower case, so that it can be searched for.
    pub word: String,
    /// Where it stands.
    pub place: Place,
}

/// The world, as it is put into files for the two imports.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// What goes into the first portal.
    pub support: Export,
    /// What goes into the second portal.
    pub partners: Export,
    /// All marked words; none in a world for reading.
    pub markers: Vec<Marker>,
    /// Tickets, by key, that were marked private.
    pub private: BTreeSet<String>,
    marked: bool,
}

impl World {
    /// A world for people to read.
    pub fn plain() -> Self {
        Self::build(false)
    }

    /// The same world with a unique word in every text.
    pub fn marked() -> Self {
        Self::build(true)
    }

    /// The text, with a new word in it if this world has such.
    pub fn mark(&mut self, text: &str, kind: &str, place: Place) -> String {
        if !self.marked {
            return text.to_owned();
        }
        let word = format!("cnry{kind}{:03}q", self.markers.len());
        self.markers.push(Marker {
            word: word.clone(),
            place,
        });
        if text.is_empty() {
            word
        } else {
            format!("{text} {word}")
        }
    }

    /// A new word alone, or the text in a world without.
    fn replace(&mut self, text: &str, kind: &str, place: Place) -> String {
        if self.marked {
            self.mark("", kind, place)
        } else {
            text.to_owned()
        }
    }

    fn build(marked: bool) -> Self {
        let mut world = Self {
            marked,
            ..Self::default()
        };
        let companies = [("a", "Acme Industries"), ("g", "Globex GmbH")].map(|(key, name)| Company {
            key,
            name: world.mark(name, "company", Place::Company(key)),
        });
        let people = [
            (ALICE, "Alice", "Ambrose", "alice", vec!["a"]),
            (ADAM, "Adam", "Acker", "adam", vec!["a"]),
            (GIL, "Gil", "Grant", "gil", vec!["g", "a"]),
            (PAT, "Pat", "Palmer", "pat", vec![]),
            (INA, "Ina", "Idle", "ina", vec!["a"]),
            (OLGA, "Olga", "Olsen", "olga", vec!["a"]),
            (OSCAR, "Oscar", "Orth", "oscar", vec!["a"]),
            (NORA, "Nora", "Nobody", "nora", vec![]),
        ];
        let contacts = people.map(|(key, first, last, local, companies)| Contact {
            key,
            name: (first.to_owned(), world.replace(last, "name", Place::Name(key))),
            email: format!("{}@example.com", world.replace(local, "mail", Place::Email(key))),
            companies,
            secret: world.mark("phones at night", "secret", Place::Staff),
        });
        for export in [&mut world.support, &mut world.partners] {
            export.companies = companies.to_vec();
            export.contacts = contacts.to_vec();
        }
        let agent_tickets = ["t1", "t2", "t3", "t4", "t6", "p1", "p2"].map(str::to_owned).to_vec();
        let agent = world.replace("Mara Okafor", "agent", Place::Agent(agent_tickets));
        let agent_mail = format!("{}@kestrel.example", world.replace("mara", "agentmail", Place::Staff));
        let agent = Agent {
            name: agent,
            email: agent_mail,
        };
        world.support.tickets = support_tickets(&mut world, &agent);
        world.partners.tickets = partner_tickets(&mut world, &agent);
        world
    }

    /// A contact.
    pub fn contact(&self, key: &str) -> &Contact {
        let found = self.support.contacts.iter().find(|it| it.key == key);
        #[expect(clippy::expect_used, reason = "keys are constants of this module")]
        found.expect("no such contact in the world")
    }

    /// The subject of a ticket.
    pub fn subject(&self, key: &str) -> &str {
        self.tickets()
            .find(|(_, it)| it.key == key)
            .map_or("", |(_, it)| it.subject.as_str())
    }

    /// The number of a ticket: an import numbers by date of creation, and the first portal is imported first.
    pub fn number(&self, key: &str) -> i64 {
        let ordered = |export: &Export| {
            let mut all: Vec<_> = export
                .tickets
                .iter()
                .map(|it| (it.opened.clone(), it.key.clone()))
                .collect();
            all.sort();
            all
        };
        let all = ordered(&self.support).into_iter().chain(ordered(&self.partners));
        all.zip(1..)
            .find(|((_, it), _)| it == key)
            .map_or(0, |(_, number)| number)
    }

    /// All tickets, with the slug of their portal.
    pub fn tickets(&self) -> impl Iterator<Item = (&'static str, &Ticket)> {
        let support = self.support.tickets.iter().map(|it| (SUPPORT, it));
        support.chain(self.partners.tickets.iter().map(|it| (PARTNERS, it)))
    }
}

struct Agent {
    name: String,
    email: String,
}

struct Draft<'a> {
    world: &'a mut World,
    agent: &'a Agent,
    ticket: Ticket,
}

impl<'a> Draft<'a> {
    fn new(world: &'a mut World, agent: &'a Agent, key: &str, subject: &str, description: &str, opened: &str) -> Self {
        let place = Place::Ticket(key.to_owned());
        let ticket = Ticket {
            key: key.to_owned(),
            subject: world.mark(subject, "subject", place.clone()),
            description: world.mark(description, "description", place.clone()),
            category: world.mark("Devices", "category", place),
            owner: agent.name.clone(),
            opened: opened.to_owned(),
            secret: world.mark("7", "secret", Place::Staff),
            status: "Waiting on us",
            ..Ticket::default()
        };
        Self { world, agent, ticket }
    }

    fn of(mut self, contacts: &[&'static str], companies: &[&'static str]) -> Self {
        self.ticket.contacts = contacts.to_vec();
        self.ticket.companies = companies.to_vec();
        self
    }

    fn status(mut self, status: &'static str, priority: &'static str) -> Self {
        self.ticket.status = status;
        self.ticket.priority = priority;
        self
    }

    /// `by` is a contact's key, or nothing for the agent.
    fn message(mut self, by: Option<&str>, at: &str, body: &str, is_note: bool, file: Option<&str>) -> Self {
        let (email, name) = by.map_or_else(
            || (self.agent.email.clone(), self.agent.name.clone()),
            |key| {
                let contact = self.world.contact(key);
                (contact.email.clone(), contact.full_name())
            },
        );
        let place = if is_note {
            Place::Staff
        } else {
            Place::Ticket(self.ticket.key.clone())
        };
        let is_html = body.contains("</");
        let body = if is_html {
            let marked = self.world.mark("", "html", place.clone());
            body.replace("</p>", &format!(" {marked}</p>"))
        } else {
            self.world
                .mark(body, if is_note { "note" } else { "message" }, place.clone())
        };
        let files = file.map(|name| {
            let (stem, ending) = name.split_once('.').unwrap_or((name, "txt"));
            let stem = self.world.replace(stem, "file", place.clone());
            (
                format!("{stem}.{ending}"),
                self.world
                    .mark("2026-03-04 14:00:01 wlan0: link lost\n", "content", place),
            )
        });
        self.ticket.messages.push(Message {
            is_note,
            email,
            name,
            at: at.to_owned(),
            is_html,
            body,
            files: files.into_iter().collect(),
        });
        self
    }
}

fn support_tickets(world: &mut World, agent: &Agent) -> Vec<Ticket> {
    let mut all = Vec::new();
    let draft = Draft::new(
        world,
        agent,
        "t1",
        "Scanner 4 loses Wi-Fi every day around 14:00",
        "Our scanner loses its network each day.\n\nRestarting helps for a while.",
        "2026-03-04 08:10",
    );
    let draft = draft.of(&[ALICE, PAT], &["a"]).status("Waiting on contact", "HIGH");
    let draft = draft.message(
        None,
        "2026-03-04 09:00",
        "<p>Could you send us the <b>log file</b>?</p><script>alert(1)</script>",
        false,
        None,
    );
    let draft = draft.message(
        None,
        "2026-03-04 09:01",
        "Looks like the old firmware, do not tell yet.",
        true,
        Some("internal.txt"),
    );
    let draft = draft.message(
        Some(PAT),
        "2026-03-04 10:30",
        "Here it is, with the times marked.",
        false,
        Some("wlan.log"),
    );
    all.push(
        draft
            .message(
                None,
                "2026-03-05 07:45",
                "Thank you. Which firmware does it have?",
                false,
                None,
            )
            .ticket,
    );

    let draft = Draft::new(
        world,
        agent,
        "t2",
        "Label printer prints umlauts as question marks",
        "Größe becomes Gr??e.",
        "2026-03-06 11:00",
    );
    let draft = draft.of(&[ADAM], &["a"]).status("Waiting on us", "MEDIUM");
    all.push(
        draft
            .message(None, "2026-03-06 12:00", "We are looking into it.", false, None)
            .ticket,
    );

    let draft = Draft::new(
        world,
        agent,
        "t3",
        "Invoice 2026-117 has the wrong address",
        "Please correct the address.",
        "2026-03-07 09:30",
    );
    let draft = draft.of(&[GIL], &["g"]).status("New", "LOW");
    all.push(
        draft
            .message(
                None,
                "2026-03-07 09:45",
                "Customer is right, see the contract.",
                true,
                None,
            )
            .ticket,
    );

    let draft = Draft::new(
        world,
        agent,
        "t4",
        "Shared project: access for both teams",
        "Both companies work on this.",
        "2026-03-08 10:00",
    );
    let draft = draft.of(&[ALICE], &["a", "g"]).status("Waiting on us", "");
    all.push(
        draft
            .message(
                None,
                "2026-03-08 10:30",
                "Both teams can read this.",
                false,
                Some("plan.txt"),
            )
            .ticket,
    );

    let draft = Draft::new(
        world,
        agent,
        "t5",
        "Question about my contract",
        "This one is only for me.",
        "2026-03-09 10:00",
    );
    all.push(draft.of(&[ALICE], &["a"]).status("New", "").ticket);

    let draft = Draft::new(
        world,
        agent,
        "t6",
        "Old question about the gate",
        "How does the gate open?",
        "2024-05-01 10:00",
    );
    let draft = draft.of(&[ALICE], &["a"]).status("Closed", "");
    all.push(
        draft
            .message(None, "2024-05-01 11:00", "With the green key.", false, None)
            .ticket,
    );

    let draft = Draft::new(
        world,
        agent,
        "t7",
        "Maintenance for everybody at the company",
        "Nobody in particular asked.",
        "2026-03-10 10:00",
    );
    all.push(draft.of(&[], &["a"]).status("New", "").ticket);

    let draft = Draft::new(
        world,
        agent,
        "t8",
        "A question without a company",
        "Only I am on this.",
        "2026-03-11 10:00",
    );
    all.push(draft.of(&[PAT], &[]).status("New", "").ticket);
    all
}

fn partner_tickets(world: &mut World, agent: &Agent) -> Vec<Ticket> {
    let mut all = Vec::new();
    let drafts = [
        ("p1", OLGA, "Partner discount for spring", "2026-03-12 10:00"),
        ("p2", OSCAR, "Partner contract renewal", "2026-03-12 10:30"),
    ];
    for (key, contact, subject, opened) in drafts {
        let draft = Draft::new(world, agent, key, subject, "As discussed.", opened);
        let draft = draft.of(&[contact], &["a"]).status("Waiting on us", "");
        all.push(
            draft
                .message(
                    None,
                    "2026-03-12 11:00",
                    "We will come back to you.",
                    false,
                    Some("terms.txt"),
                )
                .ticket,
        );
    }
    all
}

/// Somebody who looks at the world, and through which portal's door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The contact; nobody is signed in without one.
    pub contact: Option<&'static str>,
    /// The portal.
    pub portal: &'static str,
    /// Whether the door opens: active, and in a group where the portal asks for one.
    pub enters: bool,
}

/// Who may read what.
#[derive(Clone, Copy, Debug)]
pub struct Oracle<'a>(pub &'a World);

impl Oracle<'_> {
    /// The keys of the tickets that this reader sees.
    pub fn tickets(&self, reader: Reader) -> BTreeSet<String> {
        let (Some(me), true) = (reader.contact, reader.enters) else {
            return BTreeSet::new();
        };
        let mut seen = BTreeSet::new();
        for (portal, ticket) in self.0.tickets() {
            let is_on_it = ticket.contacts.contains(&me);
            let company = self.0.contact(me).companies.first();
            let through_company = portal == SUPPORT
                && company.is_some_and(|it| ticket.companies.contains(it))
                && !self.0.private.contains(&ticket.key);
            if portal == reader.portal && (is_on_it || through_company) {
                seen.insert(ticket.key.clone());
            }
        }
        seen
    }

    /// Whether this reader may read that place.
    pub fn may_read(&self, reader: Reader, place: &Place) -> bool {
        let Some(me) = reader.contact else { return false };
        let tickets = self.tickets(reader);
        let seen = |key: &str| tickets.contains(key);
        match place {
            Place::Staff => false,
            Place::Ticket(key) => seen(key),
            // Who is signed in reads their own name and address even where the door is shut.
            Place::Name(whom) if *whom == me => true,
            Place::Email(whom) => *whom == me,
            Place::Company(company) => reader.enters && self.0.contact(me).companies.first() == Some(company),
            Place::Agent(on) => on.iter().any(|it| seen(it)),
            Place::Name(whom) => {
                let (mine, theirs) = (
                    self.0.contact(me).companies.first(),
                    self.0.contact(whom).companies.first(),
                );
                let is_colleague = mine.is_some() && mine == theirs;
                // Who sees a company's tickets can choose by whom they were requested, from all active colleagues.
                if reader.enters && reader.portal == SUPPORT && is_colleague && *whom != INA {
                    return true;
                }
                self.0.tickets().filter(|(_, it)| seen(&it.key)).any(|(_, ticket)| {
                    let wrote = ticket
                        .messages
                        .iter()
                        .any(|it| !it.is_note && it.email == self.0.contact(whom).email);
                    let opened = ticket.contacts.first() == Some(whom);
                    let is_on_it = ticket.contacts.contains(whom);
                    // The description is the first message: it is the requester's.
                    wrote || opened || (is_on_it && is_colleague)
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(contact: &'static str, portal: &'static str) -> Reader {
        Reader {
            contact: Some(contact),
            portal,
            enters: true,
        }
    }

    #[test]
    fn the_oracle_says_what_the_prose_says() {
        let mut world = World::marked();
        world.private.insert("t5".to_owned());
        let oracle = Oracle(&world);
        let sees = |contact, portal| {
            oracle
                .tickets(reader(contact, portal))
                .into_iter()
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(sees(ALICE, SUPPORT), "t1 t2 t4 t5 t6 t7");
        assert_eq!(sees(ADAM, SUPPORT), "t1 t2 t4 t6 t7");
        assert_eq!(sees(GIL, SUPPORT), "t3 t4");
        assert_eq!(sees(PAT, SUPPORT), "t1 t8");
        assert_eq!(sees(NORA, SUPPORT), "");
        assert_eq!(sees(OLGA, PARTNERS), "p1");
        assert_eq!(
            oracle
                .tickets(Reader {
                    enters: false,
                    ..reader(INA, SUPPORT)
                })
                .len(),
            0
        );
        assert!(!oracle.may_read(reader(ALICE, SUPPORT), &Place::Staff));
        assert!(!oracle.may_read(reader(ALICE, SUPPORT), &Place::Email(PAT)));
        assert!(oracle.may_read(reader(ALICE, SUPPORT), &Place::Name(PAT)));
        assert!(!oracle.may_read(reader(GIL, SUPPORT), &Place::Name(PAT)));
        assert!(oracle.may_read(reader(ALICE, SUPPORT), &Place::Name(OLGA)));
        assert!(!oracle.may_read(reader(ALICE, SUPPORT), &Place::Name(INA)));
        assert!(!oracle.may_read(reader(OLGA, PARTNERS), &Place::Name(OSCAR)));
    }

    #[test]
    fn marked_words_are_unique_and_a_plain_world_has_none() {
        let world = World::marked();
        let words: BTreeSet<_> = world.markers.iter().map(|it| it.word.as_str()).collect();
        assert_eq!(words.len(), world.markers.len());
        assert!(words.len() > 60, "{}", words.len());
        assert!(World::plain().markers.is_empty());
    }
}
