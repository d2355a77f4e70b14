use std::collections::BTreeSet;

use poem::http::StatusCode;
use portal_core::crm::{
    CompanyQuery, Contact, ContactQuery, ContactStanding, ContactView, Fingerprint, GroupRow, Party, PolicyChange,
    RemoveContactError, SaveContact, SaveContactError,
};
use portal_core::id::{CompanyId, ContactId};
use portal_core::property::{PropertyDefinition, PropertyOwner, PropertyValues};
use portal_core::staff::Permission;

use super::party;
use super::preview::{preview, sees};
use super::{PAGE, line, may, place_after, read_place, seen};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::office::criteria::kind_name;
use crate::office::problems::{said, worded};
use crate::office::visit::OfficeVisit;
use crate::view::Choice;
use crate::view::crm::{
    CompanyChoice, ContactFormPage, ContactPage, ContactsPage, Named, PolicyPreviewView, PropertyLine,
};
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::visit::Answer;

pub(super) fn id(visit: &OfficeVisit<'_>) -> Result<ContactId, Stop> {
    visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)
}

pub(super) async fn list(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let removed = fields.get("removed") == "1";
    let query = ContactQuery {
        text: fields.given("q").map(str::to_owned),
        standing: (!removed).then_some(ContactStanding::Active),
        after: read_place(fields.get("after")),
        limit: PAGE + 1,
        ..ContactQuery::default()
    };
    let mut rows = visit.web.portal.list_contacts(visit.actor()?, &query).await?;
    let has_more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let more = rows.last().filter(|_| has_more).map(|it| {
        let q: String = form_urlencoded::byte_serialize(fields.get("q").as_bytes()).collect();
        let removed = if removed { "&removed=1" } else { "" };
        format!("/admin/contacts?q={q}{removed}&after={}", place_after(&it.name, it.id))
    });
    let page = ContactsPage {
        shell: visit.shell(OfficeArea::Contacts),
        q: fields.get("q").to_owned(),
        removed,
        contacts: rows.iter().map(line).collect(),
        more,
        may_add: may(visit, Permission::Crm),
        may_export: may(visit, Permission::Export),
    };
    visit.page(StatusCode::OK, &page)
}

pub(super) async fn show(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    shown(visit, StatusCode::OK, fields, Vec::new()).await
}

/// Writes a note.
pub(super) async fn note(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let id = id(visit)?;
    match party::add_note(visit, Party::Contact(id), fields).await? {
        Ok(()) => Ok(visit.done("office-flash-noted", &format!("/admin/contacts/{id}#notes"))),
        Err(problems) => shown(visit, StatusCode::UNPROCESSABLE_ENTITY, fields, problems).await,
    }
}

/// Says as what the contact belongs to companies.
pub(super) async fn labels(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let id = id(visit)?;
    let typed = fields.pairs().filter_map(|(name, value)| {
        let company = name.strip_prefix("label-")?.parse::<CompanyId>().ok()?;
        Some((company, value.to_owned()))
    });
    let actor = visit.actor()?;
    match visit.web.portal.label_companies(actor, id, &typed.collect()).await {
        Ok(()) => Ok(visit.done("office-flash-contact-saved", &format!("/admin/contacts/{id}"))),
        Err(SaveContactError::Invalid(_)) => {
            let problems = said(visit, "labels", "party-problem-label");
            shown(visit, StatusCode::UNPROCESSABLE_ENTITY, fields, problems).await
        }
        Err(err) => Err(err.into()),
    }
}

