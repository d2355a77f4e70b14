//! A small HTTP/1.1 client that keeps its connections and costs little, since it shares the machine with the server.

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::measure::{Samples, moment};

/// What came of a load.
pub(crate) struct Load {
    pub(crate) per_second: f64,
    pub(crate) samples: Samples,
}

/// So many requests over 16 connections.
pub(crate) async fn run(host: &str, path: &str, cookie: Option<&str>, requests: usize) -> Result<Load> {
    const CONNECTIONS: usize = 16;
    let cookie = cookie.map_or_else(String::new, |it| format!("Cookie: {it}\r\n"));
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{cookie}Accept: text/html\r\nAccept-Language: en\r\n\r\n");
    let begun = moment();
    let mut tasks = Vec::new();
    for _ in 0..CONNECTIONS {
        let (host, request) = (host.to_owned(), request.clone());
        tasks.push(tokio::spawn(async move {
            client(&host, request.as_bytes(), requests / CONNECTIONS).await
        }));
    }
    let mut samples = Samples::default();
    for task in tasks {
        for sample in task.await?? {
            samples.add(sample);
        }
    }
    let done = requests / CONNECTIONS * CONNECTIONS;
    Ok(Load {
        per_second: done as f64 / begun.elapsed().as_secs_f64(),
        samples,
    })
}

async fn client(host: &str, request: &[u8], times: usize) -> Result<Vec<std::time::Duration>> {
    let mut stream = TcpStream::connect(host).await?;
    stream.set_nodelay(true)?;
    let mut buffer = Vec::with_capacity(1 << 17);
    let mut taken = Vec::with_capacity(times);
    for _ in 0..times {
        let begun = moment();
        stream.write_all(request).await?;
        answer(&mut stream, &mut buffer).await?;
        taken.push(begun.elapsed());
    }
    Ok(taken)
}

/// Reads one answer with status 200 and a known length.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<()> {
    buffer.clear();
    loop {
        if stream.read_buf(buffer).await? == 0 {
            bail!("the server hung up");
        }
        let Some(end) = buffer.windows(4).position(|it| it == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(buffer.get(..end).unwrap_or_default()).to_ascii_lowercase();
        if !head.starts_with("http/1.1 200") {
            bail!("the server answered: {}", head.lines().next().unwrap_or_default());
        }
        let length = head.lines().find_map(|it| it.strip_prefix("content-length:"));
        let length: usize = length.context("the answer has no length")?.trim().parse()?;
        while buffer.len() < end + 4 + length {
            if stream.read_buf(buffer).await? == 0 {
                bail!("the server hung up");
            }
        }
        return Ok(());
    }
}
