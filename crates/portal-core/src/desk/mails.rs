//! What the desk's mails say when they leave: asked of the rule once more, at that moment.

use crate::access::{Principal, enter};
use crate::actor::{ContactActor, Mode, Task};
use crate::id::{ContactId, IntentId, PortalId, TicketNumber};
use crate::mail::{Content, Intent, Letter, Mail, PrepareError, Prepared};
use crate::portal::Portal;
use crate::ports::{Ids, StoreError, Tx};
use crate::ticket::{Message, Ticket};
use crate::time::Timestamp;

/// Hands one mail for each contact on the ticket to the outbox. Whether it leaves is judged when it does.
pub(super) async fn answered(
    tx: &mut dyn Tx,
    ticket: &Ticket,
    message: &Message,
    now: Timestamp,
    ids: &dyn Ids,
) -> Result<(), StoreError> {
    let Some(portal) = ticket.portal else { return Ok(()) };
    for principal in ticket.facts().readers() {
        let Principal::Contact(contact) = principal else {
            continue;
        };
        let mail = Mail::TicketAnswered {
            portal,
            contact,
            ticket: ticket.number,
            seq: message.seq,
        };
        let id = IntentId::from_uuid(ids.next(now));
        tx.outbox().push(&Intent::now(id, mail, now)).await?;
    }
    Ok(())
}

impl Portal {
    /// Mail about a ticket goes to whoever is on it and reads it now; the way to its page only to whoever is let in there.
    pub(crate) async fn prepare_answer(
        &self,
        tx: &mut dyn Tx,
        portal: PortalId,
        contact: ContactId,
        number: TicketNumber,
        seq: u32,
    ) -> Result<Prepared, PrepareError> {
        let task = Task::Delivery;
        let Some(ticket) = tx.tickets().load(&task, number).await? else {
            return Ok(Prepared::Drop("the ticket is gone"));
        };
        let facts = ticket.facts();
        if ticket.portal != Some(portal) || !facts.readers().contains(&Principal::Contact(contact)) {
            return Ok(Prepared::Drop("the contact does not read the ticket any more"));
        }
        let site = tx.directory().portal(portal).await?;
        let entrant = tx.directory().entrant(portal, contact).await?;
        let profile = tx.directory().profile(contact).await?;
        let Some(((site, entrant), profile)) = site.zip(entrant).zip(profile) else {
            return Ok(Prepared::Drop("what it was about is gone"));
        };
        if !entrant.active {
            return Ok(Prepared::Drop("the contact is not active"));
        }
        if entrant.denied.covers(&facts) {
            return Ok(Prepared::Drop("the portal does not show the ticket"));
        }
        let known = tx.directory().contact(&task, contact).await?;
        let Some(to) = profile.email.clone().or(known.and_then(|it| it.email)) else {
            return Ok(Prepared::Drop("there is no address"));
        };
        let Some(message) = tx.desk().public_message(&task, number, seq).await? else {
            return Ok(Prepared::Drop("the answer is gone"));
        };
        let as_reader = ContactActor {
            contact,
            only: None,
            mode: Mode::Read,
        };
        let head = self.letterhead(&site)?;
        let is_let_in = enter(as_reader, &entrant).is_ok_and(|it| it.scope().permits(&facts));
        let language = profile.language.clone().filter(|it| site.offered.contains(it));
        Ok(Prepared::Send(Box::new(Letter {
            to,
            to_name: Some(profile.name.to_string()),
            language: language.unwrap_or_else(|| site.language.clone()),
            content: Content::TicketAnswered {
                number: number.to_string(),
                subject: ticket.subject.as_str().to_owned(),
                author: message.author.name,
                text: message.body.plain,
                link: is_let_in.then(|| head.home.to(&number.to_string())),
            },
            head,
            test: false,
        })))
    }
}
