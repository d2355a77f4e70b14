//! Carrying mails: over SMTP, or into a folder.

mod folder;
mod message;
#[cfg(feature = "smtp")]
mod smtp;

pub use folder::FolderMailer;
pub use message::{SenderAddress, SenderAddressError};
#[cfg(feature = "smtp")]
pub use smtp::{SmtpConfig, SmtpMailer, SmtpSetUpError, SmtpTls};
