//! Pipelines and their statuses, and which pipeline the new tickets of an inbox enter.

use poem::Body;
use poem::http::{Method, StatusCode};
use portal_core::conversation::InboxKind;
use portal_core::id::{PipelineId, StatusId};
use portal_core::settings::{InboxError, PipelineChangeError, SaveInbox, SavePipeline, SaveStatus, Shift};
use portal_core::staff::Permission;
use portal_core::text::{Locale, Localized};
use portal_core::ticket::{Pipeline, Stage, Status};

use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::i18n;
use crate::office::problems::worded;
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::pages::show;
use crate::view::Choice;
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::office_flow::{InboxLine, PipelineLine, PipelinePage, PipelinesPage, StatusPage, StatusRow, TextIn};
use crate::view::status;
use crate::visit::Answer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    List,
    Add,
    Show,
    Save,
    AddStatus,
    Status,
    SaveStatus,
    Shift,
    Retire,
    Inbox,
}

const NEED: Need = Need::Any(&[Permission::PortalSettings]);

const fn page(path: &'static str, operation: Operation) -> OfficeRoute {
    OfficeRoute::page(path, Any::Pipelines(operation), NEED)
}

const fn form(path: &'static str, operation: Operation) -> OfficeRoute {
    OfficeRoute::form(path, Any::Pipelines(operation), NEED)
}

pub(crate) const ROUTES: &[OfficeRoute] = &[
    page("/admin/pipelines", Operation::List),
    form("/admin/pipelines", Operation::Add),
    page("/admin/pipelines/{id}", Operation::Show),
    form("/admin/pipelines/{id}", Operation::Save),
    form("/admin/pipelines/{id}/statuses", Operation::AddStatus),
    page("/admin/pipelines/{id}/statuses/{word}", Operation::Status),
    form("/admin/pipelines/{id}/statuses/{word}", Operation::SaveStatus),
    form("/admin/pipelines/{id}/statuses/{word}/move", Operation::Shift),
    form("/admin/pipelines/{id}/statuses/{word}/retire", Operation::Retire),
    form("/admin/inboxes/{id}/pipeline", Operation::Inbox),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    let fields = if visit.ask.method == Method::POST {
        forms::office_fields(visit, body).await?
    } else {
        Fields::of_query(&visit.ask.query)
    };
    match operation {
        Operation::List => list(visit, StatusCode::OK, String::new(), Vec::new()).await,
        Operation::Add => add(visit, &fields).await,
        Operation::Show => show_one(visit, StatusCode::OK, None, String::new(), Vec::new()).await,
        Operation::Save => save(visit, &fields).await,
        Operation::AddStatus => add_status(visit, &fields).await,
        Operation::Status => status_page(visit, StatusCode::OK, None, Vec::new()).await,
        Operation::SaveStatus => save_status(visit, &fields).await,
        Operation::Shift => shift(visit, &fields).await,
        Operation::Retire => retire(visit, &fields).await,
        Operation::Inbox => inbox(visit, &fields).await,
    }
}

const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const STAGES: [(Stage, &str); 4] = [
    (Stage::Received, "received"),
    (Stage::InProgress, "in_progress"),
    (Stage::WaitingOnContact, "waiting"),
    (Stage::Closed, "closed"),
];

fn id(visit: &OfficeVisit<'_>) -> Result<PipelineId, Stop> {
    visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)
}

fn status_id(visit: &OfficeVisit<'_>) -> Result<StatusId, Stop> {
    visit.places.word.parse().map_err(|_| Stop::NOT_FOUND)
}

async fn all(visit: &OfficeVisit<'_>) -> Result<(Vec<portal_core::settings::Inbox>, Vec<Pipeline>), Stop> {
    Ok(visit.web.portal.list_inboxes(visit.actor()?).await?)
}

async fn one(visit: &OfficeVisit<'_>) -> Result<Pipeline, Stop> {
    let id = id(visit)?;
    let (_, pipelines) = all(visit).await?;
    pipelines.into_iter().find(|it| it.id() == id).ok_or(Stop::NOT_FOUND)
}

fn pill(stage: Stage, name: &str) -> status::Status {
    status::Status {
        stage: show::stage(stage),
        label: Some(name.to_owned()),
    }
}

