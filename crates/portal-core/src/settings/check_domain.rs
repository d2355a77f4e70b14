use super::Ownership;
use super::connect_domain::DomainError;
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::DomainId;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, ResolverError};
use crate::staff::{Permission, StaffActor};

/// What a look at the domain name system said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DomainCheck {
    /// The record is there: the domain is ours.
    Proven,
    /// No TXT record is there. It can take some minutes until one is seen.
    NoRecord,
    /// There are TXT records, and none of them says what it should.
    OtherRecord,
    /// The name server did not answer.
    Unavailable,
    /// This installation asks no name server.
    Off,
}

impl Portal {
    /// Looks whether the TXT record of a domain is there, and remembers if it is.
    ///
    /// # Errors
    /// Refuses who may not, and a domain that is not there.
    pub async fn check_domain(&self, actor: &StaffActor, id: DomainId) -> Result<DomainCheck, DomainError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        self.staff(&mut *tx, actor, Permission::PortalSettings)
            .await?
            .writes()?;
        let domain = tx.settings().domain(id).await?.ok_or(DomainError::NotFound)?;
        drop(tx);
        let (Some(name), Some(value)) = (domain.record_name(), domain.record_value()) else {
            return Ok(DomainCheck::Proven);
        };
        let texts = match self.resolver.txt(&name).await {
            Ok(texts) => texts,
            Err(ResolverError::Off) => return Ok(DomainCheck::Off),
            Err(ResolverError::Unavailable(_)) => return Ok(DomainCheck::Unavailable),
        };
        if !texts.iter().any(|it| it.trim() == value) {
            return Ok(if texts.is_empty() {
                DomainCheck::NoRecord
            } else {
                DomainCheck::OtherRecord
            });
        }
        attempt!(
            self,
            &Actor::Anonymous,
            "domains.check",
            self.keep_proof(actor, id, value)
        )?;
        Ok(DomainCheck::Proven)
    }

    async fn keep_proof(&self, actor: &StaffActor, id: DomainId, seen: &str) -> Result<(), DomainError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        staff.writes()?;
        let found = tx.settings().domain_to_change(&staff.task(), id).await?;
        let mut domain = found.ok_or(DomainError::NotFound)?;
        if let Ownership::Pending { challenge } = &domain.ownership
            && challenge == seen
        {
            domain.ownership = Ownership::Verified {
                at: self.clock.now(),
                challenge: challenge.clone(),
            };
            tx.settings().put_domain(&staff.task(), &domain).await?;
            let entry = self.audit_entry(&staff, AuditEvent::DomainVerified, domain.host.as_str());
            tx.audit().record(&entry).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}
