//! Logo, picture of the tab, colour.
//!
//! A picture is kept as soon as it is sent, as a version of its own: a form that is refused would lose it.

use poem::http::{StatusCode, header};
use poem::{Body, Response};
use portal_core::input::{ProblemKind, Problems};
use portal_core::ports::ImagesError;
use portal_core::settings::{
    BrandPicture, BrandPictureError, Branding, Colour, KeepPictureError, LooksSheet, Palette, PictureUse, Section,
    SettingsValue,
};

use super::{Changed, Draft, base, change, frame, sheet};
use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::office::problems::said;
use crate::office::visit::OfficeVisit;
use crate::view::file::FileLimits;
use crate::view::office_looks::{BrandingPage, Frame, PictureLine, Shade, ShadesOf};
use crate::visit::Answer;

pub(super) struct BrandingDraft {
    show_name: bool,
    accent: String,
}

impl Draft for BrandingDraft {
    const SECTION: Section = Section::Branding;

    fn of(sheet: &LooksSheet) -> Self {
        let now = &sheet.looks.branding;
        Self {
            show_name: now.show_name,
            accent: now.accent.map(|it| it.to_string()).unwrap_or_default(),
        }
    }

    fn read(fields: &Fields, _: &LooksSheet) -> Self {
        Self {
            show_name: fields.given("show_name").is_some(),
            accent: fields.get("accent").trim().to_owned(),
        }
    }

    fn value(&self, sheet: &LooksSheet) -> Result<SettingsValue, Problems> {
        let accent = match self.accent.as_str() {
            "" => None,
            text => {
                let text = if text.starts_with('#') {
                    text.to_owned()
                } else {
                    format!("#{text}")
                };
                let accent = text.to_lowercase().parse::<Colour>();
                Some(accent.map_err(|_| Problems::one("accent", ProblemKind::Colour))?)
            }
        };
        Ok(SettingsValue::Branding(Branding {
            show_name: self.show_name,
            accent,
            ..sheet.looks.branding.clone()
        }))
    }

    async fn page(self, visit: &OfficeVisit<'_>, sheet: &LooksSheet, status: StatusCode, frame: Frame) -> Answer {
        let branding = &sheet.looks.branding;
        let base = base(visit)?;
        let line = |(name, picture, (width, height)): (&'static str, &Option<BrandPicture>, (u32, u32))| PictureLine {
            name,
            action: format!("{base}/branding/{name}"),
            href: picture.as_ref().map(|it| format!("{base}/picture/{}", it.digest)),
            digest: picture.as_ref().map(|it| it.digest.clone()).unwrap_or_default(),
            width: picture.as_ref().map_or(0, |it| it.width.div_ceil(2)),
            height: picture.as_ref().map_or(0, |it| it.height.div_ceil(2)),
            most: format!("{width} × {height}"),
        };
        let shades = |scheme: &'static str, it: &portal_core::settings::Shades| ShadesOf {
            scheme,
            shades: [("button", it.solid), ("link", it.link), ("mark", it.line)]
                .into_iter()
                .map(|(name, colour)| Shade {
                    name,
                    colour: colour.to_string(),
                })
                .collect(),
        };
        let verdict = branding.accent.map(|accent| {
            let palette = Palette::of(accent);
            let verdict = palette.verdict(accent);
            let found = [
                (verdict.buttons_darkened, "darkened"),
                (verdict.dark_letters, "dark-letters"),
                (verdict.bordered, "bordered"),
                (verdict.links_darkened, "links-darkened"),
                (verdict.links_lightened, "links-lightened"),
            ];
            let mut said: Vec<&'static str> = found.into_iter().filter(|it| it.0).map(|it| it.1).collect();
            if said.is_empty() {
                said.push("fine");
            }
            (
                vec![shades("light", &palette.light), shades("dark", &palette.dark)],
                said,
            )
        });
        let (shades, verdict) = verdict.unwrap_or_default();
        let page = BrandingPage {
            show_name: self.show_name,
            accent: self.accent,
            shades,
            verdict,
            pictures: [
                ("logo", &branding.logo, Branding::LOGO),
                ("logo-dark", &branding.logo_dark, Branding::LOGO),
                ("favicon", &branding.favicon, Branding::FAVICON),
            ]
            .into_iter()
            .map(line)
            .collect(),
            limit: FileLimits::new(0, Branding::MAX_UPLOAD, visit.locale).size,
            frame,
        };
        visit.page(status, &page)
    }
}

