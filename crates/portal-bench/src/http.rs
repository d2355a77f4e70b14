use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::cpu::Watch;
use crate::data::{Database, HOST, Place, session_secret, viewers};
use crate::load;

const HELLO: u16 = 18_098;

/// A process that ends with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) async fn compare(database: &Database, server: &Path, requests: usize) -> Result<()> {
    let own = std::env::current_exe()?;
    let hello = Running(
        Command::new(own)
            .arg("hello")
            .arg(HELLO.to_string())
            .stdout(Stdio::null())
            .spawn()?,
    );
    let mut command = Command::new(server);
    let folder = std::env::temp_dir().join(format!("portal-bench-{}", std::process::id()));
    command
        .arg("serve")
        .env("PORTAL__LISTEN", HOST)
        .env("PORTAL__BASE_URL", format!("http://{HOST}"))
        .env("PORTAL__LIMITS__RATES", "false");
    match &database.place {
        Place::Sqlite(folder) => command.env("PORTAL__DATA_DIR", folder),
        Place::Postgres(url) => command.env("PORTAL__DATA_DIR", &folder).env("DATABASE_URL", url),
    };
    let product = Running(
        command
            .env("PORTAL__LOG__LEVEL", "warn")
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()?,
    );
    let hello_host = format!("127.0.0.1:{HELLO}");
    wait_for(HOST).await?;
    wait_for(&hello_host).await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let idle = memory(&product)?;
    println!("\n## {}\n", database.name());
    println!(
        "| viewer | pages/s | p50 ms | p99 ms | server µs a page | database µs | empty handler/s | its µs | share of it |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let (of_product, of_hello) = (Watch::of(product.0.id()), Watch::of(hello.0.id()));
    for (index, (name, _)) in viewers().into_iter().enumerate() {
        let cookie = format!("portal={}", session_secret(index as u64).expose());
        load::run(HOST, "/support", Some(&cookie), requests / 10).await?;
        let of_database = Watch::of_database(database).await?;
        let watches = [&of_product, &of_database, &of_hello];
        let before = watches.map(Watch::spent);
        let page = load::run(HOST, "/support", Some(&cookie), requests).await?;
        let empty = load::run(&hello_host, "/", None, requests).await?;
        let mut spent = watches.iter().zip(before).map(|(it, before)| {
            let spent = it.spent().saturating_sub(before);
            spent.as_secs_f64() * 1e6 / requests as f64
        });
        let mut next = || spent.next().unwrap_or(f64::NAN);
        let (server, database, handler) = (next(), next(), next());
        println!(
            "| {name} | {:.0} | {:.2} | {:.2} | {server:.0} | {database:.0} | {:.0} | {handler:.0} | {:.1} % |",
            page.per_second,
            page.samples.median(),
            page.samples.quantile(0.99),
            empty.per_second,
            100.0 * page.per_second / empty.per_second
        );
    }
    tokio::time::sleep(Duration::from_secs(10)).await;
    println!(
        "\nmemory of the server without pages of files: {idle:.0} MiB idle, {:.0} MiB after the load",
        memory(&product)?
    );
    drop(product);
    drop(hello);
    let _ = std::fs::remove_dir_all(folder);
    Ok(())
}

async fn wait_for(host: &str) -> Result<()> {
    for _ in 0..300 {
        if tokio::net::TcpStream::connect(host).await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    anyhow::bail!("nothing listens on {host}")
}

/// Anonymous memory of a process in MiB: what it holds itself, without pages of files that the system can drop.
fn memory(process: &Running) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.0.id()))?;
    let line = status
        .lines()
        .find_map(|it| it.strip_prefix("RssAnon:"))
        .context("the system does not tell")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
    Ok(kilobytes / 1024.0)
}
