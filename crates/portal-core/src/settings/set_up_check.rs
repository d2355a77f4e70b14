use super::{CustomerPortal, Section, SettingsOwner, SettingsValue};
use crate::access::AccessRule;
use crate::actor::Task;
use crate::ports::{StoreError, Tx};

/// What is looked at before a portal is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckItem {
    /// The domain is proven to be ours.
    Domain,
    /// All four steps were left.
    Steps,
    /// New tickets have an inbox that is not another portal's.
    Inbox,
    /// Somebody can enter.
    Access,
    /// Access pages can name the company and whom to write to.
    Company,
    /// Whoever registers has a notice to agree to.
    Consent,
}

impl CheckItem {
    /// Its name for texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Steps => "steps",
            Self::Inbox => "inbox",
            Self::Access => "access",
            Self::Company => "company",
            Self::Consent => "consent",
        }
    }
}

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckState {
    /// Ready.
    Ready,
    /// It can be published without, and had better not be.
    Advised,
    /// It cannot be published without.
    Missing,
}

/// One line of the check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetUpCheck {
    /// What was looked at.
    pub item: CheckItem,
    /// How it stands.
    pub state: CheckState,
}

/// Looks at everything that a portal needs before it is published.
pub(super) async fn check(
    tx: &mut dyn Tx,
    task: &Task,
    portal: &CustomerPortal,
) -> Result<Vec<SetUpCheck>, StoreError> {
    let needed = |fine: bool| if fine { CheckState::Ready } else { CheckState::Missing };
    let advised = |fine: bool| if fine { CheckState::Ready } else { CheckState::Advised };
    let domain = tx.settings().domain_of(&portal.host).await?;
    let proven = domain.as_ref().is_none_or(|it| it.ownership.is_proven());
    let private = domain.map(|it| it.private).unwrap_or_default();
    let inbox = tx.directory().inbox(portal.default_inbox).await?;
    let inbox = inbox.is_some_and(|it| it.moving_to.is_none() && it.portal.is_none_or(|of| of == portal.id));
    let (access, consent) = match &portal.access {
        AccessRule::Groups(groups) => {
            let known = tx.directory().all_groups(task).await?;
            (known.iter().any(|it| groups.contains(&it.id)), true)
        }
        AccessRule::EveryRegisteredContact => {
            let notice = tx
                .settings()
                .current_settings(SettingsOwner::Portal(portal.id), Section::Consent)
                .await?;
            let written =
                notice.is_some_and(|it| matches!(&it.value, SettingsValue::Consent(notice) if notice.text.is_some()));
            (private.self_registration || portal.published, written)
        }
    };
    let lines = [
        (CheckItem::Steps, needed(portal.set_up.resume_at().is_none())),
        (CheckItem::Domain, needed(proven)),
        (CheckItem::Inbox, needed(inbox)),
        (CheckItem::Access, needed(access)),
        (
            CheckItem::Company,
            advised(private.company_name.is_some() && private.admin_contact.is_some()),
        ),
        (CheckItem::Consent, advised(consent)),
    ];
    Ok(lines
        .into_iter()
        .map(|(item, state)| SetUpCheck { item, state })
        .collect())
}