async fn list(visit: &OfficeVisit<'_>, status: StatusCode, name: String, problems: Vec<Problem>) -> Answer {
    let (inboxes, pipelines) = all(visit).await?;
    let kinds = visit.web.portal.inbox_kinds(visit.actor()?).await?;
    let kind_of = |id| kinds.iter().find(|it| it.0 == id).map_or("", |it| it.1.name());
    let line = |it: &Pipeline| PipelineLine {
        href: format!("/admin/pipelines/{}", it.id()),
        name: it.name().to_string(),
        statuses: it
            .statuses()
            .iter()
            .map(|it| pill(it.stage, it.name.as_str()))
            .collect(),
        close_days: it.automation().closing.map(|it| it.days),
    };
    let page = PipelinesPage {
        shell: visit.shell(OfficeArea::Pipelines),
        inboxes: inboxes
            .iter()
            .map(|inbox| InboxLine {
                id: inbox.id.to_string(),
                name: inbox.name.to_string(),
                kinds: InboxKind::ALL
                    .into_iter()
                    .map(|it| Choice::new(it.name(), it.name(), kind_of(inbox.id)))
                    .collect(),
                pipelines: pipelines
                    .iter()
                    .map(|it| Choice::new(it.id().to_string(), it.name().as_str(), &inbox.pipeline.to_string()))
                    .collect(),
            })
            .collect(),
        pipelines: pipelines.iter().map(line).collect(),
        name,
        problems,
    };
    visit.page(status, &page)
}

async fn add(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let name = fields.get("name").to_owned();
    let command = SavePipeline {
        id: None,
        name: name.clone(),
        answer_waits: true,
        closing: None,
    };
    match visit.web.portal.save_pipeline(visit.actor()?, &command).await {
        Ok(id) => Ok(visit.done("office-flash-pipeline-saved", &format!("/admin/pipelines/{id}"))),
        Err(PipelineChangeError::Invalid(problems)) => list(visit, REFUSED, name, worded(visit, &problems)).await,
        Err(err) => Err(err.into()),
    }
}

/// The settings of a pipeline, as typed.
struct Typed {
    name: String,
    answer_waits: bool,
    closes: bool,
    close_days: String,
    notice_days: String,
}

impl Typed {
    fn of(it: &Pipeline) -> Self {
        let does = it.automation();
        let days = |it: Option<u16>, usual: u16| it.unwrap_or(usual).to_string();
        Self {
            name: it.name().to_string(),
            answer_waits: does.answer_waits,
            closes: does.closing.is_some(),
            close_days: days(does.closing.map(|it| it.days), 14),
            notice_days: days(does.closing.map(|it| it.notice), 3),
        }
    }

    fn read(fields: &Fields) -> Self {
        Self {
            name: fields.get("name").to_owned(),
            answer_waits: fields.get("answer_waits") == "1",
            closes: fields.get("closes") == "1",
            close_days: fields.get("close_days").trim().to_owned(),
            notice_days: fields.get("notice_days").trim().to_owned(),
        }
    }
}

async fn show_one(
    visit: &OfficeVisit<'_>,
    status: StatusCode,
    typed: Option<Typed>,
    new_name: String,
    problems: Vec<Problem>,
) -> Answer {
    let pipeline = one(visit).await?;
    let typed = typed.unwrap_or_else(|| Typed::of(&pipeline));
    let base = format!("/admin/pipelines/{}", pipeline.id());
    let last = pipeline.statuses().len().saturating_sub(1);
    let language = visit.language();
    let row = |(place, it): (usize, &Status)| StatusRow {
        href: format!("{base}/statuses/{}", it.id),
        name: it.name.to_string(),
        shown: status::Status {
            stage: show::stage(it.stage),
            label: it.customer_label.as_ref().map(|it| it.get(&language).to_owned()),
        },
        entry: pipeline.entry(it.stage).is_some_and(|entry| entry.id == it.id),
        first: place == 0,
        last: place == last,
    };
    let page = PipelinePage {
        shell: visit.shell(OfficeArea::Pipelines),
        statuses: pipeline.statuses().iter().enumerate().map(row).collect(),
        retired: pipeline
            .retired()
            .iter()
            .map(|(it, to)| {
                let successor = pipeline.status(*to).map(|it| it.name.to_string());
                (it.name.to_string(), successor.unwrap_or_default())
            })
            .collect(),
        stages: STAGES
            .iter()
            .map(|(_, name)| Choice::new(*name, *name, "in_progress"))
            .collect(),
        name: typed.name,
        answer_waits: typed.answer_waits,
        closes: typed.closes,
        close_days: typed.close_days,
        notice_days: typed.notice_days,
        new_name,
        problems,
        base,
    };
    visit.page(status, &page)
}

