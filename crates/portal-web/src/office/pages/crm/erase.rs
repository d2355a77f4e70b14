//! Erasing a contact, handing out what is stored about them, and addresses that several have.

use poem::Response;
use poem::http::{StatusCode, header};
use portal_core::crm::{ContactExport, EraseContactError, TableOf};
use portal_core::property::PropertyValues;
use portal_core::staff::Permission;
use portal_core::time::Timestamp;
use serde_json::{Value, json};

use super::contacts::id;
use super::{line, may};
use crate::forms::Fields;
use crate::office::csv;
use crate::office::problems::said;
use crate::office::visit::OfficeVisit;
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::party::{ErasePage, SameAddressPage, SameAddressView};
use crate::visit::Answer;

/// Addresses of one page.
const PAGE: u32 = 25;

pub(super) async fn ask(visit: &OfficeVisit<'_>) -> Answer {
    shown(visit, StatusCode::OK, Vec::new()).await
}

async fn shown(visit: &OfficeVisit<'_>, status: StatusCode, problems: Vec<Problem>) -> Answer {
    let id = id(visit)?;
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let erasure = portal.preview_erasure(actor, id).await?;
    let name = portal.view_contact(actor, id).await?.contact.name.to_string();
    let page = ErasePage {
        shell: visit.shell(OfficeArea::Contacts),
        base: format!("/admin/contacts/{id}"),
        name,
        merged: erasure.merged,
        notes: erasure.notes,
        history: erasure.history,
        account: erasure.account,
        problems,
    };
    visit.page(status, &page)
}

pub(super) async fn act(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let id = id(visit)?;
    let typed = fields.get("name");
    match visit.web.portal.erase_contact(visit.actor()?, id, typed).await {
        Ok(()) => Ok(visit.done("office-flash-contact-erased", &format!("/admin/contacts/{id}"))),
        Err(EraseContactError::NotConfirmed) => {
            let problems = said(visit, "name", "erase-problem-name");
            shown(visit, StatusCode::UNPROCESSABLE_ENTITY, problems).await
        }
        Err(err) => Err(err.into()),
    }
}

pub(super) async fn same_addresses(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let after = fields.get("after").parse().ok();
    let portal = &visit.web.portal;
    let mut found = portal
        .list_same_addresses(visit.actor()?, after.as_ref(), PAGE + 1)
        .await?;
    let has_more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let more = found.last().filter(|_| has_more).map(|it| {
        let after: String = form_urlencoded::byte_serialize(it.address.as_str().as_bytes()).collect();
        format!("/admin/contacts/duplicates?after={after}")
    });
    let page = SameAddressPage {
        shell: visit.shell(OfficeArea::Contacts),
        groups: found
            .iter()
            .map(|it| {
                let mut ids = it.contacts.iter().map(|it| it.id);
                let merge = match (ids.next(), ids.next()) {
                    (Some(into), Some(from)) => format!("/admin/contacts/{into}/merge?with={from}"),
                    _ => "/admin/contacts".to_owned(),
                };
                SameAddressView {
                    address: it.address.to_string(),
                    contacts: it.contacts.iter().map(line).collect(),
                    merge,
                }
            })
            .collect(),
        more,
        may_edit: may(visit, Permission::Crm),
    };
    visit.page(StatusCode::OK, &page)
}

/// Everything about one contact, as a file.
pub(super) async fn hand_out(visit: &OfficeVisit<'_>) -> Answer {
    let id = id(visit)?;
    let export = visit.web.portal.export_contact(visit.actor()?, id).await?;
    let text = serde_json::to_string_pretty(&document(visit, &export)).unwrap_or_default();
    Ok(Response::builder()
        .content_type("application/json; charset=utf-8")
        .header(header::CONTENT_DISPOSITION, "attachment; filename=\"contact.json\"")
        .body(text))
}

fn properties(values: &PropertyValues) -> Value {
    let all = values
        .iter()
        .map(|(key, value)| (key.to_string(), json!(value.to_string())));
    Value::Object(all.collect())
}

