//! Headless Chromium with its driver: one session, with or without JavaScript.

mod accessibility;
mod page;
mod picture;

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::process::Command;

use crate::config;
use crate::process::Process;
use crate::wait;

/// How a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Width of the window in CSS pixels.
    pub width: u32,
    /// Dark mode.
    pub dark: bool,
}

impl Look {
    /// A desk, in daylight.
    pub const DESK: Self = Self {
        width: 1280,
        dark: false,
    };
    /// A phone.
    pub const PHONE: Self = Self {
        width: 390,
        dark: false,
    };
    /// The narrowest page that must not scroll sideways (WCAG 1.4.10).
    pub const NARROW: Self = Self {
        width: 320,
        dark: false,
    };
    /// A desk at night.
    pub const NIGHT: Self = Self {
        width: 1280,
        dark: true,
    };

    /// For names of pictures: `1280-light`.
    pub fn name(self) -> String {
        format!("{}-{}", self.width, if self.dark { "dark" } else { "light" })
    }
}

/// How a browser is started.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// Whether pages may run scripts.
    pub scripts: bool,
    /// The language it asks for.
    pub language: &'static str,
}

impl Default for Start {
    fn default() -> Self {
        Self {
            scripts: true,
            language: "en",
        }
    }
}

/// A browser with one window. Everything ends with it.
#[derive(Debug)]
pub struct Browser {
    /// The window.
    pub client: Client,
    /// Whether pages may run scripts.
    pub scripts: bool,
    session: String,
    http: reqwest::Client,
    _driver: Process,
    _profile: TempDir,
}

impl Browser {
    /// Starts a driver and a browser with an empty profile.
    pub async fn start(start: Start) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        let driver = Process::start(Command::new(config::chromedriver()).args(["--port=0", "--log-level=SEVERE"]))?;
        let port = wait::until("the driver's port", || {
            let said = driver.out.text();
            async move { Ok(port_in(&said)) }
        })
        .await?;
        let root = format!("http://127.0.0.1:{port}");
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(start, &profile.path().to_string_lossy()))
            .connect(&root)
            .await
            .context("the browser does not start")?;
        let id = client.session_id().await?.context("the driver gave no session")?;
        let http = reqwest::Client::builder()
            .no_proxy()
            .timeout(Duration::from_secs(30))
            .build()?;
        let session = format!("{root}/session/{id}");
        let browser = Self {
            client,
            scripts: start.scripts,
            session,
            http,
            _driver: driver,
            _profile: profile,
        };
        browser
            .cdp("Emulation.setLocaleOverride", json!({ "locale": start.language }))
            .await?;
        browser
            .cdp(
                "Emulation.setTimezoneOverride",
                json!({ "timezoneId": "Europe/Berlin" }),
            )
            .await?;
        browser.look(Look::DESK).await?;
        Ok(browser)
    }

    /// Sends a command of the browser's own protocol.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Result<Value> {
        self.driver("goog/cdp/execute", json!({ "cmd": command, "params": parameters }))
            .await
            .with_context(|| command.to_owned())
    }

    async fn driver(&self, path: &str, body: Value) -> Result<Value> {
        let response = self
            .http
            .post(format!("{}/{path}", self.session))
            .json(&body)
            .send()
            .await?;
        let status = response.status();
        let mut answer: Value = response.json().await?;
        ensure!(status.is_success(), "the driver refused `{path}`: {answer}");
        Ok(answer.get_mut("value").map(Value::take).unwrap_or_default())
    }

    /// Width and colour scheme.
    pub async fn look(&self, look: Look) -> Result<()> {
        let height = if look.width < 600 { 844 } else { 900 };
        let metrics = json!({
            "width": look.width, "height": height, "screenWidth": look.width, "screenHeight": height,
            "deviceScaleFactor": 1, "mobile": look.width < 600,
        });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
        let scheme = if look.dark { "dark" } else { "light" };
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.cdp("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }

    /// Forgets who is signed in, drafts and everything else.
    pub async fn forget(&self) -> Result<()> {
        self.client.goto("about:blank").await?;
        self.cdp("Network.clearBrowserCookies", json!({})).await?;
        self.cdp(
            "Storage.clearDataForOrigin",
            json!({ "origin": "*", "storageTypes": "all" }),
        )
        .await?;
        Ok(())
    }

    /// What the console said since the last time it was asked, without answers of status 4xx to the page itself: those
    /// are meant. Anything left is a fault of the page.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let log = self.driver("se/log", json!({ "type": "browser" })).await?;
        let entries = log.as_array().context("the log is no list")?;
        let severe = entries
            .iter()
            .filter(|it| matches!(it.get("level").and_then(Value::as_str), Some("SEVERE" | "WARNING")));
        let said = severe.filter_map(|it| it.get("message").and_then(Value::as_str));
        Ok(said.filter(|it| !is_expected(it)).map(str::to_owned).collect())
    }
}

/// Chromium logs each error status as an error of the network.
fn is_expected(message: &str) -> bool {
    message.contains("Failed to load resource: the server responded with a status of 4") && !message.contains("/s/")
}

fn port_in(said: &str) -> Option<u16> {
    let (_, rest) = said.split_once("started successfully on port ")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn capabilities(start: Start, profile: &str) -> Map<String, Value> {
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--window-size=1280,900",
        &format!("--user-data-dir={profile}"),
        &format!("--lang={}", start.language),
        &format!("--accept-lang={}", start.language),
    ]
    .map(str::to_owned);
    let mut preferences = json!({
        "intl.accept_languages": start.language,
        "intl.selected_languages": start.language,
        "credentials_enable_service": false,
        "profile.password_manager_enabled": false,
        "profile.password_manager_leak_detection": false,
    });
    if !start.scripts
        && let Some(map) = preferences.as_object_mut()
    {
        map.insert(
            "profile.managed_default_content_settings.javascript".to_owned(),
            json!(2),
        );
    }
    let all = json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": { "binary": config::chromium(), "args": arguments, "prefs": preferences },
        "unhandledPromptBehavior": "accept",
    });
    match all {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
