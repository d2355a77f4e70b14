use std::collections::BTreeSet;

use super::changes;
use super::party::Party;
use super::policy::Policy;
use super::table::{LineProblem, Table, TableCheck, TableError, TableField, TableLine, TableOf, TableState, WrongLine};
use super::table_line::{Lines, Outcome};
use crate::actor::{Actor, Task};
use crate::audit::{AuditActor, AuditEntry, AuditEvent};
use crate::id::{AuditId, TableId};
use crate::input::{ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, StoreErrorKind, Tx};
use crate::property::{PropertyDefinition, PropertyOwner};
use crate::staff::{Permission, Staff, StaffActor, StaffError};

/// How many lines are taken in in one unit of work.
const UNIT: usize = 500;
/// So many units follow each other before whoever waits is told how far it is.
const UNITS: u32 = 20;
/// How many tables are listed.
const LISTED: u32 = 50;

/// A table with its content, for whoever reads its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableContent {
    /// The table.
    pub table: Table,
    /// The file.
    pub content: Vec<u8>,
    /// The properties that columns can be.
    pub properties: Vec<PropertyDefinition>,
}

impl Portal {
    /// The newest tables that were brought, newest first.
    ///
    /// # Errors
    /// See [`TableError`].
    pub async fn list_tables(&self, actor: &StaffActor) -> Result<Vec<Table>, TableError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let task = self.staff(&mut *tx, actor, Permission::Crm).await?.task();
        Ok(tx.crm().tables(&task, LISTED).await?)
    }

    /// Keeps a table that somebody brought, so that it can be mapped. `lines` is how many it has below the headings.
    ///
    /// # Errors
    /// See [`TableError`].
    pub async fn bring_table(
        &self,
        actor: &StaffActor,
        of: TableOf,
        (name, content): (&str, &[u8]),
        columns: &[String],
        lines: u64,
    ) -> Result<TableId, TableError> {
        let fits = (1..=Table::MOST_LINES).contains(&lines)
            && (1..=Table::MOST_COLUMNS).contains(&columns.len())
            && content.len() <= Table::MOST_BYTES;
        if !fits {
            return Err(TableError::Size);
        }
        attempt!(
            self,
            &Actor::Anonymous,
            "bring_table",
            self.bring_table_once(actor, of, (name, content), columns, lines)
        )
    }

    async fn bring_table_once(
        &self,
        actor: &StaffActor,
        of: TableOf,
        (name, content): (&str, &[u8]),
        columns: &[String],
        lines: u64,
    ) -> Result<TableId, TableError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        staff.writes().map_err(StaffError::from)?;
        let table = Table {
            id: TableId::from_uuid(self.ids.next(now)),
            of,
            name: crate::text::FileName::cleaned(name).to_string(),
            by: match staff.auditor() {
                AuditActor::Staff(id) => Some(id),
                AuditActor::Contact(_) | AuditActor::System | AuditActor::CommandLine => None,
            },
            at: now,
            columns: columns.to_vec(),
            lines,
            mapping: guessed(of, columns),
            state: TableState::Mapping,
            done: 0,
            added: 0,
            changed: 0,
            left_out: 0,
        };
        tx.crm().add_table(&staff.task(), &table, content).await?;
        tx.commit().await?;
        Ok(table.id)
    }

    /// A table with its content. Once it was taken in, the content is gone.
    ///
    /// # Errors
    /// See [`TableError`].
    pub async fn view_table(&self, actor: &StaffActor, id: TableId) -> Result<TableContent, TableError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let task = self.staff(&mut *tx, actor, Permission::Crm).await?.task();
        let table = tx.crm().table(&task, id).await?.ok_or(TableError::NotFound)?;
        let content = tx.crm().table_content(&task, id).await?;
        let owner = match table.of {
            TableOf::Contacts => PropertyOwner::Contact,
            TableOf::Companies => PropertyOwner::Company,
        };
        let mut properties = tx.directory().properties(&task, owner).await?;
        properties.retain(|it| !it.archived);
        Ok(TableContent {
            table,
            content,
            properties,
        })
    }

    /// Says what the columns of a table are.
    ///
    /// # Errors
    /// See [`TableError`].
    pub async fn map_table(
        &self,
        actor: &StaffActor,
        id: TableId,
        mapping: &[Option<TableField>],
    ) -> Result<(), TableError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "map_table",
            self.map_table_once(actor, id, mapping)
        )
    }

    async fn map_table_once(
        &self,
        actor: &StaffActor,
        id: TableId,
        mapping: &[Option<TableField>],
    ) -> Result<(), TableError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        let mut table = tx.crm().table(&task, id).await?.ok_or(TableError::NotFound)?;
        if table.state != TableState::Mapping {
            return Err(TableError::Begun);
        }
        check_mapping(&table, mapping)?;
        table.mapping = mapping.to_vec();
        tx.crm().put_table(&task, &table).await?;
        tx.commit().await?;
        Ok(())
    }

    /// What taking a table in would do, line by line. Changes nothing.
    ///
    /// # Errors
    /// See [`TableError`].
    pub async fn check_table(
        &self,
        actor: &StaffActor,
        id: TableId,
        lines: &[TableLine],
    ) -> Result<TableCheck, TableError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let task = self.staff(&mut *tx, actor, Permission::Crm).await?.task();
        let table = tx.crm().table(&task, id).await?.ok_or(TableError::NotFound)?;
        let known = Lines::load(&mut *tx, &task, &table, lines).await?;
        let mut check = TableCheck::default();
        for line in lines {
            let outcome = known.outcome(&mut *tx, &task, (&table, line), &*self.ids, now).await?;
            match outcome {
                Outcome::Contact(before, after) => {
                    let primary = before.as_ref().and_then(|it| it.contact.primary_company);
                    if primary != after.primary_company {
                        check.new_primaries += 1;
                    }
                    count(&mut check, before.map(|it| it.contact).as_ref(), &*after);
                }
                Outcome::Company(before, after) => count(&mut check, before.as_deref(), &*after),
                Outcome::Wrong(problem) => {
                    check.left_out += 1;
                    if check.wrong.len() < TableCheck::WRONG {
                        check.wrong.push(WrongLine {
                            line: line.line,
                            problem,
                        });
                    }
                }
            }
        }
        Ok(check)
    }

    /// Takes a table in, in units; what is wrong is left out. If it stops on the way, doing it again goes on where it
    /// stopped. The table, as far as it is then.
    ///
    /// # Errors
    /// See [`TableError`].
    pub async fn run_table(&self, actor: &StaffActor, id: TableId, lines: &[TableLine]) -> Result<Table, TableError> {
        let mut units = 0;
        loop {
            let table = attempt!(
                self,
                &Actor::Anonymous,
                "run_table",
                self.run_table_once(actor, id, lines)
            )?;
            units += 1;
            if table.state == TableState::Done || units >= UNITS {
                return Ok(table);
            }
        }
    }

    async fn run_table_once(&self, actor: &StaffActor, id: TableId, lines: &[TableLine]) -> Result<Table, TableError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        let mut table = tx.crm().table(&task, id).await?.ok_or(TableError::NotFound)?;
        if table.state == TableState::Done {
            return Ok(table);
        }
        check_mapping(&table, &table.mapping)?;
        let known = Lines::load(&mut *tx, &task, &table, lines).await?;
        let policy = Policy::load(&mut *tx, &task).await?;
        let done = usize::try_from(table.done).unwrap_or(usize::MAX);
        for line in lines.iter().skip(done).take(UNIT) {
            let outcome = known.outcome(&mut *tx, &task, (&table, line), &*self.ids, now).await?;
            let result = self.put_line(&mut *tx, (&staff, &task), &policy, outcome).await?;
            match result {
                Put::Added => table.added += 1,
                Put::Changed => table.changed += 1,
                Put::Unchanged => {}
                Put::LeftOut => table.left_out += 1,
            }
            table.done += 1;
        }
        table.state = if table.done >= lines.len() as u64 {
            TableState::Done
        } else {
            TableState::Running
        };
        tx.crm().put_table(&task, &table).await?;
        if table.state == TableState::Done {
            // It holds people's data and has done what it came for.
            tx.crm().remove_table_content(&task, id).await?;
            let entry_id = AuditId::from_uuid(self.ids.next(now));
            let entry = AuditEntry::new(
                entry_id,
                now,
                staff.auditor(),
                AuditEvent::TableImported,
                table.of.name(),
            )
            .with("file", table.name.as_str())
            .with("added", table.added.to_string())
            .with("changed", table.changed.to_string())
            .with("left_out", table.left_out.to_string());
            tx.audit().record(&entry).await?;
        }
        tx.commit().await?;
        Ok(table)
    }

    async fn put_line(
        &self,
        tx: &mut dyn Tx,
        (staff, task): (&Staff, &Task),
        policy: &Policy,
        outcome: Outcome,
    ) -> Result<Put, StoreError> {
        match outcome {
            Outcome::Wrong(_) => Ok(Put::LeftOut),
            Outcome::Contact(before, after) => {
                let before = before.map(|it| it.contact);
                if before.as_ref() == Some(&*after) {
                    return Ok(Put::Unchanged);
                }
                tx.crm().lock_contact(task, after.id).await?;
                match tx.directory().put_contact(task, &after).await {
                    Err(err) if err.kind() == StoreErrorKind::Conflict => return Ok(Put::LeftOut),
                    result => result?,
                }
                self.welcomed(tx, policy, before.as_ref(), &after).await?;
                let (event, put) = match &before {
                    Some(_) => (AuditEvent::ContactChanged, Put::Changed),
                    None => (AuditEvent::ContactAdded, Put::Added),
                };
                let changes = match &before {
                    Some(before) => changes::of_contact(tx, task, before, &after).await?,
                    None => Vec::new(),
                };
                let event = (event, Party::Contact(after.id));
                self.party_noted(tx, staff, event, after.name.as_str(), None, &changes)
                    .await?;
                Ok(put)
            }
            Outcome::Company(before, after) => {
                if before.as_deref() == Some(&*after) {
                    return Ok(Put::Unchanged);
                }
                match tx.directory().put_company(task, &after).await {
                    Err(err) if err.kind() == StoreErrorKind::Conflict => return Ok(Put::LeftOut),
                    result => result?,
                }
                let (event, put, changes) = match &before {
                    Some(before) => (
                        AuditEvent::CompanyChanged,
                        Put::Changed,
                        changes::of_company(before, &after),
                    ),
                    None => (AuditEvent::CompanyAdded, Put::Added, Vec::new()),
                };
                let event = (event, Party::Company(after.id));
                self.party_noted(tx, staff, event, after.name.as_str(), None, &changes)
                    .await?;
                Ok(put)
            }
        }
    }

    /// Throws a table away that was not taken in.
    ///
    /// # Errors
    /// See [`TableError`].
    pub async fn discard_table(&self, actor: &StaffActor, id: TableId) -> Result<(), TableError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        let table = tx.crm().table(&task, id).await?.ok_or(TableError::NotFound)?;
        if table.state != TableState::Mapping {
            return Err(TableError::Begun);
        }
        tx.crm().remove_table(&task, id).await?;
        tx.commit().await?;
        Ok(())
    }
}

