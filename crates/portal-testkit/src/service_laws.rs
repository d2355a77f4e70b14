//! Laws about what use-cases do to who sees what, tried on random worlds over any store: merges and their undoing,
//! erasures, conversations.

use std::collections::{BTreeMap, BTreeSet};

use portal_core::Portal;
use portal_core::access::{Principal, Tab, Viewer, enter};
use portal_core::actor::{Actor, ContactActor, Mode, Task};
use portal_core::conversation::{
    Conversation, ConversationState, Handle, HandleConversation, InboxKind, Receive, Said, Sender,
};
use portal_core::crm::{Contact, MergeError, MergeField, MergeParties, Party, PartyNote, Widening};
use portal_core::desk::DeskError;
use portal_core::id::{AgentId, ContactId, ConversationId, MessageId, NoteId, NoticeId, TicketNumber, Uuid};
use portal_core::notify::{AgentNews, AgentNotice};
use portal_core::ports::{Access, Hint, Store, Tx};
use portal_core::staff::{InboxAccess, Permission, StaffActor, StaffStanding, StaffUser};
use portal_core::text::{EmailAddress, Line};
use portal_core::ticket::{
    Author, AuthorKind, Body, BodyFormat, Edge, ListFilter, ListQuery, ListTickets, Message, SafeHtml, SearchTickets,
    Sort, Source, TimelineWindow, Version, ViewTicket,
};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::conformance::broken::ensure;
use crate::conformance::random::{for_all, law_cases};
use crate::conformance::{Broken, Work};
use crate::fakes::{
    FixedClock, GlassVault, MemoryFiles, MemoryMailer, NoPause, PlainBodies, PlainLetters, PlainPasswords,
    SeededSecrets, SequentialIds, UtcOnly,
};
use crate::world::{Place, World, at, worlds};

/// What each contact sees in each portal of a world; `None` where they are not let in.
type SightOfAll = Vec<Option<BTreeSet<TicketNumber>>>;

/// A world in a store, with the use-cases over it and somebody of the staff who may everything.
struct Service<S> {
    portal: Portal,
    store: S,
    mailer: MemoryMailer,
    world: World,
    place: Place,
    staff: StaffActor,
}

impl<S: Store + Clone> Service<S> {
    async fn over(store: &S, world: World) -> Result<Self, Broken> {
        let mut tx = store.begin(Access::Write).await?;
        let place = world.install(&mut *tx).await?;
        let ids = SequentialIds::series(place.base ^ 1);
        let agent = AgentId::from_uuid(portal_core::ports::Ids::next(&ids, at(0)));
        let user = StaffUser {
            id: agent,
            name: "Mara Okafor".parse()?,
            email: format!("mara@w{:x}.example", place.base).parse()?,
            permissions: Permission::ALL.into_iter().collect(),
            inboxes: InboxAccess::All,
            standing: StaffStanding::Active,
            language: None,
            time_zone: None,
            created_at: at(0),
        };
        tx.staffing().put_staff_user(&Task::CommandLine, &user).await?;
        tx.commit().await?;
        let mailer = MemoryMailer::default();
        let portal = Portal::builder()
            .store(store.clone())
            .files(MemoryFiles::default())
            .passwords(PlainPasswords::default())
            .bodies(PlainBodies)
            .clock(FixedClock::at(at(24 * 60 * 60)))
            .ids(ids)
            .secrets(SeededSecrets::new(place.base))
            .pacer(NoPause)
            .letters(PlainLetters)
            .vault(GlassVault)
            .zones(UtcOnly)
            .mailer(mailer.clone())
            .base_url("https://help.kestrel.example".parse()?)
            .build()?;
        Ok(Self {
            portal,
            store: store.clone(),
            mailer,
            world,
            place,
            staff: StaffActor::signed_in(agent, true),
        })
    }

    /// A contact at the door of a portal, if they are let in.
    async fn viewer(&self, tx: &mut dyn Tx, portal: usize, who: ContactId) -> Result<Option<Viewer>, Broken> {
        let entrant = tx.directory().entrant(self.place.portal_id(portal), who).await?;
        let actor = ContactActor {
            contact: who,
            only: None,
            mode: Mode::Read,
        };
        Ok(entrant.and_then(|it| enter(actor, &it).ok()))
    }

