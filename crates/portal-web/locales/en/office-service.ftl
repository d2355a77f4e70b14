# Service levels and measures.
service-lead = How fast your team replies, in whose working hours that counts, and whether customers are told. A change holds at once, for open tickets, too.
service-none = There is no inbox yet. Inboxes are made when a portal is set up.
service-edit = Edit
service-quiet = Nothing is promised.
service-told = Customers are told
service-not-told = Customers are not told
service-always = Around the clock
service-goal = { $kind ->
    [first_reply] First reply
    [next_reply] Next reply
   *[close] Close
}
service-goal-in = { $kind ->
    [first_reply] first reply within { $time }
    [next_reply] next reply within { $time }
   *[close] closed within { $time }
}
service-back = All inboxes
service-hours = Working hours
service-hours-text = Time counts only while your team works. Nights, free days and, for closing, the time a ticket waits for the customer do not count.
service-mode-always = Around the clock, every day
service-mode-hours = In these hours
service-zone = Time zone
service-week-hint = For each day from when until when, such as 09:00-17:00, or 08:00-12:00, 13:00-17:00. Leave a free day empty.
service-day = { $day ->
    [monday] Monday
    [tuesday] Tuesday
    [wednesday] Wednesday
    [thursday] Thursday
    [friday] Friday
    [saturday] Saturday
   *[sunday] Sunday
}
service-day-short = { $day ->
    [monday] Mon
    [tuesday] Tue
    [wednesday] Wed
    [thursday] Thu
    [friday] Fri
    [saturday] Sat
   *[sunday] Sun
}
service-days-off = Days off
service-days-off-hint = Dates such as 2026-12-25, one a line.
service-goals = Goals
service-goals-text = In hours of working time: 4, 0.5 or 4:30. Leave empty what you do not promise. Agents see what is due within an hour, and what is late.
service-goals-caption = Goals by priority
service-col-priority = Priority
service-told-label = Tell customers
service-told-hint = The portal then says when to expect a reply, on the form for a new ticket and below the conversation.
service-save = Save
service-stale = Somebody else changed this since you opened it. Your entries are still here; this is what it says now:
service-due = { $kind ->
    [first_reply] First reply
    [next_reply] Reply
   *[close] Close
} { $mark ->
    [late] was due { $when }
   *[other] due { $when }
}
service-due-far = { $kind ->
    [first_reply] First reply promised
    [next_reply] Reply promised
   *[close] Closing promised
}
service-mark = { $mark ->
    [late] Late
    [soon] Due soon
   *[ahead] In time
}
service-left = { $mark ->
    [late] { $left } late
   *[other] { $left } left
}
service-days = { $n } d
service-title = Promised
office-problem-hours = Enter up to three spans such as 09:00-17:00, one after the other.
office-problem-goal = Enter hours such as 4, 0.5 or 4:30; at most { $hours }.
office-flash-service-saved = The service levels were saved.

measures-lead = Figures of the tickets in your inboxes. Spam, deleted and merged tickets do not count.
measures-period = Period
measures-period-name = { $period ->
    [week] 7 days
    [month] 30 days
    [quarter] 12 weeks
   *[year] 12 months
}
measures-inbox-all = All inboxes
measures-show = Show
measures-csv = Download as CSV
measures-cut = There are more tickets than can be measured at once, so these figures are of a part of them. Choose a shorter period or one inbox.
measures-opened = Opened
measures-closed = Closed
measures-first-reply = First reply
measures-to-close = Time to close
measures-waited = Customers waited
measures-median = Median
measures-most = 9 of 10 within { $time }
measures-before = { $time } before
measures-none = none
measures-unanswered = { $n ->
    [0] All of them had a reply.
    [one] 1 had no reply yet.
   *[other] { $n } had no reply yet.
}
measures-volume = Opened and closed
measures-volume-text = Tickets opened and closed on each day, week or month of the period.
measures-replies = First reply, median
measures-replies-text = The median of working time from opening to the first reply, of the tickets opened then.
measures-table = The same as a table
measures-col-from = From
measures-backlog = Open now, by age
measures-age = { $class ->
    [0] up to 1 day
    [1] up to 3 days
    [2] up to 7 days
    [3] up to 30 days
   *[4] older
}
measures-sources = Opened, by channel
measures-source = { $source ->
    [portal] Portal
    [email] E-mail
    [form] Form
    [chat] Chat
    [messenger] Messenger
   *[other] Other
}
measures-priorities = Opened, by priority
measures-definitions = What is measured
measures-definition = { $what ->
    [opened] Opened: tickets opened in the period.
    [closed] Closed: tickets closed in the period and still closed.
    [first_reply] First reply: of those opened in the period, from opening to the first public message of your team, in working time of the inbox.
    [to_close] Time to close: of those closed in the period, from opening to closing, on the clock.
    [waited] Customers waited: of those closed in the period, the time in which a message of the customer had no reply yet, all of it together, on the clock.
    [satisfied] Satisfied customers: of those closed in the period, how many of a hundred answers say “Good”. Each contact on a ticket gives one answer, the last one counts. Beside it: the share of closed tickets with an answer.
   *[median] Median: half took at most so long. 9 of 10: nine tenths took at most so long. Both are values that happened.
}
measures-satisfied = Satisfied customers
measures-share = { $share } %
measures-answers = { $n ->
    [0] Nobody answered yet.
    [one] 1 answer, { $rated } % of what was closed.
   *[other] { $n } answers, { $rated } % of what was closed.
}
measures-satisfaction = Satisfaction
measures-satisfaction-text = How often customers were satisfied with the solution and how often not, by when their tickets were closed.
