//! `cargo xtask ci`: everything, with nothing left out.

use anyhow::{Result, anyhow, bail};

use crate::browser::Browser;
use crate::codegen;
use crate::postgres::{self, Cluster};
use crate::schemathesis::Schemathesis;
use crate::steps::Steps;
use crate::test::{self, Needs};
use crate::tidy;
use crate::tool;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The long forms too: the whole browser matrix, a thousand kills.
    #[arg(long)]
    full: bool,
    /// Also look for security advisories and yanked versions; needs cargo-deny and the internet.
    #[arg(long)]
    advisories: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let browser = Browser::find().map_err(|lack| anyhow!("nothing may be left out, but {lack} cannot run"))?;
    if postgres::programs().is_none() {
        bail!("nothing may be left out, but {} cannot run", postgres::HOW);
    }
    if tool::find(&["cargo-nextest"]).is_none() {
        bail!("nothing may be left out, but the test runner is missing: `cargo install --locked cargo-nextest`");
    }
    let schemathesis =
        Schemathesis::prepare().map_err(|lack| anyhow!("nothing may be left out, but not ready: {lack}"))?;
    let mut steps = Steps::new();
    steps.run("format", || {
        tool::succeed(&mut tool::cargo(["fmt", "--all", "--check"]))
    });
    steps.run("tidy", tidy::check_and_print);
    if steps.run("build", || tool::succeed(&mut test::build())) {
        steps.run("generated files are fresh", || codegen::check(&tool::portal_program()?));
        steps.run("tests in documentation", || tool::succeed(&mut test::doctests()));
        steps.run("tests: SQLite, PostgreSQL, browser", || {
            let cluster = Some(Cluster::start()?);
            let needs = Needs {
                cluster,
                browser: Some(browser),
                schemathesis: Some(schemathesis),
                profile: "ci",
                full: args.full,
            };
            tool::succeed(&mut needs.tests()?)
        });
    }
    steps.run("lints", || {
        let command = [
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ];
        tool::succeed(&mut tool::cargo(command))
    });
    steps.run("documentation", || {
        let mut command = tool::cargo(["doc", "--workspace", "--no-deps", "--locked"]);
        tool::succeed(command.env("RUSTDOCFLAGS", "-D warnings"))
    });
    // Tidy checks bans, licences and sources without it; advisories and yanked versions need its database.
    if tool::find(&["cargo-deny"]).is_some() {
        steps.run("cargo-deny", || {
            let checks = ["deny", "check", "bans", "licenses", "sources"];
            tool::succeed(tool::cargo(checks).args(args.advisories.then_some("advisories")))
        });
    } else if args.advisories {
        steps.run("cargo-deny", || {
            bail!("it is missing: `cargo install --locked cargo-deny`")
        });
    }
    steps.finish()
}
