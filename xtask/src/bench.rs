//! `cargo xtask bench`: the benchmark program, in release.

use anyhow::Result;

use crate::tool;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Passed on as they are.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let mut command = tool::cargo(["run", "--release", "--locked", "--package", "portal-bench", "--"]);
    tool::succeed(command.args(&args.rest))
}
