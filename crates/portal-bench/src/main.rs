//! `cargo xtask bench`: how the product compares with the bare driver and an empty handler, and the desk with the customer's
//! pages, on data of real size.
//!
//! Every claim is a ratio of two numbers of one run. The machine may be busy; both sides of a ratio are measured in turns,
//! so that they are equally busy.
#![expect(clippy::print_stdout, reason = "a command that prints a report")]

mod bare;
mod cpu;
mod data;
mod desk;
mod hello;
mod http;
mod load;
mod measure;
mod store;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::data::Database;

/// Measures the product.
#[derive(Parser)]
struct Options {
    #[command(subcommand)]
    job: Option<Job>,
    /// How many tickets; several sizes are compared with each other.
    #[arg(long, value_delimiter = ',', default_value = "10000,100000,1000000")]
    sizes: Vec<u64>,
    /// A PostgreSQL server on which databases may be made; without it SQLite alone is measured.
    #[arg(long, env = "PORTAL_TEST_POSTGRES_URL")]
    postgres: Option<String>,
    /// Leave SQLite out.
    #[arg(long)]
    no_sqlite: bool,
    /// Where SQLite files lie; they are made once and used again.
    #[arg(long, default_value = "target/bench")]
    folder: PathBuf,
    /// The server's binary, for the pages over HTTP; without it they are left out.
    #[arg(long, env = "PORTAL_BENCH_SERVER")]
    server: Option<PathBuf>,
    /// How many times each statement is measured.
    #[arg(long, default_value_t = 400)]
    rounds: usize,
    /// How many requests each page is measured with.
    #[arg(long, default_value_t = 10_000)]
    requests: usize,
}

#[derive(Subcommand)]
enum Job {
    /// Serves an empty handler on a port of the loopback interface, to compare pages with.
    Hello {
        /// The port.
        port: u16,
    },
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    if let Some(Job::Hello { port }) = options.job {
        return hello::serve(port).await;
    }
    let mut databases = Vec::new();
    for size in &options.sizes {
        if !options.no_sqlite {
            databases.push(Database::sqlite(&options.folder, *size));
        }
        if let Some(url) = &options.postgres {
            databases.push(Database::postgres(url, *size).await?);
        }
    }
    if options.postgres.is_none() {
        println!("PostgreSQL is left out: give its address with --postgres");
    }
    for database in &databases {
        data::fill(database).await?;
    }
    println!("\n# The store: list pages through the port and on the bare driver\n");
    store::compare(&databases, options.rounds).await?;
    println!("\n# The desk, against the customer's pages of the same tickets\n");
    for database in &databases {
        desk::compare(database, options.rounds).await?;
    }
    match &options.server {
        None => println!("\nPages over HTTP are left out: give the server's binary with --server"),
        Some(server) => {
            println!("\n# The page over HTTP, against an empty handler\n");
            for database in &databases {
                http::compare(database, server, options.requests).await?;
            }
        }
    }
    Ok(())
}
