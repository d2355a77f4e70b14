//! A request that has found its portal.

use std::sync::Arc;

use poem::Response;
use poem::http::StatusCode;
use portal_core::actor::Actor;
use portal_core::id::{ContactId, TicketNumber};
use portal_core::membership::Visitor;
use portal_core::settings::{CustomerPortal, Looks};

use crate::cookies::Cookie;
use crate::errors::Stop;
use crate::i18n::{Locale, Translator, Wishes, negotiate};
use crate::routes::{self, Places};
use crate::view::Page;
use crate::view::error::Fault;
use crate::view::person::{Person, Role};
use crate::view::shell::{Area, Flash, Me, Shell, Theme};
use crate::view::when::Times;
use crate::web::{Ask, Web, see_other};

/// A request that has found its portal, with everything that does not depend on what is asked.
#[derive(Debug)]
pub(crate) struct Visit<'a> {
    pub(crate) web: &'a Web,
    pub(crate) ask: &'a Ask,
    pub(crate) places: Places,
    pub(crate) site: CustomerPortal,
    /// How the portal looks.
    pub(crate) looks: Arc<Looks>,
    pub(crate) visitor: Option<Visitor>,
    pub(crate) locale: Locale,
    theme: Theme,
    zone: String,
    flash: Option<Flash>,
}

/// What a page gives.
pub(crate) type Answer = Result<Response, Stop>;

impl<'a> Visit<'a> {
    pub(crate) fn new(
        web: &'a Web,
        ask: &'a Ask,
        places: Places,
        site: CustomerPortal,
        looks: Arc<Looks>,
        visitor: Option<Visitor>,
    ) -> Self {
        let secure = web.config.is_secure();
        let cookie = |it: Cookie| it.read(&ask.headers, secure);
        let profile = visitor.as_ref().map(|it| &it.profile);
        let wishes = Wishes {
            choice: cookie(Cookie::Language),
            account: profile
                .and_then(|it| it.language.as_ref())
                .map(portal_core::text::Locale::as_str),
            contact: None,
            browser: Some(ask.header("accept-language")),
        };
        let locale = negotiate(wishes, &offered(&site), primary(&site));
        let theme = cookie(Cookie::Theme).and_then(Theme::parse).unwrap_or_default();
        let of_device = cookie(Cookie::Zone)
            .map(|it| it.replace("%2F", "/"))
            .filter(|it| is_zone(it));
        let of_account = profile.and_then(|it| it.time_zone.clone()).filter(|it| is_zone(it));
        let zone = of_account.or(of_device).unwrap_or_else(|| site.time_zone.clone());
        let flash = cookie(Cookie::Flash)
            .and_then(Flash::parse)
            .filter(|_| !ask.is_prefetch());
        Self {
            web,
            ask,
            places,
            site,
            looks,
            visitor,
            locale,
            theme,
            zone,
            flash,
        }
    }

    /// As whom use-cases are called.
    pub(crate) fn actor(&self) -> Actor {
        self.visitor.as_ref().map_or(Actor::Anonymous, |it| it.actor)
    }

    /// Who reads, if somebody is signed in.
    pub(crate) fn reader(&self) -> Option<ContactId> {
        self.visitor.as_ref().map(|it| it.profile.contact)
    }

