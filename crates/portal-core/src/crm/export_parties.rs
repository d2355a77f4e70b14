use std::collections::BTreeMap;

use super::export_contact::ExportError;
use super::lists::{CompanyQuery, Guest};
use super::people::Company;
use super::table::TableOf;
use crate::actor::Actor;
use crate::audit::{AuditEntry, AuditEvent};
use crate::id::{AuditId, CompanyId};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreErrorKind, Tx};
use crate::property::{PropertyDefinition, PropertyOwner};
use crate::staff::{Permission, StaffActor};

/// How many are read at once.
const PAGE: u32 = 1_000;

/// All contacts or companies, as a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportedParties {
    /// The properties, by key; archived ones too, since their values are still there.
    pub properties: Vec<PropertyDefinition>,
    /// All companies, by name.
    pub companies: Vec<Company>,
    /// All contacts, by id, if contacts were wanted; nobody who was merged or erased.
    pub contacts: Vec<Guest>,
    /// Whether there were more than [`Portal::PARTIES_EXPORT`].
    pub is_cut: bool,
}

impl ExportedParties {
    /// The names of companies.
    #[must_use]
    pub fn names(&self) -> BTreeMap<CompanyId, &str> {
        self.companies.iter().map(|it| (it.id, it.name.as_str())).collect()
    }
}

impl Portal {
    /// The most contacts or companies of one export.
    pub const PARTIES_EXPORT: usize = 100_000;

    /// All contacts or companies. It wants the permission to export and a fresh proof, is audited, and can be done three
    /// times in an hour.
    ///
    /// # Errors
    /// See [`ExportError`].
    pub async fn export_parties(&self, actor: &StaffActor, of: TableOf) -> Result<ExportedParties, ExportError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "export_parties",
            self.note_parties_export(actor, of)
        )?;
        attempt!(
            self,
            &Actor::Anonymous,
            "read_parties_export",
            self.export_parties_once(actor, of)
        )
    }

    async fn note_parties_export(&self, actor: &StaffActor, of: TableOf) -> Result<(), ExportError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.exporter(&mut *tx, actor).await?;
        let id = AuditId::from_uuid(self.ids.next(now));
        let entry = AuditEntry::new(id, now, staff.auditor(), AuditEvent::DataExported, of.name());
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn export_parties_once(&self, actor: &StaffActor, of: TableOf) -> Result<ExportedParties, ExportError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let task = self.staff(&mut *tx, actor, Permission::Export).await?.task();
        let owner = match of {
            TableOf::Contacts => PropertyOwner::Contact,
            TableOf::Companies => PropertyOwner::Company,
        };
        let mut export = ExportedParties {
            properties: tx.directory().properties(&task, owner).await?,
            ..ExportedParties::default()
        };
        let mut after = None;
        loop {
            let query = CompanyQuery {
                text: None,
                after: after.take(),
                limit: PAGE,
            };
            let page = tx.crm().companies_page(&task, &query).await?;
            let is_last = page.len() < PAGE as usize;
            after = page.last().map(|it| (it.name.clone(), it.id));
            for row in page {
                export.companies.extend(tx.directory().company(&task, row.id).await?);
            }
            export.is_cut |= export.companies.len() >= Self::PARTIES_EXPORT;
            if is_last || export.is_cut {
                break;
            }
        }
        if of == TableOf::Contacts {
            all_contacts(&mut *tx, &task, &mut export).await?;
        }
        Ok(export)
    }
}

async fn all_contacts(
    tx: &mut dyn Tx,
    task: &crate::actor::Task,
    export: &mut ExportedParties,
) -> Result<(), ExportError> {
    let mut after = None;
    loop {
        let page = tx.crm().listed_guests(task, after, PAGE).await?;
        let is_last = page.len() < PAGE as usize;
        after = page.last().map(|it| it.contact.id);
        export.contacts.extend(page);
        if is_last {
            return Ok(());
        }
        if export.contacts.len() >= Portal::PARTIES_EXPORT {
            export.is_cut = true;
            return Ok(());
        }
        if after.is_none() {
            return Err(crate::ports::StoreError::bare(StoreErrorKind::Corrupt).into());
        }
    }
}
