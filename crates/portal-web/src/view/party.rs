//! What staff keep about contacts and companies, and what they do with two of them, with tables and with everything at once.

use serde::Serialize;

use super::crm::{ContactLine, Named, PolicyPreviewView};
use super::form::Problem;
use super::shell::Shell;
use super::status::Status;
use super::when::When;
use super::{Choice, Page, SafeHtml};

macro_rules! pages {
    ($($page:ident = $template:literal;)*) => {$(
        impl Page for $page {
            const TEMPLATE: &'static str = $template;

            fn shell(&self) -> &Shell {
                &self.shell
            }
        }
    )*};
}

pages! {
    MergePage = "office/merge.html";
    ErasePage = "office/erase.html";
    SameAddressPage = "office/same_address.html";
    TablesPage = "office/tables.html";
    NewTablePage = "office/table_new.html";
    TablePage = "office/table.html";
    SeenListPage = "office/seen_list.html";
    SeenTicketPage = "office/seen_ticket.html";
}

/// A note.
#[derive(Clone, Debug, Serialize)]
pub struct NoteView {
    /// Its id.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub when: When,
    /// What it says.
    pub body: SafeHtml,
    /// Whether it can be taken away.
    pub removable: bool,
}

/// A line of the history.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryLine {
    /// When.
    pub when: When,
    /// Who; empty for the system.
    pub who: String,
    /// The key of the text of what was done.
    pub event: String,
    /// Fields with what they were and are.
    pub detail: Vec<(String, String)>,
}

/// A ticket.
#[derive(Clone, Debug, Serialize)]
pub struct PartyTicket {
    /// Where it is.
    pub href: String,
    /// Its number.
    pub number: i64,
    /// What it is about.
    pub subject: String,
    /// Where it stands.
    pub status: Status,
    /// When something happened last.
    pub when: When,
}

/// A merge.
#[derive(Clone, Debug, Serialize)]
pub struct MergeLine {
    /// Its id.
    pub id: String,
    /// What became a part.
    pub from: Named,
    /// What stays.
    pub into: Named,
    /// When.
    pub when: When,
    /// `moving`, `done`, `undoing`, `undone`.
    pub state: &'static str,
    /// Until when it can be undone, if it still can.
    pub undo_until: Option<When>,
}

/// An invitation.
#[derive(Clone, Debug, Serialize)]
pub struct InvitationLine {
    /// The portal.
    pub portal: Named,
    /// `queued`, `sent`, `accepted`, `failed`, `revoked`.
    pub state: &'static str,
    /// When it was wanted.
    pub when: When,
}

/// A company of a contact with its label.
#[derive(Clone, Debug, Serialize)]
pub struct LabelLine {
    /// The company.
    pub company: Named,
    /// Its id.
    pub id: String,
    /// The label.
    pub label: String,
    /// Whether it is the primary one.
    pub primary: bool,
}

/// What stands on the page of a contact or company beside its fields, for `office/_party.html`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PartyFileView {
    /// Notes.
    pub notes: Vec<NoteView>,
    /// What was typed as a note and refused.
    pub note: String,
    /// History.
    pub history: Vec<HistoryLine>,
    /// Older history.
    pub older: Option<String>,
    /// Tickets that the reader works with.
    pub tickets: Vec<PartyTicket>,
    /// More of them.
    pub older_tickets: Option<String>,
    /// Whether the reader works with tickets at all.
    pub at_desk: bool,
    /// Merges.
    pub merges: Vec<MergeLine>,
    /// What it became a part of.
    pub merged_into: Option<Named>,
    /// Companies with labels.
    pub labels: Vec<LabelLine>,
    /// Others with the same address.
    pub same_address: Vec<ContactLine>,
    /// Invitations.
    pub invitations: Vec<InvitationLine>,
    /// When it was erased.
    pub erased: Option<When>,
    /// Portals to look at through the contact's eyes.
    pub portals: Vec<Choice>,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
    /// Whether anything can be changed.
    pub may_edit: bool,
    /// Whether data can be handed out.
    pub may_export: bool,
}

