# Der Rahmen der Seiten für Mitarbeitende.
office-name = Portalverwaltung
office-nav = Verwaltung
office-all = Alle Portale
office-live = Online
office-draft = Nicht veröffentlicht
office-area = { $area ->
    [desk] Helpdesk
    [home] Kundenportale
    [domains] Domains
    [groups] Zugriffsgruppen
    [contacts] Kontakte
    [companies] Unternehmen
    [properties] Eigenschaften
    [mail] E-Mail
    [staff] Mitarbeitende
    [audit] Protokoll
    [pipelines] Pipelines
    [notices] Benachrichtigungen
    [conversations] Konversationen
    [service] Servicezeiten
    [measures] Auswertung
   *[account] Konto
}
office-portal-area = { $area ->
    [overview] Übersicht
    [general] Name und Sprachen
    [address] Domain und Adresse
    [tickets] Tickets
    [inboxes] Postfächer
    [access] Zugriffssteuerung
    [members] Mitglieder
    [customers] Was Kunden dürfen
    [display] Ticketanzeige
    [form] Supportformular
    [consent] Einwilligungshinweis
    [branding] Erscheinungsbild
    [links] Links
    [mail_texts] Texte der E-Mails
   *[history] Verlauf
}
office-problem-empty = Bitte füllen Sie dieses Feld aus.
office-problem-long = Hier sind höchstens { $max } Zeichen möglich.
office-problem-control = Hier stehen Zeichen, die sich nicht anzeigen lassen. Bitte geben Sie den Text neu ein.
office-problem-bytes = Das ist zu groß. Höchstens { $max } sind möglich.
office-problem-email = Bitte geben Sie eine E-Mail-Adresse wie name@example.com ein.
office-problem-password-short = Bitte wählen Sie ein Passwort mit mindestens { $min } Zeichen.
office-problem-password-common = Dieses Passwort ist leicht zu erraten. Bitte wählen Sie ein anderes, zum Beispiel vier Wörter, die nichts miteinander zu tun haben.
office-problem-password-wrong = Das ist nicht Ihr aktuelles Passwort.
office-problem-differs = Die beiden Eingaben unterscheiden sich.
office-problem-choice = Bitte wählen Sie eine der angebotenen Möglichkeiten.
office-problem-files = Es können höchstens { $max } Dateien auf einmal gesendet werden.
office-problem-file-gone = Diese Datei ist nicht mehr da. Bitte fügen Sie sie noch einmal hinzu.
office-problem-zone = Bitte wählen Sie eine Zeitzone aus der Liste.
office-problem-range = Bitte geben Sie eine Zahl von { $min } bis { $max } ein.
office-problem-number = Geben Sie eine Zahl wie 12 oder 12,5 ein.
office-problem-date = Geben Sie einen Tag ein, den es gibt.
office-problem-many = Hier sind höchstens { $max } möglich.
office-problem-twice = Das ist doppelt vorhanden. Behalten Sie eines davon.
office-problem-lacks = Hier fehlt etwas, das immer gebraucht wird.
office-problem-link = Geben Sie einen Pfad wie /support oder eine Adresse ein, die mit https:// beginnt.
office-problem-colour = Geben Sie eine Farbe wie #2e61c4 ein: sechs Ziffern oder Buchstaben von a bis f.
office-problem-condition = Ein Feld kann nur von einer Auswahl abhängen, die darüber steht. Wählen Sie mindestens eine ihrer Antworten.
office-problem-invisible = Hier stehen Zeichen, die man nicht sieht oder die den Text umdrehen. Geben Sie den Text neu ein.
office-problem-host = Geben Sie einen Namen wie help.example.com ein, ohne https:// und ohne Pfad.
office-problem-look-alike = Dieser Name sieht einem anderen zum Verwechseln ähnlich. Geben Sie ihn so ein, wie er registriert ist, in einfachen Buchstaben von a bis z.
office-problem-taken = Das ist bereits vergeben. Wählen Sie etwas anderes.
office-problem-slug = Verwenden Sie Kleinbuchstaben von a bis z, Ziffern und Bindestriche; höchstens 63, ohne Bindestrich am Rand.
office-problem-slug-reserved = „{ $word }“ braucht der Server für sich selbst. Wählen Sie ein anderes Wort.
office-problem-switched-off = Das ist in den Einstellungen für private Inhalte der Domain ausgeschaltet. Schalten Sie es zuerst dort ein.
