use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};

use async_trait::async_trait;
use portal_core::ports::{Hint, HintFeed};

use super::lock;

/// How many hints are kept for those who are slow to listen.
const KEPT: usize = 1024;

/// The hints of all committed units of work, in order.
#[derive(Default)]
pub(super) struct Feed {
    log: Mutex<Log>,
}

#[derive(Default)]
struct Log {
    /// How many hints came before the first one in `kept`.
    dropped: u64,
    kept: VecDeque<Hint>,
    waiting: Vec<Waker>,
}

struct Listener {
    feed: Arc<Feed>,
    /// The place of the next hint in the log.
    next: u64,
}

impl Log {
    fn end(&self) -> u64 {
        self.dropped + self.kept.len() as u64
    }
}

impl Feed {
    pub(super) fn publish(&self, hints: Vec<Hint>) {
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

    pub(super) fn listen(feed: &Arc<Self>) -> impl HintFeed + use<> {
        let next = lock(&feed.log).end();
        Listener {
            feed: feed.clone(),
            next,
        }
    }
}

#[async_trait]
impl HintFeed for Listener {
    async fn next(&mut self) -> Option<Hint> {
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
