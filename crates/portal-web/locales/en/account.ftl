# The account page.
account-title = Account
account-lead = Signed in as { $email }
profile-title = Your details
profile-text = Your name is shown to support and to colleagues on your tickets.
profile-name = Name
profile-language = Language
profile-zone = Time zone
profile-zone-hint = Times in the portal are shown in this zone.
profile-browser = As in the browser
profile-save = Save details
password-title = Password
password-text = After a change you stay signed in here and are signed out everywhere else.
password-current = Present password
password-new = New password
password-rule = At least { $min } characters. A sentence is easy to remember.
password-submit = Change password
sessions-title = Sessions
sessions-text = Where you are signed in. End what you do not recognise, then change your password.
session-unknown = Unknown browser
session-this = this session
session-started = Signed in { $time }
session-used = last used { $time }
session-end = End session
session-end-named = End session: { $browser }
sessions-end-others = Sign out everywhere else
tokens-title = API tokens
tokens-text = For programs that work with your tickets. A token sees what you see.
tokens-none = No tokens yet.
token-scope = { $scope ->
    [write] Read and write
   *[read] Read only
}
token-expires = ends { $time }
token-expired = ended { $time }
token-used = last used { $time }
token-never-used = never used
token-revoke = Revoke
token-revoke-named = Revoke token: { $name }
token-new-title = New token
token-name = Name
token-name-hint = What it is for, for example “Stock sync”.
token-may = What it may do
token-days = How long it works
token-days-choice = { $days ->
    [365] 1 year
   *[other] { $days } days
}
token-create = Create token
token-fresh-title = Your new token “{ $name }”
token-fresh-text = Copy it now. It is shown only this once.
token-copy = Copy token
token-copied = Token copied
mails-title = E-mails
mails-text = About tickets that you are on. E-mails about your account always come.
mails-legend = Write to me when
mails-answers = somebody writes on a ticket of mine
mails-changes = a ticket of mine waits for me, was closed or opened again
mails-openings = a ticket of mine was received, or opened for me
mails-save = Save choice
