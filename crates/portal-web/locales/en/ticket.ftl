# One ticket.
ticket-opened-by-you = Opened by you on { $day }
ticket-opened-by = Opened by { $name } on { $day }
ticket-shared = Shared with { $companies }
ticket-people-only = Only people on this ticket
ticket-private = Private
ticket-conversation = Conversation
ticket-files = Files
ticket-fold = { $n ->
    [one] Show 1 earlier message
   *[other] Show { $n } earlier messages
}
ticket-quoted = Show quoted text
ticket-withdrawn = This message was withdrawn.
ticket-cut = The message was too long and is cut here.
event-assigned = <b>{ $who }</b> is taking care of your ticket
event-status = <b>{ $who }</b> changed the status to <b>{ $status }</b>
event-status-auto = The status changed to <b>{ $status }</b>
event-closed = <b>{ $who }</b> closed the ticket
event-closed-auto = The ticket was closed
event-closed-timer = The ticket was closed because no answer came
event-reason = Reason: { $reason }
event-reopened = <b>{ $who }</b> opened the ticket again
event-reopened-auto = The ticket was opened again
event-private = <b>{ $who }</b> made the ticket private
event-private-auto = The ticket was made private
event-shared = <b>{ $who }</b> shared the ticket with the company
event-shared-auto = The ticket was shared with the company
event-person = <b>{ $who }</b> added <b>{ $person }</b>
event-person-auto = <b>{ $person }</b> was added
event-people = <b>{ $who }</b> changed who is on this ticket
event-people-auto = It was changed who is on this ticket
event-not-delivered = An answer could not be delivered by { $channel ->
    [email] e-mail
    [form] the form
    [chat] chat
    [messenger] Messenger
   *[other] its channel
}
event-split = This ticket was made of messages of { $link }
event-merged = This ticket continues in { $link }
event-merged-hidden = This ticket was merged into another one
event-you = You
event-support = Support
file-kind = { $kind ->
    [image] Image
    [pdf] PDF
    [sheet] Table
    [text] Text
    [archive] Archive
   *[other] File
}
file-detail = { $kind }, { $size }
progress-title = Progress
progress-state = { $state ->
    [done] Done
    [current] Now
   *[ahead] Ahead
}
details-title = Details
detail-number = Number
detail-priority = Priority
detail-category = Category
detail-owner = Handled by
detail-updated = Updated
people-title = People on this ticket
people-role = { $role ->
    [you] you
    [colleague] colleague
    [support] support
   *[other] on this ticket
}
people-others = { $n ->
    [one] 1 other person
   *[other] { $n } other people
}
who-companies = Everyone at { $companies } with portal access can see this ticket.
who-private = This ticket is private. Only the people on it and support can see it.
who-people = Only the people on this ticket and support can see it.
companies-and = { $first } and { $second }
companies-comma = { $first }, { $second }
why-requester = You see it because you asked the question.
why-participant = You see it because you are on this ticket.
why-company = You see it because it belongs to { $company }.
waiting-who = { $who } is waiting for your reply.
waiting-support = We are waiting for your reply.
waiting-closes = Without an answer this ticket closes automatically on { $day }. You can always reopen it.
reply-label = Reply to { $portal }
reply-placeholder = Write your answer …
reply-markdown = You can write **bold**, `code` and lists with -.
reply-send = Send reply
reply-send-close = Send and close
reply-send-reopen = Send and reopen
reply-jump = Reply
closed-reopens = This ticket is closed. Your reply opens it again.
closed-follow-up = This ticket is closed and can no longer be opened. If there is more, open a new ticket about it.
closed-final = This ticket is closed and can no longer be opened.
closed-new = New ticket about this
read-only-colleague = You can read this ticket of a colleague, but not answer it.
read-only-merged = This ticket was merged and takes no more replies.
close-action = Close ticket
close-title = Close this ticket?
close-text = You can reopen it at any time by sending another reply.
close-reason = What solved it?
close-keep = Keep open
reopen-action = Reopen ticket
reopen-title = Open this ticket again?
reopen-text = We will look at it again. A reply says what is still missing.
reopen-keep = Leave closed
private-action = Mark as private
private-title = Mark this ticket as private?
private-text = Colleagues who see it only through the company will no longer see it. Only support can undo this.
private-keep = Leave as it is
menu-more = More actions
menu-copy = Copy link
menu-print = Print ticket
copied = Link copied
live-message = There is a new message.
draft-restored = Your draft was restored.
draft-discard = Discard draft
event-follow-up = This ticket follows { $link }
companies-other = { $n ->
    [one] 1 other company
   *[other] { $n } other companies
}
detail-yes = Yes
detail-no = No
mute-menu = E-mails about this ticket
mute-title = E-mails about ticket #{ $number }
mute-text = You are told of answers and changes by e-mail. If you no longer want that, the ticket stays here as it is.
mute-muted-text = You get no e-mails about this ticket at the moment.
mute-action = No more e-mails
mute-undo = Send e-mails again
mute-keep = Leave it as it is
mute-done = You get no more e-mails about it
mute-done-text = Nothing else has changed about ticket #{ $number }. On its page you can have e-mails sent again.
promise-reply = We usually reply within { $time }.
promise-hours = We usually reply within { $time } of our working hours: { $hours }.
rate-page = Are you satisfied with ticket #{ $number }?
rate-title = Are you satisfied with the solution?
rate-text = Your answer goes to support only.
rate-word = { $rating ->
    [good] Good
   *[not_good] Not good
}
rate-add = Add a comment
rate-comment = What was good, what was missing?
rate-send = Send
rate-thanks = Thank you for your answer
rate-given = { $rating ->
    [good] You are satisfied with the solution.
   *[not_good] You are not satisfied with the solution. Support will look at it.
}
rate-change = Change your answer
rate-done-text = Ticket #{ $number } stays closed. If you need anything else about it, just write to us.
