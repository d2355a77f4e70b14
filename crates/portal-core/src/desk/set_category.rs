use super::writing::{Begun, DeskError};
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::TicketNumber;
use crate::input::Problems;
use crate::portal::{Portal, attempt};
use crate::ports::IdempotencyKey;
use crate::staff::StaffActor;
use crate::text::{Line, LineError};
use crate::ticket::writing::fingerprint;

/// Another category for a ticket, as typed; nothing but blanks is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetCategory {
    /// The ticket.
    pub number: TicketNumber,
    /// The category that whoever changes it saw.
    pub was: Option<String>,
    /// What it is to be.
    pub category: Option<String>,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

impl Portal {
    /// Says what kind of request a ticket is.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn set_category(&self, actor: &StaffActor, command: SetCategory) -> Result<(), DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "set_category",
            self.set_category_once(actor, &command)
        )
    }

    async fn set_category_once(&self, actor: &StaffActor, command: &SetCategory) -> Result<(), DeskError> {
        let hash = fingerprint(&[
            &command.number.to_string(),
            command.category.as_deref().unwrap_or_default(),
        ]);
        let mut sitting = match self.sit(actor, "set_category", command.key.as_ref(), hash).await? {
            Begun::New(sitting) => sitting,
            Begun::Done(_) => return Ok(()),
        };
        let mut ticket = sitting.take(command.number).await?;
        let category = typed(command.category.as_deref())?;
        if ticket.category == category {
            return Ok(());
        }
        if ticket.category.as_ref().map(Line::as_str) != command.was.as_deref().filter(|it| !it.is_empty()) {
            return Err(DeskError::Stale);
        }
        let shown = |it: &Option<Line>| it.as_ref().map(ToString::to_string).unwrap_or_default();
        let change = [("from", shown(&ticket.category)), ("to", shown(&category))];
        ticket.category = category;
        sitting.store(&mut ticket, None).await?;
        self.desk_noted(&mut sitting, AuditEvent::TicketCategoryChanged, &ticket, &change)
            .await?;
        Ok(sitting.done("set".to_owned()).await?)
    }
}

fn typed(text: Option<&str>) -> Result<Option<Line>, Problems> {
    let Some(text) = text.map(str::trim).filter(|it| !it.is_empty()) else {
        return Ok(None);
    };
    let line = text.parse().map_err(|err: LineError| Problems::one("category", err))?;
    Ok(Some(line))
}
