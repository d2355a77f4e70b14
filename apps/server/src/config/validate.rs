use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use portal_core::settings::Host;
use portal_core::text::EmailAddress;
use portal_core::ticket::FileLimits;
use portal_web::{Network, OperatorLink, RateLimits, Scheme, WebConfig};
use secrecy::ExposeSecret;
use tracing_subscriber::filter::LevelFilter;

use super::error::{ConfigError, Fault};
use super::{Config, MailTls, MailTransport};

const MIB: u64 = 1024 * 1024;

pub(super) fn check(config: &Config, warnings: &mut Vec<String>) -> Result<(), ConfigError> {
    let mut faults = Vec::new();
    let mut fault = |place: &str, what: String| {
        faults.push(Fault {
            place: place.to_owned(),
            what,
        });
    };
    match WebConfig::for_base_url(&config.effective_base_url()) {
        Err(error) => fault("base_url", error.to_string()),
        Ok(web) if web.scheme == Scheme::Http && !web.hosts.iter().all(is_loopback) => {
            if config.insecure_http {
                warnings.push("plain http beyond this machine: passwords and sessions travel in the clear".to_owned());
            } else if config.base_url.is_empty() {
                fault(
                    "base_url",
                    format!(
                        "the server listens on {}; write the address browsers use, like `base_url = \"https://help.example.com\"`",
                        config.listen
                    ),
                );
            } else {
                fault("base_url", "plain http on a host other than this machine; put a proxy with TLS in front and write `https://…`, or set `insecure_http = true`".to_owned());
            }
        }
        Ok(_) => {}
    }
    for network in &config.trusted_proxies {
        if let Err(error) = network.parse::<Network>() {
            fault("trusted_proxies", error.to_string());
        }
    }
    for link in &config.operator.links {
        let fine = ["https://", "http://", "mailto:"]
            .iter()
            .any(|it| link.href.starts_with(it));
        if !fine || link.label.trim().is_empty() {
            fault(
                "operator.links",
                format!(
                    "`{}` needs a label, and an address that begins with https://, http:// or mailto:",
                    link.href
                ),
            );
        }
    }
    if let Some(url) = &config.database.url {
        let url = url.expose_secret();
        if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
            fault("database.url", "this is no address like `postgres://user:password@host/database`; for SQLite leave it out and set `data_dir`".to_owned());
        }
    }
    check_mail(config, &mut fault);
    let numbers = [
        (
            "database.max_connections",
            u64::from(config.database.max_connections),
            2,
            1_000,
        ),
        (
            "database.statement_timeout_seconds",
            config.database.statement_timeout_seconds,
            1,
            3_600,
        ),
        ("files.max_mib", config.files.max_mib, 1, 1_024),
        (
            "files.max_message_mib",
            config.files.max_message_mib,
            config.files.max_mib,
            4_096,
        ),
        ("files.max_per_message", config.files.max_per_message as u64, 1, 100),
        ("limits.connections", config.limits.connections as u64, 16, 100_000),
        ("limits.header_seconds", config.limits.header_seconds, 1, 300),
        ("limits.drain_seconds", config.limits.drain_seconds, 0, 300),
    ];
    for (key, value, least, most) in numbers {
        if !(least..=most).contains(&value) {
            fault(key, format!("`{value}` is not within {least} and {most}"));
        }
    }
    for (channel, it) in config.channels.all() {
        let name = channel.name();
        if !(1..=60).contains(&it.timeout_seconds) {
            let key = format!("channels.{name}.timeout_seconds");
            fault(&key, format!("`{}` is not within 1 and 60", it.timeout_seconds));
        }
        if !it.program.as_os_str().is_empty() && !it.program.is_file() {
            let key = format!("channels.{name}.program");
            fault(&key, format!("there is no file `{}`", it.program.display()));
        }
    }
    for part in config.log.level.split(',').map(str::trim) {
        // A lone word that is no level would be taken for a module, and nothing else would be logged.
        let level = part.split_once('=').map_or(part, |it| it.1);
        if level.parse::<LevelFilter>().is_err() {
            fault(
                "log.level",
                format!("`{part}` is no level like `info`, and no module with a level like `portal=debug`"),
            );
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(ConfigError(faults))
    }
}

