//! What one line of a table comes to: the same question for the look without effect and for the run.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::Guest;
use super::merge::has_left;
use super::party::Party;
use super::people::{Company, Contact, ContactStanding};
use super::table::{LineProblem, Table, TableField, TableLine, TableOf};
use crate::actor::Task;
use crate::id::{CompanyId, ContactId};
use crate::input::ProblemKind;
use crate::ports::{Ids, StoreError, Tx};
use crate::property::{PropertyDefinition, PropertyKey, PropertyOwner, PropertyValues};
use crate::text::{EmailAddress, Line, PersonName};
use crate::time::Timestamp;

/// What is the same for all lines.
pub(super) struct Lines {
    defined: BTreeMap<PropertyKey, PropertyDefinition>,
    /// The lines whose key an earlier one has, with that one.
    twice: BTreeMap<u64, u64>,
}

/// What a line comes to.
pub(super) enum Outcome {
    /// A contact, as it was and is to be.
    Contact(Option<Box<Guest>>, Box<Contact>),
    /// A company, as it was and is to be.
    Company(Option<Box<Company>>, Box<Company>),
    /// Nothing.
    Wrong(LineProblem),
}

impl Lines {
    pub(super) async fn load(
        tx: &mut dyn Tx,
        task: &Task,
        table: &Table,
        lines: &[TableLine],
    ) -> Result<Self, StoreError> {
        let owner = match table.of {
            TableOf::Contacts => PropertyOwner::Contact,
            TableOf::Companies => PropertyOwner::Company,
        };
        let defined = tx.directory().properties(task, owner).await?;
        let mut seen = BTreeMap::new();
        let mut twice = BTreeMap::new();
        for line in lines {
            let Some(key) = key(table, line) else { continue };
            match seen.get(&key) {
                Some(first) => {
                    twice.insert(line.line, *first);
                }
                None => {
                    seen.insert(key, line.line);
                }
            }
        }
        Ok(Self {
            defined: defined.into_iter().map(|it| (it.key.clone(), it)).collect(),
            twice,
        })
    }

    pub(super) async fn outcome(
        &self,
        tx: &mut dyn Tx,
        task: &Task,
        (table, line): (&Table, &TableLine),
        ids: &dyn Ids,
        now: Timestamp,
    ) -> Result<Outcome, StoreError> {
        if line.cells.is_none() {
            return Ok(Outcome::Wrong(LineProblem::Unreadable));
        }
        if let Some(first) = self.twice.get(&line.line) {
            return Ok(Outcome::Wrong(LineProblem::Twice(*first)));
        }
        let made = match table.of {
            TableOf::Contacts => self.contact(tx, task, (table, line), ids, now).await?,
            TableOf::Companies => self.company(tx, task, (table, line), ids, now).await?,
        };
        Ok(made.unwrap_or_else(Outcome::Wrong))
    }