async fn save(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let typed = Typed::read(fields);
    // What is no number is out of every range.
    let days = |text: &str| text.parse::<u16>().unwrap_or(0);
    let command = SavePipeline {
        id: Some(id(visit)?),
        name: typed.name.clone(),
        answer_waits: typed.answer_waits,
        closing: typed
            .closes
            .then(|| (days(&typed.close_days), days(&typed.notice_days))),
    };
    match visit.web.portal.save_pipeline(visit.actor()?, &command).await {
        Ok(id) => Ok(visit.done("office-flash-pipeline-saved", &format!("/admin/pipelines/{id}"))),
        Err(PipelineChangeError::Invalid(problems)) => {
            let problems = worded(visit, &problems);
            show_one(visit, REFUSED, Some(typed), String::new(), problems).await
        }
        Err(err) => Err(err.into()),
    }
}

async fn add_status(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let stage = STAGES.iter().find(|it| it.1 == fields.get("stage"));
    let (stage, _) = stage.ok_or(Stop::BAD_REQUEST)?;
    let (pipeline, name) = (id(visit)?, fields.get("new_name").to_owned());
    let command = SaveStatus {
        pipeline,
        id: None,
        name: name.clone(),
        stage: *stage,
        customer_label: None,
        explanation: None,
    };
    match visit.web.portal.save_status(visit.actor()?, &command).await {
        // What customers are told of it is the next thing to say.
        Ok(id) => {
            let to = format!("/admin/pipelines/{pipeline}/statuses/{id}");
            Ok(visit.done("office-flash-status-added", &to))
        }
        Err(PipelineChangeError::Invalid(problems)) => {
            let mut problems = worded(visit, &problems);
            for problem in &mut problems {
                if problem.field == "name" {
                    problem.field = "new_name".into();
                }
            }
            show_one(visit, REFUSED, None, name, problems).await
        }
        Err(err) => Err(err.into()),
    }
}

/// A text as typed, by language: ours, in our order.
type Texts = Vec<(i18n::Locale, String)>;

fn typed_texts(fields: &Fields, name: &str) -> Texts {
    i18n::Locale::COMPLETE
        .into_iter()
        .map(|it| (it, fields.get(&format!("{name}.{}", it.as_str())).trim().to_owned()))
        .collect()
}

fn stored_texts(text: Option<&Localized>) -> Texts {
    let of = |language: i18n::Locale| {
        let mut all = text.into_iter().flat_map(Localized::iter);
        all.find(|(it, _)| it.as_str() == language.as_str())
            .map(|(_, text)| text.to_owned())
    };
    i18n::Locale::COMPLETE
        .into_iter()
        .map(|it| (it, of(it).unwrap_or_default()))
        .collect()
}

/// The text; `None` if nothing is written in any language.
fn localized(texts: &[(i18n::Locale, String)]) -> Option<Localized> {
    let mut written = texts
        .iter()
        .filter(|it| !it.1.is_empty())
        .filter_map(|(language, text)| {
            let language: Locale = language.as_str().parse().ok()?;
            Some((language, text.clone()))
        });
    let (language, text) = written.next()?;
    Some(written.fold(Localized::new(language, text), |all, (language, text)| {
        all.with(language, text)
    }))
}

fn shown_texts(texts: &[(i18n::Locale, String)], name: &str) -> Vec<TextIn> {
    let shown = |(language, text): &(i18n::Locale, String)| TextIn {
        name: format!("{name}.{}", language.as_str()),
        code: language.as_str(),
        language: language.own_name(),
        value: text.clone(),
    };
    texts.iter().map(shown).collect()
}

/// A status, as typed.
struct TypedStatus {
    name: String,
    label: Texts,
    explanation: Texts,
}

