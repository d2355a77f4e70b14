//! Logos and pictures of the tab: `/{slug}/brand/{digest}`. They stand on the page for signing in, so anybody is shown them.

use poem::Response;
use poem::http::header;
use portal_core::settings::BrandPictureError;

use crate::errors::Stop;
use crate::visit::{Answer, Visit};

/// A picture. Its name is what is in it, so it is kept for ever.
pub(super) async fn picture(visit: &Visit<'_>) -> Answer {
    let found = visit.web.portal.brand_picture(visit.site.id, &visit.places.id).await;
    let png = found.map_err(|err| match err {
        BrandPictureError::NotFound => Stop::NOT_FOUND,
        BrandPictureError::Files(_) | BrandPictureError::Store(_) => Stop::broken(&err),
    })?;
    Ok(Response::builder()
        .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
        .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
        .content_type("image/png")
        .body(png))
}
