//! Measures of the help desk: a page and a file.

mod period;
mod plot;

use std::time::Duration;

use poem::Response;
use poem::http::{StatusCode, header};
use portal_core::id::InboxId;
use portal_core::measures::{Figures, MeasureRequest, Measures, MeasuresPage as Found, Spread, Verdicts};
use portal_core::staff::Permission;
use portal_core::ticket::{Priority, Source};

use crate::forms::Fields;
use crate::office::csv;
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::view::Choice;
use crate::view::measures::{MeasuresPage, PeriodLink, Row, Share, Tile};
use crate::view::office::OfficeArea;
use crate::view::span::span;
use crate::visit::Answer;

use self::period::Period;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    Show,
    Csv,
}

const NEEDS: Need = Need::Any(&[Permission::HelpDesk]);

pub(crate) const ROUTES: &[OfficeRoute] = &[
    OfficeRoute::page("/desk/measures", Any::Measures(Operation::Show), NEEDS),
    OfficeRoute::page("/desk/measures.csv", Any::Measures(Operation::Csv), NEEDS).passing(),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation) -> Answer {
    let fields = Fields::of_query(&visit.ask.query);
    let period = Period::named(fields.get("period")).unwrap_or(Period::Month);
    let inbox: Option<InboxId> = fields.get("inbox").parse().ok();
    let request = MeasureRequest {
        edges: period.edges(&visit.zone, visit.ask.now),
        inbox,
    };
    let found = visit.web.portal.view_measures(visit.actor()?, &request).await?;
    match operation {
        Operation::Show => show(visit, period, inbox, &found),
        Operation::Csv => Ok(file(visit, &found.measures)),
    }
}

fn show(visit: &OfficeVisit<'_>, period: Period, inbox: Option<InboxId>, found: &Found) -> Answer {
    let texts = visit.texts();
    let measures = &found.measures;
    let chosen = inbox.map(|it| it.to_string()).unwrap_or_default();
    let query = |period: Period| {
        let inbox = inbox.map(|it| format!("&inbox={it}")).unwrap_or_default();
        format!("?period={}{inbox}", period.name())
    };
    let mut inboxes = vec![Choice::new("", texts.text("measures-inbox-all", &[]), &chosen)];
    let own = found.inboxes.iter();
    inboxes.extend(own.map(|(id, name)| Choice::new(id.to_string(), name.as_str(), &chosen)));
    let page = MeasuresPage {
        shell: visit.shell(OfficeArea::Measures),
        periods: Period::ALL
            .into_iter()
            .map(|it| PeriodLink {
                name: it.name(),
                href: format!("/desk/measures{}", query(it)),
                current: it == period,
            })
            .collect(),
        inboxes,
        period: period.name(),
        csv: format!("/desk/measures.csv{}", query(period)),
        is_cut: found.is_cut,
        tiles: tiles(visit, measures, &found.before.whole),
        volume: plot::volume(visit, period, measures),
        replies: plot::replies(visit, period, measures),
        satisfaction: (measures.whole.satisfaction.answers() > 0).then(|| plot::satisfaction(visit, period, measures)),
        rows: measures
            .parts
            .iter()
            .rev()
            .map(|(at, it)| row(visit, at.micros(), it))
            .collect(),
        backlog: shares(found.backlog.classes.iter().copied().enumerate(), |class| {
            texts.text(
                "measures-age",
                &[("class", u64::try_from(class).unwrap_or_default().into())],
            )
        }),
        sources: shares(
            SOURCES
                .into_iter()
                .map(|it| (it, count(&measures.by_source, it)))
                .filter(|it| it.1 > 0),
            |it| texts.text("measures-source", &[("source", source(it).into())]),
        ),
        priorities: shares(
            Priority::ALL
                .into_iter()
                .rev()
                .map(|it| (it, count(&measures.by_priority, it))),
            |it| texts.text("priority", &[("priority", it.name().into())]),
        ),
    };
    visit.page(StatusCode::OK, &page)
}

