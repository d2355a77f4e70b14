//! What stands on the page of a contact or company beside its fields: notes, history, tickets, merges.

use std::collections::BTreeMap;

use portal_core::audit::AuditPlace;
use portal_core::crm::{MergeState, Party, PartyFile, PartyNoteError, ViewParty};
use portal_core::id::{CompanyId, TicketNumber};
use portal_core::membership::InvitationState;
use portal_core::staff::Permission;
use portal_core::ticket::AuthorKind;
use portal_core::time::Timestamp;

use super::{line, may};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::office::problems::{said, worded};
use crate::office::visit::OfficeVisit;
use crate::pages::show;
use crate::view::SafeHtml;
use crate::view::crm::Named;
use crate::view::form::Problem;
use crate::view::party::{HistoryLine, InvitationLine, LabelLine, MergeLine, NoteView, PartyFileView, PartyTicket};
use crate::view::status::Status;
use crate::visit::Answer;

/// Where the page of a contact or company is.
pub(super) fn base(party: Party) -> String {
    match party {
        Party::Contact(id) => format!("/admin/contacts/{id}"),
        Party::Company(id) => format!("/admin/companies/{id}"),
    }
}

fn named(party: Party, name: &str) -> Named {
    Named {
        href: base(party),
        name: name.to_owned(),
    }
}

/// Loads the file, from where the address says.
pub(super) async fn file(visit: &OfficeVisit<'_>, party: Party, fields: &Fields) -> Result<PartyFile, Stop> {
    let number = fields.get("below").parse().ok();
    let wanted = ViewParty {
        party,
        below: number.and_then(TicketNumber::new),
        before: place(fields.get("before")),
    };
    Ok(visit.web.portal.view_party(visit.actor()?, &wanted).await?)
}

fn place(text: &str) -> Option<AuditPlace> {
    let (at, id) = text.split_once('.')?;
    Some(AuditPlace {
        at: Timestamp::from_micros(at.parse().ok()?),
        id: id.parse().ok()?,
    })
}

/// The file as its page shows it.
pub(super) fn view(visit: &OfficeVisit<'_>, party: Party, file: &PartyFile) -> PartyFileView {
    let may_edit = may(visit, Permission::Crm);
    let times = visit.times();
    let me = visit.staff.as_ref().map(|it| it.user.id);
    let admin = may(visit, Permission::Admin);
    let older = file.history.last().filter(|_| file.has_older);
    let now = visit.ask.now;
    PartyFileView {
        notes: file
            .notes
            .iter()
            .map(|it| NoteView {
                id: it.id.to_string(),
                author: it.author.name.clone(),
                when: times.recent(it.at.micros()),
                body: SafeHtml::sanitised(it.body.html.as_str()),
                removable: may_edit && (admin || me.map(AuthorKind::Agent) == Some(it.author.kind)),
            })
            .collect(),
        note: String::new(),
        history: file
            .history
            .iter()
            .map(|it| HistoryLine {
                when: times.recent(it.at.micros()),
                who: file.who.get(&it.actor).cloned().unwrap_or_default(),
                event: it.event.name().replace('.', "_"),
                detail: it.detail.clone(),
            })
            .collect(),
        older: older.map(|it| format!("{}?before={}.{}#history", base(party), it.at.micros(), it.id)),
        tickets: file
            .tickets
            .iter()
            .map(|it| PartyTicket {
                href: format!("/desk/tickets/{}", it.number),
                number: it.number.get(),
                subject: it.subject.to_string(),
                status: Status::of(show::stage(it.stage)),
                when: times.recent(it.last_activity.micros()),
            })
            .collect(),
        older_tickets: file
            .older_tickets
            .map(|it| format!("{}?below={it}#tickets", base(party))),
        at_desk: may(visit, Permission::HelpDesk),
        merges: file
            .merges
            .iter()
            .map(|(it, from, into)| MergeLine {
                id: it.id.to_string(),
                from: named(it.from, from),
                into: named(it.into, into),
                when: times.recent(it.at.micros()),
                state: match it.state {
                    MergeState::Moving => "moving",
                    MergeState::Done => "done",
                    MergeState::Undoing => "undoing",
                    MergeState::Undone => "undone",
                },
                undo_until: (it.state == MergeState::Done && now < it.undo_until() && file.erased_at.is_none())
                    .then(|| times.day(it.undo_until().micros())),
            })
            .collect(),
        merged_into: file.merged(party).map(|(it, _, into)| named(it.into, into)),
        labels: Vec::new(),
        same_address: file.same_address.iter().map(line).collect(),
        invitations: file
            .invitations
            .iter()
            .map(|(portal, name, it)| InvitationLine {
                portal: Named {
                    href: format!("/admin/portals/{portal}/members"),
                    name: name.clone(),
                },
                state: invitation(&it.state),
                when: times.recent(it.asked_at.micros()),
            })
            .collect(),
        erased: file.erased_at.map(|it| times.recent(it.micros())),
        portals: Vec::new(),
        problems: Vec::new(),
        may_edit,
        may_export: may(visit, Permission::Export),
    }
}

