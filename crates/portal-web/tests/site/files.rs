//! Files: uploaded with a form, kept when the form is refused, offered for saving.

use std::fmt::Write as _;

use poem::Body;
use poem::test::{TestForm, TestFormField};
use portal_core::ticket::FileLimits;

use crate::world::{Settings, World};

fn file(name: &str, content: &str) -> TestFormField {
    TestFormField::text(content).name("files").filename(name)
}

fn hrefs(body: &str) -> Vec<String> {
    body.split("href=\"/support/files/")
        .skip(1)
        .map(|it| format!("/support/files/{}", it.split('"').next().unwrap()))
        .collect()
}

#[tokio::test]
async fn a_file_goes_in_and_comes_out() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    let mut body = String::new();
    for (head, content) in [
        ("name=\"subject\"", "Printer"),
        ("name=\"description\"", "See the files."),
        // As browsers write it: UTF-8, quotes percent-encoded.
        (
            "name=\"files\"; filename=\"C:\\fakepath\\Übersicht 1;.pdf\"\r\nContent-Type: text/html",
            "%PDF-1.7 content",
        ),
        (
            "name=\"files\"; filename=\"evil.html\"\r\nContent-Type: image/png",
            "<script>alert(1)</script>",
        ),
        ("name=\"files\"; filename=\"photo.PNG\"", "png"),
        ("name=\"idem\"", "some-key-1"),
    ] {
        write!(
            body,
            "--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n"
        )
        .unwrap();
    }
    body.push_str("--edge--\r\n");
    let request = anna
        .request(world.client.post("/support/new"))
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(body);
    let sent = anna.send(request).await;
    let page = anna.follow(&sent).await;
    let hrefs = hrefs(&page.body);
    assert_eq!(hrefs.len(), 3, "{}", page.body);
    let pdf = anna.get(&hrefs[0]).await;
    assert_eq!((pdf.status, pdf.body.as_str()), (200, "%PDF-1.7 content"));
    assert_eq!(pdf.header("content-type"), "application/pdf");
    assert_eq!(
        pdf.header("content-disposition"),
        "attachment; filename=\"_bersicht 1;.pdf\"; filename*=UTF-8''%C3%9Cbersicht%201%3B.pdf"
    );
    assert_eq!(
        (pdf.header("content-length"), pdf.header("cache-control")),
        ("16", "private, no-store")
    );
    for query in ["", "?inline=1"] {
        let html = anna.get(&format!("{}{query}", hrefs[1])).await;
        assert_eq!(html.header("content-type"), "application/octet-stream");
        assert!(html.header("content-disposition").starts_with("attachment;"));
        assert_eq!(
            html.header("content-security-policy"),
            "sandbox; default-src 'none'; frame-ancestors 'none'"
        );
        assert_eq!(html.header("x-content-type-options"), "nosniff");
    }
    assert!(
        anna.get(&hrefs[2])
            .await
            .header("content-disposition")
            .starts_with("attachment;")
    );
    assert!(
        anna.get(&format!("{}?inline=1", hrefs[2]))
            .await
            .header("content-disposition")
            .starts_with("inline;")
    );
    for (site, mode, expected) in [
        ("cross-site", "no-cors", 403),
        ("same-site", "no-cors", 403),
        ("cross-site", "navigate", 200),
    ] {
        let mut request = world.client.get(&hrefs[2]).header("host", "help.example.com");
        let cookie = anna
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ");
        request = request
            .header("cookie", cookie)
            .header("sec-fetch-site", site)
            .header("sec-fetch-mode", mode);
        assert_eq!(anna.send(request).await.status, expected, "{site} {mode}");
    }
    assert_eq!(world.browser().get(&hrefs[0]).await.status, 303);
    assert_eq!(world.signed_in("mallory").await.get(&hrefs[0]).await.status, 404);
}

