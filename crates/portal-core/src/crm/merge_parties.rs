use std::collections::{BTreeMap, BTreeSet};

use super::merge::{
    Merge, MergeError, MergeField, MergeParties, MergePreview, MergeState, PartyFields, Widening, change, has_left,
};
use super::party::Party;
use super::people::{Company, Contact, ContactStanding};
use super::policy::Policy;
use super::preview_policy::{PolicyPreview, preview};
use crate::actor::{Actor, Task};
use crate::audit::{AuditActor, AuditEvent};
use crate::id::{CompanyId, MergeId};
use crate::membership::end_everything;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreErrorKind, Tx};
use crate::property::PropertyValues;
use crate::staff::{Permission, Staff, StaffActor, StaffError};
use crate::text::Line;

/// Both sides, as they are and as they would be.
struct Both {
    from: Side,
    into: Side,
    after: Side,
    labels: BTreeMap<CompanyId, Line>,
    registered: (bool, bool),
}

enum Side {
    Contact(Box<Contact>),
    Company(Box<Company>),
}

impl Side {
    fn contact(&self) -> Option<&Contact> {
        match self {
            Self::Contact(it) => Some(it),
            Self::Company(_) => None,
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Contact(it) => it.name.to_string(),
            Self::Company(it) => it.name.to_string(),
        }
    }

    fn fields(&self, labels: &BTreeMap<CompanyId, Line>) -> PartyFields {
        match self {
            Self::Contact(it) => PartyFields::of_contact(it, labels.clone()),
            Self::Company(it) => PartyFields::of_company(it),
        }
    }
}

impl Portal {
    /// What a merge would do, without doing it.
    ///
    /// # Errors
    /// See [`MergeError`].
    pub async fn preview_merge(&self, actor: &StaffActor, command: &MergeParties) -> Result<MergePreview, MergeError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "preview_merge",
            self.preview_merge_once(actor, command)
        )
    }

    async fn preview_merge_once(&self, actor: &StaffActor, command: &MergeParties) -> Result<MergePreview, MergeError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        let both = load(&mut *tx, &staff.task(), command).await?;
        let effect = effect(&mut *tx, &staff, command, &both).await?;
        Ok(MergePreview {
            after: both.after.fields(&both.labels),
            effect,
            two_accounts: both.registered == (true, true),
            loses_account: both.registered == (true, false),
        })
    }

    /// Makes one of two contacts, or of two companies. Tickets follow in units; if it stops on the way,
    /// [`carry_on_merge`](Self::carry_on_merge) goes on.
    ///
    /// Of two who both have a way to sign in, the survivor's stays and the other's sessions, tokens and open links end. No
    /// message moves. Who would see more must have been named and accepted.
    ///
    /// # Errors
    /// See [`MergeError`].
    pub async fn merge_parties(&self, actor: &StaffActor, command: &MergeParties) -> Result<MergeId, MergeError> {
        let id = attempt!(
            self,
            &Actor::Anonymous,
            "merge_parties",
            self.merge_parties_once(actor, command)
        )?;
        self.carry_on_merge(actor, id).await?;
        Ok(id)
    }

    async fn merge_parties_once(&self, actor: &StaffActor, command: &MergeParties) -> Result<MergeId, MergeError> {
        let now = self.clock.now();
        // Of companies it may take a while, and nobody else is to wait for it.
        let looked = match command.into {
            Party::Company(_) => Some(self.preview_merge_once(actor, command).await?.effect),
            Party::Contact(_) => None,
        };
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        lock_both(&mut *tx, &task, command).await?;
        let both = load(&mut *tx, &task, command).await?;
        let effect = match looked {
            Some(effect) => effect,
            None => effect(&mut *tx, &staff, command, &both).await?,
        };
        if Widening::of(&effect).is_some_and(|it| command.accepted != Some(it)) {
            return Err(MergeError::Widens(Box::new(effect)));
        }
        let merge = Merge {
            id: MergeId::from_uuid(self.ids.next(now)),
            from: command.from,
            into: command.into,
            state: MergeState::Moving,
            by: match staff.auditor() {
                AuditActor::Staff(id) => Some(id),
                AuditActor::Contact(_) | AuditActor::System | AuditActor::CommandLine => None,
            },
            at: now,
            was_active: both
                .from
                .contact()
                .is_none_or(|it| it.standing == ContactStanding::Active),
            before: both.into.fields(&tx_labels(&mut *tx, &task, command.into).await?),
            after: both.after.fields(&both.labels),
        };
        self.put_both(&mut *tx, &task, &both).await?;
        tx.crm().move_notes(&task, merge.id, command.from, command.into).await?;
        tx.crm().put_merge(&task, &merge).await?;
        let event = match command.into {
            Party::Contact(_) => AuditEvent::ContactsMerged,
            Party::Company(_) => AuditEvent::CompaniesMerged,
        };
        let names = [
            ("from".to_owned(), both.from.name()),
            ("into".to_owned(), both.into.name()),
        ];
        for party in [command.into, command.from] {
            self.party_noted(
                &mut *tx,
                &staff,
                (event, party),
                &both.into.name(),
                Some(&effect),
                &names,
            )
            .await?;
        }
        tx.commit().await?;
        Ok(merge.id)
    }

    /// Puts the one who leaves aside, and the survivor as it is to be.
    async fn put_both(&self, tx: &mut dyn Tx, task: &Task, both: &Both) -> Result<(), MergeError> {
        let now = self.clock.now();
        match (&both.from, &both.into, &both.after) {
            (Side::Contact(from), Side::Contact(into), Side::Contact(after)) => {
                let aside = Contact {
                    standing: ContactStanding::Inactive,
                    ..(**from).clone()
                };
                // First this: the survivor may get their address.
                tx.directory().put_contact(task, &aside).await?;
                end_everything(tx, from.id, now).await?;
                match tx.directory().put_contact(task, after).await {
                    Err(err) if err.kind() == StoreErrorKind::Conflict => return Err(MergeError::AddressTaken),
                    result => result?,
                }
                tx.crm().put_company_labels(task, after.id, &both.labels).await?;
                let policy = Policy::load(tx, task).await?;
                self.welcomed(tx, &policy, Some(into), after).await?;
            }
            (_, _, Side::Company(after)) => tx.directory().put_company(task, after).await?,
            _ => return Err(MergeError::NotTwo),
        }
        Ok(())
    }
}

