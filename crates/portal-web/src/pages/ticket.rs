//! One ticket.

use poem::http::{Method, StatusCode};
use portal_core::access::{self, Action, Decision, Denial, Principal};
use portal_core::id::TicketNumber;
use portal_core::property::{PropertyKey, PropertyValue};
use portal_core::satisfaction::TicketRating;
use portal_core::ticket::{
    self, AssociationLabel, AuthorKind, Event as CoreEvent, EventKind, Message as CoreMessage, TicketView,
    TimelineItem, TimelineWindow, ViewTicket,
};

use super::show;
use crate::forms::Fields;
use crate::fresh;
use crate::view::SafeHtml;
use crate::view::TicketPage;
use crate::view::csat::Rate;
use crate::view::file::{FileLimits, StagedFile};
use crate::view::form::Problem;
use crate::view::person::{Person, Role};
use crate::view::promise::promise;
use crate::view::shell::Area;
use crate::view::status::{Stage, Status};
use crate::view::ticket::{
    Audience, Can, Composer, ComposerMode, Detail, Event, EventLine, Item, Message, ReadOnly, Step, StepState,
    TicketLink, Waiting, Why,
};
use crate::visit::{Answer, Visit};

/// Of a long conversation the beginning and the end are shown.
const FIRST: u32 = 2;
const LAST: u32 = 28;

/// What a refused reply keeps.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub(super) text: String,
    pub(super) staged: Vec<StagedFile>,
    pub(super) problems: Vec<Problem>,
}

pub(super) async fn show(visit: &Visit<'_>) -> Answer {
    let number = visit.number()?;
    let all = Fields::of_query(&visit.ask.query).get("all") == "1";
    let view = load(visit, number, all).await?;
    let answer = visit.page(StatusCode::OK, &page(visit, &view, all, Kept::default()))?;
    // Nobody has read what was only fetched ahead.
    if visit.ask.method == Method::GET && !visit.ask.is_prefetch() {
        let marked = visit
            .web
            .portal
            .mark_read(&visit.actor(), visit.site.id, number, view.public_seq)
            .await;
        if let Err(err) = marked {
            tracing::warn!(
                error = &err as &dyn std::error::Error,
                "a read mark could not be raised"
            );
        }
    }
    Ok(answer)
}

/// The ticket as the reader sees it now.
pub(super) async fn load(
    visit: &Visit<'_>,
    number: TicketNumber,
    all: bool,
) -> Result<TicketView, crate::errors::Stop> {
    let window = if all {
        TimelineWindow::All
    } else {
        TimelineWindow::Folded {
            first: FIRST,
            last: LAST,
        }
    };
    Ok(visit
        .web
        .portal
        .view_ticket(
            &visit.actor(),
            ViewTicket {
                portal: visit.site.id,
                number,
                window,
            },
        )
        .await?)
}

