use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;

use super::*;

fn variables(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn with_file(text: &str, pairs: &[(&str, &str)]) -> Result<Loaded, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "portal.toml", text);
    load(&Sources {
        files: vec![file],
        variables: variables(pairs),
    })
    .map_err(|it| named(it, folder.path()))
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let file = folder.join(name);
    std::fs::write(&file, text).unwrap();
    file
}

/// Takes the random part out of the places.
fn named(error: ConfigError, folder: &Path) -> ConfigError {
    let folder = format!("{}/", folder.display());
    ConfigError(
        error
            .0
            .into_iter()
            .map(|it| Fault {
                place: it.place.replace(&folder, ""),
                what: it.what.replace(&folder, ""),
            })
            .collect(),
    )
}

fn fault(result: Result<Loaded, ConfigError>) -> String {
    let error = result.unwrap_err();
    assert_eq!(error.0.len(), 1, "{error}");
    let Fault { place, what } = &error.0[0];
    format!("{place}: {what}")
}

#[test]
fn without_anything_the_defaults_are_usable() {
    let loaded = with_file("", &[]).unwrap();
    assert_eq!(loaded.config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(loaded.config.effective_base_url(), "http://127.0.0.1:8080");
    assert_eq!(loaded.config.file_limits(), portal_core::ticket::FileLimits::default());
    assert!(loaded.config.database.url.is_none());
    assert!(loaded.warnings.is_empty());
}

#[test]
fn every_key_has_a_variable_and_a_meaning_and_a_valid_default() {
    for key in KEYS {
        assert!(key.about.ends_with('.'), "{}", key.path);
        assert!(
            key.default.is_empty() || format!("x = {}", key.default).parse::<toml::Table>().is_ok(),
            "{}",
            key.path
        );
        assert!(
            key.example.is_empty() || format!("x = {}", key.example).parse::<toml::Table>().is_ok(),
            "{}",
            key.path
        );
    }
    assert_eq!(Key::find("database.url").unwrap().variable(), "PORTAL__DATABASE__URL");
}

#[test]
fn files_win_over_defaults_later_files_over_earlier_ones_and_variables_over_all() {
    let folder = tempfile::tempdir().unwrap();
    let first = write(
        folder.path(),
        "a.toml",
        "[limits]\nconnections = 100\nheader_seconds = 5\ndrain_seconds = 7\n",
    );
    let second = write(
        folder.path(),
        "b.toml",
        "limits.connections = 200\nlimits.header_seconds = 6\n",
    );
    let sources = Sources {
        files: vec![first, second],
        variables: variables(&[("PORTAL__LIMITS__CONNECTIONS", "300")]),
    };
    let limits = load(&sources).unwrap().config.limits;
    assert_eq!(
        (
            limits.connections,
            limits.header_seconds,
            limits.drain_seconds,
            limits.rates
        ),
        (300, 6, 7, true)
    );
}

#[test]
fn database_url_is_below_our_own_variable_and_above_files() {
    let url = |pairs: &[(&str, &str)]| {
        let loaded = with_file("[database]\nurl = \"postgres://file/x\"\n", pairs).unwrap();
        loaded.config.database.url.unwrap().expose_secret().to_owned()
    };
    assert_eq!(url(&[]), "postgres://file/x");
    assert_eq!(url(&[("DATABASE_URL", "postgres://usual/x")]), "postgres://usual/x");
    let both = [
        ("PORTAL__DATABASE__URL", "postgres://own/x"),
        ("DATABASE_URL", "postgres://usual/x"),
    ];
    assert_eq!(url(&both), "postgres://own/x");
}

#[test]
fn variables_are_read_as_what_the_key_takes() {
    let pairs = [
        ("PORTAL__OPERATOR__NAME", "0123"),
        ("PORTAL__TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8"),
        ("PORTAL__LIMITS__RATES", "off"),
        ("PORTAL_CONFIG", "not one of ours"),
    ];
    let config = with_file("", &pairs).unwrap().config;
    assert_eq!(config.operator.name, "0123");
    assert_eq!(config.trusted_proxies, ["127.0.0.1", "10.0.0.0/8"]);
    assert!(!config.limits.rates);
    assert_eq!(config.web([]).unwrap().trusted_proxies.len(), 2);
}

#[test]
fn wrong_keys_are_refused_with_the_right_one() {
    assert_eq!(
        fault(with_file("bse_url = \"x\"", &[])),
        "portal.toml: there is no key `bse_url`; did you mean `base_url`?"
    );
    assert_eq!(
        fault(with_file("[database]\nurll = \"x\"", &[])),
        "portal.toml: there is no key `database.urll`; did you mean `database.url`?"
    );
    assert_eq!(
        fault(with_file("[databse]\nurl = \"x\"", &[])),
        "portal.toml: there is no key `databse.url`; did you mean `database.url`?"
    );
    assert_eq!(
        fault(with_file("max_connections = 5", &[])),
        "portal.toml: there is no key `max_connections`; did you mean `database.max_connections`?"
    );
    assert_eq!(
        fault(with_file("quux = 1", &[])),
        "portal.toml: there is no key `quux`; `portal check-config --reference` lists all keys"
    );
    assert_eq!(
        fault(with_file("log = 1", &[])),
        "portal.toml: `log` is a section; write `[log]` and its keys below"
    );
    assert_eq!(
        fault(with_file("", &[("PORTAL__DATABSE__URL", "x")])),
        "$PORTAL__DATABSE__URL: there is no such setting; did you mean `PORTAL__DATABASE__URL`?"
    );
}

#[test]
fn wrong_values_are_refused_with_an_example() {
    let message = fault(with_file("listen = 8080", &[]));
    assert!(
        message.starts_with("portal.toml: `listen`: ")
            && message.ends_with("write something like `listen = \"127.0.0.1:8080\"`"),
        "{message}"
    );
    let message = fault(with_file("", &[("PORTAL__LISTEN", "here")]));
    assert!(message.starts_with("$PORTAL__LISTEN: `listen`: "), "{message}");
    assert_eq!(
        fault(with_file("", &[("PORTAL__FILES__MAX_MIB", "many")])),
        "$PORTAL__FILES__MAX_MIB: `many` is no whole number; write something like `25`"
    );
    assert!(fault(with_file("listen = ", &[])).starts_with("portal.toml: this is no TOML: "));
    assert!(fault(with_file("[log]\nlevel = \"loud\"", &[])).starts_with("log.level: "));
    assert!(fault(with_file("trusted_proxies = [\"x\"]", &[])).starts_with("trusted_proxies: "));
    assert!(fault(with_file("[database]\nurl = \"mysql://x\"", &[])).starts_with("database.url: "));
    assert!(fault(with_file("[limits]\nconnections = 1", &[])).contains("not within 16 and"));
    let link = "[[operator.links]]\nlabel = \"x\"\nhref = \"javascript:alert(1)\"";
    assert!(fault(with_file(link, &[])).starts_with("operator.links: "));
    assert!(
        fault(with_file(
            "[[operator.links]]\nlabel = \"x\"\nurl = \"https://a.example\"",
            &[]
        ))
        .contains("url")
    );
}

#[test]
fn plain_http_beyond_this_machine_is_refused_unless_it_is_meant() {
    for fine in [
        "http://127.0.0.1:8080",
        "http://localhost:8080",
        "http://help.localhost",
        "http://[::1]:8080",
        "https://help.example.com",
    ] {
        let loaded = with_file(&format!("base_url = \"{fine}\""), &[]).unwrap();
        assert!(loaded.warnings.is_empty(), "{fine}");
    }
    let http = "base_url = \"http://help.example.com\"\n";
    assert!(fault(with_file(http, &[])).contains("insecure_http = true"));
    let meant = with_file(&format!("{http}insecure_http = true"), &[]).unwrap();
    assert_eq!(meant.warnings.len(), 1);
    // Listening everywhere says nothing about the address that browsers use.
    assert!(fault(with_file("listen = \"0.0.0.0:8080\"", &[])).contains("write the address browsers use"));
    assert!(
        with_file(
            "listen = \"0.0.0.0:8080\"\nbase_url = \"https://help.example.com\"",
            &[]
        )
        .is_ok()
    );
}

#[test]
fn a_secret_can_come_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let secret = write(folder.path(), "url", "postgres://portal:hush@db/portal\n");
    let file = |more: &str| format!("[database]\nurl_file = {secret:?}\n{more}");
    private(&secret);
    let loaded = with_file(&file(""), &[]).unwrap();
    assert_eq!(
        loaded.config.database.url.as_ref().unwrap().expose_secret(),
        "postgres://portal:hush@db/portal"
    );
    assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
    assert!(fault(with_file(&file("url = \"postgres://x/y\""), &[])).contains("keep only one"));
    std::fs::write(&secret, " \n").unwrap();
    assert!(fault(with_file(&file(""), &[])).contains("the file is empty"));
    std::fs::remove_file(&secret).unwrap();
    assert!(fault(with_file(&file(""), &[])).contains("cannot be read"));
}

