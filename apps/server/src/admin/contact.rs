//! `portal contact`: people who sign in.

use portal_core::crm::{Contact, ContactStanding};
use portal_core::id::{CompanyId, ContactId};
use portal_core::members::MembersError;
use portal_core::ports::{Access, StoreErrorKind, Tx};
use portal_core::property::PropertyValues;
use portal_core::text::{EmailAddress, Line, Locale, PersonName};

use super::password::{self, PasswordArgs};
use super::{TASK, contact_at, group_named, portal_with};
use crate::failure::Failure;
use crate::output::{Output, say};
use crate::wiring::Wired;

/// What to do with contacts.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum ContactCommand {
    /// Add a contact; with a password, they can sign in at once
    Add(AddArgs),
    /// List all contacts
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Set a contact's password; all their sessions end
    SetPassword {
        /// The address they sign in with
        email: EmailAddress,
        /// Where the password comes from
        #[command(flatten)]
        password: PasswordArgs,
    },
    /// Invite a contact to a portal by mail, perhaps again: the link of an earlier invitation is dead at once
    Invite {
        /// Their membership e-mail
        email: EmailAddress,
        /// The portal; can be left out if there is only one
        #[arg(long, value_name = "SLUG")]
        portal: Option<String>,
    },
    /// Remove a contact: they cannot sign in any more; their tickets stay
    Remove {
        /// The address they sign in with
        email: EmailAddress,
    },
}

/// A contact to be added.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  portal contact add --name \"Ada Example\" --email ada@example.com --group Customers\n  portal contact add --name Ada --email ada@example.com --company 0198… --password-file ada.txt\n  pwgen 24 1 | portal contact add --name Ada --email ada@example.com --password-file -"
)]
pub struct AddArgs {
    /// The name that is shown
    #[arg(long)]
    pub name: PersonName,
    /// The address they sign in with
    #[arg(long)]
    pub email: EmailAddress,
    /// The id of their primary company, as `portal company add` printed it
    #[arg(long, value_name = "ID")]
    pub company: Option<CompanyId>,
    /// An access group they are a member of; can be repeated. Without one, `Customers` if there is such a group
    #[arg(long, value_name = "NAME")]
    pub group: Vec<Line>,
    /// Their language
    #[arg(long)]
    pub language: Option<Locale>,
    /// Set no password yet
    #[arg(long, conflicts_with = "password_file")]
    pub no_password: bool,
    /// Where the password comes from
    #[command(flatten)]
    pub password: PasswordArgs,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Does it.
///
/// # Errors
/// If somebody is not there, or there already.
pub async fn run(wired: &Wired, command: &ContactCommand) -> Result<(), Failure> {
    match command {
        ContactCommand::Add(args) => add(wired, args).await,
        ContactCommand::List { json } => list(wired, Output::new(*json)).await,
        ContactCommand::SetPassword { email, password } => {
            let contact = find(wired, email).await?;
            password::set(wired, &contact, password::read(password)?).await
        }
        ContactCommand::Invite { email, portal } => invite(wired, email, portal.as_deref()).await,
        ContactCommand::Remove { email } => remove(wired, email).await,
    }
}

async fn find(wired: &Wired, email: &EmailAddress) -> Result<Contact, Failure> {
    let mut tx = wired.store().begin(Access::Read).await?;
    contact_at(&mut *tx, email).await
}

async fn add(wired: &Wired, args: &AddArgs) -> Result<(), Failure> {
    let typed = if args.no_password {
        None
    } else {
        Some(password::read(&args.password)?)
    };
    let mut contact = Contact {
        id: ContactId::from_uuid(wired.new_id()),
        name: args.name.clone(),
        email: Some(args.email.clone()),
        membership_email: Some(args.email.clone()),
        standing: ContactStanding::Active,
        primary_company: args.company,
        companies: args.company.into_iter().collect(),
        groups: std::collections::BTreeSet::new(),
        language: args.language.clone(),
        time_zone: None,
        properties: PropertyValues::new(),
        external_id: None,
        created_at: wired.now(),
    };
    let names = password::portal_names(wired).await?;
    let words: Vec<&str> = names.iter().map(String::as_str).collect();
    let account = match typed {
        Some(typed) => Some(password::account(wired, &contact, typed, &words).await?),
        None => None,
    };
    let mut tx = wired.store().begin(Access::Write).await?;
    if let Some(company) = args.company
        && tx.directory().company(&TASK, company).await?.is_none()
    {
        return Err(Failure::wrong(format!(
            "there is no company `{company}`; `portal company list` shows them"
        )));
    }
    for name in &args.group {
        contact.groups.insert(group_named(&mut *tx, name).await?.id);
    }
    if args.group.is_empty() {
        let groups = tx.directory().all_groups(&TASK).await?;
        contact
            .groups
            .extend(groups.iter().find(|it| it.name.as_str() == "Customers").map(|it| it.id));
    }
    if tx
        .directory()
        .contact_by_membership_email(&TASK, &args.email)
        .await?
        .is_some()
    {
        return Err(Failure::wrong(format!("somebody signs in as `{}` already", args.email)));
    }
    tx.directory().put_contact(&TASK, &contact).await?;
    if let Some(account) = &account {
        tx.accounts().put_account(account).await?;
    }
    tx.commit().await?;
    let id = contact.id.to_string();
    Output::new(args.json).data(
        &id,
        &serde_json::json!({ "id": id, "email": args.email.as_str(), "can_sign_in": account.is_some() }),
    )?;
    let next = if account.is_some() {
        "They can sign in."
    } else {
        "They cannot sign in before they have a password: portal contact set-password"
    };
    say(&format!("The contact `{}` is there. {next}", contact.name));
    Ok(())
}

async fn invite(wired: &Wired, email: &EmailAddress, slug: Option<&str>) -> Result<(), Failure> {
    let contact = find(wired, email).await?;
    let mut tx = wired.store().begin(Access::Snapshot).await?;
    let portal = portal_with(&mut *tx, slug).await?;
    drop(tx);
    match wired.portal.invite_from_command_line(portal.id, contact.id).await {
        Ok(()) => {
            say(&format!(
                "The invitation of `{}` to `{}` waits in the outbox; the server sends it.",
                contact.name, portal.name
            ));
            Ok(())
        }
        Err(MembersError::Store(err)) => Err(err.into()),
        Err(err) => Err(Failure::wrong(err.to_string())),
    }
}

async fn list(wired: &Wired, output: Output) -> Result<(), Failure> {
    const PAGE: u32 = 500;
    let mut rows = Vec::new();
    let mut json = Vec::new();
    let mut after = None;
    loop {
        let mut tx = wired.store().begin(Access::Snapshot).await?;
        let people = tx.imports().people(&TASK, after, PAGE).await?;
        for person in &people {
            if let Some(contact) = tx.directory().contact(&TASK, person.contact).await? {
                let registered = tx.accounts().account(contact.id).await?.is_some();
                let company = company_name(&mut *tx, &contact).await?;
                rows.push(row(&contact, &company, registered));
                json.push(entry(&contact, &company, registered));
            }
        }
        after = people.last().map(|it| it.contact);
        if people.len() < PAGE as usize {
            break;
        }
    }
    output.table(
        &["ID", "NAME", "SIGNS IN AS", "COMPANY", "STANDING"],
        &rows,
        &serde_json::Value::Array(json),
    )?;
    Ok(())
}

async fn company_name(tx: &mut dyn Tx, contact: &Contact) -> Result<String, Failure> {
    let Some(company) = contact.primary_company else {
        return Ok(String::new());
    };
    Ok(tx
        .directory()
        .company(&TASK, company)
        .await?
        .map_or_else(String::new, |it| it.name.to_string()))
}

const fn standing(contact: &Contact, registered: bool) -> &'static str {
    match (contact.standing, registered) {
        (ContactStanding::Active, true) => "can sign in",
        (ContactStanding::Active, false) => "no password",
        (ContactStanding::Inactive, _) => "removed",
    }
}

