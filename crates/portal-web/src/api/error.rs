//! The only place where the API turns errors into statuses. No wildcard arms over use-case errors: a new one must be
//! given a status before it compiles.

use poem::http::StatusCode;
use poem::{IntoResponse, Response};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object};
use portal_core::EntryError;
use portal_core::access::Denial;
use portal_core::input::Problems;
use portal_core::ports::{FilesError, StoreError, StoreErrorKind};
use portal_core::satisfaction::RateTicketError;
use portal_core::ticket::{
    CloseTicketError, FetchFileError, ListTicketsError, MarkPrivateError, OpenTicketError, ReopenTicketError,
    ReplyError, SearchTicketsError, StageFileError, SupportFormError, TakeInError, ViewTicketError,
};

/// A problem document (RFC 9457).
#[derive(Object, Debug)]
#[oai(rename = "Problem", skip_serializing_if_is_none)]
pub(crate) struct ProblemDocument {
    /// What went wrong, as a word for programs, such as `not_found`.
    code: String,
    /// The same for people.
    title: String,
    /// The HTTP status.
    status: u16,
    /// The fields that must be mended.
    fields: Option<Vec<FieldProblem>>,
}

/// One field that must be mended.
#[derive(Object, Debug)]
pub(super) struct FieldProblem {
    /// The field.
    field: String,
    /// What is wrong with it, and what would be right.
    problem: String,
}

/// Everything but success.
#[derive(ApiResponse, Debug)]
pub(crate) enum ApiError {
    /// The request makes no sense, or fields must be mended.
    #[oai(status = 400, content_type = "application/problem+json")]
    BadRequest(Json<ProblemDocument>),
    /// There is no token, or it has ended.
    #[oai(status = 401, content_type = "application/problem+json")]
    Unauthenticated(Json<ProblemDocument>),
    /// Whoever the token belongs to sees the thing and may not do this with it, or may not enter; or the token was not made
    /// for it.
    #[oai(status = 403, content_type = "application/problem+json")]
    Forbidden(Json<ProblemDocument>),
    /// It does not exist, or is not visible to whoever the token belongs to.
    #[oai(status = 404, content_type = "application/problem+json")]
    NotFound(Json<ProblemDocument>),
    /// It is not in a state that allows this, or somebody changed it meanwhile.
    #[oai(status = 409, content_type = "application/problem+json")]
    Conflict(Json<ProblemDocument>),
    /// The file is too large.
    #[oai(status = 413, content_type = "application/problem+json")]
    TooLarge(Json<ProblemDocument>),
    /// The body has a type that is not understood here.
    #[oai(status = 415, content_type = "application/problem+json")]
    UnsupportedMediaType(Json<ProblemDocument>),
    /// The idempotency key was used for another command.
    #[oai(status = 422, content_type = "application/problem+json")]
    KeyReused(Json<ProblemDocument>),
    /// There were too many requests; `Retry-After` says how many seconds to wait.
    #[oai(status = 429, content_type = "application/problem+json")]
    TooMany(Json<ProblemDocument>, #[oai(header = "Retry-After")] u64),
    /// Something is broken on the server.
    #[oai(status = 500, content_type = "application/problem+json")]
    Internal(Json<ProblemDocument>),
    /// The server cannot answer now; try again.
    #[oai(status = 503, content_type = "application/problem+json")]
    Unavailable(Json<ProblemDocument>),
}

fn document(status: StatusCode, code: &str, title: impl std::fmt::Display) -> Json<ProblemDocument> {
    let title = title.to_string();
    Json(ProblemDocument {
        code: code.to_owned(),
        title,
        status: status.as_u16(),
        fields: None,
    })
}

impl ApiError {
    pub(super) fn sign_in() -> Self {
        Self::Unauthenticated(document(
            StatusCode::UNAUTHORIZED,
            "token_required",
            "send a valid bearer token",
        ))
    }

    pub(super) fn not_found() -> Self {
        Self::NotFound(document(
            StatusCode::NOT_FOUND,
            "not_found",
            "there is no such thing here",
        ))
    }

    pub(super) fn bad(code: &str, title: impl std::fmt::Display) -> Self {
        Self::BadRequest(document(StatusCode::BAD_REQUEST, code, title))
    }

    /// Fields that must be mended, with the way to each.
    pub(super) fn invalid(fields: Vec<(String, String)>) -> Self {
        let fields = fields
            .into_iter()
            .map(|(field, problem)| FieldProblem { field, problem })
            .collect();
        Self::BadRequest(Json(ProblemDocument {
            code: "invalid".to_owned(),
            title: "some fields must be mended".to_owned(),
            status: 400,
            fields: Some(fields),
        }))
    }

    pub(super) fn conflict(code: &str, title: impl std::fmt::Display) -> Self {
        Self::Conflict(document(StatusCode::CONFLICT, code, title))
    }

