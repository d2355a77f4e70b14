//! The browser of the end-to-end tests: Chromium and its driver, as the distribution packages them.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::tool;

/// Chromium and chromedriver, both present.
pub(crate) struct Browser {
    chromium: PathBuf,
    driver: PathBuf,
}

impl Browser {
    /// Looks for both; the error says how to get what is missing.
    pub(crate) fn find() -> Result<Self, String> {
        let chromium = tool::find(&["chromium", "chromium-browser", "google-chrome"]);
        let driver = tool::find(&["chromedriver", "chromium.chromedriver"]);
        match (chromium, driver) {
            (Some(chromium), Some(driver)) => Ok(Self { chromium, driver }),
            _ => Err(
                "the browser tests (need Chromium and chromedriver: `apt-get install chromium chromium-driver`)"
                    .to_owned(),
            ),
        }
    }

    /// Fetches what the tests load into pages (the accessibility checker), in the versions that the lock file names.
    pub(crate) fn prepare() -> Result<()> {
        let tests = tool::root().join("tests");
        if !tests.join("package-lock.json").is_file() || tests.join("node_modules/.package-lock.json").is_file() {
            return Ok(());
        }
        tool::succeed(
            Command::new("npm")
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .current_dir(tests),
        )
    }

    /// Tells the tests where the two are.
    pub(crate) fn tell(&self, command: &mut Command) {
        command.env("PORTAL_E2E_CHROMIUM", &self.chromium);
        command.env("PORTAL_E2E_CHROMEDRIVER", &self.driver);
    }
}
