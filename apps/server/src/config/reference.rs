use std::fmt::Write as _;

use super::keys::{KEYS, Kind};

/// The reference of all keys as Markdown.
#[must_use]
pub fn reference() -> String {
    let mut out = String::from(
        "# Configuration\n\n\
         The server reads, each winning over the one before: its defaults, TOML files (`--config FILE`, as often as needed; \
         without it `portal.toml` in the current folder if it is there), and the environment. A wrong key is an error that \
         names the right one. `portal check-config` prints what is in effect, and where it came from.\n\n\
         Portals, their addresses and who may see what are no configuration: see `portal create --help`.\n",
    );
    let mut section = None;
    for key in KEYS {
        let above = key.path.rsplit_once('.').map(|it| it.0);
        if above != section {
            section = above;
            // Writing into a String cannot fail, here and below.
            let _ = writeln!(out, "\n## [{}]", above.unwrap_or_default());
        }
        let kind = match key.kind {
            Kind::Text => "text",
            Kind::Path => "path",
            Kind::Number => "number",
            Kind::Switch => "true or false",
            Kind::List => "list, separated by commas in the environment",
            Kind::Tables => "list of tables, only in a file",
            Kind::Secret => "secret text",
        };
        let _ = writeln!(out, "\n### `{}`\n\n{}\n\n- Takes: {kind}", key.path, key.about);
        let default = if key.default.is_empty() {
            "none".to_owned()
        } else {
            format!("`{}`", key.default)
        };
        let _ = writeln!(out, "- Default: {default}");
        if !key.example.is_empty() {
            let _ = writeln!(out, "- Example: `{}`", key.example);
        }
        if key.kind != Kind::Tables {
            let _ = writeln!(out, "- Variable: `{}`", key.variable());
        }
    }
    out
}
