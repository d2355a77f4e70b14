use portal_core::settings;
use serde::{Deserialize, Serialize};

use crate::display::{read, written};
use crate::localized::Localized;
use crate::{Invalid, parse};

/// What a contact must accept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum ConsentNotice {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// The text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Localized>,
        /// Its version.
        version: u32,
        /// The oldest version whose acceptance counts.
        counts_from: u32,
    },
}

impl From<&settings::ConsentNotice> for ConsentNotice {
    fn from(it: &settings::ConsentNotice) -> Self {
        Self::V1 {
            text: written(it.text.as_ref()),
            version: it.version,
            counts_from: it.counts_from,
        }
    }
}

impl TryFrom<ConsentNotice> for settings::ConsentNotice {
    type Error = Invalid;

    fn try_from(
        ConsentNotice::V1 {
            text,
            version,
            counts_from,
        }: ConsentNotice,
    ) -> Result<Self, Invalid> {
        let made = Self {
            text: read(text)?,
            version,
            counts_from,
        };
        made.check().map_err(|_| Invalid("consent notice"))?;
        Ok(made)
    }
}

/// What makes a portal look like its company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum Branding {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// Whether the name stands beside the logo.
        show_name: bool,
        /// The logo.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        logo: Option<BrandPicture>,
        /// The logo on dark pages.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        logo_dark: Option<BrandPicture>,
        /// The picture of the tab.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        favicon: Option<BrandPicture>,
        /// The colour, `#2e61c4`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accent: Option<String>,
    },
}

/// A picture in the file store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrandPicture {
    /// Its key there.
    pub key: String,
    /// The beginning of its SHA-256.
    pub digest: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl From<&settings::BrandPicture> for BrandPicture {
    fn from(it: &settings::BrandPicture) -> Self {
        Self {
            key: it.key.to_string(),
            digest: it.digest.clone(),
            width: it.width,
            height: it.height,
        }
    }
}

impl TryFrom<BrandPicture> for settings::BrandPicture {
    type Error = Invalid;

    fn try_from(it: BrandPicture) -> Result<Self, Invalid> {
        Ok(Self {
            key: parse(&it.key, "picture")?,
            digest: it.digest,
            width: it.width,
            height: it.height,
        })
    }
}

impl From<&settings::Branding> for Branding {
    fn from(it: &settings::Branding) -> Self {
        Self::V1 {
            show_name: it.show_name,
            logo: it.logo.as_ref().map(BrandPicture::from),
            logo_dark: it.logo_dark.as_ref().map(BrandPicture::from),
            favicon: it.favicon.as_ref().map(BrandPicture::from),
            accent: it.accent.map(|it| it.to_string()),
        }
    }
}

impl TryFrom<Branding> for settings::Branding {
    type Error = Invalid;

    fn try_from(it: Branding) -> Result<Self, Invalid> {
        let Branding::V1 {
            show_name,
            logo,
            logo_dark,
            favicon,
            accent,
        } = it;
        let picture = |it: Option<BrandPicture>| it.map(TryInto::try_into).transpose();
        let made = Self {
            show_name,
            logo: picture(logo)?,
            logo_dark: picture(logo_dark)?,
            favicon: picture(favicon)?,
            accent: accent.map(|it| parse(&it, "colour")).transpose()?,
        };
        made.check().map_err(|_| Invalid("branding"))?;
        Ok(made)
    }
}

/// The links at head and foot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum PortalLinks {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// At the head.
        header: Vec<PortalLink>,
        /// At the foot.
        footer: Vec<PortalLink>,
    },
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortalLink {
    /// Its words.
    pub label: Localized,
    /// Where it leads.
    pub target: String,
}

fn links(them: &[settings::PortalLink]) -> Vec<PortalLink> {
    them.iter()
        .map(|it| PortalLink {
            label: (&it.label).into(),
            target: it.target.to_string(),
        })
        .collect()
}

fn links_read(them: Vec<PortalLink>) -> Result<Vec<settings::PortalLink>, Invalid> {
    them.into_iter()
        .map(|it| {
            Ok(settings::PortalLink {
                label: it.label.try_into()?,
                target: parse(&it.target, "link")?,
            })
        })
        .collect()
}

impl From<&settings::PortalLinks> for PortalLinks {
    fn from(it: &settings::PortalLinks) -> Self {
        Self::V1 {
            header: links(&it.header),
            footer: links(&it.footer),
        }
    }
}

impl TryFrom<PortalLinks> for settings::PortalLinks {
    type Error = Invalid;

    fn try_from(PortalLinks::V1 { header, footer }: PortalLinks) -> Result<Self, Invalid> {
        let made = Self {
            header: links_read(header)?,
            footer: links_read(footer)?,
        };
        made.check().map_err(|_| Invalid("links"))?;
        Ok(made)
    }
}