/// The page of a ticket, with what a refused reply keeps.
pub(super) fn page(visit: &Visit<'_>, view: &TicketView, all: bool, kept: Kept) -> TicketPage {
    let times = visit.times();
    let owner = view.owner.as_ref().map(|it| Person::new(it.as_str(), Role::Support));
    let requester = view.people.iter().find(|it| it.label == AssociationLabel::Requester);
    let composer_mode = composer_mode(view);
    TicketPage {
        shell: visit.shell(Area::Tickets),
        number: view.number.get(),
        promise: view
            .promise
            .as_ref()
            .and_then(|it| promise(visit.texts(), it, !is_answered(view))),
        subject: view.subject.as_str().to_owned(),
        status: show::status(visit, view.stage, view.status_label.as_ref()),
        status_note: view
            .explanation
            .as_ref()
            .map(|it| it.get(&visit.language()).to_owned())
            .filter(|it| !it.is_empty()),
        requester: requester.map_or_else(Person::unnamed, |it| {
            show::contact(visit, it.contact, &it.name, Role::Other)
        }),
        opened: times.day(view.created_at.micros()),
        updated: times.recent(view.last_activity.micros()),
        audience: audience(visit, view),
        why: why(view),
        priority: Some(show::priority(view.priority)),
        category: view.category.as_ref().map(|it| it.as_str().to_owned()),
        details: view
            .properties
            .iter()
            .map(|(definition, value)| Detail {
                label: definition.label.get(&visit.language()).to_owned(),
                value: value_words(visit, &definition.key, value),
            })
            .collect(),
        progress: progress(visit, view),
        people: view
            .people
            .iter()
            .map(|it| show::contact(visit, it.contact, &it.name, Role::Other))
            .collect(),
        others: view.other_people,
        thread: thread(visit, view),
        waiting: (view.stage == ticket::Stage::WaitingOnContact).then(|| Waiting {
            who: view.owner.clone(),
            closes: None,
        }),
        can: Can {
            close: view.allows(Action::Close),
            reopen: view.allows(Action::Reopen),
            make_private: view.allows(Action::MarkPrivate),
        },
        rate: view.allows(Action::Rate).then(|| Rate {
            given: view.rating.as_ref().map(|it| it.rating.name()),
            comment: comment(view.rating.as_ref()),
        }),
        composer: composer_mode.ok().map(|mode| Composer {
            text: kept.text,
            idem: fresh::key(),
            limits: Some(limits(visit)),
            staged: kept.staged,
            mode,
        }),
        read_only: composer_mode.err(),
        owner,
        version: view.version.0,
        idem_close: fresh::key(),
        idem_reopen: fresh::key(),
        idem_private: fresh::key(),
        all,
        seen: i64::from(view.public_seq),
        problems: kept.problems,
    }
}

/// What was said with a rating.
fn comment(rating: Option<&TicketRating>) -> String {
    let comment = rating.and_then(|it| it.comment.as_ref());
    comment.map(ToString::to_string).unwrap_or_default()
}

/// How much a form takes.
pub(super) fn limits(visit: &Visit<'_>) -> FileLimits {
    let limits = visit.web.portal.file_limits();
    FileLimits::new(
        u32::try_from(limits.count).unwrap_or(u32::MAX),
        limits.sum,
        visit.locale,
    )
}

/// What sending a reply does, or why there is no reply, as the rule decided.
fn composer_mode(view: &TicketView) -> Result<ComposerMode, ReadOnly> {
    let decision = |wanted: Action| {
        view.decisions
            .iter()
            .find(|(it, _)| *it == wanted)
            .map(|(_, decision)| *decision)
    };
    let refused = |action| match decision(action) {
        Some(Decision::Deny(denial)) => Some(denial),
        Some(Decision::Allow) | None => None,
    };
    match refused(Action::Reply) {
        None => {}
        Some(Denial::OnlyThroughCompany | Denial::ReadOnly | Denial::NotVisible | Denial::NotRequester) => {
            return Err(ReadOnly::Colleague);
        }
        Some(Denial::Merged) => return Err(ReadOnly::Merged),
        Some(
            Denial::NotOffered
            | Denial::AlreadyClosed
            | Denial::NotClosed
            | Denial::ReopenWindowOver
            | Denial::AlreadyPrivate,
        ) => {
            return Err(ReadOnly::Closed);
        }
    }
    match refused(Action::Reopen) {
        None => Ok(ComposerMode::Reopen),
        Some(Denial::ReopenWindowOver | Denial::NotOffered) if view.stage == ticket::Stage::Closed => {
            Err(ReadOnly::FollowUp)
        }
        Some(_) if view.allows(Action::Close) => Ok(ComposerMode::ReplyOrClose),
        Some(_) => Ok(ComposerMode::Reply),
    }
}

fn audience(visit: &Visit<'_>, view: &TicketView) -> Audience {
    let mut names: Vec<String> = view.shared_with.iter().map(|(_, name)| name.clone()).collect();
    if view.other_companies > 0 {
        names.push(
            visit
                .texts()
                .text("companies-other", &[("n", view.other_companies.into())]),
        );
    }
    if names.is_empty() {
        Audience::People {
            private: view.audience == access::Audience::Private,
        }
    } else {
        Audience::Companies { names }
    }
}

