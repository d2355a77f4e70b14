//! What staff write anywhere, each text with a word of its own: on tickets, about people, for themselves and for each other.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use portal_e2e::canary::Scanner;
use portal_e2e::ear::Ear;
use portal_e2e::html;
use portal_e2e::http::{Answer, Visitor};
use portal_e2e::site::Site;
use portal_e2e::staff::Colleague;
use portal_e2e::wait;
use portal_e2e::world::people::{ADAM, ALICE, GIL, OLGA, PAT};
use portal_e2e::world::{PARTNERS, Place, SUPPORT};

use super::{allows, leaks};

/// What customers were sent while the staff worked: streams that were open all the time, and what they fetched meanwhile.
pub(super) struct Overheard {
    ears: Vec<(&'static str, Ear)>,
    fetched: Vec<(&'static str, Answer)>,
    /// The ids of files of the staff.
    pub(super) files: BTreeSet<String>,
}

impl Overheard {
    /// What of it nobody should have been sent.
    pub(super) fn leaks(&self, site: &Site) -> Vec<String> {
        let mut problems = Vec::new();
        let mut note = |who: &str, scanner: &Scanner<'_>| {
            let found = leaks(site, scanner)
                .into_iter()
                .map(|it| format!("{who} overheard: {it}"));
            problems.extend(found);
        };
        for (who, ear) in &self.ears {
            let mut scanner = scanner(site, who);
            scanner.scan(&ear.path, &ear.heard(), "");
            note(who, &scanner);
        }
        for (who, answer) in &self.fetched {
            let mut scanner = scanner(site, who);
            scanner.look_at(answer, "");
            note(who, &scanner);
        }
        problems
    }
}

fn scanner<'a>(site: &'a Site, who: &'static str) -> Scanner<'a> {
    Scanner::allowing(&site.world, |it| allows(&site.world, Some(who), &it.place))
}

/// The streams of everybody: of the list, and of the ticket that most is written on.
async fn listen(site: &Site) -> Result<Vec<(&'static str, Ear)>> {
    let of_ticket = format!("/support/stream?number={}&version=0", site.world.number("t1"));
    let mut ears = Vec::new();
    for who in [ALICE, ADAM, GIL, PAT] {
        let visitor = site.visitor(who).await?;
        for path in ["/support/stream", of_ticket.as_str()] {
            ears.push((who, Ear::at(&visitor, path).await?));
        }
    }
    let olga = site.visitor_of(PARTNERS, OLGA).await?;
    ears.push((OLGA, Ear::at(&olga, "/partners/stream").await?));
    Ok(ears)
}

/// One of the staff at work, with the site in which every word is entered.
struct Desk<'a> {
    site: &'a mut Site,
    ada: Colleague,
}

