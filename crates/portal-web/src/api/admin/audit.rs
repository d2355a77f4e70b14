use poem::web::Data;
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use portal_core::Portal;
use portal_core::actor::Mode;
use portal_core::audit::{AuditActor, AuditEntry, AuditEvent, AuditPlace, AuditQuery, SealFaultKind};
use portal_core::time::Timestamp;

use super::caller::Caller;
use super::convert;
use crate::api::Tag;
use crate::api::convert::instant;
use crate::api::error::ApiError;

/// Who the token belongs to, and what was done by whom.
pub(in crate::api) struct AuditApi;

/// Who the token belongs to.
#[derive(Object, Clone, Debug)]
#[oai(rename = "StaffMe")]
struct StaffMe {
    /// The staff user's id.
    id: String,
    /// The staff user's name.
    name: String,
    /// What the token is called.
    token: String,
    /// What it was made for: permissions of the staff.
    scopes: Vec<String>,
    /// Whether it may change anything.
    may_write: bool,
    /// Whether it may do what asks people for a fresh proof of who they are.
    dangerous: bool,
    /// When it ends (RFC 3339, UTC).
    ends_at: String,
}

/// Which kind of somebody did it.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "AuditActor", rename_all = "snake_case")]
enum ActorKind {
    /// Somebody of the staff.
    Staff,
    /// A customer.
    Contact,
    /// The system itself.
    System,
    /// Somebody at the command line of the server.
    CommandLine,
}

/// More about an entry.
#[derive(Object, Clone, Debug)]
#[oai(rename = "AuditDetail")]
struct DetailDto {
    /// What.
    name: String,
    /// Its value.
    value: String,
}

/// One thing that was done.
#[derive(Object, Clone, Debug)]
#[oai(rename = "AuditEntry", skip_serializing_if_is_none)]
struct EntryDto {
    /// Its id.
    id: String,
    /// When (RFC 3339, UTC).
    at: String,
    /// By which kind of somebody.
    by: ActorKind,
    /// By whom, if that is a person with an id.
    who: Option<String>,
    /// What, such as `settings.changed`.
    event: String,
    /// In which portal.
    portal: Option<String>,
    /// To what, by the name that it had then.
    object: String,
    /// More about it.
    detail: Vec<DetailDto>,
}

/// A page of the audit.
#[derive(Object, Clone, Debug)]
#[oai(rename = "AuditPage", skip_serializing_if_is_none)]
struct AuditDto {
    /// The entries, newest first.
    entries: Vec<EntryDto>,
    /// Give this as `after` for the next page.
    next: Option<String>,
}

/// What is wrong with a seal.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "SealFaultKind", rename_all = "snake_case")]
enum FaultKindDto {
    /// A seal is missing before it.
    Missing,
    /// It does not fit its entries, or the seal before.
    Broken,
    /// An entry says something else than when it was sealed.
    Changed,
    /// It is not the one that was expected.
    Unexpected,
}

/// Something that was tampered with.
#[derive(Object, Clone, Debug)]
#[oai(rename = "SealFault")]
struct FaultDto {
    /// The number of the seal.
    seal: i64,
    /// What is wrong with it.
    fault: FaultKindDto,
}

/// What looking through all seals came to.
#[derive(Object, Clone, Debug)]
#[oai(rename = "SealVerdict", skip_serializing_if_is_none)]
struct VerdictDto {
    /// Whether nothing was tampered with.
    fine: bool,
    /// How many seals there are.
    seals: u64,
    /// How many entries are under them.
    entries: u64,
    /// How many of those were emptied when somebody was erased.
    forgotten: u64,
    /// The newest seal, as `portal audit verify --expect` takes it.
    newest: Option<String>,
    /// What was tampered with; the first ones.
    faults: Vec<FaultDto>,
}

