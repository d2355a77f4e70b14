//! A throw-away PostgreSQL cluster for tests: own data folder, loopback, a free port, gone at the end.
//!
//! The server runs as a child in the foreground, so that an interrupt of the terminal reaches it too, and with a
//! death signal where `setpriv` can set one, so that it does not outlive a killed task.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::tool;

/// The variable by which tests learn of the cluster. They make their own databases in it.
pub(crate) const URL_VARIABLE: &str = "PORTAL_TEST_POSTGRES_URL";

/// How to get PostgreSQL, for messages.
pub(crate) const HOW: &str = "the PostgreSQL tests (need a PostgreSQL server: `apt-get install postgresql`)";

/// Settings of a cluster whose data nobody will miss. Never use these for real data: `fsync = off`.
const SETTINGS: &[&str] = &[
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=400",
    "shared_buffers=128MB",
    "max_wal_size=2GB",
    "log_min_messages=warning",
    "log_checkpoints=off",
];

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The command to run; without one the cluster lives until Enter is pressed.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    command: Vec<String>,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let cluster = Cluster::start()?;
    println!("{URL_VARIABLE}={}", cluster.url());
    if let Some((program, rest)) = args.command.split_first() {
        return tool::succeed(Command::new(program).args(rest).env(URL_VARIABLE, cluster.url()));
    }
    println!("press Enter to end it");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(())
}

/// Where the server's programs are: the search path, then Debian's folders, newest version first.
pub(crate) fn programs() -> Option<PathBuf> {
    if let Some(initdb) = tool::find(&["initdb"]) {
        let postgres = initdb.with_file_name("postgres");
        if postgres.is_file() {
            return initdb.parent().map(Path::to_path_buf);
        }
    }
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version = entry.file_name().to_str()?.parse().ok()?;
            let bin = entry.path().join("bin");
            bin.join("initdb").is_file().then_some((version, bin))
        })
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin)
}

/// A running cluster; dropping it stops the server and deletes the data.
pub(crate) struct Cluster {
    server: Child,
    port: u16,
    // The folder must outlive the server.
    _folder: TempDir,
}

impl Cluster {
    pub(crate) fn start() -> Result<Self> {
        let programs = programs().context(HOW)?;
        let user = unprivileged_user()?;
        let folder = tempfile::Builder::new().prefix("portal-pg-").tempdir()?;
        if let Some(user) = &user {
            tool::quiet(Command::new("chown").arg(user).arg(folder.path()))?;
        }
        let data = folder.path().join("data");
        let mut initdb = as_user(user.as_deref(), &programs.join("initdb"));
        initdb.args([
            "--username=portal",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]);
        tool::quiet(initdb.arg("--pgdata").arg(&data).current_dir("/"))?;

        // Another process may take the port between our look and the server's bind.
        let mut last = None;
        for _ in 0..3 {
            match Self::serve(&programs, user.as_deref(), folder.path(), &data) {
                Ok((server, port)) => {
                    return Ok(Self {
                        server,
                        port,
                        _folder: folder,
                    });
                }
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| anyhow::anyhow!("PostgreSQL was not started")))
    }

    fn serve(programs: &Path, user: Option<&str>, folder: &Path, data: &Path) -> Result<(Child, u16)> {
        let port = free_port()?;
        let log_path = folder.join("log");
        let log = File::create(&log_path)?;
        let mut command = as_user(user, &programs.join("postgres"));
        command.arg("-D").arg(data).arg("-p").arg(port.to_string());
        command.args(["-c", "listen_addresses=127.0.0.1"]);
        command
            .arg("-c")
            .arg(format!("unix_socket_directories={}", folder.display()));
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        let mut server = command.spawn().context("PostgreSQL could not be started")?;
        for _ in 0..300 {
            if let Some(status) = server.try_wait()? {
                let log = std::fs::read_to_string(&log_path).unwrap_or_default();
                bail!("PostgreSQL ended with {status}:\n{log}");
            }
            // The server writes its state into this file, for tools like this one.
            let state = std::fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
            if state.lines().nth(7).is_some_and(|it| it.trim_end() == "ready") {
                return Ok((server, port));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        stop(&mut server);
        bail!("PostgreSQL was not ready within 30 seconds")
    }

    /// A user who may create databases.
    pub(crate) fn url(&self) -> String {
        format!("postgres://portal@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        stop(&mut self.server);
    }
}

/// Asks the server to end quickly, waits, and insists if it does not.
fn stop(server: &mut Child) {
    // Interrupt is PostgreSQL's "fast shutdown".
    let asked = Command::new("kill").arg("-INT").arg(server.id().to_string()).status();
    if asked.is_ok_and(|it| it.success()) {
        for _ in 0..100 {
            if matches!(server.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    let _ = server.kill();
    let _ = server.wait();
}

/// PostgreSQL refuses to run as root: then it runs as this user.
fn unprivileged_user() -> Result<Option<String>> {
    if tool::output(Command::new("id").arg("-u"))?.trim() != "0" {
        return Ok(None);
    }
    let exists = |user: &str| tool::quiet(Command::new("id").arg(user)).is_ok();
    let user = ["postgres", "nobody"].into_iter().find(|it| exists(it));
    Ok(Some(
        user.context("PostgreSQL cannot run as root, and there is no user `postgres` or `nobody`")?
            .to_owned(),
    ))
}

/// The program, as that user, told to end with this process where the system can do so.
fn as_user(user: Option<&str>, program: &Path) -> Command {
    let Some(setpriv) = tool::find(&["setpriv"]) else {
        return match user {
            None => Command::new(program),
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args(["-u", user, "--"]).arg(program);
                command
            }
        };
    };
    let mut command = Command::new(setpriv);
    if let Some(user) = user {
        command.arg(format!("--reuid={user}")).arg("--init-groups");
        if let Some(group) = primary_group(user) {
            command.arg(format!("--regid={group}"));
        }
    }
    command.args(["--pdeathsig", "INT", "--"]).arg(program);
    command
}

fn primary_group(user: &str) -> Option<String> {
    let id = tool::output(Command::new("id").args(["-g", user])).ok()?;
    Some(id.trim().to_owned())
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}
