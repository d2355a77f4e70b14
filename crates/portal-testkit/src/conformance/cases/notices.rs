use std::collections::BTreeSet;

use portal_core::actor::Task;
use portal_core::desk::{StaffScope, enter_desk};
use portal_core::id::{AgentId, InboxId, IntentId, NoticeId, TicketNumber, Uuid};
use portal_core::notify::{AgentChoices, AgentNews, AgentNotice, ContactChoices, Digest, Quiet};
use portal_core::ports::{Access, Store, Tx, Warning};
use portal_core::staff::{InboxAccess, Permission, StaffActor, StaffStanding, StaffUser};
use portal_core::ticket::{Automation, Closing, Pipeline, Stage, Status, Ticket, Version};

use super::small;
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::world::{Place, World, at};

fn agent(number: u128) -> AgentId {
    AgentId::from_uuid(Uuid::from_u128(0xa9_0000 + number))
}

fn scope(inboxes: InboxAccess) -> Result<StaffScope, Broken> {
    let id = agent(1);
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

/// A world with two tickets of the first contact.
async fn with_tickets(tx: &mut dyn Tx) -> Result<(Place, Vec<Ticket>), Broken> {
    let world = World {
        tickets: vec![small::issue(0, 0), small::issue(0, 0)],
        ..small::world()
    };
    let place = world.install(tx).await?;
    let tickets = vec![place.ticket(&world, 0)?, place.ticket(&world, 1)?];
    Ok((place, tickets))
}

fn notice(number: u128, of: AgentId, ticket: TicketNumber) -> AgentNotice {
    AgentNotice {
        id: NoticeId::from_uuid(Uuid::from_u128(0xb0_0000 + number)),
        agent: of,
        news: AgentNews::Mentioned,
        ticket,
        by: "Tim".to_owned(),
        at: at(100 + i64::try_from(number).unwrap_or_default()),
        bell: true,
        mail: !number.is_multiple_of(2),
        read_at: None,
    }
}

pub(super) async fn choices_come_back_and_a_ticket_is_muted_for_one_contact(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (place, tickets) = with_tickets(&mut *tx).await?;
    let (one, two) = (place.contact_id(0), place.contact_id(1));
    let number = tickets
        .first()
        .map(|it| it.number)
        .ok_or_else(|| Broken::new("no ticket"))?;
    same!(
        tx.notices().contact_choices(one).await?,
        ContactChoices::default(),
        "whoever never chose"
    );
    let choices = ContactChoices {
        answers: true,
        changes: false,
        openings: true,
    };
    for _ in 0..2 {
        tx.notices().set_contact_choices(one, choices).await?;
    }
    same!(tx.notices().contact_choices(one).await?, choices, "choices are lost");
    for _ in 0..2 {
        tx.notices().set_muted(one, number, true).await?;
    }
    ensure!(tx.notices().is_muted(one, number).await?, "a muted ticket is not");
    ensure!(
        !tx.notices().is_muted(two, number).await?,
        "a ticket is muted for others"
    );
    tx.notices().set_muted(one, number, false).await?;
    ensure!(!tx.notices().is_muted(one, number).await?, "a ticket stays muted");
    let mut of_agent = AgentChoices {
        digest: Digest::Daily,
        quiet: Some(Quiet { from: 1200, to: 360 }),
        ..AgentChoices::default()
    };
    of_agent.wanted.insert(
        AgentNews::Assigned,
        portal_core::notify::Wanted {
            bell: false,
            mail: true,
        },
    );
    same!(
        tx.notices().agent_choices(agent(1)).await?,
        AgentChoices::default(),
        "an agent who never chose"
    );
    tx.notices().set_agent_choices(agent(1), &of_agent).await?;
    same!(
        tx.notices().agent_choices(agent(1)).await?,
        of_agent,
        "choices of an agent"
    );
    Ok(())
}

pub(super) async fn notices_are_ones_own_newest_first_and_of_ones_inboxes_only(
    store: &dyn Store,
) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (_, tickets) = with_tickets(&mut *tx).await?;
    let [first, second] = tickets.as_slice() else {
        return Err(Broken::new("there are not two tickets"));
    };
    for it in [
        notice(1, agent(1), first.number),
        notice(2, agent(1), second.number),
        notice(3, agent(2), first.number),
    ] {
        tx.notices().add_agent_notice(&it).await?;
    }
    small::conflict(
        tx.notices().add_agent_notice(&notice(1, agent(1), first.number)).await,
        "a notice with a taken id",
    )?;
    let all = scope(InboxAccess::All)?;
    let none = scope(InboxAccess::Only(BTreeSet::new()))?;
    let other = BTreeSet::from([InboxId::from_uuid(Uuid::from_u128(0xdead))]);
    let other = scope(InboxAccess::Only(other))?;
    let own = vec![notice(2, agent(1), second.number), notice(1, agent(1), first.number)];
    same!(
        tx.notices().agent_notices(&all, agent(1), 10).await?,
        own,
        "one's notices"
    );
    same!(
        tx.notices().agent_notices(&all, agent(1), 1).await?.len(),
        1,
        "the limit"
    );
    same!(
        tx.notices().unread_notices(&all, agent(1), 10).await?,
        2,
        "what is unread"
    );
    same!(tx.notices().unread_notices(&all, agent(1), 1).await?, 1, "the cap");
    for outside in [&none, &other] {
        same!(
            tx.notices().agent_notices(outside, agent(1), 10).await?,
            vec![],
            "outside"
        );
        same!(tx.notices().unread_notices(outside, agent(1), 10).await?, 0, "outside");
    }
    tx.notices()
        .read_agent_notices(agent(1), Some(first.number), at(500))
        .await?;
    same!(
        tx.notices().unread_notices(&all, agent(1), 10).await?,
        1,
        "one was read"
    );
    tx.notices().read_agent_notices(agent(1), None, at(600)).await?;
    let read: Vec<_> = tx.notices().agent_notices(&all, agent(1), 10).await?;
    let read: Vec<_> = read.into_iter().map(|it| it.read_at).collect();
    same!(read, vec![Some(at(600)), Some(at(500))], "when they were read");
    same!(
        tx.notices().unread_notices(&all, agent(2), 10).await?,
        1,
        "somebody else's"
    );
    Ok(())
}

