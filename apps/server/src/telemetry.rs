//! The log: for people on a terminal, JSON elsewhere, always on standard error.
//!
//! Nothing here or in what calls it ever logs addresses, texts, file names, tokens or passwords of customers.

use std::io::IsTerminal;

use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{Layer, fmt};

use crate::config::{LogConfig, LogFormat};

/// Begins to log. Statements of databases are only logged if somebody asks for their module.
///
/// # Errors
/// If something logs already.
pub fn start(config: &LogConfig) -> Result<(), TryInitError> {
    let terminal = std::io::stderr().is_terminal();
    let pretty = match config.format {
        LogFormat::Auto => terminal,
        LogFormat::Pretty => true,
        LogFormat::Json => false,
    };
    let layer = if pretty {
        fmt::layer()
            .with_writer(std::io::stderr)
            .with_ansi(terminal)
            .with_target(false)
            .boxed()
    } else {
        fmt::layer()
            .json()
            .with_writer(std::io::stderr)
            .flatten_event(true)
            .with_current_span(false)
            .boxed()
    };
    tracing_subscriber::registry()
        .with(layer.with_filter(filter(&config.level)))
        .try_init()
}

/// The level, with statements of databases only where they are asked for by name.
fn filter(level: &str) -> Targets {
    let asked: Targets = level
        .parse()
        .unwrap_or_else(|_| Targets::new().with_default(tracing::Level::INFO));
    let quiet = ["sqlx", "sea_orm", "sea_orm_migration"];
    quiet.into_iter().fold(asked, |asked, name| {
        if level.contains(name) {
            asked
        } else {
            asked.with_target(name, tracing::Level::WARN)
        }
    })
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::filter;

    #[test]
    fn statements_are_logged_only_when_asked_for() {
        assert!(!filter("debug").would_enable("sqlx::query", &Level::DEBUG));
        assert!(filter("debug").would_enable("portal_server", &Level::DEBUG));
        assert!(filter("info,sqlx=debug").would_enable("sqlx::query", &Level::DEBUG));
        assert!(filter("portal=loud").would_enable("portal", &Level::INFO));
    }
}
