use async_trait::async_trait;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, stream};
use poem::Body;
use poem::http::header;
use poem::web::Data;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::{Attachment, AttachmentType, Binary, Json, Response};
use poem_openapi::{ApiResponse, OpenApi};
use portal_core::Portal;
use portal_core::id::FileId;
use portal_core::ports::{FileSource, FilesError};
use portal_core::ticket::StageFile;

use super::Tag;
use super::caller::Caller;
use super::convert;
use super::error::ApiError;
use super::schema::FileDto;

/// Files of messages.
pub(super) struct FilesApi;

/// A file that was uploaded.
#[derive(ApiResponse)]
enum Uploaded {
    /// It is kept for 24 hours, until it is sent with a ticket or message.
    #[oai(status = 201)]
    Created(Json<FileDto>),
}

#[OpenApi(prefix_path = "/v1/portals", tag = "Tag::Files")]
impl FilesApi {
    /// Upload a file.
    ///
    /// The body is the content. Send its id with a new ticket or message within 24 hours.
    #[oai(path = "/:slug/files", method = "post", operation_id = "uploadFile")]
    async fn upload(
        &self,
        portal: Data<&Portal>,
        caller: Caller,
        /// The slug of the token's portal.
        #[oai(name = "slug")]
        _slug: Path<String>,
        /// The file's name.
        name: Query<String>,
        content: Binary<Body>,
    ) -> Result<Uploaded, ApiError> {
        let Caller(called) = caller;
        let pieces = content.0.into_bytes_stream().map(|it| it.map(|bytes| bytes.to_vec()));
        let mut source = BodySource(pieces.boxed());
        let command = StageFile {
            portal: called.portal.id,
            name: name.0,
        };
        let file = portal.stage_file(&called.visitor.actor, command, &mut source).await?;
        Ok(Uploaded::Created(Json(convert::file(&file))))
    }

    /// The content of a file.
    ///
    /// A file of a ticket that the contact does not see is reported as absent.
    #[oai(path = "/:slug/files/:id", method = "get", operation_id = "getFile")]
    async fn fetch(
        &self,
        portal: Data<&Portal>,
        caller: Caller,
        /// The slug of the token's portal.
        #[oai(name = "slug")]
        _slug: Path<String>,
        id: Path<String>,
    ) -> Result<Response<Attachment<Body>>, ApiError> {
        let Caller(called) = caller;
        let id: FileId = id.0.parse().map_err(|_| ApiError::not_found())?;
        let found = portal.fetch_file(&called.visitor.actor, called.portal.id, id).await?;
        let content = stream::unfold(Some(found.content), |state| async move {
            let mut source = state?;
            match source.chunk().await {
                Ok(Some(bytes)) => Some((Ok(bytes), Some(source))),
                Ok(None) => None,
                Err(err) => Some((Err(std::io::Error::other(err)), None)),
            }
        });
        let body = Body::from_bytes_stream(content.map(|it: Result<Vec<u8>, std::io::Error>| it));
        let content = Attachment::new(body)
            .attachment_type(AttachmentType::Attachment)
            .filename(found.file.name.as_str());
        // As on the pages: whatever is in it, it runs nowhere.
        Ok(Response::new(content).header(
            header::CONTENT_SECURITY_POLICY,
            "sandbox; default-src 'none'; frame-ancestors 'none'",
        ))
    }
}

/// A request's body as a source.
struct BodySource(BoxStream<'static, Result<Vec<u8>, std::io::Error>>);

#[async_trait]
impl FileSource for BodySource {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, FilesError> {
        match self.0.next().await {
            None => Ok(None),
            Some(Ok(bytes)) => Ok(Some(bytes)),
            Some(Err(err)) => Err(FilesError::Interrupted(err.into())),
        }
    }
}