fn address(contact: &Contact) -> String {
    contact
        .membership_email
        .as_ref()
        .map_or_else(|| "-".to_owned(), ToString::to_string)
}

fn row(contact: &Contact, company: &str, registered: bool) -> Vec<String> {
    let standing = standing(contact, registered).to_owned();
    vec![
        contact.id.to_string(),
        contact.name.to_string(),
        address(contact),
        company.to_owned(),
        standing,
    ]
}

fn entry(contact: &Contact, company: &str, registered: bool) -> serde_json::Value {
    serde_json::json!({
        "id": contact.id.to_string(),
        "name": contact.name.as_str(),
        "email": contact.membership_email.as_ref().map(EmailAddress::as_str),
        "company": contact.primary_company.map(|it| it.to_string()),
        "company_name": company,
        "standing": standing(contact, registered),
    })
}

async fn remove(wired: &Wired, email: &EmailAddress) -> Result<(), Failure> {
    let mut tx = wired.store().begin(Access::Write).await?;
    let mut contact = contact_at(&mut *tx, email).await?;
    contact.standing = ContactStanding::Inactive;
    tx.directory()
        .put_contact(&TASK, &contact)
        .await
        .map_err(|it| match it.kind() {
            StoreErrorKind::Conflict => Failure::wrong("somebody changed this contact at the same moment; try again"),
            _ => Failure::from(it),
        })?;
    tx.accounts().end_sessions(contact.id, None).await?;
    tx.commit().await?;
    say(&format!("The contact `{}` cannot sign in any more.", contact.name));
    Ok(())
}
