# Pipelines mit ihren Status, und worüber das Team benachrichtigt wird.
pipelines-lead = Die Status, die Tickets durchlaufen, was die Kundschaft davon erfährt und was von selbst geschieht.
pipeline-closes-after = { $days ->
    [one] Schließt nach 1 Tag ohne Antwort
   *[other] Schließt nach { $days } Tagen ohne Antwort
}
pipeline-closes-never = Schließt nichts von selbst
pipeline-new = Neue Pipeline
pipeline-name = Name
pipeline-new-hint = Sie beginnt mit einem Status für jede Phase. Weitere fügen Sie danach hinzu.
pipeline-add = Pipeline hinzufügen
pipeline-inboxes = Postfächer
pipeline-inboxes-text = Neue Tickets eines Postfachs kommen in seine Pipeline. Vorhandene Tickets bleiben in ihrer.
pipeline-of = Pipeline von { $inbox }
pipeline-save = Speichern
pipeline-automation = Was von selbst geschieht
pipeline-automation-text = Schreibt die Kundin oder der Kunde, ist ein wartendes Ticket wieder in Bearbeitung. Ein geschlossenes wird wieder geöffnet oder bekommt ein Folgeticket, wie es das Portal vorsieht.
pipeline-answer-waits = Nach einer Antwort wartet ein Ticket in der Regel auf die Kundin oder den Kunden
pipeline-closes = Zu lange wartende Tickets schließen, nach einer Erinnerung
pipeline-close-days = Tage ohne Antwort
pipeline-notice-days = So viele Tage vorher erinnern
pipeline-statuses = Status
pipeline-statuses-text = Jeder Status gehört zu einer von vier Phasen. Mit dem ersten einer Phase treten Tickets in sie ein.
status-entry = Eintritt
status-make-entry = Zum Eintritt machen
status-shown = Die Kundschaft sieht
status-up = { $name } nach oben
status-down = { $name } nach unten
status-new = Neuer Status
status-name = Name
status-name-hint = Diesen Namen sieht nur Ihr Team.
status-stage = Phase
status-add = Status hinzufügen
status-retired = Außer Gebrauch
status-retired-into = { $name } (Tickets sind jetzt in { $successor })
status-label = Was die Kundschaft sieht
status-label-hint = Bleibt das leer, sieht sie das übliche Wort der Phase.
status-explanation = Ein Satz, der ihn erklärt
status-explanation-hint = Er steht auf der Seite des Tickets und kann leer bleiben.
status-save = Status speichern
status-retire-title = Außer Gebrauch nehmen
status-retire-text = Ein anderer Status derselben Phase übernimmt seine Tickets. Die Kundschaft bemerkt nur ein anderes Wort, und was geschah, behält seine Wörter.
status-successor = Übernimmt seine Tickets
status-retire = Außer Gebrauch nehmen
status-retire-last = Er ist der einzige Status seiner Phase, Tickets brauchen ihn also. Fügen Sie zuerst einen anderen hinzu.
office-flash-pipeline-saved = Die Pipeline ist gespeichert.
office-flash-status-added = Der Status ist hinzugefügt. Sagen Sie nun, was die Kundschaft sieht.
office-flash-status-saved = Der Status ist gespeichert.
office-flash-status-moved = Die Reihenfolge ist gespeichert.
office-flash-status-retired = Der Status ist außer Gebrauch.
office-flash-inbox-pipeline = Das Postfach ist gespeichert.
notices-title = Benachrichtigungen
notices-unread = ungelesen
notices-choose = Auswählen
notices-read-all = Alle als gelesen markieren
notices-read = Als gelesen markieren
notices-none = Nichts Neues.
notices-none-text = Hier erfahren Sie, wenn etwas Sie betrifft.
notice-assigned = { $by } hat Ihnen ein Ticket gegeben
notice-mentioned = { $by } hat Sie in einer Notiz erwähnt
notice-replied = { $by } hat an Ihr Ticket geschrieben
notice-unassigned = { $by } hat ein Ticket eröffnet, das noch niemandem gehört
notice-not-good = { $by } ist mit der Lösung nicht zufrieden
notice-due-soon = Was zugesagt ist, ist bald fällig
notice-late = Was zugesagt ist, ist überfällig
choices-title = Worüber Sie benachrichtigt werden
choices-lead = Über das, was Sie selbst getan haben, werden Sie nie benachrichtigt.
choices-what = Was geschieht
choices-bell = Auf diesen Seiten
choices-mail = Per E-Mail
choices-news = { $news ->
    [assigned] Ein Ticket wird mir gegeben
    [mentioned] Jemand erwähnt mich in einer Notiz
    [replied] Eine Kundin oder ein Kunde schreibt an mein Ticket
   *[unassigned] Ein neues Ticket in einem meiner Postfächer gehört noch niemandem
    [not_good] Ein Kunde ist mit der Lösung eines Tickets von mir nicht zufrieden
    [due_soon] Eine Antwort oder Lösung zu einem Ticket von mir ist bald fällig
    [late] Eine Antwort oder Lösung zu einem Ticket von mir ist überfällig
}
choices-digest = E-Mails
choices-digest-choice = { $digest ->
    [at_once] Sofort
    [hourly] Gesammelt, jede Stunde
   *[daily] Gesammelt, morgens um acht
}
choices-quiet = Keine E-Mails in Ruhezeiten
choices-quiet-from = Von
choices-quiet-to = Bis
choices-zone = Die Zeiten gelten in der Zeitzone Ihres Kontos.
choices-save = Speichern
office-flash-choices-saved = Ihre Auswahl ist gespeichert.
office-flash-notices-read = Als gelesen markiert.
conversations-lead = Was über einen Kanal kam, mit Ticket oder ohne. Ohne Ticket sieht es niemand aus der Kundschaft.
conversations-state = Stand
conversation-state = { $state ->
    [open] Offen
    [closed] Geschlossen
   *[spam] Spam
}
conversations-all-inboxes = Alle Postfächer
conversations-show = Anzeigen
conversations-more = Ältere
conversations-none = Hier ist nichts.
conversations-none-wait = Alle Ihre Postfächer sind Helpdesks: Was eingeht, wird von selbst zum Ticket.
conversation-ticket = Ticket #{ $number }
conversation-actions = Was daraus wird
conversation-with-ticket = Sie gehört zu einem Ticket: Wer das Ticket sieht, sieht auch, was gesagt wurde.
conversation-without-ticket = Sie hat kein Ticket: Nur Ihr Team sieht sie.
conversation-make = Ticket daraus machen
conversation-attach-to = Nummer des Tickets
conversation-attach = Zu diesem Ticket hinzufügen
conversation-detach = Aus dem Ticket herausnehmen
conversation-do = Ausführen
conversation-open = Wieder öffnen
conversation-close = Schließen
conversation-spam = Als Spam markieren
conversation-said = Was gesagt wurde
conversation-sure-make = Ein Ticket daraus machen?
conversation-sure-attach = Zu Ticket #{ $number } hinzufügen?
conversation-sure-detach = Das Gesagte aus dem Ticket herausnehmen?
conversation-gain = Diese Personen werden sehen, was gesagt wurde:
conversation-lose = Diese Personen werden nicht mehr sehen, was gesagt wurde:
conversation-nobody = Für niemanden aus der Kundschaft ändert sich, was zu sehen ist.
conversation-problem-number = Geben Sie die Nummer eines Tickets ein, zum Beispiel 12.
office-flash-conversation-attached = Die Konversation gehört zu einem Ticket.
office-flash-conversation-detached = Die Konversation gehört nicht mehr zum Ticket.
office-flash-conversation-state = Die Konversation ist gespeichert.
inbox-kind = Was eingeht
inbox-kind-choice = { $kind ->
    [help_desk] wird zum Ticket (Helpdesk)
   *[inbox] wartet auf jemanden (Postfach)
}
