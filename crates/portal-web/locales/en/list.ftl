# The ticket list and the search.
list-title = Tickets
list-lead-company = Everything you and your team have asked { $portal }.
list-lead-mine = Everything you have asked { $portal }.
list-scope = Whose tickets
list-mine = My tickets
list-mine-named = My { $label }
list-own-elsewhere = <a href="{ $href }">Your own tickets</a> include some that do not belong to this company.
list-stages = Status
list-all = All
list-filter = Filter
list-filter-active = { $n ->
    [one] 1 filter active
   *[other] { $n } filters active
}
list-caption = Tickets
column = { $column ->
    [priority] Urgency
    [category] Kind of request
    [owner] Taken care of by
   *[source] Came by
}
col-ticket = Ticket
col-status = Status
col-requester = Requester
col-updated = Last update
col-created = Created
group-heading = { $group ->
    [waiting] Waiting for your reply
    [in_progress] In progress
   *[closed] Recently closed
}
snippet-author = { $name }:
snippet-you = You:
filter-state = Show
filter-state-choice = { $state ->
    [open] Open tickets
    [closed] Closed tickets
   *[any] All tickets
}
filter-requester = Requester
filter-everybody = Everybody
filter-sort = Order
filter-sort-choice = { $sort ->
    [activity] Last update
    [created] Newest ticket
   *[attention] What needs you first
}
filter-apply = Apply
filter-clear = Clear filters
pager = Pages
pager-newer = Newer
pager-older = Older
empty-first-title = No tickets yet
empty-first = Questions you send us will appear here, with our answers.
empty-waiting-title = Nothing is waiting for you
empty-waiting = We will ask here when we need something from you.
empty-waiting-all = Show all tickets
empty-match-title = No tickets match
empty-match = Try it with fewer filters.
live-list = The list has changed.
search-title = Search
search-found = Results for “{ $query }”
search-hint = Words from the subject or the messages, or a ticket number.
search-submit = Search
search-none-title = Nothing found for “{ $query }”
search-none = Try fewer or other words. Whole words and beginnings of words are found.
search-many = These are the newest matches. Add a word to see fewer.
search-caption = Search results
