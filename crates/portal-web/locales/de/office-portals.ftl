# Kundenportale: Liste, Einrichtung, Prüfung, Einstellungen, Domains.
office-portals-title = Kundenportale
portals-lead = Jedes Portal ist eine Website, auf der Kunden sich anmelden und ihre Tickets sehen.
portals-new = Portal einrichten
portals-none = Es gibt noch kein Portal. Die Einrichtung hat vier Schritte; niemand sieht das Portal, bevor Sie es veröffentlichen.
portal-state = { $state ->
    [live] Veröffentlicht
    [closed] Vorerst geschlossen
   *[draft] Wird eingerichtet
}
set-up-tag = Einrichtung
set-up-later = Speichern und später fortfahren
set-up-back = Zurück
set-up-steps = Schritte der Einrichtung
set-up-number = Schritt { $n } von 4
set-up-step = { $step ->
    [name] Name
    [address] Adresse
    [tickets] Tickets
    [access] Zugriff
   *[check] Prüfen und veröffentlichen
}
set-up-title = { $step ->
    [name] Portal benennen
    [address] Domain verknüpfen
    [tickets] Tickets einrichten
    [access] Zugriff konfigurieren
   *[check] Prüfen und veröffentlichen
}
set-up-next = { $step ->
    [address] Weiter mit: Domain verknüpfen
    [tickets] Weiter mit: Tickets einrichten
    [access] Weiter mit: Zugriff konfigurieren
   *[check] Weiter mit: Prüfen und veröffentlichen
}
portal-name = Name des Portals
portal-name-hint = Kunden sehen ihn im Browser-Tab und oben auf jeder Seite. Höchstens 100 Zeichen.
portal-languages = Sprachen, die Besucher wählen können
portal-languages-hint = Die Sprache der Domain ist immer dabei.
portal-zone = Zeitzone
portal-zone-hint = Gilt, wenn die Zeitzone des Lesers nicht bekannt ist, zum Beispiel Europe/Berlin.
portal-domain = Domain
portal-domain-hint = Portal und Mails erscheinen in der Sprache der Domain.
portal-domain-pending = { $host } (wartet auf den DNS-Eintrag)
portal-domain-connect = Weitere Domain verknüpfen
portal-slug = Slug
portal-slug-hint = Was hinter der Domain steht: Kleinbuchstaben, Ziffern und Bindestriche.
portal-address = Kunden finden das Portal unter
portal-formerly = Diese früheren Adressen führen hierher und bleiben reserviert:
portal-inbox = Wohin sollen neue Tickets gehen?
portal-inbox-hint = Postfächer anderer Portale stehen nicht in der Liste.
portal-permission = Welche Tickets dürfen Kunden sehen?
portal-permission-kind = { $kind ->
    [own] Nur eigene Tickets
    [company] Alle Tickets ihres Unternehmens
   *[some] Alle Tickets ihres Unternehmens, nur für manche Kontakte
}
portal-permission-text = { $kind ->
    [own] Ein Kontakt sieht die Tickets, die mit seinem Datensatz verknüpft sind.
    [company] Ein Kontakt sieht auch die Tickets, die mit seinem primären Unternehmen verknüpft sind. Prüfen Sie zuerst Ihre Unternehmensdaten.
   *[some] Nach Eigenschaften der Kontakte; alle anderen sehen nur ihre eigenen Tickets.
}
portal-hidden = Pipelines, die Kunden nicht sehen
portal-hidden-hint = Tickets in diesen Pipelines erscheinen nirgends im Portal, wer auch immer hinsieht.
portal-access = Wer hat Zugang?
portal-access-groups = Mitglieder von Zugriffsgruppen
portal-access-groups-text = Nur Kontakte in einer der gewählten Gruppen. Sie erhalten eine Registrierungs-E-Mail.
portal-access-register = Jeder kann sich registrieren
portal-access-register-text = Wer eine E-Mail-Adresse bestätigt, erhält ein Konto. Er sieht nur Tickets, die mit ihm verknüpft sind.
portal-access-off = Die Registrierung für alle ist in den Einstellungen für private Inhalte dieser Domain ausgeschaltet.
portal-access-switch = Dort einschalten
portal-groups = Zugriffsgruppen
portal-groups-none = Es gibt noch keine Zugriffsgruppe. Ohne Gruppe hat niemand Zugang.
portal-groups-link = Zugriffsgruppen anlegen und ändern
portal-send-mails = Registrierungs-E-Mails an Mitglieder senden, auch an spätere
portal-may-close = Kunden dürfen ihre Tickets schließen
portal-may-reopen = Tage, in denen Kunden ein geschlossenes Ticket wieder öffnen dürfen
portal-may-reopen-hint = Leer lassen, wenn sie es nicht dürfen. Spätere Antworten beginnen ein Folgeticket.
portal-may-colleagues = Kunden dürfen auf Tickets von Kollegen antworten, sie schließen und wieder öffnen
portal-may-private = Kunden dürfen ihre Tickets vor Kollegen verbergen
portal-may-rate = Kunden werden nach dem Schließen gefragt, ob sie zufrieden sind
portal-to-do = Noch zu tun
check-item = { $item ->
    [steps] Die vier Schritte
    [domain] Domain
    [inbox] Postfach
    [access] Zugriff
    [company] Unternehmen und Ansprechpartner
   *[consent] Einwilligungshinweis
}
check-state = { $state ->
    [ready] Bereit
    [advised] Empfohlen
   *[missing] Fehlt
}
check-mend = { $item ->
    [steps] Einige Schritte sind noch nicht erledigt.
    [domain] Noch ist nicht nachgewiesen, dass die Domain Ihnen gehört. Setzen Sie den TXT-Eintrag und prüfen Sie ihn.
    [inbox] Das Postfach für neue Tickets gehört einem anderen Portal oder zieht gerade um. Wählen Sie ein anderes.
    [access] Niemand hätte Zugang. Wählen Sie eine Zugriffsgruppe oder erlauben Sie die Registrierung.
    [company] Die Zugangsseiten können weder Ihr Unternehmen noch einen Ansprechpartner nennen.
   *[consent] Wer sich registriert, hat keinen Hinweis, in den er einwilligen kann.
}
check-link = Beheben
publish = Veröffentlichen
publish-text = Wer Zugang hat, kann sich danach anmelden. Registrierungs-E-Mails gehen nur hinaus, wenn das Kästchen angekreuzt ist.
publish-missing = Veröffentlichen ist möglich, sobald nichts mehr fehlt.
unpublish = Vorerst schließen
unpublish-title = Portal schließen
unpublish-text = Kunden erhalten eine Seite, dass das Portal nicht verfügbar ist. Sie können es jederzeit wieder öffnen.
delete = Portal löschen
delete-title = Löschen
delete-text = Einstellungen und frühere Adressen sind endgültig weg. Tickets bleiben in ihren Postfächern.
delete-name = Zur Bestätigung den Namen des Portals eingeben
settings-save = Speichern
settings-theirs = Jemand hat das inzwischen geändert. Jetzt steht dort:
settings-theirs-text = Unten steht Ihre Eingabe. Speichern Sie noch einmal, um sie an diese Stelle zu setzen.
section-title = { $section ->
    [general] Allgemein
    [address] Domain und Adresse
    [tickets] Tickets
    [access] Zugriff
    [customers] Was Kunden dürfen
    [display] Ticketanzeige
    [form] Supportformular
    [consent] Einwilligungshinweis
    [branding] Erscheinungsbild
    [links] Links
    [mail-texts] Texte der Mails
   *[private-content] Private Inhalte
}
section-lead = { $section ->
    [general] Wie das Portal heißt und für wen es da ist.
    [address] Wo Kunden es finden. Frühere Adressen führen zur neuen.
    [tickets] Wohin neue Tickets gehen und welche Tickets Kunden sehen.
    [access] Wer Zugang hat. Änderungen gelten ab dem nächsten Aufruf.
   *[customers] Was Kunden mit Tickets tun dürfen, die sie sehen.
}
history-title = Verlauf
history-lead = Alle Versionen der Einstellungen. Zurückgehen erzeugt eine neue Version.
history-version = Version { $n }
history-system = das System
history-back = Hierher zurück
history-none = Bisher wurde nichts geändert.
domains-title = Domains
domains-lead = Portale liegen unter einer Domain. Eine Domain hat eine Sprache und eigene Regeln für die Anmeldung.
domain-state = { $state ->
    [local] Funktioniert sofort
    [verified] Nachgewiesen
   *[pending] Wartet auf den DNS-Eintrag
}
domain-record-text = Setzen Sie diesen TXT-Eintrag in Ihrem DNS und prüfen Sie ihn dann. Es kann einige Minuten dauern, bis er sichtbar ist.
domain-record-name = Name des Eintrags:
domain-check = Eintrag prüfen
domain-language = Hauptsprache
domain-language-hint = Ändert die Sprache der Portale und ihrer Mails.
domain-remove = Diese Domain entfernen
domain-connect = Domain verknüpfen
domain-connect-text = Geben Sie den Namen ein, unter dem Kunden das Portal erreichen.
domain-host = Name der Domain
office-private-title = Private Inhalte
private-company = Unternehmensname auf Zugangsseiten
private-contact = E-Mail-Adresse für Personen ohne Zugang
private-register = In Portalen dieser Domain darf sich jeder registrieren
private-approve = Jede Registrierung wird von Mitarbeitern freigegeben
private-password = Anmeldung mit Passwort
private-mail = Anmeldung mit Link und Code aus einer Mail
private-idle = Abmelden nach so vielen Minuten ohne Aufruf
private-absolute = Abmelden nach insgesamt so vielen Stunden
office-flash-draft-kept = Gespeichert. Sie können jederzeit fortfahren.
office-flash-published = Das Portal ist veröffentlicht.
office-flash-unpublished = Das Portal ist vorerst geschlossen.
office-flash-deleted = Das Portal ist gelöscht.
office-flash-saved = Gespeichert.
office-flash-rolled-back = Die frühere Version gilt wieder.
office-flash-domain-connected = Die Domain ist verknüpft.
office-flash-domain-proven = Der Eintrag ist da: Die Domain gehört Ihnen.
office-flash-domain-no-record = Es gibt noch keinen TXT-Eintrag mit diesem Namen. Versuchen Sie es in einigen Minuten noch einmal.
office-flash-domain-other-record = Es gibt einen TXT-Eintrag mit diesem Namen, aber er enthält etwas anderes.
office-flash-domain-unavailable = Der Nameserver hat nicht geantwortet. Versuchen Sie es gleich noch einmal.
office-flash-domain-off = Dieser Server fragt keine Namen ab. Wenden Sie sich an den Betreiber.
office-flash-domain-removed = Die Domain ist entfernt.
office-flash-domain-in-use = Auf dieser Domain liegen noch Portale. Verschieben oder löschen Sie diese zuerst.
publish-recipients = { $n ->
    [one] Eine Person würde eine erhalten, nach zwei Minuten, in denen sie zurückgenommen werden kann.
   *[other] { $n } Personen würden eine erhalten, nach zwei Minuten, in denen sie zurückgenommen werden können.
}
office-flash-published-unsent = Das Portal ist veröffentlicht. Es sind mehr Personen anzuschreiben als angezeigt, deshalb ging keine Mail hinaus: siehe Mitglieder.
history-changed = Das hat inzwischen jemand geändert. Sehen Sie sich zuerst die neueste Version an.
settings-look-first = Noch ist nichts gespeichert. Speichern Sie noch einmal, damit es gilt.
portal-inbox-new = Ein weiteres Postfach anlegen
portal-inbox-name = Name des Postfachs
portal-group-new = Eine weitere Zugriffsgruppe anlegen
portal-group-name = Name der Gruppe
portal-group-hint = Ihre Mitglieder wählen Sie auf ihrer Seite.
portal-make = Anlegen
check-eyes = Mit den Augen von jemandem sehen
check-eyes-text = Was ein Kontakt sehen würde, sobald das Portal veröffentlicht ist. Nichts wird in seinem Namen geöffnet.
check-eyes-of = { $name } würde sehen
domain-sender = Absender der E-Mails
domain-sender-name = Name
domain-sender-address = Adresse
domain-sender-hint = Ihr Mailserver muss in diesem Namen senden dürfen. Leer heißt: der eigene Absender des Servers.
domain-sender-changed = Jemand hat den Absender inzwischen geändert. Sehen Sie sich die Seite noch einmal an, bevor Sie speichern.

