# Die Kontoseite.
account-title = Konto
account-lead = Angemeldet als { $email }
profile-title = Ihre Angaben
profile-text = Ihren Namen sehen der Support und Kolleginnen und Kollegen in Ihren Tickets.
profile-name = Name
profile-language = Sprache
profile-zone = Zeitzone
profile-zone-hint = In dieser Zone zeigt das Portal Zeiten an.
profile-browser = Wie im Browser
profile-save = Angaben speichern
password-title = Passwort
password-text = Nach der Änderung bleiben Sie hier angemeldet und werden überall sonst abgemeldet.
password-current = Jetziges Passwort
password-new = Neues Passwort
password-rule = Mindestens { $min } Zeichen. Ein Satz ist leicht zu merken.
password-submit = Passwort ändern
sessions-title = Sitzungen
sessions-text = Hier sind Sie angemeldet. Beenden Sie, was Sie nicht kennen, und ändern Sie dann Ihr Passwort.
session-unknown = Unbekannter Browser
session-this = diese Sitzung
session-started = Angemeldet: { $time }
session-used = zuletzt genutzt: { $time }
session-end = Sitzung beenden
session-end-named = Sitzung beenden: { $browser }
sessions-end-others = Überall sonst abmelden
tokens-title = API-Tokens
tokens-text = Für Programme, die mit Ihren Tickets arbeiten. Ein Token sieht, was Sie sehen.
tokens-none = Noch keine Tokens.
token-scope = { $scope ->
    [write] Lesen und schreiben
   *[read] Nur lesen
}
token-expires = endet: { $time }
token-expired = abgelaufen: { $time }
token-used = zuletzt genutzt: { $time }
token-never-used = nie genutzt
token-revoke = Widerrufen
token-revoke-named = Token widerrufen: { $name }
token-new-title = Neues Token
token-name = Name
token-name-hint = Wofür es ist, zum Beispiel „Bestandsabgleich“.
token-may = Was es darf
token-days = Wie lange es gültig ist
token-days-choice = { $days ->
    [365] 1 Jahr
   *[other] { $days } Tage
}
token-create = Token erstellen
token-fresh-title = Ihr neues Token „{ $name }“
token-fresh-text = Kopieren Sie es jetzt. Es wird nur dieses eine Mal angezeigt.
token-copy = Token kopieren
token-copied = Token kopiert
mails-title = E-Mails
mails-text = Zu Tickets, an denen Sie beteiligt sind. E-Mails zu Ihrem Konto kommen immer.
mails-legend = Schreiben Sie mir, wenn
mails-answers = jemand an eines meiner Tickets schreibt
mails-changes = eines meiner Tickets auf mich wartet, geschlossen oder wieder geöffnet wurde
mails-openings = ein Ticket von mir eingegangen ist oder für mich eröffnet wurde
mails-save = Auswahl speichern
