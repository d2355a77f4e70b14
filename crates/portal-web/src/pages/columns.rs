//! The columns of the ticket list, as the portal's settings have them.

use portal_core::settings::Column;
use portal_core::ticket::{self, TicketList, TicketRow};

use super::{show, ticket as ticket_page};
use crate::view::tickets::{Head, HeadKind, More, Sort};
use crate::view::when::Times;
use crate::visit::Visit;

/// The order of the core as the page's.
pub(super) const fn sort(sort: ticket::Sort) -> Sort {
    match sort {
        ticket::Sort::Attention => Sort::Attention,
        ticket::Sort::LastActivity => Sort::Activity,
        ticket::Sort::Created => Sort::Created,
    }
}

/// The columns with their heads. A property that customers are not shown (any more) is no column; in a list by creation
/// that has no column for it, the one of the last update shows it.
pub(super) fn heads(visit: &Visit<'_>, list: &TicketList, sort: Sort) -> Vec<(Column, Head)> {
    let columns = &visit.looks.display.columns;
    let by_creation = sort == Sort::Created && !columns.contains(&Column::Created);
    let known = |column: &&Column| match column {
        Column::Property(key) => list.properties.iter().any(|it| it.key == *key),
        _ => true,
    };
    let shown = columns.iter().filter(known).enumerate();
    let heads = shown.map(|(place, column)| {
        let column = match column {
            Column::Updated if by_creation => Column::Created,
            other => other.clone(),
        };
        let (kind, name) = match &column {
            Column::Subject => (HeadKind::Subject, "subject"),
            Column::Status => (HeadKind::Status, "status"),
            Column::Requester => (HeadKind::Person, "requester"),
            Column::Updated => (HeadKind::Time, "updated"),
            Column::Created => (HeadKind::Time, "created"),
            Column::Priority => (HeadKind::Text, "priority"),
            Column::Category => (HeadKind::Text, "category"),
            Column::Owner => (HeadKind::Text, "owner"),
            Column::Source => (HeadKind::Text, "source"),
            Column::Property(_) => (HeadKind::Text, "property"),
        };
        let mut head = Head::new(kind, name, place);
        if let Column::Property(key) = &column {
            let definition = list.properties.iter().find(|it| it.key == *key);
            head.label = definition.map(|it| it.label.get(&visit.language()).to_owned());
        }
        (column, head)
    });
    let mut heads: Vec<(Column, Head)> = heads.collect();
    if let Some((_, head)) = heads.iter_mut().find(|(_, it)| it.kind == HeadKind::Time) {
        head.numbered = true;
    }
    heads
}

/// What a row shows in columns beyond what every row has.
pub(super) fn more(
    visit: &Visit<'_>,
    times: &Times<'_>,
    list: &TicketList,
    heads: &[(Column, Head)],
    row: &TicketRow,
) -> Vec<More> {
    let instants = heads.iter().filter(|(_, it)| it.kind == HeadKind::Time).count();
    let plain = heads.iter().all(|(_, it)| it.kind != HeadKind::Text);
    if plain && instants == 1 && heads.iter().any(|(it, _)| *it == Column::Updated) {
        // The row's own time.
        return Vec::new();
    }
    let details = list.details.get(&row.number);
    let text = |it: Option<String>| it.filter(|it| !it.is_empty()).map_or(More::None, More::Text);
    let cell = |column: &Column| match column {
        Column::Subject | Column::Status | Column::Requester => More::None,
        Column::Updated => More::When(times.recent(row.last_activity.micros())),
        Column::Created => More::When(times.day(row.created_at.micros())),
        Column::Priority => {
            let name = show::priority(row.priority).as_str();
            text(Some(visit.texts().text("priority", &[("priority", name.into())])))
        }
        Column::Category => text(row.category.as_ref().map(|it| it.as_str().to_owned())),
        Column::Owner => text(details.and_then(|it| it.owner.clone())),
        Column::Source => {
            let name = source(row.source);
            text(Some(visit.texts().text("source", &[("source", name.into())])))
        }
        Column::Property(key) => {
            let value = details.and_then(|it| it.properties.get(key));
            text(value.map(|it| ticket_page::value_words(visit, key, it)))
        }
    };
    heads.iter().map(|(column, _)| cell(column)).collect()
}

const fn source(source: ticket::Source) -> &'static str {
    match source {
        ticket::Source::Portal => "portal",
        ticket::Source::Email => "email",
        ticket::Source::Form => "form",
        ticket::Source::Chat => "chat",
        ticket::Source::Messenger => "messenger",
        ticket::Source::Other => "other",
    }
}
