//! The portal's own words on what is shown of tickets: labels of statuses, names of those who work for the customer.

use super::event::EventKind;
use super::list::TicketRow;
use super::message::{Author, AuthorKind, Timeline, TimelineItem};
use super::view_ticket::TicketView;
use crate::property::{PropertyDefinition, PropertyValue};
use crate::settings::{Looks, TicketDisplay};

impl Looks {
    /// A row as this portal shows it.
    pub(super) fn dress_row(&self, row: &mut TicketRow) {
        let label = self
            .display
            .status_label(row.status, row.status_label.as_ref())
            .cloned();
        row.status_label = label;
        if let Some(last) = &mut row.last_message
            && matches!(last.author, AuthorKind::Agent(_))
        {
            last.name = shown(&self.display, &last.name);
        }
    }

    /// A ticket as this portal shows it.
    pub(super) fn dress_view(&self, view: &mut TicketView) {
        let display = &self.display;
        view.status_label = display.status_label(view.status, view.status_label.as_ref()).cloned();
        view.explanation = display
            .status_explanation(view.status, view.explanation.as_ref())
            .cloned();
        view.owner = view.owner.take().and_then(|it| display.owner.shown(&it));
        dress_timeline(display, &mut view.timeline);
        view.properties = chosen(display, std::mem::take(&mut view.properties));
    }
}

/// Without a name, pages say “Support”.
fn shown(display: &TicketDisplay, name: &str) -> String {
    display.owner.shown(name).unwrap_or_default()
}

fn dress_author(display: &TicketDisplay, author: &mut Author) {
    if matches!(author.kind, AuthorKind::Agent(_)) {
        author.name = shown(display, &author.name);
    }
}

fn dress_timeline(display: &TicketDisplay, timeline: &mut Timeline) {
    for item in &mut timeline.items {
        match item {
            TimelineItem::Message(message) => dress_author(display, &mut message.author),
            TimelineItem::Event(event) => {
                dress_author(display, &mut event.by);
                if let EventKind::OwnerChanged { owner } = &mut event.kind {
                    *owner = shown(display, owner);
                }
            }
        }
    }
}

/// The properties that were chosen, in their order; all of them without a choice. What customers may not be shown is not
/// among those given, and so never comes back by being chosen.
fn chosen(
    display: &TicketDisplay,
    all: Vec<(PropertyDefinition, PropertyValue)>,
) -> Vec<(PropertyDefinition, PropertyValue)> {
    let Some(keys) = &display.properties else { return all };
    keys.iter()
        .filter_map(|key| all.iter().find(|(it, _)| it.key == *key).cloned())
        .collect()
}
