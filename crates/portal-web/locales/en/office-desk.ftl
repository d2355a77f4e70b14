# The help desk.
desk-lists = Ticket lists
desk-view = { $view ->
    [mine] My open
    [unassigned] Unassigned
    [open] All open
    [waiting] Waiting
    [snoozed] Snoozed
    [closed] Closed
    [spam] Spam
   *[deleted] Deleted
}
desk-properties-more = { $n ->
    [one] 1 more property
   *[other] { $n } more properties
}
desk-inboxes = Inboxes
desk-workspace = Workspace
desk-sort = { $order ->
    [oldest] Oldest first
   *[newest] Newest first
}
desk-col-ticket = Ticket
desk-col-who = Requester
desk-col-status = Status
desk-col-owner = Assignee
desk-col-time = Updated
desk-nobody = Nobody
desk-owner-is = Assigned to { $name }
desk-empty = All clear.
desk-empty-text = Nothing is waiting here.
desk-empty-unassigned = { $n ->
    [one] 1 ticket is unassigned
   *[other] { $count } tickets are unassigned
}
desk-private = Private
desk-unverified = Sender not verified
desk-files = { $n ->
    [one] 1 file
   *[other] { $n } files
}
desk-system = System
desk-note = Internal note
desk-via = via { $source ->
    [portal] portal
    [email] e-mail
    [form] form
    [chat] chat
   *[messenger] Messenger
}
desk-standing = { $standing ->
    [unverified] Sender not verified
    [spam] Spam
    [deleted] Deleted
   *[merged] Merged
}
desk-previous = Previous ticket
desk-next = Next ticket
desk-close = Close
desk-reopen = Reopen
desk-kind = What you are writing
desk-answer = Reply
desk-text = Your text
desk-to = { $n ->
    [0] To { $name }
    [one] To { $name } and 1 other person
   *[other] To { $name } and { $n } other people
}
desk-to-nobody = Nobody is on this ticket yet
desk-note-hint = Only your team sees this
desk-add-note = Add note
desk-send-work = Send, keep working
desk-send-then = { $then ->
    [wait] Send and wait
    [close] Send and close
   *[work] Send
}
desk-answer-where = On which ticket the reply is
desk-answer-on = { $n ->
    [one] On #{ $number }: { $subject } (1 person)
   *[other] On #{ $number }: { $subject } ({ $n } people)
}
desk-pending-own = { $n ->
    [0] Your reply leaves now
    [one] Your reply leaves in 1 second
   *[other] Your reply leaves in { $n } seconds
}
desk-pending = A reply of { $name } leaves in a moment
desk-undo = Undo
desk-context = About this ticket
desk-ticket = Ticket
desk-save = Save
desk-take = Assign to me
desk-inbox = Inbox
desk-portal = Portal
desk-opened = Opened
desk-requester = requester
desk-reads-not = does not see it
desk-who-sees = Who can see this?
desk-others = Other tickets
desk-event-status = { $who } changed the status to { $status }
desk-event-assigned = { $who } assigned the ticket to { $name }
desk-event-taken = { $who } took the ticket
desk-event-closed = { $who } closed the ticket
desk-event-reopened = { $who } opened the ticket again
desk-event-private = { $who } made the ticket private
desk-event-shared = { $who } shared the ticket with the company
desk-event-follow-up = Follow-up of { $link }
desk-event-people = { $who } changed who is on the ticket
desk-event-merged = { $who } merged the ticket into { $link }
desk-event-split = { $who } made this ticket of messages of { $link }
desk-event-not-delivered = The answer could not be delivered by { $channel ->
    [email] e-mail
    [form] the form
    [chat] chat
    [messenger] Messenger
   *[other] its channel
}. A known contact gets it by e-mail instead.
desk-part-of = This ticket is part of { $link }. Its messages are shown there, too; replies to it stay with the people on it.
desk-unmerge = Take apart
desk-parts = Merged into this ticket
desk-people = Add or remove people
desk-people-lead = Whoever is on a ticket sees it. Before anything changes you are shown who gains or loses sight of it.
desk-people-now = On this ticket
desk-people-add = Add somebody
desk-people-search = Name, address or company
desk-label = { $label ->
    [requester] requester
   *[participant] participant
}
desk-sight-lead = Asked of the rule itself, as of now. Notes are never part of what anybody here sees.
desk-sight-nowhere = The inbox of this ticket belongs to no portal, so no customer sees it.
desk-sight-yes = These people see the ticket
desk-sight-no = On the ticket, and kept out
desk-sight-nobody = Nobody of the customers.
desk-sight-cut = A company here has more people than were asked about. More of them may see the ticket.
desk-sight-why = { $why ->
    [requester] asked for it
    [participant] is on the ticket
    [company] because { $company } is on the ticket
    [by_company] by a company on the ticket
    [closed] the portal is not published
    [inactive] was removed
    [no_access] is not let into the portal
   *[hidden] the portal does not show this ticket
}
desk-overtaken = Somebody wrote first
desk-overtaken-text = Your reply was not sent. Read what came meanwhile, then decide.
desk-overtaken-theirs = Written meanwhile
desk-overtaken-yours = Your reply
desk-overtaken-send = Send anyway
desk-overtaken-note = Keep as a note
desk-overtaken-discard = Discard
desk-keys = Keyboard
desk-key = { $key ->
    [j] Next ticket
    [k] Previous ticket
    [r] Reply
    [n] Internal note
    [e] Close or reopen
    [a] Assign
    [i] Assign to me
    [s] Status
    [p] Priority
    [z] Snooze
    [slash] Search
    [help] This list
    [m] Merge
    [x] Tick the ticket
   *[send] Send
}
desk-keys-on = Use single-key shortcuts
desk-keys-close = Done
desk-snooze = Snooze
desk-snooze-for = { $hours ->
    [4] For 4 hours
    [24] For a day
    [72] For 3 days
   *[other] For a week
}
desk-wake = Take up again now
desk-move = Move …
desk-more = More
desk-change-title = { $what ->
    [private] Make private
    [shared] Share with the company
    [move] Move to { $name }
    [spam] Mark as spam
    [delete] Delete
    [requester] Make { $name } the requester
    [participant] Add { $name }
    [unlink] Take { $name } off the ticket
    [company] Add { $name }
    [no-company] Take { $name } off the ticket
   *[restore] Bring back
}
desk-change-lead = { $what ->
    [private] Only the people on the ticket would see it.
    [shared] The companies on the ticket would see it, as the portal says.
    [move] The ticket follows its inbox: the portal of the new one decides who sees it.
    [spam] No customer sees spam. It can be brought back.
    [delete] No customer sees what was deleted. It can be brought back for a while.
    [requester] Whoever was the requester stays on the ticket as a participant.
    [participant] Everything public on the ticket would be theirs to read, what was said before included.
    [unlink] They would see it only if their company does.
    [company] The people of the company would see it as the portal says, unless the ticket is private.
    [no-company] The people of the company would see it only if they are on the ticket themselves.
   *[restore] The ticket would be one like any other again.
}
desk-change-made = It is so already.
desk-change-side = { $side ->
    [gain] { $n ->
        [0] Nobody would see it who does not see it now
        [one] 1 person would see it who does not see it now
       *[other] { $n } people would see it who do not see it now
    }
   *[lose] { $n ->
        [0] Nobody would lose sight of it
        [one] 1 person would lose sight of it
       *[other] { $n } people would lose sight of it
    }
}
desk-change-do = { $what ->
    [private] Make private
    [shared] Share with the company
    [move] Move
    [spam] Mark as spam
    [delete] Delete
    [requester] Make requester
    [participant] Add
    [unlink] Take off
    [company] Add
    [no-company] Take off
   *[restore] Bring back
}
desk-change-group = { $n ->
    [one] 1 person of { $company }
   *[other] { $n } people of { $company }
}
desk-change-tickets = { $n ->
    [one] 1 ticket
   *[other] { $n } tickets
}
desk-change-keep = Leave it as it is
desk-merge = Merge …
desk-merge-title = Merge #{ $number }
desk-merge-lead = Two tickets about the same thing become one conversation for your team. No message moves.
desk-merge-into = Into which ticket?
desk-merge-hint = The number of the ticket that goes on.
desk-merge-look = Show what it does
desk-merge-no-number = This is not a ticket number. Type one like 4711.
desk-merge-none = There is no such ticket in your inboxes.
desk-merge-not-possible = These two cannot be merged: a ticket that is merged already, spam or deleted is not part of anything, and nothing is part of itself.
desk-merge-other = Another ticket
desk-merge-explain = Everybody goes on seeing what they see now, and nothing else. Replies to the merged ticket are shown in the other one.
desk-merge-closed = Merged and closed
desk-merge-on = Goes on
desk-merge-keep = { $n ->
    [0] Nobody sees #{ $number }
    [one] 1 person goes on seeing #{ $number }, as it is
   *[other] { $n } people go on seeing #{ $number }, as it is
}
desk-merge-add = { $n ->
    [one] Add the person on #{ $number } to #{ $into }
   *[other] Add the { $n } people on #{ $number } to #{ $into }
}
desk-merge-join = { $n ->
    [0] Nobody would see #{ $into } by this who does not see it now.
    [one] 1 person would see #{ $into }, with everything public that was said there:
   *[other] { $n } people would see #{ $into }, with everything public that was said there:
}
desk-merge-do = Merge #{ $number } into #{ $into }
desk-split = Split …
desk-split-title = Split #{ $number }
desk-split-lead = The messages you choose are copied into a new ticket. #{ $number } keeps them.
desk-split-subject = What the new ticket is about
desk-split-requester = Whose request it is
desk-split-hint = Only this person and the companies of #{ $number } will see the new ticket. You can add others afterwards.
desk-split-messages = Messages
desk-split-choose = Take the message of { $name }
desk-split-do = Make the new ticket
desk-bulk = With the ticked ones …
desk-bulk-all = All on this page
desk-bulk-count = { $n ->
    [one] 1 ticked
   *[other] { $n } ticked
}
desk-bulk-do = { $what ->
    [close] Close
    [open] In progress
    [wait] Waiting for the customer
    [spam] Mark as spam
    [delete] Delete
   *[restore] Bring back
}
desk-bulk-assign = Assign to
desk-bulk-apply = Apply
desk-bulk-pick = Tick
desk-bulk-choose = Tick #{ $number }
desk-bulk-back = Back to the list
desk-bulk-title = { $what ->
    [move] { $n ->
        [one] Move 1 ticket
       *[other] Move { $n } tickets
    }
    [spam] { $n ->
        [one] Mark 1 ticket as spam
       *[other] Mark { $n } tickets as spam
    }
    [delete] { $n ->
        [one] Delete 1 ticket
       *[other] Delete { $n } tickets
    }
   *[restore] { $n ->
        [one] Bring 1 ticket back
       *[other] Bring { $n } tickets back
    }
}
desk-bulk-lead = All of them are changed, or none. This changes who sees them.
desk-bulk-which = Tickets
desk-bulk-stopped = Nothing was changed
desk-bulk-stop = { $why ->
    [stale] One of the tickets was changed meanwhile: perhaps somebody wrote. Look at the list again.
    [not_possible] This cannot be done with one of the tickets: it is spam, deleted, merged or closed. Untick it and try again.
   *[not_offered] At most { $most } tickets are changed at once, and whoever they are given to must work with their inboxes.
}
office-desk-many = { $n ->
    [one] 1 ticket
   *[other] { $n } tickets
}: { $what ->
    [close] closed
    [open] in progress
    [wait] waiting for the customer
    [assign] assigned
    [priority] priority changed
    [snooze] snoozed
    [wake] taken up again
    [move] moved
    [spam] marked as spam
    [delete] deleted
   *[restore] brought back
}
office-flash-desk-nothing = Nothing was chosen.
office-flash-desk-merged = Merged. Both conversations are here.
office-flash-desk-split = This is the new ticket.
office-flash-desk-too-late = It was too late: the reply has left.
office-flash-desk-answered = Your reply is on its way.
office-flash-desk-noted = The note was added. Only your team sees it.
office-flash-desk-saved = Saved.
desk-event-expired = Closed, because no answer came for { $days } days
desk-new = New ticket
desk-new-lead = For somebody who called or wrote elsewhere. They are told by e-mail.
desk-new-find = Who is it for? Name, address or company
desk-new-search = Search
desk-new-choose = Choose
desk-new-nobody = Nobody has this in their name, address or company.
desk-new-for = For
desk-new-else = somebody else
desk-new-source = How they came
desk-new-source-choice = { $source ->
    [phone] By phone
    [email] By e-mail
   *[other] In another way
}
desk-priority = Priority
desk-new-subject = Subject
desk-new-text = First message
desk-new-text-hint = The customer reads this, and gets it by e-mail.
desk-new-open = Open ticket
office-flash-desk-opened-for = The ticket is open, and the customer is told.
desk-search = Search
desk-search-words = Search tickets, notes, people and companies
desk-search-where = In
desk-search-everywhere = All tickets
desk-search-inboxes = All inboxes
desk-search-hint = Finds words of subjects, messages and notes, names and addresses. The last word may be the beginning of one. A number leads to the ticket.
desk-search-none = Nothing in your inboxes has all of these words. Try fewer words, or look in all tickets.
desk-filter-any = Any
desk-filter-marks = Narrowed to
desk-filter-by = { $by ->
    [owner] Assignee
    [priority] Priority
    [stage] Status
    [category] Category
    [contact] Contact
   *[company] Company
}
desk-filter-off = remove
desk-stage = { $stage ->
    [received] Received
    [in_progress] In progress
    [waiting] Waiting for the customer
   *[closed] Closed
}
desk-empty-filtered = No ticket here fits.
desk-tickets-of = Tickets
desk-live-list = There are new or changed tickets.
desk-live-changed = This ticket was changed meanwhile.
desk-live-said = Somebody wrote meanwhile. Read it before you send.
desk-live-noted = A note was added meanwhile.
desk-viewing = { $name } is viewing
desk-writing = { $name } is writing
desk-saved-views = Saved views
desk-views-lead = Lists with a name, in the side pane of the desk.
desk-views-manage = Manage views
desk-views-none = No saved views yet.
desk-views-none-text = Narrow a list, then save it as a view.
desk-view-save = Save as a view
desk-view-name = Name of the view
desk-view-shared = Share with the team
desk-view-rename = Rename or share
desk-view-up = Move { $name } up
desk-view-down = Move { $name } down
desk-remove = Remove { $name }
desk-edit = Change { $name }
desk-shared = Shared
desk-canned = Canned replies
desk-canned-lead = Texts that you write again and again. Type / at the beginning of a line to insert one.
desk-canned-new = New canned reply
desk-canned-change = Change canned reply
desk-canned-name = Name of the reply
desk-canned-text = Text
desk-canned-placeholders = Filled in when inserted:
desk-canned-any = Any language
desk-canned-pick = Canned reply
desk-canned-insert = Insert
desk-canned-hint = Type / at the beginning of a line for canned replies.
desk-go = Go to
desk-go-label = Ticket number, words or a command
desk-go-search = Search for “{ $words }”
desk-go-none = Nothing found
desk-go-some = # results
office-flash-desk-view-saved = The view is saved. It is in the side pane now.
office-flash-desk-removed = Removed.
desk-event-rated = { $rating ->
    [good] { $who } is satisfied with the solution
   *[not_good] { $who } is not satisfied with the solution
}
