use crate::id::IntentId;
use crate::mail::Mail;
use crate::text::EmailAddress;
use crate::time::Timestamp;

/// The right to deliver a mail, for a time: which mail, and which attempt it is. Whoever comes later with an older attempt
/// is too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Claim {
    /// The mail.
    pub intent: IntentId,
    /// The attempt, from 1; never the same one twice.
    pub attempt: u32,
}

/// A mail that somebody has the right to deliver now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedMail {
    /// The right.
    pub claim: Claim,
    /// The mail.
    pub mail: Mail,
    /// Which attempt it is since it was wanted, or wanted again after it had been given up; from 1.
    pub tries: u32,
    /// When it was wanted.
    pub created_at: Timestamp,
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Somebody else is responsible for it now.
    Sent,
    /// It makes no sense any more; why.
    Dropped(String),
    /// It is tried again at an instant; what went wrong.
    Again(Timestamp, String),
    /// It is not tried again unless somebody wants it; what went wrong.
    Dead(String),
}

/// Where a mail is on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MailState {
    /// To be sent when it is due.
    Waiting,
    /// Sent.
    Sent,
    /// Not sent, because it made no sense any more.
    Dropped,
    /// Given up.
    Dead,
    /// Discarded by somebody.
    Discarded,
}

impl MailState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Dead, Self::Sent, Self::Dropped, Self::Discarded];

    /// Its name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Dropped => "dropped",
            Self::Dead => "dead",
            Self::Discarded => "discarded",
        }
    }

    /// The state with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// A mail in the outbox, as staff see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedMail {
    /// Its id.
    pub id: IntentId,
    /// What is to be said.
    pub mail: Mail,
    /// Where it is.
    pub state: MailState,
    /// When it was wanted.
    pub created_at: Timestamp,
    /// When it is tried next, if it waits; while it is being sent, when somebody else may try.
    pub due_at: Timestamp,
    /// When it came to its state, if it does not wait.
    pub settled_at: Option<Timestamp>,
    /// How many attempts there were.
    pub attempts: u32,
    /// To whom the last attempt went.
    pub to: Option<EmailAddress>,
    /// What went wrong last, or why it was dropped.
    pub reason: Option<String>,
}

/// How many mails are where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MailTally {
    /// To be sent.
    pub waiting: u64,
    /// Given up.
    pub dead: u64,
}
