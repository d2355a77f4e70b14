//! The list: tabs, chips, filters, pages.

use portal_core::ticket::Stage;

use crate::world::{World, contact};

fn href(body: &str, rel: &str) -> Option<String> {
    let at = body.find(&format!("rel=\"{rel}\" href=\""))?;
    Some(
        body[at..]
            .split("href=\"")
            .nth(1)?
            .split('"')
            .next()?
            .replace("&amp;", "&")
            .replace("&#x2f;", "/"),
    )
}

fn numbers(body: &str) -> Vec<i64> {
    let mut found: Vec<i64> = body
        .split("href=\"/support/")
        .skip(1)
        .filter_map(|it| it.split('"').next()?.parse().ok())
        .collect();
    found.dedup();
    found
}

#[tokio::test]
async fn pages_follow_each_other_and_come_back() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    for index in 0..60 {
        anna.open(&format!("Ticket {index}")).await;
        world.clock.advance(std::time::Duration::from_mins(1));
    }
    let first = anna.get("/support").await;
    assert_eq!(numbers(&first.body), (36..=60).rev().collect::<Vec<_>>());
    let second = anna.get(&href(&first.body, "next").unwrap()).await;
    assert_eq!(numbers(&second.body), (11..=35).rev().collect::<Vec<_>>());
    let third = anna.get(&href(&second.body, "next").unwrap()).await;
    assert_eq!(numbers(&third.body), (1..=10).rev().collect::<Vec<_>>());
    assert_eq!(href(&third.body, "next"), None);
    let back = anna.get(&href(&third.body, "prev").unwrap()).await;
    assert_eq!(numbers(&back.body), numbers(&second.body));
    // A place of another list, or nonsense, is the beginning.
    let place = href(&first.body, "next").unwrap();
    for other in [
        place.replace("after=", "sort=created&after="),
        place.replace("tab=company", "tab=mine"),
        "/support?after=nonsense".to_owned(),
        "/support?after=3.1.1".to_owned(),
    ] {
        assert_eq!(numbers(&anna.get(&other).await.body), numbers(&first.body), "{other}");
    }
}

#[tokio::test]
async fn chips_and_filters_choose() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    let mut jonas = world.signed_in("jonas").await;
    anna.open("One").await;
    anna.open("Two").await;
    jonas.open("Three").await;
    world.moved(1, Stage::WaitingOnContact).await;
    world.moved(2, Stage::Closed).await;
    let list = async |query: &str| {
        let mut anna = anna.clone();
        let page = anna.get(&format!("/support{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        let mut found = numbers(&page.body);
        found.sort_unstable();
        found
    };
    assert_eq!(list("").await, [1, 2, 3]);
    assert_eq!(list("?tab=mine").await, [1, 2]);
    assert_eq!(list("?stage=waiting").await, [1]);
    assert_eq!(list("?state=open").await, [1, 3]);
    assert_eq!(list("?state=closed&sort=created").await, [2]);
    assert_eq!(list(&format!("?requester={}", contact("jonas"))).await, [3]);
    assert_eq!(
        list("?requester=nonsense&stage=nonsense&tab=nonsense&sort=nonsense").await,
        [1, 2, 3]
    );
    assert_eq!(list("?sort=activity").await, [1, 2, 3]);
    let page = anna.get("/support").await;
    assert!(
        page.body.contains("Fernwerk GmbH")
            && page.body.contains("Waiting for your reply")
            && page.body.contains("Jonas Weber"),
        "{}",
        page.body
    );
    let mut mallory = world.signed_in("mallory").await;
    assert!(
        mallory
            .get("/support?stage=waiting")
            .await
            .body
            .contains("Nothing is waiting for you")
    );
    assert!(
        mallory
            .get("/support?state=closed")
            .await
            .body
            .contains("No tickets match")
    );
    assert!(mallory.get("/support").await.body.contains("No tickets yet"));
    let foreign = mallory.get(&format!("/support?requester={}", contact("anna"))).await;
    assert_eq!(numbers(&foreign.body), Vec::<i64>::new());
}

#[tokio::test]
async fn what_a_colleague_wrote_is_new_until_it_was_read() {
    let world = World::new().await;
    world.signed_in("anna").await.open("Printer").await;
    let mut jonas = world.signed_in("jonas").await;
    assert!(jonas.get("/support").await.body.contains("New"), "unread");
    jonas.get("/support/1").await;
    let read = jonas.post("/support/1/read", &[("seen", "99")]).await;
    assert_eq!((read.status, read.body.as_str()), (204, ""));
    assert_eq!(jonas.post("/support/1/read", &[("seen", "x")]).await.status, 400);
}
