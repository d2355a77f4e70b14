//! The laws of use-cases over the reference store.

use portal_testkit::conformance::Broken;
use portal_testkit::service_laws::{try_conversations, try_erasures, try_merges};
use portal_testkit::{MemoryStore, block_on};

#[test]
fn vis_050_in_any_world_no_merge_widens_unaccepted_and_every_undoing_brings_back() -> Result<(), Broken> {
    try_merges(16, &MemoryStore::new(), |it| block_on(it))
}

#[test]
fn gdpr_in_any_world_an_erasure_takes_the_person_and_leaves_everybody_elses_sight() -> Result<(), Broken> {
    try_erasures(24, &MemoryStore::new(), |it| block_on(it))
}

#[test]
fn vis_016_in_any_world_conversations_are_seen_by_their_ticket_alone() -> Result<(), Broken> {
    try_conversations(16, &MemoryStore::new(), |it| block_on(it))
}
