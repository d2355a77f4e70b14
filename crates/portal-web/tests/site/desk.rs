//! The help desk's pages, with a customer watching.

use std::collections::BTreeSet;

use portal_core::actor::Task;
use portal_core::id::{AgentId, InboxId, StaffSessionId, Uuid};
use portal_core::membership::Secret;
use portal_core::ports::{Access, Clock, Store};
use portal_core::staff::{InboxAccess, Permission, StaffSession, StaffSessionStage, StaffStanding, StaffUser};

use crate::world::{Browser, World};

/// A text that only notes have.
const NOTE: &str = "whisper-canary-of-the-desk";

/// A browser in which somebody who works at the desk is signed in.
async fn agent<'a>(world: &'a World, n: u128, name: &str, inboxes: InboxAccess) -> Browser<'a> {
    staff(world, n, name, inboxes, &[Permission::HelpDesk]).await
}

/// A browser in which somebody of the staff is signed in.
pub(crate) async fn staff<'a>(
    world: &'a World,
    n: u128,
    name: &str,
    inboxes: InboxAccess,
    permissions: &[Permission],
) -> Browser<'a> {
    let user = StaffUser {
        id: AgentId::from_uuid(Uuid::from_u128(n)),
        name: name.parse().unwrap(),
        email: format!("{}@kestrel.example", name.to_lowercase()).parse().unwrap(),
        permissions: permissions.iter().copied().collect(),
        inboxes,
        standing: StaffStanding::Active,
        language: None,
        time_zone: None,
        created_at: world.clock.now(),
    };
    let secret = Secret::from_bytes("desk", &[n as u8; 32]);
    let now = world.clock.now();
    let session = StaffSession {
        id: StaffSessionId::from_uuid(Uuid::from_u128(n)),
        agent: user.id,
        secret: secret.hash(),
        stage: StaffSessionStage::Complete,
        enrolling: None,
        device: "Firefox".to_owned(),
        created_at: now,
        seen_at: now,
        proven_at: now,
        idle_until: now.plus(StaffSession::IDLE),
        ends_at: now.plus(StaffSession::ABSOLUTE),
    };
    let mut tx = world.store.begin(Access::Write).await.unwrap();
    tx.staffing().put_staff_user(&Task::CommandLine, &user).await.unwrap();
    tx.staffing().add_staff_session(&session, 5).await.unwrap();
    tx.commit().await.unwrap();
    let mut browser = world.browser();
    browser
        .cookies
        .insert("__Host-desk".to_owned(), secret.expose().to_owned());
    browser
}

/// Lets the time pass in which answers can be taken back; the worker sends them.
async fn due(world: &World) {
    world.clock.advance(portal_core::desk::UNDO_WINDOW);
    assert_eq!(world.portal.send_due_answers(9).await.unwrap(), 1);
}

fn own(n: u128) -> InboxAccess {
    InboxAccess::Only(BTreeSet::from([InboxId::from_uuid(Uuid::from_u128(n))]))
}

