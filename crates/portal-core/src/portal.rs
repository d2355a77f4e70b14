//! The facade: [`Portal`] holds the ports and offers every use-case as a method.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::access::{Entrant, Refusal, Viewer, enter};
use crate::actor::Actor;
use crate::id::PortalId;
use crate::mail::BaseUrl;
use crate::ports::{
    Bodies, CapturedMails, Channels, Clock, Files, Ids, Images, Letters, Mailer, NoChannels, NoImages, NoLetters,
    NoMailer, NoObserver, NoOneTimeCodes, NoResolver, NoVault, NoZones, Observer, OneTimeCodes, Outcome, Pacer,
    Passwords, Resolver, Secrets, Store, StoreError, StoreErrorKind, Tx, Vault, Zones,
};
use crate::settings::LooksCache;
use crate::ticket::FileLimits;

/// All use-cases over one set of ports. Cheap to clone.
#[derive(Clone)]
pub struct Portal {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) files: Arc<dyn Files>,
    pub(crate) passwords: Arc<dyn Passwords>,
    pub(crate) bodies: Arc<dyn Bodies>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
    pub(crate) secrets: Arc<dyn Secrets>,
    pub(crate) pacer: Arc<dyn Pacer>,
    pub(crate) observer: Arc<dyn Observer>,
    pub(crate) vault: Arc<dyn Vault>,
    pub(crate) one_time_codes: Arc<dyn OneTimeCodes>,
    pub(crate) letters: Arc<dyn Letters>,
    pub(crate) mailer: Arc<dyn Mailer>,
    pub(crate) channels: Arc<dyn Channels>,
    pub(crate) resolver: Arc<dyn Resolver>,
    pub(crate) images: Arc<dyn Images>,
    pub(crate) captured: Option<Arc<dyn CapturedMails>>,
    pub(crate) zones: Arc<dyn Zones>,
    pub(crate) limits: FileLimits,
    pub(crate) base_url: Option<BaseUrl>,
    pub(crate) installation: String,
    pub(crate) looks: Arc<LooksCache>,
}

impl fmt::Debug for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Portal")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// A port that was not given to the [`PortalBuilder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the port `{0}` is missing; give the builder one with `.{0}(…)`")]
pub struct BuildError(&'static str);

/// Collects the ports of a [`Portal`].
#[derive(Default)]
pub struct PortalBuilder {
    store: Option<Arc<dyn Store>>,
    files: Option<Arc<dyn Files>>,
    passwords: Option<Arc<dyn Passwords>>,
    bodies: Option<Arc<dyn Bodies>>,
    clock: Option<Arc<dyn Clock>>,
    ids: Option<Arc<dyn Ids>>,
    secrets: Option<Arc<dyn Secrets>>,
    pacer: Option<Arc<dyn Pacer>>,
    observer: Option<Arc<dyn Observer>>,
    vault: Option<Arc<dyn Vault>>,
    one_time_codes: Option<Arc<dyn OneTimeCodes>>,
    letters: Option<Arc<dyn Letters>>,
    mailer: Option<Arc<dyn Mailer>>,
    channels: Option<Arc<dyn Channels>>,
    resolver: Option<Arc<dyn Resolver>>,
    images: Option<Arc<dyn Images>>,
    captured: Option<Arc<dyn CapturedMails>>,
    zones: Option<Arc<dyn Zones>>,
    limits: Option<FileLimits>,
    base_url: Option<BaseUrl>,
    installation: Option<String>,
}

impl fmt::Debug for PortalBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PortalBuilder")
    }
}

macro_rules! ports {
    ($($(#[$doc:meta])* $name:ident: $port:ident;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name(mut self, $name: impl $port) -> Self {
            self.$name = Some(Arc::new($name));
            self
        }
    )*};
}

