use super::changes;
use super::fingerprint::Fingerprint;
use super::lists::{ContactQuery, ContactRow};
use super::merge::has_left;
use super::party::Party;
use super::people::Company;
use crate::access::Principal;
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::CompanyId;
use crate::input::{Checker, ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError};
use crate::property::{PropertyKey, PropertyOwner, PropertyValue, PropertyValues};
use crate::staff::{Permission, StaffActor, StaffError, staff_use_case_error};
use crate::text::Line;

/// Up to where the tickets of a company are counted.
const MOST_TICKETS: u32 = 100;
/// How many people of a company are shown.
const MOST_PEOPLE: u32 = 100;

/// A company, with all that staff see of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyView {
    /// The company.
    pub company: Company,
    /// Its first people, by name.
    pub people: Vec<ContactRow>,
    /// How many tickets it is on, counted up to 100.
    pub tickets: u64,
}

/// A company as staff want it to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveCompany {
    /// Which company; a new one if `None`.
    pub id: Option<CompanyId>,
    /// Its name.
    pub name: String,
    /// Its domain name. It proposes, and never grants, membership.
    pub domain: String,
    /// All property values; as they are if `None`.
    pub properties: Option<PropertyValues>,
}

/// Why a company is not shown or saved.
#[derive(Debug, thiserror::Error)]
pub enum CompanyError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such company.
    #[error("there is no such company")]
    NotFound,
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// Somebody changed it since it was seen.
    #[error("somebody changed this meanwhile")]
    Changed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(CompanyError, NotFound);

impl Portal {
    /// A company with its people, for staff.
    ///
    /// # Errors
    /// See [`CompanyError`].
    pub async fn view_company(&self, actor: &StaffActor, id: CompanyId) -> Result<CompanyView, CompanyError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "view_company",
            self.view_company_once(actor, id)
        )
    }

    async fn view_company_once(&self, actor: &StaffActor, id: CompanyId) -> Result<CompanyView, CompanyError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let task = self.staff_for_people(&mut *tx, actor).await?.task();
        let company = tx.directory().company(&task, id).await?.ok_or(CompanyError::NotFound)?;
        let query = ContactQuery {
            company: Some(id),
            limit: MOST_PEOPLE,
            ..ContactQuery::default()
        };
        let people = tx.crm().contacts_page(&task, &query).await?;
        let tickets = tx
            .crm()
            .tickets_of(&task, Principal::Company(id), None, MOST_TICKETS)
            .await?;
        Ok(CompanyView {
            company,
            people,
            tickets: tickets.len() as u64,
        })
    }

    /// Adds a company, or changes one.
    ///
    /// # Errors
    /// See [`CompanyError`].
    pub async fn save_company(&self, actor: &StaffActor, command: &SaveCompany) -> Result<CompanyId, CompanyError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "save_company",
            self.save_company_once(actor, command, None)
        )
    }

    /// Changes a company as [`save_company`](Self::save_company) does, unless somebody changed it since it was seen.
    ///
    /// # Errors
    /// See [`CompanyError`].
    pub async fn save_company_seen(
        &self,
        actor: &StaffActor,
        command: &SaveCompany,
        seen: Fingerprint,
    ) -> Result<CompanyId, CompanyError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "save_company",
            self.save_company_once(actor, command, Some(seen))
        )
    }

    async fn save_company_once(
        &self,
        actor: &StaffActor,
        command: &SaveCompany,
        seen: Option<Fingerprint>,
    ) -> Result<CompanyId, CompanyError> {
        let now = self.clock.now();
        let mut checker = Checker::default();
        let name = checker.take("name", command.name.parse::<Line>());
        let domain = match command.domain.trim() {
            "" => None,
            text => checker.take("domain", text.to_ascii_lowercase().parse::<Line>()),
        };
        checker.done()?;
        let name = name.ok_or_else(|| Problems::one("name", ProblemKind::NotOffered))?;
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        let defined = tx.directory().properties(&task, PropertyOwner::Company).await?;
        let fits = |(key, value): (&PropertyKey, &PropertyValue)| {
            defined.iter().any(|it| it.key == *key && it.kind == value.kind())
        };
        if !command.properties.iter().flatten().all(fits) {
            return Err(Problems::one("properties", ProblemKind::NotOffered).into());
        }
        let mut changes = Vec::new();
        let company = match command.id {
            None => Company {
                id: CompanyId::from_uuid(self.ids.next(now)),
                name,
                domain,
                properties: command.properties.clone().unwrap_or_default(),
                external_id: None,
                created_at: now,
            },
            Some(id) => {
                tx.crm().lock_company(&task, id).await?;
                let before = tx.directory().company(&task, id).await?.ok_or(CompanyError::NotFound)?;
                if seen.is_some_and(|it| Fingerprint::of(&before) != it) {
                    return Err(CompanyError::Changed);
                }
                if has_left(&mut *tx, &task, Party::Company(id)).await? {
                    return Err(CompanyError::NotFound);
                }
                let after = Company {
                    name,
                    domain,
                    properties: command.properties.clone().unwrap_or_else(|| before.properties.clone()),
                    ..before.clone()
                };
                changes = changes::of_company(&before, &after);
                after
            }
        };
        tx.directory().put_company(&task, &company).await?;
        let event = match command.id {
            Some(_) => AuditEvent::CompanyChanged,
            None => AuditEvent::CompanyAdded,
        };
        let event = (event, Party::Company(company.id));
        self.party_noted(&mut *tx, &staff, event, company.name.as_str(), None, &changes)
            .await?;
        tx.commit().await?;
        Ok(company.id)
    }
}
