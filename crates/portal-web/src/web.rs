//! What all requests share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use poem::Response;
use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use portal_core::Portal;
use portal_core::settings::Host;
use portal_core::time::Timestamp;

use crate::assets::Assets;
use crate::config::WebConfig;
use crate::cookies::Cookie;
use crate::errors::Stop;
use crate::i18n::{Locale, Wishes, negotiate};
use crate::middleware::misses::Misses;
use crate::middleware::rate::Limiter;
use crate::render::{RenderError, Renderer};
use crate::stream::Hub;
use crate::stream::desk::DeskHub;
use crate::view::error::Fault;
use crate::view::shell::{FooterLink, Shell, Theme};
use crate::view::{ErrorPage, Page};

/// The use-cases, and everything that pages are made with.
#[derive(Debug)]
pub(crate) struct Web {
    pub(crate) portal: Portal,
    pub(crate) config: WebConfig,
    pub(crate) assets: Arc<Assets>,
    pub(crate) renderer: Renderer,
    pub(crate) limiter: Limiter,
    pub(crate) misses: Misses,
    pub(crate) hub: Arc<Hub>,
    pub(crate) desk: Arc<DeskHub>,
    /// Whether there was a portal or an administrator once: it is not asked for again.
    pub(crate) in_use: AtomicBool,
}

/// A request without its body.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) host: Host,
    pub(crate) network: String,
    /// Whether it was sent on this very machine, to a name that only this machine has.
    pub(crate) is_local: bool,
    pub(crate) id: String,
    pub(crate) now: Timestamp,
}

impl Ask {
    /// A header, if it is there once and is text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|it| it.to_str().ok())
            .unwrap_or_default()
    }

    /// Whether the browser only fetches ahead: nobody has seen the page then.
    pub(crate) fn is_prefetch(&self) -> bool {
        self.header("sec-purpose").contains("prefetch") || self.header("purpose") == "prefetch"
    }

    /// Whether it is a script that wants to be told where to go, instead of being sent there.
    pub(crate) fn wants_json(&self) -> bool {
        self.header("accept") == "application/json"
    }

    /// Path and query.
    pub(crate) fn target(&self) -> String {
        if self.query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.query)
        }
    }
}

impl Web {
    pub(crate) fn new(portal: Portal, config: WebConfig) -> Result<Self, RenderError> {
        let assets = Arc::new(Assets::embedded());
        let renderer = Renderer::new(assets.clone())?;
        let hub = Hub::new(portal.clone(), config.shutdown.clone());
        let desk = DeskHub::new(portal.clone(), config.shutdown.clone());
        let (limiter, misses) = (Limiter::new(config.rates), Misses::new(config.rates.misses));
        Ok(Self {
            portal,
            config,
            assets,
            renderer,
            limiter,
            misses,
            hub,
            desk,
            in_use: AtomicBool::new(false),
        })
    }

    /// Whether anything is served but the set-up: as soon as there is a portal or an administrator.
    pub(crate) async fn is_in_use(&self) -> Result<bool, Stop> {
        if self.in_use.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let is = !self.portal.is_untouched().await?;
        self.in_use.store(is, Ordering::Relaxed);
        Ok(is)
    }

    /// A page as a response.
    pub(crate) fn html<P: Page>(&self, status: StatusCode, page: &P) -> Result<Response, RenderError> {
        let body = self.renderer.render(page)?;
        Ok(Response::builder()
            .status(status)
            .content_type("text/html; charset=utf-8")
            .body(body))
    }

    /// The foot of every page.
    pub(crate) fn footed(&self, mut shell: Shell) -> Shell {
        shell.operator.clone_from(&self.config.operator);
        shell.footer = self
            .config
            .links
            .iter()
            .map(|it| FooterLink {
                label: it.label.clone(),
                href: it.href.clone(),
            })
            .collect();
        shell
    }

    /// The frame of a page where no portal is known: language and appearance as the browser says.
    pub(crate) fn bare_shell(&self, headers: &HeaderMap) -> Shell {
        let secure = self.config.is_secure();
        let browser = headers.get(header::ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok());
        let wishes = Wishes {
            choice: Cookie::Language.read(headers, secure),
            browser,
            ..Wishes::default()
        };
        let locale = negotiate(wishes, &Locale::COMPLETE, Locale::En);
        let theme = Cookie::Theme
            .read(headers, secure)
            .and_then(Theme::parse)
            .unwrap_or_default();
        self.footed(Shell {
            theme,
            ..Shell::new("", "", locale)
        })
    }

    /// A page that says what is wrong.
    pub(crate) fn fault(&self, fault: Fault, shell: Shell) -> Response {
        let status = StatusCode::from_u16(fault.code()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry = match fault {
            Fault::TooMany { seconds } => Some(seconds),
            Fault::Unavailable => Some(60),
            _ => None,
        };
        let page = ErrorPage { shell, error: fault };
        let mut response = self.html(status, &page).unwrap_or_else(|err| {
            tracing::error!(
                error = &err as &dyn std::error::Error,
                "the page of an error could not be made"
            );
            last_resort(status)
        });
        if let Some(seconds) = retry {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        response
    }

    /// What a request gets that was stopped.
    pub(crate) fn stopped(&self, stop: Stop, shell: Shell, id: &str) -> Response {
        match stop {
            Stop::Fault(fault) => self.fault(fault, shell),
            Stop::Conflict => {
                let href = shell.base.clone();
                self.fault(
                    Fault::Conflict {
                        href,
                        text: String::new(),
                    },
                    shell,
                )
            }
            Stop::SignIn | Stop::Prove => self.fault(Fault::Forbidden, shell),
            Stop::Broken(why) => {
                tracing::error!(request = id, why, "a request failed");
                self.fault(Fault::Internal { id: id.to_owned() }, shell)
            }
        }
    }
}

/// When even the page of an error cannot be made.
pub(crate) fn last_resort(status: StatusCode) -> Response {
    let text = "Sorry, there is a problem with the service. Try again later.\n";
    Response::builder()
        .status(status)
        .content_type("text/plain; charset=utf-8")
        .body(text)
}

/// Leads on to another page.
pub(crate) fn see_other(to: &str) -> Response {
    Response::builder()
        .status(StatusCode::SEE_OTHER)
        .header(header::LOCATION, to)
        .finish()
}
