use super::account::Profile;
use super::error::WayInError;
use super::password::Password;
use crate::input::{Checker, ProblemKind, Problems};
use crate::portal::Portal;
use crate::settings::CustomerPortal;
use crate::text::EmailAddress;

/// A password that somebody chooses, typed twice.
pub(super) struct NewPassword {
    /// The field of the first entry.
    pub(super) field: &'static str,
    /// The first entry.
    pub(super) password: String,
    /// The second entry.
    pub(super) again: String,
}

impl NewPassword {
    /// Checks it against the rules, with the words that everybody could guess here.
    pub(super) fn check(
        &self,
        checker: &mut Checker,
        address: Option<&EmailAddress>,
        names: &[&str],
    ) -> Option<Password> {
        let words: Vec<&str> = names.iter().flat_map(|it| it.split_whitespace()).collect();
        let chosen = checker.take(self.field, Password::chosen(self.password.clone(), address, &words));
        if self.again != self.password {
            checker.note("again", ProblemKind::Differs);
        }
        chosen
    }
}

impl Portal {
    /// The hash of a password that keeps to the rules.
    pub(super) async fn chosen_hash(
        &self,
        chosen: NewPassword,
        address: Option<&EmailAddress>,
        profile: Option<&Profile>,
        site: &CustomerPortal,
    ) -> Result<String, WayInError> {
        let name = profile.map_or("", |it| it.name.as_str());
        let company = profile.and_then(|it| it.company.as_deref()).unwrap_or_default();
        let mut checker = Checker::default();
        let password = chosen.check(&mut checker, address, &[name, company, site.name.as_str()]);
        checker.done()?;
        let password = password.ok_or_else(|| Problems::one(chosen.field, ProblemKind::NotOffered))?;
        Ok(self.passwords.hash(&password).await?)
    }
}
