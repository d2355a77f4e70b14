# Einrichtung und Anmeldung des Personals.
office-door-title = { $step ->
    [set_up] Diese Installation einrichten
    [sign_in] Als Mitarbeiter anmelden
    [code] Code eingeben
    [enrol] Authenticator-App verbinden
    [codes] Wiederherstellungscodes aufbewahren
   *[prove] Bestätigen Sie, dass Sie es sind
}
office-door-lead = { $step ->
    [set_up] Legen Sie den ersten Administrator an. Weitere Personen können Sie danach einladen.
    [sign_in] Für alle, die hier arbeiten. Kunden melden sich in ihrem Portal an.
    [code] Ihre Authenticator-App zeigt alle 30 Sekunden einen neuen Code.
    [enrol] Ab jetzt melden Sie sich mit Ihrem Passwort und einem Code dieser App an.
    [codes] Jeder ersetzt einmal einen Code der App. Sie werden nicht noch einmal angezeigt.
   *[prove] Was Sie vorhaben, braucht einen neuen Code. Er gilt 10 Minuten lang.
}
office-door-submit = { $step ->
    [set_up] Administrator anlegen
    [sign_in] Weiter
    [enrol] Verbinden
   *[other] Bestätigen
}
office-door-name = Ihr Name
office-door-password-hint = Mindestens 15 Zeichen; mehrere Wörter merkt man sich leicht.
office-door-typed = Scannen Sie das Bild mit der App, oder tippen Sie diesen Schlüssel ein:
office-door-open = In einer App auf diesem Gerät öffnen
office-door-code = Code
office-door-code-hint = { $step ->
    [enrol] Die sechs Ziffern, die die App anzeigt.
   *[other] Die sechs Ziffern, die die App anzeigt, oder einer Ihrer Wiederherstellungscodes.
}
office-door-go-on = Ich habe sie aufbewahrt: weiter
office-door-wrong = Die E-Mail-Adresse oder das Passwort ist falsch.
office-door-code-wrong = Dieser Code ist falsch oder wurde schon verwendet. Warten Sie auf den nächsten.
office-door-slow = Zu viele Versuche. Warten Sie einen Moment und versuchen Sie es dann noch einmal.
office-door-blocked = Zu viele falsche Versuche. Bitten Sie einen Administrator um Hilfe.
office-flash-set-up = Der Administrator wurde angelegt. Melden Sie sich jetzt an.
