use super::canned::{CannedPlaceholder, CannedReply, fill};
use super::manage_views::{may_change, short_name};
use super::scope::StaffScope;
use super::view_desk_ticket::ViewDeskTicketError;
use super::writing::DeskError;
use crate::actor::{Actor, Task};
use crate::audit::AuditEvent;
use crate::id::{CannedReplyId, InboxId, TicketNumber};
use crate::input::{Checker, ProblemKind, Problems, typed_body};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::staff::{Staff, StaffActor, StaffError};
use crate::text::Locale;
use crate::ticket::Ticket;

/// More canned replies nobody has.
const MOST: usize = 500;

/// A canned reply to save, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveCanned {
    /// Which one to change; `None` makes a new one.
    pub id: Option<CannedReplyId>,
    /// Its name.
    pub name: String,
    /// The text, at most 64 KiB.
    pub text: String,
    /// Whether all colleagues have it too.
    pub shared: bool,
    /// Only for tickets of this inbox.
    pub inbox: Option<InboxId>,
    /// The language it is in.
    pub language: Option<Locale>,
}

/// A canned reply, ready to be inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledReply {
    /// Its id.
    pub id: CannedReplyId,
    /// Its name.
    pub name: String,
    /// The text, filled in.
    pub text: String,
}

fn usable(it: &CannedReply, staff: &Staff, scope: &StaffScope) -> bool {
    (it.shared || it.owner == staff.id()) && it.inbox.is_none_or(|inbox| scope.has(inbox))
}

impl Portal {
    /// The canned replies of somebody at the desk: their own, and what colleagues share for their inboxes. With each,
    /// whether they may change it.
    ///
    /// # Errors
    /// If they may not work at the desk, or the store fails.
    pub async fn canned_replies(
        &self,
        actor: &StaffActor,
    ) -> Result<(Vec<(CannedReply, bool)>, Vec<(InboxId, String)>), ViewDeskTicketError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        let replies = tx.shelf().canned_replies(staff.id()).await?;
        let own = replies.into_iter().filter(|it| usable(it, &staff, &scope));
        let own = own.map(|it| {
            let may = may_change(&staff, it.owner, it.shared);
            (it, may)
        });
        let replies = own.collect();
        let inboxes = tx.directory().all_inboxes(&staff.task()).await?;
        let inboxes = inboxes.into_iter().filter(|it| scope.has(it.id));
        Ok((replies, inboxes.map(|it| (it.id, it.name.to_string())).collect()))
    }

    /// Saves a canned reply, or changes one.
    ///
    /// # Errors
    /// If name or text do not pass, there is no such reply that they may change, or they may not.
    pub async fn save_canned(&self, actor: &StaffActor, command: SaveCanned) -> Result<CannedReplyId, DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "save_canned",
            self.save_canned_once(actor, &command)
        )
    }

    async fn save_canned_once(&self, actor: &StaffActor, command: &SaveCanned) -> Result<CannedReplyId, DeskError> {
        let mut checker = Checker::default();
        let name = short_name(&mut checker, &command.name);
        typed_body(&mut checker, "text", &command.text);
        if let Err(fault) = fill(&command.text, |_| String::new()) {
            checker.note("text", fault);
        }
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        staff.writes().map_err(StaffError::from)?;
        if command.inbox.is_some_and(|it| !scope.has(it)) {
            checker.note("inbox", ProblemKind::NotOffered);
        }
        checker.done()?;
        let name = name.ok_or(DeskError::NotFound)?;
        let known = match command.id {
            Some(id) => Some(changeable(&mut *tx, &staff, &scope, id).await?),
            None => None,
        };
        if known.is_none() {
            let all = tx.shelf().canned_replies(staff.id()).await?;
            if all.iter().filter(|it| it.owner == staff.id()).count() >= MOST {
                return Err(Problems::one("name", ProblemKind::TooMany { max: MOST }).into());
            }
        }
        let was_shared = known.as_ref().is_some_and(|it| it.shared);
        let reply = CannedReply {
            id: known
                .as_ref()
                .map_or_else(|| CannedReplyId::from_uuid(self.ids.next(self.clock.now())), |it| it.id),
            owner: known.as_ref().map_or(staff.id(), |it| it.owner),
            shared: command.shared,
            inbox: command.inbox,
            language: command.language.clone(),
            name,
            text: command.text.clone(),
        };
        tx.shelf().put_canned_reply(&reply).await?;
        if was_shared || reply.shared {
            self.shelf_noted(&mut *tx, &staff, AuditEvent::CannedReplySaved, &reply.name)
                .await?;
        }
        tx.commit().await?;
        Ok(reply.id)
    }

    /// Removes a canned reply.
    ///
    /// # Errors
    /// If there is none that they may remove.
    pub async fn remove_canned(&self, actor: &StaffActor, id: CannedReplyId) -> Result<(), DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "remove_canned",
            self.remove_canned_once(actor, id)
        )
    }

    async fn remove_canned_once(&self, actor: &StaffActor, id: CannedReplyId) -> Result<(), DeskError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        staff.writes().map_err(StaffError::from)?;
        let reply = changeable(&mut *tx, &staff, &scope, id).await?;
        tx.shelf().remove_canned_reply(id).await?;
        if reply.shared {
            self.shelf_noted(&mut *tx, &staff, AuditEvent::CannedReplyRemoved, &reply.name)
                .await?;
        }
        Ok(tx.commit().await?)
    }

    /// The canned replies for a ticket, filled in for it: first those in the language of whoever asked.
    ///
    /// # Errors
    /// If they may not work at the desk, the ticket is in no inbox of theirs, or the store fails.
    pub async fn canned_for(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
    ) -> Result<Vec<FilledReply>, ViewDeskTicketError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "canned_for",
            self.canned_for_once(actor, number)
        )
    }

    async fn canned_for_once(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
    ) -> Result<Vec<FilledReply>, ViewDeskTicketError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        let found = tx.desk().desk_ticket(&scope, number).await?;
        let ticket = found.ok_or(ViewDeskTicketError::NotFound)?;
        let mut replies = tx.shelf().canned_replies(staff.id()).await?;
        replies.retain(|it| usable(it, &staff, &scope) && it.inbox.is_none_or(|inbox| inbox == ticket.inbox));
        if replies.is_empty() {
            return Ok(Vec::new());
        }
        let facts = facts(&mut *tx, &staff, &ticket).await?;
        replies.sort_by_key(|it| match &it.language {
            None => 1,
            language if *language == facts.language => 0,
            Some(_) => 2,
        });
        let filled = replies.into_iter().filter_map(|it| {
            let text = fill(&it.text, |what| facts.of(what)).ok()?;
            Some(FilledReply {
                id: it.id,
                name: it.name.to_string(),
                text,
            })
        });
        Ok(filled.collect())
    }
}

