//! Between the core's values and the API's.

use std::collections::BTreeMap;

use jiff::Timestamp as Instant;
use portal_core::access::{Action, Audience, Principal, Tab};
use portal_core::id::{ContactId, FileId};
use portal_core::property::PropertyKey;
use portal_core::satisfaction::Rating;
use portal_core::text::Locale;
use portal_core::ticket::{
    Author, AuthorKind, File, ListFilter, Message, Priority, Sort, Stage, StageCounts, TicketRow, TicketView,
};
use portal_core::time::Timestamp;

use super::error::ApiError;
use super::schema::{
    AllowedDto, AudienceDto, AuthorDto, AuthorKindDto, BecauseDto, CountsDto, FileDto, FilterDto, MessageDto,
    PersonDto, PriorityDto, RatingDto, RatingKindDto, SortDto, StageDto, TabDto, TicketDto, TicketSummary,
};

/// RFC 3339 in UTC. An instant beyond the calendar's end, which no clock gives, is its end.
pub(super) fn instant(at: Timestamp) -> String {
    Instant::from_microsecond(at.micros())
        .unwrap_or(Instant::MAX)
        .to_string()
}

pub(super) fn file_ids(texts: &[String]) -> Result<Vec<FileId>, ApiError> {
    texts
        .iter()
        .map(|it| it.parse().map_err(|err| ApiError::bad("bad_id", err)))
        .collect()
}

/// Answers as people would have typed them: the core understands both in the same way.
pub(super) fn answers(
    given: Option<serde_json::Map<String, serde_json::Value>>,
) -> Result<BTreeMap<PropertyKey, Vec<String>>, ApiError> {
    use serde_json::Value;
    let one = |value: &Value| match value {
        Value::Null => Ok(String::new()),
        Value::String(it) => Ok(it.clone()),
        Value::Number(it) => Ok(it.to_string()),
        Value::Bool(it) => Ok(it.to_string()),
        Value::Array(_) | Value::Object(_) => {
            Err(ApiError::bad("bad_field", "a field takes one value or a list of texts"))
        }
    };
    let mut answers = BTreeMap::new();
    for (name, value) in given.into_iter().flatten() {
        let key: PropertyKey = name.parse().map_err(|err| ApiError::bad("bad_field", err))?;
        let texts = match &value {
            Value::Array(them) => them.iter().map(one).collect::<Result<_, _>>()?,
            single => vec![one(single)?],
        };
        answers.insert(key, texts);
    }
    Ok(answers)
}

pub(super) fn author(author: &Author, viewer: ContactId) -> AuthorDto {
    AuthorDto {
        kind: author_kind(author.kind, viewer),
        name: author.name.clone(),
    }
}

fn author_kind(kind: AuthorKind, viewer: ContactId) -> AuthorKindDto {
    match kind {
        AuthorKind::Contact(it) if it == viewer => AuthorKindDto::You,
        AuthorKind::Contact(_) => AuthorKindDto::Contact,
        AuthorKind::Agent(_) => AuthorKindDto::Support,
        AuthorKind::System => AuthorKindDto::System,
    }
}

pub(super) fn summary(row: TicketRow, viewer: ContactId) -> TicketSummary {
    let last = row.last_message;
    TicketSummary {
        id: row.id.to_string(),
        number: row.number.get(),
        version: row.version.0,
        subject: row.subject.as_str().to_owned(),
        stage: row.stage.into(),
        priority: row.priority.into(),
        category: row.category.map(|it| it.as_str().to_owned()),
        audience: row.audience.into(),
        requester: row.requester.map(|(id, name)| PersonDto {
            id: id.to_string(),
            name,
        }),
        created_at: instant(row.created_at),
        last_activity: instant(row.last_activity),
        last_author: last.as_ref().map(|it| AuthorDto {
            kind: author_kind(it.author, viewer),
            name: it.name.clone(),
        }),
        last_message: last.map(|it| it.snippet),
        files: row.files,
        unread: row.unread,
    }
}

pub(super) fn file(file: &File) -> FileDto {
    FileDto {
        id: file.id.to_string(),
        name: file.name.as_str().to_owned(),
        size: file.size,
    }
}