    async fn contact(
        &self,
        tx: &mut dyn Tx,
        task: &Task,
        (table, line): (&Table, &TableLine),
        ids: &dyn Ids,
        now: Timestamp,
    ) -> Result<Result<Outcome, LineProblem>, StoreError> {
        macro_rules! fine {
            ($result:expr) => {
                match $result {
                    Ok(it) => it,
                    Err(problem) => return Ok(Err(problem)),
                }
            };
        }
        let external = cell(table, line, &TableField::ExternalId);
        let email = fine!(address(table, line, &TableField::Email));
        let membership = fine!(address(table, line, &TableField::MembershipEmail));
        let before = fine!(find_contact(tx, task, external, email.as_ref(), membership.as_ref()).await?);
        if let Some(guest) = &before
            && has_left(tx, task, Party::Contact(guest.contact.id)).await?
        {
            return Ok(Err(LineProblem::Gone));
        }
        let typed = cell(table, line, &TableField::Name);
        let name = match typed.map(str::parse::<PersonName>) {
            Some(Ok(name)) => Some(name),
            Some(Err(err)) => return Ok(Err(LineProblem::Field(TableField::Name, err.into()))),
            None => None,
        };
        let mut contact = match &before {
            Some(guest) => guest.contact.clone(),
            None => Contact {
                id: ContactId::from_uuid(ids.next(now)),
                name: match &name {
                    Some(name) => name.clone(),
                    None => return Ok(Err(LineProblem::NoName)),
                },
                email: None,
                membership_email: None,
                standing: ContactStanding::Active,
                primary_company: None,
                companies: BTreeSet::new(),
                groups: BTreeSet::new(),
                language: None,
                time_zone: None,
                properties: PropertyValues::new(),
                external_id: None,
                created_at: now,
            },
        };
        if let Some(name) = name {
            contact.name = name;
        }
        if email.is_some() {
            contact.email = email;
        }
        if let Some(address) = membership
            && contact.membership_email.as_ref() != Some(&address)
        {
            if before.as_ref().is_some_and(|it| it.registered) {
                return Ok(Err(LineProblem::Registered));
            }
            let owner = tx.directory().contact_by_membership_email(task, &address).await?;
            if owner.is_some_and(|it| it.id != contact.id) {
                return Ok(Err(LineProblem::Taken));
            }
            contact.membership_email = Some(address);
        }
        if let Some(key) = external {
            contact.external_id = Some(key.to_owned());
        }
        if let Some(company) = cell(table, line, &TableField::Company) {
            let company = fine!(find_company(tx, task, company).await?);
            contact.companies.insert(company);
            contact.primary_company = contact.primary_company.or(Some(company));
        }
        fine!(self.properties(table, line, &mut contact.properties));
        Ok(Ok(Outcome::Contact(before.map(Box::new), Box::new(contact))))
    }

    async fn company(
        &self,
        tx: &mut dyn Tx,
        task: &Task,
        (table, line): (&Table, &TableLine),
        ids: &dyn Ids,
        now: Timestamp,
    ) -> Result<Result<Outcome, LineProblem>, StoreError> {
        let external = cell(table, line, &TableField::ExternalId);
        let named = cell(table, line, &TableField::Name);
        let mut before = match external {
            Some(key) => tx.crm().company_by_external_id(task, key).await?,
            None => None,
        };
        if let (None, Some(name)) = (&before, named) {
            match tx.crm().companies_named(task, name, 2).await?.as_slice() {
                [] => {}
                // One that is known by another key is another one.
                [one] => {
                    let found = tx.directory().company(task, *one).await?;
                    before = found.filter(|it| external.is_none() || it.external_id.is_none());
                }
                _ if external.is_none() => return Ok(Err(LineProblem::SeveralCompanies)),
                _ => {}
            }
        }
        if external.is_none() && named.is_none() {
            return Ok(Err(LineProblem::NoKey));
        }
        if let Some(company) = &before
            && has_left(tx, task, Party::Company(company.id)).await?
        {
            return Ok(Err(LineProblem::Gone));
        }
        let name = match named.map(str::parse::<Line>) {
            Some(Ok(name)) => Some(name),
            Some(Err(err)) => return Ok(Err(LineProblem::Field(TableField::Name, err.into()))),
            None => None,
        };
        let mut company = match (&before, &name) {
            (Some(before), _) => before.clone(),
            (None, Some(name)) => Company {
                id: CompanyId::from_uuid(ids.next(now)),
                name: name.clone(),
                domain: None,
                properties: PropertyValues::new(),
                external_id: None,
                created_at: now,
            },
            (None, None) => return Ok(Err(LineProblem::NoName)),
        };
        if let Some(name) = name {
            company.name = name;
        }
        if let Some(key) = external {
            company.external_id = Some(key.to_owned());
        }
        if let Some(domain) = cell(table, line, &TableField::Domain) {
            match domain.to_ascii_lowercase().parse() {
                Ok(domain) => company.domain = Some(domain),
                Err(err) => {
                    let err: crate::text::LineError = err;
                    return Ok(Err(LineProblem::Field(TableField::Domain, err.into())));
                }
            }
        }
        if let Err(problem) = self.properties(table, line, &mut company.properties) {
            return Ok(Err(problem));
        }
        Ok(Ok(Outcome::Company(before.map(Box::new), Box::new(company))))
    }

