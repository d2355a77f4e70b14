use super::{
    BrandPicture, Branding, ChangeSettings, ChangeSettingsError, KeepPictureError, LooksSheetError, PictureUse,
    Section, SettingsOwner, SettingsValue,
};
use crate::id::PortalId;
use crate::portal::Portal;
use crate::staff::StaffActor;

/// The places for pictures of a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrandPictureSlot {
    /// The logo on light pages.
    Logo,
    /// The logo on dark pages.
    LogoDark,
    /// The picture in the browser's tab.
    Favicon,
}

impl BrandPictureSlot {
    /// What the picture is used for.
    #[must_use]
    pub const fn purpose(self) -> PictureUse {
        match self {
            Self::Logo | Self::LogoDark => PictureUse::Logo,
            Self::Favicon => PictureUse::Favicon,
        }
    }

    /// The place in a branding.
    pub const fn of(self, branding: &mut Branding) -> &mut Option<BrandPicture> {
        match self {
            Self::Logo => &mut branding.logo,
            Self::LogoDark => &mut branding.logo_dark,
            Self::Favicon => &mut branding.favicon,
        }
    }
}

/// Putting a picture in its place, or taking it away.
#[derive(Clone, Debug)]
pub struct ChangeBrandPicture {
    /// Which portal.
    pub portal: PortalId,
    /// Which picture.
    pub slot: BrandPictureSlot,
    /// The document that was uploaded; `None` takes the picture away.
    pub picture: Option<Vec<u8>>,
    /// The version of the branding that was seen; whatever is there now if `None`.
    pub seen_version: Option<u32>,
}

/// Why a picture was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeBrandPictureError {
    /// The portal could not be looked at.
    #[error(transparent)]
    Sheet(#[from] LooksSheetError),
    /// It is no picture, or could not be kept.
    #[error(transparent)]
    Keep(#[from] KeepPictureError),
    /// The branding was not changed.
    #[error(transparent)]
    Change(#[from] ChangeSettingsError),
}

impl Portal {
    /// Makes an uploaded picture anew and puts it in its place, as a version of the branding; or takes one away. Answers
    /// what is there then.
    ///
    /// # Errors
    /// See [`ChangeBrandPictureError`].
    pub async fn change_brand_picture(
        &self,
        actor: &StaffActor,
        command: ChangeBrandPicture,
    ) -> Result<Option<BrandPicture>, ChangeBrandPictureError> {
        let sheet = self.looks_sheet(actor, command.portal).await?;
        let seen = command.seen_version.unwrap_or_else(|| sheet.version(Section::Branding));
        let mut branding = sheet.looks.branding;
        let kept = match command.picture {
            Some(bytes) => Some(self.keep_brand_picture(actor, bytes, command.slot.purpose()).await?),
            None => None,
        };
        command.slot.of(&mut branding).clone_from(&kept);
        // Without a logo the name must be there.
        branding.show_name |= branding.logo.is_none();
        let change = ChangeSettings {
            owner: SettingsOwner::Portal(command.portal),
            value: SettingsValue::Branding(branding),
            seen_version: seen,
        };
        self.change_settings(actor, &change).await?;
        Ok(kept)
    }
}
