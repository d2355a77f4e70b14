//! The staff's pages about people: contacts, companies, access groups, properties; and what a change of policy would do.

use serde::Serialize;

use super::form::Problem;
use super::party::PartyFileView;
use super::shell::Shell;
use super::{Choice, Page};

macro_rules! pages {
    ($($page:ident = $template:literal;)*) => {$(
        impl Page for $page {
            const TEMPLATE: &'static str = $template;

            fn shell(&self) -> &Shell {
                &self.shell
            }
        }
    )*};
}

pages! {
    GroupsPage = "office/groups.html";
    GroupPage = "office/group.html";
    GroupFormPage = "office/group_form.html";
    ContactsPage = "office/contacts.html";
    ContactPage = "office/contact.html";
    ContactFormPage = "office/contact_form.html";
    CompaniesPage = "office/companies.html";
    CompanyPage = "office/company.html";
    CompanyFormPage = "office/company_form.html";
    PropertiesPage = "office/properties.html";
}

/// A name with where it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Where it leads.
    pub href: String,
    /// The name.
    pub name: String,
}

/// The editor of criteria, for `office/_criteria.html`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CriteriaEditor {
    /// Groups, of which one must hold.
    pub groups: Vec<ConditionsOf>,
    /// Whether there is anything to ask for.
    pub has_properties: bool,
}

/// Conditions that must all hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConditionsOf {
    /// Its place, for the button that adds a condition.
    pub place: usize,
    /// The conditions.
    pub conditions: Vec<ConditionRow>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConditionRow {
    /// Its place, `group-condition`.
    pub place: String,
    /// What can be asked for.
    pub properties: Vec<Choice>,
    /// How; the labels are names, for the texts.
    pub operators: Vec<Choice>,
    /// What it is compared with, as typed.
    pub value: String,
    /// The name of the property's type; empty if none is chosen.
    pub hint: &'static str,
    /// Whether it makes no sense like this.
    pub wrong: bool,
}

/// What a change would do, for `office/_policy_preview.html`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyPreviewView {
    /// Who would see more.
    pub gain: SightChangeView,
    /// Who would see less.
    pub lose: SightChangeView,
    /// Whether the numbers mean “at least”.
    pub estimate: bool,
    /// Whether nobody would notice.
    pub nothing: bool,
}

/// One direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SightChangeView {
    /// People, by tickets.
    pub people: u64,
    /// Tickets.
    pub tickets: u64,
    /// People who are let in, or not any more.
    pub doors: u64,
    /// Some of them.
    pub examples: Vec<AffectedView>,
}

/// Somebody whom a change concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AffectedView {
    /// Who.
    pub contact: Named,
    /// How many tickets.
    pub tickets: u64,
    /// Some of them.
    pub some: Vec<TicketGlimpse>,
}

/// A ticket, as far as the one who asks may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TicketGlimpse {
    /// Its number.
    pub number: i64,
    /// Its subject.
    pub subject: Option<String>,
}

/// A row of the list of groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupRowView {
    /// The group.
    pub group: Named,
    /// Whether it has criteria.
    pub dynamic: bool,
    /// Active members.
    pub members: u64,
    /// Portals that let its members in.
    pub portals: Vec<String>,
}

/// `GET /admin/groups`.
#[derive(Clone, Debug, Serialize)]
pub struct GroupsPage {
    /// The frame.
    pub shell: Shell,
    /// All groups.
    pub groups: Vec<GroupRowView>,
    /// Whether groups can be made.
    pub may_add: bool,
}

