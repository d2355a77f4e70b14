use std::collections::BTreeSet;

use poem::http::StatusCode;
use portal_core::access::Criteria;
use portal_core::crm::{
    AccessGroup, ContactQuery, Fingerprint, GroupError, GroupKind, GroupRow, PolicyChange, SaveGroup,
};
use portal_core::id::{AccessGroupId, ContactId, Uuid};
use portal_core::property::PropertyDefinition;
use portal_core::staff::Permission;

use super::super::portals::criteria_lines;
use super::preview::preview;
use super::{line, may, place_after, read_place, seen};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::office::criteria::CriteriaDraft;
use crate::office::problems::{said, worded};
use crate::office::visit::OfficeVisit;
use crate::view::crm::{ContactLine, GroupFormPage, GroupPage, GroupRowView, GroupsPage, Named, PolicyPreviewView};
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::visit::Answer;
use crate::web::see_other;

pub(super) fn id(visit: &OfficeVisit<'_>) -> Result<AccessGroupId, Stop> {
    visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)
}

pub(super) async fn list(visit: &OfficeVisit<'_>) -> Answer {
    let groups = visit.web.portal.list_groups(visit.actor()?).await?;
    let page = GroupsPage {
        shell: visit.shell(OfficeArea::Groups),
        groups: groups.iter().map(row).collect(),
        may_add: may(visit, Permission::PortalSettings),
    };
    visit.page(StatusCode::OK, &page)
}

pub(super) fn row(it: &GroupRow) -> GroupRowView {
    GroupRowView {
        group: named(&it.group),
        dynamic: it.group.criteria().is_some(),
        members: it.members,
        portals: it.portals.iter().map(|(_, name)| name.clone()).collect(),
    }
}

pub(super) fn named(it: &AccessGroup) -> Named {
    Named {
        href: format!("/admin/groups/{}", it.id),
        name: it.name.to_string(),
    }
}

/// What the page of a group shows beside its members.
#[derive(Default)]
struct Kept {
    preview: Option<PolicyPreviewView>,
    add: BTreeSet<ContactId>,
    remove: BTreeSet<ContactId>,
    problems: Vec<Problem>,
}

pub(super) async fn show(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    again(visit, StatusCode::OK, fields, Kept::default()).await
}

async fn again(visit: &OfficeVisit<'_>, status: StatusCode, fields: &Fields, kept: Kept) -> Answer {
    let (portal, actor, id) = (&visit.web.portal, visit.actor()?, id(visit)?);
    let q = fields.given("q").map(str::to_owned);
    let view = portal
        .view_group(actor, id, q.clone(), read_place(fields.get("after")))
        .await?;
    let mut found = Vec::new();
    if let Some(text) = fields.given("find") {
        let query = ContactQuery {
            text: Some(text.to_owned()),
            limit: 20,
            ..ContactQuery::default()
        };
        found = portal.list_contacts(actor, &query).await?;
        found.retain(|it| !view.members.iter().any(|member| member.id == it.id));
    }
    let mut add = Vec::new();
    for contact in &kept.add {
        add.push(chosen(visit, *contact).await?);
    }
    let mut remove = Vec::new();
    for contact in &kept.remove {
        remove.push(chosen(visit, *contact).await?);
    }
    let base = format!("/admin/groups/{id}");
    let more = view.more.as_ref().map(|(name, contact)| {
        let q: String = form_urlencoded::byte_serialize(fields.get("q").as_bytes()).collect();
        format!("{base}?q={q}&after={}", place_after(name, contact))
    });
    let page = GroupPage {
        shell: visit.shell(OfficeArea::Groups),
        row: row(&view.row),
        q: q.unwrap_or_default(),
        members: view.members.iter().map(line).collect(),
        more,
        find: fields.get("find").to_owned(),
        found: found.iter().map(line).collect(),
        preview: kept.preview,
        add,
        remove,
        may_edit: may(visit, Permission::PortalSettings),
        problems: kept.problems,
        base,
    };
    visit.page(status, &page)
}

