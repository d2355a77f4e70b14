//! Only our own hosts are answered, and no other is ever echoed.

use crate::world::World;

#[tokio::test]
async fn reg_028_foreign_hosts_get_nothing() {
    let world = World::new().await;
    let foreign: [&[&str]; 10] = [
        &[],
        &["evil.example"],
        &["help.example.com", "evil.example"],
        &["help.example.com", "help.example.com"],
        &["help.example.com."],
        &["help.example.com:8443"],
        &["help.example.com@evil.example"],
        &["evil.example/help.example.com"],
        &["help.example.com.evil.example"],
        &[""],
    ];
    for hosts in foreign {
        for path in [
            "/",
            "/support",
            "/support/sign-in",
            "/nothing",
            "/s/x/app.css",
            "/robots.txt",
            "/api/v1/portals/support/tickets",
        ] {
            world.calls.take();
            let mut request = world.client.get(path);
            for host in hosts {
                request = request.header("host", *host);
            }
            let got = world.browser().send(request).await;
            assert_eq!(got.status, 421, "{path} of {hosts:?}");
            assert!(
                !got.body.contains("evil") && got.location().is_empty(),
                "{path} of {hosts:?}"
            );
            assert_eq!(world.calls.take(), Vec::<String>::new());
        }
    }
}

#[tokio::test]
async fn our_host_is_ours_in_any_spelling() {
    let world = World::new().await;
    for host in ["help.example.com", "HELP.Example.com", "help.example.com:443"] {
        let got = world
            .browser()
            .send(world.client.get("/support/sign-in").header("host", host))
            .await;
        assert_eq!(got.status, 200, "{host}");
        let got = world
            .browser()
            .send(
                world
                    .client
                    .get(format!("https://{host}/support/sign-in"))
                    .header("host", host),
            )
            .await;
        assert_eq!(got.status, 200, "{host}");
    }
    let got = world
        .browser()
        .send(
            world
                .client
                .get("https://evil.example/support/sign-in")
                .header("host", "help.example.com"),
        )
        .await;
    assert_eq!(got.status, 421);
}

/// What a proxy or a liar says about the host leads nowhere, and above all into no mail.
#[tokio::test]
async fn reg_028_forwarded_names_are_not_believed() {
    let world = World::new().await;
    for (name, value) in [
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example"),
        ("x-host", "evil.example"),
        ("x-original-host", "evil.example"),
    ] {
        let mut browser = world.browser();
        let request = browser
            .request(world.client.post("/support/forgot"))
            .header(name, value)
            .form(&[("email", "anna@example.com")]);
        let got = browser.send(request).await;
        assert_eq!(got.status, 303, "{name}: {}", got.body);
        assert!(
            got.location().starts_with('/') && !got.location().contains("evil"),
            "{name}"
        );
    }
}
