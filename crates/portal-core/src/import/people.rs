use std::collections::{BTreeSet, HashMap};

use super::draft::{AgentDraft, AuthorDraft, CompanyDraft, ContactDraft, OwnerDraft};
use super::error::{ImportError, Remark, Tally};
use super::fingerprint;
use super::importer::{Importer, Known, PAGE};
use crate::crm::{Agent, Company, Contact, ContactStanding};
use crate::id::{AgentId, CompanyId, ContactId};
use crate::ports::{Access, Receipt, ReceiptKind, Tx};
use crate::property::{PropertyOwner, PropertyValues};
use crate::text::{EmailAddress, PersonName};
use crate::ticket::{Author, AuthorKind};
use crate::time::Timestamp;

/// How an external key stands in the store.
pub(super) fn external_id(key: &str) -> String {
    format!("hubspot:{key}")
}

impl Importer {
    /// Takes over one batch of companies.
    ///
    /// # Errors
    /// If the store fails; then nothing of the batch was written.
    pub async fn import_companies(&mut self, drafts: &[CompanyDraft]) -> Result<Tally, ImportError> {
        let mut attempt = 0;
        loop {
            match self.import_companies_once(drafts).await {
                Ok((tally, known)) => {
                    self.companies.extend(known);
                    return Ok(tally);
                }
                Err(error) => self.pause(error, &mut attempt).await?,
            }
        }
    }

    async fn import_companies_once(
        &self,
        drafts: &[CompanyDraft],
    ) -> Result<(Tally, HashMap<String, Known<CompanyId>>), ImportError> {
        let (now, mut tally, mut known, mut receipts) = (self.now(), Tally::default(), HashMap::new(), Vec::new());
        let mut tx = self.ports.store.begin(Access::Write).await?;
        for draft in drafts {
            let fingerprint = fingerprint::of_company(draft);
            let before = self.companies.get(&draft.key);
            if before.is_some_and(|it| it.fingerprint == fingerprint) {
                tally.unchanged += 1;
                continue;
            }
            let stored = match before {
                Some(it) => tx.directory().company(&self.task, it.id).await?,
                None => None,
            };
            *(if stored.is_some() {
                &mut tally.changed
            } else {
                &mut tally.added
            }) += 1;
            let company = Company {
                id: stored
                    .as_ref()
                    .map_or_else(|| CompanyId::from_uuid(self.ports.ids.next(now)), |it| it.id),
                name: draft.name.clone(),
                domain: draft.domain.clone(),
                properties: self.merged(
                    PropertyOwner::Company,
                    stored.as_ref().map(|it| &it.properties),
                    &draft.properties,
                ),
                external_id: Some(external_id(&draft.key)),
                created_at: stored.map_or(now, |it| it.created_at),
            };
            tx.directory().put_company(&self.task, &company).await?;
            receipts.push(receipt(
                ReceiptKind::Company,
                &draft.key,
                company.id.uuid(),
                fingerprint,
            ));
            known.insert(
                draft.key.clone(),
                Known {
                    id: company.id,
                    fingerprint,
                },
            );
        }
        if !receipts.is_empty() {
            tx.imports().put_receipts(&self.task, &receipts).await?;
            tx.commit().await?;
        }
        Ok((tally, known))
    }

    /// Takes over one batch of contacts. Their companies must have been taken over before.
    ///
    /// # Errors
    /// If the store fails; then nothing of the batch was written.
    pub async fn import_contacts(
        &mut self,
        drafts: &[ContactDraft],
        remarks: &mut Vec<Remark>,
    ) -> Result<Tally, ImportError> {
        let mut attempt = 0;
        let (tally, known, found) = loop {
            match self.import_contacts_once(drafts).await {
                Ok(done) => break done,
                Err(error) => self.pause(error, &mut attempt).await?,
            }
        };
        remarks.extend(found);
        self.contacts.extend(known);
        Ok(tally)
    }

