//! The only place that names adapters: which store, which files, which clock.

use std::sync::Arc;
use std::time::Duration;

use portal_adapters::bodies::SanitisedBodies;
use portal_adapters::channels::{ChannelProgram, ProgramChannels};
use portal_adapters::files::LocalFiles;
use portal_adapters::images::RemadeImages;
use portal_adapters::mail::{FolderMailer, SenderAddress};
#[cfg(feature = "smtp")]
use portal_adapters::mail::{SmtpConfig, SmtpMailer, SmtpTls};
use portal_adapters::observer::TracingObserver;
use portal_adapters::one_time_codes::Totp;
use portal_adapters::pacer::TokioPacer;
use portal_adapters::passwords::Argon2idPasswords;
use portal_adapters::resolver::SystemResolver;
use portal_adapters::sea::{SeaConfig, SeaStore};
use portal_adapters::system::{OsSecrets, SystemClock, UuidV7Ids};
use portal_adapters::vault::KeyFileVault;
use portal_adapters::zones::IanaZones;
use portal_core::import::ImportPorts;
use portal_core::mail::BaseUrl;
use portal_core::ports::{Clock, Ids, Passwords, Store};
use portal_core::time::Timestamp;
use portal_core::{Portal, PortalBuilder};
use portal_mail::FluentLetters;
use secrecy::ExposeSecret;

#[cfg(feature = "smtp")]
use crate::config::MailTls;
use crate::config::{Config, ConfigError, MailTransport};
use crate::failure::Failure;

/// Everything that is put together once.
#[derive(Clone, Debug)]
pub struct Wired {
    /// All use-cases.
    pub portal: Portal,
    store: SeaStore,
    files: LocalFiles,
    passwords: Argon2idPasswords,
    vault: KeyFileVault,
    ids: UuidV7Ids,
}

/// Opens the store and the files that the configuration names.
///
/// # Errors
/// If one of them cannot be opened.
pub async fn open(config: &Config) -> Result<Wired, Failure> {
    let store = SeaStore::connect(&sea(config)).await?;
    let files = LocalFiles::open(config.data_dir.join("files"))
        .await
        .map_err(|source| Failure::Folder {
            path: config.data_dir.clone(),
            source,
        })?;
    let vault = KeyFileVault::open(&config.data_dir.join("vault.key")).map_err(|source| Failure::Folder {
        path: config.data_dir.join("vault.key"),
        source,
    })?;
    let passwords = Argon2idPasswords::new()?;
    let ids = UuidV7Ids::default();
    let base_url: BaseUrl = config
        .effective_base_url()
        .parse()
        .map_err(|error: portal_core::mail::BaseUrlError| ConfigError::one("base_url", error.to_string()))?;
    let builder = mailer(Portal::builder(), config, &base_url)?;
    let portal = builder
        .letters(FluentLetters::new()?)
        .base_url(base_url)
        .store(store.clone())
        .files(files.clone())
        .passwords(passwords.clone())
        .bodies(SanitisedBodies)
        .clock(SystemClock)
        .ids(ids.clone())
        .secrets(OsSecrets)
        .pacer(TokioPacer)
        .observer(TracingObserver::default())
        .images(RemadeImages::default())
        .resolver(SystemResolver)
        .zones(IanaZones)
        .vault(vault.clone())
        .one_time_codes(Totp)
        .channels(channels(config))
        .file_limits(config.file_limits())
        .build()?;
    Ok(Wired {
        portal,
        store,
        files,
        passwords,
        vault,
        ids,
    })
}

/// The programs by which answers leave.
fn channels(config: &Config) -> ProgramChannels {
    let all = config.channels.all().into_iter();
    let programs = all.filter(|(_, it)| !it.program.as_os_str().is_empty());
    let programs = programs.map(|(channel, it)| {
        let program = ChannelProgram {
            program: it.program.clone(),
            args: it.args.clone(),
            timeout: Duration::from_secs(it.timeout_seconds),
        };
        (channel, program)
    });
    ProgramChannels::new(programs.collect())
}

