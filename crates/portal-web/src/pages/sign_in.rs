//! Signing in.

use poem::Response;
use poem::http::StatusCode;
use portal_core::membership::{SignIn, SignInError, WayInError};

use super::{mailed, problems};
use crate::cookies;
use crate::errors::Stop;
use crate::forms::Fields;
use crate::view::SignInPage;
use crate::view::form::{Complaint, Problem};
use crate::view::shell::Area;
use crate::visit::{Answer, Visit};
use crate::web::see_other;

pub(super) async fn show(visit: &Visit<'_>) -> Answer {
    let fields = Fields::of_query(&visit.ask.query);
    let next = visit.safe_or_base(fields.get("next"));
    if visit.visitor.is_some() {
        return Ok(see_other(&next));
    }
    visit.page(StatusCode::OK, &page(visit, String::new(), next, Vec::new()).await?)
}

pub(super) async fn submit(visit: &Visit<'_>, fields: Fields) -> Answer {
    let next = visit.safe_or_base(fields.get("next"));
    let (email, password) = (fields.get("email").to_owned(), fields.get("password").to_owned());
    if fields.get("how") == "code" {
        return by_mail(visit, email, next).await;
    }
    let missing = [
        (email.trim().is_empty(), Complaint::EmailMissing),
        (password.is_empty(), Complaint::PasswordMissing),
    ];
    let missing: Vec<Complaint> = missing
        .into_iter()
        .filter_map(|(is, complaint)| is.then_some(complaint))
        .collect();
    if !missing.is_empty() {
        return refused(
            visit,
            email,
            next,
            StatusCode::UNPROCESSABLE_ENTITY,
            problems::said(visit, &missing),
        )
        .await;
    }
    let command = SignIn {
        portal: visit.site.id,
        email: email.clone(),
        password,
        network: visit.ask.network.clone(),
        device: device(visit.ask.header("user-agent")),
        known_as: cookies::mark(&visit.ask.headers, visit.secure()),
    };
    let complaint = match visit.web.portal.sign_in(command).await {
        Ok(signed_in) => {
            let mut response: Response = see_other(&next);
            cookies::begin_session(&mut response, &signed_in, visit.secure());
            if let Some((reader, session)) = visit
                .visitor
                .as_ref()
                .and_then(|it| Some((it.profile.contact, it.session?)))
            {
                visit.web.portal.sign_out(reader, session).await?;
            }
            return Ok(response);
        }
        Err(SignInError::Invalid(found)) => {
            return refused(
                visit,
                email,
                next,
                StatusCode::UNPROCESSABLE_ENTITY,
                problems::worded(visit, &found),
            )
            .await;
        }
        Err(SignInError::Wrong) => (StatusCode::UNPROCESSABLE_ENTITY, Complaint::SignInWrong),
        Err(SignInError::TooSoon { retry_at }) => {
            let seconds = retry_at.since(visit.ask.now).as_secs() + 1;
            (StatusCode::TOO_MANY_REQUESTS, Complaint::SignInSlow { seconds })
        }
        Err(SignInError::Blocked) => (StatusCode::TOO_MANY_REQUESTS, Complaint::SignInBlocked),
        Err(err @ (SignInError::Passwords(_) | SignInError::Entry(_) | SignInError::Store(_))) => {
            return Err(Stop::from(err));
        }
    };
    let (status, complaint) = complaint;
    let mut response = refused(
        visit,
        email,
        next,
        status,
        problems::said(visit, std::slice::from_ref(&complaint)),
    )
    .await?;
    if let Complaint::SignInSlow { seconds } = complaint {
        response
            .headers_mut()
            .insert(poem::http::header::RETRY_AFTER, seconds.into());
    }
    Ok(response)
}

/// Asks for a mail with a code, by the second button.
async fn by_mail(visit: &Visit<'_>, email: String, next: String) -> Answer {
    match mailed::ask_for_code(visit, &email, &next).await {
        Ok(response) => Ok(response),
        Err(WayInError::Invalid(found)) => {
            let problems = problems::worded(visit, &found);
            refused(visit, email, next, StatusCode::UNPROCESSABLE_ENTITY, problems).await
        }
        Err(WayInError::TooSoon { retry_at }) => {
            let seconds = retry_at.since(visit.ask.now).as_secs() + 1;
            let problems = problems::said(visit, &[Complaint::SignInSlow { seconds }]);
            let mut response = refused(visit, email, next, StatusCode::TOO_MANY_REQUESTS, problems).await?;
            response
                .headers_mut()
                .insert(poem::http::header::RETRY_AFTER, seconds.into());
            Ok(response)
        }
        Err(err) => Err(Stop::from(err)),
    }
}

async fn refused(visit: &Visit<'_>, email: String, next: String, status: StatusCode, problems: Vec<Problem>) -> Answer {
    visit.page(status, &page(visit, email, next, problems).await?)
}

async fn page(visit: &Visit<'_>, email: String, next: String, problems: Vec<Problem>) -> Result<SignInPage, Stop> {
    let ways = visit.web.portal.ways_in(visit.site.id).await?;
    let mut shell = visit.shell(Area::None);
    shell.me = None;
    shell.can_open = false;
    let next = if next == visit.base() { String::new() } else { next };
    let help = ways
        .help
        .map_or_else(|| visit.web.config.sign_in_help.clone(), |it| it.to_string());
    Ok(SignInPage {
        shell,
        email,
        next,
        help,
        password: ways.password,
        mail: ways.mail,
        registration: ways.registration,
        problems,
    })
}

/// The kind of browser and system, as its owner would say it. Only for the owner's own list.
pub(crate) fn device(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 7] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let named = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, name)| *name)
    };
    [named(&BROWSERS), named(&SYSTEMS)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn browsers_are_named_as_people_know_them() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36";
        assert_eq!(device(windows), "Chrome, Windows");
        assert_eq!(device(&format!("{windows} Edg/150.0")), "Edge, Windows");
        assert_eq!(
            device(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Mobile Safari/604.1"
            ),
            "Safari, iPhone"
        );
        assert_eq!(device("curl/8.5"), "");
    }
}
