use super::list::{ListFilter, Search, TicketHit};
use crate::actor::Actor;
use crate::id::{PortalId, TicketNumber};
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, StoreError};
use crate::text::{SearchText, query_tokens};

/// What is searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchTickets {
    /// The portal.
    pub portal: PortalId,
    /// What was typed.
    pub text: SearchText,
    /// Which tickets.
    pub filter: ListFilter,
    /// Only tickets with a lower number, for the next page.
    pub below: Option<TicketNumber>,
    /// How many hits; brought into 1 to 100.
    pub limit: u32,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchFound {
    /// The words that were searched for.
    pub tokens: Vec<String>,
    /// The ticket whose number was typed, if the contact sees one.
    pub jump: Option<TicketNumber>,
    /// The hits, newest number first.
    pub hits: Vec<TicketHit>,
    /// Below which number the next page begins, if there is one.
    pub older: Option<TicketNumber>,
}

/// Why nothing could be searched.
#[derive(Debug, thiserror::Error)]
pub enum SearchTicketsError {
    /// The contact could not enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(SearchTicketsError);

impl Portal {
    /// Searches subject, number, external id and public messages of everything the contact may see.
    ///
    /// A text without any letter or digit finds nothing.
    ///
    /// # Errors
    /// If nobody is signed in, the portal does not let the contact in, or the store fails.
    pub async fn search_tickets(&self, actor: &Actor, query: SearchTickets) -> Result<SearchFound, SearchTicketsError> {
        attempt!(self, actor, "search_tickets", self.search_tickets_once(actor, &query))
    }

    async fn search_tickets_once(
        &self,
        actor: &Actor,
        query: &SearchTickets,
    ) -> Result<SearchFound, SearchTicketsError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (_, viewer) = self.let_in(&mut *tx, actor, query.portal).await?;
        let scope = viewer.scope();
        let tokens = query_tokens(query.text.as_str());
        if tokens.is_empty() {
            return Ok(SearchFound {
                tokens,
                jump: None,
                hits: Vec::new(),
                older: None,
            });
        }
        let mut jump = None;
        if let Ok(number) = query.text.as_str().trim().parse::<TicketNumber>() {
            jump = tx.tickets().find(scope, number).await?.map(|it| it.number);
        }
        let limit = query.limit.clamp(1, super::list_tickets::MAX_PAGE);
        let search = Search {
            tokens,
            filter: query.filter,
            below: query.below,
            limit: limit + 1,
        };
        let mut hits = tx.tickets().search(scope, &search).await?;
        let more = hits.len() > limit as usize;
        hits.truncate(limit as usize);
        let looks = self.looks_at(&mut *tx, query.portal).await?;
        for hit in &mut hits {
            looks.dress_row(&mut hit.row);
        }
        let older = hits.last().map(|it| it.row.number).filter(|_| more);
        Ok(SearchFound {
            tokens: search.tokens,
            jump,
            hits,
            older,
        })
    }
}
