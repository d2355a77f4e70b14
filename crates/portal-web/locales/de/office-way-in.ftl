# How the staff gets in.
office-in-title = { $step ->
    [sign_in] Bei der Verwaltung anmelden
    [factor] Bestätigen Sie, dass Sie es sind
    [enrol] Authenticator-App verbinden
    [codes] Bewahren Sie Ihre Wiederherstellungscodes auf
    [set_up] Ihre Installation einrichten
    [join] Passwort wählen
    [renew] Andere Authenticator-App verbinden
   *[prove] Bestätigen Sie, dass Sie es sind
}
office-in-lead = { $step ->
    [sign_in] Für alle, die hier arbeiten. Kundinnen und Kunden melden sich an ihrem Portal an.
    [factor] Öffnen Sie Ihre Authenticator-App und geben Sie den angezeigten Code ein.
    [enrol] Scannen Sie das Bild mit einer App wie Aegis, 2FAS oder Google Authenticator und geben Sie dann den angezeigten Code ein.
    [codes] Jeder davon meldet Sie einmal an, wenn Sie Ihr Telefon verlieren. Sie werden nicht noch einmal angezeigt. Drucken Sie sie aus oder bewahren Sie sie in einem Passwortmanager auf.
    [set_up] Legen Sie die erste Administratorin oder den ersten Administrator an. Dieser Link funktioniert einmal.
    [join] Danach kommt der Code Ihrer Authenticator-App und Sie sind angemeldet.
    [renew] Scannen Sie das Bild mit der neuen App und geben Sie dann den angezeigten Code ein. Die alte App und ihre Wiederherstellungscodes gelten dann nicht mehr.
   *[prove] Was Sie vorhaben, braucht einen neuen Code Ihrer Authenticator-App. Er gilt 10 Minuten.
}
office-in-submit = { $step ->
    [sign_in] Weiter
    [factor] Anmelden
    [enrol] Verbinden und anmelden
    [codes] Ich habe sie aufbewahrt
    [set_up] Weiter mit: Authenticator-App verbinden
    [join] Weiter mit: Authenticator-App
    [renew] Diese App verbinden
   *[prove] Bestätigen
}
office-in-name = Ihr Name
office-in-password = Passwort erstellen
office-in-password-hint = Mindestens { $min } Zeichen. Mehrere Wörter lassen sich leicht merken.
office-in-again = Das Passwort noch einmal
office-in-typed = Keine Kamera? Geben Sie dies in die App ein:
office-in-code = Code
office-in-code-hint = { $step ->
    [enrol] Die sechs Ziffern, die die App anzeigt.
    [renew] Die sechs Ziffern, die die neue App anzeigt.
   *[other] Sechs Ziffern oder einer Ihrer Wiederherstellungscodes.
}
office-in-name-hint = Kundinnen und Kunden sehen ihn unter Ihren Antworten.
office-in-picture = QR-Code für die Authenticator-App
office-in-open = In einer App auf diesem Gerät öffnen
office-in-kept = Was Sie eingegeben haben, bleibt erhalten und wird danach gesendet.
office-in-forgot = Passwort vergessen oder Telefon verloren? Die Administration kann Ihnen einen Link senden.
office-in-wrong = Die E-Mail-Adresse oder das Passwort ist falsch.
office-in-code-wrong = Dieser Code ist falsch oder wurde schon benutzt. Warten Sie auf den nächsten.
office-in-slow = Zu viele Versuche. Versuchen Sie es in { $seconds } Sekunden noch einmal.
office-in-blocked = Zu viele Versuche. Bitten Sie eine Administratorin oder einen Administrator um einen neuen Link.
office-in-gone = Das hat zu lange gedauert. Beginnen Sie noch einmal mit Ihrem Passwort.
office-in-busy = Gerade melden sich zu viele Personen an. Versuchen Sie es noch einmal.
office-flash-signed-out = Sie sind abgemeldet.
office-flash-proved = Bestätigt. Wiederholen Sie jetzt, was Sie tun wollten.
