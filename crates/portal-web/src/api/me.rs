use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use portal_core::Portal;

use super::Tag;
use super::caller::Caller;
use super::error::ApiError;
use super::schema::MeDto;

/// Who the token belongs to.
pub(super) struct MeApi;

#[OpenApi(prefix_path = "/v1/portals", tag = "Tag::Me")]
impl MeApi {
    /// Who the token belongs to.
    ///
    /// Also tells what a new ticket can be.
    #[oai(path = "/:slug/me", method = "get", operation_id = "getMe")]
    async fn me(
        &self,
        portal: Data<&Portal>,
        caller: Caller,
        /// The slug of the token's portal.
        #[oai(name = "slug")]
        _slug: Path<String>,
    ) -> Result<Json<MeDto>, ApiError> {
        let Caller(called) = caller;
        let form = portal.support_form(&called.visitor.actor, called.portal.id).await?;
        let profile = called.visitor.profile;
        Ok(Json(MeDto {
            id: profile.contact.to_string(),
            name: profile.name.as_str().to_owned(),
            email: profile.email.map(|it| it.as_str().to_owned()),
            company: profile.company,
            portal: called.portal.name.as_str().to_owned(),
            may_write: !Portal::reads_only(&called.visitor.actor),
            categories: form.categories.iter().map(|it| it.as_str().to_owned()).collect(),
        }))
    }
}
