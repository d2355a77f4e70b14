# On the way in: mailed links and codes, invitations, registrations, addresses, consent.
sign-in-or = or
sign-in-mail = E-mail me a sign-in code
sign-in-forgot = Forgot password?
sign-in-no-account = No account yet?
sign-in-create = Create an account
way-in-title = { $step ->
    [forgot] Forgot password
    [forgot_sent] Check your mail
    [code] Check your mail
    [link] Sign in
    [reset] Choose a new password
    [invitation] Create your account
    [invitation_expired] Link expired
    [invitation_sent] Check your mail
    [registered] You have an account
    [register] Create an account
    [invited_only] How to get access
    [register_sent] Check your mail
    [verify] Finish your account
    [waiting] Waiting for approval
    [address_confirm] Confirm your new address
    [address_confirmed] Address changed
    [address_revert] Keep your old address
    [address_reverted] Address changed back
    [consent] Before you continue
   *[gone] This link does not work any more
}
way-in-heading = { $step ->
    [forgot] Forgot your password?
    [forgot_sent] Check your mail
    [code] Check your mail
    [link] Sign in to { $portal }
    [reset] Choose a new password
    [invitation] Welcome to { $portal }
    [invitation_expired] This link has expired
    [invitation_sent] Check your mail
    [registered] You already have an account
    [register] Create an account
    [invited_only] How to get access
    [register_sent] Check your mail
    [verify] Finish your account
    [waiting] Waiting for approval
    [address_confirm] Confirm your new address
    [address_confirmed] Your address was changed
    [address_revert] Keep your old address
    [address_reverted] Your old address counts again
    [consent] Before you continue
   *[gone] This link does not work any more
}
way-in-lead = { $step ->
    [forgot] We send you a link to choose a new one.
    [forgot_sent] If there is an account for this address, a link to choose a new password is on its way. It works for 30 minutes.
    [code] If there is an account for this address, a code and a link are on their way. Both work for 10 minutes.
    [link] as { $email }
    [reset] for { $email }. You are signed out everywhere.
    [invitation] Choose a password, and you are in.
    [invitation_expired] We can send a new one to { $email }.
    [invitation_sent] A new invitation is on its way to your address. It works for 7 days.
    [registered] Sign in with the address that the mail went to.
    [register] We send a mail to your address first. Then you choose a password.
    [invited_only] Accounts for this portal are made by invitation. If your company is a customer, ask the support team to invite you.
    [register_sent] A mail is on its way to the address you gave. Its link works for 24 hours.
    [verify] Your address is confirmed.
    [waiting] Your address is confirmed. The support team looks at your registration and writes to you.
    [address_confirm] From then on you sign in with { $new } in place of { $email }.
    [address_confirmed] Sign in with your new address from now on. You were signed out everywhere else.
    [address_revert] Somebody changed your sign-in address from { $email } to { $new }. If that was not you, change it back. You are signed out everywhere, and the password does not work any more.
    [address_reverted] Everybody was signed out, and the old password does not work any more. Choose a new one now.
    [consent] { $portal } needs your agreement.
   *[gone] It was used, a newer one was sent, or it is too old. Sign in, or ask for a new one.
}
way-in-action = { $step ->
    [forgot] Send the link
    [code] Sign in
    [link] Sign in
    [reset] Save the new password
    [invitation] Create your account
    [invitation_expired] Send a new invitation
    [register] Create an account
    [verify] Finish
    [address_confirm] Confirm the address
    [address_revert] Change it back
   *[consent] Continue
}
way-in-name = Your name
way-in-fixed = This is the address we invited or confirmed. You sign in with it.
way-in-code = Six-digit code
way-in-code-hint = From the mail. After five wrong attempts you need a new one.
way-in-create-password = Create a password
way-in-consent = Agreement
way-in-consent-tick = I agree.
way-in-asked = The mail was asked for { $time }.
way-in-asked-device = The mail was asked for { $time } with { $device }.
way-in-other-browser = This is not the browser the mail was asked for with. Type the code from the same mail, if it was you who asked.
way-in-back = Back to sign-in
way-in-other = Use your password, or send another code
way-in-not-you = Not you?
way-in-have-account = I have an account
way-in-sign-out = Sign out
way-in-choose-password = Choose a new password
problem-code-wrong = This code is wrong or has expired. Ask for a new one if it does not work.
problem-consent = Tick the box to continue.
problem-address-same = This is your address already.
address-title = Sign-in address
address-text = You confirm a new address by a mail to it. Until then you sign in with the present one, which is told, too.
address-new = New address
address-password = Present password
address-submit = Change address
address-waiting = Waiting for { $email } to be confirmed.
address-give-up = Give up