    /// People are asked for a fresh proof here; a program's token must have been made for it.
    pub(super) fn prove() -> Self {
        let title = "this needs a token that was made for what is dangerous";
        Self::forbidden("dangerous_token_needed", title)
    }

    pub(super) fn unfinished() -> Self {
        let title = "a command with this key was begun, and did not end here; look what is there, then use another key";
        Self::conflict("unfinished", title)
    }

    pub(super) fn key_reused() -> Self {
        let title = "this idempotency key was used for something else";
        Self::KeyReused(document(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency_key_reused",
            title,
        ))
    }

    /// After so long it is worth another try.
    pub(crate) fn too_many(wait: std::time::Duration) -> Self {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let title = "there were too many requests; wait a moment";
        Self::TooMany(
            document(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", title),
            seconds.max(1),
        )
    }

    fn internal() -> Self {
        Self::Internal(document(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "something is broken on our side",
        ))
    }

    pub(super) fn unavailable() -> Self {
        Self::Unavailable(document(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "try again in a moment",
        ))
    }

    pub(super) fn forbidden(code: &str, title: impl std::fmt::Display) -> Self {
        Self::Forbidden(document(StatusCode::FORBIDDEN, code, title))
    }
}

/// Whatever did not come from a handler of ours: no route, wrong method, a body that cannot be read. Our own answers pass.
pub(super) async fn any(err: poem::Error) -> Response {
    if err.is_from_response() {
        return err.into_response();
    }
    let status = err.status();
    if status == StatusCode::UNSUPPORTED_MEDIA_TYPE {
        let title = "the body has a type that is not understood here";
        return ApiError::UnsupportedMediaType(document(status, "unsupported_media_type", title)).into_response();
    }
    let (code, title) = match status {
        StatusCode::NOT_FOUND => ("not_found", "there is no such thing here".to_owned()),
        StatusCode::METHOD_NOT_ALLOWED => (
            "method_not_allowed",
            "this address does not have this method".to_owned(),
        ),
        StatusCode::UNAUTHORIZED => ("token_required", "send a valid bearer token".to_owned()),
        StatusCode::PAYLOAD_TOO_LARGE => ("too_large", "the request is too large".to_owned()),
        it if it.is_client_error() => ("bad_request", err.to_string()),
        _ => {
            tracing::error!(error = %err, "an API request failed");
            ("internal", "something is broken on our side".to_owned())
        }
    };
    let body = serde_json::json!({ "code": code, "title": title, "status": status.as_u16() });
    Response::builder()
        .status(status)
        .content_type("application/problem+json")
        .body(body.to_string())
}

impl From<StoreError> for ApiError {
    fn from(err: StoreError) -> Self {
        match err.kind() {
            StoreErrorKind::Retry | StoreErrorKind::Unavailable => Self::unavailable(),
            StoreErrorKind::Conflict | StoreErrorKind::Corrupt => {
                tracing::error!(error = &err as &dyn std::error::Error, "the store failed");
                Self::internal()
            }
        }
    }
}

impl From<EntryError> for ApiError {
    fn from(err: EntryError) -> Self {
        match err {
            EntryError::SignInRequired => Self::sign_in(),
            EntryError::Refused(refusal) => Self::forbidden("no_access", refusal),
            EntryError::Store(err) => err.into(),
        }
    }
}

impl From<Problems> for ApiError {
    fn from(problems: Problems) -> Self {
        let fields = problems.list().iter().map(|it| (it.path(), it.kind.to_string()));
        Self::invalid(fields.collect())
    }
}

impl From<Denial> for ApiError {
    fn from(denial: Denial) -> Self {
        match denial {
            Denial::NotVisible => Self::not_found(),
            Denial::ReadOnly => Self::forbidden("read_only", denial),
            Denial::OnlyThroughCompany => Self::forbidden("only_people_on_the_ticket", denial),
            Denial::NotOffered => Self::forbidden("not_offered", denial),
            Denial::NotRequester => Self::forbidden("only_the_requester", denial),
            Denial::Merged => Self::Conflict(document(StatusCode::CONFLICT, "merged", denial)),
            Denial::AlreadyClosed => Self::Conflict(document(StatusCode::CONFLICT, "already_closed", denial)),
            Denial::NotClosed => Self::Conflict(document(StatusCode::CONFLICT, "not_closed", denial)),
            Denial::ReopenWindowOver => Self::Conflict(document(StatusCode::CONFLICT, "closed_too_long_ago", denial)),
            Denial::AlreadyPrivate => Self::Conflict(document(StatusCode::CONFLICT, "already_private", denial)),
        }
    }
}

impl From<FilesError> for ApiError {
    fn from(err: FilesError) -> Self {
        match err {
            FilesError::TooLarge(max) => {
                let title = format!("a file may have at most {max} bytes");
                Self::TooLarge(document(StatusCode::PAYLOAD_TOO_LARGE, "too_large", title))
            }
            FilesError::Interrupted(_) => Self::bad("interrupted", "the upload was interrupted"),
            FilesError::Missing | FilesError::Unavailable(_) => {
                tracing::error!(error = &err as &dyn std::error::Error, "the file store failed");
                Self::unavailable()
            }
        }
    }
}

impl From<ListTicketsError> for ApiError {
    fn from(err: ListTicketsError) -> Self {
        match err {
            ListTicketsError::Entry(err) => err.into(),
            ListTicketsError::Store(err) => err.into(),
        }
    }
}

impl From<SearchTicketsError> for ApiError {
    fn from(err: SearchTicketsError) -> Self {
        match err {
            SearchTicketsError::Entry(err) => err.into(),
            SearchTicketsError::Store(err) => err.into(),
        }
    }
}

impl From<ViewTicketError> for ApiError {
    fn from(err: ViewTicketError) -> Self {
        match err {
            ViewTicketError::Entry(err) => err.into(),
            ViewTicketError::NotFound => Self::not_found(),
            ViewTicketError::Store(err) => err.into(),
        }
    }
}

impl From<SupportFormError> for ApiError {
    fn from(err: SupportFormError) -> Self {
        match err {
            SupportFormError::Entry(err) => err.into(),
            SupportFormError::NotFound => Self::not_found(),
            SupportFormError::Store(err) => err.into(),
        }
    }
}

impl From<OpenTicketError> for ApiError {
    fn from(err: OpenTicketError) -> Self {
        match err {
            OpenTicketError::Entry(err) => err.into(),
            OpenTicketError::Invalid(problems) => problems.into(),
            OpenTicketError::Denied(denial) => denial.into(),
            OpenTicketError::KeyReused => Self::key_reused(),
            OpenTicketError::NoInbox => Self::unavailable(),
            OpenTicketError::Store(err) => err.into(),
        }
    }
}

impl From<ReplyError> for ApiError {
    fn from(err: ReplyError) -> Self {
        match err {
            ReplyError::Entry(err) => err.into(),
            ReplyError::NotFound => Self::not_found(),
            ReplyError::Denied(denial) => denial.into(),
            ReplyError::Invalid(problems) => problems.into(),
            ReplyError::KeyReused => Self::key_reused(),
            ReplyError::Store(err) => err.into(),
        }
    }
}

impl From<CloseTicketError> for ApiError {
    fn from(err: CloseTicketError) -> Self {
        match err {
            CloseTicketError::Entry(err) => err.into(),
            CloseTicketError::NotFound => Self::not_found(),
            CloseTicketError::Denied(denial) => denial.into(),
            CloseTicketError::Invalid(problems) => problems.into(),
            CloseTicketError::KeyReused => Self::key_reused(),
            CloseTicketError::Store(err) => err.into(),
        }
    }
}

impl From<ReopenTicketError> for ApiError {
    fn from(err: ReopenTicketError) -> Self {
        match err {
            ReopenTicketError::Entry(err) => err.into(),
            ReopenTicketError::NotFound => Self::not_found(),
            ReopenTicketError::Denied(denial) => denial.into(),
            ReopenTicketError::Invalid(problems) => problems.into(),
            ReopenTicketError::KeyReused => Self::key_reused(),
            ReopenTicketError::Store(err) => err.into(),
        }
    }
}

impl From<MarkPrivateError> for ApiError {
    fn from(err: MarkPrivateError) -> Self {
        match err {
            MarkPrivateError::Entry(err) => err.into(),
            MarkPrivateError::NotFound => Self::not_found(),
            MarkPrivateError::Denied(denial) => denial.into(),
            MarkPrivateError::KeyReused => Self::key_reused(),
            MarkPrivateError::Store(err) => err.into(),
        }
    }
}

impl From<RateTicketError> for ApiError {
    fn from(err: RateTicketError) -> Self {
        match err {
            RateTicketError::Entry(err) => err.into(),
            RateTicketError::NotFound => Self::not_found(),
            RateTicketError::Denied(denial) => denial.into(),
            RateTicketError::Invalid(problems) => problems.into(),
            RateTicketError::Store(err) => err.into(),
        }
    }
}

impl From<StageFileError> for ApiError {
    fn from(err: StageFileError) -> Self {
        match err {
            StageFileError::Entry(err) => err.into(),
            StageFileError::Denied(denial) => denial.into(),
            StageFileError::TakeIn(TakeInError::Files(err)) => err.into(),
            StageFileError::TakeIn(TakeInError::Secrets(_)) => Self::unavailable(),
            StageFileError::Store(err) => err.into(),
        }
    }
}

impl From<FetchFileError> for ApiError {
    fn from(err: FetchFileError) -> Self {
        match err {
            FetchFileError::Entry(err) => err.into(),
            FetchFileError::NotFound => Self::not_found(),
            FetchFileError::Files(err) => err.into(),
            FetchFileError::Store(err) => err.into(),
        }
    }
}
