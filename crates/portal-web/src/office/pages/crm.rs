//! Contacts, companies, access groups, properties.

mod companies;
mod contacts;
mod edge;
mod erase;
mod groups;
mod merge;
mod party;
mod preview;
pub(super) use preview::{preview, sees};
mod properties;
mod tables;
mod view_as;

use poem::Body;
use poem::http::Method;
use portal_core::crm::{ContactRow, Fingerprint, Party, TableOf};
use portal_core::staff::Permission;

use crate::errors::Stop;
use crate::forms;
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::view::crm::{ContactLine, Named};
use crate::visit::Answer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    Groups,
    NewGroup,
    AddGroup,
    Group,
    EditGroup,
    SaveGroup,
    Members,
    RemoveGroup,
    Contacts,
    NewContact,
    AddContact,
    Contact,
    EditContact,
    SaveContact,
    RemoveContact,
    RestoreContact,
    Companies,
    NewCompany,
    AddCompany,
    Company,
    EditCompany,
    SaveCompany,
    Properties,
    SaveProperty,
    SameAddresses,
    ExportContacts,
    ExportCompanies,
    ContactNote,
    RemoveContactNote,
    Labels,
    MergeContact,
    MergeContacts,
    ContactMerges,
    EraseContact,
    DoEraseContact,
    HandOutContact,
    CompanyNote,
    RemoveCompanyNote,
    MergeCompany,
    MergeCompanies,
    CompanyMerges,
    Tables,
    NewTable,
    BringTable,
    Table,
    MapTable,
    RunTable,
    DiscardTable,
    BeginViewAs,
    SeenList,
    OpenSeen,
    SeenTicket,
}

const PEOPLE: Need = Need::Any(&[Permission::Crm, Permission::PortalSettings]);
const CRM: Need = Need::Any(&[Permission::Crm]);
const EXPORT: Need = Need::Any(&[Permission::Export]);
const SETTINGS: Need = Need::Any(&[Permission::PortalSettings]);

const fn page(path: &'static str, operation: Operation, needs: Need) -> OfficeRoute {
    OfficeRoute::page(path, Any::Crm(operation), needs)
}

const fn form(path: &'static str, operation: Operation, needs: Need) -> OfficeRoute {
    OfficeRoute::form(path, Any::Crm(operation), needs)
}

