use super::end_sessions::own_account;
use crate::actor::Actor;
use crate::input::{Checker, ProblemKind, Problems};
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, StoreError};
use crate::text::{Locale, PersonName};

/// What a contact changes of themself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateProfile {
    /// The name that is shown, at most 80 characters.
    pub name: String,
    /// The language of pages and mails, or whatever the browser asks for.
    pub language: Option<String>,
    /// The IANA time zone, or the browser's. Whether it exists is checked by the caller, who has the list.
    pub time_zone: Option<String>,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateProfileError {
    /// Nobody is signed in.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(UpdateProfileError);

impl Portal {
    /// Changes name, language and time zone of the contact.
    ///
    /// # Errors
    /// See [`UpdateProfileError`].
    pub async fn update_profile(&self, actor: &Actor, command: UpdateProfile) -> Result<(), UpdateProfileError> {
        attempt!(self, actor, "update_profile", self.update_profile_once(actor, &command))
    }

    async fn update_profile_once(&self, actor: &Actor, command: &UpdateProfile) -> Result<(), UpdateProfileError> {
        let contact = own_account(actor)?;
        let mut checker = Checker::default();
        let name = checker.take("name", command.name.parse::<PersonName>());
        let language = command
            .language
            .as_deref()
            .filter(|it| !it.is_empty())
            .map(str::parse::<Locale>);
        let language = language.transpose().unwrap_or_else(|_| {
            checker.note("language", ProblemKind::NotOffered);
            None
        });
        let time_zone = command.time_zone.as_deref().filter(|it| !it.is_empty());
        let plausible =
            |it: &str| it.len() <= 64 && it.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+-".contains(&b));
        if time_zone.is_some_and(|it| !plausible(it)) {
            checker.note("time_zone", ProblemKind::TimeZone);
        }
        let checked = checker.done();
        let (Some(name), Ok(())) = (name, checked.as_ref()) else {
            return Err(checked
                .err()
                .unwrap_or_else(|| Problems::one("name", ProblemKind::NotOffered))
                .into());
        };
        let mut tx = self.store.begin(Access::Write).await?;
        tx.directory()
            .update_profile(contact, &name, language.as_ref(), time_zone)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
