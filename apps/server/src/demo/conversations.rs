//! Conversations of the demo: an inbox for chats, where somebody has to decide what becomes of them.

use portal_core::Portal;
use portal_core::actor::Task;
use portal_core::conversation::{InboxKind, Receive, Sender};
use portal_core::id::InboxId;
use portal_core::ports::{Access, Store};
use portal_core::settings::Inbox;
use portal_core::text::EmailAddress;
use portal_core::ticket::{BodyFormat, Source};

use super::DemoError;

/// Who writes, about what, and what they say one after the other. A name without address is no contact.
const CHATS: [(&str, &str, &[&str]); 3] = [
    (
        "jonas.weber@fernwerk.example",
        "Spare batteries for the hall scanners",
        &[
            "Hello, do you still sell the batteries for the hall scanners?",
            "We need eight of them before Christmas.",
        ],
    ),
    (
        "tomas.rey@reyimport.example",
        "Opening hours between the years",
        &["Is somebody there on 28 December, or is it emergencies only?"],
    ),
    (
        "A visitor",
        "Do you ship to Austria?",
        &["I am not a customer yet. Do you ship label printers to Austria?"],
    ),
];

/// Adds the inbox and what came into it.
pub(crate) async fn fill(portal: &Portal, store: &dyn Store, id: InboxId) -> Result<(), DemoError> {
    let task = Task::Demo;
    let mut tx = store.begin(Access::Write).await?;
    let all = tx.directory().all_inboxes(&task).await?;
    let like = all.iter().find(|it| it.portal.is_some());
    let like = like.ok_or(DemoError::Text("inbox"))?;
    let inbox = Inbox {
        id,
        name: "Chat".parse().map_err(|_| DemoError::Text("inbox"))?,
        ..like.clone()
    };
    tx.directory().put_inbox(&task, &inbox).await?;
    tx.conversations().set_inbox_kind(id, InboxKind::Inbox).await?;
    let mut senders = Vec::new();
    for (who, ..) in CHATS {
        let address: Option<EmailAddress> = who.parse().ok();
        let contact = match &address {
            Some(address) => tx.directory().contact_by_membership_email(&task, address).await?,
            None => None,
        };
        senders.push(Sender {
            contact: contact.as_ref().map(|it| it.id),
            name: contact.map_or_else(|| who.to_owned(), |it| it.name.to_string()),
            address,
        });
    }
    tx.commit().await?;
    for ((_, subject, texts), from) in CHATS.into_iter().zip(senders) {
        let mut conversation = None;
        for text in texts {
            let command = Receive {
                inbox: id,
                channel: Source::Chat,
                conversation,
                from: from.clone(),
                subject: subject.to_owned(),
                text: (*text).to_owned(),
                format: BodyFormat::Text,
            };
            let received = portal.receive(&task, command).await;
            conversation = Some(received.map_err(|_| DemoError::Text("conversation"))?.conversation);
        }
    }
    Ok(())
}
