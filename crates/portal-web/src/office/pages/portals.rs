//! Portals: the list, the set-up in four steps, the check, opening, closing and deleting, the pages of settings.

mod form;
mod in_place;

use poem::Body;
use poem::http::StatusCode;
use portal_core::input::Problems;
use portal_core::settings::{
    BeginPortal, ChangeSettings, ChangeSettingsError, CheckState, PortalView, PublishPortal, Published,
    RollBackSettings, SaveStep, Section, SetUpStep, SettingsOwner, SettingsVersion,
};
use portal_core::staff::Permission;

pub(super) use self::form::criteria_lines;
use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::office::problems::{said, worded};
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::view::crm::PolicyPreviewView;
use crate::view::form::Problem;
use crate::view::office::{OfficeArea, PortalArea, PortalNav};
use crate::view::office_portals::{
    CheckLine, CheckPage, HistoryPage, PortalForm, PortalLine, PortalOverview, PortalSettingsPage, PortalsHome,
    SetUpPage, StepLine, VersionLine,
};
use crate::visit::Answer;
use crate::web::see_other;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    Home,
    New,
    Begin,
    Overview,
    Step,
    SaveStep,
    Publish,
    Unpublish,
    Delete,
    Settings(Section),
    Change(Section),
    History,
    RollBack,
}

const NEED: Need = Need::Any(&[Permission::PortalSettings]);

const fn page(path: &'static str, operation: Operation) -> OfficeRoute {
    OfficeRoute::page(path, Any::Portals(operation), NEED)
}

const fn form(path: &'static str, operation: Operation) -> OfficeRoute {
    OfficeRoute::form(path, Any::Portals(operation), NEED)
}

pub(crate) const ROUTES: &[OfficeRoute] = &[
    page("/admin", Operation::Home),
    page("/admin/portals/new", Operation::New),
    form("/admin/portals/new", Operation::Begin),
    page("/admin/portals/{portal}", Operation::Overview),
    page("/admin/portals/{portal}/setup/{word}", Operation::Step),
    form("/admin/portals/{portal}/setup/{word}", Operation::SaveStep),
    form("/admin/portals/{portal}/publish", Operation::Publish),
    form("/admin/portals/{portal}/unpublish", Operation::Unpublish),
    form("/admin/portals/{portal}/delete", Operation::Delete),
    page("/admin/portals/{portal}/general", Operation::Settings(Section::General)),
    form("/admin/portals/{portal}/general", Operation::Change(Section::General)),
    page("/admin/portals/{portal}/address", Operation::Settings(Section::Address)),
    form("/admin/portals/{portal}/address", Operation::Change(Section::Address)),
    page("/admin/portals/{portal}/tickets", Operation::Settings(Section::Tickets)),
    form("/admin/portals/{portal}/tickets", Operation::Change(Section::Tickets)),
    page("/admin/portals/{portal}/access", Operation::Settings(Section::Access)),
    form("/admin/portals/{portal}/access", Operation::Change(Section::Access)),
    page(
        "/admin/portals/{portal}/customers",
        Operation::Settings(Section::Customers),
    ),
    form(
        "/admin/portals/{portal}/customers",
        Operation::Change(Section::Customers),
    ),
    page("/admin/portals/{portal}/history", Operation::History),
    form("/admin/portals/{portal}/history", Operation::RollBack),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    match operation {
        Operation::Home => home(visit).await,
        Operation::New => new_page(visit, StatusCode::OK, String::new(), Vec::new()),
        Operation::Begin => begin(visit, &forms::office_fields(visit, body).await?).await,
        Operation::Overview => overview(visit, StatusCode::OK, Vec::new()).await,
        Operation::Step => step(visit).await,
        Operation::SaveStep => save_step(visit, &forms::office_fields(visit, body).await?).await,
        Operation::Publish => publish(visit, &forms::office_fields(visit, body).await?).await,
        Operation::Unpublish => unpublish(visit).await,
        Operation::Delete => delete(visit, &forms::office_fields(visit, body).await?).await,
        Operation::Settings(section) => settings(visit, section).await,
        Operation::Change(section) => change(visit, section, &forms::office_fields(visit, body).await?).await,
        Operation::History => history(visit, StatusCode::OK, Vec::new()).await,
        Operation::RollBack => roll_back(visit, &forms::office_fields(visit, body).await?).await,
    }
}

