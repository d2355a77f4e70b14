//! Live hints: to whoever may see the ticket at that moment, and to nobody else.

use std::time::Duration;

use futures_util::StreamExt;
use poem::web::sse::Event;
use portal_core::ticket::Stage;

use crate::world::{Browser, World};

async fn listen(browser: &Browser<'_>, query: &str) -> impl futures_util::Stream<Item = Event> + Unpin + Send + use<> {
    let response = browser
        .request(browser.world.client.get(format!("/support/stream{query}")))
        .send()
        .await;
    response.assert_status_is_ok();
    response.assert_content_type("text/event-stream");
    response.sse_stream()
}

fn data(event: Option<Event>) -> String {
    match event {
        Some(Event::Message { data, .. }) => data,
        other => panic!("{other:?}"),
    }
}

/// Listens all the time, as a browser does, and not only when a test looks.
fn hearing(
    mut stream: impl futures_util::Stream<Item = Event> + Unpin + Send + 'static,
) -> tokio::sync::mpsc::UnboundedReceiver<String> {
    let (sender, heard) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Some(event) = stream.next().await {
            if sender.send(data(Some(event))).is_err() {
                break;
            }
        }
    });
    heard
}

/// Lets everything run that can, without waiting for time to pass.
async fn settle() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_sees_the_ticket_is_told_and_nobody_else() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    anna.open("Printer").await;
    let jonas = world.signed_in("jonas").await;
    let mallory = world.signed_in("mallory").await;
    let (mut of_jonas, mut of_mallory) = (listen(&jonas, "").await, listen(&mallory, "").await);
    settle().await;
    world.moved(1, Stage::InProgress).await;
    assert_eq!(data(of_jonas.next().await), "{\"number\":1,\"version\":2}");
    // Mallory's first news is of an own ticket.
    mallory.clone().open("Own").await;
    assert_eq!(data(of_mallory.next().await), "{\"number\":2,\"version\":1}");
}

#[tokio::test(start_paused = true)]
async fn what_happened_before_is_told_at_once() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    anna.open("Printer").await;
    world.moved(1, Stage::InProgress).await;
    let mut late = listen(&anna, "?number=1&version=1").await;
    assert_eq!(data(late.next().await), "{\"number\":1,\"version\":2}");
    let mut present = listen(&anna, "?number=1&version=2").await;
    settle().await;
    world.moved(1, Stage::Closed).await;
    assert_eq!(data(present.next().await), "{\"number\":1,\"version\":3}");
}

#[tokio::test(start_paused = true)]
async fn a_stream_ends_soon_after_access_does() {
    let world = World::new().await;
    let anna = world.signed_in("anna").await;
    let mut signed_out = listen(&anna, "").await;
    anna.clone().post("/support/sign-out", &[]).await;
    tokio::time::timeout(Duration::from_secs(3), async {
        while signed_out.next().await.is_some() {}
    })
    .await
    .expect("the stream ends");
    let jonas = world.signed_in("jonas").await;
    let mut no_entry = listen(&jonas, "").await;
    world.change_contact("jonas", |it| it.groups.clear()).await;
    tokio::time::timeout(Duration::from_secs(3), async {
        while no_entry.next().await.is_some() {}
    })
    .await
    .expect("the stream ends");
}

#[tokio::test(start_paused = true)]
async fn who_leaves_the_company_is_told_nothing_more() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    anna.open("Printer").await;
    let jonas = world.signed_in("jonas").await;
    let mut heard = hearing(listen(&jonas, "").await);
    settle().await;
    world.moved(1, Stage::InProgress).await;
    assert_eq!(heard.recv().await.unwrap(), "{\"number\":1,\"version\":2}");
    world.change_contact("jonas", |it| it.primary_company = None).await;
    // At once, before the sessions are looked at again: only the rule itself can know.
    world.moved(1, Stage::WaitingOnContact).await;
    settle().await;
    jonas.clone().open("Own").await;
    assert_eq!(heard.recv().await.unwrap(), "{\"number\":2,\"version\":1}");
}

#[tokio::test(start_paused = true)]
async fn a_session_has_three_streams_and_the_server_can_stop() {
    let world = World::new().await;
    let anna = world.signed_in("anna").await;
    let mut streams = Vec::new();
    for _ in 0..3 {
        streams.push(listen(&anna, "").await);
    }
    assert_eq!(anna.clone().get("/support/stream").await.status, 429);
    streams.pop();
    streams.push(listen(&anna, "").await);
    world.shutdown.cancel();
    for mut stream in streams {
        tokio::time::timeout(Duration::from_secs(1), async { while stream.next().await.is_some() {} })
            .await
            .expect("the stream ends");
    }
    assert_eq!(world.browser().get("/support/stream").await.status, 303);
}