pub(super) fn message(message: &Message, viewer: ContactId) -> MessageDto {
    MessageDto {
        id: message.id.to_string(),
        seq: message.seq,
        author: author(&message.author, viewer),
        at: instant(message.at),
        html: message.body.html.as_str().to_owned(),
        text: message.body.plain.clone(),
        files: message.files.iter().map(file).collect(),
    }
}

pub(super) fn ticket(view: TicketView, language: &Locale) -> TicketDto {
    let allowed = AllowedDto {
        reply: view.allows(Action::Reply),
        close: view.allows(Action::Close),
        reopen: view.allows(Action::Reopen),
        mark_private: view.allows(Action::MarkPrivate),
        rate: view.allows(Action::Rate),
    };
    TicketDto {
        id: view.id.to_string(),
        number: view.number.get(),
        version: view.version.0,
        subject: view.subject.as_str().to_owned(),
        stage: view.stage.into(),
        status: view.status_label.map(|it| it.get(language).to_owned()),
        priority: view.priority.into(),
        category: view.category.map(|it| it.as_str().to_owned()),
        audience: view.audience.into(),
        because: match view.because {
            Principal::Contact(_) => BecauseDto::YouAreOnIt,
            Principal::Company(_) => BecauseDto::YourCompanyIsOnIt,
        },
        created_at: instant(view.created_at),
        closed_at: view.closed_at.map(instant),
        last_activity: instant(view.last_activity),
        owner: view.owner,
        people: view
            .people
            .into_iter()
            .map(|it| PersonDto {
                id: it.contact.to_string(),
                name: it.name,
            })
            .collect(),
        other_people: view.other_people,
        allowed,
        rating: view.rating.map(|it| RatingDto {
            rating: match it.rating {
                Rating::Good => RatingKindDto::Good,
                Rating::NotGood => RatingKindDto::NotGood,
            },
            comment: it.comment.map(|it| it.to_string()),
        }),
        seq: view.public_seq,
    }
}

impl From<StageCounts> for CountsDto {
    fn from(counts: StageCounts) -> Self {
        Self {
            cap: counts.cap,
            received: counts.received,
            in_progress: counts.in_progress,
            waiting_on_contact: counts.waiting,
            closed: counts.closed,
        }
    }
}

impl From<Stage> for StageDto {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Received => Self::Received,
            Stage::InProgress => Self::InProgress,
            Stage::WaitingOnContact => Self::WaitingOnContact,
            Stage::Closed => Self::Closed,
        }
    }
}

impl From<FilterDto> for ListFilter {
    fn from(filter: FilterDto) -> Self {
        match filter {
            FilterDto::All => Self::All,
            FilterDto::Open => Self::Open,
            FilterDto::Received => Self::Stage(Stage::Received),
            FilterDto::InProgress => Self::Stage(Stage::InProgress),
            FilterDto::WaitingOnContact => Self::Stage(Stage::WaitingOnContact),
            FilterDto::Closed => Self::Stage(Stage::Closed),
        }
    }
}

impl From<TabDto> for Tab {
    fn from(tab: TabDto) -> Self {
        match tab {
            TabDto::Mine => Self::Mine,
            TabDto::Company => Self::Company,
        }
    }
}

impl From<Tab> for TabDto {
    fn from(tab: Tab) -> Self {
        match tab {
            Tab::Mine => Self::Mine,
            Tab::Company => Self::Company,
        }
    }
}

impl From<SortDto> for Sort {
    fn from(sort: SortDto) -> Self {
        match sort {
            SortDto::Attention => Self::Attention,
            SortDto::LastActivity => Self::LastActivity,
            SortDto::Created => Self::Created,
        }
    }
}

impl From<Priority> for PriorityDto {
    fn from(priority: Priority) -> Self {
        match priority {
            Priority::Low => Self::Low,
            Priority::Normal => Self::Normal,
            Priority::High => Self::High,
            Priority::Urgent => Self::Urgent,
        }
    }
}

impl From<PriorityDto> for Priority {
    fn from(priority: PriorityDto) -> Self {
        match priority {
            PriorityDto::Low => Self::Low,
            PriorityDto::Normal => Self::Normal,
            PriorityDto::High => Self::High,
            PriorityDto::Urgent => Self::Urgent,
        }
    }
}

impl From<Audience> for AudienceDto {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Shared => Self::Shared,
            Audience::Private => Self::Private,
        }
    }
}
