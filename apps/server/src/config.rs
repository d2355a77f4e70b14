//! The configuration of one installation: built-in defaults < TOML files < environment.
//!
//! Every key stands in [`KEYS`] with its meaning; the reference in `docs/generated` is printed from it. Portals, their
//! addresses and policies are no configuration: they live in the database.

mod error;
mod keys;
mod load;
mod print;
mod reference;
mod secrets;
#[cfg(test)]
mod tests;
mod validate;

use std::net::SocketAddr;
use std::path::PathBuf;

use portal_core::ticket::Source;
use secrecy::SecretString;
use serde::Deserialize;

pub use error::{ConfigError, Fault};
pub use keys::{KEYS, Key, Kind};
pub use load::{Loaded, Sources, load};
pub use reference::reference;

/// The effective configuration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where everything is kept that is not in another database.
    pub data_dir: PathBuf,
    /// The address the server listens on.
    pub listen: SocketAddr,
    /// The address by which browsers reach it; empty for `http://` and the listening address.
    pub base_url: String,
    /// Whether plain http beyond this machine is meant.
    pub insecure_http: bool,
    /// Proxies whose word about the sender is believed.
    pub trusted_proxies: Vec<String>,
    /// The foot of every page, and help for signing in.
    pub operator: OperatorConfig,
    /// The database.
    pub database: DatabaseConfig,
    /// How many and how large files may be.
    pub files: FilesConfig,
    /// How mails get out.
    pub mail: MailConfig,
    /// By which programs answers leave.
    pub channels: ChannelsConfig,
    /// The log.
    pub log: LogConfig,
    /// What the server puts up with.
    pub limits: LimitsConfig,
}

/// Who runs the installation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatorConfig {
    /// The name at the foot of every page.
    pub name: String,
    /// How to get access, shown on the sign-in page.
    pub sign_in_help: String,
    /// Links at the foot of every page.
    pub links: Vec<LinkConfig>,
}

/// A link at the foot of every page.
#[derive(Clone, Debug, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct LinkConfig {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// Where everything transactional is kept.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// The address of a PostgreSQL database; without one, SQLite in the data folder.
    pub url: Option<SecretString>,
    /// A file with that address.
    pub url_file: PathBuf,
    /// The most connections.
    pub max_connections: u32,
    /// After how many seconds a statement is given up.
    pub statement_timeout_seconds: u64,
}

/// How many and how large files may be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilesConfig {
    /// Mebibytes of one file.
    pub max_mib: u64,
    /// Mebibytes of all files of a message.
    pub max_message_mib: u64,
    /// Files of a message.
    pub max_per_message: usize,
}

/// How mails get out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// By which way.
    pub transport: MailTransport,
    /// The folder of the way `folder`; empty for `mails` in the data folder.
    pub folder: PathBuf,
    /// The sender's address.
    pub from: String,
    /// The mail server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection to it is protected.
    pub tls: MailTls,
    /// Certificates that are believed beside the system's.
    pub ca_file: PathBuf,
    /// As whom.
    pub user: String,
    /// With which password.
    pub password: Option<SecretString>,
    /// A file with that password.
    pub password_file: PathBuf,
}

/// By which programs answers leave, by channel.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelsConfig {
    /// Team e-mail.
    pub email: ChannelConfig,
    /// A web form.
    pub form: ChannelConfig,
    /// Live chat.
    pub chat: ChannelConfig,
    /// Facebook Messenger.
    pub messenger: ChannelConfig,
    /// Any other.
    pub other: ChannelConfig,
}

impl ChannelsConfig {
    /// All of them, with what the core calls them.
    #[must_use]
    pub fn all(&self) -> [(Source, &ChannelConfig); 5] {
        [
            (Source::Email, &self.email),
            (Source::Form, &self.form),
            (Source::Chat, &self.chat),
            (Source::Messenger, &self.messenger),
            (Source::Other, &self.other),
        ]
    }
}

/// The program of one channel.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelConfig {
    /// Which one; empty for none.
    pub program: PathBuf,
    /// What it is started with.
    pub args: Vec<String>,
    /// After how many seconds it is ended.
    pub timeout_seconds: u64,
}

/// By which way mails get out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTransport {
    /// To a mail server.
    Smtp,
    /// Into a folder.
    Folder,
    /// Not at all: they wait.
    Off,
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    /// It must change to TLS.
    StartTls,
    /// TLS from the first byte.
    Implicit,
    /// Not at all.
    None,
}

/// The log.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogConfig {
    /// How it is written.
    pub format: LogFormat,
    /// What is written.
    pub level: String,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people on a terminal, as JSON elsewhere.
    Auto,
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

/// What the server puts up with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsConfig {
    /// The most connections at a time.
    pub connections: usize,
    /// How many seconds a client may take to send the head of a request.
    pub header_seconds: u64,
    /// How many seconds requests may take to end when the server stops.
    pub drain_seconds: u64,
    /// Whether requests are counted and limited.
    pub rates: bool,
}
