use poem::web::Data;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use portal_core::Portal;
use portal_core::mail::{EditableMail, MailState, SendTestMail, ViewOutbox};

use super::caller::Caller;
use super::convert;
use super::schema::{Done, Made};
use crate::api::Tag;
use crate::api::convert::instant;
use crate::api::error::ApiError;

/// Mails on their way out.
pub(in crate::api) struct OutboxApi;

/// Where a mail is on its way out.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "MailState", rename_all = "snake_case")]
enum StateDto {
    /// To be sent when it is due.
    Waiting,
    /// Given up.
    Dead,
    /// Sent.
    Sent,
    /// Not sent, because it made no sense any more.
    Dropped,
    /// Discarded by somebody.
    Discarded,
}

/// A mail.
#[derive(Object, Clone, Debug)]
#[oai(rename = "QueuedMail", skip_serializing_if_is_none)]
struct MailDto {
    /// Its id.
    id: String,
    /// Which mail it is, such as `invitation`.
    mail: String,
    /// When it was wanted (RFC 3339, UTC).
    created_at: String,
    /// When it is due (RFC 3339, UTC).
    due_at: String,
    /// When it left, or was given up (RFC 3339, UTC).
    settled_at: Option<String>,
    /// How often it was tried.
    attempts: u32,
    /// To whom it goes, as far as that is known.
    to: Option<String>,
    /// What went wrong.
    reason: Option<String>,
}

/// A page of mails.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Outbox", skip_serializing_if_is_none)]
struct OutboxDto {
    /// The mails, newest first.
    mails: Vec<MailDto>,
    /// Give this as `older_than` for the next page.
    older: Option<String>,
    /// How many wait.
    waiting: u64,
    /// How many were given up.
    dead: u64,
}

/// A test mail.
#[derive(Object, Clone, Debug)]
#[oai(rename = "TestMail", deny_unknown_fields)]
struct TestDto {
    /// To whom.
    to: String,
    /// In the name of which portal, by id; of the installation if it is missing.
    #[oai(default)]
    portal: Option<String>,
    /// With the text of this mail, such as `invitation`; the plain test mail if it is missing.
    #[oai(default)]
    mail: Option<String>,
}

#[OpenApi(prefix_path = "/v1/admin", tag = "Tag::Outbox")]
impl OutboxApi {
    /// Mails in a state.
    #[oai(path = "/outbox", method = "get", operation_id = "listMails")]
    async fn list(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        /// In which state; those that wait if it is missing.
        state: Query<Option<StateDto>>,
        /// Only mails that are older than this one.
        older_than: Query<Option<String>>,
    ) -> Result<Json<OutboxDto>, ApiError> {
        let query = ViewOutbox {
            state: match state.0.unwrap_or(StateDto::Waiting) {
                StateDto::Waiting => MailState::Waiting,
                StateDto::Dead => MailState::Dead,
                StateDto::Sent => MailState::Sent,
                StateDto::Dropped => MailState::Dropped,
                StateDto::Discarded => MailState::Discarded,
            },
            older_than: older_than.0.map(|it| convert::id_of("older_than", &it)).transpose()?,
        };
        let page = service.view_outbox(caller.actor(), query).await?;
        Ok(Json(OutboxDto {
            older: page.mails.last().filter(|_| page.has_older).map(|it| it.id.to_string()),
            waiting: page.tally.waiting,
            dead: page.tally.dead,
            mails: page
                .mails
                .into_iter()
                .map(|it| MailDto {
                    id: it.id.to_string(),
                    mail: it.mail.name().to_owned(),
                    created_at: instant(it.created_at),
                    due_at: instant(it.due_at),
                    settled_at: it.settled_at.map(instant),
                    attempts: it.attempts,
                    to: it.to.map(|it| it.to_string()),
                    reason: it.reason,
                })
                .collect(),
        }))
    }

    /// Queue a test mail.
    #[oai(path = "/outbox/test", method = "post", operation_id = "sendTestMail")]
    async fn test(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<TestDto>,
    ) -> Result<Made, ApiError> {
        let unknown = || ApiError::invalid(vec![("mail".to_owned(), "there is no mail with this name".to_owned())]);
        let command = SendTestMail {
            portal: body.0.portal.map(|it| convert::id_of("portal", &it)).transpose()?,
            of: body
                .0
                .mail
                .map(|it| EditableMail::named(&it).ok_or_else(unknown))
                .transpose()?,
            to: convert::id_of("to", &body.0.to)?,
        };
        Ok(Made::of(service.send_test_mail(caller.actor(), command).await?))
    }

    /// Send a mail again that was given up.
    #[oai(path = "/outbox/:mail/again", method = "post", operation_id = "sendMailAgain")]
    async fn again(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        mail: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        service.send_mail_again(caller.actor(), convert::id(&mail.0)?).await?;
        Ok(Done::NoContent)
    }

    /// Discard a mail that waits or was given up.
    #[oai(path = "/outbox/:mail/discard", method = "post", operation_id = "discardMail")]
    async fn discard(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        mail: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        service.discard_mail(caller.actor(), convert::id(&mail.0)?).await?;
        Ok(Done::NoContent)
    }
}
