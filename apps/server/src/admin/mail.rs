//! `portal mail`: whether mails get out.

use portal_core::text::{EmailAddress, Locale};

use crate::config::{Config, MailTransport};
use crate::failure::Failure;
use crate::output::say;
use crate::wiring::Wired;

/// What to do about mails.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum MailCommand {
    /// Send a test mail at once, and say what the mail server answers
    #[command(after_help = "Example:\n  portal mail test ada@example.com")]
    Test {
        /// To whom
        address: EmailAddress,
        /// In which language
        #[arg(long, default_value = "en")]
        language: Locale,
    },
}

/// Does it.
///
/// # Errors
/// If the mail did not get out.
pub async fn run(wired: &Wired, config: &Config, command: &MailCommand) -> Result<(), Failure> {
    let MailCommand::Test { address, language } = command;
    wired.portal.try_mailer(address, language).await?;
    say(&match config.mail.transport {
        MailTransport::Folder => format!("written to {}", config.mail_folder().display()),
        MailTransport::Smtp | MailTransport::Off => format!("{} took the mail", config.mail.host),
    });
    Ok(())
}
