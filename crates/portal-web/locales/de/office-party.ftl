# Notes, history, merges, erasure, import, and looking through a contact’s eyes.
party-field = { $field ->
    [external_id] Externe ID
    [name] Name
    [email] E-Mail-Adresse
    [membership_email] Mitglieds-E-Mail
    [primary_company] Primäres Unternehmen
    [company] Unternehmen
    [language] Sprache
    [time_zone] Zeitzone
   *[domain] Domain
}
party-tickets = Tickets
party-tickets-text = Die der Postfächer, mit denen Sie arbeiten.
party-tickets-none = In Ihren Postfächern gibt es kein Ticket.
party-notes = Notizen
party-notes-text = Nur für Ihr Team. Kundinnen und Kunden sehen sie nie.
party-notes-none = Noch keine Notizen.
party-note-new = Neue Notiz
party-note-add = Notiz hinzufügen
party-note-remove = Notiz entfernen
party-history = Verlauf
party-history-text = Was wann von wem geändert wurde.
party-history-none = Noch wurde nichts geändert.
party-labels = Rollen in Unternehmen
party-labels-text = Was dieser Kontakt in jedem Unternehmen ist. Rollen sind für Ihr Team und geben keine Sicht auf Tickets.
party-labels-save = Rollen speichern
party-label-word = { $word ->
    [billing] Ansprechperson für Rechnungen
    [technical] Technische Ansprechperson
    [decides] Entscheidet
   *[former] Ehemals dort beschäftigt
}
party-problem-label = Eine Rolle hat höchstens 80 Zeichen.
party-same-address = Andere haben dieselbe Adresse. Vielleicht ist es dieselbe Person:
party-merge = Zusammenführen
party-merge-with = In diesen Kontakt überführen
party-merged = Zusammengeführt
party-merged-into = Dies gehört jetzt zu:
party-merges = Zusammenführungen
party-merges-text = Eine Zusammenführung lässt sich 30 Tage lang rückgängig machen.
party-merge-state = { $state ->
    [moving] Tickets ziehen um
    [done] Fertig
    [undoing] Wird rückgängig gemacht
   *[undone] Rückgängig gemacht
}
party-undo-until = rückgängig zu machen bis { $time }
party-undo = Rückgängig machen
party-carry-on = Fortsetzen
party-invitations = Einladungen
party-invitation = { $state ->
    [queued] wartet auf Versand
    [sent] gesendet
    [accepted] angenommen
    [failed] fehlgeschlagen
   *[revoked] zurückgezogen
}
party-erased = Gelöscht
party-erased-text = Alles Persönliche wurde gelöscht: { $time }. Tickets und Nachrichten sind geblieben.
party-export = Als CSV exportieren
person-removed = Entfernte Person
merge-lead = Was Sie auswählen, wird ein Teil von
merge-search = Den anderen Eintrag suchen
merge-choose = Auswählen
merge-into = wird ein Teil von
merge-turn = Andersherum
merge-fields = Diese Werte übernehmen
merge-fields-hint = Was nicht angekreuzt ist, bleibt, wie es beim bleibenden Eintrag ist.
merge-instead = statt
merge-same = Alle Felder sind gleich.
merge-memberships = Zugehörigkeiten
merge-companies = Gehört auch zu den Unternehmen des anderen
merge-groups = Ist auch in den Zugriffsgruppen des anderen
merge-what = { $of ->
    [contact] Alle Tickets des anderen Kontakts und die Notizen gehen mit. Keine Nachricht wird verschoben. Der andere Kontakt kann sich nicht mehr anmelden und verschwindet aus den Listen. Sie können das 30 Tage lang rückgängig machen.
   *[company] Alle Personen und Tickets des anderen Unternehmens und die Notizen gehen mit. Das andere Unternehmen verschwindet aus den Listen. Sie können das 30 Tage lang rückgängig machen.
}
merge-accept = Ja: { $people ->
    [one] { $people } Person sieht
   *[other] { $people } Personen sehen
} künftig { $tickets ->
    [one] { $tickets } weiteres Ticket.
   *[other] { $tickets } weitere Tickets.
}
merge-problem-widens = Personen würden mehr sehen als bisher. Prüfen Sie die Zahlen und setzen Sie das Häkchen.
merge-problem-gone = Diese beiden lassen sich nicht zusammenführen: Einer wurde entfernt, zusammengeführt oder gelöscht.
merge-two-accounts = Beide können sich anmelden. Das Konto des bleibenden Kontakts bleibt; die Sitzungen des anderen enden.
merge-loses-account = Nur der andere ist registriert. Danach kann sich niemand anmelden, bis der bleibende Kontakt eingeladen ist. Andersherum ist es vielleicht besser.
merge-do = Zusammenführen
same-address-title = Gleiche Adresse
same-address-lead = Adressen, die mehr als ein Kontakt hat. Führen Sie sie zusammen, wenn es dieselbe Person ist.
same-address-none = Jede Adresse gehört zu genau einem Kontakt.
erase-privacy = Datenschutz
erase-privacy-text = Für Anfragen nach der DSGVO.
erase-hand-out-text = Alles, was zu diesem Kontakt gespeichert ist, als Datei: Felder, Notizen, Verlauf, Tickets, eigene Nachrichten, E-Mails.
erase-hand-out = Daten herunterladen (JSON)
erase-text = Entfernen lässt sich zurücknehmen. Löschen nimmt alles Persönliche endgültig weg.
erase-begin = Personenbezogene Daten löschen …
erase-title = Personenbezogene Daten löschen
erase-gone = Was gelöscht wird
erase-gone-fields = Name, Adressen, Sprache, Zeitzone, externe ID, Unternehmen, Gruppen und alle Eigenschaften
erase-gone-account = Das Konto mit Passwort, Sitzungen und Tokens
erase-gone-notes = { $n ->
    [0] Notizen über sie (es gibt keine)
    [one] { $n } Notiz über sie
   *[other] { $n } Notizen über sie
}
erase-gone-mails = Einladungen, Registrierungen und an wen E-Mails gingen
erase-gone-ratings = Name und Kommentar bei dem, was sie zu Lösungen gesagt haben
erase-gone-history = Namen und Werte in { $n ->
    [one] { $n } Eintrag
   *[other] { $n } Einträgen
} von Verlauf und Protokoll
erase-gone-merged = { $n ->
    [one] { $n } Kontakt, der ein Teil von diesem wurde
   *[other] { $n } Kontakte, die ein Teil von diesem wurden
}
erase-no-undo = Das lässt sich nicht rückgängig machen.
erase-stays = Was bleibt und warum
erase-stays-messages = Tickets und Nachrichten, weil sie auch zu den Unterlagen des Unternehmens gehören. Als Absender steht dort „Entfernte Person“. Was sie in einer Nachricht über sich geschrieben hat, bleibt darin.
erase-stays-consent = Der Nachweis, dass dem Einwilligungshinweis zugestimmt wurde, ohne Namen
erase-stays-audit = Dass etwas geschah, wann und durch wen, ohne Namen
erase-stays-backups = Sicherungen, bis sie überschrieben sind; löschen Sie nach einer Wiederherstellung noch einmal
erase-confirm = Geben Sie zur Bestätigung den Namen ein
erase-problem-name = Das ist nicht der Name des Kontakts. Geben Sie ihn genau so ein, wie er oben steht.
erase-do = Endgültig löschen
table-title = Import
table-lead = Lesen Sie Kontakte oder Unternehmen aus einer CSV-Datei ein. Nichts geschieht, bevor Sie gesehen haben, was es bewirkt.
table-new = Neuer Import
table-new-lead = Die erste Zeile hat die Überschriften. Dieselbe Datei noch einmal einzulesen ändert nichts.
table-none = Noch wurde nichts importiert.
table-of = Was die Zeilen sind
table-file = CSV-Datei
table-file-hint = UTF-8, mit Kommas oder Semikolons, höchstens { $lines } Zeilen und { $megabytes } MB
table-bring = Hochladen
table-lines = { $n ->
    [one] { $n } Zeile
   *[other] { $n } Zeilen
}
table-state = { $state ->
    [mapping] Noch nicht eingelesen
    [running] Unterwegs
   *[done] Fertig
}
table-columns = Spalten
table-columns-hint = { $of ->
    [contacts] Zeilen werden an der externen ID wiedererkannt, sonst an der Adresse. Ein Unternehmen wird an seiner externen ID oder seinem Namen erkannt; eine Domain macht niemanden zum Mitglied.
   *[companies] Zeilen werden an der externen ID wiedererkannt, sonst am Namen.
} Eine leere Zelle lässt ein Feld, wie es ist.
table-column-is = Ist
table-leave-out = (weglassen)
table-check-do = Prüfen ohne Einlesen
table-check = Was der Import bewirkt
table-check-added = { $n } neu
table-check-changed = { $n } geändert
table-check-unchanged = { $n } unverändert
table-check-left-out = { $n ->
    [one] { $n } Zeile ausgelassen.
   *[other] { $n } Zeilen ausgelassen.
}
table-check-mend = Verbessern Sie sie in der Datei und laden Sie sie erneut hoch, oder lesen Sie die übrigen ein.
table-check-primaries = { $n ->
    [one] { $n } Kontakt bekommt ein primäres Unternehmen und sieht
   *[other] { $n } Kontakte bekommen ein primäres Unternehmen und sehen
} dessen Tickets, wo ein Portal sie zeigt.
table-check-more = Die ersten { $n } werden gezeigt.
table-wrong = Zeilen mit Problemen
table-line = Zeile
table-problem = Was zu tun ist
table-run = Einlesen
table-run-rest = Die guten Zeilen einlesen, { $n } auslassen
table-again = Verbesserte Datei hochladen
table-discard = Diese Datei verwerfen
table-carry-on = Fortsetzen
table-done = { $done } von { $lines } Zeilen
table-problem-file = Wählen Sie eine Datei.
table-problem-unreadable = Das ist keine CSV-Datei in UTF-8 mit Überschriften, oder sie hat zu viele Zeilen.
table-problem-size = Die Datei hat keine Zeilen unter den Überschriften, oder mehr Zeilen oder Spalten, als auf einmal eingelesen werden können.
table-problem-twice = Jedes Feld kann nur eine Spalte sein.
table-problem-key = Wählen Sie eine Spalte, an der Zeilen wiedererkannt werden: die externe ID oder eine Adresse; bei Unternehmen genügt der Name.
table-wrong-unreadable = Die Zeile hat eine andere Zahl von Zellen als die Überschriften oder ist kein Text in UTF-8. Prüfen Sie Anführungszeichen und Trennzeichen.
table-wrong-no-key = Tragen Sie die externe ID oder eine Adresse ein (bei Unternehmen den Namen).
table-wrong-twice = Zeile { $line } meint denselben Eintrag. Behalten Sie eine der beiden.
table-wrong-no-name = Tragen Sie einen Namen ein: Dies ist ein neuer Eintrag.
table-wrong-type = { $kind ->
    [number] Schreiben Sie eine Zahl wie 12 oder 12.5.
    [date] Schreiben Sie einen Tag wie 2026-11-22.
    [bool] Schreiben Sie true oder false.
    [text] Schreiben Sie einen Text in einer Zeile.
   *[choice] Schreiben Sie eine der Auswahlmöglichkeiten dieser Eigenschaft.
}
table-wrong-several = Mehrere Kontakte haben diese Adresse. Führen Sie sie zuerst zusammen.
table-wrong-no-company = Dieses Unternehmen gibt es nicht. Legen Sie es zuerst an, oder schreiben Sie den Namen wie unter Unternehmen.
table-wrong-several-companies = Mehrere Unternehmen heißen so. Schreiben Sie stattdessen die externe ID.
table-wrong-registered = Dieser Kontakt ist registriert und ändert die Mitglieds-E-Mail selbst. Lassen Sie die Zelle leer.
table-wrong-taken = Ein anderer Kontakt meldet sich mit dieser Adresse an.
table-wrong-gone = Dieser Eintrag wurde zusammengeführt oder gelöscht.
view-as = Mit den Augen dieses Kontakts sehen
view-as-text = Die Liste und die Tickets genau so, wie der Kontakt sie sieht. Sie lesen nur, nichts wird als gelesen markiert, und es steht im Protokoll.
view-as-portal = Portal
view-as-reason = Grund
view-as-reason-hint = Zum Beispiel: „Rief an, weil Ticket 4711 fehlt.“ Der Grund steht im Protokoll.
view-as-problem-reason = Geben Sie in einer Zeile an, warum.
view-as-begin = Ansehen
view-as-banner = Sie sehen mit den Augen von
view-as-why = Grund:
view-as-until = bis { $time }
view-as-end = Beenden
view-as-tickets = Die Tickets des Kontakts
view-as-open = Öffnen
view-as-unread = ungelesen
view-as-none = Der Kontakt sieht kein Ticket.
view-as-not-yours = In einem Postfach, mit dem Sie nicht arbeiten
property-offered = Zur Auswahl:
property-archived = Archiviert
property-archive = Archivieren: Kein Formular, keine Liste und kein Import bietet sie mehr an; Werte bleiben
property-options = Auswahl, eine je Zeile, in dieser Reihenfolge
property-options-hint = Was früher gewählt wurde, bleibt stehen, auch wenn es nicht mehr angeboten wird. Ohne Auswahl kann alles eingetippt werden.
property-options-new = Nur für Eigenschaften mit einer oder mehreren Auswahlen.
crm-problem-options = Auswahlmöglichkeiten sind kurze Zeilen, jede einmal, höchstens 200; nur Eigenschaften mit Auswahl haben sie, und solche mit mehreren Auswahlen keine mit Komma.
crm-problem-property-archived = Kriterien verwenden diese Eigenschaft, also muss sie in Gebrauch bleiben.
office-flash-noted = Die Notiz wurde hinzugefügt.
office-flash-note-removed = Die Notiz wurde entfernt.
office-flash-merged = Sie sind jetzt eins.
office-flash-merge-undone = Die Zusammenführung wurde rückgängig gemacht.
office-flash-merge-moving = Viele Tickets ziehen um. Setzen Sie fort, bis alle da sind.
office-flash-contact-erased = Alles Persönliche wurde gelöscht.
office-flash-table-brought = Die Datei ist da. Geben Sie an, was ihre Spalten sind.
office-flash-table-done = Der Import ist fertig.
office-flash-table-running = Einige Zeilen fehlen noch. Setzen Sie fort, bis alle da sind.
office-flash-table-discarded = Die Datei wurde verworfen.
table-col-field = Feld
view-as-problem-not-in = Dieses Portal lässt den Kontakt nicht ein, also gibt es nichts zu sehen. „Was dieser Kontakt sieht“ sagt, warum.
