//! `portal healthcheck`: for containers, which have no curl.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::failure::Failure;

const PATIENCE: Duration = Duration::from_secs(5);

/// Asks the server at this address whether it is ready.
///
/// # Errors
/// If it does not answer, or says that it is not.
pub async fn run(listen: SocketAddr) -> Result<(), Failure> {
    let address = reachable(listen);
    let status = tokio::time::timeout(PATIENCE, ask(address)).await;
    match status {
        Ok(Ok(status)) if status.contains(" 200 ") => Ok(()),
        Ok(Ok(status)) => Err(Failure::wrong(format!(
            "the server at {address} is not ready: {}",
            status.trim()
        ))),
        Ok(Err(error)) => Err(Failure::wrong(format!("no server answers at {address}: {error}"))),
        Err(_) => Err(Failure::wrong(format!(
            "the server at {address} did not answer within {} seconds",
            PATIENCE.as_secs()
        ))),
    }
}

/// A server that listens on every address is asked on this machine's own.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(it) if it.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(it) if it.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        it => it,
    };
    SocketAddr::new(ip, listen.port())
}

/// The first line of the answer.
async fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(4096).read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    Ok(answer.lines().next().unwrap_or_default().to_owned())
}