/// A picture of the portal, for the page that changes it: the portal itself may live on another host.
pub(super) async fn picture(visit: &OfficeVisit<'_>) -> Answer {
    visit.actor()?;
    let found = visit.web.portal.brand_picture(visit.portal()?, &visit.places.id).await;
    let png = found.map_err(|err| match err {
        BrandPictureError::NotFound => Stop::NOT_FOUND,
        BrandPictureError::Files(_) | BrandPictureError::Store(_) => Stop::broken(&err),
    })?;
    Ok(Response::builder()
        .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
        .content_type("image/png")
        .body(png))
}

fn slot<'a>(
    branding: &'a mut Branding,
    word: &str,
) -> Option<(&'static str, PictureUse, &'a mut Option<BrandPicture>)> {
    match word {
        "logo" => Some(("logo", PictureUse::Logo, &mut branding.logo)),
        "logo-dark" => Some(("logo-dark", PictureUse::Logo, &mut branding.logo_dark)),
        "favicon" => Some(("favicon", PictureUse::Favicon, &mut branding.favicon)),
        _ => None,
    }
}

pub(super) async fn save_picture(visit: &OfficeVisit<'_>, body: Body) -> Answer {
    let sent = forms::pictures(visit, body).await?;
    let sheet = sheet(visit).await?;
    let mut branding = sheet.looks.branding.clone();
    let (field, purpose, slot) = slot(&mut branding, &visit.places.word).ok_or(Stop::NOT_FOUND)?;
    let refused = async |status: StatusCode, key: &'static str| {
        let mut frame = frame(visit, &sheet, Section::Branding)?;
        frame.problems = said(visit, field, key);
        BrandingDraft::of(&sheet).page(visit, &sheet, status, frame).await
    };
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let now = slot.as_ref().map(|it| it.digest.as_str()).unwrap_or_default();
    if now != sent.fields.get("was") {
        return refused(StatusCode::CONFLICT, "looks-picture-changed").await;
    }
    if sent.fields.given("remove").is_some() {
        *slot = None;
    } else {
        let Some(bytes) = sent.pictures.into_iter().find(|(name, _)| name == "picture") else {
            return refused(unprocessable, "looks-picture-none").await;
        };
        match visit
            .web
            .portal
            .keep_brand_picture(visit.actor()?, bytes.1, purpose)
            .await
        {
            Ok(kept) => *slot = Some(kept),
            Err(KeepPictureError::Images(ImagesError::NotAPicture)) => {
                return refused(unprocessable, "looks-picture-broken").await;
            }
            Err(KeepPictureError::Images(ImagesError::TooLarge { .. })) => {
                return refused(unprocessable, "looks-picture-large").await;
            }
            Err(KeepPictureError::Images(ImagesError::Off)) => {
                return refused(unprocessable, "looks-picture-off").await;
            }
            Err(KeepPictureError::Staff(err)) => return Err(err.into()),
            Err(KeepPictureError::Store(err)) => return Err(err.into()),
            Err(err @ (KeepPictureError::Files(_) | KeepPictureError::Secrets(_))) => return Err(Stop::broken(&err)),
        }
    }
    // Without a logo the name must be there.
    branding.show_name |= branding.logo.is_none();
    match change(
        visit,
        SettingsValue::Branding(branding),
        sheet.version(Section::Branding),
    )
    .await?
    {
        Changed::Done => Ok(visit.done("office-flash-saved", &format!("{}/branding", base(visit)?))),
        Changed::Refused(problems) => {
            let mut frame = frame(visit, &sheet, Section::Branding)?;
            frame.problems = problems;
            BrandingDraft::of(&sheet)
                .page(visit, &sheet, unprocessable, frame)
                .await
        }
        Changed::Conflict { .. } => refused(StatusCode::CONFLICT, "looks-picture-changed").await,
    }
}
