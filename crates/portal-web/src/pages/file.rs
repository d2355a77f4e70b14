//! Files: always offered for saving, never run.

use futures_util::stream;
use poem::http::header;
use poem::{Body, Response};
use portal_core::ports::FileSource;
use portal_core::text::FileName;
use portal_core::ticket::FetchedFile;

use crate::errors::Stop;
use crate::forms::Fields;
use crate::view::error::Fault;
use crate::visit::{Answer, Visit};
use crate::web::Ask;

pub(super) async fn fetch(visit: &Visit<'_>) -> Answer {
    asked_here(visit.ask)?;
    let id = visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let found = visit.web.portal.fetch_file(&visit.actor(), visit.site.id, id).await?;
    Ok(sent(visit.ask, found))
}

/// A page of somebody else may lead here, but not show or load what is here.
pub(crate) fn asked_here(ask: &Ask) -> Result<(), Stop> {
    let elsewhere = matches!(ask.header("sec-fetch-site"), "cross-site" | "same-site");
    if elsewhere && ask.header("sec-fetch-mode") != "navigate" {
        return Err(Fault::CrossSite.into());
    }
    Ok(())
}

/// A file, as it leaves.
pub(crate) fn sent(ask: &Ask, found: FetchedFile) -> Response {
    let name = &found.file.name;
    let media_type = media_type(name);
    let wants_inline =
        Fields::of_query(&ask.query).get("inline") == "1" && ask.header("sec-fetch-site") == "same-origin";
    let disposition = if wants_inline && is_picture(media_type) {
        "inline"
    } else {
        "attachment"
    };
    Response::builder()
        .header(header::CONTENT_DISPOSITION, content_disposition(disposition, name))
        .header(header::CONTENT_LENGTH, found.file.size)
        .header(
            header::CONTENT_SECURITY_POLICY,
            "sandbox; default-src 'none'; frame-ancestors 'none'",
        )
        .header(header::ACCEPT_RANGES, "none")
        .content_type(media_type)
        .body(body(found.content))
}

/// The content, piece by piece.
fn body(content: Box<dyn FileSource>) -> Body {
    Body::from_bytes_stream(stream::unfold(content, |mut content| async move {
        let chunk = content.chunk().await.transpose()?;
        Some((chunk.map_err(std::io::Error::other), content))
    }))
}

/// By the ending of the name, out of a short list; never what a sender claims.
pub(crate) fn media_type(name: &FileName) -> &'static str {
    match name.extension().unwrap_or_default().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        "txt" | "log" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "zip" => "application/zip",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        _ => "application/octet-stream",
    }
}

/// Pictures that browsers show without running anything.
fn is_picture(media_type: &str) -> bool {
    matches!(media_type, "image/png" | "image/jpeg" | "image/gif" | "image/webp")
}

/// RFC 6266: the name in ASCII for old browsers, and in full.
fn content_disposition(kind: &str, name: &FileName) -> String {
    let plain: String = name
        .as_str()
        .chars()
        .map(|it| {
            if it.is_ascii_graphic() && !matches!(it, '"' | '\\' | '%') || it == ' ' {
                it
            } else {
                '_'
            }
        })
        .collect();
    let mut full = String::new();
    crate::view::tickets::encode(name.as_str(), &mut full);
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_quotes() {
        let of = |name: &str| content_disposition("attachment", &FileName::cleaned(name));
        assert_eq!(
            of("Übersicht 2026.pdf"),
            "attachment; filename=\"_bersicht 2026.pdf\"; filename*=UTF-8''%C3%9Cbersicht%202026.pdf"
        );
        assert_eq!(
            of("a\"; filename=x.html"),
            "attachment; filename=\"a_; filename=x.html\"; filename*=UTF-8''a%22%3B%20filename%3Dx.html"
        );
        for name in [
            "a\r\nSet-Cookie: x=1",
            "a\0b",
            "\u{202e}gpj.exe",
            "../../etc/passwd",
            "..\\x",
            "😀",
            "%41",
        ] {
            let header = of(name);
            assert!(
                header.is_ascii() && !header.contains(['\r', '\n', '\0', '\\']),
                "{header}"
            );
            assert_eq!(header.matches('"').count(), 2, "{header}");
        }
    }

    #[test]
    fn nothing_that_runs_has_a_type() {
        for name in [
            "a.html",
            "a.svg",
            "a.xml",
            "a.xhtml",
            "a.js",
            "a.swf",
            "a.hta",
            "a.eml",
            "a.mht",
            "a",
            "a.png.html",
            "a.PHP",
        ] {
            assert_eq!(
                media_type(&FileName::cleaned(name)),
                "application/octet-stream",
                "{name}"
            );
        }
        assert_eq!(media_type(&FileName::cleaned("a.PNG")), "image/png");
    }
}