pub(super) async fn one_mail_says_a_notice(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (_, tickets) = with_tickets(&mut *tx).await?;
    let number = tickets
        .first()
        .map(|it| it.number)
        .ok_or_else(|| Broken::new("no ticket"))?;
    for it in 1..=4 {
        tx.notices().add_agent_notice(&notice(it, agent(1), number)).await?;
    }
    let all = scope(InboxAccess::All)?;
    let none = scope(InboxAccess::Only(BTreeSet::new()))?;
    let mail = |n: u128| IntentId::from_uuid(Uuid::from_u128(0xc0_0000 + n));
    let said = vec![notice(1, agent(1), number), notice(3, agent(1), number)];
    same!(
        tx.notices().mail_agent_notices(&none, agent(1), mail(1), 10).await?,
        vec![],
        "a mail about other inboxes"
    );
    for _ in 0..2 {
        let found = tx.notices().mail_agent_notices(&all, agent(1), mail(1), 10).await?;
        same!(found, said, "what a mail says, whenever it is asked");
    }
    let second = tx.notices().mail_agent_notices(&all, agent(1), mail(2), 10).await?;
    same!(second, vec![], "two mails say the same");
    Ok(())
}

/// Puts a ticket into the stage that waits for the customer, with its last activity at an instant.
async fn waits(tx: &mut dyn Tx, ticket: &Ticket, since: i64) -> Result<Ticket, Broken> {
    let changed = Ticket {
        stage: Stage::WaitingOnContact,
        closed_at: None,
        last_activity: at(since),
        version: Version(ticket.version.0 + 1),
        ..ticket.clone()
    };
    ensure!(tx.tickets().update(&changed, ticket.version).await?, "not updated");
    Ok(changed)
}

