use crate::actor::Actor;
use crate::id::PortalId;
use crate::portal::{Portal, UseCaseError, attempt};
use crate::ports::{Access, FilesError, StoreError};

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum BrandPictureError {
    /// The portal shows no such picture.
    #[error("there is no such picture")]
    NotFound,
    /// The file store failed.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl UseCaseError for BrandPictureError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(err) => Some(err),
            Self::NotFound | Self::Files(_) => None,
        }
    }

    /// Nobody searches for pictures: a page of an earlier look may still name one.
    fn is_not_found(&self) -> bool {
        false
    }
}

impl Portal {
    /// A picture that a portal shows to everybody, as a PNG document, by its digest.
    ///
    /// # Errors
    /// If the portal shows no such picture, or a store fails.
    pub async fn brand_picture(&self, portal: PortalId, digest: &str) -> Result<Vec<u8>, BrandPictureError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "brand_picture",
            self.brand_picture_once(portal, digest)
        )
    }

    async fn brand_picture_once(&self, portal: PortalId, digest: &str) -> Result<Vec<u8>, BrandPictureError> {
        let mut tx = self.store.begin(Access::Read).await?;
        let looks = self.looks_at(&mut *tx, portal).await?;
        drop(tx);
        let picture = looks.branding.picture(digest).ok_or(BrandPictureError::NotFound)?;
        let mut source = self.files.open(&picture.key).await?;
        let mut png = Vec::new();
        while let Some(piece) = source.chunk().await? {
            png.extend(piece);
        }
        Ok(png)
    }
}
