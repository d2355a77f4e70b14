use portal_core::actor::Task;
use portal_core::ports::{Access, Store, StoreError};
use portal_core::settings::{CustomerPortal, Inbox};

/// Where imported tickets go.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) portal: Option<CustomerPortal>,
    pub(super) inbox: Inbox,
}

/// Why it is not clear where tickets go.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// There is neither portal nor inbox.
    #[error("there is no portal yet; make one first: portal portal create --help")]
    Nothing,
    /// Several portals, and none was named.
    #[error("there are several portals; name one with --portal: {0}")]
    WhichPortal(String),
    /// No portal of that name.
    #[error("there is no portal `{given}`; there are: {there}")]
    NoSuchPortal {
        /// What was asked for.
        given: String,
        /// What there is.
        there: String,
    },
    /// Several inboxes, and none was named.
    #[error("there are several inboxes; name one with --inbox: {0}")]
    WhichInbox(String),
    /// No inbox of that name.
    #[error("there is no inbox `{given}` here; there are: {there}")]
    NoSuchInbox {
        /// What was asked for.
        given: String,
        /// What there is.
        there: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Finds the inbox by the slug or name of the portal and the name of the inbox; each has to be given only where there is
/// more than one.
pub(super) async fn target(
    store: &dyn Store,
    portal: Option<&str>,
    inbox: Option<&str>,
) -> Result<Target, TargetError> {
    let mut tx = store.begin(Access::Snapshot).await?;
    let portals = tx.directory().all_portals(&Task::Import).await?;
    let inboxes = tx.directory().all_inboxes(&Task::Import).await?;
    drop(tx);
    let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    let slugs = || portals.iter().map(|it| it.slug.as_str()).collect::<Vec<_>>().join(", ");
    let chosen = match portal {
        Some(given) => {
            let found = portals
                .iter()
                .find(|it| same(it.slug.as_str(), given) || same(it.name.as_str(), given));
            Some(found.ok_or_else(|| TargetError::NoSuchPortal {
                given: given.to_owned(),
                there: slugs(),
            })?)
        }
        None => None,
    };
    let candidates: Vec<&Inbox> = inboxes
        .iter()
        // The inbox of a portal in set-up becomes the portal's own when that is published.
        .filter(|it| chosen.is_none_or(|portal| it.portal == Some(portal.id) || it.id == portal.default_inbox))
        .collect();
    let names = || {
        candidates
            .iter()
            .map(|it| it.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let inbox = match (inbox, candidates.as_slice(), chosen) {
        (Some(given), _, _) => {
            let found = candidates.iter().find(|it| same(it.name.as_str(), given));
            *found.ok_or_else(|| TargetError::NoSuchInbox {
                given: given.to_owned(),
                there: names(),
            })?
        }
        (None, [], _) => return Err(TargetError::Nothing),
        (None, [only], _) => only,
        (None, _, None) if portals.len() > 1 => return Err(TargetError::WhichPortal(slugs())),
        (None, _, _) => return Err(TargetError::WhichInbox(names())),
    };
    let portal = chosen
        .or_else(|| portals.iter().find(|it| inbox.portal == Some(it.id)))
        .cloned();
    Ok(Target {
        portal,
        inbox: inbox.clone(),
    })
}
