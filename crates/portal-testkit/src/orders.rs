//! What happens to two tickets of different people at the same time: a reply, an answer, closing, merging, moving, and
//! taking somebody off. In whatever order it happens and wherever it overlaps, no message is lost, both tickets are as
//! tickets can be, and nobody sees more than before.

use std::collections::{BTreeMap, BTreeSet};

use portal_core::Portal;
use portal_core::access::Standing;
use portal_core::actor::{Actor, Task};
use portal_core::desk::{Answer, ChangeTicket, DeskError, Merge, SetStatus, Then, TicketChange};
use portal_core::id::{AgentId, StatusId, TicketNumber, Uuid};
use portal_core::ports::{Access, Store};
use portal_core::staff::{InboxAccess, Permission, StaffActor, StaffStanding, StaffUser};
use portal_core::ticket::{
    Reply, ReplyError, Stage, Ticket, TimelineItem, TimelineWindow, ViewTicket, ViewTicketError,
};

use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::world::{Inbox, Place, World, at};

/// Something that somebody does to the first ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Its requester replies.
    Reply,
    /// An agent answers.
    Answer,
    /// An agent closes it.
    Close,
    /// An agent merges it into the second one.
    Merge,
    /// An agent moves it to another inbox.
    Move,
    /// An agent takes its company off it.
    Unlink,
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Reply,
        Self::Answer,
        Self::Close,
        Self::Merge,
        Self::Move,
        Self::Unlink,
    ];

    /// All orders in which these can happen.
    #[must_use]
    pub fn orders(of: &[Self]) -> Vec<Vec<Self>> {
        if of.is_empty() {
            return vec![Vec::new()];
        }
        let mut orders = Vec::new();
        for first in of {
            let rest: Vec<Self> = of.iter().copied().filter(|it| it != first).collect();
            for mut order in Self::orders(&rest) {
                order.insert(0, *first);
                orders.push(order);
            }
        }
        orders
    }
}

/// What an agent had on the screen when they did something.
#[derive(Clone, Debug)]
pub struct Screen {
    source: Ticket,
    target: Ticket,
}

/// Two tickets, their people, and somebody at the desk.
#[derive(Debug)]
pub struct Scene {
    place: Place,
    mara: StaffActor,
    source: TicketNumber,
    target: TicketNumber,
    /// Which contact saw which of the two in the beginning, and what was said there.
    sight: BTreeMap<(usize, TicketNumber), Vec<String>>,
}

const PEOPLE: std::ops::Range<usize> = 0..3;

impl Scene {
    /// Puts the scene into a store.
    ///
    /// # Errors
    /// If it cannot be stored.
    pub async fn set(portal: &Portal, store: &dyn Store) -> Result<Self, Broken> {
        let mut world = World::small();
        world.inboxes.push(Inbox {
            portal: Some(0),
            moving_to: None,
        });
        let mut tx = store.begin(Access::Write).await?;
        let place = world.install(&mut *tx).await?;
        let agent = AgentId::from_uuid(Uuid::from_u128((u128::from(place.base) << 64) | (0xde5c << 32)));
        let user = StaffUser {
            id: agent,
            name: "Mara".parse()?,
            email: format!("mara@w{:x}.example", place.base).parse()?,
            permissions: BTreeSet::from([Permission::HelpDesk]),
            inboxes: InboxAccess::All,
            standing: StaffStanding::Active,
            language: None,
            time_zone: None,
            created_at: at(0),
        };
        tx.staffing().put_staff_user(&Task::CommandLine, &user).await?;
        tx.commit().await?;
        let mut scene = Self {
            source: place.number(0)?,
            target: place.number(1)?,
            mara: StaffActor::signed_in(agent, false),
            place,
            sight: BTreeMap::new(),
        };
        scene.sight = scene.seen(portal).await?;
        Ok(scene)
    }

