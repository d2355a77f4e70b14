//! A server that answers with what a test gives it: so the instruments themselves can be tested.

use std::collections::BTreeMap;

use anyhow::Result;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Pages by path, on a port of their own. Ends when dropped.
#[derive(Debug)]
pub struct Stub {
    /// Where it is: `http://127.0.0.1:…`.
    pub base: String,
    task: JoinHandle<()>,
}

impl Stub {
    /// Serves these pages; anything else is a 404. `headers` go with each answer, one a line.
    pub async fn serve(headers: &str, pages: &[(&str, &str)]) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let base = format!("http://{}", listener.local_addr()?);
        let pages: BTreeMap<String, String> = pages
            .iter()
            .map(|(path, body)| ((*path).to_owned(), (*body).to_owned()))
            .collect();
        let headers: String = headers.lines().fold(String::new(), |all, it| all + it.trim() + "\r\n");
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, headers.clone(), pages.clone()));
            }
        });
        Ok(Self { base, task })
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(mut stream: TcpStream, headers: String, pages: BTreeMap<String, String>) {
    let mut request = Vec::new();
    let mut part = [0; 4096];
    while !request.windows(4).any(|it| it == b"\r\n\r\n") {
        match stream.read(&mut part).await {
            Ok(read) if read > 0 => request.extend(part.iter().take(read)),
            _ => return,
        }
    }
    let request = String::from_utf8_lossy(&request);
    let target = request.split_whitespace().nth(1).unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default();
    let (status, body) = pages
        .get(path)
        .map_or(("404 Not Found", "nothing here"), |it| ("200 OK", it.as_str()));
    let length = body.len();
    let kind = match path.rsplit_once('.') {
        Some((_, "css")) => "text/css",
        Some((_, "js")) => "text/javascript",
        _ => "text/html",
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}"
    );
    // Whoever asked and left needs no answer.
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}
