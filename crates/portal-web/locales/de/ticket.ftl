# Ein Ticket.
ticket-opened-by-you = Von Ihnen eröffnet am { $day }
ticket-opened-by = Von { $name } eröffnet am { $day }
ticket-shared = Geteilt mit { $companies }
ticket-people-only = Nur für Beteiligte
ticket-private = Privat
ticket-conversation = Unterhaltung
ticket-files = Dateien
ticket-fold = { $n ->
    [one] 1 ältere Nachricht anzeigen
   *[other] { $n } ältere Nachrichten anzeigen
}
ticket-quoted = Zitierten Text anzeigen
ticket-withdrawn = Diese Nachricht wurde zurückgezogen.
ticket-cut = Die Nachricht war zu lang und ist hier gekürzt.
event-assigned = <b>{ $who }</b> kümmert sich um Ihr Ticket
event-status = <b>{ $who }</b> hat den Status auf <b>{ $status }</b> geändert
event-status-auto = Der Status wurde auf <b>{ $status }</b> geändert
event-closed = <b>{ $who }</b> hat das Ticket geschlossen
event-closed-auto = Das Ticket wurde geschlossen
event-closed-timer = Das Ticket wurde geschlossen, weil keine Antwort kam
event-reason = Grund: { $reason }
event-reopened = <b>{ $who }</b> hat das Ticket wieder geöffnet
event-reopened-auto = Das Ticket wurde wieder geöffnet
event-private = <b>{ $who }</b> hat das Ticket als privat markiert
event-private-auto = Das Ticket wurde als privat markiert
event-shared = <b>{ $who }</b> hat das Ticket mit dem Unternehmen geteilt
event-shared-auto = Das Ticket wurde mit dem Unternehmen geteilt
event-person = <b>{ $who }</b> hat <b>{ $person }</b> hinzugefügt
event-person-auto = <b>{ $person }</b> wurde hinzugefügt
event-people = <b>{ $who }</b> hat geändert, wer an diesem Ticket beteiligt ist
event-people-auto = Es wurde geändert, wer an diesem Ticket beteiligt ist
event-not-delivered = Eine Antwort konnte nicht zugestellt werden: { $channel ->
    [email] per E-Mail
    [form] über das Formular
    [chat] im Chat
    [messenger] über Messenger
   *[other] über ihren Kanal
}
event-split = Dieses Ticket wurde aus Nachrichten von { $link } gemacht
event-merged = Dieses Ticket geht weiter in { $link }
event-merged-hidden = Dieses Ticket wurde mit einem anderen zusammengeführt
event-you = Sie
event-support = Support
file-kind = { $kind ->
    [image] Bild
    [pdf] PDF
    [sheet] Tabelle
    [text] Text
    [archive] Archiv
   *[other] Datei
}
file-detail = { $kind }, { $size }
progress-title = Fortschritt
progress-state = { $state ->
    [done] Erledigt
    [current] Jetzt
   *[ahead] Noch offen
}
details-title = Details
detail-number = Nummer
detail-priority = Priorität
detail-category = Kategorie
detail-owner = Zuständig
detail-updated = Aktualisiert
people-title = Beteiligte
people-role = { $role ->
    [you] Sie
    [colleague] im Team
    [support] Support
   *[other] beteiligt
}
people-others = { $n ->
    [one] 1 weitere Person
   *[other] { $n } weitere Personen
}
who-companies = Alle bei { $companies } mit Portalzugang können dieses Ticket sehen.
who-private = Dieses Ticket ist privat. Nur die Beteiligten und der Support können es sehen.
who-people = Nur die Beteiligten und der Support können dieses Ticket sehen.
companies-and = { $first } und { $second }
companies-comma = { $first }, { $second }
why-requester = Sie sehen es, weil die Anfrage von Ihnen ist.
why-participant = Sie sehen es, weil Sie beteiligt sind.
why-company = Sie sehen es, weil es zu { $company } gehört.
waiting-who = { $who } wartet auf Ihre Antwort.
waiting-support = Wir warten auf Ihre Antwort.
waiting-closes = Ohne Antwort wird das Ticket am { $day } automatisch geschlossen. Sie können es jederzeit wieder öffnen.
reply-label = Antwort an { $portal }
reply-placeholder = Schreiben Sie Ihre Antwort …
reply-markdown = Möglich sind **fett**, `Code` und Listen mit -.
reply-send = Antwort senden
reply-send-close = Senden und schließen
reply-send-reopen = Senden und wieder öffnen
reply-jump = Antworten
closed-reopens = Dieses Ticket ist geschlossen. Ihre Antwort öffnet es wieder.
closed-follow-up = Dieses Ticket ist geschlossen und lässt sich nicht mehr öffnen. Wenn noch etwas fehlt, eröffnen Sie ein neues Ticket dazu.
closed-final = Dieses Ticket ist geschlossen und lässt sich nicht mehr öffnen.
closed-new = Neues Ticket dazu
read-only-colleague = Sie können dieses Ticket aus Ihrem Unternehmen lesen, aber nicht beantworten.
read-only-merged = Dieses Ticket wurde zusammengeführt und nimmt keine Antworten mehr an.
close-action = Ticket schließen
close-title = Dieses Ticket schließen?
close-text = Sie können es jederzeit mit einer weiteren Antwort wieder öffnen.
close-reason = Was hat geholfen?
close-keep = Offen lassen
reopen-action = Ticket wieder öffnen
reopen-title = Dieses Ticket wieder öffnen?
reopen-text = Wir sehen es uns noch einmal an. Eine Antwort sagt uns, was noch fehlt.
reopen-keep = Geschlossen lassen
private-action = Als privat markieren
private-title = Dieses Ticket als privat markieren?
private-text = Wer es nur über das Unternehmen sieht, sieht es dann nicht mehr. Nur der Support kann das rückgängig machen.
private-keep = So lassen
menu-more = Weitere Aktionen
menu-copy = Link kopieren
menu-print = Ticket drucken
copied = Link kopiert
live-message = Es gibt eine neue Nachricht.
draft-restored = Ihr Entwurf wurde wiederhergestellt.
draft-discard = Entwurf verwerfen
event-follow-up = Dieses Ticket schließt an { $link } an
companies-other = { $n ->
    [one] einer weiteren Firma
   *[other] { $n } weiteren Firmen
}
detail-yes = Ja
detail-no = Nein
mute-menu = E-Mails zu diesem Ticket
mute-title = E-Mails zu Ticket #{ $number }
mute-text = Über Antworten und Änderungen erfahren Sie per E-Mail. Wenn Sie das nicht mehr möchten, bleibt das Ticket hier, wie es ist.
mute-muted-text = Zurzeit erhalten Sie keine E-Mails zu diesem Ticket.
mute-action = Keine E-Mails mehr
mute-undo = Wieder E-Mails senden
mute-keep = So lassen
mute-done = Sie erhalten dazu keine E-Mails mehr
mute-done-text = Sonst hat sich an Ticket #{ $number } nichts geändert. Auf seiner Seite können Sie wieder E-Mails senden lassen.
promise-reply = Wir antworten in der Regel binnen { $time }.
promise-hours = Wir antworten in der Regel binnen { $time } unserer Servicezeiten: { $hours }.
rate-page = Sind Sie mit Ticket #{ $number } zufrieden?
rate-title = Sind Sie mit der Lösung zufrieden?
rate-text = Ihre Antwort geht nur an den Support.
rate-word = { $rating ->
    [good] Gut
   *[not_good] Nicht gut
}
rate-add = Kommentar hinzufügen
rate-comment = Was war gut, was hat gefehlt?
rate-send = Senden
rate-thanks = Vielen Dank für Ihre Antwort
rate-given = { $rating ->
    [good] Sie sind mit der Lösung zufrieden.
   *[not_good] Sie sind mit der Lösung nicht zufrieden. Der Support sieht sich das an.
}
rate-change = Antwort ändern
rate-done-text = Ticket #{ $number } bleibt geschlossen. Wenn Sie dazu noch etwas brauchen, schreiben Sie uns einfach.
