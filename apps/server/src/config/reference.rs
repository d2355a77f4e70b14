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
            out.push_str(&format!("\n## [{}]\n", above.unwrap_or_default()));
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
        out.push_str(&format!("\n### `{}`\n\n{}\n\n- Takes: {kind}\n", key.path, key.about));
        let default = if key.default.is_empty() { "none".to_owned() } else { format!("`{}`", key.default) };
        out.push_str(&format!("- Default: {default}\n"));
        if !key.example.is_empty() {
            out.push_str(&format!("- Example: `{}`\n", key.example));
        }
        if key.kind != Kind::Tables {
            out.push_str(&format!("- Variable: `{}`\n", key.variable()));
        }
    }
    out
}