    /// The agent, and the first ticket.
    #[must_use]
    pub fn desk(&self) -> (StaffActor, TicketNumber) {
        (self.mara.clone(), self.source)
    }

    /// What everybody sees of the two tickets.
    async fn seen(&self, portal: &Portal) -> Result<BTreeMap<(usize, TicketNumber), Vec<String>>, Broken> {
        let mut seen = BTreeMap::new();
        for person in PEOPLE {
            for number in [self.source, self.target] {
                let query = ViewTicket {
                    portal: self.place.portal_id(0),
                    number,
                    window: TimelineWindow::All,
                };
                let actor = Actor::signed_in(self.place.contact_id(person));
                match portal.view_ticket(&actor, query).await {
                    Ok(view) => drop(seen.insert((person, number), said(&view.timeline.items))),
                    Err(ViewTicketError::NotFound) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(seen)
    }

    async fn load(&self, store: &dyn Store, number: TicketNumber) -> Result<Ticket, Broken> {
        let mut tx = store.begin(Access::Read).await?;
        let found = tx.tickets().load(&Task::Maintenance, number).await?;
        found.ok_or_else(|| Broken::new(format!("ticket {number} is gone")))
    }

    /// What an agent sees now.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn screen(&self, store: &dyn Store) -> Result<Screen, Broken> {
        Ok(Screen {
            source: self.load(store, self.source).await?,
            target: self.load(store, self.target).await?,
        })
    }

    /// Does something; the text that is on the first ticket from now on, if it is one. What an agent does may be refused
    /// because it cannot be done any more, or goes by what was on the screen.
    ///
    /// # Errors
    /// If it fails otherwise.
    pub async fn does(&self, portal: &Portal, screen: &Screen, deed: Deed) -> Result<Option<String>, Broken> {
        let text = format!("{deed:?} of {}", self.source);
        let done = match deed {
            Deed::Reply => {
                let command = Reply {
                    portal: self.place.portal_id(0),
                    number: self.source,
                    text: text.clone(),
                    files: Vec::new(),
                    close: false,
                    key: None,
                };
                let actor = Actor::signed_in(self.place.contact_id(0));
                let replied = portal.reply(&actor, command).await.map_err(|error| match error {
                    ReplyError::Store(error) => Broken::from(error),
                    error => Broken::new(format!("a reply was refused: {error}")),
                })?;
                same!(replied.number, self.source, "the ticket of the reply");
                return Ok(Some(text));
            }
            Deed::Answer => {
                let command = Answer {
                    number: self.source,
                    text: text.clone(),
                    files: Vec::new(),
                    seen: screen.source.public_seq,
                    beside: BTreeMap::new(),
                    then: Then::Wait,
                    key: None,
                };
                let answered = portal.answer_ticket(&self.mara, command).await;
                if answered.is_ok() {
                    return Ok(Some(text));
                }
                answered.map(drop)
            }
            Deed::Close => {
                let command = SetStatus {
                    number: self.source,
                    was: screen.source.status,
                    status: self.closed(portal).await?,
                    key: None,
                };
                portal.set_status(&self.mara, command).await
            }
            Deed::Merge => {
                let command = Merge {
                    number: self.source,
                    into: self.target,
                    seen: screen.source.version,
                    seen_into: screen.target.version,
                    add_people: false,
                    key: None,
                };
                portal.merge_tickets(&self.mara, command).await
            }
            Deed::Move => {
                let to = TicketChange::Inbox(self.place.inbox_id(1));
                portal.change_ticket(&self.mara, self.change(screen, to)).await
            }
            Deed::Unlink => {
                let to = TicketChange::UnlinkCompany(self.place.company_id(0));
                portal.change_ticket(&self.mara, self.change(screen, to)).await
            }
        };
        match done {
            Ok(()) | Err(DeskError::Stale | DeskError::NotPossible | DeskError::Overtaken(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn change(&self, screen: &Screen, change: TicketChange) -> ChangeTicket {
        ChangeTicket {
            number: self.source,
            seen: screen.source.version,
            change,
            key: None,
        }
    }

    async fn closed(&self, portal: &Portal) -> Result<StatusId, Broken> {
        let view = portal.view_desk_ticket(&self.mara, self.source, 1).await?;
        let status = view.pipeline.entry(Stage::Closed).map(|it| it.id);
        status.ok_or_else(|| Broken::new("the pipeline closes nothing"))
    }

    /// Judges what came of it, where these texts were accepted.
    ///
    /// # Errors
    /// If a promise is broken.
    pub async fn judge(&self, portal: &Portal, store: &dyn Store, accepted: &[String]) -> Result<(), Broken> {
        let view = portal.view_desk_ticket(&self.mara, self.source, 1000).await?;
        let texts = said(&view.thread.items);
        for text in accepted {
            let count = texts.iter().filter(|it| *it == text).count();
            ensure!(count == 1, "`{text}` is there {count} times: {texts:?}");
        }
        for number in [self.source, self.target] {
            let ticket = self.load(store, number).await?;
            let view = portal.view_desk_ticket(&self.mara, number, 1000).await?;
            legal(&ticket, &view.thread.items)?;
        }
        let after = self.seen(portal).await?;
        for (place, texts) in &after {
            let Some(before) = self.sight.get(place) else {
                return Err(Broken::new(format!("contact {} gained sight of {}", place.0, place.1)));
            };
            let own: Vec<&String> = texts
                .iter()
                .filter(|it| !before.contains(it) && (place.1 != self.source || !accepted.contains(it)))
                .collect();
            ensure!(own.is_empty(), "{place:?} shows {own:?}, which was said elsewhere");
        }
        let requester = after.contains_key(&(0, self.source));
        ensure!(requester, "whoever asked does not see their ticket any more");
        Ok(())
    }
}

/// Whether a ticket is as a ticket can be.
fn legal(ticket: &Ticket, items: &[TimelineItem]) -> Result<(), Broken> {
    let number = ticket.number;
    let merged = ticket.standing == Standing::Merged;
    same!(
        ticket.merged_into.is_some(),
        merged,
        "whether ticket {number} is a part"
    );
    ensure!(
        !merged || ticket.stage == Stage::Closed,
        "ticket {number} is merged and {:?}",
        ticket.stage
    );
    same!(
        ticket.closed_at.is_some(),
        ticket.stage == Stage::Closed,
        "whether ticket {number} has an end"
    );
    let places: Vec<u32> = items.iter().map(TimelineItem::seq).collect();
    let all: Vec<u32> = (1..=ticket.public_seq).collect();
    same!(places, all, "the places of ticket {number}");
    Ok(())
}

fn said(items: &[TimelineItem]) -> Vec<String> {
    let messages = items.iter().filter_map(|it| match it {
        TimelineItem::Message(it) => Some(it.body.plain.clone()),
        TimelineItem::Event(_) => None,
    });
    messages.collect()
}

/// Does these things in every order, one after the other, each by what is on the screen then; then once more, each by what
/// was on the screen in the beginning.
///
/// # Errors
/// If a promise is broken: in which order.
pub async fn in_every_order(portal: &Portal, store: &dyn Store, deeds: &[Deed]) -> Result<(), Broken> {
    for order in Deed::orders(deeds) {
        for looks_again in [true, false] {
            let scene = Scene::set(portal, store).await?;
            let mut screen = scene.screen(store).await?;
            let mut accepted = Vec::new();
            for deed in &order {
                if looks_again {
                    screen = scene.screen(store).await?;
                }
                let done = scene.does(portal, &screen, *deed).await;
                accepted.extend(done.map_err(|it| it.at(format!("{deed:?} in {order:?}")))?);
            }
            let judged = scene.judge(portal, store, &accepted).await;
            judged.map_err(|it| it.at(format!("{order:?}, looking again: {looks_again}")))?;
        }
    }
    Ok(())
}