impl Desk<'_> {
    /// A text for the staff alone.
    fn secret(&mut self, text: &str, kind: &str) -> String {
        self.site.world.mark(text, kind, Place::Staff)
    }

    /// A text that those who see a ticket read.
    fn public(&mut self, text: &str, kind: &str, key: &str) -> String {
        self.site.world.mark(text, kind, Place::Ticket(key.to_owned()))
    }

    fn page(&self, key: &str) -> String {
        format!("/desk/tickets/{}", self.site.world.number(key))
    }

    async fn get(&self, path: &str) -> Result<String> {
        Ok(self.ada.visitor.get(path).await?.expect(200)?.text())
    }

    /// Sends a form of a page; where that leads.
    async fn submit(&self, page: &str, form: &str, fields: &[(&str, &str)]) -> Result<String> {
        let answer = self.ada.visitor.submit(page, form, fields, &[]).await?.expect(303)?;
        Ok(answer.location().to_owned())
    }

    async fn write(&self, key: &str, kind: &str, text: &str, files: &[(String, String)]) -> Result<()> {
        let page = self.page(key);
        let (form, fields) = (
            format!("{page}/write"),
            [("kind", kind), ("body", text), ("then", "work")],
        );
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, it)| (name.as_str(), it.as_bytes())).collect();
        let answer = self.ada.visitor.submit(&page, &form, &fields, &files).await?;
        answer.expect(303).map(drop)
    }

    /// A file, with a word in its name and one in what it holds.
    fn file(&mut self, place: &Place) -> [(String, String); 1] {
        let world = &mut self.site.world;
        let name = world.mark("", "file", place.clone());
        [(format!("{name}.txt"), world.mark("content", "content", place.clone()))]
    }

    /// A note, one that mentions a colleague, and an answer that is taken back before anybody sees it; what customers find
    /// while it waits.
    async fn on_tickets(&mut self) -> Result<Vec<(&'static str, Answer)>> {
        let note = self.secret("for the team", "note");
        let file = self.file(&Place::Staff);
        self.write("t1", "note", &note, &file).await?;
        let mention = self.secret("@tim, is that right?", "mention");
        self.write("t1", "note", &mention, &[]).await?;
        let oops = self.secret("sent too early", "takenback");
        let file = self.file(&Place::Staff);
        self.write("t1", "answer", &oops, &file).await?;
        let number = self.site.world.number("t1");
        let mut fetched = Vec::new();
        for who in [ALICE, PAT] {
            let program = self.site.program(who, false).await?;
            for path in [
                format!("/tickets/{number}"),
                format!("/tickets/{number}/messages"),
                "/tickets".to_owned(),
            ] {
                fetched.push((who, program.get(&path).await?.expect(200)?));
            }
            let visitor = self.site.visitor(who).await?;
            for path in [format!("/support/{number}"), "/support".to_owned()] {
                fetched.push((who, visitor.get(&path).await?.expect(200)?));
            }
        }
        let page = self.get(&self.page("t1")).await?;
        let id = html::between(&page, "name=\"answer\" value=\"", "\"").context("the answer cannot be taken back")?;
        let (page, back) = (self.page("t1"), format!("{}/take-back", self.page("t1")));
        let taken = self.ada.visitor.submit(&page, &back, &[("answer", &id)], &[]).await?;
        taken.expect(200)?;
        Ok(fetched)
    }

    /// Notes about a contact and a company, what links the two, and why somebody looked through a contact's eyes.
    async fn about_people(&mut self) -> Result<()> {
        let alice = self.site.contact_ids.get(ALICE).cloned().unwrap_or_default();
        let contact = format!("/admin/contacts/{alice}");
        let text = self.secret("calls at night", "contactnote");
        self.submit(&contact, &format!("{contact}/notes"), &[("text", &text)])
            .await?;
        let page = self.get(&contact).await?;
        let field = html::between(&page, "name=\"label-", "\"").context("no company to label")?;
        let label = self.secret("decides", "label");
        let fields = [(format!("label-{field}"), label)];
        let fields: Vec<_> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        self.submit(&contact, &format!("{contact}/labels"), &fields).await?;
        let portals = html::between(&page, "id=\"f-portal\"", "</select>").context("no portal to look into")?;
        let reason = self.secret("she asked what she sees", "reason");
        let mut looked = 0;
        for portal in html::attributes(&portals, "value") {
            // Only where she is let in can anybody look through her eyes.
            let fields = [("portal", portal.as_str()), ("reason", reason.as_str())];
            let form = format!("{contact}/view-as");
            let answer = self.ada.visitor.submit(&contact, &form, &fields, &[]).await?;
            looked += usize::from(answer.status == 303);
        }
        ensure!(looked == 1, "{looked} portals can be looked into");
        let companies = html::links(&self.get("/admin/companies").await?);
        let text = self.secret("pays late", "companynote");
        let mut noted = 0;
        for company in companies.iter().filter(|it| is_of(it, "/admin/companies/")) {
            self.submit(company, &format!("{company}/notes"), &[("text", &text)])
                .await?;
            noted += 1;
        }
        ensure!(noted >= 2, "there are {noted} companies");
        Ok(())
    }

    /// A reply that is canned, a view that is saved, a status that the staff call otherwise than customers.
    async fn for_each_other(&mut self) -> Result<()> {
        let (name, text) = (
            self.secret("greeting", "cannedname"),
            self.secret("Hello there", "canned"),
        );
        let fields = [("name", name.as_str()), ("text", &text), ("shared", "true")];
        self.submit("/desk/canned", "/desk/canned", &fields).await?;
        let name = self.secret("burning", "view");
        let fields = [("name", name.as_str()), ("shared", "true")];
        self.submit("/desk?priority=high", "/desk/views", &fields).await?;
        let status = self.secret("waiting for the boss", "status");
        let pipelines = html::links(&self.get("/admin/pipelines").await?);
        for pipeline in pipelines.iter().filter(|it| is_of(it, "/admin/pipelines/")) {
            let fields = [("new_name", status.as_str()), ("stage", "in_progress")];
            self.submit(pipeline, &format!("{pipeline}/statuses"), &fields).await?;
        }
        let page = self.get(&self.page("t2")).await?;
        let (before, _) = page.split_once(&format!(">{status}<")).context("no such status")?;
        let id = before.rsplit("value=\"").next().and_then(|it| it.split('"').next());
        let (page, fields) = (self.page("t2"), [("status", id.context("no id")?)]);
        self.submit(&page, &format!("{page}/status"), &fields).await.map(drop)
    }

    /// What somebody said who is nobody's customer is taken out of its ticket.
    async fn without_a_ticket(&self, conversation: &str) -> Result<()> {
        let page = format!("/desk/conversations/{conversation}");
        self.submit(&page, &page, &[("what", "detach"), ("do", "save")])
            .await
            .map(drop)
    }

    /// A ticket is split off, one becomes part of another, and two are answered.
    async fn merged_and_split(&mut self) -> Result<()> {
        let subject = self.public("split off", "subject", "t4");
        let alice = self.site.contact_ids.get(ALICE).cloned().unwrap_or_default();
        let fields = [
            ("subject", subject.as_str()),
            ("requester", alice.as_str()),
            ("message", "1"),
            ("message", "2"),
        ];
        let split = format!("{}/split", self.page("t4"));
        self.submit(&split, &split, &fields).await?;
        let merge = format!("{}/merge", self.page("t8"));
        let into = format!("{merge}?into={}", self.site.world.number("t5"));
        self.submit(&into, &merge, &[]).await?;
        let answer = self.public("answered", "message", "t2");
        let file = self.file(&Place::Ticket("t2".to_owned()));
        self.write("t2", "answer", &answer, &file).await?;
        let to_part = self.public("answered on the part", "message", "t8");
        self.write("t8", "answer", &to_part, &[]).await?;
        for (who, key, text) in [(ADAM, "t2", &answer), (PAT, "t8", &to_part)] {
            let (visitor, number) = (self.site.visitor_of(SUPPORT, who).await?, self.site.world.number(key));
            arrives(&visitor, number, text).await?;
        }
        Ok(())
    }
}

