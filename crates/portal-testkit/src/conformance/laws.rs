use std::collections::BTreeSet;

use portal_core::access::{Entrant, Scope, Tab, Viewer, enter};
use portal_core::actor::{ContactActor, Mode, Task};
use portal_core::crm::ContactStanding;
use portal_core::id::ContactId;
use portal_core::ports::Tx;
use portal_core::ticket::{FileHome, ListFilter, Search, Stage, TicketRow, Timeline, TimelineItem, TimelineWindow};

use super::broken::{Broken, ensure, same};
use super::lists::{FILTERS, List, SORTS, named};
use crate::oracle;
use crate::world::{Item, NOTE_WORD, Place, WORDS, World, at};

/// How much of what a contact can ask is asked.
#[derive(Clone, Copy, Debug)]
pub enum Effort {
    /// Every filter with every sort.
    Every,
    /// Two lists of each tab, others each time; the number is where to begin.
    Some(usize),
}

/// Compares everything that every contact can ask in every portal with what the world and the oracle say.
///
/// # Errors
/// The first difference, with who asked what.
pub async fn check(tx: &mut dyn Tx, world: &World, place: &Place, effort: Effort) -> Result<(), Broken> {
    for contact in 0..world.contacts.len() {
        let expected = Some(place.contact(world, contact)?);
        let found = tx
            .directory()
            .contact(&Task::Maintenance, place.contact_id(contact))
            .await?;
        same!(place.own(found), expected, "the contact with its groups");
    }
    for portal in 0..world.portals.len() {
        for contact in 0..world.contacts.len() {
            let asker = format!("contact {contact} in portal {portal}");
            at_the_door(tx, world, place, portal, contact, effort)
                .await
                .map_err(|it| it.at(asker))?;
        }
    }
    Ok(())
}

async fn at_the_door(
    tx: &mut dyn Tx,
    world: &World,
    place: &Place,
    portal: usize,
    contact: usize,
    effort: Effort,
) -> Result<(), Broken> {
    let loaded = tx
        .directory()
        .entrant(place.portal_id(portal), place.contact_id(contact))
        .await?;
    let Some(loaded) = loaded else {
        return Err(Broken::new("the entrant was not found"));
    };
    same!(
        normal(&loaded, world, place),
        place.entrant(world, portal, contact)?,
        "the entrant"
    );
    let viewer = viewer(&loaded);
    let enters = oracle::enters(world, contact, portal);
    ensure!(
        viewer.is_some() == enters,
        "entry was {}, not {enters}",
        viewer.is_some()
    );
    let Some(viewer) = viewer else { return Ok(()) };
    let sight = Sight {
        world,
        place,
        portal,
        contact,
        scope: viewer.scope(),
    };
    sight.tickets(tx).await?;
    sight.lists(tx, effort).await?;
    sight.counts(tx).await?;
    sight.searches(tx, effort).await?;
    sight.people(tx).await?;
    sight.staged(tx).await
}

/// A viewer with a session.
pub(super) fn viewer(entrant: &Entrant) -> Option<Viewer> {
    let actor = ContactActor {
        contact: entrant.contact,
        only: None,
        mode: Mode::Write,
    };
    enter(actor, entrant).ok()
}

/// A store may also load moving inboxes of other portals into the deny-list: they cover nothing here. And the contacts of
/// this place are members of dynamic groups of other places too.
fn normal(loaded: &Entrant, world: &World, place: &Place) -> Entrant {
    let mut normal = Entrant {
        groups: place.own_groups(&loaded.groups),
        ..loaded.clone()
    };
    for (index, inbox) in world.inboxes.iter().enumerate() {
        let concerns = |it: Option<usize>| it.map(|it| place.portal_id(it)) == Some(loaded.portal);
        if inbox.moving_to.is_some() && !concerns(inbox.portal) && !concerns(inbox.moving_to) {
            normal.denied.inboxes.remove(&place.inbox_id(index));
        }
    }
    normal
}

/// Somebody who looks, and what they must see.
struct Sight<'a> {
    world: &'a World,
    place: &'a Place,
    portal: usize,
    contact: usize,
    scope: &'a Scope,
}