pub(super) async fn timers_find_what_waits_and_was_warned(store: &dyn Store) -> Result<(), Broken> {
    let task = Task::Maintenance;
    let mut tx = store.begin(Access::Write).await?;
    let (_, tickets) = with_tickets(&mut *tx).await?;
    let [first, second] = tickets.as_slice() else {
        return Err(Broken::new("there are not two tickets"));
    };
    let first = waits(&mut *tx, first, 200).await?;
    let second = waits(&mut *tx, second, 100).await?;
    let (pipeline, one, two) = (first.pipeline, first.number, second.number);
    let timers = tx.timers();
    same!(timers.to_warn(&task, pipeline, at(99), 10).await?, vec![], "too early");
    same!(
        timers.to_warn(&task, pipeline, at(100), 10).await?,
        vec![two],
        "to warn"
    );
    same!(
        timers.to_warn(&task, pipeline, at(300), 10).await?,
        vec![two, one],
        "the order"
    );
    same!(
        timers.to_warn(&task, pipeline, at(300), 1).await?,
        vec![two],
        "the limit"
    );
    same!(
        timers.to_close(&task, pipeline, at(300), at(900), 10).await?,
        vec![],
        "nobody was warned"
    );
    for given in [400, 500] {
        let warning = Warning {
            ticket: two,
            last_activity: at(100),
            given_at: at(given),
        };
        timers.put_warning(&task, &warning).await?;
        same!(timers.warning(&task, two).await?, Some(warning), "a warning is lost");
    }
    same!(timers.warning(&task, one).await?, None, "a warning of another ticket");
    same!(
        timers.to_warn(&task, pipeline, at(300), 10).await?,
        vec![one],
        "warned twice"
    );
    same!(
        timers.to_close(&task, pipeline, at(300), at(499), 10).await?,
        vec![],
        "too early"
    );
    same!(
        timers.to_close(&task, pipeline, at(300), at(500), 10).await?,
        vec![two],
        "to close"
    );
    same!(
        timers.to_close(&task, pipeline, at(99), at(500), 10).await?,
        vec![],
        "too early"
    );
    // Whatever happens takes the warning back.
    waits(&mut *tx, &second, 150).await?;
    let timers = tx.timers();
    same!(
        timers.to_close(&task, pipeline, at(300), at(500), 10).await?,
        vec![],
        "an old warning"
    );
    same!(
        timers.to_warn(&task, pipeline, at(300), 10).await?,
        vec![two, one],
        "warned for something else"
    );
    Ok(())
}

pub(super) async fn pipelines_keep_what_is_out_of_use_and_what_they_do(store: &dyn Store) -> Result<(), Broken> {
    let task = Task::CommandLine;
    let mut tx = store.begin(Access::Write).await?;
    let (_, tickets) = with_tickets(&mut *tx).await?;
    let ticket = tickets.first().cloned().ok_or_else(|| Broken::new("no ticket"))?;
    let old = tx.directory().pipeline(ticket.pipeline).await?;
    let old = old.ok_or_else(|| Broken::new("there is no pipeline"))?;
    let own = old.status(ticket.status).cloned();
    let own = own.ok_or_else(|| Broken::new("there is no status"))?;
    let successor = Status {
        id: portal_core::id::StatusId::from_uuid(Uuid::from_u128(0xd0_0001)),
        name: "In its place".parse()?,
        ..own.clone()
    };
    let mut statuses: Vec<Status> = old.statuses().iter().filter(|it| it.id != own.id).cloned().collect();
    statuses.push(successor.clone());
    let changed = Pipeline::new(old.id(), old.name().clone(), statuses)?
        .with_retired(vec![(own.clone(), successor.id)])?
        .with_automation(Automation {
            answer_waits: true,
            closing: Closing::new(14, 3),
        });
    tx.timers().hold_pipeline(&task, old.id()).await?;
    tx.directory().put_pipeline(&task, &changed).await?;
    same!(tx.directory().pipeline(old.id()).await?, Some(changed), "a pipeline");
    ensure!(
        tx.timers().has_status(&task, own.id).await?,
        "a ticket has lost its status"
    );
    ensure!(
        !tx.timers().has_status(&task, successor.id).await?,
        "nobody gave it yet"
    );
    let mut moved = 0;
    loop {
        let step = tx.timers().change_status(&task, own.id, successor.id, 1).await?;
        ensure!(step <= 1, "more were changed than the limit says");
        if step == 0 {
            break;
        }
        moved += step;
    }
    ensure!(moved >= 1, "nothing was moved");
    let after = tx.tickets().load(&task, ticket.number).await?;
    let expected = Ticket {
        status: successor.id,
        version: Version(ticket.version.0 + 1),
        ..ticket
    };
    same!(after, Some(expected), "a ticket of a status that is out of use");
    ensure!(
        !tx.timers().has_status(&task, own.id).await?,
        "a ticket was left behind"
    );
    Ok(())
}