# Die Postfächer eines Kundenportals.
inboxes-lead = Ein Kundenportal zeigt die Tickets seiner Postfächer. Ein Postfach gehört zu höchstens einem Portal.
inboxes-here = Postfächer dieses Portals
inboxes-none-here = Dieses Portal hat noch kein Postfach.
inboxes-elsewhere = Andere Postfächer
inboxes-default = Hier kommen neue Tickets an
inboxes-moving = Auf dem Weg zu { $portal }. Bis es angekommen ist, sehen Kunden seine Tickets nirgends.
inboxes-of = Gehört zu { $portal }
inboxes-free = Gehört zu keinem Portal
inboxes-move = Hierher umziehen …
inboxes-ask = „{ $name }“ hierher umziehen?
inboxes-ask-text = Während des Umzugs sehen Kunden seine Tickets nirgends; bei einigen tausend Tickets dauert das einen Moment. Links in früheren E-Mails führen zum alten Portal.
inboxes-move-now = Jetzt umziehen
inboxes-problem-default = In diesem Postfach kommen neue Tickets eines anderen Portals an. Wählen Sie dort zuerst ein anderes.
inboxes-problem-moving = Dieses Postfach zieht bereits um. Warten Sie, bis es angekommen ist.
inboxes-problem-already = Dieses Postfach gehört bereits zu diesem Portal.
office-flash-inbox-moving = Das Postfach zieht um.
