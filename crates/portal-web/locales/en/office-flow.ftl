# Pipelines with their statuses, and what the staff are told.
pipelines-lead = The statuses that tickets move through, what customers are told of them, and what happens by itself.
pipeline-closes-after = { $days ->
    [one] Closes after 1 day without an answer
   *[other] Closes after { $days } days without an answer
}
pipeline-closes-never = Closes nothing by itself
pipeline-new = New pipeline
pipeline-name = Name
pipeline-new-hint = It begins with one status for each stage. You add others afterwards.
pipeline-add = Add pipeline
pipeline-inboxes = Inboxes
pipeline-inboxes-text = New tickets of an inbox enter its pipeline. Tickets that are there already stay in theirs.
pipeline-of = Pipeline of { $inbox }
pipeline-save = Save
pipeline-automation = What happens by itself
pipeline-automation-text = When a customer writes, what waits for them is in progress again. A closed ticket opens again or gets a follow-up, as the portal says.
pipeline-answer-waits = After an answer, a ticket usually waits for the customer
pipeline-closes = Close what waits too long for an answer, with a reminder before
pipeline-close-days = Days without an answer
pipeline-notice-days = Remind so many days before
pipeline-statuses = Statuses
pipeline-statuses-text = Every status belongs to one of four stages. The first of a stage is where tickets enter it.
status-entry = Entry
status-make-entry = Make entry
status-shown = Customers see
status-up = Move { $name } up
status-down = Move { $name } down
status-new = New status
status-name = Name
status-name-hint = Only your team sees this name.
status-stage = Stage
status-add = Add status
status-retired = Out of use
status-retired-into = { $name } (tickets are now in { $successor })
status-label = What customers see
status-label-hint = Left empty, they see the usual word of the stage.
status-explanation = A sentence that explains it
status-explanation-hint = It stands on the page of the ticket. It may stay empty.
status-save = Save status
status-retire-title = Take out of use
status-retire-text = Another status of the same stage takes its tickets. Customers notice nothing but another word, and what happened keeps its words.
status-successor = Takes its tickets
status-retire = Take out of use
status-retire-last = It is the only status of its stage, so tickets need it. Add another one first.
office-flash-pipeline-saved = The pipeline is saved.
office-flash-status-added = The status is added. Say now what customers see.
office-flash-status-saved = The status is saved.
office-flash-status-moved = The order is saved.
office-flash-status-retired = The status is out of use.
office-flash-inbox-pipeline = The inbox is saved.
notices-title = Notifications
notices-unread = unread
notices-choose = Choose
notices-read-all = Mark all as read
notices-read = Mark as read
notices-none = Nothing new.
notices-none-text = You are told here when something concerns you.
notice-assigned = { $by } gave you a ticket
notice-mentioned = { $by } mentioned you in a note
notice-replied = { $by } wrote on your ticket
notice-unassigned = { $by } opened a ticket that is nobody’s yet
notice-not-good = { $by } is not satisfied with the solution
notice-due-soon = What was promised is due soon
notice-late = What was promised is late
choices-title = What you are told
choices-lead = You are never told of what you did yourself.
choices-what = What happens
choices-bell = On these pages
choices-mail = By e-mail
choices-news = { $news ->
    [assigned] A ticket is given to me
    [mentioned] Somebody mentions me in a note
    [replied] A customer writes on a ticket of mine
   *[unassigned] A new ticket in an inbox of mine is nobody’s
    [not_good] A customer is not satisfied with how a ticket of mine was solved
    [due_soon] A reply or a solution on a ticket of mine is due soon
    [late] A reply or a solution on a ticket of mine is late
}
choices-digest = E-mails
choices-digest-choice = { $digest ->
    [at_once] At once
    [hourly] Together, every hour
   *[daily] Together, at eight in the morning
}
choices-quiet = No e-mails in quiet hours
choices-quiet-from = From
choices-quiet-to = To
choices-zone = Times are in the time zone of your account.
choices-save = Save
office-flash-choices-saved = Your choice is saved.
office-flash-notices-read = Marked as read.
conversations-lead = What came in by a channel, with a ticket or without one. Without a ticket, no customer sees it here.
conversations-state = State
conversation-state = { $state ->
    [open] Open
    [closed] Closed
   *[spam] Spam
}
conversations-all-inboxes = All inboxes
conversations-show = Show
conversations-more = Older
conversations-none = Nothing is here.
conversations-none-wait = All your inboxes are help desks: what comes in becomes a ticket by itself.
conversation-ticket = Ticket #{ $number }
conversation-actions = What becomes of it
conversation-with-ticket = It is part of a ticket: whoever sees the ticket sees what was said.
conversation-without-ticket = It has no ticket: only your team sees it.
conversation-make = Make a ticket
conversation-attach-to = Number of the ticket
conversation-attach = Add to this ticket
conversation-detach = Take out of the ticket
conversation-do = Do it
conversation-open = Open again
conversation-close = Close
conversation-spam = Mark as spam
conversation-said = What was said
conversation-sure-make = Make a ticket of it?
conversation-sure-attach = Add it to ticket #{ $number }?
conversation-sure-detach = Take what was said out of the ticket?
conversation-gain = These people will see what was said:
conversation-lose = These people will no longer see what was said:
conversation-nobody = No customer gains or loses sight of it.
conversation-problem-number = Enter the number of a ticket, such as 12.
office-flash-conversation-attached = The conversation is part of a ticket.
office-flash-conversation-detached = The conversation is no part of the ticket any more.
office-flash-conversation-state = The conversation is saved.
inbox-kind = What comes in
inbox-kind-choice = { $kind ->
    [help_desk] becomes a ticket (help desk)
   *[inbox] waits for somebody (inbox)
}