    /// What each contact sees, twice: by the lists of the store and by the rule, which must agree.
    async fn sight_of_all(&self) -> Result<SightOfAll, Broken> {
        let task = Task::Maintenance;
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let mut all_facts = Vec::new();
        for ticket in 0..self.world.tickets.len() {
            let number = self.place.number(ticket)?;
            let ticket = tx.tickets().load(&task, number).await?;
            all_facts.extend(ticket.map(|it| (number, it.facts())));
        }
        let mut all = Vec::new();
        for contact in 0..self.world.contacts.len() {
            for portal in 0..self.world.portals.len() {
                let who = self.place.contact_id(contact);
                let Some(viewer) = self.viewer(&mut *tx, portal, who).await? else {
                    all.push(None);
                    continue;
                };
                let scope = viewer.scope();
                let mut listed = BTreeSet::new();
                for tab in [Tab::Mine, Tab::Company] {
                    let query = ListQuery {
                        tab,
                        filter: ListFilter::All,
                        requester: None,
                        sort: Sort::Created,
                        edge: Edge::Start,
                        limit: 100,
                    };
                    listed.extend(tx.tickets().page(scope, &query).await?.iter().map(|it| it.number));
                }
                let permitted = all_facts.iter().filter(|(_, facts)| scope.permits(facts));
                let permitted: BTreeSet<_> = permitted.map(|(number, _)| *number).collect();
                ensure!(listed == permitted, "listed {listed:?}, permitted {permitted:?}");
                all.push(Some(listed));
            }
        }
        Ok(all)
    }
}

fn is_wider(before: &SightOfAll, after: &SightOfAll) -> bool {
    before.iter().zip(after).any(|(before, after)| match (before, after) {
        (None, Some(_)) => true,
        (Some(before), Some(after)) => !after.is_subset(before),
        (_, None) => false,
    })
}

/// Two of a world become one: which, whether they are companies, and whether companies and groups are taken along.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    one: usize,
    other: usize,
    companies: bool,
    along: bool,
}

/// A few merges.
pub fn pairs() -> impl Strategy<Value = Vec<Pair>> {
    let pair = (0..8_usize, 0..8_usize, any::<bool>(), any::<bool>());
    let pair = pair.prop_map(|(one, other, companies, along)| Pair {
        one,
        other,
        companies,
        along,
    });
    vec(pair, 1..5)
}

/// No merge widens anybody's sight unless its numbers were accepted, what is refused does nothing, and undoing all of them
/// brings back what everybody saw.
///
/// # Errors
/// What is not so.
pub async fn merges_and_their_undoing<S: Store + Clone>(
    store: &S,
    world: World,
    pairs: Vec<Pair>,
) -> Result<(), Broken> {
    let it = Service::over(store, world).await?;
    let mut merged = Vec::new();
    let mut before = it.sight_of_all().await?;
    for pair in pairs {
        let party = |n: usize| {
            if pair.companies {
                Party::Company(it.place.company_id(n % crate::world::COMPANIES))
            } else {
                Party::Contact(it.place.contact_id(n % it.world.contacts.len()))
            }
        };
        let mut command = MergeParties {
            into: party(pair.one),
            from: party(pair.other),
            take: BTreeSet::from([MergeField::PrimaryCompany]),
            companies: pair.along,
            groups: pair.along,
            accepted: None,
        };
        let (id, widens) = match it.portal.merge_parties(&it.staff, &command).await {
            Ok(id) => (id, false),
            Err(MergeError::Widens(effect)) => {
                ensure!(
                    it.sight_of_all().await? == before,
                    "a refused {command:?} did something"
                );
                command.accepted = Widening::of(&effect);
                (it.portal.merge_parties(&it.staff, &command).await?, true)
            }
            // One of the two is a part of another one already.
            Err(MergeError::Gone | MergeError::NotTwo | MergeError::NotFound) => continue,
            Err(err) => return Err(err.into()),
        };
        let after = it.sight_of_all().await?;
        ensure!(
            is_wider(&before, &after) == widens,
            "{command:?} was said to widen: {widens}"
        );
        merged.push((id, std::mem::replace(&mut before, after)));
    }
    for (id, before) in merged.into_iter().rev() {
        it.portal.undo_merge(&it.staff, id).await?;
        ensure!(it.sight_of_all().await? == before, "undoing {id} does not bring back");
    }
    Ok(())
}

/// A word that stands in everything that is personal of whoever is erased, and in nothing else: stores look for it in what
/// no port shows.
pub const CANARY: &str = "zephyrine";
const CANARY_NAME: &str = "Zephyrine Quill";

