# Die Ticketliste und die Suche.
list-title = Tickets
list-lead-company = Alles, was Sie und Ihr Team { $portal } gefragt haben.
list-lead-mine = Alles, was Sie { $portal } gefragt haben.
list-scope = Wessen Tickets
list-mine = Meine Tickets
list-mine-named = Meine { $label }
list-own-elsewhere = <a href="{ $href }">Ihre eigenen Tickets</a> enthalten einige, die nicht zu diesem Unternehmen gehören.
list-stages = Status
list-all = Alle
list-filter = Filter
list-filter-active = { $n ->
    [one] 1 Filter aktiv
   *[other] { $n } Filter aktiv
}
list-caption = Tickets
column = { $column ->
    [priority] Dringlichkeit
    [category] Art der Anfrage
    [owner] Betreut von
   *[source] Eingegangen über
}
col-ticket = Ticket
col-status = Status
col-requester = Anfrage von
col-updated = Aktualisiert
col-created = Eröffnet
group-heading = { $group ->
    [waiting] Wartet auf Ihre Antwort
    [in_progress] In Bearbeitung
   *[closed] Zuletzt geschlossen
}
snippet-author = { $name }:
snippet-you = Sie:
filter-state = Anzeigen
filter-state-choice = { $state ->
    [open] Offene Tickets
    [closed] Geschlossene Tickets
   *[any] Alle Tickets
}
filter-requester = Anfrage von
filter-everybody = Alle
filter-sort = Reihenfolge
filter-sort-choice = { $sort ->
    [activity] Zuletzt aktualisiert
    [created] Neueste Tickets
   *[attention] Was Sie braucht, zuerst
}
filter-apply = Anwenden
filter-clear = Filter zurücksetzen
pager = Seiten
pager-newer = Neuere
pager-older = Ältere
empty-first-title = Noch keine Tickets
empty-first = Ihre Anfragen und unsere Antworten erscheinen hier.
empty-waiting-title = Nichts wartet auf Sie
empty-waiting = Wenn wir etwas von Ihnen brauchen, fragen wir hier.
empty-waiting-all = Alle Tickets anzeigen
empty-match-title = Keine passenden Tickets
empty-match = Versuchen Sie es mit weniger Filtern.
live-list = Die Liste hat sich geändert.
search-title = Suche
search-found = Ergebnisse für „{ $query }“
search-hint = Wörter aus Betreff oder Nachrichten oder eine Ticketnummer.
search-submit = Suchen
search-none-title = Nichts gefunden für „{ $query }“
search-none = Versuchen Sie weniger oder andere Wörter. Gefunden werden ganze Wörter und Wortanfänge.
search-many = Das sind die neuesten Treffer. Mit einem weiteren Wort werden es weniger.
search-caption = Suchergebnisse