#[tokio::test]
async fn a_refused_form_keeps_text_and_files() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    let form = TestForm::new()
        .text("subject", " ")
        .text("description", "Long story")
        .text("idem", "key-number-1")
        .field(file("a.log", "log"));
    let refused = anna.upload("/support/new", form).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("Say in a few words what it is about.")
            && refused.body.contains("Long story")
            && refused.body.contains("a.log")
    );
    assert!(refused.body.contains("<title>Error: "), "{}", refused.body);
    let staged = refused.field("staged");
    let again = TestForm::new()
        .text("subject", "Better")
        .text("description", "Long story")
        .text("staged", staged.as_str())
        .text("idem", refused.field("idem"));
    let sent = anna.upload("/support/new", again).await;
    let page = anna.follow(&sent).await;
    assert_eq!(hrefs(&page.body).len(), 1, "{}", page.body);
    // Somebody else cannot take it, and it cannot be sent twice.
    for name in ["anna", "mallory"] {
        let mut browser = world.signed_in(name).await;
        let form = TestForm::new()
            .text("subject", "S")
            .text("description", "D")
            .text("staged", staged.as_str());
        let got = browser.upload("/support/new", form).await;
        assert_eq!(got.status, 422, "{name}");
        assert!(got.body.contains("A file is no longer there."), "{}", got.body);
    }
    let refused = anna
        .upload(
            "/support/1/reply",
            TestForm::new().text("body", " ").field(file("b.log", "log")),
        )
        .await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("Write your reply before sending.") && refused.body.contains("b.log"),
        "{}",
        refused.body
    );
}

#[tokio::test]
async fn the_same_form_with_another_text_is_not_sent_twice_by_accident() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    anna.open("Printer").await;
    let send = |text: &'static str| TestForm::new().text("body", text).text("idem", "one-key-only");
    assert_eq!(anna.upload("/support/1/reply", send("First")).await.status, 303);
    let other = anna.upload("/support/1/reply", send("Second thought")).await;
    assert_eq!(other.status, 409);
    assert!(
        other.body.contains("Second thought") && other.body.contains("sent before with another text"),
        "{}",
        other.body
    );
    assert_ne!(other.field("idem"), "one-key-only");
}

#[tokio::test]
async fn what_is_too_much_is_refused_while_it_comes() {
    let limits = FileLimits {
        each: 1_000,
        sum: 2_000,
        count: 2,
    };
    let world = World::with(Settings {
        limits,
        ..Settings::default()
    })
    .await;
    let mut anna = world.signed_in("anna").await;
    let base = || TestForm::new().text("subject", "S").text("description", "D");
    let big = anna
        .upload("/support/new", base().field(file("big.log", &"x".repeat(1_001))))
        .await;
    assert_eq!(big.status, 422);
    assert!(big.body.contains("larger than 1\u{a0}kB in total"), "{}", big.body);
    let empty = anna
        .upload("/support/new", base().field(file("empty.log", "")).field(file("", "")))
        .await;
    assert_eq!(empty.status, 422);
    assert!(empty.body.contains("“empty.log” is empty"), "{}", empty.body);
    let many = anna
        .upload(
            "/support/new",
            base().field(file("1", "a")).field(file("2", "b")).field(file("3", "c")),
        )
        .await;
    assert_eq!(many.status, 422);
    assert!(many.body.contains("Attach at most 2 files."), "{}", many.body);
    let kept = world.files.keys().len();
    let flood = "x".repeat(3 * 1024 * 1024);
    let too_large = anna.upload("/support/new", base().field(file("flood", &flood))).await;
    assert_eq!(too_large.status, 413);
    assert!(too_large.body.contains("2\u{a0}kB"), "{}", too_large.body);
    assert!(world.files.keys().len() <= kept + 1);
    for (path, kind, body, expected) in [
        (
            "/support/account/profile",
            "application/x-www-form-urlencoded",
            format!("name={flood}"),
            413,
        ),
        (
            "/support/1/reply",
            "application/x-www-form-urlencoded",
            format!("body={flood}"),
            413,
        ),
        ("/support/new", "multipart/form-data", String::new(), 400),
        (
            "/support/new",
            "multipart/form-data; boundary=x",
            "--x\r\nnonsense".to_owned(),
            400,
        ),
        (
            "/support/new",
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--\r\n".to_owned(),
            400,
        ),
        (
            "/support/account/profile",
            "application/x-www-form-urlencoded",
            "name=%ff\u{0}".to_owned(),
            422,
        ),
    ] {
        // Without a length, as a stream of unknown end.
        let body = Body::from_bytes_stream(futures_util::stream::iter(
            body.into_bytes()
                .chunks(8_192)
                .map(|it| Ok::<_, std::io::Error>(it.to_vec()))
                .collect::<Vec<_>>(),
        ));
        let request = anna
            .request(world.client.post(path))
            .header("content-type", kind)
            .body(body);
        assert_eq!(anna.send(request).await.status, expected, "{path} {kind}");
    }
    let announced = anna
        .request(world.client.post("/support/new"))
        .header("content-length", "99999999")
        .header("content-type", "multipart/form-data; boundary=x");
    assert_eq!(anna.send(announced.body("")).await.status, 413);
}

