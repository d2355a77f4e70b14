//! Bearer tokens for the API.

use poem::http::StatusCode;
use portal_core::actor::Mode;
use portal_core::membership::{ApiTokenError, CreateApiToken};

use super::{account, problems};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::view::account::FreshToken;
use crate::view::shell::Flash;
use crate::visit::{Answer, Visit};

/// The secret is on the page that answers, and nowhere else ever again.
pub(super) async fn create(visit: &Visit<'_>, fields: Fields) -> Answer {
    let name = fields.get("token_name").to_owned();
    let write = fields.get("scope") == "write";
    let days = fields.get("days").parse().unwrap_or_default();
    let mode = if write { Mode::Write } else { Mode::Read };
    let command = CreateApiToken {
        portal: visit.site.id,
        name: name.clone(),
        mode,
        days,
    };
    match visit.web.portal.create_api_token(&visit.actor(), command).await {
        Ok(made) => {
            let fresh = FreshToken {
                name: made.token.name.as_str().to_owned(),
                secret: made.secret.expose().to_owned(),
            };
            account::again(
                visit,
                StatusCode::OK,
                account::Kept {
                    fresh: Some(fresh),
                    ..account::Kept::default()
                },
            )
            .await
        }
        Err(ApiTokenError::Invalid(found)) => {
            let problems = problems::of_token(visit, &found);
            let token = Some(account::TokenForm { name, write, days });
            account::again(
                visit,
                StatusCode::UNPROCESSABLE_ENTITY,
                account::Kept {
                    token,
                    problems,
                    ..account::Kept::default()
                },
            )
            .await
        }
        Err(err @ (ApiTokenError::Entry(_) | ApiTokenError::Secrets(_) | ApiTokenError::Store(_))) => {
            Err(Stop::from(err))
        }
    }
}

pub(super) async fn revoke(visit: &Visit<'_>, fields: &Fields) -> Answer {
    let id = fields.get("id").parse().map_err(|_| Stop::BAD_REQUEST)?;
    visit.web.portal.remove_api_token(&visit.actor(), id).await?;
    Ok(visit.done(Flash::TokenRevoked, &format!("{}/account", visit.base())))
}
