//! Conversations: those of one's inboxes, one of them, and what is done with it.

use poem::Body;
use poem::http::{Method, StatusCode};
use portal_core::conversation::{
    Conversation, ConversationPreview, ConversationState, Handle, HandleConversation, InboxKind, ListConversations,
};
use portal_core::desk::DeskError;
use portal_core::id::{ConversationId, InboxId, TicketNumber};
use portal_core::staff::Permission;
use portal_core::ticket::AuthorKind;
use portal_core::time::Timestamp;

use super::desk::ticket::source;
use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::office::problems::{said, worded};
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::view::desk::DeskText;
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::office_flow::{ConversationHead, ConversationLine, ConversationPage, ConversationsPage, SightChange};
use crate::view::person::{Person, Role};
use crate::view::{Choice, SafeHtml};
use crate::visit::Answer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    List,
    Show,
    Handle,
}

const DESK: Need = Need::Any(&[Permission::HelpDesk]);

pub(crate) const ROUTES: &[OfficeRoute] = &[
    OfficeRoute::page("/desk/conversations", Any::Conversations(Operation::List), DESK),
    OfficeRoute::page("/desk/conversations/{id}", Any::Conversations(Operation::Show), DESK),
    OfficeRoute::form("/desk/conversations/{id}", Any::Conversations(Operation::Handle), DESK),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    let fields = if visit.ask.method == Method::POST {
        forms::office_fields(visit, body).await?
    } else {
        Fields::of_query(&visit.ask.query)
    };
    match operation {
        Operation::List => list(visit, &fields).await,
        Operation::Show => show(visit, StatusCode::OK, &fields, None, Vec::new()).await,
        Operation::Handle => handle(visit, &fields).await,
    }
}

fn id(visit: &OfficeVisit<'_>) -> Result<ConversationId, Stop> {
    visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)
}

/// Where the page behind a row begins.
fn place(it: &Conversation) -> String {
    format!("{}.{}", it.last_activity.micros(), it.id)
}

/// Reads what [`place`] wrote; what makes no sense is the first page.
fn read_place(text: &str) -> Option<(Timestamp, ConversationId)> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_micros(at.parse().ok()?), id.parse().ok()?))
}

fn head(visit: &OfficeVisit<'_>, it: &Conversation) -> ConversationHead {
    ConversationHead {
        href: format!("/desk/conversations/{}", it.id),
        subject: it.subject.as_str().to_owned(),
        who: Person::new(it.name.as_str(), Role::Other),
        address: it.address.as_ref().map(ToString::to_string),
        proven: it.contact.is_some(),
        channel: source(it.channel),
        ticket: it.ticket.map(TicketNumber::get),
        when: visit.times().recent(it.last_activity.micros()),
    }
}

async fn list(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let state = ConversationState::named(fields.get("state")).unwrap_or(ConversationState::Open);
    let inbox: Option<InboxId> = fields.get("inbox").parse().ok();
    let query = ListConversations {
        state,
        inbox,
        after: read_place(fields.get("after")),
    };
    let found = visit.web.portal.list_conversations(visit.actor()?, query).await?;
    let last = found.rows.last().filter(|_| found.has_more);
    let chosen = inbox.map(|it| it.to_string()).unwrap_or_default();
    let page = ConversationsPage {
        shell: visit.shell(OfficeArea::Conversations),
        states: ConversationState::ALL
            .into_iter()
            .map(|it| (it.name(), it == state))
            .collect(),
        inboxes: found
            .inboxes
            .iter()
            .map(|(id, name, _)| Choice::new(id.to_string(), name.as_str(), &chosen))
            .collect(),
        waits: found.inboxes.iter().any(|it| it.2 == InboxKind::Inbox),
        rows: found
            .rows
            .iter()
            .map(|it| ConversationLine {
                head: head(visit, &it.conversation),
                snippet: it.snippet.clone(),
            })
            .collect(),
        more: last.map(|it| {
            let after = place(&it.conversation);
            format!(
                "/desk/conversations?state={}&inbox={chosen}&after={after}",
                state.name()
            )
        }),
        inbox: chosen,
        state: state.name(),
    };
    visit.page(StatusCode::OK, &page)
}