fn why(view: &TicketView) -> Why {
    match view.because {
        Principal::Contact(own) => {
            let asked = view
                .people
                .iter()
                .any(|it| it.contact == own && it.label == AssociationLabel::Requester);
            if asked { Why::Requester } else { Why::Participant }
        }
        Principal::Company(_) => Why::Company {
            name: view
                .shared_with
                .as_ref()
                .map_or_else(String::new, |(_, name)| name.clone()),
        },
    }
}

/// The value of a property in the reader's language; a choice as the support form calls it.
pub(super) fn value_words(visit: &Visit<'_>, key: &PropertyKey, value: &PropertyValue) -> String {
    let texts = visit.texts();
    let language = visit.language();
    let choice = |it: &str| {
        let option = visit.looks.form.option(key, it).and_then(|it| it.label.as_ref());
        option.map_or(it, |it| it.get(&language)).to_owned()
    };
    match value {
        PropertyValue::Text(it) => it.clone(),
        PropertyValue::Choice(it) => choice(it),
        PropertyValue::Number(it) => decimal(it.millionths(), visit.locale.decimal_mark()),
        PropertyValue::Date(it) => {
            let (year, month, day) = it.parts();
            let parts = [
                ("day", u32::from(day).into()),
                ("month", u32::from(month).into()),
                ("year", u32::from(year).into()),
            ];
            texts.text("time-day-year", &parts)
        }
        PropertyValue::Bool(true) => texts.text("detail-yes", &[]),
        PropertyValue::Bool(false) => texts.text("detail-no", &[]),
        PropertyValue::Choices(them) => them.iter().map(|it| choice(it)).collect::<Vec<_>>().join(", "),
    }
}

/// A number from its millionths, without zeros at the end.
fn decimal(millionths: i64, mark: char) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let all = millionths.unsigned_abs();
    let (whole, rest) = (all / 1_000_000, format!("{:06}", all % 1_000_000));
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}{mark}{rest}")
    }
}

/// The way of the ticket so far, as far as the page has it.
fn progress(visit: &Visit<'_>, view: &TicketView) -> Vec<Step> {
    let times = visit.times();
    let requester = view
        .people
        .iter()
        .find(|it| it.label == AssociationLabel::Requester)
        .map(|it| it.name.clone());
    let mut steps = Step::usual(show::stage(view.stage));
    for step in &mut steps {
        if step.state == StepState::Ahead {
            continue;
        }
        let reached = match step.status.stage {
            Stage::Received => Some((view.created_at, requester.clone())),
            wanted => view.timeline.items.iter().rev().find_map(|item| match item {
                TimelineItem::Event(event) if show_stage(&event.kind) == Some(wanted) => {
                    Some((event.at, Some(event.by.name.clone())))
                }
                TimelineItem::Event(_) | TimelineItem::Message(_) => None,
            }),
        };
        if step.state == StepState::Current {
            step.status = show::status(visit, view.stage, view.status_label.as_ref());
        }
        if let Some((at, who)) = reached {
            step.when = Some(times.moment(at.micros()));
            step.who = who.filter(|it| !it.is_empty());
        }
    }
    steps
}

/// The stage that an event led to.
fn show_stage(kind: &EventKind) -> Option<Stage> {
    match kind {
        EventKind::StatusChanged { stage, .. } => Some(show::stage(*stage)),
        EventKind::Closed { .. } | EventKind::ClosedByTimer { .. } => Some(Stage::Closed),
        EventKind::Reopened { .. } => Some(Stage::InProgress),
        EventKind::OwnerChanged { .. }
        | EventKind::MadePrivate
        | EventKind::MadeShared
        | EventKind::PeopleChanged
        | EventKind::NotDelivered { .. }
        | EventKind::SplitFrom { .. }
        | EventKind::FollowUpOf { .. } => None,
        EventKind::MergedInto { .. } => Some(Stage::Closed),
    }
}

