# The outbox.
office-mail-lead = Everything that leaves by e-mail. What the mail server does not take is tried again for a day.
office-mail-states = State
office-mail-state = { $state ->
    [waiting] Waiting
    [dead] Given up
    [sent] Sent
    [dropped] Not needed any more
   *[discarded] Discarded
}
office-mail-none = { $state ->
    [waiting] Nothing waits to be sent.
    [dead] Nothing was given up.
    [sent] Nothing was sent in the last 30 days.
    [dropped] Everything that was wanted in the last 30 days was needed.
   *[discarded] Nothing was discarded in the last 30 days.
}
office-mail-kind = { $kind ->
    [invitation] Registration mail
    [already_registered] Notice of access
    [verify_address] Confirmation of an address
    [sign_in] Sign-in link and code
    [reset_password] New password
    [confirm_address] Confirmation of a new address
    [address_changing] Notice: address is about to change
    [address_changed] Notice: address changed
    [password_changed] Notice: password changed
    [registration_approved] Registration approved
    [registration_pending] Registration waits for approval
    [ticket_answered] Answer to a ticket
    [ticket_news] News of a ticket
    [by_channel] Answer by a channel
    [agent_news] News for an agent
    [staff_invitation] Invitation of staff
    [staff_reset] New password of staff
    [staff_notice] Notice to staff
   *[test] Test mail
}
office-mail-created = Wanted { $time }
office-mail-due = next attempt { $time }
office-mail-settled = { $state ->
    [sent] sent { $time }
    [dead] given up { $time }
    [dropped] dropped { $time }
   *[discarded] discarded { $time }
}
office-mail-attempts = { $n ->
    [one] { $n } attempt
   *[other] { $n } attempts
}
office-mail-again = Send again
office-mail-discard = Discard
office-mail-test-title = Test mail
office-mail-test-text = Sends one mail by the same way as all others. It appears above, and says there what went wrong.
office-mail-test-to = To
office-mail-test-send = Send test mail
office-flash-mail-again = The mail is sent again now.
office-flash-mail-discarded = The mail was discarded.
office-flash-mail-test = The test mail is on its way.
office-mail-problem-brace = A brace stands alone. Use the placeholders exactly as they are listed.
office-mail-problem-unknown = There is no placeholder { $name }. Use one of the list.
office-mail-problem-not-here = { $name } cannot be used here.
office-mail-problem-missing = { $name } is missing: without it nobody gets any further.
office-mail-problem-address = The only address in this mail is { $name }. Take out other addresses of pages.

# Captured mails (/dev/mail).
dev-mail-title = Captured mails
dev-mail-lead = No mail leaves this server: what would have been sent is kept in a folder and shown here, on this machine only.
dev-mail-search = Address or name
dev-mail-find = Find
dev-mail-none = Nothing was captured.
dev-mail-from = From
dev-mail-to = To
dev-mail-links = Links in this mail
dev-mail-parts = Part
dev-mail-part = { $part ->
    [html] HTML
    [text] Text
   *[headers] Headers
}
