# The mails to customers and staff. Words in braces like {"{link}"} are placeholders that portals may use in texts of
# their own; alone in a paragraph, the link becomes a button and the code is shown large.

months = January|February|March|April|May|June|July|August|September|October|November|December
instant = { $day } { $month } { $year }, { $time } ({ $zone })
footer-sender = This e-mail was sent automatically by { $portal }.
button-fallback = If the button does not work, open this address:
test-note = This is a test. The link and the code in it open nothing.

invitation-subject = Your access to { $portal_name }
invitation-body =
    Hello { $contact_name },

    you now have access to { $portal_name }. There you see your support tickets, write to the team and read the answers.

    Choose a password to begin:

    { $link }

    The link works until { $expires }. After that, ask the team for a new one.
invitation-button = Create your account
invitation-why = You get this e-mail because { $portal } gave this address access.

already_registered-subject = You now have access to { $portal_name }
already_registered-body =
    Hello { $contact_name },

    you now also have access to { $portal_name }. Sign in with the account you already have.

    { $link }
already_registered-button = Go to the portal
already_registered-why = You get this e-mail because { $portal } gave this address access.

verify_address-subject = Confirm your e-mail address
verify_address-body =
    Hello { $contact_name },

    somebody, probably you, wants to register at { $portal_name } with this address. Confirm that it is yours:

    { $link }

    The link works until { $expires }. If it was not you, do nothing: then no account is made.
verify_address-button = Confirm address
verify_address-why = You get this e-mail because this address was entered at { $portal }.

sign_in-subject = Your sign-in to { $portal_name }
sign_in-body =
    Hello { $contact_name },

    here is your link to sign in to { $portal_name }:

    { $link }

    Or enter this code on the page where you are signing in:

    { $code }

    Both work once, until { $expires }. Give the code to nobody: the team never asks for it. If it was not you, do nothing.
sign_in-button = Sign in
sign_in-why = You get this e-mail because somebody is signing in to { $portal } with this address.

reset_password-subject = Choose a new password
reset_password-body =
    Hello { $contact_name },

    somebody, probably you, wants a new password for { $portal_name }.

    { $link }

    The link works once, until { $expires }. If it was not you, do nothing: your password stays as it is.
reset_password-button = Choose password
reset_password-why = You get this e-mail because a new password was asked for at { $portal }.

registration_approved-subject = Your registration at { $portal_name } was approved
registration_approved-body =
    Hello { $contact_name },

    your registration at { $portal_name } was approved. You can sign in now.

    { $link }
registration_approved-button = Sign in
registration_approved-why = You get this e-mail because you registered at { $portal }.

confirm_address-subject = Confirm your new e-mail address
confirm_address-body =
    Hello { $contact_name },

    somebody, probably you, wants to sign in to { $portal_name } with this address from now on. Confirm that it is yours:

    { $link }

    The link works until { $expires }. If it was not you, do nothing: then nothing changes.
confirm_address-button = Confirm address
confirm_address-why = You get this e-mail because this address was entered at { $portal }.

address_changing-subject = Your e-mail address is about to change
address_changing-body =
    Hello { $contact_name },

    somebody, probably you, wants to change the address you sign in to { $portal_name } with to { $new }. It changes when the new address is confirmed.

    If it was not you, stop it here and choose a new password:

    { $link }
address_changing-button = Review
address_changing-why = You get this e-mail for your security; it cannot be switched off.

address_changed-subject = Your e-mail address was changed
address_changed-body =
    Hello { $contact_name },

    you now sign in to { $portal_name } with { $new }. This address does not work any more.

    If it was not you, tell the team at once.
address_changed_undo-body =
    Hello { $contact_name },

    you now sign in to { $portal_name } with { $new }. This address does not work any more.

    If it was not you, undo it until { $expires }:

    { $link }
address_changed-button = Undo the change
address_changed-why = You get this e-mail for your security; it cannot be switched off.

password_changed-subject = Your password was changed
password_changed-body =
    Hello { $contact_name },

    your password for { $portal_name } was changed on { $at }.

    If it was you, there is nothing to do. If it was not you, choose a new password at once:

    { $link }
password_changed-button = Choose a new password
password_changed-why = You get this e-mail for your security; it cannot be switched off.

registration_pending-subject = Somebody waits to be let in to { $site }
registration_pending-body =
    Hello { $contact_name },

    { $name } ({ $address }) registered at { $site } and waits for approval.

    { $link }
registration_pending-button = Review the registration
registration_pending-why = You get this e-mail because you look after this portal.

staff_invitation-subject = Your staff account at { $portal_name }
staff_invitation-body =
    Hello { $contact_name },

    { $invited_by } made you a staff account at { $portal_name }. Choose a password and set up your second factor:

    { $link }

    The link works until { $expires }.
staff_invitation_system-body =
    Hello { $contact_name },

    there is a staff account for you at { $portal_name }. Choose a password and set up your second factor:

    { $link }

    The link works until { $expires }.
staff_invitation-button = Set up your account
staff_invitation-why = You get this e-mail because an administrator made you a staff account.

staff_reset-subject = Choose a new password
staff_reset-body =
    Hello { $contact_name },

    somebody, probably you, wants a new password for your staff account.

    { $link }

    The link works once, until { $expires }. If it was not you, tell an administrator.
staff_reset-button = Choose password
staff_reset-why = You get this e-mail because you have a staff account.