#[OpenApi(prefix_path = "/v1/admin", tag = "Tag::Audit")]
impl AuditApi {
    /// Who the token belongs to, and what it may do.
    #[oai(path = "/me", method = "get", operation_id = "getStaffMe")]
    async fn me(&self, caller: Caller) -> Result<Json<StaffMe>, ApiError> {
        let Caller(program) = caller;
        let token = program.token;
        Ok(Json(StaffMe {
            id: program.user.id.to_string(),
            name: program.user.name.to_string(),
            token: token.name.to_string(),
            scopes: token.only.iter().map(|it| it.name().to_owned()).collect(),
            may_write: token.mode == Mode::Write,
            dangerous: token.dangerous,
            ends_at: instant(token.ends_at),
        }))
    }

    /// What was done, newest first.
    #[oai(path = "/audit", method = "get", operation_id = "listAudit")]
    async fn list(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        /// Only this event, such as `settings.changed`.
        event: Query<Option<String>>,
        /// Only what belongs to this portal.
        portal: Query<Option<String>>,
        /// The page after this place.
        after: Query<Option<String>>,
        /// How many, 1 to 100.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<AuditDto>, ApiError> {
        let unknown = || ApiError::bad("bad_event", "there is no event with this name");
        let query = AuditQuery {
            event: event
                .0
                .map(|it| AuditEvent::named(&it).ok_or_else(unknown))
                .transpose()?,
            actor: None,
            portal: portal.0.map(|it| convert::id_of("portal", &it)).transpose()?,
            after: after.0.map(|it| place(&it)).transpose()?,
            ..AuditQuery::default()
        };
        let limit = limit.0.unwrap_or(50);
        let page = service.read_audit(caller.actor(), &query, limit).await?;
        Ok(Json(AuditDto {
            next: page
                .entries
                .last()
                .filter(|_| page.has_older)
                .map(|it| format!("{}.{}", it.at.micros(), it.id)),
            entries: page.entries.into_iter().map(entry).collect(),
        }))
    }

    /// Whether anybody tampered with the audit: all seals are looked through.
    #[oai(path = "/audit/verification", method = "get", operation_id = "verifyAudit")]
    async fn verify(&self, service: Data<&Portal>, caller: Caller) -> Result<Json<VerdictDto>, ApiError> {
        let verdict = service.verify_audit(caller.actor(), None).await?;
        Ok(Json(VerdictDto {
            fine: verdict.is_fine(),
            seals: verdict.seals,
            entries: verdict.entries,
            forgotten: verdict.forgotten,
            newest: verdict.newest.map(|it| {
                let link = it.link.iter().fold(String::new(), |text, it| format!("{text}{it:02x}"));
                format!("{}:{link}", it.number)
            }),
            faults: verdict
                .faults
                .into_iter()
                .map(|it| FaultDto {
                    seal: it.seal,
                    fault: match it.kind {
                        SealFaultKind::Missing => FaultKindDto::Missing,
                        SealFaultKind::Broken => FaultKindDto::Broken,
                        SealFaultKind::Changed => FaultKindDto::Changed,
                        SealFaultKind::Unexpected => FaultKindDto::Unexpected,
                    },
                })
                .collect(),
        }))
    }
}

fn place(text: &str) -> Result<AuditPlace, ApiError> {
    let wrong = || ApiError::bad("bad_cursor", "this is not a place in a list");
    let (at, id) = text.split_once('.').ok_or_else(wrong)?;
    Ok(AuditPlace {
        at: Timestamp::from_micros(at.parse().map_err(|_| wrong())?),
        id: id.parse().map_err(|_| wrong())?,
    })
}

fn entry(it: AuditEntry) -> EntryDto {
    let (by, who) = match it.actor {
        AuditActor::Staff(id) => (ActorKind::Staff, Some(id.to_string())),
        AuditActor::Contact(id) => (ActorKind::Contact, Some(id.to_string())),
        AuditActor::System => (ActorKind::System, None),
        AuditActor::CommandLine => (ActorKind::CommandLine, None),
    };
    EntryDto {
        id: it.id.to_string(),
        at: instant(it.at),
        by,
        who,
        event: it.event.name().to_owned(),
        portal: it.portal.map(|it| it.to_string()),
        object: it.object,
        detail: it
            .detail
            .into_iter()
            .map(|(name, value)| DetailDto { name, value })
            .collect(),
    }
}
