//! The link by which the first administrator is made.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use portal_core::membership::Secret;
use portal_core::staff::StaffLinkError;

use crate::config::Config;
use crate::failure::Failure;
use crate::output::{is_watched, say};
use crate::wiring::Wired;

/// Where the link stands if nobody watches.
const FILE: &str = "setup-link";

/// Makes a set-up link if there is no administrator, and says it: on the terminal, or, where nobody watches, in a file that
/// only its owner can read.
pub(super) async fn announce(config: &Config, wired: &Wired, base: &str) -> Result<(), Failure> {
    let file = config.data_dir.join(FILE);
    let link = match wired.portal.begin_set_up().await {
        Ok(Some(secret)) => link(base, &secret),
        Ok(None) => {
            // Left by a set-up that is done; it opens nothing any more.
            let _ = fs::remove_file(&file);
            return Ok(());
        }
        Err(StaffLinkError::Store(err)) => return Err(err.into()),
        Err(err) => return Err(Failure::wrong(err.to_string())),
    };
    if is_watched() {
        say(&format!(
            "\n  Open this link to make the first administrator (valid for 1 hour, works once):\n  → {link}\n\n  No browser? portal admin create you@example.com --name \"Your Name\"\n"
        ));
    } else {
        write(&file, &link).map_err(|source| Failure::Folder {
            path: file.clone(),
            source,
        })?;
        tracing::warn!(file = %file.display(), "there is no administrator yet; the link of the set-up stands in a file");
    }
    Ok(())
}

fn link(base: &str, secret: &Secret) -> String {
    format!("{base}/setup?token={}", secret.expose())
}

/// Writes a file that was not there before, so that nobody else holds it open.
fn write(path: &Path, link: &str) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(err) if err.kind() != io::ErrorKind::NotFound => return Err(err),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{link}")?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adm_001_the_link_in_the_file_is_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        for secret in [[1; 32], [2; 32]] {
            let link = link("http://localhost:8080", &Secret::from_bytes("setup", &secret));
            write(&path, &link).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap().trim(), link);
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            }
        }
    }
}
