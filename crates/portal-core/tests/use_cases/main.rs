//! The customer's use-cases over the store in memory: what they do, what they refuse, and what repeating them does.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod desk;
mod desk_attacks;
mod desk_files;
mod desk_many;
mod desk_merge;
mod desk_property;
mod desk_sight;
mod desk_undo;
mod due;
mod files;
mod fixture;
mod flow;
mod mails;
mod membership;
mod parties;
mod people;
mod previews;
mod satisfaction;
mod settings;
mod staff;
mod tickets;
mod way_in;