/// `GET /admin/groups/{id}`.
#[derive(Clone, Debug, Serialize)]
pub struct GroupPage {
    /// The frame.
    pub shell: Shell,
    /// `/admin/groups/{id}`.
    pub base: String,
    /// The group.
    pub row: GroupRowView,
    /// What the members are searched for by.
    pub q: String,
    /// A page of members.
    pub members: Vec<ContactLine>,
    /// The next page.
    pub more: Option<String>,
    /// What contacts to add are searched for by.
    pub find: String,
    /// Who was found.
    pub found: Vec<ContactLine>,
    /// What adding or removing would do, and whom.
    pub preview: Option<PolicyPreviewView>,
    /// Those who are to be added.
    pub add: Vec<ContactLine>,
    /// Those who are to be taken out.
    pub remove: Vec<ContactLine>,
    /// Whether name, criteria and the group itself can be changed.
    pub may_edit: bool,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

/// `GET /admin/groups/new` and `/admin/groups/{id}/edit`.
#[derive(Clone, Debug, Serialize)]
pub struct GroupFormPage {
    /// The frame.
    pub shell: Shell,
    /// Where the form goes.
    pub action: String,
    /// Where one goes instead.
    pub back: String,
    /// Whether it is a new group.
    pub new: bool,
    /// Its name.
    pub name: String,
    /// The editor, for a dynamic group.
    pub criteria: Option<CriteriaEditor>,
    /// What it would do, once it was checked.
    pub preview: Option<PolicyPreviewView>,
    /// What was checked.
    pub checked: String,
    /// Which state of it was seen; empty for a new one.
    pub seen: String,
    /// What somebody else saved since then.
    pub theirs: Vec<String>,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

/// A contact in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContactLine {
    /// The id.
    pub id: String,
    /// Who.
    pub contact: Named,
    /// The sign-in address, or else the other one.
    pub email: String,
    /// The primary company.
    pub company: Option<Named>,
    /// Removed.
    pub removed: bool,
    /// Has a way to sign in.
    pub registered: bool,
}

/// `GET /admin/contacts`.
#[derive(Clone, Debug, Serialize)]
pub struct ContactsPage {
    /// The frame.
    pub shell: Shell,
    /// What is searched for.
    pub q: String,
    /// Whether removed ones are shown.
    pub removed: bool,
    /// A page.
    pub contacts: Vec<ContactLine>,
    /// The next page.
    pub more: Option<String>,
    /// Whether contacts can be made.
    pub may_add: bool,
    /// Whether they can be handed out as a table.
    pub may_export: bool,
}

/// What a contact sees in a portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeesView {
    /// The portal.
    pub portal: String,
    /// Whether they are let in.
    pub enters: bool,
    /// Why, in sentences.
    pub because: Vec<String>,
    /// Their lists.
    pub lists: Vec<SeesList>,
}

/// One list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeesList {
    /// `mine` or `company`.
    pub tab: &'static str,
    /// Tickets that are not closed.
    pub open: u32,
    /// Closed ones.
    pub closed: u32,
    /// Some of them.
    pub some: Vec<TicketGlimpse>,
}

/// The value of a property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PropertyLine {
    /// Its key, for the form.
    pub key: String,
    /// Its name.
    pub label: String,
    /// The name of its type.
    pub kind: &'static str,
    /// What can be chosen; anything if there is nothing here.
    pub options: Vec<String>,
    /// As typed.
    pub value: String,
}

/// `GET /admin/contacts/{id}`.
#[derive(Clone, Debug, Serialize)]
pub struct ContactPage {
    /// The frame.
    pub shell: Shell,
    /// `/admin/contacts/{id}`.
    pub base: String,
    /// The name.
    pub name: String,
    /// The address, as the company knows it.
    pub email: Option<String>,
    /// The sign-in address.
    pub membership_email: Option<String>,
    /// Removed.
    pub removed: bool,
    /// Has a way to sign in.
    pub registered: bool,
    /// Companies, the primary one first.
    pub companies: Vec<Named>,
    /// Whether the first of them is the primary one.
    pub has_primary: bool,
    /// Groups; those with criteria are marked.
    pub groups: Vec<GroupRowView>,
    /// Properties that have a value.
    pub properties: Vec<PropertyLine>,
    /// What they see.
    pub sees: Vec<SeesView>,
    /// Whether the contact can be changed.
    pub may_edit: bool,
    /// Notes, history, tickets and the rest.
    pub file: PartyFileView,
}

/// A company in the form of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CompanyChoice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is the primary one.
    pub primary: bool,
}

