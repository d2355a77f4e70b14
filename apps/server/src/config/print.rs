use std::fmt::Write as _;

use figment::value::Value;
use secrecy::ExposeSecret;

use super::keys::Kind;
use super::load::Loaded;

const MASK: &str = "********";

impl Loaded {
    /// The effective configuration as TOML, each value with where it came from, secrets masked.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        let mut section = "";
        for (key, value, place) in &self.origins {
            let (above, name) = key.path.rsplit_once('.').unwrap_or(("", key.path));
            if above != section {
                section = above;
                // Writing into a String cannot fail, here and below.
                let _ = write!(out, "\n[{section}]\n");
            }
            let _ = match self.shown(key.kind, value) {
                Some(text) => writeln!(out, "{name} = {text} # {place}"),
                None => writeln!(out, "# {name} is not set"),
            };
        }
        out
    }

    /// The same as JSON: key → value and origin.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let entry = |(key, value, place): &(&super::Key, Value, String)| {
            let value = match key.kind {
                Kind::Secret => self.secret().map_or(serde_json::Value::Null, Into::into),
                _ => serde_json::to_value(value).unwrap_or_default(),
            };
            (
                key.path.to_owned(),
                serde_json::json!({ "value": value, "from": place }),
            )
        };
        serde_json::Value::Object(self.origins.iter().map(entry).collect())
    }

    fn shown(&self, kind: Kind, value: &Value) -> Option<String> {
        match kind {
            Kind::Secret => self.secret().map(|it| format!("\"{it}\"")),
            _ => toml::Value::try_from(value).ok().map(|it| it.to_string()),
        }
    }

    /// That there is a secret, and not how long it is.
    fn secret(&self) -> Option<&'static str> {
        self.config
            .database
            .url
            .as_ref()
            .filter(|it| !it.expose_secret().is_empty())
            .map(|_| MASK)
    }
}
