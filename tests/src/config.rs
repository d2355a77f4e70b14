//! What the surroundings tell the tests. CONTRIBUTING.md lists the variables.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the tests read their surroundings"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|it| !it.is_empty())
}

fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The program under test.
pub fn program() -> Result<PathBuf> {
    let path = variable("PORTAL_E2E_BIN").map_or_else(|| workspace().join("target/debug/portal"), PathBuf::from);
    ensure!(
        path.is_file(),
        "there is no program at `{}`: run `cargo build -p portal-server`",
        path.display()
    );
    path.canonicalize().context("cannot resolve the path of the program")
}

/// The browser.
pub fn chromium() -> String {
    variable("PORTAL_E2E_CHROMIUM").unwrap_or_else(|| "/usr/bin/chromium".to_owned())
}

/// What drives the browser.
pub fn chromedriver() -> String {
    variable("PORTAL_E2E_CHROMEDRIVER").unwrap_or_else(|| "/usr/bin/chromedriver".to_owned())
}

/// Where screenshots go.
pub fn artifacts() -> PathBuf {
    variable("PORTAL_E2E_ARTIFACTS").map_or_else(|| workspace().join("target/e2e"), PathBuf::from)
}

/// Whether the long forms were asked for.
pub fn full() -> bool {
    variable("PORTAL_E2E_FULL").is_some()
}

/// What makes requests of the API's document.
pub fn schemathesis() -> PathBuf {
    variable("PORTAL_E2E_SCHEMATHESIS").map_or_else(
        || workspace().join("target/schemathesis/bin/schemathesis"),
        PathBuf::from,
    )
}

/// A PostgreSQL in which databases can be made.
pub fn postgres_url() -> Result<String> {
    variable("PORTAL_TEST_POSTGRES_URL")
        .context("PORTAL_TEST_POSTGRES_URL is not set: `cargo xtask postgres -- …` sets it")
}

/// The script of the accessibility checker, as `package-lock.json` pins it.
pub fn axe() -> Result<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(path).context("axe-core is missing: run `npm ci --ignore-scripts` in `tests`")
}
