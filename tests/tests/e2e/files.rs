//! Files that want to be more than files.

use anyhow::{Result, ensure};
use portal_e2e::html;
use portal_e2e::http::{Answer, Visitor, is_refusal};
use portal_e2e::site::Site;
use portal_e2e::wait;
use portal_e2e::world::World;
use portal_e2e::world::people::ALICE;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn files_are_harmless() -> Result<()> {
    let site = Site::start(World::plain()).await?;
    fil_001_nothing_runs(&site).await?;
    fil_002_names_are_names(&site).await?;
    fil_004_uploads_are_bounded(&site).await?;
    fil_008_ranges(&site).await
}

async fn fil_001_nothing_runs(site: &Site) -> Result<()> {
    let (program, visitor) = (site.program(ALICE, true).await?, site.visitor(ALICE).await?);
    let page = "<html><script>alert(document.domain)</script>";
    let png = "\u{89}PNG\r\n\u{1a}\n<script>alert(1)</script>";
    let mut files = Vec::new();
    for name in [
        "a.html", "b.svg", "c.xml", "d.xhtml", "e.js", "f.pdf", "g.swf", "h.hta", "i.png", "j", "k.eml", "l.mht",
        "m.css",
    ] {
        let content = if name.ends_with("png") { png } else { page };
        files.push((site.upload(&program, name, content).await?, content));
    }
    for (ids, _) in [(&files[..7], 0), (&files[7..], 1)] {
        let ids: Vec<&str> = ids.iter().map(|(id, _)| id.as_str()).collect();
        program
            .post(
                "/tickets",
                "",
                &json!({ "subject": "Files", "description": "see there", "files": ids }),
            )
            .await?
            .expect(201)?;
    }
    for (id, content) in files {
        for answer in [
            visitor.get(&format!("/support/files/{id}")).await?,
            program.get(&format!("/files/{id}")).await?,
        ] {
            ensure!(
                answer.status == 200 && answer.text() == content,
                "{} gave {}",
                answer.asked,
                answer.status
            );
            ensure!(
                answer.header("content-disposition").starts_with("attachment"),
                "{}: {}",
                answer.asked,
                answer.header("content-disposition")
            );
            let kind = answer.header("content-type");
            ensure!(
                !["html", "svg", "xml", "javascript", "css"]
                    .iter()
                    .any(|it| kind.contains(it)),
                "{} is sent as {kind}",
                answer.asked
            );
            ensure!(
                answer.header("content-security-policy").contains("sandbox"),
                "{} has no sandbox: {}",
                answer.asked,
                answer.header("content-security-policy")
            );
            ensure!(
                answer.header("x-content-type-options") == "nosniff"
                    && answer.header("cross-origin-resource-policy") == "same-origin"
            );
        }
    }
    Ok(())
}

async fn fil_002_names_are_names(site: &Site) -> Result<()> {
    let (program, visitor) = (site.program(ALICE, true).await?, site.visitor(ALICE).await?);
    let long = format!("{}.txt", "n".repeat(10_000));
    let names = [
        "../../etc/passwd",
        "..\\..\\x",
        "C:\\x",
        "a\r\nSet-Cookie: y=1",
        "\"; filename=x.html",
        "gpj\u{202e}exe.txt",
        ".ht\u{200b}access",
        ".",
        "..",
        "CON",
        "😀.png",
        "a/b",
        "u\u{308}.txt",
        "a%00.txt",
        "'; DROP TABLE file; --",
        "<b>.txt",
        &long,
    ];
    for name in names {
        let answer = program.upload(name, b"x").await?;
        let start: String = name.chars().take(30).collect();
        if is_refusal(answer.status) {
            continue;
        }
        let answer = answer.expect(201)?.json()?;
        let shown = answer["name"].as_str().unwrap_or_default().to_owned();
        ensure!(
            shown.chars().count() <= 255 && !shown.contains(['/', '\\', '\r', '\n', '\u{202e}', '\u{200b}', '\0']),
            "`{start}` is kept as `{shown}`"
        );
        let body = json!({ "subject": "Names", "description": "see there", "files": [answer["id"]] });
        program.post("/tickets", "", &body).await?.expect(201)?;
        let file = visitor
            .get(&format!("/support/files/{}", answer["id"].as_str().unwrap_or_default()))
            .await?
            .expect(200)?;
        let disposition = file.header("content-disposition");
        ensure!(file.header("set-cookie").is_empty(), "`{start}` sets a cookie");
        // Outside of the quotes there is nothing that a sender chose.
        let outside: String = disposition.split('"').step_by(2).collect();
        ensure!(
            disposition.starts_with("attachment") && outside.matches("filename=").count() <= 1,
            "`{start}` is sent as {disposition}"
        );
    }
    let kept = std::fs::read_dir(site.installation.folder())?
        .flatten()
        .map(|it| it.file_name().to_string_lossy().into_owned())
        .collect::<Vec<_>>();
    ensure!(
        !kept.iter().any(|it| it == "x" || it == "passwd"),
        "a name became a path: {kept:?}"
    );
    Ok(())
}

