# Der Postausgang.
office-mail-lead = Alles, was per E-Mail hinausgeht. Was der Mailserver nicht annimmt, wird einen Tag lang erneut versucht.
office-mail-states = Zustand
office-mail-state = { $state ->
    [waiting] Wartet
    [dead] Aufgegeben
    [sent] Gesendet
    [dropped] Nicht mehr nötig
   *[discarded] Verworfen
}
office-mail-none = { $state ->
    [waiting] Nichts wartet darauf, gesendet zu werden.
    [dead] Nichts wurde aufgegeben.
    [sent] In den letzten 30 Tagen wurde nichts gesendet.
    [dropped] Alles, was in den letzten 30 Tagen gewünscht war, wurde gebraucht.
   *[discarded] In den letzten 30 Tagen wurde nichts verworfen.
}
office-mail-kind = { $kind ->
    [invitation] Registrierungsmail
    [already_registered] Hinweis auf Zugang
    [verify_address] Bestätigung einer Adresse
    [sign_in] Link und Code zur Anmeldung
    [reset_password] Neues Passwort
    [confirm_address] Bestätigung einer neuen Adresse
    [address_changing] Hinweis: Adresse soll geändert werden
    [address_changed] Hinweis: Adresse geändert
    [password_changed] Hinweis: Passwort geändert
    [registration_approved] Registrierung freigegeben
    [registration_pending] Registrierung wartet auf Freigabe
    [ticket_answered] Antwort auf ein Ticket
    [ticket_news] Neuigkeit zu einem Ticket
    [by_channel] Antwort über einen Kanal
    [agent_news] Neuigkeiten für das Team
    [staff_invitation] Einladung ins Team
    [staff_reset] Neues Passwort im Team
    [staff_notice] Hinweis ans Team
   *[test] Test-E-Mail
}
office-mail-created = Gewünscht { $time }
office-mail-due = nächster Versuch { $time }
office-mail-settled = { $state ->
    [sent] gesendet { $time }
    [dead] aufgegeben { $time }
    [dropped] entfallen { $time }
   *[discarded] verworfen { $time }
}
office-mail-attempts = { $n ->
    [one] { $n } Versuch
   *[other] { $n } Versuche
}
office-mail-again = Erneut senden
office-mail-discard = Verwerfen
office-mail-test-title = Test-E-Mail
office-mail-test-text = Sendet eine E-Mail auf demselben Weg wie alle anderen. Sie erscheint oben und sagt dort, was schiefging.
office-mail-test-to = An
office-mail-test-send = Test-E-Mail senden
office-flash-mail-again = Die E-Mail wird jetzt erneut gesendet.
office-flash-mail-discarded = Die E-Mail wurde verworfen.
office-flash-mail-test = Die Test-E-Mail ist unterwegs.
office-mail-problem-brace = Eine geschweifte Klammer steht allein. Verwenden Sie die Platzhalter genau so, wie sie aufgeführt sind.
office-mail-problem-unknown = Den Platzhalter { $name } gibt es nicht. Verwenden Sie einen aus der Liste.
office-mail-problem-not-here = { $name } kann hier nicht stehen.
office-mail-problem-missing = { $name } fehlt: Ohne ihn kommt niemand weiter.
office-mail-problem-address = Die einzige Adresse in dieser E-Mail ist { $name }. Nehmen Sie andere Adressen von Seiten heraus.

# Aufgefangene E-Mails (/dev/mail).
dev-mail-title = Aufgefangene E-Mails
dev-mail-lead = Von diesem Server geht keine E-Mail ab: Was verschickt worden wäre, liegt in einem Ordner und ist hier zu sehen, nur auf diesem Rechner.
dev-mail-search = Adresse oder Name
dev-mail-find = Suchen
dev-mail-none = Es wurde nichts aufgefangen.
dev-mail-from = Von
dev-mail-to = An
dev-mail-links = Links in dieser E-Mail
dev-mail-parts = Teil
dev-mail-part = { $part ->
    [html] HTML
    [text] Text
   *[headers] Kopfzeilen
}
