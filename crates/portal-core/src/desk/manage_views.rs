use super::filter::DeskFilter;
use super::list::DeskSort;
use super::saved_view::SavedView;
use super::view::DeskView;
use super::writing::DeskError;
use crate::actor::Actor;
use crate::audit::{AuditEntry, AuditEvent};
use crate::id::{AuditId, InboxId, SavedViewId};
use crate::input::{Checker, ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, Tx};
use crate::staff::{Permission, Staff, StaffActor, StaffError};
use crate::text::{Line, LineError};

/// More saved views nobody has.
const MOST: usize = 50;
/// The longest name.
const LONGEST: usize = 60;

/// A view to save, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveView {
    /// Which one to change; `None` makes a new one.
    pub id: Option<SavedViewId>,
    /// Its name.
    pub name: String,
    /// Whether all colleagues have it too.
    pub shared: bool,
    /// What it shows; of one that is changed this stays as it was if it is left out.
    pub shows: Option<ViewShows>,
}

/// What a saved view shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewShows {
    /// Which list.
    pub view: DeskView,
    /// Only what is in this inbox.
    pub inbox: Option<InboxId>,
    /// What it is narrowed to.
    pub filter: DeskFilter,
    /// In which order.
    pub sort: DeskSort,
}

/// A short name, as typed.
pub(super) fn short_name(checker: &mut Checker, text: &str) -> Option<Line> {
    let name: Option<Line> = checker.take("name", text.parse());
    let given = text.trim().chars().count();
    if given > LONGEST {
        checker.note("name", LineError::TooLong { max: LONGEST, given });
    }
    name
}

/// Whether somebody may change what a colleague made: their own, and administrators what is shared.
pub(super) fn may_change(staff: &Staff, owner: crate::id::AgentId, shared: bool) -> bool {
    owner == staff.id() || (shared && staff.user().may(Permission::Admin))
}

impl Portal {
    /// Saves a view of the desk under a name, or changes one.
    ///
    /// # Errors
    /// If the name does not pass, there is no such view that they may change, or they may not.
    pub async fn save_view(&self, actor: &StaffActor, command: SaveView) -> Result<SavedViewId, DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "save_view",
            self.save_view_once(actor, &command)
        )
    }

    async fn save_view_once(&self, actor: &StaffActor, command: &SaveView) -> Result<SavedViewId, DeskError> {
        let mut checker = Checker::default();
        let name = short_name(&mut checker, &command.name);
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, _) = self.at_desk(&mut *tx, actor).await?;
        staff.writes().map_err(StaffError::from)?;
        checker.done()?;
        let name = name.ok_or(DeskError::NotFound)?;
        let own = tx.shelf().saved_views(staff.id()).await?;
        let own: Vec<SavedView> = own.into_iter().filter(|it| it.owner == staff.id()).collect();
        let mut view = match command.id {
            Some(id) => changeable(&mut *tx, &staff, id).await?,
            None => {
                if own.len() >= MOST {
                    return Err(Problems::one("name", ProblemKind::TooMany { max: MOST }).into());
                }
                let shows = command.shows.clone().ok_or(DeskError::NotFound)?;
                SavedView {
                    id: SavedViewId::from_uuid(self.ids.next(self.clock.now())),
                    owner: staff.id(),
                    shared: false,
                    name: name.clone(),
                    place: own.iter().map(|it| it.place).max().map_or(0, |it| it.saturating_add(1)),
                    view: shows.view,
                    inbox: shows.inbox,
                    filter: shows.filter,
                    sort: shows.sort,
                }
            }
        };
        if let (Some(_), Some(shows)) = (command.id, &command.shows) {
            view.view = shows.view;
            view.inbox = shows.inbox;
            view.filter = shows.filter.clone();
            view.sort = shows.sort;
        }
        let was_shared = view.shared;
        view.name = name;
        view.shared = command.shared;
        tx.shelf().put_saved_view(&view).await?;
        if was_shared || view.shared {
            self.shelf_noted(&mut *tx, &staff, AuditEvent::SharedViewSaved, &view.name)
                .await?;
        }
        tx.commit().await?;
        Ok(view.id)
    }

    /// Moves one of one's own views before the one that stands before it, or behind the one behind it.
    ///
    /// # Errors
    /// If it is not theirs, or they may not.
    pub async fn move_view(&self, actor: &StaffActor, id: SavedViewId, up: bool) -> Result<(), DeskError> {
        attempt!(self, &Actor::Anonymous, "move_view", self.move_view_once(actor, id, up))
    }

    async fn move_view_once(&self, actor: &StaffActor, id: SavedViewId, up: bool) -> Result<(), DeskError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, _) = self.at_desk(&mut *tx, actor).await?;
        staff.writes().map_err(StaffError::from)?;
        let own = tx.shelf().saved_views(staff.id()).await?;
        let mut own: Vec<SavedView> = own.into_iter().filter(|it| it.owner == staff.id()).collect();
        let here = own.iter().position(|it| it.id == id).ok_or(DeskError::NotFound)?;
        let there = if up { here.checked_sub(1) } else { here.checked_add(1) };
        if let Some(there) = there.filter(|it| *it < own.len()) {
            own.swap(here, there);
        }
        for (place, view) in own.iter_mut().enumerate() {
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            if view.place != place {
                view.place = place;
                tx.shelf().put_saved_view(view).await?;
            }
        }
        Ok(tx.commit().await?)
    }

    /// Removes a saved view.
    ///
    /// # Errors
    /// If there is none that they may remove.
    pub async fn remove_view(&self, actor: &StaffActor, id: SavedViewId) -> Result<(), DeskError> {
        attempt!(self, &Actor::Anonymous, "remove_view", self.remove_view_once(actor, id))
    }

    async fn remove_view_once(&self, actor: &StaffActor, id: SavedViewId) -> Result<(), DeskError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, _) = self.at_desk(&mut *tx, actor).await?;
        staff.writes().map_err(StaffError::from)?;
        let view = changeable(&mut *tx, &staff, id).await?;
        tx.shelf().remove_saved_view(id).await?;
        if view.shared {
            self.shelf_noted(&mut *tx, &staff, AuditEvent::SharedViewRemoved, &view.name)
                .await?;
        }
        Ok(tx.commit().await?)
    }

    /// Writes down what was done to something that colleagues have too.
    pub(super) async fn shelf_noted(
        &self,
        tx: &mut dyn Tx,
        staff: &Staff,
        event: AuditEvent,
        name: &Line,
    ) -> Result<(), DeskError> {
        let now = self.clock.now();
        let id = AuditId::from_uuid(self.ids.next(now));
        let entry = AuditEntry::new(id, now, staff.auditor(), event, name.to_string());
        Ok(tx.audit().record(&entry).await?)
    }
}

async fn changeable(tx: &mut dyn Tx, staff: &Staff, id: SavedViewId) -> Result<SavedView, DeskError> {
    let found = tx.shelf().saved_view(id).await?;
    let found = found.filter(|it| may_change(staff, it.owner, it.shared));
    found.ok_or(DeskError::NotFound)
}
