# The frame of the staff's pages and words used everywhere on them.
office-name = Portal administration
office-nav = Administration
office-all = All portals
office-live = Live
office-draft = Not published
office-area = { $area ->
    [desk] Help desk
    [home] Customer portals
    [domains] Domains
    [groups] Access groups
    [contacts] Contacts
    [companies] Companies
    [properties] Properties
    [mail] Mail
    [staff] Staff
    [audit] Audit log
    [pipelines] Pipelines
    [notices] Notifications
    [conversations] Conversations
    [service] Service levels
    [measures] Measures
   *[account] Account
}
office-portal-area = { $area ->
    [overview] Overview
    [general] Name and languages
    [address] Domain and address
    [tickets] Tickets
    [inboxes] Inboxes
    [access] Access control
    [members] Members
    [customers] What customers may do
    [display] Ticket display
    [form] Support form
    [consent] Consent notice
    [branding] Branding
    [links] Links
    [mail_texts] Texts of mails
   *[history] History
}
office-problem-empty = Fill this in.
office-problem-long = This may have at most { $max } characters.
office-problem-control = This has characters that cannot be shown. Type it anew.
office-problem-bytes = This is too large. At most { $max } are taken.
office-problem-email = Enter an e-mail address like name@example.com.
office-problem-password-short = Choose a password of at least { $min } characters.
office-problem-password-common = This password is easy to guess. Choose another one, for example four words that have nothing to do with each other.
office-problem-password-wrong = This is not your current password.
office-problem-differs = The two entries differ.
office-problem-choice = Choose one of what is offered.
office-problem-files = At most { $max } files can be sent at once.
office-problem-file-gone = This file is not there any more. Add it again.
office-problem-zone = Choose a time zone of the list.
office-problem-range = Enter a number from { $min } to { $max }.
office-problem-number = Enter a number such as 12 or 12.5.
office-problem-date = Enter a day that exists.
office-problem-many = At most { $max } are possible here.
office-problem-twice = This is there twice. Keep one of them.
office-problem-lacks = Something that is always needed is missing here.
office-problem-link = Enter a path like /support or an address that begins with https://.
office-problem-colour = Enter a colour like #2e61c4: six digits or letters from a to f.
office-problem-condition = A field can only depend on a choice that stands above it. Choose at least one of its answers.
office-problem-invisible = This has characters that cannot be seen or that turn text around. Type it anew.
office-problem-host = Enter a name like help.example.com, without https:// and without a path.
office-problem-look-alike = This name looks like another one. Enter it as it is registered, in plain letters from a to z.
office-problem-taken = This is taken. Choose another one.
office-problem-slug = Use small letters from a to z, digits and hyphens; at most 63, and no hyphen at the ends.
office-problem-slug-reserved = “{ $word }” is a word that the server needs for itself. Choose another one.
office-problem-switched-off = This is switched off in the private-content settings of the domain. Switch it on there first.