/// `GET /admin/contacts/new` and `/admin/contacts/{id}/edit`.
#[derive(Clone, Debug, Serialize)]
pub struct ContactFormPage {
    /// The frame.
    pub shell: Shell,
    /// Where the form goes.
    pub action: String,
    /// Where one goes instead.
    pub back: String,
    /// Whether it is a new contact.
    pub new: bool,
    /// The name.
    pub name: String,
    /// The address, as the company knows it.
    pub email: String,
    /// The sign-in address.
    pub membership_email: String,
    /// Whether the sign-in address stays as it is.
    pub registered: bool,
    /// The companies.
    pub companies: Vec<CompanyChoice>,
    /// Whether none is the primary one.
    pub no_primary: bool,
    /// A company to be added, by name.
    pub add_company: String,
    /// All properties.
    pub properties: Vec<PropertyLine>,
    /// What it would do, once it was checked.
    pub preview: Option<PolicyPreviewView>,
    /// Which state of it was seen; empty for a new one.
    pub seen: String,
    /// What somebody else saved since then.
    pub theirs: Vec<String>,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

/// A company in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CompanyLine {
    /// Which.
    pub company: Named,
    /// Its domain name.
    pub domain: Option<String>,
    /// Its active contacts.
    pub people: u64,
}

/// `GET /admin/companies`.
#[derive(Clone, Debug, Serialize)]
pub struct CompaniesPage {
    /// The frame.
    pub shell: Shell,
    /// What is searched for.
    pub q: String,
    /// A page.
    pub companies: Vec<CompanyLine>,
    /// The next page.
    pub more: Option<String>,
    /// Whether companies can be made.
    pub may_add: bool,
    /// Whether they can be handed out as a table.
    pub may_export: bool,
}

/// `GET /admin/companies/{id}`.
#[derive(Clone, Debug, Serialize)]
pub struct CompanyPage {
    /// The frame.
    pub shell: Shell,
    /// `/admin/companies/{id}`.
    pub base: String,
    /// Its name.
    pub name: String,
    /// Its domain name.
    pub domain: Option<String>,
    /// Its first people.
    pub people: Vec<ContactLine>,
    /// Properties that have a value.
    pub properties: Vec<PropertyLine>,
    /// Whether the company can be changed.
    pub may_edit: bool,
    /// Notes, history, tickets and the rest.
    pub file: PartyFileView,
}

/// `GET /admin/companies/new` and `/admin/companies/{id}/edit`.
#[derive(Clone, Debug, Serialize)]
pub struct CompanyFormPage {
    /// The frame.
    pub shell: Shell,
    /// Where the form goes.
    pub action: String,
    /// Where one goes instead.
    pub back: String,
    /// Whether it is a new company.
    pub new: bool,
    /// Its name.
    pub name: String,
    /// Its domain name.
    pub domain: String,
    /// Which state of it was seen; empty for a new one.
    pub seen: String,
    /// What somebody else saved since then.
    pub theirs: Vec<String>,
    /// All properties.
    pub properties: Vec<PropertyLine>,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

/// A property in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DefinitionLine {
    /// Its key.
    pub key: String,
    /// Its name.
    pub label: String,
    /// The name of its type.
    pub kind: &'static str,
    /// Its name, English.
    pub label_en: String,
    /// Its name, German; empty if it has none.
    pub label_de: String,
    /// Whether something is chosen.
    pub has_options: bool,
    /// What can be chosen, a line each.
    pub options: String,
    /// Whether it is out of use.
    pub archived: bool,
    /// Whether customers write it.
    pub writable: bool,
    /// Whether customers are shown it.
    pub shown: bool,
}

/// The properties of one kind of thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DefinitionsOf {
    /// `contact`, `company` or `ticket`.
    pub owner: &'static str,
    /// Its properties.
    pub list: Vec<DefinitionLine>,
}

/// `GET /admin/properties`.
#[derive(Clone, Debug, Serialize)]
pub struct PropertiesPage {
    /// The frame.
    pub shell: Shell,
    /// All of them, by what they belong to.
    pub owners: Vec<DefinitionsOf>,
    /// The form: its owner.
    pub owner: Vec<Choice>,
    /// The form: the type.
    pub kinds: Vec<Choice>,
    /// The form: the label, English.
    pub label_en: String,
    /// The form: the label, German.
    pub label_de: String,
    /// The form: what can be chosen, a line each.
    pub options: String,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}
