//! Language and appearance: choices that a cookie keeps, for anybody.

use poem::{Body, Response};

use crate::cookies::Cookie;
use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::i18n::Locale;
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::view::shell::Theme;
use crate::visit::Answer;
use crate::web::see_other;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    Language,
    Appearance,
}

pub(crate) const ROUTES: &[OfficeRoute] = &[
    OfficeRoute::form("/desk/language", Any::Preferences(Operation::Language), Need::Nobody).unaudited(),
    OfficeRoute::form(
        "/desk/appearance",
        Any::Preferences(Operation::Appearance),
        Need::Nobody,
    )
    .unaudited(),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    let fields = forms::office_fields(visit, body).await?;
    match operation {
        Operation::Language => {
            let chosen = Locale::parse(fields.get("language"))
                .filter(|it| Locale::COMPLETE.contains(it))
                .ok_or(Stop::BAD_REQUEST)?;
            Ok(keep(visit, &fields, Cookie::Language, chosen.as_str()))
        }
        Operation::Appearance => {
            let chosen = Theme::parse(fields.get("theme")).ok_or(Stop::BAD_REQUEST)?;
            Ok(keep(visit, &fields, Cookie::Theme, chosen.as_str()))
        }
    }
}

fn keep(visit: &OfficeVisit<'_>, fields: &Fields, cookie: Cookie, value: &str) -> Response {
    let mut response = see_other(&OfficeVisit::safe_or_home(fields.get("back")));
    cookie.keep(&mut response, value, visit.secure());
    response
}
