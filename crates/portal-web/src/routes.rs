//! Every address of the pages, in one table: what is not here does not exist.

use poem::http::Method;

use crate::middleware::rate::Class;

/// What is done at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    Alive,
    Ready,
    Robots,
    Favicon,
    Asset,
    BrandPicture,
    DevMails,
    DevMail,
    DevMailHtml,
    Portals,
    Tickets,
    SignInForm,
    SignIn,
    SignOut,
    Language,
    Appearance,
    NewTicketForm,
    NewTicket,
    Search,
    Stream,
    Account,
    Profile,
    Password,
    EndSession,
    EndOtherSessions,
    CreateToken,
    RevokeToken,
    File,
    Ticket,
    Reply,
    AskClose,
    Close,
    AskReopen,
    Reopen,
    AskPrivate,
    Private,
    Read,
    CodeForm,
    Code,
    LinkPage,
    Link,
    ForgotForm,
    Forgot,
    ForgotSent,
    ResetForm,
    Reset,
    InvitationPage,
    Invitation,
    InvitationRenew,
    InvitationSent,
    RegisterForm,
    Register,
    RegisterSent,
    VerifyForm,
    Verify,
    ConsentForm,
    Consent,
    AddressConfirmPage,
    AddressConfirm,
    AddressRevertPage,
    AddressRevert,
    ChangeAddress,
    GiveUpAddress,
    ChooseMails,
    AskMails,
    Mails,
    MutePage,
    Mute,
    Rate,
    CsatPage,
    Csat,
}

/// Who is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Anybody, on any host: nothing is said but whether the server is there.
    Probe,
    /// Anybody.
    Anybody,
    /// Whoever sits at the machine itself, and only where mails are captured.
    Local,
    /// Whoever is signed in; the use-case decides what they may.
    Contact,
}

/// Why a request from elsewhere does no harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It changes nothing.
    Any,
    /// It is refused unless it comes from a page of this origin.
    Own,
}

/// What a request may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carries {
    /// Nothing that is read.
    Nothing,
    /// A form.
    Form,
    /// A form, with files perhaps.
    Files,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static Method,
    pub(crate) path: &'static str,
    pub(crate) operation: Operation,
    pub(crate) who: Who,
    pub(crate) origin: Origin,
    pub(crate) carries: Carries,
    /// As what it is counted; `None` where it costs next to nothing.
    pub(crate) rate: Option<Class>,
    /// Whether it is a page that one may be led back to after signing in.
    pub(crate) is_page: bool,
}

/// What a path says at the places of its variables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) slug: String,
    pub(crate) number: String,
    pub(crate) id: String,
    pub(crate) hash: String,
    pub(crate) rest: String,
    /// The id of a portal, on the staff's side.
    pub(crate) portal: String,
    /// A word of the staff's side: a step, a section.
    pub(crate) word: String,
}

const fn open(path: &'static str, operation: Operation, who: Who) -> Route {
    Route {
        method: &Method::GET,
        path,
        operation,
        who,
        origin: Origin::Any,
        carries: Carries::Nothing,
        rate: None,
        is_page: false,
    }
}

const fn read(path: &'static str, operation: Operation, who: Who) -> Route {
    Route {
        rate: Some(Class::Read),
        ..open(path, operation, who)
    }
}

const fn page(path: &'static str, operation: Operation) -> Route {
    Route {
        is_page: true,
        ..read(path, operation, Who::Contact)
    }
}

const fn form(path: &'static str, operation: Operation, who: Who) -> Route {
    Route {
        method: &Method::POST,
        origin: Origin::Own,
        carries: Carries::Form,
        rate: Some(Class::Write),
        ..open(path, operation, who)
    }
}

const fn files(path: &'static str, operation: Operation) -> Route {
    Route {
        carries: Carries::Files,
        rate: Some(Class::Upload),
        ..form(path, operation, Who::Contact)
    }
}