async fn tx_labels(
    tx: &mut dyn Tx,
    task: &Task,
    party: Party,
) -> Result<BTreeMap<CompanyId, Line>, crate::ports::StoreError> {
    match party {
        Party::Contact(id) => tx.crm().company_labels(task, id).await,
        Party::Company(_) => Ok(BTreeMap::new()),
    }
}

/// Always in the same order, so that two who do this at once wait for each other and not for ever.
async fn lock_both(tx: &mut dyn Tx, task: &Task, command: &MergeParties) -> Result<(), MergeError> {
    let both: BTreeSet<_> = [command.from, command.into]
        .into_iter()
        .filter_map(Party::contact)
        .collect();
    for id in both {
        tx.crm().lock_contact(task, id).await?;
    }
    Ok(())
}

async fn load(tx: &mut dyn Tx, task: &Task, command: &MergeParties) -> Result<Both, MergeError> {
    if command.from == command.into {
        return Err(MergeError::NotTwo);
    }
    for party in [command.from, command.into] {
        if has_left(tx, task, party).await? {
            return Err(MergeError::Gone);
        }
    }
    match (command.from, command.into) {
        (Party::Contact(from), Party::Contact(into)) => {
            let from_guest = tx.crm().guest(task, from).await?.ok_or(MergeError::NotFound)?;
            let into_guest = tx.crm().guest(task, into).await?.ok_or(MergeError::NotFound)?;
            if into_guest.contact.standing != ContactStanding::Active {
                return Err(MergeError::Gone);
            }
            let (from_labels, into_labels) = (
                tx.crm().company_labels(task, from).await?,
                tx.crm().company_labels(task, into).await?,
            );
            let registered = (from_guest.registered, into_guest.registered);
            let (from, into) = (from_guest.contact, into_guest.contact);
            if registered.1
                && command.take.contains(&MergeField::MembershipEmail)
                && from.membership_email != into.membership_email
            {
                return Err(MergeError::Registered);
            }
            let after = one_contact(command, &from, &into);
            let mut labels = from_labels;
            labels.extend(into_labels);
            labels.retain(|company, _| after.companies.contains(company));
            Ok(Both {
                from: Side::Contact(Box::new(from)),
                into: Side::Contact(Box::new(into)),
                after: Side::Contact(Box::new(after)),
                labels,
                registered,
            })
        }
        (Party::Company(from), Party::Company(into)) => {
            let from = tx.directory().company(task, from).await?.ok_or(MergeError::NotFound)?;
            let into = tx.directory().company(task, into).await?.ok_or(MergeError::NotFound)?;
            let after = one_company(command, &from, &into);
            Ok(Both {
                from: Side::Company(Box::new(from)),
                into: Side::Company(Box::new(into)),
                after: Side::Company(Box::new(after)),
                labels: BTreeMap::new(),
                registered: (false, false),
            })
        }
        _ => Err(MergeError::NotTwo),
    }
}

/// Who would gain or lose sight.
async fn effect(
    tx: &mut dyn Tx,
    staff: &Staff,
    command: &MergeParties,
    both: &Both,
) -> Result<PolicyPreview, MergeError> {
    let change = change(command, both.after.contact()).ok_or(MergeError::NotTwo)?;
    Ok(preview(tx, staff, &change).await?)
}

/// The survivor with what is wanted of the other.
fn one_contact(command: &MergeParties, from: &Contact, into: &Contact) -> Contact {
    let mut after = into.clone();
    for field in &command.take {
        match field {
            MergeField::Name => after.name.clone_from(&from.name),
            MergeField::Email => after.email.clone_from(&from.email),
            MergeField::MembershipEmail => after.membership_email.clone_from(&from.membership_email),
            MergeField::PrimaryCompany => after.primary_company = from.primary_company,
            MergeField::Language => after.language.clone_from(&from.language),
            MergeField::TimeZone => after.time_zone.clone_from(&from.time_zone),
            MergeField::Domain | MergeField::Property(_) => {}
        }
    }
    taken(command, &from.properties, &mut after.properties);
    after.companies.extend(after.primary_company);
    if command.companies {
        after.companies.extend(&from.companies);
    }
    if command.groups {
        after.groups.extend(&from.groups);
    }
    after
}

fn one_company(command: &MergeParties, from: &Company, into: &Company) -> Company {
    let mut after = into.clone();
    if command.take.contains(&MergeField::Name) {
        after.name.clone_from(&from.name);
    }
    if command.take.contains(&MergeField::Domain) {
        after.domain.clone_from(&from.domain);
    }
    taken(command, &from.properties, &mut after.properties);
    after
}

/// The wanted properties; where the other has none, the survivor has none afterwards.
fn taken(command: &MergeParties, from: &PropertyValues, into: &mut PropertyValues) {
    for field in &command.take {
        if let MergeField::Property(key) = field {
            match from.get(key) {
                Some(value) => into.insert(key.clone(), value.clone()),
                None => into.remove(key),
            };
        }
    }
}
