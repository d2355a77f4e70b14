//! The ticket list.

use serde::Serialize;

use super::person::Person;
use super::shell::Shell;
use super::status::{Stage, Status};
use super::when::When;
use super::{Choice, Count, Page, Pager};

/// `GET /{slug}`: `tab`, `stage`, `state`, `requester`, `sort`, `after`, `before` in the query (see [`ListQuery`]).
#[derive(Clone, Debug, Serialize)]
pub struct TicketsPage {
    /// The frame.
    pub shell: Shell,
    /// Mine and Company; a single tab is not shown.
    pub tabs: Vec<Tab>,
    /// Link to *My tickets* shown on the company tab when there are own tickets outside the company.
    pub own_elsewhere: Option<String>,
    /// All, then one chip a stage.
    pub chips: Vec<Chip>,
    /// The filter panel.
    pub filter: Filter,
    /// What the list shows of each ticket, in order.
    pub columns: Vec<Head>,
    /// Order of the rows.
    pub sort: Sort,
    /// The order unless the reader chooses one.
    pub usual_sort: Sort,
    /// Link that sorts by last update.
    pub sort_activity: String,
    /// Rows under headings in the default order; one group without heading otherwise. Empty groups are left out.
    pub groups: Vec<Group>,
    /// Why there are no rows.
    pub empty: Option<Empty>,
    /// Older, newer.
    pub pager: Pager,
}

impl Page for TicketsPage {
    const TEMPLATE: &'static str = "tickets.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Head {
    /// How its cells look.
    pub kind: HeadKind,
    /// Which it is: `updated`, `priority`, `property`.
    pub name: &'static str,
    /// Its label; `None` for those that have the usual words.
    pub label: Option<String>,
    /// Whether it is shown only where there is much room.
    pub more: bool,
    /// Whether its cells also have the number where there is little room.
    pub numbered: bool,
}

/// How the cells of a column look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadKind {
    /// Subject, number, beginning of the last message.
    Subject,
    /// The pill.
    Status,
    /// The requester.
    Person,
    /// An instant.
    Time,
    /// A few words.
    Text,
}

/// So many columns are shown where there is not much room.
const FEW: usize = 6;

impl Head {
    /// A column at a place, under its usual words.
    #[must_use]
    pub const fn new(kind: HeadKind, name: &'static str, place: usize) -> Self {
        Self {
            kind,
            name,
            label: None,
            more: place >= FEW,
            numbered: false,
        }
    }

    /// The columns of a list that nobody changed.
    #[must_use]
    pub fn usual() -> Vec<Self> {
        let columns = [
            (HeadKind::Subject, "subject"),
            (HeadKind::Status, "status"),
            (HeadKind::Person, "requester"),
            (HeadKind::Time, "updated"),
        ];
        let heads = columns.into_iter().enumerate();
        Self::numbered(
            heads
                .map(|(place, (kind, name))| Self::new(kind, name, place))
                .collect(),
        )
    }

    /// The first column of time also has the number where there is little room.
    #[must_use]
    pub fn numbered(mut heads: Vec<Self>) -> Vec<Self> {
        if let Some(head) = heads.iter_mut().find(|it| it.kind == HeadKind::Time) {
            head.numbered = true;
        }
        heads
    }
}

/// What a row has for a column beyond what every row has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum More {
    /// Nothing: the row itself has it, or there is no value.
    None,
    /// Words.
    Text(String),
    /// An instant.
    When(When),
}

/// One of the two scopes.
#[derive(Clone, Debug, Serialize)]
pub struct Tab {
    /// Name of the company; `None` = *My tickets*.
    pub company: Option<String>,
    /// How many tickets; `None` when not counted.
    pub count: Option<Count>,
    /// Where it leads.
    pub href: String,
    /// Whether it is shown now.
    pub current: bool,
}

/// One stage as a filter.
#[derive(Clone, Debug, Serialize)]
pub struct Chip {
    /// `None` = all.
    pub stage: Option<Stage>,
    /// How many; `None` when not counted.
    pub count: Option<Count>,
    /// Where it leads.
    pub href: String,
    /// Whether it is chosen now.
    pub current: bool,
}

/// The filter panel, a GET form on the list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Filter {
    /// The tab, kept as a hidden field.
    pub tab: Option<TabKey>,
    /// The stage, kept as a hidden field.
    pub stage: Option<Stage>,
    /// Open, closed or both.
    pub state: State,
    /// People to choose from (value = contact id), without the entry "Everybody"; empty hides the field.
    pub requesters: Vec<Choice>,
    /// How many filters of the panel differ from the default; shown beside *Filter*.
    pub active: u32,
    /// Link without any filter of the panel and without stage.
    pub clear: String,
}

