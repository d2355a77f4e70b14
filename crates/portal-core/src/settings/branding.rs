use super::colour::Colour;
use crate::input::{Checker, ProblemKind, Problems};
use crate::ticket::FileKey;

/// A picture that was made anew from its pixels and is kept in the file store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrandPicture {
    /// Where its content lies.
    pub key: FileKey,
    /// The beginning of the SHA-256 of its content, 16 hexadecimal digits: its name in addresses.
    pub digest: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// What makes a portal look like its company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branding {
    /// Whether the portal's name stands beside the logo.
    pub show_name: bool,
    /// The logo on light pages.
    pub logo: Option<BrandPicture>,
    /// The logo on dark pages; without it the other one.
    pub logo_dark: Option<BrandPicture>,
    /// The picture in the browser's tab.
    pub favicon: Option<BrandPicture>,
    /// The company's colour.
    pub accent: Option<Colour>,
}

impl Default for Branding {
    fn default() -> Self {
        Self {
            show_name: true,
            logo: None,
            logo_dark: None,
            favicon: None,
            accent: None,
        }
    }
}

impl Branding {
    /// A logo is brought into so many pixels across and down: twice of what is shown, for fine screens.
    pub const LOGO: (u32, u32) = (480, 96);
    /// A picture of the tab is brought into so many pixels across and down.
    pub const FAVICON: (u32, u32) = (96, 96);
    /// The largest upload in bytes.
    pub const MAX_UPLOAD: u64 = 2 * 1024 * 1024;

    /// Whether it makes sense.
    ///
    /// # Errors
    /// Names every field that must be mended.
    pub fn check(&self) -> Result<(), Problems> {
        let mut checker = Checker::default();
        let pictures = [
            ("logo", &self.logo, Self::LOGO),
            ("logo_dark", &self.logo_dark, Self::LOGO),
            ("favicon", &self.favicon, Self::FAVICON),
        ];
        for (field, picture, (width, height)) in pictures {
            let Some(picture) = picture else { continue };
            let named = picture.digest.len() == 16 && picture.digest.bytes().all(|it| it.is_ascii_hexdigit());
            if !named || !(1..=width).contains(&picture.width) || !(1..=height).contains(&picture.height) {
                checker.note(field, ProblemKind::Range { min: 1, max: width });
            }
        }
        if !self.show_name && self.logo.is_none() {
            checker.note("show_name", ProblemKind::Lacks("logo"));
        }
        checker.done()
    }

    /// Its pictures.
    pub fn pictures(&self) -> impl Iterator<Item = &BrandPicture> {
        [&self.logo, &self.logo_dark, &self.favicon].into_iter().flatten()
    }

    /// The picture with this name.
    #[must_use]
    pub fn picture(&self, digest: &str) -> Option<&BrandPicture> {
        self.pictures().find(|it| it.digest == digest)
    }
}