/// The table. Of two lines that fit a path, the upper one counts.
pub(crate) const ROUTES: &[Route] = &[
    open("/healthz", Operation::Alive, Who::Probe),
    open("/readyz", Operation::Ready, Who::Probe),
    open("/robots.txt", Operation::Robots, Who::Anybody),
    open("/favicon.ico", Operation::Favicon, Who::Anybody),
    open("/favicon.svg", Operation::Favicon, Who::Anybody),
    open("/s/{hash}/{rest}", Operation::Asset, Who::Anybody),
    read("/", Operation::Portals, Who::Anybody),
    read("/dev/mail", Operation::DevMails, Who::Local),
    read("/dev/mail/{id}", Operation::DevMail, Who::Local),
    read("/dev/mail/{id}/html", Operation::DevMailHtml, Who::Local),
    page("/{slug}", Operation::Tickets),
    open("/{slug}/brand/{id}", Operation::BrandPicture, Who::Anybody),
    read("/{slug}/sign-in", Operation::SignInForm, Who::Anybody),
    form("/{slug}/sign-in", Operation::SignIn, Who::Anybody),
    read("/{slug}/sign-in/code", Operation::CodeForm, Who::Anybody),
    form("/{slug}/sign-in/code", Operation::Code, Who::Anybody),
    read("/{slug}/sign-in/link", Operation::LinkPage, Who::Anybody),
    form("/{slug}/sign-in/link", Operation::Link, Who::Anybody),
    read("/{slug}/forgot", Operation::ForgotForm, Who::Anybody),
    form("/{slug}/forgot", Operation::Forgot, Who::Anybody),
    read("/{slug}/forgot/sent", Operation::ForgotSent, Who::Anybody),
    read("/{slug}/reset", Operation::ResetForm, Who::Anybody),
    form("/{slug}/reset", Operation::Reset, Who::Anybody),
    read("/{slug}/invitation", Operation::InvitationPage, Who::Anybody),
    form("/{slug}/invitation", Operation::Invitation, Who::Anybody),
    form("/{slug}/invitation/renew", Operation::InvitationRenew, Who::Anybody),
    read("/{slug}/invitation/sent", Operation::InvitationSent, Who::Anybody),
    read("/{slug}/register", Operation::RegisterForm, Who::Anybody),
    form("/{slug}/register", Operation::Register, Who::Anybody),
    read("/{slug}/register/sent", Operation::RegisterSent, Who::Anybody),
    read("/{slug}/register/verify", Operation::VerifyForm, Who::Anybody),
    form("/{slug}/register/verify", Operation::Verify, Who::Anybody),
    read("/{slug}/consent", Operation::ConsentForm, Who::Contact),
    form("/{slug}/consent", Operation::Consent, Who::Contact),
    read("/{slug}/address/confirm", Operation::AddressConfirmPage, Who::Anybody),
    form("/{slug}/address/confirm", Operation::AddressConfirm, Who::Anybody),
    read("/{slug}/address/revert", Operation::AddressRevertPage, Who::Anybody),
    form("/{slug}/address/revert", Operation::AddressRevert, Who::Anybody),
    form("/{slug}/sign-out", Operation::SignOut, Who::Anybody),
    form("/{slug}/language", Operation::Language, Who::Anybody),
    form("/{slug}/appearance", Operation::Appearance, Who::Anybody),
    page("/{slug}/new", Operation::NewTicketForm),
    files("/{slug}/new", Operation::NewTicket),
    Route {
        rate: Some(Class::Search),
        ..page("/{slug}/search", Operation::Search)
    },
    read("/{slug}/stream", Operation::Stream, Who::Contact),
    page("/{slug}/account", Operation::Account),
    form("/{slug}/account/profile", Operation::Profile, Who::Contact),
    form("/{slug}/account/password", Operation::Password, Who::Contact),
    form("/{slug}/account/address", Operation::ChangeAddress, Who::Contact),
    form(
        "/{slug}/account/address/give-up",
        Operation::GiveUpAddress,
        Who::Contact,
    ),
    form("/{slug}/account/sessions/end", Operation::EndSession, Who::Contact),
    form(
        "/{slug}/account/sessions/end-others",
        Operation::EndOtherSessions,
        Who::Contact,
    ),
    form("/{slug}/account/tokens", Operation::CreateToken, Who::Contact),
    form("/{slug}/account/tokens/revoke", Operation::RevokeToken, Who::Contact),
    read("/{slug}/files/{id}", Operation::File, Who::Contact),
    page("/{slug}/{number}", Operation::Ticket),
    files("/{slug}/{number}/reply", Operation::Reply),
    page("/{slug}/{number}/close", Operation::AskClose),
    form("/{slug}/{number}/close", Operation::Close, Who::Contact),
    page("/{slug}/{number}/reopen", Operation::AskReopen),
    form("/{slug}/{number}/reopen", Operation::Reopen, Who::Contact),
    page("/{slug}/{number}/private", Operation::AskPrivate),
    form("/{slug}/{number}/private", Operation::Private, Who::Contact),
    form("/{slug}/{number}/read", Operation::Read, Who::Contact),
    page("/{slug}/{number}/mails", Operation::AskMails),
    form("/{slug}/{number}/mails", Operation::Mails, Who::Contact),
    form("/{slug}/account/mails", Operation::ChooseMails, Who::Contact),
    read("/{slug}/mute", Operation::MutePage, Who::Anybody),
    // Mail programs post here by themselves (RFC 8058): from anywhere, and as what they like. What is signed in the address
    // can do this one thing.
    Route {
        origin: Origin::Any,
        carries: Carries::Nothing,
        ..form("/{slug}/mute", Operation::Mute, Who::Anybody)
    },
    form("/{slug}/{number}/rate", Operation::Rate, Who::Contact),
    read("/{slug}/csat", Operation::CsatPage, Who::Anybody),
    form("/{slug}/csat", Operation::Csat, Who::Anybody),
];

