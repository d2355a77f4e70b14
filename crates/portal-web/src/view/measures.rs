//! Measures of the help desk.

use serde::Serialize;

use super::shell::Shell;
use super::{Choice, Page};

/// `GET /desk/measures`: `period`, `inbox`.
#[derive(Clone, Debug, Serialize)]
pub struct MeasuresPage {
    /// The frame.
    pub shell: Shell,
    /// The periods to choose from, by their names in addresses.
    pub periods: Vec<PeriodLink>,
    /// The inboxes to choose from, all of them first.
    pub inboxes: Vec<Choice>,
    /// The period that is shown.
    pub period: &'static str,
    /// The same figures as a file.
    pub csv: String,
    /// Whether the figures are of a part of the tickets only.
    pub is_cut: bool,
    /// The figures of the whole period.
    pub tiles: Vec<Tile>,
    /// Opened and closed over time.
    pub volume: Plot,
    /// The median of first replies over time.
    pub replies: Plot,
    /// What customers said over time, if anybody said anything.
    pub satisfaction: Option<Plot>,
    /// The parts of the period as a table.
    pub rows: Vec<Row>,
    /// What is open now, by age.
    pub backlog: Vec<Share>,
    /// What was opened, by channel.
    pub sources: Vec<Share>,
    /// What was opened, by priority.
    pub priorities: Vec<Share>,
}

impl Page for MeasuresPage {
    const TEMPLATE: &'static str = "office/measures.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// A period to choose.
#[derive(Clone, Debug, Serialize)]
pub struct PeriodLink {
    /// Its name in addresses.
    pub name: &'static str,
    /// Where it leads.
    pub href: String,
    /// Whether it is shown.
    pub current: bool,
}

/// One figure of the whole period.
#[derive(Clone, Debug, Serialize)]
pub struct Tile {
    /// The key of its name.
    pub key: &'static str,
    /// The figure, in words; nothing if there is none.
    pub value: Option<String>,
    /// Nine of ten took at most so long, where it is a span of time.
    pub most: Option<String>,
    /// The same of the period before.
    pub before: Option<String>,
    /// What else there is to say about it.
    pub note: Option<String>,
}

/// One part of the period.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// When it begins.
    pub from: String,
    /// Tickets opened.
    pub opened: usize,
    /// Tickets closed.
    pub closed: usize,
    /// Median of first replies.
    pub first_reply: Option<String>,
    /// Median of the time to close.
    pub to_close: Option<String>,
    /// Median of waiting.
    pub waited: Option<String>,
    /// How often it was good.
    pub good: usize,
    /// How often it was not.
    pub not_good: usize,
}

/// A part of a whole.
#[derive(Clone, Debug, Serialize)]
pub struct Share {
    /// Its name: a class, a channel, a priority.
    pub name: String,
    /// How many.
    pub count: usize,
    /// How much of the largest one that is, in hundredths.
    pub width: usize,
}

/// A small picture of bars. Places and sizes are in its own units.
#[derive(Clone, Debug, Serialize)]
pub struct Plot {
    /// How wide it is.
    pub width: usize,
    /// How high it is, without the words below.
    pub height: usize,
    /// The bars.
    pub bars: Vec<Bar>,
    /// Lines across, with what they stand for.
    pub lines: Vec<(usize, String)>,
    /// Words below, with their places.
    pub words: Vec<(usize, String)>,
}

/// A bar.
#[derive(Clone, Debug, Serialize)]
pub struct Bar {
    /// From the left.
    pub x: usize,
    /// From the top.
    pub y: usize,
    /// How wide.
    pub width: usize,
    /// How high.
    pub height: usize,
    /// Which of the series it belongs to, from 0.
    pub series: usize,
    /// What it says.
    pub title: String,
}
