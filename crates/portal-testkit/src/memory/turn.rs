use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};

use super::lock;

/// Lets one at a time write, in no particular order. Works on any runtime: who waits leaves a waker.
#[derive(Default)]
pub(super) struct Turns {
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    taken: bool,
    waiting: Vec<Waker>,
}

/// The right to write, until it is dropped.
pub(super) struct Turn(Arc<Turns>);

impl Turns {
    pub(super) async fn take(turns: &Arc<Self>) -> Turn {
        poll_fn(|context| {
            let mut queue = lock(&turns.queue);
            if queue.taken {
                queue.waiting.push(context.waker().clone());
                return Poll::Pending;
            }
            queue.taken = true;
            Poll::Ready(Turn(turns.clone()))
        })
        .await
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // All of them are woken, so it does not matter if one has given up meanwhile.
        let woken = {
            let mut queue = lock(&self.0.queue);
            queue.taken = false;
            std::mem::take(&mut queue.waiting)
        };
        woken.into_iter().for_each(Waker::wake);
    }
}
