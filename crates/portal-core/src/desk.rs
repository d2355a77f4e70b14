//! The help desk: what staff see of tickets, and what they do with them.
//!
//! Customers are judged in [`access`](crate::access), staff here: [`StaffScope`] is the set of tickets that somebody at the
//! desk works with, as data, and its meaning is [`StaffScope::permits`]. Every read of the desk takes one; the port is
//! [`Desk`](crate::ports::Desk). A note is written and read here and nowhere else.

mod canned;
mod change;
mod filter;
mod list;
mod pending;
mod queue;
mod saved_view;
mod scope;
mod search;
mod thread;
mod view;
mod writing;

mod answer;
mod assign;
mod change_many;
mod change_ticket;
mod desk_choices;
mod fetch_desk_file;
mod find_people;
mod hold_answer;
mod list_desk;
mod manage_canned;
mod manage_views;
mod merge;
mod merged_reply;
mod note;
mod open_for;
mod preview_change;
mod search_desk;
mod set_category;
mod set_priority;
mod set_property;
mod set_status;
mod snooze;
mod split;
mod stage_desk_file;
mod view_desk_ticket;
mod watch_desk;
mod who_sees;

pub use canned::{CannedPlaceholder, CannedReply, fill};
pub use change::TicketChange;
pub use filter::{DeskFilter, OwnedBy};
pub use list::{DeskCounts, DeskQuery, DeskRow, DeskSort, InboxCount};
pub use pending::{PendingAnswer, UNDO_WINDOW};
pub use queue::Queue;
pub use saved_view::{SavedView, SavedViewRow};
pub use scope::{StaffScope, enter_desk};
pub use search::{
    DeskHit, DeskSearch, MOST_NAMED_ALIKE, NameRun, company_words, contact_words, desk_document, named_by,
};
pub use thread::DeskThread;
pub use view::DeskView;
pub(crate) use view_desk_ticket::may_own;
pub use writing::DeskError;

pub use answer::{Answer, Answered, Then};
pub use assign::Assign;
pub use change_many::{ChangeMany, ManyChange, ManyPreview};
pub use change_ticket::ChangeTicket;
pub use desk_choices::DeskChoices;
pub use fetch_desk_file::FetchDeskFileError;
pub use find_people::FoundPeople;
pub use hold_answer::{Held, TakenBack};
pub use list_desk::{DeskList, ListDesk, ListDeskError};
pub use manage_canned::{FilledReply, SaveCanned};
pub use manage_views::{SaveView, ViewShows};
pub use merge::{Merge, MergePreview};
pub use note::WriteNote;
pub use open_for::OpenFor;
pub use preview_change::ChangePreview;
pub use search_desk::{DeskFound, SearchDesk};
pub use set_category::SetCategory;
pub use set_priority::SetPriority;
pub use set_property::SetProperty;
pub use set_status::SetStatus;
pub use snooze::Snooze;
pub use split::{Split, SplitError};
pub use stage_desk_file::StageDeskFileError;
pub use view_desk_ticket::{DeskPerson, DeskTicket, ViewDeskTicketError};
pub use watch_desk::{DeskPulse, DeskWatch};
pub use who_sees::{KeptOut, Seer, Sight};
