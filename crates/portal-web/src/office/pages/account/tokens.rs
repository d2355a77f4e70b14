//! Tokens by which programs act as whoever makes them.

use std::collections::BTreeSet;

use poem::http::StatusCode;
use portal_core::actor::Mode;
use portal_core::programs::{CreateProgramToken, ProgramToken, ProgramTokenError};
use portal_core::staff::Permission;

use super::{Shown, show};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::office::problems::{said, worded};
use crate::office::visit::{Colleague, OfficeVisit};
use crate::view::account::{Days, FreshToken};
use crate::view::error::Fault;
use crate::view::office_staff::{PermissionChoice, ProgramTokenRow, ProgramTokens};
use crate::visit::Answer;

/// The spans that are offered.
const DAYS: [u32; 4] = [7, 30, 90, 365];
/// What a token with rights that people prove themselves for may last.
const DANGEROUS: u32 = 30;

/// The section of the page. Only whoever may make tokens has the form; old ones can be removed by anybody.
pub(super) async fn section(
    visit: &OfficeVisit<'_>,
    me: &Colleague,
    typed: Option<&Fields>,
    fresh: Option<FreshToken>,
) -> Result<ProgramTokens, Stop> {
    let list = visit.web.portal.program_tokens(&me.actor).await?;
    let chosen = |it: Permission| typed.is_some_and(|typed| typed.all("scope").any(|name| name == it.name()));
    let days = typed.map_or(90, |it| it.get("days").parse().unwrap_or_default());
    Ok(ProgramTokens {
        list: list.iter().map(|it| row(visit, it)).collect(),
        fresh,
        may_make: me.user.may(Permission::Api),
        name: typed.map(|it| it.get("token_name").to_owned()).unwrap_or_default(),
        scopes: Permission::ALL
            .into_iter()
            .filter(|it| me.user.may(*it))
            .map(|it| PermissionChoice {
                name: it.name(),
                selected: chosen(it),
            })
            .collect(),
        write: typed.is_some_and(|it| it.get("mode") == "write"),
        dangerous: typed.is_some_and(|it| it.given("dangerous").is_some()),
        days: DAYS
            .into_iter()
            .map(|it| Days {
                days: it,
                selected: it == days,
            })
            .collect(),
        dangerous_days: DANGEROUS,
    })
}

fn row(visit: &OfficeVisit<'_>, it: &ProgramToken) -> ProgramTokenRow {
    let times = visit.times();
    ProgramTokenRow {
        id: it.id.to_string(),
        name: it.name.to_string(),
        write: it.mode == Mode::Write,
        dangerous: it.dangerous,
        scopes: it.only.iter().map(|it| it.name()).collect(),
        expires: times.day(it.ends_at.micros()),
        expired: it.ends_at <= visit.ask.now,
        used: it.seen_at.map(|at| times.recent(at.micros())),
    }
}

/// The secret is on the page that answers, and nowhere else ever again.
pub(super) async fn make(visit: &OfficeVisit<'_>, me: &Colleague, fields: &Fields) -> Answer {
    let write = fields.get("mode") == "write";
    let command = CreateProgramToken {
        name: fields.get("token_name").to_owned(),
        mode: if write { Mode::Write } else { Mode::Read },
        only: fields
            .all("scope")
            .filter_map(Permission::named)
            .collect::<BTreeSet<_>>(),
        dangerous: fields.given("dangerous").is_some(),
        days: fields.get("days").parse().unwrap_or_default(),
    };
    let (status, problems) = match visit.web.portal.create_program_token(&me.actor, &command).await {
        Ok(made) => {
            let shown = Shown {
                fresh: Some(FreshToken {
                    name: made.token.name.to_string(),
                    secret: made.secret.expose().to_owned(),
                }),
                ..Shown::default()
            };
            return show(visit, me, StatusCode::OK, shown).await;
        }
        Err(ProgramTokenError::Invalid(found)) => {
            let mut problems = worded(visit, &found);
            for problem in &mut problems {
                // The profile has a field `name` of its own.
                let (field, key) = match problem.field.as_ref() {
                    "scopes" => ("scopes", Some("office-token-problem-scopes")),
                    "days" => ("days", Some("office-token-problem-days")),
                    _ => ("token_name", None),
                };
                problem.field = field.into();
                if let Some(key) = key {
                    problem.text = visit.texts().text(key, &[]);
                }
            }
            (StatusCode::UNPROCESSABLE_ENTITY, problems)
        }
        Err(ProgramTokenError::TooMany) => (
            StatusCode::CONFLICT,
            said(visit, "token_name", "office-token-problem-many"),
        ),
        Err(err) => return Err(err.into()),
    };
    let shown = Shown {
        token: Some(fields),
        problems,
        ..Shown::default()
    };
    show(visit, me, status, shown).await
}

impl From<ProgramTokenError> for Stop {
    fn from(err: ProgramTokenError) -> Self {
        match err {
            ProgramTokenError::Staff(err) => err.into(),
            ProgramTokenError::Program => Fault::Forbidden.into(),
            ProgramTokenError::Invalid(_) => Self::BAD_REQUEST,
            ProgramTokenError::NotFound => Self::NOT_FOUND,
            ProgramTokenError::TooMany => Self::Conflict,
            ProgramTokenError::Secrets(err) => err.into(),
            ProgramTokenError::Store(err) => err.into(),
        }
    }
}
