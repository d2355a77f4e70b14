use crate::id::ContactId;
use crate::text::{EmailAddress, Locale, PersonName};
use crate::time::Timestamp;

/// A contact's means of signing in.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose it is.
    pub contact: ContactId,
    /// The password hash in PHC string format, made by the [`Passwords`](crate::ports::Passwords) port;
    /// [`NO_PASSWORD`](Self::NO_PASSWORD) if there is none.
    pub password_hash: String,
    /// When the password was set last.
    pub password_set_at: Timestamp,
}

impl Account {
    /// What stands in the place of a hash where there is no password: nothing matches it.
    pub const NO_PASSWORD: &'static str = "";

    /// The hash, if there is a password.
    #[must_use]
    pub fn password(&self) -> Option<&str> {
        Some(self.password_hash.as_str()).filter(|it| *it != Self::NO_PASSWORD)
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("contact", &self.contact)
            .finish_non_exhaustive()
    }
}

/// What a contact sees and sets of themself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Who it is.
    pub contact: ContactId,
    /// The name that is shown.
    pub name: PersonName,
    /// The sign-in address.
    pub email: Option<EmailAddress>,
    /// The language chosen on the account page or imported.
    pub language: Option<Locale>,
    /// The IANA time zone chosen on the account page.
    pub time_zone: Option<String>,
    /// The name of the primary company.
    pub company: Option<String>,
}