async fn arrives(visitor: &Visitor, number: i64, text: &str) -> Result<()> {
    wait::until_true("the answer", || async {
        let page = visitor.get(&format!("/support/{number}")).await?;
        Ok(page.text().contains(text))
    })
    .await
}

/// Whether an address is that of one thing of a list.
fn is_of(address: &str, list: &str) -> bool {
    address
        .strip_prefix(list)
        .is_some_and(|it| it.len() == 36 && !it.contains('/'))
}

/// Something that somebody said who is nobody's customer; its id. The server is stopped for it: only one process has the data.
async fn somebody_called(site: &mut Site) -> Result<String> {
    let mut arguments = vec!["receive", "--inbox", "Support", "--json"];
    let texts = [
        ("--name", "Somebody", "caller"),
        ("--subject", "Not a ticket", "talk"),
        ("--text", "Call me", "said"),
    ];
    let texts = texts.map(|(name, text, kind)| (name, site.world.mark(text, kind, Place::Staff)));
    arguments.extend(texts.iter().flat_map(|(name, text)| [*name, text.as_str()]));
    site.stop().await?;
    let said: serde_json::Value = serde_json::from_str(&site.installation.run(&arguments).await?)?;
    site.restart().await?;
    Ok(said["conversation"].as_str().context("no conversation")?.to_owned())
}

/// The staff's work, with customers listening all the time.
pub(super) async fn by_staff(site: &mut Site) -> Result<Overheard> {
    let conversation = somebody_called(site).await?;
    let ada = Colleague::first(&site.installation).await?;
    let _tim = ada.invite(&site.installation, "Tim Lindner", &["help_desk"]).await?;
    let ears = listen(site).await?;
    let mut desk = Desk { site, ada };
    let fetched = desk.on_tickets().await?;
    desk.about_people().await?;
    desk.for_each_other().await?;
    desk.without_a_ticket(&conversation).await?;
    desk.merged_and_split().await?;
    let page = desk.get(&desk.page("t1")).await?;
    let files = html::links(&page)
        .iter()
        .filter_map(|it| it.strip_prefix("/desk/files/").map(str::to_owned))
        .collect();
    let heard = ears.iter().filter(|(_, it)| !it.frames().is_empty()).count();
    ensure!(
        heard >= 3,
        "{heard} streams said something, so their silence says nothing"
    );
    Ok(Overheard { ears, fetched, files })
}
