use std::collections::BTreeSet;

use portal_core::actor::Task;
use portal_core::conversation::{Conversation, ConversationState, InboxKind, Said};
use portal_core::desk::{StaffScope, enter_desk};
use portal_core::id::{AgentId, ConversationId, InboxId, MessageId, Uuid};
use portal_core::ports::{Access, Store, Tx};
use portal_core::staff::{InboxAccess, Permission, StaffActor, StaffStanding, StaffUser};
use portal_core::text::query_tokens;
use portal_core::ticket::{
    Author, AuthorKind, Body, BodyFormat, ListFilter, Message, SafeHtml, Search, Source, TimelineWindow,
};

use super::small;
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::world::{Place, World, at};

fn scope(inboxes: InboxAccess) -> Result<StaffScope, Broken> {
    let id = AgentId::from_uuid(Uuid::from_u128(0xa8_0001));
    let user = StaffUser {
        id,
        name: "Mara".parse()?,
        email: "mara@kestrel.example".parse()?,
        permissions: BTreeSet::from([Permission::HelpDesk]),
        inboxes,
        standing: StaffStanding::Active,
        language: None,
        time_zone: None,
        created_at: at(0),
    };
    let (_, scope) = enter_desk(&StaffActor::signed_in(id, false), Some(user))
        .map_err(|it| Broken::new(format!("the desk is closed: {it}")))?;
    Ok(scope)
}

fn body(text: &str) -> Body {
    Body {
        source: text.to_owned(),
        format: BodyFormat::Text,
        html: SafeHtml::vouched(format!("<p>{text}</p>")),
        plain: text.to_owned(),
        sanitiser: 1,
    }
}

fn conversation(place: &Place, number: u128, inbox: InboxId) -> Result<Conversation, Broken> {
    Ok(Conversation {
        id: ConversationId::from_uuid(Uuid::from_u128(0xe0_0000 + number)),
        inbox,
        channel: Source::Chat,
        subject: format!("Conversation {number}").parse()?,
        contact: Some(place.contact_id(0)),
        name: "Jonas".to_owned(),
        address: Some("jonas@fernwerk.example".parse()?),
        ticket: None,
        state: ConversationState::Open,
        created_at: at(10),
        last_activity: at(20 + i64::try_from(number).unwrap_or_default()),
    })
}

fn said(number: u128, of: &Conversation, text: &str) -> Said {
    Said {
        id: MessageId::from_uuid(Uuid::from_u128(0xf0_0000 + number)),
        conversation: of.id,
        author: Author {
            kind: AuthorKind::System,
            name: "Jonas".to_owned(),
        },
        at: at(20 + i64::try_from(number).unwrap_or_default()),
        body: body(text),
    }
}

async fn place(tx: &mut dyn Tx) -> Result<(World, Place), Broken> {
    let world = World {
        tickets: vec![small::issue(0, 0)],
        ..small::world()
    };
    let place = world.install(tx).await?;
    Ok((world, place))
}

pub(super) async fn conversations_come_back_to_those_of_their_inbox_only(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (_, place) = place(&mut *tx).await?;
    let inbox = place.inbox_id(0);
    same!(
        tx.conversations().inbox_kind(inbox).await?,
        InboxKind::HelpDesk,
        "the usual kind"
    );
    for kind in [InboxKind::Inbox, InboxKind::HelpDesk, InboxKind::Inbox] {
        tx.conversations().set_inbox_kind(inbox, kind).await?;
        same!(tx.conversations().inbox_kind(inbox).await?, kind, "a kind");
    }
    let all = scope(InboxAccess::All)?;
    let none = scope(InboxAccess::Only(BTreeSet::new()))?;
    let own = scope(InboxAccess::Only(BTreeSet::from([inbox])))?;
    let (one, two) = (conversation(&place, 1, inbox)?, conversation(&place, 2, inbox)?);
    for it in [&one, &two] {
        tx.conversations().put_conversation(it).await?;
        tx.conversations().lock_conversation(it.id).await?;
    }
    for (number, text) in [(1, "first"), (2, "second"), (3, "third")] {
        tx.conversations().add_said(&said(number, &one, text)).await?;
    }
    for scope in [&all, &own] {
        let open = |after, limit| (after, limit);
        for ((after, limit), expected) in [
            (open(None, 10), vec![two.id, one.id]),
            (open(None, 1), vec![two.id]),
            (open(Some((two.last_activity, two.id)), 10), vec![one.id]),
        ] {
            let rows = tx
                .conversations()
                .conversations(scope, ConversationState::Open, None, after, limit)
                .await?;
            let ids: Vec<_> = rows.iter().map(|it| it.conversation.id).collect();
            same!(ids, expected, "a page of conversations");
        }
        same!(
            tx.conversations().conversation(scope, one.id).await?,
            Some(one.clone()),
            "one"
        );
        let words = tx.conversations().said(scope, one.id, 2).await?;
        same!(
            words,
            vec![said(2, &one, "second"), said(3, &one, "third")],
            "the newest of what was said"
        );
    }
    same!(
        tx.conversations().conversation(&none, one.id).await?,
        None,
        "outside of the scope"
    );
    same!(
        tx.conversations().said(&none, one.id, 9).await?,
        vec![],
        "outside of the scope"
    );
    let rows = tx
        .conversations()
        .conversations(&none, ConversationState::Open, None, None, 9)
        .await?;
    same!(rows, vec![], "outside of the scope");
    let changed = Conversation {
        state: ConversationState::Spam,
        ticket: Some(place.number(0)?),
        ..one.clone()
    };
    tx.conversations().put_conversation(&changed).await?;
    let task = Task::Maintenance;
    same!(
        tx.conversations().any_conversation(&task, one.id).await?,
        Some(changed),
        "a changed conversation"
    );
    let elsewhere = Some(InboxId::from_uuid(Uuid::from_u128(0xdead)));
    let rows = tx
        .conversations()
        .conversations(&all, ConversationState::Open, elsewhere, None, 9)
        .await?;
    same!(rows, vec![], "of another inbox");
    Ok(())
}

