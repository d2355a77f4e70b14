# Portals: list, set-up, check, settings, domains.
office-portals-title = Customer portals
portals-lead = Each portal is a site where customers sign in and see their tickets.
portals-new = Set up a portal
portals-none = There is no portal yet. Setting one up takes four steps; nobody sees it before you publish it.
portal-state = { $state ->
    [live] Live
    [closed] Closed for now
   *[draft] Being set up
}
set-up-tag = Set-up
set-up-later = Save and finish later
set-up-back = Back
set-up-steps = Steps of the set-up
set-up-number = Step { $n } of 4
set-up-step = { $step ->
    [name] Name
    [address] Address
    [tickets] Tickets
    [access] Access
   *[check] Check and publish
}
set-up-title = { $step ->
    [name] Name your portal
    [address] Connect a domain
    [tickets] Set up your tickets
    [access] Configure access
   *[check] Check and publish
}
set-up-next = { $step ->
    [address] Next: Connect a domain
    [tickets] Next: Set up your tickets
    [access] Next: Configure access
   *[check] Next: Check and publish
}
portal-name = Name of the portal
portal-name-hint = Customers see it in the browser tab and at the top of each page. At most 100 characters.
portal-languages = Languages that visitors can choose
portal-languages-hint = The language of the domain is always among them.
portal-zone = Time zone
portal-zone-hint = Used where the reader’s own is not known, for example Europe/Berlin.
portal-domain = Domain
portal-domain-hint = The portal and its mails speak the domain’s language.
portal-domain-pending = { $host } (waiting for its DNS record)
portal-domain-connect = Connect another domain
portal-slug = Slug
portal-slug-hint = What stands behind the domain: small letters, digits and hyphens.
portal-address = Customers will find the portal at
portal-formerly = These older addresses lead here and stay reserved:
portal-inbox = Where should new tickets go?
portal-inbox-hint = Inboxes of other portals are not listed.
portal-permission = Which tickets may customers see?
portal-permission-kind = { $kind ->
    [own] Only their own tickets
    [company] All tickets of their company
   *[some] All tickets of their company, for some contacts only
}
portal-permission-text = { $kind ->
    [own] A contact sees tickets that are linked to their contact record.
    [company] A contact also sees tickets that are linked to their primary company. Check that your company records are right first.
   *[some] Chosen by contact property; everybody else sees only their own tickets.
}
portal-hidden = Pipelines that customers do not see
portal-hidden-hint = Tickets in these pipelines are nowhere in the portal, whoever looks.
portal-access = Who may enter?
portal-access-groups = Members of access groups
portal-access-groups-text = Only contacts in one of the groups that you choose. They get a registration e-mail.
portal-access-register = Anyone can register
portal-access-register-text = Whoever confirms an e-mail address gets an account. They see only tickets that are linked to them.
portal-access-off = Registration for anyone is switched off in the private-content settings of this domain.
portal-access-switch = Switch it on there
portal-groups = Access groups
portal-groups-none = There is no access group yet. Without one, nobody can enter.
portal-groups-link = Make and change access groups
portal-send-mails = Send registration e-mails to members, and to those who join later
portal-may-close = Customers may close their tickets
portal-may-reopen = Days in which customers may reopen a closed ticket
portal-may-reopen-hint = Leave it empty if they may not. Later replies begin a follow-up ticket.
portal-may-colleagues = Customers may reply to, close and reopen tickets of colleagues
portal-may-private = Customers may hide their tickets from colleagues
portal-may-rate = Customers are asked after closing whether they are satisfied
portal-to-do = To do
check-item = { $item ->
    [steps] The four steps
    [domain] Domain
    [inbox] Inbox
    [access] Access
    [company] Company and contact
   *[consent] Consent notice
}
check-state = { $state ->
    [ready] Ready
    [advised] Recommended
   *[missing] Missing
}
check-mend = { $item ->
    [steps] Some steps are not done yet.
    [domain] Nobody has proven yet that the domain is yours. Set the TXT record and check it.
    [inbox] The inbox of new tickets belongs to another portal or is moving. Choose another one.
    [access] Nobody could enter. Choose an access group, or let anyone register.
    [company] Access pages cannot name your company or whom to write to.
   *[consent] Whoever registers has no notice to agree to.
}
check-link = Mend it
publish = Publish
publish-text = Customers who may enter can then sign in. Registration e-mails only go out if the box is ticked.
publish-missing = It can be published once nothing is missing.
unpublish = Close for now
unpublish-title = Close the portal
unpublish-text = Customers get a page that says it is not available. You can open it again at any time.
delete = Delete the portal
delete-title = Delete
delete-text = Settings and former addresses are gone for good. Tickets stay in their inboxes.
delete-name = Type the portal’s name to confirm
settings-save = Save
settings-theirs = Somebody changed this meanwhile. It now says:
settings-theirs-text = Below is what you entered. Save again to put it in its place.
section-title = { $section ->
    [general] General
    [address] Domain and address
    [tickets] Tickets
    [access] Access
    [customers] What customers may do
    [display] Ticket display
    [form] Support form
    [consent] Consent notice
    [branding] Branding
    [links] Links
    [mail-texts] Texts of mails
   *[private-content] Private content
}
section-lead = { $section ->
    [general] What the portal is called, and for whom.
    [address] Where customers find it. Old addresses lead to the new one.
    [tickets] Where new tickets go and which tickets customers see.
    [access] Who may enter. Changes count from the next request on.
   *[customers] What customers may do with tickets they see.
}
history-title = History
history-lead = Every version of the settings. Going back makes a new version.
history-version = Version { $n }
history-system = the system
history-back = Go back to this
history-none = Nothing was changed yet.
domains-title = Domains
domains-lead = Portals live under a domain. A domain has a language and its own rules for signing in.
domain-state = { $state ->
    [local] Works at once
    [verified] Proven to be yours
   *[pending] Waiting for its DNS record
}
domain-record-text = Set this TXT record with whoever looks after your DNS, then check it. It can take some minutes until it is seen.
domain-record-name = Name of the record:
domain-check = Check the record
domain-language = Primary language
domain-language-hint = Changes the language of its portals and of their mails.
domain-remove = Remove this domain
domain-connect = Connect a domain
domain-connect-text = Enter the name under which customers will reach the portal.
domain-host = Name of the domain
office-private-title = Private content
private-company = Company name on access pages
private-contact = E-mail address for people who cannot get in
private-register = Portals of this domain may let anyone register
private-approve = Somebody of the staff approves each registration
private-password = Sign in by password
private-mail = Sign in by link and code from a mail
private-idle = Sign out after so many minutes without a request
private-absolute = Sign out after so many hours in all
office-flash-draft-kept = Saved. You can go on at any time.
office-flash-published = The portal is live.
office-flash-unpublished = The portal is closed for now.
office-flash-deleted = The portal is deleted.
office-flash-saved = Saved.
office-flash-rolled-back = The older version counts again.
office-flash-domain-connected = The domain is connected.
office-flash-domain-proven = The record is there: the domain is yours.
office-flash-domain-no-record = There is no TXT record with this name yet. Try again in some minutes.
office-flash-domain-other-record = There is a TXT record with this name, but it says something else.
office-flash-domain-unavailable = The name server did not answer. Try again in a moment.
office-flash-domain-off = This server looks up no names. Ask whoever runs it.
office-flash-domain-removed = The domain is removed.
office-flash-domain-in-use = Portals are still on this domain. Move or delete them first.
publish-recipients = { $n ->
    [one] One person would get one, after two minutes in which it can be taken back.
   *[other] { $n } people would get one, after two minutes in which they can be taken back.
}
office-flash-published-unsent = The portal is live. There are more people to write to than were shown, so no mail was sent: see Members.
history-changed = Somebody changed this meanwhile. Look at the newest version first.
settings-look-first = Nothing is saved yet. Save again to let it take effect.
portal-inbox-new = Make another inbox
portal-inbox-name = Name of the inbox
portal-group-new = Make another access group
portal-group-name = Name of the group
portal-group-hint = Members are chosen on its page.
portal-make = Make it
check-eyes = Look through somebody’s eyes
check-eyes-text = What a contact would see once the portal is live. Nothing is opened in their name.
check-eyes-of = { $name } would see
domain-sender = Sender of mails
domain-sender-name = Name
domain-sender-address = Address
domain-sender-hint = Your mail server must be allowed to send in this name. Left empty: the server’s own sender.
domain-sender-changed = Somebody changed the sender meanwhile. Look at the page again before you save.

# The inboxes of a portal.
inboxes-lead = A portal shows the tickets of its inboxes. One inbox belongs to one portal at most.
inboxes-here = Inboxes of this portal
inboxes-none-here = This portal has no inbox yet.
inboxes-elsewhere = Other inboxes
inboxes-default = New tickets arrive here
inboxes-moving = On its way to { $portal }. Until it has arrived, customers see its tickets nowhere.
inboxes-of = Belongs to { $portal }
inboxes-free = Belongs to no portal
inboxes-move = Move here …
inboxes-ask = Move “{ $name }” here?
inboxes-ask-text = While it moves, customers see its tickets nowhere; that takes a moment for some thousand tickets. Links in mails that were sent before lead to the old portal.
inboxes-move-now = Move it now
inboxes-problem-default = New tickets of another portal arrive in this inbox. Choose another default inbox there first.
inboxes-problem-moving = This inbox is on its way already. Wait until it has arrived.
inboxes-problem-already = This inbox belongs to this portal already.
office-flash-inbox-moving = The inbox is on its way.
