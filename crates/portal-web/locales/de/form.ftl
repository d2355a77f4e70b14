# Formulare: anmelden, neues Ticket, Dateien, und was daran falsch sein kann.
sign-in-title = Bei { $portal } anmelden
sign-in-page = Anmelden
sign-in-lead = Nutzen Sie die E-Mail-Adresse, die wir von Ihnen haben.
sign-in-email = E-Mail-Adresse
sign-in-password = Passwort
sign-in-submit = Anmelden
password-show = Anzeigen
password-hide = Verbergen
new-title = Neues Ticket
new-lead = Beschreiben Sie Ihr Anliegen. Wir antworten hier im Portal.
new-about = Dieses Ticket schließt an <a href="{ $href }">{ $ticket }</a> an.
new-subject = Worum geht es?
new-subject-hint = Ein kurzer Satz genügt.
new-category = Kategorie
new-category-none = Kategorie wählen
new-priority = Wie dringend ist es?
new-priority-hint = { $priority ->
    [low] Es kann warten.
    [normal] Wir können weiterarbeiten.
    [high] Ein wichtiger Ablauf ist gestört.
   *[urgent] Ein wichtiger Ablauf steht still.
}
new-description = Beschreibung
new-description-hint = Was ist passiert, was hätten Sie erwartet, seit wann?
new-audience = Wer darf dieses Ticket sehen?
new-audience-company = Alle bei { $company }
new-audience-company-hint = Kolleginnen und Kollegen mit Portalzugang sehen das Ticket.
new-audience-private = Nur ich und der Support
new-audience-private-hint = Sonst sieht es niemand in Ihrem Unternehmen.
new-audience-only-you = Sie und der Support können dieses Ticket sehen.
new-choose = Bitte wählen …
new-when = Nur wenn bei „{ $field }“ gewählt ist: { $answers }
new-when-ticked = Hängt ab von „{ $field }“
new-field = { $field ->
    [category] Art der Anfrage
   *[priority] Dringlichkeit
}
new-submit = Ticket senden
files-label = Dateien
files-drop = Dateien hierher ziehen oder
files-choose = Dateien wählen
files-limit = { $count ->
    [one] 1 Datei, bis { $size }
   *[other] Bis zu { $count } Dateien, zusammen { $size }
}
files-staged = Bereits hochgeladen
files-remove = { $name } entfernen
files-uploading = Wird hochgeladen: { $percent } %
problem-email-missing = Geben Sie Ihre E-Mail-Adresse ein, zum Beispiel name@example.com.
problem-password-missing = Geben Sie Ihr Passwort ein.
problem-sign-in-wrong = E-Mail-Adresse und Passwort passen nicht zusammen.
problem-sign-in-slow = Zu viele Versuche. Versuchen Sie es in { $wait } noch einmal.
problem-subject-missing = Sagen Sie in wenigen Worten, worum es geht.
problem-subject-long = Kürzen Sie den Betreff auf { $max } Zeichen.
problem-description-missing = Beschreiben Sie, was passiert ist.
problem-text-long = Der Text ist zu lang. Hängen Sie den Rest als Datei an.
problem-category = Wählen Sie eine Kategorie aus der Liste.
problem-priority = Wählen Sie, wie dringend es ist.
problem-asked-missing = Füllen Sie dieses Feld aus oder treffen Sie eine Auswahl.
problem-asked-number = Geben Sie eine Zahl wie 12 oder 12,5 ein.
problem-asked-date = Geben Sie einen Tag ein, den es gibt.
problem-asked-choice = Wählen Sie eine der angebotenen Möglichkeiten.
problem-audience = Wählen Sie, wer das Ticket sehen darf.
problem-body-missing = Schreiben Sie Ihre Antwort, bevor Sie sie senden.
problem-reason-long = Kürzen Sie den Grund auf { $max } Zeichen.
problem-files-many = Hängen Sie höchstens { $max } Dateien an.
problem-files-large = Die Dateien sind zusammen größer als { $limit }. Lassen Sie welche weg oder verkleinern Sie sie.
problem-file-empty = Die Datei „{ $name }“ ist leer.
problem-file-failed = Die Datei „{ $name }“ konnte nicht gespeichert werden. Hängen Sie sie noch einmal an.
problem-name-missing = Geben Sie Ihren Namen ein.
problem-name-long = Kürzen Sie den Namen auf { $max } Zeichen.
problem-language = Wählen Sie eine Sprache aus der Liste.
problem-zone = Wählen Sie eine Zeitzone aus der Liste.
problem-current-wrong = Das ist nicht Ihr jetziges Passwort.
problem-password-short = Nehmen Sie mindestens { $min } Zeichen. Ein Satz ist leicht zu merken.
problem-password-long = Nehmen Sie höchstens { $max } Zeichen.
problem-password-common = Dieses Passwort steht auf Listen bekannter Passwörter. Wählen Sie ein anderes.
problem-token-name-missing = Geben Sie dem Token einen Namen, damit Sie es später erkennen.
problem-tokens-many = Sie haben { $max } Tokens, mehr geht nicht. Widerrufen Sie zuerst eines.
problem-token-days = Wählen Sie, wie lange das Token gültig ist.
problem-sign-in-blocked = Es gab zu viele falsche Versuche. Wählen Sie ein neues Passwort: siehe „Passwort vergessen?“.
problem-unprintable = Schreiben Sie dies in eine Zeile, ohne besondere Steuerzeichen.
problem-sent-already = Dieses Formular wurde schon mit einem anderen Text gesendet. Sehen Sie nach, ob etwas fehlt, und senden Sie dann erneut.
problem-file-gone = Eine Datei ist nicht mehr da. Hängen Sie sie erneut an.
problem-comment-long = Kürzen Sie den Kommentar auf { $max } Zeichen.
problem-rating = Wählen Sie eine der beiden Antworten.