pub(super) async fn what_is_taken_out_of_a_ticket_is_nowhere(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (world, place) = place(&mut *tx).await?;
    let ticket = place.ticket(&world, 0)?;
    let message = |number: u128, seq: u32, text: &str| Message {
        id: MessageId::from_uuid(Uuid::from_u128(0xf1_0000 + number)),
        ticket: ticket.number,
        seq,
        author: Author {
            kind: AuthorKind::System,
            name: "Jonas".to_owned(),
        },
        at: at(50),
        source: Source::Chat,
        body: body(text),
        files: Vec::new(),
    };
    let (kept, gone) = (message(1, 901, "quixotic"), message(2, 902, "zephyr"));
    tx.tickets().add_message(&kept).await?;
    tx.tickets().add_message(&gone).await?;
    let ids = BTreeSet::from([gone.id]);
    let newest = tx
        .conversations()
        .take_out(&Task::Maintenance, ticket.number, &ids)
        .await?;
    same!(
        newest.map(|it| it.snippet),
        Some("quixotic".to_owned()),
        "the newest that is left"
    );
    let viewer = small::viewer(&mut *tx, &place, 0).await?;
    let timeline = tx
        .tickets()
        .timeline(viewer.scope(), ticket.number, TimelineWindow::All)
        .await?;
    let texts = format!("{:?}", timeline.items);
    ensure!(texts.contains("quixotic") && !texts.contains("zephyr"), "the timeline");
    for (word, hits) in [("quixotic", 1), ("zephyr", 0)] {
        let search = Search {
            tokens: query_tokens(word),
            filter: ListFilter::All,
            below: None,
            limit: 50,
        };
        let found = tx.tickets().search(viewer.scope(), &search).await?;
        same!(found.len(), hits, "hits of `{word}`");
    }
    Ok(())
}

pub(super) async fn the_conversation_in_which_a_customer_spoke_last_is_found(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (world, place) = place(&mut *tx).await?;
    let ticket = place.ticket(&world, 0)?;
    let task = Task::Maintenance;
    let spoken = conversation(&place, 1, place.inbox_id(0))?;
    let spoken = Conversation {
        ticket: Some(ticket.number),
        ..spoken
    };
    let words = said(1, &spoken, "by chat");
    tx.conversations().put_conversation(&spoken).await?;
    tx.conversations().add_said(&words).await?;
    let message = |seq: u32, id: MessageId, kind: AuthorKind| Message {
        id,
        ticket: ticket.number,
        seq,
        author: Author {
            kind,
            name: String::new(),
        },
        at: at(50),
        source: Source::Chat,
        body: body("words"),
        files: Vec::new(),
    };
    let other = |n: u128| MessageId::from_uuid(Uuid::from_u128(0xf2_0000 + n));
    let contact = AuthorKind::Contact(place.contact_id(0));
    let agent = AuthorKind::Agent(AgentId::from_uuid(Uuid::from_u128(0xa8_0001)));
    for (seq, id, kind, found) in [
        (901, other(1), contact, None),
        (902, words.id, contact, Some(spoken.clone())),
        (903, other(2), agent, Some(spoken.clone())),
        (904, other(3), AuthorKind::System, None),
    ] {
        tx.tickets().add_message(&message(seq, id, kind)).await?;
        same!(
            tx.conversations().last_spoken(&task, ticket.number).await?,
            found,
            "after message {seq}"
        );
    }
    // What was taken out does not count, and neither does a conversation that is no part of the ticket.
    let gone = BTreeSet::from([other(3)]);
    tx.conversations().take_out(&task, ticket.number, &gone).await?;
    same!(
        tx.conversations().last_spoken(&task, ticket.number).await?,
        Some(spoken.clone()),
        "without the newest"
    );
    let free = Conversation { ticket: None, ..spoken };
    tx.conversations().put_conversation(&free).await?;
    same!(
        tx.conversations().last_spoken(&task, ticket.number).await?,
        None,
        "of no ticket"
    );
    Ok(())
}
