# Mitarbeitende und das eigene Konto.
office-staff-lead = Wer hier arbeitet und was sie oder er darf. Alle melden sich mit Passwort und Authenticator-App an.
office-staff-invite = Jemanden einladen
office-staff-invite-title = Jemanden einladen
office-staff-invite-lead = Die Person erhält eine E-Mail mit einem Link, um ein Passwort zu wählen. Er funktioniert einmal und gilt 7 Tage.
office-staff-invite-send = Einladung senden
office-staff-you = Sie
office-staff-name = Name
office-staff-name-hint = Kundinnen und Kunden sehen ihn unter Antworten.
office-staff-email = E-Mail-Adresse
office-staff-email-hint = Für die Anmeldung. Kundinnen und Kunden sehen sie nie.
office-staff-permissions = Berechtigungen
office-staff-permission = { $permission ->
    [admin] Administration
    [portal_settings] Kundenportal-Einstellungen
    [help_desk] Helpdesk
    [crm] Kontakte und Unternehmen
    [knowledge_base] Wissensdatenbank
    [api] API
   *[export] Export
}
office-staff-permission-hint = { $permission ->
    [admin] Darf alles, auch diese Seite und das Protokoll.
    [portal_settings] Domains, Portale, Zugriffsgruppen, Mitglieder und E-Mails an sie.
    [help_desk] Beantwortet Tickets der Postfächer unten.
    [crm] Legt Kontakte und Unternehmen an und ändert sie.
    [knowledge_base] Schreibt Artikel.
    [api] Erstellt Token für Programme; diese dürfen nie mehr als die Person selbst.
   *[export] Gibt Daten von Personen heraus: Tabellen von Kontakten und Unternehmen und alles, was zu einem Kontakt gespeichert ist.
}
office-staff-no-permission = Keine Berechtigungen
office-staff-inboxes = Postfächer
office-staff-inboxes-all = Alle Postfächer
office-staff-inboxes-only = Nur diese:
office-staff-inboxes-none = Kein Postfach
office-staff-save = Änderungen speichern
office-staff-state = { $state ->
    [active] Aktiv
    [invited] Eingeladen
   *[disabled] Gesperrt
}
office-staff-state-long = { $state ->
    [active] Darf sich anmelden.
    [invited] Eingeladen: hat noch kein Passwort gewählt.
   *[disabled] Gesperrt: kann sich nicht anmelden. Der Name bleibt unter dem stehen, was die Person geschrieben hat.
}
office-staff-seen = Zuletzt gesehen: { $time }
office-staff-never = Noch nie angemeldet
office-staff-no-app = keine Authenticator-App verbunden
office-staff-invited-until = Einladung gültig bis { $time }
office-staff-access = Zugang
office-staff-access-text = Jede dieser Änderungen hinterlässt einen Eintrag im Protokoll und verlangt einen Code Ihrer Authenticator-App, wenn Sie seit 10 Minuten keinen gezeigt haben.
office-staff-link = { $state ->
    [invited] Einladung noch einmal senden
   *[active] Link für ein neues Passwort senden
}
office-staff-link-text = { $state ->
    [invited] Der zuvor gesendete Link gilt dann nicht mehr.
   *[active] Per E-Mail, einmal gültig, 30 Minuten lang. Die Authenticator-App bleibt.
}
office-staff-link-send = Link senden
office-staff-disconnect = Authenticator-App trennen
office-staff-disconnect-text = Wenn das Telefon verloren ist. Alle Sitzungen und Wiederherstellungscodes enden; bei der nächsten Anmeldung wird eine andere App verbunden.
office-staff-disconnect-do = Trennen
office-staff-disable = Sperren
office-staff-disable-text = Beendet sofort alle Sitzungen und Links. Der Name bleibt unter dem stehen, was die Person geschrieben hat.
office-staff-disable-do = Sperren
office-staff-enable = Entsperren
office-staff-enable-text = Die Person darf sich wieder anmelden, mit dem bisherigen Passwort und der bisherigen App.
office-staff-enable-do = Entsperren
office-staff-problem-last-admin = Dies ist das letzte Konto mit Administration. Geben Sie zuerst jemand anderem diese Berechtigung.
office-flash-staff-invited = Die Einladung ist unterwegs.
office-flash-staff-changed = Die Änderungen sind gespeichert.
office-flash-staff-disabled = Gesperrt. Alle Sitzungen sind beendet.
office-flash-staff-enabled = Entsperrt.
office-flash-staff-link = Der Link ist unterwegs.
office-flash-staff-disconnected = Die Authenticator-App ist getrennt. Alle Sitzungen sind beendet.
office-account-profile = Kundinnen und Kunden sehen Ihren Namen unter Ihren Antworten.
office-account-factor = Zweiter Faktor
office-account-factor-text = Alle Mitarbeitenden melden sich mit Passwort und Code an. Beide Änderungen verlangen zuerst einen Code.
office-account-app = Authenticator-App
office-account-app-since = Verbunden: { $time }
office-account-app-none = Nicht verbunden
office-account-app-renew = Andere verbinden
office-account-codes = Wiederherstellungscodes
office-account-codes-left = { $n ->
    [one] Noch { $n } Code
   *[other] Noch { $n } Codes
}
office-account-codes-renew = Neue erstellen
office-flash-profile = Ihre Angaben sind gespeichert.
office-flash-password = Ihr Passwort ist geändert. Überall sonst sind Sie abgemeldet.
office-flash-session-ended = Die Sitzung ist beendet.
office-flash-sessions-ended = Überall sonst sind Sie abgemeldet.
office-tokens-text = Für Programme, die über die Admin-API für Sie arbeiten. Ein Token darf nie mehr, als Sie in diesem Moment dürfen, und nie mehr, als wofür es erstellt wurde. Zum Erstellen wird ein Code Ihrer Authenticator-App verlangt.
office-token-scopes = Wofür es ist
office-token-dangerous = Es darf auch das, wofür Menschen nach einem Code gefragt werden
office-token-dangerous-hint = Ein Kundenportal löschen, das Team ändern. Ein solches Token gilt höchstens { $days } Tage.
office-token-dangerous-tag = ohne weiteren Nachweis
office-token-problem-scopes = Wählen Sie mindestens eines, das Sie selbst dürfen.
office-token-problem-days = Wählen Sie, wie lange das Token gilt; höchstens 31 Tage, wenn es keinen weiteren Nachweis braucht.
office-token-problem-many = Sie haben so viele Token, wie es geben kann. Widerrufen Sie zuerst eines.
office-flash-token-removed = Das Token gilt nicht mehr.
