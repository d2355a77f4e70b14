use poem::Request;
use poem_openapi::SecurityScheme;
use poem_openapi::auth::Bearer;
use portal_core::programs::Program;
use portal_core::staff::StaffActor;

use crate::api::error::ApiError;

/// A bearer token of somebody of the staff, made with `portal token create-staff`. It acts as its owner, in
/// what it was made for.
#[derive(SecurityScheme)]
#[oai(ty = "bearer", rename = "staff_token", checker = "check")]
pub(super) struct Caller(pub(super) Program);

/// The gate has looked at the token already.
async fn check(request: &Request, _: Bearer) -> poem::Result<Program> {
    let program = request.data::<Program>().cloned();
    Ok(program.ok_or_else(ApiError::sign_in)?)
}

impl Caller {
    /// The identity for use-cases.
    pub(super) const fn actor(&self) -> &StaffActor {
        &self.0.actor
    }
}
