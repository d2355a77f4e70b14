//! What happens on a form of settings before it is saved: conditions are added, groups and inboxes made, effects looked at.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use poem::http::StatusCode;
use portal_core::access::AccessRule;
use portal_core::crm::{ContactQuery, GroupError, PolicyChange, SaveGroup};
use portal_core::id::ContactId;
use portal_core::input::Problems;
use portal_core::settings::{InboxError, PortalView, SaveInbox, Section, SettingsValue};

use super::form;
use crate::errors::Stop;
use crate::forms::Fields;
use crate::office::problems::{self, said};
use crate::office::visit::OfficeVisit;
use crate::view::crm::Named;
use crate::view::form::Problem;
use crate::view::office_portals::PortalForm;

/// A form after one of its buttons was pressed.
pub(super) struct Edited {
    pub(super) view: PortalView,
    pub(super) form: PortalForm,
    pub(super) status: StatusCode,
    pub(super) problems: Vec<Problem>,
}

/// Does what a button says. The buttons of criteria are understood where the form is read.
pub(super) async fn edited(
    visit: &OfficeVisit<'_>,
    view: PortalView,
    section: Section,
    fields: &Fields,
) -> Result<Edited, Stop> {
    let (mut problems, mut made) = (Vec::new(), None);
    match (section, fields.get("edit")) {
        (Section::Access, "add-group") => {
            let command = SaveGroup {
                id: None,
                name: fields.get("new_group").to_owned(),
                criteria: None,
            };
            match visit.web.portal.save_group(visit.actor()?, &command).await {
                Ok(id) => made = Some(id.to_string()),
                Err(GroupError::Invalid(found)) => problems = at(visit, "new_group", &found),
                Err(GroupError::NameTaken) => problems = said(visit, "new_group", "crm-problem-name-taken"),
                Err(err) => return Err(err.into()),
            }
        }
        (Section::Tickets, "add-inbox") => {
            let command = SaveInbox {
                id: None,
                name: fields.get("new_inbox").to_owned(),
                pipeline: None,
            };
            match visit.web.portal.save_inbox(visit.actor()?, &command).await {
                Ok(id) => made = Some(id.to_string()),
                Err(InboxError::Invalid(found)) => problems = at(visit, "new_inbox", &found),
                Err(err) => return Err(err.into()),
            }
        }
        _ => {}
    }
    let view = if made.is_some() {
        super::view(visit).await?
    } else {
        view
    };
    let mut form = form::of_fields(visit, &view, section, fields);
    if let Some(id) = made {
        // What was just made is chosen.
        form.new_group.clear();
        form.new_inbox.clear();
        if section == Section::Access {
            form.groups
                .iter_mut()
                .filter(|it| it.value == id)
                .for_each(|it| it.selected = true);
        } else {
            form.inboxes.iter_mut().for_each(|it| it.selected = it.value == id);
        }
    }
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(Edited {
        view,
        form,
        status,
        problems,
    })
}

/// What was found, at another field.
fn at(visit: &OfficeVisit<'_>, field: &'static str, found: &Problems) -> Vec<Problem> {
    let mut problems = problems::worded(visit, found);
    for it in &mut problems {
        it.field = field.into();
    }
    problems
}

/// What was found, in words; those about criteria are the editor's.
pub(super) fn worded(visit: &OfficeVisit<'_>, found: &Problems) -> Vec<Problem> {
    let mut problems = problems::worded(visit, found);
    for it in problems.iter_mut().filter(|it| it.field == "criteria") {
        it.text = visit.texts().text("crm-problem-criteria", &[]);
    }
    problems
}

/// How these settings would change who sees what, if they would.
pub(super) fn policy(view: &PortalView, value: &SettingsValue) -> Option<PolicyChange> {
    let now = &view.portal;
    match value {
        SettingsValue::Tickets(it)
            if it.permission != now.permission || it.hidden_pipelines != now.hidden_pipelines =>
        {
            Some(PolicyChange::Tickets {
                portal: now.id,
                permission: it.permission.clone(),
                pipelines: it.hidden_pipelines.clone(),
            })
        }
        SettingsValue::Access(it) if it.rule != now.access => Some(PolicyChange::Access {
            portal: now.id,
            access: it.rule.clone(),
        }),
        _ => None,
    }
}

/// The same for the same settings, and for no others as far as anybody could do harm with it to anybody but themself.
pub(super) fn fingerprint(value: &SettingsValue) -> String {
    let mut hasher = DefaultHasher::new();
    match value {
        SettingsValue::Tickets(it) => {
            format!("{:?}", it.permission).hash(&mut hasher);
            it.hidden_pipelines.hash(&mut hasher);
        }
        SettingsValue::Access(it) => match &it.rule {
            AccessRule::Groups(groups) => groups.hash(&mut hasher),
            AccessRule::EveryRegisteredContact => BTreeSet::<ContactId>::new().hash(&mut hasher),
        },
        _ => {}
    }
    format!("{:016x}", hasher.finish())
}

/// So many people are found.
const FOUND: u32 = 8;

/// Who is found by a search, with links that look through their eyes, and through whose eyes one looks now.
pub(super) async fn people(
    visit: &OfficeVisit<'_>,
    q: &str,
    eyes: Option<ContactId>,
    base: &str,
) -> Result<(Vec<Named>, Option<Named>), Stop> {
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let found = if q.is_empty() {
        Vec::new()
    } else {
        let query = ContactQuery {
            text: Some(q.to_owned()),
            limit: FOUND,
            ..ContactQuery::default()
        };
        portal.list_contacts(actor, &query).await?
    };
    let written: String = form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let found = found.into_iter().map(|it| Named {
        href: format!("{base}/setup/check?q={written}&as={}#eyes", it.id),
        name: it.name,
    });
    let seen_as = match eyes {
        Some(id) => Some(Named {
            href: format!("/admin/contacts/{id}"),
            name: portal.view_contact(actor, id).await?.contact.name.to_string(),
        }),
        None => None,
    };
    Ok((found.collect(), seen_as))
}

impl From<InboxError> for Stop {
    fn from(err: InboxError) -> Self {
        match err {
            InboxError::Staff(err) => err.into(),
            InboxError::NotFound => Self::NOT_FOUND,
            InboxError::Invalid(_) => Self::BAD_REQUEST,
            InboxError::Store(err) => err.into(),
        }
    }
}
