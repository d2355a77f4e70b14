use std::time::Duration;

use super::backoff::pause_after;
use crate::actor::{Actor, Task};
use crate::id::IntentId;
use crate::mail::{ClaimedMail, Letter, Mail, MailTexts, PrepareError, Prepared, Settled};
use crate::portal::{Portal, UseCaseError, attempt};
use crate::ports::{
    Access, ChannelError, LettersError, MailerError, OutgoingAnswer, OutgoingMail, OutgoingThread, StoreError,
};
use crate::text::EmailAddress;
use crate::time::Timestamp;

/// How long the right to deliver a mail lasts. Sending ends within a minute, so nobody loses it who is alive.
const LEASE: Duration = Duration::from_mins(5);

/// What came of a round of deliveries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Handed over.
    pub sent: u32,
    /// Not sent, because they made no sense any more.
    pub dropped: u32,
    /// To be tried again.
    pub again: u32,
    /// Given up.
    pub dead: u32,
    /// Lost to somebody else meanwhile.
    pub lost: u32,
}

impl Delivered {
    /// How many mails were looked at.
    #[must_use]
    pub const fn all(&self) -> u32 {
        self.sent + self.dropped + self.again + self.dead + self.lost
    }
}

/// A round of deliveries ended early. What was claimed is claimed again when the right to it has expired.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl UseCaseError for DeliverError {
    fn store_error(&self) -> Option<&StoreError> {
        let Self::Store(err) = self;
        Some(err)
    }

    fn is_not_found(&self) -> bool {
        false
    }
}

/// What is to be done with a claimed mail.
enum Step {
    /// Render and send.
    Send(Box<Letter>, Box<MailTexts>),
    /// Hand to a channel.
    Carry(Box<OutgoingAnswer>),
    /// Nothing more.
    Done(Settled),
    /// Somebody else has it, or somebody discarded it.
    Lost,
}