fn base(visit: &OfficeVisit<'_>) -> Result<String, Stop> {
    Ok(format!("/admin/portals/{}", visit.portal()?))
}

/// Where customers find a portal.
pub(super) fn url(visit: &OfficeVisit<'_>, portal: &portal_core::settings::CustomerPortal) -> String {
    format!("{}://{}/{}", visit.web.config.scheme.as_str(), portal.host, portal.slug)
}

const fn state(portal: &portal_core::settings::CustomerPortal) -> &'static str {
    if portal.set_up.is_draft() {
        "draft"
    } else if portal.published {
        "live"
    } else {
        "closed"
    }
}

async fn home(visit: &OfficeVisit<'_>) -> Answer {
    let portals = visit.web.portal.list_portals(visit.actor()?).await?;
    let page = PortalsHome {
        shell: visit.shell(OfficeArea::Home),
        portals: portals
            .iter()
            .map(|it| PortalLine {
                name: it.name.to_string(),
                url: url(visit, it),
                href: format!("/admin/portals/{}", it.id),
                state: state(it),
            })
            .collect(),
    };
    visit.page(StatusCode::OK, &page)
}

fn new_page(visit: &OfficeVisit<'_>, status: StatusCode, name: String, problems: Vec<Problem>) -> Answer {
    let steps = lines(None, "name", "");
    let page = SetUpPage {
        shell: visit.shell(OfficeArea::Home),
        steps,
        step: "name",
        number: 1,
        next: "address",
        back: None,
        action: "/admin/portals/new".to_owned(),
        form: PortalForm {
            name,
            ..PortalForm::default()
        },
        problems,
    };
    visit.page(status, &page)
}

async fn begin(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let command = BeginPortal {
        name: fields.get("name").to_owned(),
        language: visit.language(),
        time_zone: "UTC".to_owned(),
    };
    match visit.web.portal.begin_portal(visit.actor()?, &command).await {
        Ok(id) if fields.given("later").is_some() => {
            Ok(visit.done("office-flash-draft-kept", &format!("/admin/portals/{id}")))
        }
        Ok(id) => Ok(see_other(&format!("/admin/portals/{id}/setup/address"))),
        Err(ChangeSettingsError::Problems(problems)) => new_page(
            visit,
            StatusCode::UNPROCESSABLE_ENTITY,
            fields.get("name").to_owned(),
            worded(visit, &problems),
        ),
        Err(err) => Err(err.into()),
    }
}

async fn view(visit: &OfficeVisit<'_>) -> Result<PortalView, Stop> {
    Ok(visit.web.portal.view_portal(visit.actor()?, visit.portal()?).await?)
}

