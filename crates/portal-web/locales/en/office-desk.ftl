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
desk-send = Send
desk-send-wait = Send and wait
desk-send-work = Send, keep working
desk-send-close = Send and close
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
    [s] Status
    [p] Priority
    [z] Snooze
    [slash] Search
    [help] This list
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
    [move] Move to another inbox
    [spam] Mark as spam
    [delete] Delete
   *[restore] Bring back
}
desk-change-lead = { $what ->
    [private] Only the people on the ticket would see it.
    [shared] The companies on the ticket would see it, as the portal says.
    [move] The ticket follows its inbox: the portal of the new one decides who sees it.
    [spam] No customer sees spam. It can be brought back.
    [delete] No customer sees what was deleted. It can be brought back for a while.
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
    [shared] Share
    [move] Move
    [spam] Mark as spam
    [delete] Delete
   *[restore] Bring back
}
desk-change-keep = Leave it as it is
office-flash-desk-answered = Your reply was sent.
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
