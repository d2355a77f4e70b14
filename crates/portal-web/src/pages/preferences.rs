//! Language and appearance: choices that a cookie keeps, for anybody.

use poem::Response;

use crate::cookies::Cookie;
use crate::errors::Stop;
use crate::forms::Fields;
use crate::i18n::Locale;
use crate::view::shell::Theme;
use crate::visit::{Answer, Visit, offered};
use crate::web::see_other;

pub(super) fn language(visit: &Visit<'_>, fields: &Fields) -> Answer {
    let chosen = Locale::parse(fields.get("language"))
        .filter(|it| offered(&visit.site).contains(it))
        .ok_or(Stop::BAD_REQUEST)?;
    Ok(keep(visit, fields, Cookie::Language, chosen.as_str()))
}

pub(super) fn appearance(visit: &Visit<'_>, fields: &Fields) -> Answer {
    let chosen = Theme::parse(fields.get("theme")).ok_or(Stop::BAD_REQUEST)?;
    Ok(keep(visit, fields, Cookie::Theme, chosen.as_str()))
}

fn keep(visit: &Visit<'_>, fields: &Fields, cookie: Cookie, value: &str) -> Response {
    let mut response = see_other(&visit.safe_or_base(fields.get("back")));
    cookie.keep(&mut response, value, visit.secure());
    response
}
