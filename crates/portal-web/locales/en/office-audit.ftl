# The audit log.
office-audit-lead = Who did what, and when. Nobody can change or remove an entry.
office-audit-filter = Filter
office-audit-person = Person
office-audit-anybody = Anybody
office-audit-what = What
office-audit-anything = Anything
office-audit-portal = Portal
office-audit-any-portal = Any
office-audit-from = From
office-audit-to = To
office-audit-show = Show
office-audit-all = Show all
office-audit-details = Details
office-audit-none = There is no such entry.
office-audit-kind = { $kind ->
    [staff] Staff
    [contact] Customer
    [system] The system
   *[command_line] Command line
}
office-audit-export = Export
office-audit-export-text = What the filter shows as a CSV file, at most { $most } entries. Times are in UTC. It asks for a code of your authenticator app if you have not shown one for 10 minutes.
office-audit-export-do = Download CSV
office-audit-event = { $event ->
    [set_up_completed] Set-up completed
    [staff_signed_in] Signed in
    [staff_signed_out] Signed out
    [staff_blocked] Sign-in slowed down after many wrong attempts
    [staff_proved] Confirmed with a code
    [staff_added] Staff user added
    [staff_invited] Invitation sent again
    [staff_accepted] Invitation accepted
    [staff_changed] Staff user changed
    [staff_disabled] Staff user disabled
    [staff_enabled] Staff user enabled
    [staff_reset_made] Link for a new password made
    [staff_reset] New password set by link
    [staff_profile_changed] Own details changed
    [staff_password_changed] Own password changed
    [staff_authenticator_set] Authenticator app connected
    [staff_recovery_codes_made] Recovery codes renewed
    [staff_recovery_code_used] Recovery code used
    [staff_sessions_ended] Own sessions ended
    [audit_exported] Audit log exported
    [domain_connected] Domain connected
    [domain_verified] Domain verified
    [domain_changed] Domain changed
    [domain_removed] Domain removed
    [portal_begun] Portal begun
    [portal_published] Portal published
    [portal_unpublished] Portal closed
    [portal_deleted] Portal deleted
    [settings_changed] Settings changed
    [settings_rolled_back] Settings rolled back
    [members_invited] Members invited
    [member_invited] Member invited
    [members_invitations_resent] Invitations sent again
    [members_invitations_cancelled] Invitations cancelled
    [member_invitation_revoked] Invitation revoked
    [member_reset] Link for a new password sent to a member
    [member_sessions_ended] Sessions of a member ended
    [registration_approved] Registration approved
    [registration_declined] Registration declined
    [contact_added] Contact added
    [contact_changed] Contact changed
    [contact_removed] Contact removed
    [contact_restored] Contact restored
    [company_added] Company added
    [company_changed] Company changed
    [group_added] Access group added
    [group_changed] Access group changed
    [group_members_changed] Members of an access group changed
    [group_removed] Access group removed
    [property_saved] Property saved
    [mail_sent_again] Mail sent again
    [mail_discarded] Mail discarded
    [mail_tested] Test mail sent
    [staff_authenticator_removed] Authenticator app disconnected
    [program_token_made] Token for a program made
    [program_token_removed] Token for a program removed
    [inbox_moving] Inbox on its way to another portal
    [inbox_moved] Inbox arrived in another portal
    [inbox_saved] Inbox saved
    [ticket_answered] Ticket answered
    [ticket_noted] Note written
    [ticket_assigned] Ticket assigned
    [ticket_status_changed] Status of a ticket changed
    [ticket_priority_changed] Priority of a ticket changed
    [desk_view_saved] View of the desk saved for all
    [desk_view_removed] Shared view of the desk removed
    [desk_canned_saved] Canned reply saved for all
    [desk_canned_removed] Shared canned reply removed
    [service_terms_changed] What an inbox promises changed
    [ticket_category_changed] Category of a ticket changed
    [ticket_property_changed] A property of a ticket changed
    [ticket_audience_changed] Ticket made private or shared
    [ticket_moved] Ticket moved
    [ticket_standing_changed] Ticket marked as spam, deleted, or brought back
    [ticket_snoozed] Ticket snoozed
    [pipeline_changed] Pipeline changed
    [ticket_opened_for] Ticket opened for a customer
    [conversation_attached] Conversation added to a ticket
    [conversation_detached] Conversation taken out of a ticket
    [conversation_state_changed] State of a conversation changed
    [contact_noted] Note about a contact or company
    [contact_note_removed] Note about a contact or company removed
    [contact_merged] Contacts merged
    [company_merged] Companies merged
    [contact_merge_undone] Merge undone
    [contact_erased] Contact erased
    [contact_exported] Data of a contact handed out
    [data_exported] Contacts or companies exported
    [data_imported] Table taken in
    [contact_viewed_as] Looked through a contact’s eyes
    [ticket_read_as] Ticket read through a contact’s eyes
    [ticket_linked] Somebody put on a ticket
    [ticket_unlinked] Somebody taken off a ticket
    [ticket_merged] Ticket merged
    [ticket_unmerged] Ticket taken apart again
    [ticket_split] Ticket split
   *[other] { $event }
}
office-audit-seals = Seals
office-audit-seals-text = Each minute new entries get a seal that hangs on the one before. If anybody changes, removes or adds something in the database later, it does not fit any more.
office-audit-sealed = Newest seal: number { $n }, { $time }
office-audit-unsealed = Nothing is sealed yet.
office-audit-waiting = New entries since { $time } get their seal within a minute.
office-audit-verify = Check all seals
office-audit-fine = Nothing was tampered with
office-audit-tampered = Somebody tampered with the audit log
office-audit-verdict = { $entries } entries under { $seals } seals.
office-audit-forgotten = { $n } of them were emptied when somebody was erased.
office-audit-fault = Seal { $seal }: { $kind ->
    [missing] a seal is missing before it
    [broken] it does not fit its entries, or the seal before
    [changed] an entry says something else than when it was sealed
   *[unexpected] it is not the one that was expected
}
