# Notes, history, merges, erasure, import, and looking through a contact’s eyes.
party-field = { $field ->
    [external_id] External id
    [name] Name
    [email] E-mail address
    [membership_email] Membership e-mail
    [primary_company] Primary company
    [company] Company
    [language] Language
    [time_zone] Time zone
   *[domain] Domain name
}
party-tickets = Tickets
party-tickets-text = Those of the inboxes you work with.
party-tickets-none = There is no ticket in your inboxes.
party-notes = Notes
party-notes-text = For your team only. Customers never see them.
party-notes-none = No notes yet.
party-note-new = New note
party-note-add = Add note
party-note-remove = Remove note
party-history = History
party-history-text = What was changed, by whom, and when.
party-history-none = Nothing was changed yet.
party-labels = Roles in companies
party-labels-text = What this contact is to each company. Roles are for your team and give sight of nothing.
party-labels-save = Save roles
party-label-word = { $word ->
    [billing] Billing contact
    [technical] Technical contact
    [decides] Decides
   *[former] Former employee
}
party-problem-label = A role has at most 80 characters.
party-same-address = Others have the same address. Perhaps it is the same person:
party-merge = Merge
party-merge-with = Merge into this one
party-merged = Merged
party-merged-into = This is a part of another one now:
party-merges = Merges
party-merges-text = A merge can be undone for 30 days.
party-merge-state = { $state ->
    [moving] Tickets are moving
    [done] Done
    [undoing] Being undone
   *[undone] Undone
}
party-undo-until = can be undone until { $time }
party-undo = Undo
party-carry-on = Carry on
party-invitations = Invitations
party-invitation = { $state ->
    [queued] waits to leave
    [sent] sent
    [accepted] accepted
    [failed] failed
   *[revoked] revoked
}
party-erased = Erased
party-erased-text = What was personal was erased { $time }. Tickets and messages stayed.
party-export = Export as CSV
person-removed = Removed person
merge-lead = What you choose becomes a part of
merge-search = Search for the other one
merge-choose = Choose
merge-into = becomes a part of
merge-turn = The other way round
merge-fields = Take these values over
merge-fields-hint = What is not ticked stays as the survivor has it.
merge-instead = instead of
merge-same = All fields are the same.
merge-memberships = Memberships
merge-companies = Belongs to the other’s companies too
merge-groups = Is in the other’s access groups too
merge-what = { $of ->
    [contact] All tickets of the other contact follow, as do notes. No message moves. The other contact can no longer sign in and leaves the lists. You can undo this for 30 days.
   *[company] All people and tickets of the other company follow, as do notes. The other company leaves the lists. You can undo this for 30 days.
}
merge-accept = Yes: { $people ->
    [one] { $people } person gains
   *[other] { $people } people gain
} sight of { $tickets ->
    [one] { $tickets } ticket.
   *[other] { $tickets } tickets.
}
merge-problem-widens = People would see more than before. Look at the numbers and tick the box.
merge-problem-gone = These two cannot be merged: one of them was removed, merged or erased.
merge-two-accounts = Both can sign in. The survivor’s account stays; the other’s sessions end.
merge-loses-account = Only the other one has registered. After the merge nobody can sign in until the survivor is invited. It may be better the other way round.
merge-do = Merge
same-address-title = Same address
same-address-lead = Addresses that more than one contact has. Merge them if it is the same person.
same-address-none = Every address belongs to one contact.
erase-privacy = Privacy
erase-privacy-text = For requests under the GDPR.
erase-hand-out-text = Everything that is stored about this contact, as a file: fields, notes, history, tickets, what they wrote, mails.
erase-hand-out = Download data (JSON)
erase-text = Removing is reversible. Erasing takes everything personal away, for good.
erase-begin = Erase personal data …
erase-title = Erase personal data
erase-gone = What is erased
erase-gone-fields = Name, addresses, language, time zone, external id, companies, groups and all properties
erase-gone-account = The account with password, sessions and tokens
erase-gone-notes = { $n ->
    [0] Notes about them (there is none)
    [one] { $n } note about them
   *[other] { $n } notes about them
}
erase-gone-mails = Invitations, registrations, and to whom mails were sent
erase-gone-ratings = Name and comment with what they said of solutions
erase-gone-history = Names and values in { $n ->
    [one] { $n } entry
   *[other] { $n } entries
} of the history and the audit log
erase-gone-merged = { $n ->
    [one] { $n } contact that became a part of this one
   *[other] { $n } contacts that became a part of this one
}
erase-no-undo = This cannot be undone.
erase-stays = What stays, and why
erase-stays-messages = Tickets and messages, since they belong to the company’s records too. The author is shown as “Removed person”. What they wrote about themself in a message stays in it.
erase-stays-consent = Proof that the consent notice was accepted, without a name
erase-stays-audit = That something was done, when and by whom, without a name
erase-stays-backups = Backups, until they are overwritten; erase again after restoring one
erase-confirm = Type the name to confirm
erase-problem-name = This is not the name of the contact. Type it exactly as it stands above.
erase-do = Erase for good
table-title = Import
table-lead = Take contacts or companies in from a CSV file. Nothing happens before you have seen what it would do.
table-new = New import
table-new-lead = The first line has the headings. Running the same file again changes nothing.
table-none = Nothing was imported yet.
table-of = What the lines are
table-file = CSV file
table-file-hint = UTF-8, with commas or semicolons, at most { $lines } lines and { $megabytes } MB
table-bring = Upload
table-lines = { $n ->
    [one] { $n } line
   *[other] { $n } lines
}
table-state = { $state ->
    [mapping] Not run yet
    [running] Under way
   *[done] Done
}
table-columns = Columns
table-columns-hint = { $of ->
    [contacts] Lines are found again by external id, or else by address. A company is found by its external id or its name; a domain never makes anybody a member.
   *[companies] Lines are found again by external id, or else by name.
} An empty cell leaves a field as it is.
table-column-is = Is
table-leave-out = (leave out)
table-check-do = Check without importing
table-check = What the import would do
table-check-added = { $n } new
table-check-changed = { $n } changed
table-check-unchanged = { $n } as they are
table-check-left-out = { $n ->
    [one] { $n } line left out.
   *[other] { $n } lines left out.
}
table-check-mend = Mend them in the file and upload it again, or import the others.
table-check-primaries = { $n ->
    [one] { $n } contact gets a primary company
   *[other] { $n } contacts get a primary company
}, and sees its tickets where a portal shows them.
table-check-more = The first { $n } are shown.
table-wrong = Lines with problems
table-line = Line
table-problem = What to do
table-run = Import
table-run-rest = Import the good lines, leave { $n } out
table-again = Upload a mended file
table-discard = Throw this file away
table-carry-on = Carry on
table-done = { $done } of { $lines } lines
table-problem-file = Choose a file.
table-problem-unreadable = This is no CSV file in UTF-8 with headings, or it has too many lines.
table-problem-size = The file has no lines below its headings, or more lines or columns than can be taken in at once.
table-problem-twice = Each field can be one column only.
table-problem-key = Choose a column by which lines are found again: the external id or an address; of companies the name will do.
table-wrong-unreadable = The line has another number of cells than the headings, or is no text in UTF-8. Check quotation marks and delimiters.
table-wrong-no-key = Fill in the external id or an address (of companies the name).
table-wrong-twice = Line { $line } is about the same one. Keep one of the two.
table-wrong-no-name = Fill in a name: this is a new entry.
table-wrong-type = { $kind ->
    [number] Write a number like 12 or 12.5.
    [date] Write a day like 2026-11-22.
    [bool] Write true or false.
    [text] Write a text on one line.
   *[choice] Write one of the options of this property.
}
table-wrong-several = Several contacts have this address. Merge them first.
table-wrong-no-company = There is no such company. Add it first, or write its name as it is under Companies.
table-wrong-several-companies = Several companies have this name. Write the external id instead.
table-wrong-registered = This contact has registered and changes the membership e-mail themself. Leave the cell empty.
table-wrong-taken = Another contact signs in with this address.
table-wrong-gone = This one was merged or erased.
view-as = Look through this contact’s eyes
view-as-text = Their list and their tickets, exactly as they see them. You only read, nothing is marked as read, and it is kept in the audit log.
view-as-portal = Portal
view-as-reason = Reason
view-as-reason-hint = For example: “Called because ticket 4711 is missing.” It is kept in the audit log.
view-as-problem-reason = Say why, on one line.
view-as-begin = Look
view-as-banner = You look through the eyes of
view-as-why = Reason:
view-as-until = until { $time }
view-as-end = End
view-as-tickets = Their tickets
view-as-open = Open
view-as-unread = unread
view-as-none = They see no ticket.
view-as-not-yours = In an inbox that you do not work with
property-offered = Offered:
property-archived = Archived
property-archive = Archive: no form, list or import offers it any more; values stay
property-options = Options, one a line, in this order
property-options-hint = What was chosen before stays where it is, even if it is not offered any more. Without options anything can be typed.
property-options-new = Only for properties with one or several choices.
crm-problem-options = Options are short lines, each once, at most 200; only properties with choices have them, and those with several choices none with a comma.
crm-problem-property-archived = Criteria use this property, so it must stay in use.
office-flash-noted = The note was added.
office-flash-note-removed = The note was removed.
office-flash-merged = They are one now.
office-flash-merge-undone = The merge was undone.
office-flash-merge-moving = Many tickets move. Carry on until all are there.
office-flash-contact-erased = What was personal was erased.
office-flash-table-brought = The file is here. Say what its columns are.
office-flash-table-done = The import is done.
office-flash-table-running = Some lines are left. Carry on until all are in.
office-flash-table-discarded = The file was thrown away.
table-col-field = Field
view-as-problem-not-in = This portal does not let the contact in, so there is nothing to see. “What this contact sees” says why.
