use crate::access::AccessRule;
use crate::id::PortalId;
use crate::ports::{StoreError, Tx};
use crate::settings::{ConsentNotice, CustomerPortal, Section, SettingsOwner, SettingsValue};

/// How one gets in at a portal: by the settings of its domain and its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaysIn {
    /// With a password.
    pub password: bool,
    /// With a link and a code from a mail.
    pub mail: bool,
    /// Whether anyone may register.
    pub registration: bool,
    /// Whether staff approves registrations.
    pub approval: bool,
    /// Whom to write to if one cannot get in.
    pub help: Option<crate::text::EmailAddress>,
    /// The company that access pages name.
    pub company: Option<String>,
}

/// How one gets in at a portal now.
pub(super) async fn ways_in(tx: &mut dyn Tx, portal: &CustomerPortal) -> Result<WaysIn, StoreError> {
    let domain = tx.settings().domain_of(&portal.host).await?;
    let private = domain.map(|it| it.private).unwrap_or_default();
    let open = portal.access == AccessRule::EveryRegisteredContact && portal.published;
    Ok(WaysIn {
        password: private.methods.password,
        mail: private.methods.mail,
        registration: open && private.self_registration,
        approval: private.approve_registrations,
        help: private.admin_contact,
        company: private.company_name.map(|it| it.to_string()),
    })
}

/// The portal's consent notice.
pub(super) async fn consent_notice(tx: &mut dyn Tx, portal: PortalId) -> Result<ConsentNotice, StoreError> {
    let owner = SettingsOwner::Portal(portal);
    let current = tx.settings().current_settings(owner, Section::Consent).await?;
    Ok(match current.map(|it| it.value) {
        Some(SettingsValue::Consent(notice)) => notice,
        _ => ConsentNotice::default(),
    })
}
