mod accounts;
mod concurrency;
mod conversations;
mod crm;
mod desk;
mod directory;
mod hints;
mod imports;
mod journal;
mod members;
mod notices;
mod outbox;
mod parties;
mod programs;
mod satisfaction;
mod service;
mod settings;
mod shelf;
mod small;
mod staffing;
mod tickets;
mod units;
mod visibility;

use super::fixture::Case;

/// The one list of cases: `__conformance_each!` makes rows or tests of it.
#[doc(hidden)]
#[macro_export]
macro_rules! __conformance_list {
    ($mode:ident $($argument:tt)*) => {
        $crate::__conformance_each! {
            $mode [$($argument)*]
            law visibility {
                every_contact_sees_exactly_what_the_oracle_says
                committed_worlds_read_the_same_by_read_and_by_snapshot
                after_every_command_the_same_again
                after_every_committed_command_the_same_again
            }
            case tickets {
                insert_conflicts_if_the_number_is_taken
                insert_conflicts_if_the_id_is_taken
                insert_conflicts_if_the_external_id_is_taken
                insert_brings_back_every_field
                numbers_ascend
                update_changes_nothing_if_the_version_is_another
                update_replaces_everything_that_hangs_on_the_ticket
                search_folds_case_accents_and_sharp_s
                search_finds_parts_of_codes_and_only_whole_words_before_the_last
                search_never_finds_notes
                pages_of_equal_times_give_each_ticket_once
                staged_files_belong_to_the_message_that_sends_them
                sweep_takes_only_old_staged_files_and_at_most_the_limit
                read_marks_are_only_raised
                details_are_of_what_is_visible_only
            }
            case directory {
                entrants_reflect_the_newest_committed_policy
                portals_at_one_address_conflict
                a_moving_inbox_takes_its_tickets_along
                tickets_on_the_move_are_nowhere
                membership_addresses_are_unique_over_active_contacts
                external_ids_of_contacts_are_unique
                external_ids_of_companies_are_unique
                portals_of_a_host_are_the_published_ones_by_slug
                settings_come_back_as_they_were_put
                properties_come_by_key_and_only_shown_ones_to_customers
                profiles_change_what_contacts_may_change
                dynamic_groups_list_exactly_who_matches
                members_of_dynamic_groups_are_nobodys_to_choose
            }
            case crm {
                contacts_come_by_name_each_once_and_as_asked
                companies_come_by_name_with_their_people
                guests_and_their_tickets_are_all_there
                a_removed_group_has_no_members
                what_criteria_use_and_what_customers_write_exclude_each_other
            }
            case parties {
                notes_come_newest_first_and_follow_a_merge
                labels_outlast_changes_of_the_contact
                shared_addresses_are_those_of_more_than_one
                merges_come_back_and_remember_what_followed
                one_is_a_part_of_at_most_one
                an_erasure_leaves_tickets_and_nothing_personal
                tables_and_looks_come_back
            }
            law desk {
                staff_see_exactly_the_tickets_of_their_inboxes
            }
            case desk {
                a_staff_scope_without_inboxes_has_nothing
                what_was_put_aside_comes_up_when_it_is_due
                staff_find_messages_notes_and_names_newest_first
                staff_find_people_by_the_names_they_have_now
                searches_of_the_desk_are_narrowed_and_paged
                parts_are_found_by_the_ticket_they_are_part_of
                an_answer_waits_for_staff_alone_and_is_taken_once
                what_an_agent_uploads_is_theirs_until_it_is_sent
            }
            case shelf {
                saved_views_come_back_and_others_only_if_shared
                canned_replies_come_back_by_name_and_others_only_if_shared
            }
            case accounts {
                accounts_are_found_by_the_address_of_active_contacts
                doorways_know_host_slug_and_session
                sessions_beyond_the_limit_end_oldest_first
                sessions_end_for_their_own_contact_only
                touching_does_not_bring_back_an_ended_session
                living_sessions_are_alive_and_of_active_contacts
                tokens_belong_to_their_contact_and_portal
                throttles_count_by_kind_and_key
            }
            case members {
                asking_again_replaces_an_invitation
                an_invitation_is_accepted_once_and_in_time
                challenges_are_armed_and_used_once
                guesses_are_counted_up_to_the_limit
                challenges_of_a_browser_and_of_a_contact
                registrations_move_on_once
                addresses_are_known_byte_for_byte
                companies_are_found_by_their_whole_domain
                changes_of_address_are_confirmed_and_reverted_once
                the_first_proof_of_a_consent_stays
                members_are_listed_with_their_status
                members_are_searched_and_paged
                sweeping_leaves_what_still_counts
                tokens_end_for_one_contact
            }
            case journal {
                remember_returns_false_if_the_key_is_taken
                remember_replaces_what_is_older
                keys_of_different_contacts_and_use_cases_do_not_meet
            }
            case settings {
                versions_come_one_after_the_other
                settings_of_every_section_come_back
                the_history_is_newest_first_and_bounded
                hosts_of_domains_are_unique
                served_hosts_are_proven_or_without_domain
                former_addresses_lead_to_one_portal
                a_removed_portal_leaves_nothing
            }
            case outbox {
                intents_come_back_as_they_were_pushed
                only_one_intent_of_a_key_waits
                claims_are_of_what_is_due_longest_and_at_most_the_limit
                whoever_lost_a_claim_settles_nothing
                what_is_tried_again_waits_until_it_is_due
                only_what_was_given_up_is_revived_and_its_tries_begin_anew
                sweeping_leaves_what_waits_and_what_was_given_up
            }
            case conversations {
                conversations_come_back_to_those_of_their_inbox_only
                what_is_taken_out_of_a_ticket_is_nowhere
                the_conversation_in_which_a_customer_spoke_last_is_found
            }
            case notices {
                choices_come_back_and_a_ticket_is_muted_for_one_contact
                notices_are_ones_own_newest_first_and_of_ones_inboxes_only
                one_mail_says_a_notice
                timers_find_what_waits_and_was_warned
                pipelines_keep_what_is_out_of_use_and_what_they_do
            }
            case programs {
                tokens_of_programs_come_back_and_go
                one_token_has_a_secret
                a_command_is_begun_once
                a_command_that_ended_answers_the_same_and_a_forgotten_one_begins_anew
            }
            law service {
                how_tickets_were_served_follows_from_their_threads
            }
            case satisfaction {
                a_rating_is_its_contacts_own_and_of_a_ticket_they_see
                ratings_are_measured_when_their_ticket_was_closed
                ratings_follow_a_merge_come_back_and_are_emptied
            }
            case service {
                terms_come_back_and_follow_on_each_other
                what_is_the_staffs_turn_is_watched_with_what_they_were_told
            }
            case units {
                a_write_sees_its_own_effects
                a_committed_write_is_seen_by_everybody
                dropping_rolls_back_everything
                a_snapshot_sees_one_state
                a_refused_write_leaves_the_unit_of_work_usable
                the_store_answers
            }
            case concurrency {
                a_file_goes_with_one_of_many_messages_sent_at_once
                after_the_lock_everything_committed_before_is_seen
                one_of_many_who_remember_at_once_is_first
                numbers_given_at_once_are_different
                failures_at_once_are_counted_one_after_the_other
            }
            case imports {
                imported_tickets_are_like_inserted_ones
                a_batch_with_a_taken_number_or_key_conflicts
                receipts_come_back_by_kind_and_key
                people_come_by_id_and_numbers_ascend
            }
            case staffing {
                staff_are_found_by_the_address_of_active_ones
                steps_and_recovery_codes_count_once
                staff_sessions_belong_to_active_staff
                staff_tokens_are_taken_once
                of_many_admins_who_leave_at_once_one_stays
                a_staff_token_is_taken_by_one_of_many_at_once
                audit_entries_come_newest_first_by_what_is_wanted
                a_seal_keeps_its_entries_in_their_order
            }
            case hints {
                hints_come_after_the_commit_and_never_after_a_rollback
                hints_for_the_desk_reach_the_desk_only
            }
        }
    };
}

