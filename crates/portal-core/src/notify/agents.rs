//! What the staff are told of.

use std::collections::BTreeSet;

use super::mention::{Mentionable, mentions};
use crate::desk::{StaffScope, enter_desk, may_own};
use crate::id::{AgentId, IntentId, NoticeId, TicketNumber};
use crate::mail::{AgentNewsLine, Content, Intent, Mail, PrepareError, Prepared};
use crate::portal::Portal;
use crate::ports::{StoreError, Tx};
use crate::service::Mark;
use crate::staff::{StaffActor, StaffUser};
use crate::ticket::{Author, AuthorKind, Ticket};
use crate::time::Timestamp;

/// A kind of news for the staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgentNews {
    /// A ticket was given to them.
    Assigned,
    /// They were mentioned in a note.
    Mentioned,
    /// A customer wrote on a ticket of theirs.
    Replied,
    /// A ticket that is nobody's came into an inbox of theirs.
    Unassigned,
    /// A customer is not satisfied with how a ticket of theirs was solved.
    NotGood,
    /// What was promised for a ticket of theirs is due soon.
    DueSoon,
    /// What was promised for a ticket of theirs is late.
    Late,
}

impl AgentNews {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Assigned,
        Self::Mentioned,
        Self::Replied,
        Self::Unassigned,
        Self::NotGood,
        Self::DueSoon,
        Self::Late,
    ];

    /// Its name in forms, files and texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Mentioned => "mentioned",
            Self::Replied => "replied",
            Self::Unassigned => "unassigned",
            Self::NotGood => "not_good",
            Self::DueSoon => "due_soon",
            Self::Late => "late",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// Something that somebody of the staff is told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentNotice {
    /// Its id.
    pub id: NoticeId,
    /// Who is told.
    pub agent: AgentId,
    /// What.
    pub news: AgentNews,
    /// The ticket it is about.
    pub ticket: TicketNumber,
    /// The name of whoever did it; empty for the system.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Whether it is shown on their pages.
    pub bell: bool,
    /// Whether a mail says it, too.
    pub mail: bool,
    /// When they read it, if they did.
    pub read_at: Option<Timestamp>,
}

/// Most lines of one mail.
const LINES: u32 = 30;

impl Portal {
    /// Tells somebody of the staff of something, as they want to be told. Whoever did it is not told; nor is anybody who
    /// does not work with the ticket's inbox.
    pub(crate) async fn tell_agent(
        &self,
        tx: &mut dyn Tx,
        agent: AgentId,
        news: AgentNews,
        ticket: &Ticket,
        by: &Author,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        match tx.staffing().staff_user(agent).await? {
            Some(user) => self.tell_user(tx, &user, news, ticket, by, now).await,
            None => Ok(()),
        }
    }

    async fn tell_user(
        &self,
        tx: &mut dyn Tx,
        user: &StaffUser,
        news: AgentNews,
        ticket: &Ticket,
        by: &Author,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if by.kind == AuthorKind::Agent(user.id) || !may_own(user, ticket.inbox) {
            return Ok(());
        }
        let choices = tx.notices().agent_choices(user.id).await?;
        let wanted = choices.of(news);
        if !wanted.bell && !wanted.mail {
            return Ok(());
        }
        let notice = AgentNotice {
            id: NoticeId::from_uuid(self.ids.next(now)),
            agent: user.id,
            news,
            ticket: ticket.number,
            by: by.name.clone(),
            at: now,
            bell: wanted.bell,
            mail: wanted.mail,
            read_at: None,
        };
        tx.notices().add_agent_notice(&notice).await?;
        if wanted.mail {
            let zone = user.time_zone.as_deref().unwrap_or("UTC");
            let due = choices.due(now, self.zones.minutes_east(zone, now));
            let id = IntentId::from_uuid(self.ids.next(now));
            let mail = Mail::AgentNews { agent: user.id };
            // One that waits already says this, too.
            tx.outbox().push(&Intent::now(id, mail, now).not_before(due)).await?;
        }
        Ok(())
    }

