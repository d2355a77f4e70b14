use std::collections::BTreeSet;
use std::time::Duration;

use portal_core::settings;
use serde::{Deserialize, Serialize};

use crate::{
    AccessRule, Branding, ConsentNotice, CustomersMay, Invalid, MailTexts, PortalLinks, SupportForm, TicketDisplay,
    TicketPermission, parse,
};

/// The settings of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SettingsValue {
    /// What a portal is called, and for whom.
    General(General),
    /// Where it is.
    Address(Address),
    /// Where tickets go and which of them customers see.
    Tickets(TicketSettings),
    /// Who may enter.
    Access(AccessSettings),
    /// What customers may do.
    Customers(CustomersMay),
    /// How tickets are displayed.
    Display(TicketDisplay),
    /// The support form.
    Form(SupportForm),
    /// The consent notice.
    Consent(ConsentNotice),
    /// Logo and colour.
    Branding(Branding),
    /// Links of header and footer.
    Links(PortalLinks),
    /// The texts of account mails.
    MailTexts(MailTexts),
    /// What holds for getting in to every portal of a domain.
    PrivateContent(PrivateContent),
}

impl From<&settings::SettingsValue> for SettingsValue {
    fn from(it: &settings::SettingsValue) -> Self {
        match it {
            settings::SettingsValue::General(it) => Self::General(it.into()),
            settings::SettingsValue::Address(it) => Self::Address(it.into()),
            settings::SettingsValue::Tickets(it) => Self::Tickets(it.into()),
            settings::SettingsValue::Access(it) => Self::Access(it.into()),
            settings::SettingsValue::Customers(it) => Self::Customers((*it).into()),
            settings::SettingsValue::Display(it) => Self::Display(it.into()),
            settings::SettingsValue::Form(it) => Self::Form(it.into()),
            settings::SettingsValue::Consent(it) => Self::Consent(it.into()),
            settings::SettingsValue::Branding(it) => Self::Branding(it.into()),
            settings::SettingsValue::Links(it) => Self::Links(it.into()),
            settings::SettingsValue::MailTexts(it) => Self::MailTexts(it.into()),
            settings::SettingsValue::PrivateContent(it) => Self::PrivateContent(it.into()),
        }
    }
}

impl TryFrom<SettingsValue> for settings::SettingsValue {
    type Error = Invalid;

    fn try_from(it: SettingsValue) -> Result<Self, Invalid> {
        Ok(match it {
            SettingsValue::General(it) => Self::General(it.try_into()?),
            SettingsValue::Address(it) => Self::Address(it.try_into()?),
            SettingsValue::Tickets(it) => Self::Tickets(it.try_into()?),
            SettingsValue::Access(it) => Self::Access(it.try_into()?),
            SettingsValue::Customers(it) => Self::Customers(it.into()),
            SettingsValue::Display(it) => Self::Display(it.try_into()?),
            SettingsValue::Form(it) => Self::Form(it.try_into()?),
            SettingsValue::Consent(it) => Self::Consent(it.try_into()?),
            SettingsValue::Branding(it) => Self::Branding(it.try_into()?),
            SettingsValue::Links(it) => Self::Links(it.try_into()?),
            SettingsValue::MailTexts(it) => Self::MailTexts(it.try_into()?),
            SettingsValue::PrivateContent(it) => Self::PrivateContent(it.try_into()?),
        })
    }
}

/// What a portal is called, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum General {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// Its name.
        name: String,
        /// Languages to choose from.
        offered: BTreeSet<String>,
        /// Its time zone.
        time_zone: String,
    },
}

impl From<&settings::General> for General {
    fn from(it: &settings::General) -> Self {
        Self::V1 {
            name: it.name.to_string(),
            offered: it.offered.iter().map(ToString::to_string).collect(),
            time_zone: it.time_zone.clone(),
        }
    }
}

impl TryFrom<General> for settings::General {
    type Error = Invalid;

    fn try_from(
        General::V1 {
            name,
            offered,
            time_zone,
        }: General,
    ) -> Result<Self, Invalid> {
        Ok(Self {
            name: parse(&name, "portal name")?,
            offered: offered
                .iter()
                .map(|it| parse(it, "language"))
                .collect::<Result<_, _>>()?,
            time_zone,
        })
    }
}

/// Where a portal is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum Address {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// The domain's id.
        domain: String,
        /// What stands behind it.
        slug: String,
    },
}

