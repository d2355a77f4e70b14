use std::fmt;
use std::str::FromStr;

/// Why a one-line text was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Nothing but blanks.
    #[error("this must not be empty")]
    Empty,
    /// More characters than the limit, which is named.
    #[error("this may have at most {max} characters, and has {given}")]
    TooLong {
        /// The limit in characters (Unicode scalar values).
        max: usize,
        /// How many there were.
        given: usize,
    },
    /// A control character, such as a line break or NUL.
    #[error("this must be a single line without control characters")]
    Control,
}

fn check(text: &str, max: usize) -> Result<String, LineError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(LineError::Empty);
    }
    if text.chars().any(char::is_control) {
        return Err(LineError::Control);
    }
    let given = text.chars().count();
    if given > max {
        return Err(LineError::TooLong { max, given });
    }
    Ok(text.to_owned())
}

macro_rules! lines {
    ($($(#[$doc:meta])* $name:ident, $max:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(String);

        impl $name {
            /// The limit in characters (Unicode scalar values).
            pub const MAX: usize = $max;

            /// The text, trimmed, without control characters, not empty.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Makes a text from outside fit: control characters become blanks, what is too long is cut with `…`.
            ///
            /// For import and inbound channels, where refusing would lose something; `None` if nothing is left.
            #[must_use]
            pub fn fitted(text: &str) -> Option<Self> {
                let clean: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
                let clean = clean.trim();
                if clean.chars().count() > Self::MAX {
                    let cut: String = clean.chars().take(Self::MAX - 1).collect();
                    return Some(Self(format!("{}…", cut.trim_end())));
                }
                (!clean.is_empty()).then(|| Self(clean.to_owned()))
            }
        }

        impl FromStr for $name {
            type Err = LineError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                check(text, $max).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

lines! {
    /// The subject of a ticket, at most 200 characters.
    Subject, 200;
    /// The name of a person as it is shown, at most 80 characters.
    PersonName, 80;
    /// The name of a portal, at most 100 characters.
    PortalName, 100;
    /// Any other one-line text: names of companies, categories, labels, reasons; at most 300 characters.
    Line, 300;
    /// What somebody types into a search box, at most 200 characters.
    SearchText, 200;
}

/// The display name of a file, at most 150 characters, safe to show and to offer for saving.
///
/// Path separators, control and invisible formatting characters (Unicode `Cf`, such as the right-to-left override that
/// makes `gpj.exe` look like a picture) are taken out. It never names anything on the server's disk.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileName(String);

impl FileName {
    /// The limit in characters.
    pub const MAX: usize = 150;

    /// Cleans whatever a browser or a mail called the file; never fails, at worst it is `file`.
    #[must_use]
    pub fn cleaned(given: &str) -> Self {
        let base = given.rsplit(['/', '\\']).next().unwrap_or_default();
        let clean: String = base.chars().filter(|it| !it.is_control() && !is_format(*it)).collect();
        // Both at once, else `. .htaccess` would keep its dot.
        let clean = clean.trim_matches(|it: char| it == '.' || it.is_whitespace());
        let chars = clean.chars().count();
        let name = if chars <= Self::MAX {
            clean.to_owned()
        } else {
            let extension: String = match clean.rsplit_once('.') {
                Some((_, it)) if it.chars().count() <= 10 => format!(".{it}"),
                _ => String::new(),
            };
            let keep = Self::MAX - 1 - extension.chars().count();
            let stem: String = clean.chars().take(keep).collect();
            format!("{stem}…{extension}")
        };
        Self(if name.is_empty() { "file".to_owned() } else { name })
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the last dot, lower case, if it looks like an extension (1–10 ASCII letters or digits).
    #[must_use]
    pub fn extension(&self) -> Option<String> {
        let (stem, extension) = self.0.rsplit_once('.')?;
        let plausible = !stem.is_empty()
            && (1..=10).contains(&extension.len())
            && extension.bytes().all(|b| b.is_ascii_alphanumeric());
        plausible.then(|| extension.to_ascii_lowercase())
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The format characters (Unicode general category `Cf`), and the line and paragraph separators.
fn is_format(it: char) -> bool {
    matches!(u32::from(it),
        0x00AD | 0x0600..=0x0605 | 0x061C | 0x06DD | 0x070F | 0x0890..=0x0891 | 0x08E2 | 0x180E | 0x200B..=0x200F
        | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB | 0x110BD | 0x110CD | 0x13430..=0x1343F
        | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE007F)
}

/// Whether a text has format characters (Unicode `Cf`) or line separators: they cannot be seen, or turn text around.
#[must_use]
pub fn has_invisible(text: &str) -> bool {
    text.chars().any(is_format)
}
