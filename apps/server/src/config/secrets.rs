use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::Config;
use super::error::ConfigError;

/// Reads the files that hold secrets, and looks whether others can read them.
pub(super) fn read(config: &mut Config, files: &[PathBuf], warnings: &mut Vec<String>) -> Result<(), ConfigError> {
    let file = config.database.url_file.clone();
    if file.as_os_str().is_empty() {
        if config.database.url.is_some() {
            for file in files.iter().filter(|it| mentions_url(it)) {
                warn_if_open(file, warnings);
            }
        }
        return Ok(());
    }
    if config.database.url.is_some() {
        return Err(ConfigError::one(
            "database.url_file",
            "`database.url` is set, too; keep only one of them",
        ));
    }
    let place = format!("database.url_file = {}", file.display());
    let text = std::fs::read_to_string(&file)
        .map_err(|it| ConfigError::one(place.clone(), format!("the file cannot be read: {it}")))?;
    if text.trim().is_empty() {
        return Err(ConfigError::one(
            place,
            "the file is empty; write the address of the database into it",
        ));
    }
    warn_if_open(&file, warnings);
    config.database.url = Some(SecretString::from(text.trim()));
    Ok(())
}

fn mentions_url(file: &Path) -> bool {
    std::fs::read_to_string(file).is_ok_and(|it| it.lines().any(|line| line.trim_start().starts_with("url")))
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
