//! The command line: words of the field, data on standard output, talk on standard error, and exit codes 0 (done),
//! 1 (not done), 2 (not understood).

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::admin::audit::AuditCommand;
use crate::admin::company::CompanyCommand;
use crate::admin::contact::ContactCommand;
use crate::admin::group::GroupCommand;
use crate::admin::mail::MailCommand;
use crate::admin::portal::CreateArgs;
use crate::admin::receive::ReceiveArgs;
use crate::admin::staff::AdminCommand;
use crate::admin::token::TokenCommand;
use crate::apply::{self, ApplyArgs};
use crate::config::{self, Loaded, Sources};
use crate::demo::DemoArgs;
use crate::failure::Failure;
use crate::import::{self, ImportArgs};
use crate::output::{Output, say};
use crate::serve::{self, ServeArgs};
use crate::wiring::{self, Wired};
use crate::{admin, healthcheck};

/// A customer portal and help desk: customers sign in and see exactly their tickets
#[derive(Debug, Parser)]
#[command(
    name = "portal",
    version,
    after_help = "Examples:\n  portal demo                       look at it\n  portal create --name \"Help\"       make a portal\n  portal contact add --name Ada --email ada@example.com\n  portal serve                      answer at http://127.0.0.1:8080\n\nWithout any configuration everything is kept in ./portal-data. `portal check-config --reference` lists all keys."
)]
pub struct Cli {
    /// A TOML file; can be repeated, later ones win. Else portal.toml, if it is there
    #[arg(long, short, global = true, value_name = "FILE", env = "PORTAL_CONFIG")]
    pub config: Vec<PathBuf>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answer browsers and programs until told to stop
    #[command(after_help = "Example:\n  PORTAL__BASE_URL=https://help.example.com portal serve")]
    Serve(ServeArgs),
    /// Look at a realistic instance, with sign-ins to try
    #[command(after_help = "Example:\n  portal demo   then open http://127.0.0.1:8080/support")]
    Demo(DemoArgs),
    /// Make a portal
    Create(CreateArgs),
    /// Make and list administrators, make links to set a password anew
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Add, list and remove contacts, set their passwords
    #[command(subcommand)]
    Contact(ContactCommand),
    /// Add and list companies
    #[command(subcommand)]
    Company(CompanyCommand),
    /// Add and list access groups and their members
    #[command(subcommand)]
    Group(GroupCommand),
    /// Take in what somebody said elsewhere, as a conversation
    Receive(ReceiveArgs),
    /// Make tokens for the REST API
    #[command(subcommand)]
    Token(TokenCommand),
    /// Try whether mails get out
    #[command(subcommand)]
    Mail(MailCommand),
    /// See whether anybody has tampered with the audit log
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Set up domains, inboxes, access groups and portals as a file says
    #[command(
        after_help = "Example:\n  portal apply set-up.toml --dry-run   show what would change\n  portal apply set-up.toml             change it"
    )]
    Apply(ApplyArgs),
    /// Take over contacts, companies and tickets from an export
    #[command(
        after_help = "Example:\n  portal import export --dry-run   list every problem\n  portal import export             take over what is good"
    )]
    Import(ImportArgs),
    /// Bring the database up to date
    Migrate {
        /// Only say what is to be done; ends with 1 if there is something
        #[arg(long)]
        check: bool,
    },
    /// Check the configuration and print what is in effect
    CheckConfig {
        /// Print the reference of all keys as Markdown instead
        #[arg(long)]
        reference: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print the OpenAPI document of the REST API
    Openapi,
    /// Ask the running server whether it is ready; ends with 1 if not
    Healthcheck,
    /// Print the version
    Version {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// Does what the command line says.
///
/// # Errors
/// If it could not be done; the text says why and what to do.
pub async fn run(cli: Cli) -> Result<ExitCode, Failure> {
    match &cli.command {
        Command::Openapi => {
            Output::new(false).data(&portal_web::api::openapi(), &serde_json::Value::Null)?;
            return Ok(ExitCode::SUCCESS);
        }
        Command::Version { json } => {
            let version = env!("CARGO_PKG_VERSION");
            Output::new(*json).data(&format!("portal {version}"), &serde_json::json!({ "version": version }))?;
            return Ok(ExitCode::SUCCESS);
        }
        Command::CheckConfig { reference: true, .. } => {
            Output::new(false).data(&config::reference(), &serde_json::Value::Null)?;
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
    }
    let loaded = config::load(&Sources::of_process(cli.config))?;
    configured(&loaded, cli.command).await
}

async fn configured(loaded: &Loaded, command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Serve(args) => serve::run(loaded, args).await?,
        Command::Demo(args) => serve::run_demo(loaded, args).await?,
        Command::CheckConfig { json, .. } => {
            for warning in &loaded.warnings {
                say(&format!("warning: {warning}"));
            }
            Output::new(json).data(&loaded.to_toml(), &loaded.to_json())?;
        }
        Command::Healthcheck => healthcheck::run(loaded.config.listen).await?,
        Command::Migrate { check: true } => {
            let wired = wiring::open(&loaded.config).await?;
            let pending = wired.pending_migrations().await?;
            say(&format!("{} migrations to be done", pending.len()));
            wired.close().await?;
            return Ok(ExitCode::from(u8::from(!pending.is_empty())));
        }
        Command::Create(args) => admin::portal::create(&ready(loaded).await?, &loaded.config, &args).await?,
        Command::Admin(command) => admin::staff::run(&ready(loaded).await?, &loaded.config, &command).await?,
        Command::Contact(command) => admin::contact::run(&ready(loaded).await?, &command).await?,
        Command::Receive(args) => admin::receive::run(&ready(loaded).await?, &args).await?,
        Command::Company(command) => admin::company::run(&ready(loaded).await?, &command).await?,
        Command::Group(command) => admin::group::run(&ready(loaded).await?, &command).await?,
        Command::Token(command) => admin::token::run(&ready(loaded).await?, &command).await?,
        Command::Mail(command) => {
            admin::mail::run(&wiring::open(&loaded.config).await?, &loaded.config, &command).await?;
        }
        Command::Audit(command) => {
            let is_fine = admin::audit::run(&ready(loaded).await?, &command).await?;
            return Ok(ExitCode::from(u8::from(!is_fine)));
        }
        Command::Apply(args) => apply::run(&ready(loaded).await?, &args).await?,
        Command::Import(args) => {
            let wired = ready(loaded).await?;
            let outcome = import::run(wired.import_ports(), &args, &mut std::io::stdout()).await?;
            return Ok(ExitCode::from(outcome.exit_code()));
        }
        Command::Migrate { check: false } => {
            let wired = wiring::open(&loaded.config).await?;
            let done = wired.migrate().await?;
            say(&if done.is_empty() {
                "the database is up to date already".to_owned()
            } else {
                format!("done: {}", done.join(", "))
            });
            wired.close().await?;
        }
        // These need no configuration and were done before.
        Command::Openapi | Command::Version { .. } => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens everything and brings the database up to date, so that a fresh installation can be set up before it is served.
async fn ready(loaded: &Loaded) -> Result<Wired, Failure> {
    for warning in &loaded.warnings {
        say(&format!("warning: {warning}"));
    }
    let wired = wiring::open(&loaded.config).await?;
    wired.migrate().await?;
    Ok(wired)
}

/// The name that is most like a wrong one, if any is like it.
pub(crate) fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    known
        .into_iter()
        .map(|it| (strsim::jaro_winkler(&it.to_lowercase(), &wrong), it))
        .filter(|it| it.0 > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_says_what_it_does() {
        fn check(command: &clap::Command) {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments().filter(|it| !it.is_hide_set()) {
                assert!(
                    argument.get_help().is_some(),
                    "{} {}",
                    command.get_name(),
                    argument.get_id()
                );
            }
            command.get_subcommands().for_each(check);
        }
        check(&Cli::command());
    }

    #[test]
    fn no_secret_can_stand_on_the_command_line() {
        for command in ["set-password", "add"] {
            let line = [
                "portal",
                "contact",
                command,
                "ada@example.com",
                "--password",
                "a quiet river",
            ];
            assert!(Cli::try_parse_from(line).is_err());
        }
    }

    #[test]
    fn names_that_are_nearly_right_are_suggested() {
        assert_eq!(nearest("custmers", ["Partners", "Customers"]), Some("Customers"));
        assert_eq!(nearest("xyz", ["Partners", "Customers"]), None);
    }
}