/// A field of two that become one.
#[derive(Clone, Debug, Serialize)]
pub struct MergeChoice {
    /// The value of the form field `take`.
    pub field: String,
    /// What it is called.
    pub label: String,
    /// What the survivor has.
    pub into: String,
    /// What the other has.
    pub from: String,
    /// Whether the other's is taken.
    pub take: bool,
    /// Whether it cannot be chosen.
    pub fixed: bool,
}

/// `GET` and `POST /admin/contacts/{id}/merge` and the same of companies.
#[derive(Clone, Debug, Serialize)]
pub struct MergePage {
    /// The frame.
    pub shell: Shell,
    /// `contact` or `company`.
    pub of: &'static str,
    /// `/admin/contacts/{id}`.
    pub base: String,
    /// What stays.
    pub into: Named,
    /// What is searched for.
    pub q: String,
    /// What was found.
    pub found: Vec<(String, Named, String)>,
    /// What becomes a part, once it is chosen, with its id.
    pub from: Option<(String, Named)>,
    /// The fields of both.
    pub fields: Vec<MergeChoice>,
    /// Whether further companies are taken over.
    pub companies: bool,
    /// Whether groups are taken over.
    pub groups: bool,
    /// What it would do, once it was checked.
    pub preview: Option<PolicyPreviewView>,
    /// The widening as `people.tickets.doors`, if there is one.
    pub widening: Option<String>,
    /// Its numbers, for the text.
    pub gain: (u64, u64, u64),
    /// Both can sign in.
    pub two_accounts: bool,
    /// Only the other can.
    pub loses_account: bool,
    /// Where the two change places.
    pub turned: String,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

/// `GET /admin/contacts/{id}/erase`.
#[derive(Clone, Debug, Serialize)]
pub struct ErasePage {
    /// The frame.
    pub shell: Shell,
    /// `/admin/contacts/{id}`.
    pub base: String,
    /// The name.
    pub name: String,
    /// Contacts that became a part.
    pub merged: u64,
    /// Notes.
    pub notes: u64,
    /// Entries of the history.
    pub history: u64,
    /// Whether there is an account.
    pub account: bool,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

/// Contacts with the same address.
#[derive(Clone, Debug, Serialize)]
pub struct SameAddressView {
    /// The address.
    pub address: String,
    /// Whoever has it.
    pub contacts: Vec<ContactLine>,
    /// Where the first two are merged.
    pub merge: String,
}

/// `GET /admin/contacts/duplicates`.
#[derive(Clone, Debug, Serialize)]
pub struct SameAddressPage {
    /// The frame.
    pub shell: Shell,
    /// By address.
    pub groups: Vec<SameAddressView>,
    /// The next page.
    pub more: Option<String>,
    /// Whether they can be merged.
    pub may_edit: bool,
}

/// A table in the list.
#[derive(Clone, Debug, Serialize)]
pub struct TableRowView {
    /// Where it is.
    pub table: Named,
    /// `contacts` or `companies`.
    pub of: &'static str,
    /// When it was brought.
    pub when: When,
    /// `mapping`, `running`, `done`.
    pub state: &'static str,
    /// Lines.
    pub lines: u64,
}

/// `GET /admin/imports`.
#[derive(Clone, Debug, Serialize)]
pub struct TablesPage {
    /// The frame.
    pub shell: Shell,
    /// The newest ones.
    pub tables: Vec<TableRowView>,
}

/// `GET /admin/imports/new`.
#[derive(Clone, Debug, Serialize)]
pub struct NewTablePage {
    /// The frame.
    pub shell: Shell,
    /// What the lines are.
    pub of: Vec<Choice>,
    /// The most lines.
    pub most_lines: u64,
    /// The most megabytes.
    pub most_megabytes: u64,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

/// A column of a table.
#[derive(Clone, Debug, Serialize)]
pub struct ColumnView {
    /// Its place.
    pub place: usize,
    /// Its heading.
    pub heading: String,
    /// What is in its first lines.
    pub samples: Vec<String>,
    /// What it can be.
    pub fields: Vec<Choice>,
}

/// A line that is left out.
#[derive(Clone, Debug, Serialize)]
pub struct WrongLineView {
    /// Where it stands in the file.
    pub line: u64,
    /// The field, in words; empty if it is about the whole line.
    pub field: String,
    /// What is wrong and what to do.
    pub text: String,
}

/// What a table would do.
#[derive(Clone, Debug, Serialize)]
pub struct TableCheckView {
    /// New ones.
    pub added: u64,
    /// Changed ones.
    pub changed: u64,
    /// Those that stay as they are.
    pub unchanged: u64,
    /// Lines that are left out.
    pub left_out: u64,
    /// The first of them.
    pub wrong: Vec<WrongLineView>,
    /// Contacts who get a primary company.
    pub new_primaries: u64,
}

/// `GET /admin/imports/{id}`.
#[derive(Clone, Debug, Serialize)]
pub struct TablePage {
    /// The frame.
    pub shell: Shell,
    /// `/admin/imports/{id}`.
    pub base: String,
    /// The file's name.
    pub name: String,
    /// `contacts` or `companies`.
    pub of: &'static str,
    /// `mapping`, `running`, `done`.
    pub state: &'static str,
    /// Lines.
    pub lines: u64,
    /// How many were looked at.
    pub done: u64,
    /// How many made something new.
    pub added: u64,
    /// How many changed something.
    pub changed: u64,
    /// How many were left out.
    pub left_out: u64,
    /// Columns.
    pub columns: Vec<ColumnView>,
    /// What it would do, once it was checked.
    pub check: Option<TableCheckView>,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

/// A ticket in a list seen through a contact's eyes.
#[derive(Clone, Debug, Serialize)]
pub struct SeenRow {
    /// Its number.
    pub number: i64,
    /// What it is about; none if the one who looks does not work with it.
    pub subject: Option<String>,
    /// Where it stands, in the customer's words.
    pub status: Status,
    /// When something happened last.
    pub when: When,
    /// Whether the contact has not read it.
    pub unread: bool,
}

/// `GET /admin/view-as/{id}`.
#[derive(Clone, Debug, Serialize)]
pub struct SeenListPage {
    /// The frame.
    pub shell: Shell,
    /// `/admin/view-as/{id}`.
    pub base: String,
    /// Through whose eyes.
    pub contact: Named,
    /// Why.
    pub reason: String,
    /// Until when.
    pub until: When,
    /// `mine` or `company`.
    pub tab: &'static str,
    /// The company, if the contact has its list.
    pub company: Option<String>,
    /// The rows.
    pub rows: Vec<SeenRow>,
    /// The next page.
    pub older: Option<String>,
}

/// Something in a ticket seen through a contact's eyes.
#[derive(Clone, Debug, Serialize)]
pub struct SeenItem {
    /// Who; empty for nobody who is named.
    pub who: String,
    /// When.
    pub when: When,
    /// What a message says; none for an event.
    pub body: Option<SafeHtml>,
    /// Names of files.
    pub files: Vec<String>,
}

/// `GET /admin/view-as/{id}/{number}`.
#[derive(Clone, Debug, Serialize)]
pub struct SeenTicketPage {
    /// The frame.
    pub shell: Shell,
    /// `/admin/view-as/{id}`.
    pub base: String,
    /// Through whose eyes.
    pub contact: Named,
    /// Why.
    pub reason: String,
    /// Until when.
    pub until: When,
    /// Its number.
    pub number: i64,
    /// What it is about.
    pub subject: String,
    /// Where it stands, in the customer's words.
    pub status: Status,
    /// The properties that the contact is shown.
    pub details: Vec<(String, String)>,
    /// Messages and events.
    pub items: Vec<SeenItem>,
}
