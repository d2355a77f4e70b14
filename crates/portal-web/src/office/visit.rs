//! A request to the staff's side, with everything that does not depend on what is asked.

use std::sync::OnceLock;

use poem::Response;
use poem::http::{Method, StatusCode};
use portal_core::id::PortalId;
use portal_core::staff::{Permission, StaffActor, StaffUser, StaffVisitor};

use super::pages::way_in;
use super::routes;
use crate::cookies::Cookie;
use crate::errors::Stop;
use crate::forms::Fields;
use crate::i18n::{Locale, Translator, Wishes, negotiate};
use crate::routes::Places;
use crate::view::Page;
use crate::view::error::Fault;
use crate::view::office::{Office, OfficeArea, PortalNav};
use crate::view::person::{Person, Role};
use crate::view::shell::{Me, Shell, Theme};
use crate::view::when::Times;
use crate::visit::{Answer, is_zone};
use crate::web::{Ask, Web, see_other};

/// Somebody of the staff whose session is good.
#[derive(Clone, Debug)]
pub(crate) struct Colleague {
    /// The identity for use-cases.
    pub(crate) actor: StaffActor,
    /// Who it is, and what they may do, as of this request.
    pub(crate) user: StaffUser,
    /// The session they came with.
    pub(crate) visitor: StaffVisitor,
}

impl From<StaffVisitor> for Colleague {
    fn from(visitor: StaffVisitor) -> Self {
        Self {
            actor: visitor.actor.clone(),
            user: visitor.user.clone(),
            visitor,
        }
    }
}

/// A request to the staff's side.
#[derive(Debug)]
pub(crate) struct OfficeVisit<'a> {
    pub(crate) web: &'a Web,
    pub(crate) ask: &'a Ask,
    pub(crate) places: Places,
    /// Who comes, if somebody of the staff is signed in.
    pub(crate) staff: Option<Colleague>,
    pub(crate) locale: Locale,
    theme: Theme,
    pub(crate) zone: String,
    /// The key of what was just done.
    flash: Option<String>,
    /// How many notices are unread, for whoever works at the desk.
    bell: Option<u32>,
    /// The fields of the form that the request brought, once they were read.
    sent: OnceLock<Vec<(String, String)>>,
}

/// What every key of what was just done begins with.
const FLASH: &str = "office-flash-";
/// The same of what was done to several tickets: what, and to how many.
const FLASH_MANY: &str = "office-flash-desk-many--";

impl<'a> OfficeVisit<'a> {
    /// Finds out who comes.
    pub(crate) async fn arrive(web: &'a Web, ask: &'a Ask, places: Places) -> Result<Self, Stop> {
        let staff = super::pages::who(web, ask).await?;
        let secure = web.config.is_secure();
        let cookie = |it: Cookie| it.read(&ask.headers, secure);
        let user = staff.as_ref().map(|it| &it.user);
        let wishes = Wishes {
            choice: cookie(Cookie::Language),
            account: user
                .and_then(|it| it.language.as_ref())
                .map(portal_core::text::Locale::as_str),
            contact: None,
            browser: Some(ask.header("accept-language")),
        };
        let of_device = cookie(Cookie::Zone)
            .map(|it| it.replace("%2F", "/"))
            .filter(|it| is_zone(it));
        let of_account = user.and_then(|it| it.time_zone.clone()).filter(|it| is_zone(it));
        let flash = cookie(Cookie::Flash)
            .filter(|it| it.starts_with(FLASH) && !ask.is_prefetch())
            .map(str::to_owned);
        let bell = match &staff {
            Some(it) if it.user.may(Permission::HelpDesk) && ask.method == Method::GET => {
                web.portal.count_bell(&it.actor).await.ok()
            }
            Some(_) | None => None,
        };
        Ok(Self {
            bell,
            locale: negotiate(wishes, &Locale::COMPLETE, Locale::En),
            theme: cookie(Cookie::Theme).and_then(Theme::parse).unwrap_or_default(),
            zone: of_account.or(of_device).unwrap_or_else(|| "UTC".to_owned()),
            web,
            ask,
            places,
            staff,
            flash,
            sent: OnceLock::new(),
        })
    }

