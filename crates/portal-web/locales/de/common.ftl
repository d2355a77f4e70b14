# Der Rahmen jeder Seite und überall gebrauchte Wörter.
skip = Zum Inhalt springen
title-page = { $page } – { $portal }
title-problem = Fehler: { $title }
nav-main = Hauptnavigation
nav-tickets = Tickets
search-label = Tickets durchsuchen
search-open = Suche
account-menu = Kontomenü von { $name }
account-link = Konto
appearance = Darstellung
appearance-choice = { $theme ->
    [light] Hell
    [dark] Dunkel
   *[system] System
}
language = Sprache
sign-out = Abmelden
new-ticket = Neues Ticket
footer-label = Über dieses Portal
cancel = Abbrechen
optional = (optional)
back-tickets = Tickets
back-ticket = Zurück zum Ticket
stage = { $stage ->
    [received] Eingegangen
    [in_progress] In Bearbeitung
    [waiting] Wartet auf Sie
   *[closed] Geschlossen
}
source = { $source ->
    [portal] Portal
    [email] E-Mail
    [form] Formular
    [chat] Chat
    [messenger] Messenger
   *[other] Sonstiges
}
priority = { $priority ->
    [low] Niedrig
    [normal] Normal
    [high] Hoch
   *[urgent] Dringend
}
person-you = { $name } (Sie)
person-other = Eine weitere Person
person-support = Support
ticket-number = #{ $number }
files-count = { $n ->
    [one] 1 Datei
   *[other] { $n } Dateien
}
unread = Neu
private = Privat
problems-title = { $n ->
    [one] Es gibt ein Problem
   *[other] Es gibt { $n } Probleme
}
flash = { $flash ->
    [opened] Vielen Dank, Ihre Anfrage ist bei uns. Wir antworten hier, und Sie können jederzeit etwas ergänzen.
    [replied] Ihre Antwort ist gesendet.
    [replied_and_closed] Ihre Antwort ist gesendet und das Ticket geschlossen.
    [replied_and_reopened] Ihre Antwort ist gesendet und das Ticket wieder offen.
    [closed] Das Ticket ist geschlossen. Mit einer Antwort öffnen Sie es wieder.
    [reopened] Das Ticket ist wieder offen.
    [made_private] Das Ticket ist jetzt privat. Nur die Beteiligten und der Support können es sehen.
    [profile_saved] Ihre Angaben sind gespeichert.
    [password_changed] Ihr Passwort ist geändert. Überall sonst wurden Sie abgemeldet.
    [session_ended] Diese Sitzung ist beendet.
    [other_sessions_ended] Sie sind überall sonst abgemeldet.
    [password_reset] Ihr neues Passwort ist gespeichert. Melden Sie sich jetzt damit an.
    [address_asked] Sehen Sie in das Postfach Ihrer neuen Adresse: Sie gilt, sobald Sie sie dort bestätigen.
    [address_kept] Ihre Adresse bleibt, wie sie ist.
    [token_revoked] Das Token ist nicht mehr gültig.
    [mails_chosen] Ihre Auswahl der E-Mails ist gespeichert.
    [muted] Sie erhalten keine E-Mails mehr zu diesem Ticket.
    [unmuted] Sie erhalten wieder E-Mails zu diesem Ticket.
    [rated] Vielen Dank, Ihre Antwort ist bei uns.
   *[signed_out] Sie sind abgemeldet.
}
live-show = Anzeigen
sending = Wird gesendet …
portals-title = Wohin möchten Sie?
