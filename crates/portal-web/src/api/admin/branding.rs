use poem::web::Data;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::{Binary, Json};
use poem_openapi::{Enum, Object, OpenApi};
use portal_core::Portal;
use portal_core::settings::{BrandPicture, BrandPictureSlot, ChangeBrandPicture};

use super::caller::Caller;
use super::convert;
use super::schema::Done;
use crate::api::Tag;
use crate::api::error::ApiError;

/// The pictures of a portal. Its colour is in the section `branding` of its settings.
pub(in crate::api) struct BrandingApi;

/// Which picture of a portal.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "BrandPictureName", rename_all = "kebab-case")]
enum NameDto {
    /// The logo on light pages.
    Logo,
    /// The logo on dark pages.
    LogoDark,
    /// The picture in the browser's tab.
    Favicon,
}

impl From<NameDto> for BrandPictureSlot {
    fn from(it: NameDto) -> Self {
        match it {
            NameDto::Logo => Self::Logo,
            NameDto::LogoDark => Self::LogoDark,
            NameDto::Favicon => Self::Favicon,
        }
    }
}

/// A picture, as it was made anew from its pixels.
#[derive(Object, Clone, Debug)]
#[oai(rename = "BrandPicture")]
struct PictureDto {
    /// Its name in addresses; it is at `/{slug}/brand/{digest}` of the portal.
    digest: String,
    /// Pixels across.
    width: u32,
    /// Pixels down.
    height: u32,
}

impl From<BrandPicture> for PictureDto {
    fn from(it: BrandPicture) -> Self {
        Self {
            digest: it.digest,
            width: it.width,
            height: it.height,
        }
    }
}

#[OpenApi(prefix_path = "/v1/admin", tag = "Tag::Portals")]
impl BrandingApi {
    /// Put a picture in its place: PNG, JPEG, GIF or WebP, at most 2 MiB.
    ///
    /// It is made anew from its pixels. Refused with 409 if somebody changed the branding since its version was seen.
    #[oai(
        path = "/portals/:portal/branding/:picture",
        method = "put",
        operation_id = "putBrandPicture"
    )]
    #[expect(clippy::too_many_arguments, reason = "each is one parameter of the operation")]
    async fn put(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        picture: Path<NameDto>,
        /// The version of the section `branding` that was seen; without it, whatever is there is replaced.
        version: Query<Option<u32>>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        content: Binary<Vec<u8>>,
    ) -> Result<Json<PictureDto>, ApiError> {
        let command = ChangeBrandPicture {
            portal: convert::id(&portal.0)?,
            slot: picture.0.into(),
            picture: Some(content.0),
            seen_version: version.0,
        };
        let kept = service.change_brand_picture(caller.actor(), command).await?;
        Ok(Json(kept.ok_or_else(ApiError::not_found)?.into()))
    }

    /// Remove a picture. Removing one that is not there is fine.
    #[oai(
        path = "/portals/:portal/branding/:picture",
        method = "delete",
        operation_id = "removeBrandPicture"
    )]
    async fn remove(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        picture: Path<NameDto>,
        /// The version of the section `branding` that was seen; without it, whatever is there is removed.
        version: Query<Option<u32>>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        let command = ChangeBrandPicture {
            portal: convert::id(&portal.0)?,
            slot: picture.0.into(),
            picture: None,
            seen_version: version.0,
        };
        service.change_brand_picture(caller.actor(), command).await?;
        Ok(Done::NoContent)
    }
}