/// The page of a contact.
pub(super) async fn shown(
    visit: &OfficeVisit<'_>,
    status: StatusCode,
    fields: &Fields,
    problems: Vec<Problem>,
) -> Answer {
    let id = id(visit)?;
    let view = visit.web.portal.view_contact(visit.actor()?, id).await?;
    let kept = party::file(visit, Party::Contact(id), fields).await?;
    let companies: Vec<(CompanyId, String)> = view.companies.iter().map(|it| (it.id, it.name.to_string())).collect();
    let mut file = party::view(visit, Party::Contact(id), &kept);
    file.labels = party::labels(&companies, view.contact.primary_company, &kept.labels);
    file.note = fields.text("text");
    file.problems = problems;
    file.portals = view
        .sees
        .iter()
        .map(|it| Choice::new(it.portal.to_string(), it.portal_name.as_str(), fields.get("portal")))
        .collect();
    let it = view.contact;
    let group = |group| GroupRow {
        group,
        members: 0,
        portals: Vec::new(),
    };
    let mut properties = lines(visit, &view.properties, &it.properties);
    properties.retain(|it| !it.value.is_empty());
    let page = ContactPage {
        shell: visit.shell(OfficeArea::Contacts),
        base: format!("/admin/contacts/{id}"),
        name: it.name.to_string(),
        email: it.email.map(|it| it.to_string()),
        membership_email: it.membership_email.map(|it| it.to_string()),
        removed: it.standing == ContactStanding::Inactive,
        registered: view.registered,
        has_primary: it.primary_company.is_some(),
        companies: view
            .companies
            .iter()
            .map(|it| Named {
                href: format!("/admin/companies/{}", it.id),
                name: it.name.to_string(),
            })
            .collect(),
        groups: view
            .groups
            .into_iter()
            .map(|it| super::groups::row(&group(it)))
            .collect(),
        properties,
        sees: view.sees.iter().map(|it| sees(visit.texts(), it)).collect(),
        may_edit: may(visit, Permission::Crm) && kept.erased_at.is_none() && kept.merged(Party::Contact(id)).is_none(),
        file,
    };
    visit.page(status, &page)
}

pub(super) fn lines(
    visit: &OfficeVisit<'_>,
    defined: &[PropertyDefinition],
    values: &PropertyValues,
) -> Vec<PropertyLine> {
    let language = visit.language();
    let line = |it: &PropertyDefinition| PropertyLine {
        key: it.key.to_string(),
        label: it.label.get(&language).to_owned(),
        kind: kind_name(it.kind),
        options: it.options.clone(),
        value: values.get(&it.key).map(ToString::to_string).unwrap_or_default(),
    };
    defined.iter().filter(|it| !it.archived).map(line).collect()
}

/// The form of a contact, as it is filled in.
#[derive(Default)]
struct Form {
    id: Option<ContactId>,
    name: String,
    email: String,
    membership_email: String,
    registered: bool,
    companies: Vec<(CompanyId, String)>,
    primary: Option<CompanyId>,
    add_company: String,
    properties: Vec<PropertyLine>,
    preview: Option<PolicyPreviewView>,
    seen: String,
    theirs: Vec<String>,
    problems: Vec<Problem>,
}

pub(super) async fn new(visit: &OfficeVisit<'_>) -> Answer {
    let defined = visit
        .web
        .portal
        .list_properties(visit.actor()?, PropertyOwner::Contact)
        .await?;
    let form = Form {
        properties: lines(visit, &defined, &PropertyValues::new()),
        ..Form::default()
    };
    filled(visit, StatusCode::OK, form)
}

pub(super) async fn edit(visit: &OfficeVisit<'_>) -> Answer {
    let view = visit.web.portal.view_contact(visit.actor()?, id(visit)?).await?;
    filled(visit, StatusCode::OK, form_of(visit, view))
}

fn form_of(visit: &OfficeVisit<'_>, view: ContactView) -> Form {
    let it = view.contact;
    let seen = Fingerprint::of(&it).to_string();
    let text = |it: Option<portal_core::text::EmailAddress>| it.map(|it| it.to_string()).unwrap_or_default();
    Form {
        id: Some(it.id),
        name: it.name.to_string(),
        email: text(it.email),
        membership_email: text(it.membership_email),
        registered: view.registered,
        companies: view.companies.iter().map(|it| (it.id, it.name.to_string())).collect(),
        primary: it.primary_company,
        properties: lines(visit, &view.properties, &it.properties),
        seen,
        ..Form::default()
    }
}

