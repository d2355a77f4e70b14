//! The plug is pulled while customers write: what was acknowledged is there, and nothing is there by half.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use futures_util::future::{join, join_all};
use portal_e2e::config;
use portal_e2e::database::Database;
use portal_e2e::http::{Answer, Program};
use portal_e2e::site::Site;
use portal_e2e::wait;
use portal_e2e::world::World;
use portal_e2e::world::people::{ADAM, ALICE, GIL};
use serde_json::{Value, json};

/// One write, with everything needed to do it again.
#[derive(Clone, Debug)]
struct Write {
    key: String,
    /// The ticket that is answered; a new one is opened without.
    on: Option<i64>,
    text: String,
    file: Option<String>,
    /// What the server answered; unknown until it did.
    result: Option<Value>,
}

impl Write {
    fn body(&self) -> Value {
        let files: Vec<&String> = self.file.iter().collect();
        match self.on {
            Some(_) => json!({ "text": self.text, "files": files }),
            None => json!({ "subject": self.text, "description": self.text, "files": files }),
        }
    }

    async fn send(&self, program: &Program) -> Result<Answer> {
        let path = self
            .on
            .map_or_else(|| "/tickets".to_owned(), |it| format!("/tickets/{it}/messages"));
        program.post(&path, &self.key, &self.body()).await
    }
}

/// Somebody who writes, and remembers what became of it.
struct Client {
    program: Program,
    name: &'static str,
    writes: Mutex<Vec<Write>>,
}

impl Client {
    fn writes(&self) -> Vec<Write> {
        self.writes.lock().unwrap().clone()
    }

    /// Writes until the server is gone.
    async fn work(&self, round: usize) -> Result<()> {
        let mut own: Option<i64> = None;
        for place in 0_usize.. {
            let text = format!("{} writes {place} in round {round}", self.name);
            let Ok(file) = self.upload(place, &text).await else {
                return Ok(());
            };
            let write = Write {
                key: format!("plug-{}-{round}-{place}", self.name),
                on: own.filter(|_| place % 3 > 0),
                text,
                file,
                result: None,
            };
            self.writes.lock().unwrap().push(write.clone());
            // No answer: it may have been done or not.
            let Ok(answer) = write.send(&self.program).await else {
                return Ok(());
            };
            let result = answer.expect(201)?.json()?;
            own = own.or(result["number"].as_i64());
            if write.on.is_none() {
                own = result["number"].as_i64();
            }
            if let Some(last) = self.writes.lock().unwrap().last_mut() {
                last.result = Some(result);
            }
        }
        Ok(())
    }

    /// Every other write has a file.
    async fn upload(&self, place: usize, content: &str) -> Result<Option<String>> {
        if place % 2 == 1 {
            return Ok(None);
        }
        let answer = self
            .program
            .upload("proof.txt", content.as_bytes())
            .await?
            .expect(201)?;
        Ok(answer.json()?["id"].as_str().map(str::to_owned))
    }

    /// After the plug was pulled: the last write is done now, once, and each acknowledged one gives the same answer again.
    async fn settle(&self, from: usize) -> Result<()> {
        let writes = self.writes();
        for (place, write) in writes.iter().enumerate().skip(from) {
            let result = write.send(&self.program).await?.expect(201)?.json()?;
            match &write.result {
                Some(before) => ensure!(*before == result, "{} gave {before} and, repeated, {result}", write.key),
                None => self.writes.lock().unwrap()[place].result = Some(result),
            }
        }
        Ok(())
    }
}

/// Different in each round, the same in each run.
fn moment(round: usize) -> Duration {
    Duration::from_millis((round as u64 * 7_919) % 113)
}

fn acknowledged(clients: &[Client]) -> usize {
    clients
        .iter()
        .map(|it| it.writes().iter().filter(|it| it.result.is_some()).count())
        .sum()
}

