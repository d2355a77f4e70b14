use super::wording;
use crate::input::{Checker, ProblemKind, Problems};
use crate::text::{Locale, Localized};

/// What a contact must accept to get in, in one version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConsentNotice {
    /// The text, in light Markdown; without it, nothing is asked.
    pub text: Option<Localized>,
    /// Which version of the text this is; 0 while there never was one.
    pub version: u32,
    /// The oldest version whose acceptance still counts. Whoever accepted an older one is asked again.
    pub counts_from: u32,
}

impl ConsentNotice {
    /// The longest text in bytes of UTF-8.
    pub const MAX: usize = 20_000;

    /// Whether it makes sense.
    ///
    /// # Errors
    /// Names every field that must be mended.
    pub fn check(&self) -> Result<(), Problems> {
        let mut checker = Checker::default();
        if let Some(text) = &self.text {
            wording::prose(&mut checker, "text", text, Self::MAX);
            if self.version == 0 {
                checker.note("version", ProblemKind::Range { min: 1, max: u32::MAX });
            }
        }
        if self.counts_from > self.version {
            let max = self.version;
            checker.note("counts_from", ProblemKind::Range { min: 0, max });
        }
        checker.done()
    }

    /// The notice with another text: a new version if it differs, asked again of everybody if so wanted.
    #[must_use]
    pub fn reworded(&self, text: Option<Localized>, ask_again: bool) -> Self {
        let version = if text == self.text || text.is_none() {
            self.version
        } else {
            self.version.saturating_add(1)
        };
        // The first text is asked of everybody: nobody accepted anything before.
        let anew = ask_again || (self.text.is_none() && text.is_some() && text != self.text);
        Self {
            counts_from: if anew { version } else { self.counts_from },
            text,
            version,
        }
    }

    /// Whether somebody who accepted this version, or nothing yet, must be asked.
    #[must_use]
    pub fn must_ask(&self, accepted: Option<u32>) -> bool {
        self.text.is_some() && accepted.is_none_or(|it| it < self.counts_from)
    }

    /// The text in a reader's language, if there is anything to accept.
    #[must_use]
    pub fn wording(&self, locale: &Locale) -> Option<&str> {
        self.text.as_ref().map(|it| it.get(locale))
    }
}