impl From<&settings::Address> for Address {
    fn from(it: &settings::Address) -> Self {
        Self::V1 {
            domain: it.domain.to_string(),
            slug: it.slug.to_string(),
        }
    }
}

impl TryFrom<Address> for settings::Address {
    type Error = Invalid;

    fn try_from(Address::V1 { domain, slug }: Address) -> Result<Self, Invalid> {
        Ok(Self {
            domain: parse(&domain, "domain")?,
            slug: parse(&slug, "slug")?,
        })
    }
}

/// Where tickets go and which of them customers see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum TicketSettings {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// Where new tickets go.
        default_inbox: String,
        /// Which tickets customers see.
        permission: TicketPermission,
        /// Pipelines that are not shown.
        hidden_pipelines: BTreeSet<String>,
    },
}

impl From<&settings::TicketSettings> for TicketSettings {
    fn from(it: &settings::TicketSettings) -> Self {
        Self::V1 {
            default_inbox: it.default_inbox.to_string(),
            permission: (&it.permission).into(),
            hidden_pipelines: it.hidden_pipelines.iter().map(ToString::to_string).collect(),
        }
    }
}

impl TryFrom<TicketSettings> for settings::TicketSettings {
    type Error = Invalid;

    fn try_from(
        TicketSettings::V1 {
            default_inbox,
            permission,
            hidden_pipelines,
        }: TicketSettings,
    ) -> Result<Self, Invalid> {
        Ok(Self {
            default_inbox: parse(&default_inbox, "inbox")?,
            permission: permission.try_into()?,
            hidden_pipelines: hidden_pipelines
                .iter()
                .map(|it| parse(it, "pipeline"))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// Who may enter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum AccessSettings {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// The rule.
        rule: AccessRule,
        /// Whether registration mails go out by themselves.
        send_registration_mails: bool,
    },
}

impl From<&settings::AccessSettings> for AccessSettings {
    fn from(it: &settings::AccessSettings) -> Self {
        Self::V1 {
            rule: (&it.rule).into(),
            send_registration_mails: it.send_registration_mails,
        }
    }
}

impl TryFrom<AccessSettings> for settings::AccessSettings {
    type Error = Invalid;

    fn try_from(
        AccessSettings::V1 {
            rule,
            send_registration_mails,
        }: AccessSettings,
    ) -> Result<Self, Invalid> {
        Ok(Self {
            rule: rule.try_into()?,
            send_registration_mails,
        })
    }
}

/// What holds for getting in to every portal of a domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum PrivateContent {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// Whom access pages name.
        company_name: Option<String>,
        /// Whom to write to.
        admin_contact: Option<String>,
        /// Whether anyone may register.
        self_registration: bool,
        /// Whether somebody approves.
        approve_registrations: bool,
        /// Whether passwords sign in.
        by_password: bool,
        /// Whether mails sign in.
        by_mail: bool,
        /// Seconds without any request.
        idle_seconds: u64,
        /// Seconds in all.
        absolute_seconds: u64,
    },
}

impl From<&settings::PrivateContent> for PrivateContent {
    fn from(it: &settings::PrivateContent) -> Self {
        Self::V1 {
            company_name: it.company_name.as_ref().map(ToString::to_string),
            admin_contact: it.admin_contact.as_ref().map(ToString::to_string),
            self_registration: it.self_registration,
            approve_registrations: it.approve_registrations,
            by_password: it.methods.password,
            by_mail: it.methods.mail,
            idle_seconds: it.limits.idle.as_secs(),
            absolute_seconds: it.limits.absolute.as_secs(),
        }
    }
}

impl TryFrom<PrivateContent> for settings::PrivateContent {
    type Error = Invalid;

    fn try_from(it: PrivateContent) -> Result<Self, Invalid> {
        let PrivateContent::V1 {
            company_name,
            admin_contact,
            self_registration,
            approve_registrations,
            by_password,
            by_mail,
            idle_seconds,
            absolute_seconds,
        } = it;
        Ok(Self {
            company_name: company_name.map(|it| parse(&it, "company name")).transpose()?,
            admin_contact: admin_contact.map(|it| parse(&it, "address")).transpose()?,
            self_registration,
            approve_registrations,
            methods: settings::SignInMethods {
                password: by_password,
                mail: by_mail,
            },
            limits: settings::SessionLimits {
                idle: Duration::from_secs(idle_seconds),
                absolute: Duration::from_secs(absolute_seconds),
            },
        })
    }
}
