//! `portal receive`: what somebody said elsewhere becomes a conversation. For channels that hand over one message at a time,
//! and for trying things out.

use portal_core::conversation::{Receive, Sender};
use portal_core::id::ConversationId;
use portal_core::ports::Access;
use portal_core::text::{EmailAddress, Line};
use portal_core::ticket::{BodyFormat, Source};
use serde_json::json;

use super::{TASK, contact_at};
use crate::failure::Failure;
use crate::output::Output;
use crate::wiring::Wired;

/// What came in.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "Example:\n  portal receive --contact jonas@fernwerk.example --subject \"Scanner\" --text \"It is broken again.\""
)]
pub struct ReceiveArgs {
    /// The sign-in address of the contact who said it; you vouch that it is them
    #[arg(long)]
    contact: Option<EmailAddress>,
    /// What the other side calls itself, if it is no contact
    #[arg(long, conflicts_with = "contact")]
    name: Option<Line>,
    /// The inbox, by its name; the only one if there is one
    #[arg(long)]
    inbox: Option<Line>,
    /// By which channel it came: email, form, chat, messenger or other
    #[arg(long, default_value = "other", value_parser = channel)]
    channel: Source,
    /// The conversation that it goes on, as printed for the message that began it
    #[arg(long)]
    conversation: Option<ConversationId>,
    /// What it is about
    #[arg(long)]
    subject: String,
    /// What was said
    #[arg(long)]
    text: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn channel(name: &str) -> Result<Source, String> {
    let found = Source::named(name).filter(|it| *it != Source::Portal);
    found.ok_or_else(|| "it is email, form, chat, messenger or other".to_owned())
}

/// Takes it in.
///
/// # Errors
/// If there is no such contact or inbox, or the store does not answer.
pub async fn run(wired: &Wired, args: &ReceiveArgs) -> Result<(), Failure> {
    let mut tx = wired.store().begin(Access::Snapshot).await?;
    let mut inboxes = tx.directory().all_inboxes(&TASK).await?;
    let known: Vec<String> = inboxes.iter().map(|it| it.name.to_string()).collect();
    if let Some(name) = &args.inbox {
        inboxes.retain(|it| it.name == *name);
    }
    let inbox = match inboxes.as_slice() {
        [inbox] => inbox.id,
        _ => {
            let known = known.join(", ");
            return Err(Failure::wrong(format!("say which inbox with --inbox: {known}")));
        }
    };
    let from = match &args.contact {
        Some(address) => {
            let contact = contact_at(&mut *tx, address).await?;
            Sender {
                contact: Some(contact.id),
                name: contact.name.to_string(),
                address: Some(address.clone()),
            }
        }
        None => Sender {
            contact: None,
            name: args.name.as_ref().map(ToString::to_string).unwrap_or_default(),
            address: None,
        },
    };
    drop(tx);
    let command = Receive {
        inbox,
        channel: args.channel,
        conversation: args.conversation,
        from,
        subject: args.subject.clone(),
        text: args.text.clone(),
        format: BodyFormat::Text,
    };
    let received = wired.portal.receive(&TASK, command).await;
    let received = received.map_err(|error| Failure::wrong(error.to_string()))?;
    let number = received.ticket.map(portal_core::id::TicketNumber::get);
    let text = match number {
        Some(number) => format!("ticket #{number}"),
        None => format!("conversation {}", received.conversation),
    };
    let value = json!({ "conversation": received.conversation.to_string(), "ticket": number });
    Output::new(args.json).data(&text, &value)?;
    Ok(())
}