/// Gives a contact the canary's name and address, and leaves it wherever people leave theirs.
async fn make_known<S>(tx: &mut dyn Tx, it: &Service<S>, index: usize) -> Result<(), Broken> {
    let (place, task) = (&it.place, Task::Maintenance);
    let address: EmailAddress = format!("zephyrine@w{:x}.example", place.base).parse()?;
    let contact = Contact {
        name: CANARY_NAME.parse()?,
        email: Some(address.clone()),
        membership_email: Some(address.clone()),
        external_id: Some(format!("zephyrine-{:x}", place.base)),
        ..place.contact(&it.world, index)?
    };
    let uuid = |n: u128| Uuid::from_u128((u128::from(place.base) << 64) | (0x00ca_0000 + n));
    let theirs = Author {
        kind: AuthorKind::Contact(contact.id),
        name: CANARY_NAME.to_owned(),
    };
    let body = |text: &str| Body {
        source: text.to_owned(),
        format: BodyFormat::Text,
        html: SafeHtml::vouched(text.to_owned()),
        plain: text.to_owned(),
        sanitiser: 1,
    };
    tx.directory().put_contact(&task, &contact).await?;
    let labels = contact.companies.iter().map(|it| Ok((*it, "Zephyrine's".parse()?)));
    let labels = labels.collect::<Result<BTreeMap<_, Line>, Broken>>()?;
    tx.crm().put_company_labels(&task, contact.id, &labels).await?;
    let note = PartyNote {
        id: NoteId::from_uuid(uuid(1)),
        about: Party::Contact(contact.id),
        author: Author {
            kind: AuthorKind::System,
            name: String::new(),
        },
        at: at(1),
        body: body("Zephyrine called"),
    };
    tx.crm().add_party_note(&task, &note).await?;
    let talk = Conversation {
        id: ConversationId::from_uuid(uuid(2)),
        inbox: place.inbox_id(0),
        channel: Source::Chat,
        subject: "Talk".parse()?,
        contact: Some(contact.id),
        name: CANARY_NAME.to_owned(),
        address: Some(address.clone()),
        ticket: None,
        state: ConversationState::Open,
        created_at: at(1),
        last_activity: at(1),
    };
    let said = Said {
        id: MessageId::from_uuid(uuid(3)),
        conversation: talk.id,
        author: theirs.clone(),
        at: at(1),
        body: body("hello"),
    };
    tx.conversations().put_conversation(&talk).await?;
    tx.conversations().add_said(&said).await?;
    let Some(number) = place.numbers.first().copied() else {
        return Ok(());
    };
    let message = Message {
        id: MessageId::from_uuid(uuid(4)),
        ticket: number,
        seq: 90_000,
        author: theirs.clone(),
        at: at(1),
        source: Source::Portal,
        body: body("hello"),
        files: Vec::new(),
    };
    let notice = AgentNotice {
        id: NoticeId::from_uuid(uuid(5)),
        agent: it.staff.agent,
        news: AgentNews::Replied,
        ticket: number,
        by: CANARY_NAME.to_owned(),
        at: at(1),
        bell: true,
        mail: false,
        read_at: None,
    };
    tx.tickets().add_message(&message).await?;
    tx.notices().add_agent_notice(&notice).await?;
    Ok(())
}

/// Somebody of a world is erased: they are let in nowhere and found by nobody, and nobody else sees more or less. Stores
/// look for the [`CANARY`] afterwards.
///
/// # Errors
/// What is not so.
pub async fn an_erasure<S: Store + Clone>(store: &S, world: World, who: usize) -> Result<(), Broken> {
    let it = Service::over(store, world).await?;
    let index = who % it.world.contacts.len();
    let id = it.place.contact_id(index);
    let task = Task::Maintenance;
    let mut tx = store.begin(Access::Write).await?;
    make_known(&mut *tx, &it, index).await?;
    tx.commit().await?;
    let before = it.sight_of_all().await?;
    it.portal.erase_contact(&it.staff, id, CANARY_NAME).await?;
    let after = it.sight_of_all().await?;
    let portals = it.world.portals.len();
    for (place, (before, after)) in before.iter().zip(&after).enumerate() {
        if place / portals == index {
            ensure!(after.is_none(), "whoever was erased is let in");
        } else {
            ensure!(before == after, "somebody else sees {after:?} instead of {before:?}");
        }
    }
    let mut tx = store.begin(Access::Snapshot).await?;
    let left = tx.directory().contact(&task, id).await?;
    let left = left.ok_or_else(|| Broken::new("the row is gone, and with it who wrote what"))?;
    let nothing = left.email.is_none() && left.membership_email.is_none() && left.external_id.is_none();
    ensure!(nothing && left.name.as_str() == Contact::ERASED, "{left:?}");
    ensure!(left.properties.is_empty() && left.companies.is_empty(), "{left:?}");
    ensure!(
        tx.crm().erased_at(&task, id).await?.is_some(),
        "it is not said that they were erased"
    );
    Ok(())
}

