//! The listening side: HTTP/1.1 with deadlines, a bound on connections, and an end that lets requests finish.
//!
//! Its own accept loop and not poem's, which lets a client take for ever to send the head of a request. What is left to a
//! proxy: TLS, HTTP/2, and many connections of one sender. Bodies that drip are given up by the pages.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use poem::http::uri::Scheme;
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Addr, Endpoint, Request, Response};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How patient the server is.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// The most connections at a time.
    pub connections: usize,
    /// How long the head of a request may take.
    pub header: Duration,
    /// How long requests may take to end after the server was told to stop.
    pub drain: Duration,
}

/// The most header fields of a request.
const HEADERS: usize = 64;
/// The most bytes of a request's head.
const HEAD: usize = 32 * 1024;
/// How long to wait when the system has no more sockets.
const BREATH: Duration = Duration::from_millis(100);

/// Answers requests until told to stop, then waits for those under way, and says whether all of them ended in time.
///
/// # Errors
/// If the listener has no address.
pub async fn serve<E>(
    listener: TcpListener,
    endpoint: E,
    patience: Patience,
    stop: impl Future<Output = ()>,
) -> io::Result<bool>
where
    E: Endpoint<Output = Response> + 'static,
{
    let endpoint = Arc::new(endpoint);
    let local = listener.local_addr()?;
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(patience.connections));
    tokio::pin!(stop);
    loop {
        let (stream, remote, place) = tokio::select! {
            () = &mut stop => break,
            accepted = accept(&listener, &places) => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(BREATH).await;
                    continue;
                }
            },
        };
        let connection = Connection {
            endpoint: Arc::clone(&endpoint),
            local,
            remote,
            header: patience.header,
        };
        let watcher = graceful.watcher();
        tokio::spawn(async move {
            connection.serve(stream, watcher).await;
            drop(place);
        });
    }
    drop(listener);
    Ok(tokio::time::timeout(patience.drain, graceful.shutdown()).await.is_ok())
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, remote) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok((stream, remote, place))
}

struct Connection<E> {
    endpoint: Arc<E>,
    local: SocketAddr,
    remote: SocketAddr,
    header: Duration,
}

impl<E: Endpoint<Output = Response> + 'static> Connection<E> {
    async fn serve(self, stream: TcpStream, watcher: Watcher) {
        let local = LocalAddr(Addr::SocketAddr(self.local));
        let remote = RemoteAddr(Addr::SocketAddr(self.remote));
        let endpoint = self.endpoint;
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let endpoint = Arc::clone(&endpoint);
            let request = Request::from((request, local.clone(), remote.clone(), Scheme::HTTP));
            async move { Ok::<_, Infallible>(hyper::Response::from(endpoint.get_response(request).await)) }
        });
        let mut builder = http1::Builder::new();
        builder
            .timer(TokioTimer::new())
            .header_read_timeout(self.header)
            .max_headers(HEADERS)
            .max_buf_size(HEAD);
        let connection = watcher.watch(builder.serve_connection(TokioIo::new(stream), service));
        if let Err(error) = connection.await {
            // Clients go away all the time.
            tracing::debug!(%error, "a connection ended early");
        }
    }
}

#[cfg(test)]
mod tests;