impl PortalBuilder {
    ports! {
        /// Where everything transactional lives. Required.
        store: Store;
        /// Where the content of files lives. Required.
        files: Files;
        /// Hashes passwords. Required.
        passwords: Passwords;
        /// Sanitises and renders bodies. Required.
        bodies: Bodies;
        /// Tells the time. Required.
        clock: Clock;
        /// Makes identifiers. Required.
        ids: Ids;
        /// Makes secrets. Required.
        secrets: Secrets;
        /// Waits between attempts. Required.
        pacer: Pacer;
        /// Watches use-cases. Without one, nobody does.
        observer: Observer;
        /// Keeps the key of the installation. Without one, cannot seal or sign anything.
        vault: Vault;
        /// Checks the codes of authenticator apps. Without one, no code is right.
        one_time_codes: OneTimeCodes;
        /// Writes mails. Without one, none can be written.
        letters: Letters;
        /// Carries mails. Without one, nothing is sent.
        mailer: Mailer;
        /// Carries answers by the channel of a conversation. Without one, the portal and mails tell of them.
        channels: Channels;
        /// Looks up names. Without one, no domain can be proven.
        resolver: Resolver;
        /// Makes pictures anew. Without one, no picture is taken.
        images: Images;
        /// Shows mails that were kept instead of sent. Without it, no page shows any.
        captured: CapturedMails;
        /// Knows time zones. Without one, everybody is in UTC and working hours are never.
        zones: Zones;
    }

    /// How many and how large files may be. Without it, the defaults of [`FileLimits`].
    #[must_use]
    pub const fn file_limits(mut self, limits: FileLimits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// The address by which browsers reach the installation. Without it, no mail with a link can be written.
    #[must_use]
    pub fn base_url(mut self, base_url: BaseUrl) -> Self {
        self.base_url = Some(base_url);
        self
    }

    /// What the installation calls itself in mails to its staff. Without it, `Portal`.
    #[must_use]
    pub fn installation(mut self, name: impl Into<String>) -> Self {
        self.installation = Some(name.into());
        self
    }

    /// Puts the ports together.
    ///
    /// # Errors
    /// Names the first required port that is missing.
    pub fn build(self) -> Result<Portal, BuildError> {
        Ok(Portal {
            store: self.store.ok_or(BuildError("store"))?,
            files: self.files.ok_or(BuildError("files"))?,
            passwords: self.passwords.ok_or(BuildError("passwords"))?,
            bodies: self.bodies.ok_or(BuildError("bodies"))?,
            clock: self.clock.ok_or(BuildError("clock"))?,
            ids: self.ids.ok_or(BuildError("ids"))?,
            secrets: self.secrets.ok_or(BuildError("secrets"))?,
            pacer: self.pacer.ok_or(BuildError("pacer"))?,
            observer: self.observer.unwrap_or_else(|| Arc::new(NoObserver)),
            vault: self.vault.unwrap_or_else(|| Arc::new(NoVault)),
            one_time_codes: self.one_time_codes.unwrap_or_else(|| Arc::new(NoOneTimeCodes)),
            letters: self.letters.unwrap_or_else(|| Arc::new(NoLetters)),
            mailer: self.mailer.unwrap_or_else(|| Arc::new(NoMailer)),
            channels: self.channels.unwrap_or_else(|| Arc::new(NoChannels)),
            resolver: self.resolver.unwrap_or_else(|| Arc::new(NoResolver)),
            images: self.images.unwrap_or_else(|| Arc::new(NoImages)),
            zones: self.zones.unwrap_or_else(|| Arc::new(NoZones)),
            limits: self.limits.unwrap_or_default(),
            captured: self.captured,
            looks: Arc::default(),
            base_url: self.base_url,
            installation: self.installation.unwrap_or_else(|| "Portal".to_owned()),
        })
    }
}

/// Why somebody could not enter a portal, whatever they wanted there.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// Nobody is signed in.
    #[error("sign in first")]
    SignInRequired,
    /// The portal does not let them in.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Portal {
    /// Begins to put a portal together.
    #[must_use]
    pub fn builder() -> PortalBuilder {
        PortalBuilder::default()
    }

    /// How many and how large files may be.
    #[must_use]
    pub const fn file_limits(&self) -> FileLimits {
        self.limits
    }