fn check_mail(config: &Config, fault: &mut impl FnMut(&str, String)) {
    let mail = &config.mail;
    if !mail.from.is_empty()
        && let Err(error) = mail.from.parse::<EmailAddress>()
    {
        fault("mail.from", error.to_string());
    }
    if mail.user.is_empty() != mail.password.is_none() {
        fault("mail.user", "`mail.user` and `mail.password` go together".to_owned());
    }
    if mail.transport != MailTransport::Smtp {
        return;
    }
    if cfg!(not(feature = "smtp")) {
        fault("mail.transport", "this program was built without `smtp`".to_owned());
    }
    if mail.from.is_empty() {
        fault(
            "mail.from",
            "write the sender's address, like `mail.from = \"support@example.com\"`".to_owned(),
        );
    }
    if mail.port == 0 {
        fault("mail.port", "`0` is no port".to_owned());
    }
    match mail.host.parse::<Host>() {
        Ok(host) if mail.tls == MailTls::None && !is_loopback(&host) => fault(
            "mail.tls",
            "a mail server on another machine needs `starttls` or `implicit`: mails have links that let people in"
                .to_owned(),
        ),
        Ok(_) => {}
        Err(_) => fault(
            "mail.host",
            "write the name of the mail server, like `mail.host = \"smtp.example.com\"`".to_owned(),
        ),
    }
}

fn is_loopback(host: &Host) -> bool {
    let text = host.as_str();
    let name = match text.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => name,
        _ => text,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name == "localhost" || name.ends_with(".localhost") || address.is_ok_and(|it| it.is_loopback())
}

impl Config {
    /// The address by which browsers reach the server.
    #[must_use]
    pub fn effective_base_url(&self) -> String {
        if self.base_url.is_empty() {
            format!("http://{}", self.listen)
        } else {
            self.base_url.clone()
        }
    }

    /// The folder that mails are written to.
    #[must_use]
    pub fn mail_folder(&self) -> PathBuf {
        if self.mail.folder.as_os_str().is_empty() {
            self.data_dir.join("mails")
        } else {
            self.mail.folder.clone()
        }
    }

    /// The limits of files in bytes.
    #[must_use]
    pub const fn file_limits(&self) -> FileLimits {
        FileLimits {
            each: self.files.max_mib * MIB,
            sum: self.files.max_message_mib * MIB,
            count: self.files.max_per_message,
        }
    }

    /// After how long a statement is given up.
    #[must_use]
    pub const fn statement_timeout(&self) -> Duration {
        Duration::from_secs(self.database.statement_timeout_seconds)
    }

    /// What the pages need to know, for portals on these hosts.
    ///
    /// # Errors
    /// If the base URL or a proxy is not one; checked when the configuration was loaded.
    pub fn web(&self, hosts: impl IntoIterator<Item = Host>) -> Result<WebConfig, ConfigError> {
        let mut web = WebConfig::for_base_url(&self.effective_base_url())
            .map_err(|it| ConfigError::one("base_url", it.to_string()))?;
        web.hosts.extend(hosts);
        for network in &self.trusted_proxies {
            web.trusted_proxies.push(
                network
                    .parse()
                    .map_err(|it: portal_web::NetworkError| ConfigError::one("trusted_proxies", it.to_string()))?,
            );
        }
        web.operator.clone_from(&self.operator.name);
        web.sign_in_help.clone_from(&self.operator.sign_in_help);
        web.links = self
            .operator
            .links
            .iter()
            .map(|it| OperatorLink {
                label: it.label.clone(),
                href: it.href.clone(),
            })
            .collect();
        if !self.limits.rates {
            web.rates = RateLimits::unlimited();
        }
        Ok(web)
    }
}
