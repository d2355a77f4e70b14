# Was Kundinnen und Kunden von einem Portal sehen: Tickets, Formular, Einwilligung, Aussehen, Links, Texte der E-Mails.
looks-lead = { $section ->
    [display] Wie Tickets in der Liste und auf ihrer Seite aussehen. Welche Tickets jemand sieht, entscheiden Sie unter „Tickets“.
    [form] Wonach gefragt wird, wenn jemand ein Ticket öffnet. Gestellt ist es immer vom angemeldeten Kontakt.
    [consent] Dem stimmt man zu, bevor man hineinkommt. Jeder Text hat eine Nummer, die mit dem Nachweis aufbewahrt wird.
    [branding] Logo und Farbe des Portals und seiner E-Mails.
    [links] Links am Anfang und am Ende jeder Seite.
   *[mail-texts] Die Worte der E-Mails an Ihre Kundinnen und Kunden. Was Sie nicht ändern, bleibt, wie es eingebaut ist.
}
looks-label = Wie Tickets heißen
looks-label-hint = In der Mehrzahl, zum Beispiel „Anfragen“. Leer heißt: Tickets.
looks-new-label = Worte der Schaltfläche für ein neues
looks-new-label-hint = Leer heißt: Neues Ticket.
looks-columns = Spalten der Liste
looks-columns-hint = Höchstens 10, in dieser Reihenfolge. Der Betreff muss dabei sein.
looks-column = { $column ->
    [subject] Betreff
    [status] Status
    [requester] Anfragende Person
    [updated] Letzte Aktivität
    [created] Erstellt
    [priority] Dringlichkeit
    [category] Art der Anfrage
    [owner] Zuständig
   *[source] Kanal
}
looks-sort-title = Reihenfolge der Liste
looks-sort = { $sort ->
    [attention] Zuerst, was auf die Kundschaft wartet
    [activity] Letzte Aktivität zuerst
   *[created] Neuestes Ticket zuerst
}
looks-which = Eigenschaften auf der Seite des Tickets
looks-which-all = Alle, die Kundinnen und Kunden gezeigt werden dürfen
looks-which-chosen = Nur die hier gewählten
looks-properties = Gewählte Eigenschaften
looks-properties-hint = In dieser Reihenfolge. Sie zählen, wenn „Nur die hier gewählten“ ausgewählt ist.
looks-owner-title = Was man über die erfährt, die sich kümmern
looks-owner = { $owner ->
    [name] Ihren Namen
    [alias] Ihren Vornamen
    [team] Den Namen des Teams
   *[nothing] Nichts
}
looks-team = Name des Teams
looks-team-hint = Gilt, wenn der Name des Teams ausgewählt ist.
looks-statuses = Worte für Status
looks-statuses-hint = Ohne eigene Worte heißt ein Status wie seine Phase.
looks-status-label = Das lesen Kundinnen und Kunden
looks-status-explanation = Ein Satz, der es erklärt
looks-hidden = Ganze Pipelines vor Kundinnen und Kunden verbergen
looks-up = { $name } nach oben schieben
looks-down = { $name } nach unten schieben
looks-remove = { $name } entfernen
looks-add = Hinzufügen
looks-add-what = Was hinzugefügt wird
looks-form-title = Überschrift
looks-form-title-hint = Leer heißt: die üblichen Worte.
looks-form-button = Worte auf der Schaltfläche
looks-form-button-hint = Leer heißt: die üblichen Worte.
looks-fields = Felder
looks-fields-hint = In dieser Reihenfolge wird gefragt. Betreff und Beschreibung sind immer dabei.
looks-field = { $field ->
    [subject] Betreff
    [category] Art der Anfrage
    [priority] Dringlichkeit
    [description] Beschreibung
   *[files] Dateien
}
looks-field-gone = Diese Eigenschaft gibt es nicht mehr. Entfernen Sie das Feld.
looks-field-label = Beschriftung
looks-field-label-hint = Leer heißt: die üblichen Worte.
looks-field-help = Hilfetext
looks-field-entry = Wie man es eingibt
looks-field-always = Muss immer ausgefüllt werden.
looks-entry = { $entry ->
    [text] Eine Zeile
    [paragraph] Mehrere Zeilen
    [number] Zahl
    [date] Tag
    [drop_down] Eines von mehreren
    [multi_select] Beliebige von mehreren
   *[checkbox] Ja oder nein
}
looks-options = Was zur Wahl steht
looks-options-hint = Eines je Zeile: was aufbewahrt wird, und wenn Sie mögen, was man in jeder Sprache liest:
looks-options-value = Wert
looks-required = Muss ausgefüllt werden
looks-conditional = bedingt
looks-when = Nur nach bestimmten Antworten fragen
looks-when-hint = Wählen Sie Antworten eines Feldes, das darüber steht. Nichts gewählt: Es wird immer gefragt.
looks-when-stale = Nicht mehr möglich
looks-yes-no = { $answer ->
    [true] Ja
   *[false] Nein
}
looks-add-field = Feld hinzufügen
looks-properties-link = Weitere Eigenschaften anlegen
looks-consent-number = Es wird nach Version { $n } gefragt. Wer Version { $from } oder eine spätere angenommen hat, wird nicht noch einmal gefragt.
looks-consent-off = Niemand wird nach etwas gefragt.
looks-consent-text = Text
looks-consent-hint = Einfaches Markdown: Absätze, Listen, Links. Ist er in allen Sprachen leer, wird nach nichts gefragt. Ein anderer Text bekommt eine neue Nummer.
looks-consent-again = Alle noch einmal fragen, die eine frühere Version angenommen haben
looks-consent-versions = Bisherige Texte
looks-consent-version = Version { $n }
looks-accent = Farbe
looks-accent-pick = Farbe auswählen
looks-accent-hint = Sechs Ziffern oder Buchstaben von a bis f, wie #2e61c4. Daraus entstehen gut lesbare Töne, welche Farbe es auch ist. Leer heißt: das übliche Blau.
looks-scheme = { $scheme ->
    [light] Auf hellen Seiten
   *[dark] Auf dunklen Seiten
}
looks-shade = { $shade ->
    [button] Schaltflächen
    [link] Links
   *[mark] Markierungen
}
looks-verdict = { $verdict ->
    [darkened] Schaltflächen sind etwas dunkler als Ihre Farbe, damit weiße Buchstaben darauf lesbar sind.
    [dark-letters] Buchstaben auf Schaltflächen sind dunkel.
    [bordered] Schaltflächen bekommen einen Rand, weil sich Ihre Farbe kaum von einer hellen Seite abhebt.
    [links-darkened] Links sind auf hellen Seiten dunkler.
    [links-lightened] Links sind auf dunklen Seiten heller.
   *[fine] Ihre Farbe ist überall gut lesbar, so wie sie ist.
}
looks-show-name = Den Namen des Portals neben dem Logo zeigen
looks-picture = { $picture ->
    [logo] Logo
    [logo-dark] Logo auf dunklen Seiten
   *[favicon] Bild im Reiter des Browsers
}
looks-picture-text = { $picture ->
    [logo] Am Anfang jeder Seite und jeder E-Mail.
    [logo-dark] Für alle, die dunkle Seiten bevorzugen. Ohne dieses sehen sie das andere.
   *[favicon] Am besten quadratisch.
}
looks-picture-now = So ist es jetzt
looks-picture-choose = Bild auswählen
looks-picture-hint = PNG, JPEG, GIF oder WebP, höchstens { $limit }. Es wird auf { $size } Bildpunkte gebracht und neu erzeugt, sodass nichts anderes darin bleibt.
looks-picture-send = Dieses Bild verwenden
looks-picture-remove = Entfernen
looks-picture-none = Wählen Sie zuerst ein Bild aus.
looks-picture-broken = Das ist kein lesbares Bild. Verwenden Sie eine PNG-, JPEG-, GIF- oder WebP-Datei.
looks-picture-large = Dieses Bild hat zu viele Bildpunkte. Verkleinern Sie es zuerst.
looks-picture-off = Dieser Server nimmt keine Bilder an.
looks-picture-changed = Jemand hat dieses Bild inzwischen geändert; Sie sehen das neue. Wählen Sie Ihres noch einmal aus, um es zu ersetzen.
looks-links = { $list ->
    [header] Anfang der Seite
   *[footer] Ende der Seite
}
looks-links-hint = { $list ->
    [header] Neben den Tickets: Ihre Website, ein Shop, eine Statusseite. Höchstens 4.
   *[footer] Datenschutz, Impressum, Bedingungen. Höchstens 8.
}
looks-link-n = Link { $n }
looks-link-label = Worte
looks-link-to = Wohin er führt
looks-link-add = Link hinzufügen
looks-mail = { $mail ->
    [invitation] Registrierungs-E-Mail
    [already_registered] Ein weiteres Portal
    [verify_address] Adresse bestätigen
    [sign_in] Anmelden
    [reset_password] Neues Passwort
   *[registration_approved] Registrierung bestätigt
}
looks-mail-text = { $mail ->
    [invitation] An alle, die hineindürfen und noch kein Konto haben.
    [already_registered] An alle, die ein Konto haben und jetzt auch in dieses Portal dürfen.
    [verify_address] An alle, die sich registrieren, zum Nachweis der Adresse.
    [sign_in] Mit Link und Code, an alle, die sich ohne Passwort anmelden.
    [reset_password] An alle, die ihr Passwort vergessen haben.
   *[registration_approved] An alle, deren Registrierung jemand bestätigen musste.
}
looks-mail-own = eigene Worte
looks-mail-edit = { $mail }, { $language }
looks-mail-subject = Betreff
looks-mail-body = Text
looks-mail-body-hint = Eine leere Zeile beginnt einen neuen Absatz. Der Link allein in einem Absatz wird zur Schaltfläche.
looks-placeholder = { $name ->
    [portal_name] der Name des Portals
    [contact_name] der Name der Person
    [link] der Link; eine andere Adresse ist nicht möglich
    [code] der Code zum Eintippen
   *[expires] bis wann es gilt
}
looks-placeholder-needed = nötig
looks-mail-preview = Ansehen
looks-mail-reset = Zurück zu den eingebauten Worten
looks-mail-look = So sieht sie aus
looks-mail-look-hint = Mit einem erfundenen Namen. Nichts darin funktioniert.
looks-mail-test-hint = Der Test enthält die gespeicherten Worte und sagt, dass er ein Test ist.
looks-field-words = Beschriftung und Hilfetext
