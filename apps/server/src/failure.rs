//! Why a command did not do what it was asked.

use std::io;
use std::path::PathBuf;

use portal_core::ports::{PasswordsError, StoreError, StoreErrorKind};

use crate::config::ConfigError;

/// Why a command did not do what it was asked. Its text says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The store failed.
    #[error("{}", store_advice(.0.kind()))]
    Store(#[from] StoreError),
    /// The data folder cannot be used.
    #[error("the folder `{}` cannot be used", .path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The server cannot listen.
    #[error("cannot listen on {address}; is another server running there? Choose another port with `listen`")]
    Listen {
        /// Where.
        address: std::net::SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The schema is older than the program.
    #[error("the database is not up to date; run: portal migrate")]
    NotMigrated,
    /// Something in the command does not fit.
    #[error("{0}")]
    Wrong(String),
    /// Hashing or randomness failed.
    #[error(transparent)]
    Passwords(#[from] PasswordsError),
    /// Settings of the hasher.
    #[error(transparent)]
    Hasher(#[from] portal_adapters::passwords::SettingsError),
    /// A port is missing.
    #[error(transparent)]
    Build(#[from] portal_core::BuildError),
    /// The pages are broken.
    #[error("the pages could not be put together")]
    Pages(#[from] portal_web::RenderError),
    /// The texts of mails are broken.
    #[error("the mails could not be put together")]
    Letters(#[from] portal_mail::TextsError),
    /// The mail server cannot be used.
    #[cfg(feature = "smtp")]
    #[error(transparent)]
    MailServer(#[from] portal_adapters::mail::SmtpSetUpError),
    /// A mail did not get out.
    #[error(transparent)]
    Mail(#[from] portal_core::mail::TryMailerError),
    /// The demo could not be filled.
    #[error("the demo could not be filled")]
    Demo(#[from] crate::demo::DemoError),
    /// The import failed.
    #[error(transparent)]
    Import(#[from] crate::import::ImportFailure),
    /// The log could not be started.
    #[error("the log could not be started")]
    Log(#[from] tracing_subscriber::util::TryInitError),
    /// No token was made.
    #[error(transparent)]
    Token(#[from] portal_core::membership::ApiTokenError),
    /// No token for a program was made.
    #[error(transparent)]
    Program(#[from] portal_core::programs::ProgramTokenError),
    /// The set-up link could not be made.
    #[error(transparent)]
    SetUp(#[from] portal_core::staff::StaffLinkError),
    /// The terminal or a file failed.
    #[error("input or output failed")]
    Io(#[from] io::Error),
}

/// What to say of a failure of the store.
pub(crate) fn told(err: &StoreError) -> String {
    store_advice(err.kind()).to_owned()
}

const fn store_advice(kind: StoreErrorKind) -> &'static str {
    match kind {
        StoreErrorKind::Conflict => "there is one like this already",
        StoreErrorKind::Retry => "somebody else was at it at the same moment; try again",
        StoreErrorKind::Corrupt => "the database holds something that makes no sense",
        StoreErrorKind::Unavailable => "the database cannot be used",
    }
}

impl Failure {
    /// A command that does not fit what is there.
    pub fn wrong(what: impl Into<String>) -> Self {
        Self::Wrong(what.into())
    }
}
