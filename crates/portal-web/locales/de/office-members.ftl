# Mitglieder eines Kundenportals.
office-members-title = Mitglieder
office-members-lead = Wer sich hier anmelden darf, wer eingeladen wurde und wer wartet.
office-members-invite-all = { $n } { $n ->
    [one] Person
   *[other] Personen
} einladen …
office-members-cancellable = Die eben angeforderten Einladungen gehen innerhalb von zwei Minuten hinaus. Bis dahin können Sie sie zurücknehmen.
office-members-cancel = Zurücknehmen
office-members-plan-title = { $n ->
    [one] Eine Person erhält eine Registrierungs-E-Mail
   *[other] { $n } Personen erhalten eine Registrierungs-E-Mail
}
office-members-plan-text = Die E-Mails gehen in zwei Minuten hinaus, einige je Minute. Bis dahin können Sie sie zurücknehmen.
office-members-plan-without = { $n ->
    [one] Ein Mitglied hat keine Mitglieds-E-Mail und erhält keine.
   *[other] { $n } Mitglieder haben keine Mitglieds-E-Mail und erhalten keine.
}
office-members-plan-many = Das sind viele. Sehen Sie sich die Zahl noch einmal an.
office-members-plan-back = Nicht senden
office-members-plan-send = { $n ->
    [one] E-Mail senden
   *[other] { $n } E-Mails senden
}
office-members-waiting = Warten auf Ihre Freigabe
office-members-asked = Angefragt { $time }
office-members-proposed = ein Unternehmen hat diese E-Mail-Domain
office-members-approve = Freigeben
office-members-decline = Ablehnen
office-members-search = Name oder E-Mail
office-members-search-do = Suchen
office-members-statuses = Status
office-members-status = { $status ->
    [registered] Angenommen
    [invited] Einladung ausstehend
    [expired] Abgelaufen
    [failed] Fehlgeschlagen
    [not_invited] Nicht eingeladen
    [no_address] Keine Mitglieds-E-Mail
   *[all] Alle
}
office-members-add-address = Geben Sie dem Kontakt zuerst eine Mitglieds-E-Mail.
office-members-sent = gesendet { $time }
office-members-until = bis { $time }
office-members-reset = Passwort zurücksetzen
office-members-end = Sitzungen beenden
office-members-invite = Einladen
office-members-again = Erneut senden
office-members-revoke = Widerrufen
office-members-none = Niemand. Ändern Sie die Suche, oder fügen Sie Kontakte zu den Zugriffsgruppen des Kundenportals hinzu.
office-members-next = Weiter
office-members-no-address = Dieser Kontakt hat keine Mitglieds-E-Mail.
office-members-not-published = Veröffentlichen Sie das Kundenportal zuerst.
office-members-no-access = Dieser Kontakt ist in keiner Zugriffsgruppe des Kundenportals.
office-members-changed = Inzwischen sind mehr Personen einzuladen. Sehen Sie sich die Zahl noch einmal an.
office-members-decided = Darüber wurde schon entschieden, oder die Adresse gehört zu einem Konto.
office-flash-members-invited = Die Einladungen gehen in zwei Minuten hinaus.
office-flash-members-cancelled = Von diesen Einladungen geht keine hinaus.
office-flash-member-invited = Die Einladung ist unterwegs.
office-flash-member-revoked = Die Einladung wurde widerrufen.
office-flash-member-reset = Ein Link für ein neues Passwort ist unterwegs.
office-flash-member-ended = Alle Sitzungen wurden beendet.
office-flash-registration-approved = Die Registrierung wurde freigegeben.
office-flash-registration-declined = Die Registrierung wurde abgelehnt.
office-members-resend-all = Einladungen erneut senden …
office-members-resend-title = Einladungen erneut senden
office-members-resend-which = An wen
office-members-resend-kind = { $status ->
    [failed] { $n }, deren E-Mail nicht zugestellt werden konnte
    [expired] { $n }, deren Link abgelaufen ist
   *[invited] { $n }, die einen Link haben und ihn noch nicht benutzt haben
}
office-members-resend-text = Die Links der früheren E-Mails gelten sofort nicht mehr. Die neuen E-Mails gehen in zwei Minuten hinaus, einige je Minute. Bis dahin können Sie sie zurücknehmen.
office-members-resend-none = Es gibt keine Einladung, die erneut gesendet werden kann.
office-members-resend-send = Erneut senden
office-flash-members-resent = Die Einladungen gehen in zwei Minuten erneut hinaus.
