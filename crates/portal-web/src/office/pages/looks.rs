//! The pages of settings about what customers see: tickets, the support form, the consent notice, branding, links, and the
//! texts of mails.
//!
//! All but the mails go the same way: a [`Draft`] holds what was stored or what was typed, whether it makes sense or not;
//! buttons that add, move and remove send the form and get it back changed; saving makes a value of it.

mod branding;
mod consent;
pub(super) mod described;
mod display;
mod links;
mod list;
mod mail_texts;
mod support_form;
mod words;

use poem::Body;
use poem::http::StatusCode;
use portal_core::input::Problems;
use portal_core::settings::{
    ChangeSettings, ChangeSettingsError, CustomerPortal, LooksSheet, LooksSheetError, Section, SettingsOwner,
    SettingsValue,
};
use portal_core::staff::Permission;

use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::office::problems::worded;
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::view::form::Problem;
use crate::view::office::{OfficeArea, PortalArea, PortalNav};
use crate::view::office_looks::Frame;
use crate::visit::Answer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    Display,
    SaveDisplay,
    Form,
    SaveForm,
    Consent,
    SaveConsent,
    Branding,
    SaveBranding,
    SavePicture,
    Picture,
    Links,
    SaveLinks,
    MailTexts,
    MailText,
    SaveMailText,
    ShowMailText,
    PreviewMailText,
}

const NEED: Need = Need::Any(&[Permission::PortalSettings]);

const fn page(path: &'static str, operation: Operation) -> OfficeRoute {
    OfficeRoute::page(path, Any::Looks(operation), NEED)
}

const fn form(path: &'static str, operation: Operation) -> OfficeRoute {
    OfficeRoute::form(path, Any::Looks(operation), NEED)
}

pub(crate) const ROUTES: &[OfficeRoute] = &[
    page("/admin/portals/{portal}/display", Operation::Display),
    form("/admin/portals/{portal}/display", Operation::SaveDisplay),
    page("/admin/portals/{portal}/form", Operation::Form),
    form("/admin/portals/{portal}/form", Operation::SaveForm),
    page("/admin/portals/{portal}/consent", Operation::Consent),
    form("/admin/portals/{portal}/consent", Operation::SaveConsent),
    page("/admin/portals/{portal}/branding", Operation::Branding),
    form("/admin/portals/{portal}/branding", Operation::SaveBranding),
    OfficeRoute::files(
        "/admin/portals/{portal}/branding/{word}",
        Any::Looks(Operation::SavePicture),
        NEED,
    ),
    page("/admin/portals/{portal}/picture/{id}", Operation::Picture).passing(),
    page("/admin/portals/{portal}/links", Operation::Links),
    form("/admin/portals/{portal}/links", Operation::SaveLinks),
    page("/admin/portals/{portal}/mail-texts", Operation::MailTexts),
    page("/admin/portals/{portal}/mail-texts/{word}/{id}", Operation::MailText),
    form(
        "/admin/portals/{portal}/mail-texts/{word}/{id}",
        Operation::SaveMailText,
    ),
    page(
        "/admin/portals/{portal}/mail-texts/{word}/{id}/preview",
        Operation::ShowMailText,
    )
    .passing(),
    form(
        "/admin/portals/{portal}/mail-texts/{word}/{id}/preview",
        Operation::PreviewMailText,
    )
    .unaudited(),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    match operation {
        Operation::Display => show::<display::DisplayDraft>(visit).await,
        Operation::SaveDisplay => save::<display::DisplayDraft>(visit, body).await,
        Operation::Form => show::<support_form::FormDraft>(visit).await,
        Operation::SaveForm => save::<support_form::FormDraft>(visit, body).await,
        Operation::Consent => show::<consent::ConsentDraft>(visit).await,
        Operation::SaveConsent => save::<consent::ConsentDraft>(visit, body).await,
        Operation::Branding => show::<branding::BrandingDraft>(visit).await,
        Operation::SaveBranding => save::<branding::BrandingDraft>(visit, body).await,
        Operation::SavePicture => branding::save_picture(visit, body).await,
        Operation::Picture => branding::picture(visit).await,
        Operation::Links => show::<links::LinksDraft>(visit).await,
        Operation::SaveLinks => save::<links::LinksDraft>(visit, body).await,
        Operation::MailTexts => mail_texts::list(visit).await,
        Operation::MailText => mail_texts::show(visit).await,
        Operation::SaveMailText => mail_texts::save(visit, &forms::office_fields(visit, body).await?).await,
        Operation::ShowMailText => mail_texts::preview(visit, &Fields::default()).await,
        Operation::PreviewMailText => mail_texts::preview(visit, &forms::office_fields(visit, body).await?).await,
    }
}

/// What a form of a section holds.
trait Draft: Sized {
    /// The section.
    const SECTION: Section;

