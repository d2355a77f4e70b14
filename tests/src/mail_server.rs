//! A real mail server (Postfix) of the test's own: on a free port of the loopback interface, with its own queue, delivering
//! everything into one Maildir. And the same view of the folder that a server without mail server writes to.
//!
//! It needs to be root, as every Postfix does: it gives its rights away itself.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;

use crate::process::Process;
use crate::wait;

/// A mail as it arrived.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Everything, as it came.
    pub raw: String,
}

impl Arrived {
    fn read(file: &Path) -> Result<Self> {
        let raw = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(Self {
            raw: raw.replace("\r\n", "\n"),
        })
    }

    fn head(&self) -> &str {
        self.raw.split_once("\n\n").map_or(self.raw.as_str(), |it| it.0)
    }

    /// The value of a header, unfolded, as it stands there.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        let unfolded = self.head().replace("\n ", " ").replace("\n\t", " ");
        unfolded.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }

    /// The plain text, decoded.
    #[must_use]
    pub fn text(&self) -> String {
        self.part("text/plain")
    }

    /// The HTML, decoded.
    #[must_use]
    pub fn html(&self) -> String {
        self.part("text/html")
    }

    /// The first address in the plain text that contains this.
    #[must_use]
    pub fn link(&self, containing: &str) -> Option<String> {
        let text = self.text();
        let mut lines = text.lines().map(str::trim);
        lines
            .find(|it| it.starts_with("http") && it.contains(containing))
            .map(str::to_owned)
    }

    /// The first line of the plain text that is six digits.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        let text = self.text();
        let mut lines = text.lines().map(str::trim);
        lines
            .find(|it| it.len() == 6 && it.bytes().all(|b| b.is_ascii_digit()))
            .map(str::to_owned)
    }

    fn part(&self, kind: &str) -> String {
        let content = self.header("content-type").unwrap_or_default();
        let Some(boundary) = content.split("boundary=\"").nth(1).and_then(|it| it.split('"').next()) else {
            return String::new();
        };
        let mark = format!("--{boundary}");
        let mut parts = self
            .raw
            .split(&mark)
            .filter_map(|it| it.trim_start().split_once("\n\n"));
        let found = parts.find(|(head, _)| head.to_lowercase().contains(&format!("content-type: {kind}")));
        let Some((head, body)) = found else {
            return String::new();
        };
        let head = head.to_lowercase();
        if head.contains("quoted-printable") {
            unquoted(body)
        } else if head.contains("base64") {
            let compact: String = body.split_whitespace().collect();
            let bytes = base64::engine::general_purpose::STANDARD
                .decode(compact)
                .unwrap_or_default();
            String::from_utf8_lossy(&bytes).replace("\r\n", "\n")
        } else {
            body.to_owned()
        }
    }
}

/// Quoted-printable (RFC 2045 §6.7) as text.
fn unquoted(body: &str) -> String {
    let joined = body.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = (*first == b'=')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|it| std::str::from_utf8(it).ok())
            .and_then(|it| u8::from_str_radix(it, 16).ok());
        if let Some(code) = code {
            bytes.push(code);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// All mails in a folder, oldest first.
fn all_in(folder: &Path, extension: &str) -> Result<Vec<Arrived>> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let mut files: Vec<(std::time::SystemTime, PathBuf)> = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && name.ends_with(extension) {
            files.push((entry.metadata()?.modified()?, entry.path()));
        }
    }
    files.sort();
    files.iter().map(|it| Arrived::read(&it.1)).collect()
}

fn is_to(mail: &Arrived, address: &str) -> bool {
    mail.header("to").is_some_and(|it| it.contains(address))
}

/// Where mails arrive, whoever brings them.
#[derive(Clone, Debug)]
pub struct Mailbox {
    folder: PathBuf,
    extension: &'static str,
}

impl Mailbox {
    /// The folder that a server of this data folder writes mails to, as it does without any configuration.
    #[must_use]
    pub fn of_data(data: &Path) -> Self {
        Self {
            folder: data.join("mails"),
            extension: ".eml",
        }
    }

    /// All mails, oldest first.
    pub fn all(&self) -> Result<Vec<Arrived>> {
        all_in(&self.folder, self.extension)
    }

