//! `portal create`: a portal, with an inbox and a pipeline if there are none.

use std::collections::BTreeSet;

use clap::ValueEnum;
use portal_core::access::{AccessRule, CustomersMay, TicketPermission};
use portal_core::id::{AccessGroupId, DomainId, InboxId, PipelineId, PortalId, StatusId};
use portal_core::ports::{Access, Tx};
use portal_core::settings::{CustomerPortal, Domain, Host, Inbox, Ownership, PrivateContent, SessionLimits, SetUp};
use portal_core::text::{Line, Locale, PortalName, Slug};
use portal_core::ticket::{Pipeline, Stage, Status};

use super::TASK;
use crate::config::Config;
use crate::failure::Failure;
use crate::output::{Output, say};
use crate::wiring::Wired;

/// Which tickets a portal's contacts see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Permission {
    /// Their own
    Own,
    /// Their own, and those shared with their primary company
    Company,
}

/// Who may enter a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Entry {
    /// Members of access groups
    Groups,
    /// Every contact who has a password
    Registered,
}

/// A portal to be made.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  portal create --name \"Kestrel Support\"\n  portal create --name \"Partner Desk\" --slug partners --permission company --access groups --group Partners\n  portal create --name Hilfe --language de --language-offered en --time-zone Europe/Berlin --category Störung --category Frage"
)]
pub struct CreateArgs {
    /// Its name, shown in the browser tab
    #[arg(long)]
    pub name: PortalName,
    /// The host of its address, with the port unless it is the usual one; else that of base_url
    #[arg(long)]
    pub host: Option<Host>,
    /// The rest of its address
    #[arg(long, default_value = "support")]
    pub slug: Slug,
    /// Its primary language: en or de
    #[arg(long, default_value = "en", value_parser = language)]
    pub language: Locale,
    /// A further language that visitors can choose; can be repeated
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    pub language_offered: Vec<Locale>,
    /// The time zone where a reader's is not known
    #[arg(long, default_value = "UTC", value_parser = time_zone)]
    pub time_zone: String,
    /// Which tickets its contacts see
    #[arg(long, value_enum, default_value = "own")]
    pub permission: Permission,
    /// Who may enter
    #[arg(long, value_enum, default_value = "groups")]
    pub access: Entry,
    /// An access group whose members may enter, made if there is none; can be repeated
    #[arg(long, value_name = "NAME", default_value = "Customers")]
    pub group: Vec<Line>,
    /// The inbox that new tickets go to, made if there is none
    #[arg(long, value_name = "NAME", default_value = "Support")]
    pub inbox: Line,
    /// A kind of request that customers can choose; can be repeated
    #[arg(long, value_name = "NAME")]
    pub category: Vec<Line>,
    /// Let customers reply to, close and reopen tickets of colleagues
    #[arg(long)]
    pub act_on_colleagues_tickets: bool,
    /// Do not open it yet
    #[arg(long)]
    pub unpublished: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

fn language(text: &str) -> Result<Locale, String> {
    let locale: Locale = text
        .parse()
        .map_err(|it: portal_core::text::LocaleError| it.to_string())?;
    if ["en", "de"].contains(&locale.language()) {
        Ok(locale)
    } else {
        Err("the pages speak en and de".to_owned())
    }
}

fn time_zone(text: &str) -> Result<String, String> {
    let found = jiff::tz::TimeZone::get(text);
    found
        .map(|_| text.to_owned())
        .map_err(|_| "this is no time zone like Europe/Berlin".to_owned())
}

/// Makes a portal.
///
/// # Errors
/// If its address is taken.
pub async fn create(wired: &Wired, config: &Config, args: &CreateArgs) -> Result<(), Failure> {
    let host = match &args.host {
        Some(host) => host.clone(),
        None => config
            .web([])?
            .hosts
            .into_iter()
            .next()
            .ok_or_else(|| Failure::wrong("say the host with --host"))?,
    };
    let id = PortalId::from_uuid(wired.new_id());
    let mut tx = wired.store().begin(Access::Write).await?;
    let taken = tx.directory().portal_at(&host, &args.slug).await?;
    if let Some(taken) = taken {
        return Err(Failure::wrong(format!(
            "`{host}/{}` is the address of the portal `{}`; choose another --slug or --host",
            args.slug, taken.name
        )));
    }
    let first = tx.directory().all_portals(&TASK).await?.is_empty();
    let inbox = inbox(&mut *tx, wired, &args.inbox).await?;
    if let Some(other) = inbox.portal {
        let other = tx
            .directory()
            .portal(other)
            .await?
            .map_or_else(String::new, |it| it.name.to_string());
        return Err(Failure::wrong(format!(
            "the inbox `{}` belongs to the portal `{other}`; choose another name with --inbox",
            inbox.name
        )));
    }
    let mut groups = BTreeSet::new();
    if args.access == Entry::Groups {
        for name in &args.group {
            let group = super::group_named_or_new(&mut *tx, name, AccessGroupId::from_uuid(wired.new_id())).await?;
            groups.insert(group.id);
        }
    }
    if tx.settings().domain_of(&host).await?.is_none() {
        let domain = Domain {
            id: DomainId::from_uuid(wired.new_id()),
            host: host.clone(),
            language: args.language.clone(),
            // Whoever is at the command line of the server vouches for it.
            ownership: Ownership::Local,
            private: PrivateContent::default(),
            from: None,
        };
        tx.settings().put_domain(&TASK, &domain).await?;
    }
    let portal = CustomerPortal {
        id,
        name: args.name.clone(),
        host,
        slug: args.slug.clone(),
        language: args.language.clone(),
        offered: args.language_offered.iter().chain([&args.language]).cloned().collect(),
        time_zone: args.time_zone.clone(),
        published: !args.unpublished,
        default_inbox: inbox.id,
        permission: match args.permission {
            Permission::Own => TicketPermission::Own,
            Permission::Company => TicketPermission::Company,
        },
        access: match args.access {
            Entry::Groups => AccessRule::Groups(groups),
            Entry::Registered => AccessRule::EveryRegisteredContact,
        },
        may: CustomersMay {
            act_on_colleagues_tickets: args.act_on_colleagues_tickets,
            ..CustomersMay::default()
        },
        hidden_pipelines: BTreeSet::new(),
        categories: args.category.clone(),
        sessions: SessionLimits::default(),
        revision: 1,
        send_registration_mails: false,
        set_up: SetUp::Finished,
    };
    tx.directory().put_portal(&TASK, &portal).await?;
    // The first portal takes every inbox; a further one only its own.
    for mut it in tx.directory().all_inboxes(&TASK).await? {
        if it.portal.is_none() && (first || it.id == inbox.id) {
            it.portal = Some(id);
            tx.directory().put_inbox(&TASK, &it).await?;
        }
    }
    tx.commit().await?;
    let scheme = config.web([])?.scheme.as_str();
    let url = format!("{scheme}://{}/{}", portal.host, portal.slug);
    Output::new(args.json).data(
        &url,
        &serde_json::json!({ "id": id.to_string(), "url": url, "inbox": inbox.name.as_str() }),
    )?;
    say(&format!(
        "The portal `{}` is there. Add somebody with: portal contact add --name \"Ada Example\" --email ada@example.com",
        portal.name
    ));
    Ok(())
}

async fn inbox(tx: &mut dyn Tx, wired: &Wired, name: &Line) -> Result<Inbox, Failure> {
    let inboxes = tx.directory().all_inboxes(&TASK).await?;
    if let Some(inbox) = inboxes.into_iter().find(|it| it.name == *name) {
        return Ok(inbox);
    }
    let pipelines = tx.directory().all_pipelines(&TASK).await?;
    let pipeline = match pipelines.into_iter().next() {
        Some(pipeline) => pipeline,
        None => {
            let pipeline = usual_pipeline(wired)?;
            tx.directory().put_pipeline(&TASK, &pipeline).await?;
            pipeline
        }
    };
    let inbox = Inbox {
        id: InboxId::from_uuid(wired.new_id()),
        name: name.clone(),
        portal: None,
        pipeline: pipeline.id(),
        moving_to: None,
    };
    tx.directory().put_inbox(&TASK, &inbox).await?;
    Ok(inbox)
}

/// The pipeline of an installation that has none: one status a stage.
fn usual_pipeline(wired: &Wired) -> Result<Pipeline, Failure> {
    let names = [
        ("New", Stage::Received),
        ("In progress", Stage::InProgress),
        ("Waiting on contact", Stage::WaitingOnContact),
        ("Closed", Stage::Closed),
    ];
    let mut statuses = Vec::new();
    for (name, stage) in names {
        statuses.push(Status {
            id: StatusId::from_uuid(wired.new_id()),
            name: line(name)?,
            stage,
            customer_label: None,
            explanation: None,
        });
    }
    Pipeline::new(PipelineId::from_uuid(wired.new_id()), line("Support")?, statuses)
        .map_err(|it| Failure::wrong(it.to_string()))
}

fn line(text: &str) -> Result<Line, Failure> {
    text.parse()
        .map_err(|it: portal_core::text::LineError| Failure::wrong(it.to_string()))
}
