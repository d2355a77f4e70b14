//! When something is broken, the page says so, and nothing else.

use crate::world::World;

#[tokio::test]
async fn a_panic_is_a_page() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    let got = anna
        .post("/support/new", &[("subject", "S"), ("description", "please explode")])
        .await;
    assert_eq!(got.status, 500);
    let id = got.header("x-request-id");
    assert!(
        got.body.contains("Sorry, there is a problem with the service") && got.body.contains(id),
        "{}",
        got.body
    );
    assert!(!got.body.contains("told to") && !got.body.contains("panicked") && !got.body.contains(".rs"));
    assert_eq!(got.header("cache-control"), "private, no-store");
    assert_eq!(anna.get("/support").await.status, 200);
}

#[tokio::test]
async fn methods_that_are_not_there_say_which_are() {
    let world = World::new().await;
    let mut browser = world.browser();
    let got = browser.get("/support/1/reply").await;
    assert_eq!((got.status, got.header("allow")), (405, "POST"));
    let got = browser.post("/support", &[]).await;
    assert_eq!((got.status, got.header("allow")), (405, "GET, HEAD"));
    // Whoever asks, and whether or not the ticket is there.
    let anonymous = browser.get("/support/1/reply").await.body;
    let mut anna = world.signed_in("anna").await;
    anna.open("Printer").await;
    assert_eq!(anna.get("/support/1/reply").await.body, anonymous);
}
