//! Service levels and measures: from the form of an inbox to the mark at the desk and the sentence that customers read.

use std::time::Duration;

use portal_core::staff::{InboxAccess, Permission};

use crate::desk::{in_form, staff};
use crate::world::World;

#[tokio::test]
async fn what_an_inbox_promises_is_told_marked_and_measured() {
    let world = World::new().await;
    let mut mara = staff(
        &world,
        0x71,
        "Mara",
        InboxAccess::All,
        &[Permission::HelpDesk, Permission::PortalSettings],
    )
    .await;
    let mut jonas = world.signed_in("jonas").await;
    let number = jonas.open("Scanner 4 loses Wi-Fi").await;
    let customers = format!("/support/{number}");
    assert!(!jonas.get(&customers).await.body.contains("usually reply"));

    let list = mara.get("/admin/service").await;
    assert_eq!(list.status, 200, "{}", list.body);
    assert!(list.body.contains("Nothing is promised."));
    let href = list.body.split("href=\"/admin/service/").nth(1).unwrap();
    let form = format!("/admin/service/{}", href.split('"').next().unwrap());
    let page = mara.get(&form).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let seen = in_form(&page.body, &form, "seen");
    // What cannot be is refused, and nothing that was typed is lost.
    let fields = |first: &'static str, seen: &'static str| {
        [
            ("seen", seen),
            ("mode", "always"),
            ("goals.normal.first_reply", first),
            ("goals.normal.next_reply", "4:30"),
            ("told", "1"),
        ]
    };
    assert_eq!(seen, "0");
    for wrong in ["soon", "0", "100000"] {
        let refused = mara.post(&form, &fields(wrong, "0")).await;
        assert_eq!(refused.status, 422, "{wrong}: {}", refused.body);
        assert!(refused.body.contains("value=\"4:30\"") && refused.body.contains("f-goals.normal.first_reply-problem"));
    }
    let saved = mara.post(&form, &fields("0,5", "0")).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert!(mara.follow(&saved).await.body.contains("first reply within"));
    // Whoever saw an older version is told what it says now, and keeps what was typed.
    let stale = mara.post(&form, &fields("3", "0")).await;
    assert_eq!(stale.status, 409, "{}", stale.body);
    assert!(stale.body.contains("Somebody else changed this") && stale.body.contains("name=\"seen\" value=\"1\""));

    // Customers are told, agents see the mark.
    assert!(jonas.get(&customers).await.body.contains("usually reply"));
    assert!(jonas.get("/support/new").await.body.contains("usually reply"));
    let desk = |body: &str| {
        ["0:30 left", "0:05 left", "0:01 late"]
            .into_iter()
            .find(|it| body.contains(&format!("<span>{it}</span>")))
            .map(str::to_owned)
    };
    assert_eq!(desk(&mara.get("/desk").await.body).as_deref(), Some("0:30 left"));
    world.clock.advance(Duration::from_mins(25));
    assert_eq!(desk(&mara.get("/desk").await.body).as_deref(), Some("0:05 left"));
    world.clock.advance(Duration::from_mins(6));
    assert_eq!(desk(&mara.get("/desk").await.body).as_deref(), Some("0:01 late"));
    let ticket = mara.get(&format!("/desk/tickets/{number}")).await;
    assert!(ticket.body.contains("was due"), "{}", ticket.body);
    assert!(!jonas.get(&customers).await.body.contains("was due"));

    let page = mara.get("/desk/measures?period=week").await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("1 had no reply yet."), "{}", page.body);
    let file = mara.get("/desk/measures.csv?period=week").await;
    assert_eq!(file.status, 200);
    assert_eq!(file.body.lines().count(), 8);
}

#[tokio::test]
async fn adm_008_measures_are_of_ones_own_inboxes_only() {
    let world = World::new().await;
    let mut jonas = world.signed_in("jonas").await;
    jonas.open("Scanner 4 loses Wi-Fi").await;
    let nothing = InboxAccess::Only(std::collections::BTreeSet::new());
    let mut tim = staff(&world, 0x72, "Tim", nothing, &[Permission::HelpDesk]).await;
    let file = tim.get("/desk/measures.csv?period=week").await;
    assert_eq!(file.status, 200);
    let opened = file.body.lines().skip(1).map(|it| it.split(',').nth(1).unwrap());
    assert!(
        opened.clone().count() == 7 && opened.clone().all(|it| it == "\"0\""),
        "{}",
        file.body
    );
    // And the promises are nothing for whoever has not the permission.
    assert_eq!(tim.get("/admin/service").await.status, 403);
}
