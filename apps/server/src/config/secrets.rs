use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::Config;
use super::error::ConfigError;

/// Reads the files that hold secrets, and looks whether others can read them.
pub(super) fn read(config: &mut Config, files: &[PathBuf], warnings: &mut Vec<String>) -> Result<(), ConfigError> {
    let database = &mut config.database;
    one(
        "database.url",
        &mut database.url,
        &database.url_file,
        "the address of the database",
        warnings,
    )?;
    let mail = &mut config.mail;
    one(
        "mail.password",
        &mut mail.password,
        &mail.password_file,
        "the password",
        warnings,
    )?;
    let in_configuration = (
        config.database.url.is_some() && config.database.url_file.as_os_str().is_empty(),
        "url",
    );
    let password = (
        config.mail.password.is_some() && config.mail.password_file.as_os_str().is_empty(),
        "password",
    );
    for file in files {
        if [in_configuration, password]
            .iter()
            .any(|(is_set, key)| *is_set && mentions(file, key))
        {
            warn_if_open(file, warnings);
        }
    }
    Ok(())
}

/// Reads the file of one secret, if one is named.
fn one(
    key: &str,
    secret: &mut Option<SecretString>,
    file: &Path,
    what: &str,
    warnings: &mut Vec<String>,
) -> Result<(), ConfigError> {
    if file.as_os_str().is_empty() {
        return Ok(());
    }
    if secret.is_some() {
        return Err(ConfigError::one(
            format!("{key}_file"),
            format!("`{key}` is set, too; keep only one of them"),
        ));
    }
    let place = format!("{key}_file = {}", file.display());
    let text = std::fs::read_to_string(file)
        .map_err(|it| ConfigError::one(place.clone(), format!("the file cannot be read: {it}")))?;
    if text.trim().is_empty() {
        return Err(ConfigError::one(
            place,
            format!("the file is empty; write {what} into it"),
        ));
    }
    warn_if_open(file, warnings);
    *secret = Some(SecretString::from(text.trim()));
    Ok(())
}

fn mentions(file: &Path, key: &str) -> bool {
    std::fs::read_to_string(file).is_ok_and(|it| it.lines().any(|line| line.trim_start().starts_with(key)))
}

fn warn_if_open(file: &Path, warnings: &mut Vec<String>) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open = std::fs::metadata(file).is_ok_and(|it| it.permissions().mode() & 0o007 != 0);
        if open {
            let file = file.display();
            warnings.push(format!(
                "`{file}` holds a secret and everybody on this machine can read it; run: chmod o-rwx {file}"
            ));
        }
    }
    #[cfg(not(unix))]
    let _ = (file, warnings);
}
