//! The whole way: sign in, list, open, reply, close, reopen, search, sign out.

use portal_core::ticket::Stage;

use crate::world::{PASSWORD, World};

#[tokio::test]
async fn a_contact_signs_in_and_works_with_a_ticket() {
    let world = World::new().await;
    let mut anna = world.browser();
    let root = anna.get("/").await;
    assert_eq!((root.status, root.location()), (303, "/support"));
    let list = anna.follow(&root).await;
    assert_eq!((list.status, list.location()), (303, "/support/sign-in"));
    let form = anna.follow(&list).await;
    assert_eq!(form.status, 200);
    assert!(form.body.contains("Sign in to Acme Support"), "{}", form.body);
    let wrong = anna
        .post(
            "/support/sign-in",
            &[("email", "anna@example.com"), ("password", "not this one at all")],
        )
        .await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("do not match") && wrong.body.contains("anna@example.com"));
    let signed_in = anna
        .post(
            "/support/sign-in",
            &[("email", "anna@example.com"), ("password", PASSWORD)],
        )
        .await;
    let list = anna.follow(&signed_in).await;
    assert_eq!(list.status, 200);
    assert!(list.body.contains("No tickets yet"), "{}", list.body);

    let number = anna.open("Printer on fire").await;
    let ticket = anna.get(&format!("/support/{number}")).await;
    assert!(
        ticket.body.contains("Printer on fire") && ticket.body.contains("It does not work."),
        "{}",
        ticket.body
    );
    assert!(ticket.body.contains("Thank you, your request is with us."));
    let again = anna.get(&format!("/support/{number}")).await;
    assert!(!again.body.contains("Thank you, your request is with us."));

    world.moved(number, Stage::WaitingOnContact).await;
    let waiting = anna.get(&format!("/support/{number}")).await;
    assert!(
        waiting.body.contains("waiting for your reply") && waiting.body.contains("We need an answer."),
        "{}",
        waiting.body
    );
    let reply = [
        ("body", "Third floor.\r\nStill burning."),
        ("idem", &waiting.field("idem")),
        ("then", "send"),
    ];
    let sent = anna.post(&format!("/support/{number}/reply"), &reply).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert!(sent.location().starts_with(&format!("/support/{number}#m")));
    let shown = anna.follow(&sent).await;
    assert!(
        shown.body.contains("Your reply is sent.") && shown.body.contains("Third floor."),
        "{}",
        shown.body
    );
    // The same form again, as a reload sends it.
    assert_eq!(
        anna.post(&format!("/support/{number}/reply"), &reply).await.location(),
        sent.location()
    );
    assert_eq!(
        anna.get(&format!("/support/{number}"))
            .await
            .body
            .matches("Third floor.")
            .count(),
        1
    );

    let ask = anna.get(&format!("/support/{number}/close")).await;
    assert_eq!(ask.status, 200);
    let closed = anna
        .post(
            &format!("/support/{number}/close"),
            &[("idem", &ask.field("idem")), ("reason", "Water\r\nhelped")],
        )
        .await;
    let shown = anna.follow(&closed).await;
    assert!(
        shown.body.contains("The ticket is closed.") && shown.body.contains("Water helped"),
        "{}",
        shown.body
    );
    assert!(
        shown.body.contains("Are you satisfied with the solution?"),
        "{}",
        shown.body
    );
    let rate = format!("/support/{number}/rate");
    let said = [("rating", "not_good"), ("comment", "It took <a week>.")];
    let rated = anna.post(&rate, &said).await;
    let shown = anna.follow(&rated).await;
    assert!(
        shown.body.contains("Thank you for your answer") && shown.body.contains("It took &lt;a week&gt;."),
        "{}",
        shown.body
    );
    let long = "a".repeat(2001);
    let refused = anna.post(&rate, &[("rating", "good"), ("comment", &long)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Shorten the comment to 2000 characters.") || refused.body.contains("2,000"));
    assert_eq!(anna.post(&rate, &[("rating", "superb")]).await.status, 400);
    let twice = anna
        .post(&format!("/support/{number}/close"), &[("idem", "another-key")])
        .await;
    assert_eq!(twice.status, 409);
    let reopened = anna
        .post(&format!("/support/{number}/reopen"), &[("idem", "reopen-key")])
        .await;
    assert!(anna.follow(&reopened).await.body.contains("The ticket is open again."));

    let found = anna.get("/support/search?q=fir").await;
    assert!(found.body.contains("Printer on <mark>fire</mark>"), "{}", found.body);
    let jump = anna.get(&format!("/support/search?q=%23{number}")).await;
    assert_eq!(
        (jump.status, jump.location()),
        (303, format!("/support/{number}").as_str())
    );

    let out = anna.post("/support/sign-out", &[]).await;
    assert_eq!((out.status, out.location()), (303, "/support/sign-in"));
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
    assert!(anna.follow(&out).await.body.contains("You are signed out."));
    let after = anna.get(&format!("/support/{number}")).await;
    assert_eq!(
        (after.status, after.location()),
        (303, format!("/support/sign-in?next=%2Fsupport%2F{number}").as_str())
    );
}