/// What is done with conversations.
#[derive(Clone, Copy, Debug)]
pub enum Talk {
    /// Somebody says something in a new one: a contact, or somebody whom nobody has proven.
    Begin(Option<usize>, usize),
    /// Somebody says more.
    GoOn(usize),
    /// It becomes a ticket.
    MakeTicket(usize),
    /// It becomes part of a ticket.
    Attach(usize, usize),
    /// It is taken out of its ticket.
    Detach(usize),
    /// It is judged.
    SetState(usize, usize),
}

/// A few of these, in any order.
pub fn talks() -> impl Strategy<Value = Vec<Talk>> {
    let begin =
        || (prop::option::weighted(0.8, 0..4_usize), 0..2_usize).prop_map(|(who, inbox)| Talk::Begin(who, inbox));
    let later = prop_oneof![
        2 => begin(),
        2 => (0..4_usize).prop_map(Talk::GoOn),
        1 => (0..4_usize).prop_map(Talk::MakeTicket),
        3 => (0..4_usize, 0..12_usize).prop_map(|(of, ticket)| Talk::Attach(of, ticket)),
        2 => (0..4_usize).prop_map(Talk::Detach),
        1 => (0..4_usize, 0..3_usize).prop_map(|(of, state)| Talk::SetState(of, state)),
    ];
    (begin(), vec(later, 1..8)).prop_map(|(first, mut all)| {
        all.insert(0, first);
        all
    })
}

/// A conversation as the law remembers it.
struct Told {
    id: ConversationId,
    who: Option<ContactId>,
    inbox: usize,
    ticket: Option<TicketNumber>,
    /// What was said, each a word that nothing else has.
    words: Vec<String>,
}

/// Customers see exactly what was said in conversations that are part of a ticket which they may see, on every path that
/// they have; what happens to a conversation without ticket changes nothing for anybody.
///
/// # Errors
/// What is not so.
pub async fn conversations_are_seen_by_their_ticket_alone<S: Store + Clone>(
    store: &S,
    world: World,
    talks: Vec<Talk>,
) -> Result<(), Broken> {
    let it = Service::over(store, world).await?;
    for inbox in 0..it.world.inboxes.len() {
        // In an inbox, nothing becomes a ticket by itself.
        it.portal
            .set_inbox_kind(&it.staff, it.place.inbox_id(inbox), InboxKind::Inbox)
            .await?;
    }
    let mut numbers: Vec<TicketNumber> = it.place.numbers.clone();
    let mut all: Vec<Told> = Vec::new();
    let mut shown = it.everything(&numbers, &all).await?;
    for (turn, talk) in talks.into_iter().enumerate() {
        let concerns = it.talk(talk, turn, &mut all, &mut numbers).await?;
        let now = it
            .everything(&numbers, &all)
            .await
            .map_err(|broken| broken.at(format!("after {talk:?}")))?;
        ensure!(
            concerns.is_some() || now == shown,
            "{talk:?} concerns no ticket, and customers are shown something else"
        );
        shown = now;
        it.mails_are_right(&all)
            .await
            .map_err(|broken| broken.at(format!("after {talk:?}")))?;
    }
    Ok(())
}