    /// The same reader with another request, after they proved who they are.
    pub(crate) fn resumed<'b>(&self, ask: &'b Ask, places: Places, staff: Colleague) -> OfficeVisit<'b>
    where
        'a: 'b,
    {
        OfficeVisit {
            web: self.web,
            ask,
            places,
            staff: Some(staff),
            locale: self.locale,
            theme: self.theme,
            zone: self.zone.clone(),
            flash: None,
            bell: None,
            sent: OnceLock::new(),
        }
    }

    /// Remembers what a form brought.
    pub(crate) fn remember(&self, fields: &Fields) {
        // A request has one body.
        let _ = self.sent.set(
            fields
                .pairs()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        );
    }

    /// What the form of this request brought, if it was read.
    pub(crate) fn sent(&self) -> Option<&[(String, String)]> {
        self.sent.get().map(Vec::as_slice)
    }

    /// As whom use-cases of the staff are called; whoever is not signed in is led to the sign-in page.
    pub(crate) fn actor(&self) -> Result<&StaffActor, Stop> {
        self.staff.as_ref().map(|it| &it.actor).ok_or(Stop::SignIn)
    }

    /// The portal of the address.
    pub(crate) fn portal(&self) -> Result<PortalId, Stop> {
        self.places.portal.parse().map_err(|_| Stop::NOT_FOUND)
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
            .unwrap_or_else(|_| portal_core::text::Locale::english())
    }

    /// Whether cookies are for TLS.
    pub(crate) fn secure(&self) -> bool {
        self.web.config.is_secure()
    }

    /// The frame of a page.
    pub(crate) fn shell(&self, area: OfficeArea) -> Shell {
        let me = self.staff.as_ref().map(|it| Me {
            person: Person::new(it.user.name.as_str(), Role::You),
            email: it.user.email.to_string(),
        });
        let path = routes::safe(&self.ask.target()).unwrap_or_else(|| "/admin".to_owned());
        let office = Office::new(area, |it| self.staff.as_ref().is_some_and(|staff| staff.user.may(it)))
            .with_flash(self.flash.as_deref().and_then(|it| self.told(it)))
            .with_bell(self.bell);
        let shell = Shell {
            theme: self.theme,
            zone: self.zone.clone(),
            base: "/desk".to_owned(),
            path,
            me,
            office: Some(office),
            ..Shell::new("Portal", "", self.locale)
        };
        self.web.footed(shell).offering(&Locale::COMPLETE)
    }

    /// What was just done, in words.
    fn told(&self, flash: &str) -> Option<String> {
        let counted = flash.strip_prefix(FLASH_MANY).and_then(|it| it.split_once('-'));
        match counted {
            Some((what, count)) => {
                let count: u32 = count.parse().ok()?;
                let args = [("what", what.into()), ("n", count.into())];
                Some(self.texts().text("office-desk-many", &args))
            }
            None => self.texts().fixed(flash).map(ToString::to_string),
        }
    }

    /// The frame of a page about one portal: its own navigation stands beside it.
    pub(crate) fn portal_shell(&self, area: OfficeArea, portal: PortalNav) -> Shell {
        let mut shell = self.shell(area);
        shell.office = shell.office.map(|it| it.about(portal));
        shell
    }

    /// A page. What was just done is shown once.
    pub(crate) fn page<P: Page>(&self, status: StatusCode, page: &P) -> Answer {
        let mut response = self.web.html(status, page)?;
        if self.flash.is_some() {
            Cookie::Flash.expire(&mut response, self.secure());
        }
        Ok(response)
    }

    /// After something was done: on to a page, which says so. `flash` is the key of a text that begins with
    /// `office-flash-`.
    pub(crate) fn done(&self, flash: &'static str, to: &str) -> Response {
        let mut response = if self.ask.wants_json() {
            let body = serde_json::json!({ "to": to }).to_string();
            Response::builder().content_type("application/json").body(body)
        } else {
            see_other(to)
        };
        debug_assert!(flash.starts_with(FLASH), "{flash}");
        Cookie::Flash.pass_on(&mut response, flash, self.secure());
        response
    }

    /// As [`done`](Self::done), about so many tickets.
    pub(crate) fn done_with_many(&self, what: &'static str, count: u32, to: &str) -> Response {
        let mut response = see_other(to);
        Cookie::Flash.pass_on(&mut response, &format!("{FLASH_MANY}{what}-{count}"), self.secure());
        response
    }

    /// What a request gets that was stopped.
    pub(crate) fn stopped(&self, stop: Stop) -> Response {
        match stop {
            Stop::SignIn => self.to_door("/desk/sign-in"),
            Stop::Prove => way_in::prove_first(self).unwrap_or_else(|| self.to_door("/desk/prove")),
            Stop::Conflict => {
                let fault = Fault::Conflict {
                    href: routes::safe(&self.ask.path).unwrap_or_else(|| "/admin".to_owned()),
                    text: String::new(),
                };
                self.web.fault(fault, self.shell(OfficeArea::None))
            }
            stop @ (Stop::Fault(_) | Stop::Broken(_)) => {
                self.web.stopped(stop, self.shell(OfficeArea::None), &self.ask.id)
            }
        }
    }

    /// To the page where one says who one is, and back to where one wanted to go; a form leads back to the page it was on,
    /// if that has the same address.
    fn to_door(&self, door: &str) -> Response {
        let mut to = door.to_owned();
        if let Some(next) = routes::safe(&self.ask.target()).filter(|it| it != "/admin") {
            let query: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
            to = format!("{to}?next={query}");
        }
        see_other(&to)
    }

    /// Where a form leads back to.
    pub(crate) fn safe_or_home(path: &str) -> String {
        routes::safe(path).unwrap_or_else(|| "/admin".to_owned())
    }
}
