use super::seal::{Seal, SealedEntry, message};
use crate::actor::{Actor, Task};
use crate::portal::{Portal, UseCaseError, attempt};
use crate::ports::{Access, StoreError, VaultError};
use crate::staff::{Permission, StaffActor, StaffError};
use crate::time::Timestamp;

/// What the key of the installation is used for here.
const PURPOSE: &str = "audit seal";
/// How many entries one seal is over.
const A_BATCH: u32 = 1_000;
/// How many seals are read at once.
const A_PAGE: u32 = 200;
/// How many faults are told one by one.
const MOST_FAULTS: usize = 20;

/// Why the audit was not sealed or looked through.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// The key of the installation cannot be used.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl UseCaseError for SealError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(err) => Some(err),
            Self::Staff(err) => err.store_error(),
            Self::Vault(_) => None,
        }
    }

    fn is_not_found(&self) -> bool {
        false
    }
}

/// How far the audit is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealStatus {
    /// The newest seal; none if nothing was sealed yet.
    pub newest: Option<Seal>,
    /// When the oldest entry was made that is not sealed; none if all are.
    pub unsealed_since: Option<Timestamp>,
}

/// What is wrong with a seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealFaultKind {
    /// There is none of this number, or one too many.
    Missing,
    /// The link does not follow from the one before and the entries: something was changed, left out, added, or put into
    /// another order.
    Broken,
    /// An entry says something else than when it was sealed.
    Changed,
    /// The seal is not the one that was expected.
    Unexpected,
}

/// Something that was tampered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealFault {
    /// The number of the seal.
    pub seal: i64,
    /// What is wrong.
    pub kind: SealFaultKind,
}

/// What looking through all seals came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SealVerdict {
    /// How many seals there are.
    pub seals: u64,
    /// How many entries are under them.
    pub entries: u64,
    /// How many of those were emptied when somebody was erased.
    pub forgotten: u64,
    /// The newest seal. Kept elsewhere, it shows later that nothing was cut off at the end.
    pub newest: Option<Seal>,
    /// What was tampered with; the first ones.
    pub faults: Vec<SealFault>,
}

impl SealVerdict {
    /// Whether nothing was tampered with.
    #[must_use]
    pub const fn is_fine(&self) -> bool {
        self.faults.is_empty()
    }

    fn fault(&mut self, seal: i64, kind: SealFaultKind) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(SealFault { seal, kind });
        }
    }
}

impl Portal {
    /// Puts a seal on all entries that have none, some hundred at a time. Answers how many were sealed. Several servers may
    /// do it at once: each entry gets one seal.
    ///
    /// # Errors
    /// See [`SealError`].
    pub async fn seal_audit(&self) -> Result<u64, SealError> {
        let mut sealed = 0;
        loop {
            let done = attempt!(self, &Actor::Anonymous, "audit.seal", self.seal_some())?;
            sealed += u64::from(done);
            if done < A_BATCH {
                return Ok(sealed);
            }
        }
    }

    async fn seal_some(&self) -> Result<u32, SealError> {
        let task = Task::Maintenance;
        let at = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        // Takes the turn: whoever else seals waits here.
        let before = tx.audit().newest_seal(&task).await?;
        let entries = tx.audit().unsealed(&task, A_BATCH).await?;
        let entries: Vec<SealedEntry> = entries.into_iter().map(SealedEntry::of).collect();
        let count = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        if count == 0 {
            return Ok(0);
        }
        let number = before.as_ref().map_or(1, |it| it.number + 1);
        let link = self
            .vault
            .sign(PURPOSE, &message(before.as_ref(), number, at, &entries))?;
        let seal = Seal {
            number,
            at,
            entries: count,
            link,
        };
        tx.audit().add_seal(&task, &seal, &entries).await?;
        tx.commit().await?;
        Ok(count)
    }

    /// How far the audit is sealed.
    ///
    /// # Errors
    /// Refuses who may not read the audit.
    pub async fn seal_status(&self, actor: &StaffActor) -> Result<SealStatus, SealError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let task = self.staff(&mut *tx, actor, Permission::Admin).await?.task();
        Ok(SealStatus {
            newest: tx.audit().newest_seal(&task).await?,
            unsealed_since: tx.audit().unsealed(&task, 1).await?.first().map(|it| it.at),
        })
    }

    /// Looks through all seals and every entry under them. `expected` is a seal that was noted down elsewhere, by number and
    /// link.
    ///
    /// # Errors
    /// Refuses who may not read the audit.
    pub async fn verify_audit(
        &self,
        actor: &StaffActor,
        expected: Option<(i64, [u8; 32])>,
    ) -> Result<SealVerdict, SealError> {
        let verdict = self.verify_seals(actor, expected).await;
        self.report("audit.verify", &Actor::Anonymous, verdict.as_ref().err());
        verdict
    }

    async fn verify_seals(
        &self,
        actor: &StaffActor,
        expected: Option<(i64, [u8; 32])>,
    ) -> Result<SealVerdict, SealError> {
        let mut verdict = SealVerdict::default();
        let mut before: Option<Seal> = None;
        let mut is_met = expected.is_none();
        loop {
            // A page at a time, so that a long log does not hold one unit of work open.
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let task = self.staff(&mut *tx, actor, Permission::Admin).await?.task();
            let after = before.as_ref().map_or(0, |it| it.number);
            let page = tx.audit().seals(&task, after, A_PAGE).await?;
            let is_last = page.len() < A_PAGE as usize;
            for seal in page {
                let entries = tx.audit().sealed(&task, seal.number).await?;
                if seal.number != before.as_ref().map_or(1, |it| it.number + 1) {
                    verdict.fault(seal.number, SealFaultKind::Missing);
                }
                let signed = message(before.as_ref(), seal.number, seal.at, &entries);
                let link = self.vault.sign(PURPOSE, &signed)?;
                if link != seal.link || entries.len() as u64 != u64::from(seal.entries) {
                    verdict.fault(seal.number, SealFaultKind::Broken);
                }
                let forgotten = entries.iter().filter(|it| it.is_forgotten()).count() as u64;
                let changed = entries.iter().any(|it| !it.is_whole() && !it.is_forgotten());
                if changed {
                    verdict.fault(seal.number, SealFaultKind::Changed);
                }
                if let Some((number, link)) = expected
                    && number == seal.number
                {
                    is_met = link == seal.link;
                }
                verdict.seals += 1;
                verdict.entries += entries.len() as u64;
                verdict.forgotten += forgotten;
                before = Some(seal);
            }
            if is_last {
                break;
            }
        }
        if let (Some((number, _)), false) = (expected, is_met) {
            verdict.fault(number, SealFaultKind::Unexpected);
        }
        verdict.newest = before;
        Ok(verdict)
    }
}
