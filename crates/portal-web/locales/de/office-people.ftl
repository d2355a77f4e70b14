# Kontakte, Unternehmen, Zugriffsgruppen, Eigenschaften, und was eine Änderung der Sichtbarkeit bewirkt.
crm-contacts = Kontakte
crm-name = Name
crm-address = Adresse
crm-company = Unternehmen
crm-companies = Unternehmen
crm-state = Stand
crm-removed = Entfernt
crm-registered = Registriert
crm-unregistered = Nicht registriert
crm-edit = Bearbeiten
crm-save = Speichern
crm-cancel = Abbrechen
crm-check = Prüfen, wer was sieht
crm-search = Suchen
crm-search-members = Mitglieder suchen
crm-search-contacts = Nach Name, Adresse oder Unternehmen suchen
crm-search-companies = Nach Name oder Domain suchen
crm-found-none = Es wurde nichts gefunden.
crm-more = Mehr
crm-show = Ansehen
crm-show-named = { $name } ansehen
crm-tickets = { $n ->
    [one] { $n } Ticket
   *[other] { $n } Tickets
}
crm-groups-lead = Wer in einer Gruppe ist, hat Zugriff auf die Kundenportale, die diese Gruppe einlassen.
crm-groups-none = Es gibt noch keine Zugriffsgruppe. Legen Sie eine an und lassen Sie ein Portal deren Mitglieder ein.
crm-group-new-static = Neue Gruppe ausgewählter Kontakte
crm-group-new-dynamic = Neue Gruppe nach Kriterien
crm-group-form = Zugriffsgruppe
crm-group-kind = Mitglieder
crm-group-static = Einzeln ausgewählt
crm-group-dynamic = Alle, auf die die Kriterien zutreffen
crm-group-portals = Kundenportale
crm-group-name = Name der Gruppe
crm-group-name-hint = Nur für Ihr Team. Kundinnen und Kunden sehen ihn nie.
crm-group-remove = Diese Gruppe entfernen
crm-group-remove-text = Die Kontakte bleiben; sie sind nur in einer Gruppe weniger. Eine Gruppe, die ein Portal einlässt, kann nicht entfernt werden.
crm-members = Mitglieder
crm-members-count = { $n ->
    [one] { $n } Mitglied
   *[other] { $n } Mitglieder
}
crm-members-none = In dieser Gruppe ist niemand.
crm-members-add = Kontakte hinzufügen
crm-members-remove = Ausgewählte herausnehmen …
crm-will-add = { $name } wird hinzugefügt
crm-will-remove = { $name } wird herausgenommen
crm-criteria = Wer in dieser Gruppe ist
crm-criteria-hint = Ein Kontakt ist darin, wenn alle Bedingungen eines Blocks zutreffen. Es können nur Eigenschaften verwendet werden, die Kundinnen und Kunden nicht ändern können.
crm-criteria-none = Es gibt keine Eigenschaft, die Bedingungen verwenden können. Legen Sie zuerst unter Eigenschaften eine an.
crm-criteria-or = oder
crm-criteria-and = und
crm-criteria-group = Block { $n }
crm-criteria-property = Eigenschaft
crm-criteria-choose = Eigenschaft auswählen
crm-criteria-operator = Vergleich
crm-criteria-value = Wert
crm-criteria-add = Bedingung hinzufügen
crm-criteria-add-group = Block hinzufügen (oder)
crm-criteria-remove = Entfernen
crm-criteria-remove-named = Bedingung { $n } entfernen
crm-operator = { $operator ->
    [is] ist
    [is_not] ist nicht
    [any_of] ist eines von
    [contains] enthält
    [less] ist kleiner als
    [greater] ist größer als
    [known] ist bekannt
   *[unknown] ist unbekannt
}
crm-kind = { $kind ->
    [text] Text
    [number] Zahl
    [date] Datum
    [bool] Ja oder nein
    [choice] Eine Auswahl
   *[choices] Mehrere Auswahlen
}
crm-kind-hint = { $kind ->
    [text] Beliebiger Text. Für „ist eines von“ die Werte mit Semikolons trennen.
    [number] Eine Zahl, zum Beispiel 2,5.
    [date] Ein Tag, zum Beispiel 2026-11-22.
    [bool] true (ja) oder false (nein).
    [choice] Eine Auswahl. Für „ist eines von“ die Werte mit Semikolons trennen.
   *[choices] Auswahlen, mit Kommas getrennt.
}
crm-preview-title = Was sich dadurch ändert
crm-preview-nothing = Niemand sieht mehr oder weniger Tickets, und niemand gewinnt oder verliert den Zugriff.
crm-preview-sight = { $side ->
    [gain] { $people ->
        [one] { $people } Person sieht
       *[other] { $people } Personen sehen
    } { $tickets ->
        [one] { $tickets } Ticket zusätzlich.
       *[other] { $tickets } Tickets zusätzlich.
    }
   *[lose] { $people ->
        [one] { $people } Person sieht
       *[other] { $people } Personen sehen
    } { $tickets ->
        [one] { $tickets } Ticket nicht mehr.
       *[other] { $tickets } Tickets nicht mehr.
    }
}
crm-preview-doors = { $side ->
    [gain] { $people ->
        [one] { $people } Person erhält
       *[other] { $people } Personen erhalten
    } Zugriff auf ein Kundenportal.
   *[lose] { $people ->
        [one] { $people } Person verliert
       *[other] { $people } Personen verlieren
    } den Zugriff auf ein Kundenportal.
}
crm-preview-more = und weitere
crm-preview-estimate = Es ist zu viel, um alles anzusehen: Lesen Sie die Zahlen als „mindestens“.
crm-contact-new = Neuer Kontakt
crm-with-removed = Auch entfernte Kontakte anzeigen
crm-details = Angaben
crm-email = E-Mail-Adresse
crm-membership-email = Mitglieds-E-Mail
crm-membership-hint = Damit meldet sich der Kontakt an, und nur dorthin gehen Registrierungs-E-Mails.
crm-membership-fixed = Dieser Kontakt hat sich registriert. Er ändert diese Adresse selbst auf der Kontoseite und bestätigt sie.
crm-primary = Primäres Unternehmen
crm-primary-new = Zum primären Unternehmen machen
crm-primary-none = Kein primäres Unternehmen
crm-company-add = Unternehmen hinzufügen
crm-company-add-hint = Der Name, wie er unter Unternehmen steht.
crm-by-criteria = nach Kriterien
crm-sees = Was dieser Kontakt sieht
crm-sees-text = Nach derselben Regel, der auch das Kundenportal folgt. Nichts wird als gelesen markiert.
crm-sees-none = Es gibt noch kein Kundenportal.
crm-enters = Hat Zugriff
crm-enters-not = Kein Zugriff
crm-list = { $tab ->
    [mine] Eigene Tickets
   *[company] Tickets des Unternehmens
}
crm-list-counts = { $open } offen, { $closed } geschlossen
crm-because-not-published = Das Kundenportal ist nicht veröffentlicht.
crm-because-removed = Der Kontakt wurde entfernt.
crm-because-in-group = Ist in der Zugriffsgruppe { $name }, die das Portal einlässt.
crm-because-matches-group = Die Kriterien der Zugriffsgruppe { $name }, die das Portal einlässt, treffen zu.
crm-because-no-group = Ist in keiner Zugriffsgruppe, die das Portal einlässt.
crm-because-registered = Hat sich registriert, und das Portal lässt alle Registrierten ein.
crm-because-not-registered = Hat sich nicht registriert; das Portal lässt nur Registrierte ein.
crm-because-own = Das Portal zeigt nur eigene Tickets.
crm-because-company = Das Portal zeigt alle Tickets des primären Unternehmens, { $name }.
crm-because-matches-company = Die Kriterien, um alle Tickets des primären Unternehmens, { $name }, zu sehen, treffen zu.
crm-because-no-match = Die Kriterien, um die Tickets des Unternehmens zu sehen, treffen nicht zu.
crm-because-no-company = Würde die Tickets des primären Unternehmens sehen, hat aber keines.
crm-contact-remove = Diesen Kontakt entfernen
crm-contact-remove-text = Ab dem nächsten Klick besteht kein Zugriff mehr auf ein Kundenportal, und alle Sitzungen enden. Die Tickets bleiben.
crm-contact-restore = Diesen Kontakt zurückholen
crm-contact-restore-text = Der Kontakt hat wieder Zugriff, wo die Kundenportale ihn einlassen.
crm-company-new = Neues Unternehmen
crm-domain = Domain
crm-domain-hint = Nur ein Vorschlag, wenn sich jemand registriert. Sie macht niemanden zum Mitglied.
crm-people = Personen
crm-people-none = Zu diesem Unternehmen gehört niemand.
crm-properties-lead = Was Sie über Kontakte, Unternehmen und Tickets außer dem Üblichen wissen möchten.
crm-properties-none = Noch keine.
crm-owner = { $owner ->
    [contact] Kontakte
    [company] Unternehmen
   *[ticket] Tickets
}
crm-writable = Kundschaft kann sie ändern
crm-shown = Kundschaft sieht sie
crm-property-new = Neue Eigenschaft
crm-property-owner = Gehört zu
crm-property-kind = Art
crm-property-label-en = Name, Englisch
crm-property-label-de = Name, Deutsch
crm-property-label-hint = Daraus entsteht der Schlüssel für Dateien und Programme. Er ändert sich nie, die Art auch nicht.
crm-property-add = Eigenschaft hinzufügen
crm-problem-criteria = Füllen Sie jede Bedingung aus oder entfernen Sie sie.
crm-problem-name-taken = Es gibt schon eine Gruppe mit diesem Namen.
crm-problem-group-used = Kundenportale lassen diese Gruppe ein. Ändern Sie zuerst deren Zugriffssteuerung.
crm-problem-address-taken = Ein anderer Kontakt meldet sich mit dieser Adresse an.
crm-problem-registered = Dieser Kontakt hat sich registriert; nur er selbst kann seine Anmeldeadresse ändern und muss sie bestätigen.
crm-problem-company = Es gibt nicht genau ein Unternehmen mit diesem Namen. Schreiben Sie ihn, wie er unter Unternehmen steht.
crm-problem-property = Eine Eigenschaft hat einen Wert, der nicht zu ihrer Art passt.
crm-problem-label = Geben Sie einen Namen mit höchstens 80 Zeichen und mindestens einem Buchstaben ein.
crm-problem-property-there = Es gibt schon eine Eigenschaft mit diesem Namen.
crm-problem-property-used = Kriterien verwenden diese Eigenschaft. Könnte die Kundschaft sie ändern, könnte sie sich selbst Zugriff geben.
office-flash-group-saved = Die Gruppe wurde gespeichert.
office-flash-group-members = Die Mitglieder wurden geändert.
office-flash-group-removed = Die Gruppe wurde entfernt.
office-flash-contact-saved = Der Kontakt wurde gespeichert.
office-flash-contact-removed = Der Kontakt wurde entfernt.
office-flash-contact-restored = Der Kontakt ist zurück.
office-flash-company-saved = Das Unternehmen wurde gespeichert.
office-flash-property-saved = Die Eigenschaft wurde gespeichert.