/// The lines of the steps; `at` is the one that is shown.
fn lines(view: Option<&PortalView>, at: &str, base: &str) -> Vec<StepLine> {
    let values = view.map(|it| {
        let portal = &it.portal;
        let inbox = it.inboxes.iter().find(|inbox| inbox.id == portal.default_inbox);
        [
            portal.name.to_string(),
            format!("{}/{}", portal.host, portal.slug),
            inbox.map_or_else(String::new, |it| it.name.to_string()),
            String::new(),
        ]
    });
    let open = view.map_or(Some(SetUpStep::Name), |it| it.portal.set_up.resume_at());
    let is_done = |step: SetUpStep| match view.map(|it| &it.portal.set_up) {
        Some(portal_core::settings::SetUp::Draft { done }) => done.contains(&step),
        Some(portal_core::settings::SetUp::Finished) => true,
        None => false,
    };
    let mut made: Vec<StepLine> = SetUpStep::ALL
        .into_iter()
        .enumerate()
        .map(|(index, step)| {
            let done = is_done(step);
            let value = values
                .as_ref()
                .and_then(|it| it.get(index))
                .filter(|it| done && !it.is_empty());
            StepLine {
                step: step.name(),
                number: index + 1,
                href: (view.is_some() && (done || open == Some(step))).then(|| format!("{base}/setup/{}", step.name())),
                value: value.cloned(),
                done,
                current: step.name() == at,
            }
        })
        .collect();
    made.push(StepLine {
        step: "check",
        number: 5,
        href: (view.is_some() && open.is_none()).then(|| format!("{base}/setup/check")),
        value: None,
        done: false,
        current: at == "check",
    });
    made
}

const fn section_of(step: SetUpStep) -> Section {
    match step {
        SetUpStep::Name => Section::General,
        SetUpStep::Address => Section::Address,
        SetUpStep::Tickets => Section::Tickets,
        SetUpStep::Access => Section::Access,
    }
}

async fn step(visit: &OfficeVisit<'_>) -> Answer {
    let view = view(visit).await?;
    if visit.places.word == "check" {
        return check_page(visit, &view, StatusCode::OK, Vec::new()).await;
    }
    let step = SetUpStep::named(&visit.places.word).ok_or(Stop::NOT_FOUND)?;
    let shown = form::of_portal(visit, &view, section_of(step));
    step_page(visit, &view, step, shown, StatusCode::OK, Vec::new())
}

fn step_page(
    visit: &OfficeVisit<'_>,
    view: &PortalView,
    step: SetUpStep,
    form: PortalForm,
    status: StatusCode,
    problems: Vec<Problem>,
) -> Answer {
    let base = base(visit)?;
    let number = SetUpStep::ALL.iter().position(|it| *it == step).unwrap_or(0) + 1;
    let page = SetUpPage {
        shell: visit.shell(OfficeArea::Home),
        steps: lines(Some(view), step.name(), &base),
        step: step.name(),
        number,
        next: step.next().map_or("check", SetUpStep::name),
        back: step.back().map(|it| format!("{base}/setup/{}", it.name())),
        action: format!("{base}/setup/{}", step.name()),
        form,
        problems,
    };
    visit.page(status, &page)
}

async fn save_step(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let view = view(visit).await?;
    let step = SetUpStep::named(&visit.places.word).ok_or(Stop::NOT_FOUND)?;
    let section = section_of(step);
    if fields.given("edit").is_some() {
        let edited = in_place::edited(visit, view, section, fields).await?;
        return step_page(visit, &edited.view, step, edited.form, edited.status, edited.problems);
    }
    let refused = |problems: Problems, view: &PortalView| {
        let shown = form::of_fields(visit, view, section, fields);
        let problems = in_place::worded(visit, &problems);
        step_page(visit, view, step, shown, StatusCode::UNPROCESSABLE_ENTITY, problems)
    };
    let value = match form::read(&view, section, fields) {
        Ok(value) => value,
        Err(problems) => return refused(problems, &view),
    };
    let command = SaveStep {
        portal: view.portal.id,
        step,
        value,
        seen_version: fields.get("seen").parse().map_err(|_| Stop::BAD_REQUEST)?,
    };
    let base = base(visit)?;
    match visit.web.portal.save_step(visit.actor()?, &command).await {
        Ok(_) if fields.given("later").is_some() => Ok(visit.done("office-flash-draft-kept", &base)),
        Ok(_) => {
            let next = step.next().map_or("check", SetUpStep::name);
            Ok(see_other(&format!("{base}/setup/{next}")))
        }
        Err(ChangeSettingsError::Problems(problems)) => refused(problems, &view),
        Err(err) => Err(err.into()),
    }
}

