//! The help desk.

use serde::Serialize;

use super::file::{FileLimits, FileLink, StagedFile};
use super::form::Problem;
use super::person::Person;
use super::search::Piece;
use super::service::DueMark;
use super::shell::Shell;
use super::status::{Priority, Status};
use super::when::When;
use super::{Choice, Count, Page, Pager, SafeHtml};

/// What stands beside every page of the desk: the lists, the inboxes.
#[derive(Clone, Debug, Serialize)]
pub struct Rail {
    /// The lists.
    pub views: Vec<RailLink>,
    /// The inboxes, each with what is open there.
    pub inboxes: Vec<RailLink>,
    /// The saved views.
    pub saved: Vec<RailLink>,
    /// The name of the list one is in; it may be one of an inbox.
    pub title: Option<String>,
    /// The list one is in, by its name in addresses.
    pub view: &'static str,
    /// The query that leads back to the list, with its question mark.
    pub query: String,
    /// How many tickets are nobody's.
    pub unassigned: Count,
}

impl Rail {
    /// The same, for a page that is none of the lists.
    #[must_use]
    pub fn somewhere_else(mut self) -> Self {
        for link in self.views.iter_mut().chain(&mut self.inboxes).chain(&mut self.saved) {
            link.current = false;
        }
        self
    }
}

