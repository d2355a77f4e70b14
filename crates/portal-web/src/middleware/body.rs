//! Bodies are counted while they stream in: a length that was promised is not believed, and nothing is kept that is too
//! much.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::{Stream, StreamExt};
use poem::Body;
use poem::http::{HeaderMap, header};

/// Bytes of a form without files.
pub(crate) const FORM: u64 = 64 * 1024;
/// Bytes of one field of text: what may be typed, percent-encoded at worst.
pub(crate) const TEXT: u64 = 3 * 64 * 1024;
/// Bytes beside the files of a form with files.
pub(crate) const FRAME: u64 = 1024 * 1024;

/// Remembers whether a body had more bytes than allowed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overflow(Arc<AtomicBool>);

impl Overflow {
    /// Whether it had.
    pub(crate) fn happened(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Whether a body says of itself that it is too large. It is refused before a byte of it is read.
pub(crate) fn announces_more(headers: &HeaderMap, limit: u64) -> bool {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()).and_then(|it| it.parse::<u64>().ok());
    length.is_some_and(|it| it > limit)
}

/// The bytes of a body, ending with an error as soon as there are more than allowed.
pub(crate) fn counted(body: Body, limit: u64, overflow: Overflow) -> impl Stream<Item = io::Result<Vec<u8>>> + Send + 'static {
    let mut rest = limit;
    let stream = Box::pin(body.into_bytes_stream());
    let mut over = false;
    stream
        .map(move |chunk| {
            let chunk = chunk?;
            match rest.checked_sub(chunk.len() as u64) {
                Some(left) => {
                    rest = left;
                    Ok(chunk.to_vec())
                }
                None => {
                    rest = 0;
                    overflow.0.store(true, Ordering::Relaxed);
                    Err(io::Error::other("the body is too large"))
                }
            }
        })
        .take_while(move |chunk| {
            let go_on = !over;
            over = chunk.is_err();
            std::future::ready(go_on)
        })
}

/// A body that ends with an error as soon as it has more bytes than allowed.
pub(crate) fn limited(body: Body, limit: u64) -> Body {
    Body::from_bytes_stream(counted(body, limit, Overflow::default()))
}
