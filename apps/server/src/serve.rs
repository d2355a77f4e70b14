//! `portal serve`: the pages and the API until told to stop.

mod answers;
mod delivery;
mod first_run;
mod hosts;
mod maintenance;
mod moving;
mod sealing;
mod snoozed;
mod timers;
mod welcome;

use std::time::Duration;

use portal_core::actor::Task;
use portal_core::ports::Access;
use portal_core::settings::CustomerPortal;
use tokio::net::TcpListener;

use crate::config::{Config, Loaded, MailTransport};
use crate::demo::{self, DemoArgs, Guide};
use crate::failure::Failure;
use crate::http::{self, Patience};
use crate::output::say;
use crate::telemetry;
use crate::wiring::{self, Wired};

/// How to serve.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct ServeArgs {
    /// Do not bring the database up to date; end if it is not
    #[arg(long)]
    pub no_migrate: bool,
}

/// Opens everything, answers requests until told to stop, and closes it in good order.
///
/// # Errors
/// If something cannot be opened.
pub async fn run(loaded: &Loaded, args: ServeArgs) -> Result<(), Failure> {
    telemetry::start(&loaded.config.log)?;
    for warning in &loaded.warnings {
        tracing::warn!("{warning}");
    }
    let wired = wiring::open(&loaded.config).await?;
    if args.no_migrate {
        if !wired.pending_migrations().await?.is_empty() {
            return Err(Failure::NotMigrated);
        }
    } else {
        for name in wired.migrate().await? {
            tracing::info!(name, "database brought up to date");
        }
    }
    match loaded.config.mail.transport {
        MailTransport::Smtp => {}
        MailTransport::Folder => {
            let folder = loaded.config.mail_folder();
            tracing::warn!(folder = %folder.display(), "nobody gets mails: they are written to a folder until `mail.transport` is `smtp`");
        }
        MailTransport::Off => tracing::warn!("nobody gets mails: they wait until `mail.transport` is `smtp`"),
    }
    run_wired(&loaded.config, wired, None).await
}

/// Fills a folder of its own with the demo, unless it is filled, and serves it. Whatever database is configured stays as it
/// is: the demo never touches it.
///
/// # Errors
/// If the folder cannot be used, or the address is taken.
pub async fn run_demo(loaded: &Loaded, args: DemoArgs) -> Result<(), Failure> {
    telemetry::start(&loaded.config.log)?;
    let mut config = loaded.config.clone();
    config.listen = args
        .listen
        .parse()
        .map_err(|_| Failure::wrong(format!("`{}` is no address like 127.0.0.1:8080", args.listen)))?;
    if !config.listen.ip().is_loopback() {
        return Err(Failure::wrong(
            "everybody knows the passwords of the demo: it only listens on 127.0.0.1 or [::1]",
        ));
    }
    config.data_dir.clone_from(&args.dir);
    config.database.url = None;
    config.base_url = String::new();
    // Its people are invented, and their addresses are nobody's.
    config.mail.transport = MailTransport::Folder;
    config.mail.folder = std::path::PathBuf::new();
    let host = config
        .web([])?
        .hosts
        .into_iter()
        .next()
        .ok_or_else(|| Failure::wrong("the demo has no host"))?;
    let wired = wiring::open(&config).await?;
    wired.migrate().await?;
    if demo::fill(&wired.import_ports(), wired.passwords(), wired.vault(), &host).await? {
        let inbox = portal_core::id::InboxId::from_uuid(wired.new_id());
        demo::conversations::fill(&wired.portal, wired.store(), inbox).await?;
        demo::service::fill(wired.store()).await?;
        tracing::info!("the demo was filled");
    } else if portals(&wired).await?.iter().any(|it| it.host != host) {
        return Err(Failure::wrong(format!(
            "this demo was made for another address; delete the folder `{}` or use that address",
            args.dir.display()
        )));
    }
    let guide = Guide::new(host, args.dir).to_string();
    run_wired(&config, wired, Some(&guide)).await
}

/// Serves what is open already. A guide is said instead of where the portals are.
///
/// # Errors
/// If the address is taken or the store does not answer.
pub async fn run_wired(config: &Config, wired: Wired, guide: Option<&str>) -> Result<(), Failure> {
    let portals = portals(&wired).await?;
    let web = config.web([])?;
    let live_hosts = web.live_hosts.clone();
    live_hosts.replace(wired.portal.served_hosts().await?);
    let shutdown = web.shutdown.clone();
    let endpoint = portal_web::endpoint(wired.portal.clone(), web)?;
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|source| Failure::Listen {
            address: config.listen,
            source,
        })?;
    let address = listener.local_addr()?;
    welcome::print(config, address, &portals, guide);
    if guide.is_none() {
        first_run::announce(config, &wired, &base(config, address)).await?;
    }

    let patience = Patience {
        connections: config.limits.connections,
        header: Duration::from_secs(config.limits.header_seconds),
        drain: Duration::from_secs(config.limits.drain_seconds),
    };
    let maintenance = tokio::spawn(maintenance::run(wired.clone(), shutdown.clone()));
    let answers = tokio::spawn(answers::run(wired.clone(), shutdown.clone()));
    let snoozed = tokio::spawn(snoozed::run(wired.clone(), shutdown.clone()));
    let delivery = (config.mail.transport != MailTransport::Off)
        .then(|| tokio::spawn(delivery::run(wired.portal.clone(), shutdown.clone())));
    let moving = tokio::spawn(moving::run(wired.clone(), shutdown.clone()));
    let sealing = tokio::spawn(sealing::run(wired.clone(), shutdown.clone()));
    let timers = tokio::spawn(timers::run(wired.portal.clone(), shutdown.clone()));
    let hosts = tokio::spawn(hosts::run(wired.clone(), live_hosts, shutdown.clone()));
    let stop = async {
        told_to_stop().await;
        // Streams end by themselves when they see this; they would never be done otherwise.
        shutdown.cancel();
    };
    let drained = http::serve(listener, endpoint, patience, stop).await?;
    if drained {
        tracing::info!("stopped");
    } else {
        tracing::warn!("stopped although requests were under way: they took longer than limits.drain_seconds");
    }
    let _ = maintenance.await;
    let _ = answers.await;
    let _ = snoozed.await;
    if let Some(delivery) = delivery {
        let _ = delivery.await;
    }
    let _ = timers.await;
    let _ = hosts.await;
    let _ = moving.await;
    let _ = sealing.await;
    wired.close().await
}

/// The address by which browsers reach the server.
#[must_use]
pub fn base(config: &Config, address: std::net::SocketAddr) -> String {
    if config.base_url.is_empty() {
        format!("http://{address}")
    } else {
        config.base_url.trim_end_matches('/').to_owned()
    }
}

/// All portals, by host and slug.
///
/// # Errors
/// If the store does not answer.
pub async fn portals(wired: &Wired) -> Result<Vec<CustomerPortal>, Failure> {
    let mut tx = wired.store().begin(Access::Read).await?;
    Ok(tx.directory().all_portals(&Task::CommandLine).await?)
}

/// Waits for ctrl-c or the signal that service managers send. Where signals cannot be had, for ever: then the process ends
/// without ceremony.
async fn told_to_stop() {
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = terminated => {}
        () = interrupted => {}
    }
    if crate::output::is_watched() {
        say("stopping…");
    }
}
