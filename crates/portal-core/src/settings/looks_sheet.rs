use std::collections::BTreeMap;

use super::{BrandPicture, Branding, CustomerPortal, Looks, Section, SettingsOwner};
use crate::actor::Actor;
use crate::id::PortalId;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, BytesSource, FilesError, ImagesError, PasswordsError, StoreError};
use crate::property::{PropertyDefinition, PropertyOwner};
use crate::staff::{Permission, StaffActor, StaffError, staff_use_case_error};
use crate::ticket::{FileKey, Pipeline};

/// Everything that the pages about a portal's looks show and choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LooksSheet {
    /// The portal.
    pub site: CustomerPortal,
    /// How it looks now.
    pub looks: Looks,
    /// The current version of each section that was ever changed.
    pub versions: BTreeMap<Section, u32>,
    /// All properties of tickets.
    pub properties: Vec<PropertyDefinition>,
    /// All pipelines with their statuses.
    pub pipelines: Vec<Pipeline>,
}

impl LooksSheet {
    /// The current version of a section; 0 if it was never changed.
    #[must_use]
    pub fn version(&self, section: Section) -> u32 {
        self.versions.get(&section).copied().unwrap_or(0)
    }
}

/// Why there is no sheet.
#[derive(Debug, thiserror::Error)]
pub enum LooksSheetError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such portal.
    #[error("there is no such portal")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
staff_use_case_error!(LooksSheetError, NotFound);

/// What a picture is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureUse {
    /// Beside or in place of the portal's name.
    Logo,
    /// In the browser's tab.
    Favicon,
}

/// Why a picture was not kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepPictureError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// It cannot be used.
    #[error(transparent)]
    Images(#[from] ImagesError),
    /// The file store failed.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// Randomness failed.
    #[error(transparent)]
    Secrets(#[from] PasswordsError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
staff_use_case_error!(KeepPictureError);

impl Portal {
    /// How a portal looks, for the pages that change it.
    ///
    /// # Errors
    /// Refuses who may not, and if there is no such portal.
    pub async fn looks_sheet(&self, actor: &StaffActor, portal: PortalId) -> Result<LooksSheet, LooksSheetError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "settings.looks",
            self.looks_sheet_once(actor, portal)
        )
    }

    async fn looks_sheet_once(&self, actor: &StaffActor, portal: PortalId) -> Result<LooksSheet, LooksSheetError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        let site = tx.directory().portal(portal).await?.ok_or(LooksSheetError::NotFound)?;
        let current = tx
            .settings()
            .all_current_settings(SettingsOwner::Portal(portal))
            .await?;
        let versions = current.iter().map(|it| (it.section(), it.version)).collect();
        let properties = tx.directory().properties(&staff.task(), PropertyOwner::Ticket).await?;
        let pipelines = tx.directory().all_pipelines(&staff.task()).await?;
        Ok(LooksSheet {
            site,
            looks: Looks::of(current),
            versions,
            properties,
            pipelines,
        })
    }

    /// Makes an uploaded picture anew and keeps it. It is shown once the branding names it.
    ///
    /// # Errors
    /// Refuses who may not, and what is no picture.
    pub async fn keep_brand_picture(
        &self,
        actor: &StaffActor,
        bytes: Vec<u8>,
        purpose: PictureUse,
    ) -> Result<BrandPicture, KeepPictureError> {
        let mut tx = self.store.begin(Access::Read).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        drop(tx);
        staff.writes().map_err(StaffError::from)?;
        let (width, height) = match purpose {
            PictureUse::Logo => Branding::LOGO,
            PictureUse::Favicon => Branding::FAVICON,
        };
        let made = self.images.remade(bytes, width, height).await?;
        let [first, _] = split(self.secrets.random()?);
        let key = FileKey::from_bytes(first);
        let picture = BrandPicture {
            key,
            digest: digest(&made.png),
            width: made.width,
            height: made.height,
        };
        self.files
            .put(&key, &mut BytesSource::new(made.png), Branding::MAX_UPLOAD * 4)
            .await?;
        Ok(picture)
    }
}

fn split(bytes: [u8; 32]) -> [[u8; 16]; 2] {
    let mut halves = [[0; 16]; 2];
    for (half, from) in halves.iter_mut().zip(bytes.chunks_exact(16)) {
        half.copy_from_slice(from);
    }
    halves
}

/// The beginning of the SHA-256, 16 hexadecimal digits.
fn digest(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let all = Sha256::digest(bytes);
    let digits = all.iter().take(8).flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|it| char::from_digit(u32::from(it), 16)).collect()
}
