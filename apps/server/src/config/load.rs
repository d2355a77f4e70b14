use std::path::{Path, PathBuf};

use figment::providers::{Format, Serialized, Toml};
use figment::value::{Dict, Value};
use figment::{Figment, Provider};

use super::error::{ConfigError, Fault};
use super::keys::{KEYS, Key, Kind};
use super::{Config, secrets, validate};

/// The file that is read if none is named.
const USUAL_FILE: &str = "portal.toml";

/// Where the configuration comes from.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// TOML files, later ones winning; if there are none, `portal.toml` if it exists.
    pub files: Vec<PathBuf>,
    /// The environment.
    pub variables: Vec<(String, String)>,
}

impl Sources {
    /// These files, and the environment of the process.
    #[must_use]
    pub fn of_process(files: Vec<PathBuf>) -> Self {
        let text = |it: std::ffi::OsString| it.into_string().ok();
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| text(name).zip(text(value)))
            .collect();
        Self { files, variables }
    }
}

/// A configuration that can be used.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The values.
    pub config: Config,
    /// What the operator should know.
    pub warnings: Vec<String>,
    /// Where each value came from, by key, in the order of the reference.
    pub(super) origins: Vec<(&'static Key, Value, String)>,
}

/// Reads and checks the configuration.
///
/// # Errors
/// Names every fault with its place and what to write instead.
pub fn load(sources: &Sources) -> Result<Loaded, ConfigError> {
    let mut faults = Vec::new();
    let mut layers = vec![("default".to_owned(), defaults())];
    let usual = [PathBuf::from(USUAL_FILE)];
    let files: &[PathBuf] = match sources.files.as_slice() {
        [] if Path::new(USUAL_FILE).is_file() => &usual,
        named => named,
    };
    for file in files {
        match read_file(file) {
            Ok(dict) => {
                unknown_keys(&file.display().to_string(), "", &dict, &mut faults);
                layers.push((file.display().to_string(), dict));
            }
            Err(fault) => faults.push(fault),
        }
    }
    layers.extend(variables(&sources.variables, &mut faults));
    if !faults.is_empty() {
        return Err(ConfigError(faults));
    }

    let mut figment = Figment::new();
    for (_, dict) in &layers {
        figment = figment.merge(Serialized::defaults(dict.clone()));
    }
    let origin = |key: &Key| {
        layers
            .iter()
            .rev()
            .find_map(|(place, dict)| at(dict, key.path).map(|it| (it.clone(), place.clone())))
    };
    let mut config: Config = figment.extract().map_err(|errors| {
        let fault = |error: figment::Error| {
            let path = error.path.join(".");
            let key = Key::find(&path);
            let place = key
                .and_then(origin)
                .map_or_else(|| "configuration".to_owned(), |it| it.1);
            let example = key.map_or("", |it| if it.default.is_empty() { it.example } else { it.default });
            let hint = if example.is_empty() {
                String::new()
            } else {
                format!("; write something like `{path} = {example}`")
            };
            Fault {
                place,
                what: format!("`{path}`: {}{hint}", error.kind),
            }
        };
        ConfigError(errors.into_iter().map(fault).collect())
    })?;

    let mut warnings = Vec::new();
    secrets::read(&mut config, files, &mut warnings)?;
    validate::check(&config, &mut warnings)?;
    let entry = |key: &'static Key| {
        let (value, place) = origin(key).unwrap_or_else(|| (Value::from(""), "default".to_owned()));
        // What is kept for printing must not be able to print a secret.
        let value = if key.kind == Kind::Secret {
            Value::from("")
        } else {
            value
        };
        (key, value, place)
    };
    let origins = KEYS.iter().map(entry).collect();
    Ok(Loaded {
        config,
        warnings,
        origins,
    })
}

/// The defaults of the table of keys, which a test holds to be valid TOML.
fn defaults() -> Dict {
    let mut dict = Dict::new();
    for key in KEYS.iter().filter(|it| !it.default.is_empty()) {
        let line = format!("value = {}", key.default);
        if let Some(value) = parsed(&line).ok().and_then(|it| it.get("value").cloned()) {
            put(&mut dict, key.path, value);
        }
    }
    dict
}

fn parsed(toml: &str) -> Result<Dict, String> {
    let mut profiles = Toml::string(toml).data().map_err(|it| it.kind.to_string())?;
    Ok(profiles.remove(&figment::Profile::Default).unwrap_or_default())
}

