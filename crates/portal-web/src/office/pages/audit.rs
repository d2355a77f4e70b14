//! The audit log: filters, pages, a file.

use poem::http::{StatusCode, header};
use poem::{Body, Response};
use portal_core::audit::{
    AuditActor, AuditEntry, AuditEvent, AuditPlace, AuditQuery, SealError, SealFault, SealFaultKind, SealVerdict,
};
use portal_core::staff::{AuditPage, Permission};
use portal_core::time::Timestamp;

use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::office::csv;
use crate::office::problems::said;
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::office_staff::{AuditLogPage, AuditRow, EventChoice, SealVerdictView, SealsView};
use crate::view::{Choice, Pager};
use crate::visit::Answer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    Show,
    Verify,
    Export,
}

const NEEDS: Need = Need::Any(&[Permission::Admin]);
/// Entries of a page.
const PAGE: u32 = 50;

pub(crate) const ROUTES: &[OfficeRoute] = &[
    OfficeRoute::page("/admin/audit", Any::Audit(Operation::Show), NEEDS),
    OfficeRoute::form("/admin/audit/verify", Any::Audit(Operation::Verify), NEEDS).unaudited(),
    OfficeRoute::form("/admin/audit/export", Any::Audit(Operation::Export), NEEDS),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    match operation {
        Operation::Show => show(visit, &Fields::of_query(&visit.ask.query), None).await,
        Operation::Verify => {
            forms::office_fields(visit, body).await?;
            let verdict = visit.web.portal.verify_audit(visit.actor()?, None).await?;
            show(visit, &Fields::default(), Some(&verdict)).await
        }
        Operation::Export => export(visit, &forms::office_fields(visit, body).await?).await,
    }
}

/// What was asked for; what cannot be understood is said beside its field and does not filter.
fn query(visit: &OfficeVisit<'_>, fields: &Fields) -> (AuditQuery, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut day = |field: &'static str, end: bool| {
        let typed = fields.given(field)?;
        let found = visit.times().midnight(typed, end).map(Timestamp::from_micros);
        if found.is_none() {
            problems.extend(said(visit, field, "office-problem-date"));
        }
        found
    };
    let (since, until) = (day("from", false), day("to", true));
    let query = AuditQuery {
        event: AuditEvent::named(fields.get("event")),
        actor: person(fields.get("person")),
        portal: fields.get("portal").parse().ok(),
        about: None,
        since,
        until,
        after: place(fields.get("after")),
    };
    (query, problems)
}

/// `system`, `command_line`, `staff:…` or `contact:…`.
fn person(text: &str) -> Option<AuditActor> {
    match text.split_once(':') {
        Some(("staff", id)) => id.parse().ok().map(AuditActor::Staff),
        Some(("contact", id)) => id.parse().ok().map(AuditActor::Contact),
        None if text == "system" => Some(AuditActor::System),
        None if text == "command_line" => Some(AuditActor::CommandLine),
        Some(_) | None => None,
    }
}

fn place(text: &str) -> Option<AuditPlace> {
    let (at, id) = text.split_once('.')?;
    Some(AuditPlace {
        at: Timestamp::from_micros(at.parse().ok()?),
        id: id.parse().ok()?,
    })
}

const fn kind(actor: AuditActor) -> &'static str {
    match actor {
        AuditActor::Staff(_) => "staff",
        AuditActor::Contact(_) => "contact",
        AuditActor::System => "system",
        AuditActor::CommandLine => "command_line",
    }
}

/// The key of the text of an event: names in texts have no dots.
fn key(event: AuditEvent) -> String {
    event.name().replace('.', "_")
}

/// How far the audit is sealed, and what looking through it came to.
async fn seals(visit: &OfficeVisit<'_>, verdict: Option<&SealVerdict>) -> Result<SealsView, Stop> {
    let status = visit.web.portal.seal_status(visit.actor()?).await?;
    let times = visit.times();
    let kind = |it: &SealFault| match it.kind {
        SealFaultKind::Missing => "missing",
        SealFaultKind::Broken => "broken",
        SealFaultKind::Changed => "changed",
        SealFaultKind::Unexpected => "unexpected",
    };
    Ok(SealsView {
        number: status.newest.as_ref().map(|it| it.number),
        at: status.newest.as_ref().map(|it| times.recent(it.at.micros())),
        link: status.newest.as_ref().map(|it| {
            let first = it.link.iter().take(8);
            first.fold(String::new(), |text, it| format!("{text}{it:02x}"))
        }),
        waiting: status.unsealed_since.map(|it| times.recent(it.micros())),
        verdict: verdict.map(|it| SealVerdictView {
            fine: it.is_fine(),
            seals: it.seals,
            entries: it.entries,
            forgotten: it.forgotten,
            faults: it.faults.iter().map(|it| (it.seal, kind(it))).collect(),
        }),
    })
}