/// What is filled in.
struct Facts {
    language: Option<Locale>,
    contact: String,
    company: String,
    portal: String,
    agent: String,
    number: String,
    subject: String,
}

impl Facts {
    fn of(&self, what: CannedPlaceholder) -> String {
        match what {
            CannedPlaceholder::ContactName => &self.contact,
            CannedPlaceholder::TicketNumber => &self.number,
            CannedPlaceholder::TicketSubject => &self.subject,
            CannedPlaceholder::AgentName => &self.agent,
            CannedPlaceholder::PortalName => &self.portal,
            CannedPlaceholder::CompanyName => &self.company,
        }
        .clone()
    }
}

async fn facts(tx: &mut dyn Tx, staff: &Staff, ticket: &Ticket) -> Result<Facts, StoreError> {
    let task: Task = staff.task();
    let contact = match ticket.requester() {
        Some(id) => tx.directory().contact(&task, id).await?,
        None => None,
    };
    let company = match contact.as_ref().and_then(|it| it.primary_company) {
        Some(id) => tx.directory().company(&task, id).await?,
        None => None,
    };
    let portal = match ticket.portal {
        Some(id) => tx.directory().portal(id).await?,
        None => None,
    };
    let agent = tx.directory().agent_name(staff.id()).await?;
    Ok(Facts {
        language: contact.as_ref().and_then(|it| it.language.clone()),
        contact: contact.map(|it| it.name.to_string()).unwrap_or_default(),
        company: company.map(|it| it.name.to_string()).unwrap_or_default(),
        portal: portal.map(|it| it.name.to_string()).unwrap_or_default(),
        agent: agent.unwrap_or_else(|| staff.user().name.to_string()),
        number: format!("#{}", ticket.number),
        subject: ticket.subject.to_string(),
    })
}

async fn changeable(
    tx: &mut dyn Tx,
    staff: &Staff,
    scope: &StaffScope,
    id: CannedReplyId,
) -> Result<CannedReply, DeskError> {
    let found = tx.shelf().canned_reply(id).await?;
    let found = found.filter(|it| usable(it, staff, scope) && may_change(staff, it.owner, it.shared));
    found.ok_or(DeskError::NotFound)
}
