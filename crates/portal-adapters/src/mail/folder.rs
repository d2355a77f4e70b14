use std::io;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use portal_core::ports::{Mailer, MailerError, OutgoingMail};
use tokio::fs;
use tokio::io::AsyncWriteExt;

use super::message::{SenderAddress, message};

/// Writes each mail into a folder, as a file `….eml` that mail programs open: for development, demos, and servers that have
/// no mail server yet. The same mail is the same file, however often it is sent.
#[derive(Clone, Debug)]
pub struct FolderMailer {
    folder: PathBuf,
    sender: SenderAddress,
}

impl FolderMailer {
    /// Writes into this folder, which is made if it is not there.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>, sender: SenderAddress) -> Self {
        Self {
            folder: folder.into(),
            sender,
        }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    async fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        // Mails carry links that let people in.
        #[cfg(unix)]
        builder.mode(0o700);
        builder.create(&self.folder).await?;
        let unfinished = self.folder.join(format!(".{name}"));
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        options.mode(0o600);
        let mut file = options.open(&unfinished).await?;
        file.write_all(bytes).await?;
        file.sync_all().await?;
        fs::rename(&unfinished, self.folder.join(name)).await?;
        #[cfg(unix)]
        fs::File::open(&self.folder).await?.sync_all().await?;
        Ok(())
    }
}

#[async_trait]
impl Mailer for FolderMailer {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailerError> {
        let message = message(mail, &self.sender)?;
        let stem: String = mail
            .message_id
            .chars()
            .take_while(|it| *it != '@')
            .filter(|it| it.is_ascii_alphanumeric() || *it == '-')
            .take(80)
            .collect();
        self.write(&format!("{stem}.eml"), &message.formatted())
            .await
            .map_err(|error| MailerError::Unavailable(Box::new(error)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::message::tests::mail;

    #[tokio::test]
    async fn the_same_mail_is_the_same_file() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("mails");
        let mailer = FolderMailer::new(&place, "support@kestrel.example".parse().unwrap());
        for _ in 0..2 {
            mailer.send(&mail()).await.unwrap();
        }
        let files: Vec<_> = std::fs::read_dir(&place)
            .unwrap()
            .map(|it| it.unwrap().file_name())
            .collect();
        assert_eq!(files, ["0198-abc.eml"]);
        let text = std::fs::read_to_string(place.join("0198-abc.eml")).unwrap();
        assert!(text.contains("\r\nAuto-Submitted: auto-generated\r\n"));
    }
}