enum Put {
    Added,
    Changed,
    Unchanged,
    LeftOut,
}

fn count<T: PartialEq>(check: &mut TableCheck, before: Option<&T>, after: &T) {
    match before {
        None => check.added += 1,
        Some(before) if before == after => check.unchanged += 1,
        Some(_) => check.changed += 1,
    }
}

/// Each field once, of this kind of table, and at least one by which lines are found again.
fn check_mapping(table: &Table, mapping: &[Option<TableField>]) -> Result<(), Problems> {
    let offered = TableField::of(table.of);
    let mut seen = BTreeSet::new();
    if mapping.len() != table.columns.len() {
        return Err(Problems::one("columns", ProblemKind::NotOffered));
    }
    for (place, field) in mapping.iter().enumerate() {
        let Some(field) = field else { continue };
        if !matches!(field, TableField::Property(_)) && !offered.contains(field) {
            return Err(Problems::of_item("columns", place.to_string(), ProblemKind::NotOffered));
        }
        if !seen.insert(field) {
            return Err(Problems::of_item("columns", place.to_string(), ProblemKind::Twice));
        }
    }
    let keys = match table.of {
        TableOf::Contacts => vec![TableField::ExternalId, TableField::Email, TableField::MembershipEmail],
        TableOf::Companies => vec![TableField::ExternalId, TableField::Name],
    };
    if keys.iter().any(|it| seen.contains(it)) {
        Ok(())
    } else {
        Err(Problems::one("columns", ProblemKind::Lacks("email")))
    }
}