    /// The texts in the reader's language.
    pub(crate) fn texts(&self) -> &'a Translator {
        self.web.renderer.locales().get(self.locale)
    }

    /// Times in the reader's language and zone.
    pub(crate) fn times(&self) -> Times<'a> {
        Times::new(self.texts(), &self.zone, self.ask.now.micros())
    }

    /// The reader's language, for texts that staff wrote.
    pub(crate) fn language(&self) -> portal_core::text::Locale {
        self.locale
            .as_str()
            .parse()
            .unwrap_or_else(|_| self.site.language.clone())
    }

    /// `/{slug}`, with which every address begins.
    pub(crate) fn base(&self) -> String {
        format!("/{}", self.site.slug)
    }

    /// Whether cookies are for TLS.
    pub(crate) fn secure(&self) -> bool {
        self.web.config.is_secure()
    }

    /// The ticket of the address.
    pub(crate) fn number(&self) -> Result<TicketNumber, Stop> {
        self.places.number.parse().map_err(|_| Stop::NOT_FOUND)
    }

    /// The address of the ticket.
    pub(crate) fn ticket_href(&self, number: TicketNumber) -> String {
        format!("/{}/{number}", self.site.slug)
    }

    /// The frame of a page.
    pub(crate) fn shell(&self, area: Area) -> Shell {
        let me = self.visitor.as_ref().map(|it| Me {
            person: Person::new(it.profile.name.as_str(), Role::You),
            email: it.profile.email.as_ref().map_or_else(String::new, ToString::to_string),
        });
        let target = self.ask.target();
        let path = routes::safe(&target, self.site.slug.as_str()).unwrap_or_else(|| self.base());
        let shell = Shell {
            theme: self.theme,
            zone: self.zone.clone(),
            path,
            can_open: me.is_some(),
            me,
            area,
            flash: self.flash,
            ..Shell::new(self.site.name.as_str(), self.site.slug.as_str(), self.locale)
        };
        let shell = self.web.footed(shell).offering(&offered(&self.site));
        crate::looks::dress(shell, &self.looks, &self.language(), &self.web.assets)
    }

    /// A page. What was just done is shown once.
    pub(crate) fn page<P: Page>(&self, status: StatusCode, page: &P) -> Answer {
        let mut response = self.web.html(status, page)?;
        if self.flash.is_some() {
            Cookie::Flash.expire(&mut response, self.secure());
        }
        Ok(response)
    }

    /// After something was done: on to a page, which says so.
    pub(crate) fn done(&self, flash: Flash, to: &str) -> Response {
        let mut response = if self.ask.wants_json() {
            let body = serde_json::json!({ "to": to }).to_string();
            Response::builder().content_type("application/json").body(body)
        } else {
            see_other(to)
        };
        Cookie::Flash.pass_on(&mut response, flash.as_str(), self.secure());
        response
    }

    /// What a request gets that was stopped.
    ///
    /// The page of an error does not depend on the address: what is absent and what is not visible look the same.
    pub(crate) fn stopped(&self, stop: Stop) -> Response {
        let shell = Shell {
            path: self.base(),
            flash: None,
            ..self.shell(Area::None)
        };
        match stop {
            Stop::SignIn => self.sign_in_first(),
            Stop::Conflict => {
                let href = self.number().map_or_else(|_| self.base(), |it| self.ticket_href(it));
                self.web.fault(
                    Fault::Conflict {
                        href,
                        text: String::new(),
                    },
                    shell,
                )
            }
            stop @ (Stop::Prove | Stop::Fault(_) | Stop::Broken(_)) => self.web.stopped(stop, shell, &self.ask.id),
        }
    }

    /// To the sign-in page, and back to where one wanted to go; a form leads back to the ticket it was on.
    fn sign_in_first(&self) -> Response {
        let on_ticket = self.number().map_or_else(|_| self.base(), |it| self.ticket_href(it));
        let reads = self.ask.method.is_safe();
        let wanted = if reads { self.ask.target() } else { on_ticket };
        let mut to = format!("{}/sign-in", self.base());
        if let Some(next) = routes::safe(&wanted, self.site.slug.as_str()).filter(|it| *it != self.base()) {
            let query: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
            to = format!("{to}?next={query}");
        }
        let mut response = see_other(&to);
        if crate::cookies::session(&self.ask.headers, self.secure()).is_some() {
            // A session that has ended is of no use to anybody.
            Cookie::Session.expire(&mut response, self.secure());
        }
        response
    }

    /// Where a form leads back to.
    pub(crate) fn safe_or_base(&self, path: &str) -> String {
        routes::safe(path, self.site.slug.as_str()).unwrap_or_else(|| self.base())
    }
}

/// The languages of the pages that the portal offers.
pub(crate) fn offered(site: &CustomerPortal) -> Vec<Locale> {
    let own = |locale: &Locale| {
        site.offered
            .iter()
            .any(|it| Locale::parse(it.as_str()) == Some(*locale))
    };
    let mut offered: Vec<Locale> = Locale::COMPLETE.into_iter().filter(own).collect();
    if offered.is_empty() {
        offered.push(primary(site));
    }
    offered
}

/// The portal's own language, or English where the pages do not have it.
pub(crate) fn primary(site: &CustomerPortal) -> Locale {
    Locale::parse(site.language.as_str()).unwrap_or_default()
}

/// Whether there is such a time zone.
pub(crate) fn is_zone(name: &str) -> bool {
    name.len() <= 64 && jiff::tz::TimeZone::get(name).is_ok()
}
