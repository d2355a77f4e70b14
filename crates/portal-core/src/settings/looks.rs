use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{
    Branding, ConsentNotice, CustomerPortal, PortalLinks, SettingsOwner, SettingsValue, SettingsVersion, SupportForm,
    TicketDisplay,
};
use crate::id::PortalId;
use crate::portal::Portal;
use crate::ports::{StoreError, Tx};
use crate::time::Timestamp;

/// Everything about a portal that only changes how it looks and what its form asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// How tickets look.
    pub display: TicketDisplay,
    /// The form for new tickets.
    pub form: SupportForm,
    /// What must be accepted to get in.
    pub consent: ConsentNotice,
    /// Logo and colour.
    pub branding: Branding,
    /// Links of head and foot.
    pub links: PortalLinks,
}

/// The looks of portals as of their revision, so that pages cost no statement for them. Nothing that decides who sees what
/// is kept here.
#[derive(Debug, Default)]
pub(crate) struct LooksCache(Mutex<BTreeMap<PortalId, Kept>>);

#[derive(Clone, Debug)]
struct Kept {
    revision: u32,
    seen: Timestamp,
    looks: Arc<Looks>,
}

/// So long, looks are taken as they are by use-cases that do not look the portal up anyway.
const FRESH: Duration = Duration::from_secs(2);

impl LooksCache {
    fn get(&self, portal: PortalId) -> Option<Kept> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&portal).cloned()
    }

    fn put(&self, portal: PortalId, kept: Kept) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(portal, kept);
    }
}

impl Portal {
    /// The looks of a portal that was just read. Reads its settings only if they changed since the last time.
    pub(crate) async fn looks_of(&self, tx: &mut dyn Tx, site: &CustomerPortal) -> Result<Arc<Looks>, StoreError> {
        let now = self.clock.now();
        let kept = self.looks.get(site.id).filter(|it| it.revision == site.revision);
        let looks = match kept {
            Some(kept) => kept.looks,
            None => Arc::new(read(tx, site.id).await?),
        };
        let kept = Kept {
            revision: site.revision,
            seen: now,
            looks: looks.clone(),
        };
        self.looks.put(site.id, kept);
        Ok(looks)
    }

    /// The looks of a portal; the usual ones if there is none. A request that came through
    /// [`arrive`](Portal::arrive) has just compared the revision, and costs nothing here.
    pub(crate) async fn looks_at(&self, tx: &mut dyn Tx, portal: PortalId) -> Result<Arc<Looks>, StoreError> {
        let oldest = self.clock.now().minus(FRESH);
        if let Some(kept) = self.looks.get(portal).filter(|it| it.seen >= oldest) {
            return Ok(kept.looks);
        }
        match tx.directory().portal(portal).await? {
            Some(site) => self.looks_of(tx, &site).await,
            None => Ok(Arc::default()),
        }
    }
}

async fn read(tx: &mut dyn Tx, portal: PortalId) -> Result<Looks, StoreError> {
    let owner = SettingsOwner::Portal(portal);
    Ok(Looks::of(tx.settings().all_current_settings(owner).await?))
}

impl Looks {
    /// The looks that the current settings of a portal make.
    pub(super) fn of(current: Vec<SettingsVersion>) -> Self {
        let mut looks = Self::default();
        for version in current {
            match version.value {
                SettingsValue::Display(it) => looks.display = it,
                SettingsValue::Form(it) => looks.form = it,
                SettingsValue::Consent(it) => looks.consent = it,
                SettingsValue::Branding(it) => looks.branding = it,
                SettingsValue::Links(it) => looks.links = it,
                SettingsValue::General(_)
                | SettingsValue::Address(_)
                | SettingsValue::Tickets(_)
                | SettingsValue::Access(_)
                | SettingsValue::Customers(_)
                | SettingsValue::MailTexts(_)
                | SettingsValue::PrivateContent(_) => {}
            }
        }
        looks
    }
}