/// What the page shows of a step before it is taken.
struct Looked {
    what: &'static str,
    ticket: String,
    preview: ConversationPreview,
}

async fn show(
    visit: &OfficeVisit<'_>,
    status: StatusCode,
    fields: &Fields,
    looked: Option<Looked>,
    problems: Vec<Problem>,
) -> Answer {
    let view = visit.web.portal.view_conversation(visit.actor()?, id(visit)?).await?;
    let names = |list: &[portal_core::desk::Seer]| list.iter().map(|it| it.name.clone()).collect();
    let page = ConversationPage {
        shell: visit.shell(OfficeArea::Conversations),
        head: head(visit, &view.conversation),
        inbox: view.inbox,
        state: view.conversation.state.name(),
        said: view
            .said
            .iter()
            .map(|it| DeskText {
                on: None,
                id: format!("s{}", it.id),
                author: Person::new(it.author.name.as_str(), Role::Other),
                is_staff: matches!(it.author.kind, AuthorKind::Agent(_)),
                source: source(view.conversation.channel),
                when: visit.times().recent(it.at.micros()),
                body: SafeHtml::sanitised(it.body.html.as_str()),
                files: Vec::new(),
            })
            .collect(),
        ticket: looked
            .as_ref()
            .map_or_else(|| fields.get("ticket").to_owned(), |it| it.ticket.clone()),
        change: looked.map(|it| SightChange {
            what: it.what,
            gain: names(&it.preview.gain),
            lose: names(&it.preview.lose),
            is_cut: it.preview.is_cut,
        }),
        problems,
    };
    visit.page(status, &page)
}

/// The first press of a button shows who gains or loses sight, the second one does it.
async fn handle(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let typed = fields.get("ticket").trim();
    let (name, what, previewed) = match fields.get("what") {
        "make" => ("make", Handle::MakeTicket, true),
        "detach" => ("detach", Handle::Detach, true),
        "attach" => match typed.parse() {
            Ok(number) => ("attach", Handle::Attach(number), true),
            Err(_) => {
                let problems = said(visit, "ticket", "conversation-problem-number");
                return show(visit, refused, fields, None, problems).await;
            }
        },
        state => match ConversationState::named(state) {
            Some(state) => ("state", Handle::SetState(state), false),
            None => return Err(Stop::BAD_REQUEST),
        },
    };
    let (portal, actor, id) = (&visit.web.portal, visit.actor()?, id(visit)?);
    let problem = |problems: &portal_core::input::Problems| worded(visit, problems);
    if previewed && fields.get("do") != "save" {
        return match portal.preview_conversation(actor, id, what).await {
            Ok(preview) => {
                let looked = Looked {
                    what: name,
                    ticket: typed.to_owned(),
                    preview,
                };
                show(visit, StatusCode::OK, fields, Some(looked), Vec::new()).await
            }
            Err(DeskError::Invalid(problems)) => show(visit, refused, fields, None, problem(&problems)).await,
            Err(err) => Err(err.into()),
        };
    }
    let command = HandleConversation {
        id,
        was: fields.given("was").and_then(|it| it.parse().ok()),
        what,
    };
    match portal.handle_conversation(actor, command).await {
        Ok(_) => {
            let flash = match what {
                Handle::MakeTicket | Handle::Attach(_) => "office-flash-conversation-attached",
                Handle::Detach => "office-flash-conversation-detached",
                Handle::SetState(_) => "office-flash-conversation-state",
            };
            Ok(visit.done(flash, &format!("/desk/conversations/{id}")))
        }
        Err(DeskError::Invalid(problems)) => show(visit, refused, fields, None, problem(&problems)).await,
        Err(err) => Err(err.into()),
    }
}