const fn invitation(state: &InvitationState) -> &'static str {
    match state {
        InvitationState::Queued => "queued",
        InvitationState::Sent => "sent",
        InvitationState::Accepted => "accepted",
        InvitationState::Failed(_) => "failed",
        InvitationState::Revoked => "revoked",
    }
}

/// The companies of a contact, each with its label.
pub(super) fn labels(
    companies: &[(CompanyId, String)],
    primary: Option<CompanyId>,
    labels: &BTreeMap<CompanyId, portal_core::text::Line>,
) -> Vec<LabelLine> {
    companies
        .iter()
        .map(|(id, name)| LabelLine {
            company: named(Party::Company(*id), name),
            id: id.to_string(),
            label: labels.get(id).map(ToString::to_string).unwrap_or_default(),
            primary: primary == Some(*id),
        })
        .collect()
}

/// Writes a note, or says what is wrong with it.
pub(super) async fn add_note(
    visit: &OfficeVisit<'_>,
    party: Party,
    fields: &Fields,
) -> Result<Result<(), Vec<Problem>>, Stop> {
    let text = fields.text("text");
    match visit.web.portal.write_party_note(visit.actor()?, party, &text).await {
        Ok(_) => Ok(Ok(())),
        Err(PartyNoteError::Invalid(problems)) => Ok(Err(worded(visit, &problems))),
        Err(err) => Err(err.into()),
    }
}

pub(super) async fn remove_note(visit: &OfficeVisit<'_>, party: Party, fields: &Fields) -> Answer {
    let note = fields.get("note").parse().map_err(|_| Stop::BAD_REQUEST)?;
    let actor = visit.actor()?;
    visit.web.portal.remove_party_note(actor, party, note).await?;
    Ok(visit.done("office-flash-note-removed", &format!("{}#notes", base(party))))
}

/// Undoes or carries on a merge.
pub(super) async fn merges(visit: &OfficeVisit<'_>, party: Party, fields: &Fields) -> Answer {
    let merge = fields.get("merge").parse().map_err(|_| Stop::BAD_REQUEST)?;
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let state = if fields.get("do") == "undo" {
        portal.undo_merge(actor, merge).await?
    } else {
        portal.carry_on_merge(actor, merge).await?
    };
    let flash = match state {
        MergeState::Done => "office-flash-merged",
        MergeState::Undone => "office-flash-merge-undone",
        MergeState::Moving | MergeState::Undoing => "office-flash-merge-moving",
    };
    Ok(visit.done(flash, &base(party)))
}

/// A problem of a form on the page of a contact or company, by the key of its text.
pub(super) fn problem(visit: &OfficeVisit<'_>, field: &'static str, key: &'static str) -> Vec<Problem> {
    said(visit, field, key)
}