impl Portal {
    /// Sends what is due, at most `limit` mails. Several servers may do so at the same time: a mail is sent by one of them.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn deliver_due(&self, limit: u32) -> Result<Delivered, DeliverError> {
        let claimed = attempt!(self, &Actor::Anonymous, "mail.claim", self.claim_once(limit))?;
        let mut delivered = Delivered::default();
        for it in &claimed {
            let count = match attempt!(self, &Actor::Anonymous, "mail.prepare", self.prepare_once(it))? {
                Step::Lost => &mut delivered.lost,
                Step::Done(settled) => counter(&mut delivered, &settled),
                Step::Send(letter, texts) => {
                    let settled = self.hand_over(it, &letter, &texts).await;
                    let to = Some(&letter.to);
                    attempt!(
                        self,
                        &Actor::Anonymous,
                        "mail.settle",
                        self.settle_once(it, &settled, to)
                    )?;
                    counter(&mut delivered, &settled)
                }
                Step::Carry(answer) => {
                    let settled = self.carry(it, &answer).await;
                    let to = answer.to_address.as_ref();
                    attempt!(
                        self,
                        &Actor::Anonymous,
                        "mail.settle",
                        self.settle_once(it, &settled, to)
                    )?;
                    counter(&mut delivered, &settled)
                }
            };
            *count += 1;
        }
        Ok(delivered)
    }

    async fn claim_once(&self, limit: u32) -> Result<Vec<ClaimedMail>, DeliverError> {
        let now = self.clock.now();
        // Most of the time nothing is due: then nobody's turn to write is taken.
        let mut tx = self.store.begin(Access::Read).await?;
        if tx.outbox().next_due(&Task::Delivery).await?.is_none_or(|it| it > now) {
            return Ok(Vec::new());
        }
        drop(tx);
        let mut tx = self.store.begin(Access::Write).await?;
        let claimed = tx
            .outbox()
            .claim_due(&Task::Delivery, now, now.plus(LEASE), limit)
            .await?;
        tx.commit().await?;
        Ok(claimed)
    }

    /// Looks into a claimed mail; secrets are made and their hashes committed before anything is sent.
    async fn prepare_once(&self, it: &ClaimedMail) -> Result<Step, DeliverError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let task = &Task::Delivery;
        if !tx.outbox().hold(task, it.claim, now.plus(LEASE)).await? {
            return Ok(Step::Lost);
        }
        let step = match self.prepare(&mut *tx, it.claim.intent, &it.mail, now).await {
            Ok(Prepared::Send(mut letter)) => {
                self.sign(&mut *tx, &mut letter).await?;
                let texts = self.texts_of(&mut *tx, &letter).await?;
                Step::Send(letter, Box::new(texts))
            }
            Ok(Prepared::Carry(answer)) => Step::Carry(answer),
            Ok(Prepared::Drop(why)) => {
                let settled = Settled::Dropped(why.to_owned());
                tx.outbox().settle(task, it.claim, &settled, None, now).await?;
                Step::Done(settled)
            }
            Err(PrepareError::Store(error)) => return Err(error.into()),
            Err(error) => {
                // Whatever was written on the way to the error does not count.
                drop(tx);
                let settled = failed(it, now, error.to_string());
                tx = self.store.begin(Access::Write).await?;
                tx.outbox().settle(task, it.claim, &settled, None, now).await?;
                Step::Done(settled)
            }
        };
        tx.commit().await?;
        Ok(step)
    }

    /// Renders and sends; how it ended.
    async fn hand_over(&self, it: &ClaimedMail, letter: &Letter, texts: &MailTexts) -> Settled {
        let mail = match self.outgoing(it.claim.intent, letter, texts) {
            Ok(mail) => mail,
            Err(error) => return failed(it, self.clock.now(), error.to_string()),
        };
        match self.mailer.send(&mail).await {
            Ok(()) => Settled::Sent,
            Err(MailerError::Refused(why)) => Settled::Dead(why),
            Err(error @ (MailerError::NotConfigured | MailerError::Unavailable(_))) => {
                failed(it, self.clock.now(), told(&error))
            }
        }
    }

    /// Hands an answer to its channel; how it ended.
    async fn carry(&self, it: &ClaimedMail, answer: &OutgoingAnswer) -> Settled {
        match self.channels.deliver(answer).await {
            Ok(()) => Settled::Sent,
            Err(ChannelError::Refused(why)) => Settled::Dead(why),
            Err(error @ (ChannelError::NotConfigured | ChannelError::Unavailable(..))) => {
                failed(it, self.clock.now(), told(&error))
            }
        }
    }

    /// A letter as it leaves, under the Message-ID that its intent has for ever.
    pub(super) fn outgoing(
        &self,
        id: IntentId,
        letter: &Letter,
        texts: &MailTexts,
    ) -> Result<OutgoingMail, LettersError> {
        let rendered = self.letters.render(letter, texts)?;
        let domain = self
            .base_url
            .as_ref()
            .map_or_else(|| "localhost".to_owned(), crate::mail::BaseUrl::mail_domain);
        let head = &letter.head;
        let thread = letter.content.thread().map(|it| OutgoingThread {
            // The first of them is a message that nobody sent: so they all hang together, whoever got which.
            root: format!("ticket.{}@{domain}", it.root.uuid().simple()),
            list: format!("tickets.{}.{domain}", it.slug),
            mute: it.mute.as_ref().map(|it| it.as_str().to_owned()),
        });
        let is_automatic = letter.content.thread().is_none_or(|it| !it.by_person);
        Ok(OutgoingMail {
            thread,
            is_automatic,
            message_id: format!("{id}@{domain}"),
            from_name: head.from_name.clone().unwrap_or_else(|| head.name.clone()),
            from: head.from.clone(),
            reply_to: None,
            to: letter.to.clone(),
            to_name: letter.to_name.clone().unwrap_or_default(),
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
            language: rendered.language,
        })
    }

    async fn settle_once(
        &self,
        it: &ClaimedMail,
        settled: &Settled,
        to: Option<&EmailAddress>,
    ) -> Result<(), DeliverError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let now = self.clock.now();
        let own = tx.outbox().settle(&Task::Delivery, it.claim, settled, to, now).await?;
        match (own, settled, &it.mail) {
            (true, Settled::Dead(why), Mail::Invitation { portal, contact }) => {
                crate::membership::mails::invitation_failed(&mut *tx, *portal, *contact, why).await?;
            }
            (
                true,
                Settled::Dead(_),
                Mail::ByChannel {
                    conversation,
                    ticket,
                    seq,
                },
            ) => self.not_delivered(&mut *tx, *conversation, *ticket, *seq, now).await?,
            _ => {}
        }
        Ok(tx.commit().await?)
    }
}

fn counter<'a>(delivered: &'a mut Delivered, settled: &Settled) -> &'a mut u32 {
    match settled {
        Settled::Sent => &mut delivered.sent,
        Settled::Dropped(_) => &mut delivered.dropped,
        Settled::Again(..) => &mut delivered.again,
        Settled::Dead(_) => &mut delivered.dead,
    }
}

/// Again later, or never if there were enough attempts.
fn failed(it: &ClaimedMail, now: Timestamp, why: String) -> Settled {
    match pause_after(it.claim.intent, it.tries) {
        Some(pause) => Settled::Again(now.plus(pause), why),
        None => Settled::Dead(why),
    }
}

/// An error with its causes, for staff to read.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(it) = cause {
        text.push_str(": ");
        text.push_str(&it.to_string());
        cause = it.source();
    }
    text.chars().take(300).collect()
}
