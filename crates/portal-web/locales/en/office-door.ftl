# Set-up and signing in of the staff.
office-door-title = { $step ->
    [set_up] Set up this installation
    [sign_in] Sign in as staff
    [code] Enter a code
    [enrol] Connect an authenticator app
    [codes] Keep your recovery codes
   *[prove] Confirm it is you
}
office-door-lead = { $step ->
    [set_up] Make the first administrator. You can invite others afterwards.
    [sign_in] For people who work here. Customers sign in on their portal.
    [code] Your authenticator app shows a new code every 30 seconds.
    [enrol] From now on you sign in with your password and a code of this app.
    [codes] Each of them replaces a code of the app once. They are not shown again.
   *[prove] What you want to do needs a fresh code. It counts for 10 minutes.
}
office-door-submit = { $step ->
    [set_up] Make administrator
    [sign_in] Next
    [enrol] Connect
   *[other] Confirm
}
office-door-name = Your name
office-door-password-hint = At least 15 characters; several words are easy to remember.
office-door-typed = Scan the picture with the app, or type this key:
office-door-open = Open in an app on this device
office-door-code = Code
office-door-code-hint = { $step ->
    [enrol] The six digits that the app shows.
   *[other] The six digits that the app shows, or one of your recovery codes.
}
office-door-go-on = I have kept them: go on
office-door-wrong = The e-mail address or the password is wrong.
office-door-code-wrong = This code is wrong, or was used before. Wait for the next one.
office-door-slow = Too many attempts. Wait a moment, then try again.
office-door-blocked = Too many wrong attempts. Ask an administrator for help.
office-flash-set-up = The administrator was made. Sign in now.
