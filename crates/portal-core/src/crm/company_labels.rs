use std::collections::BTreeMap;

use super::let_through::names_of;
use super::party::Party;
use super::save_contact::SaveContactError;
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::{CompanyId, ContactId};
use crate::input::{Checker, ProblemKind};
use crate::portal::{Portal, attempt};
use crate::ports::Access;
use crate::staff::{Permission, StaffActor, StaffError};
use crate::text::{Line, PersonName};

impl Portal {
    /// Says as what a contact belongs to their companies: “Billing”, “Technical contact”. An empty label is none. Labels
    /// are for the staff; they give sight of nothing.
    ///
    /// # Errors
    /// See [`SaveContactError`].
    pub async fn label_companies(
        &self,
        actor: &StaffActor,
        contact: ContactId,
        labels: &BTreeMap<CompanyId, String>,
    ) -> Result<(), SaveContactError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "label_companies",
            self.label_companies_once(actor, contact, labels)
        )
    }

    async fn label_companies_once(
        &self,
        actor: &StaffActor,
        contact: ContactId,
        labels: &BTreeMap<CompanyId, String>,
    ) -> Result<(), SaveContactError> {
        let mut checker = Checker::default();
        let mut wanted = BTreeMap::new();
        for (company, text) in labels {
            if text.trim().is_empty() {
                continue;
            }
            // As long as the name of a person: it stands beside one.
            match text.parse::<PersonName>().map(|_| text.parse::<Line>()) {
                Ok(Ok(line)) => {
                    wanted.insert(*company, line);
                }
                Ok(Err(err)) | Err(err) => checker.note_item("label", company, err),
            }
        }
        checker.done()?;
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        tx.crm().lock_contact(&task, contact).await?;
        let found = tx.directory().contact(&task, contact).await?;
        let found = found.ok_or(SaveContactError::NotFound)?;
        let mut checker = Checker::default();
        for company in wanted.keys().filter(|it| !found.companies.contains(it)) {
            checker.note_item("label", company, ProblemKind::NotOffered);
        }
        checker.done()?;
        let before = tx.crm().company_labels(&task, contact).await?;
        if before == wanted {
            return Ok(());
        }
        tx.crm().put_company_labels(&task, contact, &wanted).await?;
        let companies = before.keys().chain(wanted.keys()).copied().collect();
        let names = names_of(&mut *tx, &task, &companies).await?;
        let mut changes = Vec::new();
        for (company, name) in names {
            let text = |of: &BTreeMap<CompanyId, Line>| of.get(&company).map(ToString::to_string).unwrap_or_default();
            let (old, new) = (text(&before), text(&wanted));
            if old != new {
                changes.push((format!("label {name}"), format!("{old} → {new}")));
            }
        }
        let event = (AuditEvent::ContactChanged, Party::Contact(contact));
        self.party_noted(&mut *tx, &staff, event, found.name.as_str(), None, &changes)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