/// Gives the builder whoever carries mails, if they are to get out.
fn mailer(builder: PortalBuilder, config: &Config, base_url: &BaseUrl) -> Result<PortalBuilder, Failure> {
    let mail = &config.mail;
    let wrong = |error: &dyn std::fmt::Display| ConfigError::one("mail.from", error.to_string());
    // An address that can never be one of somebody (RFC 6761 §6.4), where it does not matter.
    let from = if mail.from.is_empty() {
        format!("portal@{}.invalid", base_url.mail_domain().replace('.', "-"))
    } else {
        mail.from.clone()
    };
    let sender: SenderAddress = from.parse().map_err(|error| wrong(&error))?;
    Ok(match mail.transport {
        MailTransport::Off => builder,
        MailTransport::Folder => {
            let folder = FolderMailer::new(config.mail_folder(), sender);
            builder.captured(folder.clone()).mailer(folder)
        }
        #[cfg(feature = "smtp")]
        MailTransport::Smtp => builder.mailer(SmtpMailer::new(smtp(config, sender)?)?),
        #[cfg(not(feature = "smtp"))]
        MailTransport::Smtp => builder,
    })
}

#[cfg(feature = "smtp")]
fn smtp(config: &Config, sender: SenderAddress) -> Result<SmtpConfig, Failure> {
    let mail = &config.mail;
    let extra_roots = if mail.ca_file.as_os_str().is_empty() {
        None
    } else {
        let read = std::fs::read(&mail.ca_file);
        Some(read.map_err(|error| ConfigError::one("mail.ca_file", format!("the file cannot be read: {error}")))?)
    };
    Ok(SmtpConfig {
        host: mail.host.clone(),
        port: mail.port,
        tls: match mail.tls {
            MailTls::StartTls => SmtpTls::StartTls,
            MailTls::Implicit => SmtpTls::Implicit,
            MailTls::None => SmtpTls::None,
        },
        credentials: mail.password.clone().map(|it| (mail.user.clone(), it)),
        extra_roots,
        hello: None,
        sender,
    })
}

fn sea(config: &Config) -> SeaConfig {
    match &config.database.url {
        None => SeaConfig::Sqlite {
            folder: config.data_dir.clone(),
            readers: config.database.max_connections.saturating_sub(1).max(1),
        },
        Some(url) => SeaConfig::Postgres {
            url: url.expose_secret().into(),
            connections: config.database.max_connections,
            statement_timeout: config.statement_timeout(),
        },
    }
}

impl Wired {
    /// Brings the schema up to date and says what was done.
    ///
    /// # Errors
    /// If a migration fails.
    pub async fn migrate(&self) -> Result<Vec<String>, Failure> {
        let pending = self.pending_migrations().await?;
        if !pending.is_empty() {
            self.store.migrate().await?;
        }
        Ok(pending)
    }

    /// The migrations that are still to be done.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn pending_migrations(&self) -> Result<Vec<String>, Failure> {
        Ok(self.store.pending_migrations().await?)
    }

    /// What the import and the demo need.
    #[must_use]
    pub fn import_ports(&self) -> ImportPorts {
        ImportPorts {
            store: Arc::new(self.store.clone()),
            files: Arc::new(self.files.clone()),
            bodies: Arc::new(SanitisedBodies),
            clock: Arc::new(SystemClock),
            ids: Arc::new(self.ids.clone()),
            secrets: Arc::new(OsSecrets),
            pacer: Arc::new(TokioPacer),
        }
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        &self.store
    }

    /// The key of the installation.
    #[must_use]
    pub fn vault(&self) -> &dyn portal_core::ports::Vault {
        &self.vault
    }

    /// Hashes passwords.
    #[must_use]
    pub fn passwords(&self) -> &dyn Passwords {
        &self.passwords
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        SystemClock.now()
    }

    /// A new identifier.
    #[must_use]
    pub fn new_id(&self) -> portal_core::id::Uuid {
        self.ids.next(self.now())
    }

    /// Removes what crashed uploads left before an instant.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub async fn sweep_unfinished_files(&self, before: Timestamp) -> std::io::Result<u64> {
        self.files.sweep_unfinished(before).await
    }

    /// Ends all connections in good order.
    ///
    /// # Errors
    /// If one could not be.
    pub async fn close(self) -> Result<(), Failure> {
        let Self { store, portal, .. } = self;
        drop(portal);
        Ok(store.close().await?)
    }
}
