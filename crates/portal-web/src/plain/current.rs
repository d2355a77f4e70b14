use portal_core::mail::MailTexts;
use portal_core::settings::{
    AccessSettings, Address, Branding, ConsentNotice, General, PortalLinks, PortalView, Section, SettingsValue,
    SupportForm, TicketDisplay, TicketSettings,
};

/// What a portal says of a section: what its row says, else what was written last, else what holds by default. `None` if the
/// section is not a portal's, or the portal has no domain.
#[must_use]
pub fn current(view: &PortalView, section: Section) -> Option<SettingsValue> {
    let row = &view.portal;
    let default = match section {
        Section::General => return Some(SettingsValue::General(General::of(row))),
        Section::Address => {
            return view.domain.as_ref().map(|it| {
                SettingsValue::Address(Address {
                    domain: it.id,
                    slug: row.slug.clone(),
                })
            });
        }
        Section::Tickets => return Some(SettingsValue::Tickets(TicketSettings::of(row))),
        Section::Access => return Some(SettingsValue::Access(AccessSettings::of(row))),
        Section::Customers => return Some(SettingsValue::Customers(row.may)),
        Section::PrivateContent => return None,
        Section::Display => SettingsValue::Display(TicketDisplay::default()),
        Section::Form => SettingsValue::Form(SupportForm::default()),
        Section::Consent => SettingsValue::Consent(ConsentNotice::default()),
        Section::Branding => SettingsValue::Branding(Branding::default()),
        Section::Links => SettingsValue::Links(PortalLinks::default()),
        Section::MailTexts => SettingsValue::MailTexts(MailTexts::default()),
    };
    let written = view.versions.iter().find(|it| it.section() == section);
    Some(written.map_or(default, |it| it.value.clone()))
}