staff_notice-subject = { $what ->
    [password_changed] Your password was changed
    [factor_added] A second factor was set up
    [factor_removed] Your second factor was removed
    [recovery_code_used] A recovery code was used
    [recovery_codes_renewed] You have new recovery codes
   *[locked] Your sign-in is locked
}
staff_notice-body =
    Hello { $contact_name },

    { $what ->
        [password_changed] the password of your staff account was changed on { $at }.
        [factor_added] a second factor was set up for your staff account on { $at }.
        [factor_removed] the second factor of your staff account was removed on { $at }.
        [recovery_code_used] a recovery code of your staff account was used on { $at }. It does not work again.
        [recovery_codes_renewed] new recovery codes were made for your staff account on { $at }. The old ones do not work any more.
       *[locked] somebody tried many wrong passwords for your staff account. Signing in is locked for a while, since { $at }.
    }

    If it was not you, tell an administrator at once.

    { $link }
staff_notice-button = Review your account
staff_notice-why = You get this e-mail for your security; it cannot be switched off.

test-subject = Test mail from { $portal_name }
test-body =
    Hello { $contact_name },

    mails from { $portal_name } get out: this one did. { $asked_by } wanted to know.
test_system-body =
    Hello { $contact_name },

    mails from { $portal_name } get out: this one did.
test-why = You get this e-mail because your address was entered for a test.

ticket_answered-subject = Re: { $subject } (#{ $number })
ticket_answered-body =
    Hello { $contact_name },

    { $author } answered your ticket #{ $number }, “{ $subject }”:

    { $text }

    { $link }
ticket_answered_no_entry-body =
    Hello { $contact_name },

    { $author } answered your ticket #{ $number }, “{ $subject }”:

    { $text }
ticket_answered-button = Read and reply
ticket_answered-why = You get this e-mail because you are on this ticket at { $portal }.

ticket_received-subject = { $subject } (#{ $number })
ticket_received-body =
    Hello { $contact_name },

    we received your request “{ $subject }”. It has the number #{ $number }.

    { $link }

    We write to this address as soon as there is an answer.
ticket_received-button = View ticket
ticket_received-why = You get this e-mail because you opened a ticket at { $portal }.

ticket_opened-subject = { $subject } (#{ $number })
ticket_opened-body =
    Hello { $contact_name },

    { $author } opened ticket #{ $number }, “{ $subject }”, for you:

    { $text }

    { $link }
ticket_opened-button = View ticket
ticket_opened-why = You get this e-mail because a ticket was opened for you at { $portal }.

ticket_waiting-subject = Re: { $subject } (#{ $number })
ticket_waiting-body =
    Hello { $contact_name },

    your ticket #{ $number }, “{ $subject }”, waits for your answer.

    { $link }
ticket_waiting-button = Read and reply
ticket_waiting-why = You get this e-mail because you are on this ticket at { $portal }.

ticket_reminder-subject = Re: { $subject } (#{ $number })
ticket_reminder-body =
    Hello { $contact_name },

    your ticket #{ $number }, “{ $subject }”, still waits for your answer.

    { $link }

    If we hear nothing from you, it is closed after { $at }. You can open it again afterwards.
ticket_reminder-button = Read and reply
ticket_reminder-why = You get this e-mail because you are on this ticket at { $portal }.

ticket_closed-subject = Re: { $subject } (#{ $number })
ticket_closed-body =
    Hello { $contact_name },

    your ticket #{ $number }, “{ $subject }”, was closed.

    { $link }

    If something is still open, just write on the ticket again.
ticket_closed-button = View ticket
ticket_closed-why = You get this e-mail because you are on this ticket at { $portal }.

ticket_expired-subject = Re: { $subject } (#{ $number })
ticket_expired-body =
    Hello { $contact_name },

    your ticket #{ $number }, “{ $subject }”, waited for your answer for a long time. We have closed it.

    { $link }

    If something is still open, just write on the ticket again.
ticket_expired-button = View ticket
ticket_expired-why = You get this e-mail because you are on this ticket at { $portal }.

ticket_reopened-subject = Re: { $subject } (#{ $number })
ticket_reopened-body =
    Hello { $contact_name },

    your ticket #{ $number }, “{ $subject }”, was opened again.

    { $link }
ticket_reopened-button = View ticket
ticket_reopened-why = You get this e-mail because you are on this ticket at { $portal }.

footer-mute = No more e-mails about this ticket
footer-choices = Choose what you are told

agent_news-subject = { $subject } (#{ $number })
agent_news-body =
    Hello { $contact_name },

    { $text }

    { $link }
agent_news-button = Open in help desk
agent_news-why = You get this e-mail because you chose so in your notifications at { $portal }.

agent_digest-subject = News from the help desk
agent_digest-body =
    Hello { $contact_name },

    this happened while you were away:

    { $text }

    { $link }
agent_digest-button = Open notifications
agent_digest-why = You get this e-mail because you chose so in your notifications at { $portal }.

agent_news-line = { $what ->
    [assigned] { $by } gave you ticket #{ $number }, “{ $subject }”.
    [mentioned] { $by } mentioned you on ticket #{ $number }, “{ $subject }”.
    [replied] { $by } wrote on your ticket #{ $number }, “{ $subject }”.
   *[unassigned] Ticket #{ $number }, “{ $subject }”, came in and is nobody’s yet.
    [not_good] { $by } is not satisfied with the solution of ticket #{ $number }, “{ $subject }”.
    [due_soon] Ticket #{ $number }, “{ $subject }”, is due soon.
    [late] Ticket #{ $number }, “{ $subject }”, is late.
}

rate-question = Are you satisfied with the solution?
rate-word = { $rating ->
    [good] Good
   *[not_good] Not good
}
