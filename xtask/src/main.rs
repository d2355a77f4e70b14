//! Tasks of the repository: `cargo xtask help` lists them.
//!
//! Reading order: [`ci`] and [`mod@test`] say what is run, [`steps`] runs and times it, [`postgres`] and [`browser`] provide
//! what the tests need from the machine, [`tidy`] holds the rules that no compiler checks.
#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

mod bench;
mod browser;
mod ci;
mod codegen;
mod postgres;
mod schemathesis;
mod steps;
mod test;
mod tidy;
mod tool;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Tasks of the repository")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run every test that this machine can run, and say what was left out.
    Test(test::Args),
    /// Everything: format, build, tests on both databases and in the browser, lints, docs, tidy. Nothing left out.
    Ci(ci::Args),
    /// Check the rules that no compiler checks.
    Tidy(tidy::Args),
    /// Write docs/generated anew, or compare with `--check`.
    Codegen(codegen::Args),
    /// Measure: passes its arguments to the benchmark program.
    Bench(bench::Args),
    /// Run a command with a throw-away PostgreSQL, or hold one until Enter.
    Postgres(postgres::Args),
}

#[expect(
    clippy::print_stderr,
    reason = "a failed task is no defect of the tool: its message, without a backtrace"
)]
fn main() -> ExitCode {
    match run(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Test(args) => test::run(&args),
        Task::Ci(args) => ci::run(&args),
        Task::Tidy(args) => tidy::run(&args),
        Task::Codegen(args) => codegen::run(&args),
        Task::Bench(args) => bench::run(&args),
        Task::Postgres(args) => postgres::run(&args),
    }
}

/// The names of all tasks, so that documents which mention one can be checked.
fn task_names() -> Vec<String> {
    use clap::CommandFactory;
    let command = Cli::command();
    command.get_subcommands().map(|it| it.get_name().to_owned()).collect()
}