/// Makes a table of [`CASES`], or one test a case.
#[doc(hidden)]
#[macro_export]
macro_rules! __conformance_each {
    (table [] $($kind:ident $module:ident { $($name:ident)* })*) => {
        &[$($(Case { name: stringify!($name), run: runner!($kind $module $name) },)*)*]
    };
    (tests [$fixture:ty] $($kind:ident $module:ident { $($name:ident)* })*) => {
        $($(
            #[test]
            fn $name() -> ::core::result::Result<(), $crate::conformance::Broken> {
                $crate::conformance::run::<$fixture>(stringify!($name))
            }
        )*)*
    };
}

/// Makes one `#[test]` for each case of the conformance suite, for a [`Fixture`](crate::conformance::Fixture):
///
/// ```ignore
/// portal_testkit::conformance!(MyFixture);
/// ```
#[macro_export]
macro_rules! conformance {
    ($fixture:ty) => {
        $crate::__conformance_list! { tests $fixture }
    };
}

macro_rules! runner {
    (law $module:ident $name:ident) => {
        |fixture| $module::$name(fixture)
    };
    (case $module:ident $name:ident) => {
        |fixture| fixture.block_on(Box::pin($module::$name(fixture.store())))
    };
}

/// Every case of the suite.
pub const CASES: &[Case] = __conformance_list!(table);