/// What a form says, line by line.
fn said_by(form: Form) -> Vec<String> {
    let mut lines = vec![form.name, form.email, form.membership_email];
    lines.extend(form.companies.into_iter().map(|(_, name)| name));
    lines.retain(|it| !it.is_empty());
    let filled = form.properties.into_iter().filter(|it| !it.value.is_empty());
    lines.extend(filled.map(|it| format!("{}: {}", it.label, it.value)));
    lines
}

fn filled(visit: &OfficeVisit<'_>, status: StatusCode, form: Form) -> Answer {
    let (action, back) = match form.id {
        None => ("/admin/contacts/new".to_owned(), "/admin/contacts".to_owned()),
        Some(id) => (format!("/admin/contacts/{id}/edit"), format!("/admin/contacts/{id}")),
    };
    let companies = form.companies.iter().map(|(id, name)| CompanyChoice {
        id: id.to_string(),
        name: name.clone(),
        primary: form.primary == Some(*id),
    });
    let page = ContactFormPage {
        shell: visit.shell(OfficeArea::Contacts),
        action,
        back,
        new: form.id.is_none(),
        companies: companies.collect(),
        no_primary: form.primary.is_none(),
        name: form.name,
        email: form.email,
        membership_email: form.membership_email,
        registered: form.registered,
        add_company: form.add_company,
        properties: form.properties,
        preview: form.preview,
        seen: form.seen,
        theirs: form.theirs,
        problems: form.problems,
    };
    visit.page(status, &page)
}

pub(super) async fn save(visit: &OfficeVisit<'_>, id: Option<ContactId>, fields: &Fields) -> Answer {
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let mut form = read(visit, id, fields).await?;
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(command) = command(visit, &mut form, fields).await? else {
        return filled(visit, refused, form);
    };
    let result = if fields.get("do") == "save" {
        match id {
            None => portal.save_contact(actor, &command).await,
            Some(_) => portal.save_contact_seen(actor, &command, seen(fields)?).await,
        }
    } else {
        match portal.draft_contact(actor, &command).await {
            Ok(contact) => return checked(visit, form, contact).await,
            Err(err) => Err(err),
        }
    };
    form.problems = match result {
        Ok(id) => return Ok(visit.done("office-flash-contact-saved", &format!("/admin/contacts/{id}"))),
        Err(SaveContactError::Invalid(problems)) => worded(visit, &problems),
        Err(SaveContactError::AddressTaken) => said(visit, "membership_email", "crm-problem-address-taken"),
        Err(SaveContactError::Registered) => said(visit, "membership_email", "crm-problem-registered"),
        Err(SaveContactError::Changed) => {
            let id = id.ok_or(Stop::NOT_FOUND)?;
            let theirs = form_of(visit, portal.view_contact(actor, id).await?);
            form.seen.clone_from(&theirs.seen);
            form.theirs = said_by(theirs);
            return filled(visit, StatusCode::CONFLICT, form);
        }
        Err(err) => return Err(err.into()),
    };
    filled(visit, refused, form)
}

/// The form again, with what saving it would do.
async fn checked(visit: &OfficeVisit<'_>, mut form: Form, contact: Contact) -> Answer {
    let change = PolicyChange::Contact(Box::new(contact));
    let looked = visit.web.portal.preview_policy(visit.actor()?, &change).await?;
    form.preview = Some(preview(&looked));
    filled(visit, StatusCode::OK, form)
}