    /// Tells everybody who works with the inbox of a ticket that it is there and nobody's.
    pub(crate) async fn tell_of_unassigned(
        &self,
        tx: &mut dyn Tx,
        ticket: &Ticket,
        by: &Author,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if ticket.owner.is_some() {
            return Ok(());
        }
        for user in tx.staffing().staff_users(&crate::actor::Task::Delivery).await? {
            self.tell_user(tx, &user, AgentNews::Unassigned, ticket, by, now)
                .await?;
        }
        Ok(())
    }

    /// Tells whoever takes care of a ticket; everybody who works with its inbox if nobody of them does.
    pub(crate) async fn tell_whose_it_is(
        &self,
        tx: &mut dyn Tx,
        ticket: &Ticket,
        news: AgentNews,
        by: &Author,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let team = tx.staffing().staff_users(&crate::actor::Task::Delivery).await?;
        let in_charge = |it: &&StaffUser| Some(it.id) == ticket.owner && may_own(it, ticket.inbox);
        match team.iter().find(in_charge) {
            Some(user) => self.tell_user(tx, user, news, ticket, by, now).await,
            None => {
                for user in &team {
                    self.tell_user(tx, user, news, ticket, by, now).await?;
                }
                Ok(())
            }
        }
    }

    /// Tells whoever is mentioned in a note, of those who work with the inbox of its ticket.
    pub(crate) async fn tell_mentioned(
        &self,
        tx: &mut dyn Tx,
        ticket: &Ticket,
        text: &str,
        by: &Author,
        now: Timestamp,
    ) -> Result<BTreeSet<AgentId>, StoreError> {
        if !text.contains('@') {
            return Ok(BTreeSet::new());
        }
        let mut team = tx.staffing().staff_users(&crate::actor::Task::Delivery).await?;
        team.retain(|it| may_own(it, ticket.inbox));
        let named = Mentionable::all(team.iter().map(|it| (it.id, it.name.as_str(), it.email.as_str())));
        let found = mentions(text, &named);
        for user in team.iter().filter(|it| found.contains(&it.id)) {
            self.tell_user(tx, user, AgentNews::Mentioned, ticket, by, now).await?;
        }
        Ok(found)
    }

    /// Whether news still say what is so: what was due may be done, or worse, by the time a mail leaves.
    async fn is_so(
        &self,
        tx: &mut dyn Tx,
        scope: &StaffScope,
        ticket: &Ticket,
        news: AgentNews,
    ) -> Result<bool, StoreError> {
        let wanted = match news {
            AgentNews::DueSoon => Mark::Soon,
            AgentNews::Late => Mark::Late,
            AgentNews::Assigned
            | AgentNews::Mentioned
            | AgentNews::Replied
            | AgentNews::Unassigned
            | AgentNews::NotGood => return Ok(true),
        };
        let clock = self.ticket_clock(tx, scope, ticket).await?;
        let worst = [clock.reply, clock.close].into_iter().flatten().map(|it| it.mark).max();
        Ok(worst == Some(wanted))
    }

    /// One mail about all that somebody of the staff has not read, and may still know of.
    pub(crate) async fn prepare_agent_news(
        &self,
        tx: &mut dyn Tx,
        agent: AgentId,
        intent: IntentId,
    ) -> Result<Prepared, PrepareError> {
        let user = tx.staffing().staff_user(agent).await?;
        let Ok((staff, scope)) = enter_desk(&StaffActor::signed_in(agent, false), user) else {
            return Ok(Prepared::Drop("they do not work at the desk any more"));
        };
        let notices = tx.notices().mail_agent_notices(&scope, agent, intent, LINES).await?;
        let head = self.staff_letterhead()?;
        let mut lines = Vec::new();
        for it in notices {
            if let Some(ticket) = tx.desk().desk_ticket(&scope, it.ticket).await?
                && self.is_so(tx, &scope, &ticket, it.news).await?
            {
                lines.push(AgentNewsLine {
                    news: it.news,
                    number: it.ticket.to_string(),
                    subject: ticket.subject.as_str().to_owned(),
                    by: it.by,
                    link: head.home.to(&format!("desk/tickets/{}", it.ticket)),
                });
            }
        }
        if lines.is_empty() {
            return Ok(Prepared::Drop("there is nothing they have not read"));
        }
        let link = match lines.as_slice() {
            [only] => only.link.clone(),
            _ => head.home.to("desk/notices"),
        };
        self.staff_letter(staff.user(), Content::AgentNews { lines, link })
    }
}