/// What the columns are likely to be, by their headings.
fn guessed(of: TableOf, columns: &[String]) -> Vec<Option<TableField>> {
    let offered = TableField::of(of);
    let mut taken = BTreeSet::new();
    let guess = |heading: &str| -> Option<TableField> {
        let plain: String = heading
            .to_lowercase()
            .chars()
            .map(|it| if it.is_alphanumeric() { it } else { ' ' })
            .collect();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(match plain.as_str() {
            "id" | "external id" | "record id" | "externe id" | "kundennummer" => TableField::ExternalId,
            "name" | "full name" | "contact" | "vollständiger name" | "kontakt" => TableField::Name,
            "company" | "company name" | "unternehmen" | "firma" if of == TableOf::Companies => TableField::Name,
            "email" | "e mail" | "e mail address" | "email address" | "e mail adresse" => TableField::Email,
            "membership email" | "membership e mail" | "login" | "mitglieds e mail" => TableField::MembershipEmail,
            "company" | "company name" | "unternehmen" | "firma" | "primary company" => TableField::Company,
            "domain" | "domain name" | "company domain name" => TableField::Domain,
            _ => TableField::Property(heading.strip_prefix("property.")?.parse().ok()?),
        })
    };
    columns
        .iter()
        .map(|heading| {
            guess(heading)
                .filter(|it| matches!(it, TableField::Property(_)) || offered.contains(it))
                .filter(|it| taken.insert(it.clone()))
        })
        .collect()
}

impl LineProblem {
    /// The field that it is about, if it is about one.
    #[must_use]
    pub const fn field(&self) -> Option<&TableField> {
        match self {
            Self::Field(field, _) | Self::NotOfType(field, _) => Some(field),
            Self::Unreadable
            | Self::NoKey
            | Self::Twice(_)
            | Self::NoName
            | Self::Several
            | Self::NoCompany
            | Self::SeveralCompanies
            | Self::Registered
            | Self::Taken
            | Self::Gone => None,
        }
    }
}