pub(crate) const ROUTES: &[OfficeRoute] = &[
    page("/admin/groups", Operation::Groups, PEOPLE),
    page("/admin/groups/new", Operation::NewGroup, SETTINGS),
    form("/admin/groups/new", Operation::AddGroup, SETTINGS),
    page("/admin/groups/{id}", Operation::Group, PEOPLE),
    page("/admin/groups/{id}/edit", Operation::EditGroup, SETTINGS),
    form("/admin/groups/{id}/edit", Operation::SaveGroup, SETTINGS),
    form("/admin/groups/{id}/members", Operation::Members, PEOPLE),
    form("/admin/groups/{id}/remove", Operation::RemoveGroup, SETTINGS),
    page("/admin/contacts", Operation::Contacts, PEOPLE),
    page("/admin/contacts/new", Operation::NewContact, CRM),
    form("/admin/contacts/new", Operation::AddContact, CRM),
    page("/admin/contacts/duplicates", Operation::SameAddresses, PEOPLE),
    form("/admin/contacts/export", Operation::ExportContacts, EXPORT),
    page("/admin/contacts/{id}", Operation::Contact, PEOPLE),
    form("/admin/contacts/{id}/notes", Operation::ContactNote, CRM),
    form("/admin/contacts/{id}/notes/remove", Operation::RemoveContactNote, CRM),
    form("/admin/contacts/{id}/labels", Operation::Labels, CRM),
    page("/admin/contacts/{id}/merge", Operation::MergeContact, CRM),
    form("/admin/contacts/{id}/merge", Operation::MergeContacts, CRM),
    form("/admin/contacts/{id}/merges", Operation::ContactMerges, CRM),
    page("/admin/contacts/{id}/erase", Operation::EraseContact, CRM),
    form("/admin/contacts/{id}/erase", Operation::DoEraseContact, CRM),
    form("/admin/contacts/{id}/hand-out", Operation::HandOutContact, EXPORT),
    form("/admin/contacts/{id}/view-as", Operation::BeginViewAs, CRM),
    page("/admin/view-as/{id}", Operation::SeenList, CRM),
    form("/admin/view-as/{id}/open", Operation::OpenSeen, CRM),
    page("/admin/view-as/{id}/{number}", Operation::SeenTicket, CRM),
    page("/admin/imports", Operation::Tables, CRM),
    page("/admin/imports/new", Operation::NewTable, CRM),
    OfficeRoute::files("/admin/imports/new", Any::Crm(Operation::BringTable), CRM).unaudited(),
    page("/admin/imports/{id}", Operation::Table, CRM),
    form("/admin/imports/{id}", Operation::MapTable, CRM).unaudited(),
    form("/admin/imports/{id}/run", Operation::RunTable, CRM),
    form("/admin/imports/{id}/discard", Operation::DiscardTable, CRM).unaudited(),
    page("/admin/contacts/{id}/edit", Operation::EditContact, CRM),
    form("/admin/contacts/{id}/edit", Operation::SaveContact, CRM),
    form("/admin/contacts/{id}/remove", Operation::RemoveContact, CRM),
    form("/admin/contacts/{id}/restore", Operation::RestoreContact, CRM),
    page("/admin/companies", Operation::Companies, PEOPLE),
    page("/admin/companies/new", Operation::NewCompany, CRM),
    form("/admin/companies/new", Operation::AddCompany, CRM),
    form("/admin/companies/export", Operation::ExportCompanies, EXPORT),
    page("/admin/companies/{id}", Operation::Company, PEOPLE),
    form("/admin/companies/{id}/notes", Operation::CompanyNote, CRM),
    form("/admin/companies/{id}/notes/remove", Operation::RemoveCompanyNote, CRM),
    page("/admin/companies/{id}/merge", Operation::MergeCompany, CRM),
    form("/admin/companies/{id}/merge", Operation::MergeCompanies, CRM),
    form("/admin/companies/{id}/merges", Operation::CompanyMerges, CRM),
    page("/admin/companies/{id}/edit", Operation::EditCompany, CRM),
    form("/admin/companies/{id}/edit", Operation::SaveCompany, CRM),
    page("/admin/properties", Operation::Properties, SETTINGS),
    form("/admin/properties", Operation::SaveProperty, SETTINGS),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    if operation == Operation::BringTable {
        return tables::bring(visit, body).await;
    }
    let fields = if visit.ask.method == Method::POST {
        forms::office_fields(visit, body).await?
    } else {
        forms::Fields::of_query(&visit.ask.query)
    };
    match operation {
        Operation::Groups => groups::list(visit).await,
        Operation::NewGroup => groups::new(visit, &fields).await,
        Operation::AddGroup => groups::save(visit, None, &fields).await,
        Operation::Group => groups::show(visit, &fields).await,
        Operation::EditGroup => groups::edit(visit).await,
        Operation::SaveGroup => groups::save(visit, Some(groups::id(visit)?), &fields).await,
        Operation::Members => groups::members(visit, &fields).await,
        Operation::RemoveGroup => groups::remove(visit).await,
        Operation::Contacts => contacts::list(visit, &fields).await,
        Operation::NewContact => contacts::new(visit).await,
        Operation::AddContact => contacts::save(visit, None, &fields).await,
        Operation::Contact => contacts::show(visit, &fields).await,
        Operation::EditContact => contacts::edit(visit).await,
        Operation::SaveContact => contacts::save(visit, Some(contacts::id(visit)?), &fields).await,
        Operation::RemoveContact => contacts::remove(visit).await,
        Operation::RestoreContact => contacts::restore(visit).await,
        Operation::Companies => companies::list(visit, &fields).await,
        Operation::NewCompany => companies::new(visit).await,
        Operation::AddCompany => companies::save(visit, None, &fields).await,
        Operation::Company => companies::show(visit, &fields).await,
        Operation::EditCompany => companies::edit(visit).await,
        Operation::SaveCompany => companies::save(visit, Some(companies::id(visit)?), &fields).await,
        Operation::Properties => properties::list(visit).await,
        Operation::SaveProperty => properties::save(visit, &fields).await,
        Operation::SameAddresses => erase::same_addresses(visit, &fields).await,
        Operation::ExportContacts => erase::export(visit, TableOf::Contacts).await,
        Operation::ExportCompanies => erase::export(visit, TableOf::Companies).await,
        Operation::ContactNote => contacts::note(visit, &fields).await,
        Operation::RemoveContactNote => party::remove_note(visit, contact(visit)?, &fields).await,
        Operation::Labels => contacts::labels(visit, &fields).await,
        Operation::MergeContact => merge::ask(visit, contact(visit)?, &fields).await,
        Operation::MergeContacts => merge::act(visit, contact(visit)?, &fields).await,
        Operation::ContactMerges => party::merges(visit, contact(visit)?, &fields).await,
        Operation::EraseContact => erase::ask(visit).await,
        Operation::DoEraseContact => erase::act(visit, &fields).await,
        Operation::HandOutContact => erase::hand_out(visit).await,
        Operation::CompanyNote => companies::note(visit, &fields).await,
        Operation::RemoveCompanyNote => party::remove_note(visit, company(visit)?, &fields).await,
        Operation::MergeCompany => merge::ask(visit, company(visit)?, &fields).await,
        Operation::MergeCompanies => merge::act(visit, company(visit)?, &fields).await,
        Operation::CompanyMerges => party::merges(visit, company(visit)?, &fields).await,
        Operation::Tables => tables::list(visit).await,
        Operation::NewTable => tables::new(visit, &fields),
        Operation::BringTable => Err(Stop::BAD_REQUEST),
        Operation::Table => tables::show(visit, &fields).await,
        Operation::MapTable => tables::map(visit, &fields).await,
        Operation::RunTable => tables::run(visit).await,
        Operation::DiscardTable => tables::discard(visit).await,
        Operation::BeginViewAs => view_as::begin(visit, &fields).await,
        Operation::SeenList => view_as::list(visit, &fields).await,
        Operation::OpenSeen => view_as::open(visit, &fields).await,
        Operation::SeenTicket => view_as::ticket(visit).await,
    }
}