    async fn import_contacts_once(
        &self,
        drafts: &[ContactDraft],
    ) -> Result<(Tally, HashMap<String, Known<ContactId>>, Vec<Remark>), ImportError> {
        let (now, mut tally, mut known, mut receipts, mut remarks) =
            (self.now(), Tally::default(), HashMap::new(), Vec::new(), Vec::new());
        let mut tx = self.ports.store.begin(Access::Write).await?;
        for draft in drafts {
            let there: Vec<&str> = draft
                .companies
                .iter()
                .map(String::as_str)
                .filter(|it| self.companies.contains_key(*it))
                .collect();
            let primary = draft
                .primary_company
                .as_deref()
                .filter(|it| self.companies.contains_key(*it));
            let fingerprint = fingerprint::of_contact(draft, primary, &there);
            let before = self.contacts.get(&draft.key);
            if before.is_some_and(|it| it.fingerprint == fingerprint) {
                tally.unchanged += 1;
                continue;
            }
            let stored = match before {
                Some(it) => tx.directory().contact(&self.task, it.id).await?,
                None => None,
            };
            *(if stored.is_some() {
                &mut tally.changed
            } else {
                &mut tally.added
            }) += 1;
            let company = |key: &str| self.companies.get(key).map(|it| it.id);
            let primary_company = primary.and_then(company);
            let mut contact = self.contact(draft, stored, now);
            contact.primary_company = primary_company;
            contact.companies = there
                .iter()
                .filter_map(|it| company(it))
                .chain(primary_company)
                .collect();
            if let Some(address) = self.taken_address(tx.as_mut(), &contact).await? {
                contact.membership_email = None;
                let what = format!(
                    "`{address}` is already the sign-in address of another contact here; this one cannot sign in with it"
                );
                remarks.push(Remark {
                    kind: ReceiptKind::Contact,
                    part: None,
                    row: draft.row,
                    what,
                });
            }
            tx.directory().put_contact(&self.task, &contact).await?;
            receipts.push(receipt(
                ReceiptKind::Contact,
                &draft.key,
                contact.id.uuid(),
                fingerprint,
            ));
            known.insert(
                draft.key.clone(),
                Known {
                    id: contact.id,
                    fingerprint,
                },
            );
        }
        if !receipts.is_empty() {
            tx.imports().put_receipts(&self.task, &receipts).await?;
            tx.commit().await?;
        }
        Ok((tally, known, remarks))
    }

    /// The contact of a draft. What was set here stays: groups, language, standing, and a sign-in address that is not the
    /// one that was imported.
    fn contact(&self, draft: &ContactDraft, stored: Option<Contact>, now: Timestamp) -> Contact {
        let address = draft.email.clone().filter(|_| draft.address_is_unique);
        let properties = self.merged(
            PropertyOwner::Contact,
            stored.as_ref().map(|it| &it.properties),
            &draft.properties,
        );
        match stored {
            None => Contact {
                id: ContactId::from_uuid(self.ports.ids.next(now)),
                name: draft.name.clone(),
                email: draft.email.clone(),
                membership_email: address,
                standing: ContactStanding::Active,
                primary_company: None,
                companies: BTreeSet::new(),
                groups: BTreeSet::new(),
                language: None,
                time_zone: None,
                properties,
                external_id: Some(external_id(&draft.key)),
                created_at: now,
            },
            Some(stored) => {
                let own_choice = stored.membership_email.is_some() && stored.membership_email != stored.email;
                let membership_email = if own_choice {
                    stored.membership_email.clone()
                } else {
                    address
                };
                Contact {
                    name: draft.name.clone(),
                    email: draft.email.clone(),
                    membership_email,
                    properties,
                    ..stored
                }
            }
        }
    }

    async fn taken_address(&self, tx: &mut dyn Tx, contact: &Contact) -> Result<Option<EmailAddress>, ImportError> {
        let Some(address) = &contact.membership_email else {
            return Ok(None);
        };
        let owner = tx.directory().contact_by_membership_email(&self.task, address).await?;
        Ok(owner.filter(|it| it.id != contact.id).map(|_| address.clone()))
    }

    /// What was stored, with the values of this import's columns as the file has them now.
    pub(super) fn merged(
        &self,
        owner: PropertyOwner,
        stored: Option<&PropertyValues>,
        read: &PropertyValues,
    ) -> PropertyValues {
        let columns = self.columns.get(&owner);
        let of_this_import = |key| columns.is_some_and(|it| it.contains(key));
        let mut values: PropertyValues = stored
            .into_iter()
            .flatten()
            .filter(|(key, _)| !of_this_import(*key))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        values.extend(read.iter().map(|(key, value)| (key.clone(), value.clone())));
        values
    }

    /// Reads under which addresses contacts write, of this import and all others.
    pub(super) async fn learn_addresses(&mut self) -> Result<(), ImportError> {
        let mut tx = self.ports.store.begin(Access::Snapshot).await?;
        let mut after = None;
        loop {
            let page = tx.imports().people(&self.task, after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.contact);
            for person in page {
                if let Some(email) = person.email {
                    self.writers.entry(email).or_default().push(person.contact);
                }
                self.names.insert(person.contact, person.name.as_str().to_owned());
            }
        }
    }