    /// As the portal is now.
    fn of(sheet: &LooksSheet) -> Self;

    /// As it was typed, after the button that was pressed.
    fn read(fields: &Fields, sheet: &LooksSheet) -> Self;

    /// What it says.
    fn value(&self, sheet: &LooksSheet) -> Result<SettingsValue, Problems>;

    /// The page.
    async fn page(self, visit: &OfficeVisit<'_>, sheet: &LooksSheet, status: StatusCode, frame: Frame) -> Answer;
}

/// The page of a portal's settings that belongs to a section.
const fn area(section: Section) -> PortalArea {
    match section {
        Section::Display => PortalArea::Display,
        Section::Form => PortalArea::Form,
        Section::Consent => PortalArea::Consent,
        Section::Branding => PortalArea::Branding,
        Section::Links => PortalArea::Links,
        Section::MailTexts => PortalArea::MailTexts,
        _ => PortalArea::General,
    }
}

fn nav(visit: &OfficeVisit<'_>, site: &CustomerPortal, area: PortalArea) -> PortalNav {
    let url = super::portals::url(visit, site);
    PortalNav::new(site.id, site.name.as_str(), url, site.published, area)
}

fn base(visit: &OfficeVisit<'_>) -> Result<String, Stop> {
    Ok(format!("/admin/portals/{}", visit.portal()?))
}

async fn sheet(visit: &OfficeVisit<'_>) -> Result<LooksSheet, Stop> {
    Ok(visit.web.portal.looks_sheet(visit.actor()?, visit.portal()?).await?)
}

fn frame(visit: &OfficeVisit<'_>, sheet: &LooksSheet, section: Section) -> Result<Frame, Stop> {
    Ok(Frame {
        shell: visit.portal_shell(OfficeArea::Home, nav(visit, &sheet.site, area(section))),
        section: section.name(),
        action: format!("{}/{}", base(visit)?, section.name()),
        seen: sheet.version(section),
        theirs: Vec::new(),
        problems: Vec::new(),
    })
}

async fn show<D: Draft>(visit: &OfficeVisit<'_>) -> Answer {
    let sheet = sheet(visit).await?;
    let frame = frame(visit, &sheet, D::SECTION)?;
    D::of(&sheet).page(visit, &sheet, StatusCode::OK, frame).await
}

async fn save<D: Draft>(visit: &OfficeVisit<'_>, body: Body) -> Answer {
    let fields = forms::office_fields(visit, body).await?;
    let sheet = sheet(visit).await?;
    let draft = D::read(&fields, &sheet);
    let mut frame = frame(visit, &sheet, D::SECTION)?;
    frame.seen = fields.get("seen").parse().map_err(|_| Stop::BAD_REQUEST)?;
    if fields.given("edit").is_some() {
        return draft.page(visit, &sheet, StatusCode::OK, frame).await;
    }
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let value = match draft.value(&sheet) {
        Ok(value) => value,
        Err(problems) => {
            frame.problems = worded(visit, &problems);
            return draft.page(visit, &sheet, refused, frame).await;
        }
    };
    match change(visit, value, frame.seen).await? {
        Changed::Done => Ok(visit.done("office-flash-saved", &frame.action)),
        Changed::Refused(problems) => {
            frame.problems = problems;
            draft.page(visit, &sheet, refused, frame).await
        }
        Changed::Conflict { seen, theirs } => {
            let theirs = described::lines(visit, &sheet.pipelines, &theirs);
            frame = Frame { seen, theirs, ..frame };
            draft.page(visit, &sheet, StatusCode::CONFLICT, frame).await
        }
    }
}

/// What came of a change.
enum Changed {
    /// It counts.
    Done,
    /// It makes no sense.
    Refused(Vec<Problem>),
    /// Somebody else changed it meanwhile, to this.
    Conflict { seen: u32, theirs: SettingsValue },
}

async fn change(visit: &OfficeVisit<'_>, value: SettingsValue, seen_version: u32) -> Result<Changed, Stop> {
    let command = ChangeSettings {
        owner: SettingsOwner::Portal(visit.portal()?),
        value,
        seen_version,
    };
    match visit.web.portal.change_settings(visit.actor()?, &command).await {
        Ok(_) => Ok(Changed::Done),
        Err(ChangeSettingsError::Problems(problems)) => Ok(Changed::Refused(worded(visit, &problems))),
        Err(ChangeSettingsError::Conflict { theirs }) => Ok(Changed::Conflict {
            seen: theirs.version,
            theirs: theirs.value,
        }),
        Err(err) => Err(err.into()),
    }
}

impl From<LooksSheetError> for Stop {
    fn from(err: LooksSheetError) -> Self {
        match err {
            LooksSheetError::Staff(err) => err.into(),
            LooksSheetError::NotFound => Self::NOT_FOUND,
            LooksSheetError::Store(err) => err.into(),
        }
    }
}
