# Members of a portal.
office-members-title = Members
office-members-lead = Who may sign in here, who was invited, and who waits.
office-members-invite-all = Invite { $n } { $n ->
    [one] person
   *[other] people
} …
office-members-cancellable = Invitations that were just asked for leave within two minutes. Until then they can be taken back.
office-members-cancel = Take them back
office-members-plan-title = { $n ->
    [one] One person gets a registration mail
   *[other] { $n } people get a registration mail
}
office-members-plan-text = The mails leave in two minutes, some each minute. Until then you can take them back.
office-members-plan-without = { $n ->
    [one] One member has no membership e-mail and gets none.
   *[other] { $n } members have no membership e-mail and get none.
}
office-members-plan-many = That is many. Look at the number once more.
office-members-plan-back = Do not send
office-members-plan-send = { $n ->
    [one] Send the mail
   *[other] Send { $n } mails
}
office-members-waiting = Waiting for your approval
office-members-asked = Asked { $time }
office-members-proposed = a company has this mail domain
office-members-approve = Approve
office-members-decline = Decline
office-members-search = Name or e-mail
office-members-search-do = Search
office-members-statuses = Status
office-members-status = { $status ->
    [registered] Accepted
    [invited] Invitation pending
    [expired] Expired
    [failed] Failed
    [not_invited] Not invited
    [no_address] No membership e-mail
   *[all] All
}
office-members-add-address = Add a membership e-mail to the contact first.
office-members-sent = sent { $time }
office-members-until = until { $time }
office-members-reset = Reset password
office-members-end = End sessions
office-members-invite = Invite
office-members-again = Send again
office-members-revoke = Revoke
office-members-none = Nobody. Change the search, or add contacts to the portal's access groups.
office-members-next = Next
office-members-no-address = This contact has no membership e-mail.
office-members-not-published = Publish the portal first.
office-members-no-access = This contact is in none of the portal's access groups.
office-members-changed = There are more people to invite now. Look at the number again.
office-members-decided = This was decided already, or the address belongs to an account.
office-flash-members-invited = The invitations leave in two minutes.
office-flash-members-cancelled = No invitation of those leaves.
office-flash-member-invited = The invitation is on its way.
office-flash-member-revoked = The invitation was revoked.
office-flash-member-reset = A link to choose a new password is on its way.
office-flash-member-ended = All sessions were ended.
office-flash-registration-approved = The registration was approved.
office-flash-registration-declined = The registration was declined.
office-members-resend-all = Send invitations again …
office-members-resend-title = Send invitations again
office-members-resend-which = To whom
office-members-resend-kind = { $status ->
    [failed] { $n } whose mail could not be delivered
    [expired] { $n } whose link has expired
   *[invited] { $n } who have a link and have not used it yet
}
office-members-resend-text = The links of the mails before stop working at once. The new mails leave in two minutes, some each minute. Until then you can take them back.
office-members-resend-none = There is no invitation to be sent again.
office-members-resend-send = Send again
office-flash-members-resent = The invitations leave again in two minutes.