async fn chosen(visit: &OfficeVisit<'_>, id: ContactId) -> Result<ContactLine, Stop> {
    let view = visit.web.portal.view_contact(visit.actor()?, id).await?;
    Ok(ContactLine {
        id: id.to_string(),
        contact: Named {
            href: format!("/admin/contacts/{id}"),
            name: view.contact.name.to_string(),
        },
        email: view
            .contact
            .membership_email
            .map(|it| it.to_string())
            .unwrap_or_default(),
        company: None,
        removed: false,
        registered: view.registered,
    })
}

/// At most this many are put in or taken out by one form.
const MOST_AT_ONCE: usize = 20;

pub(super) async fn members(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let (portal, actor, group) = (&visit.web.portal, visit.actor()?, id(visit)?);
    let ids = |name| -> BTreeSet<ContactId> {
        let parsed = fields.all(name).filter_map(|it| it.parse().ok());
        parsed.take(MOST_AT_ONCE).collect()
    };
    let (add, remove) = (ids("add"), ids("remove"));
    if add.is_empty() && remove.is_empty() {
        return Ok(see_other(&format!("/admin/groups/{group}")));
    }
    if fields.get("do") != "save" {
        let change = PolicyChange::Members {
            group,
            add: add.clone(),
            remove: remove.clone(),
        };
        let looked = portal.preview_policy(actor, &change).await?;
        let kept = Kept {
            preview: Some(preview(&looked)),
            add,
            remove,
            problems: Vec::new(),
        };
        return again(visit, StatusCode::OK, &Fields::default(), kept).await;
    }
    portal.change_members(actor, group, &add, &remove).await?;
    Ok(visit.done("office-flash-group-members", &format!("/admin/groups/{group}")))
}

pub(super) async fn remove(visit: &OfficeVisit<'_>) -> Answer {
    match visit.web.portal.remove_group(visit.actor()?, id(visit)?).await {
        Ok(()) => Ok(visit.done("office-flash-group-removed", "/admin/groups")),
        Err(GroupError::InUse(_)) => {
            let kept = Kept {
                problems: said(visit, "remove", "crm-problem-group-used"),
                ..Kept::default()
            };
            again(visit, StatusCode::UNPROCESSABLE_ENTITY, &Fields::default(), kept).await
        }
        Err(err) => Err(err.into()),
    }
}

/// The form of a group, as it is filled in.
struct Form {
    id: Option<AccessGroupId>,
    name: String,
    draft: Option<CriteriaDraft>,
    preview: Option<PolicyPreviewView>,
    checked: String,
    seen: String,
    theirs: Vec<String>,
    problems: Vec<Problem>,
}

pub(super) async fn new(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let dynamic = fields.get("kind") == "dynamic";
    let form = Form {
        id: None,
        name: String::new(),
        draft: dynamic.then(CriteriaDraft::empty),
        preview: None,
        checked: String::new(),
        seen: String::new(),
        theirs: Vec::new(),
        problems: Vec::new(),
    };
    let defined = visit.web.portal.criteria_properties(visit.actor()?).await?;
    filled(visit, StatusCode::OK, &defined, form)
}

pub(super) async fn edit(visit: &OfficeVisit<'_>) -> Answer {
    let id = id(visit)?;
    let view = visit.web.portal.view_group(visit.actor()?, id, None, None).await?;
    let group = view.row.group;
    let form = Form {
        id: Some(id),
        name: group.name.to_string(),
        draft: group.criteria().map(CriteriaDraft::of),
        preview: None,
        checked: String::new(),
        seen: Fingerprint::of(&group).to_string(),
        theirs: Vec::new(),
        problems: Vec::new(),
    };
    filled(visit, StatusCode::OK, &view.properties, form)
}

