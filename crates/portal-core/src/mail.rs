//! Mails: what leaves the installation, and how it gets out.
//!
//! A use-case that wants a mail to go out pushes an [`Intent`] into the [`Outbox`](crate::ports::Outbox), in its own unit of
//! work: who is to be told what, never a rendered text or a clear secret. [`Portal::deliver_due`](crate::Portal::deliver_due)
//! takes due intents, asks whoever owns that kind of [`Mail`] whether it still makes sense, has a [`Letter`] made, rendered
//! and sent. A mail leaves at least once, under one Message-ID.

mod address;
mod backoff;
mod captured;
mod deliver_due;
mod intent;
mod letter;
mod outbox_page;
mod own_texts;
mod prepare;
mod queue;
mod signed_link;
mod texts;
mod try_mailer;

pub use address::{BaseUrl, BaseUrlError, Link, Origins};
pub use captured::{CapturedError, CapturedLetter, CapturedMail};
pub use deliver_due::{DeliverError, Delivered};
pub use intent::{Intent, Mail, StaffNotice, TicketNews};
pub use letter::{AgentNewsLine, Content, Letter, Letterhead, MailThread};
pub use outbox_page::{OutboxError, OutboxPage, SendTestMail, ViewOutbox};
pub use own_texts::{OwnMailTexts, OwnMailTextsError, PreviewMailText};
pub use prepare::{PrepareError, Prepared};
pub use queue::{Claim, ClaimedMail, MailState, MailTally, QueuedMail, Settled};
pub use texts::{EditableMail, MailText, MailTextFault, MailTextField, MailTextProblem, MailTexts, Piece, Placeholder};
pub use try_mailer::TryMailerError;
