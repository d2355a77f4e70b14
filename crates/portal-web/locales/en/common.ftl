# The frame of every page and words used everywhere.
skip = Skip to content
title-page = { $page } – { $portal }
title-problem = Error: { $title }
nav-main = Main
nav-tickets = Tickets
search-label = Search tickets
search-open = Search
account-menu = Account menu of { $name }
account-link = Account
appearance = Appearance
appearance-choice = { $theme ->
    [light] Light
    [dark] Dark
   *[system] System
}
language = Language
sign-out = Sign out
new-ticket = New ticket
footer-label = About this portal
cancel = Cancel
optional = (optional)
back-tickets = Tickets
back-ticket = Back to the ticket
stage = { $stage ->
    [received] Received
    [in_progress] In progress
    [waiting] Waiting for you
   *[closed] Closed
}
source = { $source ->
    [portal] Portal
    [email] E-mail
    [form] Form
    [chat] Chat
    [messenger] Messenger
   *[other] Other
}
priority = { $priority ->
    [low] Low
    [normal] Normal
    [high] High
   *[urgent] Urgent
}
person-you = { $name } (you)
person-other = Another person
person-support = Support
ticket-number = #{ $number }
files-count = { $n ->
    [one] 1 file
   *[other] { $n } files
}
unread = New
private = Private
problems-title = { $n ->
    [one] There is a problem
   *[other] There are { $n } problems
}
flash = { $flash ->
    [opened] Thank you, your request is with us. We answer here and you can add to it at any time.
    [replied] Your reply is sent.
    [replied_and_closed] Your reply is sent and the ticket is closed.
    [replied_and_reopened] Your reply is sent and the ticket is open again.
    [closed] The ticket is closed. You can open it again by replying.
    [reopened] The ticket is open again.
    [made_private] The ticket is private now. Only the people on it and support can see it.
    [profile_saved] Your details are saved.
    [password_changed] Your password is changed. You were signed out everywhere else.
    [session_ended] That session is ended.
    [other_sessions_ended] You are signed out everywhere else.
    [password_reset] Your new password is saved. Sign in with it now.
    [address_asked] Check the mailbox of your new address: it counts once you confirm it there.
    [address_kept] Your address stays as it is.
    [token_revoked] The token no longer works.
    [mails_chosen] Your choice of e-mails is saved.
    [muted] You get no more e-mails about this ticket.
    [unmuted] You get e-mails about this ticket again.
    [rated] Thank you, your answer is with us.
   *[signed_out] You are signed out.
}
live-show = Show
sending = Sending …
portals-title = Where do you want to go?