    fn properties(&self, table: &Table, line: &TableLine, values: &mut PropertyValues) -> Result<(), LineProblem> {
        for field in table.mapping.iter().flatten() {
            let TableField::Property(key) = field else { continue };
            let Some(text) = cell(table, line, field) else { continue };
            let Some(defined) = self.defined.get(key) else {
                return Err(LineProblem::Field(field.clone(), ProblemKind::NotOffered));
            };
            let value = defined.typed(text, values.get(key));
            let value = value.ok_or_else(|| LineProblem::NotOfType(field.clone(), defined.kind))?;
            values.insert(key.clone(), value);
        }
        Ok(())
    }
}

/// What stands in a column of a line; `None` if nothing does.
fn cell<'a>(table: &Table, line: &'a TableLine, field: &TableField) -> Option<&'a str> {
    let place = table.mapping.iter().position(|it| it.as_ref() == Some(field))?;
    let text = line.cells.as_ref()?.get(place)?.trim();
    // What our own export made inert is read as it was.
    let text = match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => text,
    };
    (!text.is_empty()).then_some(text)
}

fn address(table: &Table, line: &TableLine, field: &TableField) -> Result<Option<EmailAddress>, LineProblem> {
    let typed = cell(table, line, field).map(str::parse::<EmailAddress>);
    typed
        .transpose()
        .map_err(|err| LineProblem::Field(field.clone(), err.into()))
}

/// By what a line is found again.
fn key(table: &Table, line: &TableLine) -> Option<String> {
    let fields: &[TableField] = match table.of {
        TableOf::Contacts => &[TableField::ExternalId, TableField::MembershipEmail, TableField::Email],
        TableOf::Companies => &[TableField::ExternalId, TableField::Name],
    };
    let (field, text) = fields
        .iter()
        .find_map(|it| cell(table, line, it).map(|text| (it, text)))?;
    Some(match field {
        TableField::ExternalId => format!("id {text}"),
        _ => format!("by {}", text.to_lowercase()),
    })
}

async fn find_contact(
    tx: &mut dyn Tx,
    task: &Task,
    external: Option<&str>,
    email: Option<&EmailAddress>,
    membership: Option<&EmailAddress>,
) -> Result<Result<Option<Guest>, LineProblem>, StoreError> {
    if let Some(key) = external
        && let Some(found) = tx.crm().contact_by_external_id(task, key).await?
    {
        return Ok(Ok(tx.crm().guest(task, found.id).await?));
    }
    for address in [membership, email].into_iter().flatten() {
        let found = tx.crm().contacts_at(task, std::slice::from_ref(address), 2).await?;
        match found.as_slice() {
            [] => {}
            [one] => {
                let guest = tx.crm().guest(task, one.id).await?;
                // Somebody who is known by another key has the same address, and is not the same.
                let other = guest
                    .as_ref()
                    .and_then(|it| it.contact.external_id.as_deref())
                    .is_some_and(|known| external.is_some_and(|key| key != known));
                if !other {
                    return Ok(Ok(guest));
                }
            }
            _ => return Ok(Err(LineProblem::Several)),
        }
    }
    if external.is_none() && email.is_none() && membership.is_none() {
        return Ok(Err(LineProblem::NoKey));
    }
    Ok(Ok(None))
}

async fn find_company(tx: &mut dyn Tx, task: &Task, text: &str) -> Result<Result<CompanyId, LineProblem>, StoreError> {
    if let Some(found) = tx.crm().company_by_external_id(task, text).await?
        && !has_left(tx, task, Party::Company(found.id)).await?
    {
        return Ok(Ok(found.id));
    }
    Ok(match tx.crm().companies_named(task, text, 2).await?.as_slice() {
        [one] => Ok(*one),
        [] => Err(LineProblem::NoCompany),
        _ => Err(LineProblem::SeveralCompanies),
    })
}
