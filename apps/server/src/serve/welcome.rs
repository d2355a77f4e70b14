//! What whoever started the server sees first.

use std::net::SocketAddr;

use portal_core::settings::CustomerPortal;
use portal_web::Scheme;

use crate::config::Config;
use crate::output::{is_watched, say};

/// Says where the portals are, or what a guide says instead.
pub(super) fn print(config: &Config, address: SocketAddr, portals: &[CustomerPortal], guide: Option<&str>) {
    let base = if config.base_url.is_empty() {
        format!("http://{address}")
    } else {
        config.base_url.clone()
    };
    tracing::info!(%address, base_url = base, portals = portals.len(), "listening");
    match guide {
        Some(guide) => say(guide),
        None if is_watched() => say(&boxed(&lines(config, &base, portals))),
        None => {}
    }
}

fn lines(config: &Config, base: &str, portals: &[CustomerPortal]) -> Vec<String> {
    let database = if config.database.url.is_some() {
        "PostgreSQL"
    } else {
        "SQLite"
    };
    let mut lines = vec![
        format!(
            "Portal {} · {database} · data in {}",
            env!("CARGO_PKG_VERSION"),
            config.data_dir.display()
        ),
        String::new(),
    ];
    if portals.is_empty() {
        lines.push(format!(
            "Listening on {base}. There is no portal yet: open the link below, or stop this and run:"
        ));
        lines.push("  portal create --name \"Help\"".to_owned());
        lines.push("  portal contact add --name \"Ada Example\" --email ada@example.com".to_owned());
    }
    let scheme = if base.starts_with("https") {
        Scheme::Https
    } else {
        Scheme::Http
    };
    for portal in portals {
        let open = if portal.published { "" } else { " (not published)" };
        lines.push(format!(
            "→ {}://{}/{}  {}{open}",
            scheme.as_str(),
            portal.host,
            portal.slug,
            portal.name
        ));
    }
    lines
}

fn boxed(lines: &[String]) -> String {
    let width = lines.iter().map(|it| it.chars().count()).max().unwrap_or(0);
    let edge = "─".repeat(width + 2);
    let inside: Vec<String> = lines.iter().map(|it| format!("│ {it:<width$} │")).collect();
    format!("╭{edge}╮\n{}\n╰{edge}╯", inside.join("\n"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_box_is_closed() {
        let lines = ["äö".to_owned(), "x → y".to_owned()];
        assert_eq!(super::boxed(&lines), "╭───────╮\n│ äö    │\n│ x → y │\n╰───────╯");
    }
}
