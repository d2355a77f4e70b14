# Auf dem Weg hinein: Links und Codes aus Mails, Einladungen, Registrierungen, Adressen, Einwilligung.
sign-in-or = oder
sign-in-mail = Anmeldecode per E-Mail senden
sign-in-forgot = Passwort vergessen?
sign-in-no-account = Noch kein Konto?
sign-in-create = Konto anlegen
way-in-title = { $step ->
    [forgot] Passwort vergessen
    [forgot_sent] E-Mail unterwegs
    [code] E-Mail unterwegs
    [link] Anmelden
    [reset] Neues Passwort wählen
    [invitation] Konto anlegen
    [invitation_expired] Link abgelaufen
    [invitation_sent] E-Mail unterwegs
    [registered] Sie haben ein Konto
    [register] Konto anlegen
    [invited_only] So erhalten Sie Zugang
    [register_sent] E-Mail unterwegs
    [verify] Konto fertigstellen
    [waiting] Wartet auf Freigabe
    [address_confirm] Neue Adresse bestätigen
    [address_confirmed] Adresse geändert
    [address_revert] Alte Adresse behalten
    [address_reverted] Adresse zurückgesetzt
    [consent] Bevor Sie fortfahren
   *[gone] Dieser Link funktioniert nicht mehr
}
way-in-heading = { $step ->
    [forgot] Passwort vergessen?
    [forgot_sent] Sehen Sie in Ihr Postfach
    [code] Sehen Sie in Ihr Postfach
    [link] Bei { $portal } anmelden
    [reset] Neues Passwort wählen
    [invitation] Willkommen bei { $portal }
    [invitation_expired] Dieser Link ist abgelaufen
    [invitation_sent] Sehen Sie in Ihr Postfach
    [registered] Sie haben bereits ein Konto
    [register] Konto anlegen
    [invited_only] So erhalten Sie Zugang
    [register_sent] Sehen Sie in Ihr Postfach
    [verify] Konto fertigstellen
    [waiting] Wartet auf Freigabe
    [address_confirm] Neue Adresse bestätigen
    [address_confirmed] Ihre Adresse wurde geändert
    [address_revert] Alte Adresse behalten
    [address_reverted] Ihre alte Adresse gilt wieder
    [consent] Bevor Sie fortfahren
   *[gone] Dieser Link funktioniert nicht mehr
}
way-in-lead = { $step ->
    [forgot] Wir senden Ihnen einen Link, mit dem Sie ein neues wählen.
    [forgot_sent] Wenn es zu dieser Adresse ein Konto gibt, ist ein Link unterwegs, mit dem Sie ein neues Passwort wählen. Er gilt 30 Minuten.
    [code] Wenn es zu dieser Adresse ein Konto gibt, sind ein Code und ein Link unterwegs. Beide gelten 10 Minuten.
    [link] als { $email }
    [reset] für { $email }. Sie werden überall abgemeldet.
    [invitation] Wählen Sie ein Passwort, und Sie sind drin.
    [invitation_expired] Wir können einen neuen an { $email } senden.
    [invitation_sent] Eine neue Einladung ist an Ihre Adresse unterwegs. Sie gilt 7 Tage.
    [registered] Melden Sie sich mit der Adresse an, an die die E-Mail ging.
    [register] Wir senden zuerst eine E-Mail an Ihre Adresse. Danach wählen Sie ein Passwort.
    [invited_only] Konten für dieses Kundenportal entstehen durch Einladung. Wenn Ihr Unternehmen Kunde ist, bitten Sie den Support um eine Einladung.
    [register_sent] An die angegebene Adresse ist eine E-Mail unterwegs. Ihr Link gilt 24 Stunden.
    [verify] Ihre Adresse ist bestätigt.
    [waiting] Ihre Adresse ist bestätigt. Der Support sieht sich Ihre Registrierung an und schreibt Ihnen.
    [address_confirm] Danach melden Sie sich mit { $new } statt mit { $email } an.
    [address_confirmed] Melden Sie sich ab jetzt mit der neuen Adresse an. Überall sonst wurden Sie abgemeldet.
    [address_revert] Jemand hat Ihre Anmeldeadresse von { $email } in { $new } geändert. Wenn Sie das nicht waren, machen Sie es rückgängig. Sie werden überall abgemeldet, und das Passwort gilt nicht mehr.
    [address_reverted] Alle Anmeldungen sind beendet, und das alte Passwort gilt nicht mehr. Wählen Sie jetzt ein neues.
    [consent] { $portal } braucht Ihre Zustimmung.
   *[gone] Er wurde benutzt, ein neuerer wurde gesendet, oder er ist zu alt. Melden Sie sich an, oder fordern Sie einen neuen an.
}
way-in-action = { $step ->
    [forgot] Link senden
    [code] Anmelden
    [link] Anmelden
    [reset] Neues Passwort speichern
    [invitation] Konto anlegen
    [invitation_expired] Neue Einladung senden
    [register] Konto anlegen
    [verify] Fertigstellen
    [address_confirm] Adresse bestätigen
    [address_revert] Rückgängig machen
   *[consent] Weiter
}
way-in-name = Ihr Name
way-in-fixed = Diese Adresse haben wir eingeladen oder bestätigt. Sie melden sich damit an.
way-in-code = Sechsstelliger Code
way-in-code-hint = Aus der E-Mail. Nach fünf falschen Versuchen brauchen Sie einen neuen.
way-in-create-password = Passwort anlegen
way-in-consent = Einwilligung
way-in-consent-tick = Ich stimme zu.
way-in-asked = Die E-Mail wurde { $time } angefordert.
way-in-asked-device = Die E-Mail wurde { $time } mit { $device } angefordert.
way-in-other-browser = Die E-Mail wurde mit einem anderen Browser angefordert. Wenn Sie das waren, geben Sie den Code aus derselben E-Mail ein.
way-in-back = Zurück zur Anmeldung
way-in-other = Passwort benutzen oder neuen Code senden
way-in-not-you = Das sind nicht Sie?
way-in-have-account = Ich habe ein Konto
way-in-sign-out = Abmelden
way-in-choose-password = Neues Passwort wählen
problem-code-wrong = Dieser Code ist falsch oder abgelaufen. Fordern Sie einen neuen an, wenn er nicht funktioniert.
problem-consent = Setzen Sie das Häkchen, um fortzufahren.
problem-address-same = Das ist bereits Ihre Adresse.
address-title = Anmeldeadresse
address-text = Eine neue Adresse bestätigen Sie über eine E-Mail an sie. Bis dahin melden Sie sich mit der bisherigen an; auch sie wird benachrichtigt.
address-new = Neue Adresse
address-password = Aktuelles Passwort
address-submit = Adresse ändern
address-waiting = Wartet auf die Bestätigung von { $email }.
address-give-up = Aufgeben