fn filled(visit: &OfficeVisit<'_>, status: StatusCode, defined: &[PropertyDefinition], form: Form) -> Answer {
    let language = visit.language();
    let (action, back) = match form.id {
        None => ("/admin/groups/new".to_owned(), "/admin/groups".to_owned()),
        Some(id) => (format!("/admin/groups/{id}/edit"), format!("/admin/groups/{id}")),
    };
    let page = GroupFormPage {
        shell: visit.shell(OfficeArea::Groups),
        action,
        back,
        new: form.id.is_none(),
        name: form.name,
        criteria: form.draft.map(|it| it.editor(defined, &language)),
        preview: form.preview,
        checked: form.checked,
        seen: form.seen,
        theirs: form.theirs,
        problems: form.problems,
    };
    visit.page(status, &page)
}

pub(super) async fn save(visit: &OfficeVisit<'_>, id: Option<AccessGroupId>, fields: &Fields) -> Answer {
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let defined = portal.criteria_properties(actor).await?;
    let dynamic = fields.get("kind") == "dynamic";
    let draft = dynamic.then(|| CriteriaDraft::read(fields));
    let mut form = Form {
        id,
        name: fields.get("name").to_owned(),
        preview: None,
        checked: String::new(),
        seen: fields.get("seen").to_owned(),
        theirs: Vec::new(),
        problems: Vec::new(),
        draft,
    };
    if CriteriaDraft::is_edit(fields) {
        return filled(visit, StatusCode::OK, &defined, form);
    }
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let mut criteria: Option<Criteria> = None;
    if let Some(draft) = &form.draft {
        criteria = draft.criteria(&defined);
        let print = draft.fingerprint();
        let Some(criteria) = &criteria else {
            form.problems = said(visit, "criteria", "crm-problem-criteria");
            return filled(visit, refused, &defined, form);
        };
        if fields.get("do") != "save" || fields.get("checked") != print {
            // A new group is in no portal yet: nobody gains or loses anything by it.
            let group = AccessGroup {
                id: id.unwrap_or(AccessGroupId::from_uuid(Uuid::nil())),
                name: "x".parse().map_err(|_| Stop::BAD_REQUEST)?,
                kind: GroupKind::Dynamic(criteria.clone()),
            };
            let looked = portal.preview_policy(actor, &PolicyChange::Group(group)).await?;
            form.preview = Some(preview(&looked));
            form.checked = print;
            return filled(visit, StatusCode::OK, &defined, form);
        }
    }
    let command = SaveGroup {
        id,
        name: form.name.clone(),
        criteria,
    };
    let saved = match id {
        None => portal.save_group(actor, &command).await,
        Some(_) => portal.save_group_seen(actor, &command, seen(fields)?).await,
    };
    match saved {
        Ok(id) => Ok(visit.done("office-flash-group-saved", &format!("/admin/groups/{id}"))),
        Err(GroupError::Invalid(problems)) => {
            form.problems = worded(visit, &problems);
            filled(visit, refused, &defined, form)
        }
        Err(GroupError::NameTaken) => {
            form.problems = said(visit, "name", "crm-problem-name-taken");
            filled(visit, refused, &defined, form)
        }
        Err(GroupError::Criteria(_)) => {
            form.problems = said(visit, "criteria", "crm-problem-criteria");
            filled(visit, refused, &defined, form)
        }
        Err(GroupError::Changed) => {
            let id = id.ok_or(Stop::NOT_FOUND)?;
            let theirs = portal.view_group(actor, id, None, None).await?.row.group;
            form.theirs = vec![theirs.name.to_string()];
            form.theirs.extend(
                theirs
                    .criteria()
                    .map(|it| criteria_lines(visit, it))
                    .unwrap_or_default(),
            );
            form.seen = Fingerprint::of(&theirs).to_string();
            form.checked.clear();
            filled(visit, StatusCode::CONFLICT, &defined, form)
        }
        Err(err) => Err(err.into()),
    }
}
