//! For whoever watches the server.

use poem::Response;
use poem::http::StatusCode;

use crate::routes::Operation;
use crate::web::Web;

/// `/healthz`: the server runs. `/readyz`: the store answers too.
pub(crate) async fn answer(web: &Web, operation: Operation) -> Response {
    let ready = operation != Operation::Ready || web.portal.store().ping().await.is_ok();
    let (status, text) = if ready {
        (StatusCode::OK, "ok\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n")
    };
    Response::builder()
        .status(status)
        .content_type("text/plain; charset=utf-8")
        .body(text)
}
