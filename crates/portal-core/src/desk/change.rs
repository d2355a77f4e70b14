use super::scope::StaffScope;
use super::writing::DeskError;
use crate::access::{Audience, Standing};
use crate::actor::Task;
use crate::audit::AuditEvent;
use crate::crm::{ContactStanding, Party, has_left};
use crate::id::{CompanyId, ContactId, InboxId};
use crate::input::{ProblemKind, Problems};
use crate::ports::{StoreError, Tx};
use crate::ticket::{AssociationLabel, EventKind, Ticket};

/// A change of a ticket that gives or takes sight: made only after whoever makes it was shown what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketChange {
    /// Whether its companies read it.
    Audience(Audience),
    /// Where it is.
    Inbox(InboxId),
    /// Spam, deleted, or a ticket like any other again.
    Standing(Standing),
    /// Somebody is put on it as this, or is this on it from now on.
    Link(ContactId, AssociationLabel),
    /// Somebody is taken off it.
    Unlink(ContactId),
    /// A company is put on it.
    LinkCompany(CompanyId),
    /// A company is taken off it.
    UnlinkCompany(CompanyId),
}

impl TicketChange {
    /// Makes the change to a ticket of the scope, in memory; what customers are told of it, if anything.
    pub(super) async fn make(
        self,
        tx: &mut dyn Tx,
        task: &Task,
        scope: &StaffScope,
        ticket: &mut Ticket,
    ) -> Result<Option<EventKind>, DeskError> {
        match self {
            Self::Audience(audience) => {
                ticket.audience = audience;
                Ok(Some(match audience {
                    Audience::Private => EventKind::MadePrivate,
                    Audience::Shared => EventKind::MadeShared,
                }))
            }
            Self::Inbox(inbox) => {
                // Both ends must be theirs: where it is was judged when it was found. An inbox of others is like none.
                let to = tx.directory().inbox(inbox).await?.filter(|it| scope.has(it.id));
                let to = to.ok_or(DeskError::NotFound)?;
                if to.moving_to.is_some() {
                    // Its tickets are on their way to another portal, and this one would be left behind.
                    return Err(DeskError::NotPossible);
                }
                ticket.inbox = to.id;
                ticket.portal = to.portal;
                Ok(None)
            }
            Self::Standing(standing) => {
                let settled = ticket.standing == Standing::Merged || standing == Standing::Merged;
                if settled || standing == Standing::Unverified {
                    return Err(DeskError::NotPossible);
                }
                ticket.standing = standing;
                Ok(None)
            }
            Self::Link(contact, label) => {
                let known = tx.directory().contact(task, contact).await?;
                let is_on = ticket.contacts.contains_key(&contact);
                let is_active = known.is_some_and(|it| it.standing == ContactStanding::Active);
                if !(is_on || is_active) || has_left(tx, task, Party::Contact(contact)).await? {
                    return Err(Problems::one("contact", ProblemKind::NotOffered).into());
                }
                if label == AssociationLabel::Requester {
                    // There is one at most: whoever was it stays on the ticket.
                    for other in ticket.contacts.values_mut() {
                        *other = AssociationLabel::Participant;
                    }
                }
                let joins = ticket.contacts.insert(contact, label).is_none();
                Ok(joins.then_some(EventKind::PeopleChanged))
            }
            Self::Unlink(contact) => {
                ticket.contacts.remove(&contact);
                Ok(Some(EventKind::PeopleChanged))
            }
            Self::LinkCompany(company) => {
                let known = tx.directory().company(task, company).await?;
                if known.is_none() || has_left(tx, task, Party::Company(company)).await? {
                    return Err(Problems::one("company", ProblemKind::NotOffered).into());
                }
                ticket.companies.insert(company);
                Ok(Some(EventKind::PeopleChanged))
            }
            Self::UnlinkCompany(company) => {
                ticket.companies.remove(&company);
                Ok(Some(EventKind::PeopleChanged))
            }
        }
    }

    /// Whether the ticket is so already.
    pub(super) fn is_made(self, ticket: &Ticket) -> bool {
        match self {
            Self::Audience(it) => ticket.audience == it,
            Self::Inbox(it) => ticket.inbox == it,
            Self::Standing(it) => ticket.standing == it,
            Self::Link(contact, label) => ticket.contacts.get(&contact) == Some(&label),
            Self::Unlink(contact) => !ticket.contacts.contains_key(&contact),
            Self::LinkCompany(company) => ticket.companies.contains(&company),
            Self::UnlinkCompany(company) => !ticket.companies.contains(&company),
        }
    }

    /// The person, company or inbox that it is about, by name.
    pub(super) async fn about(self, tx: &mut dyn Tx, task: &Task) -> Result<String, StoreError> {
        let name = match self {
            Self::Audience(_) | Self::Standing(_) => None,
            Self::Inbox(inbox) => tx.directory().inbox(inbox).await?.map(|it| it.name.to_string()),
            Self::Link(contact, _) | Self::Unlink(contact) => tx
                .directory()
                .contact(task, contact)
                .await?
                .map(|it| it.name.to_string()),
            Self::LinkCompany(company) | Self::UnlinkCompany(company) => tx
                .directory()
                .company(task, company)
                .await?
                .map(|it| it.name.to_string()),
        };
        Ok(name.unwrap_or_default())
    }

    /// What the audit calls it.
    pub(super) const fn event(self) -> AuditEvent {
        match self {
            Self::Audience(_) => AuditEvent::TicketAudienceChanged,
            Self::Inbox(_) => AuditEvent::TicketMoved,
            Self::Standing(_) => AuditEvent::TicketStandingChanged,
            Self::Link(..) | Self::LinkCompany(_) => AuditEvent::TicketLinked,
            Self::Unlink(_) | Self::UnlinkCompany(_) => AuditEvent::TicketUnlinked,
        }
    }

    /// For fingerprints and the audit: the new state in the words of programs.
    pub(super) fn text(self) -> String {
        match self {
            Self::Audience(Audience::Private) => "private".to_owned(),
            Self::Audience(Audience::Shared) => "shared".to_owned(),
            Self::Inbox(inbox) => inbox.to_string(),
            Self::Standing(standing) => format!("{standing:?}").to_lowercase(),
            Self::Link(contact, label) => format!("{contact} {}", format!("{label:?}").to_lowercase()),
            Self::Unlink(contact) => contact.to_string(),
            Self::LinkCompany(company) | Self::UnlinkCompany(company) => company.to_string(),
        }
    }
}
