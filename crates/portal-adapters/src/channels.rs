//! Answers that leave by a channel: a program of the operator gets each of them as one JSON document.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use async_trait::async_trait;
use portal_core::ports::{ChannelError, Channels, OutgoingAnswer};
use portal_core::ticket::Source;
use portal_wire::ChannelAnswer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStderr, ChildStdin, Command};

/// Where a program finds others: it is given nothing else of the server's environment, which may hold secrets.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/// So much of what a program complains of is read; the rest is thrown away.
const MOST_READ: u64 = 4096;
/// So much of it is kept.
const MOST_KEPT: usize = 300;
/// To be tried again, as sysexits.h has it; all others of its codes say that it is of no use.
const EX_TEMPFAIL: i32 = 75;
/// The codes of sysexits.h.
const SYSEXITS: std::ops::RangeInclusive<i32> = 64..=78;

/// The program that carries the answers of one channel.
#[derive(Clone, Debug)]
pub struct ChannelProgram {
    /// Which one.
    pub program: PathBuf,
    /// What it is started with.
    pub args: Vec<String>,
    /// After how long it is ended. A minute at most.
    pub timeout: Duration,
}

/// Hands each answer to the program of its channel, on its standard input. No shell is in between.
///
/// A program that ends with 0 has taken the answer over. With 75 it wants it again later, with another code from 64 to 78
/// never again; whatever else happens, it is tried again later. The first line of what it writes to its standard error is
/// shown to the staff.
#[derive(Clone, Debug, Default)]
pub struct ProgramChannels {
    programs: BTreeMap<Source, ChannelProgram>,
}

impl ProgramChannels {
    /// With these programs.
    #[must_use]
    pub const fn new(programs: BTreeMap<Source, ChannelProgram>) -> Self {
        Self { programs }
    }
}

#[async_trait]
impl Channels for ProgramChannels {
    fn carries(&self, channel: Source) -> bool {
        self.programs.contains_key(&channel)
    }

    async fn deliver(&self, answer: &OutgoingAnswer) -> Result<(), ChannelError> {
        let known = self.programs.get(&answer.channel);
        let known = known.ok_or(ChannelError::NotConfigured)?;
        let document = serde_json::to_vec(&ChannelAnswer::from(answer));
        let document = document.map_err(|error| unavailable("the answer cannot be written down", error))?;
        let child = Command::new(&known.program)
            .args(&known.args)
            .env_clear()
            .env("PATH", PATH)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| unavailable("the program cannot be started", error))?;
        let ended = tokio::time::timeout(known.timeout, run(child, &document)).await;
        let Ok(ended) = ended else {
            let seconds = known.timeout.as_secs();
            let why = format!("the program did not end within {seconds} seconds");
            return Err(ChannelError::Unavailable(why, None));
        };
        let (status, said) = ended.map_err(|error| unavailable("the program cannot be talked to", error))?;
        judged(status, &said)
    }
}

fn unavailable(what: &str, error: impl std::error::Error + Send + Sync + 'static) -> ChannelError {
    ChannelError::Unavailable(what.to_owned(), Some(Box::new(error)))
}

/// Gives the program its document, and waits for its end; what it complained of.
async fn run(mut child: Child, document: &[u8]) -> io::Result<(ExitStatus, String)> {
    let (stdin, stderr) = (child.stdin.take(), child.stderr.take());
    let (given, said, status) = tokio::join!(give(stdin, document), listen(stderr), child.wait());
    given?;
    Ok((status?, said?))
}

async fn give(stdin: Option<ChildStdin>, document: &[u8]) -> io::Result<()> {
    let Some(mut stdin) = stdin else { return Ok(()) };
    match stdin.write_all(document).await {
        // It may know enough before the end.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

async fn listen(stderr: Option<ChildStderr>) -> io::Result<String> {
    let Some(mut stderr) = stderr else {
        return Ok(String::new());
    };
    let mut said = Vec::new();
    (&mut stderr).take(MOST_READ).read_to_end(&mut said).await?;
    tokio::io::copy(&mut stderr, &mut tokio::io::sink()).await?;
    Ok(String::from_utf8_lossy(&said).into_owned())
}

fn judged(status: ExitStatus, said: &str) -> Result<(), ChannelError> {
    if status.success() {
        return Ok(());
    }
    let first = said.lines().map(str::trim).find(|it| !it.is_empty());
    let first: String = first.unwrap_or_default().chars().take(MOST_KEPT).collect();
    let code = status.code();
    let why = match (first.is_empty(), code) {
        (false, _) => first,
        (true, Some(code)) => format!("the program ended with {code}"),
        (true, None) => "the program was ended by a signal".to_owned(),
    };
    match code {
        Some(code) if code != EX_TEMPFAIL && SYSEXITS.contains(&code) => Err(ChannelError::Refused(why)),
        _ => Err(ChannelError::Unavailable(why, None)),
    }
}

#[cfg(test)]
mod tests;