impl<S: Store + Clone> Service<S> {
    /// Does it; the ticket it concerns, if any.
    async fn talk(
        &self,
        talk: Talk,
        turn: usize,
        all: &mut Vec<Told>,
        numbers: &mut Vec<TicketNumber>,
    ) -> Result<Option<TicketNumber>, Broken> {
        let word = format!("quux{turn}x");
        let of = match talk {
            Talk::Begin(who, inbox) => {
                let who = who.map(|it| self.place.contact_id(it % self.world.contacts.len()));
                let inbox = inbox % self.world.inboxes.len();
                let id = self.say(None, who, inbox, &word).await?;
                all.push(Told {
                    id,
                    who,
                    inbox,
                    ticket: None,
                    words: vec![word],
                });
                return Ok(None);
            }
            Talk::GoOn(of) | Talk::MakeTicket(of) | Talk::Attach(of, _) | Talk::Detach(of) | Talk::SetState(of, _) => {
                of
            }
        };
        let many = all.len();
        let Some(told) = all.get_mut(of % many.max(1)) else {
            return Ok(None);
        };
        let before = told.ticket;
        let what = match talk {
            Talk::Begin(..) => return Ok(None),
            Talk::GoOn(_) => {
                self.say(Some(told.id), told.who, told.inbox, &word).await?;
                told.words.push(word);
                return Ok(before);
            }
            Talk::MakeTicket(_) => Handle::MakeTicket,
            Talk::Attach(_, ticket) => match numbers.get(ticket % numbers.len().max(1)) {
                Some(number) => Handle::Attach(*number),
                None => return Ok(None),
            },
            Talk::Detach(_) => Handle::Detach,
            Talk::SetState(_, state) => {
                let states = ConversationState::ALL;
                Handle::SetState(states.into_iter().cycle().nth(state).unwrap_or(ConversationState::Open))
            }
        };
        let command = HandleConversation {
            id: told.id,
            was: before,
            what,
        };
        match self.portal.handle_conversation(&self.staff, command).await {
            Ok(ticket) => told.ticket = ticket,
            // It is part of a ticket already, or of none; or the ticket takes nothing.
            Err(DeskError::Stale | DeskError::NotPossible | DeskError::NotFound | DeskError::Invalid(_)) => {}
            Err(err) => return Err(err.into()),
        }
        if let (None, Some(new)) = (before, told.ticket)
            && !numbers.contains(&new)
        {
            numbers.push(new);
        }
        Ok(told.ticket.or(before))
    }

    async fn say(
        &self,
        on: Option<ConversationId>,
        contact: Option<ContactId>,
        inbox: usize,
        word: &str,
    ) -> Result<ConversationId, Broken> {
        let command = Receive {
            inbox: self.place.inbox_id(inbox),
            channel: Source::Chat,
            conversation: on,
            from: Sender {
                contact,
                name: "Somebody".to_owned(),
                address: None,
            },
            subject: "Talk".to_owned(),
            text: word.to_owned(),
            format: BodyFormat::Text,
        };
        Ok(self.portal.receive(&Task::Maintenance, command).await?.conversation)
    }

    /// Everything that every customer can ask for, as one text each; no word may be there that they may not see, and every
    /// one that they may.
    async fn everything(&self, numbers: &[TicketNumber], all: &[Told]) -> Result<Vec<String>, Broken> {
        let task = Task::Maintenance;
        let mut everything = Vec::new();
        for contact in 0..self.world.contacts.len() {
            for portal in 0..self.world.portals.len() {
                let who = self.place.contact_id(contact);
                let mut tx = self.store.begin(Access::Snapshot).await?;
                let viewer = self.viewer(&mut *tx, portal, who).await?;
                let mut may = BTreeSet::new();
                for number in numbers {
                    let ticket = tx.tickets().load(&task, *number).await?;
                    let facts = ticket.map(|it| it.facts());
                    if let (Some(viewer), Some(facts)) = (&viewer, &facts)
                        && viewer.scope().permits(facts)
                    {
                        may.insert(*number);
                    }
                }
                drop(tx);
                let shown = self.shown(portal, who, numbers).await?;
                let found = self.found(portal, who, all).await?;
                for told in all {
                    let may = told.ticket.is_some_and(|it| may.contains(&it));
                    for word in &told.words {
                        ensure!(
                            (shown.contains(word.as_str()), found.contains(word.as_str())) == (may, may),
                            "contact {contact} in portal {portal} and `{word}`, which they may see: {may}"
                        );
                    }
                }
                everything.push(shown);
            }
        }
        Ok(everything)
    }