/// Value of the query parameter `tab`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TabKey {
    /// Tickets of the reader.
    Mine,
    /// Tickets of the reader's company.
    Company,
}

/// Value of the query parameter `state`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Both (parameter absent or empty).
    #[default]
    Any,
    /// Everything but closed.
    Open,
    /// Only closed.
    Closed,
}

/// Value of the query parameter `sort`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// What needs the reader first (parameter absent or empty).
    #[default]
    Attention,
    /// Newest change first.
    Activity,
    /// Newest ticket first.
    Created,
}

/// Everything that the list keeps in its URL. Makes the links of tabs, chips, sort and pager.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// `tab`; `None` = the portal's default tab.
    pub tab: Option<TabKey>,
    /// `stage`.
    pub stage: Option<Stage>,
    /// `state`.
    pub state: State,
    /// `requester`, a contact id.
    pub requester: Option<String>,
    /// `sort`.
    pub sort: Sort,
    /// The order unless `sort` says another.
    pub usual: Sort,
    /// `after`, the cursor of the page before.
    pub after: Option<String>,
    /// `before`, the cursor of the page after.
    pub before: Option<String>,
}

impl ListQuery {
    /// Reads query parameters; what is unknown or malformed counts as absent.
    #[must_use]
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self::parse_with(Sort::default(), pairs)
    }

    /// As [`parse`](Self::parse), in a portal whose lists have this order unless another is asked for.
    #[must_use]
    pub fn parse_with<'a>(usual: Sort, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut query = Self {
            sort: usual,
            usual,
            ..Self::default()
        };
        for (name, value) in pairs {
            let given = || (!value.is_empty()).then(|| value.to_owned());
            match name {
                "tab" => {
                    query.tab = match value {
                        "mine" => Some(TabKey::Mine),
                        "company" => Some(TabKey::Company),
                        _ => None,
                    };
                }
                "stage" => query.stage = Stage::parse(value),
                "state" => {
                    query.state = match value {
                        "open" => State::Open,
                        "closed" => State::Closed,
                        _ => State::Any,
                    };
                }
                "requester" => query.requester = given(),
                "sort" => {
                    query.sort = match value {
                        "activity" => Sort::Activity,
                        "created" => Sort::Created,
                        "attention" => Sort::Attention,
                        _ => usual,
                    };
                }
                "after" => query.after = given(),
                "before" => query.before = given(),
                _ => {}
            }
        }
        query
    }

    /// The same without a place in the list: the first page.
    #[must_use]
    pub fn first_page(&self) -> Self {
        Self {
            after: None,
            before: None,
            ..self.clone()
        }
    }

    /// The first page of a tab with the same filters, but for the requester, who may not exist there.
    #[must_use]
    pub fn with_tab(&self, tab: TabKey) -> Self {
        Self {
            tab: Some(tab),
            requester: None,
            ..self.first_page()
        }
    }

    /// The first page of a stage.
    #[must_use]
    pub fn with_stage(&self, stage: Option<Stage>) -> Self {
        Self {
            stage,
            ..self.first_page()
        }
    }

    /// The first page in another order.
    #[must_use]
    pub fn with_sort(&self, sort: Sort) -> Self {
        Self {
            sort,
            ..self.first_page()
        }
    }

    /// The page after a cursor.
    #[must_use]
    pub fn after(&self, cursor: impl Into<String>) -> Self {
        Self {
            after: Some(cursor.into()),
            ..self.first_page()
        }
    }

    /// The page before a cursor.
    #[must_use]
    pub fn before(&self, cursor: impl Into<String>) -> Self {
        Self {
            before: Some(cursor.into()),
            ..self.first_page()
        }
    }

    /// Only the tab: no filter, default order.
    #[must_use]
    pub fn cleared(&self) -> Self {
        Self {
            tab: self.tab,
            sort: self.usual,
            usual: self.usual,
            ..Self::default()
        }
    }

    /// How many fields of the filter panel differ from the default.
    #[must_use]
    pub fn active(&self) -> u32 {
        u32::from(self.state != State::Any) + u32::from(self.requester.is_some()) + u32::from(self.sort != self.usual)
    }

    /// `/{slug}?tab=…`; `base` is `/{slug}`.
    #[must_use]
    pub fn href(&self, base: &str) -> String {
        let mut href = base.to_owned();
        let mut mark = '?';
        let mut push = |name: &str, value: &str| {
            href.push(mark);
            mark = '&';
            href.push_str(name);
            href.push('=');
            encode(value, &mut href);
        };
        match self.tab {
            Some(TabKey::Mine) => push("tab", "mine"),
            Some(TabKey::Company) => push("tab", "company"),
            None => {}
        }
        if let Some(stage) = self.stage {
            push("stage", stage.as_str());
        }
        match self.state {
            State::Any => {}
            State::Open => push("state", "open"),
            State::Closed => push("state", "closed"),
        }
        if let Some(requester) = &self.requester {
            push("requester", requester);
        }
        match self.sort {
            sort if sort == self.usual => {}
            Sort::Attention => push("sort", "attention"),
            Sort::Activity => push("sort", "activity"),
            Sort::Created => push("sort", "created"),
        }
        if let Some(cursor) = &self.after {
            push("after", cursor);
        }
        if let Some(cursor) = &self.before {
            push("before", cursor);
        }
        href
    }
}

