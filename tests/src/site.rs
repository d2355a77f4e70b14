//! The real program with a database and a world of its own, on a port of its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::process::Command;

use crate::config;
use crate::database::Database;
use crate::html;
use crate::http::{Program, Visitor};
use crate::process::Process;
use crate::wait;
use crate::world::people::{INA, OLGA, OSCAR};
use crate::world::{PARTNERS, PASSWORD, SUPPORT, World};

/// An installation: a folder, a database, a port.
#[derive(Debug)]
pub struct Installation {
    folder: TempDir,
    database: Database,
    port: u16,
    program: PathBuf,
    variables: Vec<(String, String)>,
}

impl Installation {
    /// A new one with nothing in it.
    pub async fn new(database: Database) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
        Ok(Self {
            folder: tempfile::tempdir()?,
            database,
            port,
            program: config::program()?,
            variables: Vec::new(),
        })
    }

    /// Where browsers reach it.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Sets a variable of the program's configuration.
    pub fn set(&mut self, name: &str, value: &str) {
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    /// Its database.
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// A folder for the test's own files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The folder where the server keeps its own.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn command(&self, port: u16, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(self.folder.path()).env_clear();
        command
            .env("PORTAL__DATA_DIR", self.data())
            .env("PORTAL__LISTEN", format!("127.0.0.1:{port}"));
        command
            .env("PORTAL__BASE_URL", self.base())
            .env("PORTAL__LIMITS__RATES", "false");
        if let Some(url) = self.database.url() {
            command.env("PORTAL__DATABASE__URL", url);
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command of the program to its end; what it printed.
    pub async fn run(&self, arguments: &[&str]) -> Result<String> {
        let output = self.command(self.port, arguments).stdin(Stdio::null()).output().await?;
        let (out, err) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        ensure!(
            output.status.success(),
            "`portal {}` failed: {out}{err}",
            arguments.join(" ")
        );
        Ok(out.into_owned())
    }

    /// Starts the server and waits until it is ready.
    pub async fn serve(&self) -> Result<Process> {
        self.serve_at(self.port).await
    }

    /// Starts a further server of the same installation on another port.
    pub async fn serve_at(&self, port: u16) -> Result<Process> {
        let mut server = Process::start(&mut self.command(port, &["serve"]))?;
        let client = reqwest::Client::builder().no_proxy().build()?;
        let url = format!("http://127.0.0.1:{port}/readyz");
        let host = format!("127.0.0.1:{}", self.port);
        let ready = wait::until("the server", || {
            let ended = server.has_ended();
            let request = client.get(&url).header("host", &host).send();
            async move {
                if ended? {
                    return Ok(Some(false));
                }
                Ok(request.await.is_ok_and(|it| it.status() == 200).then_some(true))
            }
        })
        .await
        .with_context(|| format!("it said: {}{}", server.out.text(), server.err.text()))?;
        ensure!(ready, "the server ended: {}{}", server.out.text(), server.err.text());
        Ok(server)
    }
}

/// An installation with a world in it, and its server.
#[derive(Debug)]
pub struct Site {
    /// The installation.
    pub installation: Installation,
    /// What is in it.
    pub world: World,
    /// Where browsers reach it.
    pub base: String,
    /// Ids of contacts here, by their key in the export; of those who can sign in.
    pub contact_ids: BTreeMap<&'static str, String>,
    server: Option<Process>,
    said_before: String,
}

impl Site {
    /// A site on SQLite.
    pub async fn start(world: World) -> Result<Self> {
        Self::start_on(world, Database::Sqlite).await
    }

    /// A site on that database: made with the commands, filled by imports.
    pub async fn start_on(world: World, database: Database) -> Result<Self> {
        let installation = Installation::new(database).await?;
        settle(&installation, &world).await?;
        let server = installation.serve().await?;
        let base = installation.base();
        let mut site = Self {
            installation,
            world,
            base,
            contact_ids: BTreeMap::new(),
            server: Some(server),
            said_before: String::new(),
        };
        site.learn_ids().await?;
        Ok(site)
    }

    async fn learn_ids(&mut self) -> Result<()> {
        // The list of requesters names those who asked something.
        let keys: Vec<&'static str> = self
            .world
            .support
            .contacts
            .iter()
            .map(|it| it.key)
            .filter(|it| *it != INA)
            .collect();
        for key in keys {
            let slug = if [OLGA, OSCAR].contains(&key) {
                PARTNERS
            } else {
                SUPPORT
            };
            if let Some(program) = self.read_token(key, slug).await? {
                let me = program.get("/me").await?.expect(200)?.json()?;
                self.contact_ids.insert(
                    key,
                    me.get("id")
                        .and_then(serde_json::Value::as_str)
                        .unwrap_or_default()
                        .to_owned(),
                );
            }
        }
        Ok(())
    }

    /// An address of the site.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Somebody signed in to the first portal.
    pub async fn visitor(&self, key: &str) -> Result<Visitor> {
        self.visitor_of(SUPPORT, key).await
    }

    /// Somebody signed in to a portal.
    pub async fn visitor_of(&self, slug: &str, key: &str) -> Result<Visitor> {
        Visitor::signed_in(&self.base, slug, &self.world.contact(key).email, PASSWORD).await
    }

    /// A program with a token of the first portal, made on the account page.
    pub async fn program(&self, key: &str, may_write: bool) -> Result<Program> {
        self.token(key, SUPPORT, may_write).await?.context("the door is shut")
    }

    /// A program with a token that can only read; `None` where the portal does not let this contact in.
    pub async fn read_token(&self, key: &str, slug: &str) -> Result<Option<Program>> {
        self.token(key, slug, false).await
    }

    async fn token(&self, key: &str, slug: &str, may_write: bool) -> Result<Option<Program>> {
        let visitor = Visitor::new(&self.base)?;
        visitor.sign_in(slug, &self.world.contact(key).email, PASSWORD).await?;
        let (page, action) = (format!("/{slug}/account"), format!("/{slug}/account/tokens"));
        if visitor.get(&page).await?.status != 200 {
            return Ok(None);
        }
        let scope = if may_write { "write" } else { "read" };
        let made = visitor
            .submit(
                &page,
                &action,
                &[("token_name", "test"), ("scope", scope), ("days", "30")],
                &[],
            )
            .await?
            .expect(200)?;
        let secret = html::between(&made.text(), "<code class=\"code\" tabindex=\"0\">", "</code>")
            .context("no secret on the page")?;
        Ok(Some(Program::new(&self.base, slug, &secret)?))
    }

    /// Uploads a file by the API; its id.
    pub async fn upload(&self, program: &Program, name: &str, content: &str) -> Result<String> {
        let answer = program.upload(name, content.as_bytes()).await?.expect(201)?;
        Ok(answer
            .json()?
            .get("id")
            .and_then(serde_json::Value::as_str)
            .context("no id")?
            .to_owned())
    }

    /// A file on disk, for a browser to upload; its path.
    pub fn file(&self, name: &str, content: &str) -> Result<String> {
        let folder = self.installation.folder().join("uploads");
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(name), content)?;
        Ok(folder.join(name).to_string_lossy().into_owned())
    }

    /// Everything that the servers of this site have said.
    pub fn said(&self) -> String {
        let now = self
            .server
            .as_ref()
            .map(|it| it.out.text() + &it.err.text())
            .unwrap_or_default();
        format!("{}{now}", self.said_before)
    }

    /// Pulls the plug.
    pub async fn kill(&mut self) -> Result<()> {
        self.said_before = self.said();
        if let Some(server) = self.server.take() {
            server.kill().await?;
        }
        Ok(())
    }

    /// Asks the server to stop; whether it ended well.
    pub async fn stop(&mut self) -> Result<bool> {
        self.said_before = self.said();
        match self.server.take() {
            Some(server) => server.stop().await,
            None => Ok(true),
        }
    }

    /// Starts a second server on the same database; where it is.
    pub async fn second_server(&self) -> Result<(String, Process)> {
        let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
        let server = self.installation.serve_at(port).await?;
        Ok((format!("http://127.0.0.1:{port}"), server))
    }

    /// Starts the server again.
    pub async fn restart(&mut self) -> Result<()> {
        self.server = Some(self.installation.serve().await?);
        Ok(())
    }
}

