# How the staff gets in.
office-in-title = { $step ->
    [sign_in] Sign in to the administration
    [factor] Confirm that it is you
    [enrol] Connect an authenticator app
    [codes] Keep your recovery codes
    [set_up] Set up your installation
    [join] Choose a password
    [renew] Connect another authenticator app
   *[prove] Confirm that it is you
}
office-in-lead = { $step ->
    [sign_in] For those who work here. Customers sign in at their portal.
    [factor] Open your authenticator app and enter the code that it shows.
    [enrol] Scan the picture with an app such as Aegis, 2FAS or Google Authenticator, then enter the code that it shows.
    [codes] Each of them signs you in once if you lose your phone. They are not shown again. Print them, or keep them in a password manager.
    [set_up] Make the first administrator. This link works once.
    [join] Then comes the code of your authenticator app, and you are in.
    [renew] Scan the picture with the new app, then enter the code that it shows. The old app and its recovery codes end then.
   *[prove] What you are about to do needs a fresh code of your authenticator app. It counts for 10 minutes.
}
office-in-submit = { $step ->
    [sign_in] Continue
    [factor] Sign in
    [enrol] Connect and sign in
    [codes] I have kept them
    [set_up] Next: Connect an authenticator app
    [join] Next: Authenticator app
    [renew] Connect this app
   *[prove] Confirm
}
office-in-name = Your name
office-in-password = Create a password
office-in-password-hint = At least { $min } characters. Several words are easy to remember.
office-in-again = The password again
office-in-typed = No camera? Type this into the app:
office-in-code = Code
office-in-code-hint = { $step ->
    [enrol] The six digits that the app shows.
    [renew] The six digits that the new app shows.
   *[other] Six digits, or one of your recovery codes.
}
office-in-name-hint = Customers see it under your answers.
office-in-picture = QR code for the authenticator app
office-in-open = Open in an app on this device
office-in-kept = What you typed is kept and sent then.
office-in-forgot = Forgotten your password, or lost your phone? An administrator can send you a link.
office-in-wrong = The e-mail address or the password is wrong.
office-in-code-wrong = This code is wrong, or was used already. Wait for the next one.
office-in-slow = Too many attempts. Try again in { $seconds } seconds.
office-in-blocked = Too many attempts. Ask an administrator for a new link.
office-in-gone = This took too long. Begin again with your password.
office-in-busy = Too many people sign in at this moment. Try again.
office-flash-signed-out = You are signed out.
office-flash-proved = Confirmed. Do what you wanted to do again.
