use crate::ticket::{Note, TimelineItem};

/// What was said and done on a ticket, for the staff: what customers see, and the notes beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskThread {
    /// Public messages and events, by ascending place; the newest ones if there are too many.
    pub items: Vec<TimelineItem>,
    /// The staff's notes, oldest first; the newest ones if there are too many.
    pub notes: Vec<Note>,
    /// How many public items were left out, all of them older.
    pub hidden: u32,
    /// How many notes were left out, all of them older.
    pub hidden_notes: u32,
}
