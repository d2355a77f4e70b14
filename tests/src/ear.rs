//! Somebody who listens to a stream while others work.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use reqwest::Method;
use tokio::task::JoinHandle;

use crate::http::Visitor;

/// Longer than any test.
const LONG: Duration = Duration::from_mins(10);

/// A stream that is read to wherever it is. Listening ends with this.
#[derive(Debug)]
pub struct Ear {
    heard: Arc<Mutex<String>>,
    task: JoinHandle<()>,
    /// The address.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
}

impl Ear {
    /// Begins to listen. What comes after this returned is heard.
    pub async fn at(visitor: &Visitor, path: &str) -> Result<Self> {
        let request = visitor.request(Method::GET, path).timeout(LONG);
        let mut response = request.send().await?;
        let status = response.status().as_u16();
        let heard: Arc<Mutex<String>> = Arc::default();
        let writes = heard.clone();
        let task = tokio::spawn(async move {
            while let Ok(Some(chunk)) = response.chunk().await {
                let mut text = writes.lock().unwrap_or_else(PoisonError::into_inner);
                text.push_str(&String::from_utf8_lossy(&chunk));
            }
        });
        Ok(Self {
            heard,
            task,
            path: path.to_owned(),
            status,
        })
    }

    /// Everything that was heard until now.
    pub fn heard(&self) -> String {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was said, without what keeps the line open.
    pub fn frames(&self) -> Vec<String> {
        let heard = self.heard();
        heard
            .lines()
            .filter_map(|it| it.strip_prefix("data:"))
            .map(|it| it.trim().to_owned())
            .collect()
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.task.abort();
    }
}
