//! Language and zone of pages: choice, account, browser, portal.

use portal_core::text::Locale;

use crate::world::{Browser, World};

async fn language(browser: &mut Browser<'_>, accept: &str) -> String {
    let request = browser
        .request(browser.world.client.get("/support/account"))
        .header("accept-language", accept);
    let page = browser.send(request).await;
    assert_eq!(page.status, 200);
    page.body
        .split("<html lang=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn the_stronger_wish_counts() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    assert_eq!(language(&mut anna, "fr").await, "en");
    assert_eq!(language(&mut anna, "fr, de-AT;q=0.8").await, "de");
    world
        .change_contact("anna", |it| it.language = Some(Locale::english()))
        .await;
    assert_eq!(language(&mut anna, "de").await, "en");
    anna.post("/support/language", &[("language", "de")]).await;
    assert_eq!(language(&mut anna, "en").await, "de");
    // What is saved on the account page takes the switch back.
    let saved = anna
        .post("/support/account/profile", &[("name", "Anna Berg"), ("language", "en")])
        .await;
    assert_eq!(saved.status, 303);
    assert_eq!(language(&mut anna, "de").await, "en");
}

#[tokio::test]
async fn a_page_without_portal_follows_the_browser() {
    let world = World::new().await;
    let request = world
        .client
        .get("/nothing")
        .header("host", "help.example.com")
        .header("accept-language", "de");
    let page = world.browser().send(request).await;
    assert_eq!(page.status, 404);
    assert!(page.body.contains("<html lang=\"de\""), "{}", page.body);
}

#[tokio::test]
async fn times_are_in_the_readers_zone() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    anna.open("Printer").await;
    // 10:00 UTC; the portal is in Berlin.
    assert!(anna.get("/support/1").await.body.contains("11:00"));
    anna.cookies.insert("tz".to_owned(), "Asia%2FTokyo".to_owned());
    assert!(anna.get("/support/1").await.body.contains("19:00"));
    anna.cookies.insert("tz".to_owned(), "Atlantis".to_owned());
    assert!(anna.get("/support/1").await.body.contains("11:00"));
    anna.cookies.insert("tz".to_owned(), "Asia%2FTokyo".to_owned());
    anna.post(
        "/support/account/profile",
        &[("name", "Anna Berg"), ("zone", "America/New_York")],
    )
    .await;
    assert!(anna.get("/support/1").await.body.contains("05:00"));
}

#[tokio::test]
async fn german_pages_are_german() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    anna.open("Drucker").await;
    anna.post("/support/language", &[("language", "de")]).await;
    for path in [
        "/support",
        "/support/1",
        "/support/new",
        "/support/account",
        "/support/search?q=drucker",
        "/support/1/close",
        "/support/999",
    ] {
        let page = anna.get(path).await;
        assert!(page.body.contains("<html lang=\"de\""), "{path}");
        for word in ["Sign out", "Skip to content", "Tickets</a> Search"] {
            assert!(!page.body.contains(word), "{path} has {word}");
        }
    }
}