fn check_lines(view: &PortalView, base: &str) -> Vec<CheckLine> {
    let draft = view.portal.set_up.is_draft();
    let at = |word: &str| {
        if draft {
            format!("{base}/setup/{word}")
        } else {
            format!("{base}/{word}")
        }
    };
    view.checks
        .iter()
        .map(|it| CheckLine {
            item: it.item.name(),
            state: match it.state {
                CheckState::Ready => "ready",
                CheckState::Advised => "advised",
                CheckState::Missing => "missing",
            },
            href: match it.item.name() {
                "domain" | "company" => "/admin/domains".to_owned(),
                "steps" => {
                    let step = view.portal.set_up.resume_at().unwrap_or(SetUpStep::Name);
                    format!("{base}/setup/{}", step.name())
                }
                "inbox" => at("tickets"),
                "consent" => format!("{base}/consent"),
                _ => at("access"),
            },
        })
        .collect()
}

async fn check_page(visit: &OfficeVisit<'_>, view: &PortalView, status: StatusCode, problems: Vec<Problem>) -> Answer {
    let base = base(visit)?;
    let query = Fields::of_query(&visit.ask.query);
    let eyes = query.get("as").parse().ok();
    let look = visit
        .web
        .portal
        .preview_publishing(visit.actor()?, view.portal.id, eyes)
        .await?;
    let q = query.get("q").trim().to_owned();
    let (found, seen_as) = in_place::people(visit, &q, eyes.filter(|_| look.seen.is_some()), &base).await?;
    let plan = visit
        .web
        .portal
        .plan_invitations(visit.actor()?, view.portal.id)
        .await
        .map_err(super::members::stop)?;
    let page = CheckPage {
        shell: visit.shell(OfficeArea::Home),
        steps: lines(Some(view), "check", &base),
        checks: check_lines(view, &base),
        ready: view.checks.iter().all(|it| it.state != CheckState::Missing),
        url: url(visit, &view.portal),
        action: format!("{base}/publish"),
        back: format!("{base}/setup/access"),
        revision: view.portal.revision,
        send_mails: view.portal.send_registration_mails,
        recipients: plan.recipients,
        preview: super::crm::preview(&look.effect),
        sees: look.seen.as_ref().map(|it| super::crm::sees(visit.texts(), it)),
        q,
        found,
        seen_as,
        problems,
    };
    visit.page(status, &page)
}

async fn publish(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let command = PublishPortal {
        portal: visit.portal()?,
        send_registration_mails: fields.given("send_mails").is_some(),
        recipients: fields.get("recipients").parse().unwrap_or(0),
        seen_revision: fields.get("revision").parse().map_err(|_| Stop::BAD_REQUEST)?,
    };
    match visit.web.portal.publish_portal(visit.actor()?, command).await {
        Ok(Published::Invited(_)) => Ok(visit.done("office-flash-published", &base(visit)?)),
        Ok(Published::MorePeople(_)) => Ok(visit.done("office-flash-published-unsent", &base(visit)?)),
        Err(ChangeSettingsError::Problems(problems)) => {
            let problems = worded(visit, &problems);
            check_page(visit, &view(visit).await?, StatusCode::UNPROCESSABLE_ENTITY, problems).await
        }
        Err(err) => Err(err.into()),
    }
}

async fn unpublish(visit: &OfficeVisit<'_>) -> Answer {
    visit
        .web
        .portal
        .unpublish_portal(visit.actor()?, visit.portal()?)
        .await?;
    Ok(visit.done("office-flash-unpublished", &base(visit)?))
}

async fn delete(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let done = visit
        .web
        .portal
        .delete_portal(visit.actor()?, visit.portal()?, fields.get("name"))
        .await;
    match done {
        Ok(()) => Ok(visit.done("office-flash-deleted", "/admin")),
        Err(ChangeSettingsError::Problems(problems)) => {
            overview(visit, StatusCode::UNPROCESSABLE_ENTITY, worded(visit, &problems)).await
        }
        Err(err) => Err(err.into()),
    }
}

