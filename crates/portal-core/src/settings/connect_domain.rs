use std::fmt::Write as _;

use super::change_settings::on_each_portal;
use super::{Domain, Host, Ownership, PrivateContent};
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::DomainId;
use crate::input::{Checker, ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, PasswordsError, StoreError, StoreErrorKind, Tx};
use crate::staff::{Permission, StaffActor, StaffError, StaffRefusal, staff_use_case_error};
use crate::text::{EmailAddress, Line, Locale, is_look_alike};

/// Connects a domain, under which portals can then live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectDomain {
    /// Its name, as somebody typed it.
    pub host: String,
    /// Its primary language.
    pub language: Locale,
}

/// Why a domain was not connected, changed or removed.
#[derive(Debug, thiserror::Error)]
pub enum DomainError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such domain.
    #[error("there is no such domain")]
    NotFound,
    /// Something must be mended first.
    #[error("{0}")]
    Problems(Problems),
    /// Portals are still there.
    #[error("portals are still on this domain")]
    InUse,
    /// No challenge could be made now.
    #[error("no challenge could be made")]
    NoChallenge(#[source] PasswordsError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
staff_use_case_error!(DomainError, NotFound);

impl From<StaffRefusal> for DomainError {
    fn from(it: StaffRefusal) -> Self {
        Self::Staff(it.into())
    }
}

impl Domain {
    /// The name of the TXT record that proves it; `None` if nothing has to be proven.
    #[must_use]
    pub fn record_name(&self) -> Option<String> {
        let host = self.host.as_str();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        match self.ownership {
            Ownership::Local => None,
            Ownership::Pending { .. } | Ownership::Verified { .. } => Some(format!("_portal-challenge.{name}")),
        }
    }

    /// What the TXT record has to say.
    #[must_use]
    pub fn record_value(&self) -> Option<&str> {
        match &self.ownership {
            Ownership::Local => None,
            Ownership::Pending { challenge } | Ownership::Verified { challenge, .. } => Some(challenge),
        }
    }
}

impl Portal {
    /// All connected domains, by host.
    ///
    /// # Errors
    /// Refuses who may not.
    pub async fn list_domains(&self, actor: &StaffActor) -> Result<Vec<Domain>, StaffError> {
        attempt!(self, &Actor::Anonymous, "domains.list", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            Ok::<_, StaffError>(tx.settings().all_domains(&staff.task()).await?)
        })
    }

    /// Connects a domain. The loopback names and the host of the base URL work at once; any other has to be proven by a TXT
    /// record first, see [`Domain::record_name`].
    ///
    /// # Errors
    /// Refuses who may not, what is no host or looks like another one, and what is connected already.
    pub async fn connect_domain(&self, actor: &StaffActor, command: &ConnectDomain) -> Result<Domain, DomainError> {
        let random = self.secrets.random().map_err(DomainError::NoChallenge)?;
        let mut challenge = "portal-domain=".to_owned();
        for byte in random.iter().take(16) {
            // Writing into a String cannot fail.
            let _ = write!(challenge, "{byte:02x}");
        }
        attempt!(
            self,
            &Actor::Anonymous,
            "domains.connect",
            self.connect_domain_once(actor, command, &challenge)
        )
    }

    async fn connect_domain_once(
        &self,
        actor: &StaffActor,
        command: &ConnectDomain,
        challenge: &str,
    ) -> Result<Domain, DomainError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        staff.writes()?;
        let host = self.host_to_connect(&command.host).map_err(DomainError::Problems)?;
        let ownership = if self.is_own_host(&host) {
            Ownership::Local
        } else {
            Ownership::Pending {
                challenge: challenge.to_owned(),
            }
        };
        let domain = Domain {
            id: DomainId::from_uuid(self.ids.next(self.clock.now())),
            host,
            language: command.language.clone(),
            ownership,
            private: PrivateContent::default(),
            from: None,
        };
        match tx.settings().put_domain(&staff.task(), &domain).await {
            Err(err) if err.kind() == StoreErrorKind::Conflict => {
                return Err(DomainError::Problems(Problems::one("host", ProblemKind::Taken)));
            }
            result => result?,
        }
        let entry = self.audit_entry(&staff, AuditEvent::DomainConnected, domain.host.as_str());
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(domain)
    }

    /// Changes a domain's primary language, and with it that of its portals and of their mails.
    ///
    /// # Errors
    /// Refuses who may not, and a domain that is not there.
    pub async fn change_domain_language(
        &self,
        actor: &StaffActor,
        id: DomainId,
        language: &Locale,
    ) -> Result<(), DomainError> {
        attempt!(self, &Actor::Anonymous, "domains.change_language", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            staff.writes()?;
            let task = staff.task();
            let found = tx.settings().domain_to_change(&task, id).await?;
            let mut domain = found.ok_or(DomainError::NotFound)?;
            domain.language = language.clone();
            tx.settings().put_domain(&task, &domain).await?;
            on_each_portal(&mut *tx, &task, &domain.host, |it| {
                it.language = language.clone();
                it.offered.insert(language.clone());
            })
            .await?;
            let entry = self
                .audit_entry(&staff, AuditEvent::DomainChanged, domain.host.as_str())
                .with("language", language.as_str());
            tx.audit().record(&entry).await?;
            tx.commit().await?;
            Ok::<_, DomainError>(())
        })
    }

    /// Changes as whom mails of a domain's portals are sent; as the installation if `None`. The mail server must let it
    /// send in that name.
    ///
    /// # Errors
    /// Refuses who may not, a domain that is not there, and one that somebody gave another sender than was seen.
    pub async fn change_domain_sender(
        &self,
        actor: &StaffActor,
        id: DomainId,
        seen: Option<&EmailAddress>,
        sender: Option<(Line, EmailAddress)>,
    ) -> Result<(), DomainError> {
        attempt!(self, &Actor::Anonymous, "domains.change_sender", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            staff.writes()?;
            let task = staff.task();
            let found = tx.settings().domain_to_change(&task, id).await?;
            let mut domain = found.ok_or(DomainError::NotFound)?;
            if domain.from.as_ref().map(|(_, address)| address) != seen {
                return Err(DomainError::Problems(Problems::one(
                    "from_address",
                    ProblemKind::Differs,
                )));
            }
            domain.from.clone_from(&sender);
            tx.settings().put_domain(&task, &domain).await?;
            let entry = self.audit_entry(&staff, AuditEvent::DomainChanged, domain.host.as_str());
            let sender = sender.as_ref().map_or("", |(_, address)| address.as_str());
            tx.audit().record(&entry.with("sender", sender)).await?;
            tx.commit().await?;
            Ok::<_, DomainError>(())
        })
    }

    /// Removes a domain that no portal is on.
    ///
    /// # Errors
    /// Refuses who may not, and a domain that is not there or in use.
    pub async fn remove_domain(&self, actor: &StaffActor, id: DomainId) -> Result<(), DomainError> {
        attempt!(self, &Actor::Anonymous, "domains.remove", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            staff.writes()?;
            let task = staff.task();
            let found = tx.settings().domain_to_change(&task, id).await?;
            let domain = found.ok_or(DomainError::NotFound)?;
            let portals = tx.directory().all_portals(&task).await?;
            if portals.iter().any(|it| it.host == domain.host) {
                return Err(DomainError::InUse);
            }
            tx.settings().remove_domain(&task, id).await?;
            let entry = self.audit_entry(&staff, AuditEvent::DomainRemoved, domain.host.as_str());
            tx.audit().record(&entry).await?;
            tx.commit().await?;
            Ok(())
        })
    }

    /// The hosts under which the server answers customers.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn served_hosts(&self) -> Result<Vec<Host>, StoreError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        tx.settings().served_hosts().await
    }

    fn host_to_connect(&self, text: &str) -> Result<Host, Problems> {
        let text = text.trim();
        let mut checker = Checker::default();
        if !text.is_ascii() || is_look_alike(&text.to_ascii_lowercase()) {
            checker.note("host", ProblemKind::LookAlike);
        }
        let host = text.parse::<Host>().map_err(|_| ProblemKind::Host);
        let host = checker.take("host", host);
        if let Some(host) = &host
            && !self.is_own_host(host)
        {
            let name = host.as_str().rsplit_once(':').map_or(host.as_str(), |(name, _)| name);
            let numeric = name.starts_with('[') || name.parse::<std::net::Ipv4Addr>().is_ok();
            if numeric || !name.contains('.') {
                checker.note("host", ProblemKind::Host);
            }
        }
        checker.done()?;
        host.ok_or_else(|| Problems::one("host", ProblemKind::Host))
    }

    /// Whether whoever runs the server vouches for a host.
    pub(super) fn is_own_host(&self, host: &Host) -> bool {
        let name = host.as_str();
        let name = name
            .rsplit_once(':')
            .filter(|(_, it)| !it.contains(']'))
            .map_or(name, |it| it.0);
        let inner = name.trim_start_matches('[').trim_end_matches(']');
        let loopback = inner.parse::<std::net::IpAddr>().is_ok_and(|it| it.is_loopback());
        let base = self.base_url.as_ref().is_some_and(|it| it.host() == host);
        base || loopback || name == "localhost" || name.ends_with(".localhost")
    }

    /// The domain of the base URL, made if it is not there yet.
    pub(super) async fn own_domain(
        &self,
        tx: &mut dyn Tx,
        task: &crate::actor::Task,
        language: &Locale,
    ) -> Result<Option<Domain>, StoreError> {
        let Some(base) = &self.base_url else {
            let all = tx.settings().all_domains(task).await?;
            return Ok(all.into_iter().find(|it| it.ownership.is_proven()));
        };
        if let Some(found) = tx.settings().domain_of(base.host()).await? {
            return Ok(Some(found));
        }
        let domain = Domain {
            id: DomainId::from_uuid(self.ids.next(self.clock.now())),
            host: base.host().clone(),
            language: language.clone(),
            ownership: Ownership::Local,
            private: PrivateContent::default(),
            from: None,
        };
        tx.settings().put_domain(task, &domain).await?;
        Ok(Some(domain))
    }
}