/// What is at an address.
#[derive(Debug)]
pub(crate) enum Found {
    /// This.
    Route(&'static Route, Places),
    /// Something, but not with this method; these are possible.
    OtherMethods(String),
    /// Nothing.
    Nothing,
}

/// Looks a request up. `HEAD` is `GET`.
pub(crate) fn find(method: &Method, path: &str) -> Found {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    let fitting: Vec<(&Route, Places)> = ROUTES
        .iter()
        .filter_map(|it| places(it.path, path).map(|places| (it, places)))
        .collect();
    let Some((first, _)) = fitting.first() else {
        return Found::Nothing;
    };
    let pattern = first.path;
    let mut allowed = Vec::new();
    for (route, places) in fitting.into_iter().filter(|(it, _)| it.path == pattern) {
        if route.method == method {
            return Found::Route(route, places);
        }
        allowed.push(route.method.as_str());
        if route.method == Method::GET {
            allowed.push("HEAD");
        }
    }
    Found::OtherMethods(allowed.join(", "))
}

/// The variables of a path, if it fits the pattern.
pub(crate) fn places(pattern: &'static str, path: &str) -> Option<Places> {
    let mut places = Places::default();
    let mut rest = path.strip_prefix('/')?;
    let mut wanted = pattern.strip_prefix('/')?.split('/').peekable();
    while let Some(part) = wanted.next() {
        let (given, after) = if wanted.peek().is_some() {
            rest.split_once('/')?
        } else {
            (rest, "")
        };
        match part {
            "{rest}" => rest.clone_into(&mut places.rest),
            "{slug}" => given.clone_into(&mut places.slug),
            "{id}" => given.clone_into(&mut places.id),
            "{hash}" => given.clone_into(&mut places.hash),
            "{portal}" => given.clone_into(&mut places.portal),
            "{word}" => given.clone_into(&mut places.word),
            "{number}" if given.bytes().all(|it| it.is_ascii_digit()) => given.clone_into(&mut places.number),
            fixed if fixed == given => {}
            _ => return None,
        }
        if part.starts_with('{') && given.is_empty()
            || part != "{rest}" && wanted.peek().is_none() && given.contains('/')
        {
            return None;
        }
        rest = after;
    }
    Some(places)
}

/// A path on this portal that somebody may be led to: a page that is in the table, with a harmless query. Whatever else
/// it is, it is not followed.
pub(crate) fn safe(path: &str, slug: &str) -> Option<String> {
    let fine = |it: u8| it.is_ascii_alphanumeric() || b"/-_.~?&=%+".contains(&it);
    if path.len() > 2048 || !path.bytes().all(fine) {
        return None;
    }
    let place = path.split_once('?').map_or(path, |(place, _)| place);
    if place.contains('%') {
        return None;
    }
    match find(&Method::GET, place) {
        Found::Route(route, places) if route.is_page && places.slug == slug => Some(path.to_owned()),
        Found::Route(..) | Found::OtherMethods(_) | Found::Nothing => None,
    }
}

#[cfg(test)]
mod tests;