/// The value of a hidden field inside the first form that leads to an address.
pub(crate) fn in_form(page: &str, action: &str, field: &str) -> String {
    let form = page
        .split(&format!("action=\"{action}"))
        .nth(1)
        .unwrap_or_else(|| panic!("no form to {action}"));
    let form = form.split("</form>").next().unwrap();
    let rest = form.split(&format!("name=\"{field}\" value=\"")).nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_ticket_is_found_answered_and_closed_at_the_desk() {
    let world = World::new().await;
    let mut jonas = world.signed_in("jonas").await;
    let number = jonas.open("Scanner 4 loses Wi-Fi").await;
    let mut mara = agent(&world, 0x71, "Mara", InboxAccess::All).await;
    let list = mara.get("/desk?view=unassigned").await;
    assert_eq!(list.status, 200);
    assert!(list.body.contains("Scanner 4 loses Wi-Fi") && list.body.contains("Jonas Weber"));
    let here = format!("/desk/tickets/{number}");
    let page = mara.get(&format!("{here}?view=unassigned")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("Fernwerk GmbH") && page.body.contains("It does not work."));
    let write = format!("{here}/write");
    let (idem, seen) = (in_form(&page.body, &write, "idem"), in_form(&page.body, &write, "seen"));
    let fields = [
        ("body", "Which scanner is it?"),
        ("kind", "answer"),
        ("then", "wait"),
        ("idem", &idem),
        ("seen", &seen),
    ];
    let sent = mara.post(&format!("{write}?view=unassigned"), &fields).await;
    assert_eq!(
        (sent.status, sent.location()),
        (303, format!("{here}?view=unassigned").as_str()),
        "{}",
        sent.body
    );
    assert!(mara.follow(&sent).await.body.contains("Your reply is on its way."));
    assert!(
        !jonas
            .get(&format!("/support/{number}"))
            .await
            .body
            .contains("Which scanner is it?")
    );
    let waiting = mara.get(&here).await.body;
    assert!(waiting.contains("Which scanner is it?") && waiting.contains("data-undo"));
    due(&world).await;
    let seen = jonas.get(&format!("/support/{number}")).await;
    assert!(
        seen.body.contains("Which scanner is it?") && seen.body.contains("Mara"),
        "{}",
        seen.body
    );
    assert!(mara.get("/desk?view=mine").await.body.contains("Scanner 4 loses Wi-Fi"));
    // Close, by the button of the page.
    let page = mara.get(&here).await;
    let status = format!("{here}/status");
    let closed = page.body.split(&format!("action=\"{status}")).nth(1).unwrap();
    let closed = closed
        .split("name=\"status\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let (idem, was) = (
        in_form(&page.body, &status, "idem"),
        in_form(&page.body, &status, "was"),
    );
    let sent = mara
        .post(&status, &[("idem", &idem), ("was", &was), ("status", closed)])
        .await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert!(
        mara.get("/desk?view=closed")
            .await
            .body
            .contains("Scanner 4 loses Wi-Fi")
    );
    assert!(jonas.get(&format!("/support/{number}")).await.body.contains("Closed"));
}

#[tokio::test]
async fn vis_016_a_note_is_on_the_desks_page_and_on_no_page_of_a_customer() {
    let world = World::new().await;
    let mut jonas = world.signed_in("jonas").await;
    let number = jonas.open("Scanner 4").await;
    let mut mara = agent(&world, 0x71, "Mara", InboxAccess::All).await;
    let here = format!("/desk/tickets/{number}");
    let write = format!("{here}/write");
    let page = mara.get(&here).await;
    // Where form and button disagree it is a note.
    for (kind, then) in [("note", "note"), ("note", "work"), ("answer", "note")] {
        let idem = format!("{kind}-{then}-0123456789");
        let seen = in_form(&page.body, &write, "seen");
        let fields = [
            ("body", NOTE),
            ("kind", kind),
            ("then", then),
            ("idem", &idem),
            ("seen", &seen),
        ];
        let sent = mara.post(&write, &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
    }
    assert_eq!(mara.get(&here).await.body.matches(NOTE).count(), 3);
    for path in [
        format!("/support/{number}"),
        "/support".to_owned(),
        format!("/support/search?q={NOTE}"),
        "/support/account".to_owned(),
    ] {
        let page = jonas.get(&path).await;
        // The search shows what was typed, and nothing found.
        let shown = page.body.replace(&format!("value=\"{NOTE}\""), "");
        assert!(
            !shown.contains(&format!("<p>{NOTE}")) && !shown.contains("message-note"),
            "{path}: {shown}"
        );
        assert!(path.contains("search") || !shown.contains(NOTE), "{path}");
    }
}

#[tokio::test]
async fn adm_008_the_desk_of_another_inbox_has_nothing_of_a_ticket() {
    let world = World::new().await;
    let mut jonas = world.signed_in("jonas").await;
    let number = jonas.open("Scanner 4").await;
    let mut tim = agent(&world, 0x72, "Tim", own(0x99)).await;
    for view in [
        "mine",
        "unassigned",
        "open",
        "waiting",
        "snoozed",
        "closed",
        "spam",
        "deleted",
    ] {
        let page = tim.get(&format!("/desk?view={view}")).await;
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("Scanner 4"), "{view}");
    }
    let here = format!("/desk/tickets/{number}");
    let absent = tim.get("/desk/tickets/999999").await;
    for path in [here.clone(), format!("{here}/sight")] {
        let got = tim.get(&path).await;
        assert_eq!(got.status, 404);
        let told = |body: &str, path: &str| body.replace(path, "");
        assert_eq!(
            told(&got.body, &path),
            told(&absent.body, "/desk/tickets/999999"),
            "{path}"
        );
    }
    for form in ["write", "assign", "status", "priority", "category"] {
        let status = Uuid::from_u128(403).to_string();
        let fields = [
            ("body", "x"),
            ("seen", "9"),
            ("was", if form == "priority" { "normal" } else { status.as_str() }),
            ("owner", ""),
            ("status", &status),
            ("priority", "low"),
            ("category", "x"),
        ];
        let fields: Vec<_> = fields
            .into_iter()
            .filter(|it| !(it.0 == "was" && matches!(form, "assign" | "category")))
            .collect();
        assert_eq!(tim.post(&format!("{here}/{form}"), &fields).await.status, 404, "{form}");
    }
    // Customers, and nobody, have no desk.
    assert_eq!(jonas.get("/desk").await.status, 303);
    assert_eq!(world.browser().get(&here).await.status, 303);
}

#[tokio::test]
async fn con_004_when_somebody_wrote_first_both_texts_are_shown() {
    let world = World::new().await;
    let mut jonas = world.signed_in("jonas").await;
    let number = jonas.open("Scanner 4").await;
    let mut mara = agent(&world, 0x71, "Mara", InboxAccess::All).await;
    let here = format!("/desk/tickets/{number}");
    let write = format!("{here}/write");
    let page = mara.get(&here).await;
    let ticket = jonas.get(&format!("/support/{number}")).await;
    let idem = ticket.field("idem");
    jonas
        .post(
            &format!("/support/{number}/reply"),
            &[("body", "It works again!"), ("then", "send"), ("idem", &idem)],
        )
        .await;
    let (idem, seen) = (in_form(&page.body, &write, "idem"), in_form(&page.body, &write, "seen"));
    let fields = [
        ("body", "Please send a log"),
        ("kind", "answer"),
        ("then", "work"),
        ("idem", &idem),
        ("seen", &seen),
    ];
    let stopped = mara.post(&write, &fields).await;
    assert_eq!(stopped.status, 409);
    assert!(
        stopped.body.contains("It works again!") && stopped.body.contains("Please send a log"),
        "{}",
        stopped.body
    );
    assert!(
        !jonas
            .get(&format!("/support/{number}"))
            .await
            .body
            .contains("Please send a log")
    );
    let (idem, seen) = (
        in_form(&stopped.body, &write, "idem"),
        in_form(&stopped.body, &write, "seen"),
    );
    let fields = [
        ("body", "Glad to hear"),
        ("kind", "answer"),
        ("then", "close"),
        ("idem", &idem),
        ("seen", &seen),
    ];
    assert_eq!(mara.post(&write, &fields).await.status, 303);
    due(&world).await;
    assert!(
        jonas
            .get(&format!("/support/{number}"))
            .await
            .body
            .contains("Glad to hear")
    );
    // A field that somebody else changed is left alone.
    let was = Uuid::from_u128(400).to_string();
    let late = [("was", was.as_str()), ("status", was.as_str())];
    let status = mara.post(&format!("{here}/status"), &late).await;
    assert_eq!(status.status, 409, "{}", status.body);
    // An empty answer comes back with what is wrong.
    let empty = [("body", " "), ("kind", "answer"), ("then", "work"), ("seen", "99")];
    let refused = mara.post(&write, &empty).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("f-body-problem"), "{}", refused.body);
}

#[tokio::test]
async fn who_can_see_it_is_said_with_names_and_reasons() {
    let world = World::new().await;
    let mut jonas = world.signed_in("jonas").await;
    let number = jonas.open("Scanner 4").await;
    let mut mara = agent(&world, 0x71, "Mara", InboxAccess::All).await;
    let page = mara.get(&format!("/desk/tickets/{number}/sight")).await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("Jonas Weber") && page.body.contains("Anna Berg"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("because Fernwerk GmbH is on the ticket"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("Mallory"));
}