    /// All mails to an address, oldest first.
    pub fn to(&self, address: &str) -> Result<Vec<Arrived>> {
        let mut mails = self.all()?;
        mails.retain(|it| is_to(it, address));
        Ok(mails)
    }

    /// Waits until an address has this many mails; the last one.
    pub async fn wait_for(&self, address: &str, count: usize) -> Result<Arrived> {
        wait::until(&format!("mail {count} to {address}"), || async {
            let mails = self.to(address)?;
            Ok((mails.len() >= count).then(|| mails.last().cloned()).flatten())
        })
        .await
    }
}

/// The mail server.
#[derive(Debug)]
pub struct MailServer {
    folder: TempDir,
    server: Process,
    /// Its port.
    pub port: u16,
}

/// Nobody has this address: refused for good (550).
pub const NOBODY: &str = "nobody@box.example";
/// This address can never be reached now (451).
pub const LATER: &str = "later@box.example";

const SERVICES: &str = "\
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
";

impl MailServer {
    /// Starts one.
    pub async fn start() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("portal-mail-").tempdir()?;
        let root = folder.path();
        std::fs::set_permissions(root, std::fs::Permissions::from_mode(0o755))?;
        for name in ["etc", "queue", "data", "mail"] {
            std::fs::create_dir(root.join(name))?;
        }
        for (user, name) in [("postfix", "data"), ("nobody", "mail")] {
            let done = Command::new("chown").arg(user).arg(root.join(name)).status().await?;
            ensure!(
                done.success(),
                "the mail server needs root and Debian's package `postfix`"
            );
        }
        let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
        let at = root.display();
        let main = format!(
            "compatibility_level = 3.6
queue_directory = {at}/queue
data_directory = {at}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = /dev/stdout
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.box.example
mydestination =
alias_maps =
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = static:all
virtual_mailbox_base = {at}/mail
virtual_mailbox_maps = static:box/
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_minimum_uid = 1
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = check_recipient_access inline:{{{{{NOBODY}=550 nobody of that name lives here}},{{{LATER}=451 come back later}}}}, permit_mynetworks, reject
"
        );
        std::fs::write(root.join("etc/main.cf"), main)?;
        std::fs::write(
            root.join("etc/master.cf"),
            format!("127.0.0.1:{port} inet n - n - - smtpd\n{SERVICES}"),
        )?;
        // Makes the folders of the queue.
        let checked = Command::new("/usr/sbin/postfix")
            .arg("-c")
            .arg(root.join("etc"))
            .arg("check")
            .output()
            .await?;
        ensure!(
            checked.status.success(),
            "the mail server cannot be set up: {}",
            String::from_utf8_lossy(&checked.stderr)
        );
        // The master itself, in the foreground and in our process group: it goes when the test goes.
        let mut server = Process::start(
            Command::new("/usr/lib/postfix/sbin/master")
                .arg("-c")
                .arg(root.join("etc"))
                .arg("-d"),
        )?;
        wait::until_true("the mail server", || {
            let ended = server.has_ended();
            async move {
                ensure!(!ended?, "the mail server ended");
                Ok(TcpStream::connect(("127.0.0.1", port)).await.is_ok())
            }
        })
        .await
        .with_context(|| format!("it said: {}{}", server.out.text(), server.err.text()))?;
        Ok(Self { folder, server, port })
    }

    /// What the configuration of a portal needs to send through it.
    #[must_use]
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("PORTAL__MAIL__TRANSPORT", "smtp".to_owned()),
            ("PORTAL__MAIL__HOST", "127.0.0.1".to_owned()),
            ("PORTAL__MAIL__PORT", self.port.to_string()),
            ("PORTAL__MAIL__TLS", "none".to_owned()),
            ("PORTAL__MAIL__FROM", "support@kestrel.example".to_owned()),
        ]
    }

    /// Where everything arrives.
    #[must_use]
    pub fn mailbox(&self) -> Mailbox {
        Mailbox {
            folder: self.folder.path().join("mail/box/new"),
            extension: "",
        }
    }

    /// What the server has said.
    #[must_use]
    pub fn said(&self) -> String {
        self.server.out.text()
    }

    /// Ends it.
    pub async fn stop(self) -> Result<bool> {
        self.server.stop().await
    }
}