    /// What a customer is shown: lists, pages of tickets whether they may see them or not, news of streams.
    async fn shown(&self, portal: usize, who: ContactId, numbers: &[TicketNumber]) -> Result<String, Broken> {
        let (actor, portal) = (Actor::signed_in(who), self.place.portal_id(portal));
        let mut shown = Vec::new();
        for tab in [Tab::Mine, Tab::Company] {
            let query = ListTickets {
                portal,
                tab: Some(tab),
                filter: ListFilter::All,
                requester: None,
                sort: Some(Sort::LastActivity),
                edge: Edge::Start,
                limit: 100,
                count_to: Some(1000),
            };
            shown.push(format!("{:?}", self.portal.list_tickets(&actor, query).await));
        }
        for number in numbers {
            let query = ViewTicket {
                portal,
                number: *number,
                window: TimelineWindow::All,
            };
            shown.push(format!("{:?}", self.portal.view_ticket(&actor, query).await));
            let hint = Hint {
                portal,
                number: *number,
                version: Version(1),
                readers: Vec::new(),
            };
            shown.push(format!("{:?}", self.portal.news(&actor, portal, &hint).await));
        }
        Ok(shown.concat())
    }

    /// What a customer finds by all words that were said. What was looked for is not repeated: it is no finding.
    async fn found(&self, portal: usize, who: ContactId, all: &[Told]) -> Result<String, Broken> {
        let (actor, portal) = (Actor::signed_in(who), self.place.portal_id(portal));
        let mut found = Vec::new();
        for word in all.iter().flat_map(|it| &it.words) {
            let query = SearchTickets {
                portal,
                text: word.parse()?,
                filter: ListFilter::All,
                below: None,
                limit: 50,
            };
            let hits = self.portal.search_tickets(&actor, query).await.map(|it| it.hits);
            found.push(format!("{hits:?}"));
        }
        Ok(found.concat())
    }

    /// Delivers what waits: whoever is mailed a word reads its ticket.
    async fn mails_are_right(&self, all: &[Told]) -> Result<(), Broken> {
        let task = Task::Maintenance;
        let before = self.mailer.sent().len();
        while self.portal.deliver_due(50).await?.all() > 0 {}
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let mut addresses = BTreeMap::new();
        for contact in 0..self.world.contacts.len() {
            let id = self.place.contact_id(contact);
            if let Some(found) = tx.directory().contact(&task, id).await? {
                addresses.extend(found.membership_email.or(found.email).map(|it| (it, id)));
            }
        }
        for mail in self.mailer.sent().iter().skip(before) {
            // Another world of the same store may have mails that wait: they are not ours to judge.
            let Some(who) = addresses.get(&mail.to) else { continue };
            for told in all {
                let ticket = match told.ticket {
                    Some(number) => tx.tickets().load(&task, number).await?,
                    None => None,
                };
                let reads = ticket.is_some_and(|it| it.facts().readers().contains(&Principal::Contact(*who)));
                let says = told.words.iter().any(|it| mail.text.contains(it.as_str()));
                ensure!(reads || !says, "{who} is mailed what they do not read");
            }
        }
        Ok(())
    }
}

/// Tries [`merges_and_their_undoing`] on so many random worlds, and shrinks one that breaks it.
///
/// # Errors
/// What is not so.
pub fn try_merges<S: Store + Clone>(
    worlds_of: u32,
    store: &S,
    block_on: impl Fn(Work<'_>) -> Result<(), Broken>,
) -> Result<(), Broken> {
    for_all(law_cases(worlds_of), &(worlds(), pairs()), |(world, pairs)| {
        block_on(Box::pin(merges_and_their_undoing(store, world, pairs)))
    })
}

/// The same of [`an_erasure`].
///
/// # Errors
/// What is not so.
pub fn try_erasures<S: Store + Clone>(
    worlds_of: u32,
    store: &S,
    block_on: impl Fn(Work<'_>) -> Result<(), Broken>,
) -> Result<(), Broken> {
    for_all(law_cases(worlds_of), &(worlds(), 0..4_usize), |(world, who)| {
        block_on(Box::pin(an_erasure(store, world, who)))
    })
}

/// The same of [`conversations_are_seen_by_their_ticket_alone`].
///
/// # Errors
/// What is not so.
pub fn try_conversations<S: Store + Clone>(
    worlds_of: u32,
    store: &S,
    block_on: impl Fn(Work<'_>) -> Result<(), Broken>,
) -> Result<(), Broken> {
    for_all(law_cases(worlds_of), &(worlds(), talks()), |(world, talks)| {
        block_on(Box::pin(conversations_are_seen_by_their_ticket_alone(
            store, world, talks,
        )))
    })
}
