use super::filter::DeskFilter;
use super::list_desk::ListDeskError;
use super::search::{DeskHit, DeskSearch};
use super::view::DeskView;
use crate::actor::Actor;
use crate::id::{InboxId, TicketNumber};
use crate::portal::{Portal, attempt};
use crate::ports::Access;
use crate::staff::StaffActor;
use crate::text::{SearchText, Token, query_tokens};

/// What is searched for at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchDesk {
    /// What was typed; `#4711` and `4711` lead to the ticket.
    pub text: SearchText,
    /// Only in this list.
    pub view: Option<DeskView>,
    /// Only in this inbox.
    pub inbox: Option<InboxId>,
    /// What it is narrowed to.
    pub filter: DeskFilter,
    /// Only tickets with a lower number, for the next page.
    pub below: Option<TicketNumber>,
    /// How many hits; brought into 1 to 100.
    pub limit: u32,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskFound {
    /// The words that were searched for.
    pub tokens: Vec<Token>,
    /// The ticket whose number was typed, if it is in an inbox of whoever searches: its number and subject.
    pub jump: Option<(TicketNumber, String)>,
    /// The hits, newest number first.
    pub hits: Vec<DeskHit>,
    /// Below which number the next page begins, if there is one.
    pub older: Option<TicketNumber>,
}

impl Portal {
    /// Searches everything that somebody of the staff works with: subject, number, public messages, notes, and the names
    /// and addresses of the contacts and companies on a ticket.
    ///
    /// A text without any letter or digit finds nothing.
    ///
    /// # Errors
    /// If they may not work at the desk, or the store fails.
    pub async fn search_desk(&self, actor: &StaffActor, query: SearchDesk) -> Result<DeskFound, ListDeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "search_desk",
            self.search_desk_once(actor, &query)
        )
    }

    async fn search_desk_once(&self, actor: &StaffActor, query: &SearchDesk) -> Result<DeskFound, ListDeskError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        let tokens = query_tokens(query.text.as_str());
        if tokens.is_empty() {
            return Ok(DeskFound {
                tokens,
                jump: None,
                hits: Vec::new(),
                older: None,
            });
        }
        let mut jump = None;
        let typed = query.text.as_str().trim();
        if let Ok(number) = typed.strip_prefix('#').unwrap_or(typed).parse::<TicketNumber>() {
            let found = tx.desk().desk_ticket(&scope, number).await?;
            jump = found.map(|it| (it.number, it.subject.to_string()));
        }
        let limit = query.limit.clamp(1, 100);
        let search = DeskSearch {
            tokens,
            agent: staff.id(),
            view: query.view,
            inbox: query.inbox,
            filter: query.filter.clone(),
            below: query.below,
            limit: limit + 1,
        };
        let mut hits = tx.desk().desk_search(&scope, &search).await?;
        let more = hits.len() > limit as usize;
        hits.truncate(limit as usize);
        let older = hits.last().map(|it| it.row.number).filter(|_| more);
        Ok(DeskFound {
            tokens: search.tokens,
            jump,
            hits,
            older,
        })
    }
}
