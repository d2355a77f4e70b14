use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::draft::{AgentDraft, PropertyDraft};
use super::error::ImportError;
use super::pipelines::{PlannedPipeline, WantedStatus, plan_pipelines, statuses};
use crate::actor::Task;
use crate::id::{AgentId, CompanyId, ContactId, InboxId, PipelineId, StatusId};
use crate::ports::{
    Access, Bodies, Clock, FileSource, Files, FilesError, Ids, Pacer, ReceiptKind, Secrets, Store, StoreError,
    StoreErrorKind,
};
use crate::property::{PropertyDefinition, PropertyKey, PropertyOwner, PropertyType};
use crate::settings::Inbox;
use crate::text::{EmailAddress, Locale, Localized};
use crate::ticket::{Pipeline, PipelineError, Stage};
use crate::time::Timestamp;

/// How many receipts are read at once.
pub(super) const PAGE: u32 = 2_000;
/// How often a unit of work is tried while the store is busy.
const ATTEMPTS: u32 = 6;

/// The content of files that messages name.
#[async_trait]
pub trait Attachments: Send + Sync {
    /// The content of a file by its path in the draft.
    async fn open(&self, path: &str) -> Result<Box<dyn FileSource>, FilesError>;
}

/// What an import works with.
#[derive(Clone)]
pub struct ImportPorts {
    /// Where things go.
    pub store: Arc<dyn Store>,
    /// Where the content of files goes.
    pub files: Arc<dyn Files>,
    /// Sanitises bodies.
    pub bodies: Arc<dyn Bodies>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes ids.
    pub ids: Arc<dyn Ids>,
    /// Makes the keys of files.
    pub secrets: Arc<dyn Secrets>,
    /// Waits between attempts.
    pub pacer: Arc<dyn Pacer>,
}

impl fmt::Debug for ImportPorts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ImportPorts")
    }
}

/// A thing that an earlier batch or run took over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<I> {
    pub(super) id: I,
    pub(super) fingerprint: [u8; 16],
}

/// Writes drafts. Call it in this order: properties, companies, contacts, staff, pipelines, tickets.
///
/// It holds the keys of companies and contacts and no texts beyond names, so its memory does not grow with messages.
#[derive(Debug)]
pub struct Importer {
    pub(super) ports: ImportPorts,
    pub(super) task: Task,
    pub(super) inbox: Inbox,
    pub(super) own_pipeline: Pipeline,
    pub(super) columns: BTreeMap<PropertyOwner, BTreeSet<PropertyKey>>,
    pub(super) companies: HashMap<String, Known<CompanyId>>,
    pub(super) contacts: HashMap<String, Known<ContactId>>,
    /// Whose messages stand under an address: several contacts can share one.
    pub(super) writers: HashMap<EmailAddress, Vec<ContactId>>,
    pub(super) names: HashMap<ContactId, String>,
    pub(super) agents_by_email: HashMap<EmailAddress, (AgentId, String)>,
    pub(super) agents_by_name: HashMap<String, (AgentId, Option<EmailAddress>, String)>,
    pub(super) statuses: BTreeMap<WantedStatus, (PipelineId, StatusId, Stage)>,
}

impl Importer {
    /// Prepares to import into an inbox, and so into its portal. Reads what earlier runs took over.
    ///
    /// # Errors
    /// If there is no such inbox, or the store fails.
    pub async fn begin(ports: ImportPorts, inbox: InboxId) -> Result<Self, ImportError> {
        let task = Task::Import;
        let mut tx = ports.store.begin(Access::Snapshot).await?;
        let inbox = tx.directory().inbox(inbox).await?.ok_or(ImportError::NoSuchInbox)?;
        let own_pipeline = tx
            .directory()
            .pipeline(inbox.pipeline)
            .await?
            .ok_or_else(|| StoreError::bare(StoreErrorKind::Corrupt))?;
        let mut companies = HashMap::new();
        let mut contacts = HashMap::new();
        for kind in [ReceiptKind::Company, ReceiptKind::Contact] {
            let mut after: Option<String> = None;
            loop {
                let page = tx.imports().all_receipts(&task, kind, after.as_deref(), PAGE).await?;
                let Some(last) = page.last() else { break };
                after = Some(last.key.clone());
                for it in page {
                    if kind == ReceiptKind::Company {
                        companies.insert(
                            it.key,
                            Known {
                                id: CompanyId::from_uuid(it.object),
                                fingerprint: it.fingerprint,
                            },
                        );
                    } else {
                        contacts.insert(
                            it.key,
                            Known {
                                id: ContactId::from_uuid(it.object),
                                fingerprint: it.fingerprint,
                            },
                        );
                    }
                }
            }
        }
        drop(tx);
        Ok(Self {
            ports,
            task,
            inbox,
            own_pipeline,
            columns: BTreeMap::new(),
            companies,
            contacts,
            writers: HashMap::new(),
            names: HashMap::new(),
            agents_by_email: HashMap::new(),
            agents_by_name: HashMap::new(),
            statuses: BTreeMap::new(),
        })
    }

    /// Whether an earlier run took over a company or contact with this key.
    #[must_use]
    pub fn knows(&self, kind: ReceiptKind, key: &str) -> bool {
        match kind {
            ReceiptKind::Company => self.companies.contains_key(key),
            ReceiptKind::Contact => self.contacts.contains_key(key),
            ReceiptKind::Ticket => false,
        }
    }