    pub(super) async fn import_agents_once(&mut self, drafts: &BTreeSet<AgentDraft>) -> Result<u64, ImportError> {
        let now = self.now();
        let mut tx = self.ports.store.begin(Access::Write).await?;
        let mut agents = tx.imports().all_agents(&self.task).await?;
        agents.sort_by_key(|it| it.id);
        let mut added = 0;
        let is_contact = |it: &EmailAddress| self.writers.contains_key(it);
        let drafts: Vec<&AgentDraft> = drafts
            .iter()
            .filter(|it| !it.email.as_ref().is_some_and(is_contact))
            .collect();
        // Those with an address first, so that a bare name finds them.
        for draft in drafts
            .iter()
            .filter(|it| it.email.is_some())
            .chain(drafts.iter().filter(|it| it.email.is_none()))
        {
            let same_name = |it: &&mut Agent| it.name.as_str().to_lowercase() == draft.name.as_str().to_lowercase();
            match &draft.email {
                Some(email) if agents.iter().any(|it| it.email.as_ref() == Some(email)) => continue,
                None if agents.iter_mut().any(|it| same_name(&it)) => continue,
                Some(_) => {
                    if let Some(nameless) = agents.iter_mut().filter(|it| it.email.is_none()).find(same_name) {
                        nameless.email.clone_from(&draft.email);
                        tx.directory().put_agent(&self.task, nameless).await?;
                        continue;
                    }
                }
                None => {}
            }
            let agent = Agent {
                id: AgentId::from_uuid(self.ports.ids.next(now)),
                name: draft.name.clone(),
                email: draft.email.clone(),
            };
            tx.directory().put_agent(&self.task, &agent).await?;
            agents.push(agent);
            added += 1;
        }
        tx.commit().await?;
        for agent in agents {
            let name = agent.name.as_str().to_owned();
            if let Some(email) = &agent.email {
                self.agents_by_email
                    .entry(email.clone())
                    .or_insert_with(|| (agent.id, name.clone()));
            }
            self.agents_by_name
                .entry(name.to_lowercase())
                .or_insert((agent.id, agent.email, name));
        }
        Ok(added)
    }

    /// Who wrote something: a contact by the address, else somebody of the staff. Of several contacts with one address the
    /// one who is on the ticket is meant.
    pub(super) fn author(&self, draft: &AuthorDraft, on_ticket: impl Fn(ContactId) -> bool) -> Author {
        let given = draft.name.as_ref().map(PersonName::as_str);
        let writers = draft.email.as_ref().and_then(|it| self.writers.get(it));
        let writer = writers.and_then(|them| them.iter().find(|it| on_ticket(**it)).or_else(|| them.first()));
        if let Some(writer) = writer {
            let own = self.names.get(writer).map(String::as_str);
            let name = given.or(own).unwrap_or_default().to_owned();
            return Author {
                kind: AuthorKind::Contact(*writer),
                name,
            };
        }
        let by_email = draft
            .email
            .as_ref()
            .and_then(|it| self.agents_by_email.get(it))
            .map(|(id, name)| (*id, name));
        let by_name = || {
            given
                .and_then(|it| self.agents_by_name.get(&it.to_lowercase()))
                .map(|(id, _, name)| (*id, name))
        };
        match by_email.or_else(by_name) {
            Some((id, name)) => Author {
                kind: AuthorKind::Agent(id),
                name: given.unwrap_or(name).to_owned(),
            },
            None => Author {
                kind: AuthorKind::System,
                name: given.unwrap_or_default().to_owned(),
            },
        }
    }

    pub(super) fn owner(&self, draft: &OwnerDraft) -> Option<AgentId> {
        match draft {
            OwnerDraft::Email(email) => self.agents_by_email.get(email).map(|(id, _)| *id),
            OwnerDraft::Name(name) => self
                .agents_by_name
                .get(&name.as_str().to_lowercase())
                .map(|(id, _, _)| *id),
        }
    }
}

fn receipt(kind: ReceiptKind, key: &str, object: uuid::Uuid, fingerprint: [u8; 16]) -> Receipt {
    Receipt {
        kind,
        key: key.to_owned(),
        object,
        number: None,
        fingerprint,
        parts: Vec::new(),
    }
}
