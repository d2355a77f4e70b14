//! Bytes on the wire, as no well-behaved client sends them.

use std::time::Duration;

use anyhow::Result;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::wait;

/// Sends bytes to `http://host:port` and reads until the server ends the connection, or is silent for a while.
pub async fn exchange(base: &str, request: &[u8]) -> Result<String> {
    wait::within(wait::DEADLINE, "a raw exchange", async {
        let mut stream = TcpStream::connect(base.trim_start_matches("http://")).await?;
        // A server that hangs up in the middle has said what it thinks.
        let _ = stream.write_all(request).await;
        let mut said = Vec::new();
        let mut part = [0; 4096];
        while let Ok(Ok(read)) = tokio::time::timeout(Duration::from_secs(2), stream.read(&mut part)).await {
            if read == 0 {
                break;
            }
            said.extend(part.iter().take(read));
        }
        Ok(String::from_utf8_lossy(&said).into_owned())
    })
    .await
}

/// The status of a raw response; 0 if there was none.
pub fn status(said: &str) -> u16 {
    said.split_whitespace()
        .nth(1)
        .and_then(|it| it.parse().ok())
        .unwrap_or_default()
}
