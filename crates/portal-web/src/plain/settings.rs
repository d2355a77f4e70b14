use std::collections::BTreeMap;

use poem_openapi::{Enum, Object};
use serde::{Deserialize, Serialize};

use super::criteria::Condition;

/// A text in several languages: `{ "en": "Request", "de": "Anfrage" }`. That of the portal's language must be there.
pub type Texts = BTreeMap<String, String>;

macro_rules! plain {
    ($name:literal, $(#[$doc:meta])* $visibility:vis struct $type:ident { $($body:tt)* }) => {
        $(#[$doc])*
        #[derive(Object, Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
        #[oai(rename = $name, deny_unknown_fields, skip_serializing_if_is_none)]
        #[serde(deny_unknown_fields)]
        $visibility struct $type { $($body)* }
    };
    ($name:literal, $(#[$doc:meta])* $visibility:vis enum $type:ident { $($body:tt)* }) => {
        $(#[$doc])*
        #[derive(Enum, Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
        #[oai(rename = $name, rename_all = "snake_case")]
        #[serde(rename_all = "snake_case")]
        $visibility enum $type { $($body)* }
    };
}

const fn yes() -> bool {
    true
}

fn utc() -> String {
    "UTC".to_owned()
}

plain! { "GeneralSettings",
    /// What a portal is called, and for whom.
    pub struct General {
        /// Its name, shown in the browser tab.
        pub name: String,
        /// Languages that visitors can choose beside that of the domain.
        #[oai(default)]
        #[serde(default)]
        pub languages: Vec<String>,
        /// The IANA time zone that is used where the reader's is not known.
        #[oai(default = "utc")]
        #[serde(default = "utc")]
        pub time_zone: String,
    }
}

plain! { "AddressSettings",
    /// Where a portal is.
    pub struct Address {
        /// The domain: its host or id.
        pub domain: String,
        /// What stands behind it.
        pub slug: String,
    }
}

plain! { "TicketPermission",
    /// Which tickets customers see.
    pub enum Permission {
        /// Their own.
        Own,
        /// Their own, and those shared with their primary company.
        Company,
        /// Their own, and for contacts that match `criteria` those of their primary company.
        CompanyForMatching,
    }
}

plain! { "TicketSettings",
    /// Where tickets go and which of them customers see.
    pub struct Tickets {
        /// The inbox that new tickets go to: its name or id.
        pub default_inbox: String,
        /// Which tickets customers see.
        pub permission: Permission,
        /// Who sees the tickets of their company: an OR of ANDs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub criteria: Option<Vec<Vec<Condition>>>,
        /// Pipelines that are not shown: names or ids.
        #[oai(default)]
        #[serde(default)]
        pub hidden_pipelines: Vec<String>,
    }
}

plain! { "AccessKind",
    /// Who may enter.
    pub enum AccessKind {
        /// Members of access groups.
        Groups,
        /// Every contact who has registered.
        Registered,
    }
}

plain! { "AccessSettings",
    /// Who may enter.
    pub struct Access {
        /// Who.
        pub who: AccessKind,
        /// The access groups: names or ids.
        #[oai(default)]
        #[serde(default)]
        pub groups: Vec<String>,
        /// Whether members get their registration mail by themselves.
        #[oai(default = "yes")]
        #[serde(default = "yes")]
        pub send_registration_mails: bool,
    }
}

plain! { "CustomersMay",
    /// What customers may do with tickets they see.
    pub struct Customers {
        /// Close a ticket.
        pub close: bool,
        /// Reopen one for so many days; never if it is missing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reopen_days: Option<u16>,
        /// Reply to, close and reopen tickets that they see only through their company.
        #[oai(default)]
        #[serde(default)]
        pub act_on_colleagues_tickets: bool,
        /// Mark a ticket private that they requested.
        #[oai(default)]
        #[serde(default)]
        pub mark_private: bool,
        /// Say of a closed ticket that they are on whether they are satisfied. They are asked to.
        #[oai(default = "yes")]
        #[serde(default = "yes")]
        pub rate: bool,
    }
}

plain! { "OwnerDisplay",
    /// What customers are shown of the person who takes care of a ticket.
    pub enum OwnerKind {
        /// The name.
        Name,
        /// The first word of it.
        Alias,
        /// The name of the team.
        Team,
        /// Nothing.
        Nothing,
    }
}

plain! { "SortOrder",
    /// The order of the list.
    pub enum SortKind {
        /// What waits for the customer first.
        Attention,
        /// By last activity.
        LastActivity,
        /// By creation.
        Created,
    }
}

plain! { "StatusWords",
    /// Words for a status.
    pub struct StatusWords {
        /// Instead of the stage's word.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub label: Option<Texts>,
        /// A sentence about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub explanation: Option<Texts>,
    }
}

plain! { "DisplaySettings",
    /// How tickets look.
    pub struct Display {
        /// What tickets are called.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub label: Option<Texts>,
        /// The words of the button that opens one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub new_label: Option<Texts>,
        /// The columns of the list, 1 to 10: `subject`, `status`, `requester`, `updated`, `created`, `priority`, `category`,
        /// `owner`, `source`, `property-…`.
        pub columns: Vec<String>,
        /// The properties on a ticket's page; all that are shown to customers if it is missing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub properties: Option<Vec<String>>,
        /// What is shown of staff.
        pub owner: OwnerKind,
        /// The name of the team, if that is shown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub team: Option<String>,
        /// Words for statuses, by the id of the status.
        #[oai(default)]
        #[serde(default)]
        pub statuses: BTreeMap<String, StatusWords>,
        /// The order of the list.
        pub sort: SortKind,
    }
}

plain! { "EntryKind",
    /// How a property is entered.
    pub enum EntryKind {
        /// One line.
        Text,
        /// Several lines.
        Paragraph,
        /// A number.
        Number,
        /// A day.
        Date,
        /// One of the options.
        DropDown,
        /// Any of the options.
        MultiSelect,
        /// Yes or no.
        Checkbox,
    }
}

plain! { "FormOption",
    /// One thing to choose.
    pub struct FormOption {
        /// What is kept.
        pub value: String,
        /// What is shown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub label: Option<Texts>,
    }
}

plain! { "ShownWhen",
    /// When a field is asked.
    pub struct ShownWhen {
        /// An earlier field.
        pub field: String,
        /// Its answers, of which one must be given.
        pub any_of: Vec<String>,
    }
}

plain! { "FormField",
    /// One field of the support form.
    pub struct FormField {
        /// `subject`, `category`, `priority`, `description`, `files`, or `property-…` of tickets.
        pub name: String,
        /// How a property is entered; only for properties.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub entry: Option<EntryKind>,
        /// What there is to choose.
        #[oai(default)]
        #[serde(default)]
        pub options: Vec<FormOption>,
        /// Its label.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub label: Option<Texts>,
        /// A hint.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub help: Option<Texts>,
        /// Whether it must be filled in.
        #[oai(default)]
        #[serde(default)]
        pub required: bool,
        /// When it is asked; always if it is missing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub when: Option<ShownWhen>,
    }
}

plain! { "FormSettings",
    /// The form by which customers open tickets.
    pub struct Form {
        /// Its heading.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub title: Option<Texts>,
        /// The words on its button.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub button: Option<Texts>,
        /// Its fields, in order.
        pub fields: Vec<FormField>,
    }
}

plain! { "ConsentSettings",
    /// What customers must agree to.
    pub struct Consent {
        /// The text; nothing is asked if it is missing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub text: Option<Texts>,
        /// Whether those who agreed to an earlier text are asked again.
        #[oai(default)]
        #[serde(default)]
        pub ask_again: bool,
    }
}

plain! { "BrandingSettings",
    /// What makes a portal look like its company. Pictures stay as they are; they are changed on the page.
    pub struct Branding {
        /// Whether the name stands beside the logo.
        #[oai(default = "yes")]
        #[serde(default = "yes")]
        pub show_name: bool,
        /// The accent colour, such as `#2e61c4`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub accent: Option<String>,
    }
}

plain! { "PortalLink",
    /// A link.
    pub struct Link {
        /// Its words.
        pub label: Texts,
        /// A path like `/support`, or an address that begins with `https://`.
        pub target: String,
    }
}

plain! { "LinkSettings",
    /// The links of head and foot.
    pub struct Links {
        /// At the head, at most 4.
        #[oai(default)]
        #[serde(default)]
        pub header: Vec<Link>,
        /// At the foot, at most 8.
        #[oai(default)]
        #[serde(default)]
        pub footer: Vec<Link>,
    }
}

plain! { "MailText",
    /// The text of a mail in a language.
    pub struct MailText {
        /// The mail: `invitation`, `already_registered`, `verify_address`, `sign_in`, `reset_password` or
        /// `registration_approved`.
        pub mail: String,
        /// The language.
        pub language: String,
        /// The subject.
        pub subject: String,
        /// The rest.
        pub body: String,
    }
}

plain! { "PrivateContentSettings",
    /// What holds for getting in to every portal of a domain.
    pub struct PrivateContent {
        /// The company that access pages name.
        pub company_name: String,
        /// Whom to write to if one cannot get in.
        pub admin_contact: String,
        /// Whether portals may let anyone register.
        #[oai(default)]
        #[serde(default)]
        pub self_registration: bool,
        /// Whether somebody approves each registration.
        #[oai(default)]
        #[serde(default)]
        pub approve_registrations: bool,
        /// Whether customers sign in with passwords.
        #[oai(default = "yes")]
        #[serde(default = "yes")]
        pub by_password: bool,
        /// Whether customers sign in with a link or code from a mail.
        #[oai(default = "yes")]
        #[serde(default = "yes")]
        pub by_mail: bool,
        /// After how many minutes without use a session ends.
        #[oai(default = "idle")]
        #[serde(default = "idle")]
        pub idle_minutes: u32,
        /// After how many minutes a session ends in any case.
        #[oai(default = "absolute")]
        #[serde(default = "absolute")]
        pub absolute_minutes: u32,
    }
}

const fn idle() -> u32 {
    8 * 60
}

const fn absolute() -> u32 {
    7 * 24 * 60
}

/// Settings of sections; what is missing is not meant.
#[derive(Object, Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
#[oai(rename = "Settings", deny_unknown_fields, skip_serializing_if_is_none)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What a portal is called, and for whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub general: Option<General>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Where tickets go and which of them customers see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tickets: Option<Tickets>,
    /// Who may enter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// What customers may do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customers: Option<Customers>,
    /// How tickets look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<Display>,
    /// The support form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// What customers must agree to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// Colour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branding: Option<Branding>,
    /// Links of head and foot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Links>,
    /// The texts of mails; what is missing has the usual text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail_texts: Option<Vec<MailText>>,
    /// What holds for getting in; only of domains.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_content: Option<PrivateContent>,
}