async fn status_page(
    visit: &OfficeVisit<'_>,
    code: StatusCode,
    typed: Option<TypedStatus>,
    problems: Vec<Problem>,
) -> Answer {
    let (pipeline, id) = (one(visit).await?, status_id(visit)?);
    let it = pipeline.offered(id).ok_or(Stop::NOT_FOUND)?;
    let typed = typed.unwrap_or_else(|| TypedStatus {
        name: it.name.to_string(),
        label: stored_texts(it.customer_label.as_ref()),
        explanation: stored_texts(it.explanation.as_ref()),
    });
    let others = pipeline.statuses().iter().filter(|other| other.id != id);
    let base = format!("/admin/pipelines/{}", pipeline.id());
    let page = StatusPage {
        shell: visit.shell(OfficeArea::Pipelines),
        base: format!("{base}/statuses/{id}"),
        pipeline: base,
        pipeline_name: pipeline.name().to_string(),
        name: typed.name,
        stage: status::Status::of(show::stage(it.stage)),
        labels: shown_texts(&typed.label, "label"),
        explanations: shown_texts(&typed.explanation, "explanation"),
        successors: others
            .filter(|other| other.stage == it.stage)
            .map(|it| Choice::new(it.id.to_string(), it.name.as_str(), ""))
            .collect(),
        problems,
    };
    visit.page(code, &page)
}

async fn save_status(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let (pipeline, id) = (id(visit)?, status_id(visit)?);
    let typed = TypedStatus {
        name: fields.get("name").to_owned(),
        label: typed_texts(fields, "label"),
        explanation: typed_texts(fields, "explanation"),
    };
    let command = SaveStatus {
        pipeline,
        id: Some(id),
        name: typed.name.clone(),
        // That of a status that is there stays.
        stage: Stage::InProgress,
        customer_label: localized(&typed.label),
        explanation: localized(&typed.explanation),
    };
    match visit.web.portal.save_status(visit.actor()?, &command).await {
        Ok(_) => Ok(visit.done("office-flash-status-saved", &format!("/admin/pipelines/{pipeline}"))),
        Err(PipelineChangeError::Invalid(problems)) => {
            status_page(visit, REFUSED, Some(typed), worded(visit, &problems)).await
        }
        Err(err) => Err(err.into()),
    }
}

async fn shift(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let shift = match fields.get("to") {
        "up" => Shift::Up,
        "down" => Shift::Down,
        "entry" => Shift::Entry,
        _ => return Err(Stop::BAD_REQUEST),
    };
    let pipeline = id(visit)?;
    let portal = &visit.web.portal;
    portal
        .shift_status(visit.actor()?, pipeline, status_id(visit)?, shift)
        .await?;
    Ok(visit.done(
        "office-flash-status-moved",
        &format!("/admin/pipelines/{pipeline}#statuses"),
    ))
}

async fn retire(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let (pipeline, id) = (id(visit)?, status_id(visit)?);
    let successor = fields.get("successor").parse().map_err(|_| Stop::BAD_REQUEST)?;
    let portal = &visit.web.portal;
    match portal.retire_status(visit.actor()?, pipeline, id, successor).await {
        Ok(()) => Ok(visit.done("office-flash-status-retired", &format!("/admin/pipelines/{pipeline}"))),
        Err(PipelineChangeError::Invalid(problems)) => {
            status_page(visit, REFUSED, None, worded(visit, &problems)).await
        }
        Err(err) => Err(err.into()),
    }
}

async fn inbox(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let id: portal_core::id::InboxId = visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let (inboxes, _) = all(visit).await?;
    let before = inboxes.into_iter().find(|it| it.id == id).ok_or(Stop::NOT_FOUND)?;
    let command = SaveInbox {
        id: Some(id),
        name: before.name.to_string(),
        pipeline: Some(fields.get("pipeline").parse().map_err(|_| Stop::BAD_REQUEST)?),
    };
    match visit.web.portal.save_inbox(visit.actor()?, &command).await {
        Ok(_) => {
            if let Some(kind) = InboxKind::named(fields.get("kind")) {
                visit.web.portal.set_inbox_kind(visit.actor()?, id, kind).await?;
            }
            Ok(visit.done("office-flash-inbox-pipeline", "/admin/pipelines"))
        }
        Err(InboxError::Invalid(problems)) => list(visit, REFUSED, String::new(), worded(visit, &problems)).await,
        Err(err) => Err(err.into()),
    }
}
