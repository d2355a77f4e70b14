# Fehlerseiten: was geschah, was es heißt, was zu tun ist.
error-title = { $kind ->
    [bad_request] Diese Anfrage war nicht lesbar
    [not_found] Diese Seite ist nicht zu finden
    [forbidden] Das ist hier nicht möglich
    [cross_site] Dieses Formular kam von einer anderen Website
    [no_entry] Ihr Konto hat keinen Zugang zu diesem Portal
    [method_not_allowed] So lässt sich diese Seite nicht aufrufen
    [conflict] Jemand war schneller
    [gone] Dieser Link ist abgelaufen
    [too_large] Das war zu groß
    [misdirected] Unter dieser Adresse gibt es kein Portal
    [too_many] Einen Moment
    [unavailable] Der Dienst ist gerade nicht verfügbar
   *[internal] Es gibt leider ein Problem mit dem Dienst
}
error-text = { $kind ->
    [bad_request] Gehen Sie zurück und versuchen Sie es noch einmal.
    [not_found] Diese Seite oder dieses Ticket gibt es nicht, oder Sie haben keinen Zugriff darauf.
    [forbidden] Sie dürfen dieses Ticket sehen, aber nicht auf diese Weise ändern.
    [cross_site] Zu Ihrer Sicherheit nehmen wir Formulare nur von den eigenen Seiten des Portals an. Öffnen Sie die Seite neu und wiederholen Sie Ihre Eingabe.
    [no_entry] Sie sind angemeldet, aber dieses Portal ist für Sie nicht freigegeben. Bitten Sie das Support-Team um Zugang.
    [method_not_allowed] Gehen Sie zurück und versuchen Sie es noch einmal.
    [conflict] Das Ticket wurde geändert, während Sie schrieben. Sehen Sie sich den jetzigen Stand an und entscheiden Sie dann.
    [gone] Solche Links gelten nur für begrenzte Zeit.
    [misdirected] Prüfen Sie die Adresse in der Adresszeile.
    [unavailable] Wir arbeiten daran. Versuchen Sie es in einigen Minuten noch einmal.
   *[internal] Versuchen Sie es später noch einmal. Was Sie gesendet haben, wurde nicht gespeichert.
}
error-too-large = Alles zusammen darf höchstens { $limit } groß sein. Lassen Sie Dateien weg oder verkleinern Sie sie.
error-too-many = Es gab viele Anfragen in kurzer Zeit. Versuchen Sie es in { $wait } noch einmal.
error-id = Wenn Sie dem Support schreiben, nennen Sie diese Nummer:
error-your-text = Ihr Text
error-signed-in = Angemeldet als { $email }
error-switch = Konto wechseln
error-back = Zurück zu den Tickets
error-sign-in = Anmelden
error-look = Ticket ansehen