/// The form that narrows a list or a search.
#[derive(Clone, Debug, Serialize)]
pub struct DeskFilterForm {
    /// Where it leads.
    pub action: &'static str,
    /// The words of a search.
    pub words: String,
    /// What else goes along.
    pub kept: Vec<(&'static str, String)>,
    /// Whose.
    pub owners: Vec<Choice>,
    /// How urgent.
    pub priority: Option<&'static str>,
    /// In which stage.
    pub stage: Option<&'static str>,
    /// What kind of request.
    pub categories: Vec<Choice>,
    /// What it is narrowed to now.
    pub marks: Vec<FilterMark>,
    /// Without all of them.
    pub clear: String,
}

/// Something a list is narrowed to.
#[derive(Clone, Debug, Serialize)]
pub struct FilterMark {
    /// By what: `owner`, `priority`, `stage`, `category`, `contact`, `company`.
    pub name: &'static str,
    /// To what; empty where the reader may not know.
    pub value: String,
    /// The list without it.
    pub without: String,
}

/// A ticket that was found.
#[derive(Clone, Debug, Serialize)]
pub struct DeskHitLine {
    /// What lists show of it.
    pub line: DeskLine,
    /// Where it leads.
    pub href: String,
    /// The subject in pieces.
    pub subject: Vec<Piece>,
    /// The place in the text that matched, in pieces; may be empty.
    pub snippet: Vec<Piece>,
    /// Requester and company in pieces, where a name matched.
    pub who: Vec<Piece>,
    /// Whether that place is in a note.
    pub in_note: bool,
}

/// `GET /desk/search`: `q`, `view`, `inbox`, filters, `below`.
#[derive(Clone, Debug, Serialize)]
pub struct DeskSearchPage {
    /// The frame.
    pub shell: Shell,
    /// The lists.
    pub rail: Rail,
    /// The words as typed.
    pub query: String,
    /// The hits of this page, newest ticket first.
    pub hits: Vec<DeskHitLine>,
    /// Whether there is nothing that could be searched.
    pub blank: bool,
    /// What the search is narrowed to.
    pub filter: DeskFilterForm,
    /// In which list.
    pub views: Vec<Choice>,
    /// In which inbox.
    pub inboxes: Vec<Choice>,
    /// Older and newer.
    pub pager: Pager,
}

impl Page for DeskSearchPage {
    const TEMPLATE: &'static str = "office/desk_search.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// One line of the rail.
#[derive(Clone, Debug, Serialize)]
pub struct RailLink {
    /// The name of a list, in addresses; empty for an inbox and a saved view.
    pub view: &'static str,
    /// The name of an inbox or a saved view; empty for a list.
    pub name: String,
    /// Where it leads.
    pub href: String,
    /// Its sign.
    pub icon: &'static str,
    /// How many tickets are there, where that asks somebody to do something.
    pub count: Option<Count>,
    /// Whether one is there.
    pub current: bool,
}

/// A ticket in a list.
#[derive(Clone, Debug, Serialize)]
pub struct DeskLine {
    /// Its number.
    pub number: i64,
    /// Its version.
    pub version: i64,
    /// Where it leads.
    pub href: String,
    /// Its subject.
    pub subject: String,
    /// Its status, as staff call it.
    pub status: Status,
    /// How urgent it is, where it is more than usual.
    pub priority: Option<Priority>,
    /// Who asked.
    pub requester: Option<Person>,
    /// Their company.
    pub company: Option<String>,
    /// The beginning of the newest message.
    pub snippet: String,
    /// Who takes care of it.
    pub owner: Option<Person>,
    /// Where it is.
    pub inbox: String,
    /// When something happened last.
    pub time: When,
    /// Whether companies are kept out.
    pub private: bool,
    /// Whether nobody has proven who sent it.
    pub unverified: bool,
    /// How many files it has.
    pub files: u32,
    /// The reply that is due, if one was promised.
    pub due: Option<DueMark>,
    /// Whether it is the one on the page.
    pub current: bool,
}

/// `GET /desk`: `view`, `inbox`, `sort`, `after`, `before`.
#[derive(Clone, Debug, Serialize)]
pub struct DeskPage {
    /// The frame.
    pub shell: Shell,
    /// The lists.
    pub rail: Rail,
    /// The rows.
    pub lines: Vec<DeskLine>,
    /// What can be done with those that are ticked.
    pub bulk: BulkChoices,
    /// Makes pressing twice harmless.
    pub idem: String,
    /// Whether what has been lying longest comes first.
    pub oldest_first: bool,
    /// The same list the other way round.
    pub turned: String,
    /// What a saved view of this list keeps; nothing for a list that is there anyway.
    pub keep: Vec<(&'static str, String)>,
    /// What it is narrowed to.
    pub filter: DeskFilterForm,
    /// Older and newer.
    pub pager: Pager,
}

impl Page for DeskPage {
    const TEMPLATE: &'static str = "office/desk.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Whom tickets could be given to and where they could be moved; the values are what the form sends.
#[derive(Clone, Debug, Serialize)]
pub struct BulkChoices {
    /// Who works at the desk.
    pub agents: Vec<Choice>,
    /// The inboxes of whoever looks.
    pub inboxes: Vec<Choice>,
}

/// Something on the ticket's timeline.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "item", rename_all = "snake_case")]
pub enum DeskItem {
    /// A public message.
    Message(DeskText),
    /// A note: nobody but the staff ever sees it.
    Note(DeskText),
    /// Something that was done.
    Event {
        /// What.
        what: &'static str,
        /// Its sign.
        icon: &'static str,
        /// Who did it; nobody for the system.
        who: Option<String>,
        /// What it is about: a status, a name, a reason, a number.
        about: String,
        /// When.
        when: When,
    },
    /// What a customer thinks of the solution: nobody but the staff sees it.
    Rating {
        /// `good` or `not_good`.
        rating: &'static str,
        /// Who said so.
        who: String,
        /// What they said about it.
        comment: String,
        /// When.
        when: When,
    },
}

/// A message or a note.
#[derive(Clone, Debug, Serialize)]
pub struct DeskText {
    /// Its place on the page.
    pub id: String,
    /// The ticket it is on, where that is another one than the page's.
    pub on: Option<i64>,
    /// Who wrote it.
    pub author: Person,
    /// Whether somebody of the staff did.
    pub is_staff: bool,
    /// By which way it came.
    pub source: &'static str,
    /// When.
    pub when: When,
    /// What it says.
    pub body: SafeHtml,
    /// Its files.
    pub files: Vec<FileLink>,
}

/// Somebody or something on the ticket, with a page of its own.
#[derive(Clone, Debug, Serialize)]
pub struct DeskLink {
    /// Its name.
    pub name: String,
    /// Where it leads; nowhere for whoever may not look there.
    pub href: Option<String>,
    /// More about it.
    pub detail: String,
    /// Whether it reads the ticket, or asked.
    pub reads: bool,
    /// The list of its tickets.
    pub tickets: String,
}

/// A canned reply, as the composer offers it.
#[derive(Clone, Debug, Serialize)]
pub struct CannedChoice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// The form for answers and notes.
#[derive(Clone, Debug, Serialize)]
pub struct DeskComposer {
    /// What is typed.
    pub text: String,
    /// Whether it is a note.
    pub is_note: bool,
    /// How much it takes.
    pub limits: FileLimits,
    /// Files that are uploaded already.
    pub staged: Vec<StagedFile>,
    /// Makes sending twice harmless.
    pub idem: String,
    /// Up to which place of which ticket everything is on the page: `5:12 17:3`.
    pub seen: String,
    /// On which ticket of the conversation the answer will be, with who reads that; empty if there is but one.
    pub on: Vec<Choice>,
    /// What became of the ticket when the last answer was sent: `work`, `wait`, `close`.
    pub then: &'static str,
    /// Who gets to read an answer.
    pub to: String,
    /// How many further people do.
    pub others: u32,
    /// Whether there can be an answer.
    pub can_answer: bool,
    /// Whether the ticket waits for the customer after it, unless the agent says otherwise.
    pub waits: bool,
    /// The canned replies for this ticket.
    pub canned: Vec<CannedChoice>,
}

/// Somebody of the staff who is at the ticket too.
#[derive(Clone, Debug, Serialize)]
pub struct DeskPresent {
    /// Who.
    pub name: String,
    /// Whether they are writing.
    pub writes: bool,
}

/// A property of a ticket, and how it is changed.
#[derive(Clone, Debug, Serialize)]
pub struct DeskProperty {
    /// Its internal name.
    pub key: String,
    /// Its name.
    pub label: String,
    /// `text`, `number`, `date`, `bool`, `choice` or `choices`.
    pub kind: &'static str,
    /// What can be chosen; anything if there is nothing here.
    pub options: Vec<String>,
    /// Its value as it is typed; empty if it has none.
    pub was: String,
    /// What was typed in a refused form.
    pub typed: Option<String>,
    /// Its value as it is read, if it has one.
    pub shown: Option<String>,
    /// Whether it is out of use.
    pub fixed: bool,
}

/// An answer that can still be taken back.
#[derive(Clone, Debug, Serialize)]
pub struct PendingText {
    /// By which it is taken back.
    pub id: String,
    /// The ticket it will be on.
    pub on: i64,
    /// Who sent it.
    pub author: Person,
    /// Whether whoever looks did.
    pub own: bool,
    /// What it says.
    pub body: SafeHtml,
    /// The names of its files.
    pub files: Vec<String>,
    /// In how many seconds it leaves.
    pub seconds: u32,
}

/// Another ticket, on the page of one.
#[derive(Clone, Debug, Serialize)]
pub struct OtherTicket {
    /// Where it leads.
    pub href: String,
    /// Its subject.
    pub subject: String,
    /// Its status.
    pub status: Status,
    /// When something happened last.
    pub time: When,
}

/// `GET /desk/tickets/{number}`. Also the answer to a refused form (422).
#[derive(Clone, Debug, Serialize)]
pub struct DeskTicketPage {
    /// The frame.
    pub shell: Shell,
    /// The lists.
    pub rail: Rail,
    /// The list that the ticket is in.
    pub queue: Vec<DeskLine>,
    /// The next ticket of the list, and the one before.
    pub next: Option<String>,
    /// The ticket before it in the list.
    pub previous: Option<String>,
    /// Its number.
    pub number: i64,
    /// Its version, for streams.
    pub version: i64,
    /// Its highest place of the public sequence, for streams.
    pub seq: u32,
    /// How many notes are on it, for streams.
    pub notes: u32,
    /// Who of the staff is at it too.
    pub present: Vec<DeskPresent>,
    /// Its subject.
    pub subject: String,
    /// Its status.
    pub status: Status,
    /// The id of its status.
    pub status_id: String,
    /// The status that closes it, or opens it again; nothing where neither can be done.
    pub toggle: Option<String>,
    /// What it is to the installation: `live`, `unverified`, `spam`, `deleted`, `merged`.
    pub standing: &'static str,
    /// Whether companies are kept out.
    pub private: bool,
    /// What was promised, and how it stands.
    pub clock: Vec<DueMark>,
    /// Messages, notes, events.
    pub items: Vec<DeskItem>,
    /// How many older ones are not shown.
    pub hidden: u32,
    /// The page with all of them.
    pub all: String,
    /// Answers that can still be taken back.
    pub pending: Vec<PendingText>,
    /// The ticket it is part of, if it was merged and that one may be seen.
    pub whole: Option<OtherTicket>,
    /// The tickets that are part of it.
    pub parts: Vec<OtherTicket>,
    /// The form.
    pub composer: DeskComposer,
    /// Who it could be given to.
    pub owners: Vec<Choice>,
    /// Whose it is.
    pub owner: Option<Person>,
    /// Its owner's id; empty if it is nobody's.
    pub owner_id: String,
    /// Oneself, if one can take it.
    pub me: Option<String>,
    /// The statuses of its pipeline.
    pub statuses: Vec<Choice>,
    /// How urgent it is.
    pub priority: Priority,
    /// What kind of request it is.
    pub category: String,
    /// What kinds there are.
    pub categories: Vec<String>,
    /// Where it is.
    pub inbox: String,
    /// The portal it is in.
    pub portal: Option<String>,
    /// When it was opened.
    pub opened: When,
    /// Further properties, as label and value.
    pub details: Vec<DeskProperty>,
    /// Who is on it.
    pub people: Vec<DeskLink>,
    /// The companies on it.
    pub companies: Vec<DeskLink>,
    /// Other tickets of the same people.
    pub others: Vec<OtherTicket>,
    /// Until when it was put aside.
    pub snoozed: Option<When>,
    /// Whether it can be put aside.
    pub can_snooze: bool,
    /// Where it could be moved to.
    pub inboxes: Vec<Choice>,
    /// A key for each of the small forms.
    pub keys: [String; 8],
    /// Problems of a form.
    pub problems: Vec<Problem>,
}

impl Page for DeskTicketPage {
    const TEMPLATE: &'static str = "office/desk_ticket.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Somebody who sees a ticket, or does not, and why.
#[derive(Clone, Debug, Serialize)]
pub struct SightLine {
    /// Who.
    pub person: Person,
    /// Why: `requester`, `participant`, `company`, `closed`, `inactive`, `no_access`, `hidden`.
    pub why: &'static str,
    /// The name of the company, if it is by a company.
    pub company: String,
    /// How many tickets it is about.
    pub tickets: u32,
}

/// People of a company.
#[derive(Clone, Debug, Serialize)]
pub struct SightGroup {
    /// The company.
    pub name: String,
    /// They.
    pub people: Vec<SightLine>,
}

/// Who would gain sight by a change, or who would lose it.
#[derive(Clone, Debug, Serialize)]
pub struct SightSide {
    /// Which: `gain`, `lose`.
    pub side: &'static str,
    /// How many people.
    pub count: u32,
    /// Those on the ticket.
    pub persons: Vec<SightLine>,
    /// Those by their companies.
    pub groups: Vec<SightGroup>,
}

/// `GET /desk/tickets/{number}/sight`.
#[derive(Clone, Debug, Serialize)]
pub struct SightPage {
    /// The frame.
    pub shell: Shell,
    /// The ticket's number.
    pub number: i64,
    /// Back to it.
    pub back: String,
    /// Whether it is in a portal.
    pub in_portal: bool,
    /// Who sees it.
    pub seers: Vec<SightLine>,
    /// Who is on it and does not.
    pub kept_out: Vec<SightLine>,
    /// Whether there may be more.
    pub is_cut: bool,
}

impl Page for SightPage {
    const TEMPLATE: &'static str = "office/desk_sight.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// 409: somebody wrote first. Both texts, and what can be done.
#[derive(Clone, Debug, Serialize)]
pub struct OvertakenPage {
    /// The frame.
    pub shell: Shell,
    /// The ticket's number.
    pub number: i64,
    /// Its address.
    pub here: String,
    /// The query that leads back to the list.
    pub query: String,
    /// What was written meanwhile.
    pub newer: Vec<DeskText>,
    /// What was typed.
    pub text: String,
    /// The files that go with it.
    pub staged: Vec<StagedFile>,
    /// What was to become of the ticket.
    pub then: &'static str,
    /// Up to which place of which ticket this page shows everything.
    pub seen: String,
    /// On which ticket of the conversation the answer was to be.
    pub on: String,
    /// Makes sending twice harmless.
    pub idem: String,
}

impl Page for OvertakenPage {
    const TEMPLATE: &'static str = "office/desk_overtaken.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /desk/tickets/{number}/change`: what a change would do to who sees the ticket.
#[derive(Clone, Debug, Serialize)]
pub struct ChangePage {
    /// The frame.
    pub shell: Shell,
    /// The ticket's number.
    pub number: i64,
    /// Its address.
    pub here: String,
    /// The query that leads back to the list.
    pub query: String,
    /// What is changed: `private`, `shared`, `move`, `spam`, `delete`, `restore`, `requester`, `participant`, `unlink`,
    /// `company`, `no-company`.
    pub what: &'static str,
    /// The person, company or inbox that it is about, by name.
    pub about: String,
    /// Its id.
    pub to: String,
    /// The version that was looked at.
    pub seen: i64,
    /// Who would see it and does not, and who sees it and would not.
    pub sides: Vec<SightSide>,
    /// Whether there may be more.
    pub is_cut: bool,
    /// Whether it is so already.
    pub is_made: bool,
    /// Makes pressing twice harmless.
    pub idem: String,
}

impl Page for ChangePage {
    const TEMPLATE: &'static str = "office/desk_change.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// One of the saved views, on their page.
#[derive(Clone, Debug, Serialize)]
pub struct SavedViewLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub href: String,
    /// Whether colleagues have it too.
    pub shared: bool,
    /// Whether whoever looks may change it.
    pub may_change: bool,
    /// Whether it is their own, so that they may move it.
    pub own: bool,
}

/// `GET /desk/views`. Also the answer to a refused form (422).
#[derive(Clone, Debug, Serialize)]
pub struct SavedViewsPage {
    /// The frame.
    pub shell: Shell,
    /// The lists.
    pub rail: Rail,
    /// The views.
    pub lines: Vec<SavedViewLine>,
    /// What a new one is to keep, if one is being made.
    pub keep: Vec<(&'static str, String)>,
    /// The name that was typed for it.
    pub name: String,
    /// Problems of the form.
    pub problems: Vec<Problem>,
}

impl Page for SavedViewsPage {
    const TEMPLATE: &'static str = "office/desk_views.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// One of the canned replies, on their page.
#[derive(Clone, Debug, Serialize)]
pub struct CannedLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Whether colleagues have it too.
    pub shared: bool,
    /// The name of the inbox it is for.
    pub inbox: Option<String>,
    /// The language it is in.
    pub language: Option<String>,
    /// Whether whoever looks may change it.
    pub may_change: bool,
}

/// The form for a canned reply.
#[derive(Clone, Debug, Serialize)]
pub struct CannedForm {
    /// Which one is changed; empty for a new one.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Whether colleagues have it too.
    pub shared: bool,
    /// For which inbox.
    pub inboxes: Vec<Choice>,
    /// In which language.
    pub languages: Vec<Choice>,
    /// What may stand in braces.
    pub placeholders: Vec<&'static str>,
}

/// `GET /desk/canned`, `GET /desk/canned/{id}`. Also the answer to a refused form (422).
#[derive(Clone, Debug, Serialize)]
pub struct CannedPage {
    /// The frame.
    pub shell: Shell,
    /// The lists.
    pub rail: Rail,
    /// The replies.
    pub lines: Vec<CannedLine>,
    /// The form.
    pub form: CannedForm,
    /// Problems of the form.
    pub problems: Vec<Problem>,
}

impl Page for CannedPage {
    const TEMPLATE: &'static str = "office/desk_canned.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Something that one can go to.
#[derive(Clone, Debug, Serialize)]
pub struct GoLine {
    /// What it is: `ticket`, `view`, `page`.
    pub kind: &'static str,
    /// Its number, name or title.
    pub label: String,
    /// More about it.
    pub detail: String,
    /// Where it is.
    pub href: String,
}

/// `GET /desk/go`: the palette as a page.
#[derive(Clone, Debug, Serialize)]
pub struct GoPage {
    /// The frame.
    pub shell: Shell,
    /// What was typed.
    pub query: String,
    /// Where one can go.
    pub lines: Vec<GoLine>,
}

impl Page for GoPage {
    const TEMPLATE: &'static str = "office/desk_go.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Somebody or a company that is on a ticket, or could be.
#[derive(Clone, Debug, Serialize)]
pub struct PersonOnTicket {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// An address, a domain.
    pub detail: String,
    /// Whether they asked.
    pub is_requester: bool,
}

/// `GET /desk/tickets/{number}/people`: `q`.
#[derive(Clone, Debug, Serialize)]
pub struct PeoplePage {
    /// The frame.
    pub shell: Shell,
    /// The ticket's number.
    pub number: i64,
    /// Its address.
    pub here: String,
    /// The query that leads back to the list.
    pub query: String,
    /// Who is on it.
    pub people: Vec<PersonOnTicket>,
    /// The companies on it.
    pub companies: Vec<PersonOnTicket>,
    /// What was looked for.
    pub q: String,
    /// Whether anything was.
    pub asked: bool,
    /// Contacts that were found.
    pub contacts: Vec<PersonOnTicket>,
    /// Companies that were found.
    pub found_companies: Vec<PersonOnTicket>,
}

impl Page for PeoplePage {
    const TEMPLATE: &'static str = "office/desk_people.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /desk/tickets/{number}/merge`: into which ticket?
#[derive(Clone, Debug, Serialize)]
pub struct MergePickPage {
    /// The frame.
    pub shell: Shell,
    /// The ticket's number.
    pub number: i64,
    /// Its address.
    pub here: String,
    /// The query that leads back to the list.
    pub query: String,
    /// Its subject.
    pub subject: String,
    /// What was typed.
    pub typed: String,
    /// Other tickets of the same people, leading on.
    pub others: Vec<OtherTicket>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

impl Page for MergePickPage {
    const TEMPLATE: &'static str = "office/desk_merge_pick.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /desk/tickets/{number}/merge`: `into`. What merging would do.
#[derive(Clone, Debug, Serialize)]
pub struct MergePage {
    /// The frame.
    pub shell: Shell,
    /// The ticket that is merged.
    pub number: i64,
    /// Its address.
    pub here: String,
    /// The query that leads back to the list.
    pub query: String,
    /// Its subject.
    pub subject: String,
    /// Its version.
    pub seen: i64,
    /// The ticket that goes on.
    pub into: i64,
    /// Its subject.
    pub into_subject: String,
    /// Its version.
    pub seen_into: i64,
    /// Who sees the first, and goes on seeing that.
    pub keep: Vec<SightLine>,
    /// Who would see the second if the people of the first were added.
    pub join: Vec<SightLine>,
    /// How many people would be added.
    pub added: u32,
    /// Whether there may be more.
    pub is_cut: bool,
    /// Makes pressing twice harmless.
    pub idem: String,
}

impl Page for MergePage {
    const TEMPLATE: &'static str = "office/desk_merge.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// A message that can be chosen.
#[derive(Clone, Debug, Serialize)]
pub struct SplitLine {
    /// Its place.
    pub seq: u32,
    /// What it says.
    pub text: DeskText,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// `GET /desk/tickets/{number}/split`. Also the answer to a refused form (422).
#[derive(Clone, Debug, Serialize)]
pub struct SplitPage {
    /// The frame.
    pub shell: Shell,
    /// The ticket's number.
    pub number: i64,
    /// Its address.
    pub here: String,
    /// The query that leads back to the list.
    pub query: String,
    /// What the new one is about.
    pub subject: String,
    /// The messages, oldest first.
    pub messages: Vec<SplitLine>,
    /// Whose request the new one can be.
    pub requesters: Vec<Choice>,
    /// Makes pressing twice harmless.
    pub idem: String,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

impl Page for SplitPage {
    const TEMPLATE: &'static str = "office/desk_split.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What a change of several tickets would do to who sees them.
#[derive(Clone, Debug, Serialize)]
pub struct BulkPage {
    /// The frame.
    pub shell: Shell,
    /// Back to the list.
    pub back: String,
    /// The query that leads back to the list.
    pub query: String,
    /// What is done: `move`, `spam`, `delete`, `restore`.
    pub what: &'static str,
    /// The same as the form says it.
    pub wanted: String,
    /// The tickets: number, subject, and what the form sends.
    pub tickets: Vec<(i64, String, String)>,
    /// Who would gain and who would lose sight.
    pub sides: Vec<SightSide>,
    /// Whether there may be more.
    pub is_cut: bool,
    /// Makes pressing twice harmless.
    pub idem: String,
}

impl Page for BulkPage {
    const TEMPLATE: &'static str = "office/desk_bulk.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Nothing was done to several tickets, and why.
#[derive(Clone, Debug, Serialize)]
pub struct BulkStopPage {
    /// The frame.
    pub shell: Shell,
    /// Back to the list.
    pub back: String,
    /// Why.
    pub text: String,
}

impl Page for BulkStopPage {
    const TEMPLATE: &'static str = "office/desk_bulk_stop.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}