fn document(visit: &OfficeVisit<'_>, it: &ContactExport) -> Value {
    let instant = |at: Timestamp| json!(visit.times().full(at.micros()).iso);
    let contact = &it.guest.contact;
    let text = |it: Option<String>| it.map_or(Value::Null, Value::from);
    let companies = contact.companies.iter().map(|id| {
        json!({
            "name": it.companies.get(id),
            "label": it.labels.get(id).map(ToString::to_string),
            "primary": contact.primary_company == Some(*id),
        })
    });
    json!({
        "version": 1,
        "made_at": instant(it.at),
        "complete": !it.is_partial,
        "contact": {
            "id": contact.id.to_string(),
            "name": contact.name.to_string(),
            "email": text(contact.email.as_ref().map(ToString::to_string)),
            "membership_email": text(contact.membership_email.as_ref().map(ToString::to_string)),
            "language": text(contact.language.as_ref().map(ToString::to_string)),
            "time_zone": contact.time_zone,
            "external_id": contact.external_id,
            "created_at": instant(contact.created_at),
            "has_account": it.guest.registered,
            "properties": properties(&contact.properties),
            "companies": companies.collect::<Vec<_>>(),
        },
        "sessions": it.sessions.iter().map(|it| json!({
            "host": it.host,
            "device": it.device,
            "began_at": instant(it.created_at),
            "used_at": instant(it.seen_at),
        })).collect::<Vec<_>>(),
        "notes": it.notes.iter().map(|it| json!({
            "at": instant(it.at), "by": it.author.name, "text": it.body.plain,
        })).collect::<Vec<_>>(),
        "history": it.history.iter().map(|it| json!({
            "at": instant(it.at), "event": it.event.name(), "detail": it.detail,
        })).collect::<Vec<_>>(),
        "tickets": it.tickets.iter().map(|it| json!({
            "number": it.number.get(),
            "subject": it.subject.to_string(),
            "opened_at": instant(it.created_at),
            "requester": it.requester() == Some(contact.id),
            "properties": properties(&it.properties),
        })).collect::<Vec<_>>(),
        "messages": it.messages.iter().map(|it| json!({
            "ticket": it.ticket.get(), "at": instant(it.at), "text": it.body.plain,
        })).collect::<Vec<_>>(),
        "ratings": it.ratings.iter().map(|it| json!({
            "ticket": it.ticket.get(), "at": instant(it.at), "rating": it.rating.name(),
            "comment": it.comment.as_ref().map(ToString::to_string),
        })).collect::<Vec<_>>(),
        "mails": it.mails.iter().map(|it| json!({
            "wanted_at": instant(it.created_at),
            "to": it.to.as_ref().map(ToString::to_string),
            "settled_at": it.settled_at.map_or(Value::Null, instant),
        })).collect::<Vec<_>>(),
    })
}

/// All contacts or companies, as a table that is safe to open.
pub(super) async fn export(visit: &OfficeVisit<'_>, of: TableOf) -> Answer {
    let it = visit.web.portal.export_parties(visit.actor()?, of).await?;
    let names = it.names();
    let keys: Vec<String> = it.properties.iter().map(|it| format!("property.{}", it.key)).collect();
    let fixed: &[&str] = match of {
        TableOf::Contacts => &[
            "id",
            "external_id",
            "name",
            "email",
            "membership_email",
            "company",
            "companies",
            "active",
            "registered",
        ],
        TableOf::Companies => &["id", "external_id", "name", "domain"],
    };
    let head: Vec<&str> = fixed.iter().copied().chain(keys.iter().map(String::as_str)).collect();
    let mut file = csv::File::new(&head);
    let values = |of: &PropertyValues| -> Vec<String> {
        it.properties
            .iter()
            .map(|it| of.get(&it.key).map(ToString::to_string).unwrap_or_default())
            .collect()
    };
    let mut line = |first: Vec<String>, of: &PropertyValues| {
        let all: Vec<String> = first.into_iter().chain(values(of)).collect();
        file.line(&all.iter().map(String::as_str).collect::<Vec<_>>());
    };
    let yes = |it: bool| if it { "yes" } else { "no" }.to_owned();
    match of {
        TableOf::Contacts => {
            for guest in &it.contacts {
                let contact = &guest.contact;
                let name = |id| names.get(&id).map(|it| (*it).to_owned()).unwrap_or_default();
                let others: Vec<String> = contact.companies.iter().map(|id| name(*id)).collect();
                let first = vec![
                    contact.id.to_string(),
                    contact.external_id.clone().unwrap_or_default(),
                    contact.name.to_string(),
                    contact.email.as_ref().map(ToString::to_string).unwrap_or_default(),
                    contact
                        .membership_email
                        .as_ref()
                        .map(ToString::to_string)
                        .unwrap_or_default(),
                    contact.primary_company.map(name).unwrap_or_default(),
                    others.join("; "),
                    yes(contact.standing == portal_core::crm::ContactStanding::Active),
                    yes(guest.registered),
                ];
                line(first, &contact.properties);
            }
        }
        TableOf::Companies => {
            for company in &it.companies {
                let first = vec![
                    company.id.to_string(),
                    company.external_id.clone().unwrap_or_default(),
                    company.name.to_string(),
                    company.domain.as_ref().map(ToString::to_string).unwrap_or_default(),
                ];
                line(first, &company.properties);
            }
        }
    }
    Ok(Response::builder()
        .content_type("text/csv; charset=utf-8")
        .header(
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}.csv\"", of.name()),
        )
        .body(file.text()))
}