/// Percent-encodes all but unreserved characters.
pub(crate) fn encode(value: &str, into: &mut String) {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            into.push(char::from(byte));
        } else {
            into.push('%');
            into.extend(HEX.get(usize::from(byte >> 4)));
            into.extend(HEX.get(usize::from(byte & 15)));
        }
    }
}

/// Rows under one heading.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// The heading; `None` when the list is not grouped.
    pub heading: Option<Heading>,
    /// Tickets in the group on all pages, where known.
    pub count: Option<Count>,
    /// The rows of this page.
    pub rows: Vec<TicketRow>,
}

/// Heading of a group in the default order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Heading {
    /// The reader's answer is needed.
    Waiting,
    /// In progress or received.
    InProgress,
    /// Closed.
    Closed,
}

impl Heading {
    /// The group of a stage.
    #[must_use]
    pub fn of(stage: Stage) -> Self {
        match stage {
            Stage::Waiting => Self::Waiting,
            Stage::InProgress | Stage::Received => Self::InProgress,
            Stage::Closed => Self::Closed,
        }
    }
}

/// Puts rows, already in order, under their headings.
#[must_use]
pub fn grouped(rows: Vec<TicketRow>, count: impl Fn(Heading) -> Option<Count>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for row in rows {
        let heading = Heading::of(row.status.stage);
        match groups.last_mut() {
            Some(group) if group.heading == Some(heading) => group.rows.push(row),
            _ => groups.push(Group {
                heading: Some(heading),
                count: count(heading),
                rows: vec![row],
            }),
        }
    }
    groups
}

/// One ticket in a list.
#[derive(Clone, Debug, Serialize)]
pub struct TicketRow {
    /// Its number.
    pub number: i64,
    /// `/{slug}/{number}`.
    pub href: String,
    /// As the requester wrote it.
    pub subject: String,
    /// Something new since the reader last looked.
    pub unread: bool,
    /// Files on all messages.
    pub files: u32,
    /// Only the people on it see it.
    pub private: bool,
    /// The pill.
    pub status: Status,
    /// Who asked; `None` where the reader may not know.
    pub requester: Option<Person>,
    /// Start of the last public message.
    pub last: Option<LastMessage>,
    /// Last update; when it was opened, in a list that is in that order.
    pub time: When,
    /// What the columns show beyond that, one for each column; empty if they show nothing more.
    pub more: Vec<More>,
}

/// The line under the subject.
#[derive(Clone, Debug, Serialize)]
pub struct LastMessage {
    /// Who wrote it.
    pub author: Person,
    /// Its first words, plain.
    pub text: String,
}

/// Why a list has no rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Empty {
    /// There never was a ticket.
    First,
    /// Nothing waits for the reader: a good thing.
    NothingWaiting,
    /// The filters leave nothing.
    NoMatch,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_the_filters_and_forget_the_place() {
        let query = ListQuery::parse([
            ("tab", "company"),
            ("stage", "waiting"),
            ("state", "open"),
            ("requester", "0192 x&y"),
            ("sort", "activity"),
            ("after", "ab=c"),
            ("junk", "1"),
        ]);
        assert_eq!(
            query.href("/support"),
            "/support?tab=company&stage=waiting&state=open&requester=0192%20x%26y&sort=activity&after=ab%3Dc"
        );
        assert_eq!(
            query.with_stage(None).href("/s"),
            "/s?tab=company&state=open&requester=0192%20x%26y&sort=activity"
        );
        assert_eq!(
            query.with_tab(TabKey::Mine).href("/s"),
            "/s?tab=mine&stage=waiting&state=open&sort=activity"
        );
        assert_eq!(query.cleared().href("/s"), "/s?tab=company");
        assert_eq!(query.active(), 3);
        assert_eq!(ListQuery::default().href("/s"), "/s");
    }

    #[test]
    fn unknown_values_count_as_absent() {
        assert_eq!(
            ListQuery::parse([
                ("tab", "x"),
                ("stage", "x"),
                ("state", "x"),
                ("sort", "x"),
                ("after", "")
            ]),
            ListQuery::default()
        );
    }
}
