//! `cargo xtask test`: every test that this machine can run.
//!
//! Names decide what a test needs: one with `postgres` in its path needs PostgreSQL, one of the end-to-end package with
//! `browser` in its path a browser, with `schemathesis` that program. What the machine lacks is filtered out by name, so that a missing server never looks
//! like a passed test.

use std::process::Command;

use anyhow::Result;

use crate::browser::Browser;
use crate::postgres::{self, Cluster};
use crate::schemathesis::Schemathesis;
use crate::steps::Steps;
use crate::tidy;
use crate::tool;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Leave PostgreSQL out.
    #[arg(long)]
    no_pg: bool,
    /// Leave the browser out.
    #[arg(long)]
    no_browser: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let mut steps = Steps::new();
    let mut needs = Needs {
        cluster: None,
        browser: None,
        schemathesis: None,
        profile: "default",
        full: false,
    };
    if args.no_pg {
        steps.leave_out("the PostgreSQL tests (--no-pg)");
    } else if postgres::programs().is_none() {
        steps.leave_out(postgres::HOW);
    } else {
        needs.cluster = Some(Cluster::start()?);
    }
    match Browser::find() {
        _ if args.no_browser => steps.leave_out("the browser tests (--no-browser)"),
        Ok(browser) => needs.browser = Some(browser),
        Err(lack) => steps.leave_out(lack),
    }
    match Schemathesis::prepare() {
        Ok(schemathesis) => needs.schemathesis = Some(schemathesis),
        Err(lack) => steps.leave_out(lack),
    }
    if steps.run("build", || tool::succeed(&mut build())) {
        steps.run("tests in documentation", || tool::succeed(&mut doctests()));
        steps.run("tests", || tool::succeed(&mut needs.tests()?));
    }
    steps.run("tidy", tidy::check_and_print);
    steps.leave_out("format, lints, documentation build and generated files (`cargo xtask ci` runs them)");
    steps.finish()
}

/// What the machine provides to the tests.
pub(crate) struct Needs {
    pub(crate) cluster: Option<Cluster>,
    pub(crate) browser: Option<Browser>,
    pub(crate) schemathesis: Option<Schemathesis>,
    pub(crate) profile: &'static str,
    /// The long forms: the whole browser matrix, a thousand kills instead of fifty.
    pub(crate) full: bool,
}

impl Needs {
    /// All tests of the workspace but those whose needs are not met.
    pub(crate) fn tests(&self) -> Result<Command> {
        let mut command = if tool::find(&["cargo-nextest"]).is_some() {
            let mut command = tool::cargo(["nextest", "run", "--workspace", "--locked", "--profile", self.profile]);
            let mut filters = Vec::new();
            if self.cluster.is_none() {
                filters.push("not test(/postgres/)");
            }
            if self.browser.is_none() {
                filters.push("not (package(portal-e2e) & test(/browser/))");
            }
            if self.schemathesis.is_none() {
                filters.push("not (package(portal-e2e) & test(/schemathesis/))");
            }
            if !filters.is_empty() {
                command.arg("-E").arg(filters.join(" & "));
            }
            command
        } else {
            let mut command = tool::cargo([
                "test",
                "--workspace",
                "--locked",
                "--lib",
                "--bins",
                "--tests",
                "--no-fail-fast",
            ]);
            if self.browser.is_none() || self.schemathesis.is_none() {
                command.args(["--exclude", "portal-e2e"]);
            }
            command.arg("--");
            if self.cluster.is_none() {
                command.args(["--skip", "postgres"]);
            }
            command
        };
        if let Some(cluster) = &self.cluster {
            command.env(postgres::URL_VARIABLE, cluster.url());
        }
        if let Some(schemathesis) = &self.schemathesis {
            schemathesis.tell(&mut command);
        }
        if let Some(browser) = &self.browser {
            Browser::prepare()?;
            browser.tell(&mut command);
        }
        command.env("PORTAL_E2E_BIN", tool::portal_program()?);
        command.env("PORTAL_E2E_ARTIFACTS", tool::target_directory()?.join("e2e"));
        if self.full {
            command.env("PORTAL_E2E_FULL", "1");
        }
        Ok(command)
    }
}

/// Everything that the tests run. One selection of packages everywhere: another would unify features differently and
/// compile the dependencies again.
pub(crate) fn build() -> Command {
    tool::cargo(["build", "--workspace", "--all-targets", "--locked"])
}

/// Examples in the documentation are tests too.
pub(crate) fn doctests() -> Command {
    tool::cargo(["test", "--workspace", "--doc", "--locked", "--quiet"])
}