impl Sight<'_> {
    fn visible(&self) -> BTreeSet<usize> {
        oracle::visible(self.world, self.contact, self.portal)
    }

    fn row(&self, index: usize) -> Result<TicketRow, Broken> {
        let ticket = self.place.ticket(self.world, index)?;
        let issue = crate::world::get(&self.world.tickets, index)?;
        let read = issue.read.get(&self.contact).copied().unwrap_or(0);
        let requester = issue.requester;
        Ok(TicketRow {
            number: ticket.number,
            id: ticket.id,
            version: ticket.version,
            subject: ticket.subject,
            status: ticket.status,
            stage: ticket.stage,
            status_label: crate::world::label(issue.pipeline, issue.stage),
            priority: ticket.priority,
            category: ticket.category,
            source: ticket.source,
            audience: ticket.audience,
            requester: requester.map(|it| (self.place.contact_id(it), Place::name(it).to_owned())),
            created_at: ticket.created_at,
            last_activity: ticket.last_activity,
            last_message: ticket.last_message,
            files: ticket.files,
            unread: read < ticket.public_seq,
        })
    }

    /// Whom the viewer knows by name wherever they meet: oneself, and whoever is of the same primary company.
    fn known(&self) -> BTreeSet<ContactId> {
        let primary = |it: usize| self.world.contacts.get(it).and_then(|it| it.primary);
        let own = primary(self.contact);
        let known =
            (0..self.world.contacts.len()).filter(|it| *it == self.contact || (own.is_some() && primary(*it) == own));
        known.map(|it| self.place.contact_id(it)).collect()
    }

    fn rows(&self, of: &BTreeSet<usize>) -> Result<Vec<TicketRow>, Broken> {
        of.iter().map(|it| self.row(*it)).collect()
    }

    fn of_tab(&self, tab: Tab) -> BTreeSet<usize> {
        match tab {
            Tab::Mine => oracle::mine(self.world, self.contact, self.portal),
            Tab::Company => oracle::companys(self.world, self.contact, self.portal),
        }
    }

    /// Everything on each ticket is there exactly if the ticket is visible.
    async fn tickets(&self, tx: &mut dyn Tx) -> Result<(), Broken> {
        let visible = self.visible();
        for index in 0..self.world.tickets.len() {
            let sees = visible.contains(&index);
            self.ticket(tx, index, sees)
                .await
                .map_err(|it| it.at(format!("ticket {index}")))?;
        }
        Ok(())
    }

    async fn ticket(&self, tx: &mut dyn Tx, index: usize, sees: bool) -> Result<(), Broken> {
        let (scope, number) = (self.scope, self.place.number(index)?);
        let ticket = self.place.ticket(self.world, index)?;
        let id = ticket.id;
        let wanted = sees.then_some(ticket);
        same!(tx.tickets().find(scope, number).await?, wanted, "find");
        same!(tx.tickets().find_by_id(scope, id).await?, wanted, "find_by_id");
        let items = self.place.timeline(self.world, index)?;
        self.timeline(tx, index, if sees { items } else { Vec::new() }).await?;
        let issue = crate::world::get(&self.world.tickets, index)?;
        for (item, what) in issue.thread.iter().enumerate() {
            let there = sees && matches!(what, Item::Message { file: true, .. });
            let file = tx.tickets().file(scope, self.place.file_id(index, item)).await?;
            ensure!(
                file.is_some() == there,
                "file of item {item}: {file:?}, wanted: {there}"
            );
            let staged = file.is_some_and(|it| matches!(it.home, FileHome::Staged(_)));
            ensure!(!staged, "file of item {item} is still staged");
        }
        for note in 0..issue.notes.len() {
            let file = tx.tickets().file(scope, self.place.note_file_id(index, note)).await?;
            ensure!(file.is_none(), "the file of a note was found");
        }
        let mut people: Vec<usize> = issue.participants.iter().copied().collect();
        people.sort_by_key(|it| Place::name(*it));
        people.splice(0..0, issue.requester);
        let people: Vec<ContactId> = people.into_iter().map(|it| self.place.contact_id(it)).collect();
        let found = tx.directory().people_on(scope, number).await?;
        let found: Vec<ContactId> = found.into_iter().map(|it| it.contact).collect();
        same!(found, if sees { people } else { Vec::new() }, "people_on");
        let mut found = tx.directory().companies_on(scope, number).await?;
        found.sort();
        let companies = issue.companies.iter();
        let companies = companies.map(|it| (self.place.company_id(*it), format!("Company {it}")));
        same!(
            found,
            if sees { companies.collect() } else { Vec::new() },
            "companies_on"
        );
        Ok(())
    }

    async fn timeline(&self, tx: &mut dyn Tx, index: usize, items: Vec<TimelineItem>) -> Result<(), Broken> {
        let number = self.place.number(index)?;
        let all = tx.tickets().timeline(self.scope, number, TimelineWindow::All).await?;
        same!(
            all,
            Timeline {
                items: items.clone(),
                hidden: 0
            },
            "timeline"
        );
        let after = tx
            .tickets()
            .timeline(self.scope, number, TimelineWindow::After(1))
            .await?;
        let later = items.iter().skip(1).cloned().collect();
        same!(
            after,
            Timeline {
                items: later,
                hidden: 0
            },
            "timeline after 1"
        );
        let window = TimelineWindow::Folded { first: 1, last: 1 };
        let folded = tx.tickets().timeline(self.scope, number, window).await?;
        let ends = items
            .iter()
            .enumerate()
            .filter(|(it, _)| *it == 0 || it + 1 == items.len());
        let wanted: Vec<TimelineItem> = ends.map(|(_, it)| it.clone()).collect();
        let hidden = (items.len() - wanted.len()) as u32;
        same!(folded, Timeline { items: wanted, hidden }, "timeline folded");
        Ok(())
    }

    /// The drained pages are exactly the tickets of the tab, in order, each once.
    async fn lists(&self, tx: &mut dyn Tx, effort: Effort) -> Result<(), Broken> {
        let mut requesters = vec![None];
        requesters.extend((0..self.world.contacts.len()).map(|it| Some(self.place.contact_id(it))));
        for tab in [Tab::Mine, Tab::Company] {
            let of_tab = self.rows(&self.of_tab(tab))?;
            let mut turn = match effort {
                Effort::Every => 0,
                Effort::Some(from) => from,
            };
            for (place, (filter, sort)) in FILTERS
                .into_iter()
                .flat_map(|it| SORTS.map(|sort| (it, sort)))
                .enumerate()
            {
                let wanted = match effort {
                    Effort::Every => true,
                    Effort::Some(from) => (place + from).is_multiple_of(9),
                };
                if !wanted {
                    continue;
                }
                // One list of everybody's and one of a single requester, with pages of 1, 2 and 3 rows by turns.
                turn += 1;
                let one = requesters.get(turn % requesters.len()).copied().flatten();
                for (requester, size) in [(None, turn % 3 + 1), (one, (turn + 1) % 3 + 1)] {
                    let list = List {
                        tab,
                        filter,
                        sort,
                        requester,
                        size: size as u32,
                    };
                    list.check(tx, self.scope, &of_tab, &self.known()).await?;
                }
            }
        }
        Ok(())
    }

    async fn counts(&self, tx: &mut dyn Tx) -> Result<(), Broken> {
        for (tab, cap) in [(Tab::Mine, 99), (Tab::Mine, 2), (Tab::Company, 99), (Tab::Company, 2)] {
            let counts = tx.tickets().frame(self.scope, cap, 0).await?.counts(tab);
            same!(counts.cap, cap, "the cap of the counts of {tab:?}");
            let rows = self.rows(&self.of_tab(tab))?;
            for stage in Stage::ALL {
                let exact = rows.iter().filter(|it| it.stage == stage).count() as u32;
                same!(
                    counts.of(stage),
                    exact.min(cap),
                    "count of {stage:?} in {tab:?} up to {cap}"
                );
            }
        }
        Ok(())
    }

    /// What is found is in the scope and has all the words; what is in the scope and has them is found.
    async fn searches(&self, tx: &mut dyn Tx, effort: Effort) -> Result<(), Broken> {
        let mut queries: Vec<Vec<String>> = Vec::new();
        for word in WORDS {
            queries.push(vec![word.to_owned()]);
        }
        queries.push(vec!["be".to_owned()]);
        queries.push(vec!["ant".to_owned(), "bee".to_owned()]);
        queries.push(vec!["cat".to_owned(), "ant".to_owned()]);
        queries.push(vec![NOTE_WORD.to_owned()]);
        if let Some(number) = self.place.numbers.first() {
            queries.push(vec![number.to_string()]);
        }
        let newest = self.place.numbers.last().copied();
        for (turn, tokens) in queries.into_iter().enumerate() {
            let skipped = matches!(effort, Effort::Some(from) if !(turn + from).is_multiple_of(3));
            if skipped {
                continue;
            }
            let filter = FILTERS.get(turn % 3).copied().unwrap_or(ListFilter::All);
            self.search(
                tx,
                &Search {
                    tokens: tokens.clone(),
                    filter: ListFilter::All,
                    below: None,
                    limit: 50,
                },
            )
            .await?;
            self.search(
                tx,
                &Search {
                    tokens,
                    filter,
                    below: newest,
                    limit: 2,
                },
            )
            .await?;
        }
        Ok(())
    }

    async fn search(&self, tx: &mut dyn Tx, search: &Search) -> Result<(), Broken> {
        let Some((beginning, whole)) = search.tokens.split_last() else {
            return Ok(());
        };
        let matches = |word: &str| word.starts_with(beginning) || whole.iter().any(|it| it == word);
        let mut wanted = Vec::new();
        for index in self.visible().into_iter().rev() {
            let issue = crate::world::get(&self.world.tickets, index)?;
            let (number, mut words) = (self.place.number(index)?.to_string(), issue.subject.clone());
            let mut texts = Vec::new();
            for item in &issue.thread {
                if let Item::Message { words: said, .. } = item {
                    words.extend(said);
                    if said.iter().any(|it| matches(it)) {
                        texts.push(said.join(" "));
                    }
                }
            }
            words.push(&number);
            let external = format!("{:x}", self.place.base);
            let key = format!("t{index}");
            if index % 2 == 1 {
                words.extend([external.as_str(), key.as_str()]);
            }
            let found =
                words.iter().any(|it| it.starts_with(beginning)) && whole.iter().all(|it| words.contains(&it.as_str()));
            let row = named(self.row(index)?, &self.known());
            let below = search.below.is_none_or(|it| row.number < it);
            let open = search.filter.wants(row.stage);
            if found && below && open {
                wanted.push((row, texts));
            }
        }
        wanted.truncate(search.limit as usize);
        let hits = tx.tickets().search(self.scope, search).await?;
        let found: Vec<&TicketRow> = hits.iter().map(|it| &it.row).collect();
        let rows: Vec<&TicketRow> = wanted.iter().map(|it| &it.0).collect();
        same!(found, rows, "{search:?}");
        for (hit, (row, texts)) in hits.iter().zip(&wanted) {
            let fine = if texts.is_empty() {
                hit.excerpt.is_empty()
            } else {
                texts.contains(&hit.excerpt)
            };
            ensure!(fine, "{search:?}: the excerpt of {:?} is {:?}", row.number, hit.excerpt);
        }
        Ok(())
    }

    /// Colleagues are the active contacts of the company as which the contact reads.
    async fn people(&self, tx: &mut dyn Tx) -> Result<(), Broken> {
        let company = oracle::company_view(self.world, self.contact, self.portal);
        let mut wanted: Vec<ContactId> = Vec::new();
        for (index, it) in self.world.contacts.iter().enumerate() {
            let contact = self.place.contact(self.world, index)?;
            if contact.standing == ContactStanding::Active && company.is_some() && it.primary == company {
                wanted.push(contact.id);
            }
        }
        let named = company.map(|it| (self.place.company_id(it), format!("Company {it}")));
        for most in [50, 1, 0] {
            let frame = tx.tickets().frame(self.scope, 9, most).await?;
            let of_company = frame
                .colleagues
                .iter()
                .all(|it| it.primary_company == self.scope.company());
            ensure!(of_company, "a colleague of another company");
            let found: Vec<ContactId> = frame.colleagues.into_iter().map(|it| it.contact).collect();
            let wanted: Vec<ContactId> = wanted.iter().take(most as usize).copied().collect();
            same!(found, wanted, "colleagues, at most {most}");
            same!(frame.company, named, "the company");
        }
        Ok(())
    }

    /// Staged files are there for their uploader alone.
    async fn staged(&self, tx: &mut dyn Tx) -> Result<(), Broken> {
        let all = (0..self.world.contacts.len()).rev();
        let ids: Vec<_> = all.map(|it| self.place.staged_file_id(it)).collect();
        let own = self.place.staged_file(self.contact);
        for id in &ids {
            let wanted = (*id == own.id).then(|| own.clone());
            same!(tx.tickets().file(self.scope, *id).await?, wanted, "a staged file");
        }
        let found = tx.tickets().staged_files(self.scope, &ids, at(1000)).await?;
        same!(found, vec![own], "staged_files");
        let found = tx.tickets().staged_files(self.scope, &ids, at(1001)).await?;
        same!(found, Vec::new(), "staged_files since later");
        Ok(())
    }
}
