# Servicezeiten und Auswertung.
service-lead = Wie schnell Ihr Team antwortet, in wessen Servicezeiten das zählt, und ob Kundinnen und Kunden davon erfahren. Eine Änderung gilt sofort, auch für offene Tickets.
service-none = Es gibt noch kein Postfach. Postfächer entstehen beim Einrichten eines Portals.
service-edit = Bearbeiten
service-quiet = Nichts ist zugesagt.
service-told = Kundschaft erfährt es
service-not-told = Kundschaft erfährt es nicht
service-always = Rund um die Uhr
service-goal = { $kind ->
    [first_reply] Erste Antwort
    [next_reply] Nächste Antwort
   *[close] Abschluss
}
service-goal-in = { $kind ->
    [first_reply] erste Antwort binnen { $time }
    [next_reply] nächste Antwort binnen { $time }
   *[close] Abschluss binnen { $time }
}
service-back = Alle Postfächer
service-hours = Servicezeiten
service-hours-text = Zeit zählt nur, während Ihr Team arbeitet. Nächte, freie Tage und beim Abschluss die Zeit, in der ein Ticket auf den Kontakt wartet, zählen nicht.
service-mode-always = Rund um die Uhr, jeden Tag
service-mode-hours = In diesen Zeiten
service-zone = Zeitzone
service-week-hint = Für jeden Tag von wann bis wann, zum Beispiel 09:00-17:00 oder 08:00-12:00, 13:00-17:00. Ein freier Tag bleibt leer.
service-day = { $day ->
    [monday] Montag
    [tuesday] Dienstag
    [wednesday] Mittwoch
    [thursday] Donnerstag
    [friday] Freitag
    [saturday] Samstag
   *[sunday] Sonntag
}
service-day-short = { $day ->
    [monday] Mo
    [tuesday] Di
    [wednesday] Mi
    [thursday] Do
    [friday] Fr
    [saturday] Sa
   *[sunday] So
}
service-days-off = Freie Tage
service-days-off-hint = Daten wie 2026-12-25, eins je Zeile.
service-goals = Ziele
service-goals-text = In Stunden der Servicezeit: 4, 0,5 oder 4:30. Was Sie nicht zusagen, bleibt leer. Das Team sieht, was binnen einer Stunde fällig und was überfällig ist.
service-goals-caption = Ziele nach Priorität
service-col-priority = Priorität
service-told-label = Kundinnen und Kunden mitteilen
service-told-hint = Das Portal sagt dann, wann mit einer Antwort zu rechnen ist: im Formular für ein neues Ticket und unter der Unterhaltung.
service-save = Speichern
service-stale = Jemand anderes hat das geändert, seit Sie es geöffnet haben. Ihre Eingaben stehen noch da; so lautet es jetzt:
service-due = { $kind ->
    [first_reply] Erste Antwort
    [next_reply] Antwort
   *[close] Abschluss
} { $mark ->
    [late] war fällig: { $when }
   *[other] fällig: { $when }
}
service-due-far = { $kind ->
    [first_reply] Erste Antwort zugesagt
    [next_reply] Antwort zugesagt
   *[close] Abschluss zugesagt
}
service-mark = { $mark ->
    [late] Überfällig
    [soon] Bald fällig
   *[ahead] In der Zeit
}
service-left = { $mark ->
    [late] { $left } überfällig
   *[other] noch { $left }
}
service-days = { $n } T.
service-title = Zugesagt
office-problem-hours = Geben Sie bis zu drei Zeitspannen wie 09:00-17:00 ein, eine nach der anderen.
office-problem-goal = Geben Sie Stunden wie 4, 0,5 oder 4:30 ein; höchstens { $hours }.
office-flash-service-saved = Die Servicezeiten wurden gespeichert.

measures-lead = Zahlen der Tickets in Ihren Postfächern. Spam, gelöschte und zusammengeführte Tickets zählen nicht.
measures-period = Zeitraum
measures-period-name = { $period ->
    [week] 7 Tage
    [month] 30 Tage
    [quarter] 12 Wochen
   *[year] 12 Monate
}
measures-inbox-all = Alle Postfächer
measures-show = Anzeigen
measures-csv = Als CSV herunterladen
measures-cut = Es gibt mehr Tickets, als auf einmal ausgewertet werden; diese Zahlen gelten für einen Teil davon. Wählen Sie einen kürzeren Zeitraum oder ein Postfach.
measures-opened = Eröffnet
measures-closed = Geschlossen
measures-first-reply = Erste Antwort
measures-to-close = Zeit bis zum Abschluss
measures-waited = Wartezeit der Kundschaft
measures-median = Median
measures-most = 9 von 10 binnen { $time }
measures-before = davor { $time }
measures-none = keine
measures-unanswered = { $n ->
    [0] Alle haben eine Antwort.
    [one] 1 ist noch ohne Antwort.
   *[other] { $n } sind noch ohne Antwort.
}
measures-volume = Eröffnet und geschlossen
measures-volume-text = Tickets, die an jedem Tag, in jeder Woche oder jedem Monat des Zeitraums eröffnet und geschlossen wurden.
measures-replies = Erste Antwort, Median
measures-replies-text = Der Median der Servicezeit vom Eröffnen bis zur ersten Antwort, für die dann eröffneten Tickets.
measures-table = Dasselbe als Tabelle
measures-col-from = Ab
measures-backlog = Jetzt offen, nach Alter
measures-age = { $class ->
    [0] bis 1 Tag
    [1] bis 3 Tage
    [2] bis 7 Tage
    [3] bis 30 Tage
   *[4] älter
}
measures-sources = Eröffnet, nach Kanal
measures-source = { $source ->
    [portal] Portal
    [email] E-Mail
    [form] Formular
    [chat] Chat
    [messenger] Messenger
   *[other] Andere
}
measures-priorities = Eröffnet, nach Priorität
measures-definitions = Was gemessen wird
measures-definition = { $what ->
    [opened] Eröffnet: Tickets, die im Zeitraum eröffnet wurden.
    [closed] Geschlossen: Tickets, die im Zeitraum geschlossen wurden und es noch sind.
    [first_reply] Erste Antwort: bei den im Zeitraum eröffneten vom Eröffnen bis zur ersten öffentlichen Nachricht Ihres Teams, in der Servicezeit des Postfachs.
    [to_close] Zeit bis zum Abschluss: bei den im Zeitraum geschlossenen vom Eröffnen bis zum Schließen, nach der Uhr.
    [waited] Wartezeit der Kundschaft: bei den im Zeitraum geschlossenen die Zeit, in der eine Nachricht der Kundschaft noch ohne Antwort war, alles zusammen, nach der Uhr.
    [satisfied] Zufriedene Kundschaft: bei den im Zeitraum geschlossenen, wie viele von hundert Antworten „Gut“ lauten. Jeder Kontakt am Ticket gibt eine Antwort, die letzte zählt. Daneben: der Anteil geschlossener Tickets mit Antwort.
   *[median] Median: Die Hälfte dauerte höchstens so lange. 9 von 10: Neun Zehntel dauerten höchstens so lange. Beides sind Werte, die vorkamen.
}
measures-satisfied = Zufriedene Kundschaft
measures-share = { $share } %
measures-answers = { $n ->
    [0] Noch keine Antworten.
    [one] 1 Antwort, { $rated } % der geschlossenen.
   *[other] { $n } Antworten, { $rated } % der geschlossenen.
}
measures-satisfaction = Zufriedenheit
measures-satisfaction-text = Wie oft die Kundschaft mit der Lösung zufrieden war und wie oft nicht, danach, wann ihre Tickets geschlossen wurden.