fn nav(visit: &OfficeVisit<'_>, view: &PortalView, area: PortalArea) -> PortalNav {
    let portal = &view.portal;
    PortalNav::new(
        portal.id,
        portal.name.as_str(),
        url(visit, portal),
        portal.published,
        area,
    )
}

async fn overview(visit: &OfficeVisit<'_>, status: StatusCode, problems: Vec<Problem>) -> Answer {
    let view = view(visit).await?;
    let base = base(visit)?;
    if let Some(step) = view.portal.set_up.resume_at().filter(|_| problems.is_empty()) {
        return Ok(see_other(&format!("{base}/setup/{}", step.name())));
    }
    let mut to_do = check_lines(&view, &base);
    to_do.retain(|it| it.state != "ready");
    let page = PortalOverview {
        shell: visit.portal_shell(OfficeArea::Home, nav(visit, &view, PortalArea::Overview)),
        name: view.portal.name.to_string(),
        url: url(visit, &view.portal),
        state: state(&view.portal),
        base,
        to_do,
        revision: view.portal.revision,
        send_mails: view.portal.send_registration_mails,
        problems,
    };
    visit.page(status, &page)
}

const fn area_of(section: Section) -> PortalArea {
    match section {
        Section::Address => PortalArea::Address,
        Section::Tickets => PortalArea::Tickets,
        Section::Access => PortalArea::Access,
        Section::Customers => PortalArea::Customers,
        _ => PortalArea::General,
    }
}

async fn settings(visit: &OfficeVisit<'_>, section: Section) -> Answer {
    let view = view(visit).await?;
    let shown = form::of_portal(visit, &view, section);
    settings_page(visit, &view, section, shown, StatusCode::OK, Beside::default())
}

fn settings_page(
    visit: &OfficeVisit<'_>,
    view: &PortalView,
    section: Section,
    form: PortalForm,
    status: StatusCode,
    beside: Beside,
) -> Answer {
    let page = PortalSettingsPage {
        shell: visit.portal_shell(OfficeArea::Home, nav(visit, view, area_of(section))),
        section: section.name(),
        action: format!("{}/{}", base(visit)?, section.name()),
        form,
        theirs: beside.theirs,
        preview: beside.preview,
        problems: beside.problems,
    };
    visit.page(status, &page)
}

/// What a page of settings shows beside the form.
#[derive(Default)]
struct Beside {
    problems: Vec<Problem>,
    theirs: Vec<String>,
    preview: Option<PolicyPreviewView>,
}

impl Beside {
    fn problems(problems: Vec<Problem>) -> Self {
        Self {
            problems,
            ..Self::default()
        }
    }
}

