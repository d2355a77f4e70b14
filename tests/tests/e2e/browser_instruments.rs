//! The instruments of the browser tests find what is wrong, else their silence would say nothing.

use anyhow::Result;
use portal_e2e::browser::{Browser, Look, Start};
use portal_e2e::stub::Stub;

const HEADERS: &str = "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'";

const BAD: &str = "<!doctype html><title>Bad</title><link rel=stylesheet href=/s.css><h1>Bad</h1><img src=x.png>
    <p class=box>a text that is longer than its box and ends somewhere</p>
    <p id=said>before</p><script>document.getElementById('said').textContent = 'after'</script>
    <pre>loooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooong</pre>";
const GOOD: &str = "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>Good</title><main><h1>Good</h1></main>";
const SCRIPTED: &str = "<!doctype html><html lang=en><title>Scripted</title><main><h1 id=said>without</h1></main>
    <noscript>no scripts here</noscript><script src=/s.js></script>";

async fn pages() -> Result<Stub> {
    let script = "document.getElementById('said').textContent = 'with ' + navigator.language";
    Stub::serve(
        HEADERS,
        &[
            ("/bad", BAD),
            ("/good", GOOD),
            ("/scripted", SCRIPTED),
            ("/s.js", script),
            ("/s.css", ".box { width: 5em; overflow: clip; white-space: nowrap }"),
        ],
    )
    .await
}

#[tokio::test]
async fn faults_of_pages_are_found() -> Result<()> {
    let stub = pages().await?;
    let browser = Browser::start(Start::default()).await?;
    browser.open(&format!("{}/good", stub.base)).await?;
    assert_eq!(browser.violations().await?, Vec::<String>::new());
    browser.look(Look::NARROW).await?;
    assert_eq!(browser.overflow().await?, 0);
    assert_eq!(browser.cut_off().await?, Vec::<String>::new());
    browser.complaints().await?;

    browser.open(&format!("{}/bad", stub.base)).await?;
    let complaints = browser.complaints().await?;
    assert!(
        complaints.iter().any(|it| it.contains("Content Security Policy")),
        "{complaints:?}"
    );
    assert_eq!(browser.text("#said").await?, "before", "an inline script ran");
    let found = browser.violations().await?;
    assert!(found.iter().any(|it| it.starts_with("image-alt")), "{found:?}");
    assert!(browser.overflow().await? > 0, "a wide page was not noticed");
    assert_eq!(
        browser.cut_off().await?,
        ["box: a text that is longer than its box and ends somewhere"]
    );
    browser.picture("instrument-bad").await
}

#[tokio::test]
async fn scripts_run_or_do_not() -> Result<()> {
    let stub = pages().await?;
    for (scripts, language, expected) in [(true, "de", "with de"), (false, "en", "without")] {
        let browser = Browser::start(Start { scripts, language }).await?;
        browser.open(&format!("{}/scripted", stub.base)).await?;
        assert_eq!(browser.text("#said").await?, expected);
    }
    Ok(())
}