fn read_file(file: &Path) -> Result<Dict, Fault> {
    let place = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|it| Fault {
        place: place.clone(),
        what: format!("the file cannot be read: {it}"),
    })?;
    parsed(&text).map_err(|it| Fault {
        place,
        what: format!("this is no TOML: {it}"),
    })
}

fn unknown_keys(place: &str, above: &str, dict: &Dict, faults: &mut Vec<Fault>) {
    for (name, value) in dict {
        let path = if above.is_empty() {
            name.clone()
        } else {
            format!("{above}.{name}")
        };
        if Key::find(&path).is_some() {
            continue;
        }
        match value {
            Value::Dict(_, inner) if Key::is_section(&path) => unknown_keys(place, &path, inner, faults),
            _ if Key::is_section(&path) => {
                faults.push(Fault {
                    place: place.to_owned(),
                    what: format!("`{path}` is a section; write `[{path}]` and its keys below"),
                });
            }
            Value::Dict(_, inner) if !inner.is_empty() => {
                for name in inner.keys() {
                    faults.push(unknown(place, &format!("{path}.{name}")));
                }
            }
            _ => faults.push(unknown(place, &path)),
        }
    }
}

fn unknown(place: &str, path: &str) -> Fault {
    let hint = Key::nearest(path).map_or_else(
        || "`portal check-config --reference` lists all keys".to_owned(),
        |it| format!("did you mean `{}`?", it.path),
    );
    Fault {
        place: place.to_owned(),
        what: format!("there is no key `{path}`; {hint}"),
    }
}

/// What the environment says, one layer a variable, `DATABASE_URL` below the ones of our own.
fn variables(variables: &[(String, String)], faults: &mut Vec<Fault>) -> Vec<(String, Dict)> {
    let mut layers = Vec::new();
    let layer = |path: &str, value: Value| {
        let mut dict = Dict::new();
        put(&mut dict, path, value);
        dict
    };
    for (name, value) in variables.iter().filter(|it| it.0 == "DATABASE_URL" && !it.1.is_empty()) {
        layers.push((format!("${name}"), layer("database.url", Value::from(value.as_str()))));
    }
    for (name, text) in variables {
        let Some(rest) = name.strip_prefix("PORTAL__") else {
            continue;
        };
        let path = rest.to_lowercase().replace("__", ".");
        let place = format!("${name}");
        let Some(key) = Key::find(&path) else {
            let hint = Key::nearest(&path).map_or_else(
                || "`portal check-config --reference` lists all of them".to_owned(),
                |it| format!("did you mean `{}`?", it.variable()),
            );
            faults.push(Fault {
                place,
                what: format!("there is no such setting; {hint}"),
            });
            continue;
        };
        match from_text(key, text) {
            Ok(value) => layers.push((place, layer(key.path, value))),
            Err(what) => faults.push(Fault { place, what }),
        }
    }
    layers
}

fn from_text(key: &Key, text: &str) -> Result<Value, String> {
    let text = text.trim();
    match key.kind {
        Kind::Text | Kind::Path | Kind::Secret => Ok(Value::from(text)),
        Kind::Number => text
            .parse::<u64>()
            .map(Value::from)
            .map_err(|_| format!("`{text}` is no whole number; write something like `{}`", key.default)),
        Kind::Switch => match text.to_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Ok(Value::from(true)),
            "false" | "0" | "no" | "off" | "" => Ok(Value::from(false)),
            _ => Err(format!("`{text}` is neither `true` nor `false`")),
        },
        Kind::List => Ok(Value::from(
            text.split(',')
                .map(str::trim)
                .filter(|it| !it.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>(),
        )),
        Kind::Tables => Err(format!("`{}` can only be set in a file", key.path)),
    }
}

fn put(dict: &mut Dict, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            dict.insert(path.to_owned(), value);
        }
        Some((section, rest)) => {
            let inner = dict
                .entry(section.to_owned())
                .or_insert_with(|| Value::from(Dict::new()));
            if let Value::Dict(_, inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

fn at<'a>(dict: &'a Dict, path: &str) -> Option<&'a Value> {
    match path.split_once('.') {
        None => dict.get(path),
        Some((section, rest)) => match dict.get(section)? {
            Value::Dict(_, inner) => at(inner, rest),
            _ => None,
        },
    }
}