async fn pull_the_plug(database: Database, rounds: usize) -> Result<()> {
    let mut site = Site::start_on(World::plain(), database).await?;
    let mut clients = Vec::new();
    for (name, key) in [("alice", ALICE), ("adam", ADAM), ("gil", GIL)] {
        clients.push(Client {
            program: site.program(key, true).await?,
            name,
            writes: Mutex::default(),
        });
    }
    let before = all_tickets(&clients).await?;
    let mut interrupted = 0;
    for round in 0..rounds {
        let from: Vec<usize> = clients.iter().map(|it| it.writes().len()).collect();
        let before_round = acknowledged(&clients);
        let work = join_all(clients.iter().map(|it| it.work(round)));
        let plug = async {
            // However slow the machine is: something is going on.
            wait::until_true("a first acknowledged write", || async {
                Ok(acknowledged(&clients) > before_round)
            })
            .await?;
            wait::pass(moment(round)).await;
            site.kill().await
        };
        let (worked, killed) = join(work, plug).await;
        killed?;
        worked
            .into_iter()
            .collect::<Result<Vec<()>>>()
            .with_context(|| format!("round {round}"))?;
        interrupted += clients
            .iter()
            .filter(|it| it.writes().last().is_some_and(|it| it.result.is_none()))
            .count();
        site.restart().await.with_context(|| format!("after round {round}"))?;
        for (client, from) in clients.iter().zip(from) {
            client
                .settle(from)
                .await
                .with_context(|| format!("after round {round}"))?;
        }
    }
    let written: usize = clients.iter().map(|it| it.writes().len()).sum();
    ensure!(
        written > rounds * 3,
        "only {written} writes in {rounds} rounds: too little was going on"
    );
    ensure!(
        interrupted > rounds / 5,
        "only {interrupted} writes were interrupted in {rounds} rounds: the plug is pulled too late"
    );
    nothing_is_half(&clients, &before).await
}

async fn all_tickets(clients: &[Client]) -> Result<BTreeSet<i64>> {
    let mut all = BTreeSet::new();
    for client in clients {
        all.extend(
            own_tickets(client)
                .await?
                .into_iter()
                .filter_map(|it| it["number"].as_i64()),
        );
    }
    Ok(all)
}

async fn own_tickets(client: &Client) -> Result<Vec<Value>> {
    let mut all = Vec::new();
    let mut after = String::new();
    loop {
        let page = client
            .program
            .get(&format!("/tickets?tab=mine&sort=created&limit=100{after}"))
            .await?
            .expect(200)?
            .json()?;
        all.extend(page["tickets"].as_array().context("no list")?.iter().cloned());
        match page["older"].as_str() {
            Some(cursor) => after = format!("&after={cursor}"),
            None => return Ok(all),
        }
    }
}

/// Every write is there once, with its file; every ticket has what it was opened with; nothing else is there.
async fn nothing_is_half(clients: &[Client], before: &BTreeSet<i64>) -> Result<()> {
    for client in clients {
        let mut expected: BTreeMap<i64, BTreeMap<String, Option<String>>> = BTreeMap::new();
        for write in client.writes() {
            let result = write.result.context("a write without an end")?;
            let number = result["number"].as_i64().context("no number")?;
            expected.entry(number).or_default().insert(write.text, write.file);
        }
        let listed = own_tickets(client).await?;
        let new: Vec<&Value> = listed
            .iter()
            .filter(|it| !before.contains(&it["number"].as_i64().unwrap_or_default()))
            .collect();
        ensure!(
            new.len() == expected.len(),
            "{} has {} tickets instead of {}",
            client.name,
            new.len(),
            expected.len()
        );
        for row in new {
            let number = row["number"].as_i64().context("no number")?;
            let texts = expected
                .get(&number)
                .with_context(|| format!("ticket {number} was opened by nobody"))?;
            let answer = client
                .program
                .get(&format!("/tickets/{number}/messages"))
                .await?
                .expect(200)?
                .json()?;
            let messages = answer["messages"].as_array().context("no messages")?;
            ensure!(
                messages.len() == texts.len(),
                "ticket {number} has {} messages instead of {}",
                messages.len(),
                texts.len()
            );
            let mut files = 0;
            for message in messages {
                let text = message["text"].as_str().unwrap_or_default().trim();
                let file = texts
                    .get(text)
                    .with_context(|| format!("ticket {number} has a message that nobody wrote: {text}"))?;
                let attached: Vec<&str> = message["files"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|it| it["id"].as_str())
                    .collect();
                ensure!(
                    attached == file.as_deref().into_iter().collect::<Vec<_>>(),
                    "`{text}` has other files: {attached:?}"
                );
                for id in attached {
                    let content = client.program.get(&format!("/files/{id}")).await?.expect(200)?;
                    ensure!(content.text() == text, "the file of `{text}` has another content");
                    files += 1;
                }
            }
            ensure!(
                row["files"] == json!(files),
                "ticket {number} counts {} files instead of {files}",
                row["files"]
            );
            let first = messages
                .first()
                .and_then(|it| it["text"].as_str())
                .unwrap_or_default()
                .trim();
            ensure!(
                row["subject"] == first,
                "ticket {number} does not begin with what it was opened with"
            );
        }
    }
    Ok(())
}

/// On each of the two databases: fifty together.
fn rounds() -> usize {
    if config::full() { 500 } else { 25 }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dur_001_acknowledged_is_there_after_kill() -> Result<()> {
    pull_the_plug(Database::Sqlite, rounds()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dur_001_acknowledged_is_there_after_kill_postgres() -> Result<()> {
    pull_the_plug(Database::postgres().await?, rounds()).await
}
