//! Contacts, companies, access groups, properties.

mod companies;
mod contacts;
mod groups;
mod preview;
pub(super) use preview::{preview, sees};
mod properties;

use poem::Body;
use poem::http::Method;
use portal_core::crm::{ContactRow, Fingerprint};
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
}

const PEOPLE: Need = Need::Any(&[Permission::Crm, Permission::PortalSettings]);
const CRM: Need = Need::Any(&[Permission::Crm]);
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
    page("/admin/contacts/{id}", Operation::Contact, PEOPLE),
    page("/admin/contacts/{id}/edit", Operation::EditContact, CRM),
    form("/admin/contacts/{id}/edit", Operation::SaveContact, CRM),
    form("/admin/contacts/{id}/remove", Operation::RemoveContact, CRM),
    form("/admin/contacts/{id}/restore", Operation::RestoreContact, CRM),
    page("/admin/companies", Operation::Companies, PEOPLE),
    page("/admin/companies/new", Operation::NewCompany, CRM),
    form("/admin/companies/new", Operation::AddCompany, CRM),
    page("/admin/companies/{id}", Operation::Company, PEOPLE),
    page("/admin/companies/{id}/edit", Operation::EditCompany, CRM),
    form("/admin/companies/{id}/edit", Operation::SaveCompany, CRM),
    page("/admin/properties", Operation::Properties, SETTINGS),
    form("/admin/properties", Operation::SaveProperty, SETTINGS),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
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
        Operation::Contact => contacts::show(visit).await,
        Operation::EditContact => contacts::edit(visit).await,
        Operation::SaveContact => contacts::save(visit, Some(contacts::id(visit)?), &fields).await,
        Operation::RemoveContact => contacts::remove(visit).await,
        Operation::RestoreContact => contacts::restore(visit).await,
        Operation::Companies => companies::list(visit, &fields).await,
        Operation::NewCompany => companies::new(visit).await,
        Operation::AddCompany => companies::save(visit, None, &fields).await,
        Operation::Company => companies::show(visit).await,
        Operation::EditCompany => companies::edit(visit).await,
        Operation::SaveCompany => companies::save(visit, Some(companies::id(visit)?), &fields).await,
        Operation::Properties => properties::list(visit).await,
        Operation::SaveProperty => properties::save(visit, &fields).await,
    }
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
