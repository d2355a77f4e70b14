use super::writing::{Begun, DeskError};
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::TicketNumber;
use crate::input::{ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::IdempotencyKey;
use crate::property::{PropertyKey, PropertyOwner, PropertyType, PropertyValue};
use crate::staff::StaffActor;
use crate::ticket::writing::fingerprint;

/// Another value for a property of a ticket, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetProperty {
    /// The ticket.
    pub number: TicketNumber,
    /// Which property.
    pub property: PropertyKey,
    /// The value that whoever changes it saw, as it is typed; empty if there was none.
    pub was: String,
    /// What it is to be, as [`PropertyType::typed`] reads it; nothing but blanks takes it away.
    pub value: String,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

impl Portal {
    /// Gives a property of a ticket another value, or none. Properties that are out of use stay as they are.
    ///
    /// # Errors
    /// See [`DeskError`]; a value of the wrong type, or one that is not offered, is a problem of the field `value`.
    pub async fn set_property(&self, actor: &StaffActor, command: SetProperty) -> Result<(), DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "set_property",
            self.set_property_once(actor, &command)
        )
    }

    async fn set_property_once(&self, actor: &StaffActor, command: &SetProperty) -> Result<(), DeskError> {
        let number = command.number.to_string();
        let hash = fingerprint(&[&number, command.property.as_str(), &command.value]);
        let mut sitting = match self.sit(actor, "set_property", command.key.as_ref(), hash).await? {
            Begun::New(sitting) => sitting,
            Begun::Done(_) => return Ok(()),
        };
        let mut ticket = sitting.take(command.number).await?;
        let task = sitting.staff.task();
        let defined = sitting.tx.directory().properties(&task, PropertyOwner::Ticket).await?;
        let defined = defined
            .into_iter()
            .find(|it| it.key == command.property && !it.archived);
        let defined = defined.ok_or_else(|| Problems::one("property", ProblemKind::NotOffered))?;
        let before = ticket.properties.get(&command.property).cloned();
        let value = match command.value.trim() {
            "" => None,
            typed => {
                let value = defined.typed(typed, before.as_ref());
                Some(value.ok_or_else(|| Problems::one("value", not_of(defined.kind, typed)))?)
            }
        };
        if value == before {
            return Ok(());
        }
        if before.as_ref().map(PropertyValue::to_string).unwrap_or_default() != command.was {
            return Err(DeskError::Stale);
        }
        match value {
            Some(value) => ticket.properties.insert(command.property.clone(), value),
            None => ticket.properties.remove(&command.property),
        };
        sitting.store(&mut ticket, None).await?;
        let change = [("property", command.property.to_string())];
        self.desk_noted(&mut sitting, AuditEvent::TicketPropertyChanged, &ticket, &change)
            .await?;
        Ok(sitting.done("set".to_owned()).await?)
    }
}

/// What is wrong with a value that is none of a type.
const fn not_of(kind: PropertyType, typed: &str) -> ProblemKind {
    match kind {
        PropertyType::Number => ProblemKind::Number,
        PropertyType::Date => ProblemKind::Date,
        PropertyType::Text => ProblemKind::TooManyBytes {
            max: 1_000,
            given: typed.len(),
        },
        PropertyType::Bool | PropertyType::Choice | PropertyType::Choices => ProblemKind::NotOffered,
    }
}