/// Makes the two portals, imports both sets, gives everybody a password, and some the group they are in.
async fn settle(installation: &Installation, world: &World) -> Result<()> {
    let common = ["--language-offered", "de", "--time-zone", "Europe/Berlin"];
    let support = [
        "create",
        "--name",
        "Kestrel Support",
        "--slug",
        SUPPORT,
        "--permission",
        "company",
        "--access",
        "registered",
    ];
    let categories = ["--category", "Devices", "--category", "Invoices"];
    installation.run(&[&support[..], &common, &categories].concat()).await?;
    let partners = [
        "create",
        "--name",
        "Kestrel Partners",
        "--slug",
        PARTNERS,
        "--permission",
        "own",
        "--access",
        "groups",
    ];
    let own = ["--group", "Partners", "--inbox", "Partners"];
    installation.run(&[&partners[..], &common, &own].concat()).await?;
    for (export, slug, inbox) in [
        (&world.support, SUPPORT, "Support"),
        (&world.partners, PARTNERS, "Partners"),
    ] {
        let folder = installation.folder().join(format!("export-{slug}"));
        export.write(&folder)?;
        installation
            .run(&["import", &folder.to_string_lossy(), "--portal", slug, "--inbox", inbox])
            .await?;
    }
    let file = installation.folder().join("password.txt");
    std::fs::write(&file, PASSWORD)?;
    for contact in &world.support.contacts {
        installation
            .run(&[
                "contact",
                "set-password",
                &contact.email,
                "--password-file",
                &file.to_string_lossy(),
            ])
            .await?;
    }
    for key in [OLGA, OSCAR] {
        installation
            .run(&["group", "add-member", "Partners", &world.contact(key).email])
            .await?;
    }
    installation
        .run(&["contact", "remove", &world.contact(INA).email])
        .await?;
    Ok(())
}