async fn read(visit: &OfficeVisit<'_>, id: Option<ContactId>, fields: &Fields) -> Result<Form, Stop> {
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let defined = portal.list_properties(actor, PropertyOwner::Contact).await?;
    let registered = match id {
        None => false,
        Some(id) => portal.view_contact(actor, id).await?.registered,
    };
    let mut companies = Vec::new();
    for kept in fields
        .all("company")
        .filter_map(|it| it.parse::<CompanyId>().ok())
        .take(50)
    {
        companies.push((kept, portal.view_company(actor, kept).await?.company.name.to_string()));
    }
    let mut properties = lines(visit, &defined, &PropertyValues::new());
    for line in &mut properties {
        fields
            .get(&format!("prop-{}", line.key))
            .trim()
            .clone_into(&mut line.value);
    }
    Ok(Form {
        id,
        name: fields.get("name").to_owned(),
        email: fields.get("email").to_owned(),
        membership_email: fields.get("membership_email").to_owned(),
        registered,
        companies,
        primary: fields.get("primary").parse().ok(),
        add_company: fields.get("add_company").to_owned(),
        seen: fields.get("seen").to_owned(),
        properties,
        ..Form::default()
    })
}

/// The command of a form; `None` if the form has problems of its own, which it has then.
async fn command(visit: &OfficeVisit<'_>, form: &mut Form, fields: &Fields) -> Result<Option<SaveContact>, Stop> {
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let name = form.add_company.trim().to_owned();
    if !name.is_empty() {
        let query = CompanyQuery {
            text: Some(name.clone()),
            after: None,
            limit: 100,
        };
        let mut found = portal.list_companies(actor, &query).await?;
        if found.len() > 1 {
            found.retain(|it| it.name.to_lowercase() == name.to_lowercase());
        }
        match found.as_slice() {
            [one] => {
                if !form.companies.iter().any(|(id, _)| *id == one.id) {
                    form.companies.push((one.id, one.name.clone()));
                }
                if fields.get("primary") == "new" {
                    form.primary = Some(one.id);
                }
                form.add_company.clear();
            }
            _ => {
                form.problems = said(visit, "add_company", "crm-problem-company");
                return Ok(None);
            }
        }
    }
    let defined = portal.list_properties(actor, PropertyOwner::Contact).await?;
    let mut properties = PropertyValues::new();
    let before = match form.id {
        Some(id) => portal.view_contact(actor, id).await?.contact.properties,
        None => PropertyValues::new(),
    };
    for definition in &defined {
        let before = before.get(&definition.key);
        let Some(line) = form.properties.iter().find(|it| it.key == definition.key.as_str()) else {
            // What is out of use stays as it is.
            properties.extend(before.map(|it| (definition.key.clone(), it.clone())));
            continue;
        };
        if line.value.is_empty() {
            continue;
        }
        let Some(value) = definition.typed(&line.value, before) else {
            form.problems = said(visit, "properties", "crm-problem-property");
            return Ok(None);
        };
        properties.insert(definition.key.clone(), value);
    }
    let companies: BTreeSet<CompanyId> = form.companies.iter().map(|(id, _)| *id).collect();
    Ok(Some(SaveContact {
        id: form.id,
        name: form.name.clone(),
        email: form.email.clone(),
        membership_email: form.membership_email.clone(),
        primary_company: form.primary.filter(|it| companies.contains(it)),
        companies,
        properties,
    }))
}

pub(super) async fn remove(visit: &OfficeVisit<'_>) -> Answer {
    let id = id(visit)?;
    visit.web.portal.remove_contact(visit.actor()?, id).await?;
    Ok(visit.done("office-flash-contact-removed", &format!("/admin/contacts/{id}")))
}

pub(super) async fn restore(visit: &OfficeVisit<'_>) -> Answer {
    let id = id(visit)?;
    match visit.web.portal.restore_contact(visit.actor()?, id).await {
        Ok(()) => Ok(visit.done("office-flash-contact-restored", &format!("/admin/contacts/{id}"))),
        Err(RemoveContactError::AddressTaken) => Err(Stop::Conflict),
        Err(err) => Err(err.into()),
    }
}
