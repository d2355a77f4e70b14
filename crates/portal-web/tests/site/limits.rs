//! How many requests are answered.

use std::time::Duration;

use portal_web::{Bucket, RateLimits};

use crate::world::{Settings, World};

#[tokio::test]
async fn log_002_a_network_that_asks_too_much_waits() {
    let rates = RateLimits {
        reads_of_network: Bucket::new(3, Duration::from_secs(20)),
        ..RateLimits::unlimited()
    };
    let world = World::with(Settings {
        rates,
        ..Settings::default()
    })
    .await;
    let mut browser = world.browser();
    for _ in 0..3 {
        assert_eq!(browser.get("/support/sign-in").await.status, 200);
    }
    world.calls.take();
    let got = browser.get("/support/sign-in").await;
    assert_eq!((got.status, got.header("retry-after")), (429, "20"));
    assert!(got.body.contains("Try again in 20 seconds."), "{}", got.body);
    assert_eq!(world.calls.take(), Vec::<String>::new());
    for path in ["/support", "/nothing", "/", "/api/v1/portals/support/tickets"] {
        assert_eq!(browser.get(path).await.status, 429, "{path}");
    }
    assert_eq!(browser.get("/healthz").await.status, 200);
    assert_eq!(browser.get("/s/x/app.css").await.status, 200);
    world.clock.advance(Duration::from_secs(20));
    assert_eq!(browser.get("/support/sign-in").await.status, 200);
}

#[tokio::test]
async fn forms_files_and_searches_of_a_contact_are_counted_apart() {
    let one = Bucket::new(1, Duration::from_mins(1));
    let rates = RateLimits {
        writes_of_contact: one,
        searches_of_contact: one,
        ..RateLimits::unlimited()
    };
    let world = World::with(Settings {
        rates,
        ..Settings::default()
    })
    .await;
    let mut anna = world.signed_in("anna").await;
    assert_eq!(anna.post("/support/language", &[("language", "en")]).await.status, 303);
    assert_eq!(
        anna.post("/support/new", &[("subject", "S"), ("description", "D")])
            .await
            .status,
        429
    );
    assert_eq!(anna.get("/support/search?q=a").await.status, 200);
    assert_eq!(anna.get("/support/search?q=a").await.status, 429);
    assert_eq!(anna.get("/support").await.status, 200);
    let mut jonas = world.signed_in("jonas").await;
    assert_eq!(jonas.get("/support/search?q=a").await.status, 200);
}

#[tokio::test]
async fn who_tries_number_after_number_is_stopped() {
    let world = World::with(Settings {
        rates: RateLimits {
            misses: 5,
            ..RateLimits::unlimited()
        },
        ..Settings::default()
    })
    .await;
    let mut mallory = world.signed_in("mallory").await;
    for _ in 0..20 {
        assert_eq!(mallory.get("/support/900").await.status, 404);
    }
    for number in 901..906 {
        assert_eq!(mallory.get(&format!("/support/{number}")).await.status, 404);
    }
    let got = mallory.get("/support/907").await;
    assert_eq!((got.status, got.header("retry-after")), (429, "900"));
    assert_eq!(mallory.get("/support").await.status, 200);
    assert_eq!(world.signed_in("anna").await.get("/support/900").await.status, 404);
    world.clock.advance(Duration::from_mins(15));
    assert_eq!(mallory.get("/support/907").await.status, 404);
}

#[tokio::test]
async fn log_001_wrong_passwords_are_slowed_down() {
    let world = World::new().await;
    let mut browser = world.browser();
    let wrong = [("email", "anna@example.com"), ("password", "wrong wrong wrong")];
    let mut last = browser.post("/support/sign-in", &wrong).await;
    for _ in 0..3 {
        last = browser.post("/support/sign-in", &wrong).await;
    }
    assert_eq!(last.status, 429);
    assert!(
        last.body.contains("Too many attempts.") && !last.header("retry-after").is_empty(),
        "{}",
        last.body
    );
}
