use std::time::Duration;

use crate::ticket::{AuthorKind, Event, EventKind, Message, Stage};
use crate::time::Timestamp;

/// Somebody waits for a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Since when: the oldest message of theirs without a reply.
    pub since: Timestamp,
    /// Whether the ticket never had a reply.
    pub is_first: bool,
}

/// How a ticket was served so far: a function of its public thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServiceFacts {
    /// Since when somebody waits for a reply. It says nothing while the ticket is closed or waits for the customer.
    pub waiting_since: Option<Timestamp>,
    /// When the staff first wrote to the customer.
    pub first_reply_at: Option<Timestamp>,
    /// How long customers waited for replies that came, all of them together, on the clock.
    pub waited: Duration,
}

impl ServiceFacts {
    /// The facts of a whole thread, in whatever order it is given.
    #[must_use]
    pub fn of<'a>(
        messages: impl IntoIterator<Item = &'a Message>,
        events: impl IntoIterator<Item = &'a Event>,
    ) -> Self {
        enum Item<'a> {
            Message(&'a Message),
            Event(&'a Event),
        }
        let messages = messages.into_iter().map(|it| (it.seq, Item::Message(it)));
        let events = events.into_iter().map(|it| (it.seq, Item::Event(it)));
        let mut items: Vec<_> = messages.chain(events).collect();
        items.sort_by_key(|it| it.0);
        items.into_iter().fold(Self::default(), |facts, (_, item)| match item {
            Item::Message(it) => facts.after_message(it),
            Item::Event(it) => facts.after_event(it),
        })
    }

    /// The facts once one more message is there: a customer's begins a wait, unless one goes on; one of the staff ends it,
    /// and the first of them is the first reply.
    #[must_use]
    pub fn after_message(self, message: &Message) -> Self {
        let at = message.at;
        match message.author.kind {
            AuthorKind::Contact(_) => Self {
                waiting_since: self.waiting_since.or(Some(at)),
                ..self
            },
            AuthorKind::Agent(_) => Self {
                waiting_since: None,
                first_reply_at: self.first_reply_at.or(Some(at)),
                waited: self.waited + self.waiting_since.map_or(Duration::ZERO, |it| at.since(it)),
            },
            AuthorKind::System => self,
        }
    }

    /// The facts once one more thing happened: closing a ticket, or leaving the next step to the customer, ends a wait
    /// without a reply; opening it again begins a new one if the customer did it.
    #[must_use]
    pub fn after_event(self, event: &Event) -> Self {
        let waiting_since = match (&event.kind, event.by.kind) {
            (
                EventKind::Closed { .. }
                | EventKind::StatusChanged {
                    stage: Stage::Closed | Stage::WaitingOnContact,
                    ..
                },
                _,
            )
            | (EventKind::Reopened { .. }, AuthorKind::Agent(_) | AuthorKind::System) => None,
            (EventKind::Reopened { .. }, AuthorKind::Contact(_)) => Some(event.at),
            _ => self.waiting_since,
        };
        Self { waiting_since, ..self }
    }

    /// Who waits now, in a ticket of this stage.
    #[must_use]
    pub fn wait(&self, stage: Stage) -> Option<Wait> {
        match stage {
            Stage::Closed | Stage::WaitingOnContact => None,
            Stage::Received | Stage::InProgress => self.waiting_since.map(|since| Wait {
                since,
                is_first: self.first_reply_at.is_none(),
            }),
        }
    }
}
