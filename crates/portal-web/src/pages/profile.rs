//! Name, language and time zone.

use poem::http::StatusCode;
use portal_core::membership::{UpdateProfile, UpdateProfileError};

use super::{account, problems};
use crate::cookies::Cookie;
use crate::errors::Stop;
use crate::forms::Fields;
use crate::i18n::Locale;
use crate::view::form::{Complaint, Problem};
use crate::view::shell::Flash;
use crate::visit::{Answer, Visit, is_zone, offered};

pub(super) async fn submit(visit: &Visit<'_>, fields: Fields) -> Answer {
    let given = |name: &str| fields.given(name).map(str::to_owned);
    let (language, zone) = (given("language"), given("zone"));
    let known = |it: &String| Locale::parse(it).is_some_and(|it| offered(&visit.site).contains(&it));
    let unknown = [
        (
            language.as_ref().is_some_and(|it| !known(it)),
            Complaint::LanguageUnknown,
        ),
        (zone.as_deref().is_some_and(|it| !is_zone(it)), Complaint::ZoneUnknown),
    ];
    let unknown: Vec<Complaint> = unknown
        .into_iter()
        .filter_map(|(is, complaint)| is.then_some(complaint))
        .collect();
    if !unknown.is_empty() {
        return refused(visit, &fields, problems::said(visit, &unknown)).await;
    }
    let command = UpdateProfile {
        name: fields.get("name").to_owned(),
        language,
        time_zone: zone,
    };
    match visit.web.portal.update_profile(&visit.actor(), command).await {
        Ok(()) => {
            let mut response = visit.done(Flash::ProfileSaved, &format!("{}/account", visit.base()));
            // What the account says now counts, not what the switch said before.
            Cookie::Language.expire(&mut response, visit.secure());
            Ok(response)
        }
        Err(UpdateProfileError::Invalid(found)) => refused(visit, &fields, problems::worded(visit, &found)).await,
        Err(err @ (UpdateProfileError::Entry(_) | UpdateProfileError::Store(_))) => Err(Stop::from(err)),
    }
}

async fn refused(visit: &Visit<'_>, fields: &Fields, problems: Vec<Problem>) -> Answer {
    let typed = |name: &str| fields.get(name).to_owned();
    let profile = account::Profile {
        name: typed("name"),
        language: typed("language"),
        zone: typed("zone"),
    };
    let kept = account::Kept {
        profile: Some(profile),
        problems,
        ..account::Kept::default()
    };
    account::again(visit, StatusCode::UNPROCESSABLE_ENTITY, kept).await
}
