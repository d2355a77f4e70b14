# Der Helpdesk.
desk-lists = Ticketlisten
desk-view = { $view ->
    [mine] Meine offenen
    [unassigned] Nicht zugewiesen
    [open] Alle offenen
    [waiting] Wartend
    [snoozed] Zurückgestellt
    [closed] Geschlossen
    [spam] Spam
   *[deleted] Gelöscht
}
desk-properties-more = { $n ->
    [one] 1 weitere Eigenschaft
   *[other] { $n } weitere Eigenschaften
}
desk-inboxes = Postfächer
desk-workspace = Arbeitsbereich
desk-sort = { $order ->
    [oldest] Älteste zuerst
   *[newest] Neueste zuerst
}
desk-col-ticket = Ticket
desk-col-who = Anfrage von
desk-col-status = Status
desk-col-owner = Zuständig
desk-col-time = Aktualisiert
desk-nobody = Niemand
desk-owner-is = Zugewiesen an { $name }
desk-empty = Alles erledigt.
desk-empty-text = Hier wartet nichts.
desk-empty-unassigned = { $n ->
    [one] 1 Ticket ist nicht zugewiesen
   *[other] { $count } Tickets sind nicht zugewiesen
}
desk-private = Privat
desk-unverified = Absender nicht bestätigt
desk-files = { $n ->
    [one] 1 Datei
   *[other] { $n } Dateien
}
desk-system = System
desk-note = Interne Notiz
desk-via = über { $source ->
    [portal] das Portal
    [email] E-Mail
    [form] ein Formular
    [chat] den Chat
   *[messenger] Messenger
}
desk-standing = { $standing ->
    [unverified] Absender nicht bestätigt
    [spam] Spam
    [deleted] Gelöscht
   *[merged] Zusammengeführt
}
desk-previous = Vorheriges Ticket
desk-next = Nächstes Ticket
desk-close = Schließen
desk-reopen = Wieder öffnen
desk-kind = Was Sie schreiben
desk-answer = Antwort
desk-text = Ihr Text
desk-to = { $n ->
    [0] An { $name }
    [one] An { $name } und 1 weitere Person
   *[other] An { $name } und { $n } weitere Personen
}
desk-to-nobody = Noch ist niemand an diesem Ticket beteiligt
desk-note-hint = Das sieht nur Ihr Team
desk-add-note = Notiz hinzufügen
desk-send-work = Senden, weiterarbeiten
desk-send-then = { $then ->
    [wait] Senden und warten
    [close] Senden und schließen
   *[work] Senden
}
desk-answer-where = Zu welchem Ticket die Antwort gehört
desk-answer-on = { $n ->
    [one] Zu #{ $number }: { $subject } (1 Person)
   *[other] Zu #{ $number }: { $subject } ({ $n } Personen)
}
desk-pending-own = { $n ->
    [0] Ihre Antwort geht jetzt hinaus
    [one] Ihre Antwort geht in 1 Sekunde hinaus
   *[other] Ihre Antwort geht in { $n } Sekunden hinaus
}
desk-pending = Eine Antwort von { $name } geht gleich hinaus
desk-undo = Rückgängig
desk-context = Zu diesem Ticket
desk-ticket = Ticket
desk-save = Speichern
desk-take = Mir zuweisen
desk-inbox = Postfach
desk-portal = Portal
desk-opened = Eröffnet
desk-requester = anfragend
desk-reads-not = sieht es nicht
desk-who-sees = Wer kann das sehen?
desk-others = Weitere Tickets
desk-event-status = { $who } hat den Status auf { $status } geändert
desk-event-assigned = { $who } hat das Ticket { $name } zugewiesen
desk-event-taken = { $who } hat das Ticket übernommen
desk-event-closed = { $who } hat das Ticket geschlossen
desk-event-reopened = { $who } hat das Ticket wieder geöffnet
desk-event-private = { $who } hat das Ticket privat gemacht
desk-event-shared = { $who } hat das Ticket mit dem Unternehmen geteilt
desk-event-follow-up = Folgeticket von { $link }
desk-event-people = { $who } hat die Beteiligten geändert
desk-event-merged = { $who } hat das Ticket mit { $link } zusammengeführt
desk-event-split = { $who } hat dieses Ticket aus Nachrichten von { $link } gemacht
desk-event-not-delivered = Die Antwort konnte nicht zugestellt werden: { $channel ->
    [email] per E-Mail
    [form] über das Formular
    [chat] im Chat
    [messenger] über Messenger
   *[other] über ihren Kanal
}. Ein bekannter Kontakt erhält sie stattdessen per E-Mail.
desk-part-of = Dieses Ticket gehört zu { $link }. Seine Nachrichten stehen auch dort; Antworten darauf bleiben bei den hier Beteiligten.
desk-unmerge = Wieder trennen
desk-parts = Mit diesem Ticket zusammengeführt
desk-people = Beteiligte ändern
desk-people-lead = Wer an einem Ticket beteiligt ist, sieht es. Vor jeder Änderung steht hier, wer es neu oder nicht mehr sieht.
desk-people-now = An diesem Ticket
desk-people-add = Jemanden hinzufügen
desk-people-search = Name, Adresse oder Unternehmen
desk-label = { $label ->
    [requester] anfragend
   *[participant] beteiligt
}
desk-sight-lead = Von der Regel selbst beantwortet, Stand jetzt. Notizen gehören nie zu dem, was hier jemand sieht.
desk-sight-nowhere = Das Postfach dieses Tickets gehört zu keinem Portal, daher sieht es kein Kunde.
desk-sight-yes = Diese Personen sehen das Ticket
desk-sight-no = Am Ticket beteiligt, aber ohne Zugang
desk-sight-nobody = Niemand auf der Kundenseite.
desk-sight-cut = Ein Unternehmen hat mehr Personen, als hier geprüft wurden. Weitere von ihnen sehen das Ticket möglicherweise.
desk-sight-why = { $why ->
    [requester] hat es angefragt
    [participant] ist am Ticket beteiligt
    [company] weil { $company } am Ticket beteiligt ist
    [by_company] über ein beteiligtes Unternehmen
    [closed] das Portal ist nicht veröffentlicht
    [inactive] wurde entfernt
    [no_access] hat keinen Zugang zum Portal
   *[hidden] das Portal zeigt dieses Ticket nicht
}
desk-overtaken = Jemand war schneller
desk-overtaken-text = Ihre Antwort wurde nicht gesendet. Lesen Sie, was inzwischen kam, und entscheiden Sie dann.
desk-overtaken-theirs = Inzwischen geschrieben
desk-overtaken-yours = Ihre Antwort
desk-overtaken-send = Trotzdem senden
desk-overtaken-note = Als Notiz behalten
desk-overtaken-discard = Verwerfen
desk-keys = Tastatur
desk-key = { $key ->
    [j] Nächstes Ticket
    [k] Vorheriges Ticket
    [r] Antworten
    [n] Interne Notiz
    [e] Schließen oder wieder öffnen
    [a] Zuweisen
    [i] Mir zuweisen
    [s] Status
    [p] Priorität
    [z] Zurückstellen
    [slash] Suchen
    [help] Diese Liste
    [m] Zusammenführen
    [x] Ticket ankreuzen
   *[send] Senden
}
desk-keys-on = Tastenkürzel mit einer Taste verwenden
desk-keys-close = Fertig
desk-snooze = Zurückstellen
desk-snooze-for = { $hours ->
    [4] Für 4 Stunden
    [24] Für einen Tag
    [72] Für 3 Tage
   *[other] Für eine Woche
}
desk-wake = Jetzt wieder aufnehmen
desk-move = Verschieben …
desk-more = Mehr
desk-change-title = { $what ->
    [private] Privat machen
    [shared] Mit dem Unternehmen teilen
    [move] Nach { $name } verschieben
    [spam] Als Spam markieren
    [delete] Löschen
    [requester] { $name } zur anfragenden Person machen
    [participant] { $name } hinzufügen
    [unlink] { $name } vom Ticket nehmen
    [company] { $name } hinzufügen
    [no-company] { $name } vom Ticket nehmen
   *[restore] Zurückholen
}
desk-change-lead = { $what ->
    [private] Nur die Beteiligten würden das Ticket sehen.
    [shared] Die beteiligten Unternehmen würden das Ticket sehen, wie das Portal es vorsieht.
    [move] Das Ticket folgt seinem Postfach: Dessen Portal bestimmt, wer es sieht.
    [spam] Spam sieht kein Kunde. Das Ticket lässt sich zurückholen.
    [delete] Gelöschtes sieht kein Kunde. Eine Zeit lang lässt es sich zurückholen.
    [requester] Wer bisher angefragt hat, bleibt am Ticket beteiligt.
    [participant] Alles Öffentliche am Ticket wäre für diese Person lesbar, auch was bisher geschrieben wurde.
    [unlink] Die Person würde das Ticket nur noch über ihr Unternehmen sehen.
    [company] Die Personen des Unternehmens würden das Ticket sehen, wie das Portal es vorsieht, außer es ist privat.
    [no-company] Die Personen des Unternehmens würden das Ticket nur sehen, wenn sie selbst beteiligt sind.
   *[restore] Das Ticket wäre wieder eines wie jedes andere.
}
desk-change-made = Das ist schon so.
desk-change-side = { $side ->
    [gain] { $n ->
        [0] Niemand würde es neu sehen
        [one] 1 Person würde es neu sehen
       *[other] { $n } Personen würden es neu sehen
    }
   *[lose] { $n ->
        [0] Niemand würde es nicht mehr sehen
        [one] 1 Person würde es nicht mehr sehen
       *[other] { $n } Personen würden es nicht mehr sehen
    }
}
desk-change-do = { $what ->
    [private] Privat machen
    [shared] Mit dem Unternehmen teilen
    [move] Verschieben
    [spam] Als Spam markieren
    [delete] Löschen
    [requester] Als anfragend
    [participant] Hinzufügen
    [unlink] Entfernen
    [company] Hinzufügen
    [no-company] Entfernen
   *[restore] Zurückholen
}
desk-change-group = { $n ->
    [one] 1 Person von { $company }
   *[other] { $n } Personen von { $company }
}
desk-change-tickets = { $n ->
    [one] 1 Ticket
   *[other] { $n } Tickets
}
desk-change-keep = Lassen, wie es ist
desk-merge = Zusammenführen …
desk-merge-title = #{ $number } zusammenführen
desk-merge-lead = Zwei Tickets über dieselbe Sache werden für Ihr Team eine Unterhaltung. Keine Nachricht wird verschoben.
desk-merge-into = Mit welchem Ticket?
desk-merge-hint = Die Nummer des Tickets, das weitergeht.
desk-merge-look = Auswirkung zeigen
desk-merge-no-number = Das ist keine Ticketnummer. Geben Sie eine ein wie 4711.
desk-merge-none = In Ihren Postfächern gibt es kein solches Ticket.
desk-merge-not-possible = Diese beiden lassen sich nicht zusammenführen: Ein bereits zusammengeführtes Ticket, Spam oder Gelöschtes geht nicht, und kein Ticket gehört zu sich selbst.
desk-merge-other = Ein anderes Ticket
desk-merge-explain = Alle sehen weiterhin, was sie jetzt sehen, und sonst nichts. Antworten auf das zusammengeführte Ticket stehen auch im anderen.
desk-merge-closed = Wird zusammengeführt und geschlossen
desk-merge-on = Geht weiter
desk-merge-keep = { $n ->
    [0] Niemand sieht #{ $number }
    [one] 1 Person sieht #{ $number } weiterhin, so wie es ist
   *[other] { $n } Personen sehen #{ $number } weiterhin, so wie es ist
}
desk-merge-add = { $n ->
    [one] Die an #{ $number } beteiligte Person auch an #{ $into } beteiligen
   *[other] Die { $n } an #{ $number } Beteiligten auch an #{ $into } beteiligen
}
desk-merge-join = { $n ->
    [0] Niemand würde #{ $into } dadurch neu sehen.
    [one] 1 Person würde #{ $into } neu sehen, mit allem Öffentlichen, das dort steht:
   *[other] { $n } Personen würden #{ $into } neu sehen, mit allem Öffentlichen, das dort steht:
}
desk-merge-do = #{ $number } mit #{ $into } zusammenführen
desk-split = Aufteilen …
desk-split-title = #{ $number } aufteilen
desk-split-lead = Die gewählten Nachrichten werden in ein neues Ticket kopiert. In #{ $number } bleiben sie stehen.
desk-split-subject = Worum es im neuen Ticket geht
desk-split-requester = Wessen Anfrage es ist
desk-split-hint = Nur diese Person und die Unternehmen von #{ $number } werden das neue Ticket sehen. Weitere können Sie danach hinzufügen.
desk-split-messages = Nachrichten
desk-split-choose = Die Nachricht von { $name } übernehmen
desk-split-do = Neues Ticket anlegen
desk-bulk = Mit den angekreuzten …
desk-bulk-all = Alle auf dieser Seite
desk-bulk-count = { $n ->
    [one] 1 angekreuzt
   *[other] { $n } angekreuzt
}
desk-bulk-do = { $what ->
    [close] Schließen
    [open] In Bearbeitung
    [wait] Warten auf die Kundschaft
    [spam] Als Spam markieren
    [delete] Löschen
   *[restore] Zurückholen
}
desk-bulk-assign = Zuweisen an
desk-bulk-apply = Anwenden
desk-bulk-pick = Ankreuzen
desk-bulk-choose = #{ $number } ankreuzen
desk-bulk-back = Zurück zur Liste
desk-bulk-title = { $what ->
    [move] { $n ->
        [one] 1 Ticket verschieben
       *[other] { $n } Tickets verschieben
    }
    [spam] { $n ->
        [one] 1 Ticket als Spam markieren
       *[other] { $n } Tickets als Spam markieren
    }
    [delete] { $n ->
        [one] 1 Ticket löschen
       *[other] { $n } Tickets löschen
    }
   *[restore] { $n ->
        [one] 1 Ticket zurückholen
       *[other] { $n } Tickets zurückholen
    }
}
desk-bulk-lead = Alle werden geändert oder keines. Dadurch ändert sich, wer sie sieht.
desk-bulk-which = Tickets
desk-bulk-stopped = Nichts wurde geändert
desk-bulk-stop = { $why ->
    [stale] Eines der Tickets wurde inzwischen geändert: Vielleicht hat jemand geschrieben. Sehen Sie sich die Liste noch einmal an.
    [not_possible] Bei einem der Tickets geht das nicht: Es ist Spam, gelöscht, zusammengeführt oder geschlossen. Lassen Sie es weg und versuchen Sie es noch einmal.
   *[not_offered] Höchstens { $most } Tickets werden auf einmal geändert, und wem sie zugewiesen werden, der muss mit ihren Postfächern arbeiten.
}
office-desk-many = { $n ->
    [one] 1 Ticket
   *[other] { $n } Tickets
}: { $what ->
    [close] geschlossen
    [open] in Bearbeitung
    [wait] wartend
    [assign] zugewiesen
    [priority] Priorität geändert
    [snooze] zurückgestellt
    [wake] wieder aufgenommen
    [move] verschoben
    [spam] als Spam markiert
    [delete] gelöscht
   *[restore] zurückgeholt
}
office-flash-desk-nothing = Nichts wurde ausgewählt.
office-flash-desk-merged = Zusammengeführt. Beide Unterhaltungen stehen hier.
office-flash-desk-split = Das ist das neue Ticket.
office-flash-desk-too-late = Es war zu spät: Die Antwort ist schon draußen.
office-flash-desk-answered = Ihre Antwort ist unterwegs.
office-flash-desk-noted = Die Notiz wurde hinzugefügt. Nur Ihr Team sieht sie.
office-flash-desk-saved = Gespeichert.
desk-event-expired = Geschlossen, weil { $days } Tage lang keine Antwort kam
desk-new = Neues Ticket
desk-new-lead = Für jemanden, der angerufen oder anderswo geschrieben hat. Die Person erfährt es per E-Mail.
desk-new-find = Für wen ist es? Name, Adresse oder Firma
desk-new-search = Suchen
desk-new-choose = Auswählen
desk-new-nobody = Niemand hat das im Namen, in der Adresse oder in der Firma.
desk-new-for = Für
desk-new-else = jemand anderen
desk-new-source = Auf welchem Weg
desk-new-source-choice = { $source ->
    [phone] Telefonisch
    [email] Per E-Mail
   *[other] Auf anderem Weg
}
desk-priority = Priorität
desk-new-subject = Betreff
desk-new-text = Erste Nachricht
desk-new-text-hint = Die Kundin oder der Kunde liest das und erhält es per E-Mail.
desk-new-open = Ticket eröffnen
office-flash-desk-opened-for = Das Ticket ist eröffnet, und die Kundin oder der Kunde erfährt es.
desk-search = Suchen
desk-search-words = Tickets, Notizen, Personen und Firmen suchen
desk-search-where = In
desk-search-everywhere = Alle Tickets
desk-search-inboxes = Alle Postfächer
desk-search-hint = Findet Wörter aus Betreff, Nachrichten und Notizen, Namen und Adressen. Vom letzten Wort genügt der Anfang. Eine Nummer führt zum Ticket.
desk-search-none = Nichts in Ihren Postfächern hat alle diese Wörter. Versuchen Sie es mit weniger Wörtern oder in allen Tickets.
desk-filter-any = Alle
desk-filter-marks = Eingegrenzt auf
desk-filter-by = { $by ->
    [owner] Zuständig
    [priority] Priorität
    [stage] Status
    [category] Kategorie
    [contact] Kontakt
   *[company] Firma
}
desk-filter-off = entfernen
desk-stage = { $stage ->
    [received] Eingegangen
    [in_progress] In Bearbeitung
    [waiting] Wartet auf Kunden
   *[closed] Geschlossen
}
desk-empty-filtered = Hier passt kein Ticket.
desk-tickets-of = Tickets
desk-live-list = Es gibt neue oder geänderte Tickets.
desk-live-changed = Dieses Ticket wurde inzwischen geändert.
desk-live-said = Inzwischen hat jemand geschrieben. Lesen Sie das, bevor Sie senden.
desk-live-noted = Inzwischen wurde eine Notiz hinzugefügt.
desk-viewing = { $name } sieht sich das an
desk-writing = { $name } schreibt gerade
desk-saved-views = Gespeicherte Ansichten
desk-views-lead = Listen mit einem Namen, am Rand des Helpdesks.
desk-views-manage = Ansichten verwalten
desk-views-none = Noch keine gespeicherten Ansichten.
desk-views-none-text = Grenzen Sie eine Liste ein und speichern Sie sie dann als Ansicht.
desk-view-save = Als Ansicht speichern
desk-view-name = Name der Ansicht
desk-view-shared = Mit dem Team teilen
desk-view-rename = Umbenennen oder teilen
desk-view-up = { $name } nach oben
desk-view-down = { $name } nach unten
desk-remove = { $name } entfernen
desk-edit = { $name } ändern
desk-shared = Geteilt
desk-canned = Textbausteine
desk-canned-lead = Texte, die Sie immer wieder schreiben. Mit / am Anfang einer Zeile fügen Sie einen ein.
desk-canned-new = Neuer Textbaustein
desk-canned-change = Textbaustein ändern
desk-canned-name = Name des Bausteins
desk-canned-text = Text
desk-canned-placeholders = Wird beim Einfügen ausgefüllt:
desk-canned-any = Jede Sprache
desk-canned-pick = Textbaustein
desk-canned-insert = Einfügen
desk-canned-hint = Mit / am Anfang einer Zeile fügen Sie Textbausteine ein.
desk-go = Gehe zu
desk-go-label = Ticketnummer, Wörter oder ein Befehl
desk-go-search = Nach „{ $words }“ suchen
desk-go-none = Nichts gefunden
desk-go-some = # Treffer
office-flash-desk-view-saved = Die Ansicht ist gespeichert. Sie steht jetzt am Rand.
office-flash-desk-removed = Entfernt.
desk-event-rated = { $rating ->
    [good] { $who } ist mit der Lösung zufrieden
   *[not_good] { $who } ist mit der Lösung nicht zufrieden
}
