//! The `portal` program.

use std::process::ExitCode;

use clap::Parser;
use portal_server::cli::{self, Cli};
use portal_server::output::say;

#[tokio::main]
async fn main() -> ExitCode {
    match cli::run(Cli::parse()).await {
        Ok(code) => code,
        Err(failure) => {
            // The chain names what the libraries said; the first line says what to do.
            say(&format!("error: {:#}", anyhow::Error::from(failure)));
            ExitCode::FAILURE
        }
    }
}
