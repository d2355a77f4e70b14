use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};

use async_trait::async_trait;
use portal_core::ports::{DeskFeed, DeskHint, Hint, HintFeed};

use super::lock;

/// How many hints are kept for those who are slow to listen.
const KEPT: usize = 1024;

/// The hints of all committed units of work, in order.
pub(super) struct Feed<T> {
    log: Mutex<Log<T>>,
}

impl<T> Default for Feed<T> {
    fn default() -> Self {
        Self {
            log: Mutex::new(Log {
                dropped: 0,
                kept: VecDeque::new(),
                waiting: Vec::new(),
            }),
        }
    }
}

struct Log<T> {
    /// How many hints came before the first one in `kept`.
    dropped: u64,
    kept: VecDeque<T>,
    waiting: Vec<Waker>,
}

pub(super) struct Listener<T> {
    feed: Arc<Feed<T>>,
    /// The place of the next hint in the log.
    next: u64,
}

impl<T> Log<T> {
    fn end(&self) -> u64 {
        self.dropped + self.kept.len() as u64
    }
}

impl<T> Feed<T> {
    pub(super) fn publish(&self, hints: Vec<T>) {
        let woken = {
            let mut log = lock(&self.log);
            log.kept.extend(hints);
            while log.kept.len() > KEPT {
                log.kept.pop_front();
                log.dropped += 1;
            }
            std::mem::take(&mut log.waiting)
        };
        woken.into_iter().for_each(Waker::wake);
    }

    pub(super) fn listen(feed: &Arc<Self>) -> Listener<T> {
        let next = lock(&feed.log).end();
        Listener {
            feed: feed.clone(),
            next,
        }
    }
}

impl<T: Clone> Listener<T> {
    async fn next(&mut self) -> Option<T> {
        poll_fn(|context| {
            let mut log = lock(&self.feed.log);
            let Some(place) = self.next.checked_sub(log.dropped) else {
                self.next = log.end();
                return Poll::Ready(None);
            };
            if let Some(hint) = log.kept.get(place as usize) {
                self.next += 1;
                return Poll::Ready(Some(hint.clone()));
            }
            log.waiting.push(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}

#[async_trait]
impl HintFeed for Listener<Hint> {
    async fn next(&mut self) -> Option<Hint> {
        Self::next(self).await
    }
}

#[async_trait]
impl DeskFeed for Listener<DeskHint> {
    async fn next(&mut self) -> Option<DeskHint> {
        Self::next(self).await
    }
}
