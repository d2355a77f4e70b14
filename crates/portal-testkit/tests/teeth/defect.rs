/// One defect to plant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Defect {
    None,
    FurtherCompanyForgotten,
    PrivateIgnored,
    StandingIgnored,
    FindIgnoresScope,
    FindByIdIgnoresScope,
    EdgeRepeated,
    EqualTimesLost,
    BackFromTheStart,
    StaleRow,
    DenyListIgnored,
    SearchIgnoresScope,
    SearchReadsNotes,
    FileIgnoresScope,
    StagedOfAnybody,
    TimelineIgnoresScope,
    PeopleIgnoreScope,
    CountsIgnoreTab,
    EntrantCached,
    RequesterIgnored,
    VersionIgnored,
    RememberTwice,
    SessionRevived,
    InactiveLives,
    HintsAtOnce,
    InboxAlone,
    DuplicateAddress,
}

const STATIC: &str = "every_contact_sees_exactly_what_the_oracle_says";
const COMMANDS: &str = "after_every_command_the_same_again";

/// Each defect, in words, and the case that catches it.
pub(crate) const TABLE: &[(Defect, &str, &str)] = &[
    (
        Defect::FurtherCompanyForgotten,
        "Of several companies of a ticket, only the first becomes a reader",
        STATIC,
    ),
    (
        Defect::PrivateIgnored,
        "A private ticket keeps its companies as readers",
        STATIC,
    ),
    (
        Defect::StandingIgnored,
        "Spam, deleted and unverified tickets keep their readers",
        STATIC,
    ),
    (Defect::FindIgnoresScope, "`find` ignores the scope", STATIC),
    (Defect::FindByIdIgnoresScope, "`find_by_id` ignores the scope", STATIC),
    (
        Defect::EdgeRepeated,
        "`>=` for `>`: a page begins with the last row of the page before",
        STATIC,
    ),
    (
        Defect::EqualTimesLost,
        "The key of a page has no tie-break: rows of equal time are lost",
        "pages_of_equal_times_give_each_ticket_once",
    ),
    (
        Defect::BackFromTheStart,
        "A page back is taken from the beginning of the list",
        STATIC,
    ),
    (
        Defect::StaleRow,
        "A change of associations does not reach the rows that lists read",
        COMMANDS,
    ),
    (
        Defect::DenyListIgnored,
        "Hidden pipelines and moving inboxes are shown",
        STATIC,
    ),
    (Defect::SearchIgnoresScope, "Search ignores the scope", STATIC),
    (
        Defect::SearchReadsNotes,
        "Search also reads notes",
        "search_never_finds_notes",
    ),
    (Defect::FileIgnoresScope, "`file` ignores the scope", STATIC),
    (Defect::StagedOfAnybody, "Staged files are there for everybody", STATIC),
    (Defect::TimelineIgnoresScope, "`timeline` ignores the scope", STATIC),
    (Defect::PeopleIgnoreScope, "`people_on` ignores the scope", STATIC),
    (
        Defect::CountsIgnoreTab,
        "The counts of a tab count the whole scope",
        STATIC,
    ),
    (
        Defect::EntrantCached,
        "The entrant is cached",
        "entrants_reflect_the_newest_committed_policy",
    ),
    (
        Defect::RequesterIgnored,
        "A list ignores the filter by requester",
        STATIC,
    ),
    (
        Defect::VersionIgnored,
        "`update` accepts any version",
        "update_changes_nothing_if_the_version_is_another",
    ),
    (
        Defect::RememberTwice,
        "`remember` overwrites a key that is taken",
        "remember_returns_false_if_the_key_is_taken",
    ),
    (
        Defect::SessionRevived,
        "Touching a session that has ended brings it back",
        "touching_does_not_bring_back_an_ended_session",
    ),
    (
        Defect::InactiveLives,
        "Sessions of inactive contacts count",
        "living_sessions_are_alive_and_of_active_contacts",
    ),
    (
        Defect::HintsAtOnce,
        "Hints go out at once, also if the unit of work is rolled back",
        "hints_come_after_the_commit_and_never_after_a_rollback",
    ),
    (
        Defect::InboxAlone,
        "An inbox changes its portal and its tickets do not",
        "a_moving_inbox_takes_its_tickets_along",
    ),
    (
        Defect::DuplicateAddress,
        "Two active contacts share a membership address",
        "membership_addresses_are_unique_over_active_contacts",
    ),
];
