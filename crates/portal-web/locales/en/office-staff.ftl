# Staff users and one's own account.
office-staff-lead = Who works here, and what they may do. Everybody signs in with a password and an authenticator app.
office-staff-invite = Invite somebody
office-staff-invite-title = Invite somebody
office-staff-invite-lead = They get a mail with a link to choose a password. It works once and lasts 7 days.
office-staff-invite-send = Send invitation
office-staff-you = you
office-staff-name = Name
office-staff-name-hint = Customers see it under answers.
office-staff-email = E-mail address
office-staff-email-hint = To sign in with. Customers never see it.
office-staff-permissions = Permissions
office-staff-permission = { $permission ->
    [admin] Administrator
    [portal_settings] Customer portal settings
    [help_desk] Help desk
    [crm] Contacts and companies
    [knowledge_base] Knowledge base
    [api] API
   *[export] Export
}
office-staff-permission-hint = { $permission ->
    [admin] May do everything, this page and the audit log included.
    [portal_settings] Domains, portals, access groups, members, and mails to them.
    [help_desk] Answers tickets of the inboxes below.
    [crm] Adds and changes contacts and companies.
    [knowledge_base] Writes articles.
    [api] Makes tokens for programs, which may do no more than their maker.
   *[export] Hands out people’s data: tables of contacts and companies, and everything stored about one contact.
}
office-staff-no-permission = No permissions
office-staff-inboxes = Inboxes
office-staff-inboxes-all = All inboxes
office-staff-inboxes-only = Only these:
office-staff-inboxes-none = No inbox
office-staff-save = Save changes
office-staff-state = { $state ->
    [active] Active
    [invited] Invited
   *[disabled] Disabled
}
office-staff-state-long = { $state ->
    [active] May sign in.
    [invited] Invited: has not chosen a password yet.
   *[disabled] Disabled: cannot sign in. The name stays under what they wrote.
}
office-staff-seen = Last seen: { $time }
office-staff-never = Not signed in yet
office-staff-no-app = no authenticator app connected
office-staff-invited-until = Invitation valid until { $time }
office-staff-access = Access
office-staff-access-text = Each of these leaves an entry in the audit log, and asks for a code of your authenticator app if you have not shown one for 10 minutes.
office-staff-link = { $state ->
    [invited] Send the invitation again
   *[active] Send a link for a new password
}
office-staff-link-text = { $state ->
    [invited] The link sent before ends.
   *[active] By mail, good once for 30 minutes. The authenticator app stays.
}
office-staff-link-send = Send link
office-staff-disconnect = Disconnect the authenticator app
office-staff-disconnect-text = If the phone is lost. All sessions and recovery codes end; the next sign-in connects another app.
office-staff-disconnect-do = Disconnect
office-staff-disable = Disable
office-staff-disable-text = Ends all sessions and links at once. The name stays under what they wrote.
office-staff-disable-do = Disable
office-staff-enable = Enable
office-staff-enable-text = They may sign in again, with the password and app they had.
office-staff-enable-do = Enable
office-staff-problem-last-admin = This is the last administrator. Make somebody else administrator first.
office-flash-staff-invited = The invitation is on its way.
office-flash-staff-changed = The changes are saved.
office-flash-staff-disabled = Disabled. All sessions have ended.
office-flash-staff-enabled = Enabled.
office-flash-staff-link = The link is on its way.
office-flash-staff-disconnected = The authenticator app is disconnected. All sessions have ended.
office-account-profile = Customers see your name under your answers.
office-account-factor = Second factor
office-account-factor-text = Everybody of the staff signs in with a password and a code. Both changes ask for a code first.
office-account-app = Authenticator app
office-account-app-since = Connected { $time }
office-account-app-none = Not connected
office-account-app-renew = Connect another
office-account-codes = Recovery codes
office-account-codes-left = { $n ->
    [one] { $n } code left
   *[other] { $n } codes left
}
office-account-codes-renew = Make new ones
office-flash-profile = Your details are saved.
office-flash-password = Your password is changed. You are signed out everywhere else.
office-flash-session-ended = The session has ended.
office-flash-sessions-ended = You are signed out everywhere else.
office-tokens-text = For programs that work for you through the admin API. A token may do no more than you may at that moment, nor more than it was made for. Making one asks for a code of your authenticator app.
office-token-scopes = What it is for
office-token-dangerous = It may also do what people are asked for a code for
office-token-dangerous-hint = Deleting a portal, changing the staff. Such a token lasts { $days } days at most.
office-token-dangerous-tag = without further proof
office-token-problem-scopes = Choose at least one thing that you may do yourself.
office-token-problem-days = Choose how long the token works; at most 31 days if it needs no further proof.
office-token-problem-many = You have as many tokens as there can be. Revoke one first.
office-flash-token-removed = The token no longer works.
