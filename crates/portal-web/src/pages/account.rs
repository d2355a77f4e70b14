//! The account page, and the same page after a form on it was refused.

use poem::http::StatusCode;
use portal_core::actor::Mode;
use portal_core::membership::{AccountView, Password};

use crate::fresh;
use crate::i18n::Locale;
use crate::view::account::{Days, FreshToken, MailChoices, ProfileForm, Session, Token, Tokens};
use crate::view::form::Problem;
use crate::view::shell::Area;
use crate::view::{AccountPage, Choice};
use crate::visit::{Answer, Visit, is_zone, offered};

/// For how many days a token can be made, the usual first.
const DAYS: [u32; 3] = [90, 30, 365];

/// What a form on the page keeps when it is refused, or shows when it is done.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub(super) profile: Option<Profile>,
    pub(super) token: Option<TokenForm>,
    pub(super) fresh: Option<FreshToken>,
    pub(super) new_address: String,
    pub(super) problems: Vec<Problem>,
}

/// The profile as typed.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) name: String,
    pub(super) language: String,
    pub(super) zone: String,
}

/// A token as asked for.
#[derive(Debug)]
pub(super) struct TokenForm {
    pub(super) name: String,
    pub(super) write: bool,
    pub(super) days: u32,
}

pub(super) async fn show(visit: &Visit<'_>) -> Answer {
    again(visit, StatusCode::OK, Kept::default()).await
}

/// The page with what a form on it keeps.
pub(super) async fn again(visit: &Visit<'_>, status: StatusCode, kept: Kept) -> Answer {
    let view = visit.web.portal.account_page(&visit.actor(), visit.site.id).await?;
    let waiting = visit.web.portal.waiting_address(&visit.actor()).await?;
    let waiting = waiting.map(|it| it.to_string());
    let mails = visit.web.portal.contact_choices(&visit.actor(), visit.site.id).await?;
    let mails = MailChoices {
        answers: mails.answers,
        changes: mails.changes,
        openings: mails.openings,
    };
    visit.page(status, &page(visit, &view, waiting, mails, kept))
}

fn page(visit: &Visit<'_>, view: &AccountView, waiting: Option<String>, mails: MailChoices, kept: Kept) -> AccountPage {
    let profile = kept.profile.unwrap_or_else(|| Profile {
        name: view.profile.name.as_str().to_owned(),
        language: view
            .profile
            .language
            .as_ref()
            .map_or_else(String::new, |it| it.language().to_owned()),
        zone: view.profile.time_zone.clone().unwrap_or_default(),
    });
    let language = |it: Locale| Choice::new(it.as_str(), it.own_name(), &profile.language);
    AccountPage {
        shell: visit.shell(Area::Account),
        email: view
            .profile
            .email
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
        password_min: u32::try_from(Password::MIN_CHARS).unwrap_or_default(),
        sessions: sessions(visit, view),
        tokens: Some(tokens(visit, view, kept.token, kept.fresh)),
        new_email: kept.new_address,
        waiting_email: waiting,
        mails,
        problems: kept.problems,
        profile: ProfileForm {
            languages: offered(&visit.site).into_iter().map(language).collect(),
            zones: zones(&profile.zone),
            name: profile.name,
        },
    }
}

/// This session first, then the one used last.
fn sessions(visit: &Visit<'_>, view: &AccountView) -> Vec<Session> {
    let own = visit.visitor.as_ref().and_then(|it| it.session);
    let times = visit.times();
    let mut sessions: Vec<Session> = view
        .sessions
        .iter()
        .map(|it| Session {
            id: it.id.to_string(),
            browser: it.device.clone(),
            current: Some(it.id) == own,
            started: times.recent(it.created_at.micros()),
            used: times.recent(it.seen_at.micros()),
        })
        .collect();
    sessions.sort_by_key(|it| !it.current);
    sessions
}

fn tokens(visit: &Visit<'_>, view: &AccountView, form: Option<TokenForm>, fresh: Option<FreshToken>) -> Tokens {
    let times = visit.times();
    let list = view.tokens.iter().map(|it| Token {
        id: it.id.to_string(),
        name: it.name.as_str().to_owned(),
        write: it.mode == Mode::Write,
        expires: times.day(it.ends_at.micros()),
        expired: it.ends_at <= visit.ask.now,
        used: it.seen_at.map(|at| times.recent(at.micros())),
    });
    let form = form.unwrap_or(TokenForm {
        name: String::new(),
        write: false,
        days: DAYS[0],
    });
    let days = DAYS.into_iter().map(|days| Days {
        days,
        selected: days == form.days,
    });
    let mut days: Vec<Days> = days.collect();
    days.sort_by_key(|it| it.days);
    Tokens {
        list: list.collect(),
        fresh,
        name: form.name,
        write: form.write,
        days,
        idem: fresh::key(),
    }
}

/// The zones of the world by region and city; old aliases and fixed offsets are left out.
pub(crate) fn zones(chosen: &str) -> Vec<Choice> {
    const REGIONS: [&str; 10] = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Arctic/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ];
    let known = jiff::tz::db().available().map(|it| it.to_string());
    let mut names: Vec<String> = known
        .filter(|it| it == "UTC" || REGIONS.iter().any(|region| it.starts_with(region)))
        .collect();
    if is_zone(chosen) && !names.iter().any(|it| it == chosen) {
        names.push(chosen.to_owned());
    }
    names.sort_unstable();
    names
        .into_iter()
        .map(|it| Choice::new(it.clone(), it.replace('_', " "), chosen))
        .collect()
}
