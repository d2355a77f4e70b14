//! Where passwords come from: typed without echo, a file, or standard input; never the command line, which everybody on
//! the machine can read.

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use portal_core::crm::Contact;
use portal_core::membership::{Account, Password, ThrottleKey};
use portal_core::ports::Access;

use super::TASK;
use crate::failure::Failure;
use crate::output::say;
use crate::wiring::Wired;

/// Where a password comes from.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct PasswordArgs {
    /// Read the password from the first line of this file; `-` is standard input. Else it is asked for without echo
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}

/// Reads a password, twice where somebody types it.
pub(crate) fn read(args: &PasswordArgs) -> Result<String, Failure> {
    match &args.password_file {
        Some(file) if file == Path::new("-") => first_line(std::io::stdin().lock()),
        Some(file) => first_line(
            std::fs::File::open(file)
                .map_err(|it| Failure::wrong(format!("`{}` cannot be read: {it}", file.display())))?,
        ),
        None if std::io::stdin().is_terminal() => typed(),
        None => Err(Failure::wrong(
            "there is no terminal to ask for a password; give a file with --password-file, or `-` for standard input",
        )),
    }
}

fn first_line(from: impl Read) -> Result<String, Failure> {
    let mut text = String::new();
    from.take(4096).read_to_string(&mut text)?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn typed() -> Result<String, Failure> {
    let first = rpassword::prompt_password("New password (at least 15 characters): ")?;
    let second = rpassword::prompt_password("Once more: ")?;
    if first == second {
        Ok(first)
    } else {
        Err(Failure::wrong("the two passwords differ; nothing was changed"))
    }
}

/// The account with a new password, made outside of any unit of work, because hashing takes long.
pub(crate) async fn account(
    wired: &Wired,
    contact: &Contact,
    typed: String,
    words: &[&str],
) -> Result<Account, Failure> {
    let password = Password::chosen(typed, contact.membership_email.as_ref(), words)
        .map_err(|it| Failure::wrong(it.to_string()))?;
    let password_hash = wired.passwords().hash(&password).await?;
    Ok(Account {
        contact: contact.id,
        password_hash,
        password_set_at: wired.now(),
    })
}

/// Sets the password, ends all sessions, and forgets failed attempts.
pub(crate) async fn set(wired: &Wired, contact: &Contact, typed: String) -> Result<(), Failure> {
    let names = portal_names(wired).await?;
    let words: Vec<&str> = names.iter().map(String::as_str).collect();
    let account = account(wired, contact, typed, &words).await?;
    let mut tx = wired.store().begin(Access::Write).await?;
    tx.accounts().put_account(&account).await?;
    tx.accounts().end_sessions(contact.id, None).await?;
    tx.accounts()
        .set_throttle(&ThrottleKey::reauthentication(contact.id), None)
        .await?;
    if let Some(address) = &contact.membership_email {
        tx.accounts().set_throttle(&ThrottleKey::address(address), None).await?;
    }
    tx.commit().await?;
    say("The password is set. All sessions of this contact have ended.");
    Ok(())
}

/// Words that a password must not be made of.
pub(crate) async fn portal_names(wired: &Wired) -> Result<Vec<String>, Failure> {
    let mut tx = wired.store().begin(Access::Read).await?;
    let portals = tx.directory().all_portals(&TASK).await?;
    Ok(portals.iter().map(|it| it.name.to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::first_line;

    #[test]
    fn a_password_is_the_first_line_as_it_is() {
        assert_eq!(first_line(&b" a quiet river \nmore\n"[..]).unwrap(), " a quiet river ");
        assert_eq!(first_line(&b""[..]).unwrap(), "");
    }
}
