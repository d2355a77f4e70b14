//! Child processes that end with the test.

use std::collections::VecDeque;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::process::{Child, Command};

use crate::wait;

/// What a process said, line by line, as it comes.
#[derive(Clone, Debug, Default)]
pub struct Talk(Arc<Mutex<VecDeque<String>>>);

impl Talk {
    /// Everything so far.
    pub fn text(&self) -> String {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().fold(String::new(), |mut text, line| {
            text.push_str(line);
            text.push('\n');
            text
        })
    }

    fn listen(&self, stream: impl AsyncRead + Unpin + Send + 'static) {
        let talk = self.clone();
        tokio::spawn(async move {
            let mut lines = BufReader::new(stream).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                talk.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(line);
            }
        });
    }
}

/// A running child; killed when dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    pid: u32,
    /// Standard output.
    pub out: Talk,
    /// Standard error.
    pub err: Talk,
}

impl Process {
    /// Starts it in a process group of its own.
    pub fn start(command: &mut Command) -> Result<Self> {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        let mut child = command
            .spawn()
            .with_context(|| format!("cannot start {}", command.as_std().get_program().display()))?;
        let (out, err) = (Talk::default(), Talk::default());
        out.listen(child.stdout.take().context("no standard output")?);
        err.listen(child.stderr.take().context("no standard error")?);
        let pid = child.id().context("it has no pid")?;
        Ok(Self { child, pid, out, err })
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// Pulls the plug: SIGKILL, and waits for the end.
    pub async fn kill(mut self) -> Result<()> {
        self.child.start_kill()?;
        self.child.wait().await?;
        Ok(())
    }

    /// Asks it to stop: SIGTERM, and waits for the end. Whether it ended well.
    pub async fn stop(mut self) -> Result<bool> {
        signal("-TERM", &self.pid.to_string());
        let status = wait::within(wait::DEADLINE, "the end of a process", async {
            Ok(self.child.wait().await?)
        })
        .await?;
        Ok(status.success())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The whole group: a browser has children.
        if matches!(self.child.try_wait(), Ok(None)) {
            signal("-KILL", &format!("-{}", self.pid));
        }
    }
}

fn signal(which: &str, whom: &str) {
    // If it is gone already, that is what was wanted.
    let _ = std::process::Command::new("kill")
        .args([which, "--", whom])
        .stderr(Stdio::null())
        .status();
}