fn private(file: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_secret_that_everybody_can_read_is_warned_about() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let secret = write(folder.path(), "url", "postgres://portal:hush@db/portal");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o644)).unwrap();
    let loaded = with_file(&format!("[database]\nurl_file = {secret:?}"), &[]).unwrap();
    assert_eq!(loaded.warnings.len(), 1);
    assert!(loaded.warnings[0].contains("chmod o-rwx"));
}

#[test]
fn adm_020_secrets_are_never_printed() {
    let loaded = with_file("[database]\nurl = \"postgres://portal:hush@db/portal\"", &[]).unwrap();
    let printed = format!(
        "{}{}{:?}{:?}",
        loaded.to_toml(),
        loaded.to_json(),
        loaded.config,
        loaded
    );
    assert!(!printed.contains("hush"), "{printed}");
    assert!(loaded.to_toml().contains("url = \"********\""));
}

#[test]
fn what_is_in_effect_is_printed_with_its_origin() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(
        folder.path(),
        "portal.toml",
        "base_url = \"https://help.example.com\"\n[[operator.links]]\nlabel = \"Imprint\"\nhref = \"https://example.com\"\n",
    );
    let loaded = load(&Sources {
        files: vec![file],
        variables: variables(&[("PORTAL__LOG__FORMAT", "json")]),
    })
    .unwrap();
    let printed = loaded.to_toml().replace(&format!("{}/", folder.path().display()), "");
    insta::assert_snapshot!(printed);
    // It can be used as a configuration again.
    assert!(with_file(&printed, &[]).is_ok());
}

#[test]
fn the_reference_that_is_checked_in_is_fresh() {
    let there = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/generated/config-reference.md");
    let there = std::fs::read_to_string(there).unwrap_or_default();
    assert!(
        there.trim_end() == reference().trim_end(),
        "stale; run: cargo xtask codegen"
    );
}
