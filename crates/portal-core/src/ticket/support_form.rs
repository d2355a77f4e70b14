use std::sync::Arc;

use super::file::FileLimits;
use super::record::Priority;
use crate::actor::Actor;
use crate::id::PortalId;
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, StoreError};
use crate::service::{Promise, promise_of};
use crate::settings::Looks;
use crate::text::Line;

/// What the form for a new ticket offers to this contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedForm {
    /// Its fields, and the words around them.
    pub looks: Arc<Looks>,
    /// The kinds of request to choose from; no choice if empty.
    pub categories: Vec<Line>,
    /// The priorities to choose from, the default first.
    pub priorities: Vec<Priority>,
    /// Whether a ticket can be opened privately.
    pub may_be_private: bool,
    /// The company that a shared ticket would be shared with, if colleagues there can see it.
    pub company: Option<String>,
    /// How many and how large files may be.
    pub files: FileLimits,
    /// When to expect a reply, if customers are told.
    pub promise: Option<Promise>,
}

/// Why there is no form.
#[derive(Debug, thiserror::Error)]
pub enum SupportFormError {
    /// The contact could not enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The portal is gone.
    #[error("there is no such portal")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(SupportFormError, NotFound);

impl Portal {
    /// What the form for a new ticket offers.
    ///
    /// # Errors
    /// If nobody is signed in, the portal does not let the contact in, or the store fails.
    pub async fn support_form(&self, actor: &Actor, portal: PortalId) -> Result<OfferedForm, SupportFormError> {
        attempt!(self, actor, "support_form", self.support_form_once(actor, portal))
    }

    async fn support_form_once(&self, actor: &Actor, portal: PortalId) -> Result<OfferedForm, SupportFormError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (entrant, _) = self.let_in(&mut *tx, actor, portal).await?;
        let site = tx.directory().portal(portal).await?.ok_or(SupportFormError::NotFound)?;
        let profile = tx.directory().profile(entrant.contact).await?;
        let shares = !matches!(entrant.permission, crate::access::TicketPermission::Own);
        let promise = promise_of(&mut *tx, site.default_inbox, Priority::Normal).await?;
        Ok(OfferedForm {
            promise,
            looks: self.looks_of(&mut *tx, &site).await?,
            categories: site.categories,
            priorities: vec![Priority::Normal, Priority::Low, Priority::High, Priority::Urgent],
            may_be_private: entrant.may.mark_private,
            company: profile.and_then(|it| it.company).filter(|_| shares),
            files: self.limits,
        })
    }
}
