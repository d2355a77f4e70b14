//! Bodies are counted while they stream in: a length that was promised is not believed, and nothing is kept that is too
//! much.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use poem::Body;
use poem::http::{HeaderMap, header};

/// Bytes of a form without files.
pub(crate) const FORM: u64 = 64 * 1024;
/// Bytes of one field of text: what may be typed, percent-encoded at worst.
pub(crate) const TEXT: u64 = 3 * 64 * 1024;
/// Bytes beside the files of a form with files.
pub(crate) const FRAME: u64 = 1024 * 1024;
/// Bytes of the head of one part of a form with files.
const HEAD: usize = 16 * 1024;
/// How long a client may say nothing in the middle of a body.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes a second that are slow, but not too slow.
const SLOWEST: u64 = 1024;

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
    let length = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|it| it.to_str().ok())
        .and_then(|it| it.parse::<u64>().ok());
    length.is_some_and(|it| it > limit)
}

/// The bytes of a body, ending with an error as soon as there are more than allowed, or they come too slowly.
pub(crate) fn counted(
    body: Body,
    limit: u64,
    overflow: Overflow,
) -> impl Stream<Item = io::Result<Vec<u8>>> + Send + 'static {
    let reading = Reading {
        stream: Box::pin(body.into_bytes_stream()),
        rest: limit,
        patience: PATIENCE,
        overflow,
        ended: false,
    };
    futures_util::stream::unfold(reading, |mut reading| async move {
        let chunk = reading.chunk().await?;
        reading.ended = chunk.is_err();
        Some((chunk, reading))
    })
}

struct Reading<S> {
    stream: Pin<Box<S>>,
    rest: u64,
    /// How long may be waited for the next bytes. Waiting uses it up and bytes give some of it back, so that one byte now and
    /// then does not keep a connection for ever. What is done with the bytes takes none of it.
    patience: Duration,
    overflow: Overflow,
    ended: bool,
}

impl<S: Stream<Item = io::Result<B>>, B: AsRef<[u8]>> Reading<S> {
    async fn chunk(&mut self) -> Option<io::Result<Vec<u8>>> {
        if self.ended {
            return None;
        }
        let patience = std::pin::pin!(tokio::time::sleep(self.patience));
        let until = patience.deadline();
        let chunk = tokio::select! {
            biased;
            chunk = self.stream.next() => chunk?,
            () = patience => Err(io::Error::new(io::ErrorKind::TimedOut, "the body came too slowly")),
        };
        let chunk = match chunk {
            Ok(chunk) => chunk.as_ref().to_vec(),
            Err(error) => return Some(Err(error)),
        };
        let left = until.saturating_duration_since(tokio::time::sleep(Duration::ZERO).deadline());
        self.patience = PATIENCE.min(left + Duration::from_secs(chunk.len() as u64 / SLOWEST));
        let Some(rest) = self.rest.checked_sub(chunk.len() as u64) else {
            self.overflow.0.store(true, Ordering::Relaxed);
            return Some(Err(io::Error::other("the body is too large")));
        };
        self.rest = rest;
        Some(Ok(chunk))
    }
}

/// A body that ends with an error as soon as it has more bytes than allowed.
pub(crate) fn limited(body: Body, limit: u64, overflow: Overflow) -> Body {
    Body::from_bytes_stream(counted(body, limit, overflow))
}

/// Keeps the heads of the parts of a form short. Whoever takes a form apart collects bytes until a head is complete, and
/// would keep a whole body of nothing but head.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heads(Arc<Mutex<Option<usize>>>);

impl Heads {
    /// From now on a head is expected.
    pub(crate) fn begin(&self) {
        *self.seen() = Some(0);
    }

    /// From now on everything is content.
    pub(crate) fn end(&self) {
        *self.seen() = None;
    }

    fn seen(&self) -> MutexGuard<'_, Option<usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same chunks, one at a time: whoever asks for more must look at what there is first.
    pub(crate) fn watch(
        &self,
        stream: impl Stream<Item = io::Result<Vec<u8>>> + Send + 'static,
    ) -> impl Stream<Item = io::Result<Vec<u8>>> + Send + 'static {
        let (heads, mut stream, mut pause) = (self.clone(), Box::pin(stream), false);
        futures_util::stream::poll_fn(move |context| {
            if std::mem::take(&mut pause) {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            let next = std::task::ready!(stream.as_mut().poll_next(context));
            pause = true;
            if let (Some(Ok(chunk)), Some(seen)) = (&next, heads.seen().as_mut()) {
                if *seen > HEAD {
                    return Poll::Ready(Some(Err(io::Error::other("the head of a part is too long"))));
                }
                *seen += chunk.len();
            }
            Poll::Ready(next)
        })
    }
}