async fn fil_004_uploads_are_bounded(site: &Site) -> Result<()> {
    let (program, visitor, nobody) = (
        site.program(ALICE, true).await?,
        site.visitor(ALICE).await?,
        Visitor::new(&site.base)?,
    );
    let size = || folder_size(&site.installation.data());
    let before = size()?;
    let chunk = vec![b'x'; 256 * 1024];
    let endless = || {
        reqwest::Body::wrap_stream(futures_util::stream::iter((0..400).map({
            let chunk = chunk.clone();
            move |_| Ok::<_, std::io::Error>(chunk.clone())
        })))
    };
    // 100 MiB that nobody announced.
    let request = program
        .request(Method::POST, "/files?name=big.bin")
        .header("content-type", "application/octet-stream")
        .header("connection", "close")
        .body(endless());
    if let Ok(answer) = request.send().await {
        ensure!(answer.status() == 413, "an endless file gave {}", answer.status());
    }
    for who in [&visitor, &nobody] {
        let request = who
            .request(Method::POST, "/support/new")
            .header("origin", &site.base)
            .header("content-type", "multipart/form-data; boundary=b")
            .header("connection", "close");
        let start = "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a\"\r\n\r\n";
        let body = futures_util::stream::iter([Ok::<_, std::io::Error>(start.as_bytes().to_vec())]);
        let rest = futures_util::stream::iter((0..400).map({
            let chunk = chunk.clone();
            move |_| Ok(chunk.clone())
        }));
        let body = reqwest::Body::wrap_stream(futures_util::StreamExt::chain(body, rest));
        // Whoever is told "too much" while sending may see the connection end before the answer.
        if let Ok(answer) = request.body(body).send().await {
            ensure!(
                matches!(answer.status().as_u16(), 303 | 401 | 403 | 413),
                "an endless form gave {}",
                answer.status()
            );
        }
    }
    let parts: String = (0..3_000)
        .map(|it| format!("--b\r\nContent-Disposition: form-data; name=\"f{it}\"\r\n\r\n\r\n"))
        .collect();
    for body in [
        parts + "--b--\r\n",
        "--b\r\n".to_owned(),
        String::new(),
        "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n".to_owned(),
    ] {
        let request = visitor
            .request(Method::POST, "/support/new")
            .header("origin", &site.base)
            .header("content-type", "multipart/form-data; boundary=b")
            .header("connection", "close")
            .body(body);
        // An answer before the end of the body may be lost with the connection.
        let Ok(answer) = Answer::read("a strange form".to_owned(), request).await else {
            continue;
        };
        ensure!(
            matches!(answer.status, 400 | 413 | 422),
            "a strange form gave {}",
            answer.status
        );
    }
    let eleven: Vec<(String, Vec<u8>)> = (0..11).map(|it| (format!("{it}.txt"), b"x".to_vec())).collect();
    let files: Vec<(&str, &[u8])> = eleven
        .iter()
        .map(|(name, content)| (name.as_str(), content.as_slice()))
        .collect();
    let answer = visitor
        .submit(
            "/support/new",
            "/support/new",
            &[("subject", "a"), ("description", "b"), ("category", "Devices")],
            &files,
        )
        .await?;
    ensure!(
        matches!(answer.status, 413 | 422),
        "eleven files gave {}",
        answer.status
    );
    visitor.get("/support").await?.expect(200)?;
    wait::until_true("the leftovers to go", || async {
        Ok(size()? < before + 8 * 1024 * 1024)
    })
    .await
}

fn folder_size(folder: &std::path::Path) -> Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)?.flatten() {
        let Ok(about) = entry.metadata() else { continue };
        sum += if about.is_dir() {
            folder_size(&entry.path())?
        } else {
            about.len()
        };
    }
    Ok(sum)
}

async fn fil_008_ranges(site: &Site) -> Result<()> {
    let alice = site.visitor(ALICE).await?;
    let page = alice
        .get(&format!("/support/{}", site.world.number("t1")))
        .await?
        .text();
    let file = html::links(&page)
        .into_iter()
        .find(|it| it.contains("/files/"))
        .unwrap_or_default();
    let whole = alice.get(&file).await?.expect(200)?.body.len();
    let many = format!(
        "bytes={}",
        (0..1_000).map(|it| format!("{it}-")).collect::<Vec<_>>().join(",")
    );
    for range in [
        "bytes=0-1",
        "bytes=0-,0-,0-",
        "bytes=-1",
        "bytes=99999999-",
        "bytes=5-1",
        "lines=1-2",
        &many,
    ] {
        let answer = Answer::read(
            range.to_owned(),
            alice.request(Method::GET, &file).header("range", range),
        )
        .await?;
        ensure!(
            matches!(answer.status, 200 | 206 | 416) && answer.body.len() <= whole,
            "{range} gave {} with {} bytes",
            answer.status,
            answer.body.len()
        );
    }
    Ok(())
}
