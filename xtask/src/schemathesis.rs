//! Schemathesis, which makes requests of the API's document: from PyPI, in an environment of its own below `target`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::tool;

/// The version that the tests were written for.
const VERSION: &str = "4.32.5";

/// The program, ready to be run.
pub(crate) struct Schemathesis(PathBuf);

impl Schemathesis {
    /// Installs it unless it is there; the error says what is missing.
    pub(crate) fn prepare() -> Result<Self, String> {
        let lack =
            "the requests of the API's document (need Python with venv, and PyPI: `apt-get install python3-venv`)";
        Self::installed().map_err(|error| format!("{lack}: {error:#}"))
    }

    fn installed() -> Result<Self> {
        let folder = tool::target_directory()?.join("schemathesis");
        let program = folder.join("bin/schemathesis");
        let mark = folder.join(format!("installed-{VERSION}"));
        if !mark.is_file() || !program.is_file() {
            tool::quiet(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
            tool::quiet(
                Command::new(folder.join("bin/pip"))
                    .args(["install", "--quiet", "--disable-pip-version-check"])
                    .arg(format!("schemathesis=={VERSION}")),
            )?;
            std::fs::write(&mark, "")?;
        }
        Ok(Self(program))
    }

    /// Tells the tests where it is.
    pub(crate) fn tell(&self, command: &mut Command) {
        command.env("PORTAL_E2E_SCHEMATHESIS", &self.0);
    }
}