fn thread(visit: &Visit<'_>, view: &TicketView) -> Vec<Item> {
    let mut thread: Vec<Item> = view
        .timeline
        .items
        .iter()
        .map(|item| match item {
            TimelineItem::Message(it) => Item::Message(message(visit, it)),
            TimelineItem::Event(it) => Item::Event(event(visit, view, it)),
        })
        .collect();
    if view.timeline.hidden > 0 {
        let at = thread.len().min(FIRST as usize);
        let next = at
            .checked_sub(1)
            .and_then(|it| view.timeline.items.get(it))
            .map_or(0, TimelineItem::seq)
            + 1;
        let href = format!("{}?all=1#m{next}", visit.ticket_href(view.number));
        thread.insert(
            at,
            Item::Fold {
                messages: view.timeline.hidden,
                href,
            },
        );
    }
    thread
}

fn message(visit: &Visit<'_>, message: &CoreMessage) -> Message {
    Message {
        sequence: i64::from(message.seq),
        author: show::author(visit, message.author.kind, &message.author.name)
            .unwrap_or_else(|| Person::new("", Role::Support)),
        when: visit.times().recent(message.at.micros()),
        lang: None,
        body: SafeHtml::sanitised(message.body.html.as_str()),
        quoted: None,
        withdrawn: false,
        cut: false,
        unread: false,
        files: message.files.iter().map(|it| show::file(visit, it)).collect(),
    }
}

fn event(visit: &Visit<'_>, view: &TicketView, event: &CoreEvent) -> EventLine {
    let mut who = show::author(visit, event.by.kind, &event.by.name);
    let what = match &event.kind {
        EventKind::StatusChanged { status, stage } if *status == view.status => Event::Status {
            status: show::status(visit, *stage, view.status_label.as_ref()),
        },
        EventKind::StatusChanged { stage, .. } => Event::Status {
            status: Status::of(show::stage(*stage)),
        },
        EventKind::OwnerChanged { owner } => {
            who = Some(Person::new(owner.as_str(), Role::Support));
            Event::Assigned
        }
        EventKind::Closed { reason } => Event::Closed { reason: reason.clone() },
        EventKind::ClosedByTimer { .. } => Event::ClosedByTimer,
        EventKind::Reopened { .. } => Event::Reopened,
        EventKind::MadePrivate => Event::MadePrivate,
        EventKind::MadeShared => Event::MadeShared,
        EventKind::PeopleChanged => Event::PeopleChanged,
        EventKind::NotDelivered { channel } => Event::NotDelivered {
            channel: channel.name(),
        },
        EventKind::FollowUpOf { ticket } => Event::FollowUp {
            of: link(visit, *ticket),
        },
        EventKind::SplitFrom { ticket } => Event::SplitFrom {
            of: link(visit, *ticket),
        },
        // Whoever does not see that one is told of a closed ticket instead.
        EventKind::MergedInto { ticket } => Event::Merged {
            into: Some(link(visit, *ticket)),
        },
    };
    EventLine {
        event: what,
        who,
        when: visit.times().recent(event.at.micros()),
    }
}

/// Whether the staff wrote already. A folded timeline shows its end, where that would be.
fn is_answered(view: &TicketView) -> bool {
    view.timeline.items.iter().any(|it| match it {
        TimelineItem::Message(it) => matches!(it.author.kind, AuthorKind::Agent(_)),
        TimelineItem::Event(_) => false,
    })
}

fn link(visit: &Visit<'_>, number: TicketNumber) -> TicketLink {
    TicketLink {
        number: number.get(),
        href: visit.ticket_href(number),
        subject: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn numbers_are_written_without_zeros_at_the_end() {
        assert_eq!(decimal(12_500_000, ','), "12,5");
        assert_eq!(decimal(-1, '.'), "-0.000001");
        assert_eq!(decimal(3_000_000, '.'), "3");
        assert_eq!(decimal(0, '.'), "0");
        assert_eq!(decimal(i64::MIN, '.'), "-9223372036854.775808");
    }
}
