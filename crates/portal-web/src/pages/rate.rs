//! Whether a customer is satisfied: asked on the page of a closed ticket, and by the link of a mail.

use poem::http::StatusCode;
use portal_core::satisfaction::{RateByLinkError, RateTicket, RateTicketError, Rating};

use super::problems;
use crate::errors::Stop;
use crate::forms::Fields;
use crate::view::csat::CsatPage;
use crate::view::form::{Complaint, Problem};
use crate::view::shell::{Area, Flash};
use crate::visit::{Answer, Visit};

/// The answer of whoever is signed in.
pub(super) async fn submit(visit: &Visit<'_>, fields: &Fields) -> Answer {
    let number = visit.number()?;
    let rating = Rating::named(fields.get("rating")).ok_or(Stop::BAD_REQUEST)?;
    let command = RateTicket {
        portal: visit.site.id,
        number,
        rating,
        comment: fields.get("comment").to_owned(),
    };
    let here = visit.ticket_href(number);
    match visit.web.portal.rate_ticket(&visit.actor(), command).await {
        Ok(()) => Ok(visit.done(Flash::Rated, &here)),
        Err(RateTicketError::Invalid(found)) => {
            let page = CsatPage {
                shell: visit.shell(Area::Tickets),
                number: number.get(),
                done: false,
                action: format!("{here}/rate"),
                token: None,
                rating: Some(rating.name()),
                comment: fields.get("comment").to_owned(),
                back: Some(here),
                problems: problems::worded(visit, &found),
            };
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(err) => Err(err.into()),
    }
}

/// The page behind the links of a mail. Looking at it changes nothing: scanners of mails do that by themselves.
pub(super) async fn link(visit: &Visit<'_>) -> Answer {
    let fields = Fields::of_query(&visit.ask.query);
    let rating = Rating::named(fields.get("rating"));
    asked(visit, &fields, rating, StatusCode::OK, Vec::new()).await
}

/// The button of that page.
pub(super) async fn by_link(visit: &Visit<'_>, fields: &Fields) -> Answer {
    let Some(rating) = Rating::named(fields.get("rating")) else {
        let missing = [Complaint::RatingMissing.problem(visit.texts())].into();
        return asked(visit, fields, None, StatusCode::UNPROCESSABLE_ENTITY, missing).await;
    };
    let (portal, site) = (&visit.web.portal, visit.site.id);
    let kept = portal.rate_by_link(site, fields.get("token"), rating, fields.get("comment"));
    match kept.await {
        Ok(number) => {
            let page = CsatPage {
                shell: visit.shell(Area::None),
                number: number.get(),
                done: true,
                action: String::new(),
                token: None,
                rating: Some(rating.name()),
                comment: String::new(),
                back: None,
                problems: Vec::new(),
            };
            visit.page(StatusCode::OK, &page)
        }
        Err(RateByLinkError::Invalid(found)) => {
            let problems = problems::worded(visit, &found);
            asked(visit, fields, Some(rating), StatusCode::UNPROCESSABLE_ENTITY, problems).await
        }
        Err(err @ (RateByLinkError::NotFound | RateByLinkError::Store(_))) => Err(err.into()),
    }
}

/// The question, with what was chosen and typed, as long as the link works.
async fn asked(
    visit: &Visit<'_>,
    fields: &Fields,
    rating: Option<Rating>,
    status: StatusCode,
    problems: Vec<Problem>,
) -> Answer {
    let token = fields.get("token");
    let number = visit.web.portal.rated_by_link(visit.site.id, token).await?;
    let page = CsatPage {
        shell: visit.shell(Area::None),
        number: number.get(),
        done: false,
        action: format!("{}/csat", visit.base()),
        token: Some(token.to_owned()),
        rating: rating.map(Rating::name),
        comment: fields.get("comment").to_owned(),
        back: None,
        problems,
    };
    visit.page(status, &page)
}
