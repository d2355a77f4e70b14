use poem::web::Data;
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use portal_core::Portal;
use portal_core::settings::{MoveInbox, SaveInbox};
use portal_core::ticket::Pipeline;

use super::caller::Caller;
use super::convert;
use super::schema::{Done, Made, NamedDto, PolicyPreviewDto};
use crate::api::Tag;
use crate::api::error::ApiError;
use crate::api::schema::StageDto;

/// Inboxes and pipelines.
pub(in crate::api) struct InboxesApi;

/// Where tickets arrive.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Inbox", skip_serializing_if_is_none)]
struct InboxDto {
    /// Its id.
    id: String,
    /// Its name for staff.
    name: String,
    /// The portal that shows its tickets.
    portal: Option<String>,
    /// The pipeline that new tickets enter.
    pipeline: String,
    /// Whether it is on the move to another portal; its tickets are absent everywhere then.
    moving: bool,
    /// The portal that it is on the move to.
    moving_to: Option<String>,
}

/// A status of tickets.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Status")]
struct StatusDto {
    /// Its id.
    id: String,
    /// Its name for staff.
    name: String,
    /// What customers understand it as.
    stage: StageDto,
}

/// A pipeline.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Pipeline")]
struct PipelineDto {
    /// The pipeline.
    pipeline: NamedDto,
    /// Its statuses, in order.
    statuses: Vec<StatusDto>,
}

/// All inboxes, and the pipelines that they can use.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Inboxes")]
struct InboxList {
    /// The inboxes, by name.
    inboxes: Vec<InboxDto>,
    /// The pipelines, by name.
    pipelines: Vec<PipelineDto>,
}

/// An inbox as it is to be.
#[derive(Object, Clone, Debug)]
#[oai(rename = "SaveInbox", deny_unknown_fields)]
struct SaveDto {
    /// Its name for staff.
    name: String,
    /// The id of the pipeline that new tickets enter; the first one, or the one it has, if it is missing.
    #[oai(default)]
    pipeline: Option<String>,
}

/// Where an inbox goes.
#[derive(Object, Clone, Debug)]
#[oai(rename = "MoveInbox", deny_unknown_fields)]
struct MoveDto {
    /// The id of the portal that is to have it.
    to: String,
}

impl MoveDto {
    fn command(&self, inbox: &str) -> Result<MoveInbox, ApiError> {
        Ok(MoveInbox {
            inbox: convert::id(inbox)?,
            to: convert::id_of("to", &self.to)?,
        })
    }
}

#[OpenApi(prefix_path = "/v1/admin", tag = "Tag::Inboxes")]
impl InboxesApi {
    /// All inboxes, and the pipelines that they can use.
    #[oai(path = "/inboxes", method = "get", operation_id = "listInboxes")]
    async fn list(&self, service: Data<&Portal>, caller: Caller) -> Result<Json<InboxList>, ApiError> {
        let (inboxes, pipelines) = service.list_inboxes(caller.actor()).await?;
        let inboxes = inboxes.into_iter().map(|it| InboxDto {
            id: it.id.to_string(),
            name: it.name.to_string(),
            portal: it.portal.map(|it| it.to_string()),
            pipeline: it.pipeline.to_string(),
            moving: it.moving_to.is_some(),
            moving_to: it.moving_to.map(|it| it.to_string()),
        });
        Ok(Json(InboxList {
            inboxes: inboxes.collect(),
            pipelines: pipelines.iter().map(pipeline).collect(),
        }))
    }

    /// Add an inbox.
    ///
    /// It belongs to no portal until one takes it as its default inbox.
    #[oai(path = "/inboxes", method = "post", operation_id = "createInbox")]
    async fn create(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<SaveDto>,
    ) -> Result<Made, ApiError> {
        let command = command(None, body.0)?;
        Ok(Made::of(service.save_inbox(caller.actor(), &command).await?))
    }

    /// Change an inbox's name or pipeline.
    #[oai(path = "/inboxes/:inbox", method = "put", operation_id = "putInbox")]
    async fn change(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        inbox: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<SaveDto>,
    ) -> Result<Done, ApiError> {
        let command = command(Some(convert::id(&inbox.0)?), body.0)?;
        service.save_inbox(caller.actor(), &command).await?;
        Ok(Done::NoContent)
    }

    /// Who would see what if an inbox were moved to another portal, once it has arrived.
    #[oai(
        path = "/inboxes/:inbox/move/preview",
        method = "post",
        operation_id = "previewInboxMove"
    )]
    async fn preview_move(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        inbox: Path<String>,
        body: Json<MoveDto>,
    ) -> Result<Json<PolicyPreviewDto>, ApiError> {
        let command = body.0.command(&inbox.0)?;
        let preview = service.preview_inbox_move(caller.actor(), command).await?;
        Ok(Json(convert::preview(preview)))
    }

    /// Send an inbox on its way to another portal.
    ///
    /// Until it has arrived, its tickets are absent in every portal.
    #[oai(path = "/inboxes/:inbox/move", method = "post", operation_id = "moveInbox")]
    async fn move_to(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        inbox: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<MoveDto>,
    ) -> Result<Done, ApiError> {
        let command = body.0.command(&inbox.0)?;
        service.move_inbox(caller.actor(), command).await?;
        Ok(Done::NoContent)
    }
}

fn command(id: Option<portal_core::id::InboxId>, body: SaveDto) -> Result<SaveInbox, ApiError> {
    let pipeline = body.pipeline.map(|it| convert::id_of("pipeline", &it)).transpose()?;
    Ok(SaveInbox {
        id,
        name: body.name,
        pipeline,
    })
}

fn pipeline(it: &Pipeline) -> PipelineDto {
    PipelineDto {
        pipeline: NamedDto {
            id: it.id().to_string(),
            name: it.name().to_string(),
        },
        statuses: it
            .statuses()
            .iter()
            .map(|it| StatusDto {
                id: it.id.to_string(),
                name: it.name.to_string(),
                stage: it.stage.into(),
            })
            .collect(),
    }
}