async fn show(visit: &OfficeVisit<'_>, fields: &Fields, verdict: Option<&SealVerdict>) -> Answer {
    let (query, problems) = query(visit, fields);
    let seals = seals(visit, verdict).await?;
    let found = visit.web.portal.read_audit(visit.actor()?, &query, PAGE).await?;
    let pages = |after: Option<AuditPlace>| {
        let mut out = form_urlencoded::Serializer::new(String::new());
        for name in ["person", "event", "portal", "from", "to"] {
            if let Some(value) = fields.given(name) {
                out.append_pair(name, value);
            }
        }
        if let Some(it) = after {
            out.append_pair("after", &format!("{}.{}", it.at.micros(), it.id));
        }
        format!("/admin/audit?{}", out.finish())
    };
    let older = found.entries.last().filter(|_| found.has_older).map(AuditEntry::place);
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = AuditLogPage {
        shell: visit.shell(OfficeArea::Audit),
        people: found
            .staff
            .iter()
            .map(|it| Choice::new(format!("staff:{}", it.id), it.name.as_str(), fields.get("person")))
            .collect(),
        person: fields.get("person").to_owned(),
        events: AuditEvent::ALL
            .iter()
            .map(|it| EventChoice {
                value: it.name(),
                key: key(*it),
                selected: query.event == Some(*it),
            })
            .collect(),
        portals: found
            .portals
            .iter()
            .map(|(id, name)| Choice::new(id.to_string(), name.as_str(), fields.get("portal")))
            .collect(),
        from: fields.get("from").to_owned(),
        to: fields.get("to").to_owned(),
        filtered: ["person", "event", "portal", "from", "to"]
            .iter()
            .any(|it| fields.given(it).is_some()),
        entries: found.entries.iter().map(|it| row(visit, &found, it)).collect(),
        pager: Pager {
            newer: query.after.map(|_| pages(None)),
            older: older.map(|it| pages(Some(it))),
        },
        most: portal_core::Portal::AUDIT_EXPORT,
        seals,
        problems,
    };
    visit.page(status, &page)
}

fn row(visit: &OfficeVisit<'_>, page: &AuditPage, it: &AuditEntry) -> AuditRow {
    AuditRow {
        at: visit.times().recent(it.at.micros()),
        kind: kind(it.actor),
        who: page.names.get(&it.actor).cloned().unwrap_or_default(),
        event: key(it.event),
        name: it.event.name(),
        object: it.object.clone(),
        portal: portal_name(page, it),
        detail: it.detail.clone(),
    }
}

fn portal_name(page: &AuditPage, it: &AuditEntry) -> Option<String> {
    let id = it.portal?;
    let known = page.portals.iter().find(|(portal, _)| *portal == id);
    Some(known.map_or_else(|| id.to_string(), |(_, name)| name.clone()))
}

/// The same filter as a file. It says names as they are stored, not in the reader's language, so that programs can read it.
async fn export(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let (query, problems) = query(visit, fields);
    if !problems.is_empty() {
        return Err(Stop::BAD_REQUEST);
    }
    let query = AuditQuery { after: None, ..query };
    let page = visit.web.portal.export_audit(visit.actor()?, &query).await?;
    let mut file = csv::File::new(&["time", "actor_kind", "actor", "event", "portal", "object", "detail"]);
    for it in &page.entries {
        let detail: Vec<String> = it
            .detail
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        file.line(&[
            &visit.times().full(it.at.micros()).iso,
            kind(it.actor),
            page.names.get(&it.actor).map_or("", String::as_str),
            it.event.name(),
            &portal_name(&page, it).unwrap_or_default(),
            &it.object,
            &detail.join("; "),
        ]);
    }
    Ok(Response::builder()
        .content_type("text/csv; charset=utf-8")
        .header(header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\"")
        .body(file.text()))
}

impl From<SealError> for Stop {
    fn from(err: SealError) -> Self {
        match err {
            SealError::Staff(err) => err.into(),
            SealError::Vault(err) => Self::broken(&err),
            SealError::Store(err) => err.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Locale, Locales};

    #[test]
    fn every_event_is_worded_in_every_language() {
        let locales = Locales::embedded().unwrap();
        for locale in Locale::COMPLETE {
            for event in AuditEvent::ALL {
                let text = locales
                    .get(locale)
                    .text("office-audit-event", &[("event", key(*event).as_str().into())]);
                assert_ne!(
                    text,
                    key(*event),
                    "office-audit.ftl lacks `{}` in {locale:?}",
                    key(*event)
                );
            }
        }
    }

    #[test]
    fn people_and_places_are_read_back() {
        assert_eq!(person("system"), Some(AuditActor::System));
        assert_eq!(person("command_line"), Some(AuditActor::CommandLine));
        assert_eq!(person("staff:x"), None);
        assert_eq!(person("evil"), None);
        assert_eq!(place("1"), None);
        let id = "00000000-0000-0000-0000-000000000001";
        assert_eq!(place(&format!("17.{id}")).unwrap().at, Timestamp::from_micros(17));
        assert!(matches!(person(&format!("contact:{id}")), Some(AuditActor::Contact(_))));
    }
}
