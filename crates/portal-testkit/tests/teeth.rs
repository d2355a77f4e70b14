//! The suite has teeth: a store with a planted defect fails it. Each defect here is one that a real store could have.
//! `docs/explanation/planted-defects.md` lists them; a test compares the two.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot be set up fails"
)]

#[path = "teeth/defect.rs"]
mod defect;
#[path = "teeth/leaky.rs"]
mod leaky;

use std::collections::BTreeSet;

use portal_core::ports::Store;
use portal_testkit::block_on;
use portal_testkit::conformance::{Broken, CASES, Fixture, Work};

use defect::Defect;
use leaky::LeakyStore;

struct Leaky(LeakyStore);

impl Fixture for Leaky {
    fn set_up() -> Self {
        Self(LeakyStore::new(Defect::None))
    }

    fn store(&self) -> &dyn Store {
        &self.0
    }

    fn block_on(&self, work: Work<'_>) -> Result<(), Broken> {
        block_on(work)
    }

    fn law_cases(&self) -> u32 {
        64
    }
}

fn run(defect: Defect, case: &str) -> Result<(), Broken> {
    let case = CASES.iter().find(|it| it.name == case).expect("there is such a case");
    case.run(&Leaky(LeakyStore::new(defect)))
}

/// Without a defect, the layer changes nothing: otherwise the failures below would prove nothing.
#[test]
fn without_a_defect_the_same_store_passes() -> Result<(), Broken> {
    for case in defect::TABLE.iter().map(|it| it.2).collect::<BTreeSet<_>>() {
        run(Defect::None, case).map_err(|it| it.at(case))?;
    }
    Ok(())
}

macro_rules! caught {
    ($($name:ident $defect:ident)*) => {$(
        #[test]
        fn $name() {
            let (_, _, case) = defect::TABLE.iter().find(|it| it.0 == Defect::$defect).expect("it is in the table");
            let broken = run(Defect::$defect, case).expect_err("the case fails").to_string();
            assert!(!broken.is_empty());
            println!("{case}: {broken}");
        }
    )*};
}

caught! {
    a_forgotten_company_principal FurtherCompanyForgotten
    private_ignored PrivateIgnored
    standing_ignored StandingIgnored
    find_without_scope FindIgnoresScope
    find_by_id_without_scope FindByIdIgnoresScope
    pages_that_repeat_their_edge EdgeRepeated
    pages_that_lose_equal_times EqualTimesLost
    pages_back_from_the_wrong_end BackFromTheStart
    a_stale_row_after_a_change StaleRow
    a_deny_list_ignored DenyListIgnored
    search_without_scope SearchIgnoresScope
    search_in_notes SearchReadsNotes
    file_without_scope FileIgnoresScope
    staged_files_of_anybody StagedOfAnybody
    timeline_without_scope TimelineIgnoresScope
    people_without_scope PeopleIgnoreScope
    counts_of_everybody CountsIgnoreTab
    an_old_policy EntrantCached
    a_lost_requester_filter RequesterIgnored
    an_update_of_any_version VersionIgnored
    a_key_used_twice RememberTwice
    a_session_brought_back SessionRevived
    sessions_of_the_inactive InactiveLives
    hints_before_the_commit HintsAtOnce
    an_inbox_that_leaves_its_tickets InboxAlone
    a_duplicate_address DuplicateAddress
}

#[test]
fn the_page_of_planted_defects_lists_them_all() {
    let page = include_str!("../../../docs/explanation/planted-defects.md");
    for (defect, what, case) in defect::TABLE {
        let row = format!("| {what} | `{case}` |");
        assert!(page.contains(&row), "{defect:?}: the page has no row\n{row}");
    }
    let rows = page
        .lines()
        .filter(|it| it.starts_with("| ") && it.contains("| `"))
        .count();
    assert_eq!(rows, defect::TABLE.len(), "the page has rows that are not in the table");
}
