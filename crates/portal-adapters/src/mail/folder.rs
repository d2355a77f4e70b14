use std::io;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use mail_parser::{Address, Message, MessageParser};
use portal_core::mail::{CapturedLetter, CapturedMail};
use portal_core::ports::{CapturedMails, CapturedMailsError, Mailer, MailerError, OutgoingMail};
use portal_core::time::Timestamp;
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

/// A file of the folder, before it is read.
struct Kept {
    id: String,
    at: Timestamp,
}

impl FolderMailer {
    /// What is in the folder, the newest first.
    async fn kept(&self) -> io::Result<Vec<Kept>> {
        let mut entries = match fs::read_dir(&self.folder).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        let mut found = Vec::new();
        while let Some(entry) = entries.next_entry().await? {
            let name = entry.file_name();
            let Some(id) = name
                .to_str()
                .and_then(|it| it.strip_suffix(".eml"))
                .filter(|it| is_id(it))
            else {
                continue;
            };
            found.push(Kept {
                id: id.to_owned(),
                at: written(&entry.metadata().await?)?,
            });
        }
        found.sort_by(|one, other| (other.at, &other.id).cmp(&(one.at, &one.id)));
        Ok(found)
    }

    async fn letter(&self, id: &str) -> io::Result<Option<CapturedLetter>> {
        let path = self.folder.join(format!("{id}.eml"));
        let bytes = match fs::read(&path).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let at = written(&fs::metadata(&path).await?)?;
        Ok(MessageParser::default()
            .parse(&bytes)
            .map(|it| taken_apart(id, at, &it)))
    }
}

/// Names that this mailer gives to files: none of them leads out of the folder.
fn is_id(id: &str) -> bool {
    (1..=80).contains(&id.len()) && id.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
}

fn written(of: &std::fs::Metadata) -> io::Result<Timestamp> {
    let since = of.modified()?.duration_since(std::time::UNIX_EPOCH);
    let micros = since.map_or(0, |it| i64::try_from(it.as_micros()).unwrap_or(i64::MAX));
    Ok(Timestamp::from_micros(micros))
}

fn taken_apart(id: &str, at: Timestamp, message: &Message<'_>) -> CapturedLetter {
    let headers = message.headers_raw().map(|(name, value)| {
        let value: Vec<&str> = value.split_whitespace().collect();
        (name.to_owned(), value.join(" "))
    });
    CapturedLetter {
        mail: CapturedMail {
            id: id.to_owned(),
            at,
            from: shown(message.from()),
            to: shown(message.to()),
            subject: message.subject().unwrap_or_default().to_owned(),
        },
        headers: headers.collect(),
        text: message.body_text(0).unwrap_or_default().into_owned(),
        html: message.body_html(0).unwrap_or_default().into_owned(),
    }
}

/// `Jonas Brandt <jonas@fernwerk.example>`
fn shown(address: Option<&Address<'_>>) -> String {
    let Some(first) = address.and_then(Address::first) else {
        return String::new();
    };
    let address = first.address().unwrap_or_default();
    match first.name() {
        Some(name) => format!("{name} <{address}>"),
        None => address.to_owned(),
    }
}

#[async_trait]
impl CapturedMails for FolderMailer {
    async fn newest(&self, to: &str, limit: usize) -> Result<Vec<CapturedMail>, CapturedMailsError> {
        let read = async {
            let wanted = to.to_lowercase();
            let mut found = Vec::new();
            for kept in self.kept().await? {
                if found.len() >= limit {
                    break;
                }
                let letter = self.letter(&kept.id).await?;
                found.extend(
                    letter
                        .map(|it| it.mail)
                        .filter(|it| it.to.to_lowercase().contains(&wanted)),
                );
            }
            Ok(found)
        };
        read.await
            .map_err(|error: io::Error| CapturedMailsError(Box::new(error)))
    }

    async fn open(&self, id: &str) -> Result<Option<CapturedLetter>, CapturedMailsError> {
        if !is_id(id) {
            return Ok(None);
        }
        let read = self.letter(id).await;
        read.map_err(|error| CapturedMailsError(Box::new(error)))
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

    #[tokio::test]
    async fn what_was_captured_can_be_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let mailer = FolderMailer::new(folder.path().join("mails"), "support@kestrel.example".parse().unwrap());
        assert_eq!(mailer.newest("", 10).await.unwrap(), []);
        let one = OutgoingMail {
            from_name: "Kestrel Süd".to_owned(),
            ..mail()
        };
        mailer.send(&one).await.unwrap();
        let found = mailer.newest("JONAS@fernwerk", 10).await.unwrap();
        let [found] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(found.id, "0198-abc");
        assert_eq!(found.subject, "Ihr Zugang zu Kestrel Süd");
        assert_eq!(found.to, "Jonas Brandt <jonas@fernwerk.example>");
        assert_eq!(found.from, "Kestrel Süd <support@kestrel.example>");
        assert_eq!(mailer.newest("aylin", 10).await.unwrap(), []);
        let letter = mailer.open("0198-abc").await.unwrap().unwrap();
        assert!(letter.text.contains("accept?token=ptl_invite_00"));
        assert!(letter.html.contains("<p>Grüße</p>"));
        assert!(
            letter
                .headers
                .iter()
                .any(|it| it.0 == "Auto-Submitted" && it.1 == "auto-generated")
        );
        std::fs::write(folder.path().join("secret.eml"), "Subject: no\r\n\r\n").unwrap();
        for id in ["", "../secret", "..%2Fsecret", "0198-abc.eml", "nothing"] {
            assert_eq!(mailer.open(id).await.unwrap(), None, "{id}");
        }
    }
}