fn contact(visit: &OfficeVisit<'_>) -> Result<Party, Stop> {
    Ok(Party::Contact(contacts::id(visit)?))
}

fn company(visit: &OfficeVisit<'_>) -> Result<Party, Stop> {
    Ok(Party::Company(companies::id(visit)?))
}

/// Whether whoever looks has a permission; the use-case judges again.
fn may(visit: &OfficeVisit<'_>, permission: Permission) -> bool {
    visit.staff.as_ref().is_some_and(|it| it.user.may(permission))
}

/// Which state of a thing the form was filled from.
fn seen(fields: &forms::Fields) -> Result<Fingerprint, Stop> {
    fields.get("seen").parse().map_err(|_| Stop::BAD_REQUEST)
}

/// A page of a list holds so many.
const PAGE: u32 = 50;

/// Where the page behind the last row begins, as the value of `after`.
fn place_after(name: &str, id: impl std::fmt::Display) -> String {
    form_urlencoded::byte_serialize(format!("{id} {name}").as_bytes()).collect()
}

/// Reads what [`place_after`] wrote; what makes no sense is the first page.
fn read_place<T: std::str::FromStr>(text: &str) -> Option<(String, T)> {
    let (id, name) = text.split_once(' ')?;
    Some((name.to_owned(), id.parse().ok()?))
}

fn line(it: &ContactRow) -> ContactLine {
    let email = it.membership_email.as_ref().or(it.email.as_ref());
    ContactLine {
        id: it.id.to_string(),
        contact: Named {
            href: format!("/admin/contacts/{}", it.id),
            name: it.name.clone(),
        },
        email: email.map(ToString::to_string).unwrap_or_default(),
        company: it.company.as_ref().map(|(id, name)| Named {
            href: format!("/admin/companies/{id}"),
            name: name.clone(),
        }),
        removed: it.standing == portal_core::crm::ContactStanding::Inactive,
        registered: it.registered,
    }
}
