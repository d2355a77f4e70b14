use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use portal_core::ports::{Mailer, MailerError, OutgoingMail};
use secrecy::{ExposeSecret, SecretString};

use super::message::{SenderAddress, message};

/// For each answer of the mail server.
const ANSWER: Duration = Duration::from_secs(20);
/// For all of one mail.
const ALL: Duration = Duration::from_secs(45);

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpTls {
    /// It begins in the clear and must change to TLS (RFC 3207) before anything else is said.
    StartTls,
    /// TLS from the first byte (RFC 8314 §3.3).
    Implicit,
    /// None: for a mail server on the same machine.
    None,
}

/// Which mail server, and as whom.
#[derive(Clone, Debug)]
pub struct SmtpConfig {
    /// Its name, which its certificate must have.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: SmtpTls,
    /// User and password, if it wants them.
    pub credentials: Option<(String, SecretString)>,
    /// PEM certificates that are believed beside the system's, for a mail server with a certificate of one's own.
    pub extra_roots: Option<Vec<u8>>,
    /// The name this machine says it has; its host name if `None`.
    pub hello: Option<String>,
    /// In whose name mails are sent that have no sender of their own.
    pub sender: SenderAddress,
}

/// The mail server cannot be used as configured.
#[derive(Debug, thiserror::Error)]
#[error("the settings of the mail server cannot be used")]
pub struct SmtpSetUpError(#[source] lettre::transport::smtp::Error);

/// Hands mails to a mail server by SMTP (RFC 5321).
#[derive(Clone)]
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: SenderAddress,
}

impl fmt::Debug for SmtpMailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmtpMailer")
    }
}

impl SmtpMailer {
    /// Prepares; nothing is connected yet.
    ///
    /// # Errors
    /// If a certificate cannot be read.
    pub fn new(config: SmtpConfig) -> Result<Self, SmtpSetUpError> {
        let tls = match config.tls {
            SmtpTls::None => Tls::None,
            SmtpTls::StartTls => Tls::Required(parameters(&config)?),
            SmtpTls::Implicit => Tls::Wrapper(parameters(&config)?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
            .port(config.port)
            .tls(tls)
            .timeout(Some(ANSWER));
        if let Some(name) = config.hello {
            builder = builder.hello_name(ClientId::Domain(name));
        }
        if let Some((user, password)) = config.credentials {
            builder = builder.credentials(Credentials::new(user, password.expose_secret().to_owned()));
        }
        Ok(Self {
            transport: builder.build(),
            sender: config.sender,
        })
    }
}

fn parameters(config: &SmtpConfig) -> Result<TlsParameters, SmtpSetUpError> {
    let mut builder = TlsParameters::builder(config.host.clone());
    if let Some(pem) = &config.extra_roots {
        builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(SmtpSetUpError)?);
    }
    builder.build_rustls().map_err(SmtpSetUpError)
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailerError> {
        let message = message(mail, &self.sender)?;
        let sent = tokio::time::timeout(ALL, self.transport.send(message)).await;
        match sent {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) if is_about_this_mail(&error) => Err(MailerError::Refused(said(&error))),
            Ok(Err(error)) => Err(MailerError::Unavailable(Box::new(error))),
            Err(late) => Err(MailerError::Unavailable(Box::new(late))),
        }
    }
}

/// Whether trying again makes no sense. Refusals of us (530, 534, 535, 538: RFC 4954 §6) are no reason to give a mail up:
/// somebody mends the password, and all of them go out.
fn is_about_this_mail(error: &lettre::transport::smtp::Error) -> bool {
    let code = error.status().map(u16::from);
    error.is_permanent() && !matches!(code, Some(530 | 534 | 535 | 538))
}

fn said(error: &lettre::transport::smtp::Error) -> String {
    let text = error.to_string();
    text.chars().filter(|it| !it.is_control()).take(300).collect()
}
