//! `portal company`: organisations that contacts belong to.

use std::collections::BTreeMap;

use portal_core::crm::Company;
use portal_core::id::CompanyId;
use portal_core::ports::Access;
use portal_core::property::PropertyValues;
use portal_core::text::Line;

use super::TASK;
use crate::failure::Failure;
use crate::output::{Output, say};
use crate::wiring::Wired;

/// What to do with companies.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum CompanyCommand {
    /// Add a company and print its id
    #[command(after_help = "Example:\n  portal company add \"Fernwerk GmbH\" --domain fernwerk.example")]
    Add {
        /// Its name
        name: Line,
        /// Its domain name; it grants nothing
        #[arg(long)]
        domain: Option<Line>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the companies that have contacts
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// Does it.
///
/// # Errors
/// If the store does not answer.
pub async fn run(wired: &Wired, command: &CompanyCommand) -> Result<(), Failure> {
    match command {
        CompanyCommand::Add { name, domain, json } => add(wired, name, domain.as_ref(), Output::new(*json)).await,
        CompanyCommand::List { json } => list(wired, Output::new(*json)).await,
    }
}

async fn add(wired: &Wired, name: &Line, domain: Option<&Line>, output: Output) -> Result<(), Failure> {
    let company = Company {
        id: CompanyId::from_uuid(wired.new_id()),
        name: name.clone(),
        domain: domain.cloned(),
        properties: PropertyValues::new(),
        external_id: None,
        created_at: wired.now(),
    };
    let mut tx = wired.store().begin(Access::Write).await?;
    tx.directory().put_company(&TASK, &company).await?;
    tx.commit().await?;
    let id = company.id.to_string();
    output.data(&id, &serde_json::json!({ "id": id, "name": name.as_str() }))?;
    say(&format!(
        "The company `{name}` is there. Add somebody with: portal contact add --company {id} …"
    ));
    Ok(())
}

async fn list(wired: &Wired, output: Output) -> Result<(), Failure> {
    const PAGE: u32 = 500;
    let mut found: BTreeMap<CompanyId, (String, u32)> = BTreeMap::new();
    let mut after = None;
    loop {
        let mut tx = wired.store().begin(Access::Snapshot).await?;
        let people = tx.imports().people(&TASK, after, PAGE).await?;
        for person in &people {
            let companies = tx
                .directory()
                .contact(&TASK, person.contact)
                .await?
                .map(|it| it.companies)
                .unwrap_or_default();
            for id in companies {
                if let Some((_, count)) = found.get_mut(&id) {
                    *count += 1;
                } else if let Some(company) = tx.directory().company(&TASK, id).await? {
                    found.insert(id, (company.name.to_string(), 1));
                }
            }
        }
        after = people.last().map(|it| it.contact);
        if people.len() < PAGE as usize {
            break;
        }
    }
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|(id, (name, count))| vec![id.to_string(), name.clone(), count.to_string()])
        .collect();
    let json = found
        .iter()
        .map(|(id, (name, count))| serde_json::json!({ "id": id.to_string(), "name": name, "contacts": count }))
        .collect();
    output.table(&["ID", "NAME", "CONTACTS"], &rows, &serde_json::Value::Array(json))?;
    Ok(())
}