fn tiles(visit: &OfficeVisit<'_>, measures: &Measures, before: &Figures) -> Vec<Tile> {
    let now = &measures.whole;
    let texts = visit.texts();
    let said = |it: Duration| span(visit.texts(), it);
    let number = |key, now: usize, before: usize| Tile {
        key,
        value: Some(now.to_string()),
        most: None,
        before: Some(before.to_string()),
        note: None,
    };
    let time = |key, now: Spread, before: Spread| Tile {
        key,
        value: now.median.map(said),
        most: now.most.map(said),
        before: before.median.map(said),
        note: None,
    };
    let unanswered = [("n", measures.unanswered.into())];
    let said = now.satisfaction;
    let rated = hundredths(said.rated, now.closed).unwrap_or_default();
    let answers = [("n", said.answers().into()), ("rated", rated.into())];
    let share = |it: Verdicts| {
        let share = hundredths(it.good, it.answers())?;
        Some(texts.text("measures-share", &[("share", share.into())]))
    };
    vec![
        number("measures-opened", now.opened, before.opened),
        number("measures-closed", now.closed, before.closed),
        Tile {
            note: Some(texts.text("measures-unanswered", &unanswered)),
            ..time("measures-first-reply", now.first_reply, before.first_reply)
        },
        time("measures-to-close", now.to_close, before.to_close),
        time("measures-waited", now.waited, before.waited),
        Tile {
            key: "measures-satisfied",
            value: share(said),
            most: None,
            before: share(before.satisfaction),
            note: Some(texts.text("measures-answers", &answers)),
        },
    ]
}

/// How many of a hundred, rounded to the nearest; nothing of nothing.
fn hundredths(part: usize, whole: usize) -> Option<usize> {
    (part * 100 + whole / 2).checked_div(whole)
}

fn row(visit: &OfficeVisit<'_>, at: i64, it: &Figures) -> Row {
    let said = |it: Option<Duration>| it.map(|it| span(visit.texts(), it));
    Row {
        from: visit.times().day(at).text,
        opened: it.opened,
        closed: it.closed,
        first_reply: said(it.first_reply.median),
        to_close: said(it.to_close.median),
        waited: said(it.waited.median),
        good: it.satisfaction.good,
        not_good: it.satisfaction.not_good,
    }
}

fn count<K: Ord>(of: &std::collections::BTreeMap<K, usize>, it: K) -> usize {
    of.get(&it).copied().unwrap_or_default()
}

fn shares<K>(all: impl Iterator<Item = (K, usize)>, name: impl Fn(K) -> String) -> Vec<Share> {
    let all: Vec<(K, usize)> = all.collect();
    let most = all.iter().map(|it| it.1).max().unwrap_or_default().max(1);
    all.into_iter()
        .map(|(it, count)| Share {
            name: name(it),
            count,
            width: count * 100 / most,
        })
        .collect()
}

const SOURCES: [Source; 6] = [
    Source::Portal,
    Source::Email,
    Source::Form,
    Source::Chat,
    Source::Messenger,
    Source::Other,
];

const fn source(it: Source) -> &'static str {
    match it {
        Source::Portal => "portal",
        Source::Email => "email",
        Source::Form => "form",
        Source::Chat => "chat",
        Source::Messenger => "messenger",
        Source::Other => "other",
    }
}

/// The parts of the period, one a line, spans of time in seconds.
fn file(visit: &OfficeVisit<'_>, measures: &Measures) -> Response {
    let mut file = csv::File::new(&[
        "from",
        "opened",
        "closed",
        "first_reply_median_s",
        "first_reply_p90_s",
        "to_close_median_s",
        "to_close_p90_s",
        "waited_median_s",
        "waited_p90_s",
        "rated_good",
        "rated_not_good",
        "rated_tickets",
    ]);
    let seconds = |it: Option<Duration>| it.map(|it| it.as_secs().to_string()).unwrap_or_default();
    for (at, it) in &measures.parts {
        let cells = [
            visit.times().full(at.micros()).iso,
            it.opened.to_string(),
            it.closed.to_string(),
            seconds(it.first_reply.median),
            seconds(it.first_reply.most),
            seconds(it.to_close.median),
            seconds(it.to_close.most),
            seconds(it.waited.median),
            seconds(it.waited.most),
            it.satisfaction.good.to_string(),
            it.satisfaction.not_good.to_string(),
            it.satisfaction.rated.to_string(),
        ];
        file.line(&cells.each_ref().map(String::as_str));
    }
    Response::builder()
        .content_type("text/csv; charset=utf-8")
        .header(header::CONTENT_DISPOSITION, "attachment; filename=\"measures.csv\"")
        .body(file.text())
}