    /// The pipelines and statuses that are needed, without writing anything.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn plan(&self, wanted: &BTreeSet<WantedStatus>) -> Result<Vec<PlannedPipeline>, ImportError> {
        let mut tx = self.ports.store.begin(Access::Read).await?;
        let existing = tx.directory().all_pipelines(&self.task).await?;
        Ok(plan_pipelines(&existing, &self.own_pipeline, wanted))
    }

    /// Defines the properties of unknown columns: text, staff-only. A property that is there stays as it is.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn define_properties(&mut self, drafts: &[PropertyDraft]) -> Result<u64, ImportError> {
        let mut attempt = 0;
        let added = loop {
            match self.define_properties_once(drafts).await {
                Ok(added) => break added,
                Err(error) => self.pause(error, &mut attempt).await?,
            }
        };
        for draft in drafts {
            self.columns.entry(draft.owner).or_default().insert(draft.key.clone());
        }
        Ok(added)
    }

    async fn define_properties_once(&self, drafts: &[PropertyDraft]) -> Result<u64, ImportError> {
        let mut tx = self.ports.store.begin(Access::Write).await?;
        let mut there = BTreeSet::new();
        for owner in [PropertyOwner::Contact, PropertyOwner::Company, PropertyOwner::Ticket] {
            there.extend(
                tx.directory()
                    .properties(&self.task, owner)
                    .await?
                    .into_iter()
                    .map(|it| (owner, it.key)),
            );
        }
        let mut added = 0;
        for draft in drafts {
            if there.insert((draft.owner, draft.key.clone())) {
                let definition = PropertyDefinition {
                    owner: draft.owner,
                    key: draft.key.clone(),
                    label: Localized::new(Locale::english(), draft.label.clone()),
                    kind: PropertyType::Text,
                    customer_writable: false,
                    shown_to_customers: false,
                    options: Vec::new(),
                    archived: false,
                };
                tx.directory().put_property(&self.task, &definition).await?;
                added += 1;
            }
        }
        tx.commit().await?;
        Ok(added)
    }

    /// Makes the people that stand under messages known: contacts of the store by their addresses, everybody else as
    /// staff that cannot sign in, found again by address or else by name.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn import_agents(&mut self, drafts: &BTreeSet<AgentDraft>) -> Result<u64, ImportError> {
        self.learn_addresses().await?;
        let mut attempt = 0;
        loop {
            match self.import_agents_once(drafts).await {
                Ok(added) => return Ok(added),
                Err(error) => self.pause(error, &mut attempt).await?,
            }
        }
    }

    /// Creates and extends pipelines, so that every status that is wanted exists.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn import_pipelines(
        &mut self,
        wanted: &BTreeSet<WantedStatus>,
    ) -> Result<Vec<PlannedPipeline>, ImportError> {
        let mut attempt = 0;
        loop {
            match self.import_pipelines_once(wanted).await {
                Ok(plans) => return Ok(plans),
                Err(error) => self.pause(error, &mut attempt).await?,
            }
        }
    }

    async fn import_pipelines_once(
        &mut self,
        wanted: &BTreeSet<WantedStatus>,
    ) -> Result<Vec<PlannedPipeline>, ImportError> {
        let now = self.ports.clock.now();
        let mut tx = self.ports.store.begin(Access::Write).await?;
        let existing = tx.directory().all_pipelines(&self.task).await?;
        let plans = plan_pipelines(&existing, &self.own_pipeline, wanted);
        let mut made = Vec::new();
        for plan in &plans {
            let there = plan.id.and_then(|id| {
                std::iter::once(&self.own_pipeline)
                    .chain(&existing)
                    .find(|it| it.id() == id)
            });
            let id = plan
                .id
                .unwrap_or_else(|| PipelineId::from_uuid(self.ports.ids.next(now)));
            let all = statuses(plan, there, || StatusId::from_uuid(self.ports.ids.next(now)));
            let corrupt = |error: PipelineError| StoreError::new(StoreErrorKind::Corrupt, error);
            let pipeline = Pipeline::new(id, plan.name.clone(), all).map_err(corrupt)?;
            if plan.is_new_or_grows() {
                tx.directory().put_pipeline(&self.task, &pipeline).await?;
            }
            made.push(pipeline);
        }
        tx.commit().await?;
        for want in wanted {
            let name = want.pipeline.as_ref().unwrap_or_else(|| self.own_pipeline.name());
            let found = plans
                .iter()
                .zip(&made)
                .find(|(plan, _)| super::pipelines::same(&plan.name, name));
            let status =
                found.and_then(|(plan, pipeline)| Some((pipeline.id(), pipeline.statuses().get(plan.place(want)?)?)));
            if let Some((pipeline, status)) = status {
                self.statuses.insert(want.clone(), (pipeline, status.id, status.stage));
            }
        }
        Ok(plans)
    }

    /// Waits if the store was only busy, and gives the error back if it was not, or was so too often.
    pub(super) async fn pause(&self, error: ImportError, attempt: &mut u32) -> Result<(), ImportError> {
        let busy = matches!(&error, ImportError::Store(it) if it.kind() == StoreErrorKind::Retry);
        *attempt += 1;
        if !busy || *attempt >= ATTEMPTS {
            return Err(error);
        }
        self.ports.pacer.pause(Duration::from_millis(20 << *attempt)).await;
        Ok(())
    }

    pub(super) fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }
}