#[tokio::test]
async fn a_script_that_uploads_is_told_where_to_go() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    let form = TestForm::new()
        .text("subject", "S")
        .text("description", "D")
        .field(file("a", "b"));
    let request = anna
        .request(world.client.post("/support/new"))
        .header("accept", "application/json")
        .multipart(form);
    let got = anna.send(request).await;
    assert_eq!(
        (got.status, got.header("content-type"), got.body.as_str()),
        (200, "application/json", "{\"to\":\"/support/1\"}")
    );
    assert!(anna.get("/support/1").await.body.contains("your request is with us"));
}

/// A form that comes in pieces, as over a network.
fn in_pieces(bytes: Vec<u8>) -> Body {
    let pieces: Vec<_> = bytes
        .chunks(8_192)
        .map(|it| Ok::<_, std::io::Error>(it.to_vec()))
        .collect();
    Body::from_bytes_stream(futures_util::stream::iter(pieces))
}

#[tokio::test]
async fn fil_004_a_form_of_nothing_but_heads_or_texts_is_not_collected() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    let mebibyte = "x".repeat(1024 * 1024);
    let text = |name: usize| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"t{name}\"\r\n\r\n{}\r\n",
            "x".repeat(190 * 1024)
        )
    };
    let texts: String = (0..20).map(text).collect();
    for (what, body, expected) in [
        (
            "a head",
            format!(
                "--b\r\nContent-Disposition: form-data; name=\"subject\"\r\nX-Long: {mebibyte}\r\n\r\nS\r\n--b--\r\n"
            ),
            400,
        ),
        (
            "something before the first part",
            format!("{mebibyte}\r\n--b\r\nContent-Disposition: form-data; name=\"subject\"\r\n\r\nS\r\n--b--\r\n"),
            400,
        ),
        ("many texts", format!("{texts}--b--\r\n"), 413),
    ] {
        let request = anna
            .request(world.client.post("/support/new"))
            .header("content-type", "multipart/form-data; boundary=b")
            .body(in_pieces(body.into_bytes()));
        assert_eq!(anna.send(request).await.status, expected, "{what}");
    }
}

#[tokio::test(start_paused = true)]
async fn web_008_a_body_that_drips_is_given_up() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    let every_5_seconds = tokio::time::interval(std::time::Duration::from_secs(5));
    let drip = futures_util::stream::unfold(every_5_seconds, |mut clock| async {
        clock.tick().await;
        Some((Ok::<_, std::io::Error>(b"x".to_vec()), clock))
    });
    let request = anna
        .request(world.client.post("/support/new"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from_bytes_stream(drip));
    let got = tokio::time::timeout(std::time::Duration::from_mins(2), anna.send(request)).await;
    assert_eq!(got.map(|it| it.status).ok(), Some(400));
    // A slow line that keeps going is served to the end.
    let text: Vec<u8> = format!("subject=S&description={}", "x".repeat(60_000)).into_bytes();
    let pieces: Vec<Vec<u8>> = text.chunks(4_096).map(<[u8]>::to_vec).collect();
    let every_3_seconds = tokio::time::interval(std::time::Duration::from_secs(3));
    let slow = futures_util::stream::unfold((pieces.into_iter(), every_3_seconds), |(mut pieces, mut clock)| async {
        clock.tick().await;
        Some((Ok::<_, std::io::Error>(pieces.next()?), (pieces, clock)))
    });
    let request = anna
        .request(world.client.post("/support/new"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from_bytes_stream(slow));
    assert_eq!(anna.send(request).await.status, 303);
}