async fn change(visit: &OfficeVisit<'_>, section: Section, fields: &Fields) -> Answer {
    let view = view(visit).await?;
    if fields.given("edit").is_some() {
        let it = in_place::edited(visit, view, section, fields).await?;
        return settings_page(
            visit,
            &it.view,
            section,
            it.form,
            it.status,
            Beside::problems(it.problems),
        );
    }
    let shown = form::of_fields(visit, &view, section, fields);
    let refused = |shown: PortalForm, problems: &Problems| {
        let beside = Beside::problems(in_place::worded(visit, problems));
        settings_page(visit, &view, section, shown, StatusCode::UNPROCESSABLE_ENTITY, beside)
    };
    let value = match form::read(&view, section, fields) {
        Ok(value) => value,
        Err(problems) => return refused(shown, &problems),
    };
    // Who sees what is looked at first. What was looked at is what is saved.
    if let Some(change) = in_place::policy(&view, &value) {
        let print = in_place::fingerprint(&value);
        if fields.get("checked") != print {
            let looked = visit.web.portal.preview_policy(visit.actor()?, &change).await?;
            let shown = PortalForm {
                checked: print,
                ..shown
            };
            let beside = Beside {
                preview: Some(super::crm::preview(&looked)),
                ..Beside::default()
            };
            return settings_page(visit, &view, section, shown, StatusCode::OK, beside);
        }
    }
    let command = ChangeSettings {
        owner: SettingsOwner::Portal(view.portal.id),
        value,
        seen_version: fields.get("seen").parse().map_err(|_| Stop::BAD_REQUEST)?,
    };
    match visit.web.portal.change_settings(visit.actor()?, &command).await {
        Ok(_) => Ok(visit.done("office-flash-saved", &format!("{}/{}", base(visit)?, section.name()))),
        Err(ChangeSettingsError::Problems(problems)) => refused(shown, &problems),
        // Both values are shown: what was typed stays in the form, what the other one wrote stands above it.
        Err(ChangeSettingsError::Conflict { theirs }) => {
            let shown = PortalForm {
                seen: theirs.version,
                ..shown
            };
            let beside = Beside {
                theirs: form::described(visit, &view, &theirs.value),
                ..Beside::default()
            };
            settings_page(visit, &view, section, shown, StatusCode::CONFLICT, beside)
        }
        Err(err) => Err(err.into()),
    }
}

async fn history(visit: &OfficeVisit<'_>, status: StatusCode, problems: Vec<Problem>) -> Answer {
    let view = view(visit).await?;
    let owner = SettingsOwner::Portal(view.portal.id);
    let versions = visit
        .web
        .portal
        .settings_history(visit.actor()?, owner, None, 200)
        .await?;
    let before = |it: &SettingsVersion| {
        versions
            .iter()
            .find(|other| other.section() == it.section() && other.version + 1 == it.version)
    };
    let lines = versions.iter().map(|it| {
        let now = form::described(visit, &view, &it.value);
        let was = before(it).map_or_else(Vec::new, |it| form::described(visit, &view, &it.value));
        VersionLine {
            section: it.section().name(),
            version: it.version,
            current: view.version(it.section()),
            author: match it.author {
                portal_core::settings::SettingsAuthor::Staff(id) => visit
                    .staff
                    .as_ref()
                    .filter(|staff| staff.user.id == id)
                    .map_or_else(|| id.to_string(), |staff| staff.user.name.to_string()),
                portal_core::settings::SettingsAuthor::CommandLine | portal_core::settings::SettingsAuthor::System => {
                    String::new()
                }
            },
            at: visit.times().moment(it.at.micros()),
            diff: now.into_iter().filter(|line| !was.contains(line)).collect(),
        }
    });
    let page = HistoryPage {
        versions: lines.collect(),
        action: format!("{}/history", base(visit)?),
        problems,
        shell: visit.portal_shell(OfficeArea::Home, nav(visit, &view, PortalArea::History)),
    };
    visit.page(status, &page)
}

async fn roll_back(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let number = |name: &str| fields.get(name).parse::<u32>().map_err(|_| Stop::BAD_REQUEST);
    let command = RollBackSettings {
        owner: SettingsOwner::Portal(visit.portal()?),
        section: Section::named(fields.get("section")).ok_or(Stop::BAD_REQUEST)?,
        to: number("to")?,
        seen_version: number("seen")?,
    };
    match visit.web.portal.roll_back_settings(visit.actor()?, &command).await {
        Ok(_) => Ok(visit.done("office-flash-rolled-back", &format!("{}/history", base(visit)?))),
        // It has become impossible: a group or a property of it is gone. Somebody may also have been faster.
        Err(ChangeSettingsError::Problems(problems)) => {
            history(visit, StatusCode::UNPROCESSABLE_ENTITY, worded(visit, &problems)).await
        }
        Err(ChangeSettingsError::Conflict { .. }) => {
            history(visit, StatusCode::CONFLICT, said(visit, "versions", "history-changed")).await
        }
        Err(err) => Err(err.into()),
    }
}
