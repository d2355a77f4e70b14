//! Style sheets, scripts, icons: `/s/{hash}/…`.

use poem::Response;
use poem::http::{StatusCode, header};

use crate::errors::Stop;
use crate::routes::Places;
use crate::visit::Answer;
use crate::web::{Ask, Web};

/// A file under its hash is kept for ever. Under the hash of another release it is there too, for pages that are still
/// open, but not kept.
pub(super) fn get(web: &Web, ask: &Ask, places: &Places) -> Answer {
    let keep = if places.hash == web.assets.hash() {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    send(web, ask, &places.rest, keep)
}

/// `/favicon.ico`, which browsers ask for by themselves.
pub(super) fn favicon(web: &Web, ask: &Ask) -> Answer {
    send(web, ask, "favicon.svg", "public, max-age=86400")
}

fn send(web: &Web, ask: &Ask, name: &str, keep: &str) -> Answer {
    if let Some(style) = crate::looks::style(name) {
        return Ok(Response::builder()
            .header(header::CACHE_CONTROL, keep)
            .content_type("text/css; charset=utf-8")
            .body(style));
    }
    let asset = web.assets.get(name).ok_or(Stop::NOT_FOUND)?;
    let form = asset.fitting(ask.header("accept-encoding"));
    let tag = asset.etag_of(form);
    let known = ask.header("if-none-match").split(',').any(|it| it.trim() == tag);
    let response = Response::builder()
        .header(header::CACHE_CONTROL, keep)
        .header(header::VARY, "Accept-Encoding")
        .header(header::ETAG, &tag);
    if known {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    let response = match form.encoding {
        Some(encoding) => response.header(header::CONTENT_ENCODING, encoding),
        None => response,
    };
    Ok(response.content_type(asset.content_type).body(form.bytes.to_vec()))
}