    /// The store, for composition: jobs of the system, readiness checks, streams. Its reads are scoped, or ask for a
    /// [`Task`](crate::actor::Task).
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// The file store, for jobs of the system.
    #[must_use]
    pub fn files(&self) -> &dyn Files {
        &*self.files
    }

    /// The present instant, by this portal's clock.
    #[must_use]
    pub fn now(&self) -> crate::time::Timestamp {
        self.clock.now()
    }

    /// Loads whoever stands at the door, in this unit of work, and lets them in or not.
    pub(crate) async fn let_in(
        &self,
        tx: &mut dyn Tx,
        actor: &Actor,
        portal: PortalId,
    ) -> Result<(Entrant, Viewer), EntryError> {
        let contact = actor.contact().ok_or(EntryError::SignInRequired)?;
        let entrant = tx
            .directory()
            .entrant(portal, contact.contact)
            .await?
            .ok_or(Refusal::NoAccess)?;
        let viewer = enter(contact, &entrant)?;
        Ok((entrant, viewer))
    }
}

/// What the retry loop and the observer need to know of a use-case's error.
pub(crate) trait UseCaseError {
    /// The store's error inside, if that is what it is.
    fn store_error(&self) -> Option<&StoreError>;
    /// Whether it says that a thing is not there.
    fn is_not_found(&self) -> bool;
}

impl UseCaseError for StoreError {
    fn store_error(&self) -> Option<&StoreError> {
        Some(self)
    }

    fn is_not_found(&self) -> bool {
        false
    }
}

impl UseCaseError for EntryError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(err) => Some(err),
            Self::SignInRequired | Self::Refused(_) => None,
        }
    }

    fn is_not_found(&self) -> bool {
        false
    }
}

/// Implements [`UseCaseError`] for an error enum with the variants `Entry` and `Store`, and perhaps `NotFound`.
macro_rules! use_case_error {
    ($name:ident) => {
        use_case_error!(@ $name, _ => false);
    };
    ($name:ident, NotFound) => {
        use_case_error!(@ $name, Self::NotFound => true, _ => false);
    };
    (@ $name:ident, $($missing:tt)*) => {
        impl crate::portal::UseCaseError for $name {
            fn store_error(&self) -> Option<&crate::ports::StoreError> {
                if let Self::Entry(err) = self {
                    return crate::portal::UseCaseError::store_error(err);
                }
                if let Self::Store(err) = self { Some(err) } else { None }
            }

            fn is_not_found(&self) -> bool {
                match self { $($missing)* }
            }
        }
    };
}
pub(crate) use use_case_error;

/// How often a unit of work that met a concurrent change is tried again.
pub(crate) const RETRIES: u32 = 6;

/// Runs `$once` (an expression that makes a fresh future each time), again if a concurrent change got in the way, and
/// tells the observer how it ended.
macro_rules! attempt {
    ($portal:expr, $actor:expr, $name:literal, $once:expr) => {{
        let mut tries = 0;
        let result = loop {
            match $once.await {
                Err(err) if tries < crate::portal::RETRIES && crate::portal::is_retry(&err) => {
                    tries += 1;
                    $portal.observer.retried($name);
                    $portal.pacer.pause(crate::portal::pause(tries)).await;
                }
                result => break result,
            }
        };
        $portal.report($name, $actor, result.as_ref().err());
        result
    }};
}
pub(crate) use attempt;

pub(crate) fn is_retry(err: &impl UseCaseError) -> bool {
    err.store_error().is_some_and(|it| it.kind() == StoreErrorKind::Retry)
}

/// 4, 8, 16 … milliseconds.
pub(crate) fn pause(tries: u32) -> Duration {
    Duration::from_millis(2_u64.saturating_pow(tries + 1))
}

impl Portal {
    pub(crate) fn report(&self, use_case: &'static str, actor: &Actor, error: Option<&impl UseCaseError>) {
        let outcome = match error {
            None => Outcome::Done,
            Some(err) if err.store_error().is_some() => Outcome::Failed,
            Some(err) => {
                if err.is_not_found() {
                    self.observer.not_found(actor.contact().map(|it| it.contact));
                }
                Outcome::Refused
            }
        };
        self.observer.finished(use_case, outcome);
    }
}
